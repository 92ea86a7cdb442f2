//! The ways out of a blocked PIN, in the order of the issuer's rules.

use i18n_embed_fl::fl;
use iced::widget::Column;
use journeys::{issuers::UnlockWay, pin::Status};
use token::{PinInfo, TriesLeft};

use super::{Message, State, info};
use crate::{
    scene::Scene,
    ui::{Element, Icon, Tone, banner, button, page, panel, pill, skeleton, space, text},
};

/// Everything below the heading.
pub(super) fn parts<'a>(state: &State, scene: Scene<'a>, has_service: bool) -> Vec<Element<'a, Message>> {
    let (Some(status), None) = (&state.status, &state.failed) else {
        return if state.failed.is_some() {
            info::parts(state, scene)
        } else {
            vec![skeleton::certificate(scene.tokens)]
        };
    };
    let Some(pin) = status.user() else {
        return info::parts(state, scene);
    };
    let mut parts = Vec::new();
    if let Some(standing) = state.standing {
        let words = scene.words.standing(standing);
        parts.push(
            banner::banner(scene.tokens, Tone::Warning, words.headline)
                .explanation(words.text)
                .width(scene.width)
                .into(),
        );
    }
    if status.ways.is_empty() {
        parts.push(no_way(scene, status));
    }
    let ways = status.ways.iter().enumerate().map(|(index, way)| match way {
        UnlockWay::Service => service(scene, index == 0, has_service),
        UnlockWay::Puk => puk(scene, status, pin, index == 0),
    });
    parts.extend(ways);
    parts
}

fn no_way<'a>(scene: Scene<'a>, status: &Status) -> Element<'a, Message> {
    let key = if status.is_dead() {
        (
            fl!(scene.labels, "pin-dead"),
            fl!(scene.labels, "pin-dead", "text"),
            Tone::Bad,
        )
    } else {
        (
            fl!(scene.labels, "unlock-none"),
            fl!(scene.labels, "unlock-none", "text"),
            Tone::Warning,
        )
    };
    let (what, meaning, tone) = key;
    banner::banner(scene.tokens, tone, what)
        .explanation(meaning)
        .width(scene.width)
        .into()
}

/// Through the service; kindly told what to do where this computer knows of none.
fn service(scene: Scene<'_>, is_first: bool, has_service: bool) -> Element<'_, Message> {
    let advised = is_first.then(|| pill::pill(scene.tokens, Tone::Good, fl!(scene.labels, "unlock-advised")));
    let mut content = Column::new().spacing(space::M);
    content = content.push(text::body(
        scene.tokens,
        fl!(scene.labels, "unlock-service", "text"),
    ));
    if has_service {
        let start = button::primary(scene.tokens, fl!(scene.labels, "unlock-service-start"))
            .icon(Icon::Key)
            .on_press(Message::Way(UnlockWay::Service));
        content = content.push(start);
    } else {
        let missing = banner::banner(
            scene.tokens,
            Tone::Information,
            fl!(scene.labels, "service-missing"),
        )
        .explanation(fl!(scene.labels, "service-missing", "text"));
        content = content
            .push(Element::from(missing.width(scene.width)))
            .push(page::actions(vec![
                button::secondary(scene.tokens, fl!(scene.labels, "help"))
                    .on_press(Message::Help)
                    .into(),
                button::secondary(scene.tokens, fl!(scene.labels, "settings"))
                    .on_press(Message::Settings)
                    .into(),
            ]));
    }
    panel::titled(
        scene.tokens,
        fl!(scene.labels, "unlock-service"),
        advised,
        content,
    )
    .into()
}

/// By the PUK; what is lost is said first, and a try that may be the last is not on offer where the issuer
/// closes it.
fn puk<'a>(scene: Scene<'a>, status: &Status, pin: &PinInfo, is_first: bool) -> Element<'a, Message> {
    let left = pin.unblock.puk_tries_left;
    let rules = &status.subject.rules;
    let mut content = Column::new().spacing(space::M);
    if let Some(warning) = scene.words.puk_warning(rules) {
        let warning = banner::banner(scene.tokens, Tone::Warning, warning.headline).explanation(warning.text);
        content = content.push(Element::from(warning.width(scene.width)));
    }
    content = content.push(info::dots(scene, left));
    if rules.closes_puk(left) {
        let why = match left {
            TriesLeft::Exact(_) => fl!(scene.labels, "puk-closed"),
            TriesLeft::Few | TriesLeft::Unknown => fl!(scene.labels, "puk-closed", "untold"),
        };
        content = content.push(text::body(scene.tokens, why));
    } else {
        let label = fl!(scene.labels, "unlock-puk-start");
        let start = if is_first {
            button::primary(scene.tokens, label)
        } else {
            button::secondary(scene.tokens, label)
        };
        content = content.push(start.on_press(Message::Way(UnlockWay::Puk)));
    }
    panel::titled(scene.tokens, fl!(scene.labels, "unlock-puk"), None, content).into()
}
