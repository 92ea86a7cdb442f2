//! The one way to speak to a card.

mod recording;
mod replay;

pub use recording::{Recorded, Recorder, Recording, RecordingError, Sent};
pub use replay::Replay;

use crate::{Atr, Error};

/// A connection to one card: bytes there, bytes back.
///
/// One owner at a time; connections are `Send` and live on the worker that opened them.
pub trait Transport: Send {
    /// The card's answer to reset.
    fn atr(&self) -> &Atr;

    /// Sends one command APDU as it is and returns the answer, data and status word (at least 2 bytes).
    /// Chaining and GET RESPONSE are [`crate::apdu`]'s work, not the transport's.
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Error>;

    /// Begins a stretch in which no other program may speak to the card. Keep it short: on Windows a
    /// transaction that idles for 5 seconds resets the card.
    fn begin(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// Ends that stretch.
    fn end(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// How many commands went to the card over this connection.
    fn apdu_count(&self) -> u32;
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
