//! Judging signatures.

use std::sync::Arc;

use certificate::chain::{Candidate, Chain, SignatureCheck, TrustAnchors};
use certificate::{Certificate, Hash, Oid, Qualified, Scheme};
use serde::Serialize;
use time::OffsetDateTime;

use crate::read::{MAX_BYTES, SignedData};
use crate::{Error, Finding, Packaging, Verdict};

mod attributes;
mod certificates;
mod diagnose;
mod signer;
mod time_stamp;

/// The content that a signature is about.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// All of it.
    Bytes(&'a [u8]),
    /// Its hashes, for what is too large to be held in memory.
    Digests(&'a [(Hash, Vec<u8>)]),
}

/// What signatures are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'a> {
    /// Whom to trust.
    pub anchors: &'a TrustAnchors,
    /// Certificates that may help to find the way to an anchor, beside those within the signature.
    pub extra: &'a [Candidate],
    /// The present time.
    pub now: OffsetDateTime,
}

/// A signature, judged.
#[derive(Debug, Clone)]
pub struct Report {
    /// The type of the content; `data` but for time stamps and the like.
    pub content_type: Oid,
    /// Whether the content is within.
    pub packaging: Packaging,
    /// The content that is within.
    pub content: Option<Vec<u8>>,
    /// The certificates that came with the signature, in its order.
    pub certificates: Vec<Arc<Certificate>>,
    /// The signers, at least one.
    pub signers: Vec<Signer>,
    /// What concerns the whole, and no signer in particular.
    pub findings: Vec<Finding>,
}

impl Report {
    /// What it comes to: the worst of all signers.
    pub fn verdict(&self) -> Verdict {
        let signers = self.signers.iter().flat_map(|signer| &signer.findings);
        Verdict::of(self.findings.iter().chain(signers))
    }
}

/// One signer of a signature.
#[derive(Debug, Clone)]
pub struct Signer {
    /// The certificate, if it is at hand.
    pub certificate: Option<Arc<Certificate>>,
    /// The chain at [`Signer::judged_at`]; absent without a certificate.
    pub chain: Option<Chain>,
    /// Whether the certificate is a qualified one.
    pub qualified: Option<Qualified>,
    /// The hash of the content.
    pub hash: Hash,
    /// How the signature was made.
    pub scheme: Scheme,
    /// When, by the signer's own clock.
    pub signing_time: Option<OffsetDateTime>,
    /// What came of checking the signature itself, with the key of the certificate.
    pub signature: SignatureCheck,
    /// Which form of signature it is.
    pub level: Level,
    /// Its time stamps.
    pub time_stamps: Vec<TimeStamp>,
    /// The time that the certificates were judged at: that of the earliest trusted time stamp, else the present.
    pub judged_at: Option<OffsetDateTime>,
    /// What is wrong with it, and what is good to know.
    pub findings: Vec<Finding>,
}

impl Signer {
    /// What it comes to.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.findings)
    }

    fn note(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

/// The form of a signature (ETSI EN 319 122-1 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// CMS without what `CAdES` asks for.
    Cms,
    /// Baseline B (`CAdES-BES`).
    B,
    /// Baseline T: B with a trusted time stamp.
    T,
}

impl Level {
    /// The stable name of this level.
    pub fn code(self) -> &'static str {
        match self {
            Self::Cms => "cms",
            Self::B => "b",
            Self::T => "t",
        }
    }
}

/// A time stamp (RFC 3161) on a signature.
#[derive(Debug, Clone)]
pub struct TimeStamp {
    /// The time it states.
    pub time: OffsetDateTime,
    /// Who made it, judged as a signer is.
    pub authority: Signer,
}

impl TimeStamp {
    /// What it comes to.
    pub fn verdict(&self) -> Verdict {
        self.authority.verdict()
    }
}

/// Judges a signature in DER, BER or PEM. `content` is what stands beside a detached one; beside an attached one it is
/// compared. An error means that the bytes are no signature; whatever else is wrong is in the report.
pub fn verify(bytes: &[u8], content: Option<Content<'_>>, trust: &Trust<'_>) -> Result<Report, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(Error::TooLarge {
            bytes: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let bytes = certificate::unarmoured(bytes).ok_or(Error::NotCms)?;
    let data = SignedData::read(&bytes)?;
    if data.signers.is_empty() {
        return Err(Error::NotSigned);
    }
    let mut findings = Vec::new();
    if !data.is_der {
        findings.push(Finding::NotDer);
    }
    if data.trailing > 0 {
        findings.push(Finding::TrailingBytes { count: data.trailing });
    }
    if data.unreadable_certificates > 0 {
        findings.push(Finding::UnreadableCertificates {
            count: data.unreadable_certificates,
        });
    }
    if let (Some(inside), Some(given)) = (&data.content, content)
        && !is_same(inside, given)
    {
        findings.push(Finding::ContentNotTheOneInside);
    }
    let digests = signer::digests(&data, content);
    let content = digests.as_deref().map(Content::Digests);
    let mut stamps_left = time_stamp::MOST;
    let signers = data
        .signers
        .iter()
        .map(|info| {
            let mut signer = signer::examine(&data, info, content, trust.extra);
            time_stamp::examine(&mut signer, info, trust, &mut stamps_left);
            certificates::judge(&mut signer, &data.certificates, trust);
            signer
        })
        .collect();
    Ok(Report {
        content_type: data.content_type.clone(),
        packaging: match data.content {
            Some(_) => Packaging::Attached,
            None => Packaging::Detached,
        },
        content: data.content.as_ref().map(|content| content.to_vec()),
        signers,
        certificates: data.certificates,
        findings,
    })
}

fn is_same(inside: &[u8], given: Content<'_>) -> bool {
    match given {
        Content::Bytes(bytes) => bytes == inside,
        Content::Digests(digests) => digests
            .iter()
            .any(|(hash, digest)| hash.of(inside).as_ref() == Some(digest)),
    }
}

/// Whether a signature that was just made holds, certificates aside: each signer's attributes, content and signature.
pub(crate) fn self_check(bytes: &[u8], content: Content<'_>) -> bool {
    SignedData::read(bytes).is_ok_and(|data| {
        let digests = signer::digests(&data, Some(content));
        let content = digests.as_deref().map(Content::Digests);
        let holds = |info| {
            let signer = signer::examine(&data, info, content, &[]);
            signer.level == Level::B
                && signer.signature == SignatureCheck::Verified
                && signer.verdict() == Verdict::Valid
        };
        // Certificates go in as they came, and some were not issued in DER: they alone may differ from it.
        data.trailing == 0 && !data.signers.is_empty() && data.signers.iter().all(holds)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
