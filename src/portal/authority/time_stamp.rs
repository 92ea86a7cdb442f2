//! Time stamps (RFC 3161): bytes in, bytes out.

use cms::{
    cert::IssuerAndSerialNumber,
    content_info::CmsVersion,
    signed_data::{
        EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
    },
};
use const_oid::db::{
    rfc5911::{ID_CONTENT_TYPE, ID_MESSAGE_DIGEST, ID_SIGNING_TIME},
    rfc5912::{ID_SHA_256, ID_SHA_384, ID_SHA_512},
};
use sha2::{Digest as _, Sha256};
use spki::AlgorithmIdentifierOwned;
use time::OffsetDateTime;
use virtual_card::practice::x509::{Hash, Issuer, Order, Purpose};
use x509_cert::{
    Certificate,
    attr::Attribute,
    der::{
        Any, Decode as _, Encode as _, Sequence,
        asn1::{BitString, GeneralizedTime, Int, ObjectIdentifier, OctetString, SetOfVec},
    },
    ext::pkix::name::{GeneralName, GeneralNames},
    serial_number::SerialNumber,
};
use x509_tsp::{Accuracy, TimeStampReq, TspVersion, TstInfo};

use super::{
    Addresses, Authority, AuthorityError, Part, bundle,
    encoding::{positive, random_serial, sha256_with_rsa, since_1970, time},
};

/// The most bytes of a request.
pub const LONGEST_REQUEST: usize = 4 * 1024;

/// The longest nonce that is echoed.
const LONGEST_NONCE: usize = 64;

/// The best-practices policy for time stamps (ETSI EN 319 421, 5.2).
const POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("0.4.0.2023.1.1");

/// `id-ct-TSTInfo`.
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// Who signs time stamps.
#[derive(Debug)]
pub(super) struct Stamper {
    der: Vec<u8>,
    certificate: Certificate,
    signer: Issuer,
}

/// Why there is no time stamp: bit numbers of `PKIFailureInfo` (RFC 3161, 2.4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Failure {
    BadAlgorithm = 0,
    BadRequest = 2,
    BadDataFormat = 5,
    UnacceptedPolicy = 15,
    UnacceptedExtension = 16,
    System = 25,
}

/// `TimeStampResp`; the crate's own cannot write the failure bits.
#[derive(Sequence)]
struct Response {
    status: StatusInfo,
    #[asn1(optional = "true")]
    token: Option<Any>,
}

/// `PKIStatusInfo`.
#[derive(Sequence)]
struct StatusInfo {
    status: u8,
    #[asn1(optional = "true")]
    text: Option<Vec<String>>,
    #[asn1(optional = "true")]
    failure: Option<BitString>,
}

/// `SigningCertificateV2` (RFC 5035, 3) with the default hash, SHA-256.
#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
}

/// `ESSCertIDv2`.
#[derive(Sequence)]
struct CertificateId {
    hash: OctetString,
    issuer: IssuerSerial,
}

/// `IssuerSerial`.
#[derive(Sequence)]
struct IssuerSerial {
    issuer: GeneralNames,
    serial_number: SerialNumber,
}

impl Authority {
    /// Answers a request for a time stamp (DER) with a `TimeStampResp` (DER). Every request is answered; one that
    /// cannot be met, with the reason.
    pub fn time_stamp(&self, request: &[u8], now: OffsetDateTime) -> Vec<u8> {
        let stamped =
            check(request).and_then(|request| self.stamp(&request, now).map_err(|_| Failure::System));
        let response = match stamped {
            Ok(token) => Any::from_der(&token).map(|token| Response {
                status: StatusInfo {
                    status: 0,
                    text: None,
                    failure: None,
                },
                token: Some(token),
            }),
            Err(failure) => failure.response(),
        };
        // A rejection without words, should even these fail.
        response
            .and_then(|response| response.to_der())
            .unwrap_or_else(|_| vec![0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02])
    }

    fn stamp(&self, request: &TimeStampReq, now: OffsetDateTime) -> Result<Vec<u8>, AuthorityError> {
        let info = TstInfo {
            version: TspVersion::V1,
            policy: POLICY,
            message_imprint: request.message_imprint.clone(),
            serial_number: Int::new(&random_serial()?)?,
            gen_time: GeneralizedTime::from_unix_duration(since_1970(now))?,
            accuracy: Some(Accuracy {
                seconds: Some(1),
                millis: None,
                micros: None,
            }),
            ordering: false,
            nonce: request.nonce.clone(),
            tsa: None,
            extensions: None,
        };
        let issuer = self.today()?;
        let mut certificates = vec![self.stamper.der.clone()];
        certificates.extend(self.with_root(issuer));
        let certificates = request
            .cert_req
            .then(|| bundle::set(certificates.iter().map(Vec::as_slice)));
        self.stamper.sign(&info.to_der()?, certificates.transpose()?, now)
    }
}

impl Stamper {
    /// With a certificate by `issuer`, which follows from the key, the issuer and the site, so that every start of the
    /// service and every instance of it has the same.
    pub(super) fn new(issuer: &Part, site: &str, subject: &[u8], key: &[u8]) -> Result<Self, AuthorityError> {
        let signer = Issuer::new(subject.to_vec(), key, Hash::Sha256)?;
        let mut hash = Sha256::new_with_prefix(signer.public_key().identifier());
        hash.update(&issuer.der);
        hash.update(subject);
        hash.update(site);
        let digest: [u8; 32] = hash.finalize().into();
        let serial = std::array::from_fn(|place| digest.get(place).copied().unwrap_or(0));
        let validity = issuer.certificate.tbs_certificate.validity;
        let moment = |time: x509_cert::time::Time| {
            let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
            OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| virtual_card::Error::Moment)
        };
        let der = issuer.issuer()?.issue(&Order {
            serial: &positive(serial),
            subject,
            key: signer.public_key(),
            not_before: moment(validity.not_before)?,
            not_after: moment(validity.not_after)?,
            purpose: Purpose::TimeStamping,
            addresses: Some(Addresses {
                site,
                file: &issuer.name,
            }),
        })?;
        Ok(Self {
            certificate: Certificate::from_der(&der)?,
            der,
            signer,
        })
    }

    pub(super) fn der(&self) -> &[u8] {
        &self.der
    }

    pub(super) fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// A CMS around `content` (RFC 3161, 2.4.2: exactly one signer).
    fn sign(
        &self,
        content: &[u8],
        certificates: Option<cms::signed_data::CertificateSet>,
        now: OffsetDateTime,
    ) -> Result<Vec<u8>, AuthorityError> {
        let sha256 = AlgorithmIdentifierOwned {
            oid: ID_SHA_256,
            parameters: None,
        };
        let attributes = self.signed_attributes(content, now)?;
        let signature = self.signer.sign(&attributes.to_der()?)?;
        let body = &self.certificate.tbs_certificate;
        let signer = SignerInfo {
            version: CmsVersion::V1,
            sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
                issuer: body.issuer.clone(),
                serial_number: body.serial_number.clone(),
            }),
            digest_alg: sha256.clone(),
            signed_attrs: Some(attributes),
            signature_algorithm: sha256_with_rsa(),
            signature: OctetString::new(signature)?,
            unsigned_attrs: None,
        };
        bundle::wrap(&SignedData {
            version: CmsVersion::V3,
            digest_algorithms: SetOfVec::try_from(vec![sha256])?,
            encap_content_info: EncapsulatedContentInfo {
                econtent_type: TST_INFO,
                econtent: Some(Any::encode_from(&OctetString::new(content)?)?),
            },
            certificates,
            crls: None,
            signer_infos: SignerInfos(SetOfVec::try_from(vec![signer])?),
        })
    }

    fn signed_attributes(
        &self,
        content: &[u8],
        now: OffsetDateTime,
    ) -> Result<SignedAttributes, AuthorityError> {
        let body = &self.certificate.tbs_certificate;
        let signing_certificate = SigningCertificate {
            certificates: vec![CertificateId {
                hash: OctetString::new(Sha256::digest(&self.der).to_vec())?,
                issuer: IssuerSerial {
                    issuer: vec![GeneralName::DirectoryName(body.issuer.clone())],
                    serial_number: body.serial_number.clone(),
                },
            }],
        };
        let digest = OctetString::new(Sha256::digest(content).to_vec())?;
        let attributes = [
            (ID_CONTENT_TYPE, Any::encode_from(&TST_INFO)?),
            (ID_MESSAGE_DIGEST, Any::encode_from(&digest)?),
            (ID_SIGNING_TIME, Any::encode_from(&time(now)?)?),
            (SIGNING_CERTIFICATE_V2, Any::encode_from(&signing_certificate)?),
        ];
        let attributes = attributes.map(|(oid, value)| {
            Ok(Attribute {
                oid,
                values: SetOfVec::try_from(vec![value])?,
            })
        });
        let attributes: Result<Vec<_>, AuthorityError> = attributes.into_iter().collect();
        Ok(SetOfVec::try_from(attributes?)?)
    }
}

impl Failure {
    const fn words(self) -> &'static str {
        match self {
            Self::BadAlgorithm => "the hash must be SHA-256, SHA-384 or SHA-512",
            Self::BadRequest => "the nonce is too long",
            Self::BadDataFormat => "not a request for a time stamp",
            Self::UnacceptedPolicy => "time stamps are made under another policy",
            Self::UnacceptedExtension => "no extension is known",
            Self::System => "the time stamp could not be made",
        }
    }

    /// A rejection. Named bits lose their trailing zeros (X.690, 11.2.2).
    fn response(self) -> Result<Response, der::Error> {
        let bit = self as u8;
        let mut bytes = vec![0; usize::from(bit / 8) + 1];
        if let Some(last) = bytes.last_mut() {
            *last = 0x80 >> (bit % 8);
        }
        Ok(Response {
            status: StatusInfo {
                status: 2,
                text: Some(vec![self.words().to_owned()]),
                failure: Some(BitString::new(7 - bit % 8, bytes)?),
            },
            token: None,
        })
    }
}

/// The request, if it is one that can be met.
fn check(request: &[u8]) -> Result<TimeStampReq, Failure> {
    if request.len() > LONGEST_REQUEST {
        return Err(Failure::BadDataFormat);
    }
    let request = TimeStampReq::from_der(request).map_err(|_| Failure::BadDataFormat)?;
    let imprint = &request.message_imprint;
    let length = match imprint.hash_algorithm.oid {
        ID_SHA_256 => 32,
        ID_SHA_384 => 48,
        ID_SHA_512 => 64,
        _ => return Err(Failure::BadAlgorithm),
    };
    if imprint.hashed_message.as_bytes().len() != length {
        return Err(Failure::BadDataFormat);
    }
    if request.req_policy.is_some_and(|policy| policy != POLICY) {
        return Err(Failure::UnacceptedPolicy);
    }
    if request.extensions.is_some() {
        return Err(Failure::UnacceptedExtension);
    }
    if request
        .nonce
        .as_ref()
        .is_some_and(|nonce| nonce.as_bytes().len() > LONGEST_NONCE)
    {
        return Err(Failure::BadRequest);
    }
    Ok(request)
}
