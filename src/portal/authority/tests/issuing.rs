//! Certificates, replacements, bundles, cards.

use time::Duration;
use virtual_card::{Response, practice::x509::holder_name};

use super::*;

#[test]
fn what_is_no_certificate_of_ours_gets_no_replacement() {
    let authority = authority();
    let foreign = include_bytes!("../../../../tests/fixtures/certificates/qualified-sha1.der");
    for bytes in [&b""[..], b"0", &foreign[..]] {
        assert!(matches!(
            authority.replacement(bytes, NOON),
            Err(AuthorityError::NotOurs)
        ));
    }
    let mut changed = certificate_of(Practice::Sha1, NOON);
    let last = changed.len() - 1;
    changed[last] ^= 1;
    assert!(matches!(
        authority.replacement(&changed, NOON),
        Err(AuthorityError::NotOurs)
    ));
    let issuer = practice::sha1_issuer_der();
    assert!(matches!(
        authority.replacement(issuer, NOON),
        Err(AuthorityError::NotOurs)
    ));
}

#[test]
fn what_needs_none_gets_no_replacement() {
    let good = certificate_of(Practice::Sha256, NOON);
    assert!(matches!(
        authority().replacement(&good, NOON),
        Err(AuthorityError::NotDue)
    ));
    let weak = certificate_of(Practice::Sha1, NOON);
    let after = read(&weak).not_after.unwrap();
    assert!(matches!(
        authority().replacement(&weak, after),
        Err(AuthorityError::Expired)
    ));
}

#[test]
fn a_replacement_differs_only_in_what_it_must() {
    let original = certificate_of(Practice::Sha1, NOON);
    let replacement = authority().replacement(&original, NOON).unwrap();
    let (old, new) = (read(&original), read(&replacement));
    assert_eq!(
        new.subject.as_ref().unwrap().der(),
        old.subject.as_ref().unwrap().der()
    );
    assert_eq!(
        new.public_key.as_ref().unwrap().spki,
        old.public_key.as_ref().unwrap().spki
    );
    assert_eq!(new.not_after, old.not_after);
    assert_ne!(new.serial, old.serial);
    assert_eq!(new.hash(), certificate::Hash::Sha256);
    let lead = NOON - new.not_before.unwrap();
    assert!((Duration::ZERO..=Duration::minutes(10)).contains(&lead), "{lead}");
    assert!(new.qualified().is_qualified(), "{:?}", new.qualified());
    assert!(new.problems.is_empty(), "{:?}", new.problems);
    let again = authority().replacement(&original, NOON).unwrap();
    assert_ne!(read(&again).serial, new.serial);
}

#[test]
fn openssl_takes_a_replacement_and_finds_its_addresses() {
    let bench = Bench::new();
    let original = certificate_of(Practice::Sha1, now());
    let replacement = authority().replacement(&original, now()).unwrap();
    bench.put_pem("new.pem", "CERTIFICATE", &replacement);
    bench.accepts("verify -x509_strict -CAfile root.pem -untrusted 2.pem new.pem");
    bench.refuses("verify -CAfile root.pem -untrusted 1.pem new.pem");
    let text = bench.accepts("x509 -in new.pem -noout -text -nameopt utf8");
    for wanted in [
        format!("URI:{SITE}/2.crl"),
        format!("CA Issuers - URI:{SITE}/2.crt"),
        format!("OCSP - URI:{SITE}/ocsp"),
        "Policy: 2.16.792.1.2.1.1.5.7.1.4.1".to_owned(),
        "Digital Signature, Non Repudiation".to_owned(),
        "sha256WithRSAEncryption".to_owned(),
    ] {
        assert!(text.contains(&wanted), "{wanted} is not in\n{text}");
    }
}

#[test]
fn a_key_too_small_or_of_another_kind_is_refused() {
    let bench = Bench::new();
    bench.accepts("genrsa -out small.pem 1024");
    bench.accepts("rsa -in small.pem -pubout -outform DER -out small.der");
    bench.accepts("genpkey -algorithm ed25519 -out ed.pem");
    bench.accepts("pkey -in ed.pem -pubout -outform DER -out ed.der");
    let subject = holder_name("Ayşe Işıl", "10000000146");
    for key in [
        bench.get("small.der"),
        bench.get("ed.der"),
        Vec::new(),
        vec![0x30, 0],
    ] {
        let wanted = Request {
            subject: &subject,
            key: &key,
            not_before: NOON,
            not_after: NOON + Duration::days(1),
        };
        assert!(authority().issue(&wanted).is_err(), "{} bytes", key.len());
    }
    bench.accepts("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out ec.pem");
    bench.accepts("pkey -in ec.pem -pubout -outform DER -out ec.der");
    let wanted = Request {
        subject: &subject,
        key: &bench.get("ec.der"),
        not_before: NOON,
        not_after: NOON + Duration::days(1),
    };
    assert!(
        read(&authority().issue(&wanted).unwrap())
            .qualified()
            .is_qualified()
    );
}

#[test]
fn chains_lead_to_the_root_and_come_in_one_file() {
    let authority = authority();
    let original = certificate_of(Practice::Sha1, NOON);
    let chain = authority.chain(&read(&original));
    assert_eq!(chain, [practice::sha1_issuer_der(), practice::root_der()]);
    assert_eq!(authority.issuer_of(&read(practice::root_der())), None);
    let bench = Bench::new();
    let twice = chain.iter().chain(&chain).map(Vec::as_slice);
    bench.put("chain.p7b", certs_only(twice).unwrap());
    let said = bench.accepts("pkcs7 -inform DER -in chain.p7b -print_certs -noout");
    assert_eq!(said.matches("subject=").count(), 2, "{said}");
    assert!(certs_only([&b"no certificate"[..]]).is_err());
    assert_eq!(
        certificate::read_many(&bench.get("chain.p7b"))
            .into_iter()
            .flatten()
            .count(),
        2
    );
}

#[test]
fn a_site_that_cannot_stand_in_a_certificate_is_refused() {
    for site in ["", "http://x/", "http://ş", "http://a b", &"h".repeat(201)] {
        assert!(
            matches!(Authority::practice(site), Err(AuthorityError::Site(_))),
            "{site}"
        );
    }
}

#[test]
fn a_new_card_signs_for_its_holder() {
    let holder = Holder {
        name: "İlğıç Şükrüoğlu",
        number: "U12345678",
    };
    let made = authority()
        .personalise_with(
            holder,
            practice::foreign_holder().key(),
            NOON,
            NOON + Duration::days(1095),
        )
        .unwrap();
    let certificate = read(&made.certificate);
    let subject = certificate.subject.as_ref().unwrap();
    assert_eq!(subject.common_name(), Some("İlğıç Şükrüoğlu"));
    assert_eq!(subject.serial_number(), Some("U12345678"));
    assert_eq!(made.card.serial(), made.serial);
    assert_eq!((made.pin.len(), made.puk.len()), (6, 8));
    let mut card = made.card;
    let mut verify = vec![0x00, 0x20, 0x00, 0x01, 8];
    verify.extend(made.pin.bytes().chain([0xFF, 0xFF]));
    assert_eq!(card.transmit(&verify), Response::Answer(vec![0x90, 0x00]));
}

#[test]
fn holders_that_cannot_stand_in_a_certificate_are_refused() {
    for (name, number) in [
        ("", "1"),
        (" Ayşe", "1"),
        ("Ayşe\u{202E}", "1"),
        (&"ş".repeat(65), "1"),
        ("Ayşe", ""),
        ("Ayşe", "1 2"),
        ("Ayşe", "ş"),
    ] {
        let made = authority().personalise_with(
            Holder { name, number },
            practice::foreign_holder().key(),
            NOON,
            NOON,
        );
        assert!(
            matches!(made, Err(AuthorityError::Text(_))),
            "{name:?} {number:?}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_do_harm_to_replacement_or_issuing(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
        let _ = authority().replacement(&bytes, NOON);
        let wanted = Request { subject: &bytes, key: &bytes, not_before: NOON, not_after: NOON };
        let _ = authority().issue(&wanted);
    }
}
