//! What has to survive a crash: where an unlock through the service stands, and where a replacement does
//! ([`crate::replace::Record`]).
//!
//! A record is written before the step that it announces, flushed to the disk, and put in place of the one before in
//! one move. It holds no secret, and of the card no more than a hash of its serial number.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use time::OffsetDateTime;
use token::TriesLeft;

use crate::pin;

/// The most bytes of an unlock's record that are read.
const LONGEST: u64 = 4 * 1024;
/// The most records that are looked at.
const MOST: usize = 256;
const PREFIX: &str = "unlock-";

/// Where the records are kept.
#[derive(Clone, Debug)]
pub struct Journal {
    folder: PathBuf,
}

/// The journal could not be written; the step that it would have announced is not made.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("the journal cannot be written: {detail}")]
pub struct JournalError {
    /// The system's own words.
    pub detail: String,
}

/// The unlock of one card, as far as it had come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    card: String,
    /// The last step that was begun.
    pub stage: Stage,
    /// When it was begun.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// A step of an unlock through the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Stage {
    /// The service was called.
    Started,
    /// The service was proving itself to the card. The PIN is as it was.
    Proving {
        /// The step's number.
        number: u32,
    },
    /// The new PIN was on its way to the card: either it is set, or the PIN is blocked as before.
    SettingPin,
    /// The new PIN is set; the service may not have heard of it.
    PinSet,
}

/// What a record means for the card's holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing has changed: begin anew.
    Unchanged,
    /// The PIN may be the new one: try it; if it is blocked, begin anew.
    PerhapsChanged,
    /// The PIN is the new one.
    Changed,
}

impl Stage {
    /// What it means that an unlock ended here.
    pub fn standing(self) -> Standing {
        match self {
            Self::Started | Self::Proving { .. } => Standing::Unchanged,
            Self::SettingPin => Standing::PerhapsChanged,
            Self::PinSet => Standing::Changed,
        }
    }
}

impl Record {
    /// Whether it is about the card with this serial number.
    pub fn is_about(&self, serial: &str) -> bool {
        self.card == name(serial)
    }
}

impl Journal {
    /// A journal in this folder, which is made when it is needed.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes that a step begins. When this returns, the record is on the disk.
    pub fn begin(&self, serial: &str, stage: Stage, at: OffsetDateTime) -> Result<(), JournalError> {
        let record = Record {
            card: name(serial),
            stage,
            at,
        };
        self.write(PREFIX, &record.card, &record, LONGEST)
    }

    /// Forgets the unlock of a card: it is over, or the PIN was proven or set since.
    pub fn forget(&self, serial: &str) -> Result<(), JournalError> {
        self.remove(PREFIX, &name(serial))
    }

    /// Where the unlock of a card stands that was cut short; `None` if there is none.
    pub fn interrupted(&self, serial: &str) -> Option<Record> {
        self.read::<Record>(PREFIX, &name(serial), LONGEST)
            .filter(|record| record.is_about(serial))
    }

    /// What an unlock that was cut short means for the card as it stands now. One that had changed nothing is over, and is
    /// forgotten, once the PIN is open: somebody has unlocked it since.
    pub fn standing(&self, status: &pin::Status) -> Option<Standing> {
        let serial = &status.subject.serial;
        let standing = self.interrupted(serial)?.stage.standing();
        let tries = status.user().map(|user| user.tries_left);
        let is_open = tries.is_some_and(|left| left != TriesLeft::Unknown && !left.is_blocked());
        if standing == Standing::Unchanged && is_open {
            // That it cannot be removed does no harm: the same is found out the next time.
            let _ = self.forget(serial);
            return None;
        }
        Some(standing)
    }

    /// Every unlock that was cut short. What cannot be read is left out.
    pub fn all(&self) -> Vec<Record> {
        self.read_all(PREFIX, LONGEST)
    }

    /// Writes the record of a card, if it is short enough to be read again. When this returns, it is on the disk, whole.
    pub(crate) fn write(
        &self,
        prefix: &str,
        card: &str,
        record: &impl Serialize,
        longest: u64,
    ) -> Result<(), JournalError> {
        let written = || -> io::Result<()> {
            let text = serde_json::to_vec(record)?;
            if u64::try_from(text.len()).is_ok_and(|length| length > longest) {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            fs::create_dir_all(&self.folder)?;
            let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
            file.write_all(&text)?;
            file.as_file().sync_all()?;
            file.persist(self.path(prefix, card))
                .map_err(|error| error.error)?;
            crate::platform::sync_folder(&self.folder)
        };
        written().map_err(|error| JournalError {
            detail: error.to_string(),
        })
    }

    /// Removes the record of a card, if there is one.
    pub(crate) fn remove(&self, prefix: &str, card: &str) -> Result<(), JournalError> {
        match fs::remove_file(self.path(prefix, card)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(JournalError {
                detail: error.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// Gives the record of a card another kind, if there is one.
    pub(crate) fn rename(&self, card: &str, from: &str, to: &str) -> Result<(), JournalError> {
        match fs::rename(self.path(from, card), self.path(to, card)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(JournalError {
                detail: error.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// Reads the record of a card, at most `longest` bytes of it.
    pub(crate) fn read<T: DeserializeOwned>(&self, prefix: &str, card: &str, longest: u64) -> Option<T> {
        read(&self.path(prefix, card), longest)
    }

    /// Reads all records of this kind.
    pub(crate) fn read_all<T: DeserializeOwned>(&self, prefix: &str, longest: u64) -> Vec<T> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let ours = |path: &PathBuf| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(prefix))
        };
        let paths = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(ours)
            .take(MOST);
        paths.filter_map(|path| read(&path, longest)).collect()
    }

    fn path(&self, prefix: &str, card: &str) -> PathBuf {
        self.folder.join(format!("{prefix}{card}.json"))
    }
}

fn read<T: DeserializeOwned>(path: &Path, longest: u64) -> Option<T> {
    let mut text = Vec::new();
    fs::File::open(path)
        .ok()?
        .take(longest)
        .read_to_end(&mut text)
        .ok()?;
    let record = serde_json::from_slice(&text);
    if record.is_err() {
        tracing::warn!("a record of the journal cannot be read");
    }
    record.ok()
}

/// 16 bytes of the hash: enough to tell cards apart, nothing to read a serial number from at a glance.
pub(crate) fn name(serial: &str) -> String {
    use std::fmt::Write as _;
    let hash = Sha256::digest(serial.as_bytes());
    hash.iter().take(16).fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-01-15 12:00 UTC);

    #[test]
    fn garbage_in_the_folder_is_no_unlock() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path().into());
        let path = journal.path(PREFIX, &name("AB12"));
        for text in ["", "{", "[]", r#"{"card":"x"}"#, "\u{0}\u{0}"] {
            fs::write(&path, text).unwrap();
            assert_eq!(journal.interrupted("AB12"), None, "{text}");
            assert!(journal.all().is_empty());
        }
        fs::write(&path, "x".repeat(1_000_000)).unwrap();
        assert_eq!(journal.interrupted("AB12"), None);
    }

    #[test]
    fn other_files_hide_no_record_and_none_is_written_that_could_not_be_read() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path().into());
        for number in 0..2 * MOST {
            fs::write(folder.path().join(format!("other-{number}")), "").unwrap();
        }
        journal.begin("AB12", Stage::PinSet, NOW).unwrap();
        assert_eq!(journal.all().len(), 1);

        let text = "x".repeat(100);
        assert!(journal.write("x-", "card", &text, 100).is_err());
        assert_eq!(journal.read::<String>("x-", "card", 200), None);
        journal.write("x-", "card", &text, 102).unwrap();
        assert_eq!(journal.read::<String>("x-", "card", 102), Some(text));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_told() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let journal = Journal::new(file.path().join("below a file"));
        assert!(journal.begin("AB12", Stage::Started, NOW).is_err());
        assert!(journal.all().is_empty());
    }

    #[test]
    fn the_last_step_that_began_is_known_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path().join("new"));
        assert_eq!(journal.interrupted("AB12"), None);
        for stage in [
            Stage::Started,
            Stage::Proving { number: 2 },
            Stage::SettingPin,
            Stage::PinSet,
        ] {
            journal.begin("AB12", stage, NOW).unwrap();
            let record = Journal::new(folder.path().join("new"))
                .interrupted("AB12")
                .unwrap();
            assert_eq!((record.stage, record.at), (stage, NOW));
        }
        assert_eq!(journal.interrupted("AB13"), None);
        assert_eq!(journal.all().len(), 1);
        journal.forget("AB12").unwrap();
        journal.forget("AB12").unwrap();
        assert_eq!(
            fs::read_dir(folder.path().join("new")).unwrap().count(),
            0,
            "nothing is left lying about"
        );
    }

    #[test]
    fn the_serial_number_is_not_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::new(folder.path().into());
        journal.begin("4A210F93AA", Stage::SettingPin, NOW).unwrap();
        let path = fs::read_dir(folder.path())
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        let text = fs::read_to_string(&path).unwrap() + &path.to_string_lossy();
        assert!(!text.to_uppercase().contains("4A210F93AA"), "{text}");
    }
}
