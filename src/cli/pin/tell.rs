//! What `pin` says.

use journeys::look::Urgency;
use journeys::words::{Pair, Sentence};
use token::{PinInfo, PinRole};

use super::{Found, Told, Unread};
use crate::arguments::PinTask;
use crate::page::Page;
use crate::schema::pin::{PinCard, PinResult, PinStatus};
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, render, schema, world::Exit};

/// There was no card to work with.
pub(super) fn failed(session: &Session, task: &PinTask, sentence: Sentence) -> Answer {
    if !session.options.json {
        let mut page = Page::new(false);
        page.sentence(0, &sentence);
        return Answer::failed(page.finish());
    }
    let error = sentence.into();
    let out = match task {
        PinTask::Status => schema::document(PinStatus {
            tries_left: None,
            error: Some(error),
            cards: Vec::new(),
        }),
        _ => schema::document(PinResult {
            tries_left: None,
            puk_tries_left: None,
            done: false,
            result: error,
        }),
    };
    Answer::new(out, Exit::CouldNotLook)
}

/// How the PINs of all cards stand: 1 if one is blocked.
pub(super) fn status(session: &Session, cards: Vec<Result<Found, Box<Unread>>>) -> Answer {
    let exit = cards.iter().map(|card| match card {
        Err(_) => Exit::CouldNotLook,
        Ok(found) if found.status.user().is_none_or(|pin| pin.tries_left.is_blocked()) => Exit::SomethingToDo,
        Ok(_) => Exit::Fine,
    });
    let exit = exit.max().unwrap_or(Exit::CouldNotLook);
    if session.options.json {
        let first = cards.first().and_then(|card| card.as_ref().ok());
        let tries_left = first
            .and_then(|found| found.status.user())
            .and_then(|pin| pin.tries_left.exact());
        let card = |card: Result<Found, Box<Unread>>| match card {
            Ok(found) => PinCard::new(&found.place.name, &found.status, found.interrupted),
            Err(unread) => PinCard::failed(&unread.place.name, unread.why.into()),
        };
        let cards = cards.into_iter().map(card).collect();
        return Answer::new(
            schema::document(PinStatus {
                tries_left,
                error: None,
                cards,
            }),
            exit,
        );
    }
    let mut page = Page::new(session.world.colour);
    for card in &cards {
        page.gap();
        match card {
            Ok(found) => one(&mut page, found, session),
            Err(unread) => {
                page.title(0, &render::clean(&unread.place.name));
                page.sentence(2, &unread.why);
            }
        }
    }
    Answer::new(page.finish(), exit)
}

fn one(page: &mut Page, found: &Found, session: &Session) {
    let (words, texts, status) = (&session.words, &session.texts, &found.status);
    page.title(0, &render::clean(&found.place.name));
    let holder = status
        .subject
        .holder
        .as_ref()
        .map(|holder| holder.name.clone())
        .unwrap_or_default();
    page.rows(
        2,
        &[
            (say!(texts, "row-holder"), holder),
            (say!(texts, "row-card"), render::clean(&status.subject.serial)),
        ],
    );
    for pin in &status.pins {
        let urgency = match pin.tries_left {
            tries if tries.is_blocked() => Urgency::Bad,
            tries if tries.is_last() => Urgency::Warning,
            token::TriesLeft::Exact(_) => Urgency::Good,
            _ => Urgency::Information,
        };
        let name = match (pin.role, pin.label.trim()) {
            (PinRole::User, _) | (_, "") => words.pin_role(pin.role),
            (role, label) => format!("{} ({})", words.pin_role(role), render::clean(label)),
        };
        page.judged(
            2,
            urgency,
            &format!(
                "{name}: {} · {}",
                words.tries_left(pin.tries_left),
                length(pin, session)
            ),
        );
    }
    if let Some(user) = status.user().filter(|user| user.unblock.puk) {
        page.line(
            2,
            &format!("– PUK: {}", words.tries_left(user.unblock.puk_tries_left)),
        );
    }
    let ways: Vec<String> = status.ways.iter().map(|way| words.unlock_way(*way)).collect();
    page.rows(2, &[(say!(texts, "row-ways"), ways.join(", "))]);
    if status.is_dead() {
        page.judged(2, Urgency::Bad, &say!(texts, "pin-dead"));
    }
    if let Some(standing) = found.interrupted {
        let Pair { headline, text } = words.standing(standing);
        page.judged(2, Urgency::Warning, &headline);
        page.paragraph(4, &text);
    }
}

fn length(pin: &PinInfo, session: &Session) -> String {
    let rules = pin.rules();
    let (least, most) = (rules.min_length, rules.max_length);
    if rules.digits_only {
        say!(session.texts, "pin-length-digits", least = least, most = most)
    } else {
        say!(session.texts, "pin-length", least = least, most = most)
    }
}

/// What came of a change or an unlock.
pub(super) fn result(session: &Session, reader: &str, told: &Told, pins: Option<&[PinInfo]>) -> Answer {
    let user = pins.and_then(|pins| pins.iter().find(|pin| pin.role == PinRole::User));
    let done = told.exit == Exit::Fine;
    if session.options.json {
        let result = PinResult {
            tries_left: user.and_then(|pin| pin.tries_left.exact()),
            puk_tries_left: user.and_then(|pin| pin.unblock.puk_tries_left.exact()),
            done,
            result: told.sentence.clone().into(),
        };
        return Answer::new(schema::document(result), told.exit);
    }
    let mut page = Page::new(session.world.colour && done);
    if done {
        page.title(0, &render::clean(reader));
        page.judged(2, Urgency::Good, &told.sentence.what);
        page.paragraph(4, &told.sentence.remedy);
        return Answer::new(page.finish(), told.exit);
    }
    page.sentence(0, &told.sentence);
    Answer {
        out: String::new(),
        err: page.finish(),
        exit: told.exit,
    }
}

/// A danger, before the act.
pub(super) fn warning(warning: &Pair) -> String {
    let mut page = Page::new(false);
    page.judged(0, Urgency::Warning, &warning.headline);
    page.paragraph(2, &warning.text);
    page.finish()
}
