use std::time::{Duration, Instant};

use proptest::prelude::*;
use time::macros::datetime;

use super::*;
use crate::test_support::{
    GENERALIZED_TIME, Parts, UTC_TIME, UTF8_STRING, algorithm, element, extension, fixture, fixture_der,
    fixture_names, name, sequence,
};
use crate::tlv::{self, explicit};
use crate::{Fault, Field, TimeOddity};

fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(Problem::code).collect()
}

#[test]
fn a_certificate_in_order_has_no_problems() {
    assert_eq!(Parts::default().problems(), []);
    for file in fixture_names() {
        assert_eq!(fixture(&file).problems, [], "{file}");
        assert_eq!(fixture(&file).der(), fixture_der(&file), "{file}");
    }
}

#[test]
fn what_is_no_certificate_is_an_error() {
    assert_eq!(Certificate::read(&[]), Err(ReadError::Empty));
    assert_eq!(
        Certificate::read(&[0x02, 0x01, 0x00]),
        Err(ReadError::NotACertificate)
    );
    assert_eq!(Certificate::read(&sequence(&[])), Err(ReadError::NotACertificate));
    assert_eq!(
        Certificate::read(&vec![0x30; 1_000_000]),
        Err(ReadError::NotACertificate)
    );
    let huge = vec![0; Certificate::MAX_BYTES + 1];
    assert!(matches!(
        Certificate::read(&huge),
        Err(ReadError::TooLarge { .. })
    ));
}

#[test]
fn a_revocation_list_and_a_request_are_no_certificates() {
    let (issuer, time) = (name(UTF8_STRING, b"Kok"), element(UTC_TIME, b"200101000000Z"));
    let rsa = algorithm("1.2.840.113549.1.1.11");
    let signature = element(tlv::BIT_STRING, &[0, 1]);
    let list = sequence(&[
        &sequence(&[&[0x02, 0x01, 0x01], &rsa, &issuer, &time, &time]),
        &rsa,
        &signature,
    ]);
    assert_eq!(Certificate::read(&list), Err(ReadError::NotACertificate));
    let request = sequence(&[&[0x02, 0x01, 0x00], &issuer, &Parts::default().key, &[0xA0, 0x00]]);
    assert_eq!(
        Certificate::read(&sequence(&[&request, &rsa, &signature])),
        Err(ReadError::NotACertificate)
    );
}

#[test]
fn truncated_anywhere_it_is_shown_or_refused() {
    let der = fixture_der("qualified");
    let mut shown = 0;
    for length in 0..der.len() {
        if let Ok(certificate) = Certificate::read(&der[..length]) {
            assert_eq!(
                certificate.problems[0],
                Problem::Truncated {
                    missing: der.len() - length
                }
            );
            shown += 1;
        }
    }
    assert!(shown > der.len() / 2);
    let without_signature = Certificate::read(&der[..der.len() - 100]).unwrap();
    assert!(without_signature.qualified().is_qualified());
    assert_eq!(without_signature.hash(), Hash::Sha256);
    assert_eq!(without_signature.signature(), None);
}

#[test]
fn what_follows_is_cut_and_told() {
    let padded = [fixture_der("root"), vec![0; 300]].concat();
    let certificate = Certificate::read(&padded).unwrap();
    assert_eq!(certificate.problems, [Problem::TrailingBytes { count: 300 }]);
    assert_eq!(certificate.sha256(), fixture("root").sha256());
}

#[test]
fn serial_numbers_of_all_kinds() {
    let with = |contents: &[u8]| {
        Parts {
            serial: element(tlv::INTEGER, contents),
            ..Parts::default()
        }
        .read()
    };
    assert_eq!(codes(&with(&[0xFB]).problems), ["negative-serial"]);
    assert_eq!(with(&[0xFB]).serial.unwrap().decimal(), None);
    assert_eq!(
        with(&[0x01, 0xA2, 0xB3, 0xC4, 0xD5]).serial.unwrap().to_string(),
        "01 A2B3 C4D5"
    );
    assert_eq!(
        with(&[0x01, 0x00]).serial.unwrap().decimal().as_deref(),
        Some("256")
    );
    assert_eq!(with(&[0x00]).serial.unwrap().decimal().as_deref(), Some("0"));
    assert_eq!(with(&[0x7F; 21]).problems, [Problem::LongSerial { bytes: 21 }]);
    assert_eq!(with(&[0x7F; 10_000]).serial.unwrap().as_bytes().len(), 256);
    let missing = Parts {
        serial: vec![],
        ..Parts::default()
    }
    .read();
    assert_eq!(
        missing.problems,
        [Problem::Field {
            field: Field::SerialNumber,
            fault: Fault::Type
        }]
    );
    assert!(missing.subject.is_some());
}

#[test]
fn an_empty_subject_is_told() {
    let certificate = Parts {
        subject: sequence(&[]),
        ..Parts::default()
    }
    .read();
    assert_eq!(certificate.problems, [Problem::EmptySubject]);
    assert!(certificate.subject.unwrap().is_empty());
    let named_elsewhere = extension("2.5.29.17", true, &sequence(&[&element(0x82, b"example.org")]));
    let parts = Parts {
        subject: sequence(&[]),
        extensions: vec![named_elsewhere],
        ..Parts::default()
    };
    assert_eq!(parts.problems(), []);
}

#[test]
fn inner_and_outer_algorithm_are_compared() {
    let parts = Parts {
        inner: algorithm("1.2.840.113549.1.1.5"),
        ..Parts::default()
    };
    let certificate = parts.read();
    assert_eq!(codes(&certificate.problems), ["algorithm-mismatch"]);
    assert_eq!(certificate.hash(), Hash::Sha256);
}

#[test]
fn odd_times_are_shown() {
    let parts = Parts {
        not_before: element(UTC_TIME, b"500101000000Z"),
        not_after: element(GENERALIZED_TIME, b"20491231235959.5+0300"),
        ..Parts::default()
    };
    let certificate = parts.read();
    let odd = |field, oddity| Problem::OddTime { field, oddity };
    let expected = [
        odd(Field::NotBefore, TimeOddity::Before1970),
        odd(Field::NotAfter, TimeOddity::Fraction),
        odd(Field::NotAfter, TimeOddity::Zone),
    ];
    assert_eq!(certificate.problems, expected);
    assert_eq!(certificate.not_after, Some(datetime!(2049-12-31 20:59:59 UTC)));
    let reversed = Parts {
        not_before: element(UTC_TIME, b"450101000000Z"),
        ..Parts::default()
    };
    assert_eq!(reversed.problems(), [Problem::ValidityReversed]);
}

#[test]
fn hostile_and_long_texts_are_tamed_and_told() {
    let subject = name(UTF8_STRING, "Ali\u{202E}\u{0000}".as_bytes());
    let certificate = Parts {
        subject,
        ..Parts::default()
    }
    .read();
    assert_eq!(
        certificate.problems,
        [Problem::HostileText {
            field: Field::Subject
        }]
    );
    assert_eq!(certificate.subject.unwrap().common_name(), Some("Ali"));
    let long = Parts {
        issuer: name(UTF8_STRING, &[b'x'; 10_000]),
        ..Parts::default()
    }
    .read();
    assert_eq!(long.problems, [Problem::LongText { field: Field::Issuer }]);
}

#[test]
fn versions() {
    let first = Parts {
        version: vec![],
        ..Parts::default()
    }
    .read();
    assert_eq!((first.version, first.problems), (Some(1), vec![]));
    let fifth = Parts {
        version: element(explicit(0), &[0x02, 0x01, 0x04]),
        ..Parts::default()
    }
    .read();
    assert_eq!(
        (fifth.version, fifth.problems),
        (None, vec![Problem::Version { version: 5 }])
    );
}

#[test]
fn indefinite_lengths_are_read_and_told() {
    let der = fixture_der("qualified");
    let contents = &der[4..];
    let ber = [&[0x30, 0x80][..], contents, &[0, 0]].concat();
    let certificate = Certificate::read(&ber).unwrap();
    assert_eq!(certificate.problems, [Problem::NotDer { fault: Fault::Length }]);
    assert!(certificate.qualified().is_qualified());
    assert_eq!(certificate.der(), ber);
}

#[test]
fn debug_shows_no_identity_number() {
    let certificate = fixture("qualified");
    assert_eq!(certificate.identity_number().unwrap().reveal(), "10000000146");
    assert!(!format!("{certificate:?}").contains("10000000146"));
}

#[test]
fn a_megabyte_of_garbage_is_judged_quickly() {
    let deep = [0x30, 0x80].repeat(500_000);
    let many = sequence(&[&Parts::default().der()[4..40].repeat(20_000)]);
    let bmp = Parts {
        subject: name(0x1E, &vec![0x01; 1_000_000]),
        ..Parts::default()
    }
    .der();
    let extensions = Parts {
        extensions: vec![extension("1.2.3", false, b"x"); 60_000],
        ..Parts::default()
    }
    .der();
    for garbage in [deep, many, bmp, extensions] {
        let start = Instant::now();
        let _ = Certificate::read(&garbage)
            .map(|certificate| certificate.verdict(datetime!(2024-01-01 0:00 UTC)));
        assert!(start.elapsed() < Duration::from_secs(1));
    }
}

/// The other reader must agree on every certificate in order.
#[test]
fn a_second_reader_agrees() {
    let mut ders: Vec<Vec<u8>> = fixture_names().iter().map(|name| fixture_der(name)).collect();
    let anchors = crate::chain::TrustAnchors::bundled();
    ders.extend(anchors.iter().map(|anchor| anchor.certificate.der().to_vec()));
    for der in ders {
        let ours = Certificate::read(&der).unwrap();
        let (_, theirs) = x509_parser::parse_x509_certificate(&der).unwrap();
        assert_eq!(ours.serial.as_ref().unwrap().as_bytes(), theirs.raw_serial());
        assert_eq!(ours.not_after.unwrap(), theirs.validity().not_after.to_datetime());
        assert_eq!(
            ours.signature_algorithm.as_ref().unwrap().oid.to_string(),
            theirs.signature_algorithm.algorithm.to_id_string()
        );
        assert_eq!(ours.subject.as_ref().unwrap().der(), theirs.subject().as_raw());
        assert_eq!(ours.public_key.as_ref().unwrap().spki, theirs.public_key().raw);
        assert_eq!(ours.extensions.all.len(), theirs.extensions().len());
        assert_eq!(ours.is_authority(), theirs.is_ca() || ours.version == Some(1));
        assert_eq!(ours.signed_part().unwrap(), theirs.tbs_certificate.as_ref());
        assert_eq!(ours.signature().unwrap(), theirs.signature_value.data.as_ref());
    }
}

fn mutated() -> impl Strategy<Value = Vec<u8>> {
    const FILES: [&str; 5] = [
        "qualified",
        "all-extensions",
        "pss-sha256",
        "names-bmp",
        "ec-p256-sha256",
    ];
    let changes = proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4);
    (
        prop::sample::select(&FILES[..]),
        changes,
        any::<Option<prop::sample::Index>>(),
    )
        .prop_map(|(file, changes, cut)| {
            let mut der = fixture_der(file);
            for (index, byte) in changes {
                let at = index.index(der.len());
                der[at] = byte;
            }
            if let Some(cut) = cut {
                der.truncate(cut.index(der.len()));
            }
            der
        })
}

fn look_at_everything(certificate: &Certificate) {
    let now = datetime!(2024-01-01 0:00 UTC);
    let _ = (
        certificate.verdict(now),
        certificate.qualified(),
        certificate.purpose(),
        certificate.is_test(),
    );
    let _ = (
        certificate.identity_number(),
        certificate.sha256(),
        format!("{certificate:?}"),
    );
    let _ = certificate
        .subject
        .as_ref()
        .map(|name| (name.to_string(), name.reveal()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_bytes_are_judged_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = Certificate::read(&sequence(&[&sequence(&[&bytes])])).map(|read| look_at_everything(&read));
        let _ = Certificate::read(&bytes).map(|read| look_at_everything(&read));
    }

    #[test]
    fn mutated_certificates_are_judged_without_panic(der in mutated()) {
        if let Ok(certificate) = Certificate::read(&der) {
            look_at_everything(&certificate);
        }
    }

    /// What the strict reader refuses has a problem here.
    #[test]
    fn a_refusal_elsewhere_is_a_problem_here(der in mutated()) {
        if let (Ok(ours), Err(refusal)) = (Certificate::read(&der), x509_parser::parse_x509_certificate(&der)) {
            prop_assert!(!ours.problems.is_empty(), "refused elsewhere: {refusal}");
        }
    }
}
