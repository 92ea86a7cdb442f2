//! The worker thread and the handle to it.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Weak},
    thread,
};

use card::pkcs15::Backup;

use tokio::sync::{mpsc, oneshot};

use crate::{
    Choice, Contents, Entered, Error, LastTryWarning, NewPin, Opener, Pin, PinInfo, Progress, Puk,
    RelayAnswer, RelayCommand, SecretKind, Stretch, Token, Try, choice::CardToken, interest::Interest,
    pkcs11::ModuleToken, pkcs11::Where, pkcs11::pin::ModulePins,
};

/// An asynchronous handle to a token on its worker thread. Cheap to clone; the worker ends with the last one.
///
/// What is asked by a future that is dropped stops soon: before the next command to the card, or the next object of
/// a module.
#[derive(Clone)]
pub struct TokenHandle {
    requests: mpsc::UnboundedSender<Request>,
}

/// Work that somebody waits for.
struct Request {
    waiting: Weak<()>,
    turn: Turn,
    work: Work,
}

/// When a request has its turn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// When no stretch is on.
    Alone,
    /// The same; it begins a stretch.
    Beginning,
    /// Within a stretch.
    Within,
    /// It ends the stretch.
    Ending,
}

/// Says whether a stretch has begun; of interest for [`Turn::Beginning`] alone.
type Work = Box<dyn FnOnce(&mut dyn Token) -> bool + Send>;

impl TokenHandle {
    /// Starts a worker for the card in `reader`. Returns at once: the card is opened by the first request,
    /// which reports what went wrong.
    pub fn open(opener: Opener, reader: String, choice: Choice) -> Self {
        Self::start(reader.clone(), move |interest| {
            Box::new(CardToken::new(opener, reader, choice, interest))
        })
    }

    /// Starts a worker for the token in a slot of a module: for tokens without a reader, as
    /// [`crate::Modules::tokens`] lists them.
    pub fn open_slot(opener: Opener, module: PathBuf, slot: u64) -> Self {
        Self::start(format!("slot {slot}"), move |interest| {
            let token = ModuleToken {
                modules: opener.modules,
                module,
                place: Where::Slot(slot),
                interest,
            };
            Box::new(ModulePins::new(token, None))
        })
    }

    /// See [`Token::read`].
    pub async fn read(&self, mut progress: impl FnMut(Progress) + Send + 'static) -> Result<Contents, Error> {
        self.ask(move |token| token.read(&mut progress)).await
    }

    /// See [`Token::pins`].
    pub async fn pins(&self) -> Result<Vec<PinInfo>, Error> {
        self.ask(|token| token.pins()).await
    }

    /// See [`Token::last_try`].
    pub async fn last_try(&self, secret: SecretKind) -> Result<Option<LastTryWarning>, Error> {
        self.ask(move |token| token.last_try(secret)).await
    }

    /// See [`Token::verify_pin`].
    pub async fn verify_pin(&self, request: Try<Pin>) -> Result<(), Error> {
        self.ask(move |token| token.verify_pin(request)).await
    }

    /// See [`Token::change_pin`].
    pub async fn change_pin(&self, request: Try<Pin>, new: impl Into<Entered<NewPin>>) -> Result<(), Error> {
        let new = new.into();
        self.ask(move |token| token.change_pin(request, new)).await
    }

    /// See [`Token::unblock_pin`].
    pub async fn unblock_pin(&self, request: Try<Puk>, new: impl Into<Entered<NewPin>>) -> Result<(), Error> {
        let new = new.into();
        self.ask(move |token| token.unblock_pin(request, new)).await
    }

    /// See [`Token::relay`].
    pub async fn relay(&self, command: RelayCommand) -> Result<RelayAnswer, Error> {
        self.ask(move |token| token.relay(command)).await
    }

    /// See [`Token::reset_pin`].
    pub async fn reset_pin(&self, new: NewPin) -> Result<(), Error> {
        self.ask(move |token| token.reset_pin(new)).await
    }

    /// See [`Token::backup`].
    pub async fn backup(&self) -> Result<Backup, Error> {
        self.ask(|token| token.backup()).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Token) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        // Goes with this future.
        let wanted = Arc::new(());
        let answer = self.send(Turn::Alone, Arc::downgrade(&wanted), work);
        answer?.await.unwrap_or(Err(Error::Closed))
    }

    /// The same within a stretch.
    pub(crate) async fn within<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Token) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let wanted = Arc::new(());
        let answer = self.send(Turn::Within, Arc::downgrade(&wanted), work);
        answer?.await.unwrap_or(Err(Error::Closed))
    }

    /// The same for work that is not abandoned once it has begun.
    pub(crate) async fn whole<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Token) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let wanted = Arc::new(());
        let waiting = Arc::downgrade(&wanted);
        let work = move |token: &mut dyn Token| {
            let outcome = work(token);
            drop(wanted);
            outcome
        };
        let answer = self.send(Turn::Within, waiting, work);
        answer?.await.unwrap_or(Err(Error::Closed))
    }

    /// Asks for a stretch to begin.
    pub(crate) async fn beginning(
        &self,
        work: impl FnOnce(&mut dyn Token) -> Result<(), Error> + Send + 'static,
    ) -> Result<Stretch, Error> {
        let handle = self.clone();
        // Made where the stretch begins: if nobody takes it, its end follows at once.
        let work = move |token: &mut dyn Token| work(token).map(|()| Stretch::new(handle));
        let wanted = Arc::new(());
        let answer = self.send(Turn::Beginning, Arc::downgrade(&wanted), work);
        answer?.await.unwrap_or(Err(Error::Closed))
    }

    /// Ends the stretch that is on. Whoever wants to know when it has ended waits for the answer.
    pub(crate) fn end_stretch(&self) -> Result<oneshot::Receiver<Result<(), Error>>, Error> {
        let end = |token: &mut dyn Token| {
            token.log_out();
            Ok(())
        };
        self.send(Turn::Ending, Weak::new(), end)
    }

    fn send<T: Send + 'static>(
        &self,
        turn: Turn,
        waiting: Weak<()>,
        work: impl FnOnce(&mut dyn Token) -> Result<T, Error> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T, Error>>, Error> {
        let (reply, answer) = oneshot::channel();
        let work = move |token: &mut dyn Token| {
            if reply.is_closed() && turn != Turn::Ending {
                return false;
            }
            let outcome = work(token);
            let begun = turn == Turn::Beginning && outcome.is_ok();
            // If nobody waits any more, nobody misses it.
            let _ = reply.send(outcome);
            begun
        };
        let request = Request {
            waiting,
            turn,
            work: Box::new(work),
        };
        self.requests.send(request).map_err(|_| Error::Closed)?;
        Ok(answer)
    }

    fn start(name: String, open: impl FnOnce(Interest) -> Box<dyn Token> + Send + 'static) -> Self {
        let (requests, queue) = mpsc::unbounded_channel();
        if let Err(error) = thread::Builder::new().name(name).spawn(move || work(open, queue)) {
            // Without the thread the queue has no receiver: each request answers `Closed`.
            tracing::warn!(%error, "no thread for the token");
        }
        Self { requests }
    }
}

/// Does the requests in turn. While a stretch is on, those of others wait.
fn work(open: impl FnOnce(Interest) -> Box<dyn Token>, mut queue: mpsc::UnboundedReceiver<Request>) {
    let interest = Interest::default();
    let mut token = open(interest.clone());
    let mut waiting = VecDeque::new();
    let mut stretch = false;
    loop {
        let next = if stretch { None } else { waiting.pop_front() };
        let Some(request) = next.or_else(|| queue.blocking_recv()) else {
            break;
        };
        if stretch && matches!(request.turn, Turn::Alone | Turn::Beginning) {
            waiting.push_back(request);
            continue;
        }
        interest.belongs_to(request.waiting);
        let begun = (request.work)(&mut *token);
        match request.turn {
            Turn::Beginning => stretch = begun,
            Turn::Ending => stretch = false,
            Turn::Alone | Turn::Within => {}
        }
    }
}
