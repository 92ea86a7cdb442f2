//! Looking at a card as a task of the window.

use std::{pin::pin, sync::Arc, time::Duration};

use iced::{
    Task,
    futures::{SinkExt as _, channel::mpsc},
};
use journeys::look::{Request, look};
use time::OffsetDateTime;
use token::{Choice, TokenHandle};

use crate::{environment::Prepared, readers::LookEvent};

/// What takes less than this is not shown as a wait.
const PATIENCE: Duration = Duration::from_millis(300);

/// Looks at the card in a reader, and tells how far it is.
pub(crate) fn task(
    prepared: &Prepared,
    reader: String,
    atr: card::Atr,
    choice: Choice,
    now: OffsetDateTime,
) -> Task<LookEvent> {
    let opener = prepared.opener.clone();
    let request = Request {
        family: opener.families.of(&atr),
        anchors: Arc::clone(&prepared.anchors),
        reader: reader.clone(),
        atr,
        now,
    };
    Task::stream(iced::stream::channel(
        16,
        async move |mut news: mpsc::Sender<LookEvent>| {
            let token = TokenHandle::open(opener, reader, choice);
            let mut steps = news.clone();
            let looking = look(request, &token, move |progress| {
                // A full channel loses a step on the way, not the outcome.
                let _ = steps.try_send(LookEvent::Progress(progress));
            });
            let mut looking = pin!(looking);
            let outcome = tokio::select! {
                outcome = &mut looking => outcome,
                () = tokio::time::sleep(PATIENCE) => {
                    let _ = news.send(LookEvent::Slow).await;
                    looking.await
                }
            };
            let _ = news.send(LookEvent::Done(outcome.map(Arc::new))).await;
        },
    ))
}
