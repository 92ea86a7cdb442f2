//! Electronic signatures: CMS (RFC 5652) in the form of `CAdES` (ETSI EN 319 122-1).
//!
//! **Making** one takes two steps, because the private key never leaves the card: [`Prepared::new`] computes what is to
//! be signed, the card signs it, and [`Prepared::assemble`] puts the signature together and checks it before anybody
//! sees it. What is made is baseline level B with exactly the signed attributes that the Turkish profile P1 allows.
//!
//! **Judging** those of others is [`verify`]: it takes any bytes, reads BER as well as DER, and answers with a
//! [`Report`] that says of each signer who it was, when, how strong, and in [`Signer::findings`] whatever is wrong, each
//! thing by its own name.
//!
//! Certificates are written and compared as they came, byte by byte. There is no input or output here and no clock:
//! times are passed in. Revocation is not looked at.
#![forbid(unsafe_code)]

mod algorithm;
mod ber;
mod certs_only;
mod der;
mod error;
mod finding;
mod oid;
mod prepare;
mod read;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod test_support;
mod verify;

pub use algorithm::Algorithm;
pub use certs_only::certs_only;
pub use error::{Error, Part};
pub use finding::{Attribute, Finding, Severity, Verdict};
pub use prepare::{Packaging, Prepared, Request};
pub use verify::{Content, Level, Report, Signer, TimeStamp, Trust, verify};
