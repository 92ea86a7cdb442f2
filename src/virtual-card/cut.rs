//! Planned losses of power.

use std::str::FromStr;

use crate::Error;

/// When the card loses its power. All numbers count from the moment of planning, from 1.
///
/// As text (the program's `--cut`): `write:M:N` for byte N of the M-th write, `before:N` and `after:N` for the
/// N-th command, `before:N:D6` and `after:N:D6` for the N-th command with instruction D6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// During the M-th persistent write, when exactly `byte` bytes of it have reached the memory.
    ///
    /// File contents tear byte by byte. Everything else (creating, deleting, PINs, counters, keys) is written
    /// under the card's transaction mechanism: it is kept whole if `byte` reaches its length, else not at all.
    InWrite {
        /// Which write, from 1.
        write: u64,
        /// How many bytes of it are stored; more than its length means all of them.
        byte: usize,
    },
    /// Just before the N-th command is carried out.
    BeforeCommand {
        /// Which command, from 1.
        number: u64,
        /// Counts only commands with this instruction byte.
        instruction: Option<u8>,
    },
    /// After the N-th command was carried out, before its answer leaves the card.
    AfterCommand {
        /// Which command, from 1.
        number: u64,
        /// Counts only commands with this instruction byte.
        instruction: Option<u8>,
    },
}

impl FromStr for Cut {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text).ok_or_else(|| Error::UnknownCut(text.chars().take(64).collect()))
    }
}

fn parse(text: &str) -> Option<Cut> {
    let mut parts = text.split(':');
    let (kind, number) = (
        parts.next()?,
        parts.next()?.parse().ok().filter(|number| *number > 0)?,
    );
    let last = parts.next();
    if parts.next().is_some() {
        return None;
    }
    let instruction = || last.map(|hex| u8::from_str_radix(hex, 16)).transpose().ok();
    match kind {
        "write" => Some(Cut::InWrite {
            write: number,
            byte: last?.parse().ok()?,
        }),
        "before" => Some(Cut::BeforeCommand {
            number,
            instruction: instruction()?,
        }),
        "after" => Some(Cut::AfterCommand {
            number,
            instruction: instruction()?,
        }),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_cut() {
        for text in [
            "",
            "write",
            "write:1",
            "write:0:1",
            "write:1:x",
            "after:1:D6:2",
            "after:1:XX",
            "never:1",
            "before:-1",
        ] {
            assert!(text.parse::<Cut>().is_err(), "{text}");
        }
    }

    #[test]
    fn reads_each_kind() {
        assert_eq!(
            "write:3:17".parse::<Cut>().unwrap(),
            Cut::InWrite { write: 3, byte: 17 }
        );
        assert_eq!(
            "before:2".parse::<Cut>().unwrap(),
            Cut::BeforeCommand {
                number: 2,
                instruction: None
            }
        );
        assert_eq!(
            "after:1:d6".parse::<Cut>().unwrap(),
            Cut::AfterCommand {
                number: 1,
                instruction: Some(0xD6)
            }
        );
    }
}
