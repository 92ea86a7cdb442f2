//! Details on demand: a heading that opens, and tabs.

use iced::widget::text::IntoFragment;
use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length};

use super::pressable::{Appearance, Pressable, Status};
use super::theme::mix;
use super::{Element, Icon, Tokens, font, icon, panel, space, text};

/// A heading that opens and closes what is below it. `content` is `Some` while it is open.
pub fn disclosure<'a, Message: Clone + 'a>(
    tokens: Tokens,
    heading: impl IntoFragment<'a>,
    content: Option<Element<'a, Message>>,
    message: Message,
) -> Element<'a, Message> {
    let sign = if content.is_some() {
        Icon::ChevronDown
    } else {
        Icon::ChevronRight
    };
    let heading = row![
        icon::icon(sign, 16.0, tokens.muted),
        text::strong(tokens, heading).width(Length::Fill)
    ]
    .spacing(space::M)
    .align_y(Alignment::Center);
    let heading = Pressable::new(tokens, heading, move |status| line(tokens, status))
        .on_press_maybe(Some(message))
        .width(Length::Fill)
        .padding([11.0, 0.0])
        .bleed(space::S);
    let content = content.map(|content| {
        // Under the heading's words, not under its sign.
        container(content).padding(iced::Padding {
            top: space::XS,
            right: 0.0,
            bottom: space::L,
            left: 16.0 + space::M,
        })
    });
    column![heading].push(content).into()
}

/// Views of the same thing; the chosen one is bold and underlined.
pub fn tabs<'a, Value, Message>(
    tokens: Tokens,
    choices: impl IntoIterator<Item = (Value, String)>,
    chosen: Value,
    on_choose: impl Fn(Value) -> Message,
) -> Element<'a, Message>
where
    Value: Copy + PartialEq,
    Message: Clone + 'a,
{
    let tabs = choices.into_iter().map(|(value, label)| {
        let is_chosen = value == chosen;
        tab(tokens, label, is_chosen, on_choose(value))
    });
    // As many lines as it takes: all of them must be reached.
    let tabs = Row::with_children(tabs).spacing(space::XS).wrap();
    Column::new()
        .push(tabs.vertical_spacing(space::XS))
        .push(panel::line(tokens))
        .into()
}

fn tab<'a, Message: Clone + 'a>(
    tokens: Tokens,
    label: String,
    is_chosen: bool,
    message: Message,
) -> Element<'a, Message> {
    let (weight, color, mark) = if is_chosen {
        (font::SEMIBOLD, tokens.text, tokens.primary)
    } else {
        (font::REGULAR, tokens.muted, iced::Color::TRANSPARENT)
    };
    let label = Pressable::new(
        tokens,
        text::body(tokens, label).font(weight).color(color),
        move |status| line(tokens, status),
    )
    .on_press_maybe(Some(message))
    .padding([7.0, space::M]);
    let mark = container(iced::widget::Space::new().width(Length::Fill).height(2.0))
        .style(move |_| container::background(mark));
    // A column takes its width from the label: the mark fills it.
    column![label, mark].width(Length::Shrink).into()
}

fn line(tokens: Tokens, status: Status) -> Appearance {
    Appearance {
        background: match status {
            Status::Hovered => Some(mix(tokens.surface, tokens.text, 0.04)),
            Status::Pressed => Some(mix(tokens.surface, tokens.text, 0.08)),
            Status::Active | Status::Disabled => None,
        },
        text: tokens.text,
        border: None,
    }
}
