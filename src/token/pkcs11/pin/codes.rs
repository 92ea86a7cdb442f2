//! What a module's refusal of a secret means (PKCS#11 v2.40, section 5.1).

use cryptoki_sys::{
    CK_RV, CKR_ACTION_PROHIBITED, CKR_FUNCTION_CANCELED, CKR_FUNCTION_NOT_SUPPORTED, CKR_PIN_INCORRECT,
    CKR_PIN_INVALID, CKR_PIN_LEN_RANGE, CKR_PIN_LOCKED, CKR_PIN_TOO_WEAK, CKR_SESSION_READ_ONLY,
    CKR_TOKEN_WRITE_PROTECTED, CKR_USER_NOT_LOGGED_IN, CKR_USER_PIN_NOT_INITIALIZED, CKR_USER_TYPE_INVALID,
};

/// What it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The secret was compared and is another.
    Wrong,
    /// No try is left.
    Blocked,
    /// Its form is refused; it was not compared.
    Form,
    /// The person cancelled, or typed nothing in time.
    Cancelled,
    /// The module refuses the call itself, before it looks at the secret.
    NotSupported,
    /// Anything else: never called a wrong secret.
    Other,
}

pub(super) fn meaning(code: CK_RV) -> Meaning {
    match code {
        CKR_PIN_INCORRECT => Meaning::Wrong,
        CKR_PIN_LOCKED => Meaning::Blocked,
        CKR_PIN_LEN_RANGE | CKR_PIN_INVALID | CKR_PIN_TOO_WEAK => Meaning::Form,
        CKR_FUNCTION_CANCELED => Meaning::Cancelled,
        CKR_FUNCTION_NOT_SUPPORTED
        | CKR_USER_NOT_LOGGED_IN
        | CKR_USER_TYPE_INVALID
        | CKR_USER_PIN_NOT_INITIALIZED
        | CKR_SESSION_READ_ONLY
        | CKR_TOKEN_WRITE_PROTECTED
        | CKR_ACTION_PROHIBITED => Meaning::NotSupported,
        _ => Meaning::Other,
    }
}
