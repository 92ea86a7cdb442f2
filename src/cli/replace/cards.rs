//! The cards that are there.

use std::sync::Arc;

use card::{Families, ReaderState};
use certificate::chain::TrustAnchors;
use journeys::look::{self, Report, Request};
use journeys::replace::way_to_resume;
use journeys::words::Sentence;
use token::{Opener, TokenHandle};
use tokio::runtime::Runtime;

use crate::readers::{self, What};
use crate::session::Session;

/// A card that was looked at.
pub(super) struct Card {
    pub(super) token: TokenHandle,
    /// The way to take up what was cut short.
    pub(super) resuming: TokenHandle,
    pub(super) report: Report,
    pub(super) anchors: Arc<TrustAnchors>,
}

/// Looks at every card, or at the one with this serial number alone. A card that cannot be read is left out unless it
/// is the only one: then it says why.
pub(super) fn look(
    session: &Session,
    runtime: &Runtime,
    serial: Option<&str>,
) -> Result<Vec<Card>, Sentence> {
    let found = readers::find(session)?;
    let anchors = Arc::new(session.anchors().map_err(|(_, sentence)| sentence)?);
    let families = Arc::new(Families::bundled());
    let opener = Opener {
        hub: Arc::clone(&session.world.hub),
        modules: Arc::clone(&session.world.modules),
        families: Arc::clone(&families),
        // What was on a card before it was written to is of no use here.
        cache: None,
    };
    let mut cards = Vec::new();
    let mut why = None;
    for place in found.places {
        let What::Reader(ReaderState::Card { atr, .. }) = &place.what else {
            continue;
        };
        let open = |choice| TokenHandle::open(opener.clone(), place.name.clone(), choice);
        let token = open(session.choice());
        let family = families.of(atr);
        let way = way_to_resume(&family, session.choice());
        let resuming = if way == session.choice() {
            token.clone()
        } else {
            open(way)
        };
        let request = Request {
            reader: place.name.clone(),
            family,
            atr: atr.clone(),
            anchors: Arc::clone(&anchors),
            now: session.world.now,
        };
        let looked = runtime.block_on(async {
            match look::look(request.clone(), &token, |_| ()).await {
                // Its module may not read what a replacement that was cut short has left.
                Err(error) if has_begun(session) => {
                    look::look(request, &resuming, |_| ()).await.map_err(|_| error)
                }
                outcome => outcome,
            }
        });
        match looked {
            Ok(report) => cards.push(Card {
                token,
                resuming,
                report,
                anchors: Arc::clone(&anchors),
            }),
            Err(error) => why = Some(session.words.token_error(&error)),
        }
    }
    if let Some(serial) = serial {
        cards.retain(|card| card.report.serial.eq_ignore_ascii_case(serial.trim()));
    }
    if cards.is_empty() {
        return Err(why.unwrap_or_else(|| session.words.card_error(&card::Error::NoCard)));
    }
    Ok(cards)
}

/// Whether a replacement was begun on some card and is not over.
fn has_begun(session: &Session) -> bool {
    let journal = session.world.journal.as_ref();
    journal.is_some_and(|journal| !journal.replacements().is_empty())
}
