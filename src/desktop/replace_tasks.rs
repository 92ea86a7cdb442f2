//! Replacing a certificate, as tasks of the window.

use std::{pin::pin, sync::Arc};

use certificate::chain::TrustAnchors;
use iced::{
    Task,
    futures::{SinkExt as _, channel::mpsc},
};
use journeys::{
    journal::{Journal, JournalError},
    look::Report,
    pin::Proof,
    replace::{self, Cancel, Due, NotPrepared, Outcome, Plan, Record, Through},
};
use service::Client;
use time::OffsetDateTime;
use token::{Error, PinInfo, PinRole, TokenHandle};

use crate::screen::replace::{Message, News};

/// What is to be done with the service or the card. Its Debug shows nothing of a PIN.
#[derive(Debug)]
pub(crate) enum Work {
    /// What is due, for these cards.
    Find(Vec<Arc<Report>>),
    /// Fetch and check the certificate for this card.
    Prepare(Box<Due>),
    /// How the PIN of the card stands.
    Ask,
    /// Write it.
    Run(Box<Plan>, Proof, Cancel),
    /// How a replacement stands that was cut short.
    Examine(Box<Record>),
    /// Go on with it.
    Resume(Box<Record>, Option<Proof>, Cancel),
}

/// What the work is done with.
pub(crate) struct Tools {
    pub(crate) client: Client,
    pub(crate) token: Option<TokenHandle>,
    /// `None` where this computer has no place for it: then nothing is begun.
    pub(crate) journal: Option<Journal>,
    pub(crate) anchors: Arc<TrustAnchors>,
    pub(crate) now: OffsetDateTime,
}

/// Does the work, and tells how it goes. What is begun on a card is seen to its end, even if nobody looks at it.
pub(crate) fn task(number: u64, tools: Tools, work: Work) -> Task<Message> {
    let news = iced::stream::channel(64, async move |mut news: mpsc::Sender<News>| {
        let steps = news.clone();
        let outcome = pin!(run(tools, work, steps)).await;
        let _ = news.send(outcome).await;
    });
    Task::stream(news).map(move |news| Message::News(number, news))
}

async fn run(tools: Tools, work: Work, mut steps: mpsc::Sender<News>) -> News {
    let client = &tools.client;
    let progress = move |progress| {
        // A full channel loses a step on the way, not the outcome.
        let _ = steps.try_send(News::Progress(progress));
    };
    match (work, &tools.token) {
        (Work::Find(reports), _) => {
            let reports: Vec<&Report> = reports.iter().map(AsRef::as_ref).collect();
            News::Found(replace::find(client, &reports).await.map(Box::new))
        }
        (Work::Prepare(due), _) => News::Prepared(Box::new(prepare(&tools, &due).await)),
        (Work::Ask, Some(token)) => News::Asked(user_pin(token).await.map(Box::new)),
        (Work::Examine(record), Some(token)) => News::Examined(replace::examine(&record, token).await),
        (Work::Run(plan, proof, cancel), Some(token)) => {
            let outcome = match through(&tools, token, &cancel) {
                Ok(through) => replace::run(&through, &plan, proof, progress).await,
                Err(outcome) => outcome,
            };
            News::Ended(Box::new(outcome))
        }
        (Work::Resume(record, proof, cancel), Some(token)) => {
            let outcome = match through(&tools, token, &cancel) {
                Ok(through) => replace::resume(&through, *record, proof, progress).await,
                Err(outcome) => outcome,
            };
            News::Ended(Box::new(outcome))
        }
        (_, None) => News::Asked(Err(Error::Closed)),
    }
}

fn through<'a>(tools: &'a Tools, token: &'a TokenHandle, cancel: &'a Cancel) -> Result<Through<'a>, Outcome> {
    let journal = tools.journal.as_ref().ok_or_else(|| {
        Outcome::Journal(JournalError {
            detail: "no folder".to_owned(),
        })
    })?;
    Ok(Through {
        client: Some(&tools.client),
        token,
        journal,
        cancel,
        now: tools.now,
    })
}

async fn prepare(tools: &Tools, due: &Due) -> Result<Plan, NotPrepared> {
    let prepared = replace::prepare(&tools.client, due, &tools.anchors, tools.now).await;
    if let Err(NotPrepared::Refused(refused)) = &prepared {
        // Whether the service listens changes nothing.
        let _ = replace::tell_refused(&tools.client, refused).await;
    }
    prepared
}

async fn user_pin(token: &TokenHandle) -> Result<PinInfo, Error> {
    let pins = token.pins().await?;
    let user = pins.into_iter().find(|pin| pin.role == PinRole::User);
    user.ok_or(Error::NotSupported)
}
