//! What the window shows while a file is held over it.

use iced::widget::text::IntoFragment;
use iced::widget::{column, container, stack};
use iced::{Alignment, Length, border};

use super::{Element, Icon, Tokens, icon, space, text};

/// Puts an invitation over a page while a file is held over the window.
pub fn layer<'a, Message: 'a>(
    page: impl Into<Element<'a, Message>>,
    invitation: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    stack![page.into()]
        .push(invitation)
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

/// The invitation: let go, and this will happen.
pub fn invitation<'a, Message: 'a>(tokens: Tokens, sentence: impl IntoFragment<'a>) -> Element<'a, Message> {
    let words = column![
        icon::icon(Icon::File, 48.0, tokens.primary),
        text::section(tokens, sentence)
    ]
    .spacing(space::L)
    .align_x(Alignment::Center);
    let frame = container(words).center(Length::Fill).style(move |_| {
        container::Style::default()
            .background(tokens.primary_soft)
            .border(
                border::rounded(space::PANEL_RADIUS)
                    .width(2)
                    .color(tokens.primary),
            )
    });
    container(frame)
        .padding(space::L)
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::background(tokens.background.scale_alpha(0.8)))
        .into()
}
