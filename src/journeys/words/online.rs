//! The certificate service: what went wrong on the way to it.

use i18n_embed_fl::fl;
use service::{AddressError, Error, ProblemKind};

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
            Error::Refused { problem, .. } => match problem.kind {
                ProblemKind::CredentialsInvalid => {
                    sentence!(self, "service-session", "service-session", line)
                }
                ProblemKind::AccountLocked => sentence!(self, "service-locked", "service-locked", line),
                ProblemKind::UnlockRefused => {
                    sentence!(self, "unlock-refused", "service-unlock-refused", line)
                }
                _ => sentence!(self, "service-refused", "service-refused", line),
            },
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

    /// The same while somebody logs in: there it is the picture, the word or the code that was not right.
    pub fn login_error(&self, error: &Error) -> Sentence {
        let Error::Refused { call, problem } = error else {
            return self.service_error(error);
        };
        let line = clean(&error.to_string());
        match problem.kind {
            ProblemKind::CaptchaInvalid => sentence!(self, "login-picture", "login-picture", line),
            ProblemKind::CredentialsInvalid if *call == "POST sessions" => {
                sentence!(self, "login-credentials", "login-credentials", line)
            }
            ProblemKind::OtpInvalid => {
                let left = problem.attempts_left.map_or(0, u32::from);
                Sentence {
                    code: "login-code",
                    what: fl!(self.texts, "login-code"),
                    remedy: fl!(self.texts, "login-code", "remedy", left = left),
                    technical: line,
                }
            }
            ProblemKind::OtpExpired => sentence!(self, "login-code-over", "login-code-over", line),
            ProblemKind::RateLimited => sentence!(self, "login-too-often", "login-too-often", line),
            ProblemKind::AccountLocked => sentence!(self, "login-locked", "login-locked", line),
            _ => self.service_error(error),
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
