//! What went wrong, and what to do.

use i18n_embed_fl::fl;
use iced::{Alignment, widget::column};
use journeys::words::Sentence;

use super::Message;
use crate::{
    readers::{Inserted, Trouble},
    scene::Scene,
    ui::{Element, Icon, Tone, banner, button, empty_state, empty_state::Picture, page, panel, space, text},
};

/// The place where readers are does not answer.
pub(super) fn of_readers<'a>(scene: Scene<'a>, trouble: &Trouble) -> Element<'a, Message> {
    let sentence = match trouble {
        Trouble::Service(state) => scene.words.service_state(*state),
        Trouble::Watch(error) => Some(scene.words.card_error(error)),
    };
    let sentence = sentence.unwrap_or_else(|| scene.words.no_readers());
    let actions = page::actions(vec![
        button::primary(scene.tokens, fl!(scene.labels, "retry"))
            .on_press(Message::Retry)
            .into(),
        copy(scene, sentence.technical.clone()),
    ]);
    // Readers of this machine are not needed for practice.
    let practise = button::quiet(scene.tokens, fl!(scene.labels, "practise")).on_press(Message::Practise);
    let practise = Element::from(practise);
    let state = empty_state::empty_state(scene.tokens, Picture::NoService, sentence.what)
        .explanation(sentence.remedy)
        .technical(sentence.technical)
        .action(
            column![actions, practise]
                .spacing(space::M)
                .align_x(Alignment::Center),
        );
    page::page(scene.tokens, scene.width, state)
}

/// Looking at a card failed: the banner, and what a technician needs.
pub(super) fn of_card<'a>(scene: Scene<'a>, card: &Inserted, error: &token::Error) -> Element<'a, Message> {
    let sentence = scene.words.token_error(error);
    let tone = tone(error);
    let retry = button::primary(scene.tokens, fl!(scene.labels, "retry"))
        .icon(Icon::Refresh)
        .on_press(Message::Again);
    let banner = banner::banner(scene.tokens, tone, sentence.what.clone())
        .explanation(sentence.remedy.clone())
        .action(retry)
        .width(scene.width);
    column![banner_element(banner), technical(scene, card, &sentence)]
        .spacing(space::L)
        .into()
}

/// How bad it is: what mends itself, or is no fault of the card, is a warning.
pub(crate) fn tone(error: &token::Error) -> Tone {
    match error {
        token::Error::UnknownCard | token::Error::Card(card::Error::Removed | card::Error::Held) => {
            Tone::Warning
        }
        _ => Tone::Bad,
    }
}

fn banner_element(banner: banner::Banner<'_, Message>) -> Element<'_, Message> {
    banner.into()
}

fn technical<'a>(scene: Scene<'a>, card: &Inserted, sentence: &Sentence) -> Element<'a, Message> {
    let atr = super::technical::atr(&card.atr);
    let list = crate::ui::key_values::key_values(scene.tokens, scene.width, fl!(scene.labels, "copy"))
        .code(fl!(scene.labels, "technical-error"), sentence.technical.clone())
        .copied_by(Message::Copy(sentence.technical.clone()))
        .code(fl!(scene.labels, "technical-atr"), atr.clone())
        .copied_by(Message::Copy(atr));
    panel::panel(
        scene.tokens,
        column![
            text::label(scene.tokens, fl!(scene.labels, "technical")),
            Element::from(list)
        ]
        .spacing(space::S),
    )
    .into()
}

fn copy(scene: Scene<'_>, text: String) -> Element<'_, Message> {
    button::secondary(scene.tokens, fl!(scene.labels, "copy-technical"))
        .icon(Icon::Copy)
        .on_press(Message::Copy(text))
        .into()
}
