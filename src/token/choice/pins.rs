//! Which way a card's PINs go.

use std::sync::Arc;

use card::{
    Atr, Family,
    pkcs15::{Backup, File, Swap, Written},
};

use super::{CardToken, Choice, Opener, Present};
use crate::{
    CardCertificate, Entered, Error, LastTryWarning, ModuleState, NewPin, Pin, PinInfo, Puk, RelayAnswer,
    RelayCommand, SecretKind, SigningKey, StretchWay, ToSign, Token, Try,
    driverless::pin::CardPins,
    interest::Interest,
    pkcs11::{ModuleToken, Where, pin::Asked, pin::ModulePins},
};

/// The ways to the PINs of the card in a reader. Kept from one request to the next: what was asked and answered
/// before counts.
pub(super) struct PinWays {
    driverless: CardPins,
    /// The module that was taken, and for which kind of card.
    module: Option<(Atr, ModulePins)>,
    /// The stretch that is on.
    stretch: Option<InStretch>,
}

/// A stretch with the PIN proven.
#[derive(Clone, Copy)]
struct InStretch {
    by_module: bool,
    /// Which insertion of a card it is about.
    insertion: u32,
}

impl PinWays {
    pub(super) fn new(opener: &Opener, reader: &str, interest: &Interest) -> Self {
        let (hub, families) = (Arc::clone(&opener.hub), Arc::clone(&opener.families));
        Self {
            driverless: CardPins::new(hub, families, reader.into(), interest.clone()),
            module: None,
            stretch: None,
        }
    }

    /// Gives up what a service proved to the card.
    pub(super) fn end_relay(&mut self) {
        self.driverless.end_relay();
    }
}

/// The PIN requests of [`Token`]: each goes the way that the user chose.
///
/// Automatically, a card whose directory is known to be readable goes without a module, unless the user has one: the tries are read and the
/// secret is sent in one stretch, which no module offers, and each answer is exact.
impl CardToken {
    pub(super) fn pins_of_card(&mut self) -> Result<Vec<PinInfo>, Error> {
        self.way()?.pins()
    }

    pub(super) fn last_try_of(&mut self, secret: SecretKind) -> Result<Option<LastTryWarning>, Error> {
        self.way()?.last_try(secret)
    }

    pub(super) fn verify(&mut self, request: Try<Pin>) -> Result<(), Error> {
        self.way()?.verify_pin(request)
    }

    pub(super) fn change(&mut self, request: Try<Pin>, new: Entered<NewPin>) -> Result<(), Error> {
        self.way()?.change_pin(request, new)
    }

    pub(super) fn unblock(&mut self, request: Try<Puk>, new: Entered<NewPin>) -> Result<(), Error> {
        self.way()?.unblock_pin(request, new)
    }

    /// A service speaks to the card itself, whatever else does.
    pub(super) fn relay_to_card(&mut self, command: RelayCommand) -> Result<RelayAnswer, Error> {
        self.ways.driverless.relay(command)
    }

    pub(super) fn reset(&mut self, new: NewPin) -> Result<(), Error> {
        self.ways.driverless.reset_pin(new)
    }

    /// The directory files are read without a module, whatever speaks to the card otherwise.
    pub(super) fn backup_of_card(&mut self) -> Result<Backup, Error> {
        self.ways.driverless.backup()
    }

    pub(super) fn begin_stretch(&mut self, request: Try<Pin>, way: StretchWay) -> Result<(), Error> {
        self.end_stretch();
        let insertion = self.present()?.insertion;
        let by_module = match way {
            StretchWay::Driverless => {
                self.ways.driverless.log_in(request, way)?;
                false
            }
            StretchWay::Chosen => {
                self.way()?.log_in(request, way)?;
                self.ways.module.is_some()
            }
        };
        self.ways.stretch = Some(InStretch { by_module, insertion });
        Ok(())
    }

    pub(super) fn end_stretch(&mut self) {
        self.ways.stretch = None;
        self.ways.driverless.log_out();
        if let Some((_, module)) = &mut self.ways.module {
            module.log_out();
        }
    }

    pub(super) fn sign_in_stretch(&mut self, key: &SigningKey, what: &ToSign) -> Result<Vec<u8>, Error> {
        self.in_stretch(|way| way.sign(key, what))
    }

    pub(super) fn certificates_in_stretch(&mut self) -> Result<Vec<CardCertificate>, Error> {
        self.in_stretch(|way| way.certificates())
    }

    pub(super) fn write_in_stretch(
        &mut self,
        swap: &Swap,
        progress: &mut dyn FnMut(Written),
    ) -> Result<(), Error> {
        self.in_stretch(|way| way.write_certificate(swap, progress))
    }

    pub(super) fn delete_in_stretch(&mut self, swap: &Swap) -> Result<(), Error> {
        self.in_stretch(|way| way.delete_certificate(swap))
    }

    pub(super) fn restore_in_stretch(&mut self, backup: &Backup, kinds: &[File]) -> Result<(), Error> {
        self.in_stretch(|way| way.restore(backup, kinds))
    }

    fn in_stretch<T>(&mut self, work: impl FnOnce(&mut dyn Token) -> Result<T, Error>) -> Result<T, Error> {
        let stretch = self.ways.stretch.ok_or(Error::NotProven)?;
        let outcome = match &mut self.ways.module {
            Some((_, module)) if stretch.by_module => work(module),
            _ => work(&mut self.ways.driverless),
        };
        let here =
            |card: Result<Present, card::Error>| card.is_ok_and(|card| card.insertion == stretch.insertion);
        match outcome {
            // Whatever was made of it: the card is gone, or was.
            Err(error) if !matches!(error, Error::Card(_)) && !here(self.present()) => {
                tracing::debug!(%error, "the card was pulled in the middle");
                Err(card::Error::Removed.into())
            }
            outcome => outcome,
        }
    }

    fn way(&mut self) -> Result<&mut dyn Token, Error> {
        // The service is asked first: some modules do not survive one that is stopped.
        let card = self.present()?;
        let family = self.opener.families.of(&card.atr);
        self.take_module(&card, &family)?;
        Ok(match &mut self.ways.module {
            Some((_, module)) => {
                self.ways.driverless.end_relay();
                module
            }
            None => &mut self.ways.driverless,
        })
    }

    /// Takes the module that is to be used, if one is.
    fn take_module(&mut self, card: &Present, family: &Family) -> Result<(), Error> {
        let place = Where::Reader {
            name: self.reader.clone(),
            readers: card.readers.clone(),
        };
        if let Some((atr, module)) = &mut self.ways.module
            && *atr == card.atr
        {
            module.set_place(place);
            return Ok(());
        }
        self.ways.module = match &self.choice {
            Choice::Driverless => None,
            Choice::Module(path) => {
                self.opener.modules.usable(path)?;
                let path = path.clone();
                Some((card.atr.clone(), self.module_pins(path, place)))
            }
            Choice::Automatic if family.pkcs15 && !self.opener.modules.has_own() => None,
            Choice::Automatic => self.recognising(card, family, &place)?,
        };
        Ok(())
    }

    /// The first module that knows the card's PINs.
    fn recognising(
        &self,
        card: &Present,
        family: &Family,
        place: &Where,
    ) -> Result<Option<(Atr, ModulePins)>, Error> {
        for module in self.opener.modules.candidates(&family.modules) {
            if module.state != ModuleState::Usable {
                continue;
            }
            let mut pins = self.module_pins(module.path, place.clone());
            match pins.pins() {
                Ok(_) => return Ok(Some((card.atr.clone(), pins))),
                Err(error @ (Error::Card(_) | Error::Closed)) => return Err(error),
                Err(error) => tracing::debug!(%error, "another way to the PINs is sought"),
            }
        }
        Ok(None)
    }

    fn module_pins(&self, module: std::path::PathBuf, place: Where) -> ModulePins {
        let token = ModuleToken {
            modules: Arc::clone(&self.opener.modules),
            module,
            place,
            interest: self.interest.clone(),
        };
        let card = Asked {
            hub: Arc::clone(&self.opener.hub),
            families: Arc::clone(&self.opener.families),
            reader: self.reader.clone(),
        };
        ModulePins::new(token, Some(card))
    }
}
