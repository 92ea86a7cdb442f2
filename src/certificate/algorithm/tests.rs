use super::*;
use crate::test_support::{element, fixture, oid, sequence};
use crate::{HashVerdict, KeyKind};

fn read(bytes: &[u8]) -> (SignatureAlgorithm, Option<Fault>) {
    SignatureAlgorithm::read(&Reader::new(bytes).next().unwrap()).unwrap()
}

#[test]
fn every_algorithm_has_its_hash() {
    let expected = [
        ("rsa-md5", Hash::Md5, HashVerdict::Weak),
        ("rsa-sha1", Hash::Sha1, HashVerdict::Weak),
        ("rsa-sha224", Hash::Sha224, HashVerdict::Weak),
        ("rsa-sha256", Hash::Sha256, HashVerdict::Fine),
        ("rsa-sha384", Hash::Sha384, HashVerdict::Fine),
        ("rsa-sha512", Hash::Sha512, HashVerdict::Fine),
        ("pss-sha256", Hash::Sha256, HashVerdict::Fine),
        ("pss-defaults", Hash::Sha1, HashVerdict::Weak),
        ("ec-p256-sha256", Hash::Sha256, HashVerdict::Fine),
        ("ec-p384-sha384", Hash::Sha384, HashVerdict::Fine),
        ("ec-p521-sha512", Hash::Sha512, HashVerdict::Fine),
        ("ed25519", Hash::Intrinsic, HashVerdict::Fine),
    ];
    for (file, hash, verdict) in expected {
        let certificate = fixture(file);
        assert_eq!(
            (certificate.hash(), certificate.hash_verdict()),
            (hash, verdict),
            "{file}"
        );
        assert_eq!(certificate.problems, [], "{file}");
    }
}

#[test]
fn keys_are_told_by_kind_and_size() {
    let expected = [
        ("rsa-sha256", KeyKind::Rsa, 2048, "RSA"),
        ("ec-p256-sha256", KeyKind::Ec(crate::Curve::P256), 256, "EC P-256"),
        ("ec-p384-sha384", KeyKind::Ec(crate::Curve::P384), 384, "EC P-384"),
        ("ec-p521-sha512", KeyKind::Ec(crate::Curve::P521), 521, "EC P-521"),
        ("ed25519", KeyKind::Ed25519, 256, "Ed25519"),
    ];
    for (file, kind, bits, name) in expected {
        let key = fixture(file).public_key.unwrap();
        assert_eq!(
            (key.kind, key.bits, key.kind_name().as_str()),
            (kind, Some(bits), name),
            "{file}"
        );
    }
}

#[test]
fn pss_names_its_hash() {
    let algorithm = fixture("pss-sha256").signature_algorithm.unwrap();
    assert_eq!(algorithm.name(), "RSA-PSS with SHA-256");
    assert_eq!(
        algorithm.scheme,
        Scheme::RsaPss {
            mask: Hash::Sha256,
            salt: 32
        }
    );
}

#[test]
fn pss_without_parameters_is_sha1() {
    let (algorithm, fault) = read(&sequence(&[&oid("1.2.840.113549.1.1.10")]));
    assert_eq!((algorithm.hash, fault), (Hash::Sha1, None));
}

#[test]
fn pss_with_unreadable_parameters_is_unknown() {
    let (algorithm, fault) = read(&sequence(&[&oid("1.2.840.113549.1.1.10"), &[0x05, 0x00]]));
    assert_eq!((algorithm.hash, fault), (Hash::Unknown, Some(Fault::Type)));
    let broken = sequence(&[&element(tlv::explicit(0), &[0x02, 0x01, 0x00])]);
    let (algorithm, fault) = read(&sequence(&[&oid("1.2.840.113549.1.1.10"), &broken]));
    assert_eq!((algorithm.hash, fault), (Hash::Unknown, Some(Fault::Type)));
}

#[test]
fn an_unknown_algorithm_is_shown_by_number() {
    let (algorithm, _) = read(&sequence(&[&oid("1.2.3.4")]));
    assert_eq!(
        (algorithm.hash, algorithm.name()),
        (Hash::Unknown, "1.2.3.4".to_owned())
    );
}
