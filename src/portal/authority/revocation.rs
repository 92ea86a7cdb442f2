//! What the caller knows about a certificate.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use x509_cert::ext::pkix::CrlReason;

/// A revoked or suspended certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Its serial number: the contents of the INTEGER.
    pub serial: Vec<u8>,
    /// Since when.
    pub at: OffsetDateTime,
    /// Why.
    pub reason: Reason,
}

/// Why a certificate is revoked (RFC 5280, 5.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No reason is given; the list says nothing.
    #[default]
    Unspecified,
    /// The card was lost or stolen.
    KeyCompromise,
    /// The holder left the institution.
    AffiliationChanged,
    /// Another certificate has taken its place.
    Superseded,
    /// It is no longer needed.
    CessationOfOperation,
    /// It is suspended (*askıda*) and may come back.
    CertificateHold,
}

/// How a certificate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It was issued here and is not revoked.
    Good,
    /// It is revoked or suspended.
    Revoked {
        /// Since when.
        at: OffsetDateTime,
        /// Why.
        reason: Reason,
    },
    /// No such certificate was issued.
    Unknown,
}

impl Reason {
    /// As lists and answers write it; `None`: nothing is written (RFC 5280, 5.3.1).
    pub(super) fn written(self) -> Option<CrlReason> {
        match self {
            Self::Unspecified => None,
            Self::KeyCompromise => Some(CrlReason::KeyCompromise),
            Self::AffiliationChanged => Some(CrlReason::AffiliationChanged),
            Self::Superseded => Some(CrlReason::Superseded),
            Self::CessationOfOperation => Some(CrlReason::CessationOfOperation),
            Self::CertificateHold => Some(CrlReason::CertificateHold),
        }
    }
}
