//! Asking a card about its PINs, and trying secrets on it, as tasks of the window.

use std::{pin::pin, time::Duration};

use iced::{
    Task,
    futures::{SinkExt as _, channel::mpsc},
};
use journeys::{
    journal::{Journal, JournalError},
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
        let status = pin::status(subject, &token).await;
        let standing = match (&status, journal) {
            (Ok(status), Some(journal)) => journal.standing(status),
            _ => None,
        };
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
    journal: Option<Journal>,
    service: Option<Service>,
) -> Task<Message> {
    let news = iced::stream::channel(16, async move |mut news: mpsc::Sender<News>| {
        let steps = news.clone();
        let mut trying = pin!(run(subject, token, attempt, (journal, service), steps));
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
    (journal, service): (Option<Journal>, Option<Service>),
    mut steps: mpsc::Sender<News>,
) -> News {
    let Attempt { work, seen, consent } = attempt;
    let outcome = match work {
        Work::Change(change) => pin::change(change, seen, consent, &token).await,
        Work::Check(check) => pin::check(check, seen, consent, &token).await,
        Work::Puk(request) => unlock::by_puk(&subject, request, seen, consent, &token).await,
        Work::Service(new) => {
            let (Some(journal), Some(service)) = (journal, service) else {
                return News::Unlocked(unlock::Outcome::Journal(JournalError {
                    detail: "no folder".to_owned(),
                }));
            };
            let through = Through {
                client: &service.client,
                token: &token,
                journal: &journal,
                now: service.now,
            };
            let progress = move |progress| {
                // A full channel loses a step on the way, not the outcome.
                let _ = steps.try_send(News::Progress(progress));
            };
            return News::Unlocked(unlock::by_service(&through, &subject, new, progress).await);
        }
    };
    if let (pin::Outcome::Done, Some(journal)) = (&outcome, journal) {
        // Whose PIN is set or proven need not know how an earlier unlock ended. That it cannot be removed does no harm.
        let _ = journal.forget(&subject.serial);
    }
    News::Tried(outcome)
}
