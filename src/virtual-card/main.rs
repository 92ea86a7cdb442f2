//! `kartal-virtual-card`: a smart card in software, in a reader of vpcd.
//!
//! It prints a line when the card is in the reader, obeys commands on standard input (`pull`, `insert`, `count`,
//! `quit`), and tries again when the PC/SC daemon is not there yet or goes away. When standard input ends it
//! serves on. After a planned power cut the card is out of the reader until `insert`.
#![forbid(unsafe_code)]

mod seat;

use std::{
    fs::File,
    io::{self, BufRead as _, Write as _},
    net::{SocketAddr, ToSocketAddrs as _},
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use clap::Parser;
use seat::{Seat, lock, say};
use time::OffsetDateTime;
use virtual_card::{
    Cut, Error, Personality, VirtualCard,
    practice::{self, Practice},
    vpcd,
};

/// A smart card in software, in a reader of vpcd.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The port on which vpcd waits for the card.
    #[arg(long, default_value_t = vpcd::PORT)]
    port: u16,
    /// The machine on which vpcd runs.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Keeps the card's state in this file (PINs and keys in clear); an existing one is gone on with.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// A practice card: sha1, sha256, expiring, pin-blocked, dead, two-keys, empty or garbage.
    #[arg(long, value_name = "KIND", group = "kind")]
    practice: Option<Practice>,
    /// A card as it leaves the factory (the default).
    #[arg(long, group = "kind")]
    blank: bool,
    /// The AKİS look-alike.
    #[arg(long, group = "kind")]
    akis: bool,
    /// How long each command takes; a real card takes about 20 ms.
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 0)]
    delay_ms: u64,
    /// Loses power once: write:M:N (byte N of the M-th write), before:N, after:N, before:N:INS or after:N:INS
    /// (the N-th command, or the N-th with this instruction in hexadecimal).
    #[arg(long)]
    cut: Option<Cut>,
    /// Appends all commands and answers to this file, secrets left out.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do if standard error is gone, too.
            let _ = writeln!(io::stderr(), "kartal-virtual-card: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Error> {
    let address = address(arguments)?;
    let mut card = make_card(arguments)?;
    card.set_delay(Duration::from_millis(arguments.delay_ms));
    if let Some(cut) = arguments.cut {
        card.plan_cut(cut);
    }
    card.record(arguments.record.is_some());
    let card = Arc::new(Mutex::new(card));
    let Some(path) = &arguments.record else {
        obey(Seat::new(card, address));
        return Ok(());
    };
    let broken = |source| Error::RecordingFile {
        path: path.clone(),
        source: Arc::new(source),
    };
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(path)
        .map_err(broken)?;
    let (recorded, steady) = (Arc::clone(&card), file.try_clone().map_err(broken)?);
    thread::spawn(move || keep_record(&recorded, steady));
    obey(Seat::new(Arc::clone(&card), address));
    write_down(&card, &mut file).map_err(broken)
}

fn address(arguments: &Arguments) -> io::Result<SocketAddr> {
    let mut addresses = (arguments.host.as_str(), arguments.port).to_socket_addrs()?;
    addresses
        .next()
        .ok_or_else(|| io::ErrorKind::AddrNotAvailable.into())
}

fn make_card(arguments: &Arguments) -> Result<VirtualCard, Error> {
    let personality = if arguments.akis {
        Personality::Akis
    } else {
        Personality::MyEid
    };
    if let Some(path) = arguments.state.as_ref().filter(|path| path.exists()) {
        return VirtualCard::open(path, personality);
    }
    let now = OffsetDateTime::now_utc();
    let mut card = match arguments.practice {
        Some(kind) => practice::card(kind, now)?,
        None if arguments.akis => practice::akis_card(now)?,
        None => VirtualCard::blank(personality),
    };
    if let Some(path) = &arguments.state {
        card.keep_in(path)?;
    }
    Ok(card)
}

/// Obeys standard input until `quit`; when it ends, waits for as long as the card is in the reader.
fn obey(mut seat: Seat) {
    seat.insert();
    for line in io::stdin().lock().lines() {
        match line.as_deref().map(str::trim) {
            Ok("insert") => seat.insert(),
            Ok("pull") => seat.pull(),
            Ok("count") => say(&format!("count {}", lock(seat.card()).apdu_count())),
            Ok("quit") => return seat.pull(),
            Ok("") => {}
            Ok(_) => say("commands: pull, insert, count, quit"),
            Err(_) => break,
        }
    }
    seat.wait();
}

/// Writes down what passes, fifty times a second.
fn keep_record(card: &Mutex<VirtualCard>, mut file: File) {
    loop {
        thread::sleep(Duration::from_millis(20));
        if let Err(error) = write_down(card, &mut file) {
            return say(&format!("recording ended: {error}"));
        }
    }
}

fn write_down(card: &Mutex<VirtualCard>, file: &mut File) -> io::Result<()> {
    let exchanges = lock(card).take_recording();
    exchanges
        .iter()
        .try_for_each(|exchange| writeln!(file, "{exchange}"))
}
