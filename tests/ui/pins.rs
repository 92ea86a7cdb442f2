//! Secrets: how they are typed, and what becomes of them on a practice card that really takes them.

use desktop::preset::Look;
use desktop::ui::keypad::{self, Press};
use desktop::ui::pin_field::{self, Entries, Hint, Typed};
use desktop::ui::{Element, Tokens, button, theme};
use iced::keyboard::Modifiers;
use iced::keyboard::key::Named;
use iced::widget::column;
use iced::{Event, mouse};
use iced_test::simulator;

use crate::running::Running;
use crate::window::{WINDOW, Window};

const TOKENS: Tokens = &theme::LIGHT;
/// The practice cards' PIN, and a new one that is not easily guessed.
const PIN: &str = "123456";
const NEW: &str = "271828";

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Typed(usize, Typed),
    Pressed(Press),
    Other,
}

fn form(entries: &Entries) -> Element<'static, Said> {
    let field = |index: usize| {
        pin_field::pin_field(TOKENS, entries, index, move |typed| Said::Typed(index, typed))
            .id(["first", "second"][index])
    };
    column![
        Element::from(field(0)),
        Element::from(field(1)),
        Element::from(keypad::keypad(TOKENS, entries, "Sil", Said::Pressed).id("keypad")),
        Element::from(button::secondary(TOKENS, "other").on_press(Said::Other)),
    ]
    .into()
}

fn type_in(window: &mut Window<'_, Said>, text: &str) {
    for character in text.chars() {
        let key = iced::keyboard::Key::Character(character.to_string().into());
        window.handle(simulator::tap_key(key, Some(character.to_string().into())));
    }
}

fn lengths(entries: &Entries) -> [usize; 2] {
    [entries.len(0), entries.len(1)]
}

#[test]
fn keys_go_to_the_field_that_has_the_focus_and_to_no_other() {
    let entries = Entries::new(2);
    let mut window = Window::new(form(&entries), WINDOW);
    type_in(&mut window, "12");
    assert_eq!(lengths(&entries), [0, 0], "nothing has the focus");
    window.tab();
    type_in(&mut window, "123");
    window.press(Named::Backspace);
    window.tab();
    type_in(&mut window, "4");
    assert_eq!(lengths(&entries), [2, 1]);
    window.press(Named::Delete);
    assert_eq!(lengths(&entries), [2, 0]);
}

#[test]
fn what_is_said_holds_nothing_of_what_was_typed() {
    let entries = Entries::new(2);
    let mut window = Window::new(form(&entries), WINDOW);
    window.tab();
    type_in(&mut window, "987654");
    window.click("3");
    let said = format!("{:?}", window.messages());
    assert!(said.contains("Typed") && said.contains("Pressed"), "{said}");
    // The index of the field is the one digit in it.
    let digits = said.replace("Typed(0,", "Typed(");
    assert!(
        !digits.chars().any(|character| character.is_ascii_digit()),
        "{said}"
    );
}

#[test]
fn paste_is_refused_by_key_and_by_the_middle_button() {
    let entries = Entries::new(2);
    let mut window = Window::new(form(&entries), WINDOW);
    window.click_on("first");
    window.handle([Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Middle))]);
    assert_eq!(window.messages(), [Said::Typed(0, Typed::Refused(Hint::Paste))]);
    assert_eq!(lengths(&entries), [0, 0]);
}

#[test]
fn the_keypad_types_into_the_field_that_was_used_last() {
    let entries = Entries::new(2);
    let mut window = Window::new(form(&entries), WINDOW);
    window.tab();
    window.tab();
    for key in ["5", "0", "9", "⌫"] {
        window.click(key);
    }
    assert_eq!(lengths(&entries), [0, 2]);
    window.click("Sil");
    assert_eq!(lengths(&entries), [0, 0]);
}

#[test]
fn the_keypad_is_one_stop_with_arrows_inside() {
    let entries = Entries::new(2);
    let mut window = Window::new(form(&entries), WINDOW);
    assert_eq!(window.stops(), 4);
    (0..3).for_each(|_| window.tab());
    window.press(Named::ArrowRight);
    window.press(Named::ArrowDown);
    window.press(Named::Enter);
    window.press(Named::Space);
    assert_eq!(
        window.messages(),
        [Said::Pressed(Press::Keyboard), Said::Pressed(Press::Keyboard)]
    );
    assert_eq!(lengths(&entries), [0, 2], "Tab came by the second field last");
}

fn start(preset: &str) -> Running {
    Running::preset(preset, Look::default(), WINDOW)
}

fn shows(running: &mut Running, words: &str) -> bool {
    running.window_keeping(|window| window.find(words).is_some())
}

/// Types the three secrets by keyboard alone, Enter after each; the last one sends.
fn change(running: &mut Running, secrets: [&str; 3]) {
    for secret in secrets {
        running.type_text(secret);
        running.key(Named::Enter);
    }
}

#[test]
fn the_pin_is_changed_by_keyboard_alone() {
    let mut running = start("pin info");
    running.click("PIN değiştir");
    change(&mut running, [PIN, NEW, NEW]);
    assert!(shows(&mut running, "PIN değişti; kart artık yeni PIN'i istiyor."));
}

#[test]
fn a_wrong_pin_says_what_is_left_and_keeps_nothing() {
    let mut running = start("pin info");
    running.click("PIN değiştir");
    change(&mut running, ["654321", NEW, NEW]);
    assert!(shows(&mut running, "PIN uymadı, 2 hakkınız kaldı"));
    // Everything was wiped: what is typed now is the whole entry, and the right PIN works.
    running.click_on("secret-0");
    change(&mut running, [PIN, NEW, NEW]);
    assert!(shows(&mut running, "PIN değişti; kart artık yeni PIN'i istiyor."));
}

#[test]
fn a_fault_in_the_form_costs_no_try() {
    let mut running = start("pin info");
    running.click("PIN değiştir");
    for secrets in [
        ["12", NEW, NEW],
        [PIN, "111111", "111111"],
        [PIN, NEW, "314159"],
        [PIN, PIN, PIN],
    ] {
        change(&mut running, secrets);
        running.key(Named::Escape);
        running.key(Named::Escape);
        running.click("PIN değiştir");
    }
    assert!(shows(&mut running, "3 hak"), "a try was spent");
}

#[test]
fn the_last_try_is_spent_only_after_the_question() {
    let mut running = start("pin last try");
    running.click_on("secret-0");
    running.key(Named::Escape);
    change(&mut running, [PIN, NEW, NEW]);
    assert!(shows(&mut running, "Son hakkı kullan"));
    running.key(Named::Escape);
    assert!(!shows(&mut running, "Son hakkı kullan"));
    running.click_on("secret-0");
    change(&mut running, [PIN, NEW, NEW]);
    running.click("Son hakkı kullan");
    assert!(shows(&mut running, "PIN değişti; kart artık yeni PIN'i istiyor."));
}

#[test]
fn escape_empties_then_goes_back() {
    let mut running = start("pin change");
    running.click_on("secret-0");
    running.key(Named::Escape);
    assert!(shows(&mut running, "PIN'i değiştir"), "the page was left");
    running.key(Named::Escape);
    assert!(!shows(&mut running, "PIN'i değiştir"));
    running.chord(Modifiers::empty(), Named::Escape);
    assert!(!shows(&mut running, "PIN işlemleri") || shows(&mut running, "Yeniden oku"));
}

#[test]
fn a_blocked_pin_is_opened_by_the_puk() {
    let mut running = start("unlock puk");
    for index in ["secret-0", "secret-1"] {
        running.click_on(index);
        running.key(Named::Delete);
    }
    running.click_on("secret-0");
    change(&mut running, ["12345678", NEW, NEW]);
    assert!(shows(
        &mut running,
        "Kilit açıldı; kart artık yeni PIN'i istiyor."
    ));
}

#[test]
fn a_press_on_one_field_takes_the_keyboard_from_the_other() {
    let entries = Entries::new(2);
    let mut window = Window::new(form(&entries), WINDOW);
    // Backwards too: the field below hears of a press only after the one above has taken it.
    for (field, at) in [("second", 1), ("first", 0), ("second", 1)] {
        window.click_on(field);
        let before = entries.len(at);
        type_in(&mut window, "1");
        assert_eq!(entries.len(at), before + 1, "{field}");
    }
    window.click_on("first");
    window.tab();
    type_in(&mut window, "2");
    assert_eq!(lengths(&entries), [1, 3], "only one field had the keyboard");
}
