//! The card: whose it is, the sentence, its certificates, its PIN.

use certificate::IdentityNumber;
use i18n_embed_fl::fl;
use iced::widget::{column, row};
use iced::{Alignment, Length};
use journeys::look::{CardVerdict, Report};
use token::{Choice, PinInfo, PinRole, Progress, TriesLeft};

use super::{Message, Offer, State, technical, trouble};
use crate::{
    readers::{Inserted, Look, Readers, Reading, Slot, short_name},
    scene::{Scene, tone},
    screen::{self, certificate_panel},
    ui::{Element, Icon, Tone, Width, banner, bar, button, page, panel, skeleton, space, text, tries},
};

/// Tries that a card has when all is well, as issued.
const TRIES: u8 = 3;

/// The page of a reader with a card.
pub(super) fn view<'a>(
    state: &'a State,
    scene: Scene<'a>,
    readers: &Readers,
    slot: &Slot,
    card: &'a Inserted,
    (way, offer): (&Choice, Offer),
) -> Element<'a, Message> {
    let reader = short_name(&slot.name, readers.slots().iter().map(|slot| slot.name.as_str()));
    let mut parts = vec![header(state, scene, &reader, card)];
    match (card.look.shown(), &card.look) {
        (Some(report), _) => parts.extend(found(state, scene, report, way, offer)),
        (None, Look::Failed(error)) => {
            parts.push(trouble::of_card(scene, card, error));
            parts.push(technical::ways(scene, state, None, way));
        }
        (None, Look::Reading(reading)) => parts.extend(reading_parts(scene, reading)),
        (None, Look::Waiting | Look::Done(_)) => (),
    }
    page::page(scene.tokens, scene.width, panel::stack(parts))
}

/// What a look found.
fn found<'a>(
    state: &'a State,
    scene: Scene<'a>,
    report: &'a Report,
    way: &Choice,
    offer: Offer,
) -> Vec<Element<'a, Message>> {
    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    parts.extend(offer.is_unfinished.then(|| unfinished(scene)));
    parts.push(banner(scene, report, offer));
    parts.extend(certificates(state, scene, report));
    let pins = report.pins.iter().filter(|pin| is_shown(pin));
    parts.extend(pins.map(|pin| pin_panel(scene, pin)));
    parts.extend(problems(scene, report));
    parts.push(technical::ways(scene, state, Some(report), way));
    parts.push(technical::line(scene, report));
    parts
}

fn header<'a>(state: &State, scene: Scene<'a>, reader: &str, card: &Inserted) -> Element<'a, Message> {
    let report = card.look.report().map(AsRef::as_ref);
    let title = report.map_or_else(|| reader.to_owned(), |report| title(scene, report));
    let can_ask = card.look.shown().is_some();
    let again = button::secondary(scene.tokens, fl!(scene.labels, "read-again"))
        .icon(Icon::Refresh)
        .on_press_maybe(can_ask.then_some(Message::Again))
        .into();
    let pins = button::secondary(scene.tokens, fl!(scene.labels, "pin-affairs"))
        .icon(Icon::Key)
        .on_press_maybe(can_ask.then_some(Message::Pins));
    let has_pins = report.is_some_and(|report| !report.pins.is_empty());
    let mut actions = if has_pins { vec![pins.into()] } else { vec![] };
    actions.extend(report.is_some().then_some(again));
    let header = page::header(scene.tokens, scene.width, title, None, actions);
    match report {
        Some(report) => column![header, subtitle(state, scene, reader, report)]
            .spacing(space::XS)
            .into(),
        None => header,
    }
}

/// Whose card it is; the family's name if nobody's is known.
pub(crate) fn title(scene: Scene<'_>, report: &Report) -> String {
    let holder = report.holder.as_ref().map(|holder| holder.name.clone());
    let family = || (!report.family.name.is_empty()).then(|| report.family.name.clone());
    holder
        .or_else(family)
        .unwrap_or_else(|| fl!(scene.labels, "card"))
}

fn subtitle<'a>(state: &State, scene: Scene<'a>, reader: &str, report: &Report) -> Element<'a, Message> {
    let identity = report
        .holder
        .as_ref()
        .and_then(|holder| holder.identity_number.as_ref());
    let serial = technical::grouped(&report.serial);
    let mut parts = Vec::new();
    parts.extend((!serial.is_empty()).then(|| fl!(scene.labels, "card-number", serial = serial)));
    parts.push(reader.to_owned());
    let rest = parts.join(" · ");
    let Some(number) = identity else {
        return text::muted(scene.tokens, rest).into();
    };
    let label = if state.is_revealed {
        fl!(scene.labels, "mask")
    } else {
        fl!(scene.labels, "reveal")
    };
    let number = row![
        text::muted(scene.tokens, identity_text(state, scene, number)),
        Element::from(
            button::quiet(scene.tokens, label)
                .small()
                .on_press(Message::Reveal)
        ),
    ]
    .spacing(space::XS)
    .align_y(Alignment::Center);
    let rest = text::muted(scene.tokens, rest);
    match scene.width {
        Width::Wide => row![number, rest.width(Length::Fill)]
            .spacing(space::S)
            .align_y(Alignment::Center)
            .into(),
        Width::Compact => column![number, rest].into(),
    }
}

fn identity_text(state: &State, scene: Scene<'_>, number: &IdentityNumber) -> String {
    let shown = if state.is_revealed {
        number.reveal()
    } else {
        number.to_string()
    };
    fl!(scene.labels, "identity-number", number = shown)
}

fn banner<'a>(scene: Scene<'a>, report: &Report, offer: Offer) -> Element<'a, Message> {
    let button = match report.verdict {
        CardVerdict::Replace if offer.can_replace && !offer.is_unfinished => {
            let load = button::primary(scene.tokens, fl!(scene.labels, "replace-start"));
            Some(load.on_press(Message::Replace))
        }
        CardVerdict::PinBlocked if !is_dead(report) => {
            let unlock = button::primary(scene.tokens, fl!(scene.labels, "pin-unlock"));
            Some(unlock.on_press(Message::Pins))
        }
        _ => None,
    };
    let words = if button.is_some() && offer.can_replace {
        scene.words.report_here(report)
    } else {
        scene.words.report(report)
    };
    let banner = banner::banner(scene.tokens, tone(report.verdict.urgency()), words.headline)
        .explanation(words.text)
        .width(scene.width);
    match button {
        Some(button) => banner.action(button).into(),
        None => banner.into(),
    }
}

/// Whether nobody can unlock it any more; what the card does not tell is asked on the page of its PINs.
fn is_dead(report: &Report) -> bool {
    let user = report.pins.iter().find(|pin| pin.role == PinRole::User);
    user.is_some_and(|user| user.unblock.puk_tries_left.is_blocked())
}

/// A replacement was cut short on this card.
fn unfinished(scene: Scene<'_>) -> Element<'_, Message> {
    let go_on = button::primary(scene.tokens, fl!(scene.labels, "replace-go-on"));
    banner::banner(
        scene.tokens,
        Tone::Warning,
        fl!(scene.labels, "replace-unfinished"),
    )
    .explanation(fl!(scene.labels, "replace-unfinished", "text"))
    .action(go_on.on_press(Message::Replace))
    .width(scene.width)
    .into()
}

fn certificates<'a>(state: &State, scene: Scene<'a>, report: &'a Report) -> Vec<Element<'a, Message>> {
    let panels = report.certificates.iter().enumerate().map(|(index, looked)| {
        let holder = report.holder.as_ref().map(|holder| holder.name.as_str());
        certificate_panel::view(scene, index, looked, holder, state.exporting == Some(index))
            .map(Message::Certificate)
    });
    panels.collect()
}

/// A PIN that says nothing about itself is left out, unless it is the user's.
fn is_shown(pin: &PinInfo) -> bool {
    pin.role == PinRole::User || pin.tries_left != TriesLeft::Unknown
}

fn pin_panel<'a>(scene: Scene<'a>, pin: &PinInfo) -> Element<'a, Message> {
    let heading = text::section(scene.tokens, scene.words.pin_role(pin.role));
    let tries = scene.words.tries_left(pin.tries_left);
    let mut notes = vec![screen::pin::length(scene, pin.rules())];
    notes.extend(pin.protected_path.then(|| fl!(scene.labels, "pin-pad")));
    let words = column![heading, text::small(scene.tokens, notes.join(" · "))].width(Length::Fill);
    let dots: Element<'a, Message> = match pin.tries_left {
        TriesLeft::Exact(left) => tries::tries(scene.tokens, left, TRIES.max(left), tries),
        TriesLeft::Few | TriesLeft::Unknown => text::small(scene.tokens, tries).into(),
    };
    let content: Element<'a, Message> = match scene.width {
        Width::Wide => row![words, dots].align_y(Alignment::Center).into(),
        Width::Compact => column![words, dots].spacing(space::S).into(),
    };
    panel::panel(scene.tokens, content).into()
}

fn problems<'a>(scene: Scene<'a>, report: &Report) -> Option<Element<'a, Message>> {
    // The banner says it already where nothing else could be read.
    if report.problems.is_empty() {
        return None;
    }
    let lines = report.problems.iter().take(20).map(|problem| {
        crate::ui::check::check(scene.tokens, Tone::Warning, scene.words.problem(problem), None)
    });
    let list = iced::widget::Column::with_children(lines).spacing(space::S);
    Some(panel::titled(scene.tokens, fl!(scene.labels, "unreadable-parts"), None, list).into())
}

fn reading_parts<'a>(scene: Scene<'a>, reading: &Reading) -> Vec<Element<'a, Message>> {
    if !reading.is_slow {
        return vec![];
    }
    let words = reading.progress.map_or_else(
        || fl!(scene.labels, "reading"),
        |progress| scene.words.progress(progress),
    );
    let sentence = fl!(scene.labels, "reading-leave-card", progress = words);
    vec![
        panel::panel(
            scene.tokens,
            bar::progress(scene.tokens, share(reading.progress), sentence),
        )
        .into(),
        skeleton::certificate(scene.tokens),
    ]
}

/// How far a reading is, as a share of what it usually takes.
pub(crate) fn share(progress: Option<Progress>) -> f32 {
    match progress {
        None => 0.02,
        Some(Progress::Opening) => 0.08,
        Some(Progress::Directory) => 0.25,
        Some(Progress::Certificate { index, count }) => {
            0.4 + 0.6 * f32::from(index.min(count)) / f32::from(count.max(1))
        }
    }
}
