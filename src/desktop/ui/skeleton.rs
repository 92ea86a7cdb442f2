//! What stands where something is still being read, so that nothing jumps when it comes.

use iced::widget::{Column, Space, column, container};
use iced::{Length, border};

use super::theme::mix;
use super::{Element, Tokens, panel, space};

/// A grey line in place of a line of text.
pub fn line<'a, Message: 'a>(tokens: Tokens, width: impl Into<Length>) -> Element<'a, Message> {
    block(tokens, width, 12.0)
}

/// A grey block in place of anything.
pub fn block<'a, Message: 'a>(tokens: Tokens, width: impl Into<Length>, height: f32) -> Element<'a, Message> {
    container(Space::new().width(width).height(height))
        .style(move |_| {
            container::Style::default()
                .background(mix(tokens.surface, tokens.muted, 0.22))
                .border(border::rounded(space::XS))
        })
        .into()
}

/// A panel with lines in place of a certificate.
pub fn certificate<'a, Message: 'a>(tokens: Tokens) -> Element<'a, Message> {
    let lines = [320.0, 240.0, 200.0, 280.0].map(|width| line(tokens, width));
    panel::panel(
        tokens,
        column![
            block(tokens, 160.0, 18.0),
            Column::with_children(lines).spacing(18.0),
            block(tokens, Length::Fill, 8.0),
            block(tokens, 120.0, 40.0),
        ]
        .spacing(space::XL),
    )
    .into()
}
