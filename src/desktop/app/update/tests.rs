use ::card::{Reader, ReaderState, Snapshot};
use iced::Size;
use journeys::words::Language;

use super::*;
use crate::app::preset::{self, Look};
use crate::{
    export::Chosen,
    screen::{login, sign},
};

fn app(name: &str) -> App {
    preset::of(name, Look::default())
}

fn tell(app: &mut App, internal: Internal) {
    let _task = app.update(internal.into());
}

fn key(app: &mut App, key: Key) {
    tell(app, Internal::Key(key));
}

#[test]
fn escape_goes_back_to_where_details_were_asked_for() {
    let mut app = app("details fields");
    key(&mut app, Key::Back);
    assert!(matches!(app.page, Page::Card(_)));
    let mut app = self::app("help");
    key(&mut app, Key::Back);
    assert!(matches!(app.page, Page::Card(_)));
}

#[test]
fn keys_lead_to_pages() {
    let mut app = app("card replace");
    key(&mut app, Key::Help);
    assert!(matches!(app.page, Page::Help(..)));
    key(&mut app, Key::Settings);
    assert!(matches!(app.page, Page::Settings(_)));
    key(&mut app, Key::Practice);
    assert!(
        matches!(app.page, Page::Settings(_)),
        "there are practice cards only in practice"
    );
    key(&mut app, Key::Item(1));
    assert_eq!(app.page.way(&app.readers), rail::nth(&app.readers, 0, 1));
    key(&mut app, Key::Item(8));
    assert_eq!(app.page.way(&app.readers), rail::nth(&app.readers, 0, 1));
}

/// A look at the first card has just ended.
fn look_ended(app: &mut App) {
    let wish = app.follow_wish();
    drop(wish);
}

#[test]
fn a_link_leads_out_of_a_blocked_pin() {
    let mut app = app("card blocked");
    drop(app.open_link("kartal://unlock"));
    assert!(matches!(app.page, Page::Pin(_)), "the card was looked at already");

    let mut app = self::app("reading");
    drop(app.open_link("kartal://unlock"));
    look_ended(&mut app);
    assert!(
        matches!(app.page, Page::Card(_)),
        "nothing is known of the card yet"
    );
    let blocked = self::app("card blocked");
    app.readers = blocked.readers;
    look_ended(&mut app);
    assert!(matches!(app.page, Page::Pin(_)));
}

#[test]
fn whoever_goes_elsewhere_is_not_fetched_back_by_a_link() {
    let mut app = app("reading");
    drop(app.open_link("kartal://unlock"));
    drop(app.go(Way::Help));
    drop(app.go(rail::nth(&app.readers, 0, 0).unwrap()));
    app.readers = self::app("card blocked").readers;
    look_ended(&mut app);
    assert!(matches!(app.page, Page::Card(_)));
}

#[test]
fn a_link_leads_to_the_replacement_and_not_away_from_a_signature() {
    let mut app = app("card replace");
    drop(app.open_link("kartal://replace"));
    assert!(
        !matches!(app.page, Page::Card(_)),
        "to log in, or to the settings without a service"
    );
    let mut app = self::app("sign texts");
    for link in ["kartal://replace", "kartal://unlock", "kartal://sign?code=1"] {
        drop(app.open_link(link));
        assert!(
            matches!(&app.page, Page::Sign(state) if state.is_under_way()),
            "{link}"
        );
    }
}

#[test]
fn signing_under_way_is_not_begun_anew() {
    let mut app = app("sign texts");
    drop(app.go(Way::Sign));
    assert!(matches!(&app.page, Page::Sign(state) if state.is_under_way()));
    assert!(app.parked.is_none());
}

#[test]
fn arrows_in_the_rail_stop_at_its_ends() {
    let mut app = app("card replace");
    tell(
        &mut app,
        Internal::Arrow {
            down: true,
            focused: Some(0),
        },
    );
    assert_eq!(app.page.way(&app.readers), rail::nth(&app.readers, 0, 1));
    tell(
        &mut app,
        Internal::Arrow {
            down: false,
            focused: Some(0),
        },
    );
    tell(
        &mut app,
        Internal::Arrow {
            down: true,
            focused: Some(2),
        },
    );
    assert_eq!(app.page.way(&app.readers), rail::nth(&app.readers, 0, 1));
}

#[test]
fn the_language_changes_at_once_even_if_the_command_line_chose_another() {
    let mut app = app("settings");
    let before = app.labels.get("settings");
    tell(
        &mut app,
        Internal::Page(Part::Settings(settings::Message::Language(Language::English))),
    );
    assert_ne!(app.labels.get("settings"), before);
    assert_eq!(app.words.language(), Language::English);
}

#[test]
fn size_grows_and_shrinks_between_its_ends() {
    let mut app = app("card fine");
    for _ in 0..30 {
        key(&mut app, Key::Larger);
    }
    assert!((app.scale() - 2.0).abs() < f32::EPSILON);
    key(&mut app, Key::Smaller);
    assert!(app.scale() < 2.0);
    key(&mut app, Key::Normal);
    assert!((app.scale() - 1.0).abs() < f32::EPSILON);
}

#[test]
fn the_window_is_remembered_as_it_is_at_full_size() {
    let mut app = preset::of(
        "card fine",
        Look {
            scale: 200,
            ..Look::default()
        },
    );
    tell(
        &mut app,
        Internal::Window(WindowEvent::Resized(Size::new(600.0, 400.0))),
    );
    tell(&mut app, Internal::Window(WindowEvent::CloseRequested));
    assert_eq!(app.settings.window(), (1200.0, 800.0));
}

#[test]
fn a_toast_goes_unless_another_took_its_place() {
    let mut app = app("card fine");
    tell(
        &mut app,
        Internal::Page(Part::Card(card::Message::Copy("x".into()))),
    );
    let first = app.toast.clone().unwrap().number;
    tell(
        &mut app,
        Internal::Page(Part::Card(card::Message::Copy("y".into()))),
    );
    tell(&mut app, Internal::ToastGone(first));
    let second = app.toast.clone().unwrap().number;
    tell(&mut app, Internal::ToastGone(second));
    assert_eq!(app.toast, None);
}

#[test]
fn files_wait_until_they_can_be_judged() {
    let mut app = app("card fine");
    app.prepared = None;
    tell(&mut app, Internal::Files(vec!["/nowhere.cer".into()]));
    assert_eq!(app.waiting_files.len(), 1);
}

#[test]
fn closing_a_file_shows_its_neighbour_or_the_cards() {
    let mut app = app("file one");
    tell(&mut app, Internal::Page(Part::File(file::Message::Close)));
    assert!(app.files.is_empty());
    assert!(matches!(app.page, Page::Card(_)));
}

#[test]
fn a_file_opened_twice_is_open_once() {
    let mut app = app("file one");
    let again = app.files[0].clone();
    tell(&mut app, Internal::Opened(vec![again]));
    assert_eq!(app.files.len(), 1);
}

#[test]
fn a_message_of_a_page_that_has_gone_does_nothing() {
    let mut app = app("help");
    tell(&mut app, Internal::Page(Part::Card(card::Message::Practise)));
    assert!(app.practice.is_none());
}

#[test]
fn practice_takes_the_readers_place_and_gives_it_back() {
    let mut app = app("no reader");
    tell(&mut app, Internal::Page(Part::Card(card::Message::Practise)));
    assert!(app.practice.is_some() && app.environment.is_practice);
    assert!(!app.readers.is_known());
    key(&mut app, Key::Practice);
    tell(&mut app, Internal::Page(Part::Practice(practice::Message::Leave)));
    assert!(app.practice.is_none() && !app.environment.is_practice);
}

#[test]
fn a_card_that_comes_while_the_help_is_read_does_not_take_its_place() {
    let mut app = app("help");
    let atr = ::card::Atr::new(&[0x3B, 0x80]).unwrap();
    let state = ReaderState::Card {
        atr,
        insertion: 9,
        held_by_other: false,
    };
    let readers = vec![Reader {
        name: "new".into(),
        state,
    }];
    tell(
        &mut app,
        Internal::Readers(Ok(Snapshot {
            readers,
            ..Snapshot::default()
        })),
    );
    assert!(matches!(app.page, Page::Help(..)));
}

fn signs_a_file(app: &App) -> bool {
    matches!(&app.page, Page::Sign(state) if state.is_under_way())
}

#[test]
fn a_file_is_signed_when_it_is_dropped_on_the_page_for_it_and_not_when_it_is_opened() {
    let mut app = app("sign");
    let opened = Chosen::Yes(vec!["/letter.pdf".into()]);
    tell(&mut app, Internal::Dialog(Pending::Files, opened));
    tell(&mut app, Internal::Files(vec!["/letter.pdf.p7s".into()]));
    assert!(!signs_a_file(&app));
    tell(&mut app, Internal::Files(vec!["/letter.pdf".into()]));
    assert!(signs_a_file(&app));

    let mut app = self::app("card fine");
    tell(&mut app, Internal::Files(vec!["/letter.pdf".into()]));
    assert!(matches!(app.page, Page::Card(_)), "it is looked into first");
}

#[test]
fn only_an_answer_that_is_waited_for_opens_the_form_of_the_service() {
    use journeys::unlock::Offer;
    let mut app = app("unlock other person");
    let is_form = |app: &App| matches!(&app.page, Page::Pin(state) if state.entries().is_some());
    let answer = |serial: &str| {
        let ready = Box::new(Ok(Offer::Ready));
        Internal::Page(Part::Pin(pin::Message::Offer(serial.to_owned(), ready)))
    };
    let Page::Pin(state) = &app.page else {
        panic!("not on the page of a PIN")
    };
    let serial = state.subject().serial.clone();
    tell(&mut app, answer(&serial));
    assert!(!is_form(&app), "nobody waits");
    let _asked = app.begin_online_unlock();
    tell(&mut app, answer("00"));
    assert!(!is_form(&app), "another card's");
    tell(&mut app, answer(&serial));
    assert!(is_form(&app));
}

fn replacing(app: &mut App, message: replace::Message) {
    tell(app, Internal::Page(Part::Replace(message)));
}

#[test]
fn a_session_that_ended_leaves_no_page_that_waits_for_ever() {
    // While the PIN of a replacement was typed.
    let mut app = app("replace pin");
    app.session = None;
    if let Page::Replace(state) = &app.page {
        "56".chars().for_each(|digit| state.entries().push(0, digit));
    }
    replacing(&mut app, replace::Message::Submit);
    assert!(matches!(app.page, Page::Login(..)));
    tell(&mut app, Internal::Page(Part::Login(login::Message::Back)));
    assert!(matches!(app.page, Page::Card(_)), "the card's page can be left");
    assert!(!app.page.is_busy());

    // While a new PIN was typed.
    let mut app = self::app("unlock other person");
    app.session = None;
    let Page::Pin(state) = &mut app.page else {
        panic!("not on the page of a PIN")
    };
    drop(state.offered(Ok(journeys::unlock::Offer::Ready)));
    for field in 0..2 {
        let entries = state.entries().unwrap();
        "739164".chars().for_each(|digit| entries.push(field, digit));
    }
    tell(&mut app, Internal::Page(Part::Pin(pin::Message::Submit)));
    assert!(matches!(app.page, Page::Login(..)));
    tell(&mut app, Internal::Page(Part::Login(login::Message::Back)));
    assert!(matches!(&app.page, Page::Pin(state) if state.entries().is_none()));
    assert!(!app.page.is_busy());
}

#[test]
fn a_file_that_is_dropped_does_not_take_a_working_cards_page() {
    let mut app = app("replace writing");
    let file = self::app("file one").files.remove(0);
    tell(&mut app, Internal::Opened(vec![file]));
    assert!(matches!(app.page, Page::Replace(_)));
    assert_eq!(app.files.len(), 1, "it is in the list");
}

#[test]
fn what_a_card_has_outgrown_can_be_begun_anew() {
    let mut app = app("replace outgrown");
    replacing(&mut app, replace::Message::GoOn);
    assert!(matches!(app.page, Page::Replace(_)));
    let before = app.page.is_busy();
    assert!(!before);

    // Another one that left the card half way comes first, and nothing of the new one was sent.
    let mut app = self::app("replace other first");
    replacing(&mut app, replace::Message::GoOn);
    let news = replace::News::Examined(Ok(journeys::replace::Situation::NeedsPin));
    let Page::Replace(state) = &app.page else {
        panic!("not on the page of a replacement")
    };
    let number = state.number();
    replacing(&mut app, replace::Message::News(number, news));
    replacing(&mut app, replace::Message::GoOn);
    assert!(matches!(app.page, Page::Replace(_)));
}

#[test]
fn what_was_signed_and_has_no_place_is_saved_elsewhere() {
    let mut app = app("sign file");
    let Page::Sign(state) = &mut app.page else {
        panic!("not on the page for signing")
    };
    let (target, number) = ("/home/a/dilekçe.pdf.p7s".into(), state.begin());
    let error = journeys::sign::file::FileError::Exists {
        path: "/home/a/dilekçe.pdf.p7s".into(),
    };
    let failure = sign::FileFailure::Unsaved {
        error,
        target,
        signature: vec![0x30],
    };
    let news = sign::Message::News(number, Box::new(sign::News::File(Err(failure))));
    match state.update(news, None, &app.readers, app.clock.now()) {
        sign::Action::Save(name, bytes) => assert_eq!((name.as_str(), bytes), ("dilekçe.pdf", vec![0x30])),
        other => panic!("{other:?}"),
    }
}

#[test]
fn help_while_logging_in_loses_nothing_of_it() {
    let mut app = app("login phone");
    drop(app.help(Some("wrong-phone-number")));
    assert!(matches!(app.page, Page::Help(..)));
    key(&mut app, Key::Help);
    key(&mut app, Key::Back);
    assert!(matches!(app.page, Page::Login(..)));
    tell(&mut app, Internal::Page(Part::Login(login::Message::Back)));
    assert!(matches!(app.page, Page::Login(..)), "it is the step of the phone");
}
