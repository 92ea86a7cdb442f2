//! A form with secrets: what is in it, and how far it is.

use iced::advanced::widget::Id;
use journeys::{
    pin::{self, Change, Check, Fault, Field, Mistaken, Status},
    unlock::{self, ByPuk},
};
use token::{LastTryConsent, LastTryWarning, SecretKind, TriesLeft};

use super::{Hint, Press, Typed};
use crate::{
    pin_tasks::{Attempt, Work},
    ui::pin_field::Entries,
};

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A new PIN for one that is known.
    Change,
    /// Whether a change that was cut short has come through.
    Check,
    /// A new PIN by the PUK.
    Puk,
    /// A new PIN with the help of the service.
    Service,
}

impl Purpose {
    /// The secret of which a try may be spent.
    pub(super) fn secret(self) -> Option<SecretKind> {
        match self {
            Self::Change | Self::Check => Some(SecretKind::Pin),
            Self::Puk => Some(SecretKind::Puk),
            Self::Service => None,
        }
    }
}

/// A form.
pub(crate) struct Form {
    purpose: Purpose,
    entries: Entries,
    fault: Option<Fault>,
    hint: Option<(usize, Hint)>,
    stage: Stage,
    said: Option<Said>,
    /// Before the last attempt the PIN was known to be blocked.
    was_blocked: bool,
    /// Escape just emptied a field, and is not to leave the page as well.
    has_emptied: bool,
}

/// How far a form is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Something is being typed.
    Typing,
    /// Is it to be sent all the same?
    Asking(Question),
    /// The card works.
    Working {
        is_slow: bool,
        progress: Option<unlock::Progress>,
    },
    /// Done.
    Done,
}

/// What is asked before something is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Is the last try to be spent?
    LastTry(LastTryWarning),
    /// Is it really the PUK? It looks like something else.
    Mistaken(Mistaken),
}

/// What came of the last attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Pin(pin::Outcome),
    Service(unlock::Outcome),
}

/// The name of the field of this index.
pub(crate) fn field_id(index: usize) -> Id {
    Id::from(format!("secret-{index}"))
}

impl Form {
    pub(super) fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            entries: Entries::new(fields(purpose).len()),
            fault: None,
            hint: None,
            stage: Stage::Typing,
            said: None,
            was_blocked: false,
            has_emptied: false,
        }
    }

    pub(super) fn purpose(&self) -> Purpose {
        self.purpose
    }

    pub(super) fn fields(&self) -> &'static [Field] {
        fields(self.purpose)
    }

    pub(super) fn entries(&self) -> &Entries {
        &self.entries
    }

    pub(super) fn stage(&self) -> &Stage {
        &self.stage
    }

    pub(super) fn said(&self) -> Option<&Said> {
        self.said.as_ref()
    }

    /// What is wrong with the entry of this index.
    pub(super) fn fault(&self, index: usize) -> Option<&Fault> {
        self.fault
            .as_ref()
            .filter(|fault| self.fields().get(index) == Some(&fault.field))
    }

    /// What is to be said about how something was typed into the field of this index.
    pub(super) fn hint(&self, index: usize) -> Option<Hint> {
        self.hint.filter(|(at, _)| *at == index).map(|(_, hint)| hint)
    }

    pub(super) fn is_busy(&self) -> bool {
        matches!(self.stage, Stage::Working { .. })
    }

    /// The last try of the secret that is asked for here was spent: there is nothing left to type.
    pub(super) fn has_blocked(&self) -> Option<SecretKind> {
        match (&self.said, self.purpose.secret()) {
            (Some(Said::Pin(pin::Outcome::Blocked(secret))), Some(own)) if *secret == own => Some(own),
            _ => None,
        }
    }

    pub(super) fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// The fields take keys.
    pub(super) fn is_open(&self) -> bool {
        self.stage == Stage::Typing
    }

    /// Forgets what was typed, and withdraws a question about it.
    pub(super) fn wipe(&mut self) {
        self.entries.clear_all();
        (self.fault, self.hint) = (None, None);
        if matches!(self.stage, Stage::Asking(_)) {
            self.stage = Stage::Typing;
        }
    }

    /// Whether Escape has done its work here.
    pub(super) fn takes_back(&mut self) -> bool {
        if matches!(self.stage, Stage::Asking(_)) {
            self.wipe();
            return true;
        }
        std::mem::take(&mut self.has_emptied) || self.is_busy()
    }

    /// Returns the field to go to.
    pub(super) fn typed(&mut self, index: usize, typed: Typed) -> Option<usize> {
        self.has_emptied = typed == Typed::Emptied;
        match typed {
            Typed::Changed(hint) => {
                self.hint = hint.map(|hint| (index, hint));
                self.changed(index);
            }
            Typed::Emptied => {
                self.hint = None;
                self.changed(index);
            }
            Typed::Refused(hint) => self.hint = Some((index, hint)),
            Typed::Entered => (),
        }
        None
    }

    /// Returns the field to go to.
    pub(super) fn pressed(&mut self, press: Press) -> Option<usize> {
        self.hint = None;
        let active = self.entries.active();
        self.changed(active);
        (press == Press::Pointer).then_some(active)
    }

    fn changed(&mut self, index: usize) {
        if self.fault(index).is_some() {
            self.fault = None;
        }
    }

    /// The last try is not spent: what was typed is forgotten. Returns the field to go to.
    pub(super) fn decline(&mut self) -> usize {
        self.wipe();
        0
    }

    /// Judges what was typed. `Err` names the field that is wrong; the card hears of nothing then.
    pub(super) fn submit(&mut self, status: &Status) -> Result<Option<Attempt>, usize> {
        if self.stage != Stage::Typing {
            return Ok(None);
        }
        self.attempt(status, None, false)
    }

    /// It is to be sent all the same.
    pub(super) fn confirm(&mut self, status: &Status) -> Result<Option<Attempt>, usize> {
        match std::mem::replace(&mut self.stage, Stage::Typing) {
            Stage::Asking(Question::LastTry(warning)) => {
                self.attempt(status, Some(warning.confirmed()), true)
            }
            Stage::Asking(Question::Mistaken(_)) => self.attempt(status, None, true),
            stage => {
                self.stage = stage;
                Ok(None)
            }
        }
    }

    fn attempt(
        &mut self,
        status: &Status,
        consent: Option<LastTryConsent>,
        is_sure: bool,
    ) -> Result<Option<Attempt>, usize> {
        (self.hint, self.said) = (None, None);
        self.was_blocked = status
            .user()
            .is_some_and(|pin| pin.tries_left == TriesLeft::Exact(0));
        match self.work(status) {
            Ok((Work::Puk(by_puk), _)) if !is_sure && by_puk.suspicion().is_some() => {
                self.fault = None;
                if let Some(mistaken) = by_puk.suspicion() {
                    self.stage = Stage::Asking(Question::Mistaken(mistaken));
                }
                Ok(None)
            }
            Ok((work, seen)) => {
                self.fault = None;
                self.stage = Stage::Working {
                    is_slow: false,
                    progress: None,
                };
                Ok(Some(Attempt { work, seen, consent }))
            }
            Err(fault) => {
                let index = self
                    .fields()
                    .iter()
                    .position(|field| *field == fault.field)
                    .unwrap_or(0);
                self.fault = Some(fault);
                Err(index)
            }
        }
    }

    fn work(&self, status: &Status) -> Result<(Work, TriesLeft), Fault> {
        let nothing = Fault {
            field: Field::NewPin,
            fault: token::FormFault::Empty,
        };
        let pin = status.user().ok_or(nothing)?;
        let subject = &status.subject;
        let on_pad = pin.protected_path;
        let work = self.entries.read(|entries| match (self.purpose, entries) {
            (Purpose::Change, _) if on_pad => Ok(Work::Change(Change::on_pad())),
            (Purpose::Check, _) if on_pad => Ok(Work::Check(Check::on_pad())),
            (Purpose::Puk, _) if on_pad => Ok(Work::Puk(ByPuk::on_pad(pin))),
            (Purpose::Change, [old, new, again]) => {
                Change::typed(subject, pin, old, new, again).map(Work::Change)
            }
            (Purpose::Check, [new]) => Check::typed(pin, new).map(Work::Check),
            (Purpose::Puk, [puk, new, again]) => ByPuk::typed(subject, pin, puk, new, again).map(Work::Puk),
            (Purpose::Service, [new, again]) => {
                subject.new_pin(new, again, pin.rules(), None).map(Work::Service)
            }
            _ => Err(nothing),
        })?;
        let seen = match self.purpose {
            Purpose::Change | Purpose::Check | Purpose::Service => pin.tries_left,
            Purpose::Puk => pin.unblock.puk_tries_left,
        };
        Ok((work, seen))
    }

    pub(super) fn slow(&mut self) {
        if let Stage::Working { is_slow, .. } = &mut self.stage {
            *is_slow = true;
        }
    }

    pub(super) fn progress(&mut self, further: unlock::Progress) {
        if let Stage::Working { progress, .. } = &mut self.stage {
            *progress = Some(further);
        }
    }

    /// The card was asked again: what it says now tells how an unlock ended whose answer was lost. A PIN that is open
    /// tells it only if it was blocked before.
    pub(super) fn settle(&mut self, user: TriesLeft) {
        let is_open = match user {
            TriesLeft::Exact(left) => left > 0,
            TriesLeft::Few | TriesLeft::Unknown => return,
        };
        if is_open && !self.was_blocked {
            return;
        }
        let said = match (self.purpose, self.said.take()) {
            (Purpose::Puk, Some(Said::Pin(pin::Outcome::Unsure { .. }))) if is_open => {
                Said::Pin(pin::Outcome::Done)
            }
            (Purpose::Service, Some(Said::Service(unlock::Outcome::Unsure(_)))) if is_open => {
                Said::Service(unlock::Outcome::Done { told: false })
            }
            (Purpose::Service, Some(Said::Service(unlock::Outcome::Unsure(error)))) => {
                Said::Service(unlock::Outcome::PinNotSet(error))
            }
            (_, said) => {
                self.said = said;
                return;
            }
        };
        if is_open {
            self.stage = Stage::Done;
        }
        self.said = Some(said);
    }

    /// The attempt is over. Only before the question whether to spend the last try what was typed is kept.
    pub(super) fn ended(&mut self, said: Said) {
        if let Said::Pin(pin::Outcome::LastTry(warning)) = said {
            self.stage = Stage::Asking(Question::LastTry(warning));
            return;
        }
        let is_done = matches!(
            said,
            Said::Pin(pin::Outcome::Done) | Said::Service(unlock::Outcome::Done { .. })
        );
        self.entries.clear_all();
        self.stage = if is_done { Stage::Done } else { Stage::Typing };
        self.said = Some(said);
    }
}

/// However the page is left.
impl Drop for Form {
    fn drop(&mut self) {
        self.entries.clear_all();
    }
}

fn fields(purpose: Purpose) -> &'static [Field] {
    match purpose {
        Purpose::Change => &[Field::Pin, Field::NewPin, Field::Again],
        Purpose::Check => &[Field::NewPin],
        Purpose::Puk => &[Field::Puk, Field::NewPin, Field::Again],
        Purpose::Service => &[Field::NewPin, Field::Again],
    }
}
