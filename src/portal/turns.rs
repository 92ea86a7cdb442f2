//! Turns: of what takes a processor's time, a few are done at once, off the asynchronous threads.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::Error;

/// A queue for one kind of work.
#[derive(Clone, Debug)]
pub(crate) struct Turns {
    /// The work's name in the log.
    call: &'static str,
    /// How long a caller waits before it is told that the service is busy.
    patience: Duration,
    places: Arc<Semaphore>,
}

/// A place in front; given back when the work is done, even if nobody waits for it any more.
#[derive(Debug)]
pub(crate) struct Turn {
    call: &'static str,
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// At least one place.
    pub(crate) fn new(call: &'static str, at_once: usize, patience: Duration) -> Self {
        Self {
            call,
            patience,
            places: Arc::new(Semaphore::new(at_once.max(1))),
        }
    }

    /// Waits for a turn.
    pub(crate) async fn next(&self) -> Result<Turn, Error> {
        let waiting = tokio::time::timeout(self.patience, Arc::clone(&self.places).acquire_owned());
        match waiting.await {
            Ok(Ok(place)) => Ok(Turn {
                call: self.call,
                _place: place,
            }),
            // Nobody closes the queue.
            Ok(Err(_)) | Err(_) => Err(Error::Busy {
                call: self.call,
                detail: "too many at once".into(),
                retry_after: Duration::from_secs(5),
            }),
        }
    }
}

impl Turn {
    /// Does the work.
    pub(crate) async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let call = self.call;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(self);
            done
        });
        done.await.map_err(|error| Error::internal(call, error))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_waits_too_long_is_told_and_a_place_comes_back() {
        let turns = Turns::new("test", 0, Duration::from_millis(20));
        let first = turns.next().await.unwrap();
        assert!(matches!(
            turns.next().await,
            Err(Error::Busy { call: "test", .. })
        ));
        assert_eq!(first.work(|| 7).await.unwrap(), 7);
        turns.next().await.unwrap();
    }

    #[tokio::test]
    async fn work_goes_on_and_keeps_its_place_when_nobody_waits_for_it() {
        let turns = Turns::new("test", 1, Duration::from_millis(20));
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let turn = turns.next().await.unwrap();
        let work = turn.work(move || wait.recv());
        assert!(
            tokio::time::timeout(Duration::from_millis(20), work)
                .await
                .is_err()
        );
        assert!(turns.next().await.is_err());
        go.send(()).unwrap();
        let patient = Turns {
            patience: Duration::from_secs(10),
            ..turns
        };
        patient.next().await.unwrap();
    }
}
