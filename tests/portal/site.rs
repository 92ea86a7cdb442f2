//! A certificate service of one's own.

use std::{path::Path, time::Duration};

use stack::{Program, Running, wait_until};
use tempfile::TempDir;

/// How long the service may take to come up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Practice people, with their security words.
pub(crate) const AYSE: (&str, &str) = ("10000000146", "çınar ağacı");
pub(crate) const IBRAHIM: (&str, &str) = ("10000000214", "mavi ışık");

/// A running service, in practice, with a store of its own.
pub(crate) struct Site {
    process: Running,
    pub(crate) address: String,
    folder: TempDir,
}

impl Site {
    pub(crate) fn start() -> Self {
        Self::with("")
    }

    /// With these lines of configuration.
    pub(crate) fn with(configuration: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("kartal-site-").tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        // Hashing security words slowly is tested elsewhere.
        let text = format!("{configuration}\n[argon2]\nmemory = 64\npasses = 1\nat_once = 2\n");
        std::fs::write(path("portal.toml"), text).unwrap();
        let log = std::fs::File::create(path("log")).unwrap();
        let mut command = Program::Portal.command().unwrap();
        command
            .args(["--practice", "--config"])
            .arg(path("portal.toml"))
            .arg("--spool")
            .arg(path("spool"))
            .args(["serve", "--listen", "127.0.0.1:0", "--address-file"])
            .arg(path("address"))
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(log);
        let mut process = Running::start(&mut command).unwrap();
        let up = wait_until("the service answers", PATIENCE, || {
            process.ensure_alive()?;
            Ok(told(&path("address")).is_some())
        });
        let log = std::fs::read_to_string(path("log")).unwrap_or_default();
        assert!(up.is_ok(), "{up:?}; the service said:\n{log}");
        Self {
            address: told(&path("address")).unwrap(),
            process,
            folder,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Fails if the service has ended, or has complained.
    pub(crate) fn is_well(&mut self) {
        self.process.ensure_alive().unwrap();
        let log = std::fs::read_to_string(self.folder.path().join("log")).unwrap();
        let complaints: Vec<&str> = log.lines().filter(|line| line.contains("\"ERROR\"")).collect();
        assert!(complaints.is_empty(), "{complaints:?}");
    }
}

fn told(file: &Path) -> Option<String> {
    let text = std::fs::read_to_string(file).ok()?;
    // With its line's end it is whole.
    text.strip_suffix('\n').map(str::to_owned)
}
