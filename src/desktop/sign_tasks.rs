//! Claiming, signing and delivering as tasks of the window.

use iced::{
    Task,
    futures::{SinkExt as _, channel::mpsc},
};
use journeys::sign::{
    Progress,
    archive::{Archive, ArchiveError, Receipt},
    code::{Session, Undelivered},
    file::{self, Source},
};
use service::{Limits, Profile, RefusalReason, VerificationCode};
use signature::Packaging;
use time::OffsetDateTime;
use token::TokenHandle;

use crate::screen::sign::{Attempt, Claim, FileFailure, Message, News, Work};

/// How long a page that closes waits until the service has heard of it.
const FAREWELL: std::time::Duration = std::time::Duration::from_secs(2);

/// Asks a service what a code stands for, and prepares its texts for reading: two megabytes take longer than a frame.
pub(crate) fn claim(
    number: u64,
    profile: Profile,
    code: VerificationCode,
    language: &'static str,
) -> Task<Message> {
    Task::future(async move {
        let outcome = match profile.client(Limits::default()) {
            Ok(client) => Session::claim(client.in_language(language), &code).await,
            Err(error) => Err(journeys::sign::code::ClaimFailure::Service(error)),
        };
        let prepared = tokio::task::spawn_blocking(|| outcome.map(Claim::of)).await;
        match prepared {
            Ok(outcome) => Message::Claimed(number, Box::new(outcome)),
            // Only when the program ends.
            Err(_) => Message::Tick,
        }
    })
}

/// Signs, and tells how it goes. It is seen to its end even if nobody looks at it any more.
pub(crate) fn attempt(
    number: u64,
    attempt: Attempt,
    token: TokenHandle,
    now: OffsetDateTime,
) -> Task<Message> {
    let news = iced::stream::channel(16, async move |mut news: mpsc::Sender<News>| {
        let mut steps = news.clone();
        let progress = move |progress: Progress| {
            // A full channel loses a step on the way, not the outcome.
            let _ = steps.try_send(News::Progress(progress));
        };
        let Attempt {
            work, choice, proof, ..
        } = attempt;
        let outcome = match work {
            Work::Code {
                session: Some(session),
                ..
            } => News::Signed(session.sign(&choice, proof, &token, now, progress).await),
            Work::Code { session: None, .. } => return,
            Work::File(path) => {
                let target = file::beside(&path);
                let read =
                    tokio::task::spawn_blocking(move || Source::read(&path, Packaging::Detached)).await;
                let signed = match read {
                    Ok(Ok(source)) => source
                        .sign(&choice, proof, &token, now, progress)
                        .await
                        .map_err(FileFailure::Signing),
                    Ok(Err(error)) => Err(FileFailure::File(error)),
                    // Only when the program ends.
                    Err(_) => return,
                };
                News::File(
                    signed.and_then(|signature| match file::write_new(&target, &signature) {
                        Ok(()) => Ok(target),
                        Err(error) => Err(FileFailure::Unsaved {
                            error,
                            target,
                            signature,
                        }),
                    }),
                )
            }
        };
        let _ = news.send(outcome).await;
    });
    Task::stream(news).map(move |news| Message::News(number, Box::new(news)))
}

/// Delivers once more what is signed.
pub(crate) fn deliver(number: u64, session: Session, signed: Undelivered) -> Task<Message> {
    Task::future(async move {
        let outcome = session.deliver(signed).await;
        Message::News(number, Box::new(News::Signed(outcome)))
    })
}

/// The page that shows the code is told that nothing is signed. Whether it hears of it changes nothing here.
pub(crate) fn refuse<T: Send + 'static>(session: Session) -> Task<T> {
    Task::future(async move {
        let refused = session.refuse(RefusalReason::User);
        let _ = tokio::time::timeout(FAREWELL, refused).await;
    })
    .discard()
}

/// Keeps a receipt.
pub(crate) fn keep(archive: &Archive, receipt: &Receipt) -> Result<std::path::PathBuf, ArchiveError> {
    archive.keep(receipt)
}
