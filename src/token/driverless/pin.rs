//! PINs of a card whose PKCS#15 directory we read ourselves.
//!
//! Each request is one stretch in which no other program speaks to the card: the tries left are read, compared with
//! what the person was shown, and only then the secret goes out, once. The card is reset when the connection ends,
//! so that nobody after us finds a PIN proven.

use std::sync::Arc;

use card::{
    Families, Family, Hub, Pad, ReaderState, Transport,
    apdu::{Answer, Channel, Command, Status},
    pin,
    pkcs15::{self, Backup, Directory, File, PinObject, PrivateKeyObject, Reader, Swap, Written},
};

use super::{contents, enter_on_pad, pad, role, stretch::Open};
use crate::{
    Backend, CardCertificate, Contents, Entered, Error, LastTryConsent, LastTryWarning, NewPin, Pin, PinInfo,
    PinRole, Progress, Puk, RelayAnswer, RelayCommand, SecretKind, SecretRules, SigningKey, StretchWay,
    ToSign, Token, TriesLeft, Try, UnblockWays,
    interest::{Interest, Wanted},
    tries::{Guard, blocked, wrong},
};

/// The PINs of the card in a reader. Connects for each request, so that the card is free between them; only what a
/// service proved is kept, with its connection, until the next request.
pub(crate) struct CardPins {
    hub: Arc<dyn Hub>,
    families: Arc<Families>,
    reader: String,
    interest: Interest,
    guard: Guard,
    known: Option<Known>,
    relay: Option<Box<dyn Transport>>,
    stretch: Option<Open>,
}

/// What does not change while a card is in its reader.
#[derive(Clone)]
pub(super) struct Known {
    insertion: u32,
    /// Serial number and label: what tells this card from another.
    card: String,
    pub(super) family: Family,
    /// The user PIN.
    pin: PinObject,
    /// What the PUK looks like: the card's own entry for it, or the PIN's.
    puk: PinObject,
    /// All PINs, the user PIN first, as the directory has them.
    infos: Vec<PinInfo>,
    /// The private keys, as the directory had them.
    pub(super) keys: Vec<PrivateKeyObject>,
}

/// The tries left of both secrets.
#[derive(Clone, Copy)]
struct Tries {
    pin: TriesLeft,
    puk: TriesLeft,
}

impl CardPins {
    pub(crate) fn new(
        hub: Arc<dyn Hub>,
        families: Arc<Families>,
        reader: String,
        interest: Interest,
    ) -> Self {
        Self {
            hub,
            families,
            reader,
            interest,
            guard: Guard::default(),
            known: None,
            relay: None,
            stretch: None,
        }
    }

    /// Gives up what a service proved.
    pub(crate) fn end_relay(&mut self) {
        self.relay = None;
    }

    /// A stretch alone with the card whose PINs are known, its application selected.
    fn alone<T>(
        &mut self,
        work: impl FnOnce(&mut Guard, &mut Channel<'_>, &Known) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.end_relay();
        let mut transport = self.connect().map_err(|error| match error {
            // It was there when it was asked about.
            Error::Card(card::Error::NoCard) if self.known.is_some() => card::Error::Removed.into(),
            error => error,
        })?;
        transport.begin()?;
        let outcome = self.known(&mut transport).and_then(|known| {
            let mut channel = Channel::new(&mut transport);
            pin::enter_scope(&mut channel, &known.pin)?;
            work(&mut self.guard, &mut channel, &known)
        });
        // A connection that cannot end its stretch is closed with it in a moment.
        let _ = transport.end();
        outcome
    }

    fn connect(&self) -> Result<Wanted, Error> {
        Ok(Wanted {
            transport: self.hub.connect(&self.reader)?,
            interest: self.interest.clone(),
        })
    }

    /// What is known of the card, read if it was not yet. Another card than before is not taken for that one.
    fn known(&mut self, transport: &mut Wanted) -> Result<Known, Error> {
        let insertion = self.insertion()?;
        if let Some(known) = self.known.as_ref().filter(|known| known.insertion == insertion) {
            return Ok(known.clone());
        }
        let family = self.families.of(transport.atr());
        let found = Known::read(&mut Channel::new(transport), family, insertion)?;
        self.guard.card(&found.card);
        let other = self
            .known
            .replace(found.clone())
            .is_some_and(|before| before.card != found.card);
        if other {
            return Err(card::Error::Removed.into());
        }
        Ok(found)
    }

    fn insertion(&self) -> Result<u32, Error> {
        let snapshot = self.hub.snapshot();
        let reader = snapshot.readers.iter().find(|reader| reader.name == self.reader);
        match reader.map(|reader| &reader.state) {
            Some(ReaderState::Card { insertion, .. }) => Ok(*insertion),
            _ => Err(card::Error::Removed.into()),
        }
    }

    fn try_secret(
        &mut self,
        kind: SecretKind,
        seen: TriesLeft,
        consent: Option<LastTryConsent>,
        command: impl FnOnce(&Known) -> Result<Command, Error>,
    ) -> Result<(), Error> {
        self.alone(|guard, channel, known| {
            let command = || command(known);
            known.attempt(guard, channel, kind, (seen, consent), command)
        })
    }

    /// The reader's keys, which a secret needs that is to be entered there.
    fn pad_for<S>(&self, secret: &Entered<S>) -> Result<Option<Arc<dyn Pad>>, Error> {
        let pad = self.hub.pad(&self.reader);
        match secret {
            Entered::OnPad if pad.is_none() => Err(Error::NotSupported),
            _ => Ok(pad),
        }
    }

    /// Begins a stretch of its own; as [`Self::alone`], but the card stays ours when it has begun.
    fn begin_stretch(&mut self, request: Try<Pin>) -> Result<(), Error> {
        let Try {
            secret,
            seen,
            consent,
        } = request;
        let pad = self.pad_for(&secret)?;
        self.end_relay();
        self.stretch = None;
        let mut transport = self.connect()?;
        transport.begin()?;
        let outcome = self.known(&mut transport).and_then(|known| {
            if !known.family.myeid_commands {
                return Err(Error::NotSupported);
            }
            let mut channel = Channel::new(&mut transport);
            pin::enter_scope(&mut channel, &known.pin)?;
            let command = || known.verify(secret, pad.as_deref());
            let stake = (seen, consent);
            known.attempt(&mut self.guard, &mut channel, SecretKind::Pin, stake, command)?;
            Ok(known)
        });
        match outcome {
            Ok(known) => {
                self.stretch = Some(Open::new(transport, &known));
                Ok(())
            }
            Err(error) => {
                let _ = transport.end();
                Err(error)
            }
        }
    }

    fn open_stretch(&mut self) -> Result<&mut Open, Error> {
        self.stretch.as_mut().ok_or(Error::NotProven)
    }
}

impl Token for CardPins {
    fn backend(&self) -> Backend {
        Backend::Pkcs15
    }

    fn read(&mut self, _progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error> {
        Err(Error::NotSupported)
    }

    fn pins(&mut self) -> Result<Vec<PinInfo>, Error> {
        // Whatever card is there now is the one that is asked about.
        let before = self.known.take();
        if before.is_some() && before.as_ref().map(|known| known.insertion) == self.insertion().ok() {
            self.known = before;
        }
        let has_pad = self.hub.pad(&self.reader).is_some();
        self.alone(|guard, channel, known| {
            let tries = known.tries(channel)?;
            let mut infos = known.infos.clone();
            enter_on_pad(&mut infos, has_pad);
            if let Some(user) = infos.first_mut() {
                user.tries_left = tries.pin;
                user.unblock.puk_tries_left = guard.known(SecretKind::Puk, tries.puk);
            }
            Ok(infos)
        })
    }

    fn last_try(&mut self, secret: SecretKind) -> Result<Option<LastTryWarning>, Error> {
        self.alone(|guard, channel, known| {
            let now = known.tries_of(secret, channel)?;
            Ok(guard.warning(secret, now))
        })
    }

    fn verify_pin(&mut self, request: Try<Pin>) -> Result<(), Error> {
        let secret = request.secret;
        let pad = self.pad_for(&secret)?;
        self.try_secret(SecretKind::Pin, request.seen, request.consent, |known| {
            known.verify(secret, pad.as_deref())
        })
    }

    fn change_pin(&mut self, request: Try<Pin>, new: Entered<NewPin>) -> Result<(), Error> {
        let old = request.secret;
        let pad = self.pad_for(&old)?;
        self.try_secret(SecretKind::Pin, request.seen, request.consent, |known| {
            if known.pin.flags.change_disabled {
                return Err(Error::NotSupported);
            }
            let (old, new) = pad::change(old, new, pad.as_deref(), known.rules())?;
            pin::change(&known.pin, old.expose(), new.expose()).ok_or(Error::NotSupported)
        })
    }

    fn unblock_pin(&mut self, request: Try<Puk>, new: Entered<NewPin>) -> Result<(), Error> {
        let puk = request.secret;
        let pad = self.pad_for(&puk)?;
        self.try_secret(SecretKind::Puk, request.seen, request.consent, |known| {
            if known.pin.flags.unblock_disabled {
                return Err(Error::NotSupported);
            }
            let (puk, new) = pad::unblock(puk, new, pad.as_deref(), known.puk_rules(), known.rules())?;
            let command = pin::unblock(&known.pin, &known.puk, puk.expose(), new.expose());
            command.ok_or(Error::NotSupported)
        })
    }

    fn backup(&mut self) -> Result<Backup, Error> {
        let transport = self.connect()?;
        if !self.families.of(transport.atr()).myeid_commands {
            return Err(Error::NotSupported);
        }
        super::stretch::backup(transport)
    }

    fn log_in(&mut self, request: Try<Pin>, _way: StretchWay) -> Result<(), Error> {
        self.begin_stretch(request)
    }

    fn log_out(&mut self) {
        self.stretch = None;
    }

    fn sign(&mut self, key: &SigningKey, what: &ToSign) -> Result<Vec<u8>, Error> {
        self.open_stretch()?.sign(key, what)
    }

    fn certificates(&mut self) -> Result<Vec<CardCertificate>, Error> {
        self.open_stretch()?.certificates()
    }

    fn write_certificate(&mut self, swap: &Swap, progress: &mut dyn FnMut(Written)) -> Result<(), Error> {
        self.open_stretch()?.write(swap, progress)
    }

    fn delete_certificate(&mut self, swap: &Swap) -> Result<(), Error> {
        self.open_stretch()?.delete(swap)
    }

    fn restore(&mut self, backup: &Backup, kinds: &[File]) -> Result<(), Error> {
        // What the directory says is to be read anew.
        self.known = None;
        self.open_stretch()?.restore(backup, kinds)
    }

    fn relay(&mut self, command: RelayCommand) -> Result<RelayAnswer, Error> {
        if self.relay.is_none() {
            // Read before the service begins: reading might undo what it proves.
            self.alone(|_, _, known| {
                known
                    .family
                    .service_reset
                    .then_some(())
                    .ok_or(Error::NotSupported)
            })?;
            self.relay = Some(Box::new(self.connect()?));
        }
        let outcome = match &mut self.relay {
            Some(transport) => relay(&mut **transport, &command),
            None => Err(Error::Closed),
        };
        if outcome.is_err() {
            self.end_relay();
        }
        outcome
    }

    fn reset_pin(&mut self, new: NewPin) -> Result<(), Error> {
        let mut transport = self.relay.take().ok_or(Error::NotSupported)?;
        let insertion = self.insertion()?;
        let known = self.known.as_ref().filter(|known| known.insertion == insertion);
        let known = known.ok_or(card::Error::Removed)?;
        let command = pin::reset(&known.pin, new.expose()).ok_or(Error::NotSupported)?;
        transport.begin()?;
        let mut channel = Channel::new(&mut *transport);
        let answer = channel.send(&command);
        let outcome = judge(SecretKind::Pin, &command, answer, || {
            known
                .tries_of(SecretKind::Pin, &mut channel)
                .unwrap_or(TriesLeft::Unknown)
        });
        let _ = transport.end();
        outcome
    }
}

impl Known {
    /// Sends a secret, if the guard lets it, and learns from what the card answers.
    fn attempt(
        &self,
        guard: &mut Guard,
        channel: &mut Channel<'_>,
        kind: SecretKind,
        (seen, consent): (TriesLeft, Option<LastTryConsent>),
        command: impl FnOnce() -> Result<Command, Error>,
    ) -> Result<(), Error> {
        let now = self.tries_of(kind, channel)?;
        guard.admit(kind, now, seen, consent)?;
        // Only now, since a pad asks for what goes into it.
        let command = command()?;
        let answer = channel.send(&command);
        let outcome = judge(kind, &command, answer, || {
            self.tries_of(kind, channel).unwrap_or(TriesLeft::Unknown)
        });
        match (kind, &outcome) {
            (_, Err(Error::WrongPuk { tries_left })) => guard.learn(kind, *tries_left),
            (_, Err(Error::PukBlocked)) => guard.learn(kind, TriesLeft::Exact(0)),
            (SecretKind::Puk, Ok(())) => guard.forget(),
            _ => {}
        }
        outcome
    }

    /// VERIFY with the PIN that was typed, or is entered on the reader now.
    fn verify(&self, secret: Entered<Pin>, pad: Option<&dyn Pad>) -> Result<Command, Error> {
        let secret = pad::pin(secret, pad, self.rules())?;
        pin::verify(&self.pin, secret.expose()).ok_or(Error::NotSupported)
    }

    fn rules(&self) -> SecretRules {
        self.infos
            .first()
            .map_or_else(SecretRules::default, PinInfo::rules)
    }

    fn puk_rules(&self) -> SecretRules {
        self.infos
            .first()
            .map_or_else(SecretRules::default, PinInfo::puk_rules)
    }

    fn read(channel: &mut Channel<'_>, family: Family, insertion: u32) -> Result<Self, Error> {
        let directory = Reader::open(channel)
            .and_then(|mut reader| reader.directory(&mut |_| ()))
            .map_err(|error| match error {
                card::Error::Refused { .. } => Error::UnknownCard,
                error => error.into(),
            })?;
        let pin = user_pin(&directory, &family).ok_or(Error::NotSupported)?.clone();
        let named = directory.pins.iter().find(|other| {
            other.flags.unblocking && pin.unblocked_by.as_ref().is_some_and(|id| *id == other.auth_id)
        });
        let mut contents = contents(&directory, &family);
        if let Some(user) = contents.pins.first_mut() {
            user.unblock = UnblockWays {
                service: family.service_reset,
                puk: !pin.flags.unblock_disabled,
                puk_tries_left: TriesLeft::Unknown,
            };
        }
        Ok(Self {
            insertion,
            card: format!("{} {}", contents.serial, contents.label),
            puk: named.unwrap_or(&pin).clone(),
            family,
            pin,
            infos: contents.pins,
            keys: directory.keys.clone(),
        })
    }

    fn tries(&self, channel: &mut Channel<'_>) -> Result<Tries, card::Error> {
        Ok(Tries {
            pin: self.tries_of(SecretKind::Pin, channel)?,
            puk: self.tries_of(SecretKind::Puk, channel)?,
        })
    }

    /// The tries left, which asking does not spend; unknown where a card may not be asked.
    fn tries_of(&self, secret: SecretKind, channel: &mut Channel<'_>) -> Result<TriesLeft, card::Error> {
        let asked = self.family.pin_status_reference == Some(self.pin.reference);
        let told = match (secret, self.family.puk_status) {
            (SecretKind::Pin, _) if asked => pkcs15::tries_left(channel, self.pin.reference)?,
            (SecretKind::Puk, Some(tag)) if asked => pin::puk_tries_left(channel, tag)?,
            _ => None,
        };
        Ok(told.map_or(TriesLeft::Unknown, TriesLeft::Exact))
    }
}

/// The PIN that signs: the one that the family is asked for, else the first of the user's.
fn user_pin<'d>(directory: &'d Directory, family: &Family) -> Option<&'d PinObject> {
    let mut pins = directory.pins.iter().filter(|pin| role(pin) == PinRole::User);
    let first = pins.clone().next();
    pins.find(|pin| Some(pin.reference) == family.pin_status_reference)
        .or(first)
}

fn relay(transport: &mut dyn Transport, command: &RelayCommand) -> Result<RelayAnswer, Error> {
    transport.begin()?;
    let answer = Channel::new(transport).send(&command.command());
    let _ = transport.end();
    let Answer { data, word } = answer?;
    Ok(RelayAnswer { data, status: word })
}

/// What the card's answer to a secret means. `again` reads the tries anew.
fn judge(
    kind: SecretKind,
    command: &Command,
    answer: Result<Answer, card::Error>,
    again: impl FnOnce() -> TriesLeft,
) -> Result<(), Error> {
    let call = command.name().to_owned();
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            let tries_left = match error {
                card::Error::Removed => TriesLeft::Unknown,
                _ => again(),
            };
            return Err(Error::Unsure {
                call,
                code: code_of(&error).into(),
                tries_left,
            });
        }
    };
    let code = answer.word.into();
    let carries_new = command.instruction() != 0x20;
    Err(match answer.status() {
        Status::Ok => return Ok(()),
        Status::TriesLeft(tries) => wrong(kind, TriesLeft::Exact(tries)),
        Status::Other(0x6300) => wrong(kind, again()),
        Status::Blocked => blocked(kind),
        Status::WrongData if carries_new => Error::NewPinRefused { call, code },
        Status::WrongLength | Status::WrongData => Error::PinForm { call, code },
        Status::UnknownInstruction | Status::UnknownClass | Status::NotSupported => Error::NotSupported,
        _ => Error::Unsure {
            call,
            code,
            tries_left: again(),
        },
    })
}

/// The PC/SC code of a failed exchange.
fn code_of(error: &card::Error) -> u32 {
    match error {
        card::Error::Removed | card::Error::NoCard => 0x8010_0069,
        card::Error::Reset => 0x8010_0068,
        card::Error::Mute => 0x8010_0066,
        card::Error::Pcsc { code, .. } => *code,
        // SCARD_E_UNEXPECTED
        _ => 0x8010_001F,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
