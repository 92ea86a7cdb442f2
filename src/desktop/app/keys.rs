//! Keys that mean something everywhere.

use iced::{
    Event, Rectangle, Task, Vector,
    advanced::widget::{
        Id, operate,
        operation::{Focusable, Operation, Outcome, Scrollable},
    },
    event,
    keyboard::{self, Modifiers, key::Named},
    widget::operation::AbsoluteOffset,
    window,
};

use super::message::{Internal, Message};

/// How far an arrow key scrolls, in logical pixels.
const LINE: f32 = 48.0;

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Help,
    Settings,
    OpenFile,
    Practice,
    Sign,
    Search,
    Again,
    Copy,
    Back,
    Larger,
    Smaller,
    Normal,
    /// The nth card or file, from 0.
    Item(usize),
    /// An arrow key: down, or up.
    Arrow {
        down: bool,
    },
    Scroll(Scroll),
}

impl Key {
    /// Whether it changes how large everything is, and nothing else.
    pub(crate) fn is_about_the_window(self) -> bool {
        matches!(self, Self::Larger | Self::Smaller | Self::Normal)
    }
}

/// How far the page is to scroll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scroll {
    LineUp,
    LineDown,
    PageUp,
    PageDown,
    Top,
    Bottom,
}

/// What an event of the keyboard asks for.
pub(crate) fn of(event: Event, status: event::Status, _window: window::Id) -> Option<Message> {
    let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event else {
        return None;
    };
    let is_free = status == event::Status::Ignored;
    let key = match key.as_ref() {
        keyboard::Key::Named(named) => of_named(named, modifiers, is_free),
        keyboard::Key::Character(character) => of_character(character, modifiers, is_free),
        keyboard::Key::Unidentified => None,
    };
    key.map(|key| Internal::Key(key).into())
}

fn of_named(named: Named, modifiers: Modifiers, is_free: bool) -> Option<Key> {
    if !modifiers.is_empty() {
        return None;
    }
    match named {
        Named::F1 => Some(Key::Help),
        Named::F5 => Some(Key::Again),
        // Fields take Esc for themselves; it goes back nevertheless.
        Named::Escape => Some(Key::Back),
        Named::ArrowDown if is_free => Some(Key::Arrow { down: true }),
        Named::ArrowUp if is_free => Some(Key::Arrow { down: false }),
        Named::PageUp if is_free => Some(Key::Scroll(Scroll::PageUp)),
        Named::PageDown if is_free => Some(Key::Scroll(Scroll::PageDown)),
        Named::Home if is_free => Some(Key::Scroll(Scroll::Top)),
        Named::End if is_free => Some(Key::Scroll(Scroll::Bottom)),
        _ => None,
    }
}

fn of_character(character: &str, modifiers: Modifiers, is_free: bool) -> Option<Key> {
    if !modifiers.command() || modifiers.alt() || modifiers.logo() {
        return None;
    }
    match character {
        "+" | "=" => Some(Key::Larger),
        "-" | "−" | "_" => Some(Key::Smaller),
        "0" => Some(Key::Normal),
        "," => Some(Key::Settings),
        "o" | "O" => Some(Key::OpenFile),
        "d" | "D" => Some(Key::Practice),
        // On a Turkish keyboard the key has two more letters.
        "i" | "I" | "ı" | "İ" => Some(Key::Sign),
        "f" | "F" => Some(Key::Search),
        "r" | "R" => Some(Key::Again),
        "c" | "C" if is_free => Some(Key::Copy),
        digit => digit
            .parse::<usize>()
            .ok()?
            .checked_sub(1)
            .filter(|index| *index < 9)
            .map(Key::Item),
    }
}

/// Scrolls the page: the largest thing in the window that scrolls.
pub(crate) fn scroll(scroll: Scroll) -> Task<Message> {
    operate(FindLargest {
        scroll,
        largest: None,
        seen: 0,
    })
}

/// Asks which item of the rail has the focus.
pub(crate) fn focused_item(down: bool, count: usize) -> Task<Message> {
    let ids = (0..count).map(crate::rail::item_id).collect();
    operate(FindItem { ids, found: None }).map(move |focused| Internal::Arrow { down, focused }.into())
}

/// Looks which of these widgets has the focus.
struct FindItem {
    ids: Vec<Id>,
    found: Option<usize>,
}

impl Operation<Option<usize>> for FindItem {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<Option<usize>>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.found = self.ids.iter().position(|own| Some(own) == id);
        }
    }

    fn finish(&self) -> Outcome<Option<usize>> {
        Outcome::Some(self.found)
    }
}

/// Looks which scrollable has the largest area; a second pass scrolls it.
struct FindLargest {
    scroll: Scroll,
    largest: Option<(usize, f32)>,
    seen: usize,
}

impl<T: 'static> Operation<T> for FindLargest {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        _content_bounds: Rectangle,
        _translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        let area = bounds.width * bounds.height;
        if self.largest.is_none_or(|(_, largest)| area > largest) {
            self.largest = Some((self.seen, area));
        }
        self.seen += 1;
    }

    fn finish(&self) -> Outcome<T> {
        match self.largest {
            Some((index, _)) => Outcome::Chain(Box::new(ScrollOne {
                index,
                seen: 0,
                scroll: self.scroll,
            })),
            None => Outcome::None,
        }
    }
}

/// Scrolls the scrollable of this index.
struct ScrollOne {
    index: usize,
    seen: usize,
    scroll: Scroll,
}

impl<T> Operation<T> for ScrollOne {
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
        if self.seen == self.index {
            let page = (bounds.height - LINE).max(LINE);
            let y = match self.scroll {
                Scroll::LineUp => -LINE,
                Scroll::LineDown => LINE,
                Scroll::PageUp => -page,
                Scroll::PageDown => page,
                Scroll::Top => -content_bounds.height,
                Scroll::Bottom => content_bounds.height,
            };
            state.scroll_by(AbsoluteOffset { x: 0.0, y }, bounds, content_bounds);
        }
        self.seen += 1;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    const FREE: bool = true;
    const TAKEN: bool = false;

    #[test]
    fn what_fields_need_themselves_is_left_to_them() {
        assert_eq!(of_character("c", Modifiers::COMMAND, TAKEN), None);
        assert_eq!(of_character("c", Modifiers::COMMAND, FREE), Some(Key::Copy));
        assert_eq!(of_named(Named::ArrowDown, Modifiers::empty(), TAKEN), None);
        assert_eq!(
            of_named(Named::Escape, Modifiers::empty(), TAKEN),
            Some(Key::Back)
        );
    }

    #[test]
    fn plain_letters_and_other_modifiers_mean_nothing() {
        assert_eq!(of_character("o", Modifiers::empty(), FREE), None);
        assert_eq!(of_character("o", Modifiers::COMMAND | Modifiers::ALT, FREE), None);
        assert_eq!(of_named(Named::F1, Modifiers::ALT, FREE), None);
    }

    #[test]
    fn digits_choose_cards_and_nought_the_normal_size() {
        assert_eq!(of_character("1", Modifiers::COMMAND, FREE), Some(Key::Item(0)));
        assert_eq!(of_character("9", Modifiers::COMMAND, FREE), Some(Key::Item(8)));
        assert_eq!(of_character("0", Modifiers::COMMAND, FREE), Some(Key::Normal));
        assert_eq!(of_character("10", Modifiers::COMMAND, FREE), None);
    }
}
