//! What the card keeps without power.

use std::{collections::BTreeMap, fmt, ops};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use zeroize::Zeroize;

use crate::{card::Personality, files::File, pins::Pin};

/// The card's memory when nothing else is asked for, in bytes.
pub(crate) const CAPACITY: usize = 96 * 1024;

/// Everything that outlives a loss of power.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Memory {
    pub(crate) personality: Personality,
    pub(crate) serial: [u8; 10],
    /// Grows with every change of a file or a key.
    pub(crate) changes: u16,
    /// Whether access rules apply (life cycle state 05) or the card is being personalised (01).
    pub(crate) active: bool,
    pub(crate) root: File,
    pub(crate) pins: BTreeMap<u8, Pin>,
    /// The card management's own key: AES-128, and the tries left for it.
    pub(crate) admin: Option<AdminKey>,
    pub(crate) capacity: usize,
}

/// The key by which the card's issuer proves itself to the card.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct AdminKey {
    pub(crate) key: Bytes,
    pub(crate) tries: u8,
}

impl Memory {
    pub(crate) fn new(personality: Personality, serial: [u8; 10], root: File) -> Self {
        Self {
            personality,
            serial,
            changes: 0,
            active: false,
            root,
            pins: BTreeMap::new(),
            admin: None,
            capacity: CAPACITY,
        }
    }

    /// How many bytes are free for files.
    pub(crate) fn free(&self) -> usize {
        self.capacity.saturating_sub(self.root.footprint())
    }
}

/// Bytes on the card: hexadecimal in the state file, a length in `Debug`, wiped when dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Bytes(Vec<u8>);

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl ops::DerefMut for Bytes {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const DIGITS: [char; 16] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
        ];
        let digit = |nibble: u8| DIGITS[usize::from(nibble & 0x0F)];
        let text: String = self
            .0
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(*byte)])
            .collect();
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits: Option<Vec<u8>> = text
            .chars()
            .map(|digit| digit.to_digit(16).and_then(|value| u8::try_from(value).ok()))
            .collect();
        match digits {
            Some(digits) if digits.len() % 2 == 0 => Ok(Self(
                digits
                    .chunks_exact(2)
                    .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
                    .collect(),
            )),
            _ => Err(D::Error::custom("not hexadecimal")),
        }
    }
}
