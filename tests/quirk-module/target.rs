//! The module behind this one.

use std::{env, path::Path, ptr, sync::OnceLock};

use cryptoki_sys::{CK_FUNCTION_LIST, CK_RV, CKR_OK};
use libloading::Library;

/// Where `SoftHSM2` is usually installed.
const USUAL: [&str; 5] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    r"C:\SoftHSM2\lib\softhsm2-x64.dll",
];

/// Hands a call on; a function that the target has not is not supported.
macro_rules! forward {
    ($function:ident ( $($argument:expr),* )) => {
        match crate::target::functions().and_then(|functions| functions.$function) {
            // SAFETY: the arguments are the ones that the caller gave, or ours of the same form.
            Some(function) => unsafe { function($($argument),*) },
            None => cryptoki_sys::CKR_FUNCTION_NOT_SUPPORTED,
        }
    };
}
pub(crate) use forward;

type GetFunctionList = unsafe extern "C" fn(*mut *mut CK_FUNCTION_LIST) -> CK_RV;

/// The target's functions, loaded at the first call; `None` if there is no target.
pub(crate) fn functions() -> Option<&'static CK_FUNCTION_LIST> {
    static FUNCTIONS: OnceLock<Option<CK_FUNCTION_LIST>> = OnceLock::new();
    FUNCTIONS.get_or_init(load).as_ref()
}

fn load() -> Option<CK_FUNCTION_LIST> {
    let usual = || {
        USUAL
            .iter()
            .find(|path| Path::new(path).is_file())
            .map(Into::into)
    };
    let path = env::var_os("KARTAL_QUIRK_TARGET").or_else(usual)?;
    // SAFETY: the test names a module; loading it runs its start-up code.
    let library: &'static Library = Box::leak(Box::new(unsafe { Library::new(path) }.ok()?));
    // SAFETY: the standard gives this function this type.
    let get = unsafe { library.get::<GetFunctionList>(b"C_GetFunctionList") }.ok()?;
    let mut list = ptr::null_mut();
    // SAFETY: the argument points to a variable that outlives the call.
    if unsafe { get(&raw mut list) } != CKR_OK || list.is_null() {
        return None;
    }
    // SAFETY: not null, and by the standard a function list.
    Some(unsafe { ptr::read_unaligned(list) })
}
