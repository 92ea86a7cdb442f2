//! A place for cards, and a card in it with the token that speaks to it.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use card::{Atr, Exchange, Families, Hub, ReaderState, Shelf, pkcs15::Swap};
use time::macros::datetime;
use token::{
    CardCertificate, Choice, Entry, Error, LastTryConsent, LastTryWarning, Mechanism, Modules, NewPin,
    Opener, Pin, PinInfo, Puk, SecretKind, SecretRules, SigningHash, SigningKey, Stretch, StretchWay, ToSign,
    TokenHandle, TriesLeft, Try,
};
use virtual_card::{
    Response, VirtualCard,
    practice::{self, PIN, PIN_REFERENCE, Practice, SO_PIN_REFERENCE},
};

pub(crate) const RULES: SecretRules = SecretRules {
    min_length: 4,
    max_length: 8,
    digits_only: true,
};

/// What a way can do, and why it cannot do the rest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ways {
    /// It unblocks by the PUK. `OpenSC` does so by `user_pin_unblock_style` alone, and not at all by default; with
    /// `init_pin_in_so_session` only for cards without a PIN of a security officer, because `C_Login` would try the
    /// PUK as that PIN.
    pub(crate) puk: bool,
    /// The card has a PIN of a security officer.
    pub(crate) officer: bool,
}

impl Ways {
    pub(crate) const DRIVERLESS: Self = Self {
        puk: true,
        officer: true,
    };
}

/// Where cards are put and taken out.
pub(crate) trait Place {
    fn hub(&self) -> Arc<dyn Hub>;
    fn reader(&self) -> &str;
    fn insert(&self, card: &Arc<Mutex<VirtualCard>>);
    fn pull(&self);
}

/// A reader in this process.
#[derive(Default)]
pub(crate) struct OnShelf(Shelf);

impl Place for OnShelf {
    fn hub(&self) -> Arc<dyn Hub> {
        Arc::new(self.0.clone())
    }

    fn reader(&self) -> &'static str {
        "Conformance reader 00"
    }

    fn insert(&self, card: &Arc<Mutex<VirtualCard>>) {
        let atr = Atr::new(card.lock().unwrap().atr()).unwrap();
        let card = Arc::clone(card);
        self.0.insert(self.reader(), atr, move |exchange| {
            let mut card = card.lock().unwrap();
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

    fn pull(&self) {
        self.0.pull(self.reader());
    }
}

/// A place with what opens the cards in it.
pub(crate) struct Bench {
    place: Box<dyn Place>,
    opener: Opener,
    choice: Choice,
    pub(crate) ways: Ways,
}

impl Bench {
    pub(crate) fn new(place: impl Place + 'static, choice: Choice, ways: Ways) -> Self {
        let opener = Opener {
            hub: place.hub(),
            modules: Arc::new(match choice {
                Choice::Module(_) => Modules::new(Vec::new()),
                _ => Modules::default(),
            }),
            families: Arc::new(Families::bundled()),
            cache: None,
        };
        Self {
            place: Box::new(place),
            opener,
            choice,
            ways,
        }
    }

    /// A fresh practice card in the reader.
    pub(crate) fn with(&self, kind: Practice) -> Case<'_> {
        let mut card = practice::card(kind, datetime!(2026-01-15 12:00 UTC)).unwrap();
        if !self.ways.officer {
            forget_officer(&mut card);
        }
        let case = Case {
            bench: self,
            card: Arc::new(Mutex::new(card)),
            handle: TokenHandle::open(
                self.opener.clone(),
                self.place.reader().into(),
                self.choice.clone(),
            ),
            runtime: runtime(),
        };
        case.put_back();
        case
    }

    fn wait_until(&self, what: &str, wanted: impl Fn(&ReaderState) -> bool) {
        let patience = Instant::now();
        loop {
            let snapshot = self.opener.hub.snapshot();
            let reader = snapshot
                .readers
                .iter()
                .find(|reader| reader.name == self.place.reader());
            if reader.map_or(wanted(&ReaderState::Empty), |reader| wanted(&reader.state)) {
                return;
            }
            assert!(
                patience.elapsed() < Duration::from_secs(20),
                "{what}: {snapshot:?}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().build().unwrap()
}

/// A card in the reader, and the token that speaks to it.
pub(crate) struct Case<'b> {
    bench: &'b Bench,
    pub(crate) card: Arc<Mutex<VirtualCard>>,
    handle: TokenHandle,
    runtime: tokio::runtime::Runtime,
}

impl Case<'_> {
    pub(crate) fn pull(&self) {
        self.bench.place.pull();
        self.bench
            .wait_until("the card is out", |state| matches!(state, ReaderState::Empty));
    }

    pub(crate) fn put_back(&self) {
        self.bench.place.insert(&self.card);
        self.bench.wait_until("the card is in", |state| {
            matches!(state, ReaderState::Card { .. })
        });
    }

    pub(crate) fn pins(&self) -> Result<Vec<PinInfo>, Error> {
        self.runtime.block_on(self.handle.pins())
    }

    pub(crate) fn last_try(&self, secret: SecretKind) -> Result<Option<LastTryWarning>, Error> {
        self.runtime.block_on(self.handle.last_try(secret))
    }

    pub(crate) fn verify(
        &self,
        pin: &str,
        seen: u8,
        consent: impl Into<Option<LastTryConsent>>,
    ) -> Result<(), Error> {
        let request = Try {
            consent: consent.into(),
            ..Try::typed(self::pin(pin), TriesLeft::Exact(seen))
        };
        self.runtime.block_on(self.handle.verify_pin(request))
    }

    pub(crate) fn change(&self, old: &str, new: &str, seen: u8) -> Result<(), Error> {
        let request = Try::typed(pin(old), TriesLeft::Exact(seen));
        self.runtime
            .block_on(self.handle.change_pin(request, new_pin(new)))
    }

    pub(crate) fn unblock(
        &self,
        puk: &str,
        new: &str,
        seen: u8,
        consent: impl Into<Option<LastTryConsent>>,
    ) -> Result<(), Error> {
        let request = Try {
            consent: consent.into(),
            ..Try::typed(Puk::parse(&entry(puk), RULES).unwrap(), TriesLeft::Exact(seen))
        };
        self.runtime
            .block_on(self.handle.unblock_pin(request, new_pin(new)))
    }

    pub(crate) fn certificates(&self) -> Vec<CardCertificate> {
        self.runtime
            .block_on(self.handle.read(|_| ()))
            .unwrap()
            .certificates
    }

    pub(crate) fn sign(
        &self,
        pin: &str,
        seen: u8,
        key: SigningKey,
        items: &[ToSign],
    ) -> Result<Vec<Vec<u8>>, Error> {
        let request = Try::typed(self::pin(pin), TriesLeft::Exact(seen));
        self.runtime
            .block_on(self.handle.sign(request, key, items.to_vec(), |_| ()))
    }

    /// One certificate for another, as a replacement does it.
    pub(crate) fn replace(&self, swap: &Swap, seen: u8) -> Result<(), Error> {
        let request = Try::typed(pin(PIN), TriesLeft::Exact(seen));
        self.runtime.block_on(replace(&self.handle, request, swap))
    }

    /// What the card itself counts: PIN, PUK. The security officer's PIN is nobody's business here.
    pub(crate) fn tries(&self) -> (u8, u8) {
        let card = self.card.lock().unwrap();
        assert_eq!(
            card.tries_left(SO_PIN_REFERENCE),
            Some(3),
            "the officer's PIN was tried"
        );
        (
            card.tries_left(PIN_REFERENCE).unwrap(),
            card.puk_tries_left(PIN_REFERENCE).unwrap(),
        )
    }

    /// Another program enters a wrong PIN.
    pub(crate) fn spend_behind_the_back(&self) {
        let wrong = b"\x00\x20\x00\x01\x08999999\xFF\xFF";
        self.card.lock().unwrap().transmit(wrong);
    }
}

impl Drop for Case<'_> {
    fn drop(&mut self) {
        if !thread::panicking() {
            self.pull();
        }
    }
}

/// Writes, or deletes before where there is room for one only; signs with the new certificate; deletes the old one.
pub(crate) async fn replace(handle: &TokenHandle, request: Try<Pin>, swap: &Swap) -> Result<(), Error> {
    let stretch = handle.log_in(request, StretchWay::Chosen).await?;
    let outcome = replace_in(&stretch, swap).await;
    stretch.end().await;
    outcome
}

async fn replace_in(stretch: &Stretch, swap: &Swap) -> Result<(), Error> {
    match stretch.write_certificate(swap.clone(), |_| ()).await {
        Err(Error::OneCertificateEach) => {
            stretch.delete_certificate(swap.clone()).await?;
            stretch.write_certificate(swap.clone(), |_| ()).await?;
        }
        outcome => outcome?,
    }
    let there = stretch.certificates().await?;
    let new = there
        .iter()
        .find(|one| one.der == swap.new)
        .expect("it was written");
    assert_eq!(new.has_private_key, Some(true));
    let what = ToSign {
        mechanism: Mechanism::RsaPkcs1(SigningHash::Sha256),
        data: b"test".to_vec(),
    };
    stretch.sign(new.into(), what).await?;
    stretch.delete_certificate(swap.clone()).await?;
    let left = stretch.certificates().await?;
    assert!(left.iter().any(|one| one.der == swap.new) && left.iter().all(|one| one.der != swap.old));
    Ok(())
}

/// Another certificate for the same key: nobody here looks at its signature.
pub(crate) fn other(der: &[u8]) -> Vec<u8> {
    let mut new = der.to_vec();
    let last = new.len() - 1;
    new[last] ^= 0x55;
    new
}

pub(crate) fn swap(certificate: &CardCertificate) -> Swap {
    Swap {
        id: certificate.id.clone(),
        label: certificate.label.clone(),
        old: certificate.der.clone(),
        new: other(&certificate.der),
    }
}

pub(crate) fn entry(text: &str) -> Entry {
    let mut entry = Entry::new();
    text.chars().for_each(|character| entry.push(character));
    entry
}

pub(crate) fn pin(text: &str) -> Pin {
    Pin::parse(&entry(text), RULES).unwrap()
}

pub(crate) fn new_pin(text: &str) -> NewPin {
    NewPin::parse(&entry(text), &entry(text), RULES, None, &[]).unwrap()
}

/// Takes the security officer's PIN out of the directory of a card, as the officer may.
fn forget_officer(card: &mut VirtualCard) {
    let mut send = |command: &[u8]| match card.transmit(command) {
        Response::Answer(answer) => answer,
        Response::PowerLost => panic!("no power"),
    };
    send(b"\x00\xA4\x08\x0C\x04\x50\x15\x44\x01");
    let mut file = send(&[0x00, 0xB0, 0x00, 0x00, 0xFF]);
    assert!(file.ends_with(&[0x90, 0x00]), "{file:02X?}");
    file.truncate(file.len() - 2);
    // The officer's entry is the first: a sequence of fewer than 128 bytes.
    let first = 2 + usize::from(file[1]);
    let length = file.len();
    file.drain(..first);
    file.resize(length, 0);
    send(b"\x00\x20\x00\x03\x0887654321");
    let length = u8::try_from(length).unwrap();
    let written = send(&[&[0x00, 0xD6, 0x00, 0x00, length], &file[..]].concat());
    assert_eq!(written, [0x90, 0x00]);
    card.reset();
}
