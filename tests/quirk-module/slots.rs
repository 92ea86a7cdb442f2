//! Slots and tokens.

use std::env;

use cryptoki_sys::{
    CK_BBOOL, CK_MECHANISM_TYPE, CK_RV, CK_SLOT_ID, CK_SLOT_INFO, CK_TOKEN_INFO, CK_ULONG,
    CKF_CLOCK_ON_TOKEN, CKF_HW_SLOT, CKF_LOGIN_REQUIRED, CKF_PROTECTED_AUTHENTICATION_PATH,
    CKF_REMOVABLE_DEVICE, CKF_TOKEN_INITIALIZED, CKF_USER_PIN_COUNT_LOW, CKF_USER_PIN_FINAL_TRY,
    CKF_USER_PIN_LOCKED, CKR_BUFFER_TOO_SMALL, CKR_OK, CKR_TOKEN_NOT_PRESENT, CKR_TOKEN_NOT_RECOGNIZED,
};

use crate::{hang, quirk::Quirk, target::forward};

/// Mechanisms that hash what they sign.
const HASHING: [CK_MECHANISM_TYPE; 6] = [
    cryptoki_sys::CKM_SHA256_RSA_PKCS,
    cryptoki_sys::CKM_SHA384_RSA_PKCS,
    cryptoki_sys::CKM_SHA512_RSA_PKCS,
    cryptoki_sys::CKM_SHA256_RSA_PKCS_PSS,
    cryptoki_sys::CKM_SHA384_RSA_PKCS_PSS,
    cryptoki_sys::CKM_SHA512_RSA_PKCS_PSS,
];

/// Virtual readers, which never hold a token.
const VIRTUAL: [CK_SLOT_ID; 2] = [0x7FFF_0001, 0x7FFF_0002];

pub(crate) unsafe extern "C" fn list(
    present: CK_BBOOL,
    slots: *mut CK_SLOT_ID,
    count: *mut CK_ULONG,
) -> CK_RV {
    if Quirk::HangAtSlots.is_on() {
        hang();
    }
    // SAFETY (here and below): the standard demands a valid `count`, and room for `*count` slots unless `slots`
    // is null.
    let room = unsafe { *count };
    let code = forward!(C_GetSlotList(present, slots, count));
    if code != CKR_OK {
        return code;
    }
    if Quirk::HugeSlotCount.is_on() {
        unsafe { *count = 0x1000_0000 };
    } else if Quirk::EmptySlots.is_on() && present == 0 {
        return unsafe { append(slots, count, room) };
    }
    CKR_OK
}

unsafe fn append(slots: *mut CK_SLOT_ID, count: *mut CK_ULONG, room: CK_ULONG) -> CK_RV {
    for slot in VIRTUAL {
        unsafe {
            if !slots.is_null() {
                if *count >= room {
                    return CKR_BUFFER_TOO_SMALL;
                }
                let Ok(index) = usize::try_from(*count) else {
                    return CKR_BUFFER_TOO_SMALL;
                };
                *slots.add(index) = slot;
            }
            *count += 1;
        }
    }
    CKR_OK
}

pub(crate) unsafe extern "C" fn mechanisms(
    slot: CK_SLOT_ID,
    list: *mut CK_MECHANISM_TYPE,
    count: *mut CK_ULONG,
) -> CK_RV {
    let code = forward!(C_GetMechanismList(slot, list, count));
    if code != CKR_OK || list.is_null() || !Quirk::RawOnly.is_on() {
        return code;
    }
    // SAFETY: the call before has filled `count` elements.
    unsafe {
        let told = std::slice::from_raw_parts_mut(list, usize::try_from(*count).unwrap_or(0));
        let mut kept = 0;
        for place in 0..told.len() {
            if !HASHING.contains(&told[place]) {
                told[kept] = told[place];
                kept += 1;
            }
        }
        *count = CK_ULONG::try_from(kept).unwrap_or(0);
    }
    CKR_OK
}

pub(crate) unsafe extern "C" fn info(slot: CK_SLOT_ID, info: *mut CK_SLOT_INFO) -> CK_RV {
    if VIRTUAL.contains(&slot) {
        // SAFETY: the standard demands a valid `info`.
        unsafe { *info = CK_SLOT_INFO::default() };
        return CKR_OK;
    }
    let code = forward!(C_GetSlotInfo(slot, info));
    if let (CKR_OK, Ok(reader)) = (code, env::var("KARTAL_QUIRK_READER"))
        && is_initialised(slot)
    {
        // SAFETY: the call before has filled it.
        let info = unsafe { &mut *info };
        info.slotDescription = [b' '; 64];
        for (place, byte) in info.slotDescription.iter_mut().zip(reader.bytes()) {
            *place = byte;
        }
        info.flags |= CKF_REMOVABLE_DEVICE | CKF_HW_SLOT;
    }
    code
}

/// `SoftHSM2` always has one slot more, with a token yet to be made.
fn is_initialised(slot: CK_SLOT_ID) -> bool {
    let mut info = CK_TOKEN_INFO::default();
    forward!(C_GetTokenInfo(slot, &raw mut info)) == CKR_OK && info.flags & CKF_TOKEN_INITIALIZED != 0
}

pub(crate) unsafe extern "C" fn token_info(slot: CK_SLOT_ID, info: *mut CK_TOKEN_INFO) -> CK_RV {
    if VIRTUAL.contains(&slot) {
        return CKR_TOKEN_NOT_PRESENT;
    }
    if Quirk::NotRecognised.is_on() {
        return CKR_TOKEN_NOT_RECOGNIZED;
    }
    let code = forward!(C_GetTokenInfo(slot, info));
    if code == CKR_OK {
        // SAFETY: the call before has filled it.
        spoil(unsafe { &mut *info });
    }
    code
}

fn spoil(info: &mut CK_TOKEN_INFO) {
    for (quirk, flag) in [
        (Quirk::CountLow, CKF_USER_PIN_COUNT_LOW),
        (Quirk::FinalTry, CKF_USER_PIN_FINAL_TRY),
        (Quirk::Locked, CKF_USER_PIN_LOCKED),
        (Quirk::Pad, CKF_PROTECTED_AUTHENTICATION_PATH),
    ] {
        if quirk.is_on() {
            info.flags |= flag;
        }
    }
    if Quirk::NoLogin.is_on() {
        info.flags &= !CKF_LOGIN_REQUIRED;
    }
    if Quirk::NoLabel.is_on() {
        info.label = [0; 32];
        info.manufacturerID = [0; 32];
        info.serialNumber = [0; 16];
    }
    if Quirk::BadLabel.is_on() {
        info.label = [0xFF; 32];
        info.manufacturerID = [0xC3; 32];
        info.flags |= CKF_CLOCK_ON_TOKEN;
        info.utcTime = *b"not a time at al";
        info.ulMinPinLen = 70_000;
        info.ulMaxPinLen = 3;
    }
}
