//! Virtual cards on a shelf, for tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use card::{Atr, Exchange, Families, Shelf};
use time::macros::datetime;
use virtual_card::{
    Response, VirtualCard,
    practice::{self, Practice},
};

use crate::{Cache, Modules, Opener};

pub(crate) const READER: &str = "Practice reader 00";

/// A shelf with a practice card, and the card.
pub(crate) fn practice_card(kind: Practice) -> (Shelf, Arc<Mutex<VirtualCard>>) {
    let card = practice::card(kind, datetime!(2026-01-15 12:00 UTC)).unwrap();
    let shelf = Shelf::new();
    let card = insert(&shelf, READER, card);
    (shelf, card)
}

pub(crate) fn insert(shelf: &Shelf, reader: &str, card: VirtualCard) -> Arc<Mutex<VirtualCard>> {
    let atr = Atr::new(card.atr()).unwrap();
    let card = Arc::new(Mutex::new(card));
    let answering = Arc::clone(&card);
    shelf.insert(reader, atr, move |exchange| {
        let mut card = answering.lock().unwrap();
        match exchange {
            Exchange::Reset => {
                card.reset();
                Some(Vec::new())
            }
            Exchange::Command(command) => match card.transmit(command) {
                Response::Answer(answer) => Some(answer),
                Response::PowerLost => None,
            },
        }
    });
    card
}

/// An opener without modules.
pub(crate) fn opener(shelf: &Shelf, cache: Option<&Path>) -> Opener {
    Opener {
        hub: Arc::new(shelf.clone()),
        modules: Arc::new(Modules::default()),
        families: Arc::new(Families::bundled()),
        cache: cache.map(|folder| Cache::new(folder.join("cards"))),
    }
}
