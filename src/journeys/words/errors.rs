//! Errors: what happened and what to do.

use std::path::Path;

use card::{ReaderState, ServiceState};
use i18n_embed_fl::fl;

use super::{Sentence, Words, card_parts::clean};

/// A sentence of a message and its `remedy`.
macro_rules! sentence {
    ($words:expr, $code:literal, $id:literal, $technical:expr $(, $argument:ident = $value:expr)*) => {
        Sentence {
            code: $code,
            what: fl!($words.texts, $id),
            remedy: fl!($words.texts, $id, "remedy" $(, $argument = $value)*),
            technical: $technical,
        }
    };
}

pub(super) use sentence;

impl Words {
    /// What to say when the way to a card failed.
    pub fn card_error(&self, error: &card::Error) -> Sentence {
        let line = technical(error);
        let platform = self.platform.name();
        match error {
            card::Error::NoService => {
                sentence!(self, "no-service", "card-no-service", line, platform = platform)
            }
            card::Error::NoReader => sentence!(self, "no-reader", "card-no-reader", line),
            card::Error::ReaderUnavailable => {
                sentence!(self, "reader-unavailable", "card-reader-unavailable", line)
            }
            card::Error::NoCard => sentence!(self, "no-card", "card-no-card", line),
            card::Error::Removed => sentence!(self, "removed", "card-removed", line),
            card::Error::Reset => sentence!(self, "reset", "card-reset", line),
            card::Error::Mute => sentence!(self, "mute", "card-mute", line),
            card::Error::Held => sentence!(self, "held", "card-held", line),
            card::Error::ServiceVersion => {
                sentence!(
                    self,
                    "service-version",
                    "card-service-version",
                    line,
                    platform = platform
                )
            }
            card::Error::Refused { .. } => sentence!(self, "refused", "card-refused", line),
            card::Error::Malformed { .. } => sentence!(self, "malformed", "card-malformed", line),
            card::Error::WrongPin => sentence!(self, "wrong-pin", "card-wrong-pin", line),
            card::Error::PinBlocked => sentence!(self, "pin-blocked", "card-pin-blocked", line),
            card::Error::Unexpected { .. } => sentence!(self, "unexpected", "card-unexpected", line),
            card::Error::Pcsc { .. } => sentence!(self, "pcsc", "card-pcsc", line),
            _ => sentence!(self, "other", "error-other", line),
        }
    }

    /// What to say when a token failed.
    pub fn token_error(&self, error: &token::Error) -> Sentence {
        let line = clean(&error.to_string());
        match error {
            token::Error::Card(error) => self.card_error(error),
            token::Error::ModuleMissing { path } => {
                sentence!(
                    self,
                    "module-missing",
                    "token-module-missing",
                    line,
                    path = shown(path)
                )
            }
            token::Error::ModuleArchitecture { path, found, wanted } => sentence!(
                self,
                "module-architecture",
                "token-module-architecture",
                line,
                path = shown(path),
                found = clean(found),
                wanted = clean(wanted)
            ),
            token::Error::ModuleLoad { path, detail } => {
                let line = format!("{line}: {}", clean(detail));
                sentence!(self, "module-load", "token-module-load", line, path = shown(path))
            }
            token::Error::ModuleCrashed { path } => {
                sentence!(
                    self,
                    "module-crashed",
                    "token-module-crashed",
                    line,
                    path = shown(path)
                )
            }
            token::Error::ModuleHangs { path } => {
                sentence!(
                    self,
                    "module-hangs",
                    "token-module-hangs",
                    line,
                    path = shown(path)
                )
            }
            token::Error::NotRecognised { path } => {
                sentence!(
                    self,
                    "not-recognised",
                    "token-not-recognised",
                    line,
                    path = shown(path)
                )
            }
            token::Error::UnknownCard => sentence!(self, "unknown-card", "token-unknown-card", line),
            token::Error::Pkcs11 { .. } => sentence!(self, "pkcs11", "token-pkcs11", line),
            token::Error::Closed => sentence!(self, "closed", "token-closed", line),
            error => self.secret_error(error, line),
        }
    }

    /// What to say when a PIN or a PUK was not taken. A try that was spent is never hidden behind a general fault.
    fn secret_error(&self, error: &token::Error, line: String) -> Sentence {
        match error {
            token::Error::WrongPin { tries_left } => {
                sentence!(
                    self,
                    "wrong-pin",
                    "secret-wrong-pin",
                    line,
                    tries = self.tries_left(*tries_left)
                )
            }
            token::Error::WrongPuk { tries_left } => {
                sentence!(
                    self,
                    "wrong-puk",
                    "secret-wrong-puk",
                    line,
                    tries = self.tries_left(*tries_left)
                )
            }
            token::Error::PinBlocked => sentence!(self, "pin-blocked", "card-pin-blocked", line),
            token::Error::PukBlocked => sentence!(self, "puk-blocked", "secret-puk-blocked", line),
            token::Error::LastTry(_) => sentence!(self, "last-try", "secret-last-try", line),
            token::Error::LastPukClosed => sentence!(self, "last-puk-closed", "secret-last-puk-closed", line),
            token::Error::TriesChanged { now } => {
                sentence!(
                    self,
                    "tries-changed",
                    "secret-tries-changed",
                    line,
                    tries = self.tries_left(*now)
                )
            }
            token::Error::PinForm { .. } => sentence!(self, "pin-form", "secret-form", line),
            token::Error::NewPinRefused { .. } => {
                sentence!(self, "new-pin-refused", "secret-new-pin-refused", line)
            }
            token::Error::Unsure { tries_left, .. } => {
                sentence!(
                    self,
                    "unsure",
                    "secret-unsure",
                    line,
                    tries = self.tries_left(*tries_left)
                )
            }
            token::Error::PadTimeout => sentence!(self, "pad-timeout", "secret-pad-timeout", line),
            token::Error::PadCancelled => sentence!(self, "pad-cancelled", "secret-pad-cancelled", line),
            token::Error::NotSupported => sentence!(self, "not-supported", "token-not-supported", line),
            token::Error::Relay(_) => sentence!(self, "relay-refused", "token-relay-refused", line),
            error => self.stretch_error(error, line),
        }
    }

    /// What to say when signing or writing failed after the PIN was taken.
    fn stretch_error(&self, error: &token::Error, line: String) -> Sentence {
        match error {
            token::Error::KeyNotFound => sentence!(self, "key-not-found", "token-key-not-found", line),
            token::Error::PinForEachSignature => {
                sentence!(self, "pin-for-each-signature", "token-pin-for-each", line)
            }
            token::Error::Mechanism => sentence!(self, "mechanism", "token-mechanism", line),
            token::Error::NoSignature { .. } => sentence!(self, "no-signature", "token-no-signature", line),
            token::Error::NoRandom => sentence!(self, "no-random", "token-no-random", line),
            token::Error::CardFull => sentence!(self, "card-full", "token-card-full", line),
            token::Error::OneCertificateEach => {
                sentence!(self, "one-certificate-each", "token-one-certificate-each", line)
            }
            token::Error::NoPlace => sentence!(self, "no-place", "token-no-place", line),
            token::Error::ReadsOtherwise => sentence!(self, "reads-otherwise", "token-reads-otherwise", line),
            token::Error::NotProven => sentence!(self, "not-proven", "token-not-proven", line),
            _ => sentence!(self, "other", "error-other", line),
        }
    }

    /// What to say about a reader without a card that could be looked at; `None` if there is one.
    pub fn reader_state(&self, state: &ReaderState) -> Option<Sentence> {
        match state {
            ReaderState::Empty => Some(sentence!(
                self,
                "no-card",
                "card-no-card",
                technical(&card::Error::NoCard)
            )),
            ReaderState::Card {
                held_by_other: true, ..
            } => Some(self.card_error(&card::Error::Held)),
            ReaderState::Card { .. } => None,
            ReaderState::Mute => Some(self.card_error(&card::Error::Mute)),
            ReaderState::Unavailable => Some(self.card_error(&card::Error::ReaderUnavailable)),
        }
    }

    /// What to say about the smart card service; `None` if it runs.
    pub fn service_state(&self, state: ServiceState) -> Option<Sentence> {
        match state {
            ServiceState::Running => None,
            ServiceState::Stopped => Some(self.card_error(&card::Error::NoService)),
            ServiceState::Failing => Some(self.card_error(&card::Error::ServiceVersion)),
        }
    }

    /// What to say when the service runs and there is no reader at all.
    pub fn no_readers(&self) -> Sentence {
        let line = "SCARD_E_NO_READERS_AVAILABLE (0x8010002E)".to_owned();
        sentence!(
            self,
            "no-readers",
            "card-no-readers",
            line,
            platform = self.platform.name()
        )
    }

    /// What to say when bytes are no certificate.
    pub fn read_error(&self, error: &certificate::ReadError) -> Sentence {
        use certificate::ReadError;
        let line = error.to_string();
        match error {
            ReadError::Empty => sentence!(self, "empty", "read-empty", line),
            ReadError::TooLarge { .. } => sentence!(self, "too-large", "read-too-large", line),
            ReadError::NotACertificate => {
                sentence!(self, "not-a-certificate", "read-not-a-certificate", line)
            }
            ReadError::Base64 => sentence!(self, "base64", "read-base64", line),
            ReadError::TooMany { .. } => sentence!(self, "too-many", "read-too-many", line),
            _ => sentence!(self, "other", "error-other", line),
        }
    }
}

/// The error in English, and the name technicians search the web for.
fn technical(error: &card::Error) -> String {
    let name = match error {
        card::Error::NoService => "SCARD_E_NO_SERVICE, 0x8010001D",
        card::Error::NoReader => "SCARD_E_UNKNOWN_READER, 0x80100009",
        card::Error::ReaderUnavailable => "SCARD_E_READER_UNAVAILABLE, 0x80100017",
        card::Error::NoCard => "SCARD_E_NO_SMARTCARD, 0x8010000C",
        card::Error::Removed => "SCARD_W_REMOVED_CARD, 0x80100069",
        card::Error::Reset => "SCARD_W_RESET_CARD, 0x80100068",
        card::Error::Mute => "SCARD_W_UNRESPONSIVE_CARD, 0x80100066",
        card::Error::Held => "SCARD_E_SHARING_VIOLATION, 0x8010000B",
        _ => return clean(&error.to_string()),
    };
    format!("{error} ({name})")
}

fn shown(path: &Path) -> String {
    clean(&path.to_string_lossy())
}
