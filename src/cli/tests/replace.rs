use std::io::{BufRead as _, BufReader, Cursor, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Mutex, PoisonError};
use std::thread;

use certificate::Certificate;
use journeys::journal::Journal;
use serde_json::json;
use service::Sha256;
use virtual_card::practice::x509::{Order, PublicKey, Purpose};
use virtual_card::practice::{Authority, PIN};

use super::*;

/// A number with valid check digits, the answer, the word, the SMS code, the PIN.
const LINES: &str = "10000000146\ncevap\ngüvenlik sözcüğü\n654321\n";

/// A card that is due, a service that has its replacement, and a journal.
pub(super) struct Bench {
    shelf: Shelf,
    card: Arc<Mutex<VirtualCard>>,
    address: String,
    heard: Arc<Mutex<Vec<String>>>,
    folder: tempfile::TempDir,
    root: std::path::PathBuf,
    old: Vec<u8>,
    new: Vec<u8>,
}

impl Bench {
    pub(super) fn new() -> Self {
        Self::listing(false)
    }

    /// With a second replacement for the card, or not.
    fn listing(is_twice: bool) -> Self {
        let card = practice::card(Practice::Sha1, NOW).unwrap();
        let old = practice::certificates(Practice::Sha1, NOW).unwrap().remove(0);
        let new = replacement(&old);
        let shelf = Shelf::new();
        let atr = Atr::new(card.atr()).unwrap();
        let card = Arc::new(Mutex::new(card));
        let answering = Arc::clone(&card);
        shelf.insert("Okuyucu", atr, move |exchange| {
            let mut card = answering.lock().unwrap_or_else(PoisonError::into_inner);
            match exchange {
                Exchange::Reset => {
                    card.reset();
                    Some(Vec::new())
                }
                Exchange::Command(command) => match card.transmit(command) {
                    Response::Answer(answer) => Some(answer),
                    Response::PowerLost => None,
                },
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root.crt");
        std::fs::write(&root, practice::root_der()).unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let address = serve(&old, new.clone(), Arc::clone(&heard), is_twice);
        Self {
            shelf,
            card,
            address,
            heard,
            folder,
            root,
            old,
            new,
        }
    }

    /// `replace` with these options more and these lines on the standard input.
    pub(super) fn replace(&self, options: &[&str], lines: &str) -> Said {
        let root = self.root.to_str().unwrap();
        let all = [
            &["replace", "--service", "deneme", "--trust", root, "--stdin"],
            options,
        ]
        .concat();
        let profile = journeys::profiles::choose(&[], &self.address).unwrap();
        let name = service::ProfileName::parse("deneme").unwrap();
        let world = World {
            input: Box::new(Cursor::new(lines.as_bytes().to_vec())),
            journal: Some(Journal::new(self.folder.path().join("journal"))),
            profiles: vec![service::Profile { name, ..profile }],
            ..world(&self.shelf)
        };
        said(world, &all)
    }

    fn on_card(&self) -> Vec<Vec<u8>> {
        let said = said(world(&self.shelf), &["cards", "--json"]);
        let card = &said.json()["readers"][0]["card"];
        let hashes = card["certificates"].as_array().unwrap().iter();
        let wanted = [&self.old, &self.new];
        hashes
            .map(|one| {
                let sha256 = one["sha256"].as_str().unwrap().to_lowercase();
                let known = wanted.iter().find(|der| Sha256::of(der).to_string() == sha256);
                (*known.unwrap()).clone()
            })
            .collect()
    }
}

fn replacement(old: &[u8]) -> Vec<u8> {
    let old = Certificate::read(old).unwrap();
    let policy = practice::policy("http://kartal.invalid");
    let key = PublicKey::from_info(&old.public_key.as_ref().unwrap().spki).unwrap();
    let order = Order {
        serial: &[0x4C, 0x07],
        subject: old.subject.as_ref().unwrap().der(),
        key: &key,
        not_before: NOW - time::Duration::days(1),
        not_after: old.not_after.unwrap(),
        purpose: Purpose::Qualified(&policy),
        addresses: None,
    };
    Authority::Version2.issuer().unwrap().issue(&order).unwrap()
}

/// A service that lets everybody in and has one replacement.
fn serve(old: &[u8], new: Vec<u8>, heard: Arc<Mutex<Vec<String>>>, is_twice: bool) -> String {
    let old = Certificate::read(old).unwrap();
    let key = Sha256::of(&old.public_key.unwrap().spki).to_string();
    // Two for one card, as it is with two keys.
    let one = |id: &str| {
        json!({
            "id": id, "replaces": "AA.BB", "spkiSha256": key, "subject": "CN", "notBefore": "2026-11-19T09:00:00Z",
            "notAfter": "2028-11-19T23:59:59Z", "signatureAlgorithm": "sha256WithRSAEncryption", "state": "pending",
        })
    };
    let listed =
        json!({ "replacements": if is_twice { vec![one("r-1"), one("r-2")] } else { vec![one("r-1")] } });
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut lines = String::new();
            while !lines.ends_with("\r\n\r\n") && reader.read_line(&mut lines).unwrap() > 0 {}
            let length = lines
                .to_lowercase()
                .split("content-length: ")
                .nth(1)
                .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let line = lines.split(" HTTP").next().unwrap().to_owned();
            let answer = match line.rsplit('/').next().unwrap() {
                "login-challenges" => {
                    json!({ "challengeId": "c", "image": "", "textAlternative": "3 + 4?", "expiresAt": "2026-11-20T10:00:00Z" })
                }
                "sessions" => json!({ "sessionId": "s", "maskedPhone": "05•• ••• •• 12" }),
                "otp" => {
                    json!({ "expiresAt": "2026-11-20T10:00:00Z", "serverTime": "2026-11-20T09:00:00Z", "resendAfterSeconds": 60 })
                }
                "verify" => json!({ "token": "bilet", "name": "Ayşe", "expiresAt": "2026-11-20T10:00:00Z" }),
                last if last.starts_with("replacements?") => listed.clone(),
                _ => json!({}),
            };
            let answer = match line.rsplit('/').next().unwrap() {
                "certificate" => new.clone(),
                "chain" => practice::issuer_der().to_vec(),
                _ => answer.to_string().into_bytes(),
            };
            heard
                .lock()
                .unwrap()
                .push(format!("{lines}{}", String::from_utf8_lossy(&body)));
            let answer_lines = format!(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                answer.len()
            );
            let _ = reader
                .into_inner()
                .write_all(&[answer_lines.as_bytes(), &answer].concat());
        }
    });
    address
}

#[test]
fn a_dry_run_writes_nothing_and_asks_for_no_pin() {
    let bench = Bench::new();
    let said = bench.replace(&["--dry-run", "--json"], LINES);
    let json = said.json();
    assert_eq!(said.exit, Exit::SomethingToDo, "{}", said.out);
    assert_eq!(
        (json["done"].as_bool(), json["dryRun"].as_bool()),
        (Some(false), Some(true))
    );
    let one = &json["replacements"][0];
    assert_eq!(one["result"]["code"], "planned");
    assert_eq!(
        (&one["old"]["hash"], &one["new"]["hash"]),
        (&"SHA-1".into(), &"SHA-256".into())
    );
    assert_eq!(bench.card.lock().unwrap().writes(), []);
    assert!(said.err.contains("3 + 4?"), "the question is put to the person");
}

#[test]
fn a_wrong_pin_changes_nothing_and_the_right_one_replaces() {
    let bench = Bench::new();
    let said = bench.replace(&["--json"], &format!("{LINES}739164\n"));
    assert_eq!(said.exit, Exit::SomethingToDo, "{}", said.out);
    assert_eq!(said.json()["result"]["code"], "wrong-pin");
    assert_eq!(bench.on_card(), std::slice::from_ref(&bench.old));
    let said = bench.replace(&[], &format!("{LINES}{PIN}\n"));
    assert_eq!(said.exit, Exit::Fine, "{}{}", said.out, said.err);
    assert!(
        said.out.contains("Yeni sertifika kartınızda ve çalışıyor."),
        "{}",
        said.out
    );
    assert!(said.out.contains("SHA-1") && said.out.contains("SHA-256"));
    assert_eq!(bench.on_card(), std::slice::from_ref(&bench.new));
    let heard = bench.heard.lock().unwrap().join("\n");
    assert!(heard.contains("installed") && heard.to_lowercase().contains("authorization: bearer bilet"));
    assert!(
        heard.contains("DELETE /v1/sessions/s"),
        "nobody finds the session open"
    );
    assert!(!heard.contains(PIN), "the PIN goes nowhere");
    let all = said.out + &said.err;
    assert!(!all.contains("güvenlik sözcüğü") && !all.contains(PIN));
}

#[test]
fn a_line_too_few_is_told_and_costs_nothing() {
    let bench = Bench::new();
    for count in 0..4 {
        let lines: String = LINES
            .lines()
            .take(count)
            .map(|line| format!("{line}\n"))
            .collect();
        let said = bench.replace(&["--json"], &lines);
        assert_eq!(
            (said.exit, said.json()["result"]["code"].as_str()),
            (Exit::CouldNotLook, Some("input-ended"))
        );
    }
    let said = bench.replace(&["--json"], "12345\n");
    assert_eq!(said.json()["result"]["code"], "bad-number");
    let said = bench.replace(&["--json", "--card", "00"], LINES);
    assert_eq!(said.json()["result"]["code"], "no-card");
    assert_eq!(
        bench.card.lock().unwrap().tries_left(practice::PIN_REFERENCE),
        Some(3)
    );
}

#[test]
fn a_service_that_nobody_knows_is_told() {
    let bench = Bench::new();
    let world = World {
        journal: Some(Journal::new(bench.folder.path().into())),
        ..world(&bench.shelf)
    };
    let said = said(world, &["replace", "--service", "yok", "--stdin", "--json"]);
    assert_eq!(said.exit, Exit::CouldNotLook);
}

#[test]
fn a_script_works_on_a_card_once() {
    let bench = Bench::listing(true);
    // The second line would be the next card's PIN: it must not go to this one.
    let said = bench.replace(&["--json"], &format!("{LINES}{PIN}\n739164\n"));
    assert_eq!(said.exit, Exit::SomethingToDo, "{}", said.out);
    let json = said.json();
    let codes: Vec<_> = json["replacements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["result"]["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["done", "once-more"]);
    let left = bench.card.lock().unwrap().tries_left(practice::PIN_REFERENCE);
    assert_eq!(left, Some(3));
}

#[test]
fn the_last_try_is_asked_for_before_the_pin() {
    let bench = Bench::new();
    let left = || bench.card.lock().unwrap().tries_left(practice::PIN_REFERENCE);
    let wrong = b"\x00\x20\x00\x01\x08739164\xFF\xFF";
    for _ in 0..2 {
        bench.card.lock().unwrap().transmit(wrong);
    }
    let said = bench.replace(&["--json"], LINES);
    assert_eq!(
        (said.exit, said.json()["result"]["code"].as_str()),
        (Exit::CouldNotLook, Some("not-confirmed")),
        "no PIN is asked for"
    );
    assert_eq!(left(), Some(1));
    let said = bench.replace(&["--json", "--last-try"], &format!("{LINES}{PIN}\n"));
    assert_eq!(said.exit, Exit::Fine, "{}", said.out);
    assert_eq!(left(), Some(3));
}
