//! Which slots of a module are a reader's.

use serde::{Deserialize, Serialize};

/// A token in a slot of a module, whatever reader it is in, if any: what a software token looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotToken {
    /// The slot's number, as the module counts.
    pub slot: u64,
    /// The slot's description: for cards usually the reader's name, cut at 64 bytes.
    pub description: String,
    /// The token's label; may be empty.
    pub label: String,
    /// The token's serial number; may be empty.
    pub serial: String,
}

/// What is known of one slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) id: cryptoki_sys::CK_SLOT_ID,
    pub(crate) description: String,
    pub(crate) present: bool,
    /// The slot is a device, not a token in software.
    pub(crate) device: bool,
}

/// What is known of one reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReaderView {
    pub(crate) name: String,
    pub(crate) has_card: bool,
}

/// `CK_SLOT_INFO.slotDescription` has 64 bytes; some modules end it with a NUL, some cut a letter earlier, so
/// a name of at least this many bytes may have been cut.
const CUT: usize = 60;

/// The slots with a token that are in `reader`, in the module's order.
///
/// A module may give one reader several slots (one for each PIN), may cut long names, so that two readers have
/// the same, and may know readers that PC/SC does not. `readers` is in PC/SC's order, which modules keep.
pub(crate) fn of_reader<'slots>(
    slots: &'slots [Slot],
    readers: &[ReaderView],
    reader: &str,
) -> Vec<&'slots Slot> {
    let named = named(slots, readers, reader);
    if !named.is_empty() {
        return named.into_iter().filter(|slot| slot.present).collect();
    }
    only(slots, readers, reader)
}

/// By the slot's description.
fn named<'slots>(slots: &'slots [Slot], readers: &[ReaderView], reader: &str) -> Vec<&'slots Slot> {
    let exact: Vec<_> = slots
        .iter()
        .filter(|slot| slot.description == reader.trim())
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let cut: Vec<_> = slots
        .iter()
        .filter(|slot| may_be(&slot.description, reader))
        .collect();
    let same: Vec<_> = readers
        .iter()
        .filter(|other| cut.iter().any(|slot| may_be(&slot.description, &other.name)))
        .collect();
    let Some(place) = same.iter().position(|other| other.name == reader) else {
        return Vec::new();
    };
    // Several readers of one cut name: the slots are dealt out evenly in order, or not at all.
    let each = cut.len().checked_div(same.len()).unwrap_or(0);
    if each == 0 || each.checked_mul(same.len()) != Some(cut.len()) {
        return Vec::new();
    }
    cut.chunks(each).nth(place).map(<[_]>::to_vec).unwrap_or_default()
}

fn may_be(description: &str, reader: &str) -> bool {
    let description = description.trim_end_matches(char::REPLACEMENT_CHARACTER);
    description.len() >= CUT && reader.trim().starts_with(description)
}

/// A module that names its slots in its own way: certain only if there is one card and one token, the slot is a
/// device, and not named after another reader.
fn only<'slots>(slots: &'slots [Slot], readers: &[ReaderView], reader: &str) -> Vec<&'slots Slot> {
    let cards: Vec<_> = readers.iter().filter(|other| other.has_card).collect();
    let tokens: Vec<_> = slots.iter().filter(|slot| slot.present).collect();
    match (cards.as_slice(), tokens.as_slice()) {
        ([card], [token])
            if card.name == reader
                && token.device
                && readers.iter().all(|other| other.name.trim() != token.description) =>
        {
            vec![token]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
