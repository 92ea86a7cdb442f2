//! A bounded reader of tag, length and value (ITU-T X.690, BER with definite lengths).

use super::Fault;

/// The longest element: nothing on a card is longer.
pub(super) const MOST_LENGTH: usize = 64 * 1024;
const MOST_DEPTH: u8 = 16;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const ENUMERATED: u8 = 0x0A;
pub(super) const UTF8_STRING: u8 = 0x0C;
pub(super) const SEQUENCE: u8 = 0x30;

/// The context-specific tag `[number]`, constructed.
pub(super) const fn constructed(number: u8) -> u8 {
    0xA0 | number
}

/// The context-specific tag `[number]`, primitive.
pub(super) const fn primitive(number: u8) -> u8 {
    0x80 | number
}

/// One element. Tag numbers above 30 occur neither in the directory nor in file control information: refused.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tlv<'a> {
    pub(super) tag: u8,
    pub(super) value: &'a [u8],
    /// Tag, length and value.
    pub(super) whole: &'a [u8],
    depth: u8,
}

impl<'a> Tlv<'a> {
    /// The elements inside this one.
    pub(super) fn inside(&self) -> Result<Elements<'a>, Fault> {
        let depth = self.depth.saturating_add(1);
        if depth > MOST_DEPTH {
            Err(Fault::TooDeep)
        } else {
            Ok(Elements {
                rest: self.value,
                depth,
            })
        }
    }

    /// The value of a non-negative INTEGER or ENUMERATED of at most four significant bytes.
    pub(super) fn number(&self) -> Result<u32, Fault> {
        let negative = self.value.first().is_none_or(|first| first & 0x80 != 0);
        if negative {
            Err(Fault::Malformed)
        } else {
            self.unsigned()
        }
    }

    /// The value as a plain big-endian number of at most four significant bytes.
    pub(super) fn unsigned(&self) -> Result<u32, Fault> {
        let zeros = self.value.iter().take_while(|byte| **byte == 0).count();
        let significant = self.value.get(zeros..).unwrap_or_default();
        if significant.len() > 4 {
            return Err(Fault::Malformed);
        }
        Ok(significant
            .iter()
            .fold(0, |number, byte| (number << 8) | u32::from(*byte)))
    }

    /// The named bits of a BIT STRING: bit `n` of the result is bit `n` of the standard. Bits above 31 are left out.
    pub(super) fn bits(&self) -> Result<u32, Fault> {
        let (unused, bytes) = self.value.split_first().ok_or(Fault::Malformed)?;
        if *unused > 7 {
            return Err(Fault::Malformed);
        }
        let bytes = bytes.iter().take(4).enumerate();
        Ok(bytes.fold(0, |bits, (index, byte)| {
            bits | (u32::from(byte.reverse_bits()) << (8 * index))
        }))
    }

    /// Text: UTF-8 with the undecodable replaced, without control characters and outer spaces (cards pad with both).
    pub(super) fn text(&self) -> String {
        let bytes = self.value.get(..self.value.len().min(255)).unwrap_or_default();
        let text: String = String::from_utf8_lossy(bytes)
            .chars()
            .filter(|letter| !letter.is_control())
            .collect();
        text.trim().to_owned()
    }
}

/// Reads one element after another.
#[derive(Clone, Debug)]
pub(super) struct Elements<'a> {
    rest: &'a [u8],
    depth: u8,
}

impl<'a> Elements<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            depth: 0,
        }
    }

    /// The next element, `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Tlv<'a>>, Fault> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let (tag, length, start) = header(self.rest)?;
        let end = start.checked_add(length).ok_or(Fault::TooLong)?;
        let value = self.rest.get(start..end).ok_or(Fault::Truncated)?;
        let whole = self.rest.get(..end).ok_or(Fault::Truncated)?;
        self.rest = self.rest.get(end..).unwrap_or_default();
        Ok(Some(Tlv {
            tag,
            value,
            whole,
            depth: self.depth,
        }))
    }

    /// The next element, which must be there and have this tag.
    pub(super) fn expect(&mut self, tag: u8) -> Result<Tlv<'a>, Fault> {
        self.next()?
            .filter(|element| element.tag == tag)
            .ok_or(Fault::Malformed)
    }

    /// The next element if it has this tag; else nothing is consumed.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<Tlv<'a>>, Fault> {
        if self.rest.first() == Some(&tag) {
            self.next()
        } else {
            Ok(None)
        }
    }
}

/// Tag, length of the value, and where the value starts.
fn header(bytes: &[u8]) -> Result<(u8, usize, usize), Fault> {
    let (&tag, rest) = bytes.split_first().ok_or(Fault::Truncated)?;
    if tag & 0x1F == 0x1F {
        return Err(Fault::Malformed);
    }
    let (&first, rest) = rest.split_first().ok_or(Fault::Truncated)?;
    if first < 0x80 {
        return Ok((tag, usize::from(first), 2));
    }
    let count = usize::from(first & 0x7F);
    // 0 would be an indefinite length, which cards do not use.
    if !(1..=4).contains(&count) {
        return Err(Fault::Malformed);
    }
    let digits = rest.get(..count).ok_or(Fault::Truncated)?;
    let length = digits
        .iter()
        .fold(0usize, |length, byte| (length << 8) | usize::from(*byte));
    if length > MOST_LENGTH {
        Err(Fault::TooLong)
    } else {
        Ok((tag, length, 2 + count))
    }
}

/// How long the element at the start of these bytes is, tag and length included, whether or not it is all there.
pub(super) fn announced(bytes: &[u8]) -> Result<usize, Fault> {
    let (_, length, start) = header(bytes)?;
    Ok(start + length)
}
