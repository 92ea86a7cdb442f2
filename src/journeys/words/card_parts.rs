//! Back ends, PINs, progress and what could not be read.

use std::path::Path;

use i18n_embed_fl::fl;
use token::{Backend, PinRole, Problem, Progress, TriesLeft};

use super::{Sentence, Words};

impl Words {
    /// What speaks to the card: `akisp11 sürücüsü`, `sürücüsüz`.
    pub fn backend(&self, backend: &Backend) -> String {
        match backend {
            Backend::Pkcs11 { module } => fl!(self.texts, "backend-module", name = module_name(module)),
            Backend::Pkcs15 => fl!(self.texts, "backend-driverless"),
        }
    }

    /// How far a reading is.
    pub fn progress(&self, progress: Progress) -> String {
        match progress {
            Progress::Opening => fl!(self.texts, "progress-opening"),
            Progress::Directory => fl!(self.texts, "progress-directory"),
            Progress::Certificate { index, count } => {
                fl!(
                    self.texts,
                    "progress-certificate",
                    number = index.saturating_add(1),
                    count = count
                )
            }
        }
    }

    /// How many wrong entries are still allowed: `3 deneme hakkı var`.
    pub fn tries_left(&self, tries: TriesLeft) -> String {
        match tries {
            TriesLeft::Exact(left) => fl!(self.texts, "tries-left", left = left),
            TriesLeft::Few => fl!(self.texts, "tries-few"),
            TriesLeft::Unknown => fl!(self.texts, "tries-unknown"),
        }
    }

    /// Whose PIN it is.
    pub fn pin_role(&self, role: PinRole) -> String {
        match role {
            PinRole::User => fl!(self.texts, "pin-user"),
            PinRole::Admin => fl!(self.texts, "pin-admin"),
            PinRole::Unblock => fl!(self.texts, "pin-unblock"),
        }
    }

    /// Something on a card that could not be read.
    pub fn problem(&self, problem: &Problem) -> String {
        match problem {
            Problem::Directory { file } => fl!(self.texts, "problem-directory", file = clean(file)),
            Problem::Certificate { label } if label.trim().is_empty() => {
                fl!(self.texts, "problem-certificate-unnamed")
            }
            Problem::Certificate { label } => fl!(self.texts, "problem-certificate", label = clean(label)),
            Problem::Field { name } => fl!(self.texts, "problem-field", name = clean(name)),
            Problem::Module { error } => {
                let Sentence { what, remedy, .. } = self.token_error(error);
                format!("{what} {remedy}")
            }
            _ => fl!(self.texts, "problem-other"),
        }
    }
}

/// A module's file name without ending, as people know it.
pub(super) fn module_name(path: &Path) -> String {
    clean(
        &path
            .file_stem()
            .map_or_else(|| path.to_string_lossy(), |stem| stem.to_string_lossy()),
    )
}

/// Text from a card or a file system, safe to put into a sentence.
pub(super) fn clean(text: &str) -> String {
    certificate::text::clean(text)
}
