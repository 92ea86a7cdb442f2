//! Whether anybody still waits for what a worker does.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use card::{Atr, Transport};

/// Shared between a worker and the token it works on. By default somebody waits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interest(Arc<Mutex<Option<Weak<()>>>>);

impl Interest {
    /// From now on it is this one who waits, for as long as the other end lives.
    pub(crate) fn belongs_to(&self, waiting: Weak<()>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(waiting);
    }

    /// Whether nobody waits any more.
    pub(crate) fn lost(&self) -> bool {
        let waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .as_ref()
            .is_some_and(|waiting| waiting.strong_count() == 0)
    }
}

/// A transport that fails as soon as nobody waits any more, so that an abandoned reading lets go of the card.
pub(crate) struct Wanted {
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) interest: Interest,
}

impl Transport for Wanted {
    fn atr(&self) -> &Atr {
        self.transport.atr()
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, card::Error> {
        if self.interest.lost() {
            // Nobody reads it.
            return Err(card::Error::Removed);
        }
        self.transport.transmit(command)
    }

    fn begin(&mut self) -> Result<(), card::Error> {
        self.transport.begin()
    }

    fn end(&mut self) -> Result<(), card::Error> {
        self.transport.end()
    }

    fn apdu_count(&self) -> u32 {
        self.transport.apdu_count()
    }
}
