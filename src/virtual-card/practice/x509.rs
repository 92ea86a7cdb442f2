//! Writing certificates (RFC 5280): the practice authority's, and those of any other authority that has its key at
//! hand, in the profile that the public sector's authority uses.
//!
//! An [`Issuer`] signs an [`Order`]. Serial numbers, dates and names are the caller's.

mod der;
mod extensions;

use const_oid::ObjectIdentifier;
use rand_core::OsRng;
use rsa::{
    RsaPrivateKey,
    pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPrivateKey as _, EncodeRsaPublicKey as _},
    pkcs1v15::SigningKey,
    signature::{RandomizedSigner as _, SignatureEncoding as _},
};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;
use time::OffsetDateTime;
use zeroize::Zeroizing;

use crate::{Error, tlv};

pub use der::{authority_name, holder_name};

/// The longest serial number, in bytes (RFC 5280, 4.1.2.2).
const LONGEST_SERIAL: usize = 20;

/// The hash of a certificate's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-1, for the certificates of the time before; none should be issued with it any more.
    Sha1,
    /// SHA-256.
    Sha256,
}

/// Who issues: a name, an RSA key, and the hash that it signs with.
#[derive(Clone)]
pub struct Issuer {
    name: Vec<u8>,
    key: RsaPrivateKey,
    public: PublicKey,
    hash: Hash,
}

/// What a certificate is to say.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// The serial number: 1 to 20 bytes, the first of them 01 to 7F.
    pub serial: &'a [u8],
    /// Whom it is for: DER `Name`.
    pub subject: &'a [u8],
    /// Whose key it is about.
    pub key: &'a PublicKey,
    /// From when it is valid.
    pub not_before: OffsetDateTime,
    /// Until when it is valid.
    pub not_after: OffsetDateTime,
    /// What it is for.
    pub purpose: Purpose<'a>,
    /// Where revocation lists, the issuer's certificate and the OCSP responder are; none for an authority whose
    /// certificates name no place.
    pub addresses: Option<Addresses<'a>>,
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// A qualified certificate for signing.
    Qualified(&'a Policy),
    /// Logging in; not a qualified one.
    Login,
    /// An authority that issues.
    Authority,
    /// Signing time stamps, and nothing else (RFC 3161, 2.3).
    TimeStamping,
}

/// What a qualified certificate says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The certificate policy.
    pub policy: ObjectIdentifier,
    /// Where the practice statement is.
    pub statement_address: String,
    /// The user notice; it is written as `BMPString`, as in the field.
    pub notice: String,
    /// The text of the Turkish statement for qualified certificates.
    pub statement: String,
}

/// Where things about an issuer are: `{site}/{file}.crl`, `{site}/{file}.crt` and `{site}/ocsp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Addresses<'a> {
    /// An address without a slash at its end.
    pub site: &'a str,
    /// The issuer's name in addresses.
    pub file: &'a str,
}

impl Issuer {
    /// An issuer by its name (DER `Name`, as in its certificate) and key (DER `RSAPrivateKey`).
    pub fn new(name: Vec<u8>, key: &[u8], hash: Hash) -> Result<Self, Error> {
        let key = rsa_key(key)?;
        Ok(Self {
            name,
            public: PublicKey::rsa(&key)?,
            key,
            hash,
        })
    }

    /// Its name (DER).
    pub fn name(&self) -> &[u8] {
        &self.name
    }

    /// Its public key.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// A certificate (DER).
    pub fn issue(&self, order: &Order<'_>) -> Result<Vec<u8>, Error> {
        if !matches!(order.serial, [0x01..=0x7F, ..]) || order.serial.len() > LONGEST_SERIAL {
            return Err(Error::SerialNumber);
        }
        let version_3 = tlv::constructed(0xA0, &[tlv::integer(2)]);
        let validity = tlv::sequence(&[der::moment(order.not_before)?, der::moment(order.not_after)?]);
        let body = tlv::sequence(&[
            version_3,
            tlv::object(0x02, order.serial),
            der::algorithm(self.hash),
            self.name.clone(),
            validity,
            order.subject.to_vec(),
            order.key.info.clone(),
            tlv::constructed(0xA3, &[tlv::sequence(&extensions::of(order, self))]),
        ]);
        let signature = self.sign_with(self.hash, &body)?;
        Ok(tlv::sequence(&[
            body,
            der::algorithm(self.hash),
            der::bit_string(&signature),
        ]))
    }

    /// A signature over these bytes: PKCS#1 v1.5 with SHA-256, whatever its certificates are signed with.
    pub fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.sign_with(Hash::Sha256, bytes)
    }

    /// Blinded, so that the time it takes tells nothing about the key; the signature is the same.
    fn sign_with(&self, hash: Hash, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let key = self.key.clone();
        let signature = match hash {
            Hash::Sha1 => SigningKey::<Sha1>::new(key).try_sign_with_rng(&mut OsRng, bytes),
            Hash::Sha256 => SigningKey::<Sha256>::new(key).try_sign_with_rng(&mut OsRng, bytes),
        };
        Ok(signature.map_err(|_| Error::Signing)?.to_vec())
    }
}

/// Nothing of the key.
impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issuer")
            .field("hash", &self.hash)
            .finish_non_exhaustive()
    }
}

/// A public key as certificates carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// DER `SubjectPublicKeyInfo`.
    info: Vec<u8>,
    /// Method 1 of RFC 5280, 4.2.1.2.
    identifier: [u8; 20],
}

impl PublicKey {
    /// From DER `SubjectPublicKeyInfo`, as it stands in a certificate.
    pub fn from_info(info: &[u8]) -> Result<Self, Error> {
        let parts = tlv::find(info, 0x30).ok_or(Error::Key)?;
        let [0, key @ ..] = tlv::find(parts, 0x03).ok_or(Error::Key)? else {
            return Err(Error::Key);
        };
        Ok(Self {
            info: info.to_vec(),
            identifier: Sha1::digest(key).into(),
        })
    }

    /// The public half of a key (DER `RSAPrivateKey`).
    pub fn of_rsa(key: &[u8]) -> Result<Self, Error> {
        Self::rsa(&rsa_key(key)?)
    }

    /// The key identifier: the SHA-1 of the key (method 1 of RFC 5280, 4.2.1.2).
    pub fn identifier(&self) -> [u8; 20] {
        self.identifier
    }

    /// DER `SubjectPublicKeyInfo`.
    pub fn info(&self) -> &[u8] {
        &self.info
    }

    fn rsa(key: &RsaPrivateKey) -> Result<Self, Error> {
        let public = key.to_public_key().to_pkcs1_der().map_err(|_| Error::Key)?;
        let algorithm = tlv::sequence(&[der::oid("1.2.840.113549.1.1.1"), tlv::object(0x05, &[])]);
        Ok(Self::new(algorithm, public.as_bytes()))
    }

    pub(super) fn p256(key: &p256::SecretKey) -> Self {
        let algorithm = tlv::sequence(&[der::oid("1.2.840.10045.2.1"), der::oid("1.2.840.10045.3.1.7")]);
        Self::new(algorithm, &key.public_key().to_sec1_bytes())
    }

    fn new(algorithm: Vec<u8>, key: &[u8]) -> Self {
        Self {
            info: tlv::sequence(&[algorithm, der::bit_string(key)]),
            identifier: Sha1::digest(key).into(),
        }
    }
}

/// A new RSA key of this many bits (DER `RSAPrivateKey`). Takes a second or more.
pub fn new_rsa_key(bits: usize) -> Result<Zeroizing<Vec<u8>>, Error> {
    let key = RsaPrivateKey::new(&mut OsRng, bits).map_err(|_| Error::Key)?;
    let der = key.to_pkcs1_der().map_err(|_| Error::Key)?;
    Ok(Zeroizing::new(der.as_bytes().to_vec()))
}

fn rsa_key(der: &[u8]) -> Result<RsaPrivateKey, Error> {
    RsaPrivateKey::from_pkcs1_der(der).map_err(|_| Error::Key)
}
