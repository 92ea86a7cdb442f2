//! Small successes, said in passing.

use iced::widget::text::IntoFragment;
use iced::widget::{container, row, stack};
use iced::{Alignment, Length, border};

use super::{Element, Tokens, Tone, icon, space, text};

/// Puts what is to be said in passing over a page, at its lower edge. The caller takes it away again.
pub fn layer<'a, Message: 'a>(
    page: impl Into<Element<'a, Message>>,
    toast: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let toast = toast.map(|toast| {
        container(toast)
            .padding(space::XL)
            .align_x(Alignment::Center)
            .align_y(Alignment::End)
            .width(Length::Fill)
            .height(Length::Fill)
    });
    stack![page.into()]
        .push(toast)
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

/// A sentence on an inverted surface, with the tone's icon.
pub fn toast<'a, Message: 'a>(
    tokens: Tokens,
    tone: Tone,
    sentence: impl IntoFragment<'a>,
) -> Element<'a, Message> {
    container(
        row![
            icon::icon(tone.icon(), 16.0, tokens.background),
            text::body(tokens, sentence).color(tokens.background),
        ]
        .spacing(space::S)
        .align_y(Alignment::Center),
    )
    .padding([space::M, space::L])
    .style(move |_| {
        container::Style::default()
            .background(tokens.text)
            .border(border::rounded(space::CONTROL_RADIUS))
    })
    .into()
}
