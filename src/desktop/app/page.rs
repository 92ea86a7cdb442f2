//! The page at the right: one of the screens.

use journeys::words::Words;

use crate::{rail::Way, readers::Readers, screen};

/// Which page is shown, with its state.
#[derive(Clone, Debug)]
pub(crate) enum Page {
    /// A reader and its card.
    Card(screen::card::State),
    /// A file.
    File(screen::file::State),
    /// One certificate; and the page to go back to.
    Details(screen::details::State, Box<Page>),
    /// Questions and answers.
    Help(screen::help::State),
    /// Settings.
    Settings(screen::settings::State),
    /// The holder of practice cards.
    Practice,
}

impl Page {
    /// Where the rail says we are.
    pub(crate) fn way(&self, readers: &Readers) -> Option<Way> {
        match self {
            Self::Card(state) => state.reader(readers).map(|reader| Way::Reader(reader.to_owned())),
            Self::File(state) => Some(Way::File(state.index)),
            Self::Details(_, before) => before.way(readers),
            Self::Help(_) => Some(Way::Help),
            Self::Settings(_) => Some(Way::Settings),
            Self::Practice => Some(Way::Practice),
        }
    }

    /// The language changed.
    pub(crate) fn translate(&mut self, words: &Words) {
        match self {
            Self::Help(state) => state.translate(words),
            Self::Details(_, before) => before.translate(words),
            Self::Card(_) | Self::File(_) | Self::Settings(_) | Self::Practice => (),
        }
    }
}
