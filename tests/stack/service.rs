//! A smart card service of one's own.
//!
//! `pcscd` knows one socket, the system's. But it takes over a socket that is handed to it the way a service
//! manager does (`sd_listen_fds(3)`: file descriptor 3, `LISTEN_FDS`, `LISTEN_PID`), and its clients go where
//! `PCSCLITE_CSOCK_NAME` points. So any number of services run side by side, each with readers of its own.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::{self, Command};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::display::wait_until;
use crate::process::Running;
use crate::programs::library;

/// The name of the readers; the service appends ` 00 00` and ` 00 01`.
const FRIENDLY_NAME: &str = "Kartal Test Reader";

/// Below the range from which the system takes ports for outgoing connections.
const FIRST_PORT: u16 = 20_000;
const LAST_PORT: u16 = 32_000;

/// How long the service may take to come up, and to notice a card.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often other ports are tried when somebody was faster.
const ATTEMPTS: usize = 5;

/// Hands the listening socket over as file descriptor 3 and becomes the daemon, so that the process id that
/// `LISTEN_PID` has to name is the shell's own.
const HAND_OVER: &str = "exec 3<&0 </dev/null; export LISTEN_PID=$$ LISTEN_FDS=1; \
     exec pcscd --foreground --info --config \"$1\"";

/// A running smart card service with its readers.
#[derive(Debug)]
pub struct Service {
    socket: PathBuf,
    log: PathBuf,
    readers: Vec<Reader>,
    daemon: Running,
    _folder: TempDir,
}

/// A reader whose cards connect over TCP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The reader's name as PC/SC tells it.
    pub name: String,
    /// The port on the loopback interface where a card connects.
    pub port: u16,
}

impl Service {
    /// A service with two readers, both empty.
    pub fn start() -> Result<Self> {
        let driver = library("libifdvpcd.so", "vsmartcard-vpcd")?;
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let port = free_ports()?;
            let configuration = format!(
                "FRIENDLYNAME \"{FRIENDLY_NAME}\"\nDEVICENAME /dev/null:0x{port:04X}\nLIBPATH {}\nCHANNELID 0x{port:04X}\n",
                driver.display()
            );
            let reader = |index: u16| Reader {
                name: format!("{FRIENDLY_NAME} 00 0{index}"),
                port: port + index,
            };
            match Self::with(&configuration, vec![reader(0), reader(1)]) {
                Ok(service) => return Ok(service),
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("no attempt was made")?)
    }

    /// A service without any reader.
    pub fn without_readers() -> Result<Self> {
        Self::with("", Vec::new())
    }

    fn with(configuration: &str, readers: Vec<Reader>) -> Result<Self> {
        let folder = tempfile::Builder::new().prefix("kartal-service-").tempdir()?;
        let path = |name: &str| folder.path().join(name);
        let (socket, log) = (path("socket"), path("log"));
        fs::write(path("readers"), configuration)?;
        let listener = UnixListener::bind(&socket)?;
        let output = fs::File::create(&log)?;
        let mut command = Command::new("sh");
        command.args(["-c", HAND_OVER, "sh"]).arg(path("readers"));
        command
            .stdin(OwnedFd::from(listener))
            .stdout(output.try_clone()?)
            .stderr(output);
        let daemon = Running::start(&mut command)?;
        let mut service = Self {
            socket,
            log,
            readers,
            daemon,
            _folder: folder,
        };
        service.wait_until_ready()?;
        Ok(service)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let expected = self.readers.len();
        let log = self.log.clone();
        let ready = wait_until("the smart card service is ready", PATIENCE, || {
            self.daemon.ensure_alive()?;
            Ok(fs::read_to_string(&log)?.contains("daemon ready"))
        });
        let said = fs::read_to_string(&self.log).unwrap_or_default();
        ready.with_context(|| format!("pcscd said:\n{said}"))?;
        let started = said.matches("Waiting for virtual ICC on port").count();
        let refused = said
            .matches("Could not initialize connection to virtual ICC")
            .count();
        if started < expected || refused > 0 {
            bail!("the readers did not come up; pcscd said:\n{said}");
        }
        Ok(())
    }

    /// The readers, in the service's order.
    pub fn readers(&self) -> &[Reader] {
        &self.readers
    }

    /// The first or second reader.
    pub fn reader(&self, index: usize) -> Result<&Reader> {
        self.readers
            .get(index)
            .with_context(|| format!("there is no reader {index}"))
    }

    /// Lets `command` talk to this service, and to no other.
    pub fn hand_to<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env("PCSCLITE_CSOCK_NAME", &self.socket)
    }

    /// How often the service has seen a card come in this reader so far.
    pub fn insertions(&self, reader: &Reader) -> Result<usize> {
        Ok(fs::read_to_string(&self.log)?
            .matches(&format!("Card inserted into {}", reader.name))
            .count())
    }

    /// How often the service has seen a card leave this reader so far.
    pub fn removals(&self, reader: &Reader) -> Result<usize> {
        Ok(fs::read_to_string(&self.log)?
            .matches(&format!("Card Removed From {}", reader.name))
            .count())
    }

    /// Waits until the service has seen every card leave that ever came into this reader.
    pub fn wait_until_empty(&self, reader: &Reader) -> Result<()> {
        wait_until("the reader is empty", PATIENCE, || {
            Ok(self.removals(reader)? >= self.insertions(reader)?)
        })
    }

    /// Waits until the service has seen more than `before` cards come into this reader.
    pub fn wait_for_card(&self, reader: &Reader, before: usize) -> Result<()> {
        wait_until("the service sees the card", PATIENCE, || {
            Ok(self.insertions(reader)? > before)
        })
    }

    /// What the service wrote, for a failure's message.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_else(|error| format!("(no log: {error})"))
    }
}

/// The first of two neighbouring ports that nobody uses. Processes start at different places, and each goes on
/// from its last choice, so that two of them seldom meet.
fn free_ports() -> Result<u16> {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let span = (LAST_PORT - FIRST_PORT) / 2;
    let start = u16::try_from(process::id().wrapping_mul(97) % u32::from(span))?;
    for _ in 0..span {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        let port = FIRST_PORT + 2 * (start.wrapping_add(step) % span);
        if is_free(port).is_ok() && is_free(port + 1).is_ok() {
            return Ok(port);
        }
    }
    bail!("no two neighbouring ports are free between {FIRST_PORT} and {LAST_PORT}")
}

fn is_free(port: u16) -> io::Result<()> {
    TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).map(drop)
}
