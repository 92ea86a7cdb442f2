//! Journey J4, unlock: out of a blocked PIN.
//!
//! The service's way comes first where the issuer has one: the service proves itself to the card, and the new PIN goes
//! from this computer to the card and nowhere else. The service may ask for a handful of commands only; one that asks
//! for more is refused and told about. The PUK's way comes second, with everything that is at stake said before.

use service::{Apdu, CardSerial, Client, Demand, FailureReason, Started, Step, UnlockId};
use time::OffsetDateTime;
use token::{
    Entered, Entry, Error, LastTryConsent, NewPin, PinInfo, PinRole, Puk, RelayAnswer, RelayCommand,
    RelayRefused, SecretKind, TokenHandle, TriesLeft, Try,
};

use crate::{
    issuers::LastPukTry,
    journal::{Journal, JournalError, Stage},
    pin::{self, Fault, Field, Mistaken, Subject},
};

/// The most steps of one unlock. Four are needed: select, challenge, proof, new PIN.
const MOST_STEPS: u32 = 32;
const EXTERNAL_AUTHENTICATE: u8 = 0x82;
const OK: u16 = 0x9000;

/// An unlock by PUK that is ready to be tried.
#[derive(Debug)]
pub struct ByPuk {
    puk: Entered<Puk>,
    new: Entered<NewPin>,
    mistaken: Option<Mistaken>,
    /// The PIN was blocked when the person was shown how it stands.
    was_blocked: bool,
}

impl ByPuk {
    /// From what was typed; the first fault, if there is one.
    pub fn typed(
        subject: &Subject,
        pin: &PinInfo,
        puk: &Entry,
        new: &Entry,
        again: &Entry,
    ) -> Result<Self, Fault> {
        let checked = Puk::parse(puk, pin.puk_rules()).map_err(|fault| Fault {
            field: Field::Puk,
            fault,
        })?;
        let fresh = subject.new_pin(new, again, pin.rules(), None)?;
        Ok(Self {
            puk: checked.into(),
            new: fresh.into(),
            mistaken: Mistaken::of(SecretKind::Puk, puk),
            was_blocked: pin.tries_left.is_blocked(),
        })
    }

    /// What the PUK looks like, if it is rather something else: worth a question before a try of it is spent.
    pub fn suspicion(&self) -> Option<Mistaken> {
        self.mistaken
    }

    /// Everything is to be typed on the reader's own keys.
    pub fn on_pad(pin: &PinInfo) -> Self {
        Self {
            puk: Entered::OnPad,
            new: Entered::OnPad,
            mistaken: None,
            was_blocked: pin.tries_left.is_blocked(),
        }
    }
}

/// Unlocks the PIN by its PUK. `seen` are the PUK tries left that the person was shown.
///
/// Where the issuer closes the last PUK try, only the consent of IT staff
/// ([`token::LastTryWarning::confirmed_by_expert`]) opens it: an ordinary one goes no further than here. A card that
/// does not tell how many PUK tries are left wants a consent for each, since any of them may be the last.
pub async fn by_puk(
    subject: &Subject,
    request: ByPuk,
    seen: TriesLeft,
    consent: Option<LastTryConsent>,
    token: &TokenHandle,
) -> pin::Outcome {
    let closed = subject.rules.last_puk_try == LastPukTry::Closed;
    let consent = consent.filter(|consent| !closed || consent.by_expert());
    let answer = token
        .unblock_pin(
            Try {
                secret: request.puk,
                seen,
                consent,
            },
            request.new,
        )
        .await;
    match pin::outcome(answer, SecretKind::Puk, request.mistaken) {
        pin::Outcome::LastTry(_) if closed => pin::Outcome::LastPukClosed,
        pin::Outcome::Unsure { error, .. } if request.was_blocked => settled(error, token).await,
        outcome => outcome,
    }
}

/// What became of an unlock whose answer was lost, by what the card says of itself now: a PIN that is not blocked any
/// more is the new one.
async fn settled(error: Error, token: &TokenHandle) -> pin::Outcome {
    let Some(user) = user_pin(token).await else {
        let tries_left = TriesLeft::Unknown;
        return pin::Outcome::Unsure { tries_left, error };
    };
    match (user.tries_left, user.unblock.puk_tries_left) {
        (TriesLeft::Exact(0), puk) => pin::Outcome::StillBlocked { puk, error },
        (TriesLeft::Exact(_), _) => pin::Outcome::Done,
        (_, tries_left) => pin::Outcome::Unsure { tries_left, error },
    }
}

/// The user PIN as the card tells of it now, if it can be asked.
async fn user_pin(token: &TokenHandle) -> Option<PinInfo> {
    let pins = token.pins().await.ok()?;
    pins.into_iter().find(|pin| pin.role == PinRole::User)
}

/// How far an unlock through the service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Calling the service.
    Calling,
    /// The service proves itself to the card. The card must stay where it is.
    Proving,
    /// The new PIN goes to the card. The card must stay where it is.
    SettingPin,
    /// Telling the service. The card may be pulled.
    Telling,
}

/// What came of an unlock through the service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// The card has the new PIN and all its tries.
    Done {
        /// Whether the service has heard of it. If not, nothing is lost: the card is unlocked.
        told: bool,
    },
    /// The service asked for a command that is none of an unlock. It did not reach the card.
    ServiceAskedForForbidden {
        /// The instruction byte; `None` if it was no command at all.
        instruction: Option<u8>,
    },
    /// The service broke the protocol.
    ServiceBroke(Breach),
    /// The card did not accept the service's proof. It was tried once.
    NotProven {
        /// The card's answer.
        status: u16,
    },
    /// The service ended it.
    ServiceEnded {
        /// Its own words, for the technical line; not cleaned.
        reason: String,
    },
    /// The service could not be asked.
    Service(service::Error),
    /// The card or the way to it failed before the PIN was touched.
    Card(Error),
    /// The card did not take the new PIN.
    PinNotSet(Error),
    /// Something failed while the new PIN was on its way: the card has it, or is blocked as before.
    Unsure(Error),
    /// The card has no serial number that the service could know it by.
    NoSerial,
    /// The journal cannot be written; nothing was begun.
    Journal(JournalError),
}

/// How a service broke the protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breach {
    /// It answered for another card.
    OtherCard,
    /// A step came twice, or one was left out.
    OutOfOrder,
    /// It said that all is done, and no PIN was set.
    DoneTooSoon,
    /// It wanted the PIN set twice.
    SetTwice,
    /// It went on for ever.
    TooManySteps,
}

/// What an unlock through the service works with.
pub struct Through<'a> {
    /// The service.
    pub client: &'a Client,
    /// The card.
    pub token: &'a TokenHandle,
    /// Where it is written how far it is.
    pub journal: &'a Journal,
    /// The present time, for the journal.
    pub now: OffsetDateTime,
}

/// Whether the service unlocks a card for whoever is logged in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// It does.
    Ready,
    /// The card is not among the person's own.
    NotTheirs,
    /// It is, and this service cannot unlock it.
    NotHere,
}

/// Asks the service whether it unlocks this card for whoever is logged in: better before a new PIN is thought up than
/// after. A card whose number the service could not understand is not asked about; unlocking says so itself.
pub async fn offer(client: &Client, subject: &Subject) -> Result<Offer, service::Error> {
    let Some(serial) = CardSerial::parse(&subject.serial) else {
        return Ok(Offer::Ready);
    };
    let cards = client.cards().await?.cards;
    Ok(match cards.into_iter().find(|card| card.serial == serial) {
        Some(card) if card.unlockable => Offer::Ready,
        Some(_) => Offer::NotHere,
        None => Offer::NotTheirs,
    })
}

/// Unlocks the PIN through the service. A future that is dropped leaves in the journal where it stood.
pub async fn by_service(
    through: &Through<'_>,
    subject: &Subject,
    new: NewPin,
    progress: impl FnMut(Progress),
) -> Outcome {
    let Some(serial) = CardSerial::parse(&subject.serial) else {
        return Outcome::NoSerial;
    };
    let mut unlock = Unlock {
        through,
        serial,
        id: None,
        number: 0,
        was_blocked: false,
        set: false,
        progress,
    };
    let outcome = match unlock.run(new).await {
        Ok(()) => Outcome::Done { told: true },
        Err(outcome) => outcome,
    };
    let outcome = unlock.told_apart(outcome).await;
    // What is sure need not be remembered. That it could not be removed does no harm: it says the same again.
    if !matches!(outcome, Outcome::Unsure(_)) {
        let _ = through.journal.forget(&subject.serial);
    }
    outcome
}

/// One unlock while it runs.
struct Unlock<'a, P> {
    through: &'a Through<'a>,
    serial: CardSerial,
    id: Option<UnlockId>,
    /// The step that is being worked on.
    number: u32,
    /// Whether the card said that the PIN is blocked, before anything was done.
    was_blocked: bool,
    /// Whether the card has the new PIN.
    set: bool,
    progress: P,
}

impl<P: FnMut(Progress)> Unlock<'_, P> {
    async fn run(&mut self, new: NewPin) -> Result<(), Outcome> {
        (self.progress)(Progress::Calling);
        self.note(Stage::Started)?;
        let pins = self.through.token.pins().await.map_err(Outcome::Card)?;
        let is_blocked = |pin: &PinInfo| pin.role == PinRole::User && pin.tries_left.is_blocked();
        self.was_blocked = pins.iter().any(is_blocked);
        let Started {
            unlock_id,
            serial,
            step,
        } = self
            .through
            .client
            .start_unlock(&self.serial)
            .await
            .map_err(Outcome::Service)?;
        self.id = Some(unlock_id);
        if serial != self.serial {
            return Err(Outcome::ServiceBroke(Breach::OtherCard));
        }
        let mut step = step;
        let mut new = Some(new);
        while self.number < MOST_STEPS {
            self.in_order(&step)?;
            let report = match step.demand {
                Demand::Done if self.set => return Ok(()),
                Demand::Done => return Err(Outcome::ServiceBroke(Breach::DoneTooSoon)),
                Demand::Failed { reason } => return Err(Outcome::ServiceEnded { reason }),
                Demand::Command { command } => self.carry(&command).await?,
                Demand::SetPin => self.set_pin(new.take()).await?,
            };
            step = self.report(report).await?;
        }
        Err(Outcome::ServiceBroke(Breach::TooManySteps))
    }

    /// Steps are numbered without a gap; a service that repeats one is not followed.
    fn in_order(&mut self, step: &Step) -> Result<(), Outcome> {
        self.number = self.number.saturating_add(1);
        if step.number == self.number {
            Ok(())
        } else {
            Err(Outcome::ServiceBroke(Breach::OutOfOrder))
        }
    }

    /// Carries a command to the card, if it is on the list of what belongs to an unlock.
    async fn carry(&mut self, command: &Apdu) -> Result<service::Report, Outcome> {
        let command = RelayCommand::parse(command.bytes()).map_err(Outcome::forbidden)?;
        let proof = command.bytes().get(1) == Some(&EXTERNAL_AUTHENTICATE);
        (self.progress)(Progress::Proving);
        self.note(Stage::Proving { number: self.number })?;
        let RelayAnswer { mut data, status } =
            self.through
                .token
                .relay(command)
                .await
                .map_err(|error| match error {
                    Error::Relay(refused) => Outcome::forbidden(refused),
                    error => Outcome::Card(error),
                })?;
        // A service that goes on guessing would use up the card's administration key.
        if proof && status != OK {
            return Err(Outcome::NotProven { status });
        }
        data.extend(status.to_be_bytes());
        let malformed = || {
            Outcome::Card(
                card::Error::Malformed {
                    command: "relay".into(),
                }
                .into(),
            )
        };
        let answer = Apdu::new(data).ok_or_else(malformed)?;
        Ok(service::Report::Answer {
            number: self.number,
            answer,
        })
    }

    /// The new PIN goes to the card, and to nobody else.
    async fn set_pin(&mut self, new: Option<NewPin>) -> Result<service::Report, Outcome> {
        let new = new.ok_or(Outcome::ServiceBroke(Breach::SetTwice))?;
        (self.progress)(Progress::SettingPin);
        self.note(Stage::SettingPin)?;
        match self.through.token.reset_pin(new).await {
            Ok(()) => self.set = true,
            // A card that took the new PIN would have its tries back: still blocked means that nothing has changed.
            Err(
                error @ Error::Unsure {
                    tries_left: TriesLeft::Exact(0),
                    ..
                },
            ) => return Err(Outcome::PinNotSet(error)),
            Err(error @ (Error::Unsure { .. } | Error::Closed)) => {
                // A PIN that was blocked and is open now has the new value. One that was forgotten is open either way.
                match user_pin(self.through.token).await.map(|pin| pin.tries_left) {
                    Some(TriesLeft::Exact(1..)) if self.was_blocked => self.set = true,
                    Some(TriesLeft::Exact(0)) => return Err(Outcome::PinNotSet(error)),
                    _ => return Err(Outcome::Unsure(error)),
                }
            }
            Err(error) => return Err(Outcome::PinNotSet(error)),
        }
        // The card has it: that this cannot be written any more does not undo it.
        let _ = self.note(Stage::PinSet);
        Ok(service::Report::PinSet { number: self.number })
    }

    async fn report(&mut self, report: service::Report) -> Result<Step, Outcome> {
        if self.set {
            (self.progress)(Progress::Telling);
        }
        // There is an id: the first step came with it.
        let id = self
            .id
            .as_ref()
            .ok_or(Outcome::ServiceBroke(Breach::OutOfOrder))?;
        self.through
            .client
            .next_step(&self.serial, id, &report)
            .await
            .map_err(Outcome::Service)
    }

    /// Tells the service why it ends here, and what the end means once the new PIN is set.
    async fn told_apart(&mut self, outcome: Outcome) -> Outcome {
        if let (Some(reason), Some(id)) = (outcome.reason(), &self.id) {
            let report = service::Report::Failed {
                number: self.number.max(1),
                reason,
            };
            // Whether it listens changes nothing.
            let _ = self.through.client.next_step(&self.serial, id, &report).await;
        }
        match outcome {
            Outcome::Done { told } => Outcome::Done { told },
            _ if self.set => Outcome::Done { told: false },
            outcome => outcome,
        }
    }

    fn note(&self, stage: Stage) -> Result<(), Outcome> {
        self.through
            .journal
            .begin(self.serial.as_str(), stage, self.through.now)
            .map_err(Outcome::Journal)
    }
}

impl Outcome {
    fn forbidden(refused: RelayRefused) -> Self {
        let instruction = match refused {
            RelayRefused::NotAllowed { instruction } => Some(instruction),
            _ => None,
        };
        Self::ServiceAskedForForbidden { instruction }
    }

    /// What the service is told; `None` if it knows, or is not there.
    fn reason(&self) -> Option<FailureReason> {
        match self {
            Self::ServiceAskedForForbidden { .. } => Some(FailureReason::ForbiddenCommand),
            Self::ServiceBroke(_) => Some(FailureReason::ProtocolBroken),
            Self::NotProven { .. } | Self::Card(_) | Self::Journal(_) => Some(FailureReason::Card),
            Self::PinNotSet(_) | Self::Unsure(_) => Some(FailureReason::PinNotSet),
            Self::Done { .. } | Self::ServiceEnded { .. } | Self::Service(_) | Self::NoSerial => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
