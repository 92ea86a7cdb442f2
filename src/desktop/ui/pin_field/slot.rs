//! What one secret field holds.

use token::Entry;
use zeroize::{Zeroize as _, Zeroizing};

/// The most bytes that a word or code may have on the wire.
const CAPACITY: usize = 128;

/// What one secret field holds.
pub(super) enum Slot {
    /// A PIN or PUK, for a card.
    Card(Entry),
    /// A word or a code, for a service: any letters.
    Service(Word),
}

impl Slot {
    pub(super) fn push(&mut self, character: char) {
        match self {
            Self::Card(entry) => entry.push(character),
            Self::Service(word) => word.push(character),
        }
    }

    pub(super) fn pop(&mut self) {
        match self {
            Self::Card(entry) => entry.pop(),
            Self::Service(word) => word.pop(),
        }
    }

    pub(super) fn clear(&mut self) {
        match self {
            Self::Card(entry) => entry.clear(),
            Self::Service(word) => word.clear(),
        }
    }

    /// In characters.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Card(entry) => entry.len(),
            Self::Service(word) => word.text().chars().count(),
        }
    }

    pub(super) fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Card(entry) => Some(entry),
            Self::Service(_) => None,
        }
    }

    pub(super) fn word(&self) -> Option<&Word> {
        match self {
            Self::Card(_) => None,
            Self::Service(word) => Some(word),
        }
    }
}

/// A word while it is typed: grows and shrinks in memory that never moves, and is wiped.
pub(super) struct Word {
    bytes: Zeroizing<Box<[u8]>>,
    length: usize,
}

impl Word {
    pub(super) fn new() -> Self {
        Self {
            bytes: Zeroizing::new(vec![0; CAPACITY].into_boxed_slice()),
            length: 0,
        }
    }

    /// Adds a character; what does not fit is left out.
    fn push(&mut self, character: char) {
        let mut room = [0; 4];
        let encoded = character.encode_utf8(&mut room).as_bytes();
        let end = self.length + encoded.len();
        if let Some(place) = self.bytes.get_mut(self.length..end) {
            place.copy_from_slice(encoded);
            self.length = end;
        }
        room.zeroize();
    }

    fn pop(&mut self) {
        let text = self.text();
        let shorter = text.char_indices().next_back().map_or(0, |(start, _)| start);
        if let Some(gone) = self.bytes.get_mut(shorter..self.length) {
            gone.zeroize();
        }
        self.length = shorter;
    }

    fn clear(&mut self) {
        self.bytes.iter_mut().zeroize();
        self.length = 0;
    }

    /// What was typed so far.
    pub(super) fn text(&self) -> &str {
        let typed = self.bytes.get(..self.length).unwrap_or_default();
        // Only whole characters are ever added or taken away.
        std::str::from_utf8(typed).unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn word(text: &str) -> Word {
        let mut word = Word::new();
        text.chars().for_each(|character| word.push(character));
        word
    }

    #[test]
    fn letters_of_any_length_come_and_go_whole() {
        let mut word = word("bahçe€");
        assert_eq!(word.text(), "bahçe€");
        word.pop();
        word.pop();
        word.pop();
        assert_eq!(word.text(), "bah");
        word.clear();
        word.pop();
        assert_eq!(word.text(), "");
        assert!(word.bytes.iter().all(|byte| *byte == 0));
    }

    #[test]
    fn what_does_not_fit_is_left_out_whole() {
        let mut word = word(&"x".repeat(CAPACITY - 1));
        word.push('ş');
        assert_eq!(word.text().len(), CAPACITY - 1);
        word.push('y');
        word.push('z');
        assert_eq!(word.text().len(), CAPACITY);
    }
}
