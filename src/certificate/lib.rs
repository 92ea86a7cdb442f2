//! What a certificate says and what that means.
//!
//! [`Certificate::read`] takes the bytes that came from a card, a module or a file and keeps them as they are. It
//! reads as much as can be read and lists in [`Certificate::problems`] whatever a strict reader would refuse, so that
//! a person sees a broken certificate instead of nothing. [`read_many`] does so for files (DER, PEM, PKCS #7).
//!
//! What it means is asked of the certificate: [`Certificate::hash`], [`Certificate::qualified`],
//! [`Certificate::validity_at`], [`Certificate::purpose`] and, all in one word, [`Certificate::verdict`].
//! [`chain`] builds the way to a trust anchor. There is no input or output here and no clock: times are passed in.
#![forbid(unsafe_code)]

mod algorithm;
mod bundle;
mod certificate;
pub mod chain;
mod error;
mod extension;
mod hash;
mod identity;
mod key;
mod name;
mod oid;
mod problem;
mod purpose;
mod qualified;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod test_support;
pub mod text;
mod time_value;
pub mod tlv;
mod validity;
pub mod verdict;

pub use algorithm::{Scheme, SignatureAlgorithm};
pub use bundle::{read_many, unarmoured};
pub use certificate::{Certificate, Serial};
pub use error::ReadError;
pub use extension::{
    AltName, BasicConstraints, Currency, Extension, Extensions, KeyUsage, KeyUse, LimitValue, Pds, Policy,
    QcStatement, QcStatementKind, UserNotice,
};
pub use hash::{Hash, HashVerdict};
pub use identity::{IdentityNumber, IdentityNumberError};
pub use key::{Curve, KeyKind, PublicKey};
pub use name::{Attribute, Name};
pub use oid::Oid;
pub use problem::{Fault, Field, Problem, TimeOddity};
pub use purpose::Purpose;
pub use qualified::{Qualified, QualifiedKind, QualifiedPart};
pub use time_value::read as read_time;
pub use validity::ValidityState;
pub use verdict::Verdict;
