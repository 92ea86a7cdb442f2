//! Issuing certificates.

use certificate::{Certificate, Curve, HashVerdict, KeyKind};
use time::{Duration, OffsetDateTime};
use virtual_card::practice::x509::{Order, PublicKey, Purpose};

use super::{Authority, AuthorityError, encoding::random_serial};

/// How far back a certificate's validity begins: clocks differ.
const BACKDATED: Duration = Duration::minutes(5);

/// A qualified certificate that is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// Whom it is for: DER `Name`, for instance of [`virtual_card::practice::x509::holder_name`].
    pub subject: &'a [u8],
    /// Whose key it is about: DER `SubjectPublicKeyInfo`, RSA from 2048 bits, P-256 or P-384.
    pub key: &'a [u8],
    /// From when it is valid.
    pub not_before: OffsetDateTime,
    /// Until when it is valid.
    pub not_after: OffsetDateTime,
}

impl Authority {
    /// A qualified certificate (DER) of today's issuer, in the profile of the public sector's authority, with a random
    /// serial number and the addresses of this site.
    pub fn issue(&self, request: &Request<'_>) -> Result<Vec<u8>, AuthorityError> {
        self.issue_for(request, Purpose::Qualified(&self.policy))
    }

    /// The replacement (DER) of one of this authority's certificates that is signed with a weak hash: the same key,
    /// subject and end of validity, signed with SHA-256, another serial number, valid from now on. Kept are also its
    /// purposes: a certificate for logging in gets one for logging in.
    pub fn replacement(&self, original: &[u8], now: OffsetDateTime) -> Result<Vec<u8>, AuthorityError> {
        let original = Certificate::read(original).map_err(|_| AuthorityError::NotOurs)?;
        let (Some(subject), Some(key), Some(not_after)) =
            (&original.subject, &original.public_key, original.not_after)
        else {
            return Err(AuthorityError::NotOurs);
        };
        if self.issuer_of(&original).is_none() || original.is_authority() {
            return Err(AuthorityError::NotOurs);
        }
        if original.hash_verdict() != HashVerdict::Weak {
            return Err(AuthorityError::NotDue);
        }
        if not_after <= now {
            return Err(AuthorityError::Expired);
        }
        let request = Request {
            subject: subject.der(),
            key: &key.spki,
            not_before: now.saturating_sub(BACKDATED),
            not_after,
        };
        let purpose = if original.qualified().is_qualified() {
            Purpose::Qualified(&self.policy)
        } else {
            Purpose::Login
        };
        self.issue_for(&request, purpose)
    }

    fn issue_for(&self, request: &Request<'_>, purpose: Purpose<'_>) -> Result<Vec<u8>, AuthorityError> {
        let part = self.today()?;
        // What ends after its issuer could not be checked any more.
        let ends = Certificate::read(&part.der)
            .ok()
            .and_then(|issuer| issuer.not_after);
        if ends.is_none_or(|ends| request.not_after > ends) {
            return Err(AuthorityError::OutlivesIssuer(part.name.clone()));
        }
        let issued = part.issuer()?.issue(&Order {
            serial: &random_serial()?,
            subject: request.subject,
            key: &PublicKey::from_info(request.key)?,
            not_before: request.not_before,
            not_after: request.not_after,
            purpose,
            addresses: Some(self.addresses(part)),
        })?;
        // What goes out must be readable, of a key that is worth signing for, and ours.
        let read = Certificate::read(&issued).map_err(|_| AuthorityError::KeyKind)?;
        let good_key = read.public_key.as_ref().is_some_and(|key| match key.kind {
            KeyKind::Rsa => key.bits.is_some_and(|bits| (2048..=8192).contains(&bits)),
            KeyKind::Ec(curve) => matches!(curve, Curve::P256 | Curve::P384),
            _ => false,
        });
        if !good_key || !read.problems.is_empty() {
            return Err(AuthorityError::KeyKind);
        }
        Ok(issued)
    }
}
