//! PKCS#15 without any driver.

mod pad;
pub(crate) mod pin;
mod stretch;

use std::sync::Arc;

use card::{
    Families, Family, Hub, Transport as _,
    apdu::Channel,
    pkcs15::{self, Directory, File, PinObject, PinType, Reader},
};
use sha2::{Digest as _, Sha256};

use crate::{
    Backend, Cache, CardCertificate, Choice, Contents, Error, PinInfo, PinRole, Problem, Progress, Token,
    TriesLeft, UnblockWays,
    cache::Key,
    glance::Glance,
    interest::{Interest, Wanted},
};

/// A card whose PKCS#15 directory we read ourselves. Connects for each reading, so that the card is free
/// between them.
pub(crate) struct DriverlessToken {
    pub(crate) hub: Arc<dyn Hub>,
    pub(crate) families: Arc<Families>,
    pub(crate) reader: String,
    pub(crate) cache: Option<Cache>,
    /// What the user chose: part of the cache's key.
    pub(crate) choice: Choice,
    pub(crate) interest: Interest,
}

impl Token for DriverlessToken {
    fn backend(&self) -> Backend {
        Backend::Pkcs15
    }

    fn read(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error> {
        progress(Progress::Opening);
        let transport = self.hub.connect(&self.reader)?;
        let mut transport = Wanted {
            transport,
            interest: self.interest.clone(),
        };
        let family = self.families.of(transport.atr());
        transport.begin()?;
        let outcome = self.read_card(&mut Channel::new(&mut transport), &family, progress);
        // A connection that cannot end its stretch is closed with it in a moment.
        let _ = transport.end();
        let has_pad = self.hub.pad(&self.reader).is_some();
        outcome.map(|mut contents| {
            enter_on_pad(&mut contents.pins, has_pad);
            contents
        })
    }
}

/// In a reader with keys of its own, PINs are entered there.
fn enter_on_pad(pins: &mut [PinInfo], has_pad: bool) {
    for pin in pins {
        pin.protected_path = has_pad;
    }
}

impl DriverlessToken {
    fn read_card(
        &self,
        channel: &mut Channel<'_>,
        family: &Family,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Contents, Error> {
        let caching = self.cache.as_ref().map(|_| &self.choice);
        let glance = Glance::take(channel, family, caching)?;
        if let Some(contents) = glance.recall(self.cache.as_ref(), channel.apdu_count()) {
            return Ok(contents);
        }
        let mut reader = Reader::open(channel).map_err(|error| match error {
            card::Error::Refused { .. } => Error::UnknownCard,
            error => error.into(),
        })?;
        let directory = reader.directory(&mut |step| hand_on(step, progress))?;
        let glance = Glance {
            key: glance.key.or_else(|| self.key(&directory)),
            ..glance
        };
        // Only a card without a change counter is looked up here: with one the answer is known already.
        if !family.myeid_info
            && let Some(contents) = glance.recall(self.cache.as_ref(), 0)
        {
            drop(reader);
            return Ok(Contents {
                apdus: Some(channel.apdu_count()),
                ..contents
            });
        }
        let mut contents = contents(&directory, family);
        certificates(&mut reader, &directory, &mut contents, progress)?;
        drop(reader);
        contents.apdus = Some(channel.apdu_count());
        glance.tell(&mut contents.pins);
        if let (Some(cache), Some(key)) = (&self.cache, &glance.key) {
            cache.put(key, &contents);
        }
        Ok(contents)
    }

    /// A card without a change counter is known by a hash of its directory.
    fn key(&self, directory: &Directory) -> Option<Key> {
        let serial = directory
            .token_info
            .as_ref()
            .map(|info| info.serial.clone())
            .unwrap_or_default();
        let state = Sha256::digest(&directory.fingerprint).to_vec();
        let known = !serial.is_empty() && !directory.fingerprint.is_empty();
        known.then(|| Key {
            serial,
            state,
            choice: self.choice.clone(),
        })
    }
}

fn hand_on(step: pkcs15::Progress, progress: &mut dyn FnMut(Progress)) {
    progress(match step {
        pkcs15::Progress::Certificate { index, count } => Progress::Certificate { index, count },
        _ => Progress::Directory,
    });
}

/// Everything but the certificates.
fn contents(directory: &Directory, family: &Family) -> Contents {
    let info = directory.token_info.clone().unwrap_or_default();
    let mut pins: Vec<_> = directory.pins.iter().map(pin).collect();
    // The PIN that the family is asked for first, then the user's others: a stable order otherwise.
    let asked = |pin: &PinObject| Some(pin.reference) == family.pin_status_reference;
    if let Some(first) = directory
        .pins
        .iter()
        .position(|pin| asked(pin) && role(pin) == PinRole::User)
    {
        let first = pins.remove(first);
        pins.insert(0, first);
    }
    pins.sort_by_key(|pin| pin.role != PinRole::User);
    let mut problems = Vec::new();
    for problem in &directory.problems {
        add(&mut problems, problem.file, &problem.label);
    }
    Contents {
        backend: Backend::Pkcs15,
        label: info.label,
        manufacturer: info.manufacturer,
        serial: info
            .serial
            .iter()
            .fold(String::new(), |text, byte| format!("{text}{byte:02X}")),
        pins,
        certificates: Vec::new(),
        problems,
        apdus: None,
        from_cache: false,
    }
}

fn pin(pin: &PinObject) -> PinInfo {
    PinInfo {
        label: pin.label.clone(),
        role: role(pin),
        min_length: pin.min_length,
        max_length: pin.max_length,
        tries_left: TriesLeft::Unknown,
        protected_path: false,
        digits_only: matches!(
            pin.kind,
            PinType::Bcd | PinType::AsciiNumeric | PinType::HalfNibbleBcd | PinType::Iso9564
        ),
        unblock: UnblockWays::NONE,
    }
}

fn role(pin: &PinObject) -> PinRole {
    if pin.flags.unblocking {
        PinRole::Unblock
    } else if pin.flags.admin {
        PinRole::Admin
    } else {
        PinRole::User
    }
}

fn certificates(
    reader: &mut Reader<'_, '_>,
    directory: &Directory,
    contents: &mut Contents,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Error> {
    let keys_known = directory
        .problems
        .iter()
        .all(|problem| problem.file != File::PrivateKeys);
    let count = u16::try_from(directory.certificates.len()).unwrap_or(u16::MAX);
    for (index, object) in (0..count).zip(&directory.certificates) {
        progress(Progress::Certificate { index, count });
        let Ok(der) = reader.certificate(object)? else {
            add(&mut contents.problems, File::Certificate, &object.label);
            continue;
        };
        let has_key = directory
            .keys
            .iter()
            .any(|key| !key.id.is_empty() && key.id == object.id);
        contents.certificates.push(CardCertificate {
            id: object.id.clone(),
            label: object.label.clone(),
            der,
            authority: object.authority,
            has_private_key: (has_key || keys_known).then_some(has_key),
        });
    }
    crate::types::arrange(&mut contents.certificates);
    Ok(())
}

fn add(problems: &mut Vec<Problem>, file: File, label: &str) {
    let problem = match file {
        File::Certificate => Problem::Certificate { label: label.into() },
        file => Problem::Directory {
            file: file.abbreviation().into(),
        },
    };
    if !problems.contains(&problem) {
        problems.push(problem);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
