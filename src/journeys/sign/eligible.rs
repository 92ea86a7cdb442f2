//! Which certificates of a card may sign, and why the others may not.

use std::sync::Arc;

use certificate::{Certificate, HashVerdict, KeyUse, Purpose, ValidityState};
use signature::Algorithm;
use time::OffsetDateTime;

use crate::look::{LookedCertificate, Report};

/// What a signature asks of its certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// A qualified certificate.
    Qualified,
    /// A certificate that is meant for signatures that bind (key usage `nonRepudiation`).
    Binding,
    /// Whatever can sign; what is unusual about it is said.
    Any,
}

/// One certificate of the card, with whether it may sign.
#[derive(Clone, Debug)]
pub struct SigningChoice {
    /// The certificate.
    pub looked: LookedCertificate,
    /// Why it may not sign.
    pub obstacle: Option<Obstacle>,
    /// What is unusual about it; it may sign all the same.
    pub cautions: Vec<Caution>,
}

/// Why a certificate may not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It was signed with SHA-1 or weaker: it has to be replaced first (journey J2).
    WeakHash,
    /// It has run out.
    Expired {
        /// When.
        on: OffsetDateTime,
    },
    /// It is not valid yet.
    NotYetValid {
        /// From when it is.
        from: OffsetDateTime,
    },
    /// Its private key is not on the card.
    KeyMissing,
    /// It is not a qualified one, and that is asked for.
    NotQualified,
    /// It is for something else: for logging in, encrypting, issuing.
    NotForSigning,
    /// Its key is of a kind that nothing is signed with here.
    KeyUnsuitable,
    /// It cannot be read well enough to tell.
    Unreadable,
}

/// What is unusual about a certificate that may sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caution {
    /// It is not a qualified one: the signature is not equal to one by hand.
    NotQualified,
    /// It is not meant for signatures that bind.
    NotBinding,
    /// It says of itself that it is for tests.
    Test,
}

impl SigningChoice {
    /// Whether it may sign.
    pub fn is_eligible(&self) -> bool {
        self.obstacle.is_none()
    }

    /// Whether it is meant for signatures that bind (key usage `nonRepudiation`).
    pub fn binds(&self) -> bool {
        binds(&self.looked.certificate)
    }

    /// Why it may not sign at this time.
    pub(crate) fn out_of_time(&self, at: OffsetDateTime) -> Option<Obstacle> {
        out_of_time(&self.looked.certificate, at)
    }

    /// The usual way to sign with its key.
    pub(crate) fn algorithm(&self) -> Result<Algorithm, signature::Error> {
        let key = self.looked.certificate.public_key.as_ref();
        Algorithm::for_key(key.ok_or(signature::Error::CertificateUnusable)?)
    }

    /// Its issuers as far as they are at hand; the root is known to whoever trusts it.
    pub(crate) fn issuers(&self) -> Vec<Arc<Certificate>> {
        let links = self.looked.chain.links.iter().skip(1);
        links
            .map(|link| link.certificate.clone())
            .filter(|certificate| !certificate.is_self_issued())
            .collect()
    }
}

/// The certificates of a card, those that may sign first. `at` is the time by the best clock at hand.
pub fn choices(report: &Report, demand: Demand, at: OffsetDateTime) -> Vec<SigningChoice> {
    let mut choices: Vec<SigningChoice> = report
        .certificates
        .iter()
        .map(|looked| SigningChoice {
            obstacle: obstacle(looked, demand, at),
            cautions: cautions(&looked.certificate),
            looked: looked.clone(),
        })
        .collect();
    choices.sort_by_key(|choice| !choice.is_eligible());
    choices
}

/// The first of the reasons; what the person can do something about comes before what is so for good.
fn obstacle(looked: &LookedCertificate, demand: Demand, at: OffsetDateTime) -> Option<Obstacle> {
    let certificate = &*looked.certificate;
    if certificate.is_authority() {
        return Some(Obstacle::NotForSigning);
    }
    if demand != Demand::Any && !binds(certificate) {
        return Some(Obstacle::NotForSigning);
    }
    if let Some(obstacle) = out_of_time(certificate, at) {
        return Some(obstacle);
    }
    match certificate.hash_verdict() {
        HashVerdict::Fine => {}
        HashVerdict::Weak => return Some(Obstacle::WeakHash),
        HashVerdict::Unknown => return Some(Obstacle::Unreadable),
    }
    if looked.has_private_key == Some(false) {
        return Some(Obstacle::KeyMissing);
    }
    if demand == Demand::Qualified && !certificate.qualified().is_qualified() {
        return Some(Obstacle::NotQualified);
    }
    match certificate.public_key.as_ref().map(Algorithm::for_key) {
        Some(Ok(_)) if certificate.purpose() != Purpose::Encryption => None,
        Some(Ok(_)) => Some(Obstacle::NotForSigning),
        Some(Err(_)) => Some(Obstacle::KeyUnsuitable),
        None => Some(Obstacle::Unreadable),
    }
}

fn out_of_time(certificate: &Certificate, at: OffsetDateTime) -> Option<Obstacle> {
    let obstacle = match certificate.validity_at(at) {
        ValidityState::Valid { .. } => return None,
        ValidityState::Expired { .. } => certificate.not_after.map(|on| Obstacle::Expired { on }),
        ValidityState::NotYet { .. } => certificate.not_before.map(|from| Obstacle::NotYetValid { from }),
        ValidityState::Unknown => None,
    };
    Some(obstacle.unwrap_or(Obstacle::Unreadable))
}

fn cautions(certificate: &Certificate) -> Vec<Caution> {
    let all = [
        (Caution::NotQualified, !certificate.qualified().is_qualified()),
        (Caution::NotBinding, !binds(certificate)),
        (Caution::Test, certificate.is_test()),
    ];
    all.into_iter()
        .filter_map(|(caution, applies)| applies.then_some(caution))
        .collect()
}

fn binds(certificate: &Certificate) -> bool {
    let usage = certificate.extensions.key_usage;
    usage.is_some_and(|usage| usage.has(KeyUse::NonRepudiation))
}
