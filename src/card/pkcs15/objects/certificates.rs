use super::{Parts, identifier, parts, path, records};
use crate::pkcs15::tlv::{self, BOOLEAN, OCTET_STRING, SEQUENCE, Tlv};
use crate::pkcs15::{CertificateObject, Fault, Location};

/// Reads the X.509 certificates of a certificate directory (section 8.7); `trusted` as the object directory says of
/// the file. Certificates of other kinds are left out.
pub fn parse_certificates(bytes: &[u8], trusted: bool) -> (Vec<CertificateObject>, Vec<Fault>) {
    let (found, faults) = records(bytes, |record| match record.tag {
        SEQUENCE => certificate(parts(record)?, trusted).map(Some),
        0xA0..=0xBE => Ok(None),
        _ => Err(Fault::Malformed),
    });
    (found.into_iter().flatten().collect(), faults)
}

fn certificate(parts: Parts<'_>, trusted: bool) -> Result<CertificateObject, Fault> {
    let Parts {
        common,
        mut class,
        mut specific,
    } = parts;
    let id = identifier(&class.expect(OCTET_STRING)?)?.to_vec();
    let authority = class
        .optional(BOOLEAN)?
        .is_some_and(|flag| flag.value.iter().any(|byte| *byte != 0));
    let location = location(&specific.next()?.ok_or(Fault::Malformed)?)?;
    Ok(CertificateObject {
        label: common.label,
        id,
        authority,
        trusted,
        location,
    })
}

/// `ObjectValue`: a path, the certificate itself under `[0]`, or something that lies elsewhere.
fn location(value: &Tlv<'_>) -> Result<Location, Fault> {
    const DIRECT: u8 = tlv::constructed(0);
    match value.tag {
        SEQUENCE => path(value).map(Location::Path),
        DIRECT => direct(value).map(Location::Direct),
        _ => Ok(Location::Elsewhere),
    }
}

/// The certificate under `[0]`. The standard's tag is explicit; some cards write it as an implicit one, in the place
/// of the certificate's own.
fn direct(value: &Tlv<'_>) -> Result<Vec<u8>, Fault> {
    let mut elements = value.inside()?;
    let first = elements.expect(SEQUENCE)?;
    let implicit = elements.next()?.is_some();
    let mut der = if implicit {
        value.whole.to_vec()
    } else {
        first.whole.to_vec()
    };
    if let Some(tag) = der.first_mut() {
        *tag = SEQUENCE;
    }
    Ok(der)
}
