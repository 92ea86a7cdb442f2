//! Trying a module in a process of its own, where a crash or a hang costs nothing.

use std::{
    collections::HashMap,
    env, fs,
    io::{self, Read as _, Seek as _, Write as _},
    path::{Path, PathBuf},
    process::{self, Child, Command, ExitCode, Stdio},
    sync::{Mutex, PoisonError},
    thread,
    time::{Duration, Instant, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};

use crate::{Error, pkcs11::Raw, platform};

/// The first argument of a program that is to try a module; the second is the module's file.
const ARGUMENT: &str = "--probe-module";
/// How long a module may take to load and initialise.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the helper process is looked after.
const TICK: Duration = Duration::from_millis(2);
/// What the helper process answers is no longer than this, in bytes.
const MAX_ANSWER: u64 = 64 * 1024;

/// To be called at the very start of the `main` of a program that was named to [`crate::Modules::with_probe`]:
/// if the program was started to try a module, this does it, and `main` has to end with the exit code given.
pub fn probe_main() -> Option<ExitCode> {
    let mut arguments = env::args_os().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    let path = PathBuf::from(arguments.next()?);
    thread::spawn(end_with_parent);
    let answer = Answer {
        outcome: attempt(&path),
    };
    let text = serde_json::to_string(&answer).unwrap_or_default();
    // A line of its own, for modules print too.
    let written = writeln!(io::stdout(), "\n{text}").and_then(|()| io::stdout().flush());
    Some(if written.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Ends this process when the one that started it is gone and with it the other end of standard input: nobody would be
/// left to end a module that hangs.
fn end_with_parent() {
    let _ = io::copy(&mut io::stdin(), &mut io::sink());
    // Not `exit`: what runs at an exit could wait for the very module that hangs.
    process::abort();
}

fn attempt(path: &Path) -> Result<(), Error> {
    // No C_Finalize: the process ends, and what a module does wrong then is not our concern.
    Raw::load(path)?.initialize().map_err(Error::from)
}

/// What the helper process writes.
#[derive(Serialize, Deserialize)]
struct Answer {
    outcome: Result<(), Error>,
}

/// Tries modules by starting a program, and remembers what came of it for as long as the file stays the same.
pub(crate) struct Probe {
    program: PathBuf,
    /// Where files that passed are remembered from one start of the program to the next.
    memory: Option<PathBuf>,
    outcomes: Mutex<Outcomes>,
}

/// What came of each file, and which state of it that was.
type Outcomes = HashMap<PathBuf, (Stamp, Result<(), Error>)>;

/// What changes when a file is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    length: u64,
    /// Nanoseconds since 1970.
    modified: u64,
}

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = fs::metadata(path).ok()?;
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            length: metadata.len(),
            modified: u64::try_from(modified.as_nanos()).ok()?,
        })
    }
}

impl Probe {
    pub(crate) fn new(program: PathBuf, memory: Option<PathBuf>) -> Self {
        let passed = memory.as_deref().and_then(remembered).unwrap_or_default();
        let outcomes = passed
            .into_iter()
            .map(|(path, stamp)| (path, (stamp, Ok(()))))
            .collect();
        Self {
            program,
            memory,
            outcomes: Mutex::new(outcomes),
        }
    }

    /// What is known of the file without trying it.
    pub(crate) fn known(&self, path: &Path) -> Option<Result<(), Error>> {
        let stamp = Stamp::of(path)?;
        let outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
        outcomes
            .get(path)
            .filter(|(old, _)| *old == stamp)
            .map(|(_, outcome)| outcome.clone())
    }

    /// Tries the module unless that was done before.
    pub(crate) fn check(&self, path: &Path) -> Result<(), Error> {
        if let Some(outcome) = self.known(path) {
            return outcome;
        }
        let outcome = self.start(path);
        // What may pass by itself (a missing library installed, a service started) is not held against the file.
        let lasting = matches!(
            outcome,
            Ok(()) | Err(Error::ModuleCrashed { .. } | Error::ModuleHangs { .. })
        );
        if let (true, Some(stamp)) = (lasting, Stamp::of(path)) {
            let mut outcomes = self.outcomes.lock().unwrap_or_else(PoisonError::into_inner);
            outcomes.insert(path.to_path_buf(), (stamp, outcome.clone()));
            self.remember(&outcomes);
        }
        outcome
    }

    fn start(&self, path: &Path) -> Result<(), Error> {
        let failed = |error: io::Error| Error::ModuleLoad {
            path: path.to_path_buf(),
            detail: error.to_string(),
        };
        // A file, because a module may leave a process behind that holds a pipe open.
        let mut answer = tempfile::tempfile().map_err(failed)?;
        let mut command = Command::new(&self.program);
        command
            .arg(ARGUMENT)
            .arg(path)
            // Held open, never written to: see `end_with_parent`.
            .stdin(Stdio::piped())
            .stderr(Stdio::null());
        command.stdout(answer.try_clone().map_err(failed)?);
        let child = platform::without_window(&mut command).spawn().map_err(failed)?;
        if !ended(child).map_err(failed)? {
            return Err(Error::ModuleHangs {
                path: path.to_path_buf(),
            });
        }
        let mut text = String::new();
        answer.rewind().map_err(failed)?;
        // What cannot be read leaves a text without the answer's line.
        let _ = answer.take(MAX_ANSWER).read_to_string(&mut text);
        let answer = text
            .lines()
            .rev()
            .find_map(|line| serde_json::from_str::<Answer>(line).ok());
        answer.map_or(
            Err(Error::ModuleCrashed {
                path: path.to_path_buf(),
            }),
            |answer| answer.outcome,
        )
    }

    fn remember(&self, outcomes: &Outcomes) {
        let Some(memory) = &self.memory else { return };
        let passed: Vec<_> = outcomes
            .iter()
            .filter(|(_, (_, outcome))| outcome.is_ok())
            .map(|(path, (stamp, _))| (path, stamp))
            .collect();
        let written = serde_json::to_vec(&passed)
            .map_err(io::Error::from)
            .and_then(|text| crate::cache::write(memory, &text));
        if let Err(error) = written {
            tracing::warn!(%error, "tried modules are not remembered");
        }
    }
}

/// Waits for the end of the process, ends it when it takes too long, and says whether it ended by itself.
fn ended(mut child: Child) -> io::Result<bool> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if child.try_wait()?.is_some() {
            return Ok(true);
        }
        thread::sleep(TICK);
    }
    child.kill()?;
    child.wait()?;
    Ok(false)
}

fn remembered(memory: &Path) -> Option<Vec<(PathBuf, Stamp)>> {
    let mut text = Vec::new();
    platform::open_private(memory)
        .ok()?
        .take(MAX_ANSWER)
        .read_to_end(&mut text)
        .ok()?;
    serde_json::from_slice(&text).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
