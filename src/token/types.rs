//! What a token says, as plain data.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::{Error, SecretRules};

/// What speaks to the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Backend {
    /// A PKCS#11 module.
    Pkcs11 {
        /// The library file.
        module: PathBuf,
    },
    /// Our own PKCS#15 reader; no driver at all.
    Pkcs15,
}

/// Everything that a card shows without a PIN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// What speaks to the card.
    pub backend: Backend,
    /// The token's label, cleaned of padding; may be empty.
    pub label: String,
    /// Who made it; may be empty.
    pub manufacturer: String,
    /// The card's serial number as upper-case hex or text, without separators; may be empty.
    pub serial: String,
    /// The PINs, the user PIN first.
    pub pins: Vec<PinInfo>,
    /// The certificates, end-entity certificates first, each once.
    pub certificates: Vec<CardCertificate>,
    /// What could not be read, and did not stop the rest.
    pub problems: Vec<Problem>,
    /// Commands that went to the card for this, where we can count them (driverless).
    pub apdus: Option<u32>,
    /// Whether the certificates came from the cache of public certificates.
    pub from_cache: bool,
}

/// One certificate on a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardCertificate {
    /// `CKA_ID` or PKCS#15 iD: what ties it to its key.
    pub id: Vec<u8>,
    /// The object's label; never used to match.
    pub label: String,
    /// The certificate's bytes as they are on the card.
    pub der: Vec<u8>,
    /// Whether the card says that it is a CA certificate.
    pub authority: bool,
    /// Whether the private key is on the card; `None` if that shows only after login.
    pub has_private_key: Option<bool>,
}

/// One PIN of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinInfo {
    /// The card's name for it; may be empty.
    pub label: String,
    /// Whose it is.
    pub role: PinRole,
    /// Shortest accepted length, in characters, if told.
    pub min_length: Option<u8>,
    /// Longest accepted length, in characters, if told.
    pub max_length: Option<u8>,
    /// Wrong entries that are still allowed.
    pub tries_left: TriesLeft,
    /// The reader has a PIN pad and the PIN is to be typed there.
    pub protected_path: bool,
    /// It consists of digits alone.
    pub digits_only: bool,
    /// How it can be unblocked.
    pub unblock: UnblockWays,
}

impl PinInfo {
    /// What is accepted as this PIN, or as its new value.
    pub fn rules(&self) -> SecretRules {
        let usual = SecretRules::default();
        SecretRules {
            min_length: self.min_length.unwrap_or(usual.min_length),
            max_length: self.max_length.unwrap_or(usual.max_length),
            digits_only: self.digits_only,
        }
    }

    /// What is accepted as its PUK: cards keep both in places of one size.
    pub fn puk_rules(&self) -> SecretRules {
        self.rules()
    }
}

/// How a PIN can be unblocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnblockWays {
    /// By the issuer's service, which proves itself to the card.
    pub service: bool,
    /// By the PUK.
    pub puk: bool,
    /// Wrong PUKs that are still allowed; `Exact(0)`: the card is dead.
    pub puk_tries_left: TriesLeft,
}

impl UnblockWays {
    /// No way at all is known.
    pub const NONE: Self = Self {
        service: false,
        puk: false,
        puk_tries_left: TriesLeft::Unknown,
    };
}

/// Whose PIN it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinRole {
    /// The card holder's.
    User,
    /// The administrator's (PKCS#11: security officer).
    Admin,
    /// Resets another PIN (PUK).
    Unblock,
}

/// How many wrong entries are still allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TriesLeft {
    /// The card gave the number; 0 is blocked, 1 the last try.
    Exact(u8),
    /// Fewer than at first, the number is not known (`CKF_USER_PIN_COUNT_LOW`).
    Few,
    /// The card does not tell.
    Unknown,
}

/// Something that could not be read, and did not stop the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Problem {
    /// A directory file of the card is damaged.
    Directory {
        /// Its name, for instance `CDF`.
        file: String,
    },
    /// A certificate could not be read.
    Certificate {
        /// Its label on the card; may be empty.
        label: String,
    },
    /// The module gave a field that does not parse; shown as empty.
    Field {
        /// The field's name, for instance `CK_TOKEN_INFO.label`.
        name: String,
    },
    /// A module that would have been taken for this card cannot be used; another way was found.
    Module {
        /// Why not.
        error: Error,
    },
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// Connecting; loading a module.
    Opening,
    /// Reading the card's directory.
    Directory,
    /// Reading certificate `index` (from 0) of `count`.
    Certificate {
        /// Which one, from 0.
        index: u16,
        /// How many there are.
        count: u16,
    },
}

/// Whether a certificate is for the key of which the card tells this: the modulus without leading zeros, or the point's
/// coordinates.
pub(crate) fn certifies(certificate: &[u8], material: &[u8]) -> bool {
    let Some(key) = certificate::Certificate::read(certificate)
        .ok()
        .and_then(|certificate| certificate.public_key)
    else {
        return false;
    };
    match key.rsa() {
        Some((modulus, _)) => modulus == material,
        // An uncompressed point has one byte of form before its coordinates.
        None => key.bytes.strip_prefix(&[0x04]) == Some(material),
    }
}

/// Each certificate once, end-entity certificates first; otherwise the module's order.
pub(crate) fn arrange(certificates: &mut Vec<CardCertificate>) {
    let mut kept: Vec<CardCertificate> = Vec::with_capacity(certificates.len());
    for certificate in certificates.drain(..) {
        match kept.iter_mut().find(|other| other.der == certificate.der) {
            Some(first)
                if first.has_private_key != Some(true) && certificate.has_private_key == Some(true) =>
            {
                *first = certificate;
            }
            Some(_) => {}
            None => kept.push(certificate),
        }
    }
    kept.sort_by_key(|certificate| certificate.authority);
    *certificates = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(der: &[u8], authority: bool, has_private_key: Option<bool>) -> CardCertificate {
        CardCertificate {
            id: vec![],
            label: String::new(),
            der: der.to_vec(),
            authority,
            has_private_key,
        }
    }

    #[test]
    fn the_duplicate_with_the_key_is_kept() {
        let mut certificates = vec![
            certificate(b"authority", true, None),
            certificate(b"end", false, None),
            certificate(b"end", false, Some(true)),
            certificate(b"end", false, Some(false)),
        ];
        arrange(&mut certificates);
        assert_eq!(
            certificates,
            [
                certificate(b"end", false, Some(true)),
                certificate(b"authority", true, None)
            ]
        );
    }
}
