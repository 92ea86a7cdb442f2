//! What is plugged in, and what came and went.

use std::sync::Arc;
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

use crate::{Atr, Error, Pad, Transport};

/// A place where readers are.
///
/// Shared between the watching thread and the workers that open cards.
pub trait Hub: Send + Sync {
    /// What is there right now.
    fn snapshot(&self) -> Snapshot;

    /// Calls `on_change` with the present state at once, then with the whole state after each change, from a
    /// thread of the hub's own, until the returned [`Watch`] is dropped. Waits without polling.
    fn watch(&self, on_change: Box<dyn FnMut(Snapshot) + Send>) -> Result<Watch, Error>;

    /// Opens the card that is in the reader of this name.
    fn connect(&self, reader: &str) -> Result<Box<dyn Transport>, Error>;

    /// The keys of the reader of this name, if it has its own and they can be used without a module.
    fn pad(&self, _reader: &str) -> Option<Arc<dyn Pad>> {
        None
    }
}

/// Everything that a hub sees at one moment. Whole states rather than differences: a lost or repeated one
/// does no harm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Whether the service behind the readers answers.
    pub service: ServiceState,
    /// The readers, in the service's order.
    pub readers: Vec<Reader>,
}

/// The state of the smart card service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceState {
    /// It answers.
    #[default]
    Running,
    /// It is installed but not running (`SCARD_E_NO_SERVICE`, `SCARD_E_SERVICE_STOPPED`).
    Stopped,
    /// Client and service speak different protocol versions, or it fails in another way.
    Failing,
}

/// One reader and what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// The reader's name as PC/SC gives it; unique within a snapshot.
    pub name: String,
    /// What is in it.
    pub state: ReaderState,
}

/// What is in a reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReaderState {
    /// No card.
    Empty,
    /// A card that answered to reset.
    Card {
        /// What it answered.
        atr: Atr,
        /// Counts insertions into this reader, so that a fast swap of two like cards is seen.
        insertion: u32,
        /// Another program held it for itself alone when this was looked at. Services tell of it with the next
        /// event of the reader, not when it begins: [`Error::Held`] at connecting is the surer sign.
        held_by_other: bool,
    },
    /// Something is in the reader but does not answer: upside down, dirty or broken.
    Mute,
    /// The reader itself does not work at the moment.
    Unavailable,
}

/// A running watch; dropping it ends the watch and waits until its thread has gone.
pub struct Watch {
    stop: Option<Box<dyn FnOnce() + Send>>,
}

impl Watch {
    /// A watch that `stop` ends.
    pub fn new(stop: impl FnOnce() + Send + 'static) -> Self {
        Self {
            stop: Some(Box::new(stop)),
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            stop();
        }
    }
}

impl<H: Hub + ?Sized> Hub for Arc<H> {
    fn snapshot(&self) -> Snapshot {
        (**self).snapshot()
    }

    fn watch(&self, on_change: Box<dyn FnMut(Snapshot) + Send>) -> Result<Watch, Error> {
        (**self).watch(on_change)
    }

    fn connect(&self, reader: &str) -> Result<Box<dyn Transport>, Error> {
        (**self).connect(reader)
    }

    fn pad(&self, reader: &str) -> Option<Arc<dyn Pad>> {
        (**self).pad(reader)
    }
}

/// Waits until a watch's thread has gone; does not wait if it is that thread itself that ends the watch.
pub(crate) fn join(thread: JoinHandle<()>) {
    if thread.thread().id() != std::thread::current().id() {
        // A listener that panicked has said so itself.
        let _ = thread.join();
    }
}
