//! Everything is there but the signature: who signs, with which PIN, and what the card said.

use std::{sync::Arc, time::Instant};

use journeys::{
    pin::{self, Fault, Proof},
    sign::{
        Demand, Failure, Progress, choices,
        code::{Session, SignFailure},
    },
};
use time::OffsetDateTime;
use token::{PinInfo, PinRole, TriesLeft};

use super::{
    Action, Attempt, Candidate, FileFailure, Message, PIN_FIELD, Ready, SAFE_ANSWER, Said, Stage, Work,
};
use crate::{
    readers::Readers,
    ui::{keypad::Press, pin_field::Typed},
};

impl Ready {
    pub(super) fn session(&self) -> Option<&Session> {
        match &self.work {
            Work::Code { session, .. } => session.as_deref(),
            Work::File(_) => None,
        }
    }

    pub(super) fn demand(&self) -> Demand {
        match &self.work {
            Work::Code { brief, .. } => brief.demand,
            Work::File(_) => Demand::Any,
        }
    }

    pub(super) fn tick(&mut self) {
        self.left = self.session().map(|session| session.left(Instant::now()));
    }

    fn candidate(&self) -> Option<&Candidate> {
        self.candidates.get(self.chosen?)
    }

    pub(super) fn user(&self) -> Option<&PinInfo> {
        let pins = &self.candidate()?.report.pins;
        pins.iter().find(|pin| pin.role == PinRole::User)
    }

    pub(super) fn tries(&self) -> Option<TriesLeft> {
        self.tries.or_else(|| Some(self.user()?.tries_left))
    }

    pub(super) fn signer(&self) -> String {
        let certificate = self
            .candidate()
            .map(|candidate| &candidate.choice.looked.certificate);
        let subject = certificate.and_then(|certificate| certificate.subject.as_ref());
        subject
            .and_then(certificate::Name::short)
            .unwrap_or_default()
            .to_owned()
    }

    pub(super) fn wipe(&mut self) {
        self.entries.clear_all();
        (self.fault, self.hint) = (None, None);
        if matches!(self.stage, Stage::LastTry(_)) {
            self.stage = Stage::Typing;
        }
    }

    /// The certificates of all cards; the one that was chosen stays chosen while it is there.
    pub(super) fn follow(&mut self, readers: &Readers, now: OffsetDateTime) {
        let before = self.candidate().map(|candidate| {
            (
                candidate.reader.clone(),
                candidate.choice.looked.certificate.clone(),
                Arc::clone(&candidate.report),
            )
        });
        let at = self
            .session()
            .map_or(now, |session| session.service_time(Instant::now()));
        let demand = self.demand();
        let mut candidates = Vec::new();
        for slot in readers.slots() {
            let report = readers.card(&slot.name).and_then(|card| card.look.report());
            for choice in report.into_iter().flat_map(|report| choices(report, demand, at)) {
                if let Some(report) = report {
                    candidates.push(Candidate {
                        reader: slot.name.clone(),
                        report: Arc::clone(report),
                        choice,
                    });
                }
            }
        }
        candidates.sort_by_key(|candidate| !candidate.choice.is_eligible());
        self.candidates = candidates;
        let same = |candidate: &Candidate| {
            before.as_ref().is_some_and(|(reader, certificate, _)| {
                candidate.reader == *reader && candidate.choice.looked.certificate == *certificate
            })
        };
        let kept = self.candidates.iter().position(same);
        let first = || self.candidates.iter().position(|each| each.choice.is_eligible());
        let is_kept = kept.is_some();
        self.chosen = kept.or_else(first);
        let is_same_look = before.as_ref().is_some_and(|(_, _, report)| {
            self.candidate()
                .is_some_and(|candidate| Arc::ptr_eq(&candidate.report, report))
        });
        if !is_same_look {
            // What the card says of its tries now counts more than what a failure said of them then.
            self.tries = None;
        }
        if !is_kept {
            // Another card, or none: what was typed was not for it.
            self.token = None;
            if !matches!(self.stage, Stage::Working(_) | Stage::Undelivered(_)) {
                self.wipe();
            }
        }
    }

    /// Whether something went wrong, and no card is there to try again with: then somebody puts it back.
    pub(super) fn misses_card(&self) -> bool {
        self.said.is_some() && self.chosen.is_none() && matches!(self.stage, Stage::Typing)
    }

    pub(super) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Text(index) => {
                self.text = index.min(self.texts.len().saturating_sub(1));
                self.search.clear();
            }
            Message::Search(wanted) => self.search = wanted.chars().take(80).collect(),
            Message::Copy => {
                let text = self.texts.get(self.text);
                return text.map_or(Action::None, |text| Action::Copy(text.content.clone()));
            }
            Message::Read(has_read) => self.has_read = has_read,
            Message::Choose(index) => self.choose(index),
            Message::Typed(Typed::Entered) | Message::Submit => return self.submit(false),
            Message::Typed(typed) => self.typed(typed),
            Message::Pressed(press) => {
                (self.hint, self.fault) = (None, None);
                if press == Press::Pointer {
                    return Action::Focus(PIN_FIELD);
                }
            }
            Message::Confirm => return self.submit(true),
            Message::Decline => {
                self.wipe();
                return Action::Focus(PIN_FIELD);
            }
            Message::Redeliver => return self.redeliver(),
            Message::Tick => self.tick(),
            _ => {}
        }
        Action::None
    }

    fn choose(&mut self, index: usize) {
        let may = self
            .candidates
            .get(index)
            .is_some_and(|each| each.choice.is_eligible());
        if may && matches!(self.stage, Stage::Typing) && self.chosen != Some(index) {
            let reader = self.candidate().map(|candidate| candidate.reader.clone());
            self.chosen = Some(index);
            // Another card has another PIN.
            if reader != self.candidate().map(|candidate| candidate.reader.clone()) {
                self.tries = None;
                self.said = None;
                self.wipe();
            }
        }
    }

    fn typed(&mut self, typed: Typed) {
        match typed {
            Typed::Changed(hint) => {
                self.fault = None;
                self.hint = hint;
            }
            Typed::Emptied => (self.fault, self.hint) = (None, None),
            Typed::Refused(hint) => self.hint = Some(hint),
            Typed::Entered => {}
        }
    }

    /// Whether the PIN is typed here and not on the reader.
    pub(super) fn is_typed(&self) -> bool {
        self.user().is_none_or(|pin| !pin.protected_path)
    }

    /// Whether everything is there that is needed.
    pub(super) fn is_ready(&self) -> bool {
        let wants_reading = matches!(&self.work, Work::Code { brief, .. } if brief.wants_reading);
        let may = self.candidate().is_some_and(|each| each.choice.is_eligible());
        let entered = !self.is_typed() || self.entries.is_filled();
        matches!(self.stage, Stage::Typing | Stage::LastTry(_))
            && may
            && entered
            && (self.has_read || !wants_reading)
            && self.user().is_some()
            && !self.tries().is_some_and(TriesLeft::is_blocked)
    }

    fn submit(&mut self, is_confirmed: bool) -> Action {
        if !self.is_ready() {
            return Action::None;
        }
        let consent = match std::mem::replace(&mut self.stage, Stage::Typing) {
            Stage::LastTry(warning) if is_confirmed => Some(warning.confirmed()),
            Stage::Typing if !is_confirmed => None,
            stage => {
                self.stage = stage;
                return Action::None;
            }
        };
        let (Some(candidate), Some(user)) = (self.candidate().cloned(), self.user().cloned()) else {
            return Action::None;
        };
        let user = PinInfo {
            tries_left: self.tries().unwrap_or(user.tries_left),
            ..user
        };
        let proof = if user.protected_path {
            Ok(Proof::on_pad(&user))
        } else {
            self.entries.read(|entries| match entries {
                [entry] => Proof::typed(&user, entry),
                _ => Err(Fault {
                    field: pin::Field::Pin,
                    fault: token::FormFault::Empty,
                }),
            })
        };
        let proof = match proof {
            Ok(proof) => proof,
            Err(fault) => {
                self.fault = Some(fault);
                return Action::Focus(PIN_FIELD);
            }
        };
        (self.hint, self.fault, self.said) = (None, None, None);
        self.stage = Stage::Working(None);
        Action::Try(Box::new(Attempt {
            work: self.work.clone(),
            choice: candidate.choice,
            proof: match consent {
                Some(consent) => proof.with_consent(consent),
                None => proof,
            },
            reader: candidate.reader,
        }))
    }

    fn redeliver(&mut self) -> Action {
        let Some(session) = self.session().cloned() else {
            return Action::None;
        };
        match std::mem::replace(&mut self.stage, Stage::Working(Some(Progress::Delivering))) {
            Stage::Undelivered(signed) => {
                self.said = None;
                Action::Deliver(session, signed)
            }
            stage => {
                self.stage = stage;
                Action::None
            }
        }
    }

    pub(super) fn failed_to_sign(&mut self, failure: SignFailure) -> Action {
        if let SignFailure::Signing(Failure::Pin(outcome)) = &failure
            && let Some(action) = self.pin_failed(&outcome.clone())
        {
            return action;
        }
        self.entries.clear_all();
        self.stage = match &failure {
            SignFailure::NotDelivered { signed, .. } => Stage::Undelivered(signed.clone()),
            _ => Stage::Typing,
        };
        self.said = Some(Said::Sign(failure));
        Action::Focus(PIN_FIELD)
    }

    pub(super) fn failed_with_file(&mut self, failure: FileFailure) -> Action {
        if let FileFailure::Signing(Failure::Pin(outcome)) = &failure
            && let Some(action) = self.pin_failed(&outcome.clone())
        {
            return action;
        }
        self.entries.clear_all();
        self.stage = Stage::Typing;
        let (failure, action) = match failure {
            // It is signed, and goes where there is a place for it.
            FileFailure::Unsaved {
                error,
                target,
                signature,
            } => {
                let name = target.file_stem().unwrap_or_default().to_string_lossy();
                (
                    FileFailure::File(error),
                    Action::Save(name.into_owned(), signature),
                )
            }
            other => (other, Action::Focus(PIN_FIELD)),
        };
        self.said = Some(Said::File(failure));
        action
    }

    /// Remembers what the card said of the tries. A question about the last try is no failure: what was typed is kept.
    fn pin_failed(&mut self, outcome: &pin::Outcome) -> Option<Action> {
        match outcome {
            pin::Outcome::LastTry(warning) => {
                self.tries = Some(warning.tries_left());
                self.stage = Stage::LastTry(warning.clone());
                return Some(Action::Focus(SAFE_ANSWER));
            }
            pin::Outcome::Wrong { tries_left, .. } | pin::Outcome::Unsure { tries_left, .. } => {
                self.tries = Some(*tries_left);
            }
            pin::Outcome::TriesChanged { now, .. } => self.tries = Some(*now),
            pin::Outcome::Blocked(_) => self.tries = Some(TriesLeft::Exact(0)),
            _ => {}
        }
        None
    }
}

/// However the page is left.
impl Drop for Ready {
    fn drop(&mut self) {
        self.entries.clear_all();
    }
}
