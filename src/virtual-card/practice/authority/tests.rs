//! The authority's own certificates are made here and kept in `assets/practice`: the same keys and dates give the
//! same bytes. After a change run the tests once with `KARTAL_UPDATE_FIXTURES` set.

use std::{fs, path::PathBuf};

use time::macros::datetime;

use super::*;

#[test]
fn the_kept_certificates_are_what_we_make() {
    kept("root.crt", Authority::Root, 1, 2010);
    kept("issuer-sha1.crt", Authority::Version1, 2, 2010);
    kept("issuer.crt", Authority::Version2, 3, 2014);
}

fn kept(name: &str, authority: Authority, number: u8, year: i32) {
    let made = made(authority, number, year);
    if std::env::var_os("KARTAL_UPDATE_FIXTURES").is_some() {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/practice");
        fs::write(folder.join(name), made).unwrap();
    } else {
        assert!(
            authority.certificate() == made,
            "{name} is not what the code makes"
        );
    }
}

fn made(authority: Authority, number: u8, year: i32) -> Vec<u8> {
    let root = Authority::Root;
    // The issuer of the SHA-1 era has a certificate of that era.
    let signer = Issuer::new(
        root.issuer().unwrap().name().to_vec(),
        root.key(),
        authority.hash(),
    );
    let not_after = if authority == root {
        datetime!(2049-12-31 23:59:59 UTC)
    } else {
        datetime!(2048-12-31 23:59:59 UTC)
    };
    let subject = authority.issuer().unwrap();
    let order = Order {
        serial: &[0x4B, 0, 0, 0, 0, 0, 0, number],
        subject: subject.name(),
        key: subject.public_key(),
        not_before: datetime!(2010-01-01 00:00 UTC).replace_year(year).unwrap(),
        not_after,
        purpose: Purpose::Authority,
        addresses: None,
    };
    signer.unwrap().issue(&order).unwrap()
}

#[test]
fn a_serial_number_that_is_none_is_refused() {
    let issuer = Authority::Version2.issuer().unwrap();
    for serial in [&[][..], &[0], &[0x80], &[0, 1], &[1; 21]] {
        let order = Order {
            serial,
            subject: issuer.name(),
            key: issuer.public_key(),
            not_before: datetime!(2020-01-01 00:00 UTC),
            not_after: datetime!(2021-01-01 00:00 UTC),
            purpose: Purpose::Login,
            addresses: None,
        };
        assert!(
            matches!(issuer.issue(&order), Err(Error::SerialNumber)),
            "{serial:?}"
        );
    }
}
