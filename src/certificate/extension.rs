//! Extensions (RFC 5280 §4.2), decoded.

use std::fmt;

use serde::Serialize;

use crate::{Name, Oid};

mod names;
mod policies;
mod qc;
mod read;

pub use qc::{Currency, LimitValue, Pds, QcStatement, QcStatementKind};
pub(crate) use read::read;

/// What the extensions say. Absent and unreadable ones leave their field empty; [`Extensions::all`] has every one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extensions {
    /// What the key may be used for (§4.2.1.3).
    pub key_usage: Option<KeyUsage>,
    /// Purposes (§4.2.1.12); empty where the extension is absent.
    pub extended_key_usage: Vec<Oid>,
    /// Whether it is an authority's certificate (§4.2.1.9).
    pub basic_constraints: Option<BasicConstraints>,
    /// The key identifier of the issuer (§4.2.1.1).
    pub authority_key_id: Option<Vec<u8>>,
    /// The key identifier of the subject (§4.2.1.2).
    pub subject_key_id: Option<Vec<u8>>,
    /// Certificate policies (§4.2.1.4).
    pub policies: Vec<Policy>,
    /// Qualified certificate statements (RFC 3739 §3.2.6).
    pub qc_statements: Vec<QcStatement>,
    /// Addresses of OCSP responders (§4.2.2.1).
    pub ocsp: Vec<String>,
    /// Addresses of the issuer's certificate (§4.2.2.1).
    pub ca_issuers: Vec<String>,
    /// Addresses of revocation lists, `http:` and `ldap:` (§4.2.1.13).
    pub crl_points: Vec<String>,
    /// Other names of the subject (§4.2.1.6).
    pub subject_alt_names: Vec<AltName>,
    /// All extensions, in the order of the certificate.
    pub all: Vec<Extension>,
}

/// One extension as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// Its identifier.
    pub oid: Oid,
    /// Whether who does not understand it must refuse the certificate.
    pub critical: bool,
    /// Its DER value.
    pub value: Vec<u8>,
    /// Whether this crate decodes it.
    pub known: bool,
}

/// The uses of a key (RFC 5280 §4.2.1.3).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyUsage(u16);

/// One use of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[repr(u8)]
pub enum KeyUse {
    /// Signatures other than those below, such as for authentication.
    DigitalSignature = 0,
    /// Signatures that bind the signer (also called content commitment).
    NonRepudiation = 1,
    /// Encryption of keys.
    KeyEncipherment = 2,
    /// Encryption of data.
    DataEncipherment = 3,
    /// Key agreement.
    KeyAgreement = 4,
    /// Signatures on certificates.
    KeyCertSign = 5,
    /// Signatures on revocation lists.
    CrlSign = 6,
    /// With key agreement: encryption only.
    EncipherOnly = 7,
    /// With key agreement: decryption only.
    DecipherOnly = 8,
}

impl KeyUse {
    /// All of them, in the order of the standard.
    pub const ALL: [Self; 9] = [
        Self::DigitalSignature,
        Self::NonRepudiation,
        Self::KeyEncipherment,
        Self::DataEncipherment,
        Self::KeyAgreement,
        Self::KeyCertSign,
        Self::CrlSign,
        Self::EncipherOnly,
        Self::DecipherOnly,
    ];

    /// Its name in the standard, as in `nonRepudiation`.
    pub fn name(self) -> &'static str {
        match self {
            Self::DigitalSignature => "digitalSignature",
            Self::NonRepudiation => "nonRepudiation",
            Self::KeyEncipherment => "keyEncipherment",
            Self::DataEncipherment => "dataEncipherment",
            Self::KeyAgreement => "keyAgreement",
            Self::KeyCertSign => "keyCertSign",
            Self::CrlSign => "cRLSign",
            Self::EncipherOnly => "encipherOnly",
            Self::DecipherOnly => "decipherOnly",
        }
    }
}

impl KeyUsage {
    /// From the octets of a BIT STRING after the one that counts unused bits.
    pub(crate) fn from_bits(octets: &[u8]) -> Self {
        let octet = |index: usize| u16::from(octets.get(index).copied().unwrap_or(0));
        Self(octet(0) << 8 | octet(1))
    }

    /// Whether this use is allowed.
    pub fn has(self, key_use: KeyUse) -> bool {
        self.0 & (0x8000 >> (key_use as u8)) != 0
    }

    /// The uses that are allowed.
    pub fn iter(self) -> impl Iterator<Item = KeyUse> {
        KeyUse::ALL.into_iter().filter(move |key_use| self.has(*key_use))
    }
}

impl fmt::Debug for KeyUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Whether a certificate is an authority's (RFC 5280 §4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BasicConstraints {
    /// Whether it may issue certificates.
    pub ca: bool,
    /// How many authorities may stand between it and the end of the chain, if that is limited.
    pub path_len: Option<u32>,
}

/// A certificate policy (RFC 5280 §4.2.1.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its identifier.
    pub oid: Oid,
    /// Addresses of the practice statement.
    pub cps: Vec<String>,
    /// Notices to whoever relies on the certificate.
    pub notices: Vec<UserNotice>,
}

/// A notice to whoever relies on the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserNotice {
    /// The organization of the notice reference.
    pub organization: Option<String>,
    /// The text.
    pub text: Option<String>,
}

/// Another name of the subject (RFC 5280 §4.2.1.6).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum AltName {
    /// An e-mail address.
    Email(String),
    /// A host name.
    Dns(String),
    /// An address.
    Uri(String),
    /// An IP address.
    Ip(std::net::IpAddr),
    /// A distinguished name.
    Directory(Name),
    /// A registered identifier.
    Registered(Oid),
    /// A name of another type, with its text if it has one.
    Other {
        /// Its type.
        oid: Oid,
        /// Its text.
        text: Option<String>,
    },
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
