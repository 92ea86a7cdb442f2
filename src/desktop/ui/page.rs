//! A page: one title, one sentence, what can be done, and content that scrolls.

use iced::widget::text::IntoFragment;
use iced::widget::{Column, Row, column, container};
use iced::{Length, Padding};

use super::{Element, Tokens, Width, scroll, space, text};

/// A page that scrolls if its content is longer than the window.
pub fn page<'a, Message: 'a>(
    tokens: Tokens,
    width: Width,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let padding = match width {
        Width::Wide => Padding::from([28.0, space::XXL]),
        Width::Compact => Padding::new(space::L),
    };
    scroll::vertical(tokens, container(content).padding(padding).width(Length::Fill))
        .height(Length::Fill)
        .into()
}

/// The head of a page: title, a sentence below it, buttons at its right (below, in a narrow window).
pub fn header<'a, Message: 'a>(
    tokens: Tokens,
    width: Width,
    title: impl IntoFragment<'a>,
    sentence: Option<text::Text<'a>>,
    actions: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let title = match width {
        Width::Wide => text::title(tokens, title),
        Width::Compact => text::title(tokens, title).size(20),
    };
    let words = Column::new()
        .push(title)
        .push(sentence)
        .spacing(space::XS)
        .width(Length::Fill);
    let has_actions = !actions.is_empty();
    let actions = has_actions.then(|| Row::with_children(actions).spacing(space::S));
    match width {
        Width::Wide => Row::new().push(words).push(actions).spacing(space::XL).into(),
        Width::Compact => column![words]
            .push(actions.map(|actions| actions.wrap().vertical_spacing(space::S)))
            .spacing(space::M)
            .into(),
    }
}

/// Buttons side by side; those that do not fit go to the next line.
pub fn actions<'a, Message: 'a>(actions: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    Row::with_children(actions)
        .spacing(space::S)
        .wrap()
        .vertical_spacing(space::S)
        .into()
}
