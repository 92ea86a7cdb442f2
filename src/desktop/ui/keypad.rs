//! Keys on the screen: 1 to 9, nought, delete, clear. Always in the same places.
//!
//! The keypad is one stop for Tab; arrows go from key to key. What is pressed goes straight into the entry of the field
//! that was typed into last; the message says that something was pressed, never which key.

use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer;
use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{self, Clipboard, Shell, Widget, mouse, text::Renderer as _};
use iced::keyboard::{self, key::Named};
use iced::{Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector, border, touch};

use super::pin_field::Entries;
use super::theme::mix;
use super::{Element, Tokens, draw, font, space};

const COLUMNS: usize = 3;
const COUNT: usize = 12;
const KEY: Size = Size::new(64.0, 48.0);
/// All keys with the gaps between them.
const SIZE: Size = Size::new(3.0 * 64.0 + 2.0 * space::S, 4.0 * 48.0 + 3.0 * space::S);
const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// How a key was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// By mouse or finger: the keyboard's focus goes back to the field.
    Pointer,
    /// By keyboard: the focus stays.
    Keyboard,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Digit(u8),
    Clear,
    Delete,
}

impl Act {
    /// By place, line by line.
    fn at(place: usize) -> Self {
        match place {
            9 => Self::Clear,
            10 => Self::Digit(0),
            11 => Self::Delete,
            place => Self::Digit(u8::try_from(place).map_or(0, |place| place + 1)),
        }
    }

    fn run(self, entries: &Entries) {
        let active = entries.active();
        match self {
            Self::Digit(digit) => entries.push(active, char::from(b'0' + digit)),
            Self::Clear => entries.clear(active),
            Self::Delete => entries.pop(active),
        }
    }
}

/// A keypad; turn it into an element with `into`.
pub struct Keypad<'a, Message> {
    tokens: Tokens,
    entries: Entries,
    clear: String,
    on_press: Box<dyn Fn(Press) -> Message + 'a>,
    id: Option<Id>,
    is_enabled: bool,
}

/// A keypad that types into the active one of these entries; `clear` is the word on the key that empties it.
pub fn keypad<'a, Message>(
    tokens: Tokens,
    entries: &Entries,
    clear: impl Into<String>,
    on_press: impl Fn(Press) -> Message + 'a,
) -> Keypad<'a, Message> {
    Keypad {
        tokens,
        entries: entries.clone(),
        clear: clear.into(),
        on_press: Box::new(on_press),
        id: None,
        is_enabled: true,
    }
}

impl<Message> Keypad<'_, Message> {
    /// A name by which focus and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Whether it can be pressed now.
    #[must_use]
    pub fn enabled(mut self, is_enabled: bool) -> Self {
        self.is_enabled = is_enabled;
        self
    }

    fn label(&self, act: Act) -> &str {
        match act {
            Act::Digit(digit) => DIGITS.get(usize::from(digit)).copied().unwrap_or_default(),
            Act::Clear => &self.clear,
            Act::Delete => "⌫",
        }
    }

    fn press(&self, place: usize, press: Press, shell: &mut Shell<'_, Message>) {
        Act::at(place).run(&self.entries);
        shell.publish((self.on_press)(press));
        shell.request_redraw();
    }

    fn pointer(&self, state: &mut State, event: &Event, over: Option<usize>, shell: &mut Shell<'_, Message>) {
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let had_ring = std::mem::take(&mut state.is_focused);
                state.pressed = over;
                if over.is_some() {
                    shell.capture_event();
                }
                if over.is_some() || had_ring {
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. }) => {
                let Some(pressed) = state.pressed.take() else {
                    return;
                };
                if over == Some(pressed) {
                    self.press(pressed, Press::Pointer, shell);
                }
                shell.capture_event();
                shell.request_redraw();
            }
            Event::Touch(touch::Event::FingerLost { .. }) => state.pressed = None,
            Event::Mouse(mouse::Event::CursorMoved { .. }) if state.hovered != over => {
                state.hovered = over;
                shell.request_redraw();
            }
            _ => {}
        }
    }

    fn key(&self, state: &mut State, event: &keyboard::Event, shell: &mut Shell<'_, Message>) {
        let keyboard::Event::KeyPressed {
            key: keyboard::Key::Named(named),
            modifiers,
            repeat,
            ..
        } = event
        else {
            return;
        };
        if !modifiers.is_empty() {
            return;
        }
        match named {
            Named::Enter | Named::Space if !repeat => self.press(state.place, Press::Keyboard, shell),
            Named::ArrowLeft | Named::ArrowRight | Named::ArrowUp | Named::ArrowDown => {
                state.place = neighbour(state.place, *named);
                shell.request_redraw();
            }
            _ => return,
        }
        shell.capture_event();
    }

    fn draw_key(&self, renderer: &mut Renderer, state: &State, place: usize, bounds: Rectangle) {
        let tokens = self.tokens;
        let share = match () {
            () if !self.is_enabled => 0.0,
            () if state.pressed == Some(place) => 0.16,
            () if state.hovered == Some(place) => 0.08,
            () => 0.0,
        };
        let ink = if self.is_enabled {
            tokens.text
        } else {
            mix(tokens.muted, tokens.background, 0.25)
        };
        let outline = border::rounded(space::CONTROL_RADIUS).width(1).color(tokens.line);
        let surface = mix(tokens.surface, tokens.text, share);
        draw::fill(renderer, bounds, outline, surface);
        if state.is_focused && state.place == place {
            draw::ring(renderer, tokens, bounds, space::CONTROL_RADIUS);
        }
        let act = Act::at(place);
        let size = if act == Act::Clear { 13.0 } else { 17.0 };
        let text = advanced::Text {
            content: self.label(act).to_owned(),
            bounds: bounds.size(),
            size: size.into(),
            line_height: iced::widget::text::LineHeight::Absolute(24.0.into()),
            font: font::SEMIBOLD,
            align_x: iced::widget::text::Alignment::Center,
            align_y: iced::alignment::Vertical::Center,
            shaping: iced::widget::text::Shaping::Basic,
            wrapping: iced::widget::text::Wrapping::None,
        };
        renderer.fill_text(text, bounds.center(), ink, bounds);
    }
}

/// What the keypad remembers between frames.
#[derive(Debug, Default)]
struct State {
    is_focused: bool,
    /// The key that the keyboard is on.
    place: usize,
    hovered: Option<usize>,
    pressed: Option<usize>,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.is_focused
    }

    fn focus(&mut self) {
        self.is_focused = true;
    }

    fn unfocus(&mut self) {
        self.is_focused = false;
    }
}

fn neighbour(place: usize, arrow: Named) -> usize {
    let column = place % COLUMNS;
    let next = match arrow {
        Named::ArrowLeft if column > 0 => place - 1,
        Named::ArrowRight if column + 1 < COLUMNS => place + 1,
        Named::ArrowUp if place >= COLUMNS => place - COLUMNS,
        Named::ArrowDown if place + COLUMNS < COUNT => place + COLUMNS,
        _ => place,
    };
    next.min(COUNT - 1)
}

/// Where the key of this place is.
#[expect(clippy::cast_precision_loss, reason = "twelve keys")]
fn key_bounds(keypad: Rectangle, place: usize) -> Rectangle {
    let (column, line) = ((place % COLUMNS) as f32, (place / COLUMNS) as f32);
    let offset = Vector::new(column * (KEY.width + space::S), line * (KEY.height + space::S));
    Rectangle::new(Point::new(keypad.x, keypad.y) + offset, KEY)
}

impl<Message> Widget<Message, Theme, Renderer> for Keypad<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn diff(&self, tree: &mut Tree) {
        if !self.is_enabled {
            *tree.state.downcast_mut::<State>() = State::default();
        }
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fixed(SIZE.width), Length::Fixed(SIZE.height))
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, SIZE.width, SIZE.height)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let bounds = layout.bounds();
        operation.container(self.id.as_ref(), bounds);
        if self.is_enabled {
            operation.focusable(self.id.as_ref(), bounds, tree.state.downcast_mut::<State>());
        }
        operation.traverse(&mut |operation| {
            for place in 0..COUNT {
                operation.text(None, key_bounds(bounds, place), self.label(Act::at(place)));
            }
        });
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
        if !self.is_enabled || shell.is_event_captured() {
            return;
        }
        let state = tree.state.downcast_mut::<State>();
        let over = (0..COUNT).find(|place| cursor.is_over(key_bounds(layout.bounds(), *place)));
        match event {
            Event::Keyboard(event) if state.is_focused => self.key(state, event, shell),
            event => self.pointer(state, event, over, shell),
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        for place in 0..COUNT {
            self.draw_key(renderer, state, place, key_bounds(layout.bounds(), place));
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        let is_on_key = tree.state.downcast_ref::<State>().hovered.is_some();
        if self.is_enabled && is_on_key && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }
}

impl<'a, Message: 'a> From<Keypad<'a, Message>> for Element<'a, Message> {
    fn from(keypad: Keypad<'a, Message>) -> Self {
        Element::new(keypad)
    }
}
