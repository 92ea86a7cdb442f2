//! Content that is used otherwise than it would be by itself.

use std::cell::Cell;
use std::time::Instant;

use iced::advanced::Renderer as _;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay, renderer};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector, window};

use super::Element;

/// What is different about the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// Nothing, now.
    Usual,
    /// It is seen, but takes no input and no focus.
    Inert,
    /// Time stands still for it: a caret does not blink, and an idle window is not drawn again and again.
    Steady,
    /// It scrolls: whenever it has moved, all of it is painted at once.
    Whole,
}

/// Content in its manner. It stays at its place of the widget tree in each of them, so that it keeps what it remembers
/// (how far it was scrolled, what had the focus).
pub(super) struct Around<'a, Message> {
    content: Element<'a, Message>,
    manner: Manner,
}

impl<'a, Message> Around<'a, Message> {
    /// Content that cannot be used while something before it must be answered.
    pub(super) fn inert(content: Element<'a, Message>, is_inert: bool) -> Self {
        let manner = if is_inert { Manner::Inert } else { Manner::Usual };
        Self { content, manner }
    }

    /// Content that is drawn again only when something happened.
    pub(super) fn steady(content: impl Into<Element<'a, Message>>) -> Self {
        Self {
            content: content.into(),
            manner: Manner::Steady,
        }
    }

    /// Content of something that scrolls. The software renderer looks for what has changed piece by piece and paints
    /// each piece with everything around it: a page that has moved would be painted a dozen times over. A layer whose
    /// bounds have changed is one piece.
    pub(super) fn whole(content: impl Into<Element<'a, Message>>) -> Self {
        Self {
            content: content.into(),
            manner: Manner::Whole,
        }
    }

    fn is_inert(&self) -> bool {
        self.manner == Manner::Inert
    }
}

/// A difference between bounds that is not seen, in pixels.
const BARELY: f32 = 1e-3;

/// What is remembered from frame to frame.
struct Memory {
    /// The time that steady content is told.
    born: Instant,
    /// What was in sight of content that scrolls.
    seen: Cell<Rectangle>,
    /// Whether the bounds of its layer are the larger ones.
    is_larger: Cell<bool>,
}

impl Memory {
    /// The bounds of the layer for content of which this is in sight: others than in the frame before if it has moved.
    fn layer(&self, viewport: Rectangle) -> Rectangle {
        if self.seen.replace(viewport) != viewport {
            self.is_larger.set(!self.is_larger.get());
        }
        let more = if self.is_larger.get() { BARELY } else { 0.0 };
        Rectangle {
            width: viewport.width + more,
            ..viewport
        }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Around<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Memory>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Memory {
            born: Instant::now(),
            seen: Cell::default(),
            is_larger: Cell::default(),
        })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let node = self
            .content
            .as_widget_mut()
            .layout(&mut tree.children[0], renderer, limits);
        layout::Node::with_children(node.size(), vec![node])
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        if !self.is_inert() {
            operation.traverse(&mut |operation| {
                self.content.as_widget_mut().operate(
                    &mut tree.children[0],
                    layout.child(0),
                    renderer,
                    operation,
                );
            });
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let mut event = event;
        let redraw = shell.redraw_request();
        let still = Event::Window(window::Event::RedrawRequested(
            tree.state.downcast_ref::<Memory>().born,
        ));
        let is_redraw = matches!(event, Event::Window(window::Event::RedrawRequested(_)));
        let cursor = match self.manner {
            Manner::Inert if !is_redraw => return,
            Manner::Inert => mouse::Cursor::Unavailable,
            Manner::Usual | Manner::Steady | Manner::Whole => cursor,
        };
        if self.manner == Manner::Steady && is_redraw {
            event = &still;
        }
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            layout.child(0),
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
        if self.manner == Manner::Steady && matches!(shell.redraw_request(), window::RedrawRequest::At(_)) {
            Shell::replace_redraw_request(shell, redraw);
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let draw = |renderer: &mut Renderer| {
            self.content.as_widget().draw(
                &tree.children[0],
                renderer,
                theme,
                style,
                layout.child(0),
                cursor,
                viewport,
            );
        };
        if self.manner == Manner::Whole {
            let layer = tree.state.downcast_ref::<Memory>().layer(*viewport);
            renderer.with_layer(layer, draw);
        } else {
            draw(renderer);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.is_inert() {
            return mouse::Interaction::default();
        }
        self.content.as_widget().mouse_interaction(
            &tree.children[0],
            layout.child(0),
            cursor,
            viewport,
            renderer,
        )
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        if self.is_inert() {
            return None;
        }
        self.content.as_widget_mut().overlay(
            &mut tree.children[0],
            layout.child(0),
            renderer,
            viewport,
            translation,
        )
    }
}

impl<'a, Message: 'a> From<Around<'a, Message>> for Element<'a, Message> {
    fn from(around: Around<'a, Message>) -> Self {
        Element::new(around)
    }
}
