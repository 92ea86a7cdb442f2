//! The holder of practice cards.

use i18n_embed_fl::fl;
use iced::widget::{column, row};
use iced::{Alignment, Length};
use virtual_card::practice::{self, Practice};

use crate::{
    labels::Labels,
    practice::{Held, Holder},
    readers::short_name,
    scene::Scene,
    ui::{Element, Tone, Width, button, page, panel, pill, space, text},
};

/// What happens on the page. It has no state of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Message {
    /// Put this card into a reader.
    Insert(Practice),
    /// Pull this card.
    Pull(Practice),
    /// Make this card as it was at first.
    Renew(Practice),
    /// Back to the readers of this machine.
    Leave,
}

/// The page.
pub(crate) fn view<'a>(scene: Scene<'a>, holder: &'a Holder) -> Element<'a, Message> {
    let leave = button::secondary(scene.tokens, fl!(scene.labels, "practice-leave")).on_press(Message::Leave);
    let header = page::header(
        scene.tokens,
        scene.width,
        fl!(scene.labels, "practice"),
        Some(text::muted(scene.tokens, sentence(scene))),
        vec![leave.into()],
    );
    let mut parts = vec![header];
    if !holder.has_free_reader() {
        parts.push(text::muted(scene.tokens, fl!(scene.labels, "practice-full")).into());
    }
    let cards = holder
        .cards()
        .iter()
        .map(|held| card(scene, held, holder.has_room_for(held.kind)));
    parts.push(
        iced::widget::Column::with_children(cards)
            .spacing(space::S)
            .into(),
    );
    page::page(scene.tokens, scene.width, panel::stack(parts))
}

fn card<'a>(scene: Scene<'a>, held: &Held, can_insert: bool) -> Element<'a, Message> {
    let (name, description) = words(scene.labels, held.kind);
    let words = column![
        text::strong(scene.tokens, name),
        text::small(scene.tokens, described(held.kind, description))
    ]
    .push(held.reader.as_ref().map(|reader| {
        let reader = short_name(reader, std::iter::empty());
        iced::widget::container(pill::pill(scene.tokens, Tone::Information, reader)).padding([space::XS, 0.0])
    }))
    .width(Length::Fill);
    let kind = held.kind;
    let action: Element<'a, Message> = if held.reader.is_some() {
        button::secondary(scene.tokens, fl!(scene.labels, "practice-pull"))
            .on_press(Message::Pull(kind))
            .into()
    } else {
        button::secondary(scene.tokens, fl!(scene.labels, "practice-insert"))
            .on_press_maybe(can_insert.then_some(Message::Insert(kind)))
            .into()
    };
    let renew = held.was_made().then(|| {
        let renew = button::quiet(scene.tokens, fl!(scene.labels, "practice-renew"));
        Element::from(renew.on_press(Message::Renew(kind)))
    });
    let action = row![].push(renew).push(action).spacing(space::S);
    let content: Element<'a, Message> = match scene.width {
        Width::Wide => row![words, action]
            .spacing(space::L)
            .align_y(Alignment::Center)
            .into(),
        Width::Compact => column![words, action].spacing(space::S).into(),
    };
    panel::panel(scene.tokens, content)
        .padding([space::M, space::L])
        .into()
}

/// What to do, and what to type: nobody can guess an invented PIN.
fn sentence(scene: Scene<'_>) -> String {
    let secrets = fl!(
        scene.labels,
        "practice-secrets",
        pin = practice::PIN,
        puk = practice::PUK
    );
    format!("{} {secrets}", fl!(scene.labels, "practice-sentence"))
}

/// Whose card it is, where it is somebody's: who logs in at the practice service needs the number.
fn described(kind: Practice, description: String) -> String {
    match practice::holder(kind) {
        Some(holder) => format!("{} ({}) · {description}", holder.name(), holder.number()),
        None => description,
    }
}

/// What a card is called, and what it is like.
pub(crate) fn words(labels: &Labels, kind: Practice) -> (String, String) {
    match kind {
        Practice::Sha1 => (fl!(labels, "practice-sha1"), fl!(labels, "practice-sha1", "text")),
        Practice::Sha256 => (
            fl!(labels, "practice-sha256"),
            fl!(labels, "practice-sha256", "text"),
        ),
        Practice::Expiring => (
            fl!(labels, "practice-expiring"),
            fl!(labels, "practice-expiring", "text"),
        ),
        Practice::PinBlocked => (
            fl!(labels, "practice-pin-blocked"),
            fl!(labels, "practice-pin-blocked", "text"),
        ),
        Practice::Dead => (fl!(labels, "practice-dead"), fl!(labels, "practice-dead", "text")),
        Practice::TwoKeys => (
            fl!(labels, "practice-two-keys"),
            fl!(labels, "practice-two-keys", "text"),
        ),
        Practice::Empty => (
            fl!(labels, "practice-empty"),
            fl!(labels, "practice-empty", "text"),
        ),
        Practice::Garbage => (
            fl!(labels, "practice-garbage"),
            fl!(labels, "practice-garbage", "text"),
        ),
        other => (other.code().to_owned(), String::new()),
    }
}
