use super::*;
use crate::test_support::fixture;
use crate::{Purpose, Verdict};

#[test]
fn all_four_parts_make_it_qualified() {
    for file in [
        "qualified",
        "qualified-sha1",
        "qualified-by-syntax",
        "qualified-test",
        "all-extensions",
    ] {
        let qualified = fixture(file).qualified();
        assert_eq!(
            qualified,
            Qualified {
                kind: QualifiedKind::Signature,
                missing: vec![]
            },
            "{file}"
        );
    }
    assert_eq!(
        fixture("seal").qualified(),
        Qualified {
            kind: QualifiedKind::Seal,
            missing: vec![]
        }
    );
}

#[test]
fn each_missing_part_is_named() {
    let cases = [
        ("missing-non-repudiation", QualifiedPart::NonRepudiation),
        ("missing-qc-compliance", QualifiedPart::QcCompliance),
        ("missing-turkish-statement", QualifiedPart::TurkishStatement),
        ("missing-user-notice", QualifiedPart::UserNotice),
    ];
    for (file, part) in cases {
        assert_eq!(
            fixture(file).qualified(),
            Qualified {
                kind: QualifiedKind::No,
                missing: vec![part]
            },
            "{file}"
        );
    }
    assert_eq!(fixture("authentication").qualified().missing.len(), 4);
}

#[test]
fn tests_are_told_from_the_real_thing() {
    assert!(fixture("qualified-test").is_test());
    assert!(!fixture("qualified").is_test());
    assert!(speaks_of_tests("Bu sertifika Test  Amaçlı üretilmiştir"));
    assert!(!speaks_of_tests("Protesto amaçlı"));
}

#[test]
fn purposes() {
    let cases = [
        ("qualified", Purpose::Signing),
        ("rsa-sha256", Purpose::Signing),
        ("seal", Purpose::Seal),
        ("authentication", Purpose::Authentication),
        ("encryption", Purpose::Encryption),
        ("root", Purpose::Authority),
    ];
    for (file, purpose) in cases {
        assert_eq!(fixture(file).purpose(), purpose, "{file}");
    }
}

#[test]
fn a_certificate_without_a_part_can_still_be_due() {
    let now = time::macros::datetime!(2024-01-01 0:00 UTC);
    assert_eq!(fixture("missing-user-notice").verdict(now), Verdict::Fine);
    assert_eq!(fixture("rsa-sha1").verdict(now), Verdict::Replace);
}
