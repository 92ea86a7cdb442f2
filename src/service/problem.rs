//! Problems (RFC 9457).

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest text of a problem that is kept, in characters.
const LONGEST: usize = 200;
/// The most field errors that are kept.
const MOST_FIELDS: usize = 64;

/// What a service says when it refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The status that came with it.
    pub status: u16,
    /// The service's own words, cut to 200 characters; only for the technical line, and not yet cleaned.
    pub detail: String,
    /// `otp-invalid`: how many more tries this code has.
    pub attempts_left: Option<u8>,
    /// `form-invalid`: what is wrong with which field; at most 64.
    pub errors: Vec<FieldError>,
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldError {
    /// The field's name on the wire.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub field: String,
    /// What is wrong, for programs: for instance `missing`, `too-long`, `check-digits`.
    #[cfg_attr(feature = "schema", schema(max_length = 200, pattern = "^[a-z0-9-]+$"))]
    pub code: String,
    /// The same in words, for people; not yet cleaned.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub message: String,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $slug:literal, $status:literal;)*) => {
        /// The problems that the protocol names, by the last segment of their `type`.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum ProblemKind {
            $($(#[doc = $doc])+ $kind,)*
            /// Any other.
            Other(String),
        }

        impl ProblemKind {
            /// All that the protocol names.
            pub const NAMED: &[Self] = &[$(Self::$kind),*];

            fn of(kind: &str) -> Self {
                match kind.rsplit(['/', ':', '#']).next().unwrap_or_default() {
                    $($slug => Self::$kind,)*
                    other => Self::Other(other.chars().take(LONGEST).collect()),
                }
            }

            /// The name in the protocol.
            pub fn slug(&self) -> &str {
                match self {
                    $(Self::$kind => $slug,)*
                    Self::Other(slug) => slug,
                }
            }

            /// The HTTP status that it comes with.
            pub fn status(&self) -> u16 {
                match self {
                    $(Self::$kind => $status,)*
                    Self::Other(_) => 400,
                }
            }
        }
    };
}

kinds! {
    /// The answer to the picture or the question is not right, or its time is over.
    CaptchaInvalid = "captcha-invalid", 422;
    /// Not these credentials, no session, or one that has ended. Never says which part was wrong.
    CredentialsInvalid = "credentials-invalid", 401;
    /// Too many wrong tries: nobody gets in for a while.
    AccountLocked = "account-locked", 423;
    /// The SMS code is not right; see [`Problem::attempts_left`].
    OtpInvalid = "otp-invalid", 422;
    /// The SMS code's time is over.
    OtpExpired = "otp-expired", 410;
    /// Too many calls.
    RateLimited = "rate-limited", 429;
    /// No valid certificate of this person is known.
    NoValidCertificate = "no-valid-certificate", 404;
    /// The replacement is neither pending nor fetched.
    ReplacementNotPending = "replacement-not-pending", 409;
    /// The confirmation names another certificate.
    KeyMismatch = "key-mismatch", 422;
    /// Not a verification code.
    CodeMalformed = "code-malformed", 422;
    /// No transaction has this verification code.
    CodeUnknown = "code-unknown", 404;
    /// The verification code's time is over.
    CodeExpired = "code-expired", 410;
    /// Somebody has claimed it before.
    CodeAlreadyClaimed = "code-already-claimed", 409;
    /// A signature does not verify.
    SignatureInvalid = "signature-invalid", 422;
    /// Something else was signed.
    ContentMismatch = "content-mismatch", 422;
    /// The signer's certificate has ended or has not begun.
    CertificateExpired = "certificate-expired", 422;
    /// The signer's certificate is revoked or suspended.
    CertificateRevoked = "certificate-revoked", 422;
    /// The signer's certificate is not a qualified one.
    CertificateNotQualified = "certificate-not-qualified", 422;
    /// The signer's certificate is signed with SHA-1 or weaker.
    CertificateWeakHash = "certificate-weak-hash", 422;
    /// Somebody else signed.
    SignerMismatch = "signer-mismatch", 403;
    /// The same key came with another request.
    IdempotencyKeyReused = "idempotency-key-reused", 422;
    /// The request lacks something, or a field of it is wrong; see [`Problem::errors`].
    FormInvalid = "form-invalid", 422;
    /// This card is not unlocked for this person, or not now.
    UnlockRefused = "unlock-refused", 409;
    /// There is nothing by this name, or not for this person.
    NotFound = "not-found", 404;
    /// The thing is in a state in which this cannot be done.
    StateConflict = "state-conflict", 409;
    /// The request is too long.
    TooLarge = "too-large", 413;
    /// The service cannot do it now.
    Busy = "busy", 503;
    /// Not by this person.
    Forbidden = "forbidden", 403;
    /// The request is not in JSON.
    NotJson = "not-json", 415;
    /// The request did not come to its end in time.
    TooSlow = "too-slow", 408;
    /// A fault of the service.
    Internal = "internal", 500;
}

/// A problem on the wire. Missing and additional members are no fault (RFC 9457, section 3.2).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProblemBody {
    /// A URI reference whose last segment is the problem's name.
    #[serde(rename = "type", default)]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub kind: Option<String>,
    /// In words, the same for each problem of this type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub title: Option<String>,
    /// The HTTP status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(minimum = 400, maximum = 599))]
    pub status: Option<u16>,
    /// In words, about this very one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub detail: Option<String>,
    /// See [`Problem::attempts_left`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(maximum = 5))]
    pub attempts_left: Option<u8>,
    /// See [`Problem::errors`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(max_items = 64))]
    pub errors: Vec<FieldError>,
}

impl Problem {
    /// A problem with the status that the protocol gives it, and these words.
    pub fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self {
            status: kind.status(),
            kind,
            detail: detail.into(),
            attempts_left: None,
            errors: Vec::new(),
        }
    }

    /// From the body of an answer with this status; `None` if the body is no problem.
    pub fn parse(status: u16, body: &[u8]) -> Option<Self> {
        let wire: ProblemBody = serde_json::from_slice(body).ok()?;
        let cut = |text: String| text.chars().take(LONGEST).collect::<String>();
        let errors = wire.errors.into_iter().take(MOST_FIELDS).map(|error| FieldError {
            field: cut(error.field),
            code: cut(error.code),
            message: cut(error.message),
        });
        Some(Self {
            kind: ProblemKind::of(&wire.kind?),
            status,
            detail: cut(wire.detail.or(wire.title).unwrap_or_default()),
            attempts_left: wire.attempts_left,
            errors: errors.collect(),
        })
    }

    /// As it goes over the wire.
    pub fn body(&self) -> ProblemBody {
        ProblemBody {
            kind: Some(format!("urn:kartal:{}", self.kind.slug())),
            title: None,
            status: Some(self.status),
            detail: Some(self.detail.clone()).filter(|detail| !detail.is_empty()),
            attempts_left: self.attempts_left,
            errors: self.errors.clone(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, self.kind.slug())?;
        if self.detail.is_empty() {
            Ok(())
        } else {
            write!(f, ": {}", self.detail)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_problem_is_none() {
        for body in ["", "<html>", "[]", "{}", r#"{"type":1}"#, r#"{"title":"x"}"#] {
            assert_eq!(Problem::parse(500, body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        let body = format!(r#"{{"type":"{0}","detail":"{0}"}}"#, "ş".repeat(10_000));
        let problem = Problem::parse(400, body.as_bytes()).unwrap();
        assert_eq!(problem.detail.chars().count(), LONGEST);
        assert_eq!(problem.kind.slug().chars().count(), LONGEST);
        let error = format!(r#"{{"field":"{0}","code":"{0}"}},"#, "x".repeat(1_000));
        let body = format!(
            r#"{{"type":"form-invalid","errors":[{}]}}"#,
            error.repeat(100).trim_end_matches(',')
        );
        let problem = Problem::parse(422, body.as_bytes()).unwrap();
        assert_eq!(
            (problem.errors.len(), problem.errors[0].field.len()),
            (MOST_FIELDS, LONGEST)
        );
    }

    #[test]
    fn the_type_may_be_a_url_a_urn_or_the_bare_name() {
        for kind in [
            "unlock-refused",
            "https://x/problems/unlock-refused",
            "urn:kartal:unlock-refused",
            "/p#unlock-refused",
        ] {
            let body = format!(r#"{{"type":"{kind}","title":"t"}}"#);
            let problem = Problem::parse(409, body.as_bytes()).unwrap();
            assert_eq!(problem.kind, ProblemKind::UnlockRefused);
            assert_eq!(problem.to_string(), "409 unlock-refused: t");
        }
    }

    #[test]
    fn each_problem_comes_back() {
        for kind in ProblemKind::NAMED {
            let problem = Problem {
                attempts_left: Some(3),
                errors: vec![FieldError {
                    field: "postalCode".into(),
                    code: "missing".into(),
                    message: "ş".into(),
                }],
                ..Problem::new(kind.clone(), "why")
            };
            let body = serde_json::to_vec(&problem.body()).unwrap();
            assert_eq!(Problem::parse(kind.status(), &body), Some(problem));
        }
    }

    proptest! {
        #[test]
        fn no_body_does_harm(body in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Problem::parse(400, &body);
        }
    }
}
