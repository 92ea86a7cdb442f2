//! Command APDUs and status words (ISO/IEC 7816-4, sections 5.1 and 5.6).

use zeroize::Zeroizing;

/// A command, taken apart.
pub(crate) struct Command {
    pub(crate) class: u8,
    pub(crate) instruction: u8,
    pub(crate) p1: u8,
    pub(crate) p2: u8,
    pub(crate) data: Zeroizing<Vec<u8>>,
    /// How many bytes the reader expects at most; `None` if it expects none.
    pub(crate) expected: Option<usize>,
}

impl Command {
    /// Reads a command of any case, short or extended.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Status> {
        let (header, body) = bytes.split_first_chunk::<4>().ok_or(Status::WRONG_LENGTH)?;
        let (data, expected) = parse_body(body).ok_or(Status::WRONG_LENGTH)?;
        let [class, instruction, p1, p2] = *header;
        Ok(Self {
            class,
            instruction,
            p1,
            p2,
            data: Zeroizing::new(data.to_vec()),
            expected,
        })
    }

    /// P1 and P2 as one number.
    pub(crate) fn p1p2(&self) -> u16 {
        u16::from_be_bytes([self.p1, self.p2])
    }
}

fn parse_body(body: &[u8]) -> Option<(&[u8], Option<usize>)> {
    match body {
        [] => Some((&[], None)),
        [length] => Some((&[], Some(short_expected(*length)))),
        [0, high, low] => Some((&[], Some(extended_expected(*high, *low)))),
        [0, high, low, rest @ ..] => {
            let (data, tail) = rest.split_at_checked(usize::from(u16::from_be_bytes([*high, *low])))?;
            match tail {
                _ if data.is_empty() => None,
                [] => Some((data, None)),
                [high, low] => Some((data, Some(extended_expected(*high, *low)))),
                _ => None,
            }
        }
        [0, ..] => None,
        [length, rest @ ..] => {
            let (data, tail) = rest.split_at_checked(usize::from(*length))?;
            match tail {
                [] => Some((data, None)),
                [length] => Some((data, Some(short_expected(*length)))),
                _ => None,
            }
        }
    }
}

fn short_expected(length: u8) -> usize {
    if length == 0 { 256 } else { usize::from(length) }
}

fn extended_expected(high: u8, low: u8) -> usize {
    match u16::from_be_bytes([high, low]) {
        0 => 65_536,
        length => usize::from(length),
    }
}

/// A status word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Status(pub(crate) u16);

impl Status {
    pub(crate) const OK: Self = Self(0x9000);
    pub(crate) const MEMORY_FAILURE: Self = Self(0x6581);
    pub(crate) const WRONG_LENGTH: Self = Self(0x6700);
    pub(crate) const NO_CHAINING: Self = Self(0x6884);
    pub(crate) const WRONG_KIND_OF_FILE: Self = Self(0x6981);
    pub(crate) const SECURITY: Self = Self(0x6982);
    pub(crate) const BLOCKED: Self = Self(0x6983);
    pub(crate) const CONDITIONS: Self = Self(0x6985);
    pub(crate) const NO_FILE_SELECTED: Self = Self(0x6986);
    pub(crate) const WRONG_DATA: Self = Self(0x6A80);
    pub(crate) const NOT_SUPPORTED: Self = Self(0x6A81);
    pub(crate) const NOT_FOUND: Self = Self(0x6A82);
    pub(crate) const FULL: Self = Self(0x6A84);
    pub(crate) const WRONG_P1P2: Self = Self(0x6A86);
    pub(crate) const NO_REFERENCE: Self = Self(0x6A88);
    pub(crate) const EXISTS: Self = Self(0x6A89);
    pub(crate) const WRONG_OFFSET: Self = Self(0x6B00);
    pub(crate) const WRONG_INSTRUCTION: Self = Self(0x6D00);
    pub(crate) const WRONG_CLASS: Self = Self(0x6E00);
    pub(crate) const FAILURE: Self = Self(0x6F00);

    /// `63 Cx`: wrong, x tries are left.
    pub(crate) fn tries_left(tries: u8) -> Self {
        Self(0x63C0 | u16::from(tries.min(15)))
    }

    /// `61 xx`: xx more bytes wait for GET RESPONSE; 00 means 256 or more.
    pub(crate) fn more(waiting: usize) -> Self {
        Self(0x6100 | u16::from(u8::try_from(waiting).unwrap_or(0)))
    }
}

/// Why a command ended without its data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// The card refused.
    Refused(Status),
    /// A planned cut of the power struck.
    PowerLost,
}

impl From<Status> for Halt {
    fn from(status: Status) -> Self {
        Self::Refused(status)
    }
}

/// What a command gives: its answer's data, or why there is none.
pub(crate) type Outcome = Result<Vec<u8>, Halt>;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
