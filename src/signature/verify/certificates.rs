//! The trust in a signer's certificate, at the right time.

use std::sync::Arc;

use certificate::chain::{self, Candidate, Chain, Origin, Outcome};
use certificate::{Certificate, HashVerdict, KeyUse};
use time::{Duration, OffsetDateTime};

use super::{Level, Signer, Trust};
use crate::{Finding, Severity, Verdict};

/// How far ahead of ours a signer's clock may be.
const CLOCK_TOLERANCE: Duration = Duration::minutes(5);

/// Judges the certificate of a signer of content.
pub(super) fn judge(signer: &mut Signer, sent: &[Arc<Certificate>], trust: &Trust<'_>) {
    let stamped = earliest(signer, Verdict::Valid);
    if stamped.is_some() && signer.level == Level::B {
        signer.level = Level::T;
    }
    check_signing_time(signer, trust.now);
    let at = stamped.or_else(|| weakly_stamped(signer, trust.now));
    let at = at.unwrap_or(trust.now);
    let Some(certificate) = check_chain(signer, sent, trust, at) else {
        return;
    };
    let binds = certificate
        .extensions
        .key_usage
        .is_some_and(|usage| usage.has(KeyUse::NonRepudiation));
    if !binds {
        signer.note(Finding::NoNonRepudiation);
    }
    let qualified = certificate.qualified();
    if !qualified.is_qualified() {
        signer.note(Finding::NotQualified);
    }
    if certificate.is_test() {
        signer.note(Finding::TestCertificate);
    }
    signer.qualified = Some(qualified);
}

/// The time of the earliest stamp that comes to this.
fn earliest(signer: &Signer, verdict: Verdict) -> Option<OffsetDateTime> {
    let stamps = signer.time_stamps.iter();
    let such = stamps.filter(|stamp| stamp.verdict() == verdict);
    such.map(|stamp| stamp.time).min()
}

/// The time of a weak stamp, where nothing better shows that the signature is older than the end of its certificate.
/// The signature is no stronger then than the stamp.
fn weakly_stamped(signer: &mut Signer, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let end = signer.certificate.as_ref()?.not_after?;
    let time = earliest(signer, Verdict::Weak).filter(|_| now > end)?;
    signer.note(Finding::WeakTimeStamp);
    Some(time)
}

fn check_signing_time(signer: &mut Signer, now: OffsetDateTime) {
    let Some(time) = signer.signing_time else {
        return;
    };
    if time > now + CLOCK_TOLERANCE {
        signer.note(Finding::SigningTimeAhead);
    }
    let outside = signer.certificate.as_ref().is_some_and(|certificate| {
        certificate.not_before.is_some_and(|start| time < start)
            || certificate.not_after.is_some_and(|end| time > end)
    });
    if outside {
        signer.note(Finding::SignedOutsideValidity);
    }
}

/// Builds the chain at a time, and notes what is wrong with it.
pub(super) fn check_chain(
    signer: &mut Signer,
    sent: &[Arc<Certificate>],
    trust: &Trust<'_>,
    at: OffsetDateTime,
) -> Option<Arc<Certificate>> {
    let certificate = signer.certificate.clone()?;
    let sent = sent.iter().map(|each| Candidate {
        certificate: each.clone(),
        origin: Origin::File,
    });
    let candidates: Vec<Candidate> = trust.extra.iter().cloned().chain(sent).collect();
    let chain = Chain::build(&certificate, &candidates, trust.anchors, at);
    match &chain.outcome {
        Outcome::Incomplete { .. } => signer.note(Finding::UnknownIssuer),
        Outcome::UntrustedRoot => signer.note(Finding::UntrustedRoot),
        _ => {}
    }
    for (index, link) in chain.links.iter().enumerate() {
        for finding in &link.findings {
            signer.note(match (index, finding) {
                (0, chain::Finding::Expired) => Finding::CertificateExpired,
                (0, chain::Finding::NotYetValid) => Finding::CertificateNotYetValid,
                (link, finding) => Finding::Chain {
                    link,
                    finding: *finding,
                },
            });
        }
        if link.hash_verdict() == HashVerdict::Weak && !link.origin.is_anchor() {
            signer.note(Finding::WeakCertificate {
                link: index,
                hash: link.hash(),
            });
        }
    }
    note_end(signer, &chain);
    signer.chain = Some(chain);
    signer.judged_at = Some(at);
    Some(certificate)
}

/// A chain that is broken somewhere can lack its end besides; who reads the findings is to know both.
fn note_end(signer: &mut Signer, chain: &Chain) {
    let Some(last) = chain.links.last() else {
        return;
    };
    if matches!(chain.outcome, Outcome::Broken { .. }) && !last.origin.is_anchor() {
        signer.note(if last.certificate.is_self_issued() {
            Finding::UntrustedRoot
        } else {
            Finding::UnknownIssuer
        });
    }
    debug_assert!(
        chain.is_trusted()
            || signer
                .findings
                .iter()
                .any(|each| each.severity() >= Severity::Undecided),
        "a chain that is not trusted has a finding that says so"
    );
}
