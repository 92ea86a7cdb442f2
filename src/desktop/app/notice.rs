//! What has to be said once and stays until it is read.

use std::path::{Path, PathBuf};

use i18n_embed_fl::fl;

use crate::{labels::Labels, settings::LoadProblem};

/// Something to be said once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// A settings file was not as it should be.
    Settings(LoadProblem),
    /// There is no place to keep settings in.
    NoHome,
    /// An authority's file that the administrator named could not be read.
    Authority(PathBuf),
}

impl Notice {
    /// What happened.
    pub(crate) fn headline(&self, labels: &Labels) -> String {
        match self {
            Self::Settings(LoadProblem::Broken { .. }) => fl!(labels, "settings-broken"),
            Self::Settings(LoadProblem::Unreadable { .. }) => fl!(labels, "settings-unreadable"),
            Self::Settings(LoadProblem::Machine { .. }) => fl!(labels, "settings-machine"),
            Self::NoHome => fl!(labels, "settings-no-home"),
            Self::Authority(path) => fl!(labels, "authority-unreadable", path = shown(path)),
        }
    }

    /// What it means.
    pub(crate) fn explanation(&self, labels: &Labels) -> String {
        match self {
            Self::Settings(LoadProblem::Broken { kept: Some(kept) }) => {
                fl!(labels, "settings-broken", "kept", path = shown(kept))
            }
            Self::Settings(LoadProblem::Broken { kept: None }) => fl!(labels, "settings-broken", "not-kept"),
            Self::Settings(LoadProblem::Unreadable { path }) => {
                fl!(labels, "settings-unreadable", "remedy", path = shown(path))
            }
            Self::Settings(LoadProblem::Machine { path }) => {
                fl!(labels, "settings-machine", "remedy", path = shown(path))
            }
            Self::NoHome => fl!(labels, "settings-no-home", "remedy"),
            Self::Authority(_) => fl!(labels, "settings-machine", "authority"),
        }
    }
}

fn shown(path: &Path) -> String {
    certificate::text::clean(&path.to_string_lossy())
}
