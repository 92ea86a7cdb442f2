//! A certificate service of one's own.

use stack::{Portal, Postgres};

/// Practice people, with their security words.
pub(crate) const AYSE: (&str, &str) = ("10000000146", "çınar ağacı");
pub(crate) const IBRAHIM: (&str, &str) = ("10000000214", "mavi ışık");

/// Hashing security words slowly is tested elsewhere.
const QUICK: &str = "[argon2]\nmemory = 64\npasses = 1\nat_once = 2\n";

/// A running service, in practice, with a store of its own; its bounds and delays are the real ones.
pub(crate) struct Site {
    portal: Portal,
    pub(crate) address: String,
    _database: Option<Postgres>,
}

impl Site {
    pub(crate) fn start() -> Self {
        Self::with("")
    }

    /// With these lines of configuration.
    pub(crate) fn with(configuration: &str) -> Self {
        let portal = Portal::with(&format!("{configuration}\n{QUICK}")).unwrap();
        Self {
            address: portal.address().to_owned(),
            portal,
            _database: None,
        }
    }

    /// With its store in a database of a server of its own.
    pub(crate) fn on_postgresql() -> Self {
        let server = Postgres::start().unwrap();
        let database = server.database("site").unwrap();
        Self {
            _database: Some(server),
            ..Self::with(&format!("database = \"{database}\"\n"))
        }
    }

    /// Fails if the service has complained.
    pub(crate) fn is_well(&self) {
        let log = self.portal.log();
        let complaints: Vec<&str> = log.lines().filter(|line| line.contains("\"ERROR\"")).collect();
        assert!(complaints.is_empty(), "{complaints:?}");
    }
}
