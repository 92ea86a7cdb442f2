//! A field for PINs and PUKs.
//!
//! Keys go straight from the event into a [`token::Entry`], which is wiped; there is no text anywhere, and a message
//! says that something was typed, never what. The field shows dots. It takes no paste, and no input method is switched
//! on for it.

mod entries;
mod keys;
mod slot;

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer;
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Shell, Widget, mouse};
use iced::{Border, Color, Event, Length, Point, Rectangle, Renderer, Size, Theme, border, touch};

use self::keys::Limits;
use super::{Element, Tokens, draw, space};

pub use self::entries::Entries;

/// A dot's diameter, and from one dot to the next.
const DOT: f32 = 10.0;
const PITCH: f32 = 19.0;
/// From the outline to the first dot.
const PADDING: f32 = 16.0;

/// What happened in a field. Says nothing of the characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The entry changed; with a hint if the keyboard seems not to be set as it should.
    Changed(Option<Hint>),
    /// Escape emptied the entry.
    Emptied,
    /// Enter.
    Entered,
    /// Nothing was taken, for this reason.
    Refused(Hint),
}

/// What is to be said beside the field about how something was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Secrets are typed, not pasted.
    Paste,
    /// Caps Lock seems to be on.
    CapsLock,
    /// Letters came where only digits are accepted.
    Letters,
    /// Signs came where only digits are accepted: Shift, or another keyboard layout.
    Symbols,
    /// The number pad moves instead of typing.
    NumLock,
    /// More than the card accepts.
    TooLong,
}

/// A field; turn it into an element with `into`.
pub struct PinField<'a, Message> {
    tokens: Tokens,
    entries: Entries,
    index: usize,
    limits: Limits,
    on_typed: Box<dyn Fn(Typed) -> Message + 'a>,
    id: Option<Id>,
    is_enabled: bool,
    is_faulty: bool,
}

/// A field that types into the entry of this index.
pub fn pin_field<'a, Message>(
    tokens: Tokens,
    entries: &Entries,
    index: usize,
    on_typed: impl Fn(Typed) -> Message + 'a,
) -> PinField<'a, Message> {
    PinField {
        tokens,
        entries: entries.clone(),
        index,
        limits: Limits {
            most: token::Entry::CAPACITY,
            digits_only: true,
        },
        on_typed: Box::new(on_typed),
        id: None,
        is_enabled: true,
        is_faulty: false,
    }
}

impl<Message> PinField<'_, Message> {
    /// What the card accepts; the field hints at it and still takes what is typed.
    #[must_use]
    pub fn accepts(mut self, rules: token::SecretRules) -> Self {
        self.limits = Limits {
            most: rules.max_length.into(),
            digits_only: rules.digits_only,
        };
        self
    }

    /// A name by which focus and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Whether it takes keys now.
    #[must_use]
    pub fn enabled(mut self, is_enabled: bool) -> Self {
        self.is_enabled = is_enabled;
        self
    }

    /// Whether something is wrong with what is in it.
    #[must_use]
    pub fn faulty(mut self, is_faulty: bool) -> Self {
        self.is_faulty = is_faulty;
        self
    }

    fn outline(&self, state: &State, bounds: Rectangle, cursor: mouse::Cursor) -> (Color, f32) {
        if !self.is_enabled {
            (self.tokens.line, 1.0)
        } else if state.is_focused {
            (self.tokens.primary, 2.0)
        } else if self.is_faulty {
            (self.tokens.bad, 2.0)
        } else if self.entries.active() == self.index {
            (self.tokens.primary, 1.0)
        } else if cursor.is_over(bounds) {
            (self.tokens.text, 1.0)
        } else {
            (self.tokens.muted, 1.0)
        }
    }

    fn draw_dots(&self, renderer: &mut Renderer, state: &State, bounds: Rectangle) {
        let ink = if self.is_enabled {
            self.tokens.text
        } else {
            self.tokens.muted
        };
        let mut at = Point::new(bounds.x + PADDING, bounds.center_y());
        for _ in 0..self.entries.len(self.index) {
            // What does not fit is not drawn: no field here accepts as much.
            if at.x + PITCH > bounds.x + bounds.width {
                return;
            }
            let dot = Rectangle::new(Point::new(at.x, at.y - DOT / 2.0), Size::new(DOT, DOT));
            draw::fill(renderer, dot, border::rounded(space::ROUND), ink);
            at.x += PITCH;
        }
        if state.is_focused && self.is_enabled {
            let caret = Rectangle::new(Point::new(at.x, at.y - 10.0), Size::new(1.0, 20.0));
            draw::fill(renderer, caret, Border::default(), ink);
        }
    }

    /// Handles an event; `Some` if it was meant for this field.
    fn take(&self, state: &mut State, event: &Event, is_over: bool) -> Option<Typed> {
        match event {
            Event::Keyboard(event) if state.is_focused => {
                keys::take(event, &self.entries, self.index, self.limits)
            }
            // On Linux the middle button pastes.
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Middle)) if is_over => {
                Some(Typed::Refused(Hint::Paste))
            }
            _ => None,
        }
    }
}

/// What a field remembers between frames: whether it has the keyboard, and for which entry.
struct State {
    is_focused: bool,
    entries: Entries,
    index: usize,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.is_focused
    }

    fn focus(&mut self) {
        self.is_focused = true;
        self.entries.activate(self.index);
    }

    fn unfocus(&mut self) {
        self.is_focused = false;
    }
}

impl<Message> Widget<Message, Theme, Renderer> for PinField<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State {
            is_focused: false,
            entries: self.entries.clone(),
            index: self.index,
        })
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        let is_same = state.entries.is_same(&self.entries) && state.index == self.index;
        if !is_same {
            *state = State {
                is_focused: false,
                entries: self.entries.clone(),
                index: self.index,
            };
        }
        state.is_focused &= self.is_enabled;
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(space::CONTROL_HEIGHT + 2.0))
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, space::CONTROL_HEIGHT + 2.0)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(self.id.as_ref(), layout.bounds());
        if self.is_enabled {
            operation.focusable(
                self.id.as_ref(),
                layout.bounds(),
                tree.state.downcast_mut::<State>(),
            );
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let is_over = cursor.is_over(layout.bounds());
        if let Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
        | Event::Touch(touch::Event::FingerPressed { .. }) = event
        {
            let had_focus = state.is_focused;
            // Whoever else takes the press takes the keyboard with it.
            let takes_focus = self.is_enabled && is_over && !shell.is_event_captured();
            if takes_focus {
                state.focus();
                shell.capture_event();
            } else {
                state.unfocus();
            }
            if had_focus != takes_focus {
                shell.request_redraw();
            }
        }
        if !self.is_enabled || shell.is_event_captured() {
            return;
        }
        if let Some(typed) = self.take(state, event, is_over) {
            shell.publish((self.on_typed)(typed));
            shell.capture_event();
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let (color, width) = self.outline(state, bounds, cursor);
        let outline = border::rounded(space::CONTROL_RADIUS).width(width).color(color);
        draw::fill(renderer, bounds, outline, self.tokens.surface);
        self.draw_dots(renderer, state, bounds);
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.is_enabled && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Text
        } else {
            mouse::Interaction::default()
        }
    }
}

impl<'a, Message: 'a> From<PinField<'a, Message>> for Element<'a, Message> {
    fn from(field: PinField<'a, Message>) -> Self {
        Element::new(field)
    }
}
