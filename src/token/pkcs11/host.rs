//! The one thread that calls a module.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError},
    },
    thread,
    time::{Duration, Instant},
};

use super::Raw;
use crate::{Error, Progress};

/// Tells how far the work is, and whether to go on: an error says that nobody waits for it any more.
pub(crate) type Pulse<'a> = &'a mut dyn FnMut(Progress) -> Result<(), Error>;

/// A module's own thread, which alone ever calls it. Ends, if the module lets it, when the host is dropped.
pub(crate) struct Host {
    path: PathBuf,
    jobs: mpsc::Sender<Job>,
    life: Arc<Life>,
    patience: Duration,
}

/// Work for the thread; it loads the module if that has not been done.
type Job = Box<dyn FnOnce(&mut Option<Raw>) + Send>;

/// What reaches the one who waits.
enum Event<T> {
    Progress(Progress),
    Done(Result<T, Error>),
}

impl Host {
    /// Starts the thread. The module is loaded when the first work comes.
    ///
    /// A module that gives no sign of life for as long as `patience` counts as hanging; its thread is left to
    /// itself, for no thread can be ended from outside.
    pub(crate) fn start(path: &Path, patience: Duration) -> Self {
        let (jobs, queue) = mpsc::channel::<Job>();
        let life = Arc::new(Life::new());
        let beats = Arc::clone(&life);
        let name = path
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let spawned = thread::Builder::new().name(name).spawn(move || {
            let mut raw = None;
            while let Ok(job) = queue.recv() {
                beats.beat();
                job(&mut raw);
                beats.end();
            }
        });
        if let Err(error) = spawned {
            // Without the thread the queue has no receiver: each request answers that the module crashed.
            tracing::warn!(module = %path.display(), %error, "no thread for the module");
        }
        Self {
            path: path.to_path_buf(),
            jobs,
            life,
            patience,
        }
    }

    /// Runs `work` on the module's thread and waits for it, handing on how far it is.
    ///
    /// `load` makes the loaded module when there is none yet.
    pub(crate) fn run<T: Send + 'static>(
        &self,
        progress: Pulse<'_>,
        load: impl FnOnce() -> Result<Raw, Error> + Send + 'static,
        work: impl FnOnce(&Raw, Pulse<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.run_waiting(Duration::ZERO, progress, load, work)
    }

    /// The same for work during which the module may wait for a person, giving no sign of life for this much longer.
    pub(crate) fn run_waiting<T: Send + 'static>(
        &self,
        waiting: Duration,
        progress: Pulse<'_>,
        load: impl FnOnce() -> Result<Raw, Error> + Send + 'static,
        work: impl FnOnce(&Raw, Pulse<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (events, answers) = mpsc::channel();
        let life = Arc::clone(&self.life);
        let job: Job = Box::new(move |slot| {
            let mut pulse = |step| {
                life.beat_ahead(waiting);
                events.send(Event::Progress(step)).map_err(|_| Error::Closed)
            };
            let outcome = pulse(Progress::Opening).and_then(|()| work(loaded(slot, load)?, &mut pulse));
            // If nobody waits any more, nobody misses it.
            let _ = events.send(Event::Done(outcome));
        });
        self.jobs.send(job).map_err(|_| self.crashed())?;
        self.wait(&answers, progress)
    }

    /// Runs `work` after what is waiting already, if the module is loaded then. Nobody waits for it.
    pub(crate) fn run_later(&self, work: impl FnOnce(&Raw) + Send + 'static) {
        let job: Job = Box::new(move |slot| {
            if let Some(raw) = slot {
                work(raw);
            }
        });
        // A thread that is gone has no sessions.
        let _ = self.jobs.send(job);
    }

    fn wait<T>(&self, answers: &mpsc::Receiver<Event<T>>, progress: Pulse<'_>) -> Result<T, Error> {
        loop {
            let silent = self.life.silent();
            match answers.recv_timeout(self.patience.saturating_sub(silent)) {
                Ok(Event::Progress(step)) => progress(step)?,
                Ok(Event::Done(outcome)) => return outcome,
                Err(RecvTimeoutError::Disconnected) => return Err(self.crashed()),
                // Work for another card may be before ours: only the thread's own silence counts.
                Err(RecvTimeoutError::Timeout) if self.life.silent() < self.patience => {}
                Err(RecvTimeoutError::Timeout) => {
                    return Err(Error::ModuleHangs {
                        path: self.path.clone(),
                    });
                }
            }
        }
    }

    fn crashed(&self) -> Error {
        Error::ModuleCrashed {
            path: self.path.clone(),
        }
    }
}

fn loaded(slot: &mut Option<Raw>, load: impl FnOnce() -> Result<Raw, Error>) -> Result<&Raw, Error> {
    match slot {
        Some(raw) => Ok(raw),
        None => Ok(slot.insert(load()?)),
    }
}

/// When the thread last showed that it lives.
struct Life {
    start: Instant,
    /// Milliseconds since `start`, plus 1; 0 while it has nothing to do.
    last: AtomicU64,
}

impl Life {
    fn new() -> Self {
        Self {
            start: Instant::now(),
            last: AtomicU64::new(0),
        }
    }

    fn beat(&self) {
        self.beat_ahead(Duration::ZERO);
    }

    /// A sign that counts as given only after `ahead`.
    fn beat_ahead(&self, ahead: Duration) {
        let ahead = u64::try_from(ahead.as_millis()).unwrap_or(u64::MAX);
        let last = self.now().saturating_add(ahead).saturating_add(1);
        self.last.store(last, Ordering::Relaxed);
    }

    fn end(&self) {
        self.last.store(0, Ordering::Relaxed);
    }

    /// For how long it has worked without a sign.
    fn silent(&self) -> Duration {
        match self.last.load(Ordering::Relaxed) {
            0 => Duration::ZERO,
            last => Duration::from_millis(self.now().saturating_sub(last.saturating_sub(1))),
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
