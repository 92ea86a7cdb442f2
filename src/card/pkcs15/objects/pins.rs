use super::{Parts, identifier, parts, path, records};
use crate::pkcs15::tlv::{self, BIT_STRING, ENUMERATED, INTEGER, OCTET_STRING, SEQUENCE, Tlv};
use crate::pkcs15::{Fault, PinFlags, PinObject, PinType};

/// Reads the PINs of an AODF (section 8.9). Other ways to prove oneself (biometry, keys) are left out.
pub fn parse_authentication_objects(bytes: &[u8]) -> (Vec<PinObject>, Vec<Fault>) {
    let (found, faults) = records(bytes, |record| match record.tag {
        SEQUENCE => pin(parts(record)?).map(Some),
        0xA0..=0xBE => Ok(None),
        _ => Err(Fault::Malformed),
    });
    (found.into_iter().flatten().collect(), faults)
}

fn pin(parts: Parts<'_>) -> Result<PinObject, Fault> {
    const REFERENCE: u8 = tlv::primitive(0);
    let Parts {
        common,
        mut class,
        mut specific,
    } = parts;
    let auth_id = class
        .optional(OCTET_STRING)?
        .map(|id| identifier(&id))
        .transpose()?
        .unwrap_or_default();
    let flags = flags(specific.expect(BIT_STRING)?.bits()?);
    let kind = kind(specific.expect(ENUMERATED)?.number()?);
    let min_length = length(&specific.expect(INTEGER)?)?;
    let stored_length = length(&specific.expect(INTEGER)?)?;
    let max_length = specific
        .optional(INTEGER)?
        .map(|most| length(&most))
        .transpose()?
        .flatten();
    let mut pin = PinObject {
        label: common.label,
        auth_id: auth_id.to_vec(),
        kind,
        min_length,
        max_length,
        stored_length,
        flags,
        unblocked_by: common.auth_id.map(<[u8]>::to_vec),
        ..PinObject::default()
    };
    while let Some(element) = specific.next()? {
        match element.tag {
            REFERENCE => pin.reference = reference(&element)?,
            OCTET_STRING => pin.pad = element.value.first().copied(),
            SEQUENCE => pin.path = Some(path(&element)?),
            _ => {}
        }
    }
    Ok(pin)
}

/// A length in characters or bytes; `None` for what no PIN can have.
fn length(element: &Tlv<'_>) -> Result<Option<u8>, Fault> {
    Ok(u8::try_from(element.number()?).ok())
}

/// A reference is one byte; cards with the top bit set encode it as a negative number.
fn reference(element: &Tlv<'_>) -> Result<u8, Fault> {
    match element.value {
        [byte] | [0, byte] => Ok(*byte),
        _ => Err(Fault::Malformed),
    }
}

fn kind(number: u32) -> PinType {
    match number {
        0 => PinType::Bcd,
        1 => PinType::AsciiNumeric,
        2 => PinType::Utf8,
        3 => PinType::HalfNibbleBcd,
        4 => PinType::Iso9564,
        other => PinType::Other(u8::try_from(other).unwrap_or(u8::MAX)),
    }
}

fn flags(bits: u32) -> PinFlags {
    let bit = |number: u32| bits & (1 << number) != 0;
    PinFlags {
        case_sensitive: bit(0),
        local: bit(1),
        change_disabled: bit(2),
        unblock_disabled: bit(3),
        initialized: bit(4),
        needs_padding: bit(5),
        unblocking: bit(6),
        admin: bit(7),
    }
}
