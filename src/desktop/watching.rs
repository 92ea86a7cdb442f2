//! Watching what comes and goes, as a subscription.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use card::{Hub, Snapshot};
use iced::{
    Subscription,
    futures::{SinkExt as _, Stream, channel::mpsc},
};
use tokio::sync::watch;

/// What the hub says: its whole state, or that it cannot be watched.
pub(crate) type News = Result<Snapshot, card::Error>;

/// The hub that is watched. A new `attempt` begins anew.
struct Watched {
    hub: Arc<dyn Hub>,
    attempt: u32,
}

impl Hash for Watched {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // There is one hub in a run of the program.
        self.attempt.hash(state);
    }
}

/// Watches the hub until the subscription is no longer asked for.
pub(crate) fn subscription(hub: &Arc<dyn Hub>, attempt: u32) -> Subscription<News> {
    Subscription::run_with(
        Watched {
            hub: Arc::clone(hub),
            attempt,
        },
        stream,
    )
}

fn stream(watched: &Watched) -> impl Stream<Item = News> + use<> {
    let hub = Arc::clone(&watched.hub);
    iced::stream::channel(1, async move |mut output: mpsc::Sender<News>| {
        // Keeps the newest state only: whoever is late misses nothing but history.
        let (newest, mut changes) = watch::channel(None);
        let watching = hub.watch(Box::new(move |snapshot| {
            newest.send_replace(Some(snapshot));
        }));
        let _watching = match watching {
            Ok(watching) => watching,
            Err(error) => {
                let _ = output.send(Err(error)).await;
                return;
            }
        };
        while changes.changed().await.is_ok() {
            let snapshot = changes.borrow_and_update().clone();
            if let Some(snapshot) = snapshot
                && output.send(Ok(snapshot)).await.is_err()
            {
                return;
            }
        }
    })
}
