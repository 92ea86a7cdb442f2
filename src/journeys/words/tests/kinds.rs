//! One of each kind of everything that has words, and a guard that none is forgotten.

use std::path::PathBuf;

use certificate::chain::{Finding, Origin, Outcome, SignatureCheck};
use certificate::{
    Fault, Field, Hash, KeyUse, Purpose, Qualified, QualifiedKind, QualifiedPart, ReadError, TimeOddity,
    Verdict,
};
use time::macros::datetime;
use token::TriesLeft;

use super::super::Words;
use crate::look::CardVerdict;

pub(super) fn card_errors() -> Vec<card::Error> {
    use card::Error;
    vec![
        Error::NoService,
        Error::NoReader,
        Error::ReaderUnavailable,
        Error::NoCard,
        Error::Removed,
        Error::Reset,
        Error::Mute,
        Error::Held,
        Error::ServiceVersion,
        Error::Refused {
            command: "SELECT".into(),
            status: 0x6A82,
        },
        Error::Malformed {
            command: "SELECT".into(),
        },
        Error::WrongPin,
        Error::PinBlocked,
        Error::Unexpected {
            command: "SELECT".into(),
        },
        Error::Pcsc {
            call: "SCardConnect".into(),
            code: 0x8010_0001,
        },
    ]
}

pub(super) fn token_errors() -> Vec<token::Error> {
    use token::Error;
    let path = PathBuf::from("/usr/lib/libakisp11.so");
    vec![
        Error::Card(card::Error::Mute),
        Error::ModuleMissing { path: path.clone() },
        Error::ModuleArchitecture {
            path: path.clone(),
            found: "x86 (32 bit)".into(),
            wanted: "x86-64".into(),
        },
        Error::ModuleLoad {
            path: path.clone(),
            detail: "libssl.so.1.1: cannot open".into(),
        },
        Error::ModuleCrashed { path: path.clone() },
        Error::ModuleHangs { path: path.clone() },
        Error::NotRecognised { path },
        Error::UnknownCard,
        Error::Pkcs11 {
            call: "C_OpenSession".into(),
            code: 0x05,
        },
        Error::WrongPin {
            tries_left: TriesLeft::Exact(2),
        },
        Error::WrongPuk {
            tries_left: TriesLeft::Unknown,
        },
        Error::PinBlocked,
        Error::PukBlocked,
        Error::LastPukClosed,
        Error::TriesChanged {
            now: TriesLeft::Exact(1),
        },
        Error::PinForm {
            call: "VERIFY".into(),
            code: 0x6700,
        },
        Error::NewPinRefused {
            call: "C_SetPIN".into(),
            code: 0xA2,
        },
        Error::Unsure {
            call: "VERIFY".into(),
            code: 0x8010_0069,
            tries_left: TriesLeft::Few,
        },
        Error::PadTimeout,
        Error::PadCancelled,
        Error::NotSupported,
        Error::KeyNotFound,
        Error::PinForEachSignature,
        Error::Mechanism,
        Error::NoSignature {
            call: "C_Sign".into(),
        },
        Error::NoRandom,
        Error::CardFull,
        Error::OneCertificateEach,
        Error::NoPlace,
        Error::ReadsOtherwise,
        Error::NotProven,
        Error::Relay(token::RelayRefused::Malformed),
        Error::Closed,
    ]
}

pub(super) fn read_errors() -> Vec<ReadError> {
    vec![
        ReadError::Empty,
        ReadError::TooLarge { bytes: 2, limit: 1 },
        ReadError::NotACertificate,
        ReadError::Base64,
        ReadError::TooMany { limit: 1 },
    ]
}

pub(super) fn verdicts() -> Vec<CardVerdict> {
    let instant = datetime!(2027-10-05 12:00 UTC);
    vec![
        CardVerdict::PinBlocked,
        CardVerdict::Replace,
        CardVerdict::Expired { on: instant },
        CardVerdict::NotYetValid { from: instant },
        CardVerdict::KeyMissing,
        CardVerdict::ExpiresSoon { days: 0 },
        CardVerdict::ExpiresSoon { days: 20 },
        CardVerdict::Fine,
        CardVerdict::NoQualified,
        CardVerdict::Empty,
        CardVerdict::Unreadable,
    ]
}

/// Every text that there is about certificates.
pub(super) fn texts_of_certificates(words: &Words) -> Vec<String> {
    let mut texts = Vec::new();
    for verdict in [Verdict::Replace, Verdict::Fine, Verdict::Weak, Verdict::Unknown] {
        texts.extend(
            [Hash::Sha1, Hash::Intrinsic, Hash::Unknown].map(|hash| words.certificate_verdict(verdict, hash)),
        );
    }
    texts.extend([Hash::Md5, Hash::Intrinsic, Hash::Unknown].map(|hash| words.hash(hash)));
    texts.extend(purposes().map(|purpose| words.purpose(purpose)));
    texts.extend(KeyUse::ALL.map(|key_use| words.key_use(key_use)));
    for kind in [QualifiedKind::Signature, QualifiedKind::Seal, QualifiedKind::No] {
        texts.push(words.qualified(&Qualified {
            kind,
            missing: Vec::new(),
        }));
    }
    texts.extend(parts().map(|part| words.qualified_part(part)));
    texts.extend(findings().map(|finding| words.chain_finding(finding)));
    texts.extend(outcomes().map(|outcome| words.chain_outcome(&outcome)));
    texts.extend(origins().map(|origin| words.origin(origin)));
    texts.extend(checks().map(|check| words.signature_check(check)));
    texts.extend(
        problems()
            .iter()
            .map(|problem| words.certificate_problem(problem)),
    );
    texts.extend(FIELDS.map(|field| words.field(field)));
    texts
}

fn purposes() -> [Purpose; 6] {
    use Purpose::{Authentication, Authority, Encryption, Other, Seal, Signing};
    [Signing, Seal, Authentication, Encryption, Authority, Other]
}

fn parts() -> [QualifiedPart; 4] {
    use QualifiedPart::{NonRepudiation, QcCompliance, TurkishStatement, UserNotice};
    [NonRepudiation, QcCompliance, TurkishStatement, UserNotice]
}

fn findings() -> [Finding; 13] {
    [
        Finding::Expired,
        Finding::NotYetValid,
        Finding::ValidityUnknown,
        Finding::BadSignature,
        Finding::UnverifiableSignature,
        Finding::NotAnAuthority,
        Finding::MayNotIssue,
        Finding::TooManyBelow,
        Finding::NameMismatch,
        Finding::UnknownCriticalExtension,
        Finding::Faulty,
        Finding::Loop,
        Finding::TooLong,
    ]
}

fn outcomes() -> [Outcome; 4] {
    [
        Outcome::Trusted,
        Outcome::Incomplete { issuer: None },
        Outcome::UntrustedRoot,
        Outcome::Broken {
            link: usize::MAX,
            finding: Finding::Expired,
        },
    ]
}

fn origins() -> [Origin; 6] {
    [
        Origin::Leaf,
        Origin::Card,
        Origin::File,
        Origin::Fetched,
        Origin::Bundled,
        Origin::Imported,
    ]
}

fn checks() -> [SignatureCheck; 4] {
    use SignatureCheck::{Bad, NotChecked, Unverifiable, Verified};
    [Verified, Bad, Unverifiable, NotChecked]
}

const FIELDS: [Field; 13] = [
    Field::Body,
    Field::Version,
    Field::SerialNumber,
    Field::InnerAlgorithm,
    Field::Issuer,
    Field::Validity,
    Field::NotBefore,
    Field::NotAfter,
    Field::Subject,
    Field::PublicKey,
    Field::Extensions,
    Field::OuterAlgorithm,
    Field::Signature,
];

const FAULTS: [Fault; 10] = [
    Fault::Missing,
    Fault::Truncated,
    Fault::Type,
    Fault::Length,
    Fault::Depth,
    Fault::Count,
    Fault::Value,
    Fault::Text,
    Fault::Time,
    Fault::Surplus,
];

fn problems() -> Vec<certificate::Problem> {
    use certificate::Problem;
    let oid = certificate::Oid::from(const_oid::ObjectIdentifier::new_unwrap("2.5.29.15"));
    let mut problems = vec![
        Problem::Truncated { missing: 1 },
        Problem::TrailingBytes { count: 1 },
        Problem::DuplicateExtension { oid: oid.clone() },
        Problem::AlgorithmMismatch {
            outer: oid.clone(),
            inner: oid.clone(),
        },
        Problem::Version { version: 4 },
        Problem::NegativeSerial,
        Problem::LongSerial { bytes: 21 },
        Problem::EmptySubject,
        Problem::EmptyIssuer,
        Problem::OddTime {
            field: Field::NotAfter,
            oddity: TimeOddity::NoZone,
        },
        Problem::ValidityReversed,
        Problem::HostileText {
            field: Field::Subject,
        },
        Problem::LongText {
            field: Field::Subject,
        },
    ];
    for fault in FAULTS {
        problems.push(Problem::NotDer { fault });
        problems.push(Problem::Field {
            field: Field::Body,
            fault,
        });
        problems.push(Problem::Extension {
            oid: oid.clone(),
            fault,
        });
    }
    problems
}

/// The compiler cannot ask for a `match` arm for each variant of another crate's non-exhaustive enum, so the
/// source is asked: a variant that was added there without words here fails.
#[test]
fn no_variant_is_without_words() {
    let certificate_problem = include_str!("../../../certificate/problem.rs");
    let chain = include_str!("../../../certificate/chain.rs");
    let debug =
        |items: &[&dyn std::fmt::Debug]| items.iter().map(|item| format!("{item:?}")).collect::<Vec<_>>();
    let of = |items: Vec<String>| items.iter().map(|text| head(text).to_owned()).collect::<Vec<_>>();

    covered(
        include_str!("../../../card/error.rs"),
        "Error",
        &of(card_errors().iter().map(|e| format!("{e:?}")).collect()),
    );
    covered(
        include_str!("../../../token/error.rs"),
        "Error",
        // A warning before the last try is made by a card alone.
        &of(token_errors()
            .iter()
            .map(|e| format!("{e:?}"))
            .chain(["LastTry".into()])
            .collect()),
    );
    covered(
        include_str!("../../../certificate/error.rs"),
        "ReadError",
        &of(read_errors().iter().map(|e| format!("{e:?}")).collect()),
    );
    covered(
        certificate_problem,
        "Problem",
        &of(problems().iter().map(|p| format!("{p:?}")).collect()),
    );
    covered(
        certificate_problem,
        "Field",
        &of(debug(&FIELDS.each_ref().map(|f| f as &dyn std::fmt::Debug))),
    );
    covered(
        certificate_problem,
        "Fault",
        &of(debug(&FAULTS.each_ref().map(|f| f as &dyn std::fmt::Debug))),
    );
    covered(
        chain,
        "Finding",
        &of(findings().iter().map(|f| format!("{f:?}")).collect()),
    );
    covered(
        chain,
        "Outcome",
        &of(outcomes().iter().map(|o| format!("{o:?}")).collect()),
    );
    covered(
        chain,
        "Origin",
        &of(origins().iter().map(|o| format!("{o:?}")).collect()),
    );
    covered(
        include_str!("../../../certificate/purpose.rs"),
        "Purpose",
        &of(purposes().iter().map(|p| format!("{p:?}")).collect()),
    );
    let problems = ["Directory", "Certificate", "Field", "Module"].map(str::to_owned);
    covered(include_str!("../../../token/types.rs"), "Problem", &problems);
}

/// The name in front of what a `Debug` text says.
fn head(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

fn covered(source: &str, name: &str, known: &[String]) {
    let body = source.split(&format!("pub enum {name} {{")).nth(1).expect(name);
    let body = body.split("\n}").next().expect(name);
    let variants = body.lines().filter(|line| {
        line.starts_with("    ") && line.as_bytes().get(4).is_some_and(u8::is_ascii_uppercase)
    });
    let names: Vec<&str> = variants.map(|line| head(line.trim())).collect();
    assert!(!names.is_empty(), "{name}");
    for variant in names {
        assert!(
            known.iter().any(|known| known == variant),
            "{name}::{variant} has no words"
        );
    }
}
