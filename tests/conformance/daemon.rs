//! The suite behind a smart card service of its own, in a process of its own.

use std::{
    env, fs,
    net::{Ipv4Addr, SocketAddr},
    process::Command,
    sync::{Arc, Mutex},
    thread::{self, JoinHandle},
    time::Duration,
};

use card::{Hub, Pcsc};
use stack::{Service, finish_within, opensc_module};
use token::Choice;
use virtual_card::{
    VirtualCard,
    vpcd::{self, End, Stop},
};

use crate::{
    bench::{Bench, Place, Ways},
    cases,
};

/// Says to the process that is started again where its reader is: the port, and the reader's name.
const PORT: &str = "KARTAL_CONFORMANCE_PORT";
const READER: &str = "KARTAL_CONFORMANCE_READER";

#[test]
fn driverless_over_pcscd() {
    in_service("daemon::driverless_over_pcscd", None, |place| {
        cases::run(&Bench::new(place, Choice::Driverless, Ways::DRIVERLESS));
    });
}

/// By default a module of `OpenSC` does not unblock.
#[test]
fn opensc_by_default() {
    opensc("daemon::opensc_by_default", None, false, true);
}

#[test]
fn opensc_set_pin_in_unlogged_session() {
    let style = "set_pin_in_unlogged_session";
    opensc(
        "daemon::opensc_set_pin_in_unlogged_session",
        Some(style),
        true,
        true,
    );
}

/// The card has a PIN of a security officer, which `C_Login` would try: the PUK is not sent.
#[test]
fn opensc_init_pin_in_so_session() {
    let style = "init_pin_in_so_session";
    opensc("daemon::opensc_init_pin_in_so_session", Some(style), false, true);
}

/// The first way of the table is answered with a blocked PIN. That ends it: the PUK is not sent a second time.
#[test]
fn opensc_init_pin_in_so_session_without_an_officer() {
    let style = "init_pin_in_so_session";
    let name = "daemon::opensc_init_pin_in_so_session_without_an_officer";
    opensc(name, Some(style), false, false);
}

/// A login for one operation only: a way that no table names.
#[test]
fn opensc_set_pin_in_specific_context() {
    let style = "set_pin_in_specific_context";
    opensc(
        "daemon::opensc_set_pin_in_specific_context",
        Some(style),
        false,
        true,
    );
}

fn opensc(name: &str, style: Option<&str>, puk: bool, officer: bool) {
    let line = style.map_or_else(String::new, |style| format!("user_pin_unblock_style = {style};"));
    let configuration =
        format!("app default {{ debug = 0; }}\napp opensc-pkcs11 {{ pkcs11 {{ {line} }} }}\n");
    in_service(name, Some(&configuration), |place| {
        let choice = Choice::Module(opensc_module().unwrap());
        cases::run(&Bench::new(place, choice, Ways { puk, officer }));
    });
}

/// Runs `work` in a process that knows a service of its own; `name` is the test's.
fn in_service(name: &str, opensc: Option<&str>, work: impl FnOnce(Behind)) {
    if let (Ok(port), Ok(reader)) = (env::var(PORT), env::var(READER)) {
        return work(Behind::new(port.parse().unwrap(), reader));
    }
    let service = Service::start().unwrap();
    let reader = service.reader(0).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .env(PORT, reader.port.to_string())
        .env(READER, &reader.name)
        .env("HOME", folder.path())
        .env_remove("XDG_CACHE_HOME");
    if let Some(opensc) = opensc {
        let file = folder.path().join("opensc.conf");
        fs::write(&file, opensc).unwrap();
        command.env("OPENSC_CONF", file);
    }
    let finished = finish_within(service.hand_to(&mut command), Duration::from_secs(400)).unwrap();
    assert!(
        finished.code() == 0 && finished.text().contains("1 passed"),
        "{}\n{}\n{}",
        finished.text(),
        finished.complaints(),
        service.log()
    );
}

/// A reader behind the service.
struct Behind {
    address: SocketAddr,
    reader: String,
    serving: Mutex<Option<(Stop, JoinHandle<()>)>>,
}

impl Behind {
    fn new(port: u16, reader: String) -> Self {
        Self {
            address: (Ipv4Addr::LOCALHOST, port).into(),
            reader,
            serving: Mutex::new(None),
        }
    }
}

impl Place for Behind {
    fn hub(&self) -> Arc<dyn Hub> {
        Arc::new(Pcsc::new())
    }

    fn reader(&self) -> &str {
        &self.reader
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
    }

    fn pull(&self) {
        if let Some((stop, thread)) = self.serving.lock().unwrap().take() {
            stop.stop();
            thread.join().unwrap();
        }
    }
}
