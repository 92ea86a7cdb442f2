use std::{collections::BTreeSet, time::Instant};

use time::macros::datetime;
use x509_cert::{Certificate, der::Decode as _};

use super::*;
use crate::{Response, files::Body};

const NOON: OffsetDateTime = datetime!(2026-11-21 12:00 UTC);

fn answer(card: &mut VirtualCard, command: &[u8]) -> (Vec<u8>, u16) {
    let Response::Answer(mut answer) = card.transmit(command) else {
        panic!("no power")
    };
    let status = answer.split_off(answer.len() - 2);
    (answer, u16::from_be_bytes([status[0], status[1]]))
}

fn file(card: &VirtualCard, path: &[u16]) -> Vec<u8> {
    match &card.memory().root.at(path).unwrap().body {
        Body::Data(contents) => contents.to_vec(),
        _ => panic!("not a data file"),
    }
}

fn certificate(kind: Practice) -> Certificate {
    Certificate::from_der(&file(&card(kind, NOON).unwrap(), &[0x5015, 0x4301])).unwrap()
}

#[test]
fn impossible_moments_are_refused() {
    for moment in [
        datetime!(1950-01-01 00:00 UTC),
        OffsetDateTime::new_utc(time::Date::MAX, time::Time::MIDNIGHT),
    ] {
        assert!(
            matches!(card(Practice::Sha256, moment), Err(Error::Moment)),
            "{moment}"
        );
    }
}

#[test]
fn unknown_codes_are_refused() {
    assert!(matches!(
        "sha512".parse::<Practice>(),
        Err(Error::UnknownPractice(_))
    ));
    for kind in Practice::all() {
        assert_eq!(kind.code().parse::<Practice>().unwrap(), *kind);
    }
}

#[test]
fn one_day_gives_one_card_and_another_day_another_serial_number() {
    for kind in Practice::all() {
        let serial = |moment| card(*kind, moment).unwrap().serial();
        assert_eq!(serial(NOON), serial(datetime!(2026-11-21 23:59 UTC)), "{kind}");
        if !matches!(kind, Practice::Empty | Practice::Garbage) {
            assert_ne!(serial(NOON), serial(datetime!(2026-11-22 00:00 UTC)), "{kind}");
        }
    }
    let serials: BTreeSet<_> = Practice::all()
        .iter()
        .map(|kind| card(*kind, NOON).unwrap().serial())
        .collect();
    assert_eq!(serials.len(), Practice::all().len());
}

#[test]
fn the_hash_is_as_announced() {
    assert_eq!(
        certificate(Practice::Sha1).signature_algorithm.oid.to_string(),
        "1.2.840.113549.1.1.5"
    );
    for kind in [
        Practice::Sha256,
        Practice::Expiring,
        Practice::PinBlocked,
        Practice::TwoKeys,
    ] {
        assert_eq!(
            certificate(kind).signature_algorithm.oid.to_string(),
            "1.2.840.113549.1.1.11",
            "{kind}"
        );
    }
}

#[test]
fn certificates_are_about_as_long_as_real_ones() {
    let der = file(&card(Practice::Sha256, NOON).unwrap(), &[0x5015, 0x4301]);
    assert!((1_150..1_280).contains(&der.len()), "{} bytes", der.len());
}

#[test]
fn twenty_days_are_left_of_the_expiring_one() {
    let until = certificate(Practice::Expiring)
        .tbs_certificate
        .validity
        .not_after
        .to_unix_duration();
    let left = i64::try_from(until.as_secs()).unwrap() - NOON.unix_timestamp();
    assert_eq!(left / 86_400, 20);
}

#[test]
fn the_pin_opens_all_but_the_blocked_card() {
    for kind in Practice::all() {
        let mut card = card(*kind, NOON).unwrap();
        let (_, status) = answer(&mut card, b"\x00\x20\x00\x01\x08123456\xFF\xFF");
        assert_eq!(
            status,
            if matches!(*kind, Practice::PinBlocked | Practice::Dead) {
                0x6983
            } else {
                0x9000
            },
            "{kind}"
        );
    }
}

#[test]
fn the_puk_opens_the_blocked_card() {
    let mut card = card(Practice::PinBlocked, NOON).unwrap();
    assert_eq!(card.tries_left(PIN_REFERENCE), Some(0));
    assert_eq!(
        answer(&mut card, b"\x00\x2C\x00\x01\x1012345678654321\xFF\xFF").1,
        0x9000
    );
    assert_eq!(answer(&mut card, b"\x00\x20\x00\x01\x08654321\xFF\xFF").1, 0x9000);
}

#[test]
fn nothing_opens_the_dead_card() {
    let mut card = card(Practice::Dead, NOON).unwrap();
    assert_eq!(card.puk_tries_left(PIN_REFERENCE), Some(0));
    assert_eq!(
        answer(&mut card, b"\x00\x2C\x00\x01\x1012345678654321\xFF\xFF").1,
        0x6983
    );
    let told = answer(&mut card, &[0x00, 0xCA, 0x01, 0xB1, 0x00]);
    assert_eq!(told, (vec![0xC5, 0x01, 0], 0x9000));
}

#[test]
fn keys_and_certificates_belong_together() {
    for kind in [
        Practice::Sha1,
        Practice::Sha256,
        Practice::Expiring,
        Practice::PinBlocked,
        Practice::TwoKeys,
    ] {
        let card = card(kind, NOON).unwrap();
        let Body::Key(key) = &card.memory().root.at(&[0x5015, 0x4B01]).unwrap().body else {
            panic!("no key")
        };
        let modulus = key.public_part(0x01).unwrap();
        let info = certificate(kind).tbs_certificate.subject_public_key_info;
        let public = info.subject_public_key.raw_bytes();
        assert!(
            public.windows(modulus.len()).any(|part| part == modulus),
            "{kind}"
        );
    }
}

#[test]
fn the_akis_card_tells_its_certificate() {
    let mut card = akis_card(NOON).unwrap();
    let (information, status) = answer(&mut card, b"\x00\xA4\x08\x00\x06\x3F\x00\x3D\x00\x34\x00");
    assert_eq!((status, information[0]), (0x9000, 0x6F));
    assert!(crate::tlv::find(&information[2..], 0x90).is_some());
    let (start, status) = answer(&mut card, &[0x00, 0xB0, 0, 0, 0]);
    assert_eq!((status, start.len()), (0x9000, 256));
    let mut der = start;
    der.extend(answer(&mut card, &[0x00, 0xB0, 1, 0, 0, 0xFF, 0xFF]).0);
    Certificate::from_der(&der).unwrap();
    assert_eq!(answer(&mut card, &[0x00, 0xCA, 0x01, 0x06, 0]).0.len(), 0x4D);
}

#[test]
fn the_akis_card_signs_after_its_pin() {
    let mut card = akis_card(NOON).unwrap();
    answer(&mut card, &[0x00, 0x22, 0xC3, 0x01]);
    let sign = [&[0x00, 0x2A, 0x9E, 0x9A, 4][..], b"hash", &[0]].concat();
    assert_eq!(answer(&mut card, &sign).1, 0x6982);
    assert_eq!(answer(&mut card, b"\x00\x20\x00\x01\x06000000").1, 0x63C2);
    assert_eq!(answer(&mut card, b"\x00\x20\x00\x01\x06123456").1, 0x9000);
    let (signature, status) = answer(&mut card, &sign);
    assert_eq!((status, signature.len()), (0x9000, 256));
}

#[test]
fn making_all_cards_is_quick() {
    let started = Instant::now();
    for kind in Practice::all() {
        card(*kind, NOON).unwrap();
    }
    // Some 40 ms on an idle machine of today; the bound only catches key generation at start.
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

proptest::proptest! {
    #[test]
    fn any_moment_gives_a_card_or_an_error(seconds in proptest::num::i64::ANY) {
        if let Ok(moment) = OffsetDateTime::from_unix_timestamp(seconds) {
            let _ = card(Practice::Expiring, moment);
        }
    }
}
