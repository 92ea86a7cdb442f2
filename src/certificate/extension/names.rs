//! General names (RFC 5280 §4.2.1.6) and the extensions made of them.

use std::net::IpAddr;

use crate::name::TextFindings;
use crate::oid::known;
use crate::tlv::{self, Reader, Tlv};
use crate::{AltName, Fault, Name, Oid};

const MAX_NAMES: usize = 256;
const IA5_STRING: u8 = 0x16;
const URI: u8 = tlv::implicit(6);

/// The elements of a `GeneralNames`.
pub(super) fn general_names(mut names: Reader<'_>, texts: &mut TextFindings) -> Result<Vec<AltName>, Fault> {
    let mut read = Vec::new();
    while !names.is_empty() {
        if read.len() == MAX_NAMES {
            return Err(Fault::Count);
        }
        let name = names.next()?;
        match general_name(&name, texts) {
            Ok(Some(name)) => read.push(name),
            Ok(None) => {}
            Err(fault) => texts.note(fault),
        }
    }
    Ok(read)
}

fn general_name(name: &Tlv<'_>, texts: &mut TextFindings) -> Result<Option<AltName>, Fault> {
    let mut ia5 = || texts.text(IA5_STRING, name.value).ok_or(Fault::Text);
    Ok(Some(match name.tag & 0x1F {
        0 => other_name(name, texts)?,
        1 => AltName::Email(ia5()?),
        2 => AltName::Dns(ia5()?),
        4 => {
            let (directory, findings) = Name::read(&name.inside().next()?);
            if let Some(fault) = findings.fault {
                texts.note(fault);
            }
            AltName::Directory(directory.ok_or(Fault::Type)?)
        }
        6 => AltName::Uri(ia5()?),
        7 => AltName::Ip(address(name.value)?),
        8 => AltName::Registered(Oid::from_contents(name.value)?),
        // x400Address and ediPartyName do not occur
        3 | 5 => return Ok(None),
        _ => return Err(Fault::Type),
    }))
}

fn other_name(name: &Tlv<'_>, texts: &mut TextFindings) -> Result<AltName, Fault> {
    let mut fields = name.inside();
    let oid = Oid::from_contents(fields.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
    let value = fields.expect(tlv::explicit(0))?.inside().next()?;
    Ok(AltName::Other {
        oid,
        text: texts.string(&value),
    })
}

fn address(octets: &[u8]) -> Result<IpAddr, Fault> {
    if let Ok(four) = <[u8; 4]>::try_from(octets) {
        return Ok(IpAddr::from(four));
    }
    <[u8; 16]>::try_from(octets)
        .map(IpAddr::from)
        .map_err(|_| Fault::Value)
}

/// The addresses in `cRLDistributionPoints` (§4.2.1.13).
pub(super) fn crl_points(mut points: Reader<'_>, texts: &mut TextFindings) -> Result<Vec<String>, Fault> {
    let mut addresses = Vec::new();
    while !points.is_empty() {
        let mut point = points.expect(tlv::SEQUENCE)?.inside();
        let Some(name) = point.optional(tlv::explicit(0))? else {
            continue;
        };
        let Some(full) = name.inside().optional(tlv::explicit(0))? else {
            continue;
        };
        for name in general_names(full.inside(), texts)? {
            if addresses.len() == MAX_NAMES {
                return Err(Fault::Count);
            }
            if let AltName::Uri(address) = name {
                addresses.push(address);
            }
        }
    }
    Ok(addresses)
}

/// The addresses in `authorityInfoAccess` (§4.2.2.1): of OCSP responders, and of the issuer's certificate.
pub(super) fn access(
    mut descriptions: Reader<'_>,
    texts: &mut TextFindings,
) -> Result<(Vec<String>, Vec<String>), Fault> {
    let (mut ocsp, mut issuers) = (Vec::new(), Vec::new());
    while !descriptions.is_empty() {
        if ocsp.len() + issuers.len() == MAX_NAMES {
            return Err(Fault::Count);
        }
        let mut description = descriptions.expect(tlv::SEQUENCE)?.inside();
        let method = Oid::from_contents(description.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
        let location = description.next()?;
        if location.tag != URI {
            continue;
        }
        let Some(address) = texts.text(IA5_STRING, location.value) else {
            continue;
        };
        if method.is(known::OCSP) {
            ocsp.push(address);
        } else if method.is(known::CA_ISSUERS) {
            issuers.push(address);
        }
    }
    Ok((ocsp, issuers))
}
