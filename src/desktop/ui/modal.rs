//! A question that must be answered before anything else.

use iced::widget::text::IntoFragment;
use iced::widget::{Row, Space, column, container, opaque, stack};
use iced::{Color, Length, border};

use super::around::Around;
use super::{Element, Tokens, scroll, space, text};

/// Width of the question, at most.
const WIDTH: f32 = 440.0;

/// Puts a dialog before a window, which cannot be used meanwhile, by mouse or by keyboard. Always build the window
/// through this function, also without a dialog: the window then keeps its state when one comes and goes.
pub fn layer<'a, Message: 'a>(
    tokens: Tokens,
    window: impl Into<Element<'a, Message>>,
    dialog: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let is_asking = dialog.is_some();
    let dialog = dialog.map(|dialog| {
        opaque(
            container(scroll::vertical(tokens, container(dialog).center_x(Length::Fill)))
                .center(Length::Fill)
                .padding(space::XL)
                .style(|_| {
                    container::background(Color {
                        a: 0.5,
                        ..Color::BLACK
                    })
                }),
        )
    });
    stack![Around::inert(window.into(), is_asking)]
        .push(dialog)
        .width(Length::Fill)
        .height(Length::Fill)
        .into()
}

/// A dialog: what is asked, what it means, and the answers, the safe one first.
pub fn dialog<'a, Message: 'a>(
    tokens: Tokens,
    question: impl IntoFragment<'a>,
    meaning: impl IntoFragment<'a>,
    answers: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    form(tokens, question, meaning, None, answers)
}

/// A dialog in which something is filled in.
pub fn form<'a, Message: 'a>(
    tokens: Tokens,
    question: impl IntoFragment<'a>,
    meaning: impl IntoFragment<'a>,
    filled_in: impl Into<Option<Element<'a, Message>>>,
    answers: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let answers = Row::new()
        .push(Space::new().width(Length::Fill))
        .push(Row::with_children(answers).spacing(space::S));
    panel(
        tokens,
        column![text::section(tokens, question), text::body(tokens, meaning)]
            .push(filled_in.into())
            .push(answers)
            .spacing(space::L),
    )
}

/// What stands before the window, whatever is in it.
pub fn panel<'a, Message: 'a>(
    tokens: Tokens,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    container(content)
        .padding(space::XL)
        .max_width(WIDTH)
        .style(move |_| {
            container::Style::default()
                .background(tokens.surface)
                .border(border::rounded(space::PANEL_RADIUS).width(1).color(tokens.line))
        })
        .into()
}
