//! A verdict in two or three words.

use iced::widget::text::IntoFragment;
use iced::widget::{container, row};
use iced::{Alignment, border};

use super::theme::mix;
use super::{Element, Icon, Tokens, Tone, font, icon, space, text};

/// A pill with the tone's own icon.
pub fn pill<'a, Message: 'a>(
    tokens: Tokens,
    tone: Tone,
    label: impl IntoFragment<'a>,
) -> Element<'a, Message> {
    with_icon(tokens, tone, tone.icon(), label)
}

/// A pill for what is still going on.
pub fn busy<'a, Message: 'a>(tokens: Tokens, label: impl IntoFragment<'a>) -> Element<'a, Message> {
    with_icon(tokens, Tone::Information, Icon::HalfDisc, label)
}

/// A pill with an icon of its own.
pub fn with_icon<'a, Message: 'a>(
    tokens: Tokens,
    tone: Tone,
    icon: Icon,
    label: impl IntoFragment<'a>,
) -> Element<'a, Message> {
    let color = tokens.tone(tone);
    container(
        row![
            icon::icon(icon, 12.0, color),
            text::small(tokens, label).font(font::SEMIBOLD).color(color),
        ]
        .spacing(6.0)
        .align_y(Alignment::Center),
    )
    .padding([2.0, 10.0])
    .style(move |_| {
        let line = match tone {
            _ if tokens.is_high_contrast() => color,
            Tone::Neutral => tokens.line,
            // A pill must show as one on the soft colour of a chosen card, too.
            _ => mix(tokens.soft(tone), color, 0.25),
        };
        container::Style::default()
            .background(tokens.soft(tone))
            .border(border::rounded(space::ROUND).width(1).color(line))
    })
    .into()
}
