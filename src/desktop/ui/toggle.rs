//! On or off, with words.

use iced::widget::text::IntoFragment;
use iced::widget::{Column, Space, container, row};
use iced::{Alignment, Length, border};

use super::pressable::{Appearance, Pressable, Status};
use super::theme::mix;
use super::{Element, Icon, Tokens, icon, space, text};

/// A switch at the right of its words; the whole line can be pressed.
pub fn toggle<'a, Message: Clone + 'a>(
    tokens: Tokens,
    label: impl IntoFragment<'a>,
    explanation: Option<text::Text<'a>>,
    is_on: bool,
    message: Option<Message>,
) -> Element<'a, Message> {
    let words = Column::new()
        .push(text::body(tokens, label))
        .push(explanation)
        .width(Length::Fill);
    let content = row![words, switch(tokens, is_on)]
        .spacing(space::L)
        .align_y(Alignment::Center);
    line(tokens, content.into(), message)
}

/// A box before its words.
pub fn checkbox<'a, Message: Clone + 'a>(
    tokens: Tokens,
    label: impl IntoFragment<'a>,
    is_on: bool,
    message: Option<Message>,
) -> Element<'a, Message> {
    let mark = is_on.then(|| icon::icon(Icon::Check, 14.0, tokens.on_primary));
    let mark = container(Column::new().push(mark)).center(20.0).style(move |_| {
        let style = container::Style::default().border(border::rounded(5).width(2).color(if is_on {
            tokens.primary
        } else {
            tokens.muted
        }));
        if is_on {
            style.background(tokens.primary)
        } else {
            style
        }
    });
    let content = row![mark, text::body(tokens, label)]
        .spacing(space::M)
        .align_y(Alignment::Center);
    line(tokens, content.into(), message)
}

/// The switch: filled with a check when on, hollow when off.
fn switch<'a, Message: 'a>(tokens: Tokens, is_on: bool) -> Element<'a, Message> {
    let knob_color = if is_on { tokens.on_primary } else { tokens.muted };
    let check = is_on.then(|| icon::icon(Icon::Check, 12.0, tokens.primary));
    let knob = container(Column::new().push(check)).center(18.0).style(move |_| {
        container::Style::default()
            .background(knob_color)
            .border(border::rounded(space::ROUND))
    });
    let gap = is_on.then(|| Space::new().width(Length::Fill));
    container(row![].push(gap).push(knob))
        .padding(3.0)
        .width(44.0)
        .height(24.0)
        .style(move |_| {
            let (background, line) = if is_on {
                (tokens.primary, tokens.primary)
            } else {
                (tokens.surface, tokens.muted)
            };
            container::Style::default()
                .background(background)
                .border(border::rounded(space::ROUND).width(2).color(line))
        })
        .into()
}

fn line<'a, Message: Clone + 'a>(
    tokens: Tokens,
    content: Element<'a, Message>,
    message: Option<Message>,
) -> Element<'a, Message> {
    Pressable::new(tokens, content, move |status| Appearance {
        background: match status {
            Status::Hovered => Some(mix(tokens.surface, tokens.text, 0.04)),
            Status::Pressed => Some(mix(tokens.surface, tokens.text, 0.08)),
            Status::Active | Status::Disabled => None,
        },
        text: tokens.text,
        border: None,
    })
    .on_press_maybe(message)
    .width(Length::Fill)
    .padding([space::S, 0.0])
    .bleed(space::S)
    .into()
}
