//! `cards`: whose they are, what is on them, and whether anything is to be done.

use std::path::Path;
use std::sync::Arc;

use card::{Atr, Families, ReaderState, ServiceState};
use certificate::chain::TrustAnchors;
use journeys::look::{self, CardVerdict, Report, Request, Urgency};
use journeys::words::Sentence;
use token::{Opener, TokenHandle};
use tokio::task::JoinHandle;

use crate::page::Page;
use crate::readers::{self, Place, What};
use crate::session::Session;
use crate::{Answer, render, schema, world::Exit};

/// A place where a card could be, and what came of looking at it.
struct Looked {
    place: Place,
    report: Option<Result<Report, Sentence>>,
}

/// Looks at every card, or at the one that the options name.
pub(crate) fn answer(session: &Session) -> Answer {
    let anchors = match session.anchors() {
        Ok(anchors) => anchors,
        Err((path, sentence)) => return readers::refused(session, sentence, Some(&path)),
    };
    let found = match readers::find(session) {
        Ok(found) => found,
        Err(sentence) => return readers::refused(session, sentence, None),
    };
    let looked = match look_at(found.places, anchors, session) {
        Ok(looked) => looked,
        Err(error) => return readers::refused(session, no_runtime(session, &error), None),
    };
    let error = if looked.is_empty() {
        readers::nothing(found.service, session)
    } else {
        None
    };
    let exit = exit(&looked, error.as_ref());
    if session.options.json {
        return Answer::new(json(found.service, error, &looked, session), exit);
    }
    Answer::new(text(error.as_ref(), &looked, session), exit)
}

/// Looks at all of them at once: each has a worker of its own.
fn look_at(places: Vec<Place>, anchors: TrustAnchors, session: &Session) -> std::io::Result<Vec<Looked>> {
    let families = Arc::new(Families::bundled());
    let opener = Opener {
        hub: Arc::clone(&session.world.hub),
        modules: Arc::clone(&session.world.modules),
        families: Arc::clone(&families),
        cache: session.world.cache.clone().filter(|_| !session.options.no_cache),
    };
    let anchors = Arc::new(anchors);
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let tasks: Vec<_> = places
        .into_iter()
        .map(|place| {
            let task = token(&place, &opener, session).map(|(atr, token)| {
                let request = Request {
                    reader: place.name.clone(),
                    family: families.of(&atr),
                    atr,
                    anchors: Arc::clone(&anchors),
                    now: session.world.now,
                };
                runtime.spawn(async move { look::look(request, &token, |_| ()).await })
            });
            (place, task)
        })
        .collect();
    let wait = |task: JoinHandle<Result<Report, token::Error>>| {
        runtime.block_on(task).unwrap_or(Err(token::Error::Closed))
    };
    let looked = tasks.into_iter().map(|(place, task)| {
        let report = match task {
            Some(task) => Some(wait(task).map_err(|error| session.words.token_error(&error))),
            None => place.error(session).map(Err),
        };
        Looked { place, report }
    });
    Ok(looked.collect())
}

/// The token at a place, if there is a card, with the card's answer to reset.
fn token(place: &Place, opener: &Opener, session: &Session) -> Option<(Atr, TokenHandle)> {
    match &place.what {
        What::Reader(ReaderState::Card { atr, .. }) => Some((
            atr.clone(),
            TokenHandle::open(opener.clone(), place.name.clone(), session.choice()),
        )),
        What::Reader(_) => None,
        What::Slot { module, slot } => Some((
            no_atr()?,
            TokenHandle::open_slot(opener.clone(), module.clone(), *slot),
        )),
    }
}

/// The shortest answer to reset there can be, of a token that never gives one. It is not shown.
pub(crate) fn no_atr() -> Option<Atr> {
    Atr::new(&[0x3B, 0x00])
}

fn no_runtime(session: &Session, error: &std::io::Error) -> Sentence {
    let mut sentence = session.words.token_error(&token::Error::Closed);
    sentence.technical = error.to_string();
    sentence
}

/// Two wins over one, and to have looked at nothing is two.
fn exit(looked: &[Looked], error: Option<&Sentence>) -> Exit {
    let reports: Vec<_> = looked
        .iter()
        .filter_map(|looked| looked.report.as_ref())
        .collect();
    if error.is_some() || reports.is_empty() {
        return Exit::CouldNotLook;
    }
    let of = |report: &&Result<Report, Sentence>| match report {
        Err(_) => Exit::CouldNotLook,
        Ok(report) if report.verdict == CardVerdict::Unreadable => Exit::CouldNotLook,
        Ok(report) if report.verdict.urgency() == Urgency::Good => Exit::Fine,
        Ok(_) => Exit::SomethingToDo,
    };
    reports.iter().map(of).max().unwrap_or(Exit::Fine)
}

fn json(service: ServiceState, error: Option<Sentence>, looked: &[Looked], session: &Session) -> String {
    let reader = |looked: &Looked| {
        let (card, error) = match &looked.report {
            Some(Ok(report)) => (
                Some(schema::card::Card::new(report, looked.place.in_reader(), session)),
                None,
            ),
            Some(Err(sentence)) => (None, Some(sentence.clone().into())),
            None => (None, None),
        };
        schema::Reader {
            name: looked.place.name.clone(),
            state: looked.place.state(),
            card,
            error,
        }
    };
    schema::document(schema::Surroundings {
        service: readers::service_code(service),
        error: error.map(Into::into),
        readers: looked.iter().map(reader).collect(),
    })
}

fn text(error: Option<&Sentence>, looked: &[Looked], session: &Session) -> String {
    let mut page = Page::new(session.world.colour);
    if let Some(sentence) = error {
        page.sentence(0, sentence);
    }
    for looked in looked {
        page.gap();
        page.title(0, &render::clean(&looked.place.name));
        match &looked.report {
            Some(Ok(report)) => render::card(&mut page, report, looked.place.in_reader(), session),
            Some(Err(sentence)) => page.sentence(2, sentence),
            None => page.line(2, &format!("– {}", looked.place.words(session))),
        }
    }
    page.finish()
}

/// The tokens of a module that are in none of these readers.
pub(crate) fn without_reader(
    module: &Path,
    known: &[Place],
    session: &Session,
) -> Result<Vec<Place>, token::Error> {
    let tokens = session.world.modules.tokens(module)?;
    let elsewhere = tokens.into_iter().filter(|token| {
        let description = token.description.trim();
        // SoftHSM always offers one slot more, for a token that has not been made yet.
        let made = !(token.label.is_empty() && token.serial.is_empty());
        // Descriptions are cut at 64 bytes, reader names are not.
        let in_reader =
            !description.is_empty() && known.iter().any(|place| place.name.starts_with(description));
        made && !in_reader
    });
    Ok(elsewhere.map(|token| Place::slot(module, &token)).collect())
}
