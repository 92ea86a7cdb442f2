use time::macros::datetime;

use super::*;
use crate::test_support::{Parts, algorithm, fixture};

const NOW: OffsetDateTime = datetime!(2024-01-01 0:00 UTC);

#[test]
fn verdicts() {
    let cases = [
        ("qualified", Verdict::Fine),
        ("qualified-sha1", Verdict::Replace),
        ("qualified-expired", Verdict::Weak),
        ("rsa-md5", Verdict::Replace),
        ("pss-defaults", Verdict::Replace),
        ("pss-sha256", Verdict::Fine),
        ("ed25519", Verdict::Fine),
        ("issuer-sha1", Verdict::Weak),
        ("root-expired", Verdict::Weak),
    ];
    for (file, verdict) in cases {
        assert_eq!(fixture(file).verdict(NOW), verdict, "{file}");
    }
    let unknown = Parts {
        outer: algorithm("1.2.3.4"),
        ..Parts::default()
    }
    .read();
    assert_eq!(unknown.verdict(NOW), Verdict::Unknown);
}

#[test]
fn the_deadline_concerns_sha1_beyond_its_day() {
    let [deadline] = DEADLINES else {
        panic!("one deadline")
    };
    assert!(deadline.concerns(&fixture("qualified-sha1")));
    assert!(
        !deadline.concerns(&fixture("qualified-expired")),
        "it ended on 01.01.2014"
    );
    assert!(!deadline.concerns(&fixture("qualified")));
    assert!(!deadline.concerns(&fixture("issuer-sha1")));
}

#[test]
fn validity_states() {
    let certificate = fixture("qualified-expired");
    let at = |now| certificate.validity_at(now);
    assert_eq!(
        at(datetime!(2010-12-31 0:00 UTC)),
        ValidityState::NotYet { days_until: 1 }
    );
    assert_eq!(
        at(datetime!(2011-01-01 0:00 UTC)),
        ValidityState::Valid { days_left: 1096 }
    );
    assert_eq!(
        at(datetime!(2014-01-01 0:00 UTC)),
        ValidityState::Valid { days_left: 0 }
    );
    assert_eq!(
        at(datetime!(2014-01-03 0:00 UTC)),
        ValidityState::Expired { days_ago: 2 }
    );
    let unreadable = Parts {
        not_after: vec![0x02, 0x01, 0x00],
        ..Parts::default()
    }
    .read();
    assert_eq!(unreadable.validity_at(NOW), ValidityState::Unknown);
}
