//! The builder held against NIST's Public Key Interoperability Test Suite (PKITS 1.0.1), those tests aside that turn on
//! revocation. What the suite calls invalid is never trusted; what it calls valid is, but for what is refused to be on
//! the safe side.

use time::macros::datetime;

use super::*;
use crate::bundle::read_many;
use crate::test_support::fixture_file;

/// Within the validity of the suite's certificates (2010 to 2030).
const WITHIN: OffsetDateTime = datetime!(2020-01-01 0:00 UTC);

/// Called invalid because they are revoked, which is not looked at here (4.4.15, 4.4.18, 4.5.2, 4.5.5).
const REVOKED: [&str; 4] = [
    "InvalidNegativeSerialNumberTest15EE",
    "InvalidLongSerialNumberTest18EE",
    "InvalidBasicSelfIssuedOldWithNewTest2EE",
    "InvalidBasicSelfIssuedNewWithOldTest5EE",
];

/// Called valid and refused: the certificates hold critical extensions that are not understood here, name constraints
/// and the ways to map and to forbid policies.
const NOT_UNDERSTOOD: [&str; 6] = [
    "nameConstraints",
    "NameConstraints",
    "PolicyMapping",
    "inhibitAnyPolicy",
    "inhibitPolicyMapping",
    "requireExplicitPolicy",
];

/// Called valid and refused: DSA, which no qualified certificate is signed with.
const DSA: &str = "ValidDSA";

struct Suite {
    leaves: Vec<(String, Arc<Certificate>)>,
    authorities: Vec<Candidate>,
    anchors: TrustAnchors,
}

/// The certificates stand in the file as PEM, each after a line with its name.
fn suite() -> Suite {
    let mut suite = Suite {
        leaves: Vec::new(),
        authorities: Vec::new(),
        anchors: TrustAnchors::none(),
    };
    let end = "-----END CERTIFICATE-----";
    let text = String::from_utf8(fixture_file("pkits.pem")).unwrap();
    for part in text.split_inclusive(end) {
        let Some((before, _)) = part.split_once("-----BEGIN") else {
            continue;
        };
        let name = before.trim().lines().last().unwrap_or_default();
        let certificate = read_many(part.as_bytes()).remove(0).unwrap();
        match name {
            "TrustAnchorRootCertificate" => {
                suite.anchors.add(certificate.der(), Source::Imported).unwrap();
            }
            leaf if leaf.ends_with("EE") => suite.leaves.push((leaf.to_owned(), Arc::new(certificate))),
            _ => suite.authorities.push(Candidate {
                certificate: Arc::new(certificate),
                origin: Origin::File,
            }),
        }
    }
    suite
}

/// What the builder makes of each test of the suite.
fn outcomes() -> Vec<(String, Outcome)> {
    let suite = suite();
    let judged = suite.leaves.iter().map(|(name, leaf)| {
        let chain = Chain::build(leaf, &suite.authorities, &suite.anchors, WITHIN);
        (name.clone(), chain.outcome)
    });
    judged.collect()
}

#[test]
fn what_the_suite_calls_invalid_is_never_trusted() {
    let outcomes = outcomes();
    let invalid = |(name, _): &&(String, Outcome)| name.starts_with("Invalid");
    assert_eq!(outcomes.iter().filter(invalid).count(), 72);
    for (name, outcome) in outcomes.iter().filter(invalid) {
        assert_eq!(
            *outcome == Outcome::Trusted,
            REVOKED.contains(&name.as_str()),
            "{name}: {outcome:?}"
        );
    }
}

#[test]
fn what_the_suite_calls_valid_is_trusted_unless_refused_to_be_safe() {
    let outcomes = outcomes();
    let valid = |(name, _): &&(String, Outcome)| !name.starts_with("Invalid");
    assert_eq!(outcomes.iter().filter(valid).count(), 85);
    for (name, outcome) in outcomes.iter().filter(valid) {
        let expected = match outcome {
            Outcome::Broken {
                finding: Finding::UnknownCriticalExtension,
                ..
            } => NOT_UNDERSTOOD.iter().any(|part| name.contains(part)),
            Outcome::Broken {
                finding: Finding::UnverifiableSignature,
                ..
            } => name.starts_with(DSA),
            outcome => *outcome == Outcome::Trusted,
        };
        assert!(expected, "{name}: {outcome:?}");
    }
}

#[test]
fn each_fault_is_told_as_what_it_is() {
    let outcomes = outcomes();
    let finding = |wanted: &str| {
        let (_, outcome) = outcomes.iter().find(|(name, _)| name == wanted).unwrap();
        match outcome {
            Outcome::Broken { finding, .. } => *finding,
            other => panic!("{wanted}: {other:?}"),
        }
    };
    for (name, expected) in [
        ("InvalidEESignatureTest3EE", Finding::BadSignature),
        ("InvalidCAnotBeforeDateTest1EE", Finding::NotYetValid),
        ("Invalidpre2000UTCEEnotAfterDateTest7EE", Finding::Expired),
        ("InvalidNameChainingOrderTest2EE", Finding::NameMismatch),
        ("InvalidMissingbasicConstraintsTest1EE", Finding::NotAnAuthority),
        ("InvalidcAFalseTest3EE", Finding::NotAnAuthority),
        (
            "InvalidkeyUsageNotCriticalkeyCertSignFalseTest2EE",
            Finding::MayNotIssue,
        ),
        ("InvalidpathLenConstraintTest12EE", Finding::TooManyBelow),
        (
            "InvalidSelfIssuedpathLenConstraintTest16EE",
            Finding::TooManyBelow,
        ),
        (
            "InvalidDNnameConstraintsTest3EE",
            Finding::UnknownCriticalExtension,
        ),
        (
            "InvalidUnknownCriticalCertificateExtensionTest2EE",
            Finding::UnknownCriticalExtension,
        ),
    ] {
        assert_eq!(finding(name), expected, "{name}");
    }
}
