//! How the PINs of a card stand.

use i18n_embed_fl::fl;
use iced::Length;
use iced::widget::{Row, column};
use journeys::pin::Status;
use token::{PinInfo, PinRole, SecretKind, TriesLeft};

use super::{Message, State};
use crate::{
    scene::Scene,
    ui::{Element, Tone, banner, button, page, panel, skeleton, space, text, tries},
};

/// Tries that a card has when all is well, as issued.
pub(super) const TRIES: u8 = 3;

/// Everything below the heading.
pub(super) fn parts<'a>(state: &State, scene: Scene<'a>) -> Vec<Element<'a, Message>> {
    match (&state.status, &state.failed) {
        (_, Some(error)) => vec![failure(scene, error)],
        (None, None) => vec![skeleton::certificate(scene.tokens)],
        (Some(status), None) => shown(scene, status),
    }
}

fn shown<'a>(scene: Scene<'a>, status: &Status) -> Vec<Element<'a, Message>> {
    let mut parts: Vec<Element<'a, Message>> = status
        .user()
        .map(|pin| verdict(scene, status, pin))
        .into_iter()
        .collect();
    parts.extend(
        status
            .pins
            .iter()
            .filter(|pin| is_shown(pin))
            .map(|pin| pin_panel(scene, pin)),
    );
    if let Some(pin) = status.user() {
        parts.extend(puk_panel(scene, pin));
    }
    parts.push(text::small(scene.tokens, fl!(scene.labels, "secret-never")).into());
    parts
}

/// The sentence, and what can be done.
fn verdict<'a>(scene: Scene<'a>, status: &Status, pin: &PinInfo) -> Element<'a, Message> {
    let tokens = scene.tokens;
    let unlock = || button::primary(tokens, fl!(scene.labels, "pin-unlock")).on_press(Message::Unlock);
    let change = || button::primary(tokens, fl!(scene.labels, "pin-change")).on_press(Message::Change);
    let banner = match pin.tries_left {
        _ if status.is_dead() => banner::banner(tokens, Tone::Bad, fl!(scene.labels, "pin-dead"))
            .explanation(fl!(scene.labels, "pin-dead", "text")),
        TriesLeft::Exact(0) => banner::banner(tokens, Tone::Bad, fl!(scene.labels, "pin-blocked"))
            .explanation(fl!(scene.labels, "pin-blocked", "text"))
            .action(unlock()),
        TriesLeft::Exact(1) => banner::banner(tokens, Tone::Warning, fl!(scene.labels, "pin-last"))
            .explanation(fl!(scene.labels, "pin-last", "text"))
            .action(button::secondary(tokens, fl!(scene.labels, "pin-change")).on_press(Message::Change)),
        TriesLeft::Exact(_) => banner::banner(tokens, Tone::Good, fl!(scene.labels, "pin-open"))
            .explanation(fl!(scene.labels, "pin-open", "text"))
            .action(change()),
        TriesLeft::Few | TriesLeft::Unknown => {
            banner::banner(tokens, Tone::Information, fl!(scene.labels, "pin-untold"))
                .explanation(fl!(scene.labels, "pin-untold", "text"))
                .action(page::actions(vec![
                    change().into(),
                    button::secondary(tokens, fl!(scene.labels, "pin-unlock"))
                        .on_press(Message::Unlock)
                        .into(),
                ]))
        }
    };
    banner.width(scene.width).into()
}

fn failure<'a>(scene: Scene<'a>, error: &token::Error) -> Element<'a, Message> {
    let sentence = scene.words.token_error(error);
    let again = button::primary(scene.tokens, fl!(scene.labels, "retry")).on_press(Message::Again);
    banner::banner(scene.tokens, Tone::Warning, sentence.what)
        .explanation(sentence.remedy)
        .technical(sentence.technical)
        .action(again)
        .width(scene.width)
        .into()
}

/// A PIN that says nothing about itself is left out, unless it is the user's.
fn is_shown(pin: &PinInfo) -> bool {
    pin.role == PinRole::User || (pin.role != PinRole::Unblock && pin.tries_left != TriesLeft::Unknown)
}

fn pin_panel<'a>(scene: Scene<'a>, pin: &PinInfo) -> Element<'a, Message> {
    let rules = pin.rules();
    let mut notes = vec![length(scene, rules)];
    if pin.protected_path {
        notes.push(fl!(scene.labels, "pin-pad"));
    }
    row(
        scene,
        scene.words.pin_role(pin.role),
        notes.join(" · "),
        pin.tries_left,
    )
}

/// The PUK, if the card has one to speak of.
fn puk_panel<'a>(scene: Scene<'a>, pin: &PinInfo) -> Option<Element<'a, Message>> {
    let unblock = pin.unblock;
    let is_told = unblock.puk || unblock.puk_tries_left != TriesLeft::Unknown;
    is_told.then(|| {
        let name = scene.words.pin_role(PinRole::Unblock);
        row(scene, name, fl!(scene.labels, "puk-for"), unblock.puk_tries_left)
    })
}

fn row(scene: Scene<'_>, name: String, note: String, left: TriesLeft) -> Element<'_, Message> {
    let words =
        column![text::section(scene.tokens, name), text::muted(scene.tokens, note)].width(Length::Fill);
    let row = Row::new()
        .push(words)
        .push(dots(scene, left))
        .spacing(space::L)
        .align_y(iced::Alignment::Center);
    panel::panel(scene.tokens, row).into()
}

/// Tries as dots and words; words alone where the card does not tell the number.
pub(super) fn dots(scene: Scene<'_>, left: TriesLeft) -> Element<'_, Message> {
    let words = scene.words.tries_left(left);
    match left {
        TriesLeft::Exact(number) => tries::tries(scene.tokens, number, TRIES.max(number), words),
        TriesLeft::Few | TriesLeft::Unknown => text::small(scene.tokens, words).into(),
    }
}

/// `6–8 rakam`.
pub(crate) fn length(scene: Scene<'_>, rules: token::SecretRules) -> String {
    let (least, most) = (rules.min_length, rules.max_length);
    match (rules.digits_only, least == most) {
        (true, true) => fl!(scene.labels, "secret-digits", count = most),
        (true, false) => fl!(scene.labels, "secret-digits", "range", least = least, most = most),
        (false, true) => fl!(scene.labels, "secret-characters", count = most),
        (false, false) => fl!(
            scene.labels,
            "secret-characters",
            "range",
            least = least,
            most = most
        ),
    }
}

/// The tries of this secret, as far as the card told them.
pub(super) fn tries_of(pin: &PinInfo, secret: SecretKind) -> TriesLeft {
    match secret {
        SecretKind::Pin => pin.tries_left,
        SecretKind::Puk => pin.unblock.puk_tries_left,
    }
}
