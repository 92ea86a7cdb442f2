//! What is at stake when a secret is sent, and the consent that the last try needs.

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

use serde::{Deserialize, Serialize};

use crate::{Error, TriesLeft};

/// Which secret of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecretKind {
    /// The user's PIN.
    Pin,
    /// The PUK of the user's PIN.
    Puk,
}

/// A request to try a secret on the card.
#[derive(Debug)]
pub struct Try<S> {
    /// The secret.
    pub secret: Entered<S>,
    /// The tries left that the person was shown. If fewer are left when it comes to it, nothing is sent.
    pub seen: TriesLeft,
    /// The consent to spend the last try, if it comes to that.
    pub consent: Option<LastTryConsent>,
}

impl<S> Try<S> {
    /// A secret that was typed, with the tries left that were shown meanwhile.
    pub fn typed(secret: S, seen: TriesLeft) -> Self {
        Self {
            secret: Entered::Typed(secret),
            seen,
            consent: None,
        }
    }

    /// A secret that is to be typed on the reader's own keys.
    pub fn on_pad(seen: TriesLeft) -> Self {
        Self {
            secret: Entered::OnPad,
            seen,
            consent: None,
        }
    }

    /// The same with the consent to spend the last try.
    #[must_use]
    pub fn with_consent(self, consent: LastTryConsent) -> Self {
        Self {
            consent: Some(consent),
            ..self
        }
    }
}

/// How a secret is entered.
#[derive(Debug)]
pub enum Entered<S> {
    /// It was typed here.
    Typed(S),
    /// It is to be typed on the reader (`CKF_PROTECTED_AUTHENTICATION_PATH`); the reader gives up after 30 seconds.
    OnPad,
}

impl<S> From<S> for Entered<S> {
    fn from(secret: S) -> Self {
        Self::Typed(secret)
    }
}

impl<S> Entered<S> {
    /// What was typed here; `None` if it is to be typed on the reader.
    pub(crate) fn here(&self) -> Option<&S> {
        match self {
            Self::Typed(secret) => Some(secret),
            Self::OnPad => None,
        }
    }
}

impl TriesLeft {
    /// Whether one more wrong entry blocks the secret.
    pub fn is_last(self) -> bool {
        self == Self::Exact(1)
    }

    /// Whether no try is left.
    pub fn is_blocked(self) -> bool {
        self == Self::Exact(0)
    }

    /// The number, if it is known.
    pub fn exact(self) -> Option<u8> {
        match self {
            Self::Exact(tries) => Some(tries),
            Self::Few | Self::Unknown => None,
        }
    }
}

/// The next try is the last, or nobody can say that it is not.
///
/// One warning gives one consent that counts, for this secret of this card in this reader. A warning that was
/// written down and read again gives none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastTryWarning {
    secret: SecretKind,
    tries_left: TriesLeft,
    /// 0 is never given out.
    #[serde(skip)]
    number: u64,
}

impl LastTryWarning {
    /// Which secret is about to be tried.
    pub fn secret(&self) -> SecretKind {
        self.secret
    }

    /// `Exact(1)`; or `Unknown` for a PUK of which the card does not tell: then it may be the last.
    pub fn tries_left(&self) -> TriesLeft {
        self.tries_left
    }

    /// The person has read the warning and wants to go on: for the confirmation step, and for nothing else.
    pub fn confirmed(self) -> LastTryConsent {
        self.consent(false)
    }

    /// The same for IT staff who take the responsibility for a card whose last PUK try is closed to its holder.
    pub fn confirmed_by_expert(self) -> LastTryConsent {
        self.consent(true)
    }

    fn consent(self, by_expert: bool) -> LastTryConsent {
        LastTryConsent {
            secret: self.secret,
            number: self.number,
            by_expert,
        }
    }
}

/// The consent to spend the last try: made by [`LastTryWarning::confirmed`], spent with the request that carries it.
pub struct LastTryConsent {
    secret: SecretKind,
    number: u64,
    by_expert: bool,
}

impl LastTryConsent {
    /// Which secret it is for.
    pub fn secret(&self) -> SecretKind {
        self.secret
    }

    /// Whether it is IT staff that consented.
    pub fn by_expert(&self) -> bool {
        self.by_expert
    }
}

impl fmt::Debug for LastTryConsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LastTryConsent({:?})", self.secret)
    }
}

/// Stands before a card and lets a secret through, or not. Belongs to one worker, and so to one reader or slot.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    /// The card, by whatever tells it from another in the same place.
    card: String,
    /// The warnings that were given out for this card and not answered yet.
    warned: [Option<u64>; 2],
    /// What the card last said of its PUK: many cards say it with the answer to a wrong one only.
    puk: Option<TriesLeft>,
    /// How many wrong PINs in a row were answered without a number of tries left.
    wrong_pins: u8,
}

impl Guard {
    /// From now on this card stands behind the guard; what was said of another counts no more.
    pub(crate) fn card(&mut self, card: &str) {
        if self.card != card {
            *self = Self {
                card: card.into(),
                ..Self::default()
            };
        }
    }

    /// What is known of a secret, where the card told `now` when it was asked.
    pub(crate) fn known(&self, secret: SecretKind, now: TriesLeft) -> TriesLeft {
        match (secret, now) {
            (SecretKind::Puk, TriesLeft::Unknown) => self.puk.unwrap_or(now),
            _ => now,
        }
    }

    /// Keeps what the card said after a try.
    pub(crate) fn learn(&mut self, secret: SecretKind, told: TriesLeft) {
        match (secret, told) {
            (SecretKind::Puk, TriesLeft::Unknown) => {}
            (SecretKind::Puk, told) => self.puk = Some(told),
            (SecretKind::Pin, TriesLeft::Exact(_)) => self.wrong_pins = 0,
            (SecretKind::Pin, _) => self.wrong_pins = self.wrong_pins.saturating_add(1),
        }
    }

    /// The PIN was right: it has all its tries again.
    pub(crate) fn proven(&mut self) {
        self.wrong_pins = 0;
    }

    /// What was known of the PUK counts no more: an unblocking gives it its tries back.
    pub(crate) fn forget(&mut self) {
        self.puk = None;
        self.proven();
    }

    /// Whether a secret may be sent with `now` tries left. The consent is used up whatever the answer is.
    pub(crate) fn admit(
        &mut self,
        secret: SecretKind,
        now: TriesLeft,
        seen: TriesLeft,
        consent: Option<LastTryConsent>,
    ) -> Result<(), Error> {
        let now = self.known(secret, now);
        let consented = consent.is_some_and(|consent| self.is_owed(secret, &consent));
        if now.is_blocked() {
            return Err(blocked(secret));
        }
        if fewer(now, seen) {
            return Err(Error::TriesChanged { now });
        }
        if self.may_be_last(secret, now, seen) && !consented {
            return Err(Error::LastTry(self.warn(secret, now)));
        }
        Ok(())
    }

    /// The warning, if the next try is the last or may be.
    pub(crate) fn warning(&mut self, secret: SecretKind, now: TriesLeft) -> Option<LastTryWarning> {
        let now = self.known(secret, now);
        self.may_be_last(secret, now, now).then(|| self.warn(secret, now))
    }

    /// A PUK of which nobody knows how many tries it has left may have one: after it the card is dead. A PIN may, once
    /// its module says that tries are missing, or two of them were answered without a number: three are the fewest that
    /// issuers give.
    fn may_be_last(&self, secret: SecretKind, now: TriesLeft, seen: TriesLeft) -> bool {
        let is_unsure = match (now, secret) {
            (TriesLeft::Exact(_), _) => false,
            (_, SecretKind::Puk) => true,
            (_, SecretKind::Pin) => seen.is_last() || now == TriesLeft::Few || self.wrong_pins >= 2,
        };
        now.is_last() || is_unsure
    }

    fn warn(&mut self, secret: SecretKind, tries_left: TriesLeft) -> LastTryWarning {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        *self.warned(secret) = Some(number);
        LastTryWarning {
            secret,
            tries_left,
            number,
        }
    }

    fn is_owed(&mut self, secret: SecretKind, consent: &LastTryConsent) -> bool {
        let warned = self.warned(secret);
        let owed = consent.secret == secret && *warned == Some(consent.number);
        if owed {
            *warned = None;
        }
        owed
    }

    fn warned(&mut self, secret: SecretKind) -> &mut Option<u64> {
        let [pin, puk] = &mut self.warned;
        match secret {
            SecretKind::Pin => pin,
            SecretKind::Puk => puk,
        }
    }
}

fn fewer(now: TriesLeft, seen: TriesLeft) -> bool {
    matches!((now, seen), (TriesLeft::Exact(now), TriesLeft::Exact(seen)) if now < seen)
}

/// What is said of a secret without tries.
pub(crate) fn blocked(secret: SecretKind) -> Error {
    match secret {
        SecretKind::Pin => Error::PinBlocked,
        SecretKind::Puk => Error::PukBlocked,
    }
}

/// What is said of a wrong secret.
pub(crate) fn wrong(secret: SecretKind, tries_left: TriesLeft) -> Error {
    match secret {
        SecretKind::Pin => Error::WrongPin { tries_left },
        SecretKind::Puk => Error::WrongPuk { tries_left },
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
