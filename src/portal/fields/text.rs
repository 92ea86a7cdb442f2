//! Text as it was typed, and how it is compared.

use unicode_normalization::UnicodeNormalization as _;

use super::{FaultKind, LONGEST_INPUT};

/// The text, unless it is longer than any field may be.
pub(super) fn bounded(typed: &str) -> Result<&str, FaultKind> {
    if typed.len() <= LONGEST_INPUT {
        Ok(typed)
    } else {
        Err(FaultKind::TooLong { most: LONGEST_INPUT })
    }
}

/// Letters in one piece each (NFC).
pub(super) fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Composed, every stretch of white space as one space, none at the ends. Control characters other than line breaks and
/// tabs, and invisible or bidirectional ones, are a fault.
pub(super) fn tidy(text: &str) -> Result<String, FaultKind> {
    let composed = composed(text);
    let spaced: String = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    if certificate::text::clean(&spaced) == spaced {
        Ok(spaced)
    } else {
        Err(FaultKind::Characters)
    }
}

/// As names are compared: small letters by Turkish rules (I and ı, İ and i belong together), one space between words.
/// For comparing alone; what people see stays as they wrote it.
pub fn fold(text: &str) -> String {
    let spaced = composed(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut folded = String::with_capacity(spaced.len());
    for letter in spaced.chars() {
        match letter {
            'I' => folded.push('ı'),
            'İ' => folded.push('i'),
            '’' => folded.push('\''),
            other => folded.extend(other.to_lowercase()),
        }
    }
    folded
}

/// Whether two names are the same but for letter case and spaces.
pub fn same_name(left: &str, right: &str) -> bool {
    fold(left) == fold(right)
}
