//! What is checked before a byte is written. The service is not trusted with the card: a certificate that is wrong in
//! any of these ways never reaches it.

use std::sync::Arc;

use card::pkcs15::Swap;
use certificate::{
    Certificate, Hash, HashVerdict, Problem, QualifiedPart, ValidityState,
    chain::{self, Candidate, Chain, Origin, TrustAnchors},
};
use service::{Client, Confirmation, ConfirmedOutcome, FailInfo, Id, Sha256};
use time::OffsetDateTime;

use super::{Due, Plan};

/// The longest certificate that is put on a card, in bytes: cards hold about ten times that in all.
const LONGEST: usize = 8 * 1024;
/// The most certificates of a chain from the service that are looked at.
const MOST_ISSUERS: usize = 16;

/// Why a certificate is not put on the card.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It cannot be read as a certificate, or is cut off.
    Unreadable,
    /// It is longer than a card takes.
    TooLong {
        /// How long, in bytes.
        bytes: usize,
    },
    /// It is the one that is on the card already.
    Same,
    /// It is for another key than the card's.
    KeyMismatch,
    /// It is for somebody else.
    SubjectMismatch,
    /// It is signed with a weak hash, as the old one is.
    WeakHash {
        /// Which.
        hash: Hash,
    },
    /// It has ended.
    Expired,
    /// It has not begun; or this computer's clock is wrong.
    NotYetValid,
    /// It ends at another time than the old one.
    NotAfterMismatch,
    /// It is an authority's, which no person's card may hold.
    Authority,
    /// Its key may be used for less than the old one's, or not for signing.
    UsageWeaker,
    /// It is not qualified where the old one was.
    NotQualified {
        /// What is missing.
        missing: Vec<QualifiedPart>,
    },
    /// It does not lead to an authority that this computer trusts.
    Untrusted {
        /// What the chain came to.
        chain: chain::Outcome,
    },
}

/// A certificate that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Why.
    pub refusal: Refusal,
    /// The service's name for the replacement.
    pub replacement: Id,
    /// SHA-256 of the bytes that came.
    pub hash: Sha256,
}

/// Why nothing was prepared. The card was not touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotPrepared {
    /// The service did not give it.
    Service(service::Error),
    /// What it gave is refused.
    Refused(Refused),
}

/// Fetches the certificate and its issuers, and checks everything that can be known before the card is touched.
pub async fn prepare(
    client: &Client,
    due: &Due,
    anchors: &TrustAnchors,
    now: OffsetDateTime,
) -> Result<Plan, NotPrepared> {
    let id = &due.replacement.id;
    let der = client
        .replacement_certificate(id)
        .await
        .map_err(NotPrepared::Service)?;
    let issuers = client.replacement_chain(id).await.map_err(NotPrepared::Service)?;
    checked(due, &der, &issuers, anchors, now).map_err(NotPrepared::Refused)
}

/// The same for a certificate (DER) and its issuers (a certs-only CMS) that have come already.
pub fn checked(
    due: &Due,
    der: &[u8],
    issuers: &[u8],
    anchors: &TrustAnchors,
    now: OffsetDateTime,
) -> Result<Plan, Refused> {
    let (new, chain) =
        check(&due.old.certificate, der, issuers, anchors, now).map_err(|refusal| Refused {
            refusal,
            replacement: due.replacement.id.clone(),
            hash: Sha256::of(der),
        })?;
    Ok(Plan {
        reader: due.reader.clone(),
        serial: due.serial.clone(),
        replacement: due.replacement.clone(),
        swap: Swap {
            id: due.old.id.clone(),
            label: due.old.label.clone(),
            old: due.old.certificate.der().to_vec(),
            new: new.der().to_vec(),
        },
        old: Arc::clone(&due.old.certificate),
        new,
        chain,
        remove_first: false,
    })
}

/// Tells the service that a certificate was refused, where the fault is the certificate's: what this computer's clock
/// or its trust anchors may have to do with is not told, for it may be in order tomorrow. One that is on the card already
/// is there: whatever kept the service from hearing of it, it hears of it now.
pub async fn tell_refused(client: &Client, refused: &Refused) -> Result<(), service::Error> {
    let fail_info = fail_info(&refused.refusal);
    let outcome = match (&refused.refusal, fail_info) {
        (Refusal::Same, _) => ConfirmedOutcome::Installed,
        (_, Some(_)) => ConfirmedOutcome::Rejected,
        (_, None) => return Ok(()),
    };
    let confirmation = Confirmation {
        cert_hash: refused.hash,
        outcome,
        fail_info,
    };
    client
        .confirm_replacement(&refused.replacement, &confirmation)
        .await
}

fn fail_info(refusal: &Refusal) -> Option<FailInfo> {
    match refusal {
        Refusal::Unreadable | Refusal::TooLong { .. } => Some(FailInfo::Unreadable),
        Refusal::KeyMismatch => Some(FailInfo::KeyMismatch),
        Refusal::SubjectMismatch => Some(FailInfo::SubjectMismatch),
        Refusal::NotAfterMismatch => Some(FailInfo::NotAfterMismatch),
        Refusal::WeakHash { .. } => Some(FailInfo::WeakHash),
        Refusal::Authority | Refusal::UsageWeaker | Refusal::NotQualified { .. } => Some(FailInfo::Weaker),
        Refusal::Same | Refusal::Expired | Refusal::NotYetValid | Refusal::Untrusted { .. } => None,
    }
}

/// The checks, the ones that tell most first.
fn check(
    old: &Certificate,
    der: &[u8],
    issuers: &[u8],
    anchors: &TrustAnchors,
    now: OffsetDateTime,
) -> Result<(Arc<Certificate>, Chain), Refusal> {
    let new = readable(der)?;
    same_holder(old, &new)?;
    let hash = new.hash();
    if hash.verdict() != HashVerdict::Fine {
        return Err(Refusal::WeakHash { hash });
    }
    if new.der() == old.der() {
        return Err(Refusal::Same);
    }
    in_time(old, &new, now)?;
    not_weaker(old, &new)?;
    let new = Arc::new(new);
    let chain = Chain::build(&new, &candidates(issuers), anchors, now);
    if chain.is_trusted() {
        Ok((new, chain))
    } else {
        Err(Refusal::Untrusted { chain: chain.outcome })
    }
}

fn readable(der: &[u8]) -> Result<Certificate, Refusal> {
    if der.len() > LONGEST {
        return Err(Refusal::TooLong { bytes: der.len() });
    }
    let new = Certificate::read(der).map_err(|_| Refusal::Unreadable)?;
    let broken = new.problems.iter().any(|problem| {
        matches!(
            problem,
            Problem::Truncated { .. }
                | Problem::NotDer { .. }
                | Problem::TrailingBytes { .. }
                | Problem::AlgorithmMismatch { .. }
                | Problem::DuplicateExtension { .. }
                | Problem::Field { .. }
        )
    });
    if broken { Err(Refusal::Unreadable) } else { Ok(new) }
}

fn same_holder(old: &Certificate, new: &Certificate) -> Result<(), Refusal> {
    let key = |certificate: &Certificate| certificate.public_key.as_ref().map(|key| key.spki.clone());
    if key(new).is_none() || key(new) != key(old) {
        return Err(Refusal::KeyMismatch);
    }
    let subject = |certificate: &Certificate| certificate.subject.as_ref().map(|name| name.der().to_vec());
    if subject(new).is_none() || subject(new) != subject(old) {
        return Err(Refusal::SubjectMismatch);
    }
    Ok(())
}

fn in_time(old: &Certificate, new: &Certificate, now: OffsetDateTime) -> Result<(), Refusal> {
    match new.validity_at(now) {
        ValidityState::Valid { .. } => {}
        ValidityState::Expired { .. } => return Err(Refusal::Expired),
        ValidityState::NotYet { .. } => return Err(Refusal::NotYetValid),
        ValidityState::Unknown => return Err(Refusal::Unreadable),
    }
    if new.not_after == old.not_after {
        Ok(())
    } else {
        Err(Refusal::NotAfterMismatch)
    }
}

fn not_weaker(old: &Certificate, new: &Certificate) -> Result<(), Refusal> {
    if new.is_authority() {
        return Err(Refusal::Authority);
    }
    // A certificate without key usage may be used for anything: one that says less is weaker.
    let weaker = match (old.extensions.key_usage, new.extensions.key_usage) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(old), Some(new)) => old.iter().any(|usage| !new.has(usage)),
    };
    if weaker {
        return Err(Refusal::UsageWeaker);
    }
    let (before, after) = (old.qualified(), new.qualified());
    let lost: Vec<_> = after
        .missing
        .into_iter()
        .filter(|part| !before.missing.contains(part))
        .collect();
    if !lost.is_empty() {
        return Err(Refusal::NotQualified { missing: lost });
    }
    if before.kind != after.kind {
        return Err(Refusal::NotQualified {
            missing: vec![QualifiedPart::TurkishStatement],
        });
    }
    // The key may be narrowed to other purposes than before by its extended usage as well.
    let narrowed = !new.extensions.extended_key_usage.is_empty()
        && old
            .extensions
            .extended_key_usage
            .iter()
            .any(|usage| !new.extensions.extended_key_usage.contains(usage));
    let narrowed = narrowed
        || (old.extensions.extended_key_usage.is_empty() && !new.extensions.extended_key_usage.is_empty());
    if narrowed {
        return Err(Refusal::UsageWeaker);
    }
    Ok(())
}

/// What came as the chain helps to find the way; it is trusted with nothing.
fn candidates(issuers: &[u8]) -> Vec<Candidate> {
    let read = certificate::read_many(issuers).into_iter().filter_map(Result::ok);
    read.take(MOST_ISSUERS)
        .map(|certificate| Candidate {
            certificate: Arc::new(certificate),
            origin: Origin::Fetched,
        })
        .collect()
}
