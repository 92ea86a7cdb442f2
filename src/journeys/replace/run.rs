//! The work on the card, and the confirmation.

use card::pkcs15::{Backup, Swap};
use certificate::Certificate;
use service::{Client, Confirmation, ConfirmedOutcome, ProblemKind, Sha256};
use token::{Error, SecretKind, Stretch, StretchWay, TokenHandle};

use super::{Outcome, Plan, Progress, Record, Situation, Stage, Step, Through, proof, state, state::State};
use crate::{
    journal::JournalError,
    pin::{self, Proof},
};

/// Replaces the certificate. A future that is dropped leaves in the journal where it stood; what is being written at
/// that moment is written to its end.
pub async fn run(
    through: &Through<'_>,
    plan: &Plan,
    pin: Proof,
    mut progress: impl FnMut(Progress) + Send,
) -> Outcome {
    let mut earlier = through.journal.replacements_of(&plan.serial);
    let is_same = |record: &Record| record.stage > Stage::Copied && record.swap() == plan.swap;
    if let Some(same) = earlier.iter().position(is_same) {
        let mut same = earlier.swap_remove(same);
        same.remove_first |= plan.remove_first;
        return resume(through, same, Some(pin), progress).await;
    }
    let service = through
        .client
        .map(|client| client.address().to_string())
        .unwrap_or_default();
    progress(at(Step::Copying));
    let now = match state::directory(through.token).await {
        Ok(now) => now,
        Err(error) => return Outcome::NotBegun(error),
    };
    let given_up = match outgrown(through.token, earlier, now.as_ref()).await {
        Ok(given_up) => given_up,
        Err(outcome) => return outcome,
    };
    let record = Record::new(plan, service, now.clone(), through.now);
    let state = match State::with(&record, through.token, now).await {
        Ok(Some(state)) if (state.old || state.new) && state.situation(&record) != Situation::Outgrown => {
            state
        }
        Ok(_) => return Outcome::OtherCard,
        Err(error) => return Outcome::NotBegun(error),
    };
    let way = way(&state, &record, &pin);
    let mut work = Work {
        through,
        record,
        progress,
        step: Step::Copying,
    };
    if let Err(error) = work.note(Stage::Copied) {
        return Outcome::Journal(error);
    }
    for record in given_up {
        if let Err(error) = record.give_up(through.journal) {
            tracing::warn!(%error, "the journal says more than is so");
        }
    }
    let outcome = work.on_card(pin, way, &state).await;
    work.end(outcome).await
}

/// Of other replacements of this card, those that cannot be gone on with any more. One that can be, and has left the card
/// half way, stands in the way of a new one: the copies that each would go back to do not know of the other.
async fn outgrown(
    token: &TokenHandle,
    earlier: Vec<Record>,
    now: Option<&Backup>,
) -> Result<Vec<Record>, Outcome> {
    let mut outgrown = Vec::new();
    for record in earlier.into_iter().filter(|record| record.stage.is_on_card()) {
        let state = State::with(&record, token, now.cloned()).await;
        let Some(state) = state.map_err(Outcome::NotBegun)? else {
            continue;
        };
        match state.situation(&record) {
            Situation::Outgrown => outgrown.push(record),
            _ => return Err(Outcome::Unfinished(Box::new(record))),
        }
    }
    Ok(outgrown)
}

/// Without a driver where that is possible: both certificates have room side by side then, and what is read back comes
/// from the card. A consent to the last try counts where it was asked for, so that only a torn directory, which no
/// driver puts back, outweighs it.
fn way(state: &State, record: &Record, pin: &Proof) -> StretchWay {
    let is_torn = || {
        !state
            .damaged(record.backup().as_ref(), &record.swap().id)
            .is_empty()
    };
    match state.directory {
        Some(_) if !pin.has_consent() || is_torn() => StretchWay::Driverless,
        _ => StretchWay::Chosen,
    }
}

/// Goes on with what was cut short. Without a PIN only what needs none is done: [`Outcome::NeedsPin`] asks for it.
/// Where the card can be brought in order without a driver, it is.
pub async fn resume(
    through: &Through<'_>,
    record: Record,
    pin: Option<Proof>,
    progress: impl FnMut(Progress) + Send,
) -> Outcome {
    let mut work = Work {
        through,
        record,
        progress,
        step: Step::Copying,
    };
    let state = match State::read(&work.record, through.token).await {
        Ok(Some(state)) => state,
        Ok(None) => return Outcome::OtherCard,
        Err(error) => return Outcome::NotBegun(error),
    };
    match (state.situation(&work.record), pin) {
        (Situation::OtherCard | Situation::Outgrown, _) => Outcome::OtherCard,
        (Situation::OnlyConfirmation, _) => work.confirm().await,
        (_, None) => Outcome::NeedsPin,
        (_, Some(pin)) => {
            let way = way(&state, &work.record, &pin);
            let outcome = work.on_card(pin, way, &state).await;
            work.end(outcome).await
        }
    }
}

fn at(step: Step) -> Progress {
    Progress { step, written: None }
}

/// A replacement while it runs.
struct Work<'a, P> {
    through: &'a Through<'a>,
    record: Record,
    progress: P,
    /// The step that is being made.
    step: Step,
}

impl<P: FnMut(Progress) + Send> Work<'_, P> {
    /// Everything that is done on the card. When it ends in order, nothing but the confirmation is left.
    async fn on_card(&mut self, pin: Proof, way: StretchWay, state: &State) -> Result<(), Outcome> {
        if self.through.cancel.is_wished() {
            return Err(match self.record.stage {
                Stage::Copied => Outcome::Cancelled,
                _ => Outcome::NeedsPin,
            });
        }
        self.begin(Step::LoggingIn);
        let (request, mistaken) = pin.into_request();
        let stretch = self
            .through
            .token
            .log_in(request, way)
            .await
            .map_err(|error| Outcome::Pin(pin::outcome(Err(error), SecretKind::Pin, mistaken)))?;
        let outcome = self.in_stretch(&stretch, way, state).await;
        // From here on the card may be pulled.
        stretch.end().await;
        outcome
    }

    /// The same once the PIN is proven.
    async fn in_stretch(&mut self, stretch: &Stretch, way: StretchWay, state: &State) -> Result<(), Outcome> {
        let swap = self.record.swap();
        self.mend(stretch, way, state).await?;
        let certificate = Certificate::read(&swap.new).map_err(|_| Outcome::KeyDiffers)?;
        match proof::try_key(stretch, &swap.id, &certificate).await {
            Ok(true) => {}
            Ok(false) | Err(Error::KeyNotFound) if self.record.stage == Stage::Copied => {
                return Err(Outcome::KeyDiffers);
            }
            Ok(false) => return Err(self.interrupted(Error::KeyNotFound)),
            Err(error) => return Err(self.not_begun(error)),
        }
        if self.through.cancel.is_wished() && self.record.stage == Stage::Copied {
            return Err(Outcome::Cancelled);
        }
        self.write(stretch, &swap, state.old).await?;
        self.test(stretch, &swap, &certificate).await?;
        self.remove(stretch, &swap).await
    }

    /// Puts torn directory files back.
    async fn mend(&mut self, stretch: &Stretch, way: StretchWay, state: &State) -> Result<(), Outcome> {
        let backup = self.record.backup();
        let damaged = state.damaged(backup.as_ref(), &self.record.swap().id);
        match backup {
            Some(backup) if way == StretchWay::Driverless && !damaged.is_empty() => {
                self.begin(Step::Writing);
                stretch
                    .restore(backup, damaged)
                    .await
                    .map_err(|error| self.interrupted(error))
            }
            _ => Ok(()),
        }
    }

    async fn write(&mut self, stretch: &Stretch, swap: &Swap, has_old: bool) -> Result<(), Outcome> {
        self.begin(Step::Writing);
        if self.record.stage == Stage::RemovingFirst {
            // The old certificate may be gone already: it comes back if the new one cannot be written.
            return self.write_alone(stretch, swap).await;
        }
        let untouched = self.record.stage == Stage::Copied;
        self.note(Stage::Writing).map_err(Outcome::Journal)?;
        match self.written(stretch, swap).await {
            Ok(()) => Ok(()),
            // A module that takes one certificate for each key says no more than that something went wrong: whether it
            // will take the new one afterwards is not known either. So the old one goes only where that was agreed to.
            Err(Error::OneCertificateEach | Error::CardFull) if has_old => {
                if self.record.remove_first {
                    self.write_alone(stretch, swap).await
                } else {
                    Err(Outcome::CardFull)
                }
            }
            // Refused before anything was changed.
            Err(
                error @ (Error::NoPlace
                | Error::NotSupported
                | Error::ReadsOtherwise
                | Error::PinForEachSignature),
            ) if untouched => Err(Outcome::NotWritten(error)),
            Err(error) => Err(self.interrupted(error)),
        }
    }

    /// Writes where there is room for one: the old certificate goes first, and comes back if the new one cannot be
    /// written.
    async fn write_alone(&mut self, stretch: &Stretch, swap: &Swap) -> Result<(), Outcome> {
        self.note(Stage::RemovingFirst).map_err(Outcome::Journal)?;
        stretch
            .delete_certificate(swap.clone())
            .await
            .map_err(|error| self.interrupted(error))?;
        let Err(error) = self.written(stretch, swap).await else {
            return Ok(());
        };
        let back = stretch.write_certificate(swap.clone().reversed(), |_| ()).await;
        let listed = stretch.certificates().await.unwrap_or_default();
        let is_back = back.is_ok() && listed.iter().any(|certificate| certificate.der == swap.old);
        if is_back {
            Err(Outcome::NotWritten(error))
        } else {
            Err(self.interrupted(error))
        }
    }

    async fn written(&mut self, stretch: &Stretch, swap: &Swap) -> Result<(), Error> {
        let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
        let mut writing = std::pin::pin!(stretch.write_certificate(swap.clone(), move |written| {
            // If nobody listens any more, nobody misses it.
            let _ = tell.send(written);
        }));
        loop {
            tokio::select! {
                biased;
                Some(written) = told.recv() => (self.progress)(Progress {
                    step: Step::Writing,
                    written: Some(written),
                }),
                outcome = &mut writing => {
                    while let Ok(written) = told.try_recv() {
                        (self.progress)(Progress {
                            step: Step::Writing,
                            written: Some(written),
                        });
                    }
                    return outcome;
                }
            }
        }
    }

    /// Reads back byte for byte, looks for the private key, and signs.
    async fn test(
        &mut self,
        stretch: &Stretch,
        swap: &Swap,
        certificate: &Certificate,
    ) -> Result<(), Outcome> {
        self.begin(Step::Testing);
        self.remember(Stage::Testing);
        let there = stretch
            .certificates()
            .await
            .map_err(|error| self.interrupted(error))?;
        let Some(new) = there.iter().find(|on_card| on_card.der == swap.new) else {
            return Err(self.interrupted(Error::ReadsOtherwise));
        };
        if new.has_private_key == Some(false) {
            return Err(self.interrupted(Error::KeyNotFound));
        }
        match proof::try_key(stretch, &swap.id, certificate).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(self.interrupted(Error::KeyNotFound)),
            Err(error) => Err(self.interrupted(error)),
        }
    }

    async fn remove(&mut self, stretch: &Stretch, swap: &Swap) -> Result<(), Outcome> {
        self.begin(Step::Removing);
        self.remember(Stage::Removing);
        stretch
            .delete_certificate(swap.clone())
            .await
            .map_err(|error| self.interrupted(error))?;
        let there = stretch
            .certificates()
            .await
            .map_err(|error| self.interrupted(error))?;
        let has = |der: &[u8]| there.iter().any(|on_card| on_card.der == der);
        if has(&swap.new) && !has(&swap.old) {
            Ok(())
        } else {
            Err(self.interrupted(Error::ReadsOtherwise))
        }
    }

    /// What follows the work on the card.
    async fn end(&mut self, outcome: Result<(), Outcome>) -> Outcome {
        let outcome = match outcome {
            Ok(()) => return self.confirm().await,
            Err(outcome) => outcome,
        };
        // Where nothing was changed there is nothing to remember. That it cannot be removed does no harm: reading the
        // card says the same.
        let unchanged = match &outcome {
            Outcome::NotWritten(_) | Outcome::CardFull => true,
            Outcome::Cancelled | Outcome::Pin(_) | Outcome::KeyDiffers | Outcome::NotBegun(_) => {
                self.record.stage == Stage::Copied
            }
            _ => false,
        };
        if unchanged && let Err(error) = self.record.forget(self.through.journal) {
            tracing::warn!(%error, "the journal says more than is so");
        }
        outcome
    }

    async fn confirm(&mut self) -> Outcome {
        self.begin(Step::Confirming);
        self.remember(Stage::Confirming);
        // Another service knows nothing of it, or something else by its name.
        let is_its_own = |client: &&Client| client.address().to_string() == self.record.service;
        let Some(client) = self.through.client.filter(is_its_own) else {
            return Outcome::Done { told: false };
        };
        let confirmation = Confirmation {
            cert_hash: Sha256::of(self.record.new_certificate()),
            outcome: ConfirmedOutcome::Installed,
            fail_info: None,
        };
        match client
            .confirm_replacement(&self.record.replacement, &confirmation)
            .await
        {
            Ok(()) => {
                // That it cannot be removed does no harm: it will be told again.
                let _ = self.record.forget(self.through.journal);
                Outcome::Done { told: true }
            }
            Err(error) => {
                tracing::warn!(%error, "the service has not heard of the replacement");
                if is_final(&error) {
                    let _ = self.record.forget(self.through.journal);
                }
                Outcome::Done { told: false }
            }
        }
    }

    fn begin(&mut self, step: Step) {
        self.step = step;
        (self.progress)(at(step));
    }

    fn interrupted(&self, error: Error) -> Outcome {
        Outcome::Interrupted {
            step: self.step,
            error,
        }
    }

    /// An error before anything is written: of no consequence, unless something was written before.
    fn not_begun(&self, error: Error) -> Outcome {
        if self.record.stage == Stage::Copied {
            Outcome::NotBegun(error)
        } else {
            self.interrupted(error)
        }
    }

    fn note(&mut self, stage: Stage) -> Result<(), JournalError> {
        self.record.begin(self.through.journal, stage, self.through.now)
    }

    /// The same where going on is safer than stopping: all that is needed to go on is written down already.
    fn remember(&mut self, stage: Stage) {
        if let Err(error) = self.note(stage) {
            tracing::warn!(%error, "the journal says less than was done");
        }
    }
}

/// Whether the service will never hear of it: it does not know the replacement, or has closed it.
fn is_final(error: &service::Error) -> bool {
    let service::Error::Refused { problem, .. } = error else {
        return false;
    };
    matches!(
        problem.kind,
        ProblemKind::NotFound | ProblemKind::ReplacementNotPending | ProblemKind::KeyMismatch
    )
}
