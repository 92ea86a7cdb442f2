//! Writing DER (X.690 §10 and §11).

use certificate::tlv;
use const_oid::ObjectIdentifier;

/// `NULL`.
pub(crate) const NULL: &[u8] = &[0x05, 0x00];

/// One element whose contents are these parts, one after another.
pub(crate) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut bytes = Vec::with_capacity(length + 6);
    bytes.push(tag);
    if let Ok(short @ 0..=0x7F) = u8::try_from(length) {
        bytes.push(short);
    } else {
        let octets = length.to_be_bytes();
        let significant = tlv::strip_zeros(&octets);
        // At most eight octets: a length is a `usize`.
        bytes.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
        bytes.extend_from_slice(significant);
    }
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// A `SEQUENCE`.
pub(crate) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(tlv::SEQUENCE, parts)
}

/// A `SET OF` under any tag: its elements sorted (X.690 §11.6), each once.
pub(crate) fn set_of(tag: u8, mut elements: Vec<Vec<u8>>) -> Vec<u8> {
    // No encoding is the start of another one, so that padding the shorter with zeros makes no difference.
    elements.sort();
    elements.dedup();
    let parts: Vec<&[u8]> = elements.iter().map(Vec::as_slice).collect();
    element(tag, &parts)
}

/// An `OBJECT IDENTIFIER`.
pub(crate) fn oid(oid: ObjectIdentifier) -> Vec<u8> {
    element(tlv::OBJECT_IDENTIFIER, &[oid.as_bytes()])
}

/// An `OCTET STRING`.
pub(crate) fn octets(bytes: &[u8]) -> Vec<u8> {
    element(tlv::OCTET_STRING, &[bytes])
}

/// A non-negative `INTEGER` from its big-endian octets.
pub(crate) fn unsigned(octets: &[u8]) -> Vec<u8> {
    let significant = tlv::strip_zeros(octets);
    let sign: &[u8] = match significant.first() {
        Some(0..=0x7F) => &[],
        Some(_) | None => &[0],
    };
    element(tlv::INTEGER, &[sign, significant])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn lengths_take_as_many_octets_as_they_need() {
        assert_eq!(element(0x04, &[&[7; 127]]).get(..2), Some(&[0x04, 0x7F][..]));
        assert_eq!(
            element(0x04, &[&[7; 128]]).get(..3),
            Some(&[0x04, 0x81, 0x80][..])
        );
        assert_eq!(
            element(0x04, &[&[7; 200], &[8; 100]]).get(..4),
            Some(&[0x04, 0x82, 0x01, 0x2C][..])
        );
    }

    #[test]
    fn integers_are_minimal_and_never_negative() {
        assert_eq!(unsigned(&[]), [0x02, 1, 0]);
        assert_eq!(unsigned(&[0, 0, 1]), [0x02, 1, 1]);
        assert_eq!(unsigned(&[0x80]), [0x02, 2, 0, 0x80]);
    }

    #[test]
    fn sets_are_sorted_and_hold_nothing_twice() {
        let set = set_of(tlv::SET, vec![vec![4, 1, 9], vec![2, 1, 3], vec![4, 1, 9]]);
        assert_eq!(set, [0x31, 6, 2, 1, 3, 4, 1, 9]);
    }
}
