//! The real window meets the certificate service: somebody logs in by keyboard, and the certificate on a card in a real
//! reader is replaced.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use serde_json::Value;
use stack::{CardArguments, InsertedCard, Key, Program, Reader, Running, Service, wait_until};
use tempfile::TempDir;

use crate::cli::{Cli, card_in, certificates};
use crate::secrets::assert_forgotten;
use stack::desk::{BAD, Desk, GOOD, INFORMATION, PATIENCE, WARNING};

/// A practice person, as the practice service knows her.
struct Person {
    name: &'static str,
    number: &'static str,
    word: &'static str,
}

/// Her card has a SHA-1 certificate.
const AYSE: Person = Person {
    name: "Ayşe Işıl Gökçeoğlu",
    number: "10000000146",
    word: "çınar ağacı",
};
/// Her PIN is blocked.
const GULSEN: Person = Person {
    name: "Gülşen İnci Ünlüer",
    number: "10000000450",
    word: "şeftali çiçeği",
};
const PIN: &str = "123456";

/// A card in a reader, in front of its window, with a service of its own.
struct Seat {
    portal: Portal,
    relay: Relay,
    service: Service,
    desk: Desk,
    card: InsertedCard,
}

impl Seat {
    fn start(card: &CardArguments) -> Self {
        let portal = Portal::start().unwrap();
        let relay = Relay::start(&portal.address).unwrap();
        let service = Service::start().unwrap();
        let card = InsertedCard::insert(&service, service.reader(0).unwrap(), card).unwrap();
        let desk = Desk::trusting_practice(&service, &["--service", &relay.address]).unwrap();
        desk.wait_for("the card is read", BAD).unwrap();
        Self {
            portal,
            relay,
            service,
            desk,
            card,
        }
    }
}

/// The button of the banner, after the PIN, reading again, and the number.
const LOAD: usize = 4;

#[test]
fn a_certificate_is_replaced_in_the_window_by_keyboard_alone() {
    let Seat {
        portal,
        relay,
        service,
        mut desk,
        card: _card,
    } = Seat::start(&CardArguments::practice("sha1"));
    begin(&desk, &portal, &relay);
    desk.fill(&[PIN]).unwrap();
    desk.wait_for("the new certificate is on the card", GOOD).unwrap();
    desk.kartal.ensure_alive().unwrap();
    assert_replaced(&service, service.reader(0).unwrap());
}

/// The same with the mouse wherever there is a button.
#[test]
fn a_certificate_is_replaced_in_the_window_by_mouse() {
    let Seat {
        portal,
        relay,
        service,
        mut desk,
        card: _card,
    } = Seat::start(&CardArguments::practice("sha1"));
    let type_in = |text: &str| {
        desk.display.keyboard().unwrap().type_text(text).unwrap();
        desk.display.wait_until_still(PATIENCE).unwrap();
    };
    desk.click_main_button().unwrap();
    let answer = relay.captcha(&portal).unwrap();
    desk.fill(&[AYSE.number, &answer]).unwrap();
    type_in(AYSE.word);
    desk.click_main_button().unwrap();
    let before = portal.messages().unwrap().len();
    desk.click_main_button().unwrap();
    let code = portal.sms_code(before).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    type_in(&code);
    // The code, which card, and that it is agreed to.
    for _ in 0..3 {
        desk.click_main_button().unwrap();
    }
    type_in(PIN);
    desk.click_main_button().unwrap();
    desk.wait_for("the new certificate is on the card", GOOD).unwrap();
    desk.kartal.ensure_alive().unwrap();
    assert_replaced(&service, service.reader(0).unwrap());
}

/// The third writing to the card is where it loses its power: the new certificate is half on it.
fn that_loses_power() -> CardArguments {
    CardArguments::new(&["--practice", "sha1", "--cut", "before:3:D6"])
}

#[test]
fn a_card_that_is_pulled_while_it_is_written_is_put_back_and_finished() {
    let Seat {
        portal,
        relay,
        service,
        desk,
        mut card,
    } = Seat::start(&that_loses_power());
    begin(&desk, &portal, &relay);
    desk.fill(&[PIN]).unwrap();
    desk.wait_for("it is told that nothing is lost", WARNING).unwrap();

    card.put_back(&service).unwrap();
    finish(&desk, "it can go on");
    assert_replaced(&service, service.reader(0).unwrap());
}

#[test]
fn a_window_that_is_killed_while_the_card_is_written_finishes_when_it_is_opened_again() {
    let Seat {
        portal,
        relay,
        service,
        mut desk,
        mut card,
    } = Seat::start(&that_loses_power());
    begin(&desk, &portal, &relay);
    desk.fill(&[PIN]).unwrap();
    desk.wait_for("it is told that nothing is lost", WARNING).unwrap();
    desk.kartal.signal("KILL").unwrap();

    let arguments = ["--service", &relay.address];
    let desk = Desk::at_home(desk.into_home(), &service, &arguments).unwrap();
    card.put_back(&service).unwrap();
    desk.wait_for("what was cut short is offered", WARNING).unwrap();
    desk.enter(LOAD).unwrap();
    log_in(&desk, &portal, &relay, &AYSE);
    finish(&desk, "it can go on");
    assert_replaced(&service, service.reader(0).unwrap());
}

/// From the card's page over the login to the PIN: which card, and that it is agreed to.
fn begin(desk: &Desk, portal: &Portal, relay: &Relay) {
    desk.enter(LOAD).unwrap();
    log_in(desk, portal, relay, &AYSE);
    for _ in 0..2 {
        desk.press(Key::Enter).unwrap();
        desk.display.wait_until_still(PATIENCE).unwrap();
    }
}

/// Goes on where it was cut short: the button that says so has the focus.
fn finish(desk: &Desk, what: &str) {
    desk.wait_for(what, INFORMATION).unwrap();
    desk.press(Key::Enter).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.fill(&[PIN]).unwrap();
    desk.wait_for("the new certificate is on the card", GOOD).unwrap();
}

/// Another program finds one certificate, the new one, and its key.
fn assert_replaced(service: &Service, reader: &Reader) {
    let (answer, code) = Cli::of_a_newcomer()
        .unwrap()
        .cards(service, &["--driverless"])
        .unwrap();
    let card = card_in(&answer, reader).unwrap();
    let [only] = &certificates(card).unwrap()[..] else {
        panic!("not one certificate: {card:#}")
    };
    assert_eq!((&only["hash"], code), (&"SHA-256".into(), 0), "{card:#}");
    assert_eq!(only["hasPrivateKey"], true);
}

/// What the PIN is to be after it was unlocked.
const NEW: &str = "739152";

/// A card with a blocked PIN in front of its window, which asks who it is, to unlock it.
fn unlocking() -> Seat {
    let seat = Seat::start(&CardArguments::practice("pin-blocked"));
    // The card's PIN, the way out of the block, the service's way.
    for place in [1, 2, 2] {
        seat.desk.enter(place).unwrap();
    }
    seat
}

#[test]
fn a_blocked_pin_is_unlocked_in_the_window_through_the_service() {
    let mut unlocking = unlocking();
    let Seat {
        portal,
        relay,
        service,
        desk,
        ..
    } = &mut unlocking;
    log_in(desk, portal, relay, &GULSEN);
    desk.fill(&[NEW, NEW]).unwrap();
    desk.wait_for("the PIN is unlocked", GOOD).unwrap();
    desk.kartal.ensure_alive().unwrap();

    let (answer, code) = Cli::of_a_newcomer()
        .unwrap()
        .cards(service, &["--driverless"])
        .unwrap();
    let card = card_in(&answer, service.reader(0).unwrap()).unwrap();
    assert_eq!((&card["pin"]["triesLeft"], code), (&3.into(), 0), "{card:#}");
}

#[test]
fn who_is_not_the_cards_holder_is_told_before_a_new_pin_is_asked_for() {
    let Seat {
        portal, relay, desk, ..
    } = &unlocking();
    log_in(desk, portal, relay, &AYSE);
    desk.wait_for("it is not her card", WARNING).unwrap();
    // Whoever is logged in has a place in the rail, to log out; then the way back, and the holder's login.
    desk.enter(1 + 2).unwrap();
    log_in(desk, portal, relay, &GULSEN);
    desk.fill(&[NEW, NEW]).unwrap();
    desk.wait_for("the PIN is unlocked", GOOD).unwrap();
}

/// From the number to the code by SMS; on the page whose first field has the focus. Afterwards neither the word nor the
/// code is in the window's memory.
fn log_in(desk: &Desk, portal: &Portal, relay: &Relay, person: &Person) {
    let answer = relay.captcha(portal).unwrap();
    desk.fill(&[person.number, &answer, person.word]).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    let before = portal.messages().unwrap().len();
    desk.press(Key::Enter).unwrap();
    let code = portal.sms_code(before).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.fill(&[&code]).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    let secrets = [("security word", person.word), ("SMS code", &code)];
    assert_forgotten(&desk.kartal, "after the login", person.name, &secrets);
}

/// The practice service.
struct Portal {
    address: String,
    _process: Running,
    _folder: TempDir,
}

impl Portal {
    fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let told = folder.path().join("address");
        let mut command = Program::Portal.command()?;
        command
            .args(["--practice", "--log", "warn", "--spool"])
            .arg(folder.path())
            .args(["serve", "--listen", "127.0.0.1:0", "--address-file"])
            .arg(&told);
        let mut process = Running::start(&mut command)?;
        let mut address = String::new();
        wait_until("the practice service listens", PATIENCE, || {
            process.ensure_alive()?;
            address = fs::read_to_string(&told).unwrap_or_default();
            Ok(address.ends_with('\n'))
        })?;
        Ok(Self {
            address: address.trim().to_owned(),
            _process: process,
            _folder: folder,
        })
    }

    /// The messages that went out, the last one first.
    fn messages(&self) -> Result<Vec<Value>> {
        let inbox = self.get("/practice/inbox.json")?;
        Ok(inbox["messages"].as_array().cloned().unwrap_or_default())
    }

    /// The code of the SMS that comes after so many messages.
    fn sms_code(&self, before: usize) -> Result<String> {
        let mut code = None;
        wait_until("an SMS has come", PATIENCE, || {
            let messages = self.messages()?;
            if messages.len() > before {
                code = messages.first().and_then(|last| six_digits(&last.to_string()));
            }
            Ok(code.is_some())
        })?;
        code.context("no code")
    }

    fn get(&self, path: &str) -> Result<Value> {
        let host = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host)?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").context("no body")?;
        serde_json::from_str(body).with_context(|| format!("no JSON: {answer}"))
    }
}

/// The first number of exactly six digits.
fn six_digits(text: &str) -> Option<String> {
    text.split(|character: char| !character.is_ascii_digit())
        .find(|word| word.len() == 6)
        .map(str::to_owned)
}

/// Stands between the window and the service, and remembers which picture the window was given: nobody reads it from
/// the screen here, so the answer is asked of the practice service.
struct Relay {
    address: String,
    challenge: Arc<Mutex<Option<String>>>,
}

impl Relay {
    fn start(portal: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = format!("http://{}", listener.local_addr()?);
        let challenge = Arc::new(Mutex::new(None));
        let (seen, host) = (
            Arc::clone(&challenge),
            portal.trim_start_matches("http://").to_owned(),
        );
        thread::spawn(move || {
            for window in listener.incoming().flatten() {
                let Ok(service) = TcpStream::connect(&host) else {
                    continue;
                };
                let (Ok(from_window), Ok(to_service)) = (window.try_clone(), service.try_clone()) else {
                    continue;
                };
                thread::spawn(move || carry(from_window, to_service, None));
                let seen = Arc::clone(&seen);
                thread::spawn(move || carry(service, window, Some(&seen)));
            }
        });
        Ok(Self { address, challenge })
    }

    /// The answer to the last picture that the window was given since this was asked.
    fn captcha(&self, portal: &Portal) -> Result<String> {
        let mut id = None;
        wait_until("a picture has come", Duration::from_secs(20), || {
            id = self.challenge.lock().ok().and_then(|mut seen| seen.take());
            Ok(id.is_some())
        })?;
        let answer = portal.get(&format!("/practice/challenges/{}", id.unwrap_or_default()))?;
        let answer = answer["answer"].as_str().context("no answer")?;
        Ok(answer.to_ascii_lowercase())
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, seen: Option<&Mutex<Option<String>>>) {
    let mut text = String::new();
    let mut bytes = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
        if let Some(seen) = seen {
            text.push_str(&String::from_utf8_lossy(&bytes[..count]));
            let id = text
                .rsplit_once("\"challengeId\":\"")
                .and_then(|(_, rest)| rest.split_once('"'));
            if let Some((id, _)) = id {
                *seen.lock().unwrap() = Some(id.to_owned());
            }
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
