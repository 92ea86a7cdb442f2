//! The certificate as it was read.

use std::fmt;

use serde::{Serialize, Serializer};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::{
    Extensions, Hash, HashVerdict, IdentityNumber, Name, Problem, PublicKey, Purpose, Qualified, ReadError,
    SignatureAlgorithm, ValidityState, Verdict, verdict,
};

mod read;

/// A certificate: its bytes as they came, what could be read of them, and what is wrong with them.
///
/// `Debug` shows no identity number.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Box<[u8]>,
    /// 1, 2 or 3.
    pub version: Option<u8>,
    /// The serial number.
    pub serial: Option<Serial>,
    /// The outer signature algorithm, on which the hash verdict rests.
    pub signature_algorithm: Option<SignatureAlgorithm>,
    /// The signature algorithm within the signed part; the same, or [`Problem::AlgorithmMismatch`].
    pub inner_signature_algorithm: Option<SignatureAlgorithm>,
    /// Who issued it.
    pub issuer: Option<Name>,
    /// Since when it is valid, in UTC.
    pub not_before: Option<OffsetDateTime>,
    /// Until when it is valid, in UTC.
    pub not_after: Option<OffsetDateTime>,
    /// Whose it is.
    pub subject: Option<Name>,
    /// The public key.
    pub public_key: Option<PublicKey>,
    /// The extensions.
    pub extensions: Extensions,
    /// What a strict reader would refuse. Empty for a certificate in order.
    pub problems: Vec<Problem>,
}

impl Certificate {
    /// The most bytes that are read.
    pub const MAX_BYTES: usize = 2 * 1024 * 1024;

    /// Reads a certificate in DER (or near it). An error means that it is no certificate at all; whatever else is wrong
    /// with it is in [`Certificate::problems`].
    pub fn read(der: &[u8]) -> Result<Self, ReadError> {
        read::read(der)
    }

    fn empty(der: &[u8]) -> Self {
        Self {
            der: der.into(),
            version: None,
            serial: None,
            signature_algorithm: None,
            inner_signature_algorithm: None,
            issuer: None,
            not_before: None,
            not_after: None,
            subject: None,
            public_key: None,
            extensions: Extensions::default(),
            problems: Vec::new(),
        }
    }

    /// The bytes as they came, from the first of the certificate to its last. What followed it is not part of them.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The signed part (`tbsCertificate`), as it came.
    pub fn signed_part(&self) -> Option<&[u8]> {
        read::signed_part(&self.der)
    }

    /// The signature.
    pub fn signature(&self) -> Option<&[u8]> {
        read::signature(&self.der)
    }

    /// The SHA-256 fingerprint, of [`Self::der`].
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.der).into()
    }

    /// The SHA-1 fingerprint, of [`Self::der`], as older programs show it.
    pub fn sha1(&self) -> [u8; 20] {
        Sha1::digest(&self.der).into()
    }

    /// The hash the issuer's signature rests on.
    pub fn hash(&self) -> Hash {
        self.signature_algorithm
            .as_ref()
            .map_or(Hash::Unknown, |algorithm| algorithm.hash)
    }

    /// What to think of that hash.
    pub fn hash_verdict(&self) -> HashVerdict {
        self.hash().verdict()
    }

    /// Whether it is a qualified certificate, and what is missing.
    pub fn qualified(&self) -> Qualified {
        Qualified::judge(self)
    }

    /// Whether it says of itself that it is for tests only.
    pub fn is_test(&self) -> bool {
        crate::qualified::is_test(self)
    }

    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        Purpose::of(self)
    }

    /// Whether it is an authority's certificate: `basicConstraints` say so, or it is a root of the time before them.
    pub fn is_authority(&self) -> bool {
        match self.extensions.basic_constraints {
            Some(constraints) => constraints.ca,
            None => self.version == Some(1) && self.is_self_issued(),
        }
    }

    /// Whether subject and issuer have the same name.
    pub fn is_self_issued(&self) -> bool {
        self.names_as_issuer(self)
    }

    /// Whether the name it gives for its issuer is that of `other`.
    pub(crate) fn names_as_issuer(&self, other: &Self) -> bool {
        match (&self.issuer, &other.subject) {
            (Some(issuer), Some(subject)) => !issuer.is_empty() && issuer.matches(subject),
            _ => false,
        }
    }

    /// Where `now` stands within its validity.
    pub fn validity_at(&self, now: OffsetDateTime) -> ValidityState {
        ValidityState::at(now, self.not_before, self.not_after)
    }

    /// In one word: is anything to be done?
    pub fn verdict(&self, now: OffsetDateTime) -> Verdict {
        verdict::judge(self, now)
    }

    /// The holder's identity number, from the subject's serial number.
    pub fn identity_number(&self) -> Option<IdentityNumber> {
        self.subject
            .as_ref()
            .and_then(Name::serial_number)
            .and_then(IdentityNumber::find_in)
    }
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("subject", &self.subject)
            .field("issuer", &self.issuer)
            .field("serial", &self.serial)
            .field("bytes", &self.der.len())
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

/// A certificate's serial number: the contents of its INTEGER, big-endian two's complement.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Serial(Box<[u8]>);

impl Serial {
    /// The contents octets as they came.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Hexadecimal digits without groups, as in `01A2B3`.
    pub fn hex(&self) -> String {
        crate::text::hex(&self.0)
    }

    /// The number in decimal, if it is not negative and below 2^128.
    pub fn decimal(&self) -> Option<String> {
        let negative = self.0.first().is_some_and(|first| first & 0x80 != 0);
        let significant = crate::tlv::strip_zeros(&self.0);
        if negative || significant.len() > 16 {
            return None;
        }
        Some(
            significant
                .iter()
                .fold(0_u128, |value, byte| (value << 8) | u128::from(*byte))
                .to_string(),
        )
    }
}

impl fmt::Display for Serial {
    /// Hexadecimal digits in groups of four, counted from the right, as in `1 A2B3 C4D5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            let group_ends = index > 0 && (self.0.len() - index).is_multiple_of(2);
            write!(f, "{}{byte:02X}", if group_ends { " " } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Debug for Serial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Serial({self})")
    }
}

impl Serialize for Serial {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.hex())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
