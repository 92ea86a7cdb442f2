//! Everything by keyboard: what Tab reaches, what Enter and Space press, where the focus stays.

use desktop::preset::Look;
use desktop::ui::{Element, Tokens, Width, button, field, modal, page, theme};
use iced::keyboard::key::Named;
use iced::widget::{column, container};
use iced_test::selector::Target;

use crate::running::Running;
use crate::window::{WINDOW, Window};

const TOKENS: Tokens = &theme::LIGHT;

/// Whether this is the widget of this name.
pub(crate) fn is_named(target: &Target, name: &'static str) -> bool {
    matches!(target, Target::Focusable { id: Some(id), .. } if *id == iced::advanced::widget::Id::new(name))
}

fn button(name: &'static str) -> Element<'static, &'static str> {
    button::secondary(TOKENS, name).id(name).on_press(name).into()
}

fn disabled(name: &'static str) -> Element<'static, &'static str> {
    button::secondary(TOKENS, name).id(name).into()
}

fn two() -> Element<'static, &'static str> {
    column![button("a"), disabled("off"), button("b")].into()
}

#[track_caller]
fn assert_focus(window: &mut Window<'_, &'static str>, name: &'static str) {
    let focused = window.focused();
    assert!(
        focused.as_ref().is_some_and(|target| is_named(target, name)),
        "focus on {focused:?}"
    );
}

#[test]
fn tab_goes_round_and_leaves_out_what_cannot_be_pressed() {
    let mut window = Window::new(two(), WINDOW);
    assert_eq!(window.stops(), 2);
    window.tab();
    assert_focus(&mut window, "a");
    window.tab();
    assert_focus(&mut window, "b");
    window.tab();
    assert_focus(&mut window, "a");
    window.shift_tab();
    assert_focus(&mut window, "b");
}

#[test]
fn enter_and_space_press_what_has_the_focus_and_nothing_else() {
    let mut window = Window::new(two(), WINDOW);
    window.press(Named::Enter);
    assert!(window.messages().is_empty());
    window.tab();
    window.press(Named::Enter);
    window.press(Named::Space);
    window.press(Named::Escape);
    assert_eq!(window.messages(), ["a", "a"]);
}

#[test]
fn the_mouse_presses_and_moves_the_focus_too() {
    let mut window = Window::new(two(), WINDOW);
    window.click("a");
    window.click("off");
    assert_eq!(window.messages(), ["a"]);
    assert!(window.focused().is_none());
    window.click("a");
    window.tab();
    assert_focus(&mut window, "b");
}

#[test]
fn what_becomes_disabled_lets_the_focus_go() {
    let mut window = Window::new(container(button("a")).into(), WINDOW);
    window.tab();
    let (memory, _) = window.close();
    let window = Window::again(container(disabled("a")).into(), WINDOW, memory);
    let (memory, _) = window.close();
    let mut window = Window::again(container(button("a")).into(), WINDOW, memory);
    assert!(window.focused().is_none());
    window.press(Named::Enter);
    assert!(window.messages().is_empty());
}

#[test]
fn another_button_at_the_same_place_does_not_inherit_the_focus() {
    let mut window = Window::new(container(button("harmless")).into(), WINDOW);
    window.tab();
    let (memory, _) = window.close();
    let mut window = Window::again(container(button("harmful")).into(), WINDOW, memory);
    window.press(Named::Enter);
    assert!(window.messages().is_empty());
}

#[test]
fn a_question_keeps_the_keyboard_to_itself_and_gives_it_back() {
    let behind = || modal::layer(TOKENS, two(), None);
    let asking = || {
        let answers = vec![button("no"), button("yes")];
        modal::layer(TOKENS, two(), Some(modal::dialog(TOKENS, "?", "…", answers)))
    };
    let mut window = Window::new(behind(), WINDOW);
    window.tab();
    window.tab();
    let (memory, _) = window.close();

    let mut window = Window::again(asking(), WINDOW, memory);
    assert_eq!(window.stops(), 2);
    window.press(Named::Enter);
    assert!(window.messages().is_empty(), "what is behind was pressed");
    window.tab();
    assert_focus(&mut window, "no");
    window.press(Named::Enter);
    let (memory, messages) = window.close();
    assert_eq!(messages, ["no"]);

    let mut window = Window::again(behind(), WINDOW, memory);
    assert_focus(&mut window, "b");
}

#[test]
fn what_has_the_focus_is_scrolled_into_sight() {
    const NAMES: [&str; 30] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
        "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29",
    ];
    let list = iced::widget::Column::with_children(NAMES.map(button));
    let mut window = Window::new(page::page(TOKENS, Width::Wide, list), WINDOW);
    for name in NAMES {
        window.tab();
        assert_focus(&mut window, name);
        // A click needs it in sight.
        window.click(name);
    }
    window.shift_tab();
    assert_focus(&mut window, "28");
    assert_eq!(window.messages().len(), NAMES.len());
}

#[test]
fn fields_and_buttons_take_turns() {
    let view = column![
        button("a"),
        field::field(TOKENS, "", "", |_| "typed").id("field"),
        button("b")
    ];
    let mut window = Window::new(view.into(), WINDOW);
    assert_eq!(window.stops(), 3);
    window.tab();
    window.tab();
    assert_focus(&mut window, "field");
    window.press(Named::Enter);
    window.tab();
    assert_focus(&mut window, "b");
    assert!(window.messages().is_empty());
}

/// A banner above a field goes with the first key, and the field keeps the keyboard.
#[test]
fn what_goes_above_a_field_takes_nothing_from_it() {
    let mut running = Running::preset("sign code wrong", Look::default(), WINDOW);
    let bounds = |running: &mut Running| {
        running.window_keeping(|window| {
            window
                .find(iced_test::selector::id("verification-code"))
                .unwrap()
                .bounds()
        })
    };
    running.click_on("verification-code");
    let before = bounds(&mut running);
    running.type_text("42");
    assert_ne!(bounds(&mut running), before, "the banner has gone");
    let is_kept = running.window_keeping(|window| window.focused().is_some());
    assert!(is_kept, "the field has lost the keyboard");
}
