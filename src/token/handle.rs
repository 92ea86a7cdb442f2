//! The worker thread and the handle to it.

use std::{
    path::PathBuf,
    sync::{Arc, Weak},
    thread,
};

use tokio::sync::{mpsc, oneshot};

use crate::{
    Choice, Contents, Entered, Error, LastTryWarning, NewPin, Opener, Pin, PinInfo, Progress, Puk,
    RelayAnswer, RelayCommand, SecretKind, Token, Try, choice::CardToken, interest::Interest,
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
    work: Work,
}

type Work = Box<dyn FnOnce(&mut dyn Token) + Send>;

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

    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut dyn Token) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        // Goes with this future.
        let wanted = Arc::new(());
        let work = move |token: &mut dyn Token| {
            if !reply.is_closed() {
                // If nobody waits any more, nobody misses it.
                let _ = reply.send(work(token));
            }
        };
        let request = Request {
            waiting: Arc::downgrade(&wanted),
            work: Box::new(work),
        };
        self.requests.send(request).map_err(|_| Error::Closed)?;
        answer.await.unwrap_or(Err(Error::Closed))
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

fn work(open: impl FnOnce(Interest) -> Box<dyn Token>, mut queue: mpsc::UnboundedReceiver<Request>) {
    let interest = Interest::default();
    let mut token = open(interest.clone());
    while let Some(request) = queue.blocking_recv() {
        interest.belongs_to(request.waiting);
        (request.work)(&mut *token);
    }
}
