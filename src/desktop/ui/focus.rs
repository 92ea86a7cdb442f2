//! The keyboard's way through the window.

use iced::advanced::widget::operation::{self, Focusable, Operation, Outcome, Scrollable, focusable};
use iced::advanced::widget::{Id, operate};
use iced::keyboard::{self, key};
use iced::widget::operation::AbsoluteOffset;
use iced::{Event, Rectangle, Subscription, Task, Vector, event};

/// How far from the edge of what scrolls a widget that has the focus is kept.
const MARGIN: f32 = 16.0;

/// Where Tab leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Tab.
    Next,
    /// Shift and Tab.
    Previous,
}

/// Listens to Tab and Shift+Tab; pass what comes to [`go`].
pub fn keys() -> Subscription<Move> {
    event::listen_with(|event, _status, _window| match event {
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: keyboard::Key::Named(key::Named::Tab),
            modifiers,
            ..
        }) if !modifiers.command() && !modifiers.alt() && !modifiers.logo() => Some(if modifiers.shift() {
            Move::Previous
        } else {
            Move::Next
        }),
        _ => None,
    })
}

/// Moves the focus, and scrolls it into view.
pub fn go<Message: Send + 'static>(direction: Move) -> Task<Message> {
    operate(moving(direction)).chain(reveal())
}

/// The operation behind [`go`]. Past the last widget comes the first: iced's own operation stops at nothing in between.
pub fn moving<Message: Send + 'static>(direction: Move) -> impl Operation<Message> {
    let put: fn(focusable::Count) -> Focus = match direction {
        Move::Next => |count| Focus::on(target(Move::Next, count)),
        Move::Previous => |count| Focus::on(target(Move::Previous, count)),
    };
    operation::then(focusable::count(), put)
}

fn target(direction: Move, count: focusable::Count) -> usize {
    let last = count.total.saturating_sub(1);
    match (direction, count.focused) {
        (Move::Next, Some(here)) if here < last => here + 1,
        (Move::Next, _) => 0,
        (Move::Previous, Some(here)) if here > 0 => here - 1,
        (Move::Previous, _) => last,
    }
}

/// Puts the focus on one widget, by order in the window.
struct Focus {
    target: usize,
    index: usize,
}

impl Focus {
    fn on(target: usize) -> Self {
        Self { target, index: 0 }
    }
}

impl<T> Operation<T> for Focus {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if self.index == self.target {
            state.focus();
        } else {
            state.unfocus();
        }
        self.index += 1;
    }
}

/// Puts the focus on the widget of this name, and scrolls it into view.
pub fn on<Message: Send + 'static>(id: impl Into<Id>) -> Task<Message> {
    operate(focusable::focus(id.into())).chain(reveal())
}

/// Takes the focus away, as when another page comes.
pub fn clear<Message: Send + 'static>() -> Task<Message> {
    operate(focusable::unfocus())
}

/// Scrolls what has the focus into view.
pub fn reveal<Message: Send + 'static>() -> Task<Message> {
    operate(revealing())
}

/// The operation behind [`reveal`].
pub fn revealing<Message: Send + 'static>() -> impl Operation<Message> {
    operation::then(Find::default(), |need| Scroll { need, index: 0 })
}

/// How far which scrollable (by order in the window) must be scrolled.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Need {
    scrollable: usize,
    by: Vector,
}

/// A scrollable on the way from the window to the widget.
#[derive(Debug, Clone, Copy)]
struct Around {
    index: usize,
    bounds: Rectangle,
    translation: Vector,
}

/// Looks for what has the focus, and how far it is out of sight.
#[derive(Default)]
struct Find {
    count: usize,
    entered: Option<Around>,
    around: Vec<Around>,
    need: Option<Need>,
}

impl Operation<Need> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<Need>)) {
        // A scrollable announces itself just before its children.
        let entered = self.entered.take();
        self.around.extend(entered);
        operate(self);
        if entered.is_some() {
            self.around.pop();
        }
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        _content_bounds: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.entered = Some(Around {
            index: self.count,
            bounds,
            translation,
        });
        self.count += 1;
    }

    fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if !state.is_focused() {
            return;
        }
        self.need = self.around.last().and_then(|around| {
            let by = Vector::new(
                0.0,
                distance(
                    (bounds.y - around.translation.y, bounds.height),
                    (around.bounds.y, around.bounds.height),
                ),
            );
            (by.y != 0.0).then_some(Need {
                scrollable: around.index,
                by,
            })
        });
    }

    fn finish(&self) -> Outcome<Need> {
        self.need.map_or(Outcome::None, Outcome::Some)
    }
}

/// How far a frame (start, length) must move along to show a thing (start, length) with a margin; its start if it is
/// longer than the frame.
fn distance(thing: (f32, f32), frame: (f32, f32)) -> f32 {
    let before = thing.0 - MARGIN - frame.0;
    let after = (thing.0 + thing.1 + MARGIN) - (frame.0 + frame.1);
    if before < 0.0 {
        before
    } else if after > 0.0 {
        after.min(before)
    } else {
        0.0
    }
}

/// Scrolls one scrollable.
struct Scroll {
    need: Need,
    index: usize,
}

impl<T> Operation<T> for Scroll {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content_bounds: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if self.index == self.need.scrollable {
            let offset = AbsoluteOffset {
                x: self.need.by.x,
                y: self.need.by.y,
            };
            state.scroll_by(offset, bounds, content_bounds);
        }
        self.index += 1;
    }
}

#[cfg(test)]
mod tests;
