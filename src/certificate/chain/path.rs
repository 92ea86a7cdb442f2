//! The search for the best way to an anchor.

use std::sync::Arc;

use time::OffsetDateTime;

use super::{
    Candidate, Chain, Finding, Link, MAX_LINKS, Origin, Outcome, SignatureCheck, TrustAnchors, rules,
    signature,
};
use crate::Certificate;

/// How many signatures are checked at most for one chain.
const MAX_CHECKS: usize = 64;

pub(super) fn build(
    leaf: &Arc<Certificate>,
    extra: &[Candidate],
    anchors: &TrustAnchors,
    at: OffsetDateTime,
) -> Chain {
    let origin = anchors.origin_of(leaf).unwrap_or(Origin::Leaf);
    let mut search = Search {
        extra,
        anchors,
        at,
        checks_left: MAX_CHECKS,
    };
    search.extend(vec![Link {
        certificate: leaf.clone(),
        origin,
        signature: SignatureCheck::NotChecked,
        findings: Vec::new(),
    }])
}

struct Search<'a> {
    extra: &'a [Candidate],
    anchors: &'a TrustAnchors,
    at: OffsetDateTime,
    checks_left: usize,
}

impl Search<'_> {
    /// The best chain that starts with these links.
    fn extend(&mut self, links: Vec<Link>) -> Chain {
        let Some(last) = links.last() else {
            return self.close(links, None);
        };
        if last.origin.is_anchor() || is_self_signed(&last.certificate) {
            return self.close(links, None);
        }
        if links.len() == MAX_LINKS {
            return self.close(links, Some(Finding::TooLong));
        }
        let mut looped = false;
        let mut best: Option<Chain> = None;
        for issuer in self.issuers(&last.certificate) {
            if links.iter().any(|link| link.certificate == issuer.certificate) {
                looped = true;
                continue;
            }
            let Some(check) = self.check(&last.certificate, &issuer.certificate) else {
                continue;
            };
            let chain = self.extend(joined(&links, check, &issuer));
            if chain.is_trusted() {
                return chain;
            }
            if best.as_ref().is_none_or(|best| rank(&chain) > rank(best)) {
                best = Some(chain);
            }
        }
        best.unwrap_or_else(|| self.close(links, looped.then_some(Finding::Loop)))
    }

    /// Certificates that may have issued this one, the likeliest first: anchors before others, then those with the key
    /// identifier it names.
    fn issuers(&self, certificate: &Certificate) -> Vec<Candidate> {
        let mut issuers: Vec<(bool, Candidate)> = self
            .anchors
            .iter()
            .chain(self.extra)
            .filter_map(|candidate| {
                let key = key_agrees(certificate, &candidate.certificate);
                let named = certificate.names_as_issuer(&candidate.certificate);
                (named || key == Some(true)).then(|| (named && key != Some(false), candidate.clone()))
            })
            .collect();
        issuers.sort_by_key(|(likely, candidate)| (!likely, !candidate.origin.is_anchor()));
        issuers.into_iter().map(|(_, candidate)| candidate).collect()
    }

    /// What comes of checking the signature; `None` if the candidate is another authority of the same name, or if
    /// enough has been checked.
    fn check(&mut self, certificate: &Certificate, issuer: &Certificate) -> Option<SignatureCheck> {
        self.checks_left = self.checks_left.checked_sub(1)?;
        let key = issuer.public_key.as_ref();
        let check = key.map_or(SignatureCheck::Unverifiable, |key| {
            signature::check(certificate, key)
        });
        let other_key = key_agrees(certificate, issuer) == Some(false);
        Some(check).filter(|check| *check == SignatureCheck::Verified || !other_key)
    }

    /// No issuer is found or needed: the chain as it is, judged.
    fn close(&mut self, mut links: Vec<Link>, finding: Option<Finding>) -> Chain {
        if let Some(last) = links.last_mut() {
            last.findings.extend(finding);
            if last.certificate.is_self_issued() {
                let key = last.certificate.public_key.as_ref();
                last.signature = key.map_or(SignatureCheck::Unverifiable, |key| {
                    signature::check(&last.certificate, key)
                });
            }
        }
        rules::judge(&mut links, self.at);
        let outcome = outcome(&links);
        Chain { links, outcome }
    }
}

fn joined(links: &[Link], check: SignatureCheck, issuer: &Candidate) -> Vec<Link> {
    let mut links = links.to_vec();
    if let Some(last) = links.last_mut() {
        last.signature = check;
    }
    links.push(Link {
        certificate: issuer.certificate.clone(),
        origin: issuer.origin,
        signature: SignatureCheck::NotChecked,
        findings: Vec::new(),
    });
    links
}

/// Whether the issuer's key identifier is the one the certificate names; `None` if either names none.
fn key_agrees(certificate: &Certificate, issuer: &Certificate) -> Option<bool> {
    let named = certificate.extensions.authority_key_id.as_ref()?;
    let own = issuer.extensions.subject_key_id.as_ref()?;
    Some(named == own)
}

/// Whether the way ends here: a self-issued certificate that names no other key. A self-issued certificate of a key
/// roll-over names the other key.
fn is_self_signed(certificate: &Certificate) -> bool {
    certificate.is_self_issued() && key_agrees(certificate, certificate) != Some(false)
}

fn outcome(links: &[Link]) -> Outcome {
    let first_finding = links
        .iter()
        .enumerate()
        .find_map(|(link, each)| each.findings.first().map(|finding| (link, *finding)));
    let Some(last) = links.last() else {
        return Outcome::Incomplete { issuer: None };
    };
    match first_finding {
        Some((link, finding)) => Outcome::Broken { link, finding },
        None if last.origin.is_anchor() => Outcome::Trusted,
        None if is_self_signed(&last.certificate) => Outcome::UntrustedRoot,
        None => Outcome::Incomplete {
            issuer: last.certificate.issuer.clone(),
        },
    }
}

/// Of chains that are not trusted, the one that says most is best: right signatures, then an anchor at the end, then
/// fewer findings, then more links.
fn rank(chain: &Chain) -> (bool, bool, std::cmp::Reverse<usize>, usize) {
    let bad = chain
        .links
        .iter()
        .any(|link| link.signature == SignatureCheck::Bad);
    let anchored = chain.links.last().is_some_and(|last| last.origin.is_anchor());
    let findings = chain.links.iter().map(|link| link.findings.len()).sum();
    (!bad, anchored, std::cmp::Reverse(findings), chain.links.len())
}
