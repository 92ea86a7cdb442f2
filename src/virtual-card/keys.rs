//! Private keys on the card, and what they do.

use std::collections::BTreeMap;

use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use rand_core::OsRng;
use rsa::{
    BigUint, RsaPrivateKey,
    pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _},
    traits::{PrivateKeyParts as _, PublicKeyParts as _},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{apdu::Status, memory::Bytes, tlv};

/// Algorithm reference: the RSA operation alone.
pub(crate) const RAW: u8 = 0x00;
/// Algorithm reference: RSA with PKCS#1 v1.5 padding.
pub(crate) const PKCS1: u8 = 0x02;
/// Algorithm reference: ECDSA.
pub(crate) const ECDSA: u8 = 0x04;

/// The only public exponent.
const EXPONENT: [u8; 3] = [1, 0, 1];

/// A file that holds a private key, once it was generated or imported.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    pub(crate) kind: Kind,
    /// Size of the modulus or of the curve.
    pub(crate) bits: u16,
    /// The parts of an RSA key that is being imported, by the tag of each.
    parts: BTreeMap<u8, Bytes>,
    /// RSA: DER `RSAPrivateKey` (RFC 8017, A.1.2). EC: the private number, of the curve's length.
    key: Option<Bytes>,
}

/// What kind of key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    Rsa,
    Ec,
}

impl KeyFile {
    /// An empty key file; not every size is supported.
    pub(crate) fn empty(kind: Kind, bits: u16) -> Result<Self, Status> {
        match (kind, bits) {
            (Kind::Rsa, 1024 | 2048 | 3072 | 4096) | (Kind::Ec, 256 | 384) => Ok(Self {
                kind,
                bits,
                parts: BTreeMap::new(),
                key: None,
            }),
            _ => Err(Status::NOT_SUPPORTED),
        }
    }

    /// A key file with its key, in the form that the field `key` describes.
    pub(crate) fn with_key(kind: Kind, bits: u16, key: &[u8]) -> Result<Self, Status> {
        Ok(Self {
            key: Some(key.into()),
            ..Self::empty(kind, bits)?
        })
    }

    /// Room for the key and its parts, in bytes.
    pub(crate) fn footprint(&self) -> usize {
        usize::from(self.bits / 8) * 5
    }

    pub(crate) fn generate(&self) -> Result<Self, Status> {
        let key = match (self.kind, self.bits) {
            (Kind::Rsa, bits) => {
                let key = RsaPrivateKey::new(&mut OsRng, usize::from(bits)).map_err(|_| Status::FAILURE)?;
                encode(&key)?
            }
            (Kind::Ec, 256) => p256::SecretKey::random(&mut OsRng).to_bytes().to_vec().into(),
            (Kind::Ec, _) => p384::SecretKey::random(&mut OsRng).to_bytes().to_vec().into(),
        };
        Ok(Self {
            key: Some(key),
            ..Self::empty(self.kind, self.bits)?
        })
    }

    /// Takes a part of a key. RSA: p 83, q 84, their exponents 85 and 86, the coefficient 87, modulus 80 and
    /// public exponent 81; the key is there once p, q, modulus and exponent are. EC: the private number 87; the
    /// point 86 follows from it.
    pub(crate) fn import(&self, tag: u8, part: &[u8]) -> Result<Self, Status> {
        if part.len() > usize::from(self.bits / 4) + 16 {
            return Err(Status::WRONG_LENGTH);
        }
        let mut file = self.clone();
        match (self.kind, tag) {
            (Kind::Rsa, 0x80 | 0x81 | 0x83..=0x87) => {
                file.parts.insert(tag, part.into());
                file.combine()?;
            }
            (Kind::Ec, 0x86) => {}
            (Kind::Ec, 0x87) => file.key = Some(private_number(self.bits, part)?),
            _ => return Err(Status::NO_REFERENCE),
        }
        Ok(file)
    }

    /// Makes the RSA key from its parts, if they are all there.
    fn combine(&mut self) -> Result<(), Status> {
        let part = |tag| self.parts.get(&tag).map(|part| BigUint::from_bytes_be(part));
        let (Some(p), Some(q), Some(_), Some(exponent)) = (part(0x83), part(0x84), part(0x80), part(0x81))
        else {
            return Ok(());
        };
        let half = usize::from(self.bits / 2);
        let even = |number: &BigUint| number.to_bytes_le().first().is_none_or(|byte| byte % 2 == 0);
        if even(&p) || even(&q) {
            return Err(Status::WRONG_DATA);
        }
        if p.bits() != half || q.bits() != half || p == q || exponent != BigUint::from_bytes_be(&EXPONENT) {
            return Err(Status::WRONG_DATA);
        }
        let key = RsaPrivateKey::from_p_q(p, q, exponent).map_err(|_| Status::WRONG_DATA)?;
        if key.n().bits() != usize::from(self.bits) {
            return Err(Status::WRONG_DATA);
        }
        // Fails where p and q have a common divisor.
        self.key = Some(encode(&key).map_err(|_| Status::WRONG_DATA)?);
        self.parts.clear();
        Ok(())
    }

    /// A part of the public key: RSA modulus 01 and exponent 02; EC point 86 as an object of its own.
    pub(crate) fn public_part(&self, tag: u8) -> Result<Vec<u8>, Status> {
        match (self.kind, tag) {
            (Kind::Rsa, 0x01) => Ok(padded(&self.rsa()?.n().to_bytes_be(), usize::from(self.bits / 8))),
            (Kind::Rsa, 0x02) => Ok(EXPONENT.to_vec()),
            (Kind::Ec, 0x86) => Ok(tlv::object(0x86, &self.point()?)),
            _ => Err(Status::NO_REFERENCE),
        }
    }

    fn point(&self) -> Result<Vec<u8>, Status> {
        let key = self.key()?;
        if self.bits == 256 {
            let secret = p256::SecretKey::from_slice(key).map_err(|_| Status::FAILURE)?;
            Ok(secret.public_key().to_sec1_bytes().into_vec())
        } else {
            let secret = p384::SecretKey::from_slice(key).map_err(|_| Status::FAILURE)?;
            Ok(secret.public_key().to_sec1_bytes().into_vec())
        }
    }

    /// Signs: RSA a whole block ([`RAW`]) or what is to be padded ([`PKCS1`]); EC a hash, answering a DER
    /// `SEQUENCE` of r and s.
    pub(crate) fn sign(&self, algorithm: u8, data: &[u8]) -> Result<Vec<u8>, Status> {
        match (self.kind, algorithm & 0x0F) {
            (Kind::Rsa, RAW) => self.rsa_operation(data),
            (Kind::Rsa, PKCS1) => self.rsa_operation(&self.padded_block(data)?),
            (Kind::Ec, ECDSA) => self.ecdsa(data),
            _ => Err(Status::NOT_SUPPORTED),
        }
    }

    /// Deciphers with RSA; [`PKCS1`] takes the padding off.
    pub(crate) fn decipher(&self, algorithm: u8, cryptogram: &[u8]) -> Result<Vec<u8>, Status> {
        let block = Zeroizing::new(self.rsa_operation(cryptogram)?);
        match algorithm & 0x0F {
            RAW => Ok(block.to_vec()),
            PKCS1 => match &block[..] {
                [0, 2, rest @ ..] => {
                    let end = rest
                        .iter()
                        .position(|byte| *byte == 0)
                        .ok_or(Status::WRONG_DATA)?;
                    Ok(rest.get(end + 1..).unwrap_or_default().to_vec())
                }
                _ => Err(Status::WRONG_DATA),
            },
            _ => Err(Status::NOT_SUPPORTED),
        }
    }

    /// EMSA-PKCS1-v1_5 without the hash identifier, which comes with the data (RFC 8017, 9.2).
    fn padded_block(&self, data: &[u8]) -> Result<Vec<u8>, Status> {
        let filling = usize::from(self.bits / 8)
            .checked_sub(data.len() + 3)
            .filter(|filling| *filling >= 8);
        let filling = vec![0xFF; filling.ok_or(Status::WRONG_LENGTH)?];
        Ok([&[0, 1], &filling[..], &[0], data].concat())
    }

    fn rsa_operation(&self, block: &[u8]) -> Result<Vec<u8>, Status> {
        let length = usize::from(self.bits / 8);
        let key = self.rsa()?;
        let number = BigUint::from_bytes_be(block);
        if block.is_empty() || block.len() > length || &number >= key.n() {
            return Err(Status::WRONG_DATA);
        }
        let result = rsa::hazmat::rsa_decrypt_and_check(&key, Some(&mut OsRng), &number)
            .map_err(|_| Status::FAILURE)?;
        Ok(padded(&result.to_bytes_be(), length))
    }

    fn ecdsa(&self, hash: &[u8]) -> Result<Vec<u8>, Status> {
        let key = self.key()?;
        if hash.is_empty() || hash.len() > 66 {
            return Err(Status::WRONG_LENGTH);
        }
        let hash = padded(hash, usize::from(self.bits / 8));
        if self.bits == 256 {
            let key = p256::ecdsa::SigningKey::from_slice(key).map_err(|_| Status::FAILURE)?;
            let signature: p256::ecdsa::Signature = key.sign_prehash(&hash).map_err(|_| Status::FAILURE)?;
            Ok(signature.to_der().as_bytes().to_vec())
        } else {
            let key = p384::ecdsa::SigningKey::from_slice(key).map_err(|_| Status::FAILURE)?;
            let signature: p384::ecdsa::Signature = key.sign_prehash(&hash).map_err(|_| Status::FAILURE)?;
            Ok(signature.to_der().as_bytes().to_vec())
        }
    }

    fn rsa(&self) -> Result<RsaPrivateKey, Status> {
        match self.kind {
            Kind::Rsa => RsaPrivateKey::from_pkcs1_der(self.key()?).map_err(|_| Status::FAILURE),
            Kind::Ec => Err(Status::NOT_SUPPORTED),
        }
    }

    fn key(&self) -> Result<&[u8], Status> {
        self.key.as_deref().ok_or(Status::NO_REFERENCE)
    }
}

fn encode(key: &RsaPrivateKey) -> Result<Bytes, Status> {
    debug_assert!(key.primes().len() == 2, "cards know RSA keys of two primes only");
    let der = key.to_pkcs1_der().map_err(|_| Status::FAILURE)?;
    Ok(der.as_bytes().into())
}

/// An EC private number in its full length, if it is one of the curve.
fn private_number(bits: u16, part: &[u8]) -> Result<Bytes, Status> {
    let length = usize::from(bits / 8);
    let leading = part.len().saturating_sub(length);
    if part.iter().take(leading).any(|byte| *byte != 0) {
        return Err(Status::WRONG_DATA);
    }
    let number = padded(part.get(leading..).unwrap_or_default(), length);
    let is_of_curve = match bits {
        256 => p256::SecretKey::from_slice(&number).is_ok(),
        _ => p384::SecretKey::from_slice(&number).is_ok(),
    };
    if is_of_curve {
        Ok(number.into())
    } else {
        Err(Status::WRONG_DATA)
    }
}

/// The number with zeros before it, at least `length` bytes long.
fn padded(number: &[u8], length: usize) -> Vec<u8> {
    let zeros = vec![0; length.saturating_sub(number.len())];
    [&zeros[..], number].concat()
}
