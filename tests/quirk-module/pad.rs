//! Secrets: from the program, or from a person in front of a reader that has keys of its own.
//!
//! What the person types is in `KARTAL_QUIRK_PAD`, one entry after the other, separated by commas. `cancel` is the
//! red key; at `nothing` nobody types, and the reader gives up after [`GIVES_UP`].

use std::{
    env,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use cryptoki_sys::{
    CK_RV, CK_SESSION_HANDLE, CK_ULONG, CK_USER_TYPE, CK_UTF8CHAR, CKR_ARGUMENTS_BAD, CKR_FUNCTION_CANCELED,
    CKR_GENERAL_ERROR,
};

use crate::{quirk::Quirk, target::forward};

/// Readers wait for 30 seconds; a test has not as much time.
const GIVES_UP: Duration = Duration::from_millis(1_500);

pub(crate) unsafe extern "C" fn login(
    session: CK_SESSION_HANDLE,
    user: CK_USER_TYPE,
    pin: *mut CK_UTF8CHAR,
    length: CK_ULONG,
) -> CK_RV {
    if Quirk::LoginGeneralError.is_on() {
        return CKR_GENERAL_ERROR;
    }
    if Quirk::HangAfterLogin.is_on() {
        let _: CK_RV = forward!(C_Login(session, user, pin, length));
        crate::hang();
    }
    if !Quirk::Pad.is_on() {
        return forward!(C_Login(session, user, pin, length));
    }
    if !pin.is_null() {
        return CKR_ARGUMENTS_BAD;
    }
    match typed() {
        Ok(mut pin) => forward!(C_Login(session, user, pin.as_mut_ptr(), self::length(&pin))),
        Err(code) => code,
    }
}

pub(crate) unsafe extern "C" fn set_pin(
    session: CK_SESSION_HANDLE,
    old: *mut CK_UTF8CHAR,
    old_length: CK_ULONG,
    new: *mut CK_UTF8CHAR,
    new_length: CK_ULONG,
) -> CK_RV {
    if !Quirk::Pad.is_on() {
        return forward!(C_SetPIN(session, old, old_length, new, new_length));
    }
    if !old.is_null() || !new.is_null() {
        return CKR_ARGUMENTS_BAD;
    }
    match typed().and_then(|old| Ok((old, typed()?))) {
        Ok((mut old, mut new)) => forward!(C_SetPIN(
            session,
            old.as_mut_ptr(),
            length(&old),
            new.as_mut_ptr(),
            length(&new)
        )),
        Err(code) => code,
    }
}

pub(crate) unsafe extern "C" fn init_pin(
    session: CK_SESSION_HANDLE,
    pin: *mut CK_UTF8CHAR,
    length: CK_ULONG,
) -> CK_RV {
    if !Quirk::Pad.is_on() {
        return forward!(C_InitPIN(session, pin, length));
    }
    if !pin.is_null() {
        return CKR_ARGUMENTS_BAD;
    }
    match typed() {
        Ok(mut pin) => forward!(C_InitPIN(session, pin.as_mut_ptr(), self::length(&pin))),
        Err(code) => code,
    }
}

/// What the person types next, or what the reader says instead.
fn typed() -> Result<Vec<u8>, CK_RV> {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let all = env::var("KARTAL_QUIRK_PAD").unwrap_or_default();
    match all.split(',').nth(NEXT.fetch_add(1, Ordering::Relaxed)) {
        Some("cancel") | None => Err(CKR_FUNCTION_CANCELED),
        Some("nothing") => {
            thread::sleep(GIVES_UP);
            Err(CKR_FUNCTION_CANCELED)
        }
        Some(digits) => Ok(digits.as_bytes().to_vec()),
    }
}

fn length(secret: &[u8]) -> CK_ULONG {
    CK_ULONG::try_from(secret.len()).unwrap_or(0)
}
