//! A bounded reader of tag, length and value (X.690), lenient where that does no harm.
//!
//! It reads BER lengths too, indefinite ones included, and lets the last element be cut off; whether the encoding is
//! DER is a question of its own, answered by [`check_der`].

use crate::Fault;

/// `BOOLEAN`.
pub const BOOLEAN: u8 = 0x01;
/// `INTEGER`.
pub const INTEGER: u8 = 0x02;
/// `BIT STRING`.
pub const BIT_STRING: u8 = 0x03;
/// `OCTET STRING`.
pub const OCTET_STRING: u8 = 0x04;
/// `OBJECT IDENTIFIER`.
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// `SEQUENCE` and `SEQUENCE OF`.
pub const SEQUENCE: u8 = 0x30;
/// `SET` and `SET OF`.
pub const SET: u8 = 0x31;

/// The bit that says that the contents are elements.
pub const CONSTRUCTED: u8 = 0x20;
const MAX_DEPTH: usize = 24;

/// The context-specific tag `[number]`, constructed.
pub const fn explicit(number: u8) -> u8 {
    0xA0 | number
}

/// The context-specific tag `[number]`, primitive.
pub const fn implicit(number: u8) -> u8 {
    0x80 | number
}

/// One element.
#[derive(Debug, Clone, Copy)]
pub struct Tlv<'a> {
    /// The identifier octet. Tag numbers above 30 do not occur in certificates and are refused.
    pub tag: u8,
    /// The contents.
    pub value: &'a [u8],
    /// Tag, length and contents.
    pub whole: &'a [u8],
    /// How many bytes the length announces beyond those that are there.
    pub missing: usize,
}

impl<'a> Tlv<'a> {
    /// A reader of the elements inside this one.
    pub fn inside(&self) -> Reader<'a> {
        Reader::new(self.value)
    }

    /// The bits of a BIT STRING that has no unused ones, as keys and signatures are.
    pub fn octet_aligned_bits(&self) -> Result<&'a [u8], Fault> {
        match self.value {
            [0, bits @ ..] => Ok(bits),
            [_, ..] => Err(Fault::Value),
            [] => Err(Fault::Truncated),
        }
    }

    /// The value of a small non-negative INTEGER.
    pub fn small_integer(&self) -> Result<u32, Fault> {
        match self.value {
            [] => Err(Fault::Length),
            [first, ..] if first & 0x80 != 0 => Err(Fault::Value),
            bytes => {
                let significant = strip_zeros(bytes);
                if significant.len() > 4 {
                    return Err(Fault::Value);
                }
                Ok(significant
                    .iter()
                    .fold(0, |value, byte| (value << 8) | u32::from(*byte)))
            }
        }
    }
}

/// The bytes without leading zeros.
pub fn strip_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// Reads one element after another.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader of the elements in these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Whether everything has been read.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What has not been read.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The tag of the next element.
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element, whatever it is. After an error nothing more is read.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator would have to say when it ends; a reader is asked"
    )]
    pub fn next(&mut self) -> Result<Tlv<'a>, Fault> {
        let parsed = element(self.rest, MAX_DEPTH);
        self.rest = match &parsed {
            Ok((_, rest)) => rest,
            Err(_) => &[],
        };
        parsed.map(|(tlv, _)| tlv)
    }

    /// The next element, which must have this tag and be complete. An element of another type is left in place.
    pub fn expect(&mut self, tag: u8) -> Result<Tlv<'a>, Fault> {
        match self.peek() {
            None => Err(Fault::Missing),
            Some(found) if found != tag => Err(Fault::Type),
            Some(_) => {
                let tlv = self.next()?;
                if tlv.missing > 0 {
                    Err(Fault::Truncated)
                } else {
                    Ok(tlv)
                }
            }
        }
    }

    /// The next element if it has this tag.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Tlv<'a>>, Fault> {
        if self.peek() == Some(tag) {
            self.expect(tag).map(Some)
        } else {
            Ok(None)
        }
    }
}

fn element(bytes: &[u8], depth: usize) -> Result<(Tlv<'_>, &[u8]), Fault> {
    let (&tag, after_tag) = bytes.split_first().ok_or(Fault::Missing)?;
    if tag & 0x1F == 0x1F {
        return Err(Fault::Type);
    }
    let (length, contents) = length(after_tag)?;
    let Some(length) = length else {
        return indefinite(tag, bytes, contents, depth);
    };
    let present = length.min(contents.len());
    let (value, rest) = contents.split_at(present);
    let header = bytes.len() - contents.len();
    let whole = bytes.get(..header + present).unwrap_or(bytes);
    Ok((
        Tlv {
            tag,
            value,
            whole,
            missing: length - present,
        },
        rest,
    ))
}

/// The length octets: a length, or `None` for the indefinite form.
fn length(bytes: &[u8]) -> Result<(Option<usize>, &[u8]), Fault> {
    let (&first, rest) = bytes.split_first().ok_or(Fault::Truncated)?;
    match first {
        0x00..=0x7F => Ok((Some(usize::from(first)), rest)),
        0x80 => Ok((None, rest)),
        0x81..=0x84 => {
            let (octets, rest) = rest
                .split_at_checked(usize::from(first & 0x7F))
                .ok_or(Fault::Truncated)?;
            let length = octets
                .iter()
                .fold(0_u32, |length, octet| (length << 8) | u32::from(*octet));
            Ok((Some(usize::try_from(length).map_err(|_| Fault::Length)?), rest))
        }
        _ => Err(Fault::Length),
    }
}

/// Contents up to the matching end-of-contents octets (X.690 §8.1.3.6).
fn indefinite<'a>(
    tag: u8,
    bytes: &'a [u8],
    contents: &'a [u8],
    depth: usize,
) -> Result<(Tlv<'a>, &'a [u8]), Fault> {
    if tag & CONSTRUCTED == 0 {
        return Err(Fault::Length);
    }
    let depth = depth.checked_sub(1).ok_or(Fault::Depth)?;
    let mut rest = contents;
    loop {
        if let [0, 0, after @ ..] = rest {
            let value = contents.get(..contents.len() - rest.len()).unwrap_or(contents);
            let whole = bytes.get(..bytes.len() - after.len()).unwrap_or(bytes);
            return Ok((
                Tlv {
                    tag,
                    value,
                    whole,
                    missing: 0,
                },
                after,
            ));
        }
        if rest.is_empty() {
            return Ok((
                Tlv {
                    tag,
                    value: contents,
                    whole: bytes,
                    missing: 2,
                },
                rest,
            ));
        }
        rest = element(rest, depth)?.1;
    }
}

/// Whether the encoding of all elements is DER: definite minimal lengths, minimal integers, strict booleans.
pub fn check_der(bytes: &[u8]) -> Result<(), Fault> {
    check_elements(bytes, MAX_DEPTH)
}

fn check_elements(mut bytes: &[u8], depth: usize) -> Result<(), Fault> {
    let depth = depth.checked_sub(1).ok_or(Fault::Depth)?;
    while !bytes.is_empty() {
        let (tlv, rest) = element(bytes, depth)?;
        if tlv.missing > 0 {
            return Err(Fault::Truncated);
        }
        check_length(&tlv)?;
        match (tlv.tag, tlv.value) {
            (tag, value) if tag & CONSTRUCTED != 0 => check_elements(value, depth)?,
            (BOOLEAN, [0x00 | 0xFF]) => {}
            (BOOLEAN, _) | (INTEGER, [] | [0x00, 0x00..=0x7F, ..] | [0xFF, 0x80..=0xFF, ..]) => {
                return Err(Fault::Value);
            }
            _ => {}
        }
        bytes = rest;
    }
    Ok(())
}

fn check_length(tlv: &Tlv<'_>) -> Result<(), Fault> {
    let written = tlv.whole.len() - tlv.value.len() - 1;
    let needed = match tlv.value.len() {
        0..=0x7F => 1,
        0x80..=0xFF => 2,
        0x100..=0xFFFF => 3,
        0x1_0000..=0xFF_FFFF => 4,
        _ => 5,
    };
    // The indefinite form leaves two octets at the end, so that `written` is 3 where 1 is needed; a long indefinite
    // element is told from a minimal one by its second octet.
    if written == needed && tlv.whole.get(1) != Some(&0x80) {
        Ok(())
    } else {
        Err(Fault::Length)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
