//! What is being typed into the secret fields of one form.

use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
};

use token::Entry;

/// The entries of one form and which of them the keypad types into. Clones share them: the form's state holds one, its
/// fields and its keypad write into it, so that no message has to carry what is typed.
#[derive(Clone)]
pub struct Entries(Rc<Inner>);

struct Inner {
    entries: RefCell<Vec<Entry>>,
    active: Cell<usize>,
}

impl Entries {
    /// So many empty entries; the keypad types into the first.
    pub fn new(count: usize) -> Self {
        let entries = (0..count).map(|_| Entry::new()).collect();
        Self(Rc::new(Inner {
            entries: RefCell::new(entries),
            active: Cell::new(0),
        }))
    }

    /// The entry that was typed into last.
    pub fn active(&self) -> usize {
        self.0.active.get()
    }

    /// From now on the keypad types into this one.
    pub fn activate(&self, index: usize) {
        self.0.active.set(index);
    }

    /// Adds a character.
    pub fn push(&self, index: usize, character: char) {
        self.change(index, |entry| entry.push(character));
    }

    /// Takes the last character away.
    pub fn pop(&self, index: usize) {
        self.change(index, Entry::pop);
    }

    /// Wipes one.
    pub fn clear(&self, index: usize) {
        self.change(index, Entry::clear);
    }

    /// Wipes all; the keypad types into the first again.
    pub fn clear_all(&self) {
        self.0.entries.borrow_mut().iter_mut().for_each(Entry::clear);
        self.activate(0);
    }

    /// How many characters one holds.
    pub fn len(&self, index: usize) -> usize {
        self.read(|entries| entries.get(index).map_or(0, Entry::len))
    }

    /// Whether nothing was typed into one.
    pub fn is_empty(&self, index: usize) -> bool {
        self.len(index) == 0
    }

    /// Whether something was typed into each.
    pub fn is_filled(&self) -> bool {
        self.read(|entries| entries.iter().all(|entry| !entry.is_empty()))
    }

    /// Reads the entries, to judge them.
    pub fn read<T>(&self, read: impl FnOnce(&[Entry]) -> T) -> T {
        read(&self.0.entries.borrow())
    }

    /// Whether these are the same entries, not only equal ones.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    fn change(&self, index: usize, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.0.entries.borrow_mut().get_mut(index) {
            change(entry);
        }
    }
}

impl fmt::Debug for Entries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entries(…)")
    }
}
