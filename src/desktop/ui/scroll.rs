//! What is longer than its place.

use iced::widget::container;
use iced::widget::scrollable::{self, AutoScroll, Direction, Rail, Scrollable, Scrollbar, Scroller};
use iced::{Color, Length, Shadow, border};

use super::around::Around;
use super::theme::mix;
use super::{Element, Tokens};

/// Content that scrolls up and down, with a thin bar.
pub fn vertical<'a, Message: 'a>(
    tokens: Tokens,
    content: impl Into<Element<'a, Message>>,
) -> Scrollable<'a, Message> {
    Scrollable::with_direction(Around::whole(content), Direction::Vertical(bar()))
        .width(Length::Fill)
        .style(move |_, status| style(tokens, status))
}

/// Content that scrolls both ways: raw data.
pub fn both<'a, Message: 'a>(
    tokens: Tokens,
    content: impl Into<Element<'a, Message>>,
) -> Scrollable<'a, Message> {
    let direction = Direction::Both {
        vertical: bar(),
        horizontal: bar(),
    };
    Scrollable::with_direction(Around::whole(content), direction)
        .width(Length::Fill)
        .style(move |_, status| style(tokens, status))
}

/// Up and down without a bar, where there is no room for one.
pub(super) fn without_bar() -> Direction {
    Direction::Vertical(Scrollbar::hidden())
}

fn bar() -> Scrollbar {
    Scrollbar::new().width(10).scroller_width(6).margin(2)
}

fn style(tokens: Tokens, status: scrollable::Status) -> scrollable::Style {
    let is_near = !matches!(status, scrollable::Status::Active { .. });
    let share = if is_near || tokens.is_high_contrast() {
        0.6
    } else {
        0.25
    };
    let rail = Rail {
        background: None,
        border: border::rounded(3),
        scroller: Scroller {
            background: mix(tokens.background, tokens.text, share).into(),
            border: border::rounded(3),
        },
    };
    scrollable::Style {
        container: container::Style::default(),
        vertical_rail: rail,
        horizontal_rail: rail,
        gap: None,
        auto_scroll: AutoScroll {
            background: tokens.surface.into(),
            border: border::rounded(999).width(1).color(tokens.line),
            shadow: Shadow {
                color: Color::TRANSPARENT,
                ..Shadow::default()
            },
            icon: tokens.muted,
        },
    }
}
