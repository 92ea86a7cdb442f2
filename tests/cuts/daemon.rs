//! The same through `OpenSC`'s module, behind a smart card service of its own, in a process of its own.

use std::{
    env, fs,
    net::{Ipv4Addr, SocketAddr},
    process::Command,
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use card::{Hub as _, Pcsc, ReaderState};
use journeys::replace::Outcome;
use stack::{Service as Daemon, finish_within, opensc_module};
use token::Choice;
use virtual_card::{
    Cut, VirtualCard,
    vpcd::{self, End, Stop},
};

use crate::{
    Count, all,
    desk::{Desk, fresh},
    service::Service,
    survives,
};

const PORT: &str = "KARTAL_CUTS_PORT";
const READER: &str = "KARTAL_CUTS_READER";
/// Of so many commands, a sample takes one.
const SAMPLED: u64 = 17;

#[test]
fn opensc() {
    if let (Ok(port), Ok(reader)) = (env::var(PORT), env::var(READER)) {
        return cut(port.parse().unwrap(), &reader);
    }
    let daemon = Daemon::start().unwrap();
    let reader = daemon.reader(0).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let configuration = folder.path().join("opensc.conf");
    fs::write(&configuration, "app default { debug = 0; }\n").unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["daemon::opensc", "--exact", "--nocapture", "--test-threads=1"])
        .env(PORT, reader.port.to_string())
        .env(READER, &reader.name)
        .env("HOME", folder.path())
        .env("OPENSC_CONF", configuration)
        .env_remove("XDG_CACHE_HOME");
    let limit = Duration::from_secs(if all() { 3_600 } else { 280 });
    let finished = finish_within(daemon.hand_to(&mut command), limit).unwrap();
    println!("{}", finished.text());
    assert!(
        finished.code() == 0 && finished.text().contains("1 passed"),
        "{}\n{}",
        finished.complaints(),
        daemon.log()
    );
}

fn cut(port: u16, reader: &str) {
    let started = Instant::now();
    let service = Service::start();
    let place = Arc::new(Behind::new(port, reader));
    let rehearsal = place.desk(&service);
    let plan = rehearsal.plan();
    rehearsal.card.lock().unwrap().reset_apdu_count();
    assert_eq!(rehearsal.run(&plan), Outcome::Done { told: true });
    let commands = rehearsal.card.lock().unwrap().apdu_count();
    println!("a replacement through the module: {commands} commands");
    rehearsal.is_done(&plan).unwrap();
    drop(rehearsal);
    let mut count = Count::default();
    for number in 1..=commands {
        for before in [true, false] {
            if !all() && number % SAMPLED != u64::from(before) {
                continue;
            }
            let desk = place.desk(&service);
            let instruction = None;
            desk.card.lock().unwrap().plan_cut(if before {
                Cut::BeforeCommand { number, instruction }
            } else {
                Cut::AfterCommand { number, instruction }
            });
            count.cuts += 1;
            if let Err(why) = survives(&desk, &plan) {
                println!("lost at command {number} (before it: {before}): {why}");
                count.lost += 1;
            }
        }
    }
    count.tell("opensc", started);
}

/// A reader behind the service.
struct Behind {
    address: SocketAddr,
    reader: String,
    serving: Mutex<Option<(Stop, JoinHandle<()>)>>,
}

impl Behind {
    fn new(port: u16, reader: &str) -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, port).into(),
            reader: reader.into(),
            serving: Mutex::new(None),
        }
    }

    /// A fresh card in the reader.
    fn desk(self: &Arc<Self>, service: &Service) -> Desk {
        let card = fresh();
        self.pull();
        self.insert(&card);
        let (place, back) = (Arc::clone(self), Arc::clone(&card));
        let put_back = move || {
            place.pull();
            place.insert(&back);
        };
        let choice = Choice::Module(opensc_module().unwrap());
        let hub = Arc::new(Pcsc::new());
        Desk::new(service, card, hub, &self.reader, choice, Box::new(put_back))
    }

    fn insert(&self, card: &Arc<Mutex<VirtualCard>>) {
        let (card, address, stop) = (Arc::clone(card), self.address, Stop::default());
        let seen = stop.clone();
        // The driver may still be busy with the card before, and close the connection to the next.
        let thread = thread::spawn(move || {
            while !seen.is_stopped() {
                match vpcd::serve(&card, address, &seen) {
                    Ok(End::Stopped | End::PowerLost) => return,
                    Ok(End::Closed) | Err(_) => thread::sleep(Duration::from_millis(100)),
                }
            }
        });
        *self.serving.lock().unwrap() = Some((stop, thread));
        self.wait_until("the card is in", |state| {
            matches!(state, ReaderState::Card { .. })
        });
    }

    fn pull(&self) {
        if let Some((stop, thread)) = self.serving.lock().unwrap().take() {
            stop.stop();
            thread.join().unwrap();
        }
        self.wait_until("the card is out", |state| matches!(state, ReaderState::Empty));
    }

    fn wait_until(&self, what: &str, wanted: impl Fn(&ReaderState) -> bool) {
        let patience = Instant::now();
        let hub = Pcsc::new();
        loop {
            let snapshot = hub.snapshot();
            let reader = snapshot.readers.iter().find(|reader| reader.name == self.reader);
            if reader.is_some_and(|reader| wanted(&reader.state)) {
                return;
            }
            assert!(
                patience.elapsed() < Duration::from_secs(20),
                "{what}: {snapshot:?}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}
