//! The harness itself: what it starts ends, what hangs is told, what is private stays so.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use stack::{CardArguments, Display, InsertedCard, Running, Service, finish, finish_within};

/// Whether a process of this id is running; one that has ended and waits for its parent is not.
fn runs(id: u32) -> bool {
    let status = fs::read_to_string(Path::new("/proc").join(id.to_string()).join("status"));
    status.is_ok_and(|status| !status.contains("State:\tZ"))
}

#[test]
fn a_process_ends_with_its_value() {
    let running = Running::start(Command::new("sleep").arg("600")).unwrap();
    let id = running.id();
    assert!(runs(id));
    drop(running);
    assert!(!runs(id));
}

#[test]
fn a_process_that_ignores_the_request_ends_all_the_same() {
    let mut stubborn = Command::new("sh");
    let running = Running::start(stubborn.args(["-c", "trap '' TERM; while :; do sleep 1; done"])).unwrap();
    let id = running.id();
    drop(running);
    assert!(!runs(id));
}

#[test]
fn a_tool_that_hangs_is_an_error() {
    let start = Instant::now();
    let error = finish_within(Command::new("sleep").arg("600"), Duration::from_millis(100)).unwrap_err();
    assert!(error.to_string().contains("sleep 600"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_tool_that_fails_tells_what_it_said() {
    let finished = finish(Command::new("sh").args(["-c", "echo why >&2; exit 3"])).unwrap();
    assert_eq!(finished.code(), 3);
    assert!(finished.success().unwrap_err().to_string().contains("why"));
}

#[test]
fn services_side_by_side_do_not_see_each_other() {
    let (one, other) = (Service::start().unwrap(), Service::start().unwrap());
    let blank = CardArguments::new(&["--blank"]);
    let _card = InsertedCard::insert(&one, one.reader(0).unwrap(), &blank).unwrap();
    let list = |service: &Service| {
        finish(service.hand_to(Command::new("opensc-tool").arg("--list-readers")))
            .unwrap()
            .text()
    };
    assert!(list(&one).contains("Yes"), "{}", list(&one));
    assert!(!list(&other).contains("Yes"), "{}", list(&other));
}

#[test]
fn a_service_without_readers_has_none() {
    let service = Service::without_readers().unwrap();
    let listed = finish(service.hand_to(Command::new("opensc-tool").arg("--list-readers"))).unwrap();
    assert!(!listed.text().contains("Kartal"), "{}", listed.text());
}

#[test]
fn displays_side_by_side_have_numbers_of_their_own_and_show_nothing_at_first() {
    let (one, other) = (
        Display::start(640, 480).unwrap(),
        Display::start(640, 480).unwrap(),
    );
    assert_ne!(one.name(), other.name());
    assert!(!one.drawn().unwrap());
    assert_eq!(one.windows().unwrap(), 0);
    assert_eq!(one.screenshot().unwrap().colours(2), 1);
}
