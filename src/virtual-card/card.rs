//! The card as its reader sees it: commands in, answers out.

use std::{
    fmt, mem,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use rand_core::{OsRng, RngCore as _};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    Cut, Error, Exchange, Write, akis,
    apdu::{Command, Halt, Outcome, Status},
    memory::{AdminKey, Memory},
    myeid, pins,
    session::{Chain, Session},
    store::Store,
};

/// The longest data field that a chain of commands may add up to, in bytes.
const MAX_CHAIN: usize = 8 * 1024;

/// Which card the virtual one behaves like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Personality {
    /// `MyEID` 4.5: complete, read and written by `OpenSC` and by ourselves.
    MyEid,
    /// AKİS 1.0: for recognition, reading and signing only.
    Akis,
}

/// What comes back from the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// Data and status word, 2 bytes at least.
    Answer(Vec<u8>),
    /// A planned cut struck: there is no answer, and none to any command until [`VirtualCard::reset`].
    PowerLost,
}

/// A smart card in software.
pub struct VirtualCard {
    store: Store,
    session: Session,
    powered: bool,
    /// A planned cut at a command, and how many matching commands are left until it strikes.
    cut: Option<(Cut, u64)>,
    apdus: u64,
    delay: Duration,
    recording: Option<Vec<Exchange>>,
}

impl VirtualCard {
    /// A card as it leaves the factory: no files of an owner, no PINs, no access rules in force; with a random
    /// serial number.
    pub fn blank(personality: Personality) -> Self {
        Self::from_store(Store::new(blank_memory(personality)))
    }

    /// The card whose state is kept in the file at `path`; a blank one if there is no such file. Each change is
    /// committed to the file before the card answers. The file holds PINs and private keys in clear.
    pub fn open(path: &Path, personality: Personality) -> Result<Self, Error> {
        let store = Store::open(path, || blank_memory(personality))?;
        if store.memory().personality == personality {
            Ok(Self::from_store(store))
        } else {
            Err(Error::OtherPersonality {
                path: path.to_path_buf(),
            })
        }
    }

    /// The same card with this serial number.
    #[must_use]
    pub fn with_serial(mut self, serial: [u8; 10]) -> Self {
        self.store.memory_mut().serial = serial;
        self
    }

    /// The same card with this much memory for files, in bytes; a full card answers `6A84`.
    #[must_use]
    pub fn with_capacity(mut self, bytes: usize) -> Self {
        self.store.memory_mut().capacity = bytes;
        self
    }

    /// The same card with an administration key (AES-128), by which its issuer can reset a blocked PIN:
    /// GET CHALLENGE `00 84 00 00 10`, EXTERNAL AUTHENTICATE `00 82 00 00 10` with the encrypted challenge,
    /// RESET RETRY COUNTER `00 2C 02 ref` with the new PIN. One authentication allows one reset.
    #[must_use]
    pub fn with_admin_key(mut self, key: [u8; 16]) -> Self {
        self.store.memory_mut().admin = Some(AdminKey {
            key: key[..].into(),
            tries: pins::ADMIN_TRIES,
        });
        self
    }

    /// From now on keeps the state in the file at `path`, which is created or replaced.
    pub fn keep_in(&mut self, path: &Path) -> Result<(), Error> {
        self.store.keep_in(path)
    }

    pub(crate) fn from_memory(memory: Memory) -> Self {
        Self::from_store(Store::new(memory))
    }

    fn from_store(store: Store) -> Self {
        Self {
            store,
            session: Session::default(),
            powered: true,
            cut: None,
            apdus: 0,
            delay: Duration::ZERO,
            recording: None,
        }
    }

    /// Which card this one behaves like.
    pub fn personality(&self) -> Personality {
        self.store.memory().personality
    }

    /// The serial number.
    pub fn serial(&self) -> [u8; 10] {
        self.store.memory().serial
    }

    /// The answer to reset.
    pub fn atr(&self) -> &[u8] {
        match self.personality() {
            Personality::MyEid => &myeid::ATR,
            Personality::Akis => &akis::ATR,
        }
    }

    /// Power on or warm reset: selection, verified PINs and everything else volatile is forgotten.
    pub fn reset(&mut self) {
        self.session = Session::default();
        self.powered = true;
    }

    /// Carries out one command APDU.
    pub fn transmit(&mut self, command: &[u8]) -> Response {
        if !self.powered {
            return Response::PowerLost;
        }
        if !self.delay.is_zero() {
            thread::sleep(self.delay);
        }
        self.apdus = self.apdus.saturating_add(1);
        let started = Instant::now();
        let response = self.powered_exchange(command);
        if let Some(recording) = &mut self.recording {
            let answer = match &response {
                Response::Answer(answer) => Some(&answer[..]),
                Response::PowerLost => None,
            };
            recording.push(Exchange::new(command, answer, started.elapsed()));
        }
        response
    }

    /// Plans one loss of power; a cut planned before is forgotten.
    pub fn plan_cut(&mut self, cut: Cut) {
        self.cancel_cut();
        match cut {
            Cut::InWrite { write, byte } => self.store.cut = Some((write, byte)),
            Cut::BeforeCommand { number, .. } | Cut::AfterCommand { number, .. } => {
                self.cut = Some((cut, number));
            }
        }
    }

    /// Forgets the planned cut.
    pub fn cancel_cut(&mut self) {
        self.cut = None;
        self.store.cut = None;
    }

    /// How many commands have come since the beginning or since [`Self::reset_apdu_count`].
    pub fn apdu_count(&self) -> u64 {
        self.apdus
    }

    /// Begins to count commands anew.
    pub fn reset_apdu_count(&mut self) {
        self.apdus = 0;
    }

    /// The writes to the memory since the beginning or since [`Self::forget_writes`], at most 65,536 of them.
    /// For each of them a test can plan [`Cut::InWrite`] at every byte.
    pub fn writes(&self) -> &[Write] {
        &self.store.writes
    }

    /// Begins the list of writes anew.
    pub fn forget_writes(&mut self) {
        self.store.writes.clear();
    }

    /// How many bytes have been written to the memory in all.
    pub fn written_bytes(&self) -> u64 {
        self.store.written_bytes
    }

    /// How long each command takes, beside the work itself; a real card and its reader take about 20 ms.
    pub fn set_delay(&mut self, per_apdu: Duration) {
        self.delay = per_apdu;
    }

    /// Begins or ends recording; what was recorded before is forgotten.
    pub fn record(&mut self, on: bool) {
        self.recording = on.then(Vec::new);
    }

    /// What was recorded since the last time, secrets left out.
    pub fn take_recording(&mut self) -> Vec<Exchange> {
        self.recording.as_mut().map(mem::take).unwrap_or_default()
    }

    /// The tries left for the PIN with this reference, if there is such a PIN.
    pub fn tries_left(&self, reference: u8) -> Option<u8> {
        Some(self.store.memory().pins.get(&reference)?.pin.tries)
    }

    /// The tries left for the PUK of the PIN with this reference.
    pub fn puk_tries_left(&self, reference: u8) -> Option<u8> {
        Some(self.store.memory().pins.get(&reference)?.puk.tries)
    }

    /// The tries left for the administration key, if there is one.
    pub fn admin_tries_left(&self) -> Option<u8> {
        Some(self.store.memory().admin.as_ref()?.tries)
    }

    /// The counter that grows with every change of a file or a key, and wraps after 65,535.
    pub fn change_counter(&self) -> u16 {
        self.store.memory().changes
    }

    #[cfg(test)]
    pub(crate) fn memory(&self) -> &Memory {
        self.store.memory()
    }

    fn powered_exchange(&mut self, command: &[u8]) -> Response {
        self.store.instruction = command.get(1).copied().unwrap_or(0);
        let cut = self.due_cut(self.store.instruction);
        if matches!(cut, Some(Cut::BeforeCommand { .. })) {
            return self.lose_power();
        }
        let outcome = self.exchange(command);
        if cut.is_some() {
            return self.lose_power();
        }
        match outcome {
            Ok((data, status)) => Response::Answer([&data[..], &status.0.to_be_bytes()].concat()),
            Err(Halt::Refused(status)) => Response::Answer(status.0.to_be_bytes().to_vec()),
            Err(Halt::PowerLost) => self.lose_power(),
        }
    }

    /// The planned cut, if it strikes at this command.
    fn due_cut(&mut self, actual: u8) -> Option<Cut> {
        let (cut, countdown) = self.cut?;
        let (Cut::BeforeCommand { instruction, .. } | Cut::AfterCommand { instruction, .. }) = cut else {
            return None;
        };
        if instruction.is_some_and(|wanted| wanted != actual) {
            return None;
        }
        self.cut = (countdown > 1).then_some((cut, countdown.saturating_sub(1)));
        (countdown <= 1).then_some(cut)
    }

    fn lose_power(&mut self) -> Response {
        self.session = Session::default();
        self.powered = false;
        Response::PowerLost
    }

    /// One command: GET RESPONSE, a link of a chain, or something to carry out.
    fn exchange(&mut self, bytes: &[u8]) -> Result<(Vec<u8>, Status), Halt> {
        let mut command = Command::parse(bytes)?;
        let room = command.expected.unwrap_or(256);
        if command.instruction == 0xC0 {
            return if self.session.waiting.is_empty() {
                Err(Status::CONDITIONS.into())
            } else {
                Ok(self.hand_out(room))
            };
        }
        self.session.waiting.clear();
        if self.collect(&mut command)? {
            return Ok((Vec::new(), Status::OK));
        }
        self.session.waiting = self.execute(&command)?;
        Ok(self.hand_out(room))
    }

    fn execute(&mut self, command: &Command) -> Outcome {
        match self.store.memory().personality {
            Personality::MyEid => myeid::execute(&mut self.store, &mut self.session, command),
            Personality::Akis => akis::execute(&mut self.store, &mut self.session, command),
        }
    }

    /// The next part of the answer, and whether more of it waits.
    fn hand_out(&mut self, room: usize) -> (Vec<u8>, Status) {
        let rest = self
            .session
            .waiting
            .split_off(room.min(self.session.waiting.len()));
        let part = mem::replace(&mut self.session.waiting, rest);
        let status = match self.session.waiting.len() {
            0 => Status::OK,
            waiting => Status::more(waiting),
        };
        (part, status)
    }

    /// Collects the links of a chain (ISO/IEC 7816-4, 5.3.3). `true`: more is to come. The last link gets the
    /// data of those before it.
    fn collect(&mut self, command: &mut Command) -> Result<bool, Status> {
        let header = [command.instruction, command.p1, command.p2];
        let begun = self.session.chain.take().filter(|chain| chain.header == header);
        let is_link = command.class & 0x90 == 0x10;
        if begun.is_none() && !is_link {
            return Ok(false);
        }
        let before = begun.map(|chain| chain.data).unwrap_or_default();
        let data = Zeroizing::new([&before[..], &command.data[..]].concat());
        if data.len() > MAX_CHAIN {
            return Err(Status::NO_CHAINING);
        }
        if is_link {
            self.session.chain = Some(Chain { header, data });
        } else {
            command.data = data;
        }
        Ok(is_link)
    }
}

/// Never shows a PIN, a key or a file's contents.
impl fmt::Debug for VirtualCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualCard")
            .field("personality", &self.personality())
            .field("powered", &self.powered)
            .field("apdus", &self.apdus)
            .finish_non_exhaustive()
    }
}

fn blank_memory(personality: Personality) -> Memory {
    let mut serial = [0; 10];
    // Where the system has no random numbers the serial number is of zeros: a nuisance, not a danger.
    let _ = OsRng.try_fill_bytes(&mut serial);
    match personality {
        Personality::MyEid => myeid::blank(serial),
        Personality::Akis => akis::blank(serial),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
