//! Making a signature in two steps, the card between them.

use std::sync::Arc;

use certificate::{Certificate, Curve, Hash, KeyKind, tlv};
use time::{OffsetDateTime, UtcOffset};

use crate::certs_only::content_info;
use crate::verify::self_check;
use crate::{Algorithm, Content, Error, algorithm, der, oid};

const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// What is to be signed, by whom, and how.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The signer's certificate.
    pub certificate: &'a Certificate,
    /// Certificates that are to go with the signature: issuers, as far as they are at hand. The signer's own goes with
    /// it in any case.
    pub chain: &'a [Arc<Certificate>],
    /// What is signed.
    pub content: Content<'a>,
    /// Whether the content goes into the signature.
    pub packaging: Packaging,
    /// The way to sign; [`Algorithm::for_key`] has the usual one.
    pub algorithm: Algorithm,
    /// The time the signer claims to sign at.
    pub signing_time: OffsetDateTime,
}

/// Whether the content is within the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Packaging {
    /// The content is within the signature.
    Attached,
    /// The content stands beside it.
    Detached,
}

impl Packaging {
    /// The stable name of this packaging.
    pub fn code(self) -> &'static str {
        match self {
            Self::Attached => "attached",
            Self::Detached => "detached",
        }
    }
}

/// A signature that lacks only what the card has to add.
#[derive(Debug, Clone)]
pub struct Prepared {
    certificate: Certificate,
    chain: Vec<Arc<Certificate>>,
    algorithm: Algorithm,
    /// The hash of the content, under [`Algorithm::hash`].
    content_digest: Vec<u8>,
    /// The content, if it goes into the signature.
    content: Option<Vec<u8>>,
    /// The signed attributes as a `SET OF`.
    attributes: Vec<u8>,
    digest: Vec<u8>,
}

impl Prepared {
    /// Prepares a signature. An error here costs nothing: no card has been asked, no PIN spent.
    pub fn new(request: &Request<'_>) -> Result<Self, Error> {
        let certificate = request.certificate;
        let key = certificate
            .public_key
            .as_ref()
            .ok_or(Error::CertificateUnusable)?;
        request.algorithm.check(key)?;
        let hash = request.algorithm.hash();
        let content_digest = request.content.digest(hash).ok_or(Error::ContentNeeded)?;
        let content = match (request.packaging, request.content) {
            (Packaging::Detached, _) => None,
            (Packaging::Attached, Content::Bytes(bytes)) => Some(bytes.to_vec()),
            (Packaging::Attached, Content::Digests(_)) => return Err(Error::ContentNeeded),
        };
        let attributes = der::set_of(
            tlv::SET,
            vec![
                attribute(oid::CONTENT_TYPE, &der::oid(oid::DATA)),
                attribute(oid::MESSAGE_DIGEST, &der::octets(&content_digest)),
                attribute(oid::SIGNING_TIME, &signing_time(request.signing_time)?),
                attribute(oid::SIGNING_CERTIFICATE_V2, &signing_certificate(certificate)?),
            ],
        );
        // What is signed has to be DER, and it names the certificate by the certificate's own bytes.
        tlv::check_der(&attributes).map_err(|_| Error::CertificateUnusable)?;
        Ok(Self {
            digest: hash.of(&attributes).ok_or(Error::HashUnsuitable { hash })?,
            certificate: certificate.clone(),
            chain: request.chain.to_vec(),
            algorithm: request.algorithm,
            content_digest,
            content,
            attributes,
        })
    }

    /// How it is to be signed.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// What is signed, for cards and modules that hash by themselves: the DER encoding of the signed attributes as a
    /// `SET OF` (RFC 5652 §5.4).
    pub fn to_be_signed(&self) -> &[u8] {
        &self.attributes
    }

    /// The hash of [`Self::to_be_signed`], for those that take a hash, as PKCS#11 does for ECDSA.
    pub fn digest(&self) -> &[u8] {
        &self.digest
    }

    /// The hash in its `DigestInfo` (RFC 8017 §9.2), for those that only pad, as `CKM_RSA_PKCS` does.
    pub fn digest_info(&self) -> Vec<u8> {
        algorithm::digest_info(self.algorithm.hash(), &self.digest).unwrap_or_default()
    }

    /// The whole signature, in DER, with what the card answered: for RSA the block, for ECDSA r and s one after the
    /// other or as a `SEQUENCE`. It is checked as anybody would check it; if it is wrong, so was the answer.
    pub fn assemble(&self, signature: &[u8]) -> Result<Vec<u8>, Error> {
        let signature = self.in_cms_form(signature);
        let signed = self.signed_data(&signature).ok_or(Error::CertificateUnusable)?;
        let whole = content_info(&signed);
        let digests = [(self.algorithm.hash(), self.content_digest.clone())];
        if self_check(&whole, Content::Digests(&digests)) {
            Ok(whole)
        } else {
            Err(Error::WrongSignature)
        }
    }

    /// PKCS#11 answers r and s in a row, CMS wants them in a `SEQUENCE` (RFC 5753 §7.2).
    fn in_cms_form(&self, signature: &[u8]) -> Vec<u8> {
        let coordinate = match self.certificate.public_key.as_ref().map(|key| key.kind) {
            Some(KeyKind::Ec(Curve::P256)) => 32,
            Some(KeyKind::Ec(Curve::P384)) => 48,
            _ => return signature.to_vec(),
        };
        match signature.split_at_checked(coordinate) {
            Some((r, s)) if s.len() == coordinate => der::sequence(&[&der::unsigned(r), &der::unsigned(s)]),
            _ => signature.to_vec(),
        }
    }

    fn signed_data(&self, signature: &[u8]) -> Option<Vec<u8>> {
        let digest = algorithm::digest_identifier(self.algorithm.hash())?;
        let content = self
            .content
            .as_ref()
            .map(|content| der::element(tlv::explicit(0), &[&der::octets(content)]));
        let certificates = std::iter::once(&self.certificate)
            .chain(self.chain.iter().map(AsRef::as_ref))
            .map(|certificate| certificate.der().to_vec())
            .collect();
        // The same bytes under the implicit tag: only the first octet differs (RFC 5652 §5.3).
        let attributes = [&[tlv::explicit(0)], self.attributes.get(1..)?].concat();
        let signer = der::sequence(&[
            &der::unsigned(&[1]),
            &der::sequence(&[
                self.certificate.issuer.as_ref()?.der(),
                &serial(&self.certificate)?,
            ]),
            &digest,
            &attributes,
            &self.algorithm.identifier()?,
            &der::octets(signature),
        ]);
        // Version 1: plain data, X.509 certificates, signers by issuer and serial number (RFC 5652 §5.1).
        Some(der::sequence(&[
            &der::unsigned(&[1]),
            &der::set_of(tlv::SET, vec![digest]),
            &der::sequence(&[&der::oid(oid::DATA), content.as_deref().unwrap_or_default()]),
            &der::set_of(tlv::explicit(0), certificates),
            &der::set_of(tlv::SET, vec![signer]),
        ]))
    }
}

fn attribute(kind: const_oid::ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    der::sequence(&[&der::oid(kind), &der::element(tlv::SET, &[value])])
}

/// The serial number as an `INTEGER`, as the certificate has it.
fn serial(certificate: &Certificate) -> Option<Vec<u8>> {
    let serial = certificate.serial.as_ref()?;
    Some(der::element(tlv::INTEGER, &[serial.as_bytes()]))
}

/// `SigningCertificateV2` (RFC 5035 §3) of one certificate. SHA-256 is the default and so is not written.
fn signing_certificate(certificate: &Certificate) -> Result<Vec<u8>, Error> {
    let issuer = certificate.issuer.as_ref().ok_or(Error::CertificateUnusable)?;
    let serial = serial(certificate).ok_or(Error::CertificateUnusable)?;
    let names = der::sequence(&[&der::element(tlv::explicit(4), &[issuer.der()])]);
    let identifier = der::sequence(&[
        &der::octets(&certificate.sha256()),
        &der::sequence(&[&names, &serial]),
    ]);
    Ok(der::sequence(&[&der::sequence(&[&identifier])]))
}

/// `SigningTime` (RFC 5652 §11.3): `UTCTime` to 2049, `GeneralizedTime` after.
fn signing_time(time: OffsetDateTime) -> Result<Vec<u8>, Error> {
    let time = time.to_offset(UtcOffset::UTC);
    let (hour, minute, second) = time.to_hms();
    let rest = format!(
        "{:02}{:02}{hour:02}{minute:02}{second:02}Z",
        u8::from(time.month()),
        time.day()
    );
    match time.year() {
        year @ 1950..=2049 => Ok(der::element(
            UTC_TIME,
            &[format!("{:02}{rest}", year % 100).as_bytes()],
        )),
        year @ 2050..=9999 => Ok(der::element(
            GENERALIZED_TIME,
            &[format!("{year}{rest}").as_bytes()],
        )),
        _ => Err(Error::SigningTime),
    }
}

impl Content<'_> {
    /// The content's hash, if it can be told.
    pub(crate) fn digest(&self, hash: Hash) -> Option<Vec<u8>> {
        match self {
            Self::Bytes(bytes) => hash.of(bytes),
            Self::Digests(digests) => digests
                .iter()
                .find(|(of, _)| *of == hash)
                .map(|(_, digest)| digest.clone()),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
