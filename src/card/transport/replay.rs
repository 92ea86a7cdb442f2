//! Playing a recording back.

use super::recording::{Recording, Sent};
use crate::{Atr, Error, Transport};

/// Plays a [`Recording`] back: answers each expected command, refuses any other with [`Error::Unexpected`].
pub struct Replay {
    recording: Recording,
    next: usize,
}

impl Replay {
    /// A card that answers what was recorded, in that order.
    pub fn new(recording: Recording) -> Self {
        Self { recording, next: 0 }
    }

    /// Whether every recorded exchange has happened.
    pub fn is_finished(&self) -> bool {
        self.next >= self.recording.exchanges.len()
    }
}

impl Transport for Replay {
    fn atr(&self) -> &Atr {
        &self.recording.atr
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Error> {
        let sent = Sent::of(command);
        match self.recording.exchanges.get(self.next) {
            Some(exchange) if exchange.sent == sent => {
                self.next += 1;
                Ok(exchange.answer.clone())
            }
            _ => Err(Error::Unexpected {
                command: sent.to_string(),
            }),
        }
    }

    fn apdu_count(&self) -> u32 {
        u32::try_from(self.next).unwrap_or(u32::MAX)
    }
}
