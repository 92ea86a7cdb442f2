//! The ways out of a blocked PIN, in the order of the issuer's rules.

use i18n_embed_fl::fl;
use iced::widget::Column;
use journeys::{issuers::UnlockWay, pin::Status, unlock::Offer};
use token::{PinInfo, TriesLeft};

use super::{Asked, Message, Online, State, info};
use crate::{
    scene::Scene,
    ui::{Element, Icon, Tone, banner, button, page, panel, pill, skeleton, space, text},
};

/// Everything below the heading.
pub(super) fn parts<'a>(state: &'a State, scene: Scene<'a>, online: Online<'a>) -> Vec<Element<'a, Message>> {
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
        UnlockWay::Service => service(scene, state.service.as_ref(), index == 0, online),
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
fn service<'a>(
    scene: Scene<'a>,
    asked: Option<&Asked>,
    is_first: bool,
    online: Online<'a>,
) -> Element<'a, Message> {
    let advised = is_first.then(|| pill::pill(scene.tokens, Tone::Good, fl!(scene.labels, "unlock-advised")));
    let mut content = Column::new().spacing(space::M);
    content = content.push(text::body(
        scene.tokens,
        fl!(scene.labels, "unlock-service", "text"),
    ));
    let refused = asked.and_then(|asked| refused(scene, asked, online.person));
    if online.is_known {
        let is_waiting = matches!(asked, Some(Asked::Waiting));
        let label = if is_waiting {
            fl!(scene.labels, "unlock-service-asking")
        } else {
            fl!(scene.labels, "unlock-service-start")
        };
        let start = match &refused {
            Some(_) => button::secondary(scene.tokens, label),
            None => button::primary(scene.tokens, label),
        };
        let start = start
            .icon(Icon::Key)
            .on_press_maybe((!is_waiting).then_some(Message::Way(UnlockWay::Service)));
        content = content.push(refused).push(start);
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

/// Why the service does not unlock this card for whoever is logged in.
fn refused<'a>(scene: Scene<'a>, asked: &Asked, person: Option<&'a str>) -> Option<Element<'a, Message>> {
    let person = person.unwrap_or_default();
    let other = button::primary(scene.tokens, fl!(scene.labels, "unlock-other-person"))
        .id("other-person")
        .on_press(Message::OtherPerson);
    let banner = match asked {
        Asked::Waiting | Asked::Refused(Offer::Ready) => return None,
        Asked::Refused(Offer::NotTheirs) => {
            let what = fl!(scene.labels, "unlock-not-theirs", person = person);
            banner::banner(scene.tokens, Tone::Warning, what)
                .explanation(fl!(scene.labels, "unlock-not-theirs", "text"))
                .action(other)
        }
        Asked::Refused(Offer::NotHere) => {
            banner::banner(scene.tokens, Tone::Warning, fl!(scene.labels, "unlock-not-here"))
                .explanation(fl!(scene.labels, "unlock-not-here", "text"))
        }
        Asked::Failed(error) => {
            let sentence = scene.words.service_error(error);
            banner::banner(scene.tokens, Tone::Bad, sentence.what)
                .explanation(sentence.remedy)
                .technical(sentence.technical)
        }
    };
    Some(banner.width(scene.width).into())
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
