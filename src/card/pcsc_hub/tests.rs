use std::ffi::CString;

use pcsc::{Error as Code, State};

use super::codes::{of, of_establish, state_of};
use super::connection::without_le;
use super::readers::{read_state, unique_names};
use crate::{Error, ReaderState, ServiceState};

const ATR: [u8; 3] = [0x3B, 0x01, 0x41];

#[test]
fn every_code_that_people_meet_has_its_meaning() {
    let meanings = [
        (Code::NoService, Error::NoService),
        (Code::Shutdown, Error::NoService),
        (Code::InvalidHandle, Error::NoService),
        (Code::NoReadersAvailable, Error::NoReader),
        (Code::UnknownReader, Error::NoReader),
        (Code::NoSmartcard, Error::NoCard),
        (Code::RemovedCard, Error::Removed),
        (Code::NotTransacted, Error::Removed),
        (Code::ResetCard, Error::Reset),
        (Code::SharingViolation, Error::Held),
        (Code::ReaderUnavailable, Error::ReaderUnavailable),
        (Code::UnresponsiveCard, Error::Mute),
        (Code::UnpoweredCard, Error::Mute),
        (Code::WrongChv, Error::WrongPin),
        (Code::ChvBlocked, Error::PinBlocked),
    ];
    for (code, meaning) in meanings {
        assert_eq!(of("SCardTransmit", code), meaning, "{code:?}");
    }
}

#[test]
fn any_other_code_is_kept_with_its_call() {
    let error = of("SCardTransmit", Code::CommError);
    assert_eq!(
        error,
        Error::Pcsc {
            call: "SCardTransmit".into(),
            code: 0x8010_0013
        }
    );
    assert_eq!(error.to_string(), "PC/SC: SCardTransmit failed with 0x80100013");
}

#[test]
fn a_service_of_another_version_is_not_taken_for_a_stopped_one() {
    assert_eq!(state_of(Code::NoService), ServiceState::Stopped);
    assert_eq!(state_of(Code::SecurityViolation), ServiceState::Failing);
    if cfg!(not(windows)) {
        assert_eq!(of_establish(Code::ServiceStopped), Error::ServiceVersion);
        assert_eq!(state_of(Code::ServiceStopped), ServiceState::Failing);
    }
}

#[test]
fn event_states_become_reader_states() {
    assert_eq!(
        read_state(State::PRESENT | State::MUTE, &[], 1),
        ReaderState::Mute
    );
    assert_eq!(
        read_state(State::PRESENT | State::MUTE, &ATR, 1),
        ReaderState::Mute
    );
    assert_eq!(read_state(State::PRESENT, &[0x3B], 1), ReaderState::Mute);
    assert_eq!(read_state(State::UNAVAILABLE, &[], 0), ReaderState::Unavailable);
    assert_eq!(
        read_state(State::UNKNOWN | State::UNAVAILABLE, &[], 0),
        ReaderState::Unavailable
    );
    assert_eq!(read_state(State::EMPTY, &[], 4), ReaderState::Empty);
    let held = read_state(State::PRESENT | State::EXCLUSIVE | State::INUSE, &ATR, 7);
    assert!(
        matches!(
            held,
            ReaderState::Card {
                insertion: 7,
                held_by_other: true,
                ..
            }
        ),
        "{held:?}"
    );
    let free = read_state(State::PRESENT | State::INUSE, &ATR, 7);
    assert!(
        matches!(
            free,
            ReaderState::Card {
                held_by_other: false,
                ..
            }
        ),
        "{free:?}"
    );
}

#[test]
fn names_of_any_bytes_stay_apart() {
    let raw = |bytes: &[u8]| CString::new(bytes).unwrap();
    let names = unique_names(vec![raw(b"A\xFF"), raw(b"A\xFE"), raw(b"B"), raw(b"A\xFD")]);
    let shown: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(shown, ["A\u{FFFD}", "A\u{FFFD} (2)", "B", "A\u{FFFD} (3)"]);
    assert_eq!(names.get(1).unwrap().1.as_bytes(), b"A\xFE");
}

#[test]
fn only_commands_with_data_and_le_lose_the_le_for_t0() {
    assert_eq!(
        without_le(&[0, 0xA4, 4, 0, 2, 0x3F, 0, 0]),
        [0, 0xA4, 4, 0, 2, 0x3F, 0]
    );
    assert_eq!(without_le(&[0, 0xB0, 0, 0, 0]), [0, 0xB0, 0, 0, 0]);
    assert_eq!(
        without_le(&[0, 0xA4, 4, 0, 2, 0x3F, 0]),
        [0, 0xA4, 4, 0, 2, 0x3F, 0]
    );
    assert_eq!(without_le(&[0, 0x20, 0, 1]), [0, 0x20, 0, 1]);
}
