//! Journey J3 on the card's side: how the PINs stand, and a new PIN.
//!
//! Before anything is typed, [`status`] says what is at stake. What was typed is judged by [`Change::typed`] before
//! the card hears of it; a fault there costs no try. The last try needs the consent that [`token::LastTryWarning`]
//! gives, and that the token asks for itself.

use certificate::IdentityNumber;
use token::{
    Entered, Entry, Error, FormFault, LastTryConsent, LastTryWarning, NewPin, Pin, PinInfo, PinRole, Puk,
    Resemblance, SecretKind, SecretRules, TokenHandle, TriesLeft, Try,
};

use crate::{
    issuers::{IssuerRules, Issuers, UnlockWay},
    look::{Holder, Report},
};

/// What is known of a card before its PIN is touched.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The card's serial number as the card gives it; may be empty.
    pub serial: String,
    /// Whose card it is, as far as its certificates say.
    pub holder: Option<Holder>,
    /// The issuer's rules.
    pub rules: IssuerRules,
}

/// How the PINs of a card stand.
#[derive(Clone, Debug)]
pub struct Status {
    /// Which card.
    pub subject: Subject,
    /// The PINs, the user PIN first.
    pub pins: Vec<PinInfo>,
    /// The ways out of a blocked PIN that there are for this card, the one to be offered first first.
    pub ways: Vec<UnlockWay>,
}

/// What a person types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The PIN that the card has.
    Pin,
    /// The PUK.
    Puk,
    /// The new PIN.
    NewPin,
    /// The new PIN once more.
    Again,
}

/// An entry whose form is wrong. The card has not heard of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which entry.
    pub field: Field,
    /// What is wrong with it.
    pub fault: FormFault,
}

/// What a wrong entry of the right form may have been meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mistaken {
    /// The security word of the certificate service.
    SecurityWord,
    /// The one-time code by SMS: six digits.
    SmsCode,
    /// The verification code of a web page: 15 digits.
    VerificationCode,
    /// The identity number: 11 digits.
    IdentityNumber,
    /// The PUK, where the PIN was asked for.
    Puk,
    /// The PIN, where the PUK was asked for.
    Pin,
}

/// A change of the PIN that is ready to be tried.
#[derive(Debug)]
pub struct Change {
    old: Entered<Pin>,
    new: Entered<NewPin>,
    mistaken: Option<Mistaken>,
}

/// The PIN that opens a stretch in which is signed or written, ready to be tried.
#[derive(Debug)]
pub struct Proof {
    pin: Entered<Pin>,
    mistaken: Option<Mistaken>,
    seen: TriesLeft,
    consent: Option<LastTryConsent>,
}

impl Proof {
    /// From what was typed, with the tries left that were shown meanwhile; the fault, if there is one.
    pub fn typed(pin: &PinInfo, entry: &Entry) -> Result<Self, Fault> {
        let checked = Pin::parse(entry, pin.rules()).map_err(|fault| Fault {
            field: Field::Pin,
            fault,
        })?;
        Ok(Self {
            pin: checked.into(),
            mistaken: Mistaken::of(SecretKind::Pin, entry),
            seen: pin.tries_left,
            consent: None,
        })
    }

    /// It is to be typed on the reader's own keys.
    pub fn on_pad(pin: &PinInfo) -> Self {
        Self {
            pin: Entered::OnPad,
            mistaken: None,
            seen: pin.tries_left,
            consent: None,
        }
    }

    /// Whether the last try may be spent with it.
    pub(crate) fn has_consent(&self) -> bool {
        self.consent.is_some()
    }

    /// The same with the consent to spend the last try.
    #[must_use]
    pub fn with_consent(self, consent: LastTryConsent) -> Self {
        Self {
            consent: Some(consent),
            ..self
        }
    }

    /// What goes to the token, and what the entry may have been meant for.
    pub(crate) fn into_request(self) -> (Try<Pin>, Option<Mistaken>) {
        let request = Try {
            secret: self.pin,
            seen: self.seen,
            consent: self.consent,
        };
        (request, self.mistaken)
    }
}

/// What came of trying a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// The card has the new PIN. The value that the portal shows is out of date from now on.
    Done,
    /// The secret was wrong, and a try is spent.
    Wrong {
        /// Which secret.
        secret: SecretKind,
        /// What is left.
        tries_left: TriesLeft,
        /// What it may have been meant for.
        mistaken: Option<Mistaken>,
    },
    /// No try is left. A PUK without tries means that the card cannot be unlocked by it ever again.
    Blocked(SecretKind),
    /// Nothing was sent: the next try is the last, or may be, and wants a consent.
    LastTry(LastTryWarning),
    /// Nothing was sent: the last PUK try is closed by the issuer's rules.
    LastPukClosed,
    /// Nothing was sent: fewer tries are left than the person was shown.
    TriesChanged {
        /// Which secret.
        secret: SecretKind,
        /// What is left now.
        now: TriesLeft,
    },
    /// Something failed after a secret was sent: whether the PIN is the new one is not known.
    Unsure {
        /// What is left, read again.
        tries_left: TriesLeft,
        /// What failed.
        error: Error,
    },
    /// The card was cut off while it worked, and was asked again: the PIN is blocked as before.
    StillBlocked {
        /// What is left of the PUK; a cut may have cost a try.
        puk: TriesLeft,
        /// What failed.
        error: Error,
    },
    /// The PIN is the old one, and no try was spent.
    NotDone(Error),
}

/// The PIN that a change may have given the card.
///
/// After a change that was cut short the card has one of two PINs, and nothing that it tells without a try says
/// which. So the person types the new one, and decides with it to spend a try.
#[derive(Debug)]
pub struct Check(Entered<Pin>);

impl Subject {
    /// From what a look at the card found.
    pub fn of(report: &Report) -> Self {
        let certificates = report.certificates.iter().map(|looked| &*looked.certificate);
        Self {
            serial: report.serial.clone(),
            holder: report.holder.clone(),
            rules: Issuers::bundled().of(certificates),
        }
    }

    /// Judges a new PIN, with what an acquaintance of the holder could guess in mind.
    pub fn new_pin(
        &self,
        new: &Entry,
        again: &Entry,
        rules: SecretRules,
        old: Option<&Pin>,
    ) -> Result<NewPin, Fault> {
        let number = self
            .holder
            .as_ref()
            .and_then(|holder| holder.identity_number.as_ref());
        let number = number.map(IdentityNumber::reveal);
        let personal: Vec<&str> = number.iter().map(String::as_str).collect();
        NewPin::parse(new, again, rules, old, &personal).map_err(|fault| Fault {
            field: if fault == FormFault::Differs {
                Field::Again
            } else {
                Field::NewPin
            },
            fault,
        })
    }
}

impl Status {
    /// The user PIN.
    pub fn user(&self) -> Option<&PinInfo> {
        self.pins.iter().find(|pin| pin.role == PinRole::User)
    }

    /// Whether neither PIN nor any way out of the block is left.
    pub fn is_dead(&self) -> bool {
        self.user().is_some_and(|pin| {
            pin.tries_left.is_blocked() && pin.unblock.puk_tries_left.is_blocked() && self.ways.is_empty()
        })
    }
}

/// Asks the card how its PINs stand. Spends no try.
pub async fn status(subject: Subject, token: &TokenHandle) -> Result<Status, Error> {
    let pins = token.pins().await?;
    let user = pins.iter().find(|pin| pin.role == PinRole::User);
    let there = |way: &UnlockWay| {
        user.is_some_and(|pin| match way {
            UnlockWay::Service => pin.unblock.service,
            UnlockWay::Puk => pin.unblock.puk && !pin.unblock.puk_tries_left.is_blocked(),
        })
    };
    let ways = subject.rules.unlock.iter().copied().filter(there).collect();
    Ok(Status { subject, pins, ways })
}

impl Change {
    /// From what was typed; the first fault, if there is one.
    pub fn typed(
        subject: &Subject,
        pin: &PinInfo,
        old: &Entry,
        new: &Entry,
        again: &Entry,
    ) -> Result<Self, Fault> {
        let checked = Pin::parse(old, pin.rules()).map_err(|fault| Fault {
            field: Field::Pin,
            fault,
        })?;
        let fresh = subject.new_pin(new, again, pin.rules(), Some(&checked))?;
        Ok(Self {
            old: checked.into(),
            new: fresh.into(),
            mistaken: Mistaken::of(SecretKind::Pin, old),
        })
    }

    /// Everything is to be typed on the reader's own keys.
    pub fn on_pad() -> Self {
        Self {
            old: Entered::OnPad,
            new: Entered::OnPad,
            mistaken: None,
        }
    }
}

impl Check {
    /// From what was typed; the fault, if there is one.
    pub fn typed(pin: &PinInfo, new: &Entry) -> Result<Self, Fault> {
        let checked = Pin::parse(new, pin.rules()).map_err(|fault| Fault {
            field: Field::NewPin,
            fault,
        })?;
        Ok(Self(checked.into()))
    }

    /// It is to be typed on the reader's own keys.
    pub fn on_pad() -> Self {
        Self(Entered::OnPad)
    }
}

/// Tries the new PIN after a change that was cut short. Done: the card has it; wrong: the card has the old one.
/// `seen` are the tries left that the person was shown.
pub async fn check(
    check: Check,
    seen: TriesLeft,
    consent: Option<LastTryConsent>,
    token: &TokenHandle,
) -> Outcome {
    let request = Try {
        secret: check.0,
        seen,
        consent,
    };
    outcome(token.verify_pin(request).await, SecretKind::Pin, None)
}

/// Changes the PIN. `seen` are the tries left that the person was shown.
pub async fn change(
    change: Change,
    seen: TriesLeft,
    consent: Option<LastTryConsent>,
    token: &TokenHandle,
) -> Outcome {
    let request = Try {
        secret: change.old,
        seen,
        consent,
    };
    outcome(
        token.change_pin(request, change.new).await,
        SecretKind::Pin,
        change.mistaken,
    )
}

/// What the token's answer to a try means.
pub(crate) fn outcome(answer: Result<(), Error>, secret: SecretKind, mistaken: Option<Mistaken>) -> Outcome {
    match answer {
        Ok(()) => Outcome::Done,
        // The last one was spent: what counts now is the way on.
        Err(Error::WrongPin { tries_left }) if tries_left.is_blocked() => Outcome::Blocked(SecretKind::Pin),
        Err(Error::WrongPuk { tries_left }) if tries_left.is_blocked() => Outcome::Blocked(SecretKind::Puk),
        Err(Error::WrongPin { tries_left }) => Outcome::Wrong {
            secret: SecretKind::Pin,
            tries_left,
            mistaken,
        },
        Err(Error::WrongPuk { tries_left }) => Outcome::Wrong {
            secret: SecretKind::Puk,
            tries_left,
            mistaken,
        },
        Err(Error::PinBlocked) => Outcome::Blocked(SecretKind::Pin),
        Err(Error::PukBlocked) => Outcome::Blocked(SecretKind::Puk),
        Err(Error::LastTry(warning)) => Outcome::LastTry(warning),
        Err(Error::LastPukClosed) => Outcome::LastPukClosed,
        Err(Error::TriesChanged { now }) => Outcome::TriesChanged { secret, now },
        Err(error @ Error::Unsure { tries_left, .. }) => Outcome::Unsure { tries_left, error },
        Err(error) => Outcome::NotDone(error),
    }
}

impl Mistaken {
    /// What an entry may have been meant for that was typed as this secret.
    pub(crate) fn of(secret: SecretKind, entry: &Entry) -> Option<Self> {
        match (secret, resemblance(entry)) {
            (SecretKind::Pin, Some(Resemblance::Puk)) => Some(Self::Puk),
            (_, Some(Resemblance::SecurityWord)) => Some(Self::SecurityWord),
            (_, Some(Resemblance::VerificationCode)) => Some(Self::VerificationCode),
            (_, Some(Resemblance::IdentityNumber)) => Some(Self::IdentityNumber),
            (SecretKind::Pin, None) if entry.len() == 6 => Some(Self::SmsCode),
            (SecretKind::Puk, None) if entry.len() == 6 => Some(Self::Pin),
            _ => None,
        }
    }
}

/// What an entry looks like, whether or not its form is allowed: judged by rules that nothing fits.
fn resemblance(entry: &Entry) -> Option<Resemblance> {
    let nothing = SecretRules {
        min_length: 0,
        max_length: 0,
        digits_only: true,
    };
    match Puk::parse(entry, nothing) {
        Err(FormFault::TooLong { resembles, .. } | FormFault::NotDigits { resembles }) => resembles,
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod cuts;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
