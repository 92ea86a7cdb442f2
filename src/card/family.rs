//! Card families, told by the answer to reset.

use serde::{Deserialize, Serialize};

use crate::Atr;

const BUNDLED: &str = include_str!("../../assets/families.toml");

/// What is known of a family of cards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about a row of the table"
)]
pub struct Family {
    /// Stable name for programs, for instance `akis-2` or `myeid`; `unknown` for the rest.
    pub code: String,
    /// Name for people, for instance `AKİS 2`; empty for the unknown.
    pub name: String,
    /// What it is by a single or disputed source, for instance `AKİS 2.2.8`: to be shown as a supposition.
    pub likely: Option<String>,
    /// Base names of the PKCS#11 modules that recognise it, best first.
    pub modules: Vec<String>,
    /// Whether its PKCS#15 directory is known to be readable without any driver.
    pub pkcs15: bool,
    /// The PIN reference to ask by an empty VERIFY, if the family supports that without spending a try.
    pub pin_status_reference: Option<u8>,
    /// The data object (GET DATA) that tells how many tries the PUK has left, if the family has one; asking for it
    /// spends none.
    pub puk_status: Option<u16>,
    /// Whether the issuer's service can reset a blocked PIN, after EXTERNAL AUTHENTICATE.
    pub service_reset: bool,
    /// Whether GET DATA 01A0 gives serial number and change counter (`MyEID`).
    pub myeid_info: bool,
    /// Whether keys sign and files are created and deleted by `MyEID`'s commands ([`crate::signing`],
    /// [`crate::pkcs15::Writer`]).
    pub myeid_commands: bool,
}

impl Family {
    /// The family of a card that the table does not have.
    pub fn unknown() -> Self {
        Self {
            code: "unknown".into(),
            ..Self::default()
        }
    }

    /// Whether the table did not have it.
    pub fn is_unknown(&self) -> bool {
        self.code == "unknown"
    }
}

/// The table of families.
#[derive(Clone, Debug)]
pub struct Families {
    rows: Vec<Row>,
}

impl Families {
    /// The table that is bundled with the program (`assets/families.toml`).
    #[expect(
        clippy::expect_used,
        reason = "the text is part of the program, and a test reads it"
    )]
    pub fn bundled() -> Self {
        Self::parse(BUNDLED).expect("the bundled table parses")
    }

    /// The family of a card; [`Family::unknown`] if the table has none.
    pub fn of(&self, atr: &Atr) -> Family {
        let historical = atr.historical();
        let row = self.rows.iter().find(|row| row.fits(atr, &historical));
        row.map_or_else(Family::unknown, |row| row.family(&historical))
    }

    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        let table: Table = toml::from_str(text)?;
        Ok(Self { rows: table.family })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    family: Vec<Row>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about a row of the table"
)]
struct Row {
    code: String,
    name: String,
    historical: Option<Pattern>,
    atr: Option<Pattern>,
    #[serde(default)]
    modules: Vec<String>,
    #[serde(default)]
    pkcs15: bool,
    pin_status_reference: Option<u8>,
    puk_status: Option<u16>,
    #[serde(default)]
    service_reset: bool,
    #[serde(default)]
    myeid_info: bool,
    #[serde(default)]
    myeid_commands: bool,
    #[serde(default)]
    likely: Vec<Likely>,
    /// Where the facts are from; demanded of every row, for those who maintain the table.
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Likely {
    historical: Pattern,
    name: String,
}

impl Row {
    fn fits(&self, atr: &Atr, historical: &[u8]) -> bool {
        let by_historical = self
            .historical
            .as_ref()
            .is_none_or(|pattern| pattern.fits(historical));
        let by_whole = self.atr.as_ref().is_none_or(|pattern| pattern.fits(atr.bytes()));
        let has_pattern = self.historical.is_some() || self.atr.is_some();
        has_pattern && by_historical && by_whole
    }

    fn family(&self, historical: &[u8]) -> Family {
        let likely = self
            .likely
            .iter()
            .find(|likely| likely.historical.fits(historical));
        Family {
            code: self.code.clone(),
            name: self.name.clone(),
            likely: likely.map(|likely| likely.name.clone()),
            modules: self.modules.clone(),
            pkcs15: self.pkcs15,
            pin_status_reference: self.pin_status_reference,
            puk_status: self.puk_status,
            service_reset: self.service_reset,
            myeid_info: self.myeid_info,
            myeid_commands: self.myeid_commands,
        }
    }
}

/// Bytes with gaps.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Pattern(Vec<Piece>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Byte(u8),
    AnyOne,
    AnyNumber,
}

impl Pattern {
    fn fits(&self, bytes: &[u8]) -> bool {
        fits(&self.0, bytes)
    }
}

/// Answers to reset have at most 33 bytes and patterns at most one `*`, so the recursion is short.
fn fits(pattern: &[Piece], bytes: &[u8]) -> bool {
    match (pattern.split_first(), bytes.split_first()) {
        (None, None) => true,
        (Some((Piece::AnyNumber, pattern)), _) => {
            (0..=bytes.len()).any(|skipped| bytes.get(skipped..).is_some_and(|rest| fits(pattern, rest)))
        }
        (Some((piece, pattern)), Some((byte, bytes))) => {
            (*piece == Piece::AnyOne || *piece == Piece::Byte(*byte)) && fits(pattern, bytes)
        }
        _ => false,
    }
}

impl TryFrom<String> for Pattern {
    type Error = PatternError;

    fn try_from(text: String) -> Result<Self, PatternError> {
        let piece = |word: &str| match word {
            ".." => Ok(Piece::AnyOne),
            "*" => Ok(Piece::AnyNumber),
            _ if word.len() == 2 && !word.starts_with('+') => u8::from_str_radix(word, 16)
                .map(Piece::Byte)
                .map_err(|_| PatternError),
            _ => Err(PatternError),
        };
        let pieces: Vec<Piece> = text.split_whitespace().map(piece).collect::<Result<_, _>>()?;
        let gaps = pieces.iter().filter(|piece| **piece == Piece::AnyNumber).count();
        if pieces.is_empty() || gaps > 1 {
            Err(PatternError)
        } else {
            Ok(Self(pieces))
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("a pattern is bytes in hexadecimal, `..` for any byte, and at most one `*` for any number of them")]
struct PatternError;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
