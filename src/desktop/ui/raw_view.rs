//! Bytes and long texts, line by line. Only the lines in sight are drawn, so a megabyte is no more work than a page.

use std::borrow::Cow;
use std::fmt::Write as _;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer;
use iced::advanced::text::{self as raw, Renderer as _};
use iced::advanced::widget::Tree;
use iced::advanced::{Widget, mouse};
use iced::widget::container;
use iced::{Length, Padding, Pixels, Point, Rectangle, Renderer, Size, Theme, border};

use super::{Element, Tokens, font, scroll, space};

const BYTES_OF_A_LINE: usize = 16;
const LINE_HEIGHT: f32 = 20.0;
const TEXT_SIZE: f32 = 13.0;
const OUTLINE: f32 = 1.0;
/// Advance width of a character of the monospaced font, as a share of its size.
const ADVANCE: f32 = 0.6;
/// Longer lines are cut: they come from outside.
const LONGEST_LINE: usize = 400;

/// Bytes as offset, hexadecimal and ASCII, in a frame `height` pixels high that scrolls.
pub fn hex<'a, Message: 'a>(tokens: Tokens, bytes: &'a [u8], height: f32) -> Element<'a, Message> {
    let lines = Lines {
        tokens,
        count: bytes.len().div_ceil(BYTES_OF_A_LINE),
        columns: hex_line(bytes, 0).chars().count(),
        line: Box::new(move |index| Cow::Owned(hex_line(bytes, index))),
    };
    frame(tokens, lines, height)
}

/// A text (PEM, a report) in a frame `height` pixels high that scrolls.
pub fn lines<'a, Message: 'a>(tokens: Tokens, text: &'a str, height: f32) -> Element<'a, Message> {
    let lines: Vec<&'a str> = text.lines().map(cut).collect();
    let lines = Lines {
        tokens,
        count: lines.len(),
        columns: lines.iter().map(|line| line.chars().count()).max().unwrap_or(0),
        line: Box::new(move |index| Cow::Borrowed(lines.get(index).copied().unwrap_or(""))),
    };
    frame(tokens, lines, height)
}

/// Lines of at most `columns` characters that are ready to be shown, in a frame that scrolls if they do not fit into
/// `height` pixels.
#[expect(
    clippy::cast_precision_loss,
    reason = "only few lines are lower than the frame"
)]
pub fn prepared<'a, Message: 'a>(
    tokens: Tokens,
    lines: Cow<'a, [String]>,
    columns: usize,
    height: f32,
) -> Element<'a, Message> {
    let height = height.min(lines.len() as f32 * LINE_HEIGHT + space::M + space::XL + 2.0 * OUTLINE);
    let lines = Lines {
        tokens,
        count: lines.len(),
        columns,
        line: Box::new(move |index| {
            Cow::Owned(
                lines
                    .get(index)
                    .map(|line| cut(line))
                    .unwrap_or_default()
                    .to_owned(),
            )
        }),
    };
    frame(tokens, lines, height)
}

fn frame<'a, Message: 'a>(tokens: Tokens, lines: Lines<'a>, height: f32) -> Element<'a, Message> {
    container(
        scroll::both(
            tokens,
            container(lines).padding(Padding::new(space::M).right(space::XL).bottom(space::XL)),
        )
        .height(Length::Fill),
    )
    .width(Length::Fill)
    .height(height)
    .padding(OUTLINE)
    .style(move |_| {
        container::Style::default()
            .background(tokens.background)
            .border(border::rounded(space::CONTROL_RADIUS).width(1).color(tokens.line))
    })
    .into()
}

fn cut(line: &str) -> &str {
    match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => line.get(..end).unwrap_or(line),
        None => line,
    }
}

/// `00000010  30 82 05 3A 30 82 04 22  A0 03 02 01 02 02 10 5A  0..:0.."........`
fn hex_line(bytes: &[u8], index: usize) -> String {
    let start = index.saturating_mul(BYTES_OF_A_LINE);
    let rest = bytes.get(start..).unwrap_or(&[]);
    let line = rest.get(..BYTES_OF_A_LINE).unwrap_or(rest);

    let mut text = format!("{start:08X}  ");
    for position in 0..BYTES_OF_A_LINE {
        // Writing to a string does not fail.
        let _ = match line.get(position) {
            Some(byte) => write!(text, "{byte:02X} "),
            None => write!(text, "   "),
        };
        if position == BYTES_OF_A_LINE / 2 - 1 {
            text.push(' ');
        }
    }
    text.push(' ');
    text.extend(line.iter().map(|byte| match byte {
        0x20..=0x7E => char::from(*byte),
        _ => '.',
    }));
    text
}

/// The lines themselves: as large as all of them, drawn only where they can be seen.
struct Lines<'a> {
    tokens: Tokens,
    count: usize,
    columns: usize,
    line: Box<dyn Fn(usize) -> Cow<'a, str> + 'a>,
}

impl<Message> Widget<Message, Theme, Renderer> for Lines<'_> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    #[expect(clippy::cast_precision_loss, reason = "a pixel off is not seen")]
    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, _limits: &layout::Limits) -> layout::Node {
        layout::Node::new(Size::new(
            self.columns as f32 * TEXT_SIZE * ADVANCE,
            self.count as f32 * LINE_HEIGHT,
        ))
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both ends are clamped to the lines there are"
    )]
    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let Some(seen) = bounds.intersection(viewport) else {
            return;
        };
        let first = ((seen.y - bounds.y) / LINE_HEIGHT).max(0.0) as usize;
        let after = ((seen.y + seen.height - bounds.y) / LINE_HEIGHT).ceil().max(0.0) as usize;
        for index in first..after.min(self.count) {
            let position = Point::new(bounds.x, bounds.y + index as f32 * LINE_HEIGHT);
            let line = raw::Text {
                content: (self.line)(index).into_owned(),
                bounds: Size::new(bounds.width, LINE_HEIGHT),
                size: Pixels(TEXT_SIZE),
                line_height: raw::LineHeight::Absolute(Pixels(LINE_HEIGHT)),
                font: font::MONO,
                align_x: raw::Alignment::Default,
                align_y: iced::alignment::Vertical::Top,
                shaping: raw::Shaping::Auto,
                wrapping: raw::Wrapping::None,
            };
            // The software renderer cuts text off at the edge of what scrolls only if the text's own bounds reach
            // beyond that edge, so they are all of the lines, not those in sight.
            renderer.fill_text(line, position, self.tokens.text, bounds);
        }
    }
}

impl<'a, Message: 'a> From<Lines<'a>> for Element<'a, Message> {
    fn from(lines: Lines<'a>) -> Self {
        Element::new(lines)
    }
}

#[cfg(test)]
mod tests;
