//! Journey J2, replace: a certificate signed with SHA-1 gives way to one signed with SHA-256, for the same key.
//!
//! Seven [`Step`]s, and nothing is lost at any of them: not by a card that is pulled, a power cut, a program that is
//! ended, a service that is gone. What is needed to go on is written down before the step it is needed for
//! ([`Record`]); how far it really came is found by reading the card, never by believing the record.
//!
//! [`find`] says which cards are due. [`prepare`] fetches the certificate and checks it against everything that can be
//! known before a byte is written. [`run`] does the work; [`resume`] takes up what was cut short,
//! best on a token opened by [`way_to_resume`].

mod checks;
mod find;
mod proof;
mod record;
mod run;
mod state;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use card::pkcs15::{Swap, Written};
use certificate::{Certificate, chain::Chain};
use service::{Client, Replacement};
use time::OffsetDateTime;
use token::{Error, TokenHandle};

pub use checks::{NotPrepared, Refusal, Refused, checked, prepare, tell_refused};
pub use find::{Due, Found, find};
pub use record::{Record, Stage};
pub use run::{resume, run};
pub use state::{Situation, examine, way_to_resume};

use crate::{
    journal::{Journal, JournalError},
    pin,
};

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The new certificate is checked.
    Checking,
    /// The old certificate and the card's directory are copied.
    Copying,
    /// The PIN is tried, and the key signs a test that has to fit the new certificate.
    LoggingIn,
    /// The new certificate goes to the card. The card must stay where it is.
    Writing,
    /// It is read back byte for byte, and the key signs a test with it. The card must stay where it is.
    Testing,
    /// The old certificate is removed. The card must stay where it is.
    Removing,
    /// The service is told. The card may be pulled.
    Confirming,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Checking,
        Self::Copying,
        Self::LoggingIn,
        Self::Writing,
        Self::Testing,
        Self::Removing,
        Self::Confirming,
    ];

    /// Which one it is, from 1.
    pub fn number(self) -> u8 {
        match self {
            Self::Checking => 1,
            Self::Copying => 2,
            Self::LoggingIn => 3,
            Self::Writing => 4,
            Self::Testing => 5,
            Self::Removing => 6,
            Self::Confirming => 7,
        }
    }

    /// Whether [`Cancel`] still counts: nothing has been changed yet.
    pub fn may_be_cancelled(self) -> bool {
        self < Self::Writing
    }

    /// Whether the card may be pulled without having to go on later.
    pub fn card_may_be_pulled(self) -> bool {
        self < Self::Writing || self == Self::Confirming
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The step that is being made.
    pub step: Step,
    /// While writing: how many bytes are on the card.
    pub written: Option<Written>,
}

/// A wish to stop. Granted until the first byte is written; from then on going on is the safer way, and the journey
/// takes a few seconds more.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks to stop.
    pub fn wish(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked.
    pub fn is_wished(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a replacement works with.
#[derive(Clone, Copy)]
pub struct Through<'a> {
    /// The service, logged in; `None` where only the card is to be brought in order.
    pub client: Option<&'a Client>,
    /// The card.
    pub token: &'a TokenHandle,
    /// Where it is written how far it is.
    pub journal: &'a Journal,
    /// A wish to stop.
    pub cancel: &'a Cancel,
    /// The present time, for the journal.
    pub now: OffsetDateTime,
}

/// Everything is checked; what is left to do is the writing.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The reader that the card is in.
    pub reader: String,
    /// The card's serial number as the card gives it.
    pub serial: String,
    /// What the service says of it.
    pub replacement: Replacement,
    /// The certificate that is on the card.
    pub old: Arc<Certificate>,
    /// The one that takes its place.
    pub new: Arc<Certificate>,
    /// From the new one to a trust anchor.
    pub chain: Chain,
    /// Whether the old certificate may be removed before the new one is written, because the card is full.
    pub remove_first: bool,
    pub(crate) swap: Swap,
}

impl Plan {
    /// The same for a card without room for both: the old certificate goes first. A copy of it is kept until the new
    /// one is in place, and put back if that fails.
    #[must_use]
    pub fn removing_first(self) -> Self {
        Self {
            remove_first: true,
            ..self
        }
    }
}

/// What came of a replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// The new certificate is on the card, was read back and signed with, and the old one is gone.
    Done {
        /// Whether the service has heard of it. If not, only that is left to do, and the journal remembers it.
        told: bool,
    },
    /// It was stopped in time: the card is as it was.
    Cancelled,
    /// The PIN was not proven: the card is as it was. A try may be spent.
    Pin(pin::Outcome),
    /// The card's key does not fit the new certificate, as a test signature shows: nothing was written.
    KeyDiffers,
    /// The card, or its driver, takes no second certificate beside the old one. Nothing was changed; see [`Plan::removing_first`].
    CardFull,
    /// It could not be written, and the card is as it was.
    NotWritten(Error),
    /// It was cut short in this step. Nothing is lost: [`resume`] goes on.
    Interrupted {
        /// In which.
        step: Step,
        /// By what.
        error: Error,
    },
    /// In the reader is another card than the one this is about. Nothing was changed.
    OtherCard,
    /// Before a byte is written something about the card went wrong: it is as it was.
    NotBegun(Error),
    /// Another replacement has left this card half way ([`resume`]): that one is gone on with first. Nothing was changed.
    Unfinished(Box<Record>),
    /// To go on, the PIN is needed ([`Situation::NeedsPin`]).
    NeedsPin,
    /// The journal cannot be written; nothing was begun.
    Journal(JournalError),
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
