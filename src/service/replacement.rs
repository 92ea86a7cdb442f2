//! Replacement certificates: `GET /replacements` and what follows. A replacement goes
//! `pending → fetched → installed | rejected | withdrawn`.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Id, Sha256};

/// A certificate that the service made to take the place of another one. Key, subject and `notAfter` are the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Replacement {
    /// What the service calls it.
    pub id: Id,
    /// The certificate that goes: base64url of its authority key identifier, a dot, base64url of its serial number,
    /// both without padding (as RFC 9773, section 4.1).
    #[cfg_attr(feature = "schema", schema(pattern = "^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$"))]
    pub replaces: String,
    /// SHA-256 of the subject public key info (DER): which card it is for.
    pub spki_sha256: Sha256,
    /// The subject, for people to read.
    #[cfg_attr(feature = "schema", schema(max_length = 2000))]
    pub subject: String,
    /// Valid from.
    #[serde(with = "time::serde::rfc3339")]
    pub not_before: OffsetDateTime,
    /// Valid until.
    #[serde(with = "time::serde::rfc3339")]
    pub not_after: OffsetDateTime,
    /// The signature algorithm's name, for instance `sha256WithRSAEncryption`.
    #[cfg_attr(feature = "schema", schema(max_length = 100))]
    pub signature_algorithm: String,
    /// How far it is.
    pub state: ReplacementState,
}

/// How far a replacement is. One that this version does not know is an error, never a guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ReplacementState {
    /// Nobody has fetched it yet.
    Pending,
    /// The certificate was fetched.
    Fetched,
    /// It is on the card.
    Installed,
    /// The application refused it.
    Rejected,
    /// The service took it back.
    Withdrawn,
}

/// A page of the replacements of the person who is logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Replacements {
    /// At most 50; several cards of one person: several entries.
    #[cfg_attr(feature = "schema", schema(max_items = 50))]
    pub replacements: Vec<Replacement>,
    /// What to ask for next (`?after=`); none if this was the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Id>,
}

/// What became of a replacement. The same one may be told any number of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Confirmation {
    /// SHA-256 of the whole certificate (DER) that this is about.
    pub cert_hash: Sha256,
    /// What became of it.
    pub outcome: ConfirmedOutcome,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fail_info: Option<FailInfo>,
}

/// What became of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConfirmedOutcome {
    /// It is on the card, read back, and signed with.
    Installed,
    /// It was not written.
    Rejected,
}

/// Why a certificate was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FailInfo {
    /// It cannot be read, or is too long.
    Unreadable,
    /// Another public key than the card's.
    KeyMismatch,
    /// Another subject than the old certificate's.
    SubjectMismatch,
    /// Another end than the old certificate's.
    NotAfterMismatch,
    /// Its own hash is weak.
    WeakHash,
    /// It has ended, or has not begun.
    NotValidNow,
    /// No chain to a trusted authority.
    Untrusted,
    /// It may do less than the old one, or is not qualified where the old one was.
    Weaker,
    /// The card cannot take it.
    Card,
}
