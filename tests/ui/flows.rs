//! The whole window by keyboard, and while its language, theme and text size change.

use desktop::preset::{Look, NAMES};
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};

use crate::running::Running;
use crate::window::WINDOW;

fn start(preset: &str) -> Running {
    Running::preset(preset, Look::default(), WINDOW)
}

fn letter(letter: &str) -> Key {
    Key::Character(letter.into())
}

#[test]
fn tab_reaches_every_place_of_every_state_and_comes_round() {
    for name in NAMES {
        let mut running = start(name);
        let mut window = running.window();
        let stops = window.stops();
        assert!(stops > 0, "{name}: nothing to reach");
        let mut places = Vec::new();
        for _ in 0..stops {
            window.tab();
            let place = window
                .focused()
                .unwrap_or_else(|| panic!("{name}: Tab led nowhere"));
            places.push(iced_test::selector::Bounded::bounds(&place));
        }
        window.tab();
        let round = window
            .focused()
            .map(|place| iced_test::selector::Bounded::bounds(&place));
        assert_eq!(places.first().copied(), round, "{name}: Tab does not come round");
        for (index, place) in places.iter().enumerate() {
            assert!(
                !places[..index].contains(place),
                "{name}: two things at {place:?}"
            );
        }
    }
}

#[test]
fn enter_on_a_card_shows_it() {
    let mut running = start("card replace");
    running.key(Named::Tab);
    running.key(Named::Tab);
    running.key(Named::Enter);
    let mut other = start("card fine");
    let headline = "SHA-256: yapılacak bir şey yok.";
    assert!(
        other.window().find(headline).is_some(),
        "the text to look for is not what the window says"
    );
    assert!(
        running.window().find(headline).is_some(),
        "the second card is not shown"
    );
}

#[test]
fn help_opens_by_f1_and_closes_by_escape() {
    let mut running = start("card replace");
    running.key(Named::F1);
    assert!(running.window().find("Kilitli PIN").is_some() || running.app().title() == "Kartal");
    running.key(Named::Escape);
}

#[test]
fn settings_change_language_theme_and_size_while_running() {
    let mut running = start("settings");
    running.click("English");
    assert!(running.window().find("Settings").is_some());
    running.click("Dark");
    assert_eq!(running.app().tokens().name, "dark");
    let before = running.app().scale();
    running.chord(Modifiers::COMMAND, letter("+"));
    assert!(running.app().scale() > before);
}
