//! A PKCS#11 module for tests. It hands every call on to another module (`SoftHSM2`) and misbehaves on request, in
//! the ways that modules in the field do.
//!
//! | environment variable | meaning |
//! | --- | --- |
//! | `KARTAL_QUIRK` | what to do wrong: names from `quirk::Quirk`, separated by commas |
//! | `KARTAL_QUIRK_TARGET` | the module to hand on to; `SoftHSM2`'s usual places if not set |
//! | `KARTAL_QUIRK_READER` | what slots with a token call themselves, as if it were in that reader |
//! | `KARTAL_QUIRK_PAD` | what a person types on the reader's keys, see `pad` |
#![allow(
    unsafe_code,
    non_snake_case,
    reason = "a PKCS#11 module is a C interface, whose names the standard gives"
)]

mod objects;
mod pad;
mod quirk;
mod slots;
mod target;

use std::{ffi::c_void, process, thread, time::Duration};

use cryptoki_sys::{CK_FUNCTION_LIST, CK_RV, CKR_ARGUMENTS_BAD, CKR_GENERAL_ERROR, CKR_OK};
use quirk::Quirk;

/// The only function that a module has to export.
///
/// # Safety
/// `list` points to a place for a pointer, or is null (PKCS#11 v2.40, section 5.4).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn C_GetFunctionList(list: *mut *mut CK_FUNCTION_LIST) -> CK_RV {
    if list.is_null() {
        return CKR_ARGUMENTS_BAD;
    }
    let Some(target) = target::functions() else {
        return CKR_GENERAL_ERROR;
    };
    let functions = Box::new(CK_FUNCTION_LIST {
        C_Initialize: Some(initialize),
        C_GetFunctionList: Some(C_GetFunctionList),
        C_GetSlotList: Some(slots::list),
        C_GetSlotInfo: Some(slots::info),
        C_GetTokenInfo: Some(slots::token_info),
        C_GetMechanismList: Some(slots::mechanisms),
        C_Login: Some(pad::login),
        C_SetPIN: Some(pad::set_pin),
        C_InitPIN: Some(pad::init_pin),
        C_FindObjectsInit: Some(objects::find_init),
        C_FindObjects: Some(objects::find),
        C_GetAttributeValue: Some(objects::attribute),
        ..*target
    });
    // SAFETY: the caller vouches for the place; the list is never freed, as the standard demands.
    unsafe { *list = Box::into_raw(functions) };
    CKR_OK
}

unsafe extern "C" fn initialize(arguments: *mut c_void) -> CK_RV {
    if Quirk::CrashAtInit.is_on() {
        crash();
    }
    if Quirk::HangAtInit.is_on() {
        hang();
    }
    if Quirk::InitArgs.is_on() && !arguments.is_null() {
        return CKR_ARGUMENTS_BAD;
    }
    target::forward!(C_Initialize(arguments))
}

/// Runs when the library is loaded.
#[cfg(target_os = "linux")]
#[unsafe(link_section = ".init_array")]
#[used]
static AT_LOAD: extern "C" fn() = at_load;

#[cfg(target_os = "linux")]
extern "C" fn at_load() {
    if Quirk::CrashAtLoad.is_on() {
        crash();
    }
}

fn crash() -> ! {
    process::abort()
}

fn hang() -> ! {
    loop {
        thread::sleep(Duration::from_secs(1));
    }
}
