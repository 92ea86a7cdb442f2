//! In one word: is anything to be done about a certificate?
//!
//! The answer rests on the hash of the issuer's signature, on what the certificate is for, and on whether it is still
//! in use. The law's one deadline so far is kept as data, see [`DEADLINES`].

use serde::Serialize;
use time::{Date, OffsetDateTime, macros::date};

use crate::{Certificate, Hash, HashVerdict, KeyUse, ValidityState};

/// In one word: is anything to be done?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// A signing certificate with a weak hash, not expired: a replacement is due.
    Replace,
    /// SHA-256 or better: nothing to do.
    Fine,
    /// A weak hash, but on a certificate that nobody signs with (any more): nothing to do, yet good to know.
    Weak,
    /// The signature algorithm could not be read or is not known.
    Unknown,
}

impl Verdict {
    /// The stable name of this verdict.
    pub fn code(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Fine => "fine",
            Self::Weak => "weak",
            Self::Unknown => "unknown",
        }
    }
}

pub(crate) fn judge(certificate: &Certificate, now: OffsetDateTime) -> Verdict {
    match certificate.hash_verdict() {
        HashVerdict::Fine => Verdict::Fine,
        HashVerdict::Unknown => Verdict::Unknown,
        HashVerdict::Weak if is_for_signing(certificate) && may_be_in_use(certificate, now) => {
            Verdict::Replace
        }
        HashVerdict::Weak => Verdict::Weak,
    }
}

/// Every qualified certificate has `nonRepudiation`, so that this one usage tells a signing certificate.
fn is_for_signing(certificate: &Certificate) -> bool {
    let non_repudiation = certificate
        .extensions
        .key_usage
        .is_some_and(|usage| usage.has(KeyUse::NonRepudiation));
    non_repudiation && !certificate.is_authority()
}

/// Not expired, as far as can be told.
fn may_be_in_use(certificate: &Certificate, now: OffsetDateTime) -> bool {
    !matches!(certificate.validity_at(now), ValidityState::Expired { .. })
}

/// A rule by which certificates with a hash were replaced until a day and refused from the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The hash that was withdrawn.
    pub hash: Hash,
    /// Certificates valid beyond this day got a replacement with the same end of validity.
    pub valid_beyond: Date,
    /// The day on which the replacements' validity starts.
    pub replacement_not_before: Date,
    /// From this day, signatures with the withdrawn hash are not accepted.
    pub refused_from: Date,
}

/// The deadlines there have been.
pub const DEADLINES: &[Deadline] = &[Deadline {
    hash: Hash::Sha1,
    valid_beyond: date!(2014 - 09 - 15),
    replacement_not_before: date!(2014 - 06 - 25),
    refused_from: date!(2014 - 09 - 16),
}];

impl Deadline {
    /// Whether the holder of this certificate was to get a replacement.
    pub fn concerns(&self, certificate: &Certificate) -> bool {
        certificate.hash() == self.hash
            && is_for_signing(certificate)
            && certificate
                .not_after
                .is_some_and(|end| end.date() > self.valid_beyond)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
