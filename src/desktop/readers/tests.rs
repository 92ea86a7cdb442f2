use card::Reader;

use super::*;

const READER: &str = "Reader 00 00";

fn atr() -> Atr {
    Atr::new(&[0x3B, 0x80]).unwrap()
}

fn with(state: ReaderState) -> Snapshot {
    Snapshot {
        readers: vec![Reader {
            name: READER.into(),
            state,
        }],
        ..Snapshot::default()
    }
}

fn card(insertion: u32) -> Snapshot {
    with(ReaderState::Card {
        atr: atr(),
        insertion,
        held_by_other: false,
    })
}

fn held(held_by_other: bool) -> Snapshot {
    with(ReaderState::Card {
        atr: atr(),
        insertion: 1,
        held_by_other,
    })
}

#[test]
fn a_card_is_looked_at_once_however_often_the_same_state_comes() {
    let mut readers = Readers::default();
    assert_eq!(readers.apply(card(1)), [READER]);
    assert_eq!(readers.apply(card(1)), [""; 0]);
    assert_eq!(readers.apply(card(2)), [READER], "a fast swap of two like cards");
}

#[test]
fn a_card_pulled_while_it_is_read_is_remembered_until_another_comes() {
    let mut readers = Readers::default();
    readers.apply(card(1));
    readers.begin(READER).unwrap();
    readers.apply(with(ReaderState::Empty));
    assert!(matches!(readers.slots()[0].seat, Seat::PulledEarly));
    readers.apply(with(ReaderState::Empty));
    assert!(matches!(readers.slots()[0].seat, Seat::PulledEarly));
    assert_eq!(readers.apply(card(2)), [READER]);
    assert!(readers.card(READER).is_some());
}

#[test]
fn a_card_whose_reading_failed_because_it_was_pulled_counts_as_pulled_early() {
    let mut readers = Readers::default();
    readers.apply(card(1));
    let id = readers.begin(READER).unwrap();
    readers.tell(&id, LookEvent::Done(Err(token::Error::Card(Error::Removed))));
    readers.apply(with(ReaderState::Empty));
    assert!(matches!(readers.slots()[0].seat, Seat::PulledEarly));
}

#[test]
fn a_card_that_nobody_could_read_leaves_an_empty_reader() {
    let mut readers = Readers::default();
    readers.apply(card(1));
    let id = readers.begin(READER).unwrap();
    readers.tell(&id, LookEvent::Done(Err(token::Error::UnknownCard)));
    readers.apply(with(ReaderState::Empty));
    assert!(matches!(readers.slots()[0].seat, Seat::Empty));
}

#[test]
fn news_of_an_earlier_look_is_dropped() {
    let mut readers = Readers::default();
    readers.apply(card(1));
    let first = readers.begin(READER).unwrap();
    let second = readers.begin(READER).unwrap();
    readers.tell(&first, LookEvent::Done(Err(token::Error::UnknownCard)));
    assert!(matches!(readers.card(READER).unwrap().look, Look::Reading(_)));
    readers.tell(&second, LookEvent::Slow);
    readers.tell(&second, LookEvent::Progress(Progress::Directory));
    let Look::Reading(reading) = &readers.card(READER).unwrap().look else {
        unreachable!()
    };
    assert!(reading.is_slow);
    assert_eq!(reading.progress, Some(Progress::Directory));
    readers.tell(&second, LookEvent::Done(Err(token::Error::Closed)));
    assert!(matches!(
        readers.card(READER).unwrap().look,
        Look::Failed(token::Error::Closed)
    ));
}

#[test]
fn a_card_that_another_program_lets_go_is_looked_at_again() {
    let mut readers = Readers::default();
    assert_eq!(readers.apply(held(true)), [READER]);
    let id = readers.begin(READER).unwrap();
    readers.tell(&id, LookEvent::Done(Err(token::Error::Card(Error::Held))));
    assert_eq!(readers.apply(held(false)), [READER]);
}

#[test]
fn a_service_that_stops_takes_its_readers_with_it() {
    let mut readers = Readers::default();
    assert!(!readers.is_known());
    readers.apply(card(1));
    assert_eq!(readers.trouble(), None);
    readers.apply(Snapshot {
        service: ServiceState::Stopped,
        readers: vec![],
    });
    assert_eq!(readers.trouble(), Some(Trouble::Service(ServiceState::Stopped)));
    assert!(readers.slots().is_empty());
    readers.fail(Error::NoService);
    assert_eq!(readers.trouble(), Some(Trouble::Watch(Error::NoService)));
}

#[test]
fn looking_at_a_reader_that_has_gone_does_nothing() {
    let mut readers = Readers::default();
    assert!(readers.begin("gone").is_none());
    readers.apply(card(1));
    let id = readers.begin(READER).unwrap();
    readers.apply(Snapshot::default());
    readers.tell(&id, LookEvent::Slow);
    assert!(readers.slots().is_empty());
}
