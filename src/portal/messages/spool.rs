//! Messages as files: one JSON file each, there as a whole or not at all.

use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use tempfile::Builder;
use time::OffsetDateTime;

use super::{LONGEST_EMAIL, Message, MessageError};

const ENDING: &str = ".json";
/// The ending of one that is being written.
const UNFINISHED: &str = "part";

/// The most bytes of a file that are read: the longest e-mail, every character of it escaped, and its envelope.
const LONGEST_FILE: usize = 6 * LONGEST_EMAIL + 4_096;

/// A folder of messages. Its files are for the owner's eyes only.
#[derive(Clone, Debug)]
pub struct Spool {
    folder: PathBuf,
}

/// A message in a spool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spooled {
    /// When it was sent.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What it says.
    #[serde(flatten)]
    pub message: Message,
}

impl Spool {
    /// The spool in this folder, which is made if it is not there.
    pub fn open(folder: &Path) -> Result<Self, MessageError> {
        crate::secret::private_folder(folder).map_err(|source| failed(folder, source))?;
        Ok(Self {
            folder: folder.to_path_buf(),
        })
    }

    /// Puts a message in.
    pub(super) fn put(&self, message: &Message, now: OffsetDateTime) -> Result<(), MessageError> {
        let spooled = Spooled {
            at: now,
            message: message.clone(),
        };
        let text = serde_json::to_vec_pretty(&spooled)
            .map_err(|error| failed(&self.folder, io::Error::other(error)))?;
        // Names sort as the messages came; the rest of a name is random.
        let prefix = format!("{}-", stamp(now));
        let written = Builder::new()
            .prefix(&prefix)
            .suffix(&format!(".{UNFINISHED}"))
            .tempfile_in(&self.folder)
            .and_then(|mut file| {
                file.write_all(&text)?;
                file.as_file().sync_all()?;
                let path = file.path().with_extension("json");
                file.persist_noclobber(path).map_err(|error| error.error)
            });
        written.map(drop).map_err(|source| failed(&self.folder, source))
    }

    /// The latest messages, the last one first, at most `most` of them. What is no message is passed over.
    pub fn latest(&self, most: usize) -> Result<Vec<Spooled>, MessageError> {
        let mut names = self.names()?;
        names.sort_unstable_by(|one, other| other.cmp(one));
        let read = names.iter().filter_map(|name| self.read(name));
        Ok(read.take(most).collect())
    }

    /// Deletes messages sent before this moment, and says how many there were. What is no message stays.
    pub fn forget_before(&self, moment: OffsetDateTime) -> Result<usize, MessageError> {
        let mut count = 0;
        self.forget_unfinished(moment)?;
        // Names begin with the time: what is younger need not be read.
        let end = stamp(moment);
        for name in self.names()?.into_iter().filter(|name| *name < end) {
            if self.read(&name).is_some_and(|spooled| spooled.at < moment) {
                let path = self.folder.join(&name);
                match fs::remove_file(&path) {
                    Ok(()) => count += 1,
                    // Another instance was faster.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => (),
                    Err(error) => return Err(failed(&path, error)),
                }
            }
        }
        Ok(count)
    }

    /// What a crash left half written.
    fn forget_unfinished(&self, moment: OffsetDateTime) -> Result<(), MessageError> {
        let entries = fs::read_dir(&self.folder).map_err(|source| failed(&self.folder, source))?;
        for entry in entries.filter_map(Result::ok) {
            let is_half = entry
                .path()
                .extension()
                .is_some_and(|ending| ending == UNFINISHED);
            let written = entry.metadata().and_then(|about| about.modified());
            if is_half && written.is_ok_and(|written| OffsetDateTime::from(written) < moment) {
                // Another instance may be faster.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(())
    }

    fn names(&self) -> Result<Vec<String>, MessageError> {
        let entries = fs::read_dir(&self.folder).map_err(|source| failed(&self.folder, source))?;
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(names.filter(|name| name.ends_with(ENDING)).collect())
    }

    fn read(&self, name: &str) -> Option<Spooled> {
        let limit = u64::try_from(LONGEST_FILE).ok()?;
        let mut text = Vec::new();
        let file = File::open(self.folder.join(name)).ok()?;
        file.take(limit).read_to_end(&mut text).ok()?;
        serde_json::from_slice(&text).ok()
    }
}

/// A moment as names begin with it.
fn stamp(moment: OffsetDateTime) -> String {
    format!("{:020}", moment.unix_timestamp_nanos().max(0) / 1_000)
}

fn failed(path: &Path, source: io::Error) -> MessageError {
    MessageError::Spool {
        path: path.to_path_buf(),
        source: Arc::new(source),
    }
}
