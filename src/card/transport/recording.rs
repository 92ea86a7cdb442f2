//! Recording what passes between a program and a card.
//!
//! A recording is text, to be read, compared and kept beside a test:
//! ```text
//! atr 3BF59600008131FE454D7945494414
//! 00A4040C0CA000000063504B43532D3135 9000
//! 00200001 secret 9 63C2
//! ```
//! One exchange a line: the command and the answer in hexadecimal. Of a command that carries a PIN, a PUK or a key
//! only the header and the number of bytes after it are kept. Empty lines and lines that begin with `#` are comments.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::apdu::carries_secret;
use crate::{Atr, Error, Transport};

/// The most exchanges of a recording, and the longest command or answer.
const MOST_EXCHANGES: usize = 65_536;
const MOST_BYTES: usize = 65_536 + 16;

/// What a [`Recorder`] wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    /// The card's answer to reset.
    pub atr: Atr,
    /// The exchanges, in their order.
    pub exchanges: Vec<Recorded>,
}

/// One exchange.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// What was sent.
    pub sent: Sent,
    /// What came back, the status word included.
    pub answer: Vec<u8>,
}

/// A command as it may be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sent {
    /// All of it.
    Whole(Vec<u8>),
    /// A command with a secret in it.
    Secret {
        /// Class, instruction, P1, P2.
        header: [u8; 4],
        /// How many bytes follow the header.
        length: usize,
    },
}

/// Why a text is no recording.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum RecordingError {
    /// It does not begin with the answer to reset.
    #[error("the recording does not begin with an answer to reset")]
    NoAtr,
    /// A line is not of the form that is described above.
    #[error("line {0} is no exchange")]
    Line(
        /// The line's number, from 1.
        usize,
    ),
    /// More than 65,536 exchanges.
    #[error("the recording is too long")]
    TooLong,
}

impl Sent {
    /// What may be kept of a command. An empty VERIFY carries no secret.
    pub fn of(command: &[u8]) -> Self {
        match command.split_first_chunk::<4>() {
            Some((header, rest)) if !rest.is_empty() && carries_secret(header[1]) => Self::Secret {
                header: *header,
                length: rest.len(),
            },
            _ => Self::Whole(command.to_vec()),
        }
    }
}

/// Records what passes over another transport, secrets left out.
pub struct Recorder {
    inner: Box<dyn Transport>,
    recording: Arc<Mutex<Recording>>,
}

impl Recorder {
    /// Records what passes over `inner` from now on. The recording grows while it is used; failed exchanges are left
    /// out.
    pub fn new(inner: Box<dyn Transport>) -> (Self, Arc<Mutex<Recording>>) {
        let recording = Recording {
            atr: inner.atr().clone(),
            exchanges: Vec::new(),
        };
        let recording = Arc::new(Mutex::new(recording));
        (
            Self {
                inner,
                recording: Arc::clone(&recording),
            },
            recording,
        )
    }
}

impl Transport for Recorder {
    fn atr(&self) -> &Atr {
        self.inner.atr()
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Error> {
        let answer = self.inner.transmit(command)?;
        let mut recording = self.recording.lock().unwrap_or_else(PoisonError::into_inner);
        if recording.exchanges.len() < MOST_EXCHANGES {
            recording.exchanges.push(Recorded {
                sent: Sent::of(command),
                answer: answer.clone(),
            });
        }
        Ok(answer)
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.inner.begin()
    }

    fn end(&mut self) -> Result<(), Error> {
        self.inner.end()
    }

    fn apdu_count(&self) -> u32 {
        self.inner.apdu_count()
    }
}

impl fmt::Display for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "atr {}", Hex(self.atr.bytes()))?;
        for exchange in &self.exchanges {
            writeln!(f, "{} {}", exchange.sent, Hex(&exchange.answer))?;
        }
        Ok(())
    }
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(bytes) => write!(f, "{}", Hex(bytes)),
            Self::Secret { header, length } => write!(f, "{} secret {length}", Hex(header)),
        }
    }
}

impl FromStr for Recording {
    type Err = RecordingError;

    fn from_str(text: &str) -> Result<Self, RecordingError> {
        let lines = text
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line.trim()));
        let mut lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let first = lines.next().and_then(|(_, line)| line.strip_prefix("atr "));
        let atr = first
            .and_then(bytes)
            .and_then(|bytes| Atr::new(&bytes))
            .ok_or(RecordingError::NoAtr)?;
        let mut exchanges = Vec::new();
        for (number, line) in lines {
            if exchanges.len() == MOST_EXCHANGES {
                return Err(RecordingError::TooLong);
            }
            exchanges.push(exchange(line).ok_or(RecordingError::Line(number))?);
        }
        Ok(Self { atr, exchanges })
    }
}

fn exchange(line: &str) -> Option<Recorded> {
    let words: Vec<&str> = line.split_whitespace().take(5).collect();
    let (sent, answer) = match words.as_slice() {
        [command, answer] => (Sent::Whole(bytes(command)?), answer),
        [header, "secret", length, answer] => {
            let header = bytes(header)?.try_into().ok()?;
            let length = length.parse().ok().filter(|length| *length <= MOST_BYTES)?;
            (Sent::Secret { header, length }, answer)
        }
        _ => return None,
    };
    Some(Recorded {
        sent,
        answer: bytes(answer)?,
    })
}

/// Hexadecimal without gaps, at least one byte.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|digit| digit.to_digit(16)?.try_into().ok())
        .collect::<Option<_>>()?;
    if digits.is_empty() || !digits.len().is_multiple_of(2) || digits.len() / 2 > MOST_BYTES {
        return None;
    }
    Some(
        digits
            .chunks_exact(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| (byte << 4) | digit))
            .collect(),
    )
}

pub(super) struct Hex<'a>(pub(super) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}
