//! The card's place in the reader.

use std::{
    io::{self, Write as _},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use virtual_card::{
    VirtualCard,
    vpcd::{self, End, Stop},
};

/// How long to wait before another try to reach vpcd.
const PAUSE: Duration = Duration::from_millis(200);

/// A card, and the thread that serves it while it is in the reader.
pub(crate) struct Seat {
    card: Arc<Mutex<VirtualCard>>,
    address: SocketAddr,
    serving: Option<(Stop, JoinHandle<()>)>,
}

impl Seat {
    pub(crate) fn new(card: Arc<Mutex<VirtualCard>>, address: SocketAddr) -> Self {
        Self {
            card,
            address,
            serving: None,
        }
    }

    pub(crate) fn card(&self) -> &Mutex<VirtualCard> {
        &self.card
    }

    /// Puts the card into the reader, now or as soon as there is one.
    pub(crate) fn insert(&mut self) {
        if self
            .serving
            .as_ref()
            .is_some_and(|(_, thread)| !thread.is_finished())
        {
            return;
        }
        let stop = Stop::default();
        let (card, address, seen) = (Arc::clone(&self.card), self.address, stop.clone());
        let thread = thread::spawn(move || stay(&card, address, &seen));
        self.serving = Some((stop, thread));
    }

    /// Takes the card out of the reader.
    pub(crate) fn pull(&mut self) {
        if let Some((stop, thread)) = self.serving.take() {
            stop.stop();
            finish(thread);
        }
    }

    /// Waits until the card is out of the reader.
    pub(crate) fn wait(mut self) {
        if let Some((_, thread)) = self.serving.take() {
            finish(thread);
        }
    }
}

fn finish(thread: JoinHandle<()>) {
    if thread.join().is_err() {
        say("the card's thread ended in a fault");
    }
}

/// Serves, and tries again while vpcd is away, until the card is pulled or loses its power.
fn stay(card: &Mutex<VirtualCard>, address: SocketAddr, stop: &Stop) {
    let mut told = false;
    while !stop.is_stopped() {
        let atr = hex(lock(card).atr());
        let inserted = || say(&format!("ready: ATR {atr} in the reader at {address}"));
        match vpcd::serve_then(card, address, stop, inserted) {
            Ok(End::Stopped) => return say("pulled"),
            Ok(End::PowerLost) => return say("power lost: the card is out until `insert`"),
            Ok(End::Closed) => say("vpcd closed the connection; trying again"),
            Err(error) if !told => say(&format!("waiting for vpcd at {address}: {error}")),
            Err(_) => {}
        }
        told = true;
        thread::sleep(PAUSE);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02X}"))
}

/// One line on standard output, at once.
pub(crate) fn say(line: &str) {
    // Who does not listen any more misses nothing that the card needs.
    let _ = writeln!(io::stdout().lock(), "{line}");
}

/// The card stays usable when a thread that held it ended in a fault.
pub(crate) fn lock(card: &Mutex<VirtualCard>) -> MutexGuard<'_, VirtualCard> {
    card.lock().unwrap_or_else(PoisonError::into_inner)
}
