//! The real window on a real display, while a card comes and goes in a real reader.

use std::time::Duration;

use stack::{CardArguments, Colour, Display, InsertedCard, Picture, Program, Running, Service, wait_until};

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
