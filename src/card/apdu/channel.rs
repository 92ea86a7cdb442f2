//! Commands taken to the card and answers brought back whole.

use zeroize::Zeroizing;

use super::{Answer, Command, Status, carries_secret};
use crate::{Atr, Error, Transport};

/// The most bytes that one command may bring back.
const MOST_ANSWER: usize = 64 * 1024;
/// Most times that more of one answer is fetched: cards give up to 256 bytes at a time, and one that gives a byte at a
/// time would keep us for minutes.
const MOST_PARTS: usize = MOST_ANSWER / 256 + 1;

/// A conversation over a transport.
///
/// It chains long data, fetches waiting answers by GET RESPONSE and repeats a command when the card names the
/// right length. A card cannot hold it up for ever: a round that brings nothing new ends the command with
/// [`Error::Malformed`], and an answer may not grow over 64 KiB.
pub struct Channel<'t> {
    transport: &'t mut dyn Transport,
    extended: bool,
}

impl<'t> Channel<'t> {
    /// A conversation in short lengths, which every card and reader understands.
    pub fn new(transport: &'t mut dyn Transport) -> Self {
        Self {
            transport,
            extended: false,
        }
    }

    /// Use extended lengths where the short ones do not reach. Only for cards that say that they know them.
    #[must_use]
    pub fn with_extended_lengths(mut self) -> Self {
        self.extended = true;
        self
    }

    /// The card's answer to reset.
    pub fn atr(&self) -> &Atr {
        self.transport.atr()
    }

    /// How many commands went to the card over this connection, before and through this channel.
    pub fn apdu_count(&self) -> u32 {
        self.transport.apdu_count()
    }

    /// Begins a stretch in which no other program may speak to the card; see [`Transport::begin`].
    pub fn begin(&mut self) -> Result<(), Error> {
        self.transport.begin()
    }

    /// Ends that stretch.
    pub fn end(&mut self) -> Result<(), Error> {
        self.transport.end()
    }

    /// Sends a command and brings its whole answer. A refusal by the card is an [`Answer`], not an error.
    pub fn send(&mut self, command: &Command) -> Result<Answer, Error> {
        let mut links = self.encode(command)?;
        let Some(last) = links.pop() else {
            return Err(malformed(command));
        };
        for link in links {
            let answer = self.exchange(command, &link)?;
            if answer.status() != Status::Ok {
                return Ok(answer);
            }
        }
        let mut answer = self.exchange(command, &last)?;
        // A secret is never sent twice, whatever the card says of lengths.
        if let Status::WrongLe(length) = answer.status()
            && !command.shows_secret()
        {
            answer = self.exchange(command, &with_le(&last, command, length))?;
        }
        self.fetch_rest(command, answer)
    }

    /// Sends a command and brings the data of its answer; [`Error::Refused`] for any status but success.
    pub fn request(&mut self, command: &Command) -> Result<Vec<u8>, Error> {
        self.send(command)?.ok(command.name())
    }

    fn encode(&self, command: &Command) -> Result<Vec<Zeroizing<Vec<u8>>>, Error> {
        if self.extended && command.exceeds_short() {
            return command
                .extended()
                .map(|whole| vec![whole])
                .ok_or_else(|| malformed(command));
        }
        Ok(command.short())
    }

    fn fetch_rest(&mut self, command: &Command, first: Answer) -> Result<Answer, Error> {
        let mut whole = first;
        let mut parts = 0;
        while let Status::MoreData(waiting) = whole.status() {
            parts += 1;
            if parts > MOST_PARTS {
                return Err(malformed(command));
            }
            let mut more = self.get_response(command, waiting)?;
            if let Status::WrongLe(length) = more.status() {
                more = self.get_response(command, length)?;
            }
            if more.data.is_empty() && matches!(more.status(), Status::MoreData(_)) {
                return Err(malformed(command));
            }
            whole.data.append(&mut more.data);
            whole.word = more.word;
            if whole.data.len() > MOST_ANSWER {
                return Err(malformed(command));
            }
        }
        match whole.status() {
            // Corrected once already: a card that keeps correcting is not followed.
            Status::WrongLe(_) => Err(malformed(command)),
            _ => Ok(whole),
        }
    }

    fn get_response(&mut self, command: &Command, waiting: u8) -> Result<Answer, Error> {
        self.exchange(command, &[0x00, 0xC0, 0x00, 0x00, waiting])
    }

    fn exchange(&mut self, command: &Command, bytes: &[u8]) -> Result<Answer, Error> {
        let reply = self.transport.transmit(bytes)?;
        let Some((data, word)) = reply.split_last_chunk::<2>() else {
            return Err(malformed(command));
        };
        let answer = Answer {
            data: data.to_vec(),
            word: u16::from_be_bytes(*word),
        };
        trace(bytes, &answer);
        if answer.data.len() > MOST_ANSWER {
            return Err(malformed(command));
        }
        Ok(answer)
    }
}

/// The same command with the length that the card named.
fn with_le(bytes: &[u8], command: &Command, length: u8) -> Zeroizing<Vec<u8>> {
    let mut corrected = Zeroizing::new(bytes.to_vec());
    match corrected.last_mut() {
        Some(last) if command.wants_answer() => *last = length,
        _ => corrected.push(length),
    }
    corrected
}

fn malformed(command: &Command) -> Error {
    Error::Malformed {
        command: command.name().into(),
    }
}

/// One line for each exchange: header, lengths and status word, and never the data of either side. Data would tell
/// a PIN in one direction and a person's name in the other.
fn trace(bytes: &[u8], answer: &Answer) {
    let header = bytes.get(..4).unwrap_or(bytes);
    tracing::trace!(
        command = format_args!("{header:02X?}"),
        length = bytes.len().saturating_sub(4),
        secret = header.get(1).copied().is_some_and(carries_secret),
        answer = answer.data.len(),
        status = format_args!("{:04X}", answer.word),
        "exchange"
    );
}
