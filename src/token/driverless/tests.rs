use card::{Atr, Exchange, Shelf};
use virtual_card::practice::Practice;

use super::*;
use crate::shelf_card::{READER, opener, practice_card};

fn read(shelf: &Shelf, cache: Option<&std::path::Path>) -> Result<Contents, Error> {
    let opener = opener(shelf, cache);
    let mut token = DriverlessToken {
        hub: opener.hub,
        families: opener.families,
        reader: READER.into(),
        cache: opener.cache,
        choice: Choice::Driverless,
        interest: Interest::default(),
    };
    token.read(&mut |_| ())
}

#[test]
fn a_reader_without_a_card_says_so() {
    let (shelf, _card) = practice_card(Practice::Sha1);
    shelf.pull(READER);
    assert!(matches!(
        read(&shelf, None),
        Err(Error::Card(card::Error::NoCard))
    ));
    shelf.remove_reader(READER);
    assert!(matches!(
        read(&shelf, None),
        Err(Error::Card(card::Error::NoReader))
    ));
}

#[test]
fn a_card_without_a_directory_is_unknown() {
    let shelf = Shelf::new();
    let atr = Atr::new(&[0x3B, 0x00]).unwrap();
    shelf.insert(READER, atr, |exchange| match exchange {
        Exchange::Reset => Some(vec![]),
        Exchange::Command(_) => Some(vec![0x6A, 0x82]),
    });
    assert_eq!(read(&shelf, None), Err(Error::UnknownCard));
}

#[test]
fn a_card_that_answers_rubbish_is_an_error() {
    for rubbish in [
        vec![],
        vec![0x90],
        vec![0x61, 0x00],
        vec![0x6C, 0x00],
        vec![0xFF; 300],
    ] {
        let shelf = Shelf::new();
        let atr = Atr::new(&[0x3B, 0x00]).unwrap();
        let told = rubbish.clone();
        shelf.insert(READER, atr, move |exchange| match exchange {
            Exchange::Reset => Some(vec![]),
            Exchange::Command(_) => Some(rubbish.clone()),
        });
        assert!(read(&shelf, None).is_err(), "{told:02X?}");
    }
}

#[test]
fn a_directory_of_garbage_is_told() {
    let (shelf, _card) = practice_card(Practice::Garbage);
    let contents = read(&shelf, None).unwrap();
    assert!(!contents.problems.is_empty());
    assert!(
        contents
            .certificates
            .iter()
            .all(|certificate| certificate.has_private_key != Some(true))
    );
}

#[test]
fn one_certificate_costs_at_most_24_commands() {
    for kind in [Practice::Sha1, Practice::Sha256, Practice::Expiring] {
        let (shelf, card) = practice_card(kind);
        let contents = read(&shelf, None).unwrap();
        assert_eq!(contents.problems, []);
        let [certificate] = contents.certificates.as_slice() else {
            panic!("{kind}: {contents:?}")
        };
        assert_eq!(certificate.has_private_key, Some(true));
        let pin = &contents.pins[0];
        assert_eq!((pin.role, pin.tries_left), (PinRole::User, TriesLeft::Exact(3)));
        assert_eq!(
            u64::from(contents.apdus.unwrap()),
            card.lock().unwrap().apdu_count()
        );
        assert!(contents.apdus.unwrap() <= 24, "{kind}: {:?}", contents.apdus);
    }
}

#[test]
fn a_known_card_costs_at_most_4_commands() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _card) = practice_card(Practice::Sha1);
    let first = read(&shelf, Some(folder.path())).unwrap();
    assert!(!first.from_cache);
    assert!(first.apdus.unwrap() <= 24, "{:?}", first.apdus);
    let second = read(&shelf, Some(folder.path())).unwrap();
    assert!(second.from_cache);
    assert!(second.apdus.unwrap() <= 4, "{:?}", second.apdus);
    assert_eq!(
        Contents {
            from_cache: false,
            apdus: first.apdus,
            ..second
        },
        first
    );
}

#[test]
fn tries_are_asked_even_of_a_known_card() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, card) = practice_card(Practice::Sha1);
    read(&shelf, Some(folder.path())).unwrap();
    // A wrong PIN.
    let wrong = [
        0x00, 0x20, 0x00, 0x01, 0x08, 0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    ];
    card.lock().unwrap().transmit(&wrong);
    let known = read(&shelf, Some(folder.path())).unwrap();
    assert!(known.from_cache);
    assert_eq!(known.pins[0].tries_left, TriesLeft::Exact(2));
}

#[test]
fn a_blocked_pin_has_no_tries() {
    let (shelf, _card) = practice_card(Practice::PinBlocked);
    assert_eq!(
        read(&shelf, None).unwrap().pins[0].tries_left,
        TriesLeft::Exact(0)
    );
}

#[test]
fn two_certificates_and_none() {
    let (shelf, _card) = practice_card(Practice::TwoKeys);
    let contents = read(&shelf, None).unwrap();
    assert_eq!(contents.certificates.len(), 2);
    assert!(
        contents
            .certificates
            .iter()
            .all(|certificate| certificate.has_private_key == Some(true))
    );
    let (shelf, _card) = practice_card(Practice::Empty);
    let contents = read(&shelf, None).unwrap();
    assert_eq!((contents.certificates, contents.problems), (vec![], vec![]));
}

#[test]
fn nobody_waiting_ends_the_reading() {
    let (shelf, card) = practice_card(Practice::Sha1);
    let opener = opener(&shelf, None);
    let interest = Interest::default();
    let waiting = Arc::new(());
    interest.belongs_to(Arc::downgrade(&waiting));
    let mut waiting = Some(waiting);
    let mut token = DriverlessToken {
        hub: opener.hub,
        families: opener.families,
        reader: READER.into(),
        cache: None,
        choice: Choice::Driverless,
        interest,
    };
    let outcome = token.read(&mut |step| {
        if step == Progress::Directory {
            waiting = None;
        }
    });
    assert!(outcome.is_err());
    assert!(card.lock().unwrap().apdu_count() < 6);
}

#[test]
fn the_users_pin_is_first() {
    let pin = |reference, admin, unblocking| PinObject {
        reference,
        flags: pkcs15::PinFlags {
            admin,
            unblocking,
            ..pkcs15::PinFlags::default()
        },
        label: reference.to_string(),
        ..PinObject::default()
    };
    let pins = vec![
        pin(3, true, false),
        pin(4, false, true),
        pin(2, false, false),
        pin(1, false, false),
    ];
    let directory = Directory {
        pins,
        ..Directory::default()
    };
    let family = Family {
        pin_status_reference: Some(1),
        ..Family::unknown()
    };
    let labels: Vec<_> = contents(&directory, &family)
        .pins
        .into_iter()
        .map(|pin| pin.label)
        .collect();
    assert_eq!(labels, ["1", "2", "3", "4"]);
}
