//! `pin`: how the PINs stand, a new PIN, and out of a blocked one.
//!
//! Secrets come from the terminal without echo, or with `--stdin` one a line; never from an argument or the
//! environment. What is at stake is said before anything is asked for.

use std::io::{self, Write};
use std::sync::Arc;

use card::{Families, ReaderState};
use certificate::chain::TrustAnchors;
use journeys::journal::Standing;
use journeys::look::{self, Request};
use journeys::pin::{self, Field, Status, Subject};
use journeys::words::Sentence;
use token::{Error, Opener, TokenHandle};
use tokio::runtime::Runtime;

use crate::arguments::{PinTask, Way};
use crate::ask::{Asker, Stop};
use crate::readers::{self, Place, What};
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, world::Exit};

mod tell;
pub(crate) mod work;

use work::Work;
pub(crate) use work::{agrees, not_confirmed};

/// A card, and how its PINs stand.
pub(crate) struct Found {
    place: Place,
    pub(crate) token: TokenHandle,
    pub(crate) report: look::Report,
    status: Status,
    interrupted: Option<Standing>,
}

/// A card that could not be asked.
pub(crate) struct Unread {
    place: Place,
    pub(crate) why: Sentence,
}

/// What came of it, for people and programs.
pub(crate) struct Told {
    pub(crate) sentence: Sentence,
    pub(crate) exit: Exit,
}

impl Told {
    /// Nothing was changed, and nothing failed.
    pub(crate) fn not_done(sentence: Sentence) -> Self {
        Self {
            sentence,
            exit: Exit::SomethingToDo,
        }
    }

    /// It could not be tried.
    pub(crate) fn failed(sentence: Sentence) -> Self {
        Self {
            sentence,
            exit: Exit::CouldNotLook,
        }
    }
}

/// The answer to `pin`.
pub(crate) fn answer(session: &mut Session, task: &PinTask, prompts: &mut dyn Write) -> Answer {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let sentence = Sentence {
                technical: error.to_string(),
                ..session.words.token_error(&Error::Closed)
            };
            return tell::failed(session, task, sentence);
        }
    };
    let places = match places(session) {
        Ok(places) => places,
        Err(sentence) => return tell::failed(session, task, sentence),
    };
    let entering = match task {
        PinTask::Status => return tell::status(session, stands(session, &runtime, places)),
        PinTask::Change(entering) | PinTask::Unlock { entering, .. } => *entering,
    };
    let found = match one(session, places)
        .and_then(|place| stand(session, &runtime, place).map_err(|unread| unread.why))
    {
        Ok(found) => found,
        Err(sentence) => return tell::failed(session, task, sentence),
    };
    let input = std::mem::replace(&mut session.world.input, Box::new(io::empty()));
    let terminal = session.world.terminal.take();
    let work = Work {
        session,
        runtime: &runtime,
        found: &found,
        entering,
    };
    let told = Asker::new(input, terminal, entering.stdin, prompts)
        .map_err(|stop| work.stopped(stop, Field::Pin))
        .and_then(|mut asker| match task {
            PinTask::Unlock {
                way: Way::Puk { i_know },
                ..
            } => work.by_puk(&mut asker, *i_know),
            PinTask::Unlock {
                way: Way::Service { address, token },
                ..
            } => work.by_service(&mut asker, address, *token),
            _ => work.change(&mut asker),
        });
    let (Ok(told) | Err(told)) = told;
    // Read again: that spends no try.
    let after = runtime.block_on(found.token.pins()).ok();
    tell::result(session, &found.place.name, &told, after.as_deref())
}

/// Where cards are, as far as the options ask for them.
pub(crate) fn places(session: &Session) -> Result<Vec<Place>, Sentence> {
    let found = readers::find(session)?;
    let silent = found.places.iter().find_map(|place| place.error(session));
    let (with, without): (Vec<Place>, Vec<Place>) = found.places.into_iter().partition(Place::has_card);
    match (with.is_empty(), without.is_empty()) {
        (false, _) => Ok(with),
        (true, false) => Err(silent.unwrap_or_else(|| session.words.card_error(&card::Error::NoCard))),
        (true, true) => {
            Err(readers::nothing(found.service, session).unwrap_or_else(|| session.words.no_readers()))
        }
    }
}

/// A secret is meant for one card.
pub(crate) fn one(session: &Session, places: Vec<Place>) -> Result<Place, Sentence> {
    let names: Vec<String> = places
        .iter()
        .map(|place| certificate::text::clean(&place.name))
        .collect();
    let mut places = places.into_iter();
    match (places.next(), places.next()) {
        (Some(place), None) => Ok(place),
        _ => Err(Sentence {
            code: "several-cards",
            what: say!(session.texts, "pin-several-cards"),
            remedy: say!(
                session.texts,
                "pin-several-cards",
                "remedy",
                names = names.join(", ")
            ),
            technical: "--reader".to_owned(),
        }),
    }
}

fn stands(session: &Session, runtime: &Runtime, places: Vec<Place>) -> Vec<Result<Found, Box<Unread>>> {
    places
        .into_iter()
        .map(|place| stand(session, runtime, place))
        .collect()
}

/// Looks at a card, for whose it is decides about the rules; then asks how its PINs stand.
pub(crate) fn stand(session: &Session, runtime: &Runtime, place: Place) -> Result<Found, Box<Unread>> {
    let families = Arc::new(Families::bundled());
    let opener = Opener {
        hub: Arc::clone(&session.world.hub),
        modules: Arc::clone(&session.world.modules),
        families: Arc::clone(&families),
        cache: session.world.cache.clone(),
    };
    let (atr, token) = match &place.what {
        What::Slot { module, slot } => (
            crate::cards::no_atr(),
            TokenHandle::open_slot(opener, module.clone(), *slot),
        ),
        What::Reader(ReaderState::Card { atr, .. }) => (
            Some(atr.clone()),
            TokenHandle::open(opener, place.name.clone(), session.choice()),
        ),
        What::Reader(_) => (
            None,
            TokenHandle::open(opener, place.name.clone(), session.choice()),
        ),
    };
    let Some(atr) = atr else {
        let why = session.words.card_error(&card::Error::NoCard);
        return Err(Box::new(Unread { place, why }));
    };
    let request = Request {
        reader: place.name.clone(),
        family: families.of(&atr),
        atr,
        anchors: Arc::new(TrustAnchors::none()),
        now: session.world.now,
    };
    let status = runtime.block_on(async {
        let report = look::look(request, &token, |_| ()).await?;
        let status = pin::status(Subject::of(&report), &token).await?;
        Ok((report, status))
    });
    match status {
        Ok((report, status)) => {
            let journal = session.world.journal.as_ref();
            let interrupted = journal.and_then(|journal| journal.standing(&status));
            Ok(Found {
                place,
                token,
                report,
                status,
                interrupted,
            })
        }
        Err(error) => Err(Box::new(Unread {
            place,
            why: session.words.token_error(&error),
        })),
    }
}

/// Why there is no answer to what was asked for.
pub(crate) fn stopped(session: &Session, stop: Stop, field: String) -> Sentence {
    let texts = &session.texts;
    let (code, what, remedy) = match stop {
        Stop::Cancelled => (
            "cancelled",
            say!(texts, "pin-cancelled"),
            say!(texts, "pin-cancelled", "remedy"),
        ),
        Stop::Ended => (
            "input-ended",
            say!(texts, "pin-input-ended", field = field),
            say!(texts, "pin-input-ended", "remedy"),
        ),
        Stop::NoTerminal => (
            "no-terminal",
            say!(texts, "pin-no-terminal"),
            say!(texts, "pin-no-terminal", "remedy"),
        ),
    };
    Sentence {
        code,
        what,
        remedy,
        technical: "--stdin".to_owned(),
    }
}
