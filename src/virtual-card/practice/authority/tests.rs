//! The authority's own certificates are made here and kept in `assets/practice`: the same keys and dates give the
//! same bytes. After a change run the tests once with `KARTAL_UPDATE_FIXTURES` set.

use std::{fs, path::PathBuf};

use time::macros::datetime;

use super::*;
use crate::practice::x509::{authority_name, rsa_key};

const ROOT_KEY: &[u8] = include_bytes!("../../../../assets/practice/root.key.der");
const ROOT_NAME: &str = "Kartal Alıştırma Kök Sertifikası";
const KEY_CERT_SIGN: u8 = 5;
const CRL_SIGN: u8 = 6;

#[test]
fn the_kept_certificates_are_what_we_make() {
    kept("root.crt", ROOT, &root());
    kept("issuer.crt", ISSUER, &issuer(Issuer::Version2));
    kept("issuer-sha1.crt", ISSUER_SHA1, &issuer(Issuer::Version1));
}

fn kept(name: &str, kept: &[u8], made: &[u8]) {
    if std::env::var_os("KARTAL_UPDATE_FIXTURES").is_some() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/practice");
        fs::write(folder.join(name), made).unwrap();
    } else {
        assert!(kept == made, "{name} is not what the code makes");
    }
}

fn root() -> Vec<u8> {
    let key = rsa_key(ROOT_KEY).unwrap();
    let public = PublicKey::rsa(&key).unwrap();
    let name = authority_name(ROOT_NAME);
    let certificate = Certificate {
        serial: [0x4B, 0, 0, 0, 0, 0, 0, 1],
        hash: Hash::Sha256,
        issuer: name.clone(),
        not_before: datetime!(2010-01-01 00:00 UTC),
        not_after: datetime!(2049-12-31 23:59:59 UTC),
        subject: name,
        extensions: vec![
            subject_key_identifier(&public),
            authority(),
            key_usage(&[KEY_CERT_SIGN, CRL_SIGN]),
        ],
        key: public,
    };
    certificate.sign(&key).unwrap()
}

fn issuer(issuer: Issuer) -> Vec<u8> {
    let root_key = rsa_key(ROOT_KEY).unwrap();
    let public = PublicKey::rsa(&rsa_key(issuer.key()).unwrap()).unwrap();
    let (number, year) = if issuer == Issuer::Version1 {
        (2, 2010)
    } else {
        (3, 2014)
    };
    let certificate = Certificate {
        serial: [0x4B, 0, 0, 0, 0, 0, 0, number],
        hash: issuer.hash(),
        issuer: authority_name(ROOT_NAME),
        not_before: datetime!(2010-01-01 00:00 UTC).replace_year(year).unwrap(),
        not_after: datetime!(2048-12-31 23:59:59 UTC),
        subject: authority_name(issuer.common_name()),
        extensions: vec![
            authority_key_identifier(&PublicKey::rsa(&root_key).unwrap()),
            subject_key_identifier(&public),
            authority(),
            key_usage(&[KEY_CERT_SIGN, CRL_SIGN]),
        ],
        key: public,
    };
    certificate.sign(&root_key).unwrap()
}

/// Basic constraints: an authority.
fn authority() -> Vec<u8> {
    extension("2.5.29.19", true, &tlv::sequence(&[tlv::object(0x01, &[0xFF])]))
}
