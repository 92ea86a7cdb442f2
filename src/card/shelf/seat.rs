//! A card in a reader of the shelf, and the connections to it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Exchange;
use crate::apdu::carries_secret;
use crate::{Atr, Error, Transport};

type Card = Box<dyn FnMut(Exchange<'_>) -> Option<Vec<u8>> + Send>;

/// An inserted card. All clones are the same card.
#[derive(Clone)]
pub(super) struct Seat {
    shared: Arc<Shared>,
}

struct Shared {
    atr: Atr,
    mute: bool,
    /// Apart from the mutex, so that a card can be pulled while it works on an answer.
    pulled: AtomicBool,
    chip: Mutex<Chip>,
    freed: Condvar,
    next_connection: AtomicU64,
}

struct Chip {
    card: Card,
    powered: bool,
    /// The connection that speaks to the card alone.
    owner: Option<u64>,
}

impl Seat {
    /// Powers the card up.
    pub(super) fn new(atr: Atr, mut card: Card) -> Self {
        let powered = card(Exchange::Reset).is_some();
        let shared = Shared {
            atr,
            mute: !powered,
            pulled: AtomicBool::new(false),
            chip: Mutex::new(Chip {
                card,
                powered,
                owner: None,
            }),
            freed: Condvar::new(),
            next_connection: AtomicU64::new(0),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    pub(super) fn atr(&self) -> &Atr {
        &self.shared.atr
    }

    /// Whether it kept silent when it was inserted.
    pub(super) fn is_mute(&self) -> bool {
        self.shared.mute
    }

    pub(super) fn pull(&self) {
        self.shared.pulled.store(true, Ordering::SeqCst);
        self.shared.freed.notify_all();
    }

    pub(super) fn connect(&self) -> Result<Connection, Error> {
        let number = self.shared.next_connection.fetch_add(1, Ordering::Relaxed);
        let connection = Connection {
            shared: Arc::clone(&self.shared),
            number,
            count: 0,
            proven: false,
        };
        let mut chip = connection.wait()?;
        if !chip.powered {
            chip.powered = (chip.card)(Exchange::Reset).is_some();
        }
        let powered = chip.powered;
        drop(chip);
        if powered { Ok(connection) } else { Err(Error::Mute) }
    }
}

/// A connection to a card on the shelf.
pub(super) struct Connection {
    shared: Arc<Shared>,
    number: u64,
    count: u32,
    /// A secret was shown to the card: it is reset at the end, as over PC/SC.
    proven: bool,
}

impl Connection {
    /// Waits until no other connection has the card for itself.
    fn wait(&self) -> Result<MutexGuard<'_, Chip>, Error> {
        let mut chip = self.shared.chip.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if self.shared.pulled.load(Ordering::SeqCst) {
                return Err(Error::Removed);
            }
            if chip.owner.is_none_or(|owner| owner == self.number) {
                return Ok(chip);
            }
            // Wakes up now and then, because pulling does not take the lock and its signal could be missed.
            let patience = std::time::Duration::from_millis(50);
            let waited = self.shared.freed.wait_timeout(chip, patience);
            chip = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn release(&self) {
        let mut chip = self.shared.chip.lock().unwrap_or_else(PoisonError::into_inner);
        if chip.owner == Some(self.number) {
            chip.owner = None;
        }
        drop(chip);
        self.shared.freed.notify_all();
    }
}

impl Transport for Connection {
    fn atr(&self) -> &Atr {
        &self.shared.atr
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Error> {
        self.proven |= command.get(1).copied().is_some_and(carries_secret) && command.len() > 5;
        let mut chip = self.wait()?;
        if !chip.powered {
            return Err(Error::Removed);
        }
        let answer = (chip.card)(Exchange::Command(command));
        chip.powered = answer.is_some();
        drop(chip);
        self.count = self.count.saturating_add(1);
        let pulled = self.shared.pulled.load(Ordering::SeqCst);
        answer.filter(|_| !pulled).ok_or(Error::Removed)
    }

    fn begin(&mut self) -> Result<(), Error> {
        let number = self.number;
        self.wait()?.owner = Some(number);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Error> {
        self.release();
        Ok(())
    }

    fn apdu_count(&self) -> u32 {
        self.count
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Whoever speaks to the card alone now, or a card that was pulled, is not disturbed.
        if self.proven
            && let Ok(mut chip) = self.shared.chip.lock()
            && chip.powered
            && !self.shared.pulled.load(Ordering::SeqCst)
            && chip.owner.is_none_or(|owner| owner == self.number)
        {
            chip.powered = (chip.card)(Exchange::Reset).is_some();
        }
        self.release();
    }
}
