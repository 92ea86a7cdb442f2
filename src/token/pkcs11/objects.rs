//! Certificates and what ties them to keys.

use cryptoki_sys::{
    CK_ATTRIBUTE_TYPE, CK_OBJECT_HANDLE, CK_ULONG, CKA_CERTIFICATE_CATEGORY, CKA_CERTIFICATE_TYPE,
    CKA_EC_POINT, CKA_ID, CKA_LABEL, CKA_MODULUS, CKA_VALUE, CKC_X_509, CKO_CERTIFICATE, CKO_PRIVATE_KEY,
    CKR_DEVICE_ERROR, CKR_DEVICE_REMOVED, CKR_SESSION_CLOSED, CKR_SESSION_HANDLE_INVALID,
    CKR_TOKEN_NOT_PRESENT,
};

use super::{
    host::Pulse,
    raw::{Attribute, Fault, RawSession},
    text,
};
use crate::{CardCertificate, Error, Problem, Progress};

/// `CK_CERTIFICATE_CATEGORY_AUTHORITY`, PKCS#11 v2.40, section 4.6.2.
const AUTHORITY: CK_ULONG = 2;
/// The shortest key material that is looked for in certificates: a P-224 point. Less would be found by chance.
const MIN_MATERIAL: usize = 56;
/// Certificates longer than this, in bytes, are matched by `CKA_ID` alone.
const MAX_SEARCHED: usize = 16 * 1024;
/// At most this many keys are matched by their material.
const MAX_MATERIAL: usize = 32;

/// The objects that were read.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) certificates: Vec<CardCertificate>,
    pub(super) problems: Vec<Problem>,
}

/// Reads all certificates, and whose key is there. `hidden`: more objects may show after login.
pub(super) fn read(session: &RawSession<'_>, hidden: bool, pulse: Pulse<'_>) -> Result<Contents, Error> {
    let mut contents = Contents::default();
    let objects = session.find(CKO_CERTIFICATE)?;
    let count = u16::try_from(objects.len()).unwrap_or(u16::MAX);
    for (index, object) in (0..count).zip(objects) {
        pulse(Progress::Certificate { index, count })?;
        match certificate(session, object) {
            Ok(Some(certificate)) => contents.certificates.push(certificate),
            Ok(None) => {}
            Err(Unreadable::Object { label }) => {
                let problem = Problem::Certificate { label };
                if !contents.problems.contains(&problem) {
                    contents.problems.push(problem);
                }
            }
            Err(Unreadable::Session(fault)) => return Err(fault.into()),
        }
    }
    match_keys(session, hidden, &mut contents.certificates)?;
    Ok(contents)
}

/// Why a certificate could not be read.
enum Unreadable {
    /// This one; others may be.
    Object { label: String },
    /// Nothing can be read any more.
    Session(Fault),
}

/// `None` for an object that is no X.509 certificate.
fn certificate(
    session: &RawSession<'_>,
    object: CK_OBJECT_HANDLE,
) -> Result<Option<CardCertificate>, Unreadable> {
    let label = text::lossy(&optional(session, object, CKA_LABEL)?);
    // A module that does not tell the type means the usual one.
    if ulong(&optional(session, object, CKA_CERTIFICATE_TYPE)?).is_some_and(|kind| kind != CKC_X_509) {
        return Ok(None);
    }
    let der = match session.attribute(object, CKA_VALUE) {
        Ok(Attribute::Value(der)) if !der.is_empty() => der,
        Err(fault) if ends_session(fault) => return Err(Unreadable::Session(fault)),
        Ok(_) | Err(_) => return Err(Unreadable::Object { label }),
    };
    let authority = ulong(&optional(session, object, CKA_CERTIFICATE_CATEGORY)?) == Some(AUTHORITY);
    let id = optional(session, object, CKA_ID)?;
    Ok(Some(CardCertificate {
        id,
        label,
        der,
        authority,
        has_private_key: None,
    }))
}

/// An attribute that may be missing or refused: then it is empty.
fn optional(
    session: &RawSession<'_>,
    object: CK_OBJECT_HANDLE,
    kind: CK_ATTRIBUTE_TYPE,
) -> Result<Vec<u8>, Unreadable> {
    match session.attribute(object, kind) {
        Ok(Attribute::Value(value)) => Ok(value),
        Err(fault) if ends_session(fault) => Err(Unreadable::Session(fault)),
        Ok(_) | Err(_) => Ok(Vec::new()),
    }
}

fn ends_session(fault: Fault) -> bool {
    matches!(
        fault.code,
        CKR_SESSION_HANDLE_INVALID
            | CKR_SESSION_CLOSED
            | CKR_DEVICE_REMOVED
            | CKR_DEVICE_ERROR
            | CKR_TOKEN_NOT_PRESENT
    )
}

fn ulong(value: &[u8]) -> Option<CK_ULONG> {
    Some(CK_ULONG::from_ne_bytes(value.try_into().ok()?))
}

/// Says of each certificate whether its private key is there.
///
/// By `CKA_ID` first, which costs the card nothing; where that finds nothing by the key itself, because IDs
/// are not always kept in step. Keys are looked for by class alone: `CKA_SIGN` cannot be relied upon. Public
/// keys prove nothing: `OpenSC` makes one up for each certificate.
fn match_keys(
    session: &RawSession<'_>,
    hidden: bool,
    certificates: &mut [CardCertificate],
) -> Result<(), Error> {
    match session.find(CKO_PRIVATE_KEY) {
        Ok(keys) => match_private(session, keys, certificates)?,
        Err(fault) if ends_session(fault) => return Err(fault.into()),
        // A module that will not list keys without login still shows its certificates.
        Err(_) => return Ok(()),
    }
    if !hidden {
        for certificate in certificates {
            certificate.has_private_key.get_or_insert(false);
        }
    }
    Ok(())
}

fn match_private(
    session: &RawSession<'_>,
    keys: Vec<CK_OBJECT_HANDLE>,
    certificates: &mut [CardCertificate],
) -> Result<(), Error> {
    let mut unmatched = Vec::new();
    for key in keys {
        let id = key_attribute(session, key, CKA_ID)?;
        let mut matched = false;
        for certificate in certificates
            .iter_mut()
            .filter(|certificate| !id.is_empty() && certificate.id == id)
        {
            certificate.has_private_key = Some(true);
            matched = true;
        }
        if !matched {
            unmatched.push(key);
        }
    }
    for key in unmatched.into_iter().take(MAX_MATERIAL) {
        let mut open = certificates
            .iter_mut()
            .filter(|certificate| certificate.has_private_key.is_none())
            .peekable();
        if open.peek().is_none() {
            break;
        }
        let material = material(session, key)?;
        for certificate in open.filter(|certificate| contains(&certificate.der, &material)) {
            certificate.has_private_key = Some(true);
        }
    }
    Ok(())
}

/// What a key's public half has in common with its certificate: the modulus, or the point without its form
/// byte and without the OCTET STRING around it.
pub(super) fn material(session: &RawSession<'_>, key: CK_OBJECT_HANDLE) -> Result<Vec<u8>, Error> {
    let modulus = key_attribute(session, key, CKA_MODULUS)?;
    if !modulus.is_empty() {
        return Ok(modulus.into_iter().skip_while(|&byte| byte == 0).collect());
    }
    let point = key_attribute(session, key, CKA_EC_POINT)?;
    // Uncompressed points have two coordinates of even total length; what is before them is form.
    let header = match point.as_slice() {
        [4, length, 4, ..] if *length < 0x80 => 3,
        [4, 0x81, _, 4, ..] => 4,
        [4, ..] => 1,
        _ => 0,
    };
    Ok(point.into_iter().skip(header).collect())
}

pub(super) fn key_attribute(
    session: &RawSession<'_>,
    key: CK_OBJECT_HANDLE,
    kind: CK_ATTRIBUTE_TYPE,
) -> Result<Vec<u8>, Error> {
    optional(session, key, kind).or_else(|unreadable| match unreadable {
        Unreadable::Session(fault) => Err(fault.into()),
        Unreadable::Object { .. } => Ok(Vec::new()),
    })
}

fn contains(der: &[u8], material: &[u8]) -> bool {
    (MIN_MATERIAL..=der.len()).contains(&material.len())
        && der.len() <= MAX_SEARCHED
        && der.windows(material.len()).any(|window| window == material)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn short_material_matches_nothing() {
        assert!(!contains(&[1; 100], &[]));
        assert!(!contains(&[1; 100], &[1; 8]));
        assert!(!contains(&[1; 60], &[1; 61]));
        assert!(contains(&[1; 100], &[1; 64]));
    }
}
