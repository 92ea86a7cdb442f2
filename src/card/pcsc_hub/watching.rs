//! A thread that waits for readers and cards to come and go.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use pcsc::{Context, Error as Code, Scope};

use super::codes;
use super::readers::Readers;
use crate::{Error, ServiceState, Snapshot, Watch};

/// Between two attempts to reach a service that is down.
const RETRY: Duration = Duration::from_secs(2);
/// After the service went away, and after a reader went between the listing and the wait.
const BREATH: Duration = Duration::from_millis(100);
/// How long a changed list of readers is looked at once more.
const LATE_ARRIVALS: Duration = Duration::from_secs(1);
/// Between two looks at a card without an answer to reset.
const LATE_ANSWER: Duration = Duration::from_millis(500);
/// Between two looks at more readers than can be waited on.
const CROWD: Duration = Duration::from_secs(1);
/// How often a cancellation is repeated until the thread has gone: one that comes just before the wait is lost.
const CANCEL_AGAIN: Duration = Duration::from_millis(5);

/// Starts the thread.
pub(super) fn watch(on_change: Box<dyn FnMut(Snapshot) + Send>) -> Result<Watch, Error> {
    let stop = Arc::new(Stop::default());
    let watcher = Watcher {
        stop: Arc::clone(&stop),
        on_change,
        told: None,
    };
    let thread = thread::Builder::new()
        .name("readers".into())
        .spawn(move || watcher.run());
    let thread = thread.map_err(|_| codes::of("thread", Code::NoMemory))?;
    Ok(Watch::new(move || {
        stop.raise();
        if thread.thread().id() == thread::current().id() {
            return;
        }
        while !thread.is_finished() {
            stop.cancel();
            thread::sleep(CANCEL_AGAIN);
        }
        crate::hub::join(thread);
    }))
}

/// Ends the thread from outside, wherever it waits.
#[derive(Default)]
struct Stop {
    state: Mutex<StopState>,
    raised: Condvar,
}

#[derive(Default)]
struct StopState {
    raised: bool,
    /// The context in which the thread waits.
    context: Option<Context>,
}

impl Stop {
    fn lock(&self) -> MutexGuard<'_, StopState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn raise(&self) {
        self.lock().raised = true;
        self.raised.notify_all();
    }

    fn is_raised(&self) -> bool {
        self.lock().raised
    }

    fn cancel(&self) {
        let context = self.lock().context.clone();
        if let Some(context) = context {
            // Whether it reached the wait shows by the thread's end; else it is sent again.
            let _ = context.cancel();
        }
    }

    fn set_context(&self, context: Option<Context>) {
        self.lock().context = context;
    }

    /// Sleeps; says whether the end was asked for meanwhile.
    fn sleep(&self, time: Duration) -> bool {
        let waited = self
            .raised
            .wait_timeout_while(self.lock(), time, |state| !state.raised);
        waited.unwrap_or_else(PoisonError::into_inner).0.raised
    }
}

struct Watcher {
    stop: Arc<Stop>,
    on_change: Box<dyn FnMut(Snapshot) + Send>,
    told: Option<Snapshot>,
}

impl Watcher {
    fn run(mut self) {
        while !self.stop.is_raised() {
            let pause = match Context::establish(Scope::User) {
                Ok(context) => {
                    self.stop.set_context(Some(context.clone()));
                    self.follow_until_lost(&context);
                    self.stop.set_context(None);
                    BREATH
                }
                Err(code) => {
                    self.tell(Snapshot::without_readers(codes::state_of(code)));
                    RETRY
                }
            };
            self.stop.sleep(pause);
        }
    }

    /// Tells of everything until the service goes away, and then of that: cards have to be looked at anew after it
    /// has come back, even if all looks as before.
    fn follow_until_lost(&mut self, context: &Context) {
        let Err(code) = self.follow(context) else { return };
        tracing::debug!(error = %code, "the wait for readers ended");
        if !self.stop.is_raised() {
            self.tell(Snapshot::without_readers(ServiceState::Stopped));
        }
    }

    fn follow(&mut self, context: &Context) -> Result<(), Code> {
        let mut readers = Readers::default();
        let mut news = true;
        while !self.stop.is_raised() {
            news |= readers.refresh(context)?;
            if news {
                if !self.wait(context, &mut readers, Some(Duration::ZERO))? {
                    continue;
                }
                self.tell(readers.snapshot());
            }
            let limit = if news {
                Some(LATE_ARRIVALS)
            } else if readers.is_unsettled() {
                readers.ask_again();
                Some(Duration::ZERO)
            } else {
                None
            };
            news = !self.wait(context, &mut readers, limit)?;
            if !news {
                self.tell(readers.snapshot());
            }
            if readers.is_unsettled() {
                self.stop.sleep(LATE_ANSWER);
            }
        }
        Ok(())
    }

    /// Waits; says whether that brought the present state. It does not if a reader went between the listing and the
    /// wait: then they are to be listed again.
    fn wait(&self, context: &Context, readers: &mut Readers, limit: Option<Duration>) -> Result<bool, Code> {
        match readers.wait(context, limit) {
            Err(Code::UnknownReader | Code::ReaderUnavailable) => {
                self.stop.sleep(BREATH);
                Ok(false)
            }
            // Not by us, or the loop ends at once.
            Err(Code::Cancelled) => Ok(true),
            Ok(()) if readers.is_crowd() && limit.is_none() => {
                self.stop.sleep(CROWD);
                Ok(true)
            }
            result => result.map(|()| true),
        }
    }

    fn tell(&mut self, snapshot: Snapshot) {
        if self.told.as_ref() != Some(&snapshot) && !self.stop.is_raised() {
            self.told = Some(snapshot.clone());
            (self.on_change)(snapshot);
        }
    }
}
