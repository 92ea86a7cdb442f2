//! The card's file tree.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{keys::KeyFile, memory::Bytes};

/// A file's two-byte identifier.
pub(crate) type FileId = u16;

/// The master file's identifier.
pub(crate) const MASTER_FILE: FileId = 0x3F00;

/// How deep directories may lie in one another.
pub(crate) const MAX_DEPTH: usize = 8;

/// What each file costs in memory beside its contents, in bytes.
const OVERHEAD: usize = 32;

/// A file of any kind.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct File {
    /// Access rules (tag 86), two nibbles a byte.
    pub(crate) rules: Bytes,
    /// Proprietary attributes (tag 85), kept as they came.
    pub(crate) properties: Bytes,
    /// The application identifier of a directory (tag 84).
    pub(crate) name: Bytes,
    pub(crate) body: Body,
}

/// What a file holds.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Body {
    Directory(BTreeMap<FileId, File>),
    Data(Bytes),
    Key(KeyFile),
}

impl File {
    pub(crate) fn directory(rules: &[u8], name: &[u8]) -> Self {
        Self {
            rules: rules.into(),
            properties: Bytes::from(&[0, 0][..]),
            name: name.into(),
            body: Body::Directory(BTreeMap::new()),
        }
    }

    pub(crate) fn data(rules: &[u8], contents: &[u8]) -> Self {
        Self {
            rules: rules.into(),
            properties: Bytes::from(&[0, 0][..]),
            name: Bytes::default(),
            body: Body::Data(contents.into()),
        }
    }

    pub(crate) fn children(&self) -> Option<&BTreeMap<FileId, File>> {
        match &self.body {
            Body::Directory(children) => Some(children),
            _ => None,
        }
    }

    pub(crate) fn children_mut(&mut self) -> Option<&mut BTreeMap<FileId, File>> {
        match &mut self.body {
            Body::Directory(children) => Some(children),
            _ => None,
        }
    }

    pub(crate) fn is_directory(&self) -> bool {
        matches!(self.body, Body::Directory(_))
    }

    /// The file at a path of identifiers below this one.
    pub(crate) fn at(&self, path: &[FileId]) -> Option<&File> {
        path.iter().try_fold(self, |file, id| file.children()?.get(id))
    }

    /// The same, to change it.
    pub(crate) fn at_mut(&mut self, path: &[FileId]) -> Option<&mut File> {
        path.iter()
            .try_fold(self, |file, id| file.children_mut()?.get_mut(id))
    }

    /// The path to the first directory whose name begins with `name`.
    pub(crate) fn named(&self, name: &[u8]) -> Option<Vec<FileId>> {
        if !self.name.is_empty() && self.name.starts_with(name) {
            return Some(Vec::new());
        }
        self.children()?.iter().find_map(|(id, child)| {
            let mut path = child.named(name)?;
            path.insert(0, *id);
            Some(path)
        })
    }

    /// What this file and those below take of the card's memory, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        let contents = match &self.body {
            Body::Directory(children) => children.values().map(File::footprint).sum(),
            Body::Data(contents) => contents.len(),
            Body::Key(key) => key.footprint(),
        };
        contents + OVERHEAD + self.rules.len() + self.properties.len() + self.name.len()
    }
}
