//! The way from a certificate to a trust anchor.
//!
//! Certificates that come with the leaf, such as those on a card, help to find the way; trusted are anchors alone.
//! Each link has its own hash verdict. Revocation is not looked at here.

use std::sync::Arc;

use serde::Serialize;
use time::OffsetDateTime;

use crate::{Certificate, Hash, HashVerdict, Name};

mod anchors;
mod path;
mod rules;
mod signature;

pub use anchors::{Source, TrustAnchors};

/// The most certificates of a chain.
pub const MAX_LINKS: usize = 8;

/// A chain: the leaf first, each link followed by its issuer as far as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chain {
    /// At least the leaf, at most [`MAX_LINKS`].
    pub links: Vec<Link>,
    /// What it comes to.
    pub outcome: Outcome,
}

/// One certificate of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The certificate.
    pub certificate: Arc<Certificate>,
    /// Where it came from.
    pub origin: Origin,
    /// Whether its signature was checked with the key of the next link (of itself, for a self-issued last one).
    pub signature: SignatureCheck,
    /// What is wrong with it, at the time the chain was built for.
    pub findings: Vec<Finding>,
}

impl Link {
    /// The hash its own signature rests on. For an anchor it does not matter: it is trusted by decision.
    pub fn hash(&self) -> Hash {
        self.certificate.hash()
    }

    /// What to think of that hash.
    pub fn hash_verdict(&self) -> HashVerdict {
        self.certificate.hash_verdict()
    }
}

/// A certificate that may help to build a chain.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The certificate.
    pub certificate: Arc<Certificate>,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a link came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Origin {
    /// It is what the chain was asked for.
    Leaf,
    /// It was on a card.
    Card,
    /// It was in a file.
    File,
    /// It was fetched from the address a certificate names.
    Fetched,
    /// It is an anchor that comes with the application.
    Bundled,
    /// It is an anchor that the user imported.
    Imported,
}

impl Origin {
    /// Whether it is a trust anchor.
    pub fn is_anchor(self) -> bool {
        matches!(self, Self::Bundled | Self::Imported)
    }

    /// The stable name of this origin.
    pub fn code(self) -> &'static str {
        match self {
            Self::Leaf => "leaf",
            Self::Card => "card",
            Self::File => "file",
            Self::Fetched => "fetched",
            Self::Bundled => "bundled",
            Self::Imported => "imported",
        }
    }
}

/// What came of checking a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignatureCheck {
    /// It is right.
    Verified,
    /// It is wrong.
    Bad,
    /// The algorithm or the key is of a kind that is not checked here.
    Unverifiable,
    /// The issuer's key is not at hand.
    NotChecked,
}

impl SignatureCheck {
    /// The stable name of this outcome.
    pub fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Bad => "bad",
            Self::Unverifiable => "unverifiable",
            Self::NotChecked => "not-checked",
        }
    }
}

/// Something that breaks a chain (RFC 5280 §6.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Finding {
    /// Its validity has ended.
    Expired,
    /// Its validity has not begun.
    NotYetValid,
    /// Its validity could not be read.
    ValidityUnknown,
    /// Its signature is wrong.
    BadSignature,
    /// Its signature could not be checked.
    UnverifiableSignature,
    /// It issued the previous link and is not an authority's certificate.
    NotAnAuthority,
    /// It issued the previous link, which its key usage does not allow.
    MayNotIssue,
    /// It allows fewer authorities below it than there are.
    TooManyBelow,
    /// Its name is not the one the previous link gives for its issuer.
    NameMismatch,
    /// It holds a critical extension that is not understood here.
    UnknownCriticalExtension,
    /// Parts that decide about trust could not be read or contradict each other.
    Faulty,
    /// Its issuer is below it in the chain.
    Loop,
    /// The chain is longer than [`MAX_LINKS`].
    TooLong,
}

impl Finding {
    /// The stable name of this finding.
    pub fn code(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYetValid => "not-yet-valid",
            Self::ValidityUnknown => "validity-unknown",
            Self::BadSignature => "bad-signature",
            Self::UnverifiableSignature => "unverifiable-signature",
            Self::NotAnAuthority => "not-an-authority",
            Self::MayNotIssue => "may-not-issue",
            Self::TooManyBelow => "too-many-below",
            Self::NameMismatch => "name-mismatch",
            Self::UnknownCriticalExtension => "unknown-critical-extension",
            Self::Faulty => "faulty",
            Self::Loop => "loop",
            Self::TooLong => "too-long",
        }
    }
}

/// What a chain comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It leads to a trust anchor and nothing is wrong with it.
    Trusted,
    /// The last link's issuer is missing.
    Incomplete {
        /// Its name, if that could be read.
        issuer: Option<Name>,
    },
    /// It ends in a root that is no trust anchor.
    UntrustedRoot,
    /// Something breaks it.
    Broken {
        /// At which link.
        link: usize,
        /// What.
        finding: Finding,
    },
}

impl Outcome {
    /// The stable name of this outcome.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Trusted => "trusted",
            Self::Incomplete { .. } => "incomplete",
            Self::UntrustedRoot => "untrusted-root",
            Self::Broken { .. } => "broken",
        }
    }
}

impl Chain {
    /// The best chain from `leaf` to one of the `anchors`, judged at the time `at`; `extra` certificates help to find
    /// it. Bounded: [`MAX_LINKS`] links, and a fixed number of signatures checked.
    pub fn build(
        leaf: &Arc<Certificate>,
        extra: &[Candidate],
        anchors: &TrustAnchors,
        at: OffsetDateTime,
    ) -> Self {
        path::build(leaf, extra, anchors, at)
    }

    /// Whether it leads to a trust anchor and nothing is wrong with it.
    pub fn is_trusted(&self) -> bool {
        self.outcome == Outcome::Trusted
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod pkits;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
