//! What keys mean to a secret field.

use iced::keyboard::{Event, Key, Location, Modifiers, key::Named};

use super::{Entries, Hint, Typed};

/// What the field accepts; only hints follow from it, judging is done with the whole entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) most: usize,
    pub(super) digits_only: bool,
}

/// Takes a key into the entry. `None`: the key means nothing here and is left to others.
pub(super) fn take(event: &Event, entries: &Entries, index: usize, limits: Limits) -> Option<Typed> {
    let Event::KeyPressed {
        key,
        physical_key,
        location,
        modifiers,
        text,
        repeat,
        ..
    } = event
    else {
        return None;
    };
    if pastes(key, key.to_latin(*physical_key), *modifiers) {
        return Some(Typed::Refused(Hint::Paste));
    }
    if modifiers.control() || modifiers.alt() || modifiers.logo() {
        return None;
    }
    match key {
        Key::Named(named) if *location == Location::Numpad && moves(*named) => {
            Some(Typed::Refused(Hint::NumLock))
        }
        Key::Named(Named::Backspace) => {
            entries.pop(index);
            Some(Typed::Changed(None))
        }
        Key::Named(Named::Delete) => {
            entries.clear(index);
            Some(Typed::Changed(None))
        }
        // Once to empty the field; once more is no longer ours.
        Key::Named(Named::Escape) if !entries.is_empty(index) => {
            entries.clear(index);
            Some(Typed::Emptied)
        }
        Key::Named(Named::Enter) if !repeat => Some(Typed::Entered),
        Key::Named(Named::Space) | Key::Character(_) => {
            // A key that is held down would type itself again: nobody means that in a PIN.
            let typed = text.as_deref().filter(|_| !repeat).unwrap_or_default();
            Some(type_in(typed, *modifiers, entries, index, limits))
        }
        _ => None,
    }
}

fn type_in(text: &str, modifiers: Modifiers, entries: &Entries, index: usize, limits: Limits) -> Typed {
    let mut hint = None;
    for character in text.chars().filter(|character| !character.is_control()) {
        entries.push(index, character);
        hint = hint.or_else(|| hint_for(character, modifiers, limits.digits_only));
    }
    let too_long = (entries.len(index) > limits.most).then_some(Hint::TooLong);
    Typed::Changed(hint.or(too_long))
}

/// What a character that is no digit says about the keyboard.
fn hint_for(character: char, modifiers: Modifiers, digits_only: bool) -> Option<Hint> {
    let is_reversed = if modifiers.shift() {
        character.is_lowercase()
    } else {
        character.is_uppercase()
    };
    if is_reversed {
        Some(Hint::CapsLock)
    } else if !digits_only || character.is_ascii_digit() {
        None
    } else if character.is_alphabetic() {
        Some(Hint::Letters)
    } else {
        Some(Hint::Symbols)
    }
}

fn pastes(key: &Key, latin: Option<char>, modifiers: Modifiers) -> bool {
    match key {
        Key::Named(Named::Paste) => true,
        Key::Named(Named::Insert) => modifiers.shift(),
        _ => modifiers.command() && latin.is_some_and(|latin| latin.eq_ignore_ascii_case(&'v')),
    }
}

/// What the keys of the number pad say while Num Lock is off.
fn moves(named: Named) -> bool {
    use Named::{
        ArrowDown, ArrowLeft, ArrowRight, ArrowUp, Clear, Delete, End, Home, Insert, PageDown, PageUp,
    };
    matches!(
        named,
        ArrowDown
            | ArrowLeft
            | ArrowRight
            | ArrowUp
            | Clear
            | Delete
            | End
            | Home
            | Insert
            | PageDown
            | PageUp
    )
}

#[cfg(test)]
mod tests;
