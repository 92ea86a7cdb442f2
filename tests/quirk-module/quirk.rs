//! What can be done wrong, and what was asked for.

use std::env;

/// A way to misbehave. In the environment variable each has the name that [`Quirk::name`] gives.
#[derive(Clone, Copy)]
pub(crate) enum Quirk {
    /// `C_Initialize` refuses arguments.
    InitArgs,
    /// The process dies when the library is loaded.
    CrashAtLoad,
    /// The process dies in `C_Initialize`.
    CrashAtInit,
    /// `C_Initialize` never returns.
    HangAtInit,
    /// `C_GetSlotList` never returns.
    HangAtSlots,
    /// There are virtual readers without a token.
    EmptySlots,
    /// `C_GetSlotList` counts more slots than can be.
    HugeSlotCount,
    /// The token's text fields are empty: NULs instead of blanks.
    NoLabel,
    /// The token's text fields are not UTF-8, its versions, lengths and time impossible.
    BadLabel,
    /// `CKF_USER_PIN_COUNT_LOW`.
    CountLow,
    /// `CKF_USER_PIN_FINAL_TRY`.
    FinalTry,
    /// `CKF_USER_PIN_LOCKED`.
    Locked,
    /// The token is not recognised.
    NotRecognised,
    /// Certificates are longer than the buffer that was given for them, and it is no error.
    LyingLength,
    /// Certificates are 4 GB long.
    HugeLength,
    /// Certificates have no value that could be read.
    Unavailable,
    /// Certificates are longer the second time they are asked for.
    GrowingLength,
    /// Certificates are empty.
    EmptyValue,
    /// No certificate says its type.
    NoType,
    /// Private keys are not for signing; nothing is found by `CKA_SIGN`.
    SignFalse,
    /// Each object is found twice.
    Duplicates,
    /// The search for objects never ends.
    EndlessObjects,
    /// `C_FindObjects` counts more objects than there was room for.
    LyingCount,
    /// Public keys pass themselves off as private ones: private keys show without login.
    KeysShow,
    /// The token needs no login.
    NoLogin,
    /// The first session is not valid when it is used.
    StaleSession,
    /// The token is gone when it is searched.
    DeviceRemoved,
    /// Searching fails without saying why.
    GeneralError,
    /// `C_Login` fails without saying why, the right PIN or not.
    LoginGeneralError,
    /// `C_Login` logs in and does not return.
    HangAfterLogin,
    /// `CKF_PROTECTED_AUTHENTICATION_PATH`: secrets are typed on the reader, and none is taken from the program.
    Pad,
    /// No mechanism hashes: what is to be signed has to be hashed before.
    RawOnly,
    /// Every private key wants the PIN for each use.
    AlwaysAuthenticate,
}

impl Quirk {
    /// Whether it was asked for.
    pub(crate) fn is_on(self) -> bool {
        let asked = env::var("KARTAL_QUIRK").unwrap_or_default();
        asked.split(',').any(|name| name.trim() == self.name())
    }

    fn name(self) -> &'static str {
        match self {
            Self::InitArgs => "init-args",
            Self::CrashAtLoad => "crash-at-load",
            Self::CrashAtInit => "crash-at-init",
            Self::HangAtInit => "hang-at-init",
            Self::HangAtSlots => "hang-at-slots",
            Self::EmptySlots => "empty-slots",
            Self::HugeSlotCount => "huge-slot-count",
            Self::NoLabel => "no-label",
            Self::BadLabel => "bad-label",
            Self::CountLow => "count-low",
            Self::FinalTry => "final-try",
            Self::Locked => "locked",
            Self::NotRecognised => "not-recognised",
            Self::LyingLength => "lying-length",
            Self::HugeLength => "huge-length",
            Self::Unavailable => "unavailable",
            Self::GrowingLength => "growing-length",
            Self::EmptyValue => "empty-value",
            Self::NoType => "no-type",
            Self::SignFalse => "sign-false",
            Self::Duplicates => "duplicates",
            Self::EndlessObjects => "endless-objects",
            Self::LyingCount => "lying-count",
            Self::KeysShow => "keys-show",
            Self::NoLogin => "no-login",
            Self::StaleSession => "stale-session",
            Self::DeviceRemoved => "device-removed",
            Self::GeneralError => "general-error",
            Self::LoginGeneralError => "login-general-error",
            Self::HangAfterLogin => "hang-after-login",
            Self::Pad => "pad",
            Self::RawOnly => "raw-only",
            Self::AlwaysAuthenticate => "always-authenticate",
        }
    }
}
