use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use virtual_card::practice::{PIN, PIN_REFERENCE, PUK};

use super::*;
use crate::Terminal;

const NEW: &str = "739152";

/// A card in a reader that can be asked afterwards.
fn bench(kind: Practice) -> (Shelf, Arc<Mutex<VirtualCard>>) {
    bench_without(kind, |_| false)
}

/// The same with a card that does not know some commands.
fn bench_without(kind: Practice, is_unknown: fn(&[u8]) -> bool) -> (Shelf, Arc<Mutex<VirtualCard>>) {
    let card = practice::card(kind, NOW).unwrap();
    let atr = Atr::new(card.atr()).unwrap();
    let card = Arc::new(Mutex::new(card));
    let shelf = Shelf::new();
    let answering = Arc::clone(&card);
    shelf.insert("Okuyucu", atr, move |exchange| {
        let mut card = answering.lock().unwrap_or_else(PoisonError::into_inner);
        match exchange {
            Exchange::Reset => {
                card.reset();
                Some(Vec::new())
            }
            Exchange::Command(command) if is_unknown(command) => Some(vec![0x6A, 0x88]),
            Exchange::Command(command) => match card.transmit(command) {
                Response::Answer(answer) => Some(answer),
                Response::PowerLost => None,
            },
        }
    });
    (shelf, card)
}

fn tries(card: &Mutex<VirtualCard>) -> (u8, u8) {
    let card = card.lock().unwrap();
    (
        card.tries_left(PIN_REFERENCE).unwrap(),
        card.puk_tries_left(PIN_REFERENCE).unwrap(),
    )
}

fn takes(card: &Mutex<VirtualCard>, pin: &str) -> bool {
    let mut command = vec![0x00, 0x20, 0x00, PIN_REFERENCE, 8];
    command.extend(pin.bytes().chain(std::iter::repeat(0xFF)).take(8));
    card.lock().unwrap().transmit(&command) == Response::Answer(vec![0x90, 0x00])
}

/// With these lines on the standard input.
fn piped(shelf: &Shelf, arguments: &[&str], lines: &str) -> Said {
    let input = Box::new(Cursor::new(lines.as_bytes().to_vec()));
    said(
        World {
            input,
            ..world(shelf)
        },
        arguments,
    )
}

/// Notes whether it is silent.
struct Screen(Arc<Mutex<(bool, u32)>>);

impl Terminal for Screen {
    fn silence(&mut self) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        *state = (true, state.1 + 1);
        Ok(())
    }

    fn restore(&mut self) {
        self.0.lock().unwrap().0 = false;
    }
}

/// With these keys at a terminal; it has to be as it was afterwards.
fn typed(shelf: &Shelf, arguments: &[&str], keys: &str) -> Said {
    let state = Arc::new(Mutex::new((false, 0)));
    let terminal: Option<Box<dyn Terminal>> = Some(Box::new(Screen(Arc::clone(&state))));
    let input = Box::new(Cursor::new(keys.as_bytes().to_vec()));
    let said = said(
        World {
            input,
            terminal,
            ..world(shelf)
        },
        arguments,
    );
    assert!(!state.lock().unwrap().0, "the terminal was left silent");
    said
}

fn code(said: &Said) -> String {
    said.json()["result"]["code"].as_str().unwrap().to_owned()
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let (shelf, card) = bench(Practice::Sha256);
    let said = piped(
        &shelf,
        &["pin", "change", "--json"],
        &format!("{PIN}\n{NEW}\n{NEW}\n"),
    );
    assert_eq!(
        (said.exit, code(&said).as_str()),
        (Exit::CouldNotLook, "no-terminal")
    );
    assert_eq!(tries(&card), (3, 3));
}

#[test]
fn a_secret_is_no_argument() {
    let (shelf, _) = bench(Practice::Sha256);
    for arguments in [
        &["pin", "change", "123456"][..],
        &["pin", "change", "--pin", "123456"],
        &["pin", "unlock"],
        &["pin"],
    ] {
        assert_eq!(
            said(world(&shelf), arguments).exit,
            Exit::CouldNotLook,
            "{arguments:?}"
        );
    }
}

#[test]
fn an_entry_of_the_wrong_form_costs_no_try() {
    let (shelf, card) = bench(Practice::Sha256);
    for (lines, expected) in [
        (String::new(), "input-ended"),
        (format!("{PIN}\n{NEW}\n"), "input-ended"),
        (format!("\n{NEW}\n{NEW}\n"), "entry-empty"),
        (format!("güvenlik\n{NEW}\n{NEW}\n"), "entry-not-digits"),
        (format!("123\n{NEW}\n{NEW}\n"), "entry-too-short"),
        (format!("{}\n{NEW}\n{NEW}\n", "1".repeat(4_096)), "entry-too-long"),
        (format!("{PIN}\n{PIN}\n{PIN}\n"), "weak-run"),
        (format!("{PIN}\n{NEW}\n739153\n"), "entries-differ"),
    ] {
        let said = piped(&shelf, &["pin", "change", "--stdin", "--json"], &lines);
        assert_eq!(code(&said), expected, "{lines}");
        assert_ne!(said.exit, Exit::Fine);
        assert_eq!(said.json()["triesLeft"], 3);
    }
    assert_eq!(tries(&card), (3, 3));
}

#[test]
fn a_wrong_pin_tells_the_tries_and_what_it_looks_like() {
    let (shelf, card) = bench(Practice::Sha256);
    let said = piped(
        &shelf,
        &["pin", "change", "--stdin"],
        &format!("{PUK}\n{NEW}\n{NEW}\n"),
    );
    assert_eq!(said.exit, Exit::SomethingToDo);
    assert!(
        said.err.contains("PIN uymadı")
            && said.err.contains("2 deneme hakkı")
            && said.err.contains("PUK olabilir")
    );
    assert_eq!(tries(&card), (2, 3));
}

#[test]
fn the_last_try_wants_its_own_consent() {
    let (shelf, card) = bench(Practice::Sha256);
    let wrong = format!("654321\n{NEW}\n{NEW}\n");
    for _ in 0..2 {
        assert_eq!(
            code(&piped(&shelf, &["pin", "change", "--stdin", "--json"], &wrong)),
            "wrong-pin"
        );
    }
    let said = piped(&shelf, &["pin", "change", "--stdin", "--json"], &wrong);
    assert_eq!((code(&said).as_str(), tries(&card)), ("not-confirmed", (1, 3)));
    assert_eq!(
        code(&typed(
            &shelf,
            &["pin", "change", "--json"],
            &format!("hayır\n{wrong}")
        )),
        "not-confirmed"
    );
    assert_eq!(tries(&card), (1, 3));
    let right = format!("{PIN}\n{NEW}\n{NEW}\n");
    let said = typed(&shelf, &["pin", "change"], &format!("devam\n{right}"));
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    assert!(said.err.contains("Son deneme hakkınız"), "{}", said.err);
    assert!(takes(&card, NEW));
    for _ in 0..3 {
        takes(&card, "000000");
    }
    assert_eq!(
        code(&piped(
            &shelf,
            &["pin", "change", "--stdin", "--json", "--last-try"],
            &right
        )),
        "pin-blocked"
    );
}

#[test]
fn the_pin_is_changed_and_nothing_of_it_is_said() {
    let (shelf, card) = bench(Practice::Sha256);
    let said = piped(
        &shelf,
        &["pin", "change", "--stdin"],
        &format!("{PIN}\r\n{NEW}\r\n{NEW}"),
    );
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    let words = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("PIN değişti") && words.contains("artık geçerli değil"),
        "{words}"
    );
    for text in [&said.out, &said.err] {
        assert!(!text.contains(NEW) && !text.contains(PIN));
    }
    assert!(takes(&card, NEW));
}

#[test]
fn keys_at_a_terminal() {
    let (shelf, card) = bench(Practice::Sha256);
    let keys = format!("9\u{7F}{PIN}\n000\u{15}{NEW}\r{NEW}\n");
    let said = typed(&shelf, &["pin", "change"], &keys);
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    assert!(
        said.err.contains("Şimdiki PIN: ") && said.err.contains("Yeni PIN, bir daha: "),
        "{}",
        said.err
    );
    assert!(takes(&card, NEW));
    for keys in ["\u{3}", "1234\u{3}", "\u{4}", "739152\n7\u{3}"] {
        let said = typed(&shelf, &["pin", "change", "--json"], keys);
        assert_eq!(
            (said.exit, code(&said).as_str()),
            (Exit::CouldNotLook, "cancelled")
        );
    }
    assert_eq!(tries(&card), (3, 3));
}

#[test]
fn a_secret_is_meant_for_one_card() {
    let shelf = shelf(&[("Bir", Practice::Sha256), ("İki", Practice::Sha1)]);
    let lines = format!("{PIN}\n{NEW}\n{NEW}\n");
    assert_eq!(
        code(&piped(&shelf, &["pin", "change", "--stdin", "--json"], &lines)),
        "several-cards"
    );
    assert_eq!(
        piped(&shelf, &["pin", "change", "--stdin", "--reader", "Bir"], &lines).exit,
        Exit::Fine
    );
}

#[test]
fn the_puk_of_an_issuer_who_warns_of_it_is_behind_i_know() {
    let (shelf, card) = bench(Practice::PinBlocked);
    let lines = format!("{PUK}\n{NEW}\n{NEW}\n");
    let said = piped(&shelf, &["pin", "unlock", "--puk", "--stdin", "--json"], &lines);
    assert_eq!((code(&said).as_str(), tries(&card)), ("puk-not-open", (0, 3)));
    let said = piped(&shelf, &["pin", "unlock", "--puk", "--stdin", "--i-know"], &lines);
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    assert!(said.err.contains("PUK, bu kartı kaybettirebilir"), "{}", said.err);
    assert_eq!(tries(&card), (3, 3));
    assert!(takes(&card, NEW));
}

#[test]
fn a_script_says_that_a_puk_try_may_be_the_last_where_the_card_does_not_tell() {
    let (shelf, card) = bench_without(Practice::PinBlocked, |command| {
        command.starts_with(b"\x00\xCA\x01\xB1")
    });
    let options = ["pin", "unlock", "--puk", "--stdin", "--i-know", "--json"];
    let lines = format!("{PUK}\n{NEW}\n{NEW}\n");
    let said = piped(&shelf, &options, &lines);
    assert_eq!((code(&said).as_str(), tries(&card)), ("not-confirmed", (0, 3)));
    let said = piped(&shelf, &[&options[..], &["--last-try"]].concat(), &lines);
    assert_eq!(said.exit, Exit::Fine, "{}", said.out);
    assert!(takes(&card, NEW));
}

#[test]
fn a_person_confirms_the_puk_in_words() {
    let (shelf, card) = bench(Practice::PinBlocked);
    let lines = format!("{PUK}\n{NEW}\n{NEW}\n");
    let said = typed(
        &shelf,
        &["pin", "unlock", "--puk", "--i-know", "--json"],
        &format!("hayır\n{lines}"),
    );
    assert_eq!((code(&said).as_str(), tries(&card)), ("not-confirmed", (0, 3)));
    let said = typed(
        &shelf,
        &["pin", "unlock", "--puk", "--i-know"],
        &format!("devam\n{lines}"),
    );
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    assert!(takes(&card, NEW));
}

#[test]
fn status_spends_nothing_and_says_the_tries_first() {
    for (kind, left, exit) in [
        (Practice::Sha256, 3, Exit::Fine),
        (Practice::PinBlocked, 0, Exit::SomethingToDo),
    ] {
        let (shelf, card) = bench(kind);
        let said = said(world(&shelf), &["pin", "status", "--json"]);
        assert_eq!(said.exit, exit, "{}", said.out);
        let first = said.out.lines().find(|line| line.contains("triesLeft")).unwrap();
        assert_eq!(
            first.trim().trim_end_matches(','),
            format!("\"triesLeft\": {left}")
        );
        let pin = &said.json()["cards"][0]["pins"][0];
        assert_eq!((&pin["role"], &pin["triesLeft"]), (&"user".into(), &left.into()));
        assert_eq!(
            said.json()["cards"][0]["unlock"],
            serde_json::json!(["service", "puk"])
        );
        assert_eq!(tries(&card), (u8::try_from(left).unwrap(), 3));
    }
    let (shelf, _) = bench(Practice::PinBlocked);
    let text = said(world(&shelf), &["pin", "status"]).out;
    assert!(
        text.contains("PIN: kilitli") && text.contains("çevrim içi kilit çözme"),
        "{text}"
    );
}

#[test]
fn an_unlock_through_a_service_that_is_not_there() {
    let (shelf, card) = bench(Practice::PinBlocked);
    let folder = tempfile::tempdir().unwrap();
    let run = |address: &str, lines: &str, more: &[&str]| {
        let input = Box::new(Cursor::new(lines.as_bytes().to_vec()));
        let journal = Some(journeys::journal::Journal::new(folder.path().into()));
        let arguments = [
            &["pin", "unlock", "--stdin", "--json", "--service", address],
            more,
        ]
        .concat();
        said(
            World {
                input,
                journal,
                ..world(&shelf)
            },
            &arguments,
        )
    };
    let lines = format!("{NEW}\n{NEW}\n");
    assert_eq!(
        code(&run("http://example.org", &lines, &[])),
        "service-not-secure"
    );
    assert_eq!(code(&run("kilit", &lines, &[])), "service-address");
    assert_eq!(
        code(&run("http://127.0.0.1:1", &lines, &[])),
        "service-unreachable"
    );
    assert_eq!(
        code(&run(
            "http://127.0.0.1:1",
            &format!("a b\n{lines}"),
            &["--token-stdin"]
        )),
        "bad-token"
    );
    assert_eq!(
        code(&run(
            "http://127.0.0.1:1",
            &format!("abc\n{lines}"),
            &["--token-stdin"]
        )),
        "service-unreachable"
    );
    assert_eq!(tries(&card), (0, 3));
}
