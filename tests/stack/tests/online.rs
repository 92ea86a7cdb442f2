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
use stack::{CardArguments, InsertedCard, Key, Program, Running, Service, wait_until};
use tempfile::TempDir;

use crate::cli::{Cli, card_in, certificates};
use crate::desk::{BAD, Desk, GOOD, PATIENCE};

/// The practice person whose card has a SHA-1 certificate, as the practice service knows her.
const NUMBER: &str = "10000000146";
const WORD: &str = "çınar ağacı";
const PIN: &str = "123456";

/// The button of the banner, after the PIN, reading again, and the number.
const LOAD: usize = 4;

#[test]
fn a_certificate_is_replaced_in_the_window_by_keyboard_alone() {
    let portal = Portal::start().unwrap();
    let relay = Relay::start(&portal.address).unwrap();
    let service = Service::start().unwrap();
    let reader = service.reader(0).unwrap().clone();
    let _card = InsertedCard::insert(&service, &reader, &CardArguments::practice("sha1")).unwrap();
    let mut desk = Desk::trusting_practice(&service, &["--service", &relay.address]).unwrap();
    desk.wait_for("the card is read", BAD).unwrap();

    desk.enter(LOAD).unwrap();
    let answer = relay.captcha(&portal).unwrap();
    desk.fill(&[NUMBER, &answer, WORD]).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.press(Key::Enter).unwrap();
    let code = portal.sms_code().unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.fill(&[&code]).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    // Which card, and that it is agreed to.
    for _ in 0..2 {
        desk.press(Key::Enter).unwrap();
        desk.display.wait_until_still(PATIENCE).unwrap();
    }
    desk.fill(&[PIN]).unwrap();
    desk.wait_for("the new certificate is on the card", GOOD).unwrap();
    desk.kartal.ensure_alive().unwrap();

    let (answer, code) = Cli::of_a_newcomer()
        .unwrap()
        .cards(&service, &["--driverless"])
        .unwrap();
    let card = card_in(&answer, &reader).unwrap();
    let [only] = &certificates(card).unwrap()[..] else {
        panic!("not one certificate: {card:#}")
    };
    assert_eq!((&only["hash"], code), (&"SHA-256".into(), 0), "{card:#}");
    assert_eq!(only["hasPrivateKey"], true);
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

    /// The code of the last SMS.
    fn sms_code(&self) -> Result<String> {
        let mut code = None;
        wait_until("an SMS has come", PATIENCE, || {
            let inbox = self.get("/practice/inbox.json")?;
            let messages = inbox["messages"].as_array().cloned().unwrap_or_default();
            let texts = messages.iter().map(Value::to_string);
            code = texts.filter_map(|text| six_digits(&text)).next();
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

    /// The answer to the last picture that the window was given.
    fn captcha(&self, portal: &Portal) -> Result<String> {
        let mut id = None;
        wait_until("a picture has come", Duration::from_secs(20), || {
            id = self.challenge.lock().ok().and_then(|seen| seen.clone());
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
