//! Processes that end when nobody holds them any more, and ones that have to end in time.

use std::ffi::OsStr;
use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

/// How long a tool may take before it counts as hanging. Generous: key generation on a busy machine is slow.
const PATIENCE: Duration = Duration::from_mins(2);

/// How long a process may take to end after it was asked to.
const FAREWELL: Duration = Duration::from_secs(3);

/// A process in the background. Dropping it asks the process to end (SIGTERM), then ends it (SIGKILL).
#[derive(Debug)]
pub struct Running {
    name: String,
    child: Child,
}

impl Running {
    /// Starts `command`.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = describe(command);
        let child = command
            .spawn()
            .with_context(|| format!("cannot start `{name}`"))?;
        Ok(Self { name, child })
    }

    /// The process, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// The id of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether the process has not ended yet.
    pub fn alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Fails with the command line and the status if the process has ended.
    pub fn ensure_alive(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => bail!("`{}` ended by itself: {status}", self.name),
        }
    }

    /// Sends the process a signal, by its name without `SIG`.
    pub fn signal(&mut self, name: &str) -> Result<()> {
        self.ensure_alive()?;
        // The shell's own `kill`: the program of that name is missing on small systems.
        let sent = Command::new("sh")
            .args(["-c", "kill -\"$1\" \"$2\"", "sh", name, &self.id().to_string()])
            .status()?;
        ensure!(sent.success(), "`{}` did not take the signal {name}", self.name);
        Ok(())
    }

    /// Asks the process to end, and waits for it.
    pub fn stop(&mut self) {
        if !self.alive() {
            return;
        }
        let asked = self.signal("TERM");
        let deadline = Instant::now() + FAREWELL;
        while asked.is_ok() && self.alive() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        if self.alive() {
            // Nothing is left to do for a process that even this does not end.
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What a process left behind.
#[derive(Debug, Clone)]
pub struct Finished {
    /// The command line.
    pub name: String,
    /// How it ended.
    pub status: ExitStatus,
    /// Everything it wrote to its standard output.
    pub stdout: Vec<u8>,
    /// Everything it wrote to its standard error.
    pub stderr: Vec<u8>,
}

impl Finished {
    /// The exit code; −1 if a signal ended the process.
    pub fn code(&self) -> i32 {
        self.status.code().unwrap_or(-1)
    }

    /// The standard output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }

    /// The standard error as text.
    pub fn complaints(&self) -> String {
        String::from_utf8_lossy(&self.stderr).into_owned()
    }

    /// Fails, with everything the process said, unless it ended with code 0.
    pub fn success(self) -> Result<Self> {
        ensure!(
            self.status.success(),
            "`{}`: {}\n{}\n{}",
            self.name,
            self.status,
            self.text(),
            self.complaints()
        );
        Ok(self)
    }
}

/// Runs `command` to its end, without input.
pub fn finish(command: &mut Command) -> Result<Finished> {
    finish_within(command, PATIENCE)
}

/// Runs `command` to its end, without input; one that takes longer than `limit` is ended and is an error.
pub fn finish_within(command: &mut Command, limit: Duration) -> Result<Finished> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = Running::start(command)?;
    let stdout = drain(running.child.stdout.take());
    let stderr = drain(running.child.stderr.take());
    let deadline = Instant::now() + limit;
    let status = loop {
        if let Some(status) = running.child.try_wait()? {
            break status;
        }
        ensure!(
            Instant::now() < deadline,
            "`{}` did not end within {limit:?}",
            running.name
        );
        thread::sleep(Duration::from_millis(2));
    };
    Ok(Finished {
        name: running.name.clone(),
        status,
        stdout: collect(stdout),
        stderr: collect(stderr),
    })
}

/// Reads a pipe to its end on a thread of its own, so that a process that says much never blocks.
fn drain(pipe: Option<impl Read + Send + 'static>) -> Option<JoinHandle<Vec<u8>>> {
    pipe.map(|mut pipe| {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            // A pipe that breaks has simply ended.
            let _ = pipe.read_to_end(&mut bytes);
            bytes
        })
    })
}

fn collect(reader: Option<JoinHandle<Vec<u8>>>) -> Vec<u8> {
    reader.and_then(|reader| reader.join().ok()).unwrap_or_default()
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
