//! Practice cards on a shelf, for tests.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::{Arc, Mutex, PoisonError};

use card::{Atr, Exchange, Families, Shelf};
use certificate::chain::{Source, TrustAnchors};
use time::{OffsetDateTime, macros::datetime};
use token::{Choice, Entry, Modules, Opener, TokenHandle};
use virtual_card::{
    Response, VirtualCard,
    practice::{self, Practice},
};

use crate::{look, pin::Subject};

pub(crate) const NOW: OffsetDateTime = datetime!(2026-01-15 12:00 UTC);
const READER: &str = "Practice reader";

/// A practice card in a reader, and the way to it.
pub(crate) struct Bench {
    pub(crate) shelf: Shelf,
    pub(crate) card: Arc<Mutex<VirtualCard>>,
    pub(crate) token: TokenHandle,
    pub(crate) subject: Subject,
    pub(crate) report: look::Report,
    pub(crate) runtime: tokio::runtime::Runtime,
    request: look::Request,
}

impl Bench {
    pub(crate) fn new(kind: Practice) -> Self {
        Self::with(practice::card(kind, NOW).unwrap())
    }

    /// With a card that never answers again once it has lost its power.
    pub(crate) fn that_dies(kind: Practice) -> Self {
        Self::in_reader(practice::card(kind, NOW).unwrap(), |_| false, false)
    }

    /// With a card that does not tell how many tries its PUK has left.
    pub(crate) fn silent_about_its_puk(kind: Practice) -> Self {
        let is_unknown = |command: &[u8]| command.starts_with(b"\x00\xCA\x01\xB1");
        Self::in_reader(practice::card(kind, NOW).unwrap(), is_unknown, true)
    }

    pub(crate) fn with(card: VirtualCard) -> Self {
        Self::in_reader(card, |_| false, true)
    }

    /// With a card that does not know some commands, or does not come back when it has lost its power.
    fn in_reader(card: VirtualCard, is_unknown: fn(&[u8]) -> bool, comes_back: bool) -> Self {
        let atr = Atr::new(card.atr()).unwrap();
        let card = Arc::new(Mutex::new(card));
        let shelf = Shelf::new();
        insert(&shelf, &card, is_unknown, comes_back);
        let families = Arc::new(Families::bundled());
        let mut anchors = TrustAnchors::none();
        anchors.add(practice::root_der(), Source::Imported).unwrap();
        let request = look::Request {
            reader: READER.into(),
            family: families.of(&atr),
            atr,
            anchors: Arc::new(anchors),
            now: NOW,
        };
        let opener = Opener {
            hub: Arc::new(shelf.clone()),
            modules: Arc::new(Modules::default()),
            families,
            cache: None,
        };
        let token = TokenHandle::open(opener, READER.into(), Choice::Driverless);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let report = runtime
            .block_on(look::look(request.clone(), &token, |_| ()))
            .unwrap();
        card.lock().unwrap().reset_apdu_count();
        Self {
            shelf,
            card,
            token,
            subject: Subject::of(&report),
            report,
            runtime,
            request,
        }
    }

    /// Another card in the same reader.
    pub(crate) fn insert(&self, card: &Arc<Mutex<VirtualCard>>) {
        insert(&self.shelf, card, |_| false, true);
    }

    /// A look at the card as it is now.
    pub(crate) fn look_again(&self) -> look::Report {
        let looking = look::look(self.request.clone(), &self.token, |_| ());
        self.runtime.block_on(looking).unwrap()
    }

    /// What is on the card now.
    pub(crate) fn certificates(&self) -> Vec<Vec<u8>> {
        let contents = self.runtime.block_on(self.token.read(|_| ())).unwrap();
        contents.certificates.into_iter().map(|one| one.der).collect()
    }

    pub(crate) fn pull(&self) {
        self.shelf.pull(READER);
    }

    /// Commands since the look.
    pub(crate) fn apdus(&self) -> u64 {
        self.card.lock().unwrap().apdu_count()
    }

    pub(crate) fn tries(&self) -> (u8, u8) {
        let card = self.card.lock().unwrap();
        let reference = practice::PIN_REFERENCE;
        (
            card.tries_left(reference).unwrap(),
            card.puk_tries_left(reference).unwrap(),
        )
    }

    /// Whether the card takes this PIN. Spends a try if not.
    pub(crate) fn takes(&self, pin: &str) -> bool {
        let mut command = vec![0x00, 0x20, 0x00, practice::PIN_REFERENCE, 8];
        command.extend(pin.bytes().chain(std::iter::repeat(0xFF)).take(8));
        self.card.lock().unwrap().transmit(&command) == Response::Answer(vec![0x90, 0x00])
    }
}

fn insert(shelf: &Shelf, card: &Arc<Mutex<VirtualCard>>, is_unknown: fn(&[u8]) -> bool, comes_back: bool) {
    let atr = Atr::new(card.lock().unwrap().atr()).unwrap();
    let card = Arc::clone(card);
    let mut is_dead = false;
    shelf.insert(READER, atr, move |exchange| {
        let mut card = card.lock().unwrap_or_else(PoisonError::into_inner);
        match exchange {
            _ if is_dead => None,
            Exchange::Reset => {
                card.reset();
                Some(Vec::new())
            }
            Exchange::Command(command) if is_unknown(command) => Some(vec![0x6A, 0x88]),
            Exchange::Command(command) => match card.transmit(command) {
                Response::Answer(answer) => Some(answer),
                Response::PowerLost => {
                    is_dead = !comes_back;
                    None
                }
            },
        }
    });
}

pub(crate) fn entry(text: &str) -> Entry {
    let mut entry = Entry::new();
    text.chars().for_each(|character| entry.push(character));
    entry
}
