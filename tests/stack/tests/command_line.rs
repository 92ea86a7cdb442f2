//! The command line when something is missing, foreign or broken: an exit code, a sentence, never a crash.

use std::thread;
use std::time::{Duration, Instant};

use stack::{CardArguments, InsertedCard, Program, Service, finish};

use crate::cli::{Cli, card_in, certificates};

/// Nothing is wrong; something is to be done; it was not possible to look.
const FINE: i32 = 0;
const TO_DO: i32 = 1;
const COULD_NOT_LOOK: i32 = 2;

/// A look at a broken card takes no longer than this, the start of the process and the daemon's own wait included.
const SOON: Duration = Duration::from_secs(3);

#[test]
fn without_the_service_the_answer_is_a_sentence_and_code_2() {
    let mut command = Program::KartalCli.command().unwrap();
    let finished = finish(
        command
            .arg("cards")
            .env("PCSCLITE_CSOCK_NAME", "/nonexistent/socket"),
    )
    .unwrap();
    assert_eq!(finished.code(), COULD_NOT_LOOK, "{}", finished.complaints());
    assert!(
        finished.complaints().contains("pcscd") || finished.text().contains("pcscd"),
        "{finished:?}"
    );
}

#[test]
fn without_a_reader_the_answer_is_a_sentence_and_code_2() {
    let service = Service::without_readers().unwrap();
    let finished = Cli::of_a_newcomer().unwrap().run(&service, &["cards"]).unwrap();
    assert_eq!(finished.code(), COULD_NOT_LOOK, "{finished:?}");
    assert!(!finished.text().is_empty() || !finished.complaints().is_empty());
}

#[test]
fn without_a_card_there_is_nothing_to_look_at() {
    let service = Service::start().unwrap();
    let finished = Cli::of_a_newcomer().unwrap().run(&service, &["cards"]).unwrap();
    assert_eq!(finished.code(), COULD_NOT_LOOK, "{finished:?}");
}

#[test]
fn readers_are_listed_by_name() {
    let service = Service::start().unwrap();
    let finished = Cli::of_a_newcomer().unwrap().run(&service, &["readers"]).unwrap();
    for reader in service.readers() {
        assert!(finished.text().contains(&reader.name), "{finished:?}");
    }
}

#[test]
fn exit_codes_tell_a_card_that_is_fine_from_one_that_is_not() {
    for (kind, expected) in [("sha256", FINE), ("sha1", TO_DO), ("pin-blocked", TO_DO)] {
        let service = Service::start().unwrap();
        let practice = CardArguments::practice(kind);
        let _card = InsertedCard::insert(&service, service.reader(0).unwrap(), &practice).unwrap();
        let (answer, code) = Cli::of_a_newcomer()
            .unwrap()
            .cards(&service, &["--driverless"])
            .unwrap();
        assert_eq!(code, expected, "{kind}: {answer:#}");
    }
}

#[test]
fn an_unknown_card_is_told_by_its_atr() {
    let service = Service::start().unwrap();
    let reader = service.reader(0).unwrap().clone();
    let _card = InsertedCard::insert(&service, &reader, &CardArguments::new(&["--akis"])).unwrap();
    let (answer, _) = Cli::of_a_newcomer().unwrap().cards(&service, &[]).unwrap();
    let card = card_in(&answer, &reader).unwrap();
    let atr: String = card["atr"]
        .as_str()
        .unwrap()
        .chars()
        .filter(char::is_ascii_hexdigit)
        .collect();
    assert!(
        atr.eq_ignore_ascii_case(
            "3BBA11008131FE4D55454B414520 56312E30AE"
                .replace(' ', "")
                .as_str()
        )
    );
}

#[test]
fn garbage_and_blank_cards_are_no_crash_and_no_long_wait() {
    for arguments in [
        CardArguments::practice("garbage"),
        CardArguments::new(&["--blank"]),
    ] {
        let service = Service::start().unwrap();
        let reader = service.reader(0).unwrap().clone();
        let _card = InsertedCard::insert(&service, &reader, &arguments).unwrap();
        let start = Instant::now();
        let (answer, code) = Cli::of_a_newcomer()
            .unwrap()
            .cards(&service, &["--driverless"])
            .unwrap();
        assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
        let card = card_in(&answer, &reader).unwrap();
        assert!(certificates(card).map_or(true, Vec::is_empty), "{answer:#}");
        assert_eq!(code, COULD_NOT_LOOK, "{answer:#}");
    }
}

#[test]
fn a_card_pulled_while_it_is_read_ends_the_look() {
    let service = Service::start().unwrap();
    let reader = service.reader(0).unwrap().clone();
    let slow = CardArguments::practice("sha256").delay_ms(50);
    let mut card = InsertedCard::insert(&service, &reader, &slow).unwrap();
    let cli = Cli::of_a_newcomer().unwrap();
    let finished = thread::scope(|scope| {
        let look = scope.spawn(|| cli.run(&service, &["cards", "--driverless"]));
        // In the middle: some commands have been answered, and more are to come.
        let before = card.count().unwrap();
        while card.count().unwrap() < before + 4 {
            thread::sleep(Duration::from_millis(5));
        }
        card.pull(&service).unwrap();
        look.join().unwrap().unwrap()
    });
    assert_eq!(finished.code(), COULD_NOT_LOOK, "{finished:?}");
    card.ensure_alive().unwrap();
}
