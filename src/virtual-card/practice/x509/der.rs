//! The small parts of a certificate.

use const_oid::ObjectIdentifier;
use time::OffsetDateTime;

use super::Hash;
use crate::{Error, tlv};

const COMMON_NAME: &str = "2.5.4.3";
const SERIAL_NUMBER: &str = "2.5.4.5";
const COUNTRY: &str = "2.5.4.6";
const ORGANISATION: &str = "2.5.4.10";

/// The name of an authority (DER `Name`).
pub fn authority_name(organisation: &str, common_name: &str) -> Vec<u8> {
    tlv::sequence(&[
        attribute(COUNTRY, tlv::object(0x13, b"TR")),
        attribute(ORGANISATION, tlv::utf8(organisation)),
        attribute(COMMON_NAME, tlv::utf8(common_name)),
    ])
}

/// The name of a holder (DER `Name`): the identity or passport number, ASCII letters and digits, is the serial number.
pub fn holder_name(common_name: &str, number: &str) -> Vec<u8> {
    tlv::sequence(&[
        attribute(COUNTRY, tlv::object(0x13, b"TR")),
        attribute(SERIAL_NUMBER, tlv::object(0x13, number.as_bytes())),
        attribute(COMMON_NAME, tlv::utf8(common_name)),
    ])
}

/// A `RelativeDistinguishedName` of one attribute.
fn attribute(kind: &str, value: Vec<u8>) -> Vec<u8> {
    tlv::constructed(0x31, &[tlv::sequence(&[oid(kind), value])])
}

pub(super) fn oid(dotted: &str) -> Vec<u8> {
    // Only the literals of this module come here, and the tests build every one of them.
    ObjectIdentifier::new(dotted).map_or_else(|_| Vec::new(), object_identifier)
}

pub(super) fn object_identifier(oid: ObjectIdentifier) -> Vec<u8> {
    tlv::object(0x06, oid.as_bytes())
}

pub(super) fn algorithm(hash: Hash) -> Vec<u8> {
    let oid = match hash {
        Hash::Sha1 => oid("1.2.840.113549.1.1.5"),
        Hash::Sha256 => oid("1.2.840.113549.1.1.11"),
    };
    tlv::sequence(&[oid, tlv::object(0x05, &[])])
}

pub(super) fn bit_string(bytes: &[u8]) -> Vec<u8> {
    tlv::object(0x03, &[&[0], bytes].concat())
}

/// `UTCTime` to 2049, `GeneralizedTime` after (RFC 5280, 4.1.2.5).
pub(super) fn moment(moment: OffsetDateTime) -> Result<Vec<u8>, Error> {
    let moment = moment.to_offset(time::UtcOffset::UTC);
    let (hour, minute, second) = moment.to_hms();
    let rest = format!(
        "{:02}{:02}{hour:02}{minute:02}{second:02}Z",
        u8::from(moment.month()),
        moment.day()
    );
    match moment.year() {
        year @ 1970..=2049 => Ok(tlv::object(0x17, format!("{:02}{rest}", year % 100).as_bytes())),
        year @ 2050..=9999 => Ok(tlv::object(0x18, format!("{year}{rest}").as_bytes())),
        _ => Err(Error::Moment),
    }
}
