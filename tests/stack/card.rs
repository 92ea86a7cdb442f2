//! A card in a reader: the workspace's card in software, as a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::process::{ChildStdin, ChildStdout, Stdio};

use anyhow::{Context, Result, ensure};

use crate::process::Running;
use crate::programs::{Profile, Program};
use crate::service::{Reader, Service};

/// Which card is inserted, and how it behaves.
#[derive(Debug, Clone)]
pub struct CardArguments {
    profile: Profile,
    arguments: Vec<String>,
}

impl CardArguments {
    /// A blank card, as it comes from the factory, whose contents are kept in the file `state`.
    pub fn blank(state: &Path) -> Self {
        Self::new(&["--state", &state.to_string_lossy()])
    }

    /// A practice card by its name.
    pub fn practice(name: &str) -> Self {
        Self::new(&["--practice", name])
    }

    /// Any other card: the arguments of the program.
    pub fn new(arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(ToString::to_string).collect();
        Self {
            profile: Profile::Dev,
            arguments,
        }
    }

    /// The card waits so long before it answers each command, as real ones do.
    #[must_use]
    pub fn delay_ms(mut self, milliseconds: u32) -> Self {
        self.arguments
            .extend(["--delay-ms".to_owned(), milliseconds.to_string()]);
        self
    }

    /// The release build of the card, for measurements.
    #[must_use]
    pub fn release(mut self) -> Self {
        self.profile = Profile::Release;
        self
    }

    fn program(&self) -> Result<PathBuf> {
        Program::VirtualCard.path(self.profile)
    }
}

/// A card that sits in a reader until it is pulled or dropped.
#[derive(Debug)]
pub struct InsertedCard {
    reader: Reader,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    running: Running,
}

impl InsertedCard {
    /// Puts a card into `reader`, and waits until `service` has seen it.
    pub fn insert(service: &Service, reader: &Reader, arguments: &CardArguments) -> Result<Self> {
        service.wait_until_empty(reader)?;
        let before = service.insertions(reader)?;
        let card = Self::start(reader, arguments)?;
        service
            .wait_for_card(reader, before)
            .with_context(|| service.log())?;
        Ok(card)
    }

    fn start(reader: &Reader, arguments: &CardArguments) -> Result<Self> {
        let mut command = Command::new(arguments.program()?);
        command
            .args(["--port", &reader.port.to_string()])
            .args(&arguments.arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit());
        let mut running = Running::start(&mut command)?;
        let commands = running
            .child()
            .stdin
            .take()
            .context("the card takes no commands")?;
        let answers = running
            .child()
            .stdout
            .take()
            .context("the card gives no answers")?;
        Ok(Self {
            reader: reader.clone(),
            commands,
            answers: BufReader::new(answers),
            running,
        })
    }

    /// Pulls the card, and waits until the service has seen it go.
    pub fn pull(&mut self, service: &Service) -> Result<()> {
        self.say("pull")?;
        service.wait_until_empty(&self.reader)
    }

    /// Puts the pulled card back, and waits until the service has seen it.
    pub fn put_back(&mut self, service: &Service) -> Result<()> {
        let before = service.insertions(&self.reader)?;
        self.say("insert")?;
        service.wait_for_card(&self.reader, before)
    }

    /// How many commands the card has got so far; powering on and resetting are none.
    pub fn count(&mut self) -> Result<u64> {
        self.say("count")?;
        loop {
            let mut line = String::new();
            ensure!(
                self.answers.read_line(&mut line)? > 0,
                "the card said nothing more"
            );
            // Between its answers the card tells how it is.
            if let Some(number) = line.trim().strip_prefix("count ") {
                return number
                    .parse()
                    .with_context(|| format!("the card counted `{number}`"));
            }
        }
    }

    /// Fails if the card's program has ended.
    pub fn ensure_alive(&mut self) -> Result<()> {
        self.running.ensure_alive()
    }

    fn say(&mut self, command: &str) -> Result<()> {
        self.running.ensure_alive()?;
        writeln!(self.commands, "{command}")
            .and_then(|()| self.commands.flush())
            .context("the card is gone")
    }
}
