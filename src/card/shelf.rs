//! Readers with cards in this process: practice cards and tests, on every platform, without any service.

mod seat;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use self::seat::Seat;
use crate::{Atr, Error, Hub, Pad, Reader, ReaderState, ServiceState, Snapshot, Transport, Watch};

/// What the shelf asks of a card in this process.
#[derive(Clone, Copy, Debug)]
pub enum Exchange<'a> {
    /// Power was switched on (again). Any answer will do; `None` makes the card mute.
    Reset,
    /// A command APDU.
    Command(&'a [u8]),
}

/// A set of in-process readers. Cheap to clone; all clones are the same shelf.
#[derive(Clone, Default)]
pub struct Shelf {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    slots: Vec<Slot>,
    /// Grows with every change, so that no watch misses one.
    version: u64,
}

struct Slot {
    name: String,
    insertions: u32,
    seat: Option<Seat>,
    pad: Option<Arc<dyn Pad>>,
}

impl Shelf {
    /// A shelf without readers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an empty reader (no effect if there is one of this name).
    pub fn add_reader(&self, reader: &str) {
        self.change(|state| {
            state.slot(reader);
        });
    }

    /// Adds an empty reader that has keys of its own.
    pub fn add_reader_with_pad(&self, reader: &str, pad: Arc<dyn Pad>) {
        self.change(|state| state.slot(reader).pad = Some(pad));
    }

    /// Takes a reader away, with whatever is in it.
    pub fn remove_reader(&self, reader: &str) {
        self.pull(reader);
        self.change(|state| state.slots.retain(|slot| slot.name != reader));
    }

    /// Puts a card into a reader (made if it is not there; a card already in it is pulled first). The
    /// closure answers for the card; `None` means that it lost power: that exchange fails with
    /// [`Error::Removed`], and the next connection resets it.
    pub fn insert(
        &self,
        reader: &str,
        atr: Atr,
        card: impl FnMut(Exchange<'_>) -> Option<Vec<u8>> + Send + 'static,
    ) {
        self.pull(reader);
        let seat = Seat::new(atr, Box::new(card));
        self.change(|state| {
            let slot = state.slot(reader);
            slot.insertions = slot.insertions.wrapping_add(1);
            slot.seat = Some(seat);
        });
    }

    /// Pulls the card out; open connections fail from now on with [`Error::Removed`].
    pub fn pull(&self, reader: &str) {
        self.change(|state| {
            let slot = state.slots.iter_mut().find(|slot| slot.name == reader);
            if let Some(seat) = slot.and_then(|slot| slot.seat.take()) {
                seat.pull();
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.shared.lock();
        change(&mut state);
        state.version += 1;
        drop(state);
        self.shared.changed.notify_all();
    }
}

impl Hub for Shelf {
    fn snapshot(&self) -> Snapshot {
        self.shared.lock().snapshot()
    }

    fn watch(&self, on_change: Box<dyn FnMut(Snapshot) + Send>) -> Result<Watch, Error> {
        let shared = Arc::clone(&self.shared);
        let stopped = Arc::new(Mutex::new(false));
        let flag = Arc::clone(&stopped);
        let thread = thread::spawn(move || shared.watch(&flag, on_change));
        let shared = Arc::clone(&self.shared);
        Ok(Watch::new(move || {
            // Under the lock, so that the watch is either before its look at the flag or already waiting.
            let state = shared.lock();
            *stopped.lock().unwrap_or_else(PoisonError::into_inner) = true;
            drop(state);
            shared.changed.notify_all();
            crate::hub::join(thread);
        }))
    }

    fn connect(&self, reader: &str) -> Result<Box<dyn Transport>, Error> {
        let state = self.shared.lock();
        let slot = state
            .slots
            .iter()
            .find(|slot| slot.name == reader)
            .ok_or(Error::NoReader)?;
        let seat = slot.seat.clone().ok_or(Error::NoCard)?;
        drop(state);
        Ok(Box::new(seat.connect()?))
    }

    fn pad(&self, reader: &str) -> Option<Arc<dyn Pad>> {
        let state = self.shared.lock();
        let slot = state.slots.iter().find(|slot| slot.name == reader)?;
        slot.pad.clone()
    }
}

impl Shared {
    /// What a panicking card or listener left behind is still consistent: every change is one assignment.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn watch(&self, stopped: &Mutex<bool>, mut on_change: Box<dyn FnMut(Snapshot) + Send>) {
        let mut state = self.lock();
        let mut told = None;
        while !*stopped.lock().unwrap_or_else(PoisonError::into_inner) {
            let snapshot = state.snapshot();
            if told.as_ref() != Some(&snapshot) {
                drop(state);
                told = Some(snapshot.clone());
                on_change(snapshot);
                state = self.lock();
                continue;
            }
            let version = state.version;
            let stop_or_change = |state: &mut State| {
                state.version == version && !*stopped.lock().unwrap_or_else(PoisonError::into_inner)
            };
            state = self
                .changed
                .wait_while(state, stop_or_change)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl State {
    /// The reader of this name, made if it is not there.
    fn slot(&mut self, name: &str) -> &mut Slot {
        let index = self
            .slots
            .iter()
            .position(|slot| slot.name == name)
            .unwrap_or(self.slots.len());
        if index == self.slots.len() {
            self.slots.push(Slot {
                name: name.to_owned(),
                insertions: 0,
                seat: None,
                pad: None,
            });
        }
        &mut self.slots[index]
    }

    fn snapshot(&self) -> Snapshot {
        let readers = self.slots.iter().map(Slot::reader).collect();
        Snapshot {
            service: ServiceState::Running,
            readers,
        }
    }
}

impl Slot {
    fn reader(&self) -> Reader {
        let state = match &self.seat {
            None => ReaderState::Empty,
            Some(seat) if seat.is_mute() => ReaderState::Mute,
            Some(seat) => ReaderState::Card {
                atr: seat.atr().clone(),
                insertion: self.insertions,
                held_by_other: false,
            },
        };
        Reader {
            name: self.name.clone(),
            state,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
