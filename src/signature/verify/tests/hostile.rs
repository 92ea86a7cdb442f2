//! Bytes from anywhere: an answer, never a panic, and soon.

use std::time::{Duration, Instant};

use super::*;

fn quick(bytes: &[u8], trust: &Trust<'_>) -> Result<Report, Error> {
    let start = Instant::now();
    let result = verify(bytes, Some(Content::Bytes(TEXT)), trust);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    result
}

proptest! {
    #[test]
    fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let authority = Authority::new();
        prop_assert!(quick(&bytes, &authority.trust()).is_err());
    }

    #[test]
    fn a_signature_with_a_few_bytes_changed(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<proptest::sample::Index>(),
        cut_off in any::<bool>(),
    ) {
        let authority = Authority::new();
        let certificate = authority.leaf().issue();
        let right = signed(&Key::p256(0x22), &certificate, Packaging::Attached);
        let mut bytes = right.clone();
        for (index, value) in changes {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        if cut_off {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(report) = quick(&bytes, &authority.trust())
            && bytes != right
            && report.verdict() <= Verdict::Weak
        {
            // What is not signed may change: versions, the list of hashes, how the algorithms are spelled.
            prop_assert_eq!(report.content.as_deref(), Some(TEXT));
        }
    }
}

#[test]
fn nothing_and_almost_nothing() {
    let authority = Authority::new();
    let trust = authority.trust();
    for bytes in [
        &b""[..],
        b"0",
        b"\x30\x80",
        b"\x30\x00",
        b"%PDF-1.7",
        b"\x30\x84\xFF\xFF\xFF\xFF",
    ] {
        assert_eq!(quick(bytes, &trust).unwrap_err(), Error::NotCms, "{bytes:?}");
    }
    let data = der::sequence(&[&der::oid(oid::DATA), &der::element(0xA0, &[&der::octets(TEXT)])]);
    assert!(matches!(quick(&data, &trust), Err(Error::NotSignedData { .. })));
    let certificate = authority.leaf().issue();
    assert!(quick(certificate.der(), &trust).is_err());
}

#[test]
fn depth_and_number_have_an_end() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let key = Key::p256(0x22);
    let trust = authority.trust();

    let mut nested = vec![0x30, 0x80];
    nested = nested.repeat(500_000);
    assert!(quick(&nested, &trust).is_err());

    let mut many = Forgery::of(&key, &certificate);
    many.certificates = vec![certificate.der().to_vec(); 2_000];
    assert!(matches!(
        quick(&many.build(), &trust),
        Err(Error::TooMany {
            part: crate::Part::Certificates,
            ..
        })
    ));

    let forgery = Forgery::of(&key, &certificate);
    let signers = vec![forgery.signer_info().0; 1_000];
    assert!(matches!(
        quick(&forgery.build_with(&signers), &trust),
        Err(Error::TooMany { .. })
    ));

    let mut attributes = Forgery::of(&key, &certificate);
    attributes.attributes = vec![attribute(oid::SIGNATURE_POLICY, &[der::NULL]); 10_000];
    let report = quick(&attributes.build(), &trust).unwrap();
    assert_eq!(report.verdict(), Verdict::Invalid);

    let mut stamps = Forgery::of(&key, &certificate);
    let stamp = time_stamp(&key, &certificate, b"x", NOW);
    stamps.unsigned = vec![attribute(oid::SIGNATURE_TIME_STAMP, &[&stamp]); 60];
    let report = quick(&stamps.build(), &trust).unwrap();
    assert_eq!(report.signers[0].time_stamps.len(), 4);

    let large = vec![0x30; 65 * 1024 * 1024];
    assert!(matches!(quick(&large, &trust), Err(Error::TooLarge { .. })));
}

#[test]
fn thirty_two_signers_with_chains_are_judged_in_time() {
    let authority = Authority::new();
    let certificate = authority.leaf().with_key(Key::rsa()).issue();
    let mut forgery = Forgery::of(&Key::rsa(), &certificate);
    // As many certificates of the issuer's name as are read: each may be tried.
    let mut impostor = authority.leaf().with_key(Key::p256(0x31));
    impostor.subject.clone_from(&impostor.issuer);
    forgery.certificates = (0..63)
        .map(|serial| {
            impostor.serial = serial;
            impostor.issue().der().to_vec()
        })
        .collect();
    forgery.certificates.push(certificate.der().to_vec());
    let signers = vec![forgery.signer_info().0; 32];
    let report = quick(&forgery.build_with(&signers), &authority.trust()).unwrap();
    assert_eq!(report.signers.len(), 32);
    assert_eq!(report.verdict(), Verdict::Valid);
}

#[test]
fn bytes_after_the_signature_are_told() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let mut bytes = signed(&Key::p256(0x22), &certificate, Packaging::Attached);
    bytes.extend_from_slice(b"more");
    assert_eq!(
        findings(&judged(&bytes, &authority)),
        [Finding::TrailingBytes { count: 4 }]
    );
}

/// Elements that stand where one was to stand alone are told.
#[test]
fn surplus_elements_are_told() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let right = signed(&Key::p256(0x22), &certificate, Packaging::Attached);
    let (kind, rest) = {
        let mut info = certificate::tlv::Reader::new(&right).next().unwrap().inside();
        (
            info.next().unwrap().whole.to_vec(),
            info.next().unwrap().value.to_vec(),
        )
    };
    let surplus = der::octets(b"surplus");
    let count = surplus.len();
    let holder = der::element(0xA0, &[&rest]);
    let inner = der::element(0xA0, &[&rest, &surplus]);
    let content = der::element(0xA0, &[&der::octets(TEXT)]);
    let twice = der::element(0xA0, &[&der::octets(TEXT), &surplus]);
    let mut eaten = Vec::new();
    for field in fields(&rest) {
        let longer = der::sequence(&[&der::oid(oid::DATA), &twice]);
        let same = field == der::sequence(&[&der::oid(oid::DATA), &content]);
        eaten.extend(if same { longer } else { field });
    }
    for bytes in [
        der::sequence(&[&kind, &holder, &surplus]),
        der::sequence(&[&kind, &inner]),
        der::sequence(&[&kind, &der::element(0xA0, &[&der::sequence(&[&eaten])])]),
    ] {
        let report = judged(&bytes, &authority);
        assert_eq!(findings(&report), [Finding::TrailingBytes { count }]);
    }
}

/// The fields of a SEQUENCE, each whole.
fn fields(sequence: &[u8]) -> Vec<Vec<u8>> {
    let mut fields = certificate::tlv::Reader::new(sequence).next().unwrap().inside();
    let mut all = Vec::new();
    while !fields.is_empty() {
        all.push(fields.next().unwrap().whole.to_vec());
    }
    all
}

/// Half a minute of hashing, if each signer's hash of the content were computed anew.
#[test]
fn many_signers_of_much_content_cost_one_hash() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let mut forgery = Forgery::of(&Key::p256(0x22), &certificate);
    forgery.content = vec![0x31; 48 << 20];
    forgery.attributes = Forgery::right_attributes(oid::DATA, &forgery.content, Hash::Sha256, &certificate);
    let one = forgery.signer_info().0;
    let time = |signers: usize| {
        let bytes = forgery.build_with(&vec![one.clone(); signers]);
        let start = Instant::now();
        assert_eq!(judged(&bytes, &authority).verdict(), Verdict::Valid);
        start.elapsed()
    };
    let (alone, all) = (time(1), time(32));
    assert!(all < alone * 16, "{alone:?} {all:?}");
}
