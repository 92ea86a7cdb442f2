//! Certificates in a CMS without signers (RFC 5652, 5.1: "degenerate"), as `.p7b` files are.

use cms::{
    cert::CertificateChoices,
    content_info::{CmsVersion, ContentInfo},
    signed_data::{CertificateSet, EncapsulatedContentInfo, SignedData, SignerInfos},
};
use const_oid::db::rfc5911::{ID_DATA, ID_SIGNED_DATA};
use x509_cert::{
    Certificate,
    der::{Any, Decode as _, Encode as _, asn1::SetOfVec},
};

use super::AuthorityError;

/// The certificates (DER) in one CMS. One that would not come back byte for byte is an error.
pub fn certs_only<'a>(certificates: impl IntoIterator<Item = &'a [u8]>) -> Result<Vec<u8>, AuthorityError> {
    let signed_data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::new(),
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: ID_DATA,
            econtent: None,
        },
        certificates: Some(set(certificates)?),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::new()),
    };
    wrap(&signed_data)
}

/// `ContentInfo` around it.
pub(super) fn wrap(signed_data: &SignedData) -> Result<Vec<u8>, AuthorityError> {
    let content = ContentInfo {
        content_type: ID_SIGNED_DATA,
        content: Any::encode_from(signed_data)?,
    };
    Ok(content.to_der()?)
}

pub(super) fn set<'a>(
    certificates: impl IntoIterator<Item = &'a [u8]>,
) -> Result<CertificateSet, AuthorityError> {
    let mut set = Vec::new();
    for der in certificates {
        let certificate = Certificate::from_der(der)?;
        if certificate.to_der()? != der {
            return Err(AuthorityError::Certificate("the bundle".into()));
        }
        let choice = CertificateChoices::Certificate(certificate);
        // The same certificate twice says no more than once, and is no set.
        if !set.contains(&choice) {
            set.push(choice);
        }
    }
    Ok(CertificateSet(SetOfVec::try_from(set)?))
}
