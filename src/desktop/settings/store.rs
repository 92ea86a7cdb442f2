//! The settings files on disk.

use std::{
    fs, io,
    io::{Read as _, Write as _},
    path::{Path, PathBuf},
};

use thiserror::Error;
use time::{OffsetDateTime, format_description::BorrowedFormatItem, macros::format_description};

use super::{Settings, Values};

/// Most bytes of a settings file that are read.
const MAX_BYTES: u64 = 256 * 1024;
const FILE: &str = "settings.toml";
const STAMP: &[BorrowedFormatItem<'_>] = format_description!("[year][month][day]-[hour][minute][second]");

/// Where the settings files are.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    folder: PathBuf,
    machine: PathBuf,
}

/// What was wrong with a settings file. The program goes on with what is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LoadProblem {
    /// The user's file does not parse; it was kept under another name.
    Broken {
        /// Where it is now; `None` if it could not be renamed.
        kept: Option<PathBuf>,
    },
    /// The user's file is there and could not be read.
    Unreadable {
        /// The file.
        path: PathBuf,
    },
    /// The file for all users does not parse or could not be read.
    Machine {
        /// The file.
        path: PathBuf,
    },
}

/// Why settings could not be written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("writing {}: {kind}", path.display())]
pub(crate) struct SaveError {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub kind: io::ErrorKind,
}

enum Failure {
    Missing,
    Unreadable,
    Broken,
}

impl Store {
    /// The user's file in `folder`, and the machine's.
    pub(crate) fn new(folder: PathBuf, machine: PathBuf) -> Self {
        Self { folder, machine }
    }

    /// Reads both files. What is missing is as if it were empty. A broken file of the user is kept beside, with `now`
    /// in its name.
    pub(crate) fn load(&self, now: OffsetDateTime) -> (Settings, Vec<LoadProblem>) {
        let mut problems = Vec::new();
        let machine = read(&self.machine).unwrap_or_else(|failure| {
            if !matches!(failure, Failure::Missing) {
                problems.push(LoadProblem::Machine {
                    path: self.machine.clone(),
                });
            }
            Values::default()
        });
        let user = read(&self.path()).unwrap_or_else(|failure| {
            match failure {
                Failure::Missing => (),
                Failure::Unreadable => problems.push(LoadProblem::Unreadable { path: self.path() }),
                Failure::Broken => problems.push(LoadProblem::Broken {
                    kept: self.keep_aside(now),
                }),
            }
            Values::default()
        });
        (Settings { user, machine }, problems)
    }

    /// Writes the user's file: whole or not at all.
    pub(crate) fn save(&self, settings: &Settings) -> Result<(), SaveError> {
        let text =
            toml::to_string_pretty(&settings.user).map_err(|_| self.failed(io::ErrorKind::InvalidData))?;
        self.write(text.as_bytes())
            .map_err(|error| self.failed(error.kind()))
    }

    fn write(&self, text: &[u8]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(text)?;
        file.as_file().sync_all()?;
        file.persist(self.path())?;
        Ok(())
    }

    fn failed(&self, kind: io::ErrorKind) -> SaveError {
        SaveError {
            path: self.path(),
            kind,
        }
    }

    fn keep_aside(&self, now: OffsetDateTime) -> Option<PathBuf> {
        let stamp = now.format(STAMP).ok()?;
        let kept = self.folder.join(format!("settings.broken-{stamp}.toml"));
        fs::rename(self.path(), &kept).ok()?;
        Some(kept)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(FILE)
    }
}

fn read(path: &Path) -> Result<Values, Failure> {
    let file = fs::File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Failure::Missing,
        _ => Failure::Unreadable,
    })?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| Failure::Unreadable)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err(Failure::Broken);
    }
    let text = String::from_utf8(bytes).map_err(|_| Failure::Broken)?;
    toml::from_str(&text).map_err(|_| Failure::Broken)
}
