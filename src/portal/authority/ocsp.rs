//! The OCSP responder (RFC 6960): bytes in, bytes out. Each answer is signed by the issuer itself.

use const_oid::db::{
    rfc5912::{ID_SHA_1, ID_SHA_256, ID_SHA_384, ID_SHA_512},
    rfc6960::ID_PKIX_OCSP_NONCE,
};
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use time::{Duration, OffsetDateTime};
use x509_cert::{
    der::{
        Decode as _, Encode as _,
        asn1::{BitString, GeneralizedTime, OctetString},
    },
    ext::Extension,
};
use x509_ocsp::{
    BasicOcspResponse, CertId, CertStatus, OcspGeneralizedTime, OcspRequest, OcspResponse, ResponderId,
    ResponseData, RevokedInfo, SingleResponse, Version,
};

use super::{
    Authority, AuthorityError, Part, Status,
    encoding::{sha256_with_rsa, since_1970},
};

/// The most bytes of a request.
pub const LONGEST_REQUEST: usize = 16 * 1024;

/// The most certificates that one request may ask about.
const MOST_ASKED: usize = 64;

/// The longest nonce that is echoed (RFC 8954 allows 32; older clients send more).
const LONGEST_NONCE: usize = 128;

/// How long an answer may be used.
const LIFE: Duration = Duration::minutes(10);

/// What a request that is understood asks.
struct Question {
    ids: Vec<CertId>,
    nonce: Option<Extension>,
}

impl Authority {
    /// Answers an OCSP request (DER, as it came by POST, or decoded from the address by GET) with a response (DER).
    /// Every request is answered; one that is none, with `malformedRequest`.
    ///
    /// `status` says how the certificate with this serial number (contents of the INTEGER) stands at the issuer of this
    /// name. It is not asked about the authority's own certificates.
    pub fn ocsp(
        &self,
        request: &[u8],
        now: OffsetDateTime,
        status: impl FnMut(&str, &[u8]) -> Status,
    ) -> Vec<u8> {
        let response = match question(request) {
            None => OcspResponse::malformed_request(),
            Some(question) => match self.answer(question, now, status) {
                Ok(Some(basic)) => {
                    OcspResponse::successful(basic).unwrap_or_else(|_| OcspResponse::internal_error())
                }
                Ok(None) => OcspResponse::unauthorized(),
                Err(_) => OcspResponse::internal_error(),
            },
        };
        // The encoding of an error is five bytes.
        response
            .to_der()
            .unwrap_or_else(|_| vec![0x30, 0x03, 0x0A, 0x01, 0x02])
    }

    /// What a request asks about: issuer and serial number of each certificate that is one of ours and not the
    /// authority's own. For callers who have to look up all of it before they call [`Self::ocsp`].
    pub fn asked(&self, request: &[u8]) -> Vec<(String, Vec<u8>)> {
        let ids = question(request).map(|question| question.ids).unwrap_or_default();
        let ours = ids.iter().filter_map(|id| {
            let part = self.named_in(id)?;
            let serial = id.serial_number.as_bytes();
            (!self.is_own(part, serial)).then(|| (part.name.clone(), serial.to_vec()))
        });
        ours.collect()
    }

    /// `None`: none of the certificates is of an issuer of ours.
    fn answer(
        &self,
        question: Question,
        now: OffsetDateTime,
        mut status: impl FnMut(&str, &[u8]) -> Status,
    ) -> Result<Option<BasicOcspResponse>, AuthorityError> {
        let Some(signer) = question.ids.iter().find_map(|id| self.named_in(id)) else {
            return Ok(None);
        };
        let issuer = signer.issuer()?;
        let moment =
            |moment| GeneralizedTime::from_unix_duration(since_1970(moment)).map(OcspGeneralizedTime);
        let single = |id: CertId| {
            // An answer speaks for the issuer that signs it, and for no other.
            let ours = signer.is_meant_by(&id);
            let serial = id.serial_number.as_bytes();
            let cert_status = if !ours {
                CertStatus::unknown()
            } else if self.is_own(signer, serial) {
                CertStatus::good()
            } else {
                match status(&signer.name, serial) {
                    Status::Good => CertStatus::good(),
                    Status::Unknown => CertStatus::unknown(),
                    Status::Revoked { at, reason } => CertStatus::revoked(RevokedInfo {
                        revocation_time: moment(at)?,
                        revocation_reason: reason.written(),
                    }),
                }
            };
            Ok(SingleResponse {
                cert_id: id,
                cert_status,
                this_update: moment(now)?,
                next_update: Some(moment(now.saturating_add(LIFE))?),
                single_extensions: None,
            })
        };
        let responses: Result<_, AuthorityError> = question.ids.into_iter().map(single).collect();
        let data = ResponseData {
            version: Version::V1,
            responder_id: ResponderId::ByKey(OctetString::new(issuer.public_key().identifier())?),
            produced_at: moment(now)?,
            responses: responses?,
            response_extensions: question.nonce.map(|nonce| vec![nonce]),
        };
        let signature = issuer.sign(&data.to_der()?)?;
        Ok(Some(BasicOcspResponse {
            tbs_response_data: data,
            signature_algorithm: sha256_with_rsa(),
            signature: BitString::from_bytes(&signature)?,
            certs: Some(vec![signer.certificate.clone()]),
        }))
    }

    fn named_in(&self, id: &CertId) -> Option<&Part> {
        self.parts
            .iter()
            .filter(|part| part.issuer.is_some())
            .find(|part| part.is_meant_by(id))
    }

    /// Whether this is the serial number of an issuer, or of the certificate for time stamps.
    fn is_own(&self, issuer: &Part, serial: &[u8]) -> bool {
        let issued_by = |certificate: &x509_cert::Certificate| {
            let body = &certificate.tbs_certificate;
            body.issuer == issuer.certificate.tbs_certificate.subject
                && body.serial_number.as_bytes() == serial
        };
        self.parts.iter().any(|part| issued_by(&part.certificate)) || issued_by(self.stamper.certificate())
    }
}

impl Part {
    /// Whether the hashes of name and key are those of this issuer (RFC 6960, 4.1.1).
    fn is_meant_by(&self, id: &CertId) -> bool {
        let hash = |bytes: &[u8]| match id.hash_algorithm.oid {
            ID_SHA_1 => Some(Sha1::digest(bytes).to_vec()),
            ID_SHA_256 => Some(Sha256::digest(bytes).to_vec()),
            ID_SHA_384 => Some(Sha384::digest(bytes).to_vec()),
            ID_SHA_512 => Some(Sha512::digest(bytes).to_vec()),
            _ => None,
        };
        let body = &self.certificate.tbs_certificate;
        let key = body.subject_public_key_info.subject_public_key.raw_bytes();
        let name = body.subject.to_der().ok().and_then(|name| hash(&name));
        name.is_some_and(|name| name == id.issuer_name_hash.as_bytes())
            && hash(key).is_some_and(|key| key == id.issuer_key_hash.as_bytes())
    }
}

fn question(request: &[u8]) -> Option<Question> {
    if request.len() > LONGEST_REQUEST {
        return None;
    }
    let body = OcspRequest::from_der(request).ok()?.tbs_request;
    if !(1..=MOST_ASKED).contains(&body.request_list.len()) {
        return None;
    }
    let extensions = body.request_extensions.unwrap_or_default();
    let (mut nonces, others): (Vec<_>, Vec<_>) = extensions
        .into_iter()
        .partition(|extension| extension.extn_id == ID_PKIX_OCSP_NONCE);
    let too_long = |nonce: &Extension| nonce.extn_value.as_bytes().len() > LONGEST_NONCE + 3;
    if nonces.len() > 1 || nonces.iter().any(too_long) || others.iter().any(|other| other.critical) {
        return None;
    }
    Some(Question {
        ids: body
            .request_list
            .into_iter()
            .map(|request| request.req_cert)
            .collect(),
        nonce: nonces.pop().map(|nonce| Extension {
            critical: false,
            ..nonce
        }),
    })
}
