//! How it really stands: found by reading the card.

use card::pkcs15::{Backup, File};
use token::{Error, TokenHandle};

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
        let contents = token.read(|_| ()).await?;
        if !record.is_about(&contents.serial) {
            return Ok(None);
        }
        let has = |der: &[u8]| contents.certificates.iter().any(|on_card| on_card.der == der);
        let directory = match token.backup().await {
            Ok(directory) => Some(directory),
            Err(Error::NotSupported | Error::UnknownCard) => None,
            Err(error) => return Err(error),
        };
        Ok(Some(Self {
            old: has(record.old()),
            new: has(record.new_certificate()),
            directory,
        }))
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
        if now.is_damaged(File::PrivateKeys) || named(before).iter().any(|key| !keys_now.contains(key)) {
            damaged.push(File::PrivateKeys);
        }
        let has_entry = |backup: &Backup| {
            backup
                .certificates()
                .iter()
                .any(|certificate| certificate.id == id)
        };
        // An entry more is what a writing leaves; an entry less, or a torn one, is not.
        if now.is_damaged(File::Certificates)
            || (has_entry(before) && !has_entry(now))
            || now.certificates().len() < before.certificates().len()
        {
            damaged.push(File::Certificates);
        }
        damaged
    }
}

/// How a replacement stands that was begun and is not over. Spends no try and changes nothing.
pub async fn examine(record: &Record, token: &TokenHandle) -> Result<Situation, Error> {
    let Some(state) = State::read(record, token).await? else {
        return Ok(Situation::OtherCard);
    };
    let damaged = !state
        .damaged(record.backup().as_ref(), &record.swap().id)
        .is_empty();
    Ok(match (state.old, state.new) {
        (false, true) if !damaged && record.stage == Stage::Confirming => Situation::OnlyConfirmation,
        (true, false) if !damaged && record.stage == Stage::Copied => Situation::Untouched,
        _ => Situation::NeedsPin,
    })
}
