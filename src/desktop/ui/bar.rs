//! A bar that is filled up to some share, with a mark if asked for.

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Quad, Renderer as _};
use iced::advanced::widget::Tree;
use iced::advanced::{Widget, mouse};
use iced::widget::column;
use iced::widget::text::IntoFragment;
use iced::{Border, Color, Length, Rectangle, Renderer, Size, Theme};

use super::{Element, Tokens, Tone, space, text};

/// Height of the bar, and of the mark that stands across it.
const BAR: f32 = 8.0;
const MARK: Size = Size::new(2.0, 16.0);

/// How far something has come (`share`, 0 to 1), with a sentence that says what is going on.
pub fn progress<'a, Message: 'a>(
    tokens: Tokens,
    share: f32,
    sentence: impl IntoFragment<'a>,
) -> Element<'a, Message> {
    column![
        Bar::new(tokens, Tone::Information, share),
        text::small(tokens, sentence)
    ]
    .spacing(space::XS)
    .into()
}

/// The bar itself.
pub(super) struct Bar {
    tokens: Tokens,
    color: Color,
    share: f32,
    is_marked: bool,
}

impl Bar {
    pub(super) fn new(tokens: Tokens, tone: Tone, share: f32) -> Self {
        Self {
            tokens,
            color: tokens.tone(tone),
            share: if share.is_nan() {
                0.0
            } else {
                share.clamp(0.0, 1.0)
            },
            is_marked: false,
        }
    }

    /// Draws a mark where the bar ends.
    pub(super) fn marked(mut self) -> Self {
        self.is_marked = true;
        self
    }
}

impl Bar {
    /// What is filled must stand out from what is not: where lines are as strong as text, the rest is hollow.
    fn draw_track(&self, renderer: &mut Renderer, bounds: Rectangle) {
        let border = Border::default().rounded(BAR / 2.0);
        if self.tokens.is_high_contrast() {
            fill(
                renderer,
                bounds,
                self.tokens.background,
                border.width(1).color(self.tokens.line),
            );
        } else {
            fill(renderer, bounds, self.tokens.line, border);
        }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Bar {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(MARK.height))
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, MARK.height)
    }

    fn draw(
        &self,
        _tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let whole = Rectangle {
            y: bounds.y + (bounds.height - BAR) / 2.0,
            height: BAR,
            ..bounds
        };
        let filled = Rectangle {
            width: whole.width * self.share,
            ..whole
        };
        self.draw_track(renderer, whole);
        if filled.width >= 1.0 {
            fill(renderer, filled, self.color, Border::default().rounded(BAR / 2.0));
        }
        if self.is_marked {
            let x = (filled.x + filled.width - MARK.width / 2.0)
                .clamp(bounds.x, bounds.x + (bounds.width - MARK.width).max(0.0));
            let mark = Rectangle::new(iced::Point::new(x, bounds.y), MARK);
            fill(renderer, mark, self.tokens.text, Border::default());
        }
    }
}

fn fill(renderer: &mut Renderer, bounds: Rectangle, color: Color, border: Border) {
    renderer.fill_quad(
        Quad {
            bounds,
            border,
            ..Quad::default()
        },
        color,
    );
}

impl<'a, Message: 'a> From<Bar> for Element<'a, Message> {
    fn from(bar: Bar) -> Self {
        Element::new(bar)
    }
}
