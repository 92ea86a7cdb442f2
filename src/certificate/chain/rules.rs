//! The rules each link of a chain must keep (RFC 5280 §6.1), revocation and policies aside.

use std::sync::Arc;

use time::OffsetDateTime;

use super::{Finding, Link, SignatureCheck};
use crate::oid::known;
use crate::{Certificate, Fault, KeyUse, Problem, ValidityState};

/// Extensions that may be critical since they are respected here, or concern the leaf's user and not its chain.
const UNDERSTOOD: [const_oid::ObjectIdentifier; 7] = [
    known::KEY_USAGE,
    known::BASIC_CONSTRAINTS,
    known::EXTENDED_KEY_USAGE,
    known::SUBJECT_ALT_NAME,
    known::CERTIFICATE_POLICIES,
    known::QC_STATEMENTS,
    known::CRL_DISTRIBUTION_POINTS,
];

/// Writes into each link what is wrong with it.
pub(super) fn judge(links: &mut [Link], at: OffsetDateTime) {
    let mut authorities_below = 0_u32;
    let mut issued: Option<Arc<Certificate>> = None;
    for link in links {
        let certificate = link.certificate.clone();
        let mut findings = validity(&certificate, at);
        if !link.origin.is_anchor() {
            findings.extend(signature(link.signature));
            findings.extend(content(&certificate));
        }
        if let Some(issued) = issued {
            findings.extend(issuing(&certificate, authorities_below));
            if !issued.names_as_issuer(&certificate) {
                findings.push(Finding::NameMismatch);
            }
            authorities_below += u32::from(!certificate.is_self_issued());
        }
        // What the search itself found comes after what is wrong with the certificate.
        findings.append(&mut link.findings);
        link.findings = findings;
        issued = Some(certificate);
    }
}

fn validity(certificate: &Certificate, at: OffsetDateTime) -> Vec<Finding> {
    match certificate.validity_at(at) {
        ValidityState::Valid { .. } => Vec::new(),
        ValidityState::Expired { .. } => vec![Finding::Expired],
        ValidityState::NotYet { .. } => vec![Finding::NotYetValid],
        ValidityState::Unknown => vec![Finding::ValidityUnknown],
    }
}

fn signature(check: SignatureCheck) -> Option<Finding> {
    match check {
        SignatureCheck::Bad => Some(Finding::BadSignature),
        SignatureCheck::Unverifiable => Some(Finding::UnverifiableSignature),
        SignatureCheck::Verified | SignatureCheck::NotChecked => None,
    }
}

fn content(certificate: &Certificate) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut critical = certificate
        .extensions
        .all
        .iter()
        .filter(|extension| extension.critical);
    if critical.any(|extension| !UNDERSTOOD.iter().any(|known| extension.oid.is(*known))) {
        findings.push(Finding::UnknownCriticalExtension);
    }
    if certificate
        .problems
        .iter()
        .any(|problem| is_decisive(problem, certificate))
    {
        findings.push(Finding::Faulty);
    }
    findings
}

/// Whether a problem leaves open what the certificate allows. Odd texts, times and numbers do not.
fn is_decisive(problem: &Problem, certificate: &Certificate) -> bool {
    match problem {
        Problem::Truncated { .. }
        | Problem::DuplicateExtension { .. }
        | Problem::AlgorithmMismatch { .. } => true,
        Problem::Field { fault, .. } => *fault != Fault::Text,
        Problem::Extension { oid, fault } => {
            let critical = certificate
                .extensions
                .all
                .iter()
                .any(|each| each.oid == *oid && each.critical);
            let limits = [known::KEY_USAGE, known::BASIC_CONSTRAINTS]
                .iter()
                .any(|known| oid.is(*known));
            *fault != Fault::Text && (critical || limits)
        }
        _ => false,
    }
}

fn issuing(certificate: &Certificate, authorities_below: u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !certificate.is_authority() {
        findings.push(Finding::NotAnAuthority);
    }
    if certificate
        .extensions
        .key_usage
        .is_some_and(|usage| !usage.has(KeyUse::KeyCertSign))
    {
        findings.push(Finding::MayNotIssue);
    }
    let limit = certificate
        .extensions
        .basic_constraints
        .and_then(|constraints| constraints.path_len);
    if limit.is_some_and(|limit| authorities_below > limit) {
        findings.push(Finding::TooManyBelow);
    }
    findings
}
