use std::net::IpAddr;

use super::*;
use crate::test_support::{Parts, element, extension, fixture, oid, sequence};
use crate::tlv;
use crate::{Fault, Problem};

#[test]
fn every_extension_of_the_field_is_decoded() {
    let certificate = fixture("all-extensions");
    assert_eq!(certificate.problems, []);
    let read = &certificate.extensions;
    assert_eq!(
        read.key_usage.unwrap().iter().collect::<Vec<_>>(),
        [KeyUse::NonRepudiation]
    );
    assert_eq!(
        read.basic_constraints,
        Some(BasicConstraints {
            ca: false,
            path_len: None
        })
    );
    assert_eq!(read.ocsp, ["http://ocsp.example.org"]);
    assert_eq!(read.ca_issuers, ["http://depo.example.org/kok.crt"]);
    assert!(read.crl_points[0].starts_with("http:") && read.crl_points[1].starts_with("ldap:"));
    assert_eq!(read.subject_key_id.as_ref().map(Vec::len), Some(20));
    assert_eq!(read.authority_key_id, fixture("root").extensions.subject_key_id);
    let purposes: Vec<_> = read.extended_key_usage.iter().filter_map(Oid::name).collect();
    assert_eq!(purposes, ["e-mail protection", "document signing"]);
    let unknown: Vec<_> = read
        .all
        .iter()
        .filter(|each| !each.known)
        .map(|each| each.oid.to_string())
        .collect();
    assert_eq!(unknown, ["1.2.3.4.5"]);
}

#[test]
fn alternative_names_of_every_kind() {
    let names = fixture("all-extensions").extensions.subject_alt_names;
    assert_eq!(names[0], AltName::Email("irem@example.org".into()));
    assert_eq!(names[1], AltName::Dns("example.org".into()));
    assert_eq!(names[2], AltName::Uri("https://example.org/".into()));
    assert_eq!(names[3], AltName::Ip(IpAddr::from([192, 0, 2, 1])));
    assert_eq!(names[4], AltName::Ip("2001:db8::1".parse().unwrap()));
    assert!(matches!(&names[5], AltName::Registered(oid) if oid.to_string() == "1.2.3"));
    assert!(matches!(&names[6], AltName::Other { text: Some(text), .. } if text == "irem@example.org"));
    assert!(matches!(&names[7], AltName::Directory(name) if name.common_name() == Some("Dizin")));
}

#[test]
fn policies_with_bmp_notice_and_mistyped_reference() {
    let policies = fixture("all-extensions").extensions.policies;
    assert_eq!(policies[0].oid.name(), Some("Kamu SM NES"));
    assert_eq!(policies[0].cps, ["http://depo.example.org/ilke"]);
    let text = policies[0].notices[0].text.as_deref();
    assert_eq!(
        text,
        Some("Bu sertifika, nitelikli elektronik sertifikadır. (İığşöçü)")
    );
    assert_eq!(
        policies[1].notices[0].organization.as_deref(),
        Some("Örnek Kurum")
    );
    assert_eq!(policies[1].notices[0].text.as_deref(), Some("Notice"));
    assert!(policies[2].cps.is_empty() && policies[2].notices.is_empty());
}

#[test]
fn statements_of_every_kind() {
    let statements = fixture("all-extensions").extensions.qc_statements;
    let kinds: Vec<QcStatementKind> = statements.into_iter().map(|statement| statement.kind).collect();
    assert_eq!(kinds[0], QcStatementKind::Compliance);
    let limit = LimitValue {
        currency: Currency::Number(949),
        amount: 5,
        exponent: 3,
    };
    assert_eq!(kinds[1], QcStatementKind::Limit(limit));
    assert_eq!(kinds[2], QcStatementKind::RetentionYears(20));
    assert_eq!(kinds[3], QcStatementKind::SecureDevice);
    let place = Pds {
        url: "https://example.org/pds".into(),
        language: "tr".into(),
    };
    assert_eq!(kinds[4], QcStatementKind::Disclosure(vec![place]));
    assert!(
        matches!(&kinds[5], QcStatementKind::Type(types) if types[0].name() == Some("electronic signature"))
    );
    assert_eq!(kinds[6], QcStatementKind::Legislation(vec!["TR".into()]));
    assert!(matches!(
        &kinds[7],
        QcStatementKind::Syntax { semantics: Some(_) }
    ));
    assert!(
        matches!(&kinds[8], QcStatementKind::TurkishQualified { text: Some(text) } if text.contains("5070 sayılı"))
    );
    assert_eq!(kinds[9], QcStatementKind::Other);
}

#[test]
fn limits_are_written_out_where_they_are_short() {
    let limit = |currency: &str, amount, exponent| {
        LimitValue {
            currency: Currency::Letters(currency.into()),
            amount,
            exponent,
        }
        .to_string()
    };
    assert_eq!(limit("TRL", 0, 0), "0 TRL");
    assert_eq!(limit("TRY", 5, 3), "5000 TRY");
    assert_eq!(limit("TRY", 5, 100), "5 × 10^100 TRY");
    assert_eq!(limit("TRY", 125, -1), "125 × 10^-1 TRY");
    let Some(statement) = fixture("qualified").extensions.qc_statements.into_iter().nth(1) else {
        panic!()
    };
    assert!(matches!(statement.kind, QcStatementKind::Limit(limit) if limit.to_string() == "0 TRL"));
}

#[test]
fn a_broken_extension_is_listed_and_the_next_one_read() {
    let parts = Parts {
        extensions: vec![
            extension("2.5.29.19", true, &[0x30, 0x05, 0x01]),
            extension("2.5.29.15", true, &[0x03, 0x02, 0x06, 0x40]),
            extension("1.2.3", true, b"?"),
        ],
        ..Parts::default()
    };
    let certificate = parts.read();
    let basic = certificate.extensions.all[0].oid.clone();
    assert_eq!(
        certificate.problems,
        [Problem::Extension {
            oid: basic,
            fault: Fault::Truncated
        }]
    );
    assert!(
        certificate
            .extensions
            .key_usage
            .unwrap()
            .has(KeyUse::NonRepudiation)
    );
    assert_eq!(certificate.extensions.all.len(), 3);
}

#[test]
fn the_first_of_two_equal_extensions_counts() {
    let usage = |bits| extension("2.5.29.15", true, &[0x03, 0x02, 0x00, bits]);
    let certificate = Parts {
        extensions: vec![usage(0x80), usage(0x40)],
        ..Parts::default()
    }
    .read();
    assert!(
        !certificate
            .extensions
            .key_usage
            .unwrap()
            .has(KeyUse::NonRepudiation)
    );
    assert_eq!(
        certificate.problems.iter().map(Problem::code).collect::<Vec<_>>(),
        ["duplicate-extension"]
    );
}

#[test]
fn an_unreadable_path_limit_is_the_tightest() {
    let value = sequence(&[&[0x01, 0x01, 0xFF], &element(tlv::INTEGER, &[0x80])]);
    let certificate = Parts {
        extensions: vec![extension("2.5.29.19", true, &value)],
        ..Parts::default()
    }
    .read();
    let constraints = certificate.extensions.basic_constraints;
    assert_eq!(
        constraints,
        Some(BasicConstraints {
            ca: true,
            path_len: Some(0)
        })
    );
    assert_eq!(certificate.problems.len(), 1);
}

#[test]
fn an_unreadable_limit_leaves_the_other_statements() {
    let broken = sequence(&[&oid("0.4.0.1862.1.2"), &[0x02, 0x01, 0x00]]);
    let value = sequence(&[&broken, &sequence(&[&oid("0.4.0.1862.1.1")])]);
    let extensions = vec![extension("1.3.6.1.5.5.7.1.3", false, &value)];
    let certificate = Parts {
        extensions,
        ..Parts::default()
    }
    .read();
    let kinds: Vec<_> = certificate
        .extensions
        .qc_statements
        .iter()
        .map(|each| each.kind.clone())
        .collect();
    assert_eq!(
        kinds,
        [
            QcStatementKind::Unreadable(Fault::Type),
            QcStatementKind::Compliance
        ]
    );
}
