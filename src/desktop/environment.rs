//! What the window stands on: readers, modules, trusted authorities. Everything slow is made after the first frame.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use card::{Families, Hub};
use certificate::chain::TrustAnchors;
use journeys::places::Places;
use token::{Cache, Modules, Opener};

use crate::{
    practice::{self, Holder},
    settings::Settings,
    trust,
};

/// Where readers are and where files go; cheap, made before the first frame.
#[derive(Clone)]
pub(crate) struct Environment {
    /// Where the readers are.
    pub(crate) hub: Arc<dyn Hub>,
    /// Where files go; `None` keeps nothing.
    pub(crate) places: Option<Places>,
    /// The readers and cards are for practice: their authority is trusted, and nothing of them is kept.
    pub(crate) is_practice: bool,
}

/// What looking at a card needs.
#[derive(Clone)]
pub(crate) struct Prepared {
    /// Opens cards.
    pub(crate) opener: Opener,
    /// Whom to trust.
    pub(crate) anchors: Arc<TrustAnchors>,
    /// Authorities that the user imported.
    pub(crate) imported: Vec<trust::Imported>,
    /// Files of authorities that could not be read.
    pub(crate) unreadable: Vec<PathBuf>,
}

impl Environment {
    /// The same, with the readers of a holder of practice cards.
    pub(crate) fn for_practice(&self, holder: &Holder) -> Self {
        Self {
            hub: Arc::new(holder.shelf()),
            places: self.places.clone(),
            is_practice: true,
        }
    }

    /// Prepares looking at cards, after what was prepared `before` other settings. Slow: reads files and tables.
    pub(crate) fn prepare(&self, settings: &Settings, before: Option<&Modules>) -> Prepared {
        let authorities = self.places.as_ref().map(|places| places.authorities.as_path());
        let extra = if self.is_practice {
            practice::AUTHORITIES.map(|der| der()).to_vec()
        } else {
            vec![]
        };
        let trusted = trust::load(authorities, settings.trust_files().map(PathBuf::as_path), &extra);
        Prepared {
            opener: Opener {
                hub: Arc::clone(&self.hub),
                modules: Arc::new(self.modules(settings, before)),
                families: Arc::new(Families::bundled()),
                cache: self.cache(settings),
            },
            anchors: Arc::new(trusted.anchors),
            imported: trusted.imported,
            unreadable: trusted.unreadable,
        }
    }

    /// Practice cards need no modules. Others are tried in a process of their own, which is this program again.
    fn modules(&self, settings: &Settings, before: Option<&Modules>) -> Modules {
        match before {
            _ if self.is_practice => Modules::default(),
            Some(before) => before.with_own(settings.modules()),
            None => {
                let modules = Modules::new(settings.modules());
                let memory = self.places.as_ref().map(|places| places.probed.clone());
                match std::env::current_exe() {
                    Ok(program) => modules.with_probe(program, memory),
                    Err(_) => modules,
                }
            }
        }
    }

    fn cache(&self, settings: &Settings) -> Option<Cache> {
        let keeps = settings.keeps_public_certificates() && !self.is_practice;
        keeps.then(|| self.cache_folder().map(Cache::new)).flatten()
    }

    /// Where public certificates of cards seen before are kept.
    pub(crate) fn cache_folder(&self) -> Option<PathBuf> {
        self.places.as_ref().map(|places| places.cache.clone())
    }

    /// Where imported authorities are kept.
    pub(crate) fn authorities_folder(&self) -> Option<&Path> {
        self.places.as_ref().map(|places| places.authorities.as_path())
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("places", &self.places)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("anchors", &self.anchors.len())
            .finish_non_exhaustive()
    }
}
