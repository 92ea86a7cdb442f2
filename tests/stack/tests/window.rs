//! The real window on a real display, while a card comes and goes in a real reader.

use std::time::Duration;

use stack::{CardArguments, Colour, Display, InsertedCard, Picture, Program, Running, Service, wait_until};

use stack::desk::{BAD as BAD_BANNER, Desk, GOOD, WARNING};

/// The colour of "a replacement is due" in the light theme.
const BAD: Colour = [0xAE, 0x21, 0x17];
const BAD_SOFT: Colour = [0xFC, 0xE9, 0xE7];

/// So many pixels of a colour are a banner or a badge, and no coincidence at the edge of a letter.
const SEEN: usize = 400;

const PATIENCE: Duration = Duration::from_secs(20);

fn says_replace(picture: &Picture) -> bool {
    picture.count(BAD) + picture.count(BAD_SOFT) >= SEEN
}

#[test]
fn a_verdict_comes_with_the_card_and_goes_with_it() {
    let home = tempfile::tempdir().unwrap();
    let service = Service::start().unwrap();
    let display = Display::start(1080, 720).unwrap();
    let mut command = Program::Kartal.command().unwrap();
    command
        .args(["--theme", "light", "--lang", "tr"])
        .env("HOME", home.path());
    let mut kartal = Running::start(service.hand_to(display.hand_to(&mut command))).unwrap();
    let empty = display.wait_until_still(PATIENCE).unwrap();
    assert!(!says_replace(&empty), "a verdict without a card");

    let reader = service.reader(0).unwrap().clone();
    let mut card = InsertedCard::insert(&service, &reader, &CardArguments::practice("sha1")).unwrap();
    for _ in 0..3 {
        wait_until("the verdict is drawn", PATIENCE, || {
            Ok(says_replace(&display.screenshot()?))
        })
        .unwrap();
        kartal.ensure_alive().unwrap();
        card.pull(&service).unwrap();
        wait_until("the verdict is gone", PATIENCE, || {
            Ok(!says_replace(&display.screenshot()?))
        })
        .unwrap();
        kartal.ensure_alive().unwrap();
        card.put_back(&service).unwrap();
    }
    drop(card);
    kartal.ensure_alive().unwrap();
    assert_eq!(display.windows().unwrap(), 1);
}

#[test]
fn a_card_pulled_in_the_middle_of_a_change_costs_no_try_and_the_window_lives() {
    const PIN: &str = "123456";
    const NEW: &str = "739152";
    let service = Service::start().unwrap();
    let reader = service.reader(0).unwrap().clone();
    let slow = CardArguments::practice("sha1").delay_ms(150);
    let mut card = InsertedCard::insert(&service, &reader, &slow).unwrap();
    let mut desk = Desk::start(&service).unwrap();
    desk.wait_for("the card is read", BAD_BANNER).unwrap();
    desk.open_change().unwrap();
    let before = card.count().unwrap();
    desk.fill(&[PIN, NEW, NEW]).unwrap();
    wait_until("the card works", PATIENCE, || Ok(card.count()? > before)).unwrap();
    card.pull(&service).unwrap();
    desk.wait_for("what became of it is told", WARNING).unwrap();
    desk.kartal.ensure_alive().unwrap();

    card.put_back(&service).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.kartal.ensure_alive().unwrap();
    // Nothing was sent again, and nothing that was typed is left: the form is empty and works.
    desk.press(stack::Key::Escape).unwrap();
    desk.wait_for("how the PIN stands", GOOD).unwrap();
    desk.enter(2).unwrap();
    desk.fill(&[PIN, NEW, NEW]).unwrap();
    desk.wait_for("the PIN is changed", GOOD).unwrap();
}

#[test]
fn a_broken_settings_file_is_kept_aside_and_told_of() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/kartal");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("settings.toml"), "theme = \"blue\"\nlanguage = [[[").unwrap();
    let service = Service::start().unwrap();
    let mut desk = Desk::at_home(home, &service, &[]).unwrap();
    desk.wait_for("the broken file is told of", WARNING).unwrap();
    desk.kartal.ensure_alive().unwrap();
    let kept = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .find(|name| name.starts_with("settings.broken-"));
    let kept = std::fs::read_to_string(folder.join(kept.expect("it was not kept aside"))).unwrap();
    assert!(kept.contains("blue"), "{kept}");
}

#[test]
fn a_pin_is_changed_on_the_practice_readers_own_keys() {
    /// What is always in the rail during practice, but for readers; the way to the cards is the third of it.
    const WAYS: usize = 5;
    const CARDS: usize = 3 + 3;
    /// On the page of the cards, after the way back to real readers: the sixth card; the two that are in readers have two
    /// buttons each.
    const CARD_ON_PAD: usize = 1 + 6 + 2;
    const PAD_READER: usize = 4;
    let home = tempfile::tempdir().unwrap();
    let service = Service::start().unwrap();
    let desk = Desk::at_home(home, &service, &["--demo"]).unwrap();
    desk.enter_at(CARDS).unwrap();
    desk.enter_at(3 + WAYS + CARD_ON_PAD).unwrap();
    desk.press(stack::Key::Escape).unwrap();
    desk.enter_at(PAD_READER).unwrap();
    desk.wait_for("the card is read", GOOD).unwrap();
    desk.enter_at(PAD_READER + WAYS + 1).unwrap();
    desk.wait_for("how the PIN stands", GOOD).unwrap();
    desk.enter_at(PAD_READER + WAYS + 2).unwrap();
    desk.enter_at(PAD_READER + WAYS + 1).unwrap();
    // The new PIN is not the same both times; then it is.
    desk.fill(&["123456", "271828", "271829"]).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.fill(&["314159", "314159"]).unwrap();
    desk.wait_for("the PIN is changed", GOOD).unwrap();
}
