//! What has to survive a crash: where a replacement stands, and everything that is needed to go on or to go back.
//!
//! Certificates are public, and nothing else of the person is in it: no PIN, and of the card no more than a hash of
//! its serial number.

use card::pkcs15::{Backup, File, SavedFile, Swap};
use serde::{Deserialize, Serialize};
use service::{Bytes, Id};
use time::OffsetDateTime;

use super::{Plan, Step};
use crate::journal::{Journal, JournalError, name};

const PREFIX: &str = "replace-";
/// What was given up, for whoever wants the old certificate back; nothing here reads it again.
const GIVEN_UP: &str = "given-up-";
/// The most bytes of a record that are read: two certificates and the directory files of a card, twice over.
const LONGEST: u64 = 512 * 1024;

/// A replacement that was begun on one card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    card: String,
    /// The same by the serial number in the card's own directory: some modules cut it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    directly: Option<String>,
    /// Where the service is that is to be told.
    pub service: String,
    /// What the service calls the replacement.
    pub replacement: Id,
    /// The last step that was begun.
    pub stage: Stage,
    /// When it was begun.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    id: Bytes,
    label: String,
    old: Bytes,
    new: Bytes,
    /// Whether the person agreed that the old certificate goes before the new one is written.
    #[serde(default)]
    pub(super) remove_first: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    backup: Option<Vec<Saved>>,
}

/// A directory file as it stands in a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<File>,
    path: Bytes,
    bytes: Bytes,
}

/// The step that a record announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Everything is copied. The card is as it was.
    Copied,
    /// The new certificate goes to the card.
    Writing,
    /// The old certificate is removed first, because the card or its driver has no room for both.
    RemovingFirst,
    /// The new one is read back and signed with.
    Testing,
    /// The old certificate is removed.
    Removing,
    /// The card is in order; the service is told.
    Confirming,
}

impl Stage {
    /// Whether the card may be half way between the old certificate and the new one.
    pub(super) fn is_on_card(self) -> bool {
        !matches!(self, Self::Copied | Self::Confirming)
    }

    /// The step that was begun.
    pub fn step(self) -> Step {
        match self {
            Self::Copied => Step::LoggingIn,
            Self::Writing | Self::RemovingFirst => Step::Writing,
            Self::Testing => Step::Testing,
            Self::Removing => Step::Removing,
            Self::Confirming => Step::Confirming,
        }
    }
}

impl Record {
    pub(super) fn new(plan: &Plan, service: String, backup: Option<Backup>, at: OffsetDateTime) -> Self {
        let saved = |file: SavedFile| Saved {
            kind: file.kind,
            path: Bytes(file.path),
            bytes: Bytes(file.bytes),
        };
        Self {
            card: name(&plan.serial),
            directly: backup.as_ref().map(|backup| name(&serial(backup))),
            service,
            replacement: plan.replacement.id.clone(),
            stage: Stage::Copied,
            at,
            id: Bytes(plan.swap.id.clone()),
            label: plan.swap.label.clone(),
            old: Bytes(plan.swap.old.clone()),
            new: Bytes(plan.swap.new.clone()),
            remove_first: plan.remove_first,
            backup: backup.map(|backup| backup.files.into_iter().map(saved).collect()),
        }
    }

    /// Whether it is about the card with this serial number, as the card itself or its module gives it.
    pub fn is_about(&self, serial: &str) -> bool {
        // Cards that tell none are all alike.
        if serial.is_empty() {
            return false;
        }
        let serial = name(serial);
        self.card == serial || self.directly.as_ref() == Some(&serial)
    }

    /// The same for a card whose directory was read; `None` if that cannot be told.
    pub(super) fn is_about_directory(&self, directory: &Backup) -> Option<bool> {
        let serial = serial(directory);
        let told = Some(serial).filter(|serial| !serial.is_empty())?;
        Some(*self.directly.as_ref()? == name(&told))
    }

    /// The certificate that goes (DER).
    pub fn old(&self) -> &[u8] {
        &self.old.0
    }

    /// The certificate that takes its place (DER).
    pub fn new_certificate(&self) -> &[u8] {
        &self.new.0
    }

    pub(super) fn swap(&self) -> Swap {
        Swap {
            id: self.id.0.clone(),
            label: self.label.clone(),
            old: self.old.0.clone(),
            new: self.new.0.clone(),
        }
    }

    pub(super) fn backup(&self) -> Option<Backup> {
        let files = self.backup.clone()?.into_iter().map(|file| SavedFile {
            kind: file.kind,
            path: file.path.0,
            bytes: file.bytes.0,
        });
        Some(Backup {
            serial: Vec::new(),
            files: files.collect(),
        })
    }

    /// From now on it stands at this step. When this returns, that is on the disk.
    pub(super) fn begin(
        &mut self,
        journal: &Journal,
        stage: Stage,
        at: OffsetDateTime,
    ) -> Result<(), JournalError> {
        self.stage = stage;
        self.at = at;
        if stage == Stage::Confirming {
            // The card is in order: what happens to it from now on is not to be undone by an old copy.
            self.backup = None;
        }
        journal.write(PREFIX, &self.key(), self, LONGEST)
    }

    /// It is over.
    pub(super) fn forget(&self, journal: &Journal) -> Result<(), JournalError> {
        journal.remove(PREFIX, &self.key())
    }

    /// It will not be gone on with: the card is as it was before it ([`Situation::Untouched`](super::Situation)), or
    /// somebody else has changed the card meanwhile ([`Situation::Outgrown`](super::Situation)). Where something had
    /// been written, the record is only put aside: it may hold the last copy of the old certificate.
    pub fn give_up(&self, journal: &Journal) -> Result<(), JournalError> {
        if self.stage == Stage::Copied {
            return self.forget(journal);
        }
        journal.rename(&self.key(), PREFIX, GIVEN_UP)
    }

    /// The least is gone on with first.
    pub fn urgency(&self) -> u8 {
        match self.stage {
            Stage::Copied => 2,
            Stage::Confirming => 1,
            _ => 0,
        }
    }

    /// One card can have several replacements, for a key each.
    fn key(&self) -> String {
        format!("{}-{}", self.card, name(self.replacement.as_str()))
    }
}

/// A serial number as tokens write it.
fn serial(directory: &Backup) -> String {
    directory
        .serial
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02X}"))
}

impl Journal {
    /// The replacement that was begun on a card and is not over; of several, the one that is most urgent: what was
    /// cut short on the card goes before what is only to be told. `None` if there is none.
    pub fn replacement(&self, serial: &str) -> Option<Record> {
        self.replacements_of(serial)
            .into_iter()
            .min_by_key(Record::urgency)
    }

    /// All that were begun on a card and are not over.
    pub(super) fn replacements_of(&self, serial: &str) -> Vec<Record> {
        let mut records = self.replacements();
        records.retain(|record| record.is_about(serial));
        records
    }

    /// Every replacement that was begun and is not over. What cannot be read is left out.
    pub fn replacements(&self) -> Vec<Record> {
        self.read_all(PREFIX, LONGEST)
    }
}
