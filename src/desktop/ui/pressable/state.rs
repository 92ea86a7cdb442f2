//! What a pressable remembers between frames.

use iced::advanced::widget::Id;
use iced::advanced::widget::operation::Focusable;

/// Where the keyboard is, seen from one widget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Focus {
    /// Elsewhere.
    #[default]
    None,
    /// Here, because the mouse pressed here: Tab goes on from here, but no ring is drawn.
    ByMouse,
    /// Here, because the keyboard came here.
    ByKeyboard,
}

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) is_pressed: bool,
    focus: Focus,
    id: Option<Id>,
}

impl State {
    pub(super) fn new(id: Option<Id>) -> Self {
        Self {
            id,
            ..Self::default()
        }
    }

    /// Another view was built at this place of the widget tree. What is another thing by name, or cannot be pressed any
    /// more, does not inherit the focus.
    pub(super) fn became(&mut self, id: Option<&Id>, is_enabled: bool) {
        if self.id.as_ref() != id || !is_enabled {
            *self = Self::new(id.cloned());
        }
    }

    /// The mouse was pressed, here or elsewhere. Returns whether the ring is to be drawn anew.
    pub(super) fn press_at(&mut self, is_here: bool) -> bool {
        let had_ring = self.shows_ring();
        self.is_pressed = is_here;
        self.focus = if is_here { Focus::ByMouse } else { Focus::None };
        had_ring
    }

    /// The mouse was let go. Returns whether it had been pressed here.
    pub(super) fn release(&mut self) -> bool {
        std::mem::take(&mut self.is_pressed)
    }

    pub(super) fn shows_ring(&self) -> bool {
        self.focus == Focus::ByKeyboard
    }
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focus != Focus::None
    }

    fn focus(&mut self) {
        self.focus = Focus::ByKeyboard;
    }

    fn unfocus(&mut self) {
        self.focus = Focus::None;
    }
}
