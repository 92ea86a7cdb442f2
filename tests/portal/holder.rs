//! Whoever signs what the pages ask for: İbrahim, with his practice card, by the application's own journey.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use card::{Atr, Exchange, Families, Shelf};
use certificate::chain::{Source, TrustAnchors};
use journeys::{
    look,
    pin::Proof,
    sign::{
        Progress,
        archive::Receipt,
        choices,
        code::{Session, SignFailure},
    },
};
use service::{Client, Limits, RefusalReason, VerificationCode};
use time::OffsetDateTime;
use token::{Choice, Entry, Modules, Opener, TokenHandle};
use virtual_card::{
    Response, VirtualCard,
    practice::{self, PIN, Practice},
};

use crate::{browser::Browser, site::Site};

const READER: &str = "Practice reader";

/// A card in a reader, and what was seen on it.
pub(crate) struct InReader {
    token: TokenHandle,
    report: look::Report,
}

pub(crate) async fn insert(kind: Practice) -> InReader {
    let now = OffsetDateTime::now_utc();
    let card = practice::card(kind, now).unwrap();
    let atr = Atr::new(card.atr()).unwrap();
    let shelf = Shelf::new();
    put(&shelf, card);
    let families = Arc::new(Families::bundled());
    let mut anchors = TrustAnchors::none();
    anchors.add(practice::root_der(), Source::Imported).unwrap();
    let request = look::Request {
        reader: READER.into(),
        family: families.of(&atr),
        atr,
        anchors: Arc::new(anchors),
        now,
    };
    let opener = Opener {
        hub: Arc::new(shelf),
        modules: Arc::new(Modules::default()),
        families,
        cache: None,
    };
    let token = TokenHandle::open(opener, READER.into(), Choice::Driverless);
    let report = look::look(request, &token, |_| ()).await.unwrap();
    InReader { token, report }
}

impl InReader {
    /// Signs all texts of a session, and delivers the signatures.
    pub(crate) async fn sign(
        &self,
        session: &Session,
        progress: impl FnMut(Progress),
    ) -> Result<Receipt, SignFailure> {
        let at = session.service_time(Instant::now());
        let choice = choices(&self.report, session.demand(), at).remove(0);
        let mut entry = Entry::new();
        PIN.chars().for_each(|digit| entry.push(digit));
        let pin = Proof::typed(&self.report.pins[0], &entry).unwrap();
        session.sign(&choice, pin, &self.token, at, progress).await
    }
}

fn put(shelf: &Shelf, card: VirtualCard) {
    let atr = Atr::new(card.atr()).unwrap();
    let card = Mutex::new(card);
    shelf.insert(READER, atr, move |exchange| {
        let mut card = card.lock().unwrap_or_else(PoisonError::into_inner);
        match exchange {
            Exchange::Reset => {
                card.reset();
                Some(Vec::new())
            }
            Exchange::Command(command) => match card.transmit(command) {
                Response::Answer(answer) => Some(answer),
                Response::PowerLost => None,
            },
        }
    });
}

/// Takes the code from the page, as the application would, and compares the control codes.
async fn claim(site: &Site, browser: &Browser) -> Session {
    browser.title("Doğrulama kodu").await;
    let client = Client::new(site.address.parse().unwrap(), Limits::default()).unwrap();
    let code = VerificationCode::typed(&browser.text("#code").await, true).unwrap();
    let control = browser.text("#control").await;
    let session = Session::claim(client, &code).await.unwrap();
    assert_eq!(session.control_code(), control);
    session
}

/// Signs with İbrahim's card what the page asks for; the texts that were signed.
pub(crate) async fn sign(site: &Site, browser: &Browser) -> Vec<String> {
    let session = claim(site, browser).await;
    browser.says("Kod uygulamaya ulaştı").await;
    let card = insert(Practice::Sha256).await;
    card.sign(&session, |_| ()).await.unwrap();
    session.texts.iter().map(|text| text.content.clone()).collect()
}

/// Declines in the application.
pub(crate) async fn decline(site: &Site, browser: &Browser) {
    let session = claim(site, browser).await;
    session.refuse(RefusalReason::User).await.unwrap();
}
