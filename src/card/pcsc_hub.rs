//! The PC/SC service's readers.

mod codes;
mod connection;
mod readers;
mod watching;

use std::time::Duration;

use pcsc::{Context, Scope};

use self::connection::Connection;
use self::readers::{Readers, list};
use crate::{Error, Hub, ServiceState, Snapshot, Transport, Watch};

/// The readers that the PC/SC service of this machine knows (pcscd, or the Smart Card service of Windows).
///
/// # Watching
/// A watch blocks in `SCardGetStatusChange` without a time limit, on a thread with a context of its own; the pseudo
/// reader for plug and play tells of new readers, and dropping the watch cancels the wait. Only in these cases does
/// it look by the clock, because there is nothing to wait on:
/// - the service is down: every 2 seconds, until it answers (asking starts it where it is started on demand);
/// - the list of readers changed: once more after a second, because older services lose a reader that arrives
///   between the listing and the wait;
/// - a card is there but its answer to reset is not, yet: every half second, six times;
/// - there are more readers than the service will wait on in one call: every second.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pcsc {}

impl Pcsc {
    /// The service need not run yet: a watch notices when it comes.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Hub for Pcsc {
    fn snapshot(&self) -> Snapshot {
        let looked = Context::establish(Scope::User).and_then(|context| {
            let mut readers = Readers::default();
            readers.refresh(&context)?;
            match readers.wait(&context, Some(Duration::ZERO)) {
                // A reader went between the listing and the look: the others are told of by the next snapshot.
                Ok(()) | Err(pcsc::Error::UnknownReader) => Ok(readers.snapshot()),
                Err(code) => Err(code),
            }
        });
        looked.unwrap_or_else(|code| Snapshot::without_readers(codes::state_of(code)))
    }

    fn watch(&self, on_change: Box<dyn FnMut(Snapshot) + Send>) -> Result<Watch, Error> {
        watching::watch(on_change)
    }

    fn connect(&self, reader: &str) -> Result<Box<dyn Transport>, Error> {
        let context = Context::establish(Scope::User).map_err(codes::of_establish)?;
        let names = list(&context).map_err(|error| codes::of("SCardListReaders", error))?;
        let (_, raw) = names
            .iter()
            .find(|(name, _)| name == reader)
            .ok_or(Error::NoReader)?;
        Ok(Box::new(Connection::open(&context, raw)?))
    }
}

impl Snapshot {
    fn without_readers(service: ServiceState) -> Self {
        Self {
            service,
            readers: Vec::new(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
