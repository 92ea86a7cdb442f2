//! No reader, or no card in it.

use card::ReaderState;
use i18n_embed_fl::fl;
use journeys::words::Sentence;

use super::Message;
use crate::{
    readers::{Readers, Seat, Slot, short_name},
    scene::Scene,
    ui::{Element, button, empty_state, empty_state::Picture, page, text},
};

/// No reader at all: the first thing many people see.
pub(super) fn no_reader(scene: Scene<'_>) -> Element<'_, Message> {
    let sentence = scene.words.no_readers();
    let practise = button::primary(scene.tokens, fl!(scene.labels, "practise")).on_press(Message::Practise);
    let state = empty_state::empty_state(scene.tokens, Picture::NoReader, sentence.what)
        .explanation(sentence.remedy)
        .action(practise);
    page::page(scene.tokens, scene.width, state)
}

/// A reader without a card that answers.
pub(super) fn no_card<'a>(
    scene: Scene<'a>,
    readers: &Readers,
    slot: &Slot,
    seat: &Seat,
) -> Element<'a, Message> {
    let (picture, sentence) = words(scene, seat);
    let reader = short_name(&slot.name, readers.slots().iter().map(|slot| slot.name.as_str()));
    let state = empty_state::empty_state(scene.tokens, picture, sentence.what).explanation(sentence.remedy);
    let help =
        button::secondary(scene.tokens, fl!(scene.labels, "help-card-not-seen")).on_press(Message::Help);
    let state = match seat {
        Seat::Empty | Seat::PulledEarly | Seat::Card(_) => state,
        Seat::Mute | Seat::Unavailable => state.technical(sentence.technical).action(help),
    };
    let content = iced::widget::column![text::muted(scene.tokens, reader), Element::from(state)];
    page::page(scene.tokens, scene.width, content)
}

fn words(scene: Scene<'_>, seat: &Seat) -> (Picture, Sentence) {
    let of_state = |state| scene.words.reader_state(&state);
    let removed = || scene.words.card_error(&card::Error::Removed);
    match seat {
        Seat::PulledEarly => (Picture::CardRemoved, removed()),
        Seat::Mute => (
            Picture::UnknownCard,
            of_state(ReaderState::Mute).unwrap_or_else(removed),
        ),
        Seat::Unavailable => (
            Picture::Broken,
            of_state(ReaderState::Unavailable).unwrap_or_else(removed),
        ),
        Seat::Empty | Seat::Card(_) => (
            Picture::NoCard,
            of_state(ReaderState::Empty).unwrap_or_else(removed),
        ),
    }
}
