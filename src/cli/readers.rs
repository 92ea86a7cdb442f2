//! `readers`: what is plugged in, and what is in it.

use std::path::{Path, PathBuf};

use card::{Families, Reader, ReaderState, ServiceState};
use journeys::look::Urgency;
use journeys::words::Sentence;
use token::SlotToken;

use crate::page::Page;
use crate::select::{self, Choice};
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, cards, render, schema, world::Exit};

/// A place where a card can be.
pub(crate) struct Place {
    /// The reader's name; of a slot, what the module calls it.
    pub(crate) name: String,
    pub(crate) what: What,
}

/// What kind of place.
pub(crate) enum What {
    /// A reader.
    Reader(ReaderState),
    /// A slot of a module, with a token that no reader holds.
    Slot { module: PathBuf, slot: u64 },
}

/// What there is.
pub(crate) struct Found {
    pub(crate) service: ServiceState,
    pub(crate) places: Vec<Place>,
}

/// The readers, and with `--module` the module's own tokens; with `--reader` only the one that is meant.
pub(crate) fn find(session: &Session) -> Result<Found, Sentence> {
    let snapshot = session.world.hub.snapshot();
    let mut places: Vec<Place> = snapshot.readers.into_iter().map(Place::reader).collect();
    if let Some(module) = &session.options.module {
        match cards::without_reader(module, &places, session) {
            Ok(tokens) => places.extend(tokens),
            // Each card in a reader will say so by itself.
            Err(error) if places.iter().all(|place| !place.has_card()) => {
                return Err(session.words.token_error(&error));
            }
            Err(_) => (),
        }
    }
    if let Some(wanted) = session.options.reader.as_deref().filter(|_| !places.is_empty()) {
        let place = match select::one(places.iter().map(|place| place.name.as_str()), wanted) {
            Choice::One(place) => place,
            Choice::None => return Err(no_such_reader(&places, session)),
            Choice::Several(names) => return Err(ambiguous(&names, session)),
        };
        places = places.into_iter().skip(place).take(1).collect();
    }
    Ok(Found {
        service: snapshot.service,
        places,
    })
}

/// What to say if there is no place at all.
pub(crate) fn nothing(service: ServiceState, session: &Session) -> Option<Sentence> {
    session
        .words
        .service_state(service)
        .or_else(|| Some(session.words.no_readers()))
}

/// The readers as they are.
pub(crate) fn answer(session: &Session) -> Answer {
    let found = match find(session) {
        Ok(found) => found,
        Err(sentence) => return refused(session, sentence, None),
    };
    let error = if found.places.is_empty() {
        nothing(found.service, session)
    } else {
        None
    };
    let exit = match &error {
        Some(_) => Exit::CouldNotLook,
        None if found.places.iter().any(Place::is_out_of_order) => Exit::SomethingToDo,
        None => Exit::Fine,
    };
    let out = if session.options.json {
        json(&found, error, session)
    } else {
        text(&found, error.as_ref(), session)
    };
    Answer::new(out, exit)
}

/// The answer when nothing can be looked at: on the standard output with `--json`, for that is where programs read.
pub(crate) fn refused(session: &Session, sentence: Sentence, about: Option<&Path>) -> Answer {
    if session.options.json {
        let service = service_code(session.world.hub.snapshot().service);
        let parts = schema::Surroundings {
            service,
            error: Some(sentence.into()),
            readers: Vec::new(),
        };
        return Answer::new(schema::document(parts), Exit::CouldNotLook);
    }
    let mut page = Page::new(false);
    if let Some(path) = about {
        page.line(0, &render::clean(&path.to_string_lossy()));
    }
    page.sentence(0, &sentence);
    Answer::failed(page.finish())
}

/// The service's state, its name for programs.
pub(crate) fn service_code(service: ServiceState) -> &'static str {
    match service {
        ServiceState::Running => "running",
        ServiceState::Stopped => "stopped",
        ServiceState::Failing => "failing",
    }
}

fn json(found: &Found, error: Option<Sentence>, session: &Session) -> String {
    let reader = |place: &Place| schema::Reader {
        name: place.name.clone(),
        state: place.state(),
        card: None,
        error: place.error(session).map(Into::into),
    };
    schema::document(schema::Surroundings {
        service: service_code(found.service),
        error: error.map(Into::into),
        readers: found.places.iter().map(reader).collect(),
    })
}

fn text(found: &Found, error: Option<&Sentence>, session: &Session) -> String {
    let mut page = Page::new(session.world.colour);
    if let Some(sentence) = error {
        page.sentence(0, sentence);
    }
    for place in &found.places {
        page.title(0, &render::clean(&place.name));
        match place.error(session) {
            Some(sentence) => page.sentence(2, &sentence),
            None if place.has_card() => page.judged(2, Urgency::Good, &place.words(session)),
            None => page.line(2, &format!("– {}", place.words(session))),
        }
    }
    page.finish()
}

fn no_such_reader(places: &[Place], session: &Session) -> Sentence {
    let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
    Sentence {
        remedy: say!(
            session.texts,
            "reader-choose",
            names = render::clean(&names.join(", "))
        ),
        ..session.words.card_error(&card::Error::NoReader)
    }
}

fn ambiguous(names: &[String], session: &Session) -> Sentence {
    Sentence {
        code: "ambiguous-reader",
        what: say!(session.texts, "reader-ambiguous"),
        remedy: say!(
            session.texts,
            "reader-choose",
            names = render::clean(&names.join(", "))
        ),
        technical: "--reader".to_owned(),
    }
}

impl Place {
    fn reader(reader: Reader) -> Self {
        Self {
            name: reader.name,
            what: What::Reader(reader.state),
        }
    }

    pub(crate) fn slot(module: &Path, token: &SlotToken) -> Self {
        let name = match (token.label.trim(), token.description.trim()) {
            ("", "") => format!("slot {}", token.slot),
            (name, "") | ("", name) => name.to_owned(),
            (label, description) => format!("{label} ({description})"),
        };
        Self {
            name,
            what: What::Slot {
                module: module.to_path_buf(),
                slot: token.slot,
            },
        }
    }

    pub(crate) fn in_reader(&self) -> bool {
        matches!(self.what, What::Reader(_))
    }

    /// What is there, its name for programs.
    pub(crate) fn state(&self) -> &'static str {
        match self.what {
            What::Reader(ReaderState::Empty) => "empty",
            What::Reader(ReaderState::Card { .. }) => "card",
            What::Reader(ReaderState::Mute) => "mute",
            What::Reader(ReaderState::Unavailable) => "unavailable",
            What::Slot { .. } => "token",
        }
    }

    /// What is there, in words.
    pub(crate) fn words(&self, session: &Session) -> String {
        match &self.what {
            What::Reader(ReaderState::Card { atr, .. }) => {
                let family = Families::bundled().of(atr).name;
                let name = if family.is_empty() {
                    say!(session.texts, "card-unknown")
                } else {
                    family
                };
                say!(
                    session.texts,
                    "reader-card",
                    name = name,
                    atr = schema::hex(atr.bytes())
                )
            }
            What::Reader(_) => say!(session.texts, "reader-empty"),
            What::Slot { .. } => say!(session.texts, "reader-token"),
        }
    }

    /// What is wrong here; an empty reader is not.
    pub(crate) fn error(&self, session: &Session) -> Option<Sentence> {
        match &self.what {
            What::Reader(ReaderState::Empty) | What::Slot { .. } => None,
            What::Reader(state) => session.words.reader_state(state),
        }
    }

    pub(crate) fn has_card(&self) -> bool {
        matches!(
            self.what,
            What::Reader(ReaderState::Card { .. }) | What::Slot { .. }
        )
    }

    fn is_out_of_order(&self) -> bool {
        matches!(
            self.what,
            What::Reader(ReaderState::Mute | ReaderState::Unavailable)
        )
    }
}
