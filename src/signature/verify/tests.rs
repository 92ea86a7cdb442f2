use certificate::chain::Outcome;
use proptest::prelude::*;
use time::macros::datetime;

use super::*;
use crate::test_support::{
    Authority, Forgery, Key, Leaf, NOW, TEXT, attribute, bound_to, known, sequence_of_r_and_s, signed,
    time_stamp, time_stamp_over, utc,
};
use crate::{Algorithm, Attribute, algorithm, der, oid};

mod flips;
mod hostile;
mod time_stamps;
mod wrong;

/// The findings of the only signer and of the whole.
fn findings(report: &Report) -> Vec<Finding> {
    assert_eq!(report.signers.len(), 1);
    report
        .findings
        .iter()
        .chain(&report.signers[0].findings)
        .cloned()
        .collect()
}

fn judged(signature: &[u8], authority: &Authority) -> Report {
    verify(signature, None, &authority.trust()).unwrap()
}

#[test]
fn a_right_signature_has_no_findings() {
    let authority = Authority::new();
    for key in [Key::rsa(), Key::p256(5), Key::p384(5)] {
        let certificate = authority.leaf().with_key(key.clone()).issue();
        let report = judged(&Forgery::of(&key, &certificate).build(), &authority);
        assert_eq!(findings(&report), []);
        assert_eq!(report.verdict(), Verdict::Valid);
        let signer = &report.signers[0];
        assert_eq!(signer.level, Level::B);
        assert_eq!(signer.signature, SignatureCheck::Verified);
        assert_eq!(signer.chain.as_ref().unwrap().outcome, Outcome::Trusted);
        assert_eq!(signer.judged_at, Some(NOW));
        assert!(signer.qualified.as_ref().unwrap().is_qualified());
        assert_eq!(report.content.as_deref(), Some(TEXT));
    }
}

#[test]
fn every_signer_is_judged_alone() {
    let authority = Authority::new();
    let (one, other) = (Key::p256(5), Key::rsa());
    let first = authority.leaf().with_key(one.clone()).issue();
    let mut second = authority.leaf().with_key(other.clone());
    second.serial = 3;
    let second = second.issue();
    let mut whole = Forgery::of(&one, &first);
    let mut wrong = Forgery::of(&other, &second);
    wrong.replace(
        oid::MESSAGE_DIGEST,
        Some(attribute(oid::MESSAGE_DIGEST, &[&der::octets(&[0; 32])])),
    );
    whole.certificates.push(second.der().to_vec());
    let bytes = whole.build_with(&[whole.signer_info().0, wrong.signer_info().0]);
    let report = judged(&bytes, &authority);
    assert_eq!(report.signers[0].verdict(), Verdict::Valid);
    assert_eq!(report.signers[1].verdict(), Verdict::Invalid);
    assert_eq!(report.signers[1].findings, [Finding::ContentDiffers]);
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[test]
fn the_content_beside_is_asked_for_and_compared() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let key = Key::p256(0x22);
    let detached = signed(&key, &certificate, Packaging::Detached);
    let attached = signed(&key, &certificate, Packaging::Attached);
    let digests = |text: &[u8]| [(Hash::Sha256, Hash::Sha256.of(text).unwrap())];
    let (right, wrong) = (digests(TEXT), digests(b"other"));
    let cases: [(&[u8], Option<Content<'_>>, Option<Finding>); 8] = [
        (&detached, None, Some(Finding::ContentMissing)),
        (&detached, Some(Content::Bytes(TEXT)), None),
        (
            &detached,
            Some(Content::Bytes(b"other")),
            Some(Finding::ContentDiffers),
        ),
        (&detached, Some(Content::Digests(&right)), None),
        (
            &detached,
            Some(Content::Digests(&wrong)),
            Some(Finding::ContentDiffers),
        ),
        (&attached, Some(Content::Bytes(TEXT)), None),
        (
            &attached,
            Some(Content::Bytes(b"other")),
            Some(Finding::ContentNotTheOneInside),
        ),
        (
            &attached,
            Some(Content::Digests(&wrong)),
            Some(Finding::ContentNotTheOneInside),
        ),
    ];
    for (signature, content, expected) in cases {
        let report = verify(signature, content, &authority.trust()).unwrap();
        assert_eq!(findings(&report), Vec::from_iter(expected), "{content:?}");
    }
}

#[test]
fn ber_is_read_as_der_is() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let key = Key::p256(0x22);
    let signature = signed(&key, &certificate, Packaging::Attached);
    for piece in [1, 7, 1_000] {
        let ber = indefinite(&signature, certificate.der(), piece);
        assert_ne!(ber, signature);
        let report = judged(&ber, &authority);
        assert_eq!(findings(&report), [Finding::NotDer], "pieces of {piece}");
        assert_eq!(report.content.as_deref(), Some(TEXT));
        assert_eq!(report.verdict(), Verdict::Valid);
    }
}

/// The same in BER: every constructed element of indefinite length, every octet string in pieces; certificates stay,
/// since they are signed as they are.
fn indefinite(der: &[u8], certificate: &[u8], piece: usize) -> Vec<u8> {
    use certificate::tlv::{CONSTRUCTED, OCTET_STRING, Reader};
    let mut ber = Vec::new();
    let mut elements = Reader::new(der);
    while !elements.is_empty() {
        let element = elements.next().unwrap();
        if element.whole == certificate {
            ber.extend_from_slice(certificate);
        } else if element.tag == OCTET_STRING {
            ber.extend_from_slice(&[OCTET_STRING | CONSTRUCTED, 0x80]);
            for chunk in element.value.chunks(piece) {
                ber.extend_from_slice(&der::octets(chunk));
            }
            ber.extend_from_slice(&[0, 0]);
        } else if element.tag & CONSTRUCTED != 0 {
            ber.extend_from_slice(&[element.tag, 0x80]);
            ber.extend_from_slice(&indefinite(element.value, certificate, piece));
            ber.extend_from_slice(&[0, 0]);
        } else {
            ber.extend_from_slice(element.whole);
        }
    }
    ber
}

#[test]
fn text_forms_are_read() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let signature = signed(&Key::p256(0x22), &certificate, Packaging::Attached);
    let pem = format!(
        "Bir imza:\n-----BEGIN CMS-----\n{}\n-----END CMS-----\n",
        base64(&signature)
    );
    assert_eq!(judged(pem.as_bytes(), &authority).verdict(), Verdict::Valid);
    let other = "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n";
    assert_eq!(
        verify(other.as_bytes(), None, &authority.trust()).unwrap_err(),
        Error::NotCms
    );
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let block = chunk.iter().enumerate().fold(0_u32, |block, (index, byte)| {
            block | u32::from(*byte) << (16 - 8 * index)
        });
        for digit in 0..4 {
            if digit <= chunk.len() {
                let value = usize::try_from(block >> (18 - 6 * digit) & 63).unwrap();
                text.push(char::from(DIGITS[value]));
            } else {
                text.push('=');
            }
        }
    }
    text
}
