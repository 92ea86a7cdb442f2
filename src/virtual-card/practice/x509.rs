//! Writing practice certificates (RFC 5280).

use const_oid::ObjectIdentifier;
use rsa::{
    RsaPrivateKey,
    pkcs1::{DecodeRsaPrivateKey as _, EncodeRsaPublicKey as _},
    pkcs1v15::SigningKey,
    signature::{SignatureEncoding as _, Signer as _},
};
use sha1::{Digest as _, Sha1};
use sha2::Sha256;
use time::OffsetDateTime;

use crate::{Error, tlv};

const COMMON_NAME: &str = "2.5.4.3";
const SERIAL_NUMBER: &str = "2.5.4.5";
const COUNTRY: &str = "2.5.4.6";
const ORGANISATION: &str = "2.5.4.10";

/// The hash of a certificate's signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
}

/// What a certificate says; its signature comes with [`Certificate::sign`].
pub(super) struct Certificate {
    pub(super) serial: [u8; 8],
    pub(super) hash: Hash,
    /// DER `Name`.
    pub(super) issuer: Vec<u8>,
    pub(super) not_before: OffsetDateTime,
    pub(super) not_after: OffsetDateTime,
    /// DER `Name`.
    pub(super) subject: Vec<u8>,
    pub(super) key: PublicKey,
    /// DER `Extension`s.
    pub(super) extensions: Vec<Vec<u8>>,
}

impl Certificate {
    /// The certificate (DER), signed with the issuer's key.
    pub(super) fn sign(&self, issuer_key: &RsaPrivateKey) -> Result<Vec<u8>, Error> {
        let body = self.body()?;
        let signature = match self.hash {
            Hash::Sha1 => SigningKey::<Sha1>::new(issuer_key.clone()).try_sign(&body),
            Hash::Sha256 => SigningKey::<Sha256>::new(issuer_key.clone()).try_sign(&body),
        };
        let signature = signature.map_err(|_| Error::Signing)?.to_vec();
        Ok(tlv::sequence(&[
            body,
            algorithm(self.hash),
            bit_string(&signature),
        ]))
    }

    /// `TBSCertificate`.
    fn body(&self) -> Result<Vec<u8>, Error> {
        let version_3 = tlv::constructed(0xA0, &[tlv::integer(2)]);
        let validity = tlv::sequence(&[moment(self.not_before)?, moment(self.not_after)?]);
        Ok(tlv::sequence(&[
            version_3,
            tlv::object(0x02, &self.serial),
            algorithm(self.hash),
            self.issuer.clone(),
            validity,
            self.subject.clone(),
            self.key.info.clone(),
            tlv::constructed(0xA3, &[tlv::sequence(&self.extensions)]),
        ]))
    }
}

/// A public key as certificates carry it.
#[derive(Clone)]
pub(super) struct PublicKey {
    /// DER `SubjectPublicKeyInfo`.
    info: Vec<u8>,
    /// Method 1 of RFC 5280, 4.2.1.2.
    pub(super) identifier: [u8; 20],
}

impl PublicKey {
    pub(super) fn rsa(key: &RsaPrivateKey) -> Result<Self, Error> {
        let public = key.to_public_key().to_pkcs1_der().map_err(|_| Error::Key)?;
        let algorithm = tlv::sequence(&[oid("1.2.840.113549.1.1.1"), tlv::object(0x05, &[])]);
        Ok(Self::new(algorithm, public.as_bytes()))
    }

    pub(super) fn p256(key: &p256::SecretKey) -> Self {
        let algorithm = tlv::sequence(&[oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")]);
        Self::new(algorithm, &key.public_key().to_sec1_bytes())
    }

    fn new(algorithm: Vec<u8>, key: &[u8]) -> Self {
        Self {
            info: tlv::sequence(&[algorithm, bit_string(key)]),
            identifier: Sha1::digest(key).into(),
        }
    }
}

/// An RSA private key (DER `RSAPrivateKey`).
pub(super) fn rsa_key(der: &[u8]) -> Result<RsaPrivateKey, Error> {
    RsaPrivateKey::from_pkcs1_der(der).map_err(|_| Error::Key)
}

/// The name of an authority.
pub(super) fn authority_name(common_name: &str) -> Vec<u8> {
    tlv::sequence(&[
        attribute(COUNTRY, tlv::object(0x13, b"TR")),
        attribute(ORGANISATION, tlv::utf8("Kartal")),
        attribute(COMMON_NAME, tlv::utf8(common_name)),
    ])
}

/// The name of a holder: the identity number is the serial number.
pub(super) fn holder_name(common_name: &str, identity_number: &str) -> Vec<u8> {
    tlv::sequence(&[
        attribute(COUNTRY, tlv::object(0x13, b"TR")),
        attribute(SERIAL_NUMBER, tlv::object(0x13, identity_number.as_bytes())),
        attribute(COMMON_NAME, tlv::utf8(common_name)),
    ])
}

/// A `RelativeDistinguishedName` of one attribute.
fn attribute(kind: &str, value: Vec<u8>) -> Vec<u8> {
    tlv::constructed(0x31, &[tlv::sequence(&[oid(kind), value])])
}

/// An `Extension`.
pub(super) fn extension(kind: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let critical = if critical {
        tlv::object(0x01, &[0xFF])
    } else {
        Vec::new()
    };
    tlv::sequence(&[oid(kind), critical, tlv::octets(value)])
}

pub(super) fn oid(dotted: &str) -> Vec<u8> {
    // Only the literals of this module's parent come here, and the tests build every one of them.
    ObjectIdentifier::new(dotted).map_or_else(|_| Vec::new(), |oid| tlv::object(0x06, oid.as_bytes()))
}

fn algorithm(hash: Hash) -> Vec<u8> {
    let oid = match hash {
        Hash::Sha1 => oid("1.2.840.113549.1.1.5"),
        Hash::Sha256 => oid("1.2.840.113549.1.1.11"),
    };
    tlv::sequence(&[oid, tlv::object(0x05, &[])])
}

fn bit_string(bytes: &[u8]) -> Vec<u8> {
    tlv::object(0x03, &[&[0], bytes].concat())
}

/// `UTCTime` to 2049, `GeneralizedTime` after (RFC 5280, 4.1.2.5).
fn moment(moment: OffsetDateTime) -> Result<Vec<u8>, Error> {
    let moment = moment.to_offset(time::UtcOffset::UTC);
    let (hour, minute, second) = moment.to_hms();
    let rest = format!(
        "{:02}{:02}{hour:02}{minute:02}{second:02}Z",
        u8::from(moment.month()),
        moment.day()
    );
    match moment.year() {
        year @ 1970..=2049 => Ok(tlv::object(0x17, format!("{:02}{rest}", year % 100).as_bytes())),
        year @ 2050..=9999 => Ok(tlv::object(0x18, format!("{year}{rest}").as_bytes())),
        _ => Err(Error::Moment),
    }
}
