//! Tag-length-value: reading a command's data fields, writing answers and DER.

/// Reads data objects with tags of one byte, one after another; stops at the first that is malformed.
pub(crate) fn objects(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (&tag, after) = rest.split_first()?;
        let (length, after) = length(after)?;
        let (value, after) = after.split_at_checked(length)?;
        rest = after;
        Some((tag, value))
    })
}

/// The value of the first object with this tag.
pub(crate) fn find(bytes: &[u8], wanted: u8) -> Option<&[u8]> {
    objects(bytes)
        .find(|(tag, _)| *tag == wanted)
        .map(|(_, value)| value)
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match bytes {
        [length @ 0..=0x7F, rest @ ..] | [0x81, length, rest @ ..] => Some((usize::from(*length), rest)),
        [0x82, high, low, rest @ ..] => Some((usize::from(u16::from_be_bytes([*high, *low])), rest)),
        _ => None,
    }
}

/// One object of up to 65,535 bytes, the length in the fewest bytes. Longer values are cut there.
pub(crate) fn object(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).unwrap_or(u16::MAX);
    let [high, low] = length.to_be_bytes();
    let mut bytes = vec![tag];
    match length {
        0..=0x7F => bytes.push(low),
        0x80..=0xFF => bytes.extend([0x81, low]),
        _ => bytes.extend([0x82, high, low]),
    }
    bytes.extend(value.iter().take(usize::from(length)));
    bytes
}

/// One object around others.
pub(crate) fn constructed(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    object(tag, &parts.concat())
}

/// DER SEQUENCE.
pub(crate) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    constructed(0x30, parts)
}

/// DER INTEGER of a number that is not negative.
pub(crate) fn integer(number: u16) -> Vec<u8> {
    let [high, low] = number.to_be_bytes();
    match (high, low) {
        (0, 0..=0x7F) => object(0x02, &[low]),
        (0x80.., _) => object(0x02, &[0, high, low]),
        _ => object(0x02, &[high, low]),
    }
}

/// DER BIT STRING of named bits: `bits` are numbers from the left, trailing zeros are left out (X.690, 11.2.2).
pub(crate) fn named_bits(bits: &[u8]) -> Vec<u8> {
    let Some(last) = bits.iter().max() else {
        return object(0x03, &[0]);
    };
    let mut value = vec![0; usize::from(last / 8) + 2];
    for bit in bits {
        if let Some(byte) = value.get_mut(usize::from(bit / 8) + 1) {
            *byte |= 0x80 >> (bit % 8);
        }
    }
    if let Some(unused) = value.first_mut() {
        *unused = 7 - last % 8;
    }
    object(0x03, &value)
}

/// DER OCTET STRING.
pub(crate) fn octets(bytes: &[u8]) -> Vec<u8> {
    object(0x04, bytes)
}

/// DER `UTF8String`.
pub(crate) fn utf8(text: &str) -> Vec<u8> {
    object(0x0C, text.as_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn malformed_objects_end_the_reading() {
        for bytes in [
            &[0x80][..],
            &[0x80, 2, 1],
            &[0x80, 0x83, 0, 0, 1, 5],
            &[0x80, 0x82, 1],
            &[0x80, 0x80],
        ] {
            assert_eq!(objects(bytes).count(), 0, "{bytes:?}");
        }
    }

    #[test]
    fn named_bits_drop_trailing_zeros() {
        assert_eq!(named_bits(&[0, 1]), [0x03, 2, 6, 0xC0]);
        assert_eq!(named_bits(&[2, 9]), [0x03, 3, 6, 0x20, 0x40]);
        assert_eq!(named_bits(&[]), [0x03, 1, 0]);
    }

    #[test]
    fn integers_stay_positive() {
        assert_eq!(integer(0x80), [2, 2, 0, 0x80]);
        assert_eq!(integer(0x8000), [2, 3, 0, 0x80, 0]);
        assert_eq!(integer(5), [2, 1, 5]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(tag in any::<u8>(), value in proptest::collection::vec(any::<u8>(), 0..700)) {
            let bytes = object(tag, &value);
            prop_assert_eq!(objects(&bytes).collect::<Vec<_>>(), vec![(tag, &value[..])]);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(objects(&bytes).count() <= bytes.len());
        }
    }
}
