//! Replacing a certificate: the steps, why a certificate is refused, what came of it.

use i18n_embed_fl::fl;

use super::{Pair, Sentence, Words, card_parts::clean, errors::sentence};
use crate::replace::{Found, NotPrepared, Outcome, Refusal, Situation, Step};

impl Words {
    /// What is being done, and whether the card may be pulled.
    pub fn replace_step(&self, step: Step) -> String {
        match step {
            Step::Checking => fl!(self.texts, "replace-step-checking"),
            Step::Copying => fl!(self.texts, "replace-step-copying"),
            Step::LoggingIn => fl!(self.texts, "replace-step-logging-in"),
            Step::Writing => fl!(self.texts, "replace-step-writing"),
            Step::Testing => fl!(self.texts, "replace-step-testing"),
            Step::Removing => fl!(self.texts, "replace-step-removing"),
            Step::Confirming => fl!(self.texts, "replace-step-confirming"),
        }
    }

    /// Why it cannot be stopped at a step; see [`Step::may_be_cancelled`].
    pub fn replace_not_yet(&self) -> String {
        fl!(self.texts, "replace-not-yet")
    }

    /// What to say when none of the cards that are here is due; `None` if one is.
    pub fn replace_nothing(&self, found: &Found) -> Option<Pair> {
        match (found.due.is_empty(), found.elsewhere.is_empty()) {
            (false, _) => None,
            (true, true) => Some(Pair {
                headline: fl!(self.texts, "replace-nothing"),
                text: fl!(self.texts, "replace-nothing", "text"),
            }),
            (true, false) => Some(Pair {
                headline: fl!(self.texts, "replace-elsewhere"),
                text: fl!(self.texts, "replace-elsewhere", "text"),
            }),
        }
    }

    /// Why nothing was prepared.
    pub fn not_prepared(&self, reason: &NotPrepared) -> Sentence {
        match reason {
            // 1 MB of garbage is no failure of the network.
            NotPrepared::Service(service::Error::TooLong { call }) => {
                sentence!(self, "refused-too-long", "refusal-too-long", (*call).to_owned())
            }
            NotPrepared::Service(error) => self.service_error(error),
            NotPrepared::Refused(refused) => self.refusal(&refused.refusal),
        }
    }

    /// Why a certificate is not put on the card.
    pub fn refusal(&self, refusal: &Refusal) -> Sentence {
        let line = clean(&format!("{refusal:?}"));
        match refusal {
            Refusal::Unreadable => sentence!(self, "refused-unreadable", "refusal-unreadable", line),
            Refusal::TooLong { .. } => sentence!(self, "refused-too-long", "refusal-too-long", line),
            Refusal::Same => sentence!(self, "refused-same", "refusal-same", line),
            Refusal::KeyMismatch => sentence!(self, "refused-key", "refusal-key", line),
            Refusal::SubjectMismatch => sentence!(self, "refused-subject", "refusal-subject", line),
            Refusal::WeakHash { hash } => Sentence {
                code: "refused-weak-hash",
                what: fl!(self.texts, "refusal-weak", hash = hash.name()),
                remedy: fl!(self.texts, "refusal-weak", "remedy"),
                technical: line,
            },
            Refusal::Expired => sentence!(self, "refused-expired", "refusal-expired", line),
            Refusal::NotYetValid => sentence!(self, "refused-not-yet-valid", "refusal-not-yet", line),
            Refusal::NotAfterMismatch => sentence!(self, "refused-not-after", "refusal-not-after", line),
            Refusal::Authority => sentence!(self, "refused-authority", "refusal-authority", line),
            Refusal::UsageWeaker => sentence!(self, "refused-usage", "refusal-usage", line),
            Refusal::NotQualified { missing } => {
                let parts: Vec<_> = missing.iter().map(|part| part.code()).collect();
                let line = format!("missing: {}", parts.join(", "));
                sentence!(self, "refused-not-qualified", "refusal-not-qualified", line)
            }
            Refusal::Untrusted { chain } => {
                let line = format!("chain: {}", chain.code());
                sentence!(self, "refused-untrusted", "refusal-untrusted", line)
            }
        }
    }

    /// What came of a replacement.
    pub fn replace_outcome(&self, outcome: &Outcome) -> Sentence {
        match outcome {
            Outcome::Done { told: true } => sentence!(self, "done", "replace-done", String::new()),
            Outcome::Done { told: false } => {
                sentence!(self, "done-untold", "replace-done-untold", String::new())
            }
            Outcome::Cancelled => sentence!(self, "cancelled", "replace-cancelled", String::new()),
            Outcome::Pin(outcome) => self.pin_outcome(outcome),
            Outcome::KeyDiffers => {
                let line = "the test signature does not verify".to_owned();
                sentence!(self, "key-differs", "replace-key-differs", line)
            }
            Outcome::CardFull => {
                let line = token::Error::CardFull.to_string();
                sentence!(self, "card-full", "replace-card-full", line)
            }
            Outcome::NotWritten(error) => {
                let line = clean(&error.to_string());
                sentence!(self, "not-written", "replace-not-written", line)
            }
            Outcome::Interrupted { step, error } => {
                let line = clean(&format!("step {} of 7: {error}", step.number()));
                sentence!(self, "interrupted", "replace-interrupted", line)
            }
            Outcome::OtherCard => {
                sentence!(
                    self,
                    "other-card",
                    "replace-other-card",
                    "serial number".to_owned()
                )
            }
            Outcome::Unfinished(record) => {
                let line = format!("step {} of 7 of another one", record.stage.step().number());
                sentence!(self, "unfinished", "replace-unfinished-other", line)
            }
            Outcome::NotBegun(error) => self.token_error(error),
            Outcome::NeedsPin => sentence!(self, "needs-pin", "replace-needs-pin", String::new()),
            Outcome::Journal(error) => {
                sentence!(self, "journal", "replace-journal", clean(&error.to_string()))
            }
        }
    }

    /// How a replacement stands that was cut short in this step.
    pub fn situation(&self, situation: Situation, step: Step) -> Pair {
        match situation {
            Situation::Untouched => Pair {
                headline: fl!(self.texts, "situation-untouched"),
                text: fl!(self.texts, "situation-untouched", "text"),
            },
            Situation::NeedsPin => Pair {
                headline: fl!(self.texts, "situation-needs-pin"),
                text: fl!(
                    self.texts,
                    "situation-needs-pin",
                    "text",
                    done = step.number().saturating_sub(1)
                ),
            },
            Situation::OnlyConfirmation => Pair {
                headline: fl!(self.texts, "situation-only-confirmation"),
                text: fl!(self.texts, "situation-only-confirmation", "text"),
            },
            Situation::OtherCard => Pair {
                headline: fl!(self.texts, "situation-other-card"),
                text: fl!(self.texts, "situation-other-card", "text"),
            },
            Situation::Outgrown => Pair {
                headline: fl!(self.texts, "situation-outgrown"),
                text: fl!(self.texts, "situation-outgrown", "text"),
            },
        }
    }
}
