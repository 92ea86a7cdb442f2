use card::{Reader, ReaderState, Snapshot};

use super::*;

fn readers(states: &[(&str, bool)]) -> Readers {
    let mut readers = Readers::default();
    let reader = |(name, has_card): &(&str, bool)| Reader {
        name: (*name).to_owned(),
        state: if *has_card {
            let atr = card::Atr::new(&[0x3B, 0x80]).unwrap();
            ReaderState::Card {
                atr,
                insertion: 1,
                held_by_other: false,
            }
        } else {
            ReaderState::Empty
        },
    };
    readers.apply(Snapshot {
        readers: states.iter().map(reader).collect(),
        ..Snapshot::default()
    });
    readers
}

#[test]
fn without_a_choice_the_first_card_is_shown_else_the_first_reader() {
    let state = State::default();
    assert_eq!(state.reader(&readers(&[])), None);
    assert_eq!(state.reader(&readers(&[("a", false), ("b", true)])), Some("b"));
    assert_eq!(state.reader(&readers(&[("a", false), ("b", false)])), Some("a"));
}

#[test]
fn a_choice_holds_while_its_reader_is_there() {
    let state = State::of("b".into());
    assert_eq!(state.reader(&readers(&[("a", true), ("b", false)])), Some("b"));
    assert_eq!(state.reader(&readers(&[("a", true)])), Some("a"));
}

#[test]
fn a_new_card_is_shown_only_if_no_card_is() {
    let both = readers(&[("a", true), ("b", true)]);
    let mut state = State::of("a".into());
    state.follow(&both, "b");
    assert_eq!(state.reader(&both), Some("a"));

    let one = readers(&[("a", false), ("b", true)]);
    let mut state = State::of("a".into());
    state.follow(&one, "b");
    assert_eq!(state.reader(&one), Some("b"));
}

#[test]
fn reading_again_asks_for_the_card_that_is_shown() {
    let readers = readers(&[("a", true)]);
    let mut state = State::default();
    assert!(matches!(state.update(Message::Again, &readers), Action::Look(reader) if reader == "a"));
    assert!(matches!(state.update(Message::Retry, &readers), Action::Watch));
}

#[test]
fn the_choice_of_ways_opens_and_closes() {
    let readers = readers(&[("a", true)]);
    let mut state = State::default();
    assert!(matches!(
        state.update(Message::Ways, &readers),
        Action::FindModules
    ));
    state.update(Message::Modules(vec![]), &readers);
    assert_eq!(state.ways, Ways::Open(vec![]));
    let action = state.update(Message::Way(Choice::Driverless), &readers);
    assert!(matches!(action, Action::TakeWay(reader, Choice::Driverless) if reader == "a"));
    state.update(Message::Modules(vec![]), &readers);
    assert_eq!(state.ways, Ways::Closed, "modules that come late open nothing");
}

#[test]
fn a_certificate_that_has_gone_asks_for_nothing() {
    let readers = readers(&[("a", true)]);
    let mut state = State::default();
    let message = Message::Certificate(certificate_panel::Message::Details(7));
    assert!(matches!(state.update(message, &readers), Action::None));
}
