//! From BER to DER (X.690), as far as it occurs in signatures: lengths, and strings in pieces.

use std::borrow::Cow;

use certificate::Fault;
use certificate::tlv::{self, Reader, Tlv};

use crate::der;

/// How deeply strings and elements may be nested.
const MAX_DEPTH: usize = 24;
const UNIVERSAL_AND_NUMBER: u8 = 0xDF;

/// The octets of an `OCTET STRING`, put together if they come in pieces (X.690 §8.7.3).
pub(crate) fn octets<'a>(tlv: &Tlv<'a>) -> Result<Cow<'a, [u8]>, Fault> {
    if tlv.missing > 0 {
        return Err(Fault::Truncated);
    }
    if tlv.tag & UNIVERSAL_AND_NUMBER != tlv::OCTET_STRING {
        return Err(Fault::Type);
    }
    string(tlv)
}

/// As [`octets`], under a tag of its own.
pub(crate) fn string<'a>(tlv: &Tlv<'a>) -> Result<Cow<'a, [u8]>, Fault> {
    if tlv.tag & tlv::CONSTRUCTED == 0 {
        return Ok(Cow::Borrowed(tlv.value));
    }
    let mut joined = Vec::with_capacity(tlv.value.len());
    join(tlv.inside(), &mut joined, MAX_DEPTH)?;
    Ok(Cow::Owned(joined))
}

fn join(mut pieces: Reader<'_>, joined: &mut Vec<u8>, depth: usize) -> Result<(), Fault> {
    let depth = depth.checked_sub(1).ok_or(Fault::Depth)?;
    while !pieces.is_empty() {
        let piece = pieces.next()?;
        if piece.missing > 0 {
            return Err(Fault::Truncated);
        }
        match piece.tag {
            tlv::OCTET_STRING => joined.extend_from_slice(piece.value),
            tag if tag == tlv::OCTET_STRING | tlv::CONSTRUCTED => join(piece.inside(), joined, depth)?,
            _ => return Err(Fault::Type),
        }
    }
    Ok(())
}

/// The element with definite, minimal lengths and strings in one piece. The order of a `SET OF` stays as it is.
pub(crate) fn to_der<'a>(tlv: &Tlv<'a>) -> Result<Cow<'a, [u8]>, Fault> {
    if tlv::check_der(tlv.whole).is_ok() {
        return Ok(Cow::Borrowed(tlv.whole));
    }
    transcode(tlv, MAX_DEPTH).map(Cow::Owned)
}

fn transcode(tlv: &Tlv<'_>, depth: usize) -> Result<Vec<u8>, Fault> {
    let depth = depth.checked_sub(1).ok_or(Fault::Depth)?;
    if tlv.missing > 0 {
        return Err(Fault::Truncated);
    }
    if tlv.tag & tlv::CONSTRUCTED == 0 {
        return Ok(der::element(tlv.tag, &[tlv.value]));
    }
    if tlv.tag == tlv::OCTET_STRING | tlv::CONSTRUCTED {
        return Ok(der::octets(&octets(tlv)?));
    }
    let mut parts = Vec::new();
    let mut inside = tlv.inside();
    while !inside.is_empty() {
        parts.extend_from_slice(&transcode(&inside.next()?, depth)?);
    }
    Ok(der::element(tlv.tag, &[&parts]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn first(bytes: &[u8]) -> Tlv<'_> {
        Reader::new(bytes).next().unwrap()
    }

    #[test]
    fn strings_in_pieces_are_put_together() {
        let pieces = [
            0x24, 0x80, 0x04, 1, 1, 0x24, 4, 0x04, 2, 2, 3, 0x04, 0x81, 1, 4, 0, 0,
        ];
        assert_eq!(*octets(&first(&pieces)).unwrap(), [1, 2, 3, 4]);
        assert_eq!(*to_der(&first(&pieces)).unwrap(), [0x04, 4, 1, 2, 3, 4]);
        assert_eq!(octets(&first(&[0x24, 3, 0x02, 1, 1])), Err(Fault::Type));
        assert_eq!(octets(&first(&[0x24, 0x80, 0x04, 5, 1])), Err(Fault::Truncated));
    }

    #[test]
    fn lengths_become_definite_and_minimal() {
        let ber = [0x30, 0x80, 0x31, 0x80, 0x02, 0x82, 0, 1, 7, 0, 0, 0, 0];
        assert_eq!(*to_der(&first(&ber)).unwrap(), [0x30, 5, 0x31, 3, 0x02, 1, 7]);
        let der = [0x30, 3, 0x02, 1, 7];
        assert!(matches!(to_der(&first(&der)), Ok(Cow::Borrowed(_))));
    }

    #[test]
    fn nesting_has_an_end() {
        let mut deep = vec![0x04, 0];
        for _ in 0..40 {
            deep = der::element(0x24, &[&deep]);
        }
        assert_eq!(octets(&first(&deep)), Err(Fault::Depth));
    }
}
