//! Commands that a service may send to a card through us: a short list, and nothing else.

use card::apdu::Command;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A command of the allow-list, in its short encoding (ISO/IEC 7816-4, section 5.1).
///
/// SELECT, GET CHALLENGE, EXTERNAL AUTHENTICATE, GET DATA and VERIFY without data: what a service needs to prove
/// itself to a card. None of them writes, and none carries a secret of the card's holder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct RelayCommand(Vec<u8>);

/// What the card answered to a relayed command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayAnswer {
    /// The data of the answer.
    pub data: Vec<u8>,
    /// The status word.
    pub status: u16,
}

/// A service asked for a command that it may not send.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum RelayRefused {
    /// It is no command, or none in the short encoding.
    #[error("not a short command")]
    Malformed,
    /// It is not on the list.
    #[error("the command {instruction:02X} is not allowed")]
    NotAllowed {
        /// The instruction byte.
        instruction: u8,
    },
}

impl RelayCommand {
    /// Checks a command against the list.
    pub fn parse(bytes: &[u8]) -> Result<Self, RelayRefused> {
        let (header, body) = bytes.split_first_chunk::<4>().ok_or(RelayRefused::Malformed)?;
        let (data, has_le) = parts(body).ok_or(RelayRefused::Malformed)?;
        let [class, instruction, p1, _] = *header;
        let allowed = match instruction {
            0xA4 => matches!(p1, 0x00..=0x04 | 0x08 | 0x09),
            0x84 | 0xCA => data.is_empty() && has_le,
            0x82 => !data.is_empty(),
            0x20 => body.is_empty(),
            _ => false,
        };
        // Another class means chaining, protected messaging or a command of the maker's own.
        if class == 0 && allowed {
            Ok(Self(bytes.to_vec()))
        } else {
            Err(RelayRefused::NotAllowed { instruction })
        }
    }

    /// The command as it goes to the card.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl RelayCommand {
    /// The same to be taken to the card with what the standard asks around a command (GET RESPONSE, lengths).
    pub(crate) fn command(&self) -> Command {
        let [_, instruction, p1, p2, body @ ..] = &self.0[..] else {
            // `parse` lets nothing through without a header; a command that no card knows changes nothing.
            return Command::new(0xFF, 0, 0);
        };
        let (data, has_le) = parts(body).unwrap_or_default();
        let command = Command::new(*instruction, *p1, *p2).data(data);
        match body.last() {
            Some(0) if has_le => command.answer(256),
            Some(le) if has_le => command.answer((*le).into()),
            _ => command,
        }
    }
}

/// The data of a body in short encoding, and whether a Le follows them.
fn parts(body: &[u8]) -> Option<(&[u8], bool)> {
    match body {
        [] => Some((&[], false)),
        [_] => Some((&[], true)),
        [0, ..] => None,
        [length, rest @ ..] => match rest.len().checked_sub(usize::from(*length))? {
            0 => Some((rest, false)),
            1 => Some((rest.get(..usize::from(*length))?, true)),
            _ => None,
        },
    }
}

impl TryFrom<Vec<u8>> for RelayCommand {
    type Error = RelayRefused;

    fn try_from(bytes: Vec<u8>) -> Result<Self, RelayRefused> {
        Self::parse(&bytes)
    }
}

impl From<RelayCommand> for Vec<u8> {
    fn from(command: RelayCommand) -> Self {
        command.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
