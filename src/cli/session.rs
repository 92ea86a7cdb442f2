//! Everything that a command works with.

use std::io::Read;
use std::path::{Path, PathBuf};

use certificate::chain::TrustAnchors;
use certificate::{IdentityNumber, Name};
use journeys::words::{Sentence, Words};
use token::Choice;

use crate::arguments::Options;
use crate::texts::{Texts, say};
use crate::world::World;

/// The most bytes of a file that are read.
pub(crate) const MAX_FILE: usize = 4 * 1024 * 1024;

/// Everything that a command works with.
pub(crate) struct Session {
    pub(crate) options: Options,
    pub(crate) texts: Texts,
    pub(crate) words: Words,
    pub(crate) world: World,
}

impl Session {
    /// Which way to a card the options ask for.
    pub(crate) fn choice(&self) -> Choice {
        match (&self.options.module, self.options.driverless) {
            (Some(module), _) => Choice::Module(module.clone()),
            (None, true) => Choice::Driverless,
            (None, false) => Choice::Automatic,
        }
    }

    /// The anchors that come with the program, and those in the files of `--trust`.
    pub(crate) fn anchors(&self) -> Result<TrustAnchors, (PathBuf, Sentence)> {
        let mut anchors = TrustAnchors::bundled();
        for path in &self.options.trust {
            let bytes = self
                .read_file(path)
                .map_err(|sentence| (path.clone(), sentence))?;
            anchors
                .import(&bytes)
                .map_err(|error| (path.clone(), self.words.read_error(&error)))?;
        }
        Ok(anchors)
    }

    /// A name in full or with a person's number masked, as the options ask for; empty if there is none.
    pub(crate) fn name(&self, name: Option<&Name>) -> String {
        match name {
            Some(name) if self.options.show_identity => name.reveal(),
            Some(name) => name.to_string(),
            None => String::new(),
        }
    }

    /// An identity number in full or masked, as the options ask for.
    pub(crate) fn identity(&self, number: &IdentityNumber) -> String {
        if self.options.show_identity {
            number.reveal()
        } else {
            number.to_string()
        }
    }

    /// A file, as far as it is not too large.
    pub(crate) fn read_file(&self, path: &Path) -> Result<Vec<u8>, Sentence> {
        let file = std::fs::File::open(path).map_err(|error| self.unreadable(&error))?;
        self.read(file)
    }

    /// Everything that comes from `source`, as far as it is not too much.
    pub(crate) fn read(&self, source: impl Read) -> Result<Vec<u8>, Sentence> {
        let mut bytes = Vec::new();
        // One byte more than is taken tells "too large" from "just fits".
        let limit = MAX_FILE as u64 + 1;
        source
            .take(limit)
            .read_to_end(&mut bytes)
            .map_err(|error| self.unreadable(&error))?;
        if bytes.len() > MAX_FILE {
            let error = certificate::ReadError::TooLarge {
                bytes: bytes.len(),
                limit: MAX_FILE,
            };
            return Err(self.words.read_error(&error));
        }
        Ok(bytes)
    }

    fn unreadable(&self, error: &std::io::Error) -> Sentence {
        Sentence {
            code: "file-unreadable",
            what: say!(self.texts, "file-unreadable"),
            remedy: say!(self.texts, "file-unreadable", "remedy"),
            technical: error.to_string(),
        }
    }
}
