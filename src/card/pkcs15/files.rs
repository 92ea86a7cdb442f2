//! Selecting and reading files with few commands.

use super::objects::{Tail, tail};
use super::tlv::{self, Elements, SEQUENCE};
use super::{Fault, Path};
use crate::Error;
use crate::apdu::{Answer, Channel, Command, Status};

/// The most that one READ BINARY brings in short lengths.
const BLOCK: usize = 256;
/// READ BINARY's offset has 15 bits; what lies beyond cannot be read.
const MOST_OFFSET: usize = 0x7FFF;
/// So much padding at the end of what was read ends a directory file. Less may be a gap between two records.
const END_PADDING: usize = 16;
/// How many READ BINARY commands one reading of a card may take: 256 KiB, more than a card holds. Keeps a card that
/// sends a byte at a time, or announces hundreds of huge files, from holding the program up.
const MOST_READS: u32 = 1024;
const MASTER_FILE: [u8; 2] = [0x3F, 0x00];

/// Why a file could not be read.
#[derive(Debug)]
pub(super) enum Failure {
    /// The connection failed: nothing else can be read either.
    Connection(Error),
    /// Something is wrong with this file.
    File(Fault),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused { status, .. } => Self::File(Fault::Refused(status)),
            Error::Malformed { .. } => Self::File(Fault::Malformed),
            error => Self::Connection(error),
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::File(fault)
    }
}

/// The files of one card.
pub(super) struct Files<'c, 't> {
    channel: &'c mut Channel<'t>,
    /// The application's directory, without the master file.
    base: Vec<u8>,
    /// How this card wants paths, once one has worked.
    style: Option<Style>,
    /// The file that is selected, without the master file, and its size.
    selected: Option<(Vec<u8>, Option<usize>)>,
    reads_left: u32,
}

/// Ways to select a file by its path. Cards know one or another.
#[derive(Clone, Copy)]
enum Style {
    /// In one command, without the master file's identifier, as the standard has it.
    Path,
    /// In one command, with it.
    PathWithMaster,
    /// Identifier by identifier.
    Steps,
}

impl<'c, 't> Files<'c, 't> {
    pub(super) fn new(channel: &'c mut Channel<'t>) -> Self {
        Self {
            channel,
            base: Vec::new(),
            style: None,
            selected: None,
            reads_left: MOST_READS,
        }
    }

    /// Paths that are not absolute count from here.
    pub(super) fn set_base(&mut self, path: &[u8]) {
        self.base = without_master(path).to_vec();
    }

    /// The absolute path of a file in the application's directory.
    pub(super) fn in_base(&self, identifier: [u8; 2]) -> Path {
        let file = [&MASTER_FILE, self.base.as_slice(), &identifier].concat();
        Path {
            file,
            ..Path::default()
        }
    }

    pub(super) fn select_application(&mut self, aid: &[u8]) -> Result<(), Failure> {
        self.selected = None;
        self.channel.request(&Command::select_application(aid))?;
        Ok(())
    }

    /// Selects a file, unless it is selected already, and tells its size if the card does.
    pub(super) fn select(&mut self, path: &Path) -> Result<Option<usize>, Failure> {
        let path = self.absolute(&path.file);
        if let Some((selected, size)) = &self.selected
            && *selected == path
        {
            return Ok(*size);
        }
        self.selected = None;
        let size = file_size(&self.select_by_path(&path)?);
        self.selected = Some((path, size));
        Ok(size)
    }

    /// Reads a directory file up to the end of its last record (a little more than that, never all its padding).
    pub(super) fn read_records(&mut self, path: &Path) -> Result<Vec<u8>, Failure> {
        let start = usize::from(path.offset);
        let end = self.end(path)?;
        let mut bytes = Vec::new();
        loop {
            let offset = start + bytes.len();
            if offset >= end {
                break;
            }
            let block = self.read_block(offset, end - offset)?;
            bytes.extend_from_slice(&block);
            match tail(&bytes) {
                Tail::Padding(length) if length >= END_PADDING => break,
                Tail::Broken => break,
                _ if block.is_empty() => break,
                _ => {}
            }
        }
        Ok(bytes)
    }

    /// Reads the one DER element that a file holds, as long as its own length says.
    pub(super) fn read_element(&mut self, path: &Path) -> Result<Vec<u8>, Failure> {
        let start = usize::from(path.offset);
        let end = self.end(&Path {
            length: None,
            ..path.clone()
        })?;
        let mut bytes = self.read_block(start, end.saturating_sub(start))?;
        match bytes.first() {
            Some(&SEQUENCE) => {}
            None | Some(0x00 | 0xFF) => return Err(Fault::Empty.into()),
            Some(_) => return Err(Fault::Malformed.into()),
        }
        let total = tlv::announced(&bytes)?;
        if start + total > MOST_OFFSET + BLOCK {
            return Err(Fault::TooLong.into());
        }
        while bytes.len() < total {
            let block = self.read_block(start + bytes.len(), total - bytes.len())?;
            if block.is_empty() {
                return Err(Fault::Truncated.into());
            }
            bytes.extend_from_slice(&block);
        }
        bytes.truncate(total);
        Ok(bytes)
    }

    /// Everything in a file, to its end.
    pub(super) fn read_whole(&mut self, path: &Path) -> Result<Vec<u8>, Failure> {
        let path = Path {
            length: None,
            ..path.clone()
        };
        let end = self.end(&path)?;
        let mut bytes = Vec::new();
        while bytes.len() < end {
            let block = self.read_block(bytes.len(), end - bytes.len())?;
            if block.is_empty() {
                break;
            }
            bytes.extend_from_slice(&block);
        }
        Ok(bytes)
    }

    /// Whether a file begins with these bytes. Stops at the first block that differs.
    pub(super) fn begins_with(&mut self, path: &Path, wanted: &[u8]) -> Result<bool, Failure> {
        if self.select(path)?.is_some_and(|size| size < wanted.len()) {
            return Ok(false);
        }
        for (index, block) in wanted.chunks(BLOCK).enumerate() {
            if self.read_block(index * BLOCK, block.len())? != block {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Selects a file and tells its access rules (tag 86), if the card does; else nothing.
    pub(super) fn access_rules(&mut self, path: &Path) -> Result<Vec<u8>, Failure> {
        self.forget_selected();
        let path = self.absolute(&path.file);
        let information = self.select_by_path(&path)?;
        Ok(access_rules(&information).unwrap_or_default())
    }

    /// Selects a directory, given without the master file.
    pub(super) fn select_directory(&mut self, path: &[u8]) -> Result<(), Failure> {
        self.forget_selected();
        self.select_by_path(path).map(|_| ())
    }

    /// Something else is selected now.
    pub(super) fn forget_selected(&mut self) {
        self.selected = None;
    }

    /// The conversation itself, for commands that are not for reading.
    pub(super) fn channel(&mut self) -> &mut Channel<'t> {
        self.channel
    }

    /// Selects the file and tells where its part ends at the latest.
    fn end(&mut self, path: &Path) -> Result<usize, Failure> {
        let size = self
            .select(path)?
            .unwrap_or(tlv::MOST_LENGTH)
            .min(MOST_OFFSET + BLOCK);
        let part = path
            .length
            .map(|length| usize::from(path.offset) + usize::from(length));
        Ok(part.map_or(size, |part| part.min(size)))
    }

    /// One READ BINARY; empty at the end of the file.
    fn read_block(&mut self, offset: usize, wanted: usize) -> Result<Vec<u8>, Failure> {
        let most = u32::try_from(wanted.min(BLOCK)).unwrap_or(0);
        let Ok(offset) = u16::try_from(offset) else {
            return Err(Fault::TooLong.into());
        };
        if most == 0 {
            return Ok(Vec::new());
        }
        if usize::from(offset) > MOST_OFFSET {
            return Err(Fault::TooLong.into());
        }
        self.reads_left = self.reads_left.checked_sub(1).ok_or(Fault::TooLong)?;
        let command = Command::read_binary(offset, most);
        let answer = self.channel.send(&command)?;
        match answer.status() {
            Status::EndOfFile => Ok(answer.data),
            Status::OffsetOutside => Ok(Vec::new()),
            _ => Ok(answer.ok(command.name())?),
        }
    }

    /// A path without the master file.
    pub(super) fn absolute(&self, path: &[u8]) -> Vec<u8> {
        if path.starts_with(&MASTER_FILE) {
            without_master(path).to_vec()
        } else {
            [self.base.as_slice(), path].concat()
        }
    }

    /// Selects in the way that is known to work on this card, or finds one out.
    fn select_by_path(&mut self, path: &[u8]) -> Result<Vec<u8>, Failure> {
        if let Some(style) = self.style {
            return Ok(self.select_in_style(style, path)?.ok("SELECT")?);
        }
        let first = self.select_in_style(Style::Path, path)?;
        if first.status() == Status::Ok {
            self.style = Some(Style::Path);
            return Ok(first.data);
        }
        for style in [Style::PathWithMaster, Style::Steps] {
            let answer = self.select_in_style(style, path)?;
            if answer.status() == Status::Ok {
                self.style = Some(style);
                return Ok(answer.data);
            }
        }
        Ok(first.ok("SELECT")?)
    }

    fn select_in_style(&mut self, style: Style, path: &[u8]) -> Result<Answer, Failure> {
        let with_master = [&MASTER_FILE, path].concat();
        match style {
            Style::Path => Ok(self.channel.send(&Command::select_path(path))?),
            Style::PathWithMaster => Ok(self.channel.send(&Command::select_path(&with_master))?),
            Style::Steps => self.select_step_by_step(&with_master),
        }
    }

    fn select_step_by_step(&mut self, path: &[u8]) -> Result<Answer, Failure> {
        let mut answer = Answer {
            data: Vec::new(),
            word: 0x6A82,
        };
        for identifier in path.chunks(2) {
            answer = self
                .channel
                .send(&Command::new(0xA4, 0x00, 0x00).data(identifier).answer(256))?;
            if answer.status() != Status::Ok {
                break;
            }
        }
        Ok(answer)
    }
}

fn without_master(path: &[u8]) -> &[u8] {
    path.strip_prefix(&MASTER_FILE).unwrap_or(path)
}

/// The access rules in a file's control information (tag 86, in the card's own form).
fn access_rules(control_information: &[u8]) -> Option<Vec<u8>> {
    const RULES: u8 = 0x86;
    let template = Elements::new(control_information).next().ok()??;
    let mut elements = template.inside().ok()?;
    while let Ok(Some(element)) = elements.next() {
        if element.tag == RULES {
            return Some(element.value.to_vec());
        }
    }
    None
}

/// The size of a file in bytes by its control information (ISO/IEC 7816-4, section 5.3.3), if it is in there.
pub fn file_size(control_information: &[u8]) -> Option<usize> {
    const TEMPLATES: [u8; 2] = [0x6F, 0x62];
    const WITHOUT_STRUCTURE: u8 = 0x80;
    const WITH_STRUCTURE: u8 = 0x81;
    let template = Elements::new(control_information).next().ok()??;
    if !TEMPLATES.contains(&template.tag) {
        return None;
    }
    let mut elements = template.inside().ok()?;
    let mut size = None;
    while let Ok(Some(element)) = elements.next() {
        let better = element.tag == WITHOUT_STRUCTURE || (element.tag == WITH_STRUCTURE && size.is_none());
        if better && let Ok(number) = element.unsigned() {
            size = usize::try_from(number).ok();
        }
    }
    // A size of 0 is what cards say that do not know.
    size.filter(|size| *size > 0)
}
