//! Steps one after the other: done, under way, to come.

use iced::widget::{Column, Row, container};
use iced::{Alignment, Color, Length, border};

use super::{Element, Icon, Tokens, icon, space, text};

/// Diameter of the sign in front of a step.
const SIGN: f32 = 26.0;

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Done.
    Done,
    /// Under way.
    Now,
    /// To come.
    Next,
}

/// A step, and what is said below its name.
pub struct Step<'a, Message> {
    /// How far it is.
    pub stage: Stage,
    /// What it is.
    pub label: String,
    /// More about it.
    pub detail: Option<Element<'a, Message>>,
}

/// The steps, numbered from 1.
pub fn stepper<'a, Message: 'a>(
    tokens: Tokens,
    steps: impl IntoIterator<Item = Step<'a, Message>>,
) -> Element<'a, Message> {
    let lines = steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| line(tokens, index.saturating_add(1), step));
    Column::with_children(lines).spacing(space::L).into()
}

fn line<'a, Message: 'a>(tokens: Tokens, number: usize, step: Step<'a, Message>) -> Element<'a, Message> {
    let label = match step.stage {
        Stage::Done => text::body(tokens, step.label),
        Stage::Now => text::strong(tokens, step.label),
        Stage::Next => text::muted(tokens, step.label),
    };
    let words = Column::new()
        .push(container(label).padding([2.0, 0.0]))
        .push(step.detail)
        .spacing(space::XS)
        .width(Length::Fill);
    Row::new()
        .push(sign(tokens, number, step.stage))
        .push(words)
        .spacing(14.0)
        .align_y(Alignment::Start)
        .into()
}

fn sign<'a, Message: 'a>(tokens: Tokens, number: usize, stage: Stage) -> Element<'a, Message> {
    let number = |color: Color| -> Element<'a, Message> {
        text::label(tokens, number.to_string()).color(color).into()
    };
    let (content, fill, outline) = match stage {
        Stage::Done => (
            icon::icon(Icon::Check, 14.0, tokens.surface),
            Some(tokens.good),
            tokens.good,
        ),
        Stage::Now => (number(tokens.primary), None, tokens.primary),
        Stage::Next => (number(tokens.muted), None, tokens.line),
    };
    container(content)
        .center(SIGN)
        .style(move |_| {
            let style =
                container::Style::default().border(border::rounded(space::ROUND).width(2).color(outline));
            match fill {
                Some(fill) => style.background(fill),
                None => style,
            }
        })
        .into()
}
