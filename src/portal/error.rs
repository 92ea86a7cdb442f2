//! What the service refuses, and what can go wrong in it.

use std::time::Duration;

use thiserror::Error;

use crate::fields::{Fault, FaultKind};

/// Why a call has no result. All but the last few are the protocol's problems (RFC 9457), by the same names.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The captcha's answer is wrong, used or too old. Nothing else was looked at.
    #[error("captcha-invalid")]
    CaptchaInvalid,
    /// Wrong identity, wrong security word, or no session: never said which.
    #[error("credentials-invalid")]
    CredentialsInvalid,
    /// Too many wrong security words for this identity, whether or not anybody has it.
    #[error("account-locked")]
    AccountLocked {
        /// Until it opens by itself.
        retry_after: Duration,
    },
    /// The code of the SMS is wrong.
    #[error("otp-invalid")]
    OtpInvalid {
        /// How many tries this code has left.
        attempts_left: u32,
    },
    /// The code of the SMS is too old, used up, or none was sent.
    #[error("otp-expired")]
    OtpExpired,
    /// Too many calls.
    #[error("rate-limited")]
    RateLimited {
        /// After which time to come again.
        retry_after: Duration,
    },
    /// The replacement is not one that can be installed (any more).
    #[error("replacement-not-pending")]
    ReplacementNotPending,
    /// The certificate that was written is not the one that was to be.
    #[error("key-mismatch")]
    KeyMismatch,
    /// Not a verification code: length, characters or check digit.
    #[error("code-malformed")]
    CodeMalformed,
    /// No transaction has this code.
    #[error("code-unknown")]
    CodeUnknown,
    /// The code's time has run out.
    #[error("code-expired")]
    CodeExpired,
    /// Another application has claimed the code.
    #[error("code-already-claimed")]
    CodeAlreadyClaimed,
    /// A signature is not accepted.
    #[error("{finding} ({item})")]
    Signature {
        /// Which item.
        item: String,
        /// Why not.
        finding: SignatureFinding,
    },
    /// The signature is good, but by somebody else.
    #[error("signer-mismatch")]
    SignerMismatch,
    /// The same `Idempotency-Key` came with another request.
    #[error("idempotency-key-reused")]
    IdempotencyKeyReused,
    /// The request's content is not what the call takes.
    #[error("form-invalid")]
    FormInvalid {
        /// What is wrong, field by field.
        errors: Vec<FieldError>,
    },
    /// This card is not unlocked for this person, or not now.
    #[error("unlock-refused")]
    UnlockRefused {
        /// Why, in a word for the technical line.
        reason: &'static str,
    },
    /// There is no such thing, or not for this person.
    #[error("not-found")]
    NotFound,
    /// This person may not do that.
    #[error("forbidden")]
    Forbidden,
    /// It is in a state in which this cannot be done.
    #[error("state-conflict")]
    StateConflict {
        /// The state that it is in.
        state: String,
    },
    /// The request is too long.
    #[error("too-large")]
    TooLarge,
    /// The request is not in JSON.
    #[error("not-json")]
    NotJson,
    /// The request did not come to its end in time.
    #[error("too-slow")]
    TooSlow,
    /// Overloaded, or the store is away for the moment; nothing was done.
    #[error("busy: {call}: {detail}")]
    Busy {
        /// The failing call.
        call: &'static str,
        /// The library's own words.
        detail: String,
        /// After which time to come again.
        retry_after: Duration,
    },
    /// A fault of this service or of what it stands on.
    #[error("{call}: {detail}")]
    Internal {
        /// The failing call.
        call: &'static str,
        /// What is known about it. Without personal data.
        detail: String,
    },
}

/// A field that is not right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name on the wire.
    pub field: String,
    /// What is wrong with it.
    pub fault: FieldFault,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldFault {
    /// It must be filled in.
    Required,
    /// Longer than it may be.
    TooLong,
    /// Not in the form that it must have.
    Malformed,
    /// Not one of what can be chosen.
    UnknownChoice,
    /// It does not agree with what is known of this person.
    NotAsRegistered,
    /// What forms find.
    Form(FaultKind),
}

impl FieldFault {
    /// The name on the wire.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Required => "missing",
            Self::TooLong => "too-long",
            Self::Malformed => "malformed",
            Self::UnknownChoice => "unknown-choice",
            Self::NotAsRegistered => "not-as-registered",
            // The message's name, without what all of them begin with.
            Self::Form(fault) => fault.message().split_at("fault-".len()).1,
        }
    }
}

impl From<Fault> for FieldError {
    fn from(fault: Fault) -> Self {
        Self {
            field: fault.field.name().to_owned(),
            fault: FieldFault::Form(fault.kind),
        }
    }
}

/// Why a signature is not accepted.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureFinding {
    /// Not a signature, or one that does not verify.
    #[error("signature-invalid")]
    Invalid,
    /// It signs something else.
    #[error("content-mismatch")]
    ContentMismatch,
    /// Outside the certificate's time.
    #[error("certificate-expired")]
    CertificateExpired,
    /// Revoked or suspended.
    #[error("certificate-revoked")]
    CertificateRevoked,
    /// Not a qualified certificate of a trusted issuer.
    #[error("certificate-not-qualified")]
    NotQualified,
    /// SHA-1 or worse.
    #[error("certificate-weak-hash")]
    WeakHash,
}

impl Error {
    /// One wrong field.
    pub fn field(field: impl Into<String>, fault: FieldFault) -> Self {
        Self::FormInvalid {
            errors: vec![FieldError {
                field: field.into(),
                fault,
            }],
        }
    }

    /// A fault of our own.
    pub fn internal(call: &'static str, detail: impl ToString) -> Self {
        Self::Internal {
            call,
            detail: detail.to_string(),
        }
    }
}

/// Names the call that failed.
pub(crate) trait At<T> {
    /// The same result with the crate's error.
    fn at(self, call: &'static str) -> Result<T, Error>;
}

impl<T> At<T> for Result<T, sqlx::Error> {
    fn at(self, call: &'static str) -> Result<T, Error> {
        self.map_err(|error| {
            let detail = error.to_string();
            if crate::store::is_temporary(&error) {
                let retry_after = Duration::from_secs(2);
                Error::Busy {
                    call,
                    detail,
                    retry_after,
                }
            } else {
                Error::Internal { call, detail }
            }
        })
    }
}
