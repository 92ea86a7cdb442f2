//! Objects and their attributes.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use cryptoki_sys::{
    CK_ATTRIBUTE, CK_ATTRIBUTE_PTR, CK_OBJECT_CLASS, CK_OBJECT_HANDLE, CK_RV, CK_SESSION_HANDLE, CK_ULONG,
    CK_UNAVAILABLE_INFORMATION, CKA_ALWAYS_AUTHENTICATE, CKA_CERTIFICATE_TYPE, CKA_CLASS, CKA_SIGN,
    CKA_VALUE, CKO_PRIVATE_KEY, CKO_PUBLIC_KEY, CKR_ATTRIBUTE_TYPE_INVALID, CKR_DEVICE_REMOVED,
    CKR_GENERAL_ERROR, CKR_OK, CKR_SESSION_HANDLE_INVALID,
};

use crate::{quirk::Quirk, target::forward};

/// Whether the search under way is for something that does not show.
static HIDDEN: AtomicBool = AtomicBool::new(false);
/// The object found last, for a search that never ends.
static LAST: AtomicUsize = AtomicUsize::new(0);

pub(crate) unsafe extern "C" fn find_init(
    session: CK_SESSION_HANDLE,
    template: CK_ATTRIBUTE_PTR,
    count: CK_ULONG,
) -> CK_RV {
    static STALE: AtomicBool = AtomicBool::new(false);
    if Quirk::StaleSession.is_on() && !STALE.swap(true, Ordering::Relaxed) {
        return CKR_SESSION_HANDLE_INVALID;
    }
    if Quirk::DeviceRemoved.is_on() {
        return CKR_DEVICE_REMOVED;
    }
    if Quirk::GeneralError.is_on() {
        return CKR_GENERAL_ERROR;
    }
    // SAFETY: the standard demands `count` attributes, and values of their types.
    let parts: Vec<_> = (0..usize::try_from(count).unwrap_or(0))
        .map(|index| unsafe { *template.add(index) })
        .collect();
    LAST.store(0, Ordering::Relaxed);
    let by_sign = parts.iter().any(|part| part.type_ == CKA_SIGN);
    HIDDEN.store(Quirk::SignFalse.is_on() && by_sign, Ordering::Relaxed);
    let class = parts.iter().find(|part| part.type_ == CKA_CLASS);
    if let (true, Some(class)) = (Quirk::KeysShow.is_on(), class) {
        // SAFETY: as above.
        unsafe {
            let class = class.pValue.cast::<CK_OBJECT_CLASS>();
            if *class == CKO_PRIVATE_KEY {
                *class = CKO_PUBLIC_KEY;
            }
        }
    }
    forward!(C_FindObjectsInit(session, template, count))
}

pub(crate) unsafe extern "C" fn find(
    session: CK_SESSION_HANDLE,
    objects: *mut CK_OBJECT_HANDLE,
    room: CK_ULONG,
    count: *mut CK_ULONG,
) -> CK_RV {
    // One at a time is as good as any for the duplicates and the endless search.
    let one_by_one = Quirk::Duplicates.is_on() || Quirk::EndlessObjects.is_on();
    let code = forward!(C_FindObjects(
        session,
        objects,
        if one_by_one { 1 } else { room },
        count
    ));
    if code != CKR_OK {
        return code;
    }
    // SAFETY: the standard demands a valid `count`, and room for `room` objects, of which there are 2 or more in
    // every test.
    unsafe {
        if HIDDEN.load(Ordering::Relaxed) {
            *count = 0;
        } else if Quirk::LyingCount.is_on() && *count > 0 {
            *count = 1_000_000;
        } else if Quirk::Duplicates.is_on() && *count == 1 && room > 1 {
            *objects.add(1) = *objects;
            *count = 2;
        } else if Quirk::EndlessObjects.is_on() {
            if *count == 1 {
                LAST.store(usize::try_from(*objects).unwrap_or(0), Ordering::Relaxed);
            }
            *objects = CK_OBJECT_HANDLE::try_from(LAST.load(Ordering::Relaxed)).unwrap_or(0);
            *count = CK_ULONG::from(*objects != 0);
        }
    }
    CKR_OK
}

pub(crate) unsafe extern "C" fn attribute(
    session: CK_SESSION_HANDLE,
    object: CK_OBJECT_HANDLE,
    template: CK_ATTRIBUTE_PTR,
    count: CK_ULONG,
) -> CK_RV {
    let code = forward!(C_GetAttributeValue(session, object, template, count));
    // SAFETY: the standard demands `count` attributes; this program's reader always asks for one.
    let (1, Some(attribute)) = (count, (unsafe { template.as_mut() })) else {
        return code;
    };
    match attribute.type_ {
        CKA_CERTIFICATE_TYPE if Quirk::NoType.is_on() => CKR_ATTRIBUTE_TYPE_INVALID,
        CKA_SIGN if Quirk::SignFalse.is_on() && !attribute.pValue.is_null() => {
            // SAFETY: a CK_BBOOL has one byte, which the call before has filled.
            unsafe { attribute.pValue.cast::<u8>().write(0) };
            code
        }
        CKA_ALWAYS_AUTHENTICATE if Quirk::AlwaysAuthenticate.is_on() && !attribute.pValue.is_null() => {
            // SAFETY: as above.
            unsafe { attribute.pValue.cast::<u8>().write(1) };
            code
        }
        CKA_VALUE if code == CKR_OK => {
            lie(attribute);
            code
        }
        _ => code,
    }
}

/// About the length of a value.
fn lie(attribute: &mut CK_ATTRIBUTE) {
    let question = attribute.pValue.is_null();
    if Quirk::HugeLength.is_on() {
        attribute.ulValueLen = 0xFFFF_FFF0;
    } else if Quirk::Unavailable.is_on() {
        attribute.ulValueLen = CK_UNAVAILABLE_INFORMATION;
    } else if Quirk::EmptyValue.is_on() {
        attribute.ulValueLen = 0;
    } else if Quirk::LyingLength.is_on() && !question {
        attribute.ulValueLen += 100_000;
    } else if Quirk::GrowingLength.is_on() && question {
        attribute.ulValueLen -= 10;
    }
}
