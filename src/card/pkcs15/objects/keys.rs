use super::{Parts, identifier, parts, path, records};
use crate::pkcs15::tlv::{self, BIT_STRING, Elements, INTEGER, OCTET_STRING, SEQUENCE, Tlv};
use crate::pkcs15::{Fault, KeyKind, KeyUsage, Path, PrivateKeyObject};

/// Reads the private keys of a `PrKDF` (section 8.4).
pub fn parse_private_keys(bytes: &[u8]) -> (Vec<PrivateKeyObject>, Vec<Fault>) {
    const ELLIPTIC_CURVE: u8 = tlv::constructed(0);
    records(bytes, |record| match record.tag {
        SEQUENCE => key(parts(record)?, |rest| KeyKind::Rsa {
            modulus_bits: size(rest),
        }),
        ELLIPTIC_CURVE => key(parts(record)?, |rest| KeyKind::EllipticCurve {
            field_bits: field_size(rest),
        }),
        0xA1..=0xBE => key(parts(record)?, |_| KeyKind::Other),
        _ => Err(Fault::Malformed),
    })
}

fn key(parts: Parts<'_>, kind: impl Fn(&mut Elements<'_>) -> KeyKind) -> Result<PrivateKeyObject, Fault> {
    let Parts {
        common,
        mut class,
        mut specific,
    } = parts;
    let id = identifier(&class.expect(OCTET_STRING)?)?.to_vec();
    let usage = usage(class.expect(BIT_STRING)?.bits()?);
    let mut key_reference = None;
    while let Some(element) = class.next()? {
        if element.tag == INTEGER {
            key_reference = element.value.last().copied();
        }
    }
    let path = specific.next()?.map(|value| place(&value)).transpose()?.flatten();
    Ok(PrivateKeyObject {
        label: common.label,
        id,
        auth_id: common.auth_id.map(<[u8]>::to_vec),
        usage,
        key_reference,
        path,
        kind: kind(&mut specific),
        user_consent: common.user_consent,
    })
}

/// Where the key is, if it is in a file that is named.
fn place(value: &Tlv<'_>) -> Result<Option<Path>, Fault> {
    if value.tag != SEQUENCE {
        return Ok(None);
    }
    // A path of no identifiers is written by cards whose keys are not files.
    match path(value) {
        Err(Fault::Malformed) => Ok(None),
        path => path.map(Some),
    }
}

/// The size in bits that follows the path, if it does.
fn size(rest: &mut Elements<'_>) -> Option<u16> {
    let bits = rest.optional(INTEGER).ok()??.number().ok()?;
    u16::try_from(bits).ok().filter(|bits| *bits > 0)
}

/// The standard has no field size, but tools write it as a number where a reference may stand: take it only if it
/// is the size of a curve that exists.
fn field_size(rest: &mut Elements<'_>) -> Option<u16> {
    size(rest).filter(|bits| matches!(bits, 160 | 192 | 224 | 239 | 256 | 320 | 384 | 512 | 521))
}

fn usage(bits: u32) -> KeyUsage {
    let bit = |number: u32| bits & (1 << number) != 0;
    KeyUsage {
        decrypt: bit(1),
        sign: bit(2),
        sign_recover: bit(3),
        unwrap: bit(5),
        derive: bit(8),
        non_repudiation: bit(9),
    }
}
