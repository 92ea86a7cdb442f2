//! Writing certificates, and putting directory files back (`MyEID`'s commands; see
//! [`crate::Family::myeid_commands`]).
//!
//! # What a loss of power leaves
//! A certificate is written whole into a file of its own that nothing leads to. Only when it was read back and is the
//! same, the directory entry is changed: one byte of it, the last of the file's identifier. So at every moment the
//! directory leads to the old certificate or to the new one. An entry that tells the certificate's length besides has
//! that changed in the same command: cut short in there, it leads to the new file with a length that may be torn; the
//! file is whole, and the next writing of the same certificate, or [`Writer::restore`], puts the entry right. What an
//! interrupted writing leaves is a file that nothing leads to; the next writing takes it over.
//!
//! Other programs rewrite whole directory files, and can be interrupted in the middle: [`Writer::backup`] reads the
//! files before, [`Writer::restore`] puts them back.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use thiserror::Error as ThisError;

use super::files::{Failure, Files};
use super::objects::{certificate_path, parse_directory_paths, placed_records};
use super::read::{OBJECT_DIRECTORY, TOKEN_INFO, find_application};
use super::{
    CertificateObject, Fault, File, Location, Path, PrivateKeyObject, parse_certificates, parse_private_keys,
    parse_token_info,
};
use crate::Error;
use crate::apdu::{Channel, Command};

/// The most bytes of one UPDATE BINARY.
const BLOCK: usize = 255;
/// The longest file that can be written and read to its end: offsets have 15 bits.
const MOST_SIZE: u16 = 0x7FFF;
/// The most directory files that are saved.
const MOST_FILES: usize = 32;
/// The most files that nothing leads to and that are looked into.
const MOST_ORPHANS: usize = 64;
/// Access rules for a certificate where there is no old one to take them from: everyone reads, the user's PIN writes
/// and deletes.
const USUAL_RULES: [u8; 3] = [0x01, 0x1F, 0xFF];
/// The last byte of the last identifier in a certificate's row.
const LAST: u8 = 0xFE;

/// The directory files of a card as they were at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// The card's serial number as its token information has it; may be empty.
    #[serde(default)]
    pub serial: Vec<u8>,
    /// The files that the object directory names, in its order.
    pub files: Vec<SavedFile>,
}

/// One directory file as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedFile {
    /// What it is, if that is of interest here.
    pub kind: Option<File>,
    /// Its path from the master file.
    pub path: Vec<u8>,
    /// Its contents: see [`Writer::backup`].
    pub bytes: Vec<u8>,
}

impl Backup {
    /// The private keys that the files name.
    pub fn keys(&self) -> Vec<PrivateKeyObject> {
        let files = self
            .files
            .iter()
            .filter(|file| file.kind == Some(File::PrivateKeys));
        files.flat_map(|file| parse_private_keys(&file.bytes).0).collect()
    }

    /// The certificates that the files name.
    pub fn certificates(&self) -> Vec<CertificateObject> {
        let files = self
            .files
            .iter()
            .filter(|file| file.kind == Some(File::Certificates));
        files
            .flat_map(|file| parse_certificates(&file.bytes, false).0)
            .collect()
    }

    /// Whether a file of this kind has a record that does not parse.
    pub fn is_damaged(&self, kind: File) -> bool {
        self.files
            .iter()
            .filter(|file| file.kind == Some(kind))
            .any(|file| {
                let faults = match kind {
                    File::PrivateKeys => parse_private_keys(&file.bytes).1,
                    File::Certificates => parse_certificates(&file.bytes, false).1,
                    _ => Vec::new(),
                };
                !faults.is_empty()
            })
    }
}

/// A certificate that takes another's place: same key, same identifier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swap {
    /// The identifier that ties certificate and key together.
    pub id: Vec<u8>,
    /// The label of the new one, where the directory entry is a new one.
    pub label: String,
    /// The certificate that is there (DER).
    pub old: Vec<u8>,
    /// The certificate that takes its place (DER).
    pub new: Vec<u8>,
}

impl Swap {
    /// The way back.
    #[must_use]
    pub fn reversed(self) -> Self {
        Self {
            old: self.new,
            new: self.old,
            ..self
        }
    }
}

/// Why nothing could be written, or not all of it.
#[derive(Clone, Debug, PartialEq, Eq, ThisError)]
pub enum WriteError {
    /// The way to the card failed, or the card refused a command.
    #[error(transparent)]
    Card(#[from] Error),
    /// The card's memory is full. Nothing was changed.
    #[error("the card's memory is full")]
    Full,
    /// The certificate's entry is not in the directory, or in a form that is not known here. Nothing was changed.
    #[error("the directory has no entry that could be changed")]
    NoEntry,
    /// What was read back is not what was written. The directory was not touched.
    #[error("what was written is not what is read")]
    ReadsOtherwise,
}

/// How far a writing is: bytes written of bytes in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// So many are on the card.
    pub bytes: usize,
    /// So many there are.
    pub of: usize,
}

/// Writes to a PKCS#15 application. The PIN that guards its files has to be verified. Keep it between
/// [`Channel::begin`] and [`Channel::end`].
pub struct Writer<'c, 't> {
    files: Files<'c, 't>,
    /// The directory files, as long as nothing was written to them.
    directory: Option<Backup>,
}

impl From<Failure> for WriteError {
    fn from(failure: Failure) -> Self {
        Self::Card(match failure {
            Failure::Connection(error) => error,
            Failure::File(Fault::Refused(status)) => Error::Refused {
                command: "SELECT or READ BINARY".into(),
                status,
            },
            Failure::File(_) => Error::Malformed {
                command: "READ BINARY".into(),
            },
        })
    }
}

/// An entry of the certificate directory, and where in its file it says where the certificate is.
struct Entry {
    directory: Path,
    path: Path,
    /// The file identifiers, within the directory file.
    identifiers: Range<usize>,
    /// The length, within the directory file, if the entry has one.
    length: Option<Range<usize>>,
    directory_bytes: Vec<u8>,
}

impl<'c, 't> Writer<'c, 't> {
    /// Finds the application.
    pub fn open(channel: &'c mut Channel<'t>) -> Result<Self, Error> {
        let files = find_application(channel)?;
        Ok(Self {
            files,
            directory: None,
        })
    }

    /// Reads the directory files as they are: those of keys and certificates, which a replacement changes, to their
    /// ends, the others to the ends of their last records. Needs no PIN where reading the directory needs none.
    pub fn backup(&mut self) -> Result<Backup, WriteError> {
        self.copy(|files, kind, path| match kind {
            Some(File::PrivateKeys | File::Certificates) => files.read_whole(path),
            _ => files.read_records(path),
        })
    }

    /// The directory files up to the end of their last records: what there is to find in them, in half the commands.
    fn directory(&mut self) -> Result<Backup, WriteError> {
        if let Some(directory) = &self.directory {
            return Ok(directory.clone());
        }
        let directory = self.copy(|files, _, path| files.read_records(path))?;
        self.directory = Some(directory.clone());
        Ok(directory)
    }

    fn copy(
        &mut self,
        read: impl Fn(&mut Files<'c, 't>, Option<File>, &Path) -> Result<Vec<u8>, Failure>,
    ) -> Result<Backup, WriteError> {
        let place = self.files.in_base(OBJECT_DIRECTORY);
        let objects = self.files.read_records(&place)?;
        let mut files = Vec::new();
        for (kind, path) in parse_directory_paths(&objects).into_iter().take(MOST_FILES) {
            // A part of a file has no place of its own here to be put back to.
            if path.offset != 0 {
                return Err(WriteError::NoEntry);
            }
            match read(&mut self.files, kind, &path) {
                Ok(bytes) => files.push(SavedFile {
                    kind,
                    path: path.file,
                    bytes,
                }),
                // Announced and not there, or not to be read by anyone: nothing that could be put back.
                Err(Failure::File(Fault::Refused(_))) => {}
                Err(failure) => return Err(failure.into()),
            }
        }
        Ok(Backup {
            serial: self.serial()?,
            files,
        })
    }

    fn serial(&mut self) -> Result<Vec<u8>, WriteError> {
        let place = self.files.in_base(TOKEN_INFO);
        match self.files.read_records(&place) {
            Ok(bytes) => Ok(parse_token_info(&bytes)
                .map(|info| info.serial)
                .unwrap_or_default()),
            Err(Failure::File(_)) => Ok(Vec::new()),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Makes the directory files of these kinds what they were, if they still have the size that they had. Only what
    /// differs is written; to be called again after an interruption.
    pub fn restore(&mut self, backup: &Backup, kinds: &[File]) -> Result<(), WriteError> {
        let wanted = |file: &&SavedFile| file.kind.is_some_and(|kind| kinds.contains(&kind));
        for file in backup.files.iter().filter(wanted) {
            let path = Path {
                file: file.path.clone(),
                ..Path::default()
            };
            let now = self.files.read_whole(&path)?;
            if now.len() != file.bytes.len() {
                return Err(WriteError::NoEntry);
            }
            self.update_difference(&path, &now, &file.bytes)?;
        }
        Ok(())
    }

    /// Puts the new certificate in the old one's place: writes it into a file, reads it back, and makes the directory
    /// entry lead to it. The old one's file stays until [`Self::delete`]. Does what is left to do, if it was begun
    /// before.
    pub fn write(&mut self, swap: &Swap, progress: &mut dyn FnMut(Written)) -> Result<(), WriteError> {
        let entry = self.entry(swap)?;
        if self.holds(&entry.path, &swap.new)? {
            return Ok(());
        }
        let file = match self.taken_over(&entry, &swap.new)? {
            Some(path) => path,
            None => self.create(&entry, swap.new.len())?,
        };
        self.fill(&file, &swap.new, progress)?;
        if !self.holds(&file, &swap.new)? {
            return Err(WriteError::ReadsOtherwise);
        }
        self.lead_to(&entry, &file, swap.new.len())
    }

    /// Deletes the file of the old certificate, wherever it is. A directory entry that leads to it stays, for the
    /// new certificate to take over. Nothing to do is no error.
    pub fn delete(&mut self, swap: &Swap) -> Result<(), WriteError> {
        let entry = self.entry(swap)?;
        if self.holds(&entry.path, &swap.old)? {
            self.delete_file(&entry.path)?;
        }
        for path in self.orphans(&entry)? {
            if self.holds(&path, &swap.old)? {
                self.delete_file(&path)?;
            }
        }
        Ok(())
    }

    fn delete_file(&mut self, path: &Path) -> Result<(), WriteError> {
        self.files.select(path)?;
        self.files.forget_selected();
        let delete = Command::new(0xE4, 0x00, 0x00).class(0xA0);
        self.files.channel().request(&delete)?;
        Ok(())
    }

    /// The entry that is to change: of those with the identifier, the one that leads to either certificate, else the
    /// only one there is, else the only one whose file is gone: the old certificate was deleted first.
    fn entry(&mut self, swap: &Swap) -> Result<Entry, WriteError> {
        let mut entries = self.entries(&swap.id)?;
        let mut leading = None;
        for (index, entry) in entries.iter().enumerate() {
            if self.holds(&entry.path, &swap.old)? || self.holds(&entry.path, &swap.new)? {
                leading = Some(index);
                break;
            }
        }
        let index = match (leading, entries.len()) {
            (Some(index), _) => index,
            (None, 1) => 0,
            _ => self.only_empty(&entries)?.ok_or(WriteError::NoEntry)?,
        };
        Ok(entries.swap_remove(index))
    }

    /// The only one of these that leads to no file.
    fn only_empty(&mut self, entries: &[Entry]) -> Result<Option<usize>, WriteError> {
        let mut empty = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            match self.files.select(&entry.path) {
                Ok(_) => {}
                Err(Failure::File(_)) => empty.push(index),
                Err(failure) => return Err(failure.into()),
            }
        }
        match empty[..] {
            [index] => Ok(Some(index)),
            _ => Ok(None),
        }
    }

    fn entries(&mut self, id: &[u8]) -> Result<Vec<Entry>, WriteError> {
        let mut entries = Vec::new();
        let backup = self.directory()?;
        for file in backup
            .files
            .into_iter()
            .filter(|file| file.kind == Some(File::Certificates))
        {
            let directory = Path {
                file: file.path,
                ..Path::default()
            };
            for (_, record) in placed_records(&file.bytes) {
                let Some(object) = parse_certificates(record, false).0.pop() else {
                    continue;
                };
                let Some((identifiers, length)) = certificate_path(&file.bytes, record) else {
                    continue;
                };
                // A file that begins with something else is shared: not ours to replace.
                if let Location::Path(path) = object.location
                    && path.offset == 0
                    && object.id == id
                {
                    entries.push(Entry {
                        directory: directory.clone(),
                        path,
                        identifiers,
                        length,
                        directory_bytes: file.bytes.clone(),
                    });
                }
            }
        }
        Ok(entries)
    }

    /// Whether the file is there and begins with this certificate.
    fn holds(&mut self, path: &Path, der: &[u8]) -> Result<bool, WriteError> {
        match self.files.begins_with(path, der) {
            Ok(holds) => Ok(holds),
            Err(Failure::File(_)) => Ok(false),
            Err(failure) => Err(failure.into()),
        }
    }

    /// Files in the certificate's directory and row of identifiers that nothing leads to.
    fn orphans(&mut self, entry: &Entry) -> Result<Vec<Path>, WriteError> {
        let (folder, row) = self.place_of(&entry.path)?;
        let backup = self.directory()?;
        let led_to = |identifier: [u8; 2]| {
            let whole = [&folder[..], &identifier].concat();
            let named = |file: &SavedFile| {
                contains(&file.bytes, &whole)
                    || contains(&file.bytes, &[&[0x04, 0x02], &identifier[..]].concat())
            };
            backup.files.iter().any(named)
        };
        let orphans = self
            .children(&folder)?
            .into_iter()
            .filter(|identifier| identifier[0] == row && !led_to(*identifier));
        Ok(orphans
            .take(MOST_ORPHANS)
            .map(|identifier| beside(&entry.path, identifier))
            .collect())
    }

    /// A file that an interrupted writing of this certificate left: of its length, and each byte as it has to be or
    /// not written yet. The directory may lead to it already, for another program's writing was interrupted.
    fn taken_over(&mut self, entry: &Entry, der: &[u8]) -> Result<Option<Path>, WriteError> {
        let mut candidates = vec![entry.path.clone()];
        candidates.extend(self.orphans(entry)?);
        for path in candidates {
            match self.files.select(&path) {
                Ok(Some(size)) if size == der.len() => {}
                Ok(_) | Err(Failure::File(_)) => continue,
                Err(failure) => return Err(failure.into()),
            }
            let now = self.files.read_whole(&path)?;
            let unwritten = |byte: u8| matches!(byte, 0x00 | 0xFF);
            if now.len() == der.len()
                && now
                    .iter()
                    .zip(der)
                    .all(|(now, then)| now == then || unwritten(*now))
            {
                return Ok(Some(path));
            }
        }
        Ok(None)
    }

    /// A new file beside the old one, with its access rules.
    fn create(&mut self, entry: &Entry, size: usize) -> Result<Path, WriteError> {
        let size = u16::try_from(size)
            .ok()
            .filter(|size| *size <= MOST_SIZE)
            .ok_or(WriteError::Full)?;
        let (folder, row) = self.place_of(&entry.path)?;
        let rules = match self.files.access_rules(&entry.path) {
            Ok(rules) if !rules.is_empty() => rules,
            Ok(_) | Err(Failure::File(_)) => USUAL_RULES.to_vec(),
            Err(failure) => return Err(failure.into()),
        };
        let taken = self.children(&folder)?;
        let free = (1..=LAST)
            .map(|low| [row, low])
            .find(|identifier| !taken.contains(identifier));
        let identifier = free.ok_or(WriteError::Full)?;
        self.files.select_directory(&folder)?;
        let answer = self
            .files
            .channel()
            .send(&create_command(identifier, size, &rules))?;
        if matches!(answer.word, 0x6A84 | 0x6403 | 0x6581) {
            return Err(WriteError::Full);
        }
        answer.ok("CREATE FILE")?;
        self.files.forget_selected();
        Ok(beside(&entry.path, identifier))
    }

    fn fill(&mut self, path: &Path, der: &[u8], progress: &mut dyn FnMut(Written)) -> Result<(), WriteError> {
        let of = der.len();
        progress(Written { bytes: 0, of });
        self.files.select(path)?;
        for (index, block) in der.chunks(BLOCK).enumerate() {
            let start = index * BLOCK;
            self.update(start, block)?;
            progress(Written {
                bytes: start + block.len(),
                of,
            });
        }
        Ok(())
    }

    /// Changes the entry: the last byte of the file's identifier and, if the entry has one, the length.
    fn lead_to(&mut self, entry: &Entry, file: &Path, length: usize) -> Result<(), WriteError> {
        let now = &entry.directory_bytes;
        let mut then = now.clone();
        let identifiers = then
            .get_mut(entry.identifiers.clone())
            .ok_or(WriteError::NoEntry)?;
        let end = file
            .file
            .get(file.file.len().saturating_sub(2)..)
            .unwrap_or_default();
        let start = identifiers.len().checked_sub(2).ok_or(WriteError::NoEntry)?;
        identifiers
            .get_mut(start..)
            .ok_or(WriteError::NoEntry)?
            .copy_from_slice(end);
        if let Some(place) = &entry.length {
            set_number(then.get_mut(place.clone()).unwrap_or_default(), length).ok_or(WriteError::NoEntry)?;
        }
        self.update_difference(&entry.directory, now, &then)
    }

    /// Writes the bytes that differ, in as few commands as that takes.
    fn update_difference(&mut self, path: &Path, now: &[u8], then: &[u8]) -> Result<(), WriteError> {
        let differs = |(now, then): (&u8, &u8)| now != then;
        let Some(first) = now.iter().zip(then).position(differs) else {
            return Ok(());
        };
        let last = now.iter().zip(then).rposition(differs).unwrap_or(first);
        self.directory = None;
        self.files.select(path)?;
        let part = then.get(first..=last).unwrap_or_default();
        for (index, block) in part.chunks(BLOCK).enumerate() {
            self.update(usize::from(path.offset) + first + index * BLOCK, block)?;
        }
        Ok(())
    }

    fn update(&mut self, offset: usize, block: &[u8]) -> Result<(), WriteError> {
        let offset = u16::try_from(offset).ok().filter(|offset| *offset <= MOST_SIZE);
        let [p1, p2] = offset.ok_or(WriteError::Full)?.to_be_bytes();
        self.files
            .channel()
            .request(&Command::new(0xD6, p1, p2).data(block))?;
        Ok(())
    }

    /// The files in a directory (GET DATA 01A1).
    fn children(&mut self, folder: &[u8]) -> Result<Vec<[u8; 2]>, WriteError> {
        self.files.select_directory(folder)?;
        let listed = self.files.channel().request(&Command::get_data(0x01A1))?;
        Ok(listed.as_chunks::<2>().0.to_vec())
    }

    /// The directory that a file is in, without the master file, and the first byte of its identifier.
    fn place_of(&self, path: &Path) -> Result<(Vec<u8>, u8), WriteError> {
        let whole = self.files.absolute(&path.file);
        let (folder, [row, _]) = whole.split_last_chunk::<2>().ok_or(WriteError::NoEntry)?;
        Ok((folder.to_vec(), *row))
    }
}

/// CREATE FILE for a data file of this size.
fn create_command(identifier: [u8; 2], size: u16, rules: &[u8]) -> Command {
    let [size_high, size_low] = size.to_be_bytes();
    let [high, low] = identifier;
    let rules = rules.get(..3).unwrap_or(&USUAL_RULES);
    let mut template = vec![
        0x80, 0x02, size_high, size_low, 0x82, 0x01, 0x01, 0x83, 0x02, high, low, 0x86, 0x03,
    ];
    template.extend_from_slice(rules);
    template.extend_from_slice(&[0x85, 0x02, 0x00, 0x00, 0x8A, 0x01, 0x00]);
    let length = u8::try_from(template.len()).unwrap_or(0);
    Command::new(0xE0, 0x00, 0x00).data(&[&[0x62, length], &template[..]].concat())
}

/// Another file in the same directory.
fn beside(path: &Path, identifier: [u8; 2]) -> Path {
    let folder = path
        .file
        .get(..path.file.len().saturating_sub(2))
        .unwrap_or_default();
    Path {
        file: [folder, &identifier].concat(),
        ..Path::default()
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Writes a number big-endian into a place of fixed size; `None` if it has no room, or would turn negative.
fn set_number(place: &mut [u8], number: usize) -> Option<()> {
    let bytes = number.to_be_bytes();
    let width = place.len();
    let start = bytes.len().checked_sub(width)?;
    let (rest, kept) = bytes.split_at_checked(start)?;
    if rest.iter().any(|byte| *byte != 0) || kept.first().is_none_or(|first| first & 0x80 != 0) {
        return None;
    }
    place.copy_from_slice(kept);
    Some(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
