//! Against a small service that knows the practice cards' administration key, and that lies on request.

use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
    time::Duration,
};

use aes::cipher::{BlockEncrypt as _, KeyInit as _};
use serde_json::{Value, json};
use service::{Address, Limits};
use token::LastTryWarning;
use virtual_card::practice::{self, PIN, PUK, Practice};

use super::*;
use crate::{
    journal::Standing,
    loopback::{self, ok},
    practice::{Bench, NOW, entry},
};

const NEW: &str = "739152";
const SELECT: &str = "00A404000CA000000063504B43532D3135";

/// What a service answers to `POST unlock` (`None`) and to each report.
type Script = Box<dyn FnMut(Option<&Value>) -> Vec<u8> + Send>;

/// One answer, whatever was asked.
type Answering = fn() -> Vec<u8>;

/// What the journal, the card and the service say afterwards.
struct Run {
    bench: Bench,
    outcome: Outcome,
    standing: Option<Standing>,
    heard: Vec<String>,
}

fn run(script: Script) -> Run {
    run_on(Bench::new(Practice::PinBlocked), script)
}

fn run_on(bench: Bench, script: Script) -> Run {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let address = serve(script, Arc::clone(&heard));
    let limits = Limits {
        call: Duration::from_secs(5),
        tries: 1,
        ..Limits::default()
    };
    let client = Client::new(address, limits).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::new(folder.path().into());
    let rules = token::SecretRules::default();
    let new = bench
        .subject
        .new_pin(&entry(NEW), &entry(NEW), rules, None)
        .unwrap();
    let through = Through {
        client: &client,
        token: &bench.token,
        journal: &journal,
        now: NOW,
    };
    let outcome = bench
        .runtime
        .block_on(by_service(&through, &bench.subject, new, |_| ()));
    let standing = journal
        .interrupted(&bench.subject.serial)
        .map(|record| record.stage.standing());
    let heard = heard.lock().unwrap().clone();
    assert!(
        heard.iter().all(|text| !text.contains(NEW)),
        "the service saw the new PIN"
    );
    Run {
        bench,
        outcome,
        standing,
        heard,
    }
}

/// Answers until the test is over, and keeps what was asked.
fn serve(mut script: Script, heard: Arc<Mutex<Vec<String>>>) -> Address {
    loopback::serve(move |asked| {
        heard
            .lock()
            .unwrap()
            .push(format!("{}{}", asked.head, asked.body));
        let report = asked.json();
        script(Some(&report).filter(|report| report.get("number").is_some()))
    })
}

fn raw(status: &str, body: &str) -> Vec<u8> {
    loopback::raw(status, body.as_bytes())
}

fn serial() -> String {
    let card = practice::card(Practice::PinBlocked, NOW).unwrap();
    card.serial()
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02X}"))
}

fn started(step: &Value) -> Vec<u8> {
    ok(&json!({ "unlockId": "u-1", "serial": serial(), "step": step }))
}

fn command(number: u32, apdu: &str) -> Value {
    json!({ "number": number, "kind": "command", "command": apdu })
}

/// An authority that does everything right, until `twist` answers in its stead.
fn authority(mut twist: impl FnMut(u32, &str) -> Option<Vec<u8>> + Send + 'static) -> Script {
    Box::new(move |report| {
        let Some(report) = report else {
            return started(&command(1, SELECT));
        };
        if report["kind"] == "failed" {
            return ok(&json!({ "number": 99, "kind": "failed" }));
        }
        let number = u32::try_from(report["number"].as_u64().unwrap()).unwrap();
        let answer = report["answer"].as_str().unwrap_or_default().to_owned();
        if let Some(instead) = twist(number, &answer) {
            return instead;
        }
        ok(&match number {
            1 => command(2, "0084000010"),
            2 => command(3, &format!("0082000010{}", cryptogram(&answer))),
            3 => json!({ "number": 4, "kind": "set-pin" }),
            _ => json!({ "number": 5, "kind": "done" }),
        })
    })
}

/// The challenge in a card's answer, encrypted with the practice cards' key.
fn cryptogram(answer: &str) -> String {
    let byte = |at: usize| u8::from_str_radix(&answer[at..at + 2], 16).unwrap();
    let challenge: [u8; 16] = std::array::from_fn(|index| byte(2 * index));
    let mut block = aes::Block::from(challenge);
    aes::Aes128::new(&practice::ADMIN_KEY.into()).encrypt_block(&mut block);
    block
        .iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02X}"))
}

/// The card is as it was, and the journal has nothing to tell.
fn unchanged(run: &Run) {
    assert_eq!(run.bench.tries(), (0, 3));
    assert_eq!(run.standing, None);
}

#[test]
fn a_blocked_card_is_unlocked() {
    let run = run(authority(|_, _| None));
    assert_eq!(run.outcome, Outcome::Done { told: true });
    assert_eq!((run.bench.tries(), run.standing), ((3, 3), None));
    assert!(run.bench.takes(NEW));
    assert!(
        run.heard
            .last()
            .unwrap()
            .ends_with(r#"{"kind":"pin-set","number":4}"#)
    );
}

#[test]
fn what_is_no_unlock_does_not_reach_the_card() {
    let pin = "0020000108313233343536FFFF";
    for (apdu, instruction) in [
        (pin, Some(0x20)),
        ("00D6000001FF", Some(0xD6)),
        ("00240001103132333435360000313233343536FFFF", Some(0x24)),
        ("002C000110", Some(0x2C)),
        ("002C0201", Some(0x2C)),
        ("00DA01E00430303030", Some(0xDA)),
        ("10820000020000", Some(0x82)),
        ("00", None),
        ("", None),
    ] {
        let asked = ok(&command(2, apdu));
        let run = run(authority(move |number, _| (number == 1).then(|| asked.clone())));
        assert_eq!(
            run.outcome,
            Outcome::ServiceAskedForForbidden { instruction },
            "{apdu}"
        );
        unchanged(&run);
        let last = run.heard.last().unwrap();
        assert!(
            last.contains("forbidden-command"),
            "the service was not told: {last}"
        );
    }
}

#[test]
fn a_replayed_proof_is_tried_once() {
    let run = run(authority(|number, _| {
        (number == 2).then(|| ok(&command(3, &format!("0082000010{}", "AB".repeat(16)))))
    }));
    assert!(
        matches!(run.outcome, Outcome::NotProven { .. }),
        "{:?}",
        run.outcome
    );
    unchanged(&run);
    let admin = run.bench.card.lock().unwrap().admin_tries_left();
    assert_eq!(admin, Some(9), "one try of the administration key, and no more");
}

#[test]
fn a_service_that_lies_is_left() {
    let step = |value: Value| move |_: u32, _: &str| Some(ok(&value));
    let breach = |run: &Run| match run.outcome {
        Outcome::ServiceBroke(breach) => Some(breach),
        _ => None,
    };
    let twists: [(Script, Breach); 5] = [
        (
            authority(step(json!({ "number": 2, "kind": "done" }))),
            Breach::DoneTooSoon,
        ),
        (authority(step(command(1, SELECT))), Breach::OutOfOrder),
        (authority(step(command(3, SELECT))), Breach::OutOfOrder),
        (
            authority(|number, _| Some(ok(&command(number + 1, SELECT)))),
            Breach::TooManySteps,
        ),
        (
            Box::new(|_| ok(&json!({ "unlockId": "u", "serial": "FF00", "step": command(1, SELECT) }))),
            Breach::OtherCard,
        ),
    ];
    for (script, expected) in twists {
        let run = run(script);
        assert_eq!(breach(&run), Some(expected), "{:?}", run.outcome);
        unchanged(&run);
    }
}

#[test]
fn a_pin_that_is_to_be_set_before_the_proof_is_refused_by_the_card() {
    let run = run(authority(|number, _| {
        (number == 1).then(|| ok(&json!({ "number": 2, "kind": "set-pin" })))
    }));
    assert!(
        matches!(run.outcome, Outcome::PinNotSet(_) | Outcome::Card(_)),
        "{:?}",
        run.outcome
    );
    unchanged(&run);
}

#[test]
fn a_service_that_stops_leaves_the_card_as_it_was() {
    let busy = || raw("503 Service Unavailable", "");
    let answers: [(Answering, &str); 4] = [
        (Vec::new, "hangs up"),
        (|| raw("200 OK", "<html>"), "garbage"),
        (|| raw("200 OK", &"x".repeat(10_000_000)), "10 MB"),
        (|| raw("409 Conflict", r#"{"type":"unlock-refused"}"#), "refuses"),
    ];
    for (answer, name) in answers {
        for at in 0..3 {
            let mut calls = 0;
            let mut honest = authority(|_, _| None);
            let run = run(Box::new(move |report| {
                calls += 1;
                if calls > at { answer() } else { honest(report) }
            }));
            assert!(
                matches!(run.outcome, Outcome::Service(_)),
                "{name} at {at}: {:?}",
                run.outcome
            );
            unchanged(&run);
        }
    }
    let run = run(Box::new(move |_| busy()));
    assert!(
        matches!(run.outcome, Outcome::Service(service::Error::Busy { .. })),
        "{:?}",
        run.outcome
    );
    unchanged(&run);
}

#[test]
fn once_the_pin_is_set_nothing_undoes_it() {
    for answer in [
        raw("500 No", ""),
        ok(&json!({ "number": 5, "kind": "failed" })),
        ok(&command(5, "00D60000")),
    ] {
        let run = run(authority(move |number, _| (number == 4).then(|| answer.clone())));
        assert_eq!(run.outcome, Outcome::Done { told: false });
        assert_eq!(run.standing, None);
        assert!(run.bench.takes(NEW));
    }
}

#[test]
fn a_card_that_loses_power_says_afterwards_where_it_stands() {
    use virtual_card::Cut;
    for instruction in [0xA4, 0x84, 0x82, 0x2C] {
        for comes_back in [true, false] {
            let bench = if comes_back {
                Bench::new(Practice::PinBlocked)
            } else {
                Bench::that_dies(Practice::PinBlocked)
            };
            bench.card.lock().unwrap().plan_cut(Cut::AfterCommand {
                instruction: Some(instruction),
                number: 1,
            });
            let Run {
                bench,
                outcome,
                standing,
                ..
            } = run_on(bench, authority(|_, _| None));
            let said = format!("{instruction:02X}, {comes_back}: {outcome:?}");
            match (instruction, comes_back) {
                // The answer was lost, and the card says itself that it has the new PIN.
                (0x2C, true) => {
                    assert_eq!(
                        (outcome, standing),
                        (Outcome::Done { told: true }, None),
                        "{said}"
                    );
                    assert!(bench.takes(NEW), "{said}");
                }
                (0x2C, false) => {
                    assert!(matches!(outcome, Outcome::Unsure(_)), "{said}");
                    assert_eq!(standing, Some(Standing::PerhapsChanged), "{said}");
                }
                _ => {
                    assert!(matches!(outcome, Outcome::Card(_)), "{said}");
                    assert_eq!(standing, None, "{said}");
                }
            }
        }
    }
}

#[test]
fn a_forgotten_pin_that_is_open_before_and_after_says_nothing() {
    use virtual_card::Cut;
    let instruction = Some(0x2C);
    for cut in [
        Cut::BeforeCommand {
            instruction,
            number: 1,
        },
        Cut::AfterCommand {
            instruction,
            number: 1,
        },
    ] {
        // The first one unlocks it.
        let Run { bench, outcome, .. } = run(authority(|_, _| None));
        assert_eq!(outcome, Outcome::Done { told: true });
        bench.card.lock().unwrap().plan_cut(cut);
        let run = run_on(bench, authority(|_, _| None));
        assert!(matches!(run.outcome, Outcome::Unsure(_)), "{:?}", run.outcome);
        assert_eq!(run.standing, Some(Standing::PerhapsChanged));
    }
}

#[test]
fn an_unlock_that_is_dropped_is_in_the_journal() {
    let bench = Bench::new(Practice::PinBlocked);
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap())
        .parse()
        .unwrap();
    let client = Client::new(address, Limits::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let journal = Journal::new(folder.path().into());
    let new = bench
        .subject
        .new_pin(&entry(NEW), &entry(NEW), token::SecretRules::default(), None)
        .unwrap();
    let through = Through {
        client: &client,
        token: &bench.token,
        journal: &journal,
        now: NOW,
    };
    let unlock = by_service(&through, &bench.subject, new, |_| ());
    let cut = bench
        .runtime
        .block_on(async { tokio::time::timeout(Duration::from_millis(100), unlock).await });
    assert!(cut.is_err());
    let record = journal.interrupted(&bench.subject.serial).unwrap();
    assert_eq!(record.stage.standing(), Standing::Unchanged);
}

#[test]
fn a_journal_that_cannot_be_written_begins_nothing() {
    let bench = Bench::new(Practice::PinBlocked);
    let client = Client::new("http://127.0.0.1:1".parse().unwrap(), Limits::default()).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    let journal = Journal::new(file.path().join("x"));
    let new = bench
        .subject
        .new_pin(&entry(NEW), &entry(NEW), token::SecretRules::default(), None)
        .unwrap();
    let through = Through {
        client: &client,
        token: &bench.token,
        journal: &journal,
        now: NOW,
    };
    let outcome = bench
        .runtime
        .block_on(by_service(&through, &bench.subject, new, |_| ()));
    assert!(matches!(outcome, Outcome::Journal(_)), "{outcome:?}");
    assert_eq!(bench.apdus(), 0);
}

impl Bench {
    fn puk_warning(&self) -> Option<LastTryWarning> {
        self.runtime
            .block_on(self.token.last_try(SecretKind::Puk))
            .unwrap()
    }

    fn by_puk(&self, puk: &str, consent: Option<LastTryConsent>) -> pin::Outcome {
        let status = self
            .runtime
            .block_on(pin::status(self.subject.clone(), &self.token))
            .unwrap();
        let user = status.user().unwrap();
        let request = ByPuk::typed(&self.subject, user, &entry(puk), &entry(NEW), &entry(NEW)).unwrap();
        let seen = user.unblock.puk_tries_left;
        self.runtime
            .block_on(by_puk(&self.subject, request, seen, consent, &self.token))
    }
}

#[test]
fn a_puk_of_the_wrong_form_never_reaches_the_card() {
    let bench = Bench::new(Practice::PinBlocked);
    let status = bench
        .runtime
        .block_on(pin::status(bench.subject.clone(), &bench.token))
        .unwrap();
    let before = bench.apdus();
    for puk in ["", "1", "parola12", "123456789012345"] {
        let fault = ByPuk::typed(
            &bench.subject,
            status.user().unwrap(),
            &entry(puk),
            &entry(NEW),
            &entry(NEW),
        );
        assert_eq!(fault.unwrap_err().field, Field::Puk);
    }
    assert_eq!((bench.apdus(), bench.tries()), (before, (0, 3)));
}

#[test]
fn the_last_puk_try_is_closed_but_to_experts() {
    let bench = Bench::new(Practice::PinBlocked);
    for left in [2, 1] {
        let consent = bench.puk_warning().map(LastTryWarning::confirmed);
        let outcome = bench.by_puk("99999999", consent);
        assert!(
            matches!(
                outcome,
                pin::Outcome::Wrong {
                    secret: SecretKind::Puk,
                    ..
                }
            ),
            "{outcome:?}"
        );
        assert_eq!(bench.tries(), (0, left));
    }
    assert_eq!(bench.by_puk(PUK, None), pin::Outcome::LastPukClosed);
    let ordinary = bench.puk_warning().unwrap().confirmed();
    assert_eq!(bench.by_puk(PUK, Some(ordinary)), pin::Outcome::LastPukClosed);
    assert_eq!(bench.tries(), (0, 1));
    let expert = bench.puk_warning().unwrap().confirmed_by_expert();
    assert_eq!(bench.by_puk(PUK, Some(expert)), pin::Outcome::Done);
    assert_eq!(bench.tries(), (3, 3));
    assert!(bench.takes(NEW) && !bench.takes(PIN));
}

#[test]
fn a_puk_try_that_may_be_the_last_is_closed_but_to_experts() {
    let bench = Bench::silent_about_its_puk(Practice::PinBlocked);
    assert_eq!(bench.by_puk(PUK, None), pin::Outcome::LastPukClosed);
    let ordinary = bench.puk_warning().unwrap().confirmed();
    assert_eq!(bench.by_puk(PUK, Some(ordinary)), pin::Outcome::LastPukClosed);
    assert_eq!(bench.tries(), (0, 3));
    let expert = bench.puk_warning().unwrap().confirmed_by_expert();
    assert_eq!(bench.by_puk(PUK, Some(expert)), pin::Outcome::Done);
    assert_eq!(bench.tries(), (3, 3));
}
