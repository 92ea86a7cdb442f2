//! The PKCS#11 modules of this machine.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde::{Deserialize, Serialize};

use crate::{
    Error, architecture,
    pkcs11::{Raw, SlotToken, host::Host, host::Pulse, tokens},
};

mod p11_kit;
pub(crate) mod probe;
mod table;

use probe::Probe;
pub(crate) use table::UnblockVariant;
use table::{Kind, Table};

/// How long a module may give no sign of life before it counts as hanging. A sign is each object read; a slow
/// card takes about two seconds to be listed.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a reader with a PIN pad waits for a person to type one secret.
const PAD_PATIENCE: Duration = Duration::from_secs(30);

/// Finds and loads modules; every loaded module has one thread that alone ever calls it.
///
/// Make one for the program and share it. The default knows no modules at all: what practice cards want.
#[derive(Default)]
pub struct Modules {
    own: Vec<PathBuf>,
    table: Table,
    p11_kit: bool,
    shared: Arc<Shared>,
}

/// What survives a change of the user's choices: a module must not get a second thread.
#[derive(Default)]
struct Shared {
    hosts: Mutex<HashMap<PathBuf, Arc<Host>>>,
    probe: Option<Arc<Probe>>,
    patience: Option<Duration>,
    pad_patience: Option<Duration>,
}

impl Modules {
    /// The modules in the bundled table, with the user's own choices before them.
    pub fn new(own: Vec<PathBuf>) -> Self {
        Self {
            own,
            table: Table::bundled(),
            p11_kit: true,
            shared: Arc::default(),
        }
    }

    /// Lets each module be tried in a process of its own before it is loaded: `program` is started for it, and
    /// its `main` has to begin with [`crate::probe_main`]. Modules that passed are remembered in the file
    /// `memory` from one start to the next, until their file changes.
    ///
    /// Call it before the first module is loaded.
    #[must_use]
    pub fn with_probe(self, program: PathBuf, memory: Option<PathBuf>) -> Self {
        let probe = Some(Arc::new(Probe::new(program, memory)));
        self.sharing(|shared| Shared { probe, ..shared })
    }

    /// Sets how long a module may give no sign of life before it counts as hanging.
    ///
    /// Call it before the first module is loaded.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        let patience = Some(patience);
        self.sharing(|shared| Shared { patience, ..shared })
    }

    /// Sets how long a reader with a PIN pad waits for a person to type one secret; 30 seconds unless set.
    ///
    /// Call it before the first module is loaded.
    #[must_use]
    pub fn with_pad_patience(self, patience: Duration) -> Self {
        let pad_patience = Some(patience);
        self.sharing(|shared| Shared {
            pad_patience,
            ..shared
        })
    }

    /// The same modules, none of which is loaded, with something else in common.
    fn sharing(self, change: impl FnOnce(Shared) -> Shared) -> Self {
        let shared = Shared {
            hosts: Mutex::default(),
            probe: self.shared.probe.clone(),
            patience: self.shared.patience,
            pad_patience: self.shared.pad_patience,
        };
        Self {
            shared: Arc::new(change(shared)),
            ..self
        }
    }

    /// How long a reader with a PIN pad waits for a person to type one secret.
    pub(crate) fn pad_patience(&self) -> Duration {
        self.shared.pad_patience.unwrap_or(PAD_PATIENCE)
    }

    /// The same modules with other choices of the user before them; what is loaded stays loaded, and is shared.
    #[must_use]
    pub fn with_own(&self, own: Vec<PathBuf>) -> Self {
        Self {
            own,
            table: self.table.clone(),
            p11_kit: self.p11_kit,
            shared: Arc::clone(&self.shared),
        }
    }

    /// Whether the user chose modules of their own.
    pub(crate) fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// Every module file found on this machine, in the order of the search: the user's own, the known
    /// places of the platform, p11-kit's. A file of the wrong architecture is in the list, and says so.
    pub fn found(&self) -> Vec<FoundModule> {
        let configured = if self.p11_kit {
            p11_kit::configured()
        } else {
            Vec::new()
        };
        let mut seen = Vec::new();
        let paths = self
            .own
            .iter()
            .cloned()
            .chain(self.table.existing())
            .chain(configured);
        paths
            .filter(|path| {
                let file = canonical(path);
                let new = !seen.contains(&file);
                seen.push(file);
                new
            })
            .map(|path| self.look_at(path))
            .collect()
    }

    /// The tokens behind a module, with or without a reader: for modules that know tokens in software.
    /// Blocks until the module has answered.
    pub fn tokens(&self, path: &Path) -> Result<Vec<SlotToken>, Error> {
        self.run(path, &mut |_| Ok(()), |raw, _| tokens(raw))
    }

    /// Runs `work` on the thread of the module at `path`, which is loaded if it has not been.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        path: &Path,
        pulse: Pulse<'_>,
        work: impl FnOnce(&Raw, Pulse<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let file = canonical(path);
        let host = self.host(&file);
        let probe = self.shared.probe.clone();
        host.run(pulse, move || load(&file, probe.as_deref()), work)
    }

    /// The modules that a family's row names, best first, then the user's own. Only cards have families:
    /// modules for tokens in software are not among them unless the user chose them.
    pub(crate) fn candidates(&self, names: &[String]) -> Vec<FoundModule> {
        let software = |name: &str| {
            self.table
                .rows
                .iter()
                .any(|row| row.base == name && row.token == Kind::Software)
        };
        let found = self.found();
        let own = found
            .iter()
            .filter(|module| self.own.contains(&module.path))
            .cloned();
        let of_family = names.iter().filter(|name| !software(name)).flat_map(|name| {
            found
                .iter()
                .filter(move |module| module.name == **name && !self.own.contains(&module.path))
                .cloned()
        });
        own.chain(of_family).collect()
    }

    /// How the module at this path unblocks a PIN by its PUK, in the order in which to try.
    pub(crate) fn unblock_variants(&self, path: &Path) -> Vec<UnblockVariant> {
        let base = self.table.base_of(path);
        let row = self.table.rows.iter().find(|row| row.base == base);
        row.map(|row| row.unblock.clone()).unwrap_or_default()
    }

    /// The same as [`Self::run`] for work that waits for a person for as long as `waiting`.
    pub(crate) fn run_waiting<T: Send + 'static>(
        &self,
        path: &Path,
        waiting: Duration,
        work: impl FnOnce(&Raw) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let file = canonical(path);
        let host = self.host(&file);
        let probe = self.shared.probe.clone();
        let load = move || load(&file, probe.as_deref());
        host.run_waiting(waiting, &mut |_| Ok(()), load, |raw, _| work(raw))
    }

    /// Runs `work` on the module's thread some time later; see [`Host::run_later`].
    pub(crate) fn run_later(&self, path: &Path, work: impl FnOnce(&Raw) + Send + 'static) {
        self.host(&canonical(path)).run_later(work);
    }

    /// Whether the file can be used, as far as that is known without running its code.
    pub(crate) fn usable(&self, path: &Path) -> Result<(), Error> {
        architecture::check(path)?;
        let known = self
            .shared
            .probe
            .as_ref()
            .and_then(|probe| probe.known(&canonical(path)));
        known.unwrap_or(Ok(()))
    }

    fn look_at(&self, path: PathBuf) -> FoundModule {
        let state = self
            .usable(&path)
            .map_or_else(ModuleState::Unusable, |()| ModuleState::Usable);
        let name = self.table.base_of(&path);
        let title = self
            .table
            .rows
            .iter()
            .find(|row| row.base == name)
            .map(|row| row.name.clone());
        FoundModule {
            path,
            name,
            title: title.unwrap_or_default(),
            state,
        }
    }

    fn host(&self, file: &Path) -> Arc<Host> {
        let patience = self.shared.patience.unwrap_or(PATIENCE);
        let mut hosts = self.shared.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let host = hosts
            .entry(file.to_path_buf())
            .or_insert_with(|| Arc::new(Host::start(file, patience)));
        Arc::clone(host)
    }
}

/// One library under two names is one library. A missing one keeps its name.
fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// Each step may end the attempt: what can be known without running the module's code comes first.
fn load(path: &Path, probe: Option<&Probe>) -> Result<Raw, Error> {
    architecture::check(path)?;
    if let Some(probe) = probe {
        probe.check(path)?;
    }
    let raw = Raw::load(path)?;
    raw.initialize()?;
    Ok(raw)
}

/// A module file that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundModule {
    /// The file.
    pub path: PathBuf,
    /// Its base name in the table, for instance `akisp11`.
    pub name: String,
    /// Its name for people, for instance `AKİS`; empty if the table does not have it.
    pub title: String,
    /// Whether it can be used.
    pub state: ModuleState,
}

/// Whether a module file can be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModuleState {
    /// Of this program's architecture, and did not fail so far.
    Usable,
    /// It cannot be used, and why.
    Unusable(Error),
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
