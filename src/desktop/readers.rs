//! What is plugged in, and how far looking at each card is. Pure state: what is to be looked at comes back as a list.

use std::sync::Arc;

use card::{Atr, Error, ReaderState, ServiceState, Snapshot};
use iced::task::Handle;
use journeys::look::Report;
use token::Progress;

mod name;

pub(crate) use name::short_name;

/// All readers, in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Readers {
    state: Known,
    slots: Vec<Slot>,
    looks: u64,
}

/// What is known of the place where readers are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Known {
    /// Nothing came yet.
    #[default]
    NotYet,
    /// A snapshot came.
    Service(ServiceState),
    /// Watching failed.
    Failed(Error),
}

/// Why there are no readers to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The service behind the readers does not answer as it should.
    Service(ServiceState),
    /// Watching the readers failed.
    Watch(Error),
}

/// A reader.
#[derive(Debug)]
pub(crate) struct Slot {
    /// Its name as PC/SC gives it.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) seat: Seat,
}

/// What is in a reader.
#[derive(Debug)]
pub(crate) enum Seat {
    /// No card.
    Empty,
    /// No card: it was pulled while it was being read.
    PulledEarly,
    /// Something that does not answer.
    Mute,
    /// The reader does not work.
    Unavailable,
    /// A card.
    Card(Box<Inserted>),
}

/// A card in a reader.
#[derive(Debug)]
pub(crate) struct Inserted {
    /// What it answered to reset.
    pub(crate) atr: Atr,
    insertion: u32,
    /// Another program holds it for itself.
    pub(crate) is_held: bool,
    /// How far looking at it is.
    pub(crate) look: Look,
}

/// How far looking at a card is.
#[derive(Debug)]
pub(crate) enum Look {
    /// Not begun: the program itself is not ready.
    Waiting,
    /// Under way.
    Reading(Reading),
    /// Done.
    Done(Arc<Report>),
    /// Failed.
    Failed(token::Error),
}

/// A look that is under way; dropping it ends it.
#[derive(Debug)]
pub(crate) struct Reading {
    number: u64,
    /// How far it is.
    pub(crate) progress: Option<Progress>,
    /// It takes long enough to be shown.
    pub(crate) is_slow: bool,
    /// What the look before this one found, if it was this card: shown until this one takes long.
    before: Option<Arc<Report>>,
    task: Option<Handle>,
}

/// Which look a piece of news belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LookId {
    /// The reader.
    pub(crate) reader: String,
    number: u64,
}

/// News of a look.
#[derive(Clone, Debug)]
pub(crate) enum LookEvent {
    /// It takes long enough to be shown.
    Slow,
    /// It came further.
    Progress(Progress),
    /// It ended.
    Done(Result<Arc<Report>, token::Error>),
}

impl Readers {
    /// Whether anything is known yet.
    pub(crate) fn is_known(&self) -> bool {
        self.state != Known::NotYet
    }

    /// Why there are no readers, if that is anybody's fault.
    pub(crate) fn trouble(&self) -> Option<Trouble> {
        match &self.state {
            Known::NotYet | Known::Service(ServiceState::Running) => None,
            Known::Service(state) => Some(Trouble::Service(*state)),
            Known::Failed(error) => Some(Trouble::Watch(error.clone())),
        }
    }

    /// The readers.
    pub(crate) fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The reader of this name.
    pub(crate) fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.name == name)
    }

    /// The card in the reader of this name.
    pub(crate) fn card(&self, reader: &str) -> Option<&Inserted> {
        match &self.slot(reader)?.seat {
            Seat::Card(card) => Some(card),
            _ => None,
        }
    }

    /// Takes over what the hub sees. Readers whose card is new are to be looked at; they come back by name.
    pub(crate) fn apply(&mut self, snapshot: Snapshot) -> Vec<String> {
        self.state = Known::Service(snapshot.service);
        let mut before = std::mem::take(&mut self.slots);
        let mut due = Vec::new();
        for reader in snapshot.readers {
            let old = before.iter().position(|slot| slot.name == reader.name);
            let old = old.map(|index| before.swap_remove(index).seat);
            let (seat, is_new) = follow(old, reader.state);
            if is_new {
                due.push(reader.name.clone());
            }
            self.slots.push(Slot {
                name: reader.name,
                seat,
            });
        }
        due
    }

    /// Watching the readers failed.
    pub(crate) fn fail(&mut self, error: Error) {
        self.state = Known::Failed(error);
        self.slots.clear();
    }

    /// Readers with a card, which are all to be looked at again.
    pub(crate) fn with_card(&self) -> Vec<String> {
        let with_card = self
            .slots
            .iter()
            .filter(|slot| matches!(slot.seat, Seat::Card(_)));
        with_card.map(|slot| slot.name.clone()).collect()
    }

    /// Begins a look at the card in this reader; `None` if there is none.
    pub(crate) fn begin(&mut self, reader: &str) -> Option<LookId> {
        self.looks = self.looks.wrapping_add(1);
        let number = self.looks;
        let card = self.card_mut(reader)?;
        let before = card.look.report().cloned();
        card.look = Look::Reading(Reading {
            number,
            progress: None,
            is_slow: false,
            before,
            task: None,
        });
        Some(LookId {
            reader: reader.to_owned(),
            number,
        })
    }

    /// Ties a look to its task, which ends with it.
    pub(crate) fn hold(&mut self, id: &LookId, task: Handle) {
        if let Some(reading) = self.reading(id) {
            reading.task = Some(task.abort_on_drop());
        }
    }

    /// Takes over news of a look; news of one that nobody waits for any more is dropped.
    pub(crate) fn tell(&mut self, id: &LookId, event: LookEvent) {
        let Some(reading) = self.reading(id) else { return };
        match event {
            LookEvent::Slow => reading.is_slow = true,
            LookEvent::Progress(progress) => reading.progress = Some(progress),
            LookEvent::Done(outcome) => {
                if let Some(card) = self.card_mut(&id.reader) {
                    card.look = match outcome {
                        Ok(report) => Look::Done(report),
                        Err(error) => Look::Failed(error),
                    };
                }
            }
        }
    }

    fn reading(&mut self, id: &LookId) -> Option<&mut Reading> {
        match &mut self.card_mut(&id.reader)?.look {
            Look::Reading(reading) if reading.number == id.number => Some(reading),
            _ => None,
        }
    }

    fn card_mut(&mut self, reader: &str) -> Option<&mut Inserted> {
        let slot = self.slots.iter_mut().find(|slot| slot.name == reader)?;
        match &mut slot.seat {
            Seat::Card(card) => Some(card),
            _ => None,
        }
    }
}

/// What is in a reader now, after what was in it; and whether that is to be looked at.
fn follow(old: Option<Seat>, new: ReaderState) -> (Seat, bool) {
    match new {
        ReaderState::Card {
            atr,
            insertion,
            held_by_other,
        } => follow_card(old, atr, insertion, held_by_other),
        ReaderState::Empty => match old {
            Some(Seat::PulledEarly) => (Seat::PulledEarly, false),
            Some(Seat::Card(card)) if card.look.was_cut_off() => (Seat::PulledEarly, false),
            _ => (Seat::Empty, false),
        },
        ReaderState::Mute => (Seat::Mute, false),
        ReaderState::Unavailable => (Seat::Unavailable, false),
    }
}

fn follow_card(old: Option<Seat>, atr: Atr, insertion: u32, is_held: bool) -> (Seat, bool) {
    match old {
        Some(Seat::Card(mut card)) if card.insertion == insertion && card.atr == atr => {
            let was_let_go = card.is_held && !is_held;
            card.is_held = is_held;
            let again = was_let_go && matches!(card.look, Look::Failed(_));
            (Seat::Card(card), again)
        }
        _ => (
            Seat::Card(Box::new(Inserted {
                atr,
                insertion,
                is_held,
                look: Look::Waiting,
            })),
            true,
        ),
    }
}

impl Inserted {
    /// Grows with every card that comes into the reader.
    pub(crate) fn insertion(&self) -> u32 {
        self.insertion
    }
}

impl Look {
    /// What is known of the card: of this look, or of the one before while it is under way.
    pub(crate) fn report(&self) -> Option<&Arc<Report>> {
        match self {
            Self::Done(report) => Some(report),
            Self::Reading(reading) => reading.before.as_ref(),
            Self::Waiting | Self::Failed(_) => None,
        }
    }

    /// The same as far as it is to be shown: a look that takes long is shown as such.
    pub(crate) fn shown(&self) -> Option<&Arc<Report>> {
        self.report()
            .filter(|_| !matches!(self, Self::Reading(reading) if reading.is_slow))
    }

    /// Whether pulling the card now, or just before, kept it from being read.
    fn was_cut_off(&self) -> bool {
        matches!(
            self,
            Self::Waiting
                | Self::Reading(_)
                | Self::Failed(token::Error::Card(Error::Removed | Error::NoCard | Error::Mute))
        )
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
