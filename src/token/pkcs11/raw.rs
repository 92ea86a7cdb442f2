//! The calls into a module: the only unsafe code of the crate.
//!
//! Made on `cryptoki-sys` and not through a safe wrapper, for two reasons. `C_Initialize` has to be called with
//! NULL (some modules refuse the structure that wrappers pass). And the lengths and counts that a module
//! answers are outside data: here each is compared with what was really allocated, before a slice is made of
//! it or memory is taken for it.
//!
//! What the caller keeps: one thread calls one module (`super::host`), because with NULL a module is told that
//! it need not lock (PKCS#11 v2.40, section 5.4).
#![allow(unsafe_code, reason = "a PKCS#11 module is a C interface")]

use std::{mem::ManuallyDrop, path::Path, ptr};

use cryptoki_sys::{
    CK_ATTRIBUTE, CK_ATTRIBUTE_TYPE, CK_FLAGS, CK_FUNCTION_LIST, CK_MECHANISM, CK_MECHANISM_TYPE,
    CK_OBJECT_CLASS, CK_OBJECT_HANDLE, CK_RSA_PKCS_PSS_PARAMS, CK_RV, CK_SESSION_HANDLE, CK_SLOT_ID,
    CK_SLOT_INFO, CK_TOKEN_INFO, CK_ULONG, CK_UNAVAILABLE_INFORMATION, CK_USER_TYPE, CK_UTF8CHAR_PTR,
    CKA_CLASS, CKF_RW_SESSION, CKF_SERIAL_SESSION, CKR_ATTRIBUTE_SENSITIVE, CKR_ATTRIBUTE_TYPE_INVALID,
    CKR_BUFFER_TOO_SMALL, CKR_CRYPTOKI_ALREADY_INITIALIZED, CKR_FUNCTION_NOT_SUPPORTED, CKR_OK,
};

use zeroize::Zeroizing;

use crate::Error;

/// At most this many slots of a module are looked at.
const MAX_SLOTS: usize = 128;
/// At most this many objects of a class are looked at.
pub(crate) const MAX_OBJECTS: usize = 256;
/// An attribute may be this long, in bytes; a longer one counts as a lie.
const MAX_ATTRIBUTE: usize = 1 << 20;
/// At most this many mechanisms of a module are looked at.
const MAX_MECHANISMS: usize = 1024;
/// Room for a signature, in bytes: RSA with 8192 bits.
const MAX_SIGNATURE: usize = 1024;
/// Room beyond the length that a module told, for one that answers more the second time.
const SLACK: usize = 4096;

/// A PKCS#11 call that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The call's name.
    pub(crate) call: &'static str,
    /// Its return value.
    pub(crate) code: CK_RV,
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        #[allow(clippy::useless_conversion, reason = "CK_RV has 32 bits on some platforms")]
        Self::Pkcs11 {
            call: fault.call.into(),
            code: fault.code.into(),
        }
    }
}

/// What a module says an attribute is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Attribute {
    /// Its bytes.
    Value(Vec<u8>),
    /// The object has none, or does not show it.
    Absent,
    /// The module named a length that cannot be, or wrote more than it was allowed to.
    Malformed,
}

/// A loaded module.
pub(crate) struct Raw {
    functions: CK_FUNCTION_LIST,
    /// Never unloaded: modules leave threads and exit handlers behind, which would run into nothing.
    _library: ManuallyDrop<cryptoki_sys::Pkcs11>,
}

/// Calls a function of the list. A missing function answers as an unsupported one.
macro_rules! call {
    ($raw:expr, $function:ident ( $($argument:expr),* )) => {{
        let code = match $raw.functions.$function {
            // SAFETY: the pointer comes from the module's own function list, which has the type that the
            // standard gives it; each caller of this macro says why its arguments are what that type demands.
            Some(function) => unsafe { function($($argument),*) },
            None => CKR_FUNCTION_NOT_SUPPORTED,
        };
        check(stringify!($function), code)
    }};
}

impl Raw {
    /// Loads the library and asks for its functions. Nothing of it is initialised yet.
    pub(crate) fn load(path: &Path) -> Result<Self, Error> {
        let not_loaded = |detail: String| Error::ModuleLoad {
            path: path.to_path_buf(),
            detail,
        };
        // SAFETY: loading runs the library's own start-up code, which nothing can vouch for. The caller chose
        // this file as a PKCS#11 module, and has tried it in another process where a probe is set.
        let library = unsafe { cryptoki_sys::Pkcs11::new(path) }
            .map(ManuallyDrop::new)
            .map_err(|error| not_loaded(error.to_string()))?;
        let Ok(get_function_list) = library.C_GetFunctionList.as_ref() else {
            return Err(not_loaded("C_GetFunctionList is missing".into()));
        };
        let mut list: *mut CK_FUNCTION_LIST = ptr::null_mut();
        // SAFETY: the argument points to a variable that outlives the call, as section 5.4 demands.
        check("C_GetFunctionList", unsafe { get_function_list(&raw mut list) })?;
        if list.is_null() {
            return Err(not_loaded("C_GetFunctionList gave nothing".into()));
        }
        // SAFETY: not null; section 5.4 says that it points to a CK_FUNCTION_LIST, which lives as long as the
        // library, and that is for ever. `read_unaligned`, because on Windows the structure is packed.
        let functions = unsafe { ptr::read_unaligned(list) };
        Ok(Self {
            functions,
            _library: library,
        })
    }

    /// `C_Initialize(NULL)`; that another part of the program did it before is as good.
    pub(crate) fn initialize(&self) -> Result<(), Fault> {
        // Arguments: NULL means a program that calls from one thread at a time, which the host sees to.
        match call!(self, C_Initialize(ptr::null_mut())) {
            Err(Fault {
                code: CKR_CRYPTOKI_ALREADY_INITIALIZED,
                ..
            }) => Ok(()),
            outcome => outcome,
        }
    }

    /// `C_GetSlotList`: all slots, the empty ones too. Also what makes a module look at its readers anew.
    pub(crate) fn slots(&self) -> Result<Vec<CK_SLOT_ID>, Fault> {
        let mut count: CK_ULONG = 0;
        // Arguments: NULL asks for the count alone; `count` outlives the call.
        call!(self, C_GetSlotList(0, ptr::null_mut(), &raw mut count))?;
        // Room for more than was told: readers come while we ask.
        let mut slots: Vec<CK_SLOT_ID> = vec![0; MAX_SLOTS];
        count = length(slots.len());
        // Arguments: `count` says how many elements `slots` has.
        call!(self, C_GetSlotList(0, slots.as_mut_ptr(), &raw mut count))?;
        slots.truncate(told(count));
        Ok(slots)
    }

    /// `C_GetSlotInfo`.
    pub(crate) fn slot_info(&self, slot: CK_SLOT_ID) -> Result<CK_SLOT_INFO, Fault> {
        let mut info = CK_SLOT_INFO::default();
        // Arguments: a structure of the standard's form that outlives the call; all bytes are valid in it.
        call!(self, C_GetSlotInfo(slot, &raw mut info))?;
        Ok(info)
    }

    /// `C_GetTokenInfo`.
    pub(crate) fn token_info(&self, slot: CK_SLOT_ID) -> Result<CK_TOKEN_INFO, Fault> {
        let mut info = CK_TOKEN_INFO::default();
        // Arguments: a structure of the standard's form that outlives the call; all bytes are valid in it.
        call!(self, C_GetTokenInfo(slot, &raw mut info))?;
        Ok(info)
    }

    /// `C_OpenSession`, to read only; closed when the session is dropped.
    pub(crate) fn open_session(&self, slot: CK_SLOT_ID) -> Result<RawSession<'_>, Fault> {
        self.open(slot, CKF_SERIAL_SESSION)
    }

    /// The same, to write.
    pub(crate) fn open_writing_session(&self, slot: CK_SLOT_ID) -> Result<RawSession<'_>, Fault> {
        self.open(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION)
    }

    /// A session that was kept open by [`RawSession::keep`]; closed when it is dropped.
    pub(crate) fn resume(&self, handle: CK_SESSION_HANDLE) -> RawSession<'_> {
        RawSession { raw: self, handle }
    }

    /// `C_GetMechanismList`.
    pub(crate) fn mechanisms(&self, slot: CK_SLOT_ID) -> Result<Vec<CK_MECHANISM_TYPE>, Fault> {
        let mut mechanisms: Vec<CK_MECHANISM_TYPE> = vec![0; MAX_MECHANISMS];
        let mut count = length(mechanisms.len());
        // Arguments: `count` says how many elements `mechanisms` has; both outlive the call.
        call!(
            self,
            C_GetMechanismList(slot, mechanisms.as_mut_ptr(), &raw mut count)
        )?;
        mechanisms.truncate(told(count));
        Ok(mechanisms)
    }

    fn open(&self, slot: CK_SLOT_ID, flags: CK_FLAGS) -> Result<RawSession<'_>, Fault> {
        let mut handle: CK_SESSION_HANDLE = 0;
        // Arguments: no callback, so nothing to hand to it; `handle` outlives the call.
        call!(
            self,
            C_OpenSession(slot, flags, ptr::null_mut(), None, &raw mut handle)
        )?;
        Ok(RawSession { raw: self, handle })
    }
}

/// A secret lent to a module for one call, wiped afterwards; none is a NULL.
struct Secret(Option<Zeroizing<Vec<u8>>>);

impl Secret {
    fn new(secret: Option<&[u8]>) -> Self {
        Self(secret.map(|bytes| Zeroizing::new(bytes.to_vec())))
    }

    fn pointer(&mut self) -> CK_UTF8CHAR_PTR {
        self.0
            .as_mut()
            .map_or(ptr::null_mut(), |bytes| bytes.as_mut_ptr())
    }

    fn length(&self) -> CK_ULONG {
        self.0.as_ref().map_or(0, |bytes| length(bytes.len()))
    }
}

/// An open session.
pub(crate) struct RawSession<'raw> {
    raw: &'raw Raw,
    handle: CK_SESSION_HANDLE,
}

impl RawSession<'_> {
    /// `C_Login`. Without a PIN it is typed on the reader (section 5.6).
    pub(crate) fn login(&self, user: CK_USER_TYPE, pin: Option<&[u8]>) -> Result<(), Fault> {
        let mut pin = Secret::new(pin);
        // Arguments: NULL, or memory of the length that is told; the module is to read it only, and a copy is lent.
        call!(self.raw, C_Login(self.handle, user, pin.pointer(), pin.length()))
    }

    /// `C_Logout`. Without a login there is nothing to end.
    pub(crate) fn logout(&self) {
        // Arguments: none but the session.
        let _ = call!(self.raw, C_Logout(self.handle));
    }

    /// `C_SetPIN`. Without PINs both are typed on the reader.
    pub(crate) fn set_pin(&self, old: Option<&[u8]>, new: Option<&[u8]>) -> Result<(), Fault> {
        let (mut old, mut new) = (Secret::new(old), Secret::new(new));
        // Arguments: NULL, or memory of the length that is told, twice.
        call!(
            self.raw,
            C_SetPIN(
                self.handle,
                old.pointer(),
                old.length(),
                new.pointer(),
                new.length()
            )
        )
    }

    /// `C_InitPIN`. Without a PIN it is typed on the reader.
    pub(crate) fn init_pin(&self, new: Option<&[u8]>) -> Result<(), Fault> {
        let mut new = Secret::new(new);
        // Arguments: NULL, or memory of the length that is told.
        call!(self.raw, C_InitPIN(self.handle, new.pointer(), new.length()))
    }

    /// The objects of a class that show without login, at most [`MAX_OBJECTS`].
    pub(crate) fn find(&self, mut class: CK_OBJECT_CLASS) -> Result<Vec<CK_OBJECT_HANDLE>, Fault> {
        let mut template = CK_ATTRIBUTE {
            type_: CKA_CLASS,
            pValue: (&raw mut class).cast(),
            ulValueLen: length(size_of::<CK_OBJECT_CLASS>()),
        };
        // Arguments: one attribute, whose value is `class` with its true size; both outlive the call.
        call!(self.raw, C_FindObjectsInit(self.handle, &raw mut template, 1))?;
        let found = self.found();
        // Arguments: none but the session. A search that cannot be ended is noticed by the next one.
        let _ = call!(self.raw, C_FindObjectsFinal(self.handle));
        found
    }

    fn found(&self) -> Result<Vec<CK_OBJECT_HANDLE>, Fault> {
        let mut objects = Vec::new();
        let mut batch: [CK_OBJECT_HANDLE; 32] = [0; 32];
        while objects.len() < MAX_OBJECTS {
            let mut count: CK_ULONG = 0;
            // Arguments: the third is the number of elements of `batch`; both outlive the call.
            call!(
                self.raw,
                C_FindObjects(
                    self.handle,
                    batch.as_mut_ptr(),
                    length(batch.len()),
                    &raw mut count
                )
            )?;
            if count == 0 {
                break;
            }
            objects.extend(batch.iter().take(told(count)));
        }
        objects.truncate(MAX_OBJECTS);
        Ok(objects)
    }

    /// Leaves the session open, for [`Raw::resume`].
    pub(crate) fn keep(self) -> CK_SESSION_HANDLE {
        ManuallyDrop::new(self).handle
    }

    /// `C_SignInit` and `C_Sign`. For PSS with its parameters.
    pub(crate) fn sign(
        &self,
        key: CK_OBJECT_HANDLE,
        mechanism: CK_MECHANISM_TYPE,
        mut pss: Option<CK_RSA_PKCS_PSS_PARAMS>,
        data: &[u8],
    ) -> Result<Vec<u8>, Fault> {
        let (parameter, size) = pss.as_mut().map_or((ptr::null_mut(), 0), |parameters| {
            (
                ptr::from_mut(parameters).cast(),
                length(size_of::<CK_RSA_PKCS_PSS_PARAMS>()),
            )
        });
        let mut mechanism = CK_MECHANISM {
            mechanism,
            pParameter: parameter,
            ulParameterLen: size,
        };
        // Arguments: a mechanism whose parameter is NULL, or a structure of the standard's form with its true size;
        // both outlive the call.
        call!(self.raw, C_SignInit(self.handle, &raw mut mechanism, key))?;
        let mut data = data.to_vec();
        let mut signature = vec![0_u8; MAX_SIGNATURE];
        let mut room = length(signature.len());
        // Arguments: data of the length that is told, to be read only, and a copy is lent; `room` says how many bytes
        // `signature` has. All outlive the call.
        call!(
            self.raw,
            C_Sign(
                self.handle,
                data.as_mut_ptr(),
                length(data.len()),
                signature.as_mut_ptr(),
                &raw mut room
            )
        )?;
        // A length that cannot be leaves the whole buffer, which is then no signature to anyone.
        signature.truncate(told(room));
        Ok(signature)
    }

    /// `C_CreateObject` with these attributes.
    pub(crate) fn create(
        &self,
        mut attributes: Vec<(CK_ATTRIBUTE_TYPE, Vec<u8>)>,
    ) -> Result<CK_OBJECT_HANDLE, Fault> {
        let mut template: Vec<CK_ATTRIBUTE> = attributes
            .iter_mut()
            .map(|(kind, value)| CK_ATTRIBUTE {
                type_: *kind,
                pValue: value.as_mut_ptr().cast(),
                ulValueLen: length(value.len()),
            })
            .collect();
        let mut object: CK_OBJECT_HANDLE = 0;
        // Arguments: as many attributes as told, each with a value of the length that is told, which `attributes`
        // keeps; all outlive the call.
        call!(
            self.raw,
            C_CreateObject(
                self.handle,
                template.as_mut_ptr(),
                length(template.len()),
                &raw mut object
            )
        )?;
        Ok(object)
    }

    /// `C_DestroyObject`.
    pub(crate) fn destroy(&self, object: CK_OBJECT_HANDLE) -> Result<(), Fault> {
        // Arguments: none but handles.
        call!(self.raw, C_DestroyObject(self.handle, object))
    }

    /// One attribute of an object, by `C_GetAttributeValue`.
    pub(crate) fn attribute(
        &self,
        object: CK_OBJECT_HANDLE,
        kind: CK_ATTRIBUTE_TYPE,
    ) -> Result<Attribute, Fault> {
        let mut template = CK_ATTRIBUTE {
            type_: kind,
            pValue: ptr::null_mut(),
            ulValueLen: 0,
        };
        if let Some(outcome) = self.get(object, &mut template)? {
            return Ok(outcome);
        }
        if told(template.ulValueLen) > MAX_ATTRIBUTE {
            return Ok(Attribute::Malformed);
        }
        let mut value = vec![0_u8; told(template.ulValueLen).saturating_add(SLACK)];
        template.pValue = value.as_mut_ptr().cast();
        template.ulValueLen = length(value.len());
        if let Some(outcome) = self.get(object, &mut template)? {
            return Ok(outcome);
        }
        if told(template.ulValueLen) > value.len() {
            return Ok(Attribute::Malformed);
        }
        value.truncate(told(template.ulValueLen));
        Ok(Attribute::Value(value))
    }

    /// Calls with a template of one attribute, whose `pValue` is NULL or has room for `ulValueLen` bytes. Says
    /// what the attribute is if that is known without its value.
    fn get(&self, object: CK_OBJECT_HANDLE, template: &mut CK_ATTRIBUTE) -> Result<Option<Attribute>, Fault> {
        // Arguments: one attribute, of the form that this function's own description demands.
        match call!(
            self.raw,
            C_GetAttributeValue(self.handle, object, ptr::from_mut(template), 1)
        ) {
            Ok(()) if template.ulValueLen == CK_UNAVAILABLE_INFORMATION => Ok(Some(Attribute::Absent)),
            Ok(()) => Ok(None),
            Err(Fault {
                code: CKR_ATTRIBUTE_SENSITIVE | CKR_ATTRIBUTE_TYPE_INVALID,
                ..
            }) => Ok(Some(Attribute::Absent)),
            Err(Fault {
                code: CKR_BUFFER_TOO_SMALL,
                ..
            }) => Ok(Some(Attribute::Malformed)),
            Err(fault) => Err(fault),
        }
    }
}

impl Drop for RawSession<'_> {
    fn drop(&mut self) {
        // Arguments: none but the session. If the token is gone so is the session.
        let _ = call!(self.raw, C_CloseSession(self.handle));
    }
}

fn check(call: &'static str, code: CK_RV) -> Result<(), Fault> {
    if code == CKR_OK {
        Ok(())
    } else {
        Err(Fault { call, code })
    }
}

/// A length of ours for the module. All are far below 32 bits.
fn length(length: usize) -> CK_ULONG {
    CK_ULONG::try_from(length).unwrap_or(0)
}

/// A length or count that the module told; on no platform does one that does not fit into memory matter.
fn told(length: CK_ULONG) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}
