use time::macros::datetime;

use super::*;
use crate::test_support::{fixture, fixture_der};

const NOW: OffsetDateTime = datetime!(2024-01-01 0:00 UTC);

fn anchors(names: &[&str]) -> TrustAnchors {
    let mut anchors = TrustAnchors::none();
    for name in names {
        anchors.add(&fixture_der(name), Source::Imported).unwrap();
    }
    anchors
}

fn from_card(names: &[&str]) -> Vec<Candidate> {
    names
        .iter()
        .map(|name| Candidate {
            certificate: Arc::new(fixture(name)),
            origin: Origin::Card,
        })
        .collect()
}

fn build(leaf: &str, card: &[&str], trusted: &[&str]) -> Chain {
    Chain::build(&Arc::new(fixture(leaf)), &from_card(card), &anchors(trusted), NOW)
}

fn broken(link: usize, finding: Finding) -> Outcome {
    Outcome::Broken { link, finding }
}

#[test]
fn each_link_has_its_own_hash() {
    let chain = build("qualified", &["issuer-sha1"], &["root"]);
    assert_eq!(chain.outcome, Outcome::Trusted);
    let hashes: Vec<_> = chain.links.iter().map(Link::hash).collect();
    assert_eq!(hashes, [Hash::Sha256, Hash::Sha1, Hash::Sha256]);
    let origins: Vec<_> = chain.links.iter().map(|link| link.origin).collect();
    assert_eq!(origins, [Origin::Leaf, Origin::Card, Origin::Imported]);
    assert!(
        chain
            .links
            .iter()
            .all(|link| link.signature == SignatureCheck::Verified)
    );
}

#[test]
fn signatures_of_every_kind_are_checked() {
    for leaf in [
        "rsa-sha1",
        "rsa-sha256",
        "rsa-sha384",
        "rsa-sha512",
        "pss-sha256",
        "pss-defaults",
    ] {
        assert_eq!(build(leaf, &[], &["root"]).outcome, Outcome::Trusted, "{leaf}");
    }
    assert_eq!(
        build("ec-p256-by-p384", &[], &["root-p384"]).outcome,
        Outcome::Trusted
    );
    for own in ["ec-p256-sha256", "ec-p384-sha384"] {
        assert_eq!(
            build(own, &[], &[]).links[0].signature,
            SignatureCheck::Verified,
            "{own}"
        );
    }
    for unknown in ["ed25519", "ec-p521-sha512"] {
        let chain = build(unknown, &[], &[]);
        assert_eq!(
            chain.outcome,
            broken(0, Finding::UnverifiableSignature),
            "{unknown}"
        );
    }
    assert_eq!(
        build("rsa-md5", &[], &["root"]).outcome,
        broken(0, Finding::UnverifiableSignature)
    );
}

#[test]
fn a_changed_certificate_is_broken() {
    for leaf in ["rsa-sha256", "pss-sha256", "ec-p256-by-p384"] {
        let mut der = fixture_der(leaf);
        let name = der
            .windows(4)
            .position(|bytes| bytes == "İre".as_bytes())
            .unwrap();
        der[name + 3] = b'a';
        let chain = Chain::build(
            &Arc::new(Certificate::read(&der).unwrap()),
            &[],
            &anchors(&["root", "root-p384"]),
            NOW,
        );
        assert_eq!(chain.outcome, broken(0, Finding::BadSignature), "{leaf}");
        assert_eq!(chain.links.len(), 2, "{leaf}");
    }
}

#[test]
fn a_root_on_the_card_is_not_trusted() {
    let chain = build("rsa-sha256", &["root"], &[]);
    assert_eq!(chain.outcome, Outcome::UntrustedRoot);
    assert_eq!(chain.links.len(), 2);
    assert_eq!(
        build("rsa-sha256", &["root"], &["root"]).outcome,
        Outcome::Trusted
    );
}

#[test]
fn a_missing_issuer_is_named() {
    let chain = build("qualified", &["root"], &["root"]);
    let Outcome::Incomplete { issuer: Some(issuer) } = &chain.outcome else {
        panic!("{:?}", chain.outcome)
    };
    assert_eq!(issuer.common_name(), Some("Sürüm 4"));
    assert_eq!(chain.links[0].signature, SignatureCheck::NotChecked);
}

#[test]
fn an_anchor_may_be_an_intermediate_or_the_leaf_itself() {
    assert_eq!(
        build("qualified", &[], &["issuer-sha1"]).outcome,
        Outcome::Trusted
    );
    let chain = build("qualified", &[], &["qualified"]);
    assert_eq!((chain.outcome, chain.links.len()), (Outcome::Trusted, 1));
}

#[test]
fn times_are_judged_for_every_link() {
    let chain = build("below-expired", &[], &["root-expired"]);
    assert_eq!(chain.outcome, broken(1, Finding::Expired));
    assert_eq!(chain.links[0].findings, []);
    let leaf = Arc::new(fixture("qualified-sha1"));
    let early = Chain::build(&leaf, &[], &anchors(&["root"]), datetime!(2019-01-01 0:00 UTC));
    assert_eq!(early.outcome, broken(0, Finding::NotYetValid));
    assert_eq!(early.links[1].findings, [Finding::NotYetValid]);
}

#[test]
fn who_may_not_issue_does_not() {
    assert_eq!(
        build("below-person", &["rsa-sha256"], &["root"]).outcome,
        broken(1, Finding::NotAnAuthority)
    );
    assert_eq!(
        build("below-may-not", &["issuer-may-not"], &["root"]).outcome,
        broken(1, Finding::MayNotIssue)
    );
    let chain = build("below-too-many", &["issuer-below-last", "issuer-sha1"], &["root"]);
    assert_eq!(chain.outcome, broken(2, Finding::TooManyBelow));
    assert_eq!(
        build("unknown-critical", &[], &["root"]).outcome,
        broken(0, Finding::UnknownCriticalExtension)
    );
}

#[test]
fn another_authority_of_the_same_name_is_passed_over() {
    let chain = build(
        "qualified",
        &["issuer-below-last", "issuer-may-not", "rsa-sha1", "issuer-sha1"],
        &["root"],
    );
    assert_eq!(chain.outcome, Outcome::Trusted);
}

#[test]
fn many_equal_candidates_end_in_time() {
    let start = std::time::Instant::now();
    let mut card = from_card(&["issuer-sha1"]);
    for byte in 0..200_u8 {
        let mut der = fixture_der("issuer-sha1");
        if let Some(last) = der.last_mut() {
            *last ^= byte;
        }
        card.push(Candidate {
            certificate: Arc::new(Certificate::read(&der).unwrap()),
            origin: Origin::Card,
        });
    }
    let chain = Chain::build(
        &Arc::new(fixture("qualified")),
        &card,
        &anchors(&["root-p384"]),
        NOW,
    );
    assert!(!chain.is_trusted());
    assert!(start.elapsed() < std::time::Duration::from_secs(5));
}

#[test]
fn bundled_anchors_are_in_order_and_sign_themselves() {
    let anchors = TrustAnchors::bundled();
    assert_eq!(anchors.len(), 12);
    for anchor in anchors.iter() {
        assert_eq!(anchor.origin, Origin::Bundled);
        assert!(anchor.certificate.is_authority(), "{:?}", anchor.certificate);
        let chain = Chain::build(&anchor.certificate, &[], &anchors, NOW);
        assert_eq!(
            chain.links[0].signature,
            SignatureCheck::Verified,
            "{:?}",
            anchor.certificate
        );
        assert!(matches!(
            chain.outcome,
            Outcome::Trusted
                | Outcome::Broken {
                    finding: Finding::Expired,
                    ..
                }
        ));
    }
}

#[test]
fn imports_take_what_they_can_read() {
    let mut anchors = TrustAnchors::none();
    assert_eq!(
        anchors.import(&crate::test_support::fixture_file("several.pem")),
        Ok(3)
    );
    assert_eq!(anchors.import(b"merhaba"), Err(crate::ReadError::NotACertificate));
    assert_eq!(anchors.len(), 3);
    assert_eq!(anchors.import(&fixture_der("root")), Ok(1));
    assert_eq!(anchors.len(), 3, "no anchor is there twice");
}
