//! The hash a signature rests on.

use serde::{Serialize, Serializer};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::Oid;
use crate::oid::known;

/// A hash function, or the lack of knowledge about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hash {
    /// MD2 (RFC 1319).
    Md2,
    /// MD4 (RFC 1320).
    Md4,
    /// MD5 (RFC 1321).
    Md5,
    /// SHA-1 (FIPS 180-4).
    Sha1,
    /// RIPEMD-160.
    Ripemd160,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
    /// SHA-512/224.
    Sha512_224,
    /// SHA-512/256.
    Sha512_256,
    /// SHA3-224 (FIPS 202).
    Sha3_224,
    /// SHA3-256.
    Sha3_256,
    /// SHA3-384.
    Sha3_384,
    /// SHA3-512.
    Sha3_512,
    /// The signature scheme has its own strong hash inside and names none (Ed25519, Ed448).
    Intrinsic,
    /// The algorithm is not known, or could not be read.
    Unknown,
}

/// What to think of a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HashVerdict {
    /// Broken, or of less strength than SHA-256.
    Weak,
    /// SHA-256 or better.
    Fine,
    /// Cannot be told.
    Unknown,
}

impl Hash {
    /// What to think of it.
    pub fn verdict(self) -> HashVerdict {
        match self {
            Self::Md2
            | Self::Md4
            | Self::Md5
            | Self::Sha1
            | Self::Ripemd160
            | Self::Sha224
            | Self::Sha512_224
            | Self::Sha3_224 => HashVerdict::Weak,
            Self::Sha256
            | Self::Sha384
            | Self::Sha512
            | Self::Sha512_256
            | Self::Sha3_256
            | Self::Sha3_384
            | Self::Sha3_512
            | Self::Intrinsic => HashVerdict::Fine,
            Self::Unknown => HashVerdict::Unknown,
        }
    }

    /// Its customary name (`SHA-1`, `SHA-256`, …), the same in every language; `unknown` where it is not known and
    /// `intrinsic` where the signature scheme names none.
    pub fn name(self) -> &'static str {
        match self {
            Self::Md2 => "MD2",
            Self::Md4 => "MD4",
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Ripemd160 => "RIPEMD-160",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
            Self::Sha512_224 => "SHA-512/224",
            Self::Sha512_256 => "SHA-512/256",
            Self::Sha3_224 => "SHA3-224",
            Self::Sha3_256 => "SHA3-256",
            Self::Sha3_384 => "SHA3-384",
            Self::Sha3_512 => "SHA3-512",
            Self::Intrinsic => "intrinsic",
            Self::Unknown => "unknown",
        }
    }

    /// The hash of these bytes, where it is one that this crate computes: SHA-1, SHA-256, SHA-384 and SHA-512.
    pub fn of(self, bytes: &[u8]) -> Option<Vec<u8>> {
        Some(match self {
            Self::Sha1 => Sha1::digest(bytes).to_vec(),
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
            _ => return None,
        })
    }

    /// The hash behind an algorithm identifier of its own.
    pub fn from_oid(oid: &Oid) -> Self {
        HASHES
            .iter()
            .find(|(known, _)| oid.is(*known))
            .map_or(Self::Unknown, |(_, hash)| *hash)
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

const HASHES: &[(const_oid::ObjectIdentifier, Hash)] = &[
    (known::SHA256, Hash::Sha256),
    (known::SHA1, Hash::Sha1),
    (known::SHA384, Hash::Sha384),
    (known::SHA512, Hash::Sha512),
    (known::SHA224, Hash::Sha224),
    (known::SHA512_224, Hash::Sha512_224),
    (known::SHA512_256, Hash::Sha512_256),
    (known::SHA3_224, Hash::Sha3_224),
    (known::SHA3_256, Hash::Sha3_256),
    (known::SHA3_384, Hash::Sha3_384),
    (known::SHA3_512, Hash::Sha3_512),
    (known::MD5, Hash::Md5),
    (known::MD4, Hash::Md4),
    (known::MD2, Hash::Md2),
    (known::RIPEMD160, Hash::Ripemd160),
];
