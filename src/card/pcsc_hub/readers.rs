//! Readers and what is in them, as PC/SC tells it.

use std::ffi::CString;
use std::time::Duration;

use pcsc::{Context, Error as Code, PNP_NOTIFICATION, ReaderState as Entry, State};

use crate::{Atr, Reader, ReaderState, ServiceState, Snapshot};

/// How often a card that is there without an answer to reset is looked at again.
const PATIENCE: u8 = 6;
/// So many entries are waited on in one call by any service (`MAXIMUM_SMARTCARD_READERS` of Windows).
const CERTAIN_ENTRIES: usize = 10;

/// All readers, in the service's order.
pub(super) struct Readers {
    /// What PC/SC is asked for, side by side: first the pseudo reader that tells of arrivals, then one entry for each
    /// of `known`, in the same order.
    entries: Vec<Entry>,
    known: Vec<Known>,
    /// The service refused to wait on so many.
    crowd: bool,
}

struct Known {
    raw: CString,
    reader: Reader,
    /// How often to look again for the answer to reset.
    patience: u8,
}

impl Default for Readers {
    fn default() -> Self {
        Self {
            entries: vec![Entry::new(PNP_NOTIFICATION(), State::UNAWARE)],
            known: Vec::new(),
            crowd: false,
        }
    }
}

impl Readers {
    /// Lists the readers anew; says whether the list has changed. What is known of those that stay is kept.
    pub(super) fn refresh(&mut self, context: &Context) -> Result<bool, Code> {
        let names = list(context)?;
        let mut known = self.known.iter();
        let same = names.len() == known.len()
            && names
                .iter()
                .all(|(name, raw)| known.next().is_some_and(|known| known.is(name, raw)));
        if same {
            return Ok(false);
        }
        self.crowd = false;
        let arrivals = self.entries.drain(..).next();
        let mut before: Vec<Known> = std::mem::take(&mut self.known);
        self.entries.extend(arrivals);
        for (name, raw) in names {
            // Every entry is asked for anew, so that those that stay tell their state again.
            self.entries.push(Entry::new(raw.clone(), State::UNAWARE));
            let place = before.iter().position(|known| known.is(&name, &raw));
            self.known
                .push(place.map_or_else(|| Known::new(name, raw), |place| before.swap_remove(place)));
        }
        Ok(true)
    }

    /// Waits until something changes or the time is up, and takes it over.
    pub(super) fn wait(&mut self, context: &Context, limit: Option<Duration>) -> Result<(), Code> {
        match context.get_status_change(limit, &mut self.entries) {
            Ok(()) => self.settle(),
            Err(Code::Timeout) => {}
            Err(Code::InvalidValue | Code::InvalidParameter) if self.entries.len() > CERTAIN_ENTRIES => {
                self.crowd = true;
                return self.look(context);
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Whether there are more readers than the service will wait on in one call, so that they are looked at by the
    /// clock.
    pub(super) fn is_crowd(&self) -> bool {
        self.crowd
    }

    /// Whether a card is there, but not (yet) its answer to reset: the service will not tell when that comes.
    pub(super) fn is_unsettled(&self) -> bool {
        self.pairs()
            .any(|(entry, known)| known.patience > 0 && lacks_answer(entry))
    }

    /// Makes the next wait tell anew of the cards whose answer to reset is not there yet.
    pub(super) fn ask_again(&mut self) {
        for (entry, known) in self.entries.iter_mut().skip(1).zip(&mut self.known) {
            if known.patience > 0 && lacks_answer(entry) {
                known.patience -= 1;
                *entry = Entry::new(known.raw.clone(), State::UNAWARE);
            }
        }
    }

    /// The present state of all readers.
    pub(super) fn snapshot(&self) -> Snapshot {
        let readers = self.known.iter().map(|known| known.reader.clone()).collect();
        Snapshot {
            service: ServiceState::Running,
            readers,
        }
    }

    /// Looks at all readers, some at a time, without waiting.
    fn look(&mut self, context: &Context) -> Result<(), Code> {
        for group in self.entries.chunks_mut(CERTAIN_ENTRIES) {
            match context.get_status_change(Duration::ZERO, group) {
                Ok(()) | Err(Code::Timeout) => {}
                Err(error) => return Err(error),
            }
        }
        self.settle();
        Ok(())
    }

    /// Takes over what a wait brought.
    fn settle(&mut self) {
        for (index, entry) in self.entries.iter_mut().enumerate() {
            let state = entry.event_state();
            if index > 0 && !state.contains(State::CHANGED) {
                continue;
            }
            if let Some(known) = index.checked_sub(1).and_then(|index| self.known.get_mut(index)) {
                known.reader.state = read_state(state, entry.atr(), entry.event_count());
                if !state.contains(State::PRESENT) {
                    known.patience = PATIENCE;
                }
            }
            entry.sync_current_state();
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (&Entry, &Known)> {
        self.entries.iter().skip(1).zip(&self.known)
    }
}

impl Known {
    fn new(name: String, raw: CString) -> Self {
        Self {
            raw,
            reader: Reader {
                name,
                state: ReaderState::Empty,
            },
            patience: PATIENCE,
        }
    }

    fn is(&self, name: &str, raw: &CString) -> bool {
        self.raw == *raw && self.reader.name == name
    }
}

/// The names of all readers: for people, each unique, and as the service has them.
pub(super) fn list(context: &Context) -> Result<Vec<(String, CString)>, Code> {
    match context.list_readers_owned() {
        Ok(raw) => Ok(unique_names(raw)),
        Err(Code::NoReadersAvailable) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Reader names are bytes of any encoding. What is lost in decoding could make two alike.
pub(super) fn unique_names(raw: Vec<CString>) -> Vec<(String, CString)> {
    let mut names: Vec<(String, CString)> = Vec::with_capacity(raw.len());
    for raw in raw {
        let plain = raw.to_string_lossy().into_owned();
        let mut name = plain.clone();
        let mut number = 2;
        while names.iter().any(|(taken, _)| *taken == name) {
            name = format!("{plain} ({number})");
            number += 1;
        }
        names.push((name, raw));
    }
    names
}

/// What a reader's event state means (`SCARD_STATE_*`).
pub(super) fn read_state(state: State, atr: &[u8], insertion: u32) -> ReaderState {
    if state.contains(State::PRESENT) {
        return match Atr::new(atr) {
            Some(atr) if !state.contains(State::MUTE) => ReaderState::Card {
                atr,
                insertion,
                held_by_other: state.contains(State::EXCLUSIVE),
            },
            _ => ReaderState::Mute,
        };
    }
    if state.intersects(State::UNAVAILABLE | State::UNKNOWN) {
        return ReaderState::Unavailable;
    }
    ReaderState::Empty
}

fn lacks_answer(entry: &Entry) -> bool {
    let state = entry.current_state();
    state.contains(State::PRESENT) && !state.contains(State::MUTE) && entry.atr().is_empty()
}
