use proptest::prelude::*;

use super::*;
use crate::test_support::{fixture, fixture_der, fixture_file};

fn names(found: &[Result<Certificate, ReadError>]) -> Vec<&Certificate> {
    found.iter().map(|each| each.as_ref().unwrap()).collect()
}

#[test]
fn pem_with_text_labels_and_line_ends_of_all_kinds() {
    let found = read_many(&fixture_file("several.pem"));
    assert_eq!(
        names(&found),
        [&fixture("root"), &fixture("qualified"), &fixture("rsa-sha1")]
    );
}

#[test]
fn der_one_after_another() {
    let both = [fixture_der("root"), fixture_der("qualified"), vec![0xFF; 40]].concat();
    assert_eq!(
        names(&read_many(&both)),
        [&fixture("root"), &fixture("qualified")]
    );
}

#[test]
fn a_cut_off_last_certificate_is_still_shown() {
    let mut both = [fixture_der("root"), fixture_der("qualified")].concat();
    both.truncate(both.len() - 10);
    let found = read_many(&both);
    assert_eq!(
        found[1].as_ref().unwrap().problems[0],
        crate::Problem::Truncated { missing: 10 }
    );
}

#[test]
fn pkcs7_in_der_and_pem() {
    let der = fixture_file("bundle.p7b");
    assert_eq!(names(&read_many(&der)), [&fixture("root"), &fixture("qualified")]);
    let pem = format!("-----BEGIN PKCS7-----\n{}\n-----END PKCS7-----\n", base64(&der));
    assert_eq!(
        names(&read_many(pem.as_bytes())),
        [&fixture("root"), &fixture("qualified")]
    );
}

#[test]
fn one_broken_block_does_not_hide_the_next() {
    let good = base64(&fixture_der("root"));
    let file = format!(
        "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n\
         -----BEGIN CERTIFICATE-----\n{good}\n-----END CERTIFICATE-----"
    );
    let found = read_many(file.as_bytes());
    assert_eq!(found, [Err(ReadError::Base64), Ok(fixture("root"))]);
}

#[test]
fn what_is_no_certificate_is_one_error() {
    assert_eq!(read_many(b""), [Err(ReadError::Empty)]);
    assert_eq!(read_many(b"merhaba"), [Err(ReadError::NotACertificate)]);
    assert_eq!(
        read_many(&vec![0x30; 1_000_000]),
        [Err(ReadError::NotACertificate)]
    );
    assert!(matches!(
        read_many(&vec![0x30; 17_000_000])[..],
        [Err(ReadError::TooLarge { .. })]
    ));
}

#[test]
fn the_number_of_certificates_is_bounded() {
    let many = fixture_der("ec-p256-sha256").repeat(MAX_CERTIFICATES + 5);
    let found = read_many(&many);
    assert_eq!(found.len(), MAX_CERTIFICATES + 1);
    assert_eq!(
        found.last(),
        Some(&Err(ReadError::TooMany {
            limit: MAX_CERTIFICATES
        }))
    );
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for index in 0..4 {
            let digit = usize::try_from(bits >> (18 - 6 * index) & 63).unwrap();
            text.push(if index > chunk.len() {
                '='
            } else {
                char::from(DIGITS[digit])
            });
        }
    }
    text
}

proptest! {
    #[test]
    fn any_file_is_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(!read_many(&bytes).is_empty());
    }

    #[test]
    fn any_text_in_a_block_is_read_without_panic(text in "[A-Za-z0-9+/=: \r\n-]{0,200}") {
        let file = format!("-----BEGIN CERTIFICATE-----{text}");
        prop_assert!(!read_many(file.as_bytes()).is_empty());
    }

    #[test]
    fn base64_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let file = format!("-----BEGIN CMS-----{}-----END CMS-----", base64(&bytes));
        let decoded = pem::blocks(file.as_bytes()).next().unwrap().decode();
        prop_assert_eq!(decoded, Some(bytes));
    }
}
