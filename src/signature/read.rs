//! Signed data (RFC 5652 §5) as it came: read leniently, bounded, every piece as its raw bytes.

use std::borrow::Cow;
use std::sync::Arc;

use certificate::tlv::{self, Reader, Tlv};
use certificate::{Certificate, Fault, Hash, Oid, SignatureAlgorithm};

use crate::{Error, Part, ber, oid};

/// The most bytes that are read.
pub(crate) const MAX_BYTES: usize = 64 * 1024 * 1024;
const MAX_CERTIFICATES: usize = 64;
const MAX_SIGNERS: usize = 32;
const MAX_ATTRIBUTES: usize = 64;

/// Signed data.
pub(crate) struct SignedData<'a> {
    pub(crate) content_type: Oid,
    /// The content, if it is within.
    pub(crate) content: Option<Cow<'a, [u8]>>,
    pub(crate) certificates: Vec<Arc<Certificate>>,
    pub(crate) unreadable_certificates: usize,
    pub(crate) signers: Vec<SignerInfo<'a>>,
    pub(crate) is_der: bool,
    /// How many bytes follow it, or an element within it that stands alone.
    pub(crate) trailing: usize,
}

/// What one signer signed, and how (RFC 5652 §5.3).
pub(crate) struct SignerInfo<'a> {
    pub(crate) id: SignerId<'a>,
    pub(crate) hash: Hash,
    /// The signed attributes with their implicit tag.
    pub(crate) signed: Option<Tlv<'a>>,
    pub(crate) algorithm: SignatureAlgorithm,
    pub(crate) signature: Cow<'a, [u8]>,
    pub(crate) unsigned: Option<Tlv<'a>>,
}

/// How a signer is named.
pub(crate) enum SignerId<'a> {
    /// By the issuer's name in DER and the serial number's contents.
    IssuerAndSerial { issuer: Cow<'a, [u8]>, serial: &'a [u8] },
    /// By the key identifier.
    KeyId(Cow<'a, [u8]>),
}

/// One attribute with its values.
pub(crate) struct RawAttribute<'a> {
    pub(crate) oid: Oid,
    pub(crate) values: Vec<Tlv<'a>>,
}

impl<'a> SignedData<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut file = Reader::new(bytes);
        let outer = file.expect(tlv::SEQUENCE).map_err(|_| Error::NotCms)?;
        let mut info = outer.inside();
        let content_type = oid(&mut info).map_err(|_| Error::NotCms)?;
        if !content_type.is(oid::SIGNED_DATA) {
            return Err(Error::NotSignedData { content_type });
        }
        let broken = broken(Part::SignedData);
        let mut holder = info.expect(tlv::explicit(0)).map_err(&broken)?.inside();
        let fields = holder.expect(tlv::SEQUENCE).map_err(&broken)?.inside();
        let is_der = tlv::check_der(outer.whole).is_ok();
        // Wherever one element is meant to stand alone, what comes after it belongs to nothing.
        let trailing = file.rest().len() + info.rest().len() + holder.rest().len();
        Self::read_fields(fields, is_der, trailing)
    }

    fn read_fields(mut fields: Reader<'a>, is_der: bool, trailing: usize) -> Result<Self, Error> {
        fields.expect(tlv::INTEGER).map_err(broken(Part::SignedData))?;
        fields.expect(tlv::SET).map_err(broken(Part::SignedData))?;
        let (content_type, content, surplus) = content(&mut fields).map_err(broken(Part::Content))?;
        let certificates = fields
            .optional(tlv::explicit(0))
            .map_err(broken(Part::Certificates))?;
        let (certificates, unreadable_certificates) = match certificates {
            Some(set) => read_certificates(set.inside())?,
            None => (Vec::new(), 0),
        };
        fields
            .optional(tlv::explicit(1))
            .map_err(broken(Part::SignedData))?;
        let mut set = fields
            .expect(tlv::SET)
            .map_err(broken(Part::SignerInfo))?
            .inside();
        let mut signers = Vec::new();
        while !set.is_empty() {
            if signers.len() == MAX_SIGNERS {
                return Err(Error::TooMany {
                    part: Part::SignerInfo,
                    limit: MAX_SIGNERS,
                });
            }
            let signer = set.expect(tlv::SEQUENCE).and_then(|tlv| SignerInfo::read(&tlv));
            signers.push(signer.map_err(broken(Part::SignerInfo))?);
        }
        if !fields.is_empty() {
            return Err(broken(Part::SignedData)(Fault::Surplus));
        }
        Ok(Self {
            content_type,
            content,
            certificates,
            unreadable_certificates,
            signers,
            is_der,
            trailing: trailing + surplus,
        })
    }
}

fn broken(part: Part) -> impl Fn(Fault) -> Error {
    move |fault| Error::Broken { part, fault }
}

fn oid(fields: &mut Reader<'_>) -> Result<Oid, Fault> {
    Oid::from_contents(fields.expect(tlv::OBJECT_IDENTIFIER)?.value)
}

/// Its type, the content if it is within, and how many bytes follow that.
type Encapsulated<'a> = (Oid, Option<Cow<'a, [u8]>>, usize);

fn content<'a>(fields: &mut Reader<'a>) -> Result<Encapsulated<'a>, Fault> {
    let mut encapsulated = fields.expect(tlv::SEQUENCE)?.inside();
    let content_type = oid(&mut encapsulated)?;
    let (content, surplus) = match encapsulated.optional(tlv::explicit(0))? {
        Some(holder) => {
            let mut holder = holder.inside();
            (Some(ber::octets(&holder.next()?)?), holder.rest().len())
        }
        None => (None, 0),
    };
    if !encapsulated.is_empty() {
        return Err(Fault::Surplus);
    }
    Ok((content_type, content, surplus))
}

/// The X.509 certificates; those of other kinds are passed over (RFC 5652 §10.2.2).
fn read_certificates(mut set: Reader<'_>) -> Result<(Vec<Arc<Certificate>>, usize), Error> {
    let mut certificates = Vec::new();
    let mut unreadable = 0;
    let mut count = 0;
    while !set.is_empty() {
        count += 1;
        if count > MAX_CERTIFICATES {
            return Err(Error::TooMany {
                part: Part::Certificates,
                limit: MAX_CERTIFICATES,
            });
        }
        let element = set.next().map_err(broken(Part::Certificates))?;
        if element.tag != tlv::SEQUENCE {
            continue;
        }
        match Certificate::read(element.whole) {
            Ok(certificate) => certificates.push(Arc::new(certificate)),
            Err(_) => unreadable += 1,
        }
    }
    Ok((certificates, unreadable))
}

impl<'a> SignerInfo<'a> {
    fn read(tlv: &Tlv<'a>) -> Result<Self, Fault> {
        let mut fields = tlv.inside();
        fields.expect(tlv::INTEGER)?;
        let id = SignerId::read(&fields.next()?)?;
        let digest = oid(&mut fields.expect(tlv::SEQUENCE)?.inside())?;
        let signed = fields.optional(tlv::explicit(0))?;
        let (algorithm, _) = SignatureAlgorithm::read(&fields.expect(tlv::SEQUENCE)?)?;
        let signature = ber::octets(&fields.next()?)?;
        let unsigned = fields.optional(tlv::explicit(1))?;
        if !fields.is_empty() {
            return Err(Fault::Surplus);
        }
        Ok(Self {
            id,
            hash: Hash::from_oid(&digest),
            signed,
            algorithm,
            signature,
            unsigned,
        })
    }
}

impl<'a> SignerId<'a> {
    fn read(tlv: &Tlv<'a>) -> Result<Self, Fault> {
        if tlv.tag & !tlv::CONSTRUCTED == tlv::implicit(0) {
            return ber::string(tlv).map(Self::KeyId);
        }
        if tlv.tag != tlv::SEQUENCE {
            return Err(Fault::Type);
        }
        let mut fields = tlv.inside();
        Ok(Self::IssuerAndSerial {
            issuer: ber::to_der(&fields.expect(tlv::SEQUENCE)?)?,
            serial: fields.expect(tlv::INTEGER)?.value,
        })
    }

    /// Whether it is the name of this certificate.
    pub(crate) fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::IssuerAndSerial { issuer, serial } => is_from(certificate, issuer, serial),
            Self::KeyId(id) => certificate.extensions.subject_key_id.as_deref() == Some(&**id),
        }
    }
}

/// Whether a certificate has this issuer and this serial number, byte for byte.
pub(crate) fn is_from(certificate: &Certificate, issuer: &[u8], serial: &[u8]) -> bool {
    let same_issuer = certificate
        .issuer
        .as_ref()
        .is_some_and(|name| name.der() == issuer);
    let same_serial = certificate
        .serial
        .as_ref()
        .is_some_and(|own| own.as_bytes() == serial);
    same_issuer && same_serial
}

/// The attributes of a set.
pub(crate) fn attributes<'a>(set: &Tlv<'a>) -> Result<Vec<RawAttribute<'a>>, Fault> {
    let mut found = Vec::new();
    let mut elements = set.inside();
    while !elements.is_empty() {
        let mut fields = elements.expect(tlv::SEQUENCE)?.inside();
        let oid = oid(&mut fields)?;
        let mut set = fields.expect(tlv::SET)?.inside();
        let mut values = Vec::new();
        while !set.is_empty() {
            if values.len() == MAX_ATTRIBUTES {
                return Err(Fault::Count);
            }
            let value = set.next()?;
            if value.missing > 0 {
                return Err(Fault::Truncated);
            }
            values.push(value);
        }
        if found.len() == MAX_ATTRIBUTES {
            return Err(Fault::Count);
        }
        found.push(RawAttribute { oid, values });
    }
    Ok(found)
}
