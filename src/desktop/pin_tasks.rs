//! Asking a card about its PINs, and trying secrets on it, as tasks of the window.

use std::{pin::pin, time::Duration};

use iced::{
    Task,
    futures::{SinkExt as _, channel::mpsc},
};
use journeys::{
    journal::{Journal, Record},
    pin::{self, Change, Check, Subject},
    unlock::{self, ByPuk, Through},
};
use service::Client;
use time::OffsetDateTime;
use token::{LastTryConsent, NewPin, TokenHandle, TriesLeft};

use crate::screen::pin::{Message, News};

/// What takes less than this is not shown as a wait.
const PATIENCE: Duration = Duration::from_millis(300);

/// Something that is ready to be sent. Its Debug shows nothing of the secrets.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) work: Work,
    /// The tries left that the person was shown.
    pub(crate) seen: TriesLeft,
    pub(crate) consent: Option<LastTryConsent>,
}

/// What is to be sent.
#[derive(Debug)]
pub(crate) enum Work {
    Change(Change),
    Check(Check),
    Puk(ByPuk),
    Service(NewPin),
}

/// What an unlock by the service needs besides the card.
pub(crate) struct Service {
    pub(crate) client: Client,
    pub(crate) journal: Journal,
    pub(crate) now: OffsetDateTime,
}

/// Asks the card how its PINs stand, and the journal whether an unlock of it was cut short.
pub(crate) fn ask(
    number: u64,
    subject: Subject,
    token: TokenHandle,
    journal: Option<Journal>,
) -> Task<Message> {
    Task::future(async move {
        let serial = subject.serial.clone();
        let status = pin::status(subject, &token).await;
        let record = journal.and_then(|journal| journal.interrupted(&serial));
        let standing = record.map(|Record { stage, .. }| stage.standing());
        Message::Status(number, Box::new(status), standing)
    })
}

/// Asks the service whether it unlocks the card for whoever is logged in.
pub(crate) fn offer(subject: Subject, client: Client) -> Task<Message> {
    Task::future(async move {
        let offer = unlock::offer(&client, &subject).await;
        Message::Offer(subject.serial, Box::new(offer))
    })
}

/// Sends what is ready, and tells how it goes. It is seen to its end even if nobody looks at it any more.
pub(crate) fn attempt(
    number: u64,
    subject: Subject,
    token: TokenHandle,
    attempt: Attempt,
    service: Option<Service>,
) -> Task<Message> {
    let news = iced::stream::channel(16, async move |mut news: mpsc::Sender<News>| {
        let steps = news.clone();
        let mut trying = pin!(run(subject, token, attempt, service, steps));
        let outcome = tokio::select! {
            outcome = &mut trying => outcome,
            () = tokio::time::sleep(PATIENCE) => {
                let _ = news.send(News::Slow).await;
                trying.await
            }
        };
        let _ = news.send(outcome).await;
    });
    Task::stream(news).map(move |news| Message::News(number, news))
}

async fn run(
    subject: Subject,
    token: TokenHandle,
    attempt: Attempt,
    service: Option<Service>,
    mut steps: mpsc::Sender<News>,
) -> News {
    let Attempt { work, seen, consent } = attempt;
    match (work, service) {
        (Work::Change(change), _) => News::Tried(pin::change(change, seen, consent, &token).await),
        (Work::Check(check), _) => News::Tried(pin::check(check, seen, consent, &token).await),
        (Work::Puk(request), _) => {
            News::Tried(unlock::by_puk(&subject, request, seen, consent, &token).await)
        }
        (Work::Service(new), Some(service)) => {
            let through = Through {
                client: &service.client,
                token: &token,
                journal: &service.journal,
                now: service.now,
            };
            let progress = move |progress| {
                // A full channel loses a step on the way, not the outcome.
                let _ = steps.try_send(News::Progress(progress));
            };
            News::Unlocked(unlock::by_service(&through, &subject, new, progress).await)
        }
        (Work::Service(_), None) => News::Tried(pin::Outcome::NotDone(token::Error::NotSupported)),
    }
}
