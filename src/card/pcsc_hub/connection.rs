//! A connection to a card over PC/SC.

use std::ffi::CStr;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use pcsc::{Card, Context, Disposition, Error as Code, Protocol, Protocols, ShareMode, Transaction};
use zeroize::Zeroizing;

use super::codes;
use crate::apdu::carries_secret;
use crate::{Atr, Error, Transport};

/// A connection to a card over PC/SC.
///
/// The card is owned by a thread, because a transaction borrows its card: [`Transport::begin`] and
/// [`Transport::end`] enter and leave a function there.
pub(super) struct Connection {
    atr: Atr,
    count: u32,
    /// `None` only while the connection is being dropped.
    requests: Option<Sender<Request>>,
    replies: Receiver<Result<Vec<u8>, Error>>,
    thread: Option<JoinHandle<()>>,
}

enum Request {
    Transmit(Zeroizing<Vec<u8>>),
    Begin,
    End,
}

impl Connection {
    /// Connects, shared with other programs, over whichever protocol works.
    pub(super) fn open(context: &Context, reader: &CStr) -> Result<Self, Error> {
        let card = connect(context, reader).map_err(|code| codes::of("SCardConnect", code))?;
        let status = card
            .status2_owned()
            .map_err(|code| codes::of("SCardStatus", code))?;
        let atr = Atr::new(status.atr()).ok_or(Error::Mute)?;
        let (requests, incoming) = channel();
        let (outgoing, replies) = channel();
        let mut server = Server::new(status.protocol2(), incoming, outgoing);
        let thread = thread::Builder::new()
            .name("card".into())
            .spawn(move || server.serve(card));
        let thread = thread.map_err(|_| codes::of("thread", Code::NoMemory))?;
        Ok(Self {
            atr,
            count: 0,
            requests: Some(requests),
            replies,
            thread: Some(thread),
        })
    }

    fn ask(&mut self, request: Request) -> Result<Vec<u8>, Error> {
        // The thread lives as long as its card is connected.
        let sent = self
            .requests
            .as_ref()
            .is_some_and(|requests| requests.send(request).is_ok());
        if !sent {
            return Err(Error::Removed);
        }
        self.replies.recv().map_err(|_| Error::Removed)?
    }
}

impl Transport for Connection {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Error> {
        self.count = self.count.saturating_add(1);
        self.ask(Request::Transmit(Zeroizing::new(command.to_vec())))
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.ask(Request::Begin).map(|_| ())
    }

    fn end(&mut self) -> Result<(), Error> {
        self.ask(Request::End).map(|_| ())
    }

    fn apdu_count(&self) -> u32 {
        self.count
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            crate::hub::join(thread);
        }
    }
}

/// What the thread works with, besides the card.
struct Server {
    protocol: Option<Protocol>,
    requests: Receiver<Request>,
    replies: Sender<Result<Vec<u8>, Error>>,
    buffer: Vec<u8>,
    /// A secret was shown to the card: it is reset at the end, so that nobody after us finds a PIN proven.
    proven: bool,
}

/// How a transaction ended.
enum Ended {
    Asked,
    HungUp,
}

impl Server {
    fn new(
        protocol: Option<Protocol>,
        requests: Receiver<Request>,
        replies: Sender<Result<Vec<u8>, Error>>,
    ) -> Self {
        Self {
            protocol,
            requests,
            replies,
            buffer: vec![0; pcsc::MAX_BUFFER_SIZE_EXTENDED],
            proven: false,
        }
    }

    fn serve(&mut self, mut card: Card) {
        while let Ok(request) = self.requests.recv() {
            let reply = match request {
                Request::Transmit(command) => self.transmit(&card, &command),
                Request::End => Ok(Vec::new()),
                Request::Begin => match begin(&mut card) {
                    Ok(transaction) => match self.within(transaction) {
                        Ended::Asked => Ok(Vec::new()),
                        Ended::HungUp => break,
                    },
                    Err(code) => Err(codes::of("SCardBeginTransaction", code)),
                },
            };
            if reply == Err(Error::Reset) {
                // Takes note of the other program's reset, so that the next command gets through.
                let _ = reconnect(&mut card);
            }
            if self.replies.send(reply).is_err() {
                break;
            }
        }
        let disposition = if self.proven {
            Disposition::ResetCard
        } else {
            Disposition::LeaveCard
        };
        // A card that is gone cannot be left properly.
        let _ = card.disconnect(disposition);
    }

    /// Serves until the transaction is to end. The reply to its beginning is given here, the one to its end by the
    /// caller.
    fn within(&mut self, transaction: Transaction<'_>) -> Ended {
        if self.replies.send(Ok(Vec::new())).is_err() {
            return Ended::HungUp;
        }
        while let Ok(request) = self.requests.recv() {
            let reply = match request {
                Request::Transmit(command) => self.transmit(&transaction, &command),
                Request::Begin => Ok(Vec::new()),
                Request::End => {
                    // The card stays as it is. If it has gone, so has the transaction.
                    let _ = transaction.end(Disposition::LeaveCard);
                    return Ended::Asked;
                }
            };
            if self.replies.send(reply).is_err() {
                break;
            }
        }
        Ended::HungUp
    }

    fn transmit(&mut self, card: &Card, command: &[u8]) -> Result<Vec<u8>, Error> {
        self.proven |= command.get(1).copied().is_some_and(carries_secret) && command.len() > 5;
        let command = if self.protocol == Some(Protocol::T0) {
            without_le(command)
        } else {
            command
        };
        let answer = card.transmit(command, &mut self.buffer);
        let answer = match answer {
            // A card always answers with a status word: some drivers call it a success when it goes in the middle.
            Ok([]) => Err(Error::Removed),
            Ok(answer) => Ok(answer.to_vec()),
            Err(code) => Err(codes::of("SCardTransmit", code)),
        };
        if answer == Err(Error::Removed) {
            // Without power it has forgotten what was proven. To reset a card that has gone is worse than nothing:
            // the service then misses the next one.
            self.proven = false;
        }
        answer
    }
}

fn connect(context: &Context, reader: &CStr) -> Result<Card, Code> {
    let mut result = Err(Code::ProtoMismatch);
    // Some readers offer a choice that the card then does not keep.
    for protocols in [Protocols::ANY, Protocols::T1, Protocols::T0] {
        result = context.connect(reader, ShareMode::Shared, protocols);
        if !matches!(result, Err(Code::ProtoMismatch)) {
            break;
        }
    }
    result
}

fn begin(card: &mut Card) -> Result<Transaction<'_>, Code> {
    match card.transaction2() {
        Ok(transaction) => Ok(transaction),
        // Nothing has been selected or proven in this stretch yet, so a reset before it does no harm.
        Err((card, Code::ResetCard)) => {
            reconnect(card)?;
            card.transaction()
        }
        Err((_, code)) => Err(code),
    }
}

fn reconnect(card: &mut Card) -> Result<(), Code> {
    card.reconnect(ShareMode::Shared, Protocols::ANY, Disposition::LeaveCard)
}

/// T=0 has no command with both data and Le: the card says by 61xx what waits (ISO/IEC 7816-3, section 12.2.4).
pub(super) fn without_le(command: &[u8]) -> &[u8] {
    let length = command.get(4).copied().map_or(0, usize::from);
    let both = length > 0 && command.len() == 5 + length + 1;
    if both {
        command.get(..5 + length).unwrap_or(command)
    } else {
        command
    }
}
