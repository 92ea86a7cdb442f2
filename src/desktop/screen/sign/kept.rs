//! What was signed before and kept.

use certificate::text::clean;
use i18n_embed_fl::fl;
use iced::widget::{Column, column, row};
use iced::{Alignment, Length};
use journeys::sign::archive::{Kept, Receipt};
use service::Bytes;

use super::Message;
use crate::{
    scene::Scene,
    ui::{Element, Icon, button, panel, space, text},
};

/// A receipt as it is listed: its words come from a file and are cleaned, its texts are not shown and not kept.
pub(super) fn listed(mut kept: Kept) -> Kept {
    let receipt = &mut kept.receipt;
    for item in &mut receipt.items {
        item.title = clean(&item.title);
        item.content = Bytes(Vec::new());
    }
    for words in [
        &mut receipt.requester,
        &mut receipt.purpose,
        &mut receipt.signatory.name,
    ] {
        *words = clean(words);
    }
    kept
}

/// The receipts, if there are any.
pub(super) fn list<'a>(scene: Scene<'a>, kept: &'a [Kept]) -> Option<Element<'a, Message>> {
    if kept.is_empty() {
        return None;
    }
    let mut content = Column::new().spacing(space::M);
    for (index, kept) in kept.iter().enumerate() {
        if index > 0 {
            content = content.push(panel::line(scene.tokens));
        }
        content = content.push(receipt(scene, index, &kept.receipt));
    }
    Some(panel::titled(scene.tokens, fl!(scene.labels, "sign-kept"), None, content).into())
}

fn receipt<'a>(scene: Scene<'a>, index: usize, receipt: &'a Receipt) -> Element<'a, Message> {
    let when = scene.words.date_time(receipt.signed_at);
    let by = [&*receipt.requester, &when, &receipt.signatory.name].join(" · ");
    column![
        text::strong(scene.tokens, receipt.purpose.as_str()),
        text::small(scene.tokens, by),
        items(scene, receipt, move |item| Message::SaveKept(index, item)),
    ]
    .spacing(space::XS)
    .into()
}

/// The texts, and a button beside each that saves its signature.
pub(super) fn items<'a>(
    scene: Scene<'a>,
    receipt: &'a Receipt,
    save: impl Fn(usize) -> Message,
) -> Element<'a, Message> {
    let items = receipt.items.iter().enumerate().map(|(index, item)| {
        let save = button::secondary(scene.tokens, fl!(scene.labels, "sign-save"))
            .icon(Icon::Export)
            .small()
            .on_press(save(index));
        row![
            text::body(scene.tokens, item.title.as_str()).width(Length::Fill),
            Element::from(save)
        ]
        .spacing(space::M)
        .align_y(Alignment::Center)
        .into()
    });
    Column::with_children(items).spacing(space::S).into()
}
