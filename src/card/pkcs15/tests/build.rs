//! A small card of files, and the bytes of its directory.

use std::collections::BTreeMap;

use crate::apdu::Channel;
use crate::pkcs15::{Contents, read};
use crate::{Atr, Error, Exchange, Hub, Shelf};

/// An element: tag, length, contents.
pub(super) fn tlv(tag: u8, contents: &[&[u8]]) -> Vec<u8> {
    let contents = contents.concat();
    let length = u16::try_from(contents.len()).unwrap();
    let [high, low] = length.to_be_bytes();
    let header = match length {
        0..0x80 => vec![tag, low],
        0x80..0x100 => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [header, contents].concat()
}

pub(super) fn path(identifiers: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&tlv(0x04, &[identifiers])])
}

pub(super) fn label(text: &str) -> Vec<u8> {
    tlv(0x30, &[&tlv(0x0C, &[text.as_bytes()])])
}

/// A directory entry of a certificate in a file.
pub(super) fn certificate_entry(name: &str, id: u8, file: &[u8]) -> Vec<u8> {
    let class = tlv(0x30, &[&tlv(0x04, &[&[id]])]);
    tlv(
        0x30,
        &[&label(name), &class, &tlv(0xA1, &[&tlv(0x30, &[&path(file)])])],
    )
}

/// An ODF entry.
pub(super) fn directory_entry(number: u8, file: &[u8]) -> Vec<u8> {
    tlv(0xA0 | number, &[&path(file)])
}

/// A DER element that is as long as a certificate.
pub(super) fn der(length: usize) -> Vec<u8> {
    tlv(0x30, &[&vec![0xC5; length - 4]])
}

/// A card that holds files by their path from the master file, as cards do.
#[derive(Clone, Default)]
pub(super) struct FileCard {
    files: BTreeMap<Vec<u8>, Vec<u8>>,
    pub(super) knows_application: bool,
    pub(super) wants_master: bool,
    pub(super) tells_size: bool,
    selected: Option<Vec<u8>>,
}

impl FileCard {
    pub(super) fn new() -> Self {
        Self {
            knows_application: true,
            tells_size: true,
            ..Self::default()
        }
    }

    /// A card with one certificate of this many bytes, and padded files as tools make them.
    pub(super) fn with_certificate(length: usize) -> Self {
        let app = |file: &[u8]| [&[0x50, 0x15], file].concat();
        let odf = [
            directory_entry(0, &[0x3F, 0x00, 0x50, 0x15, 0x44, 0x02]),
            directory_entry(4, &[0x3F, 0x00, 0x50, 0x15, 0x44, 0x03]),
            directory_entry(5, &[0x44, 0x05]),
        ]
        .concat();
        let info = tlv(
            0x30,
            &[
                &tlv(0x02, &[&[0]]),
                &tlv(0x04, &[b"\x01\x02"]),
                &tlv(0x80, &[b"CARD  "]),
            ],
        );
        Self::new()
            .file(&app(&[0x50, 0x31]), &odf, 256)
            .file(&app(&[0x50, 0x32]), &info, 0)
            .file(&app(&[0x44, 0x02]), &[], 512)
            .file(
                &app(&[0x44, 0x03]),
                &certificate_entry("imza", 0x45, &[0x3F, 0x00, 0x50, 0x15, 0x43, 0x01]),
                2048,
            )
            .file(&app(&[0x44, 0x05]), &[], 512)
            .file(&app(&[0x43, 0x01]), &der(length), 0)
    }

    /// Puts a file there, padded with zeros to `size`.
    pub(super) fn file(mut self, path: &[u8], contents: &[u8], size: usize) -> Self {
        let mut bytes = contents.to_vec();
        bytes.resize(size.max(contents.len()), 0);
        self.files.insert(path.to_vec(), bytes);
        self
    }

    pub(super) fn without(mut self, path: &[u8]) -> Self {
        self.files.remove(path);
        self
    }

    /// Answers one command.
    pub(super) fn respond(&mut self, command: &[u8]) -> Vec<u8> {
        match command {
            [0, 0xA4, 4, 0, ..] if self.knows_application => vec![0x90, 0x00],
            [0, 0xA4, 8, 0, length, rest @ ..] => self.select(&rest[..usize::from(*length)]),
            [0, 0xB0, high, low, most] => self.read(u16::from_be_bytes([*high, *low]).into(), *most),
            _ => vec![0x6A, 0x82],
        }
    }

    fn select(&mut self, path: &[u8]) -> Vec<u8> {
        let path = match path.strip_prefix(&[0x3F, 0x00]) {
            Some(path) if self.wants_master => path,
            None if !self.wants_master => path,
            _ => return vec![0x6A, 0x82],
        };
        let Some(file) = self.files.get(path) else {
            return vec![0x6A, 0x82];
        };
        self.selected = Some(path.to_vec());
        let size = u16::try_from(file.len()).unwrap().to_be_bytes();
        let information = if self.tells_size {
            tlv(0x6F, &[&tlv(0x80, &[&size])])
        } else {
            vec![]
        };
        [information, vec![0x90, 0x00]].concat()
    }

    fn read(&self, offset: usize, most: u8) -> Vec<u8> {
        let Some(file) = self.selected.as_ref().and_then(|path| self.files.get(path)) else {
            return vec![0x69, 0x86];
        };
        let most = if most == 0 { 256 } else { usize::from(most) };
        let Some(rest) = file.get(offset..) else {
            return vec![0x6B, 0x00];
        };
        let status = if rest.len() < most {
            [0x62, 0x82]
        } else {
            [0x90, 0x00]
        };
        [&rest[..rest.len().min(most)], &status].concat()
    }

    /// Reads the card; also says how many commands that took.
    pub(super) fn look(mut self) -> (Result<Contents, Error>, u32) {
        look_at(move |command| Some(self.respond(command)))
    }
}

pub(super) fn look_at(
    mut card: impl FnMut(&[u8]) -> Option<Vec<u8>> + Send + 'static,
) -> (Result<Contents, Error>, u32) {
    let shelf = Shelf::new();
    shelf.insert(
        "r",
        Atr::new(&[0x3B, 0x00]).unwrap(),
        move |exchange| match exchange {
            Exchange::Reset => Some(vec![]),
            Exchange::Command(command) => card(command),
        },
    );
    let mut transport = shelf.connect("r").unwrap();
    let mut channel = Channel::new(transport.as_mut());
    let contents = read(&mut channel, &mut |_| ());
    (contents, channel.apdu_count())
}
