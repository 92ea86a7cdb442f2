//! Known states of the pages around a PIN. Behind them stands a practice card that really takes PINs.

use std::sync::Arc;

use card::Hub;
use journeys::{
    look::{Report, Request, look},
    pin::{self, Mistaken, Status, Subject},
    unlock,
};
use token::{Choice, Entry, Pin, SecretKind, TokenHandle, TriesLeft, Try};
use virtual_card::practice::{PIN, Practice};

use super::{ACS, NOW, anchors, opener, page, wait_for};
use crate::{
    app::{
        App,
        message::{Internal, Part},
        page::Page,
    },
    practice::{Holder, Made, make},
    readers::LookEvent,
    screen::pin::{Message, News},
    ui::pin_field::{Hint, Typed},
};

/// A card whose PIN was asked about.
struct Asked {
    status: Status,
    token: TokenHandle,
}

/// The state of this name.
pub(super) fn show(app: &mut App, name: &str) {
    let kind = match name {
        "pin blocked" => Practice::PinBlocked,
        "pin dead" => Practice::Dead,
        name if name.starts_with("unlock") => Practice::PinBlocked,
        _ => Practice::Sha1,
    };
    let wrong = if ["pin last try", "pin question"].contains(&name) {
        2
    } else {
        0
    };
    let Ok(mut asked) = ask(app, kind, wrong) else {
        return;
    };
    adapt(&mut asked.status, name);
    app.overrides.service = ["unlock service", "unlock other person"]
        .contains(&name)
        .then(|| "https://hizmet.example".parse().ok())
        .flatten();
    let _not_started = app.open_pins(ACS);
    let news = Message::Status(number(app), Box::new(Ok(asked.status.clone())), None);
    say(app, news);
    match name {
        name if name.starts_with("unlock") => unlocking(app, name),
        "pin info" | "pin blocked" | "pin dead" => (),
        name => changing(app, name, &asked),
    }
}

/// What the card does not do by itself.
fn adapt(status: &mut Status, name: &str) {
    let Some(user) = status.pins.first_mut() else {
        return;
    };
    match name {
        name if name.starts_with("pin pad") => user.protected_path = true,
        "unlock puk closed" => user.unblock.puk_tries_left = TriesLeft::Exact(1),
        _ => (),
    }
}

fn changing(app: &mut App, name: &str, asked: &Asked) {
    say(app, Message::Change);
    match name {
        "pin change" | "pin last try" => type_in(app, &["1234"]),
        "pin hint" => say(app, Message::Typed(0, Typed::Refused(Hint::Paste))),
        "pin weak" => submit(app, &[PIN, "555555", "555555"]),
        "pin security word" => submit(app, &["bahar7", "271828", "271828"]),
        "pin pulled" => {
            type_in(app, &["1234"]);
            let empty = card::Snapshot {
                readers: vec![],
                ..app.environment.hub.snapshot()
            };
            let _not_started = app.update(Internal::Readers(Ok(empty)).into());
        }
        "pin question" => {
            submit(app, &[PIN, "271828", "271828"]);
            if let Ok(Some(warning)) = wait_for(asked.token.last_try(SecretKind::Pin)) {
                tell(app, News::Tried(pin::Outcome::LastTry(warning)));
            }
        }
        "pin pad" => (),
        "pin pad waiting" => {
            say(app, Message::Submit);
            tell(app, News::Slow);
        }
        "pin pad timeout" => {
            say(app, Message::Submit);
            tell(app, News::Tried(pin::Outcome::NotDone(token::Error::PadTimeout)));
        }
        "pin check" => {
            submit(app, &[PIN, "271828", "271828"]);
            if let Some(outcome) = outcome("pin unsure") {
                tell(app, News::Tried(outcome));
            }
            say(app, Message::Check);
            type_in(app, &["2718"]);
        }
        name => {
            submit(app, &[PIN, "271828", "271828"]);
            tell(app, News::Slow);
            if let Some(outcome) = outcome(name) {
                tell(app, News::Tried(outcome));
            }
        }
    }
}

fn outcome(name: &str) -> Option<pin::Outcome> {
    match name {
        "pin wrong" => Some(pin::Outcome::Wrong {
            secret: SecretKind::Pin,
            tries_left: TriesLeft::Exact(2),
            mistaken: Some(Mistaken::SmsCode),
        }),
        "pin unsure" => Some(pin::Outcome::Unsure {
            tries_left: TriesLeft::Unknown,
            error: token::Error::Unsure {
                call: "CHANGE REFERENCE DATA".into(),
                code: 0x8010_0069,
                tries_left: TriesLeft::Unknown,
            },
        }),
        "pin just blocked" => Some(pin::Outcome::Blocked(SecretKind::Pin)),
        "pin done" => Some(pin::Outcome::Done),
        _ => None,
    }
}

fn unlocking(app: &mut App, name: &str) {
    use journeys::issuers::UnlockWay;
    say(app, Message::Unlock);
    match name {
        "unlock puk" => {
            say(app, Message::Way(UnlockWay::Puk));
            type_in(app, &["12345678", "2718"]);
        }
        "unlock puk mistaken" => {
            say(app, Message::Way(UnlockWay::Puk));
            submit(app, &["123456", "271828", "271828"]);
        }
        "unlock service" | "unlock done" => {
            app.session = super::service::session();
            if let Page::Pin(state) = &mut app.page {
                let _not_focused = state.offered(Ok(unlock::Offer::Ready));
            }
            submit(app, &["271828", "271828"]);
            tell(app, News::Slow);
            let news = match name {
                "unlock done" => News::Unlocked(unlock::Outcome::Done { told: true }),
                _ => News::Progress(unlock::Progress::Proving),
            };
            tell(app, news);
        }
        "unlock other person" => {
            app.session = super::service::session();
            if let Page::Pin(state) = &mut app.page {
                let _nothing = state.offered(Ok(unlock::Offer::NotTheirs));
            }
        }
        _ => (),
    }
}

fn say(app: &mut App, message: Message) {
    page(app, Part::Pin(message));
}

fn tell(app: &mut App, news: News) {
    say(app, Message::News(number(app), news));
}

fn number(app: &App) -> u64 {
    match &app.page {
        Page::Pin(state) => state.number(),
        _ => 0,
    }
}

fn type_in(app: &mut App, texts: &[&str]) {
    for (index, text) in texts.iter().enumerate() {
        if let Page::Pin(state) = &app.page
            && let Some(entries) = state.entries()
        {
            text.chars().for_each(|character| entries.push(index, character));
        }
        say(app, Message::Typed(index, Typed::Changed(None)));
    }
}

fn submit(app: &mut App, texts: &[&str]) {
    type_in(app, texts);
    say(app, Message::Submit);
}

/// Puts a practice card into a reader, spends so many tries on it, and asks it.
fn ask(app: &mut App, kind: Practice, wrong: usize) -> Result<Asked, token::Error> {
    let (report, token, _) = stand(app, kind)?;
    for _ in 0..wrong {
        let pin = wrong_pin()?;
        let _wrong = wait_for(token.verify_pin(Try::typed(pin, TriesLeft::Unknown)));
    }
    let status = wait_for(pin::status(Subject::of(&report), &token))?;
    Ok(Asked { status, token })
}

/// Puts a practice card into a reader and looks at it; with the token that speaks to it, and the card itself.
pub(super) fn stand(app: &mut App, kind: Practice) -> Result<(Arc<Report>, TokenHandle, Made), token::Error> {
    let mut holder = Holder::default();
    let made = make(kind, NOW).map_err(|_| token::Error::Closed)?;
    holder.insert(kind, &made).map_err(|_| token::Error::Closed)?;
    let hub: Arc<dyn Hub> = Arc::new(holder.shelf());
    let opener = opener(Arc::clone(&hub));
    app.readers.apply(hub.snapshot());
    let atr = app.readers.card(ACS).ok_or(token::Error::Closed)?.atr.clone();
    let token = TokenHandle::open(opener.clone(), ACS.to_owned(), Choice::Driverless);
    let request = Request {
        reader: ACS.to_owned(),
        family: opener.families.of(&atr),
        atr,
        anchors: anchors(),
        now: NOW,
    };
    let mut report = wait_for(look(request, &token, |_| ()))?;
    // The only thing that differs from one time to the next.
    report.took = std::time::Duration::from_millis(400);
    let report = Arc::new(report);
    if let Some(id) = app.readers.begin(ACS) {
        app.readers.tell(&id, LookEvent::Done(Ok(Arc::clone(&report))));
    }
    if let Some(prepared) = &mut app.prepared {
        prepared.opener = opener;
    }
    app.environment.hub = hub;
    Ok((report, token, made))
}

pub(super) fn wrong_pin() -> Result<Pin, token::Error> {
    let mut entry = Entry::new();
    "999999".chars().for_each(|digit| entry.push(digit));
    Pin::parse(&entry, token::SecretRules::default()).map_err(|_| token::Error::Closed)
}
