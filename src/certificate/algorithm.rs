//! Signature algorithms and their parameters.

use const_oid::ObjectIdentifier;

use crate::oid::known;
use crate::tlv::{self, Reader, Tlv};
use crate::{Fault, Hash, Oid};

/// A signature algorithm with what its parameters say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureAlgorithm {
    /// Its identifier.
    pub oid: Oid,
    /// The hash it uses; for RSA-PSS as its parameters say, SHA-1 where they do not (RFC 8017 §A.2.3).
    pub hash: Hash,
    /// How hash and key make the signature.
    pub scheme: Scheme,
    /// The encoding as it came, to compare the inner one with the outer one.
    pub(crate) der: Box<[u8]>,
}

/// How the hash and the key make the signature, as far as this crate checks signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scheme {
    /// RSA with the padding of PKCS#1 v1.5 (RFC 8017 §8.2).
    RsaPkcs1,
    /// RSA-PSS (RFC 8017 §8.1).
    RsaPss {
        /// The hash of the mask generation function.
        mask: Hash,
        /// The salt's length in bytes.
        salt: usize,
    },
    /// ECDSA (FIPS 186-5), the signature as a `SEQUENCE` of r and s.
    Ecdsa,
    /// A scheme whose signatures are not checked here.
    Other,
}

impl SignatureAlgorithm {
    /// Reads an `AlgorithmIdentifier` (RFC 5280 §4.1.1.2). With a fault beside it, its parameters could not be read and
    /// the hash is unknown.
    pub fn read(tlv: &Tlv<'_>) -> Result<(Self, Option<Fault>), Fault> {
        if tlv.tag != tlv::SEQUENCE {
            return Err(Fault::Type);
        }
        let mut fields = tlv.inside();
        let oid = Oid::from_contents(fields.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
        let (hash, scheme, fault) = if oid.is(known::RSA_PSS) {
            match pss(&mut fields) {
                Ok((hash, scheme)) => (hash, scheme, None),
                Err(fault) => (Hash::Unknown, Scheme::Other, Some(fault)),
            }
        } else {
            let (hash, scheme) = simple(&oid);
            let parameters = if fields.is_empty() {
                Ok(())
            } else {
                fields.next().map(|_| ())
            };
            (hash, scheme, parameters.err())
        };
        let fault = fault.or((!fields.is_empty()).then_some(Fault::Surplus));
        let fault = fault.or((tlv.missing > 0).then_some(Fault::Truncated));
        Ok((
            Self {
                oid,
                hash,
                scheme,
                der: tlv.whole.into(),
            },
            fault,
        ))
    }

    /// Its name, such as `SHA-256 with RSA` or `RSA-PSS with SHA-256`; the dotted identifier if it has none.
    pub fn name(&self) -> String {
        match self.oid.name() {
            Some(name) if self.oid.is(known::RSA_PSS) => format!("{name} with {}", self.hash.name()),
            Some(name) => name.to_owned(),
            None => self.oid.to_string(),
        }
    }
}

/// `RSASSA-PSS-params` (RFC 8017 §A.2.3); what is absent has its default.
fn pss(fields: &mut Reader<'_>) -> Result<(Hash, Scheme), Fault> {
    let mut hash = Hash::Sha1;
    let mut mask = Hash::Sha1;
    let mut salt = 20;
    // Parameters are required with a signature; absent ones are read as empty ones.
    let mut parameters = match fields.peek() {
        None => Reader::new(&[]),
        Some(_) => fields.expect(tlv::SEQUENCE)?.inside(),
    };
    if let Some(field) = parameters.optional(tlv::explicit(0))? {
        hash = hash_identifier(&mut field.inside())?;
    }
    if let Some(field) = parameters.optional(tlv::explicit(1))? {
        let mut function = field.inside().expect(tlv::SEQUENCE)?.inside();
        let oid = Oid::from_contents(function.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
        mask = if oid.is(known::MGF1) {
            hash_identifier(&mut function)?
        } else {
            Hash::Unknown
        };
    }
    if let Some(field) = parameters.optional(tlv::explicit(2))? {
        let length = field.inside().expect(tlv::INTEGER)?.small_integer()?;
        salt = usize::try_from(length).map_err(|_| Fault::Value)?;
    }
    Ok((hash, Scheme::RsaPss { mask, salt }))
}

fn hash_identifier(fields: &mut Reader<'_>) -> Result<Hash, Fault> {
    let mut identifier = fields.expect(tlv::SEQUENCE)?.inside();
    let oid = Oid::from_contents(identifier.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
    Ok(Hash::from_oid(&oid))
}

fn simple(oid: &Oid) -> (Hash, Scheme) {
    ALGORITHMS
        .iter()
        .find(|(known, ..)| oid.is(*known))
        .map_or((Hash::Unknown, Scheme::Other), |(_, hash, scheme)| {
            (*hash, *scheme)
        })
}

const ALGORITHMS: &[(ObjectIdentifier, Hash, Scheme)] = &[
    (known::SHA256_WITH_RSA, Hash::Sha256, Scheme::RsaPkcs1),
    (known::SHA1_WITH_RSA, Hash::Sha1, Scheme::RsaPkcs1),
    (known::SHA384_WITH_RSA, Hash::Sha384, Scheme::RsaPkcs1),
    (known::SHA512_WITH_RSA, Hash::Sha512, Scheme::RsaPkcs1),
    (known::ECDSA_WITH_SHA256, Hash::Sha256, Scheme::Ecdsa),
    (known::ECDSA_WITH_SHA384, Hash::Sha384, Scheme::Ecdsa),
    (known::ECDSA_WITH_SHA512, Hash::Sha512, Scheme::Ecdsa),
    (known::ECDSA_WITH_SHA1, Hash::Sha1, Scheme::Ecdsa),
    (known::ECDSA_WITH_SHA224, Hash::Sha224, Scheme::Ecdsa),
    (known::SHA224_WITH_RSA, Hash::Sha224, Scheme::RsaPkcs1),
    (known::SHA1_WITH_RSA_OIW, Hash::Sha1, Scheme::RsaPkcs1),
    (known::MD5_WITH_RSA, Hash::Md5, Scheme::RsaPkcs1),
    (known::MD5_WITH_RSA_OIW, Hash::Md5, Scheme::RsaPkcs1),
    (known::MD2_WITH_RSA, Hash::Md2, Scheme::RsaPkcs1),
    (known::MD4_WITH_RSA, Hash::Md4, Scheme::RsaPkcs1),
    (known::SHA512_224_WITH_RSA, Hash::Sha512_224, Scheme::RsaPkcs1),
    (known::SHA512_256_WITH_RSA, Hash::Sha512_256, Scheme::RsaPkcs1),
    (known::RIPEMD160_WITH_RSA, Hash::Ripemd160, Scheme::Other),
    (known::SHA3_224_WITH_RSA, Hash::Sha3_224, Scheme::Other),
    (known::SHA3_256_WITH_RSA, Hash::Sha3_256, Scheme::Other),
    (known::SHA3_384_WITH_RSA, Hash::Sha3_384, Scheme::Other),
    (known::SHA3_512_WITH_RSA, Hash::Sha3_512, Scheme::Other),
    (known::ECDSA_WITH_SHA3_224, Hash::Sha3_224, Scheme::Other),
    (known::ECDSA_WITH_SHA3_256, Hash::Sha3_256, Scheme::Other),
    (known::ECDSA_WITH_SHA3_384, Hash::Sha3_384, Scheme::Other),
    (known::ECDSA_WITH_SHA3_512, Hash::Sha3_512, Scheme::Other),
    (known::DSA_WITH_SHA1, Hash::Sha1, Scheme::Other),
    (known::DSA_WITH_SHA224, Hash::Sha224, Scheme::Other),
    (known::DSA_WITH_SHA256, Hash::Sha256, Scheme::Other),
    (known::ED25519, Hash::Intrinsic, Scheme::Other),
    (known::ED448, Hash::Intrinsic, Scheme::Other),
];

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
