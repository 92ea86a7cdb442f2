//! The window: rail and page.

use iced::widget::{Row, container, responsive};
use iced::{Length, Size};

use super::{Element, Tokens};

/// Below this width (logical pixels) the rail keeps its icons only.
const NARROW: f32 = 760.0;

/// How much room there is. Text at 200 % halves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Rail with words, things side by side.
    Wide,
    /// Rail with icons, things below one another.
    Compact,
}

impl Width {
    /// The width of a window of this size (logical pixels).
    pub fn of(size: Size) -> Self {
        if size.width < NARROW {
            Self::Compact
        } else {
            Self::Wide
        }
    }
}

/// A window with a rail at its left and a page beside it, both built for the width there is.
pub fn shell<'a, Message: 'a>(
    tokens: Tokens,
    rail: impl Fn(Width) -> Element<'a, Message> + 'a,
    page: impl Fn(Width) -> Element<'a, Message> + 'a,
) -> Element<'a, Message> {
    let window = responsive(move |size| {
        let width = Width::of(size);
        Row::new()
            .push(rail(width))
            .push(container(page(width)).width(Length::Fill).height(Length::Fill))
            .into()
    });
    container(window)
        .width(Length::Fill)
        .height(Length::Fill)
        .style(move |_| container::background(tokens.background))
        .into()
}
