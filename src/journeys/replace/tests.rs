//! Against a small service that issues with the practice authority's keys, and that lies on request.

mod faults;
mod hostile;
mod stale;
mod tries;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use certificate::chain::{Source, TrustAnchors};
use serde_json::{Value, json};
use service::{Client, Limits, Sha256};
use virtual_card::practice::{
    self, Authority, PIN, Practice,
    x509::{Addresses, Hash, Issuer, Order, PublicKey, Purpose},
};

use super::*;
use crate::{
    loopback::{self, Asked, ok, raw},
    pin::Proof,
    practice::{Bench, NOW, entry},
};

/// What a service holds, and what it has heard.
struct Desk {
    bench: Bench,
    client: Client,
    /// What was asked, line by line, and the confirmations in full.
    heard: Arc<Mutex<Vec<String>>>,
    folder: tempfile::TempDir,
    new: Vec<u8>,
}

/// Answers in the service's stead; `None` leaves it to the service.
type Twist = Box<dyn FnMut(&Asked) -> Option<Vec<u8>> + Send>;

impl Desk {
    fn new() -> Self {
        Self::with(Bench::new(Practice::Sha1), Box::new(|_| None))
    }

    fn with(bench: Bench, twist: Twist) -> Self {
        let new = replacement(&bench, &|order| order);
        Self::holding(bench, new, twist)
    }

    fn holding(bench: Bench, new: Vec<u8>, mut twist: Twist) -> Self {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (writing, held) = (Arc::clone(&heard), new.clone());
        let listed = listed(&bench);
        let address = loopback::serve(move |asked| {
            writing
                .lock()
                .unwrap()
                .push(format!("{} {}", asked.line, asked.body));
            twist(asked).unwrap_or_else(|| answer(asked, &listed, &held))
        });
        let limits = Limits {
            call: Duration::from_secs(5),
            tries: 2,
            wait: Duration::from_millis(10),
            ..Limits::default()
        };
        Self {
            bench,
            client: Client::new(address, limits).unwrap(),
            heard,
            folder: tempfile::tempdir().unwrap(),
            new,
        }
    }

    fn journal(&self) -> Journal {
        Journal::new(self.folder.path().into())
    }

    fn found(&self) -> Found {
        self.bench
            .runtime
            .block_on(find(&self.client, &[&self.bench.report]))
            .unwrap()
    }

    fn prepare(&self) -> Result<Plan, NotPrepared> {
        let due = self.found().due.remove(0);
        self.bench
            .runtime
            .block_on(prepare(&self.client, &due, &anchors(), NOW))
    }

    fn run(&self, plan: &Plan, pin: &str) -> Outcome {
        self.run_telling(plan, pin, &mut Vec::new())
    }

    fn run_telling(&self, plan: &Plan, pin: &str, told: &mut Vec<Progress>) -> Outcome {
        let (journal, cancel) = (self.journal(), Cancel::default());
        let through = self.through(&journal, &cancel, Some(&self.client));
        let proof = self.proof(pin);
        self.bench
            .runtime
            .block_on(run(&through, plan, proof, |progress| told.push(progress)))
    }

    fn resume(&self, record: Record, pin: Option<&str>) -> Outcome {
        let (journal, cancel) = (self.journal(), Cancel::default());
        let through = self.through(&journal, &cancel, Some(&self.client));
        let proof = pin.map(|pin| self.proof(pin));
        self.bench
            .runtime
            .block_on(resume(&through, record, proof, |_| ()))
    }

    fn examine(&self, record: &Record) -> Situation {
        self.bench
            .runtime
            .block_on(examine(record, &self.bench.token))
            .unwrap()
    }

    fn proof(&self, pin: &str) -> Proof {
        let pins = self.bench.runtime.block_on(self.bench.token.pins()).unwrap();
        Proof::typed(&pins[0], &entry(pin)).unwrap()
    }

    fn through<'a>(
        &'a self,
        journal: &'a Journal,
        cancel: &'a Cancel,
        client: Option<&'a Client>,
    ) -> Through<'a> {
        Through {
            client,
            token: &self.bench.token,
            journal,
            cancel,
            now: NOW,
        }
    }

    fn record(&self) -> Option<Record> {
        self.journal().replacement(&self.bench.report.serial)
    }

    fn old(&self) -> Vec<u8> {
        self.bench.report.certificates[0].certificate.der().to_vec()
    }

    /// How many writes to files the card has seen.
    fn writes(&self) -> usize {
        let card = self.bench.card.lock().unwrap();
        let files = card
            .writes()
            .iter()
            .filter(|write| matches!(write.instruction, 0xD6 | 0xE0 | 0xE4));
        files.count()
    }

    fn confirmations(&self) -> usize {
        let heard = self.heard.lock().unwrap();
        heard.iter().filter(|line| line.contains("installed")).count()
    }

    /// The card is as it was, and nothing is remembered.
    fn assert_untouched(&self) {
        assert_eq!(self.bench.certificates(), [self.old()]);
        assert_eq!(self.writes(), 0);
        assert_eq!(self.record(), None);
        assert_eq!(self.confirmations(), 0);
    }

    /// The card has the new certificate alone, and its key works.
    fn assert_done(&self) {
        assert_eq!(self.bench.certificates(), std::slice::from_ref(&self.new));
        assert_eq!(self.record(), None);
        assert_eq!(self.bench.tries(), (3, 3));
    }

    /// Power comes back.
    fn power(&self) {
        let mut card = self.bench.card.lock().unwrap();
        card.cancel_cut();
        card.reset();
    }
}

fn anchors() -> TrustAnchors {
    let mut anchors = TrustAnchors::none();
    anchors.add(practice::root_der(), Source::Imported).unwrap();
    anchors
}

/// The replacement for the first certificate of a card, but for what `bend` changes.
fn replacement(bench: &Bench, bend: &dyn Fn(Order<'_>) -> Order<'_>) -> Vec<u8> {
    issued(bench, &Authority::Version2.issuer().unwrap(), bend)
}

fn issued(bench: &Bench, issuer: &Issuer, bend: &dyn Fn(Order<'_>) -> Order<'_>) -> Vec<u8> {
    let old = &bench.report.certificates[0].certificate;
    let key = PublicKey::from_info(&old.public_key.as_ref().unwrap().spki).unwrap();
    let policy = practice::policy("http://kartal.invalid");
    let order = Order {
        serial: &[0x4C, 0x01, 0x02, 0x03],
        subject: old.subject.as_ref().unwrap().der(),
        key: &key,
        not_before: NOW - time::Duration::days(1),
        not_after: old.not_after.unwrap(),
        purpose: Purpose::Qualified(&policy),
        addresses: Some(Addresses {
            site: "http://kartal.invalid",
            file: "2",
        }),
    };
    issuer.issue(&bend(order)).unwrap()
}

/// The entry of the list.
fn listed(bench: &Bench) -> Value {
    let old = &bench.report.certificates[0].certificate;
    json!({
        "id": "r-1",
        "replaces": "AAAA.BBBB",
        "spkiSha256": Sha256::of(&old.public_key.as_ref().unwrap().spki).to_string(),
        "subject": "CN=…",
        "notBefore": "2026-01-14T12:00:00Z",
        "notAfter": "2028-01-15T23:59:59Z",
        "signatureAlgorithm": "sha256WithRSAEncryption",
        "state": "pending",
    })
}

fn answer(asked: &Asked, listed: &Value, new: &[u8]) -> Vec<u8> {
    let line = &asked.line;
    if line.ends_with("/certificate") {
        raw("200 OK", new)
    } else if line.ends_with("/chain") {
        raw("200 OK", practice::issuer_der())
    } else if line.ends_with("/confirmation") {
        ok(&json!({}))
    } else {
        ok(&json!({ "replacements": [listed] }))
    }
}

#[test]
fn the_old_one_goes_and_the_new_one_works() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    assert_eq!(plan.old.hash(), certificate::Hash::Sha1);
    assert_eq!(plan.new.hash(), certificate::Hash::Sha256);
    assert!(plan.chain.is_trusted());
    assert_eq!(desk.writes(), 0);
    desk.bench.card.lock().unwrap().reset_apdu_count();
    let mut told = Vec::new();
    assert_eq!(
        desk.run_telling(&plan, PIN, &mut told),
        Outcome::Done { told: true }
    );
    // At 20 ms each that is well under the 6 seconds that people are promised.
    let apdus = desk.bench.apdus();
    assert!(apdus <= 200, "{apdus} commands");
    desk.assert_done();
    assert_eq!(desk.confirmations(), 1);
    let mut steps: Vec<_> = told.iter().map(|progress| progress.step).collect();
    steps.dedup();
    assert_eq!(steps, &Step::ALL[1..]);
    let mut written = told.iter().filter_map(|progress| progress.written);
    assert_eq!(
        written.next_back().map(|written| (written.bytes, written.of)),
        Some((desk.new.len(), desk.new.len()))
    );
}

/// Real certificates are longer than those of practice; 300 commands of 20 ms are the 6 seconds that people are promised.
#[test]
#[expect(clippy::print_stderr, reason = "a figure, for whoever measures")]
fn a_certificate_of_1700_bytes_costs_300_commands_at_most() {
    const BYTES: usize = 1_700;
    let bench = Bench::new(Practice::Sha1);
    let padded = |count: usize| {
        // An order's parts live as long as the program here.
        let site: &'static str = format!("http://kartal.invalid/{}", "a".repeat(count)).leak();
        let addresses = Some(Addresses { site, file: "2" });
        replacement(&bench, &|order| Order { addresses, ..order })
    };
    let new = (0..400)
        .map(padded)
        .find(|new| new.len() >= BYTES)
        .expect("long addresses make long certificates");
    let bytes = new.len();
    let desk = Desk::holding(bench, new, Box::new(|_| None));
    let plan = desk.prepare().unwrap();
    desk.bench.card.lock().unwrap().reset_apdu_count();
    assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: true });
    let apdus = desk.bench.apdus();
    eprintln!("{bytes} bytes: {apdus} commands, {} ms at 20 ms each", apdus * 20);
    assert!(apdus <= 300, "{apdus} commands");
    desk.assert_done();
}

#[test]
fn each_card_is_found_by_its_key() {
    let desk = Desk::new();
    let other = Bench::new(Practice::TwoKeys);
    let reports = [&other.report, &desk.bench.report];
    let found = desk.bench.runtime.block_on(find(&desk.client, &reports)).unwrap();
    assert_eq!((found.due.len(), found.elsewhere.len()), (1, 0));
    assert_eq!(found.due[0].card, 1);
    assert_eq!(found.due[0].serial, desk.bench.report.serial);
    let found = desk
        .bench
        .runtime
        .block_on(find(&desk.client, &[&other.report]))
        .unwrap();
    assert_eq!((found.due.len(), found.elsewhere.len()), (0, 1));
}

#[test]
fn a_wrong_pin_costs_a_try_and_changes_nothing() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    let outcome = desk.run(&plan, "739164");
    assert!(
        matches!(outcome, Outcome::Pin(pin::Outcome::Wrong { .. })),
        "{outcome:?}"
    );
    assert_eq!(desk.bench.tries(), (2, 3));
    desk.assert_untouched();
    assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: true });
    desk.assert_done();
}

#[test]
fn a_wish_to_stop_is_granted_before_the_first_byte() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    let (journal, cancel) = (desk.journal(), Cancel::default());
    let through = desk.through(&journal, &cancel, Some(&desk.client));
    let proof = desk.proof(PIN);
    // When the PIN is on its way.
    let wish = cancel.clone();
    let outcome = desk
        .bench
        .runtime
        .block_on(run(&through, &plan, proof, move |progress| {
            if progress.step == Step::LoggingIn {
                wish.wish();
            }
        }));
    assert_eq!(outcome, Outcome::Cancelled);
    desk.assert_untouched();
    assert_eq!(desk.bench.tries(), (3, 3));
    // When it is too late it is finished instead.
    let cancel = Cancel::default();
    let through = desk.through(&journal, &cancel, Some(&desk.client));
    let (proof, wish) = (desk.proof(PIN), cancel.clone());
    let outcome = desk
        .bench
        .runtime
        .block_on(run(&through, &plan, proof, move |progress| {
            if !progress.step.may_be_cancelled() {
                wish.wish();
            }
        }));
    assert_eq!(outcome, Outcome::Done { told: true });
    desk.assert_done();
}

#[test]
fn another_card_is_not_touched() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    let other = practice::card(Practice::Sha256, NOW).unwrap();
    let other = Arc::new(Mutex::new(other));
    desk.bench.insert(&other);
    let proof = desk.proof(PIN);
    let (journal, cancel) = (desk.journal(), Cancel::default());
    let through = desk.through(&journal, &cancel, Some(&desk.client));
    let outcome = desk.bench.runtime.block_on(run(&through, &plan, proof, |_| ()));
    assert_eq!(outcome, Outcome::OtherCard);
    let other = other.lock().unwrap();
    assert_eq!(other.writes(), []);
    assert_eq!(other.tries_left(practice::PIN_REFERENCE), Some(3));
}

#[test]
fn a_full_card_is_told_first_and_then_served_one_after_the_other() {
    let memory = |bytes| practice::card(Practice::Sha1, NOW).unwrap().with_capacity(bytes);
    // Room for what is on it and half a certificate more.
    let fits = |bytes| {
        let desk = Desk::with(Bench::with(memory(bytes)), Box::new(|_| None));
        let plan = desk.prepare().unwrap();
        (desk.run(&plan, PIN), desk, plan)
    };
    let size = (8_000..40_000)
        .step_by(500)
        .find(|bytes| fits(*bytes).0 == Outcome::Done { told: true })
        .unwrap();
    let (outcome, desk, plan) = fits(size - 500);
    assert_eq!(outcome, Outcome::CardFull);
    desk.assert_untouched();
    assert_eq!(
        desk.run(&plan.removing_first(), PIN),
        Outcome::Done { told: true }
    );
    desk.assert_done();
}

#[test]
fn what_cannot_be_written_down_is_not_begun() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let (journal, cancel) = (Journal::new(file.path().join("below a file")), Cancel::default());
    let through = desk.through(&journal, &cancel, Some(&desk.client));
    let proof = desk.proof(PIN);
    let outcome = desk.bench.runtime.block_on(run(&through, &plan, proof, |_| ()));
    assert!(matches!(outcome, Outcome::Journal(_)), "{outcome:?}");
    desk.assert_untouched();
    assert_eq!(desk.bench.tries(), (3, 3));
}

#[test]
fn garbage_in_the_journal_is_no_replacement() {
    let desk = Desk::new();
    let path = desk.folder.path().join("replace-00.json");
    for text in ["", "{", "[]", "null", r#"{"card":"00","stage":"writing"}"#] {
        std::fs::write(&path, text).unwrap();
        assert!(desk.journal().replacements().is_empty(), "{text}");
    }
}

#[test]
fn the_journal_holds_neither_pin_nor_serial_number() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    cut(&desk, 4, 0);
    let _ = desk.run(&plan, PIN);
    let record = desk.record().unwrap();
    assert!(record.is_about(&desk.bench.report.serial));
    assert_eq!(record.old(), desk.old());
    let text = std::fs::read_dir(desk.folder.path())
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            std::fs::read_to_string(&path).unwrap() + &path.to_string_lossy()
        })
        .collect::<String>();
    assert!(!text.contains(PIN) && !text.to_uppercase().contains(&desk.bench.report.serial));
}

/// Power goes in this write of the card's memory, counted from now.
fn cut(desk: &Desk, write: u64, byte: usize) {
    let cut = virtual_card::Cut::InWrite { write, byte };
    desk.bench.card.lock().unwrap().plan_cut(cut);
}
