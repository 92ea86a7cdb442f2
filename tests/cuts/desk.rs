//! A card in a reader, the way to it, a journal, and a person who goes on whatever happens.

use std::sync::{Arc, Mutex, PoisonError};

use card::{Atr, Exchange, Families, Hub, ReaderState, Shelf};
use certificate::chain::{Source, TrustAnchors};
use journeys::{
    journal::Journal,
    look::{self, Report},
    pin::Proof,
    replace::{self, Outcome, Plan, Record, Through},
};
use token::{
    Choice, Entry, Mechanism, Modules, Opener, SigningHash, SigningKey, StretchWay, ToSign, TokenHandle, Try,
};
use virtual_card::{
    Response, VirtualCard,
    practice::{self, PIN, PIN_REFERENCE, Practice},
};

use crate::{
    never,
    service::{NOW, Service},
};

const READER: &str = "Cut reader";

/// A card in a reader.
pub(crate) struct Desk {
    pub(crate) card: Arc<Mutex<VirtualCard>>,
    client: service::Client,
    token: TokenHandle,
    opener: Opener,
    reader: String,
    folder: tempfile::TempDir,
    runtime: tokio::runtime::Runtime,
    /// Puts the card back after a loss of power.
    put_back: Box<dyn Fn()>,
}

impl Desk {
    /// A fresh card in this process.
    pub(crate) fn on_shelf(service: &Service) -> Self {
        let shelf = Shelf::new();
        let card = fresh();
        let atr = Atr::new(card.lock().unwrap().atr()).unwrap();
        let answering = Arc::clone(&card);
        shelf.insert(READER, atr, move |exchange| {
            let mut card = answering.lock().unwrap_or_else(PoisonError::into_inner);
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
        let hub = Arc::new(shelf);
        Self::new(service, card, hub, READER, Choice::Driverless, Box::new(|| ()))
    }

    pub(crate) fn new(
        service: &Service,
        card: Arc<Mutex<VirtualCard>>,
        hub: Arc<dyn Hub>,
        reader: &str,
        choice: Choice,
        put_back: Box<dyn Fn()>,
    ) -> Self {
        let opener = Opener {
            hub,
            modules: Arc::new(match choice {
                Choice::Module(_) => Modules::new(Vec::new()),
                _ => Modules::default(),
            }),
            families: Arc::new(Families::bundled()),
            cache: None,
        };
        Self {
            card,
            client: service.client.clone(),
            token: TokenHandle::open(opener.clone(), reader.into(), choice),
            opener,
            reader: reader.into(),
            folder: tempfile::tempdir().unwrap(),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap(),
            put_back,
        }
    }

    /// Everything up to the first write.
    pub(crate) fn plan(&self) -> Plan {
        let report = self.look();
        self.runtime.block_on(async {
            let found = replace::find(&self.client, &[&report]).await.unwrap();
            replace::prepare(&self.client, &found.due[0], &anchors(), NOW)
                .await
                .unwrap()
        })
    }

    pub(crate) fn run(&self, plan: &Plan) -> Outcome {
        let (journal, cancel) = (self.journal(), never());
        let Some(proof) = self.proof() else {
            return Outcome::NotBegun(token::Error::Closed);
        };
        self.runtime.block_on(replace::run(
            &self.through(&journal, &cancel),
            plan,
            proof,
            |_| (),
        ))
    }

    pub(crate) fn resume(&self, record: Record) -> Outcome {
        let (journal, cancel) = (self.journal(), never());
        let proof = self.proof();
        self.runtime.block_on(replace::resume(
            &self.through(&journal, &cancel),
            record,
            proof,
            |_| (),
        ))
    }

    pub(crate) fn record(&self) -> Option<Record> {
        self.journal().replacements().pop()
    }

    /// Power comes back.
    pub(crate) fn power(&self) {
        {
            let mut card = self.card.lock().unwrap();
            card.cancel_cut();
            card.reset();
        }
        (self.put_back)();
    }

    /// One of the two certificates can be had: from the card, or from the copy that the journal keeps.
    pub(crate) fn has_either(&self, plan: &Plan) -> Result<(), String> {
        let (old, new) = (plan.old.der(), plan.new.der());
        let kept = self
            .record()
            .is_some_and(|record| record.old() == old && record.new_certificate() == new);
        let there = self.on_card();
        if kept || there.iter().any(|der| der == old || der == new) {
            Ok(())
        } else {
            Err(format!(
                "neither certificate can be had; {} on the card",
                there.len()
            ))
        }
    }

    /// The new certificate alone is on the card, its key signs, no PIN try is missing, and nothing is left to do.
    pub(crate) fn is_done(&self, plan: &Plan) -> Result<(), String> {
        let there = self.on_card();
        if there != [plan.new.der()] {
            return Err(format!("{} certificates at the end", there.len()));
        }
        if self.record().is_some() {
            return Err("the journal remembers something at the end".into());
        }
        self.signs(plan)?;
        match self.card.lock().unwrap().tries_left(PIN_REFERENCE) {
            Some(3) => Ok(()),
            tries => Err(format!("{tries:?} tries at the end")),
        }
    }

    fn signs(&self, plan: &Plan) -> Result<(), String> {
        let token = self.driverless();
        let key = SigningKey {
            id: vec![0x45],
            certificate: plan.new.der().to_vec(),
        };
        let what = ToSign {
            mechanism: Mechanism::RsaPkcs1(SigningHash::Sha256),
            data: b"the end".to_vec(),
        };
        let hash = certificate::Hash::Sha256;
        let digest = hash.of(&what.data).unwrap();
        let signature = self.runtime.block_on(async {
            let pins = token.pins().await?;
            let pin = token::Pin::parse(&entry(), pins[0].rules()).unwrap();
            let stretch = token
                .log_in(Try::typed(pin, pins[0].tries_left), StretchWay::Chosen)
                .await?;
            let signature = stretch.sign(key, what).await;
            stretch.end().await;
            signature
        });
        let signature = signature.map_err(|error| format!("the key does not sign: {error}"))?;
        let key = plan.new.public_key.as_ref().unwrap();
        let check = key.check(certificate::Scheme::RsaPkcs1, hash, &digest, &signature);
        if check == certificate::chain::SignatureCheck::Verified {
            Ok(())
        } else {
            Err("the signature is wrong".into())
        }
    }

    /// What our own reader finds, whatever the journey works with.
    fn on_card(&self) -> Vec<Vec<u8>> {
        let read = self.runtime.block_on(self.driverless().read(|_| ()));
        let certificates = read.map(|contents| contents.certificates).unwrap_or_default();
        certificates.into_iter().map(|one| one.der).collect()
    }

    fn driverless(&self) -> TokenHandle {
        TokenHandle::open(self.opener.clone(), self.reader.clone(), Choice::Driverless)
    }

    fn proof(&self) -> Option<Proof> {
        self.proof_for(&self.token)
    }

    fn proof_for(&self, token: &TokenHandle) -> Option<Proof> {
        let pins = self.runtime.block_on(token.pins()).ok()?;
        Proof::typed(pins.first()?, &entry()).ok()
    }

    fn look(&self) -> Report {
        let snapshot = self.opener.hub.snapshot();
        let reader = snapshot.readers.iter().find(|reader| reader.name == self.reader);
        let Some(ReaderState::Card { atr, .. }) = reader.map(|reader| &reader.state) else {
            panic!("no card: {snapshot:?}")
        };
        let request = look::Request {
            reader: self.reader.clone(),
            family: self.opener.families.of(atr),
            atr: atr.clone(),
            anchors: Arc::new(anchors()),
            now: NOW,
        };
        self.runtime
            .block_on(look::look(request, &self.token, |_| ()))
            .unwrap()
    }

    fn journal(&self) -> Journal {
        Journal::new(self.folder.path().into())
    }

    fn through<'a>(&'a self, journal: &'a Journal, cancel: &'a replace::Cancel) -> Through<'a> {
        Through {
            client: Some(&self.client),
            token: &self.token,
            journal,
            cancel,
            now: NOW,
        }
    }
}

/// A practice card that is due, made once and copied.
pub(crate) fn fresh() -> Arc<Mutex<VirtualCard>> {
    Arc::new(Mutex::new(practice::card(Practice::Sha1, NOW).unwrap()))
}

fn anchors() -> TrustAnchors {
    let mut anchors = TrustAnchors::none();
    anchors.add(practice::root_der(), Source::Imported).unwrap();
    anchors
}

fn entry() -> Entry {
    let mut entry = Entry::new();
    PIN.chars().for_each(|character| entry.push(character));
    entry
}
