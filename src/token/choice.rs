//! Which way to a card.

mod pins;

use std::{path::PathBuf, sync::Arc};

use card::{
    Atr, Families, Family, Hub, ReaderState, ServiceState,
    apdu::Channel,
    pkcs15::{Backup, File, Swap, Written},
};
use serde::{Deserialize, Serialize};

use crate::{
    Backend, Cache, CardCertificate, Contents, Entered, Error, LastTryWarning, ModuleState, Modules, NewPin,
    Pin, PinInfo, Problem, Progress, Puk, RelayAnswer, RelayCommand, SecretKind, SigningKey, StretchWay,
    ToSign, Token, Try,
    driverless::DriverlessToken,
    glance::Glance,
    interest::Interest,
    pkcs11::{ModuleToken, ReaderView, Where},
};

/// Which way to a card the user wants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// The user's own modules; driverless where the family's directory is known to be readable so; else a module
    /// that recognises the card; else driverless all the same.
    #[default]
    Automatic,
    /// Without any driver.
    Driverless,
    /// This module and no other.
    Module(PathBuf),
}

/// Everything that opening a card needs; made once, shared by all workers.
#[derive(Clone)]
pub struct Opener {
    /// Where the readers are.
    pub hub: Arc<dyn Hub>,
    /// The PKCS#11 modules of this machine.
    pub modules: Arc<Modules>,
    /// The table of families.
    pub families: Arc<Families>,
    /// The cache of public certificates; `None` switches it off.
    pub cache: Option<Cache>,
}

/// The card in a reader, by the way that was chosen.
pub(crate) struct CardToken {
    opener: Opener,
    reader: String,
    choice: Choice,
    interest: Interest,
    /// The way of the last reading.
    backend: Backend,
    ways: pins::PinWays,
}

/// The card that PC/SC sees, before anything else is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Present {
    atr: Atr,
    insertion: u32,
    readers: Vec<ReaderView>,
}

impl Token for CardToken {
    fn backend(&self) -> Backend {
        self.backend.clone()
    }

    fn read(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error> {
        progress(Progress::Opening);
        self.ways.end_relay();
        // The service is asked first: some modules do not survive one that is stopped.
        let card = self.present()?;
        let outcome = self.read_present(&card, progress);
        let whole = outcome
            .as_ref()
            .is_ok_and(|contents| contents.problems.is_empty());
        if !whole && !self.present().is_ok_and(|now| now.insertion == card.insertion) {
            // Whatever a module made of it: the card is gone, or it is another one by now.
            return Err(card::Error::Removed.into());
        }
        let contents = outcome?;
        self.backend = contents.backend.clone();
        Ok(contents)
    }

    fn pins(&mut self) -> Result<Vec<PinInfo>, Error> {
        self.pins_of_card()
    }

    fn last_try(&mut self, secret: SecretKind) -> Result<Option<LastTryWarning>, Error> {
        self.last_try_of(secret)
    }

    fn verify_pin(&mut self, request: Try<Pin>) -> Result<(), Error> {
        self.verify(request)
    }

    fn change_pin(&mut self, request: Try<Pin>, new: Entered<NewPin>) -> Result<(), Error> {
        self.change(request, new)
    }

    fn unblock_pin(&mut self, request: Try<Puk>, new: Entered<NewPin>) -> Result<(), Error> {
        self.unblock(request, new)
    }

    fn backup(&mut self) -> Result<Backup, Error> {
        self.backup_of_card()
    }

    fn log_in(&mut self, request: Try<Pin>, way: StretchWay) -> Result<(), Error> {
        self.begin_stretch(request, way)
    }

    fn log_out(&mut self) {
        self.end_stretch();
    }

    fn sign(&mut self, key: &SigningKey, what: &ToSign) -> Result<Vec<u8>, Error> {
        self.sign_in_stretch(key, what)
    }

    fn certificates(&mut self) -> Result<Vec<CardCertificate>, Error> {
        self.certificates_in_stretch()
    }

    fn write_certificate(&mut self, swap: &Swap, progress: &mut dyn FnMut(Written)) -> Result<(), Error> {
        self.write_in_stretch(swap, progress)
    }

    fn delete_certificate(&mut self, swap: &Swap) -> Result<(), Error> {
        self.delete_in_stretch(swap)
    }

    fn restore(&mut self, backup: &Backup, kinds: &[File]) -> Result<(), Error> {
        self.restore_in_stretch(backup, kinds)
    }

    fn relay(&mut self, command: RelayCommand) -> Result<RelayAnswer, Error> {
        self.relay_to_card(command)
    }

    fn reset_pin(&mut self, new: NewPin) -> Result<(), Error> {
        self.reset(new)
    }
}

impl CardToken {
    pub(crate) fn new(opener: Opener, reader: String, choice: Choice, interest: Interest) -> Self {
        let backend = match &choice {
            Choice::Module(module) => Backend::Pkcs11 {
                module: module.clone(),
            },
            Choice::Automatic | Choice::Driverless => Backend::Pkcs15,
        };
        Self {
            ways: pins::PinWays::new(&opener, &reader, &interest),
            opener,
            reader,
            choice,
            interest,
            backend,
        }
    }

    fn present(&self) -> Result<Present, card::Error> {
        let snapshot = self.opener.hub.snapshot();
        match snapshot.service {
            ServiceState::Running => {}
            ServiceState::Stopped => return Err(card::Error::NoService),
            ServiceState::Failing => return Err(card::Error::ServiceVersion),
        }
        let reader = snapshot.readers.iter().find(|reader| reader.name == self.reader);
        // That another program holds the card is left to whoever opens it: it may be the module in this very
        // process, which then is the one way in.
        let (atr, insertion) = match &reader.ok_or(card::Error::NoReader)?.state {
            ReaderState::Card { atr, insertion, .. } => (atr.clone(), *insertion),
            ReaderState::Empty => return Err(card::Error::NoCard),
            ReaderState::Mute => return Err(card::Error::Mute),
            ReaderState::Unavailable => return Err(card::Error::ReaderUnavailable),
        };
        let view = |reader: card::Reader| ReaderView {
            name: reader.name,
            has_card: !matches!(reader.state, ReaderState::Empty | ReaderState::Unavailable),
        };
        Ok(Present {
            atr,
            insertion,
            readers: snapshot.readers.into_iter().map(view).collect(),
        })
    }

    fn read_present(&self, card: &Present, progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error> {
        let family = self.opener.families.of(&card.atr);
        match &self.choice {
            Choice::Driverless => self.driverless(progress),
            Choice::Module(module) => {
                // Nothing is shown from the cache that this module could not show.
                self.opener.modules.usable(module)?;
                let (glance, known) = self.glance(&family);
                known.map_or_else(|| self.by_module(module, card, &glance, progress), Ok)
            }
            Choice::Automatic => self.automatic(card, &family, progress),
        }
    }

    fn automatic(
        &self,
        card: &Present,
        family: &Family,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Contents, Error> {
        if family.pkcs15 && !self.opener.modules.has_own() {
            // We read this family ourselves: sooner than any module, and without foreign code. A card of it whose
            // directory we cannot make out may still be known to a module. The user's own modules come before.
            match self.driverless(progress) {
                Err(Error::UnknownCard) => {}
                outcome => return outcome,
            }
        }
        let candidates = self.opener.modules.candidates(&family.modules);
        if candidates.is_empty() {
            return self.driverless(progress);
        }
        let (glance, known) = self.glance(family);
        if let Some(contents) = known {
            return Ok(contents);
        }
        let mut obstacles = Vec::new();
        let usable = |name: &str| {
            candidates
                .iter()
                .any(|module| module.name == name && module.state == ModuleState::Usable)
        };
        for module in &candidates {
            let error = match &module.state {
                ModuleState::Usable => match self.by_module(&module.path, card, &glance, progress) {
                    Ok(contents) => return Ok(contents),
                    Err(error) => error,
                },
                // A file for another processor does not matter beside one for this one.
                ModuleState::Unusable(_) if usable(&module.name) => continue,
                ModuleState::Unusable(error) => error.clone(),
            };
            if let Error::Card(_) | Error::Closed = error {
                return Err(error);
            }
            obstacles.push(error);
        }
        self.driverless_after(obstacles, progress)
    }

    /// No module could: what stood in the way is told beside the result, or instead of it.
    fn driverless_after(
        &self,
        obstacles: Vec<Error>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Contents, Error> {
        // That a module does not know a card is no fault of the module.
        let faults = obstacles
            .into_iter()
            .filter(|error| !matches!(error, Error::NotRecognised { .. }));
        match self.driverless(progress) {
            Ok(mut contents) => {
                contents
                    .problems
                    .extend(faults.map(|error| Problem::Module { error }));
                Ok(contents)
            }
            Err(Error::UnknownCard) => Err(faults.min_by_key(rank).unwrap_or(Error::UnknownCard)),
            Err(error) => Err(error),
        }
    }

    fn driverless(&self, progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error> {
        let mut token = DriverlessToken {
            hub: Arc::clone(&self.opener.hub),
            families: Arc::clone(&self.opener.families),
            reader: self.reader.clone(),
            cache: self.opener.cache.clone(),
            choice: self.choice.clone(),
            interest: self.interest.clone(),
        };
        token.read(progress)
    }

    fn by_module(
        &self,
        module: &std::path::Path,
        card: &Present,
        glance: &Glance,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Contents, Error> {
        let place = Where::Reader {
            name: self.reader.clone(),
            readers: card.readers.clone(),
        };
        let mut token = ModuleToken {
            modules: Arc::clone(&self.opener.modules),
            module: module.to_path_buf(),
            place,
            interest: self.interest.clone(),
        };
        let mut contents = token.read(progress)?;
        glance.tell(&mut contents.pins);
        if let (Some(cache), Some(key)) = (&self.opener.cache, &glance.key) {
            cache.put(key, &contents);
        }
        Ok(contents)
    }

    /// Asks the card over PC/SC for what a module does not tell, and lets go of it before the module opens it.
    /// What cannot be asked (another program holds the card) is not known: that is no error yet.
    fn glance(&self, family: &Family) -> (Glance, Option<Contents>) {
        let caching = self.opener.cache.as_ref().map(|_| &self.choice);
        if family.pin_status_reference.is_none() && !(family.myeid_info && caching.is_some()) {
            return (Glance::default(), None);
        }
        let asked = self.opener.hub.connect(&self.reader).and_then(|mut transport| {
            transport.begin()?;
            let glance = Glance::take(&mut Channel::new(&mut *transport), family, caching);
            // A connection that cannot end its stretch is closed with it in a moment.
            let _ = transport.end();
            Ok((glance?, transport.apdu_count()))
        });
        match asked {
            Ok((glance, apdus)) => {
                let known = glance.recall(self.opener.cache.as_ref(), apdus);
                (glance, known)
            }
            Err(error) => {
                tracing::debug!(%error, "the card was not asked before its module");
                (Glance::default(), None)
            }
        }
    }
}

/// Which of several obstacles says most about what to do; the lowest.
fn rank(error: &Error) -> u8 {
    match error {
        Error::ModuleArchitecture { .. } => 0,
        Error::ModuleCrashed { .. } | Error::ModuleHangs { .. } => 1,
        Error::ModuleLoad { .. } | Error::ModuleMissing { .. } => 2,
        _ => 3,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
