//! How it really stands: found by reading the card.

use card::{
    Family,
    pkcs15::{Backup, File},
};
use token::{Choice, Error, TokenHandle};

use super::{Record, Stage};

/// What reading the card says about a replacement that was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Situation {
    /// The card is as it was: nothing was written. It may be given up, or begun anew.
    Untouched,
    /// Something is left to do on the card, which wants the PIN.
    NeedsPin,
    /// The card is in order; the service has to be told.
    OnlyConfirmation,
    /// This is another card.
    OtherCard,
    /// It is this card, and somebody else has changed it meanwhile: neither of the two certificates is on it, or the
    /// copy of its directory is too old to be put back. It cannot be gone on with ([`Record::give_up`]).
    Outgrown,
}

/// What is on the card now.
pub(super) struct State {
    pub(super) old: bool,
    pub(super) new: bool,
    /// The directory files as they are, where they can be read so.
    pub(super) directory: Option<Backup>,
}

impl State {
    /// Reads the card, without a PIN. `None`: it is another card.
    pub(super) async fn read(record: &Record, token: &TokenHandle) -> Result<Option<Self>, Error> {
        Self::with(record, token, directory(token).await?).await
    }

    /// The same where the directory files were read a moment ago.
    pub(super) async fn with(
        record: &Record,
        token: &TokenHandle,
        directory: Option<Backup>,
    ) -> Result<Option<Self>, Error> {
        let ours = directory
            .as_ref()
            .and_then(|directory| record.is_about_directory(directory));
        if ours == Some(false) {
            return Ok(None);
        }
        let contents = token.read(|_| ()).await?;
        if ours.is_none() && !record.is_about(&contents.serial) {
            return Ok(None);
        }
        let has = |der: &[u8]| contents.certificates.iter().any(|on_card| on_card.der == der);
        Ok(Some(Self {
            old: has(record.old()),
            new: has(record.new_certificate()),
            directory,
        }))
    }

    /// Whether the directory names a key or a certificate that the copy does not know: putting the copy back would
    /// make them unreachable.
    fn has_more_than(&self, before: &Backup, id: &[u8]) -> bool {
        let Some(now) = &self.directory else {
            return false;
        };
        let keys = before.keys();
        let certificates = before.certificates();
        now.keys().iter().any(|key| {
            !keys
                .iter()
                .any(|known| (&known.id, &known.path) == (&key.id, &key.path))
        }) || now.certificates().iter().any(|certificate| {
            // The entry that is replaced leads to another file than before, or to one more.
            certificate.id != id && !certificates.iter().any(|known| known.id == certificate.id)
        })
    }

    /// The directory files that are not what they have to be, and that the copy puts in order.
    pub(super) fn damaged(&self, before: Option<&Backup>, id: &[u8]) -> Vec<File> {
        let (Some(now), Some(before)) = (&self.directory, before) else {
            return Vec::new();
        };
        let mut damaged = Vec::new();
        let named = |backup: &Backup| {
            let keys = backup.keys();
            keys.into_iter().map(|key| (key.id, key.path)).collect::<Vec<_>>()
        };
        let keys_now = named(now);
        // What was so before is nothing that was left half done.
        let torn = |kind| now.is_damaged(kind) && !before.is_damaged(kind);
        if torn(File::PrivateKeys) || named(before).iter().any(|key| !keys_now.contains(key)) {
            damaged.push(File::PrivateKeys);
        }
        let has_entry = |backup: &Backup| {
            backup
                .certificates()
                .iter()
                .any(|certificate| certificate.id == id)
        };
        // An entry more is what a writing leaves; an entry less, or a torn one, is not.
        if torn(File::Certificates)
            || (has_entry(before) && !has_entry(now))
            || now.certificates().len() < before.certificates().len()
        {
            damaged.push(File::Certificates);
        }
        damaged
    }
}

/// The directory files of a card; `None` for one whose directory only its driver reads.
pub(super) async fn directory(token: &TokenHandle) -> Result<Option<Backup>, Error> {
    match token.backup().await {
        Ok(directory) => Ok(Some(directory)),
        Err(Error::NotSupported | Error::UnknownCard) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Which way to open a card on which a replacement was cut short: without a driver where that is possible, for only so
/// can its directory be put back, and a module may not even read a torn one.
pub fn way_to_resume(family: &Family, choice: Choice) -> Choice {
    if family.myeid_commands {
        Choice::Driverless
    } else {
        choice
    }
}

/// How a replacement stands that was begun and is not over. Spends no try and changes nothing.
pub async fn examine(record: &Record, token: &TokenHandle) -> Result<Situation, Error> {
    let Some(state) = State::read(record, token).await? else {
        return Ok(Situation::OtherCard);
    };
    Ok(state.situation(record))
}

impl State {
    /// What it means for a replacement.
    pub(super) fn situation(&self, record: &Record) -> Situation {
        let (backup, id) = (record.backup(), record.swap().id);
        let damaged = !self.damaged(backup.as_ref(), &id).is_empty();
        if damaged && backup.is_some_and(|backup| self.has_more_than(&backup, &id)) {
            return Situation::Outgrown;
        }
        // Where the whole directory is in order and names neither, somebody else was here.
        let is_gone = self.directory.is_some() && !damaged && record.stage != Stage::RemovingFirst;
        match (self.old, self.new) {
            (false, false) if is_gone => Situation::Outgrown,
            (false, true) if !damaged && record.stage == Stage::Confirming => Situation::OnlyConfirmation,
            (true, false) if !damaged && record.stage == Stage::Copied => Situation::Untouched,
            _ => Situation::NeedsPin,
        }
    }
}
