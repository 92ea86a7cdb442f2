//! The signed attributes: what was signed beside the content.

use std::borrow::Cow;

use certificate::tlv::{self, Reader, Tlv};
use certificate::{Certificate, Fault, Hash, HashVerdict, Oid};
use const_oid::ObjectIdentifier;

use super::{Content, Level, Signer};
use crate::read::{self, RawAttribute, is_from};
use crate::{Attribute, Finding, ber, oid};

/// What the signed attributes say.
pub(super) struct Signed<'a> {
    content_type: Option<Oid>,
    message_digest: Option<Cow<'a, [u8]>>,
    certificate: Option<BoundCertificate<'a>>,
}

/// The signer's certificate as it was signed along (`ESSCertID` of RFC 2634 §5.4.1, `ESSCertIDv2` of
/// RFC 5035 §4).
struct BoundCertificate<'a> {
    hash: Hash,
    digest: Cow<'a, [u8]>,
    /// The issuer's name in DER and the serial number's contents.
    issuer: Option<(Cow<'a, [u8]>, &'a [u8])>,
}

impl<'a> Signed<'a> {
    /// Reads them; what cannot be read or should not be there is noted.
    pub(super) fn read(set: &Tlv<'a>, signer: &mut Signer) -> Self {
        let mut said = Self {
            content_type: None,
            message_digest: None,
            certificate: None,
        };
        let all = read::attributes(set).unwrap_or_else(|_| {
            signer.note(Finding::UnreadableAttribute {
                attribute: Attribute::All,
            });
            Vec::new()
        });
        said.content_type = one(&all, signer, Attribute::ContentType, oid::CONTENT_TYPE, |value| {
            Oid::from_contents(typed(value, tlv::OBJECT_IDENTIFIER)?.value)
        });
        said.message_digest = one(
            &all,
            signer,
            Attribute::MessageDigest,
            oid::MESSAGE_DIGEST,
            ber::octets,
        );
        signer.signing_time = one(&all, signer, Attribute::SigningTime, oid::SIGNING_TIME, |value| {
            certificate::read_time(value).map(|(time, _)| time)
        });
        said.read_certificate(&all, signer);
        if all.iter().any(|each| each.oid.is(oid::SIGNATURE_POLICY)) {
            signer.note(Finding::SignaturePolicy);
        }
        said
    }

    /// The newer of the two attributes counts; the older one alone is weak.
    fn read_certificate(&mut self, all: &[RawAttribute<'a>], signer: &mut Signer) {
        let attribute = Attribute::SigningCertificate;
        let has = |kind| all.iter().any(|each| each.oid.is(kind));
        self.certificate = if !has(oid::SIGNING_CERTIFICATE_V2) && has(oid::SIGNING_CERTIFICATE) {
            signer.note(Finding::OldSigningCertificate);
            one(all, signer, attribute, oid::SIGNING_CERTIFICATE, |value| {
                bound(value, false)
            })
        } else {
            one(all, signer, attribute, oid::SIGNING_CERTIFICATE_V2, |value| {
                bound(value, true)
            })
        };
        if self.certificate.is_some() {
            signer.level = Level::B;
        }
    }

    /// Whether this certificate is the one that was signed along.
    pub(super) fn binds(&self, certificate: &Certificate) -> bool {
        self.certificate
            .as_ref()
            .is_some_and(|bound| bound.hash.of(certificate.der()).as_deref() == Some(&*bound.digest))
    }

    pub(super) fn check_certificate(&self, signer: &mut Signer, certificate: &Certificate) {
        let Some(bound) = &self.certificate else {
            return;
        };
        // The older attribute knows no other hash, and was noted for it.
        let noted = signer.findings.contains(&Finding::OldSigningCertificate);
        if bound.hash.verdict() == HashVerdict::Weak && !noted {
            signer.note(Finding::WeakHash { hash: bound.hash });
        }
        if !self.binds(certificate) {
            signer.note(Finding::CertificateHashDiffers);
        }
        if bound
            .issuer
            .as_ref()
            .is_some_and(|(issuer, serial)| !is_from(certificate, issuer, serial))
        {
            signer.note(Finding::CertificateIssuerDiffers);
        }
    }

    /// Whether they speak of this content.
    pub(super) fn check(&self, signer: &mut Signer, content_type: &Oid, content: Option<Content<'_>>) {
        if self.content_type.as_ref().is_some_and(|own| own != content_type) {
            signer.note(Finding::ContentTypeDiffers);
        }
        let Some(digest) = &self.message_digest else {
            return;
        };
        match content.map(|content| content.digest(signer.hash)) {
            Some(Some(found)) if *found == **digest => {}
            Some(Some(_)) => signer.note(Finding::ContentDiffers),
            // The content is there, yet not under a hash that is computed here.
            Some(None) => signer.note(Finding::UnsupportedAlgorithm),
            None => signer.note(Finding::ContentMissing),
        }
    }
}

/// The value of an attribute that must be there once, with one value (RFC 5652 §11).
fn one<'a, T>(
    all: &[RawAttribute<'a>],
    signer: &mut Signer,
    attribute: Attribute,
    kind: ObjectIdentifier,
    read: impl Fn(&Tlv<'a>) -> Result<T, Fault>,
) -> Option<T> {
    let mut found = all.iter().filter(|each| each.oid.is(kind));
    let Some(first) = found.next() else {
        signer.note(Finding::MissingAttribute { attribute });
        return None;
    };
    if found.next().is_some() || first.values.len() > 1 {
        signer.note(Finding::RepeatedAttribute { attribute });
    }
    let value = first.values.first().ok_or(Fault::Missing).and_then(read);
    if value.is_err() {
        signer.note(Finding::UnreadableAttribute { attribute });
    }
    value.ok()
}

fn typed<'t, 'a>(value: &'t Tlv<'a>, tag: u8) -> Result<&'t Tlv<'a>, Fault> {
    if value.tag == tag {
        Ok(value)
    } else {
        Err(Fault::Type)
    }
}

/// The first certificate of `SigningCertificate` or `SigningCertificateV2`: the signer's.
fn bound<'a>(value: &Tlv<'a>, names_hash: bool) -> Result<BoundCertificate<'a>, Fault> {
    let mut list = typed(value, tlv::SEQUENCE)?
        .inside()
        .expect(tlv::SEQUENCE)?
        .inside();
    let mut fields = list.expect(tlv::SEQUENCE)?.inside();
    let hash = match (names_hash, fields.peek()) {
        (false, _) => Hash::Sha1,
        (true, Some(tlv::SEQUENCE)) => {
            let mut identifier = fields.expect(tlv::SEQUENCE)?.inside();
            Hash::from_oid(&Oid::from_contents(
                identifier.expect(tlv::OBJECT_IDENTIFIER)?.value,
            )?)
        }
        (true, _) => Hash::Sha256,
    };
    let digest = ber::octets(&fields.next()?)?;
    let issuer = match fields.optional(tlv::SEQUENCE)? {
        Some(pair) => Some(issuer(pair.inside())?),
        None => None,
    };
    Ok(BoundCertificate { hash, digest, issuer })
}

/// `IssuerSerial` whose only name is a directory name.
fn issuer(mut fields: Reader<'_>) -> Result<(Cow<'_, [u8]>, &[u8]), Fault> {
    let mut names = fields.expect(tlv::SEQUENCE)?.inside();
    let name = ber::to_der(&names.expect(tlv::explicit(4))?.inside().expect(tlv::SEQUENCE)?)?;
    if !names.is_empty() {
        return Err(Fault::Surplus);
    }
    Ok((name, fields.expect(tlv::INTEGER)?.value))
}
