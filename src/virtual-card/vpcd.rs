//! The card in a reader of vpcd, the virtual reader driver of the PC/SC daemon.
//!
//! vpcd listens; a connection is a card in its reader, its end a card taken out. Each message, in both
//! directions, is a length of two bytes (big-endian) and that many bytes. One byte is control (power off, power
//! on, reset, tell the ATR), anything longer is a command APDU.

use std::{
    io::{self, Read as _, Write as _},
    net::{Shutdown, SocketAddr, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{Error, Response, VirtualCard, platform};

/// Where vpcd listens for the card of its first reader.
pub const PORT: u16 = 35963;

const POWER_OFF: u8 = 0;
const POWER_ON: u8 = 1;
const RESET: u8 = 2;
const TELL_ATR: u8 = 4;

/// Why serving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// [`Stop::stop`] was called: the card was taken out.
    Stopped,
    /// vpcd closed the connection.
    Closed,
    /// A planned cut struck. The card stays dead until [`VirtualCard::reset`].
    PowerLost,
}

/// Takes the card out of the reader, from any thread. Serves once.
#[derive(Clone, Debug, Default)]
pub struct Stop {
    state: Arc<Mutex<StopState>>,
}

#[derive(Debug, Default)]
struct StopState {
    stopped: bool,
    stream: Option<TcpStream>,
}

impl Stop {
    /// Ends [`serve`]; if it has not begun, it ends as soon as it does.
    pub fn stop(&self) {
        let mut state = lock(&self.state);
        state.stopped = true;
        if let Some(stream) = state.stream.take() {
            // Fails only if the connection is down already, which is what is wanted.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Whether [`Self::stop`] was called.
    pub fn is_stopped(&self) -> bool {
        lock(&self.state).stopped
    }

    /// Remembers the connection to end. `false`: it is to end at once.
    fn watch(&self, stream: &TcpStream) -> io::Result<bool> {
        let mut state = lock(&self.state);
        state.stream = Some(stream.try_clone()?);
        Ok(!state.stopped)
    }
}

/// Puts the card into the reader at `address` and serves it until it is taken out. The card is powered on.
pub fn serve(card: &Mutex<VirtualCard>, address: SocketAddr, stop: &Stop) -> Result<End, Error> {
    serve_then(card, address, stop, || ())
}

/// The same; `inserted` is called once the card is in the reader.
pub fn serve_then(
    card: &Mutex<VirtualCard>,
    address: SocketAddr,
    stop: &Stop,
    inserted: impl FnOnce(),
) -> Result<End, Error> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    if !stop.watch(&stream)? {
        return Ok(End::Stopped);
    }
    lock(card).reset();
    inserted();
    let end = serve_messages(card, &mut stream);
    // `stop` may hold the connection open: without this a card that lost its power would stay in the reader, mute.
    let _ = stream.shutdown(Shutdown::Both);
    match end {
        _ if stop.is_stopped() => Ok(End::Stopped),
        Err(Error::Vpcd(error)) if is_closed(error.kind()) => Ok(End::Closed),
        end => end,
    }
}

fn is_closed(kind: io::ErrorKind) -> bool {
    matches!(
        kind,
        io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe
    )
}

fn serve_messages(card: &Mutex<VirtualCard>, stream: &mut TcpStream) -> Result<End, Error> {
    loop {
        let message = receive(stream)?;
        match message[..] {
            [] => {}
            [POWER_OFF | POWER_ON | RESET] => lock(card).reset(),
            [TELL_ATR] => {
                let atr = lock(card).atr().to_vec();
                send(stream, &atr)?;
            }
            [other] => return Err(Error::VpcdMessage(other)),
            _ => {
                let response = lock(card).transmit(&message);
                match response {
                    Response::Answer(answer) => send(stream, &answer)?,
                    Response::PowerLost => return Ok(End::PowerLost),
                }
            }
        }
    }
}

fn receive(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut length = [0; 2];
    platform::acknowledge_quickly(stream)?;
    stream.read_exact(&mut length)?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut message)?;
    Ok(message)
}

fn send(stream: &mut TcpStream, message: &[u8]) -> io::Result<()> {
    let length = u16::try_from(message.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    stream.write_all(&[&length.to_be_bytes(), message].concat())
}

/// A card or a connection stays usable when a thread that held it panicked.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
