//! A choice of a few, all visible: language, theme, text size. Where there is no room they go to a second line.

use iced::border;
use iced::widget::text::Wrapping;
use iced::widget::{Row, container};

use super::pressable::{Appearance, Pressable, Status};
use super::theme::mix;
use super::{Element, Tokens, font, space, text};

/// One segment per choice; the chosen one is filled and bold.
pub fn segmented<'a, Value, Message>(
    tokens: Tokens,
    choices: impl IntoIterator<Item = (Value, String)>,
    chosen: Value,
    on_choose: impl Fn(Value) -> Message,
) -> Element<'a, Message>
where
    Value: Copy + PartialEq,
    Message: Clone + 'a,
{
    let segments = choices.into_iter().map(|(value, label)| {
        let is_chosen = value == chosen;
        segment(tokens, label, is_chosen, on_choose(value))
    });
    container(
        Row::with_children(segments)
            .spacing(2.0)
            .wrap()
            .vertical_spacing(2.0),
    )
    .padding(3.0)
    .style(move |_| {
        container::Style::default()
            .background(tokens.background)
            .border(border::rounded(10).width(1).color(tokens.line))
    })
    .into()
}

fn segment<'a, Message: Clone + 'a>(
    tokens: Tokens,
    label: String,
    is_chosen: bool,
    message: Message,
) -> Element<'a, Message> {
    let weight = if is_chosen { font::SEMIBOLD } else { font::REGULAR };
    let label = text::inherited(label).font(weight).wrapping(Wrapping::None);
    Pressable::new(tokens, label, move |status| appearance(tokens, is_chosen, status))
        .on_press_maybe(Some(message))
        .padding([7.0, space::L])
        .radius(7.0)
        .into()
}

fn appearance(tokens: Tokens, is_chosen: bool, status: Status) -> Appearance {
    if is_chosen {
        return Appearance {
            background: Some(tokens.primary),
            text: tokens.on_primary,
            border: None,
        };
    }
    Appearance {
        background: match status {
            Status::Hovered => Some(mix(tokens.background, tokens.text, 0.06)),
            Status::Pressed => Some(mix(tokens.background, tokens.text, 0.12)),
            Status::Active | Status::Disabled => None,
        },
        text: tokens.text,
        border: None,
    }
}
