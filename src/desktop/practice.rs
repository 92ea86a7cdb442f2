//! Practice cards in this program: readers that are none, and a holder with cards to put into them.

use std::sync::{Arc, Mutex, PoisonError};

use card::{Atr, Exchange, Pad, Shelf};
use time::OffsetDateTime;
use virtual_card::{
    Response, VirtualCard,
    practice::{self, Practice},
};

pub(crate) mod pad;

pub(crate) use pad::{Asked, Keys, Round};

/// The readers: named as they are sold, so that what people see here is what they will see.
const READERS: [&str; 3] = [
    "ACS ACR39U ICC Reader 00 00",
    "OMNIKEY CardMan 3021 00 00",
    "Gemalto PC Twin Reader 00 00",
];
/// The reader that has keys of its own; it comes and goes with the card that goes into it and into no other.
const PAD_READER: &str = "Cherry GmbH SmartTerminal ST-2xxx 00 00";
const ON_PAD: Practice = Practice::TwoKeys;
/// What is in them at first.
const AT_FIRST: [(Practice, usize); 2] = [(Practice::Sha1, 0), (Practice::Sha256, 1)];

/// The practice authority's certificates, to be trusted while practising and at no other time.
pub(crate) const AUTHORITIES: [fn() -> &'static [u8]; 3] = [
    practice::root_der,
    practice::issuer_der,
    practice::sha1_issuer_der,
];

/// A card that was made; it keeps its state while it is out of a reader.
pub(crate) type Made = Arc<Mutex<VirtualCard>>;

/// Readers and cards of one run of the program.
#[derive(Clone)]
pub(crate) struct Holder {
    shelf: Shelf,
    keys: Arc<Keys>,
    cards: Vec<Held>,
}

/// One practice card.
#[derive(Clone)]
pub(crate) struct Held {
    /// Which.
    pub(crate) kind: Practice,
    /// The reader that it is in.
    pub(crate) reader: Option<String>,
    made: Option<Made>,
}

impl Held {
    /// Whether it was made, and may have changed since.
    pub(crate) fn was_made(&self) -> bool {
        self.made.is_some()
    }
}

/// Why a practice card could not be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// Every reader has a card.
    NoFreeReader,
    /// It could not be made.
    Card(String),
}

impl Default for Holder {
    /// Empty readers, and all cards in the holder.
    fn default() -> Self {
        let shelf = Shelf::new();
        for reader in READERS {
            shelf.add_reader(reader);
        }
        let cards = Practice::all().iter().map(|kind| Held {
            kind: *kind,
            reader: None,
            made: None,
        });
        Self {
            cards: cards.collect(),
            shelf,
            keys: Arc::default(),
        }
    }
}

impl Holder {
    /// Where the readers are.
    pub(crate) fn shelf(&self) -> Shelf {
        self.shelf.clone()
    }

    /// The keys of the reader that has some.
    pub(crate) fn keys(&self) -> &Arc<Keys> {
        &self.keys
    }

    /// The cards.
    pub(crate) fn cards(&self) -> &[Held] {
        &self.cards
    }

    /// Whether a reader is free for this card.
    pub(crate) fn has_room_for(&self, kind: Practice) -> bool {
        self.free_reader(kind).is_some()
    }

    /// Whether a reader is free for any card.
    pub(crate) fn has_free_reader(&self) -> bool {
        READERS.into_iter().any(|reader| self.is_free(reader))
    }

    /// What is to be put in at first.
    pub(crate) fn at_first() -> impl Iterator<Item = Practice> {
        AT_FIRST.into_iter().map(|(kind, _)| kind)
    }

    /// The card, if it was made before.
    pub(crate) fn made(&self, kind: Practice) -> Option<Made> {
        self.cards.iter().find(|held| held.kind == kind)?.made.clone()
    }

    /// Puts a card into the first reader that is free for it.
    pub(crate) fn insert(&mut self, kind: Practice, made: &Made) -> Result<(), Failure> {
        if self
            .cards
            .iter()
            .any(|held| held.kind == kind && held.reader.is_some())
        {
            return Ok(());
        }
        let at_first = AT_FIRST
            .iter()
            .find(|(first, _)| *first == kind)
            .and_then(|(_, index)| READERS.get(*index));
        let preferred = at_first.copied().filter(|reader| self.is_free(reader));
        let reader = preferred
            .or_else(|| self.free_reader(kind))
            .ok_or(Failure::NoFreeReader)?;
        let atr = atr(made).ok_or_else(|| Failure::Card("ATR".into()))?;
        if reader == PAD_READER {
            let keys: Arc<dyn Pad> = Arc::<Keys>::clone(&self.keys);
            self.shelf.add_reader_with_pad(reader, keys);
        }
        let card = Arc::clone(made);
        self.shelf
            .insert(reader, atr, move |exchange| answer(&card, exchange));
        if let Some(held) = self.cards.iter_mut().find(|held| held.kind == kind) {
            held.reader = Some(reader.to_owned());
            held.made = Some(Arc::clone(made));
        }
        Ok(())
    }

    /// Pulls a card.
    pub(crate) fn pull(&mut self, kind: Practice) {
        if let Some(held) = self.cards.iter_mut().find(|held| held.kind == kind)
            && let Some(reader) = held.reader.take()
        {
            if reader == PAD_READER {
                self.keys.cancel();
                self.shelf.remove_reader(&reader);
            } else {
                self.shelf.pull(&reader);
            }
        }
    }

    /// Pulls a card and forgets what became of it: it will be made anew. Whether it was in a reader.
    pub(crate) fn forget(&mut self, kind: Practice) -> bool {
        let was_in_reader = self
            .cards
            .iter()
            .any(|held| held.kind == kind && held.reader.is_some());
        self.pull(kind);
        if let Some(held) = self.cards.iter_mut().find(|held| held.kind == kind) {
            held.made = None;
        }
        was_in_reader
    }

    fn free_reader(&self, kind: Practice) -> Option<&'static str> {
        if kind == ON_PAD {
            return self.is_free(PAD_READER).then_some(PAD_READER);
        }
        READERS.into_iter().find(|reader| self.is_free(reader))
    }

    fn is_free(&self, reader: &str) -> bool {
        !self
            .cards
            .iter()
            .any(|held| held.reader.as_deref() == Some(reader))
    }
}

/// Makes a card; takes a moment.
pub(crate) fn make(kind: Practice, now: OffsetDateTime) -> Result<Made, Failure> {
    let card = practice::card(kind, now).map_err(|error| Failure::Card(error.to_string()))?;
    Ok(Arc::new(Mutex::new(card)))
}

fn atr(made: &Made) -> Option<Atr> {
    let card = made.lock().unwrap_or_else(PoisonError::into_inner);
    Atr::new(card.atr())
}

fn answer(made: &Made, exchange: Exchange<'_>) -> Option<Vec<u8>> {
    let mut card = made.lock().unwrap_or_else(PoisonError::into_inner);
    match exchange {
        Exchange::Reset => {
            card.reset();
            Some(card.atr().to_vec())
        }
        Exchange::Command(command) => match card.transmit(command) {
            Response::Answer(answer) => Some(answer),
            Response::PowerLost => None,
        },
    }
}

impl std::fmt::Debug for Holder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kinds = self.cards.iter().map(|held| (held.kind, &held.reader));
        f.debug_map().entries(kinds).finish()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 UTC);

    #[test]
    fn a_card_goes_into_a_free_reader_and_comes_out_again() {
        let mut holder = Holder::default();
        let kinds = [Practice::Empty, Practice::Sha1, Practice::Expiring];
        for kind in kinds {
            holder.insert(kind, &make(kind, NOW).unwrap()).unwrap();
        }
        assert!(!holder.has_free_reader());
        let blocked = make(Practice::PinBlocked, NOW).unwrap();
        assert_eq!(
            holder.insert(Practice::PinBlocked, &blocked),
            Err(Failure::NoFreeReader)
        );
        holder.pull(Practice::Sha1);
        assert!(holder.made(Practice::Sha1).is_some(), "it keeps its state");
        assert_eq!(holder.insert(Practice::PinBlocked, &blocked), Ok(()));
    }

    #[test]
    fn a_card_that_is_forgotten_is_made_anew() {
        let mut holder = Holder::default();
        let made = make(Practice::Empty, NOW).unwrap();
        holder.insert(Practice::Empty, &made).unwrap();
        assert!(holder.forget(Practice::Empty), "it was in a reader");
        assert!(
            holder.made(Practice::Empty).is_none() && holder.cards().iter().all(|held| held.reader.is_none())
        );
        assert!(!holder.forget(Practice::Empty));
    }

    #[test]
    fn a_card_is_in_one_reader_only() {
        let mut holder = Holder::default();
        let made = make(Practice::Empty, NOW).unwrap();
        holder.insert(Practice::Empty, &made).unwrap();
        holder.insert(Practice::Empty, &made).unwrap();
        assert_eq!(
            holder.cards().iter().filter(|held| held.reader.is_some()).count(),
            1
        );
    }
}
