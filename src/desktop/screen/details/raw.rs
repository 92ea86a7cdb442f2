//! The bytes as they came.

use i18n_embed_fl::fl;
use iced::widget::{column, row};
use iced::{Alignment, Length};

use super::{Form, Message};
use crate::{
    scene::Scene,
    ui::{Element, Icon, button, raw_view, segmented, space, text},
};

/// Height of the frame.
const HEIGHT: f32 = 420.0;

/// The bytes in the form that was chosen.
pub(super) fn view<'a>(
    scene: Scene<'a>,
    der: &'a [u8],
    form: Form,
    pem: &'a str,
    structure: &'a str,
) -> Element<'a, Message> {
    let forms = segmented::segmented(
        scene.tokens,
        [
            (Form::Pem, fl!(scene.labels, "form-pem")),
            (Form::Hex, fl!(scene.labels, "form-hex")),
            (Form::Structure, fl!(scene.labels, "form-structure")),
        ],
        form,
        Message::Form,
    );
    let copy = button::secondary(scene.tokens, fl!(scene.labels, "copy"))
        .icon(Icon::Copy)
        .on_press(Message::CopyRaw);
    let content = match form {
        Form::Pem => raw_view::lines(scene.tokens, pem, HEIGHT),
        Form::Hex => raw_view::hex(scene.tokens, der, HEIGHT),
        Form::Structure => raw_view::lines(scene.tokens, structure, HEIGHT),
    };
    let size = text::small(scene.tokens, fl!(scene.labels, "bytes", count = der.len()));
    column![
        row![forms, size.width(Length::Fill), Element::from(copy)]
            .spacing(space::M)
            .align_y(Alignment::Center),
        content,
    ]
    .spacing(space::M)
    .into()
}
