//! What the card forgets when its power goes.

use zeroize::Zeroizing;

use crate::{
    apdu::{Command, Status},
    files::{Body, File, FileId, MASTER_FILE},
    memory::Memory,
};

/// The card's volatile state.
#[derive(Default)]
pub(crate) struct Session {
    /// Path of the selected directory below the master file.
    pub(crate) directory: Vec<FileId>,
    /// The selected file in that directory.
    pub(crate) file: Option<FileId>,
    /// One bit for each PIN reference that was verified.
    verified: u16,
    /// Whether the issuer has proved itself by the administration key.
    pub(crate) admin: bool,
    /// The challenge given out last.
    pub(crate) challenge: Option<[u8; 16]>,
    pub(crate) environment: Option<Environment>,
    /// The commands of a chain that have come so far.
    pub(crate) chain: Option<Chain>,
    /// What waits for GET RESPONSE.
    pub(crate) waiting: Vec<u8>,
}

/// What MANAGE SECURITY ENVIRONMENT set.
pub(crate) struct Environment {
    pub(crate) algorithm: u8,
    /// The key file in (or near) the current directory; none means the selected file.
    pub(crate) key: Option<FileId>,
}

/// The beginning of a chained command.
pub(crate) struct Chain {
    pub(crate) header: [u8; 3],
    pub(crate) data: Zeroizing<Vec<u8>>,
}

impl Session {
    pub(crate) fn is_verified(&self, reference: u8) -> bool {
        self.verified & bit(reference) != 0
    }

    pub(crate) fn set_verified(&mut self, reference: u8, verified: bool) {
        if verified {
            self.verified |= bit(reference);
        } else {
            self.verified &= !bit(reference);
        }
    }

    /// Forgets who has proved themselves.
    pub(crate) fn log_out(&mut self) {
        self.verified = 0;
        self.admin = false;
        self.challenge = None;
    }

    /// The path to what is selected: a file or a directory.
    pub(crate) fn selected(&self) -> Vec<FileId> {
        self.directory.iter().copied().chain(self.file).collect()
    }

    /// The path to the selected file, and the file.
    pub(crate) fn selected_file<'a>(&self, memory: &'a Memory) -> Result<(Vec<FileId>, &'a File), Status> {
        let path = self.selected();
        let file = memory
            .root
            .at(&path)
            .filter(|_| self.file.is_some())
            .ok_or(Status::NO_FILE_SELECTED)?;
        Ok((path, file))
    }

    /// The path to the selected data file, the file, and its contents.
    pub(crate) fn selected_data<'a>(
        &self,
        memory: &'a Memory,
    ) -> Result<(Vec<FileId>, &'a File, &'a [u8]), Status> {
        let (path, file) = self.selected_file(memory)?;
        match &file.body {
            Body::Data(contents) => Ok((path, file, contents)),
            _ => Err(Status::WRONG_KIND_OF_FILE),
        }
    }

    /// Makes the file at this path the selected one.
    pub(crate) fn select(&mut self, memory: &Memory, path: &[FileId]) {
        let is_directory = memory.root.at(path).is_some_and(File::is_directory);
        match path.split_last() {
            Some((last, parents)) if !is_directory => {
                self.directory = parents.to_vec();
                self.file = Some(*last);
            }
            _ => {
                self.directory = path.to_vec();
                self.file = None;
            }
        }
    }

    /// The file that SELECT means (ISO/IEC 7816-4, 11.2.2), as a path.
    pub(crate) fn target(&self, memory: &Memory, command: &Command) -> Result<Vec<FileId>, Status> {
        let data = &command.data[..];
        match command.p1 {
            0x00 if data.is_empty() => Ok(Vec::new()),
            0x00 => self.near(memory, file_id(data)?),
            0x01 | 0x02 => {
                let path = self.near(memory, file_id(data)?)?;
                let is_directory = memory.root.at(&path).is_some_and(File::is_directory);
                if is_directory == (command.p1 == 0x01) {
                    Ok(path)
                } else {
                    Err(Status::NOT_FOUND)
                }
            }
            0x03 => Ok(self.parent().to_vec()),
            0x04 => memory.root.named(data).ok_or(Status::NOT_FOUND),
            0x08 => Self::below(memory, &[], data),
            0x09 => Self::below(memory, &self.directory, data),
            _ => Err(Status::WRONG_P1P2),
        }
    }

    /// The file with this identifier: the master file, a child of the current directory, that directory, its
    /// parent, or a child of its parent.
    pub(crate) fn near(&self, memory: &Memory, id: FileId) -> Result<Vec<FileId>, Status> {
        let child_of = |directory: &[FileId]| {
            let path = [directory, &[id]].concat();
            memory.root.at(&path).map(|_| path)
        };
        if id == MASTER_FILE {
            return Ok(Vec::new());
        }
        if let Some(path) = child_of(&self.directory) {
            return Ok(path);
        }
        if self.directory.last() == Some(&id) {
            return Ok(self.directory.clone());
        }
        if self.parent().last() == Some(&id) {
            return Ok(self.parent().to_vec());
        }
        child_of(self.parent()).ok_or(Status::NOT_FOUND)
    }

    fn parent(&self) -> &[FileId] {
        self.directory.split_last().map_or(&[], |(_, parents)| parents)
    }

    fn below(memory: &Memory, base: &[FileId], path: &[u8]) -> Result<Vec<FileId>, Status> {
        let (ids, []) = path.as_chunks::<2>() else {
            return Err(Status::WRONG_LENGTH);
        };
        let ids: Vec<FileId> = ids.iter().map(|id| FileId::from_be_bytes(*id)).collect();
        let full = match ids.split_first() {
            Some((&MASTER_FILE, rest)) => rest.to_vec(),
            _ => [base, &ids].concat(),
        };
        memory.root.at(&full).map(|_| full).ok_or(Status::NOT_FOUND)
    }
}

fn bit(reference: u8) -> u16 {
    1_u16.checked_shl(u32::from(reference)).unwrap_or(0)
}

/// A file identifier in a data field.
pub(crate) fn file_id(data: &[u8]) -> Result<FileId, Status> {
    data.try_into()
        .map(FileId::from_be_bytes)
        .map_err(|_| Status::WRONG_LENGTH)
}
