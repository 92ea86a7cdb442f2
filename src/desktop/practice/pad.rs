//! The keys of the practice reader that has some. They are drawn in the window, which says what is asked for by
//! [`Keys::asked`] and hands back what was entered; it goes to the card by the way of a reader's keys.

use std::{
    fmt,
    hash::{Hash, Hasher},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use card::{Entered, Pad, PadFault, PadKind, PadSecret};
use iced::{
    Subscription,
    futures::{SinkExt as _, Stream, channel::mpsc},
};
use tokio::sync::watch;

/// How long readers wait for a key.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is to be entered now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Which of all the entries of this run of the program.
    pub(crate) turn: u64,
    pub(crate) secret: PadSecret,
    pub(crate) round: Round,
}

/// A new PIN is entered twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Round {
    First,
    /// The same once more.
    Second,
    /// The two were not the same: from the beginning.
    Differed,
}

/// What became of an entry; `None` is the key that cancels.
type Answer = Option<Entered>;

/// The keys.
pub(crate) struct Keys {
    state: Mutex<State>,
    changed: Condvar,
    asked: watch::Sender<Option<Asked>>,
    /// Held while something is entered: who comes meanwhile waits.
    entering: Mutex<()>,
    patience: Duration,
}

#[derive(Default)]
struct State {
    turn: u64,
    /// Whether the entry of this turn is waited for.
    is_open: bool,
    answer: Option<Answer>,
    /// How often everything was cancelled.
    cancels: u64,
}

impl Default for Keys {
    fn default() -> Self {
        Self::waiting(PATIENCE)
    }
}

impl Keys {
    fn waiting(patience: Duration) -> Self {
        Self {
            state: Mutex::default(),
            changed: Condvar::new(),
            asked: watch::channel(None).0,
            entering: Mutex::default(),
            patience,
        }
    }

    /// What was entered, or that the key was pressed that cancels. What comes too late is wiped and forgotten.
    pub(crate) fn answer(&self, turn: u64, answer: Answer) {
        let mut state = lock(&self.state);
        if state.turn == turn && state.is_open {
            state.is_open = false;
            state.answer = Some(answer);
            self.changed.notify_all();
        }
    }

    /// Whatever is under way is cancelled, as when the card is pulled.
    pub(crate) fn cancel(&self) {
        lock(&self.state).cancels += 1;
        self.changed.notify_all();
    }

    fn twice(&self, secret: PadSecret, cancels: u64) -> Result<Entered, PadFault> {
        let mut round = Round::First;
        loop {
            let first = self.once(secret, round, cancels)?;
            let second = self.once(secret, Round::Second, cancels)?;
            if first.0 == second.0 {
                return Ok(first);
            }
            round = Round::Differed;
        }
    }

    fn once(&self, secret: PadSecret, round: Round, cancels: u64) -> Result<Entered, PadFault> {
        let until = Instant::now() + self.patience;
        let mut state = lock(&self.state);
        state.turn += 1;
        (state.answer, state.is_open) = (None, true);
        let turn = state.turn;
        self.asked.send_replace(Some(Asked { turn, secret, round }));
        loop {
            if state.cancels != cancels {
                return Err(PadFault::Cancelled);
            }
            if let Some(answer) = state.answer.take() {
                return answer.ok_or(PadFault::Cancelled);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(PadFault::TimedOut);
            }
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pad for Keys {
    fn enter(&self, wanted: &[PadSecret]) -> Result<Vec<Entered>, PadFault> {
        let cancels = lock(&self.state).cancels;
        let _alone = lock(&self.entering);
        let entered = wanted
            .iter()
            .map(|secret| match secret.kind {
                PadKind::NewPin => self.twice(*secret, cancels),
                PadKind::Pin | PadKind::Puk => self.once(*secret, Round::First, cancels),
            })
            .collect();
        let mut state = lock(&self.state);
        (state.answer, state.is_open) = (None, false);
        self.asked.send_replace(None);
        drop(state);
        entered
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// One reader's keys are themselves, whatever is asked for.
struct Same(Arc<Keys>);

impl Hash for Same {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

/// Tells what is to be entered, and that nothing is any more.
pub(crate) fn subscription(keys: &Arc<Keys>) -> Subscription<Option<Asked>> {
    Subscription::run_with(Same(Arc::clone(keys)), stream)
}

fn stream(keys: &Same) -> impl Stream<Item = Option<Asked>> + use<> {
    let mut asked = keys.0.asked.subscribe();
    iced::stream::channel(1, async move |mut output: mpsc::Sender<Option<Asked>>| {
        asked.mark_changed();
        while asked.changed().await.is_ok() {
            let newest = *asked.borrow_and_update();
            if output.send(newest).await.is_err() {
                return;
            }
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use std::thread;

    use zeroize::Zeroizing;

    use super::*;

    const PIN: PadSecret = secret(PadKind::Pin);
    const NEW: PadSecret = secret(PadKind::NewPin);

    const fn secret(kind: PadKind) -> PadSecret {
        PadSecret {
            kind,
            min_length: 4,
            max_length: 8,
        }
    }

    fn of(text: &str) -> Entered {
        Entered(Zeroizing::new(text.as_bytes().to_vec()))
    }

    /// Enters these, one after another, as they are asked for; gives what was asked for.
    fn enter(keys: &Arc<Keys>, entries: Vec<Option<&'static str>>) -> thread::JoinHandle<Vec<Asked>> {
        let keys = Arc::clone(keys);
        let mut asked = keys.asked.subscribe();
        thread::spawn(move || {
            let mut seen: Vec<Asked> = vec![];
            for entry in entries {
                let now = loop {
                    let now = *asked.borrow_and_update();
                    match now {
                        Some(now) if seen.last().is_none_or(|last| last.turn < now.turn) => break now,
                        _ => thread::yield_now(),
                    }
                };
                seen.push(now);
                keys.answer(now.turn, entry.map(of));
            }
            seen
        })
    }

    #[test]
    fn a_new_pin_is_entered_twice_until_both_agree() {
        let keys = Arc::new(Keys::default());
        let entries = ["123456", "271828", "271829", "314159", "314159"];
        let person = enter(&keys, entries.map(Some).to_vec());
        let entered = keys.enter(&[PIN, NEW]).unwrap();
        let entered: Vec<&[u8]> = entered.iter().map(|entered| &**entered.0).collect();
        assert_eq!(entered, [b"123456", b"314159"]);
        let rounds: Vec<Round> = person.join().unwrap().iter().map(|asked| asked.round).collect();
        let expected = [
            Round::First,
            Round::First,
            Round::Second,
            Round::Differed,
            Round::Second,
        ];
        assert_eq!(rounds, expected);
        assert_eq!(*keys.asked.borrow(), None, "nothing is asked for any more");
    }

    #[test]
    fn who_cancels_or_waits_too_long_enters_nothing() {
        let keys = Arc::new(Keys::default());
        let person = enter(&keys, vec![Some("123456"), None]);
        assert_eq!(keys.enter(&[PIN, NEW]).unwrap_err(), PadFault::Cancelled);
        person.join().unwrap();
        let keys = Keys::waiting(Duration::ZERO);
        assert_eq!(keys.enter(&[PIN]).unwrap_err(), PadFault::TimedOut);
        assert_eq!(*keys.asked.borrow(), None);
    }

    #[test]
    fn what_is_cancelled_between_two_entries_ends_them_all() {
        let keys = Arc::new(Keys::default());
        let canceller = Arc::clone(&keys);
        let mut asked = keys.asked.subscribe();
        let person = thread::spawn(move || {
            while asked.borrow_and_update().is_none() {
                thread::yield_now();
            }
            canceller.cancel();
        });
        assert_eq!(keys.enter(&[PIN, NEW]).unwrap_err(), PadFault::Cancelled);
        person.join().unwrap();
        assert_eq!(*keys.asked.borrow(), None);
        // The next entry is another one.
        let person = enter(&keys, vec![Some("123456")]);
        assert_eq!(keys.enter(&[PIN]).unwrap().len(), 1);
        person.join().unwrap();
    }

    #[test]
    fn what_comes_too_late_is_for_nothing_else() {
        let keys = Arc::new(Keys::waiting(Duration::ZERO));
        keys.enter(&[PIN]).unwrap_err();
        keys.answer(1, Some(of("123456")));
        assert_eq!(keys.enter(&[PIN]).unwrap_err(), PadFault::TimedOut);
    }
}
