//! The ways in which signatures are made, and their identifiers.

use certificate::{Curve, Hash, HashVerdict, KeyKind, PublicKey, tlv};
use const_oid::ObjectIdentifier;

use crate::{Error, der, oid};

/// RSA keys below are too short for today (ETSI TS 119 312).
pub(crate) const MIN_RSA_BITS: u32 = 2_048;

/// A way to sign, with the hash it uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// RSA with the padding of PKCS#1 v1.5.
    RsaPkcs1(Hash),
    /// RSA-PSS, the mask of the same hash and the salt of its length.
    RsaPss(Hash),
    /// ECDSA on the curve of the key.
    Ecdsa(Hash),
}

impl Algorithm {
    /// What to sign with, given the key: PKCS#1 v1.5 with SHA-256 for RSA, as every card can do it; PSS only for keys
    /// that are for nothing else; ECDSA with the hash of the curve's strength.
    pub fn for_key(key: &PublicKey) -> Result<Self, Error> {
        let algorithm = match key.kind {
            KeyKind::Rsa => Self::RsaPkcs1(Hash::Sha256),
            KeyKind::RsaPss => Self::RsaPss(Hash::Sha256),
            KeyKind::Ec(Curve::P256) => Self::Ecdsa(Hash::Sha256),
            KeyKind::Ec(Curve::P384) => Self::Ecdsa(Hash::Sha384),
            kind => return Err(Error::KeyUnsuitable { key: kind }),
        };
        algorithm.check(key).map(|()| algorithm)
    }

    /// The hash it uses.
    pub fn hash(self) -> Hash {
        match self {
            Self::RsaPkcs1(hash) | Self::RsaPss(hash) | Self::Ecdsa(hash) => hash,
        }
    }

    /// Whether new signatures may be made with it and with this key.
    pub(crate) fn check(self, key: &PublicKey) -> Result<(), Error> {
        let hash = self.hash();
        if hash.verdict() != HashVerdict::Fine || digest_oid(hash).is_none() {
            return Err(Error::HashUnsuitable { hash });
        }
        if let (KeyKind::Rsa | KeyKind::RsaPss, Some(bits)) = (key.kind, key.bits)
            && bits < MIN_RSA_BITS
        {
            return Err(Error::KeyTooShort { bits });
        }
        match (self, key.kind) {
            (Self::RsaPkcs1(_), KeyKind::Rsa)
            | (Self::RsaPss(_), KeyKind::Rsa | KeyKind::RsaPss)
            | (Self::Ecdsa(_), KeyKind::Ec(Curve::P256 | Curve::P384)) => Ok(()),
            (_, kind) => Err(Error::KeyUnsuitable { key: kind }),
        }
    }

    /// The `signatureAlgorithm` of a signature. Parameters are NULL for RSA and absent for ECDSA (RFC 4055 §5,
    /// RFC 5758 §3.2); those of PSS are all written out (RFC 8017 §A.2.3). `None` for a hash without identifiers here.
    pub(crate) fn identifier(self) -> Option<Vec<u8>> {
        let hash = self.hash();
        Some(match self {
            Self::RsaPkcs1(_) => der::sequence(&[&der::oid(rsa_oid(hash)?), der::NULL]),
            Self::Ecdsa(_) => der::sequence(&[&der::oid(ecdsa_oid(hash)?)]),
            Self::RsaPss(_) => {
                let digest = der::sequence(&[&der::oid(digest_oid(hash)?), der::NULL]);
                let mask = der::sequence(&[&der::oid(oid::MGF1), &digest]);
                let salt = der::unsigned(&length(hash).to_be_bytes());
                let parameters = der::sequence(&[
                    &der::element(tlv::explicit(0), &[&digest]),
                    &der::element(tlv::explicit(1), &[&mask]),
                    &der::element(tlv::explicit(2), &[&salt]),
                ]);
                der::sequence(&[&der::oid(oid::RSA_PSS), &parameters])
            }
        })
    }
}

/// The `digestAlgorithm` of a signature: parameters are absent (RFC 5754 §2).
pub(crate) fn digest_identifier(hash: Hash) -> Option<Vec<u8>> {
    Some(der::sequence(&[&der::oid(digest_oid(hash)?)]))
}

/// `DigestInfo` (RFC 8017 §9.2), which RSA with PKCS#1 v1.5 signs; its parameters are NULL.
pub(crate) fn digest_info(hash: Hash, digest: &[u8]) -> Option<Vec<u8>> {
    let identifier = der::sequence(&[&der::oid(digest_oid(hash)?), der::NULL]);
    Some(der::sequence(&[&identifier, &der::octets(digest)]))
}

/// The length of a hash in bytes.
pub(crate) fn length(hash: Hash) -> usize {
    match hash {
        Hash::Sha1 => 20,
        Hash::Sha384 => 48,
        Hash::Sha512 => 64,
        _ => 32,
    }
}

pub(crate) fn digest_oid(hash: Hash) -> Option<ObjectIdentifier> {
    Some(match hash {
        Hash::Sha1 => oid::SHA1,
        Hash::Sha256 => oid::SHA256,
        Hash::Sha384 => oid::SHA384,
        Hash::Sha512 => oid::SHA512,
        _ => return None,
    })
}

fn rsa_oid(hash: Hash) -> Option<ObjectIdentifier> {
    Some(match hash {
        Hash::Sha256 => oid::SHA256_WITH_RSA,
        Hash::Sha384 => oid::SHA384_WITH_RSA,
        Hash::Sha512 => oid::SHA512_WITH_RSA,
        _ => return None,
    })
}

fn ecdsa_oid(hash: Hash) -> Option<ObjectIdentifier> {
    Some(match hash {
        Hash::Sha256 => oid::ECDSA_WITH_SHA256,
        Hash::Sha384 => oid::ECDSA_WITH_SHA384,
        Hash::Sha512 => oid::ECDSA_WITH_SHA512,
        _ => return None,
    })
}
