//! Revocation lists (RFC 5280, 5).

use std::collections::BTreeMap;

use const_oid::db::rfc5280::{ID_CE_AUTHORITY_KEY_IDENTIFIER, ID_CE_CRL_NUMBER, ID_CE_CRL_REASONS};
use time::{Duration, OffsetDateTime};
use x509_cert::{
    Version,
    crl::{CertificateList, RevokedCert, TbsCertList},
    der::{
        Encode as _,
        asn1::{BitString, OctetString, Uint},
    },
    ext::pkix::AuthorityKeyIdentifier,
    serial_number::SerialNumber,
};

use super::{
    Authority, AuthorityError, Revoked,
    encoding::{extension, sha256_with_rsa, time},
};

/// How long a list may be used.
const LIFE: Duration = Duration::hours(24);

impl Authority {
    /// The revocation list (DER) of the root or issuer called `name`, with these certificates on it. A later list needs
    /// a higher `number`. It may be used for 24 hours. Where the key is kept elsewhere, the list that was made there, if it
    /// is here.
    pub fn crl(
        &self,
        name: &str,
        revoked: &[Revoked],
        number: u64,
        now: OffsetDateTime,
    ) -> Result<Vec<u8>, AuthorityError> {
        let part = self
            .part(name)
            .ok_or_else(|| AuthorityError::UnknownIssuer(name.chars().take(64).collect()))?;
        let issuer = match part.issuer() {
            Ok(issuer) => issuer,
            Err(elsewhere) => return self.list_from_elsewhere(part)?.ok_or(elsewhere),
        };
        let entries = entries(revoked)?;
        let body = TbsCertList {
            version: Version::V2,
            signature: sha256_with_rsa(),
            issuer: part.certificate.tbs_certificate.subject.clone(),
            this_update: time(now)?,
            next_update: Some(time(now.saturating_add(LIFE))?),
            // An empty list must not be there at all.
            revoked_certificates: Some(entries).filter(|entries| !entries.is_empty()),
            crl_extensions: Some(vec![
                extension(
                    ID_CE_AUTHORITY_KEY_IDENTIFIER,
                    &AuthorityKeyIdentifier {
                        key_identifier: Some(OctetString::new(issuer.public_key().identifier())?),
                        ..AuthorityKeyIdentifier::default()
                    },
                )?,
                extension(ID_CE_CRL_NUMBER, &Uint::new(&number.to_be_bytes())?)?,
            ]),
        };
        let signature = issuer.sign(&body.to_der()?)?;
        let list = CertificateList {
            tbs_cert_list: body,
            signature_algorithm: sha256_with_rsa(),
            signature: BitString::from_bytes(&signature)?,
        };
        Ok(list.to_der()?)
    }
}

/// By serial number, each once; the earlier revocation counts.
fn entries(revoked: &[Revoked]) -> Result<Vec<RevokedCert>, AuthorityError> {
    let mut by_serial: BTreeMap<&[u8], &Revoked> = BTreeMap::new();
    for entry in revoked {
        let first = by_serial.entry(&entry.serial[..]).or_insert(entry);
        if entry.at < first.at {
            *first = entry;
        }
    }
    let entry = |entry: &Revoked| {
        let reason = entry.reason.written();
        let reason = reason.map(|reason| extension(ID_CE_CRL_REASONS, &reason));
        Ok(RevokedCert {
            serial_number: SerialNumber::new(&entry.serial)?,
            revocation_date: time(entry.at)?,
            crl_entry_extensions: reason.transpose()?.map(|reason| vec![reason]),
        })
    };
    by_serial.into_values().map(entry).collect()
}
