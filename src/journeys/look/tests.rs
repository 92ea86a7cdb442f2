//! From practice cards, read without a driver, to the one thing to say.

use std::{path::PathBuf, sync::Mutex};

use card::{Exchange, Families, Shelf};
use time::macros::datetime;
use token::{Choice, Modules, Opener};
use virtual_card::{
    Response, VirtualCard,
    practice::{self, Practice},
};

use super::*;

const NOW: OffsetDateTime = datetime!(2026-11-21 12:00 UTC);
const READER: &str = "Practice reader";

fn opener(shelf: &Shelf) -> Opener {
    Opener {
        hub: Arc::new(shelf.clone()),
        modules: Arc::new(Modules::new(Vec::new())),
        families: Arc::new(Families::bundled()),
        cache: None,
    }
}

fn insert(shelf: &Shelf, mut card: VirtualCard) -> Atr {
    let atr = Atr::new(card.atr()).unwrap();
    shelf.insert(READER, atr.clone(), move |exchange| match exchange {
        Exchange::Reset => {
            card.reset();
            Some(Vec::new())
        }
        Exchange::Command(command) => match card.transmit(command) {
            Response::Answer(answer) => Some(answer),
            Response::PowerLost => None,
        },
    });
    atr
}

fn request(atr: Atr, now: OffsetDateTime) -> Request {
    let mut anchors = TrustAnchors::none();
    anchors
        .add(practice::root_der(), certificate::chain::Source::Imported)
        .unwrap();
    Request {
        reader: READER.into(),
        family: Families::bundled().of(&atr),
        atr,
        anchors: Arc::new(anchors),
        now,
    }
}

fn look_at(card: VirtualCard, now: OffsetDateTime) -> Result<Report, Error> {
    let shelf = Shelf::new();
    let atr = insert(&shelf, card);
    let handle = TokenHandle::open(opener(&shelf), READER.into(), Choice::Driverless);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(look(request(atr, now), &handle, |_| ()))
}

fn practice_card(kind: Practice) -> Report {
    look_at(practice::card(kind, NOW).unwrap(), NOW).unwrap()
}

#[test]
fn sha1_card_is_to_be_replaced() {
    let report = practice_card(Practice::Sha1);
    assert_eq!(report.verdict, CardVerdict::Replace);
    let [looked] = report.certificates.as_slice() else {
        panic!("one certificate: {report:?}")
    };
    assert_eq!(looked.verdict, Verdict::Replace);
    assert_eq!(looked.has_private_key, Some(true));
    assert!(looked.certificate.qualified().is_qualified());
    let holder = report.holder.unwrap();
    assert!(!holder.name.is_empty());
    assert!(holder.identity_number.unwrap().check_digits_agree());
}

#[test]
fn each_practice_card_gets_its_sentence() {
    assert_eq!(practice_card(Practice::Sha256).verdict, CardVerdict::Fine);
    assert_eq!(
        practice_card(Practice::Expiring).verdict,
        CardVerdict::ExpiresSoon { days: 20 }
    );
    assert_eq!(
        practice_card(Practice::PinBlocked).verdict,
        CardVerdict::PinBlocked
    );
    assert_eq!(practice_card(Practice::Empty).verdict, CardVerdict::Empty);
}

#[test]
fn chain_leads_to_the_practice_root_only_where_it_is_trusted() {
    let report = practice_card(Practice::Sha256);
    let chain = &report.certificates[0].chain;
    assert!(!chain.links.is_empty());
    let shelf = Shelf::new();
    let atr = insert(&shelf, practice::card(Practice::Sha256, NOW).unwrap());
    let handle = TokenHandle::open(opener(&shelf), READER.into(), Choice::Driverless);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let untrusting = Request {
        anchors: Arc::new(TrustAnchors::bundled()),
        ..request(atr, NOW)
    };
    let report = runtime.block_on(look(untrusting, &handle, |_| ())).unwrap();
    assert!(!report.certificates[0].chain.is_trusted());
}

#[test]
fn signing_certificate_comes_first_of_two() {
    let report = practice_card(Practice::TwoKeys);
    assert_eq!(report.certificates.len(), 2);
    assert!(report.certificates[0].certificate.qualified().is_qualified());
    assert!(!report.certificates[1].certificate.qualified().is_qualified());
    assert_eq!(report.verdict, CardVerdict::Fine);
}

#[test]
fn garbage_is_told_and_not_fatal() {
    match look_at(practice::card(Practice::Garbage, NOW).unwrap(), NOW) {
        Ok(report) => {
            assert_eq!(report.verdict, CardVerdict::Unreadable);
            assert!(!report.problems.is_empty());
        }
        Err(error) => assert!(matches!(error, Error::UnknownCard | Error::Card(_)), "{error:?}"),
    }
}

#[test]
fn time_moves_the_verdict() {
    let at = |now| {
        look_at(practice::card(Practice::Expiring, NOW).unwrap(), now)
            .unwrap()
            .verdict
    };
    assert!(matches!(
        at(NOW + time::Duration::days(21)),
        CardVerdict::Expired { .. }
    ));
    assert!(matches!(
        at(NOW - time::Duration::days(4000)),
        CardVerdict::NotYetValid { .. }
    ));
}

/// Contents as a module would give them, from a practice card's own.
fn contents(kinds: &[Practice]) -> Contents {
    let mut all = Contents {
        backend: Backend::Pkcs11 {
            module: PathBuf::from("module.so"),
        },
        label: String::new(),
        manufacturer: String::new(),
        serial: String::new(),
        pins: Vec::new(),
        certificates: Vec::new(),
        problems: Vec::new(),
        apdus: None,
        from_cache: false,
    };
    for kind in kinds {
        for looked in practice_card(*kind).certificates {
            all.certificates.push(CardCertificate {
                id: looked.id,
                label: looked.label,
                der: looked.certificate.der().to_vec(),
                authority: false,
                has_private_key: looked.has_private_key,
            });
        }
    }
    all
}

fn judged(contents: Contents) -> Report {
    let atr = Atr::new(&[0x3B, 0x00]).unwrap();
    judge(request(atr, NOW), contents, Duration::ZERO)
}

#[test]
fn missing_key_is_called_out() {
    let mut contents = contents(&[Practice::Sha256]);
    contents.certificates[0].has_private_key = Some(false);
    assert_eq!(judged(contents).verdict, CardVerdict::KeyMissing);
}

#[test]
fn unknown_key_is_not_called_missing() {
    let mut contents = contents(&[Practice::Sha256]);
    contents.certificates[0].has_private_key = None;
    assert_eq!(judged(contents).verdict, CardVerdict::Fine);
}

#[test]
fn garbage_beside_a_good_certificate_is_a_problem_of_its_own() {
    let mut contents = contents(&[Practice::Sha256]);
    let broken = CardCertificate {
        der: vec![0xFF; 40],
        label: "broken".into(),
        ..contents.certificates[0].clone()
    };
    contents.certificates.push(broken);
    let report = judged(contents);
    assert_eq!(report.verdict, CardVerdict::Fine);
    assert_eq!(
        report.problems,
        [Problem::Certificate {
            label: "broken".into()
        }]
    );
}

#[test]
fn sha1_beside_sha256_of_another_key_is_still_due() {
    let report = judged(contents(&[Practice::Sha256, Practice::Sha1]));
    assert_eq!(report.verdict, CardVerdict::Replace);
}

#[test]
fn login_certificate_alone_is_no_qualified_one() {
    let mut contents = contents(&[Practice::TwoKeys]);
    contents.certificates.remove(0);
    assert_eq!(judged(contents).verdict, CardVerdict::NoQualified);
}

#[test]
fn pulled_card_is_told_as_such() {
    let shelf = Shelf::new();
    let card = Mutex::new(practice::card(Practice::Sha1, NOW).unwrap());
    let atr = Atr::new(card.lock().unwrap().atr()).unwrap();
    let mut commands = 0;
    shelf.insert(READER, atr.clone(), move |exchange| {
        let mut card = card.lock().unwrap();
        let Exchange::Command(command) = exchange else {
            return Some(Vec::new());
        };
        commands += 1;
        if commands > 5 {
            return None;
        }
        match card.transmit(command) {
            Response::Answer(answer) => Some(answer),
            Response::PowerLost => None,
        }
    });
    let handle = TokenHandle::open(opener(&shelf), READER.into(), Choice::Driverless);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let error = runtime
        .block_on(look(request(atr, NOW), &handle, |_| ()))
        .unwrap_err();
    assert!(matches!(error, Error::Card(_)), "{error:?}");
}
