//! The answer to reset.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An answer to reset (ISO/IEC 7816-3, section 8): 2 to 33 bytes as the card sent them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct Atr(Vec<u8>);

/// An answer to reset taken apart, for cards that are not in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtrParts {
    /// How bits are sent (TS).
    pub convention: Convention,
    /// The interface bytes, in their order.
    pub interface: Vec<InterfaceByte>,
    /// The transmission protocols that the card offers, first choice first, each once; 15 is no protocol and left
    /// out. Empty in the bytes means T=0.
    pub protocols: Vec<u8>,
    /// What the card's maker says of it; at most 15 bytes.
    pub historical: Vec<u8>,
    /// Whether the check byte (TCK) is right.
    pub check: Check,
}

/// How bits are sent (TS).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Convention {
    /// 3B.
    Direct,
    /// 3F.
    Inverse,
    /// Any other byte: not of the standard.
    Other(u8),
}

/// One interface byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterfaceByte {
    /// `A`, `B`, `C` or `D`.
    pub letter: char,
    /// Its round, from 1: `TA1`, `TD2`.
    pub round: u8,
    /// The byte.
    pub value: u8,
}

/// Whether the check byte is right (the XOR of all bytes from T0 to TCK is 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// None is demanded: the card offers T=0 alone.
    NotDemanded,
    /// Right.
    Right,
    /// Wrong, or missing though demanded.
    Wrong,
}

/// Bytes that are no answer to reset: fewer than 2 or more than 33.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an answer to reset has 2 to 33 bytes")]
pub struct AtrLength;

impl Atr {
    /// Takes the bytes as they came; `None` if there are fewer than 2 or more than 33.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        (2..=33).contains(&bytes.len()).then(|| Self(bytes.to_vec()))
    }

    /// The bytes as they came.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The historical bytes; empty if the answer breaks off before them.
    pub fn historical(&self) -> Vec<u8> {
        self.parts().map(|parts| parts.historical).unwrap_or_default()
    }

    /// Takes the answer apart (sections 8.1 and 8.2); `None` if it breaks off before its announced end.
    pub fn parts(&self) -> Option<AtrParts> {
        let (&initial, rest) = self.0.split_first()?;
        let (&format, mut rest) = rest.split_first()?;
        let (mut interface, mut protocols) = (Vec::new(), Vec::new());
        let (mut present, mut round) = (format >> 4, 1);
        let mut demanded = false;
        while present != 0 {
            let mut next = 0;
            for (bit, letter) in ['A', 'B', 'C', 'D'].into_iter().enumerate() {
                if present & (1 << bit) == 0 {
                    continue;
                }
                let (&value, after) = rest.split_first()?;
                rest = after;
                interface.push(InterfaceByte { letter, round, value });
                if letter == 'D' {
                    next = value >> 4;
                    demanded |= value & 0x0F != 0;
                    offer(&mut protocols, value & 0x0F);
                }
            }
            present = next;
            round += 1;
        }
        if protocols.is_empty() {
            protocols.push(0);
        }
        let (historical, rest) = rest.split_at_checked(usize::from(format & 0x0F))?;
        let check = if demanded {
            self.check(rest)
        } else {
            Check::NotDemanded
        };
        let historical = historical.to_vec();
        Some(AtrParts {
            convention: initial.into(),
            interface,
            protocols,
            historical,
            check,
        })
    }

    /// Judges the check byte; `rest` is what follows the historical bytes.
    fn check(&self, rest: &[u8]) -> Check {
        let sum = self.0.iter().skip(1).fold(0, |sum, byte| sum ^ byte);
        if rest.len() == 1 && sum == 0 {
            Check::Right
        } else {
            Check::Wrong
        }
    }
}

fn offer(protocols: &mut Vec<u8>, protocol: u8) {
    if protocol != 15 && !protocols.contains(&protocol) {
        protocols.push(protocol);
    }
}

impl From<u8> for Convention {
    fn from(initial: u8) -> Self {
        match initial {
            0x3B => Self::Direct,
            0x3F => Self::Inverse,
            other => Self::Other(other),
        }
    }
}

impl TryFrom<Vec<u8>> for Atr {
    type Error = AtrLength;

    fn try_from(bytes: Vec<u8>) -> Result<Self, AtrLength> {
        Self::new(&bytes).ok_or(AtrLength)
    }
}

impl From<Atr> for Vec<u8> {
    fn from(atr: Atr) -> Self {
        atr.0
    }
}

/// Upper-case bytes with spaces between them, as in lists of cards.
impl fmt::Display for Atr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            write!(f, "{gap}{byte:02X}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
