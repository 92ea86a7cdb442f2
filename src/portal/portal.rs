//! The running service: what every call is given.

use std::{fmt, sync::Arc};

use certificate::chain::TrustAnchors;
use tokio::sync::{Semaphore, watch};
use tokio_util::task::TaskTracker;

use crate::{
    Configuration, Error, Moment, api::Metrics, authority::Authority, bells::Bells, configuration::Policy,
    issuing::Answers, messages::Outbox, regions::Regions, secret::Keys, store::Store, turns::Turns,
    wording::Wording, words::Words,
};

/// How many messages that nobody waits for are on their way at once.
const TELLERS: usize = 8;

/// How many signatures are judged, and how many pictures and forms drawn, at once, and how long each waits for that.
const AT_ONCE: usize = 2;
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

/// How long messages lie in the spool folder: codes and links in them are over long before.
const SPOOLED: std::time::Duration = std::time::Duration::from_hours(24);

/// The running service. Cheap to clone. It keeps no state but the store's; what else is here can be made again.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

struct Inner {
    configuration: Configuration,
    store: Store,
    keys: Keys,
    words: Words,
    outbox: Outbox,
    /// Rung when a signing transaction of this process changes, so that whoever waits looks at once. Those of
    /// other instances are seen by looking every now and then.
    bells: Bells,
    anchors: Arc<TrustAnchors>,
    authority: Arc<Authority>,
    regions: Regions,
    wording: Wording,
    metrics: Metrics,
    answers: Answers,
    /// Turns for signatures that were handed in.
    judging: Turns,
    /// Turns for captchas and printed forms.
    drawing: Turns,
    /// How many messages that nobody waits for are on their way at once.
    tellers: Arc<Semaphore>,
    telling: TaskTracker,
    /// Whether the service is stopping.
    closing: watch::Sender<bool>,
    public_url: String,
}

impl fmt::Debug for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Portal({:?})", self.0.store)
    }
}

impl Portal {
    /// Opens the store, brings it up to date, and reads the keys. `public_url` is where people reach it.
    pub async fn open(
        configuration: Configuration,
        outbox: Outbox,
        public_url: String,
    ) -> Result<Self, Error> {
        let keys = Keys::load(&configuration.key_file)?;
        let words = Words::new(configuration.argon2)?;
        let store = Store::open(&configuration.database, configuration.connections).await?;
        store.migrate().await?;
        let authority = Arc::new(authority(&configuration, &public_url)?);
        let anchors = Arc::new(crate::signing::anchors(
            &authority,
            configuration.trust.as_deref(),
        )?);
        Ok(Self(Arc::new(Inner {
            configuration,
            store,
            keys,
            words,
            outbox,
            bells: Bells::default(),
            anchors,
            authority,
            regions: Regions::bundled(),
            wording: Wording::load(),
            metrics: Metrics::new(),
            answers: Answers::default(),
            judging: Turns::new("judging", AT_ONCE, PATIENCE),
            drawing: Turns::new("drawing", AT_ONCE, PATIENCE),
            tellers: Arc::new(Semaphore::new(TELLERS)),
            telling: TaskTracker::new(),
            closing: watch::Sender::new(false),
            public_url,
        })))
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The server's keys.
    pub(crate) fn keys(&self) -> &Keys {
        &self.0.keys
    }

    /// The security words' hashing.
    pub(crate) fn words(&self) -> &Words {
        &self.0.words
    }

    /// How patient and how strict the service is.
    pub fn policy(&self) -> &Policy {
        &self.0.configuration.policy
    }

    /// What the service was told at its start.
    pub fn configuration(&self) -> &Configuration {
        &self.0.configuration
    }

    /// Where messages go out.
    pub(crate) fn outbox(&self) -> &Outbox {
        &self.0.outbox
    }

    /// The bells that ring when a signing transaction changes.
    pub(crate) fn bells(&self) -> &Bells {
        &self.0.bells
    }

    /// Whom the service trusts to vouch for signers.
    pub(crate) fn anchors(&self) -> Arc<TrustAnchors> {
        Arc::clone(&self.0.anchors)
    }

    /// The certificate authority.
    pub fn authority(&self) -> &Authority {
        &self.0.authority
    }

    pub(crate) fn authority_shared(&self) -> Arc<Authority> {
        Arc::clone(&self.0.authority)
    }

    /// Provinces and districts.
    pub fn regions(&self) -> &Regions {
        &self.0.regions
    }

    /// What pages and messages say.
    pub(crate) fn wording(&self) -> &Wording {
        &self.0.wording
    }

    pub(crate) fn answers(&self) -> &Answers {
        &self.0.answers
    }

    /// Turns for the judging of signatures.
    pub(crate) fn judging(&self) -> &Turns {
        &self.0.judging
    }

    /// Turns for drawing captchas and printed forms.
    pub(crate) fn drawing(&self) -> &Turns {
        &self.0.drawing
    }

    /// Turns for messages that nobody waits for.
    /// Messages that nobody waits for, on their way: they are waited for when the service stops.
    pub(crate) fn telling(&self) -> &TaskTracker {
        &self.0.telling
    }

    pub(crate) fn tellers(&self) -> Arc<Semaphore> {
        Arc::clone(&self.0.tellers)
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// From now on nobody waits for anything any more.
    pub(crate) fn stop(&self) {
        self.0.closing.send_replace(true);
    }

    /// Done once the service stops.
    pub(crate) async fn stopped(&self) {
        // The sender lives as long as this does.
        let _ = self.0.closing.subscribe().wait_for(|closing| *closing).await;
    }

    /// Where people reach the service; without a last slash.
    pub fn public_url(&self) -> &str {
        &self.0.public_url
    }

    /// Forgets what is over: captchas, sessions, limits, stored answers, expired transactions. To be called every
    /// minute or so; several instances may do so at once.
    pub async fn sweep(&self, now: Moment) -> Result<(), Error> {
        let messages = self.outbox().forget_before(now.minus(SPOOLED).date_time());
        // One that fails keeps none of the others back.
        let swept = [
            crate::limits::sweep(self, now).await,
            crate::sessions::sweep(self, now).await,
            crate::signing::sweep(self, now).await,
            crate::idempotency::sweep(self, now).await,
            messages.await.map(drop),
            self.store().forget_rest().await,
        ];
        swept.into_iter().collect()
    }
}

/// The practice authority for practice; else the one in the spool folder, which `authority create` has made.
fn authority(configuration: &Configuration, public_url: &str) -> Result<Authority, Error> {
    let site = format!("{public_url}/authority");
    if configuration.practice {
        return Ok(Authority::practice(&site)?);
    }
    Ok(Authority::load(
        &configuration.authority(),
        &site,
        Moment::now().date_time(),
    )?)
}
