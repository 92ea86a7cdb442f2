//! The one widget that can be pressed: by mouse, by touch, and by keyboard.
//!
//! iced gives the keyboard to text inputs only. Buttons, cards of the rail, switches and headings that open are built on
//! [`Pressable`] instead of iced's own button: Tab reaches it, Enter and Space press it, and while it has the keyboard's
//! focus a ring of 2 pixels stands 2 pixels away from it. A press of the mouse moves the focus without showing the ring.

mod state;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse, overlay};
use iced::keyboard::{self, key};
use iced::{Border, Color, Event, Length, Padding, Rectangle, Renderer, Size, Theme, Vector, touch, window};

use iced::advanced::widget::operation::Focusable as _;

use self::state::State;
use super::{Element, Tokens, draw, space};

/// How the widget is being used right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nobody is near.
    Active,
    /// The mouse is over it.
    Hovered,
    /// The mouse's button is down on it.
    Pressed,
    /// It cannot be pressed now.
    Disabled,
}

/// How the widget looks in one [`Status`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Appearance {
    /// Its surface.
    pub background: Option<Color>,
    /// Its text, where the content does not choose its own.
    pub text: Color,
    /// Its outline.
    pub border: Option<Color>,
}

/// Content that can be pressed.
pub struct Pressable<'a, Message> {
    tokens: Tokens,
    content: Element<'a, Message>,
    appearance: Box<dyn Fn(Status) -> Appearance + 'a>,
    on_press: Option<Message>,
    id: Option<Id>,
    width: Length,
    height: Length,
    padding: Padding,
    radius: f32,
    bleed: f32,
    status: Option<Status>,
}

impl<'a, Message> Pressable<'a, Message> {
    /// Wraps content; it cannot be pressed until it has a message.
    pub fn new(
        tokens: Tokens,
        content: impl Into<Element<'a, Message>>,
        appearance: impl Fn(Status) -> Appearance + 'a,
    ) -> Self {
        Self {
            tokens,
            content: content.into(),
            appearance: Box::new(appearance),
            on_press: None,
            id: None,
            width: Length::Shrink,
            height: Length::Shrink,
            padding: Padding::ZERO,
            radius: space::CONTROL_RADIUS,
            bleed: 0.0,
            status: None,
        }
    }

    /// What a press says; `None` disables it.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.on_press = message;
        self
    }

    /// A name by which [`focus::on`](super::focus::on) and tests find it. If another name comes to the same place of the
    /// widget tree, focus does not go over to it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the width.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Sets the height.
    #[must_use]
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    /// Sets the distance between outline and content.
    #[must_use]
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }

    /// Sets the radius of the corners.
    #[must_use]
    pub fn radius(mut self, radius: f32) -> Self {
        self.radius = radius;
        self
    }

    /// Draws its surface and its ring this much wider at the left and at the right than it is, so that the content of a
    /// line that can be pressed stands in line with what stands above it.
    #[must_use]
    pub fn bleed(mut self, pixels: f32) -> Self {
        self.bleed = pixels;
        self
    }

    fn status(&self, state: &State, bounds: Rectangle, cursor: mouse::Cursor) -> Status {
        if self.on_press.is_none() {
            Status::Disabled
        } else if !cursor.is_over(bounds) {
            Status::Active
        } else if state.is_pressed {
            Status::Pressed
        } else {
            Status::Hovered
        }
    }

    fn draw_surface(&self, renderer: &mut Renderer, bounds: Rectangle, look: Appearance) {
        if look.background.is_none() && look.border.is_none() {
            return;
        }
        let border = Border {
            color: look.border.unwrap_or(Color::TRANSPARENT),
            width: if look.border.is_some() { 1.0 } else { 0.0 },
            radius: self.radius.into(),
        };
        draw::fill(
            renderer,
            bounds,
            border,
            look.background.unwrap_or(Color::TRANSPARENT),
        );
    }
}

impl<Message: Clone> Pressable<'_, Message> {
    /// Handles what concerns this widget and not its content.
    fn react(
        &self,
        state: &mut State,
        event: &Event,
        bounds: Rectangle,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, Message>,
    ) {
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let is_over = self.on_press.is_some() && cursor.is_over(bounds);
                if state.press_at(is_over) {
                    shell.request_redraw();
                }
                if is_over {
                    shell.capture_event();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. }) => {
                self.let_go(state, cursor.is_over(bounds), shell);
            }
            Event::Touch(touch::Event::FingerLost { .. }) => {
                state.release();
            }
            Event::Keyboard(event) if state.is_focused() && presses(event) => {
                self.press(shell);
                shell.capture_event();
            }
            _ => {}
        }
    }

    /// The mouse was let go: a press, if it went down here too.
    fn let_go(&self, state: &mut State, is_over: bool, shell: &mut Shell<'_, Message>) {
        if !state.release() {
            return;
        }
        if is_over {
            self.press(shell);
        }
        shell.capture_event();
    }

    fn press(&self, shell: &mut Shell<'_, Message>) {
        if let Some(message) = &self.on_press {
            shell.publish(message.clone());
        }
    }
}

/// Whether a key presses what has the focus: Enter or Space, once, with nothing held beside it.
fn presses(event: &keyboard::Event) -> bool {
    matches!(
        event,
        keyboard::Event::KeyPressed {
            key: keyboard::Key::Named(key::Named::Enter | key::Named::Space),
            modifiers,
            repeat: false,
            ..
        } if modifiers.is_empty()
    )
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Pressable<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::new(self.id.clone()))
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.state
            .downcast_mut::<State>()
            .became(self.id.as_ref(), self.on_press.is_some());
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let content = &mut self.content;
        layout::positioned(
            limits,
            self.width,
            self.height,
            self.padding,
            |limits| {
                content
                    .as_widget_mut()
                    .layout(&mut tree.children[0], renderer, &limits.loose())
            },
            // A button taller than its label keeps the label in the middle.
            |node, size| {
                let y = ((size.height - node.size().height) / 2.0).max(0.0);
                node.translate(Vector::new(0.0, y))
            },
        )
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(self.id.as_ref(), layout.bounds());
        if self.on_press.is_some() {
            let state = tree.state.downcast_mut::<State>();
            operation.focusable(self.id.as_ref(), layout.bounds(), state);
        }
        operation.traverse(&mut |operation| {
            self.content
                .as_widget_mut()
                .operate(&mut tree.children[0], layout.child(0), renderer, operation);
        });
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

        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        if !shell.is_event_captured() {
            self.react(state, event, bounds, cursor, shell);
        }

        let status = self.status(state, bounds, cursor);
        if let Event::Window(window::Event::RedrawRequested(_)) = event {
            self.status = Some(status);
        } else if self.status.is_some_and(|drawn| drawn != status) {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let look = (self.appearance)(self.status.unwrap_or(if self.on_press.is_some() {
            Status::Active
        } else {
            Status::Disabled
        }));
        let bounds = layout.bounds();
        let surface = Rectangle {
            x: bounds.x - self.bleed,
            width: bounds.width + 2.0 * self.bleed,
            ..bounds
        };
        self.draw_surface(renderer, surface, look);
        if tree.state.downcast_ref::<State>().shows_ring() {
            draw::ring(renderer, self.tokens, surface, self.radius);
        }
        self.content.as_widget().draw(
            &tree.children[0],
            renderer,
            theme,
            &renderer::Style {
                text_color: look.text,
            },
            layout.child(0),
            cursor,
            viewport,
        );
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.on_press.is_some() && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        self.content.as_widget_mut().overlay(
            &mut tree.children[0],
            layout.child(0),
            renderer,
            viewport,
            translation,
        )
    }
}

impl<'a, Message: Clone + 'a> From<Pressable<'a, Message>> for Element<'a, Message> {
    fn from(pressable: Pressable<'a, Message>) -> Self {
        Element::new(pressable)
    }
}
