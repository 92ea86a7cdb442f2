//! The whole window by keyboard, and while its language, theme and text size change.

use desktop::preset::{Look, NAMES};
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};

use crate::running::Running;
use crate::window::WINDOW;

fn start(preset: &str) -> Running {
    Running::preset(preset, Look::default(), WINDOW)
}

fn shows(running: &mut Running, words: &str) -> bool {
    running.window_keeping(|window| window.find(words).is_some())
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
            places.push(place.bounds());
        }
        window.tab();
        let round = window.focused().map(|place| place.bounds());
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
    let headline = "SHA-256: yapılacak bir şey yok";
    assert!(
        shows(&mut other, headline),
        "the text to look for is not what the window says"
    );
    assert!(shows(&mut running, headline), "the second card is not shown");
}

#[test]
fn help_opens_by_f1_and_closes_by_escape() {
    const QUESTION: &str = "PUK nedir, neden kullanmamalıyım?";
    let mut running = start("card replace");
    assert!(!shows(&mut running, QUESTION));
    running.key(Named::F1);
    assert!(shows(&mut running, QUESTION), "F1 did not open the help");
    running.key(Named::Escape);
    assert!(!shows(&mut running, QUESTION), "Esc did not close the help");
    assert!(
        shows(&mut running, "İmza sertifikası"),
        "Esc did not lead back to the card"
    );
}

#[test]
fn settings_change_language_theme_and_size_while_running() {
    let mut running = start("settings");
    running.click("English");
    assert!(!shows(&mut running, "Ayarlar"));
    assert!(shows(&mut running, "Settings"));
    running.click("Dark");
    assert_eq!(running.app().tokens().name, "dark");
    let before = running.app().scale();
    running.chord(Modifiers::COMMAND, letter("+"));
    assert!(running.app().scale() > before);
    running.chord(Modifiers::COMMAND, letter("0"));
    assert!((running.app().scale() - 1.0).abs() < f32::EPSILON);
}

#[test]
fn details_open_and_escape_leads_back_to_the_card() {
    let mut running = start("card replace");
    running.click("Ayrıntılar");
    assert!(shows(&mut running, "Ham veri"));
    running.key(Named::Escape);
    assert!(!shows(&mut running, "Ham veri"));
}

#[test]
fn what_stands_beside_a_copy_button_is_what_is_copied() {
    let mut running = start("details fields");
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is not general enough"
    )]
    let stops = running.window_keeping(|window| window.stops());
    for _ in 0..stops {
        running.key(Named::Tab);
        let place = running.window_keeping(|window| window.focused().expect("Tab leads somewhere").bounds());
        // Only buttons without words are as wide as high.
        if (place.width - place.height).abs() < 0.5 {
            break;
        }
    }
    running.key(Named::Space);
    assert_eq!(running.copied.as_deref(), Some("TR"));
}
