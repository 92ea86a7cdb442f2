use time::macros::datetime;

use super::*;
use crate::test_support::{Authority, Key, NOW, TEXT, signed};
use crate::{Verdict, verify};

fn request(certificate: &Certificate, algorithm: Algorithm) -> Request<'_> {
    Request {
        certificate,
        chain: &[],
        content: Content::Bytes(TEXT),
        packaging: Packaging::Attached,
        algorithm,
        signing_time: NOW,
    }
}

#[test]
fn every_way_to_sign_makes_a_valid_signature() {
    let authority = Authority::new();
    let ways = [
        (Key::rsa(), Algorithm::RsaPkcs1(Hash::Sha256)),
        (Key::rsa(), Algorithm::RsaPkcs1(Hash::Sha384)),
        (Key::rsa(), Algorithm::RsaPkcs1(Hash::Sha512)),
        (Key::rsa(), Algorithm::RsaPss(Hash::Sha256)),
        (Key::p256(7), Algorithm::Ecdsa(Hash::Sha256)),
        (Key::p384(7), Algorithm::Ecdsa(Hash::Sha384)),
        (Key::p384(7), Algorithm::Ecdsa(Hash::Sha256)),
    ];
    for (key, algorithm) in ways {
        let certificate = authority.leaf().with_key(key.clone()).issue();
        for packaging in [Packaging::Attached, Packaging::Detached] {
            let chain = [authority.root.clone()];
            let prepared = Prepared::new(&Request {
                packaging,
                chain: &chain,
                ..request(&certificate, algorithm)
            })
            .unwrap();
            let signature = prepared.assemble(&key.answer(&prepared)).unwrap();
            assert!(tlv::check_der(&signature).is_ok());
            let report = verify(&signature, Some(Content::Bytes(TEXT)), &authority.trust()).unwrap();
            assert_eq!(report.verdict(), Verdict::Valid, "{algorithm:?}: {report:?}");
            assert_eq!(report.packaging, packaging);
            assert_eq!(report.signers[0].signing_time, Some(NOW));
            assert_eq!(report.signers[0].certificate.as_ref(), Some(&certificate));
            assert!(report.certificates.contains(&authority.root));
        }
    }
}

#[test]
fn exactly_the_attributes_of_the_profile_are_signed() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let prepared = Prepared::new(&request(&certificate, Algorithm::Ecdsa(Hash::Sha256))).unwrap();
    let set = tlv::Reader::new(prepared.to_be_signed()).next().unwrap();
    assert_eq!(set.tag, tlv::SET);
    let kinds: Vec<_> = crate::read::attributes(&set)
        .unwrap()
        .into_iter()
        .map(|each| each.oid)
        .collect();
    assert_eq!(kinds.len(), 4);
    for kind in [
        oid::CONTENT_TYPE,
        oid::MESSAGE_DIGEST,
        oid::SIGNING_TIME,
        oid::SIGNING_CERTIFICATE_V2,
    ] {
        assert!(kinds.iter().any(|each| each.is(kind)));
    }
    assert_eq!(
        prepared.digest(),
        Hash::Sha256.of(prepared.to_be_signed()).unwrap()
    );
}

#[test]
fn a_certificate_goes_in_as_it_came() {
    // A BOOLEAN of 01 is no DER; a strict writer would change it, and with it the hash.
    let authority = Authority::new();
    let mut leaf = authority.leaf();
    leaf.extensions.push(der::sequence(&[
        &crate::test_support::known("1.2.3.4.5"),
        &[0x01, 0x01, 0x01],
        &der::octets(&[5, 0]),
    ]));
    let certificate = leaf.issue();
    assert!(tlv::check_der(certificate.der()).is_err());
    let prepared = Prepared::new(&request(&certificate, Algorithm::Ecdsa(Hash::Sha256))).unwrap();
    let whole = prepared.assemble(&Key::p256(0x22).answer(&prepared)).unwrap();
    let report = verify(&whole, None, &authority.trust()).unwrap();
    assert_eq!(
        report.signers[0].signature,
        certificate::chain::SignatureCheck::Verified
    );
    assert_eq!(report.findings, [crate::Finding::NotDer]);
    assert!(
        whole
            .windows(certificate.der().len())
            .any(|window| window == certificate.der())
    );
}

#[test]
fn a_wrong_answer_of_the_card_is_an_error_here() {
    let authority = Authority::new();
    for key in [Key::rsa(), Key::p256(9), Key::p384(9)] {
        let certificate = authority.leaf().with_key(key.clone()).issue();
        let algorithm = Algorithm::for_key(certificate.public_key.as_ref().unwrap()).unwrap();
        let prepared = Prepared::new(&request(&certificate, algorithm)).unwrap();
        let right = key.answer(&prepared);
        let mut flipped = right.clone();
        flipped[20] ^= 1;
        let bare = key.raw(prepared.digest());
        let wrong: [&[u8]; 5] = [&[], &[0], &flipped, &right[..right.len() - 1], &[0xFF; 5_000]];
        for answer in wrong {
            assert_eq!(prepared.assemble(answer).unwrap_err(), Error::WrongSignature);
        }
        if matches!(key, Key::Rsa(_)) {
            assert_eq!(prepared.assemble(&bare).unwrap_err(), Error::WrongSignature);
        }
        assert!(prepared.assemble(&right).is_ok());
    }
}

#[test]
fn ecdsa_answers_are_taken_in_both_forms() {
    let authority = Authority::new();
    let certificate = authority.leaf().with_key(Key::p256(3)).issue();
    let prepared = Prepared::new(&request(&certificate, Algorithm::Ecdsa(Hash::Sha256))).unwrap();
    let raw = Key::p256(3).answer(&prepared);
    let sequence = crate::test_support::sequence_of_r_and_s(&raw);
    assert_eq!(
        prepared.assemble(&raw).unwrap(),
        prepared.assemble(&sequence).unwrap()
    );
}

#[test]
fn nothing_is_signed_with_weak_hashes_or_unsuitable_keys() {
    let authority = Authority::new();
    let rsa = authority.leaf().with_key(Key::rsa()).issue();
    let ec = authority.leaf().issue();
    for (certificate, algorithm) in [
        (&rsa, Algorithm::RsaPkcs1(Hash::Sha1)),
        (&rsa, Algorithm::RsaPss(Hash::Md5)),
        (&ec, Algorithm::Ecdsa(Hash::Sha1)),
        (&ec, Algorithm::Ecdsa(Hash::Sha3_256)),
    ] {
        let hash = algorithm.hash();
        assert_eq!(
            Prepared::new(&request(certificate, algorithm)).unwrap_err(),
            Error::HashUnsuitable { hash }
        );
    }
    for (certificate, algorithm) in [
        (&rsa, Algorithm::Ecdsa(Hash::Sha256)),
        (&ec, Algorithm::RsaPkcs1(Hash::Sha256)),
    ] {
        assert!(matches!(
            Prepared::new(&request(certificate, algorithm)),
            Err(Error::KeyUnsuitable { .. })
        ));
    }
}

#[test]
fn large_content_is_signed_by_its_hash_and_only_beside_it() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let digests = [(Hash::Sha256, Hash::Sha256.of(TEXT).unwrap())];
    let by_hash = Request {
        content: Content::Digests(&digests),
        ..request(&certificate, Algorithm::Ecdsa(Hash::Sha256))
    };
    assert_eq!(Prepared::new(&by_hash).unwrap_err(), Error::ContentNeeded);
    let detached = Request {
        packaging: Packaging::Detached,
        ..by_hash
    };
    let prepared = Prepared::new(&detached).unwrap();
    let signature = prepared.assemble(&Key::p256(0x22).answer(&prepared)).unwrap();
    let report = verify(&signature, Some(Content::Bytes(TEXT)), &authority.trust()).unwrap();
    assert_eq!(report.verdict(), Verdict::Valid);
    let other_hash = Request {
        algorithm: Algorithm::Ecdsa(Hash::Sha384),
        ..detached
    };
    assert_eq!(Prepared::new(&other_hash).unwrap_err(), Error::ContentNeeded);
}

#[test]
fn times_are_written_as_the_standard_wants_them() {
    assert_eq!(
        signing_time(datetime!(2049-12-31 23:59:59 UTC)).unwrap(),
        der::element(UTC_TIME, &[b"491231235959Z"])
    );
    assert_eq!(
        signing_time(datetime!(2050-01-01 2:00 +3)).unwrap(),
        der::element(UTC_TIME, &[b"491231230000Z"])
    );
    assert_eq!(
        signing_time(datetime!(2050-01-01 0:00 UTC)).unwrap(),
        der::element(GENERALIZED_TIME, &[b"20500101000000Z"])
    );
    assert_eq!(
        signing_time(datetime!(1949-01-01 0:00 UTC)),
        Err(Error::SigningTime)
    );
}

#[test]
fn empty_content_can_be_signed() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let prepared = Prepared::new(&Request {
        content: Content::Bytes(b""),
        ..request(&certificate, Algorithm::Ecdsa(Hash::Sha256))
    })
    .unwrap();
    let signature = prepared.assemble(&Key::p256(0x22).answer(&prepared)).unwrap();
    let report = verify(&signature, None, &authority.trust()).unwrap();
    assert_eq!(report.verdict(), Verdict::Valid);
    assert_eq!(report.content.as_deref(), Some(&b""[..]));
    assert_ne!(
        signature,
        signed(&Key::p256(0x22), &certificate, Packaging::Attached)
    );
}

/// Whatever would make the card's answer worthless is found before the card is asked.
#[test]
fn what_cannot_become_a_signature_is_refused_before_the_pin() {
    let authority = Authority::new();
    let short = authority.leaf().with_key(Key::short_rsa()).issue();
    for algorithm in [Algorithm::RsaPkcs1(Hash::Sha256), Algorithm::RsaPss(Hash::Sha256)] {
        let outcome = Prepared::new(&request(&short, algorithm)).map(drop);
        assert_eq!(outcome, Err(Error::KeyTooShort { bits: 1_024 }));
    }
    let key = short.public_key.as_ref().unwrap();
    assert_eq!(Algorithm::for_key(key), Err(Error::KeyTooShort { bits: 1_024 }));

    // A length in two octets where one does: the issuer's name is signed along, and has to be DER there.
    let right = authority.leaf().issue();
    let name = right.issuer.as_ref().unwrap().der();
    let length = u8::try_from(name.len() - 2).unwrap();
    let long = [&[tlv::SEQUENCE, 0x81, length], &name[2..]].concat();
    let mut body = Vec::new();
    let whole = tlv::Reader::new(right.der()).next().unwrap();
    let mut parts = whole.inside();
    let mut fields = parts.next().unwrap().inside();
    while !fields.is_empty() {
        let field = fields.next().unwrap().whole;
        body.extend_from_slice(if field == name { &long } else { field });
    }
    let odd = der::sequence(&[&der::sequence(&[&body]), parts.rest()]);
    let odd = Certificate::read(&odd).unwrap();
    let outcome = Prepared::new(&request(&odd, Algorithm::Ecdsa(Hash::Sha256))).map(drop);
    assert_eq!(outcome, Err(Error::CertificateUnusable));
}
