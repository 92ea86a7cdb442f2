//! What is being typed into the secret fields of one form.

use std::{
    cell::{Cell, RefCell},
    fmt,
    rc::Rc,
};

use token::Entry;
use zeroize::Zeroizing;

use super::slot::{Slot, Word};

/// The entries of one form and which of them the keypad types into. Clones share them: the form's state holds one, its
/// fields and its keypad write into it, so that no message has to carry what is typed.
#[derive(Clone)]
pub struct Entries(Rc<Inner>);

struct Inner {
    slots: RefCell<Vec<Slot>>,
    active: Cell<usize>,
}

impl Entries {
    /// So many empty entries for PINs and PUKs; the keypad types into the first.
    pub fn new(count: usize) -> Self {
        Self::of((0..count).map(|_| Slot::Card(Entry::new())).collect())
    }

    /// One empty entry for a word or a code that a service asks for.
    pub fn word() -> Self {
        Self::of(vec![Slot::Service(Word::new())])
    }

    fn of(slots: Vec<Slot>) -> Self {
        Self(Rc::new(Inner {
            slots: RefCell::new(slots),
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
        self.change(index, |slot| slot.push(character));
    }

    /// Takes the last character away.
    pub fn pop(&self, index: usize) {
        self.change(index, Slot::pop);
    }

    /// Wipes one.
    pub fn clear(&self, index: usize) {
        self.change(index, Slot::clear);
    }

    /// Wipes all; the keypad types into the first again.
    pub fn clear_all(&self) {
        self.0.slots.borrow_mut().iter_mut().for_each(Slot::clear);
        self.activate(0);
    }

    /// How many characters one holds.
    pub fn len(&self, index: usize) -> usize {
        self.0.slots.borrow().get(index).map_or(0, Slot::len)
    }

    /// Whether nothing was typed into one.
    pub fn is_empty(&self, index: usize) -> bool {
        self.len(index) == 0
    }

    /// Whether something was typed into each.
    pub fn is_filled(&self) -> bool {
        self.0.slots.borrow().iter().all(|slot| slot.len() > 0)
    }

    /// Reads the entries for the card, to judge them.
    pub fn read<T>(&self, read: impl FnOnce(&[&Entry]) -> T) -> T {
        let slots = self.0.slots.borrow();
        let entries: Vec<&Entry> = slots.iter().filter_map(Slot::entry).collect();
        read(&entries)
    }

    /// What was typed for a service, as it is to be sent.
    pub fn secret(&self) -> Zeroizing<String> {
        let slots = self.0.slots.borrow();
        let word = slots.iter().find_map(Slot::word);
        Zeroizing::new(word.map_or_else(String::new, |word| word.text().to_owned()))
    }

    /// Whether these are the same entries, not only equal ones.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    fn change(&self, index: usize, change: impl FnOnce(&mut Slot)) {
        if let Some(slot) = self.0.slots.borrow_mut().get_mut(index) {
            change(slot);
        }
    }
}

impl fmt::Debug for Entries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entries(…)")
    }
}
