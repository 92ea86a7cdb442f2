//! Tries left, as dots and in words.

use iced::widget::text::IntoFragment;
use iced::widget::{Row, container, row, space as gap};
use iced::{Alignment, Element as IcedElement, border};

use super::{Element, Tokens, Tone, space, text};

/// More dots than this say nothing more.
const MOST: u8 = 15;

/// `left` of `most` tries as dots; `words` says the same. One try left warns, none is bad.
pub fn tries<'a, Message: 'a>(
    tokens: Tokens,
    left: u8,
    most: u8,
    words: impl IntoFragment<'a>,
) -> Element<'a, Message> {
    let most = most.clamp(1, MOST).max(left.min(MOST));
    let tone = match left {
        0 => Tone::Bad,
        1 => Tone::Warning,
        _ => Tone::Information,
    };
    let dots = Row::with_children((0..most).map(|index| dot(tokens, tone, index < left))).spacing(space::S);
    row![dots, text::small(tokens, words)]
        .spacing(space::M)
        .align_y(Alignment::Center)
        .into()
}

fn dot<'a, Message: 'a>(tokens: Tokens, tone: Tone, is_left: bool) -> IcedElement<'a, Message> {
    let color = tokens.tone(tone);
    container(gap())
        .width(14)
        .height(14)
        .style(move |_| {
            let style =
                container::Style::default().border(border::rounded(space::ROUND).width(2).color(color));
            if is_left { style.background(color) } else { style }
        })
        .into()
}
