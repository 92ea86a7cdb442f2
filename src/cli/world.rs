//! What the program finds around it.

use std::io::{self, IsTerminal, Read};
use std::process::ExitCode;
use std::sync::Arc;

use card::{Hub, Pcsc};
use journeys::{journal::Journal, places::Places, profiles};
use service::Profile;
use time::OffsetDateTime;
use token::{Cache, Modules};

use crate::platform;

/// What the program finds around it.
pub struct World {
    /// Where the readers are.
    pub hub: Arc<dyn Hub>,
    /// The PKCS#11 modules.
    pub modules: Arc<Modules>,
    /// The cache of public certificates, if there is to be one.
    pub cache: Option<Cache>,
    /// The present time.
    pub now: OffsetDateTime,
    /// Whether the standard output shows colours.
    pub colour: bool,
    /// The standard input, for the file name `-` and for secrets; not buffered.
    pub input: Box<dyn Read>,
    /// The terminal behind the standard input, if it is one.
    pub terminal: Option<Box<dyn Terminal>>,
    /// Where it is written how far an unlock is, if there is a place for it.
    pub journal: Option<Journal>,
    /// The certificate services that the settings know.
    pub profiles: Vec<Profile>,
}

/// A terminal that a person types at.
pub trait Terminal {
    /// From now on nothing that is typed is shown, and each key comes at once, Ctrl+C included.
    fn silence(&mut self) -> io::Result<()>;

    /// The terminal is as it was.
    fn restore(&mut self);
}

impl World {
    /// The readers, modules, user and terminal of this machine.
    pub fn this_machine() -> Self {
        let places = Places::of_user();
        let files = || places.iter().flat_map(Places::settings_files).collect::<Vec<_>>();
        let tried = places.as_ref().map(|places| places.probed.clone());
        let cache = places
            .as_ref()
            .filter(|_| profiles::keeps_public_certificates(files()));
        let modules = Modules::new(Vec::new());
        let modules = match std::env::current_exe() {
            Ok(program) => modules.with_probe(program, tried),
            Err(_) => modules,
        };
        Self {
            hub: Arc::new(Pcsc::new()),
            modules: Arc::new(modules),
            cache: cache.map(|places| Cache::new(places.cache.clone())),
            now: OffsetDateTime::now_utc(),
            colour: io::stdout().is_terminal() && platform::colours_are_welcome(),
            input: platform::input(),
            terminal: platform::terminal(),
            journal: places.as_ref().map(|places| Journal::new(places.journal.clone())),
            profiles: profiles::read(files()),
        }
    }
}

/// What the program's exit code says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: everything was looked at, and there is nothing to do.
    Fine,
    /// 1: everything was looked at, and there is something to do.
    SomethingToDo,
    /// 2: something could not be looked at, or the command was not understood.
    CouldNotLook,
}

impl Exit {
    /// Its number.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::SomethingToDo => 1,
            Self::CouldNotLook => 2,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
