//! Surfaces on which things lie.

use iced::widget::text::IntoFragment;
use iced::widget::{Column, Container, column, container, row};
use iced::{Alignment, Color, Length, border};

use super::{Element, Tokens, Tone, space, text};

/// A panel as wide as the page.
pub fn panel<'a, Message: 'a>(
    tokens: Tokens,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    outlined(tokens, tokens.line, content)
}

/// A panel whose outline has the colour of a tone; the tone's icon is up to the content.
pub fn toned<'a, Message: 'a>(
    tokens: Tokens,
    tone: Tone,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    outlined(tokens, tokens.tone(tone), content)
}

/// A panel with a heading, something beside the heading (a pill, a button), and content below.
pub fn titled<'a, Message: 'a>(
    tokens: Tokens,
    heading: impl IntoFragment<'a>,
    beside: Option<Element<'a, Message>>,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    let heading = row![text::section(tokens, heading).width(Length::Fill)]
        .push(beside)
        .spacing(space::L)
        .align_y(Alignment::Center);
    panel(tokens, column![heading, content.into()].spacing(space::M))
}

/// Panels below one another. What comes or goes below the first one leaves what follows as it is: a field keeps the
/// keyboard when a banner above it goes. For widgets are known by their place, and here each is the last of those above it.
pub fn stack<'a, Message: 'a>(panels: impl IntoIterator<Item = Element<'a, Message>>) -> Column<'a, Message> {
    let mut panels = panels.into_iter();
    let first = Column::new().push(panels.next());
    panels.fold(first, |above, next| column![above, next].spacing(space::L))
}

/// A thin line across a panel.
pub fn line<'a, Message: 'a>(tokens: Tokens) -> Element<'a, Message> {
    container(iced::widget::space().height(1))
        .width(Length::Fill)
        .style(move |_| container::background(tokens.line))
        .into()
}

fn outlined<'a, Message: 'a>(
    tokens: Tokens,
    line: Color,
    content: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    container(content)
        .padding([18.0, 20.0])
        .width(Length::Fill)
        .style(move |_| {
            container::Style::default()
                .background(tokens.surface)
                .border(border::rounded(space::PANEL_RADIUS).width(1).color(line))
        })
}
