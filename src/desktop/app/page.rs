//! The page at the right: one of the screens.

use journeys::words::Words;

use crate::{rail::Way, readers::Readers, screen};

/// Which page is shown, with its state.
#[derive(Debug)]
pub(crate) enum Page {
    /// A reader and its card.
    Card(screen::card::State),
    /// A file.
    File(screen::file::State),
    /// One certificate; and the page to go back to.
    Details(screen::details::State, Box<Page>),
    /// Questions and answers.
    Help(screen::help::State, Option<Box<Page>>),
    /// Settings.
    Settings(screen::settings::State),
    /// The holder of practice cards.
    Practice,
    /// A card's PIN.
    Pin(Box<screen::pin::State>),
    /// Logging in at the service; and the page to go back to.
    Login(Box<screen::login::State>, Box<Page>),
    /// The replacement certificate.
    Replace(Box<screen::replace::State>),
    /// Signing.
    Sign(Box<screen::sign::State>),
}

impl Page {
    /// Where the rail says we are.
    pub(crate) fn way(&self, readers: &Readers) -> Option<Way> {
        match self {
            Self::Card(state) => state.reader(readers).map(|reader| Way::Reader(reader.to_owned())),
            Self::File(state) => Some(Way::File(state.index)),
            Self::Details(_, before) | Self::Login(_, before) => before.way(readers),
            Self::Replace(state) => state.reader().map(|reader| Way::Reader(reader.to_owned())),
            Self::Help(..) => Some(Way::Help),
            Self::Settings(_) => Some(Way::Settings),
            Self::Practice => Some(Way::Practice),
            Self::Pin(state) => Some(Way::Reader(state.reader().to_owned())),
            Self::Sign(_) => Some(Way::Sign),
        }
    }

    /// The language changed.
    pub(crate) fn translate(&mut self, words: &Words) {
        match self {
            Self::Help(state, before) => {
                state.translate(words);
                if let Some(before) = before {
                    before.translate(words);
                }
            }
            Self::Details(_, before) | Self::Login(_, before) => before.translate(words),
            Self::Card(_)
            | Self::File(_)
            | Self::Settings(_)
            | Self::Practice
            | Self::Pin(_)
            | Self::Sign(_)
            | Self::Replace(_) => (),
        }
    }

    /// Whether a card is working for this page, which is not to be left meanwhile.
    pub(crate) fn is_busy(&self) -> bool {
        match self {
            Self::Pin(state) => state.is_busy(),
            Self::Replace(state) => state.is_busy(),
            Self::Sign(state) => state.is_busy(),
            _ => false,
        }
    }

    /// Forgets what was typed.
    pub(crate) fn wipe(&mut self) {
        match self {
            Self::Pin(state) => state.wipe(),
            Self::Login(state, before) => {
                state.wipe();
                before.wipe();
            }
            Self::Replace(state) => state.wipe(),
            Self::Sign(state) => state.wipe(),
            _ => (),
        }
    }
}
