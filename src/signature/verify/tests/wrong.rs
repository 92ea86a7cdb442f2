//! The table of wrong signatures: each has its own finding, and nothing else is held against it.

use super::*;

struct Case {
    name: &'static str,
    signature: Vec<u8>,
    finding: Finding,
    verdict: Verdict,
}

fn case(name: &'static str, finding: Finding, verdict: Verdict, signature: Vec<u8>) -> Case {
    Case {
        name,
        signature,
        finding,
        verdict,
    }
}

fn check(authority: &Authority, cases: Vec<Case>) {
    for case in cases {
        let report = judged(&case.signature, authority);
        assert_eq!(findings(&report), [case.finding], "{}", case.name);
        assert_eq!(report.verdict(), case.verdict, "{}", case.name);
    }
}

/// A forgery with the usual key, changed.
fn forged(authority: &Authority, change: impl FnOnce(&mut Forgery)) -> Vec<u8> {
    let certificate = authority.leaf().issue();
    let mut forgery = Forgery::of(&Key::p256(0x22), &certificate);
    change(&mut forgery);
    forgery.build()
}

fn forged_rsa(authority: &Authority, change: impl FnOnce(&mut Forgery)) -> Vec<u8> {
    let certificate = authority.leaf().with_key(Key::rsa()).issue();
    let mut forgery = Forgery::of(&Key::rsa(), &certificate);
    change(&mut forgery);
    forgery.build()
}

/// With an attribute of this one value.
fn with(authority: &Authority, kind: const_oid::ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    forged(authority, |forgery| {
        forgery.replace(kind, Some(attribute(kind, &[value])));
    })
}

#[test]
fn attributes() {
    let authority = Authority::new();
    let missing = |attribute| Finding::MissingAttribute { attribute };
    let repeated = |attribute| Finding::RepeatedAttribute { attribute };
    let without = |kind| forged(&authority, |forgery| forgery.replace(kind, None));
    let with = |kind, value: &[u8]| with(&authority, kind, value);
    let cases = vec![
        case(
            "no ESS",
            missing(Attribute::SigningCertificate),
            Verdict::Undecided,
            without(oid::SIGNING_CERTIFICATE_V2),
        ),
        case(
            "no content type",
            missing(Attribute::ContentType),
            Verdict::Invalid,
            without(oid::CONTENT_TYPE),
        ),
        case(
            "no digest",
            missing(Attribute::MessageDigest),
            Verdict::Invalid,
            without(oid::MESSAGE_DIGEST),
        ),
        case(
            "no time",
            missing(Attribute::SigningTime),
            Verdict::Valid,
            without(oid::SIGNING_TIME),
        ),
        case(
            "two content types",
            repeated(Attribute::ContentType),
            Verdict::Invalid,
            forged(&authority, |forgery| {
                let twice = attribute(oid::CONTENT_TYPE, &[&der::oid(oid::DATA)]);
                forgery.attributes.push(twice);
                forgery.attributes.sort();
            }),
        ),
        case(
            "two values of one",
            repeated(Attribute::MessageDigest),
            Verdict::Invalid,
            forged(&authority, |forgery| {
                let digest = der::octets(&Hash::Sha256.of(TEXT).unwrap());
                let twice = attribute(oid::MESSAGE_DIGEST, &[&digest, &der::octets(&[0xFF; 32])]);
                forgery.replace(oid::MESSAGE_DIGEST, Some(twice));
            }),
        ),
        case(
            "a content type that is another",
            Finding::ContentTypeDiffers,
            Verdict::Invalid,
            with(oid::CONTENT_TYPE, &der::oid(oid::TST_INFO)),
        ),
        case(
            "a digest of something else",
            Finding::ContentDiffers,
            Verdict::Invalid,
            with(oid::MESSAGE_DIGEST, &der::octets(&[0xAB; 32])),
        ),
        case(
            "a time that is none",
            Finding::UnreadableAttribute {
                attribute: Attribute::SigningTime,
            },
            Verdict::Valid,
            with(oid::SIGNING_TIME, &der::element(0x17, &[b"yesterday"])),
        ),
        case(
            "a signature policy",
            Finding::SignaturePolicy,
            Verdict::Valid,
            forged(&authority, |forgery| {
                forgery.replace(
                    oid::SIGNATURE_POLICY,
                    Some(attribute(oid::SIGNATURE_POLICY, &[der::NULL])),
                );
            }),
        ),
    ];
    check(&authority, cases);
}

#[test]
fn the_certificate_that_is_signed_along() {
    let authority = Authority::new();
    let other = Authority::named("Başka", 0x44).leaf().issue();
    let cases = vec![
        case(
            "the ESS hash of another certificate",
            Finding::CertificateHashDiffers,
            Verdict::Invalid,
            forged(&authority, |forgery| {
                forgery.replace(oid::SIGNING_CERTIFICATE_V2, Some(bound_to(&other)));
            }),
        ),
        case(
            "the ESS issuer of another certificate",
            Finding::CertificateIssuerDiffers,
            Verdict::Invalid,
            forged(&authority, |forgery| {
                let own = Certificate::read(&forgery.certificates[0]).unwrap();
                let names = der::sequence(&[&der::element(0xA4, &[other.issuer.as_ref().unwrap().der()])]);
                let identifier = der::sequence(&[
                    &der::octets(&own.sha256()),
                    &der::sequence(&[&names, &der::unsigned(&[2])]),
                ]);
                let value = der::sequence(&[&der::sequence(&[&identifier])]);
                let ess = attribute(oid::SIGNING_CERTIFICATE_V2, &[&value]);
                forgery.replace(oid::SIGNING_CERTIFICATE_V2, Some(ess));
            }),
        ),
        case(
            "ESS that is no sequence",
            Finding::UnreadableAttribute {
                attribute: Attribute::SigningCertificate,
            },
            Verdict::Invalid,
            with(&authority, oid::SIGNING_CERTIFICATE_V2, &der::octets(&[1])),
        ),
    ];
    check(&authority, cases);
}

#[test]
fn no_signed_attributes_at_all() {
    let authority = Authority::new();
    let plain = forged(&authority, |forgery| {
        forgery.attributes.clear();
        forgery.sign =
            Box::new(|forgery, _| sequence_of_r_and_s(&forgery.key.raw(&Hash::Sha256.of(TEXT).unwrap())));
    });
    let report = judged(&plain, &authority);
    assert_eq!(findings(&report), [Finding::NoSignedAttributes]);
    assert_eq!(report.signers[0].signature, SignatureCheck::Verified);
    assert_eq!(report.signers[0].level, Level::Cms);
    assert_eq!(report.verdict(), Verdict::Undecided);
}

#[test]
fn what_was_signed() {
    let authority = Authority::new();
    let signed_as = |change: fn(&Forgery, &[u8]) -> Vec<u8>| {
        forged(&authority, |forgery| forgery.sign = Box::new(change))
    };
    let rsa_signed_as = |change: fn(&Forgery, &[u8]) -> Vec<u8>| {
        forged_rsa(&authority, |forgery| forgery.sign = Box::new(change))
    };
    let cases = vec![
        case(
            "the attributes as they are sent",
            Finding::SignedAsSent,
            Verdict::Invalid,
            signed_as(|forgery, set| {
                let sent = [&[0xA0], &set[1..]].concat();
                sequence_of_r_and_s(&forgery.key.raw(&Hash::Sha256.of(&sent).unwrap()))
            }),
        ),
        case(
            "the content in spite of attributes",
            Finding::SignedContentOnly,
            Verdict::Invalid,
            signed_as(|forgery, _| sequence_of_r_and_s(&forgery.key.raw(&Hash::Sha256.of(TEXT).unwrap()))),
        ),
        case(
            "r and s in a row",
            Finding::RawEcdsa,
            Verdict::Invalid,
            signed_as(|forgery, set| forgery.key.raw(&Hash::Sha256.of(set).unwrap())),
        ),
        case(
            "something else",
            Finding::WrongSignature,
            Verdict::Invalid,
            signed_as(|forgery, _| sequence_of_r_and_s(&forgery.key.raw(&[0x77; 32]))),
        ),
        case(
            "a DigestInfo without NULL",
            Finding::DigestInfoWithoutNull,
            Verdict::Invalid,
            rsa_signed_as(|forgery, set| {
                let identifier = algorithm::digest_identifier(Hash::Sha256).unwrap();
                let digest = der::octets(&Hash::Sha256.of(set).unwrap());
                forgery.key.raw(&der::sequence(&[&identifier, &digest]))
            }),
        ),
        case(
            "a bare hash",
            Finding::BareHash,
            Verdict::Invalid,
            rsa_signed_as(|forgery, set| forgery.key.raw(&Hash::Sha256.of(set).unwrap())),
        ),
        case(
            "something else with RSA",
            Finding::WrongSignature,
            Verdict::Invalid,
            rsa_signed_as(|_, _| vec![0x42; 256]),
        ),
    ];
    check(&authority, cases);
}

#[test]
fn unsorted_attributes_that_were_signed_sorted() {
    let authority = Authority::new();
    let sorted = forged(&authority, |forgery| {
        forgery.attributes.reverse();
        forgery.sign = Box::new(|forgery, _| {
            let set = der::set_of(0x31, forgery.attributes.clone());
            sequence_of_r_and_s(&forgery.key.raw(&Hash::Sha256.of(&set).unwrap()))
        });
    });
    let as_sent = forged(&authority, |forgery| forgery.attributes.reverse());
    let report = judged(&sorted, &authority);
    assert_eq!(findings(&report), [Finding::UnsortedAttributes]);
    assert_eq!(report.verdict(), Verdict::Valid);
    assert_eq!(report.signers[0].signature, SignatureCheck::Verified);
    assert_eq!(findings(&judged(&as_sent, &authority)), []);
}

#[test]
fn odd_salts() {
    let authority = Authority::new();
    let pss = |claimed: u8, used: usize| {
        forged_rsa(&authority, move |forgery| {
            let digest = der::sequence(&[&der::oid(oid::SHA256), der::NULL]);
            let mask = der::sequence(&[&der::oid(oid::MGF1), &digest]);
            let parameters = der::sequence(&[
                &der::element(0xA0, &[&digest]),
                &der::element(0xA1, &[&mask]),
                &der::element(0xA2, &[&der::unsigned(&[claimed])]),
            ]);
            forgery.algorithm = der::sequence(&[&der::oid(oid::RSA_PSS), &parameters]);
            forgery.sign =
                Box::new(move |forgery, set| forgery.key.pss(&Hash::Sha256.of(set).unwrap(), used));
        })
    };
    assert_eq!(findings(&judged(&pss(32, 32), &authority)), []);
    let cases = vec![
        case(
            "an odd salt",
            Finding::OddPssSalt { bytes: 20 },
            Verdict::Valid,
            pss(20, 20),
        ),
        case(
            "another salt than claimed",
            Finding::PssSaltDiffers { bytes: 20 },
            Verdict::Invalid,
            pss(32, 20),
        ),
        case(
            "no salt though claimed",
            Finding::PssSaltDiffers { bytes: 0 },
            Verdict::Invalid,
            pss(32, 0),
        ),
    ];
    check(&authority, cases);
    let both = findings(&judged(&pss(20, 48), &authority));
    assert_eq!(
        both,
        [
            Finding::OddPssSalt { bytes: 20 },
            Finding::PssSaltDiffers { bytes: 48 }
        ]
    );
}

#[test]
fn weak_hashes() {
    let authority = Authority::new();
    let hash = Hash::Sha1;
    let sha1 = forged_rsa(&authority, |forgery| {
        forgery.hash = hash;
        forgery.digest_identifier = algorithm::digest_identifier(hash).unwrap();
        forgery.algorithm = der::sequence(&[&known("1.2.840.113549.1.1.5"), der::NULL]);
        let digest = der::octets(&hash.of(TEXT).unwrap());
        forgery.replace(
            oid::MESSAGE_DIGEST,
            Some(attribute(oid::MESSAGE_DIGEST, &[&digest])),
        );
    });
    let old_ess = forged(&authority, |forgery| {
        let own = Certificate::read(&forgery.certificates[0]).unwrap();
        let value = der::sequence(&[&der::sequence(&[&der::sequence(&[&der::octets(&own.sha1())])])]);
        forgery.replace(
            oid::SIGNING_CERTIFICATE_V2,
            Some(attribute(oid::SIGNING_CERTIFICATE, &[&value])),
        );
    });
    let ess_with_sha1 = forged(&authority, |forgery| {
        let own = authority.leaf().issue();
        let identifier = algorithm::digest_identifier(hash).unwrap();
        let bound = der::sequence(&[&identifier, &der::octets(&own.sha1())]);
        let value = der::sequence(&[&der::sequence(&[&bound])]);
        let kind = oid::SIGNING_CERTIFICATE_V2;
        forgery.replace(kind, Some(attribute(kind, &[&value])));
    });
    let short = Key::short_rsa();
    let short = Forgery::of(&short, &authority.leaf().with_key(short.clone()).issue()).build();
    let mut leaf = authority.leaf();
    leaf.sha1 = true;
    let weak_certificate = Forgery::of(&Key::p256(0x22), &leaf.issue()).build();
    let differing = forged_rsa(&authority, |forgery| {
        let longer = Hash::Sha512;
        forgery.digest_identifier = algorithm::digest_identifier(longer).unwrap();
        let digest = der::octets(&longer.of(TEXT).unwrap());
        forgery.replace(
            oid::MESSAGE_DIGEST,
            Some(attribute(oid::MESSAGE_DIGEST, &[&digest])),
        );
    });
    let cases = vec![
        case("SHA-1", Finding::WeakHash { hash }, Verdict::Weak, sha1),
        case(
            "the newer ESS with SHA-1",
            Finding::WeakHash { hash },
            Verdict::Weak,
            ess_with_sha1,
        ),
        case(
            "a short key",
            Finding::ShortKey { bits: 1_024 },
            Verdict::Weak,
            short,
        ),
        case(
            "ESS with SHA-1",
            Finding::OldSigningCertificate,
            Verdict::Weak,
            old_ess,
        ),
        case(
            "a certificate signed with SHA-1",
            Finding::WeakCertificate { link: 0, hash },
            Verdict::Weak,
            weak_certificate,
        ),
        case("two hashes", Finding::HashesDiffer, Verdict::Weak, differing),
    ];
    check(&authority, cases);
}

#[test]
fn certificates() {
    let authority = Authority::new();
    let other = Authority::named("Başka", 0x44);
    let key = Key::p256(0x22);
    let by = |leaf: Leaf| Forgery::of(&key, &leaf.issue()).build();
    let mut expired = authority.leaf();
    expired.not_after = datetime!(2026-05-31 0:00 UTC);
    let mut early = authority.leaf();
    early.not_before = datetime!(2026-06-02 0:00 UTC);
    let within = |leaf: Leaf, time| {
        let mut forgery = Forgery::of(&key, &leaf.issue());
        forgery.replace(
            oid::SIGNING_TIME,
            Some(attribute(oid::SIGNING_TIME, &[&utc(time)])),
        );
        forgery.build()
    };
    let untrusted = {
        let mut forgery = Forgery::of(&key, &other.leaf().issue());
        forgery.certificates.push(other.root.der().to_vec());
        forgery.build()
    };
    let mut misissued = authority.leaf();
    misissued.issuer_key = Key::p256(0x55);
    let cases = vec![
        case(
            "expired since",
            Finding::CertificateExpired,
            Verdict::Undecided,
            within(expired.clone(), datetime!(2026-05-01 0:00 UTC)),
        ),
        case(
            "a time that lies ahead",
            Finding::SigningTimeAhead,
            Verdict::Weak,
            within(authority.leaf(), datetime!(2026-06-01 13:00 UTC)),
        ),
        case(
            "a clock that is a little ahead",
            Finding::TestCertificate,
            Verdict::Valid,
            within(
                {
                    let mut leaf = authority.leaf();
                    let policy = der::sequence(&[&known("2.16.792.1.2.1.1.5.7.1.4.1")]);
                    let notice = leaf.extensions.remove(1);
                    drop(notice);
                    leaf.extensions.insert(1, test_policy(&policy));
                    leaf
                },
                datetime!(2026-06-01 12:04 UTC),
            ),
        ),
        case(
            "signed before the certificate was valid",
            Finding::SignedOutsideValidity,
            Verdict::Invalid,
            within(authority.leaf(), datetime!(2024-12-31 0:00 UTC)),
        ),
        case(
            "an unknown issuer",
            Finding::UnknownIssuer,
            Verdict::Undecided,
            by(other.leaf()),
        ),
        case(
            "a root that nobody trusts",
            Finding::UntrustedRoot,
            Verdict::Undecided,
            untrusted,
        ),
        case(
            "a certificate that its issuer did not sign",
            Finding::Chain {
                link: 0,
                finding: certificate::chain::Finding::BadSignature,
            },
            Verdict::Invalid,
            by(misissued),
        ),
    ];
    check(&authority, cases);
    assert_eq!(
        findings(&judged(&by(expired), &authority)),
        [Finding::SignedOutsideValidity, Finding::CertificateExpired]
    );
    assert_eq!(
        findings(&judged(&by(early), &authority)),
        [Finding::SignedOutsideValidity, Finding::CertificateNotYetValid]
    );
    assert_eq!(
        findings(&judged(&by(authority.leaf().for_login()), &authority)),
        [Finding::NoNonRepudiation, Finding::NotQualified]
    );
}

fn test_policy(policy: &[u8]) -> Vec<u8> {
    let notice = der::sequence(&[
        &known("1.3.6.1.5.5.7.2.2"),
        &der::sequence(&[&der::element(0x0C, &["Bildirim".as_bytes()])]),
    ]);
    let with_notice = der::sequence(&[&known("2.16.792.1.2.1.1.5.7.1.1"), &der::sequence(&[&notice])]);
    let value = der::sequence(&[policy, &with_notice]);
    der::sequence(&[&known("2.5.29.32"), &der::octets(&value)])
}

#[test]
fn the_signers_certificate() {
    let authority = Authority::new();
    let certificate = authority.leaf().issue();
    let mut other = authority.leaf().with_key(Key::p256(0x66));
    other.serial = 9;
    let other = other.issue();
    let key = Key::p256(0x22);
    let mut absent = Forgery::of(&key, &certificate);
    absent.certificates.clear();
    let report = judged(&absent.build(), &authority);
    assert_eq!(findings(&report), [Finding::CertificateMissing]);
    assert_eq!(report.signers[0].signature, SignatureCheck::NotChecked);
    assert_eq!(report.verdict(), Verdict::Undecided);

    // The reader may know the certificate, for instance from the card.
    let extra = [Candidate {
        certificate: certificate.clone(),
        origin: certificate::chain::Origin::Card,
    }];
    let trust = Trust {
        extra: &extra,
        ..authority.trust()
    };
    let report = verify(&absent.build(), None, &trust).unwrap();
    assert_eq!(report.verdict(), Verdict::Valid);

    // Named as somebody who is not there: the signed hash says who it was.
    let mut misnamed = Forgery::of(&key, &certificate);
    misnamed.id = der::sequence(&[certificate.issuer.as_ref().unwrap().der(), &der::unsigned(&[77])]);
    let report = judged(&misnamed.build(), &authority);
    assert_eq!(findings(&report), [Finding::SignerIdDiffers]);

    // Named as somebody else who is there: the signature does not fit, and neither does the hash.
    let mut swapped = Forgery::of(&key, &certificate);
    swapped.certificates.push(other.der().to_vec());
    swapped.id = der::sequence(&[other.issuer.as_ref().unwrap().der(), &der::unsigned(&[9])]);
    let report = judged(&swapped.build(), &authority);
    assert_eq!(
        findings(&report),
        [Finding::CertificateHashDiffers, Finding::WrongSignature]
    );

    // Two certificates of one name and number: the one that was signed along counts, in whatever order they come.
    let double = authority.leaf().with_key(Key::p256(0x66)).issue();
    for at in [0, 1] {
        let mut doubled = Forgery::of(&key, &certificate);
        doubled.certificates.insert(at, double.der().to_vec());
        let report = judged(&doubled.build(), &authority);
        assert_eq!(findings(&report), []);
        assert_eq!(report.signers[0].certificate.as_ref(), Some(&certificate));
    }
}

#[test]
fn unknown_algorithms_are_said_and_not_guessed() {
    let authority = Authority::new();
    let unknown = forged(&authority, |forgery| {
        forgery.algorithm = der::sequence(&[&known("1.2.3.4.5.6")]);
    });
    let of_another_key = forged(&authority, |forgery| {
        forgery.algorithm = Algorithm::RsaPkcs1(Hash::Sha256).identifier().unwrap();
    });
    let cases = vec![
        case(
            "an unknown algorithm",
            Finding::UnsupportedAlgorithm,
            Verdict::Undecided,
            unknown,
        ),
        case(
            "RSA with an EC key",
            Finding::UnsupportedAlgorithm,
            Verdict::Undecided,
            of_another_key,
        ),
    ];
    check(&authority, cases);
}
