//! The card's memory, its state file, and the writes to both.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    Error,
    apdu::{Halt, Status},
    files::{Body, FileId},
    memory::Memory,
};

/// How many writes are listed at most.
const MAX_LISTED: usize = 65_536;

/// One write to the card's memory, as listed by [`crate::VirtualCard::writes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Write {
    /// The instruction byte of the command that wrote.
    pub instruction: u8,
    /// How many bytes it wrote: a cut can strike after 0 to `length` of them.
    pub length: usize,
}

/// The memory, each change of which is committed before the next begins.
pub(crate) struct Store {
    memory: Memory,
    file: Option<PathBuf>,
    /// A cut planned for a write: how many writes from now (1 is the next), after how many bytes.
    pub(crate) cut: Option<(u64, usize)>,
    /// The writes since the listing began.
    pub(crate) writes: Vec<Write>,
    /// The instruction being carried out.
    pub(crate) instruction: u8,
    pub(crate) written_bytes: u64,
}

impl Store {
    pub(crate) fn new(memory: Memory) -> Self {
        Self {
            memory,
            file: None,
            cut: None,
            writes: Vec::new(),
            instruction: 0,
            written_bytes: 0,
        }
    }

    /// The memory in the file at `path`; if there is none, `blank` is written there.
    pub(crate) fn open(path: &Path, blank: impl FnOnce() -> Memory) -> Result<Self, Error> {
        let file_error = |source| Error::StateFile {
            path: path.to_path_buf(),
            source: Arc::new(source),
        };
        let store = match fs::read(path) {
            Ok(text) => {
                let memory = serde_json::from_slice(&text).map_err(|source| Error::StateFormat {
                    path: path.to_path_buf(),
                    source: Arc::new(source),
                })?;
                Self {
                    file: Some(path.to_path_buf()),
                    ..Self::new(memory)
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let store = Self {
                    file: Some(path.to_path_buf()),
                    ..Self::new(blank())
                };
                store.save().map_err(file_error)?;
                store
            }
            Err(error) => return Err(file_error(error)),
        };
        Ok(store)
    }

    pub(crate) fn keep_in(&mut self, path: &Path) -> Result<(), Error> {
        self.file = Some(path.to_path_buf());
        self.save().map_err(|source| Error::StateFile {
            path: path.to_path_buf(),
            source: Arc::new(source),
        })
    }

    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }

    /// For personalising: changes without commands, cuts or counters.
    pub(crate) fn memory_mut(&mut self) -> &mut Memory {
        &mut self.memory
    }

    /// Changes files or keys, wholly or not at all; the change counter grows.
    pub(crate) fn change(&mut self, length: usize, apply: impl FnOnce(&mut Memory)) -> Result<(), Halt> {
        self.commit(length, |memory, stored| {
            if stored == length {
                memory.changes = memory.changes.wrapping_add(1);
                apply(memory);
            }
        })
    }

    /// Changes PINs and retry counters, wholly or not at all.
    pub(crate) fn change_secrets(
        &mut self,
        length: usize,
        apply: impl FnOnce(&mut Memory),
    ) -> Result<(), Halt> {
        self.commit(length, |memory, stored| {
            if stored == length {
                apply(memory);
            }
        })
    }

    /// Overwrites a part of a data file, byte by byte; the change counter grows with the first.
    pub(crate) fn overwrite(&mut self, path: &[FileId], offset: usize, data: &[u8]) -> Result<(), Halt> {
        self.commit(data.len(), |memory, stored| {
            let Some(Body::Data(contents)) = memory.root.at_mut(path).map(|file| &mut file.body) else {
                return;
            };
            if stored > 0 {
                memory.changes = memory.changes.wrapping_add(1);
            }
            for (old, new) in contents.iter_mut().skip(offset).zip(data).take(stored) {
                *old = *new;
            }
        })
    }

    /// Carries out one write: `apply` learns how many of its bytes reach the memory.
    fn commit(&mut self, length: usize, apply: impl FnOnce(&mut Memory, usize)) -> Result<(), Halt> {
        if self.writes.len() < MAX_LISTED {
            self.writes.push(Write {
                instruction: self.instruction,
                length,
            });
        }
        let torn = self.torn();
        let stored = torn.unwrap_or(length).min(length);
        self.written_bytes = self
            .written_bytes
            .saturating_add(u64::try_from(stored).unwrap_or(u64::MAX));
        let before = self.file.is_some().then(|| self.memory.clone());
        apply(&mut self.memory, stored);
        if let (Err(_), Some(before)) = (self.save(), before) {
            self.memory = before;
            return Err(Status::MEMORY_FAILURE.into());
        }
        if torn.is_some() {
            Err(Halt::PowerLost)
        } else {
            Ok(())
        }
    }

    /// After how many bytes this write tears, if it does.
    fn torn(&mut self) -> Option<usize> {
        let (countdown, byte) = self.cut?;
        self.cut = (countdown > 1).then_some((countdown.saturating_sub(1), byte));
        (countdown <= 1).then_some(byte)
    }

    /// Replaces the state file at one stroke: readers see the old state or the new one, never a mixture.
    fn save(&self) -> io::Result<()> {
        let Some(path) = &self.file else { return Ok(()) };
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&serde_json::to_vec(&self.memory)?)?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        crate::platform::sync_folder(folder)
    }
}
