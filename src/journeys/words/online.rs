//! The certificate service: what went wrong on the way to it.

use i18n_embed_fl::fl;
use service::{AddressError, Error, Problem, ProblemKind};

use super::{Sentence, Words, card_parts::clean, errors::sentence};

impl Words {
    /// What to say when the service could not be asked, or refused.
    pub fn service_error(&self, error: &Error) -> Sentence {
        let line = clean(&error.to_string());
        match error {
            Error::Unreachable { .. } => sentence!(self, "service-unreachable", "service-unreachable", line),
            Error::TimedOut { .. } => sentence!(self, "service-timed-out", "service-timed-out", line),
            Error::Busy { retry_after, .. } => {
                let minutes = retry_after.map_or(0, |after| after.as_secs().div_ceil(60).min(1_440));
                Sentence {
                    code: "service-busy",
                    what: fl!(self.texts, "service-busy"),
                    remedy: fl!(self.texts, "service-busy", "remedy", minutes = minutes),
                    technical: line,
                }
            }
            Error::Refused { problem, .. } => self.service_problem(problem, line),
            Error::Status {
                status: 401 | 403, ..
            } => sentence!(self, "service-session", "service-session", line),
            Error::Status { .. } | Error::Malformed { .. } | Error::TooLong { .. } => {
                sentence!(self, "service-malformed", "service-malformed", line)
            }
            Error::NoClient { .. } => sentence!(self, "service-no-client", "service-no-client", line),
            _ => sentence!(self, "other", "error-other", line),
        }
    }

    /// The same while somebody logs in: no session has ended there, number and word do not belong together.
    pub fn login_error(&self, error: &Error) -> Sentence {
        match error {
            Error::Refused { call, problem }
                if *call == "POST sessions" && problem.kind == ProblemKind::CredentialsInvalid =>
            {
                let line = clean(&error.to_string());
                sentence!(self, "login-credentials", "login-credentials", line)
            }
            error => self.service_error(error),
        }
    }

    /// What to say when a service refused.
    fn service_problem(&self, problem: &Problem, line: String) -> Sentence {
        use ProblemKind as Kind;
        match problem.kind {
            Kind::CaptchaInvalid => sentence!(self, "captcha", "service-captcha", line),
            Kind::CredentialsInvalid => sentence!(self, "service-session", "service-session", line),
            Kind::AccountLocked => sentence!(self, "service-locked", "service-locked", line),
            Kind::OtpInvalid => {
                let left = problem.attempts_left.map_or(-1, i64::from);
                sentence!(self, "otp-invalid", "service-otp-invalid", line, left = left)
            }
            Kind::OtpExpired => sentence!(self, "otp-expired", "service-otp-expired", line),
            Kind::NoValidCertificate => sentence!(self, "no-certificate", "service-no-certificate", line),
            Kind::ReplacementNotPending => {
                sentence!(self, "replacement-gone", "service-replacement-gone", line)
            }
            Kind::CodeMalformed | Kind::CodeUnknown => {
                sentence!(self, "code-unknown", "service-code-unknown", line)
            }
            Kind::CodeExpired => sentence!(self, "code-expired", "service-code-expired", line),
            Kind::CodeAlreadyClaimed => sentence!(self, "code-claimed", "service-code-claimed", line),
            Kind::SignatureInvalid | Kind::ContentMismatch => {
                sentence!(self, "signature-refused", "service-signature-refused", line)
            }
            Kind::CertificateExpired => {
                sentence!(self, "certificate-expired", "service-certificate-expired", line)
            }
            Kind::CertificateRevoked => {
                sentence!(self, "certificate-revoked", "service-certificate-revoked", line)
            }
            Kind::CertificateNotQualified => {
                sentence!(
                    self,
                    "certificate-not-qualified",
                    "service-certificate-not-qualified",
                    line
                )
            }
            Kind::CertificateWeakHash => {
                sentence!(self, "certificate-weak", "service-certificate-weak", line)
            }
            Kind::SignerMismatch => sentence!(self, "signer-mismatch", "service-signer-mismatch", line),
            Kind::UnlockRefused => sentence!(self, "unlock-refused", "service-unlock-refused", line),
            _ => sentence!(self, "service-refused", "service-refused", line),
        }
    }

    /// What to say when a text is no address of a service.
    pub fn address_error(&self, error: AddressError) -> Sentence {
        let line = error.to_string();
        match error {
            AddressError::NotSecure => sentence!(self, "service-not-secure", "service-not-secure", line),
            _ => sentence!(self, "service-address", "service-address", line),
        }
    }
}
