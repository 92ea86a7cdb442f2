use iced::keyboard::key::{Code, Physical};

use super::*;

const LIMITS: Limits = Limits {
    most: 8,
    digits_only: true,
};

fn press(key: Key, text: Option<&str>, modifiers: Modifiers, location: Location, repeat: bool) -> Event {
    Event::KeyPressed {
        modified_key: key.clone(),
        physical_key: Physical::Code(Code::KeyV),
        key,
        location,
        modifiers,
        text: text.map(Into::into),
        repeat,
    }
}

fn typed(text: &str, modifiers: Modifiers, entries: &Entries) -> Option<Typed> {
    let event = press(
        Key::Character(text.into()),
        Some(text),
        modifiers,
        Location::Standard,
        false,
    );
    take(&event, entries, 0, LIMITS)
}

fn named(named: Named, modifiers: Modifiers, location: Location, entries: &Entries) -> Option<Typed> {
    take(
        &press(Key::Named(named), None, modifiers, location, false),
        entries,
        0,
        LIMITS,
    )
}

#[test]
fn paste_is_refused_however_it_is_asked_for() {
    let entries = Entries::new(1);
    let refused = Some(Typed::Refused(Hint::Paste));
    assert_eq!(typed("v", Modifiers::COMMAND, &entries), refused);
    assert_eq!(
        named(Named::Insert, Modifiers::SHIFT, Location::Standard, &entries),
        refused
    );
    assert_eq!(
        named(Named::Paste, Modifiers::empty(), Location::Standard, &entries),
        refused
    );
    assert!(entries.is_empty(0));
}

#[test]
fn the_keyboard_that_is_set_wrongly_is_noticed() {
    let hint = |text, modifiers| typed(text, modifiers, &Entries::new(1));
    let none = Modifiers::empty();
    assert_eq!(hint("A", none), Some(Typed::Changed(Some(Hint::CapsLock))));
    assert_eq!(
        hint("a", Modifiers::SHIFT),
        Some(Typed::Changed(Some(Hint::CapsLock)))
    );
    assert_eq!(hint("ş", none), Some(Typed::Changed(Some(Hint::Letters))));
    assert_eq!(hint("é", none), Some(Typed::Changed(Some(Hint::Letters))));
    assert_eq!(
        hint("%", Modifiers::SHIFT),
        Some(Typed::Changed(Some(Hint::Symbols)))
    );
    assert_eq!(hint("7", none), Some(Typed::Changed(None)));
}

#[test]
fn arrows_of_the_number_pad_say_that_num_lock_is_off() {
    let entries = Entries::new(1);
    let none = Modifiers::empty();
    let refused = Some(Typed::Refused(Hint::NumLock));
    assert_eq!(named(Named::Home, none, Location::Numpad, &entries), refused);
    assert_eq!(named(Named::Delete, none, Location::Numpad, &entries), refused);
    assert_eq!(named(Named::Home, none, Location::Standard, &entries), None);
}

#[test]
fn escape_empties_first_and_is_left_to_others_then() {
    let entries = Entries::new(1);
    entries.push(0, '4');
    let escape = || named(Named::Escape, Modifiers::empty(), Location::Standard, &entries);
    assert_eq!(escape(), Some(Typed::Emptied));
    assert_eq!(escape(), None);
}

#[test]
fn backspace_takes_one_and_delete_takes_all() {
    let entries = Entries::new(1);
    "1234".chars().for_each(|digit| entries.push(0, digit));
    named(Named::Backspace, Modifiers::empty(), Location::Standard, &entries);
    assert_eq!(entries.len(0), 3);
    named(Named::Delete, Modifiers::empty(), Location::Standard, &entries);
    assert_eq!(entries.len(0), 0);
}

#[test]
fn a_key_held_down_types_once() {
    let entries = Entries::new(1);
    typed("5", Modifiers::empty(), &entries);
    let again = press(
        Key::Character("5".into()),
        Some("5"),
        Modifiers::empty(),
        Location::Standard,
        true,
    );
    take(&again, &entries, 0, LIMITS);
    assert_eq!(entries.len(0), 1);
}

#[test]
fn what_is_too_long_is_said_and_bounded() {
    let entries = Entries::new(1);
    (0..8).for_each(|_| {
        assert_eq!(
            typed("1", Modifiers::empty(), &entries),
            Some(Typed::Changed(None))
        );
    });
    assert_eq!(
        typed("1", Modifiers::empty(), &entries),
        Some(Typed::Changed(Some(Hint::TooLong)))
    );
    let many = "1".repeat(4096);
    typed(&many, Modifiers::empty(), &entries);
    assert_eq!(entries.len(0), token::Entry::CAPACITY);
}

#[test]
fn nothing_of_what_was_typed_is_in_what_is_said() {
    let entries = Entries::new(1);
    let said = typed("7", Modifiers::empty(), &entries);
    let shown = format!("{said:?} {entries:?}");
    assert!(
        !shown.chars().any(|character| character.is_ascii_digit()),
        "{shown}"
    );
}
