//! Certificates that a hostile service might send: each is refused by its own name before a byte is written.

use virtual_card::practice::x509::{authority_name, holder_name};

use super::*;

/// Prepares with this certificate in the place of the right one.
fn refused(bench: Bench, der: Vec<u8>) -> Refusal {
    let desk = Desk::holding(bench, der, Box::new(|_| None));
    let refused = match desk.prepare() {
        Err(NotPrepared::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    desk.assert_untouched();
    assert_eq!(desk.bench.tries(), (3, 3));
    // Where it is the certificate's fault, the service hears why.
    desk.bench
        .runtime
        .block_on(tell_refused(&desk.client, &refused))
        .unwrap();
    let heard = desk.heard.lock().unwrap().join("\n");
    let local = matches!(
        refused.refusal,
        Refusal::Expired | Refusal::NotYetValid | Refusal::Untrusted { .. }
    );
    assert_eq!(heard.contains("rejected"), !local, "{heard}");
    refused.refusal
}

fn bench() -> Bench {
    Bench::new(Practice::Sha1)
}

/// An order bent in one way.
fn bent(bend: &dyn Fn(Order<'_>) -> Order<'_>) -> Refusal {
    let bench = bench();
    let der = replacement(&bench, bend);
    refused(bench, der)
}

#[test]
fn another_key() {
    let foreign = practice::holder(Practice::Sha256).unwrap().key();
    let key = PublicKey::of_rsa(foreign).unwrap();
    let bench = bench();
    let subject = bench.report.certificates[0].certificate.subject.clone().unwrap();
    let policy = practice::policy("http://kartal.invalid");
    let der = Authority::Version2
        .issuer()
        .unwrap()
        .issue(&Order {
            serial: &[0x4C, 1],
            subject: subject.der(),
            key: &key,
            not_before: NOW,
            not_after: bench.report.certificates[0].certificate.not_after.unwrap(),
            purpose: Purpose::Qualified(&policy),
            addresses: None,
        })
        .unwrap();
    assert_eq!(refused(bench, der), Refusal::KeyMismatch);
}

#[test]
fn another_subject() {
    let bench = bench();
    let subject = holder_name("Başka Biri", "10000000214");
    let old = bench.report.certificates[0].certificate.clone();
    let key = PublicKey::from_info(&old.public_key.as_ref().unwrap().spki).unwrap();
    let policy = practice::policy("http://kartal.invalid");
    let order = Order {
        serial: &[0x4C, 1],
        subject: &subject,
        key: &key,
        not_before: NOW,
        not_after: old.not_after.unwrap(),
        purpose: Purpose::Qualified(&policy),
        addresses: None,
    };
    let der = Authority::Version2.issuer().unwrap().issue(&order).unwrap();
    assert_eq!(refused(bench, der), Refusal::SubjectMismatch);
}

#[test]
fn another_end() {
    let refusal = bent(&|order| Order {
        not_after: order.not_after + time::Duration::days(365),
        ..order
    });
    assert_eq!(refusal, Refusal::NotAfterMismatch);
}

#[test]
fn sha_1_again() {
    let bench = bench();
    let issuer = Authority::Version1.issuer().unwrap();
    let der = issued(&bench, &issuer, &|order| order);
    let hash = certificate::Hash::Sha1;
    assert_eq!(refused(bench, der), Refusal::WeakHash { hash });
}

#[test]
fn expired() {
    let refusal = bent(&|order| Order {
        not_before: NOW - time::Duration::days(30),
        not_after: NOW - time::Duration::days(1),
        ..order
    });
    assert_eq!(refusal, Refusal::Expired);
}

#[test]
fn not_yet_valid() {
    let refusal = bent(&|order| Order {
        not_before: NOW + time::Duration::days(1),
        ..order
    });
    assert_eq!(refusal, Refusal::NotYetValid);
}

/// The right name with another key, and a name that nobody knows.
#[test]
fn a_wrong_issuer() {
    let key = practice::holder(Practice::Sha256).unwrap().key();
    let names = [
        Authority::Version2.issuer().unwrap().name().to_vec(),
        authority_name("Kartal", "Bambaşka Bir Makam"),
    ];
    for name in names {
        let bench = bench();
        let issuer = Issuer::new(name, key, Hash::Sha256).unwrap();
        let der = issued(&bench, &issuer, &|order| order);
        let refusal = refused(bench, der);
        assert!(matches!(refusal, Refusal::Untrusted { .. }), "{refusal:?}");
    }
}

#[test]
fn a_bent_signature() {
    let bench = bench();
    let mut der = replacement(&bench, &|order| order);
    *der.last_mut().unwrap() ^= 1;
    let refusal = refused(bench, der);
    assert!(matches!(refusal, Refusal::Untrusted { .. }), "{refusal:?}");
}

#[test]
fn weaker_key_usage() {
    let refusal = bent(&|order| Order {
        purpose: Purpose::Login,
        ..order
    });
    assert_eq!(refusal, Refusal::UsageWeaker);
}

#[test]
fn an_authoritys_certificate() {
    let refusal = bent(&|order| Order {
        purpose: Purpose::Authority,
        ..order
    });
    assert_eq!(refusal, Refusal::Authority);
}

/// Each of the statements that make a certificate a qualified one, made unknown in turn.
#[test]
fn without_qualified_statements() {
    // The contents of 2.16.792.1.61.0.1.5070.1.1 and of 0.4.0.1862.1.1.
    let turkish: &[u8] = &[0x60, 0x86, 0x18, 0x01, 0x3D, 0x00, 0x01, 0xA7, 0x4E, 0x01, 0x01];
    let compliance: &[u8] = &[0x04, 0x00, 0x8E, 0x46, 0x01, 0x01];
    for statement in [turkish, compliance] {
        let bench = bench();
        let mut der = replacement(&bench, &|order| order);
        let place = der
            .windows(statement.len())
            .position(|window| window == statement)
            .unwrap();
        der[place + statement.len() - 1] = 0x63;
        let refusal = refused(bench, der);
        assert!(matches!(refusal, Refusal::NotQualified { .. }), "{refusal:?}");
    }
}

#[test]
fn the_same_again() {
    let bench = bench();
    let der = bench.report.certificates[0].certificate.der().to_vec();
    assert!(matches!(refused(bench, der), Refusal::WeakHash { .. }));
}

#[test]
fn what_is_no_certificate() {
    let whole = replacement(&bench(), &|order| order);
    let longer = [&whole[..], b"more"].concat();
    for der in [
        vec![],
        b"<html>".to_vec(),
        whole[..whole.len() / 2].to_vec(),
        longer,
    ] {
        assert_eq!(refused(bench(), der), Refusal::Unreadable);
    }
    let long = vec![0x30; 20_000];
    assert_eq!(refused(bench(), long), Refusal::TooLong { bytes: 20_000 });
}

#[test]
fn a_megabyte_of_garbage_is_not_even_fetched() {
    let desk = Desk::holding(bench(), vec![0x5A; 1 << 20], Box::new(|_| None));
    let outcome = desk.prepare();
    assert!(
        matches!(outcome, Err(NotPrepared::Service(service::Error::TooLong { .. }))),
        "{outcome:?}"
    );
    desk.assert_untouched();
}

#[test]
fn a_clock_wrong_by_years_is_told_as_that() {
    let desk = Desk::new();
    let due = desk.found().due.remove(0);
    for (years, refusal) in [(-10, Refusal::NotYetValid), (10, Refusal::Expired)] {
        let now = NOW + time::Duration::days(365 * years);
        let outcome = desk
            .bench
            .runtime
            .block_on(prepare(&desk.client, &due, &anchors(), now));
        assert!(
            matches!(&outcome, Err(NotPrepared::Refused(refused)) if refused.refusal == refusal),
            "{outcome:?}"
        );
    }
    desk.assert_untouched();
}

/// The service lists it for the key that the card's certificate names, and everything fits; but the key on the card is
/// another. A test signature shows it before a byte is written.
#[test]
fn a_card_whose_key_is_another_than_its_certificate_says() {
    // Of the two the longer one's file, for the shorter one.
    let mut card = practice::card(Practice::Sha1, NOW).unwrap();
    let old = practice::certificates(Practice::Sha256, NOW).unwrap().remove(0);
    put_certificate(&mut card, &old);
    let bench = Bench::with(card);
    assert_eq!(bench.report.certificates[0].certificate.der(), old);
    let desk = Desk::with(bench, Box::new(|_| None));
    let plan = desk.prepare().unwrap();
    desk.bench.card.lock().unwrap().forget_writes();
    assert_eq!(desk.run(&plan, PIN), Outcome::KeyDiffers);
    desk.assert_untouched();
}

/// Puts a certificate in the first one's file, and zeros after it, as the card's holder may.
fn put_certificate(card: &mut virtual_card::VirtualCard, der: &[u8]) {
    card.transmit(b"\x00\x20\x00\x01\x08123456\xFF\xFF");
    card.transmit(&[0, 0xA4, 8, 0x0C, 4, 0x50, 0x15, 0x43, 0x01]);
    for (index, block) in der.chunks(200).enumerate() {
        let [high, low] = u16::try_from(index * 200).unwrap().to_be_bytes();
        let length = u8::try_from(block.len()).unwrap();
        card.transmit(&[&[0, 0xD6, high, low, length], block].concat());
    }
    card.reset();
}
