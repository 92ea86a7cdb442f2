//! PINs and PUKs: what is at stake, what is wrong with an entry, what came of a try, and of an unlock.

use i18n_embed_fl::fl;
use token::{Error, FormFault, LastTryWarning, Resemblance, SecretKind, TriesLeft, Weakness};

use super::{Pair, Sentence, Words, card_parts::clean, errors::sentence};
use crate::{
    issuers::{IssuerRules, LastPukTry, UnlockWay},
    journal::Standing,
    pin::{self, Fault, Field, Mistaken},
    unlock::{self, Breach, Progress},
};

impl Words {
    /// What is asked for: `Şimdiki PIN`, `PUK`, `Yeni PIN`.
    pub fn secret_field(&self, field: Field) -> String {
        match field {
            Field::Pin => fl!(self.texts, "secret-field-pin"),
            Field::Puk => fl!(self.texts, "secret-field-puk"),
            Field::NewPin => fl!(self.texts, "secret-field-new"),
            Field::Again => fl!(self.texts, "secret-field-again"),
        }
    }

    /// What is wrong with an entry that the card has not heard of.
    pub fn entry_fault(&self, fault: &Fault) -> Sentence {
        let line = fault.fault.to_string();
        match fault.fault {
            FormFault::Empty => sentence!(self, "entry-empty", "form-empty", line),
            FormFault::TooShort { least } => Sentence {
                code: "entry-too-short",
                what: fl!(self.texts, "form-too-short", least = least),
                remedy: fl!(self.texts, "form-too-short", "remedy"),
                technical: line,
            },
            FormFault::TooLong { most, resembles } => Sentence {
                code: "entry-too-long",
                what: fl!(self.texts, "form-too-long", most = most),
                remedy: self.resembling(resembles, fl!(self.texts, "form-too-long", "remedy")),
                technical: line,
            },
            FormFault::NotDigits { resembles } => {
                let sentence = sentence!(self, "entry-not-digits", "form-not-digits", line);
                Sentence {
                    remedy: self.resembling(resembles, sentence.remedy),
                    ..sentence
                }
            }
            FormFault::Differs => sentence!(self, "entries-differ", "form-differs", line),
            FormFault::Weak(weakness) => self.weakness(weakness, line),
            _ => sentence!(self, "other", "error-other", line),
        }
    }

    fn weakness(&self, weakness: Weakness, line: String) -> Sentence {
        match weakness {
            Weakness::SameAsOld => sentence!(self, "weak-same-as-old", "weak-same-as-old", line),
            Weakness::Repeated => sentence!(self, "weak-repeated", "weak-repeated", line),
            Weakness::Run => sentence!(self, "weak-run", "weak-run", line),
            Weakness::Personal => sentence!(self, "weak-personal", "weak-personal", line),
        }
    }

    /// What it looks like before what to do.
    fn resembling(&self, resembles: Option<Resemblance>, remedy: String) -> String {
        let mistaken = match resembles {
            Some(Resemblance::SecurityWord) => Mistaken::SecurityWord,
            Some(Resemblance::VerificationCode) => Mistaken::VerificationCode,
            Some(Resemblance::IdentityNumber) => Mistaken::IdentityNumber,
            Some(Resemblance::Puk) => Mistaken::Puk,
            None => return remedy,
        };
        format!("{} {remedy}", self.mistaken(mistaken))
    }

    /// What an entry looks like that was not what was asked for.
    pub fn mistaken(&self, mistaken: Mistaken) -> String {
        match mistaken {
            Mistaken::SecurityWord => fl!(self.texts, "mistaken-security-word"),
            Mistaken::SmsCode => fl!(self.texts, "mistaken-sms-code"),
            Mistaken::VerificationCode => fl!(self.texts, "mistaken-verification-code"),
            Mistaken::IdentityNumber => fl!(self.texts, "mistaken-identity-number"),
            Mistaken::Puk => fl!(self.texts, "mistaken-puk"),
            Mistaken::Pin => fl!(self.texts, "mistaken-pin"),
        }
    }

    /// What came of changing the PIN, or of unlocking it by the PUK.
    pub fn pin_outcome(&self, outcome: &pin::Outcome) -> Sentence {
        match outcome {
            pin::Outcome::Done => sentence!(self, "done", "pin-done", String::new()),
            pin::Outcome::Wrong {
                secret,
                tries_left,
                mistaken,
            } => {
                let tries_left = *tries_left;
                let sentence = self.token_error(&match secret {
                    SecretKind::Pin => Error::WrongPin { tries_left },
                    SecretKind::Puk => Error::WrongPuk { tries_left },
                });
                match mistaken {
                    Some(mistaken) => Sentence {
                        remedy: format!("{} {}", sentence.remedy, self.mistaken(*mistaken)),
                        ..sentence
                    },
                    None => sentence,
                }
            }
            pin::Outcome::Blocked(SecretKind::Pin) => self.token_error(&Error::PinBlocked),
            pin::Outcome::Blocked(SecretKind::Puk) => self.token_error(&Error::PukBlocked),
            pin::Outcome::LastTry(warning) => self.token_error(&Error::LastTry(warning.clone())),
            pin::Outcome::LastPukClosed => self.token_error(&Error::LastPukClosed),
            pin::Outcome::TriesChanged { now, .. } => self.token_error(&Error::TriesChanged { now: *now }),
            pin::Outcome::StillBlocked { puk, error } => {
                let tries = self.tries_left(*puk);
                let line = self.token_error(error).technical;
                sentence!(self, "still-blocked", "pin-still-blocked", line, tries = tries)
            }
            pin::Outcome::Unsure { error, .. } | pin::Outcome::NotDone(error) => self.token_error(error),
        }
    }

    /// The danger of the next try, before the act: what is lost, and how to avoid it.
    pub fn last_try(&self, warning: &LastTryWarning) -> Pair {
        match (warning.secret(), warning.tries_left()) {
            (SecretKind::Pin, left) if left.is_last() => Pair {
                headline: fl!(self.texts, "last-try-pin"),
                text: fl!(self.texts, "last-try-pin", "text"),
            },
            (SecretKind::Pin, _) => Pair {
                headline: fl!(self.texts, "last-try-pin-unknown"),
                text: fl!(self.texts, "last-try-pin-unknown", "text"),
            },
            (SecretKind::Puk, TriesLeft::Exact(_)) => Pair {
                headline: fl!(self.texts, "last-try-puk"),
                text: fl!(self.texts, "last-try-puk", "text"),
            },
            (SecretKind::Puk, _) => Pair {
                headline: fl!(self.texts, "last-try-puk-unknown"),
                text: fl!(self.texts, "last-try-puk-unknown", "text"),
            },
        }
    }

    /// What has to be said before a PUK is typed; `None` if the issuer has nothing against it.
    pub fn puk_warning(&self, rules: &IssuerRules) -> Option<Pair> {
        let closed = rules.last_puk_try == LastPukTry::Closed;
        rules.puk_warning.then(|| {
            let text = fl!(self.texts, "puk-warning", "text", issuer = clean(&rules.name));
            let closed = closed.then(|| fl!(self.texts, "puk-warning", "closed"));
            Pair {
                headline: fl!(self.texts, "puk-warning"),
                text: [Some(text), closed]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
            }
        })
    }

    /// A way out of a blocked PIN.
    pub fn unlock_way(&self, way: UnlockWay) -> String {
        match way {
            UnlockWay::Service => fl!(self.texts, "unlock-way-service"),
            UnlockWay::Puk => fl!(self.texts, "unlock-way-puk"),
        }
    }

    /// How far an unlock through the service is, and whether the card may be pulled.
    pub fn unlock_progress(&self, progress: Progress) -> String {
        match progress {
            Progress::Calling => fl!(self.texts, "unlock-calling"),
            Progress::Proving => fl!(self.texts, "unlock-proving"),
            Progress::SettingPin => fl!(self.texts, "unlock-setting"),
            Progress::Telling => fl!(self.texts, "unlock-telling"),
        }
    }

    /// Where an unlock stands that was cut short.
    pub fn standing(&self, standing: Standing) -> Pair {
        match standing {
            Standing::Unchanged => Pair {
                headline: fl!(self.texts, "standing-unchanged"),
                text: fl!(self.texts, "standing-unchanged", "text"),
            },
            Standing::PerhapsChanged => Pair {
                headline: fl!(self.texts, "standing-perhaps"),
                text: fl!(self.texts, "standing-perhaps", "text"),
            },
            Standing::Changed => Pair {
                headline: fl!(self.texts, "standing-changed"),
                text: fl!(self.texts, "standing-changed", "text"),
            },
        }
    }

    /// What came of an unlock through the service.
    pub fn unlock_outcome(&self, outcome: &unlock::Outcome) -> Sentence {
        use unlock::Outcome;
        match outcome {
            Outcome::Done { told: true } => sentence!(self, "done", "unlock-done", String::new()),
            Outcome::Done { told: false } => {
                sentence!(self, "done-untold", "unlock-done-untold", String::new())
            }
            Outcome::ServiceAskedForForbidden { instruction } => {
                let line = match instruction {
                    Some(instruction) => format!("INS {instruction:02X}"),
                    None => "not a command".to_owned(),
                };
                sentence!(self, "service-forbidden", "unlock-forbidden", line)
            }
            Outcome::ServiceBroke(breach) => {
                sentence!(
                    self,
                    "service-broke",
                    "unlock-broke",
                    breach_line(*breach).to_owned()
                )
            }
            Outcome::NotProven { status } => {
                let line = format!("EXTERNAL AUTHENTICATE: {status:04X}");
                sentence!(self, "service-not-proven", "unlock-not-proven", line)
            }
            Outcome::ServiceEnded { reason } => {
                let line = format!("failed: {}", clean(&reason.chars().take(200).collect::<String>()));
                sentence!(self, "service-ended", "unlock-ended", line)
            }
            Outcome::Service(error) => self.service_error(error),
            Outcome::Card(error) => self.token_error(error),
            Outcome::PinNotSet(error) => {
                sentence!(self, "pin-not-set", "unlock-not-set", clean(&error.to_string()))
            }
            Outcome::Unsure(error) => {
                sentence!(self, "unlock-unsure", "unlock-unsure", clean(&error.to_string()))
            }
            Outcome::NoSerial => sentence!(self, "no-serial", "unlock-no-serial", "CardSerial".to_owned()),
            Outcome::Journal(error) => {
                sentence!(self, "journal", "unlock-journal", clean(&error.to_string()))
            }
        }
    }
}

fn breach_line(breach: Breach) -> &'static str {
    match breach {
        Breach::OtherCard => "another card's serial number",
        Breach::OutOfOrder => "a step out of order",
        Breach::DoneTooSoon => "done before the PIN was set",
        Breach::SetTwice => "the PIN set twice",
        Breach::TooManySteps => "too many steps",
    }
}
