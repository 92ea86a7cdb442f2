//! Public keys (RFC 5280 §4.1.2.7).

use std::fmt;

use const_oid::ObjectIdentifier;
use serde::Serialize;

use crate::oid::known;
use crate::tlv::{self, Reader, Tlv};
use crate::{Fault, Oid};

/// A public key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// Its kind.
    pub kind: KeyKind,
    /// Its size in bits: of the modulus or of the field.
    pub bits: Option<u32>,
    /// Its algorithm.
    pub algorithm: Oid,
    /// `SubjectPublicKeyInfo` as it came.
    pub spki: Vec<u8>,
    /// The contents of the BIT STRING: a key in the encoding of its algorithm.
    pub bytes: Vec<u8>,
}

/// The kind of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum KeyKind {
    /// RSA.
    Rsa,
    /// RSA for PSS signatures only.
    RsaPss,
    /// Elliptic curve.
    Ec(Curve),
    /// Ed25519.
    Ed25519,
    /// Ed448.
    Ed448,
    /// X25519, for key agreement.
    X25519,
    /// X448, for key agreement.
    X448,
    /// DSA.
    Dsa,
    /// Diffie–Hellman.
    Dh,
    /// Another algorithm.
    Other,
}

/// An elliptic curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Curve {
    /// NIST P-192.
    P192,
    /// NIST P-224.
    P224,
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
    /// NIST P-521.
    P521,
    /// secp256k1.
    Secp256k1,
    /// brainpoolP256r1.
    BrainpoolP256,
    /// brainpoolP384r1.
    BrainpoolP384,
    /// brainpoolP512r1.
    BrainpoolP512,
    /// Another curve, or one given by its parameters.
    Other,
}

impl PublicKey {
    /// Reads a `SubjectPublicKeyInfo`. With a fault beside it, the key itself could not be read.
    pub(crate) fn read(tlv: &Tlv<'_>) -> Result<(Self, Option<Fault>), Fault> {
        if tlv.tag != tlv::SEQUENCE {
            return Err(Fault::Type);
        }
        let mut fields = tlv.inside();
        let mut identifier = fields.expect(tlv::SEQUENCE)?.inside();
        let algorithm = Oid::from_contents(identifier.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
        let kind = kind(&algorithm, &mut identifier);
        let bytes = fields
            .expect(tlv::BIT_STRING)
            .and_then(|field| field.octet_aligned_bits());
        let bits = bytes.and_then(|bytes| bits(kind, bytes, &identifier));
        let key = Self {
            kind,
            bits: bits.ok().flatten(),
            algorithm,
            spki: tlv.whole.to_vec(),
            bytes: bytes.unwrap_or_default().to_vec(),
        };
        let surplus = (!fields.is_empty()).then_some(Fault::Surplus);
        Ok((key, bits.err().or(surplus)))
    }

    /// Its kind in a few letters: `RSA`, `EC P-256`, `Ed25519`; the dotted identifier of an unknown algorithm.
    pub fn kind_name(&self) -> String {
        match self.kind {
            KeyKind::Other => self.algorithm.to_string(),
            kind => kind.to_string(),
        }
    }

    /// The modulus and the public exponent of an RSA key, big-endian without leading zeros.
    pub fn rsa(&self) -> Option<(&[u8], &[u8])> {
        if !matches!(self.kind, KeyKind::Rsa | KeyKind::RsaPss) {
            return None;
        }
        rsa(&self.bytes).ok()
    }
}

fn kind(algorithm: &Oid, parameters: &mut Reader<'_>) -> KeyKind {
    let kinds = [
        (known::RSA, KeyKind::Rsa),
        (known::RSA_PSS, KeyKind::RsaPss),
        (known::ED25519, KeyKind::Ed25519),
        (known::ED448, KeyKind::Ed448),
        (known::X25519, KeyKind::X25519),
        (known::X448, KeyKind::X448),
        (known::DSA, KeyKind::Dsa),
        (known::DH, KeyKind::Dh),
    ];
    if algorithm.is(known::EC) {
        return KeyKind::Ec(curve(parameters));
    }
    kinds
        .iter()
        .find(|(known, _)| algorithm.is(*known))
        .map_or(KeyKind::Other, |(_, kind)| *kind)
}

fn curve(parameters: &mut Reader<'_>) -> Curve {
    const CURVES: [(ObjectIdentifier, Curve); 9] = [
        (known::P256, Curve::P256),
        (known::P384, Curve::P384),
        (known::P521, Curve::P521),
        (known::P224, Curve::P224),
        (known::P192, Curve::P192),
        (known::SECP256K1, Curve::Secp256k1),
        (known::BRAINPOOL_P256, Curve::BrainpoolP256),
        (known::BRAINPOOL_P384, Curve::BrainpoolP384),
        (known::BRAINPOOL_P512, Curve::BrainpoolP512),
    ];
    let oid = parameters
        .expect(tlv::OBJECT_IDENTIFIER)
        .and_then(|field| Oid::from_contents(field.value));
    oid.ok()
        .and_then(|oid| {
            CURVES
                .iter()
                .find(|(known, _)| oid.is(*known))
                .map(|(_, curve)| *curve)
        })
        .unwrap_or(Curve::Other)
}

fn bits(kind: KeyKind, key: &[u8], parameters: &Reader<'_>) -> Result<Option<u32>, Fault> {
    Ok(match kind {
        KeyKind::Rsa | KeyKind::RsaPss => Some(bit_length(rsa(key)?.0)),
        KeyKind::Ec(curve) => curve.bits().or_else(|| point_bits(key)),
        KeyKind::Ed25519 | KeyKind::X25519 => Some(256),
        KeyKind::Ed448 | KeyKind::X448 => Some(448),
        KeyKind::Dsa | KeyKind::Dh => prime_bits(parameters.clone()),
        KeyKind::Other => None,
    })
}

/// `RSAPublicKey` (RFC 8017 §A.1.1).
fn rsa(key: &[u8]) -> Result<(&[u8], &[u8]), Fault> {
    let mut numbers = Reader::new(key).expect(tlv::SEQUENCE)?.inside();
    let modulus = numbers.expect(tlv::INTEGER)?;
    let exponent = numbers.expect(tlv::INTEGER)?;
    Ok((tlv::strip_zeros(modulus.value), tlv::strip_zeros(exponent.value)))
}

/// The size of the prime p, the first of the domain parameters of DSA and DH (RFC 3279 §2.3.2 and §2.3.3).
fn prime_bits(mut parameters: Reader<'_>) -> Option<u32> {
    let prime = parameters
        .expect(tlv::SEQUENCE)
        .ok()?
        .inside()
        .expect(tlv::INTEGER)
        .ok()?;
    Some(bit_length(tlv::strip_zeros(prime.value)))
}

/// The size of an uncompressed point's coordinate, rounded up to bytes.
fn point_bits(point: &[u8]) -> Option<u32> {
    let [0x04, coordinates @ ..] = point else {
        return None;
    };
    u32::try_from(coordinates.len() / 2 * 8).ok()
}

fn bit_length(number: &[u8]) -> u32 {
    let first = number.first().map_or(0, |byte| byte.leading_zeros());
    u32::try_from(number.len() * 8)
        .unwrap_or(u32::MAX)
        .saturating_sub(first)
}

impl Curve {
    fn bits(self) -> Option<u32> {
        Some(match self {
            Self::P192 => 192,
            Self::P224 => 224,
            Self::P256 | Self::Secp256k1 | Self::BrainpoolP256 => 256,
            Self::P384 | Self::BrainpoolP384 => 384,
            Self::P521 => 521,
            Self::BrainpoolP512 => 512,
            Self::Other => return None,
        })
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::P192 => " P-192",
            Self::P224 => " P-224",
            Self::P256 => " P-256",
            Self::P384 => " P-384",
            Self::P521 => " P-521",
            Self::Secp256k1 => " secp256k1",
            Self::BrainpoolP256 => " brainpoolP256r1",
            Self::BrainpoolP384 => " brainpoolP384r1",
            Self::BrainpoolP512 => " brainpoolP512r1",
            Self::Other => "",
        }
    }
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rsa => "RSA",
            Self::RsaPss => "RSA-PSS",
            Self::Ec(curve) => return write!(f, "EC{}", curve.suffix()),
            Self::Ed25519 => "Ed25519",
            Self::Ed448 => "Ed448",
            Self::X25519 => "X25519",
            Self::X448 => "X448",
            Self::Dsa => "DSA",
            Self::Dh => "DH",
            Self::Other => "other",
        })
    }
}
