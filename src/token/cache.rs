//! The cache of public certificates.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    time::SystemTime,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{Choice, Contents, platform};

/// How many cards are kept; the ones written longest ago go first.
const MAX_CARDS: usize = 64;
/// A card's file is no longer than this, in bytes.
const MAX_FILE: u64 = 1 << 20;
/// Changes when the form of the files changes: others are then thrown away.
const VERSION: u32 = 2;

/// Public certificates of cards that were seen before, in a folder private to the user, keyed by the card's
/// serial number and change counter (or a hash of its directory).
///
/// One file a card, named by a hash, so that a listing of the folder tells no serial numbers. What cannot be
/// read is thrown away; what cannot be written is not kept: a cache never fails.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// Which reading is meant: of this card, in this state, by this way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The card's serial number.
    pub(crate) serial: Vec<u8>,
    /// What changes when the card's contents change.
    pub(crate) state: Vec<u8>,
    /// The way that was chosen: another way may show the card otherwise.
    pub(crate) choice: Choice,
}

/// A file of the cache.
#[derive(Serialize, Deserialize)]
struct Entry {
    version: u32,
    /// SHA-256 of `body`.
    sha256: Vec<u8>,
    /// A [`Body`] as JSON text.
    body: String,
}

#[derive(Serialize, Deserialize)]
struct Body {
    serial: Vec<u8>,
    state: Vec<u8>,
    contents: Contents,
}

impl Cache {
    /// A cache in this folder, which is made at the first write, readable by the user alone.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Removes everything that is cached.
    pub fn clear(&self) -> io::Result<()> {
        for (path, _) in self.files()? {
            fs::remove_file(path)?;
        }
        Ok(())
    }

    /// How many bytes the cache holds.
    pub fn size(&self) -> u64 {
        let files = self.files().unwrap_or_default();
        files
            .iter()
            .fold(0, |sum, (_, metadata)| sum.saturating_add(metadata.len()))
    }

    /// What was read before, if the card is still in the same state.
    pub(crate) fn get(&self, key: &Key) -> Option<Contents> {
        let path = self.path(key);
        match read(&path) {
            Ok(body) if body.serial == key.serial => (body.state == key.state).then_some(Contents {
                from_cache: true,
                ..body.contents
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            outcome => {
                tracing::warn!(error = ?outcome.err(), "a broken file of the cache is removed");
                // If that fails too, the next reading replaces it.
                let _ = fs::remove_file(&path);
                None
            }
        }
    }

    /// Keeps what was read. A reading with gaps is not kept: the next one may do better.
    pub(crate) fn put(&self, key: &Key, contents: &Contents) {
        if !contents.problems.is_empty() {
            return;
        }
        let body = Body {
            serial: key.serial.clone(),
            state: key.state.clone(),
            contents: contents.clone(),
        };
        let written = encode(&body)
            .and_then(|entry| write(&self.path(key), &entry))
            .and_then(|()| self.limit());
        if let Err(error) = written {
            tracing::warn!(%error, "the card's certificates are not cached");
        }
    }

    fn path(&self, key: &Key) -> PathBuf {
        let mut hash = Sha256::new();
        // The length keeps serial number and way apart. A way that is not text has no entry of its own, and
        // would only be read with the same serial number and state.
        hash.update(key.serial.len().to_be_bytes());
        hash.update(&key.serial);
        hash.update(serde_json::to_vec(&key.choice).unwrap_or_default());
        let name = hash
            .finalize()
            .iter()
            .fold(String::new(), |name, byte| format!("{name}{byte:02x}"));
        self.folder.join(format!("{name}.json"))
    }

    fn limit(&self) -> io::Result<()> {
        let mut files = self.files()?;
        let excess = files.len().saturating_sub(MAX_CARDS);
        files.sort_by_key(|(_, metadata)| metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH));
        files
            .iter()
            .take(excess)
            .try_for_each(|(path, _)| fs::remove_file(path))
    }

    /// The files of the cache; those of others in the same folder are none of its business.
    fn files(&self) -> io::Result<Vec<(PathBuf, fs::Metadata)>> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let files = entries.filter_map(|entry| {
            let path = entry.ok()?.path();
            let metadata = fs::metadata(&path).ok()?;
            (metadata.is_file() && is_ours(&path)).then_some((path, metadata))
        });
        Ok(files.collect())
    }
}

/// 64 hexadecimal digits and the extension.
fn is_ours(path: &Path) -> bool {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    name.strip_suffix(".json")
        .is_some_and(|stem| stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn encode(body: &Body) -> io::Result<Vec<u8>> {
    let body = serde_json::to_string(body)?;
    let entry = Entry {
        version: VERSION,
        sha256: Sha256::digest(&body).to_vec(),
        body,
    };
    let entry = serde_json::to_vec(&entry)?;
    if u64::try_from(entry.len()).map_or(true, |length| length > MAX_FILE) {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(entry)
}

fn read(path: &Path) -> io::Result<Body> {
    let mut text = Vec::new();
    platform::open_private(path)?
        .take(MAX_FILE)
        .read_to_end(&mut text)?;
    let entry: Entry = serde_json::from_slice(&text)?;
    if entry.version != VERSION || entry.sha256 != *Sha256::digest(&entry.body) {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(serde_json::from_str(&entry.body)?)
}

/// Replaces a file in a private folder at one stroke.
pub(crate) fn write(path: &Path, contents: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    platform::private_folder(folder)?;
    // Readable by the user alone on every platform; removed again if anything fails.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(contents)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
