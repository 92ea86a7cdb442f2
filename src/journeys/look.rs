//! Journey J1, look: from "a card came" to a verdict.

use std::{sync::Arc, time::Duration};

use card::{Atr, Family};
use certificate::{
    Certificate, IdentityNumber, Purpose, ValidityState, Verdict,
    chain::{Candidate, Chain, Origin, TrustAnchors},
};
use time::OffsetDateTime;
use token::{
    Backend, CardCertificate, Contents, Error, PinInfo, PinRole, Problem, Progress, TokenHandle, TriesLeft,
};

/// What a look at a card found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The reader that the card is in.
    pub reader: String,
    /// The card's answer to reset.
    pub atr: Atr,
    /// The card's family.
    pub family: Family,
    /// The card's serial number as the card gives it; may be empty.
    pub serial: String,
    /// Whose card it is, as far as its certificates say.
    pub holder: Option<Holder>,
    /// What spoke to the card.
    pub backend: Backend,
    /// The end-entity certificates, the one for signing first. CA certificates are in the chains.
    pub certificates: Vec<LookedCertificate>,
    /// The PINs, the user PIN first.
    pub pins: Vec<PinInfo>,
    /// The one thing to say about this card.
    pub verdict: CardVerdict,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// When it was looked at.
    pub looked_at: OffsetDateTime,
    /// From the request to the report.
    pub took: Duration,
    /// Commands that went to the card, where they can be counted.
    pub apdus: Option<u32>,
    /// Whether the certificates came from the cache.
    pub from_cache: bool,
}

/// Whose card it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The common name of the signing certificate's subject, cleaned.
    pub name: String,
    /// The identity number, masked unless revealed.
    pub identity_number: Option<IdentityNumber>,
}

/// One certificate of the card and what is to be said about it.
#[derive(Clone, Debug)]
pub struct LookedCertificate {
    /// What it says.
    pub certificate: Arc<Certificate>,
    /// Its label on the card.
    pub label: String,
    /// What ties it to its key.
    pub id: Vec<u8>,
    /// Whether the private key is on the card; `None` if that shows only after login.
    pub has_private_key: Option<bool>,
    /// Up to a trust anchor, as far as it goes.
    pub chain: Chain,
    /// What to do about its hash.
    pub verdict: Verdict,
}

/// The one thing to say about a card, most urgent first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardVerdict {
    /// The user PIN is blocked.
    PinBlocked,
    /// A signing certificate is signed with a weak hash: a replacement is due.
    Replace,
    /// The signing certificate has run out.
    Expired {
        /// When.
        on: OffsetDateTime,
    },
    /// The signing certificate is not valid yet.
    NotYetValid {
        /// From when it is.
        from: OffsetDateTime,
    },
    /// The signing certificate is listed, its private key is not on the card.
    KeyMissing,
    /// The signing certificate runs out soon.
    ExpiresSoon {
        /// Whole days left.
        days: u32,
    },
    /// SHA-256 or better: nothing to do.
    Fine,
    /// There are certificates, but none for qualified signatures.
    NoQualified,
    /// There are no certificates.
    Empty,
    /// There are certificates, none of which could be judged.
    Unreadable,
}

/// How urgent a verdict is; colour and icon follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nothing to do.
    Good,
    /// Worth knowing; nothing is wrong.
    Information,
    /// Something is to be done soon.
    Warning,
    /// Something is to be done now.
    Bad,
}

impl CardVerdict {
    /// How urgent it is.
    pub fn urgency(&self) -> Urgency {
        match self {
            Self::PinBlocked | Self::Replace | Self::Expired { .. } | Self::KeyMissing => Urgency::Bad,
            Self::ExpiresSoon { .. } | Self::NotYetValid { .. } | Self::Unreadable => Urgency::Warning,
            Self::NoQualified | Self::Empty => Urgency::Information,
            Self::Fine => Urgency::Good,
        }
    }
}

/// A certificate that runs out within this many days is called out.
pub const SOON_DAYS: u32 = 60;

/// What to look at and by which light.
#[derive(Clone)]
pub struct Request {
    /// The reader that the card is in.
    pub reader: String,
    /// The card's answer to reset.
    pub atr: Atr,
    /// The card's family.
    pub family: Family,
    /// Whom to trust.
    pub anchors: Arc<TrustAnchors>,
    /// The present time.
    pub now: OffsetDateTime,
}

/// Looks at a card: reads it without a PIN, judges every certificate, and says the one thing to be said.
pub async fn look(
    request: Request,
    token: &TokenHandle,
    progress: impl FnMut(Progress) + Send + 'static,
) -> Result<Report, Error> {
    let started = std::time::Instant::now();
    let contents = token.read(progress).await?;
    Ok(judge(request, contents, started.elapsed()))
}

/// Judges what was read. No card is needed any more, and no clock: the same contents give the same report.
fn judge(request: Request, contents: Contents, took: Duration) -> Report {
    let mut problems = contents.problems;
    let (authorities, own) = sort_out(contents.certificates, &mut problems);
    let mut certificates: Vec<LookedCertificate> = own
        .into_iter()
        .map(|(on_card, certificate)| LookedCertificate {
            chain: Chain::build(&certificate, &authorities, &request.anchors, request.now),
            verdict: certificate.verdict(request.now),
            certificate,
            label: on_card.label,
            id: on_card.id,
            has_private_key: on_card.has_private_key,
        })
        .collect();
    certificates.sort_by_key(|looked| std::cmp::Reverse(rank(looked, request.now)));
    Report {
        holder: certificates.iter().find_map(holder),
        verdict: verdict(&certificates, &contents.pins, &problems, request.now),
        reader: request.reader,
        atr: request.atr,
        family: request.family,
        serial: contents.serial,
        backend: contents.backend,
        certificates,
        pins: contents.pins,
        problems,
        looked_at: request.now,
        took,
        apdus: contents.apdus,
        from_cache: contents.from_cache,
    }
}

/// Parts the certificates of authorities from the holder's own. What cannot be read at all becomes a problem.
fn sort_out(
    found: Vec<CardCertificate>,
    problems: &mut Vec<Problem>,
) -> (Vec<Candidate>, Vec<(CardCertificate, Arc<Certificate>)>) {
    let mut authorities = Vec::new();
    let mut own = Vec::new();
    for on_card in found {
        match Certificate::read(&on_card.der).map(Arc::new) {
            Ok(certificate) if on_card.authority || certificate.is_authority() => {
                authorities.push(Candidate {
                    certificate,
                    origin: Origin::Card,
                });
            }
            Ok(certificate) => own.push((on_card, certificate)),
            Err(_) => problems.push(Problem::Certificate { label: on_card.label }),
        }
    }
    (authorities, own)
}

/// What comes first on the screen: what people sign with, before the rest; what is valid, before what is not; what
/// lasts longest. Equal ones keep the card's order.
fn rank(looked: &LookedCertificate, now: OffsetDateTime) -> (bool, bool, bool, Option<OffsetDateTime>) {
    let certificate = &looked.certificate;
    let qualified = certificate.qualified().is_qualified();
    (
        signs(certificate),
        qualified,
        certificate.validity_at(now).is_valid(),
        certificate.not_after,
    )
}

/// Whether people sign with it: qualified, or at least made for non-repudiation.
fn signs(certificate: &Certificate) -> bool {
    matches!(certificate.purpose(), Purpose::Signing | Purpose::Seal)
}

fn holder(looked: &LookedCertificate) -> Option<Holder> {
    let name = looked
        .certificate
        .subject
        .as_ref()?
        .common_name()
        .filter(|name| !name.trim().is_empty())?;
    Some(Holder {
        name: name.to_owned(),
        identity_number: looked.certificate.identity_number(),
    })
}

/// The one thing to say, most urgent first.
fn verdict(
    certificates: &[LookedCertificate],
    pins: &[PinInfo],
    problems: &[Problem],
    now: OffsetDateTime,
) -> CardVerdict {
    let blocked = pins
        .iter()
        .any(|pin| pin.role == PinRole::User && pin.tries_left == TriesLeft::Exact(0));
    if blocked {
        return CardVerdict::PinBlocked;
    }
    let signing: Vec<&LookedCertificate> = certificates
        .iter()
        .filter(|looked| signs(&looked.certificate))
        .collect();
    let Some(chosen) = signing.first() else {
        return match (certificates.is_empty(), problems.is_empty()) {
            (true, true) => CardVerdict::Empty,
            (true, false) => CardVerdict::Unreadable,
            (false, _) => CardVerdict::NoQualified,
        };
    };
    if signing
        .iter()
        .any(|looked| looked.verdict == Verdict::Replace && !replaced(looked, &signing, now))
    {
        return CardVerdict::Replace;
    }
    of_signing(chosen, now)
}

/// Whether its replacement is on the card already: a valid certificate for the same key with a hash that is fine.
fn replaced(old: &LookedCertificate, signing: &[&LookedCertificate], now: OffsetDateTime) -> bool {
    let key = |looked: &LookedCertificate| looked.certificate.public_key.as_ref().map(|key| key.spki.clone());
    signing.iter().any(|other| {
        other.verdict == Verdict::Fine
            && other.certificate.validity_at(now).is_valid()
            && key(other).is_some()
            && key(other) == key(old)
    })
}

/// The verdict on the certificate that people sign with, whose hash is not in need of replacement.
fn of_signing(chosen: &LookedCertificate, now: OffsetDateTime) -> CardVerdict {
    let certificate = &chosen.certificate;
    match (
        certificate.validity_at(now),
        certificate.not_before,
        certificate.not_after,
    ) {
        (ValidityState::Expired { .. }, _, Some(on)) => return CardVerdict::Expired { on },
        (ValidityState::NotYet { .. }, Some(from), _) => return CardVerdict::NotYetValid { from },
        (ValidityState::Unknown, ..) => return CardVerdict::Unreadable,
        _ => (),
    }
    if chosen.has_private_key == Some(false) {
        return CardVerdict::KeyMissing;
    }
    if !certificate.qualified().is_qualified() {
        return CardVerdict::NoQualified;
    }
    if chosen.verdict != Verdict::Fine {
        return CardVerdict::Unreadable;
    }
    match certificate.validity_at(now) {
        ValidityState::Valid { days_left } if days_left <= i64::from(SOON_DAYS) => CardVerdict::ExpiresSoon {
            days: u32::try_from(days_left).unwrap_or(0),
        },
        _ => CardVerdict::Fine,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
