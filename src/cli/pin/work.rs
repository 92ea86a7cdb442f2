//! A change or an unlock: what is at stake, then the secrets, then the card.

use journeys::pin::{self, Change, Field, Outcome};
use journeys::unlock::{self, ByPuk, Through};
use journeys::words::{Pair, Sentence};
use service::{Address, Bearer, Client, Limits};
use token::{Entry, Error, LastTryConsent, LastTryWarning, PinInfo, SecretKind};
use tokio::runtime::Runtime;

use super::{Found, Told, tell};
use crate::arguments::Entering;
use crate::ask::{Asker, Stop};
use crate::session::Session;
use crate::texts::say;
use crate::world::Exit;

/// One change or unlock.
pub(crate) struct Work<'a> {
    pub(crate) session: &'a Session,
    pub(crate) runtime: &'a Runtime,
    pub(crate) found: &'a Found,
    pub(crate) entering: Entering,
}

impl Work<'_> {
    pub(super) fn change(&self, asker: &mut Asker<'_>) -> Result<Told, Told> {
        let user = self.user()?;
        if user.tries_left.is_blocked() {
            return Err(self.outcome(&Outcome::Blocked(SecretKind::Pin)));
        }
        let consent = self.consent(asker, SecretKind::Pin, false)?;
        let subject = &self.found.status.subject;
        let change = if user.protected_path {
            asker.say(&format!("{}\n", say!(self.session.texts, "pin-on-pad")));
            Change::on_pad()
        } else {
            let old = self.ask(asker, Field::Pin)?;
            let (new, again) = self.ask_new(asker)?;
            Change::typed(subject, user, &old, &new, &again).map_err(|fault| self.fault(fault))?
        };
        let outcome = self
            .runtime
            .block_on(pin::change(change, user.tries_left, consent, &self.found.token));
        self.forget_unlock(&outcome);
        Ok(self.outcome(&outcome))
    }

    pub(super) fn by_puk(&self, asker: &mut Asker<'_>, i_know: bool) -> Result<Told, Told> {
        let user = self.user()?;
        let (status, texts) = (&self.found.status, &self.session.texts);
        if user.unblock.puk_tries_left.is_blocked() {
            return Err(self.outcome(&Outcome::Blocked(SecretKind::Puk)));
        }
        if let Some(warning) = self.session.words.puk_warning(&status.subject.rules) {
            if !i_know {
                return Err(Told::not_done(Sentence {
                    code: "puk-not-open",
                    what: say!(texts, "pin-puk-not-open"),
                    remedy: say!(texts, "pin-puk-not-open", "remedy"),
                    technical: "--i-know".to_owned(),
                }));
            }
            warn(asker, &warning);
            // `--i-know` is the confirmation of a script; a person is asked once more.
            if asker.is_person() && !confirms(self.session, asker) {
                return Err(self.not_confirmed());
            }
        }
        let consent = self.consent(asker, SecretKind::Puk, i_know)?;
        let by_puk = if user.protected_path {
            asker.say(&format!("{}\n", say!(texts, "pin-on-pad")));
            ByPuk::on_pad(user)
        } else {
            let puk = self.ask(asker, Field::Puk)?;
            let (new, again) = self.ask_new(asker)?;
            let by_puk =
                ByPuk::typed(&status.subject, user, &puk, &new, &again).map_err(|fault| self.fault(fault))?;
            // A script has nobody to ask; a person may have typed the PIN.
            if let Some(mistaken) = by_puk.suspicion().filter(|_| asker.is_person()) {
                asker.say(&format!("{}\n", self.session.words.mistaken(mistaken)));
                if !confirms(self.session, asker) {
                    return Err(self.not_confirmed());
                }
            }
            by_puk
        };
        let seen = user.unblock.puk_tries_left;
        let unlocking = unlock::by_puk(&status.subject, by_puk, seen, consent, &self.found.token);
        let outcome = self.runtime.block_on(unlocking);
        self.forget_unlock(&outcome);
        Ok(self.outcome(&outcome))
    }

    /// Whose PIN is set need not know how an earlier unlock ended.
    fn forget_unlock(&self, outcome: &Outcome) {
        let serial = &self.found.status.subject.serial;
        if let (Outcome::Done, Some(journal)) = (outcome, &self.session.world.journal) {
            // That it cannot be removed does no harm: it is only told once more.
            let _ = journal.forget(serial);
        }
    }

    pub(super) fn by_service(&self, asker: &mut Asker<'_>, address: &str, token: bool) -> Result<Told, Told> {
        let (words, texts) = (&self.session.words, &self.session.texts);
        let user = self.user()?;
        let address: Address = address
            .parse()
            .map_err(|error| Told::failed(words.address_error(error)))?;
        let journal = self.session.world.journal.as_ref().ok_or_else(|| {
            let error = journeys::journal::JournalError {
                detail: "no folder".to_owned(),
            };
            Told::failed(words.unlock_outcome(&unlock::Outcome::Journal(error)))
        })?;
        let client = Client::new(address, Limits::default());
        let mut client = client.map_err(|error| Told::failed(words.service_error(&error)))?;
        if token {
            let prompt = say!(texts, "pin-ask-token");
            let typed = asker
                .token(&prompt)
                .map_err(|stop| self.stopped_at(stop, prompt.clone()))?;
            let bearer = Bearer::parse(&typed).map_err(|error| {
                Told::not_done(Sentence {
                    code: "bad-token",
                    what: say!(texts, "pin-bad-token"),
                    remedy: say!(texts, "pin-bad-token", "remedy"),
                    technical: error.to_string(),
                })
            })?;
            client = client.with_bearer(bearer);
        }
        let (new, again) = self.ask_new(asker)?;
        let subject = &self.found.status.subject;
        let new = subject
            .new_pin(&new, &again, user.rules(), None)
            .map_err(|fault| self.fault(fault))?;
        // From here on the journal knows where it stands, whatever is pressed.
        asker.done();
        let through = Through {
            client: &client,
            token: &self.found.token,
            journal,
            now: self.session.world.now,
        };
        let mut said = None;
        let progress = |progress| {
            if said != Some(progress) {
                asker.say(&format!("{}…\n", words.unlock_progress(progress)));
                said = Some(progress);
            }
        };
        let outcome = self
            .runtime
            .block_on(unlock::by_service(&through, subject, new, progress));
        let sentence = words.unlock_outcome(&outcome);
        Ok(match outcome {
            unlock::Outcome::Done { .. } => Told {
                sentence,
                exit: Exit::Fine,
            },
            unlock::Outcome::PinNotSet(_) => Told::not_done(sentence),
            _ => Told::failed(sentence),
        })
    }

    pub(crate) fn user(&self) -> Result<&PinInfo, Told> {
        self.found.status.user().ok_or_else(|| {
            Told::failed(Sentence {
                code: "no-pin",
                what: say!(self.session.texts, "pin-no-pin"),
                remedy: say!(self.session.texts, "pin-no-pin", "remedy"),
                technical: Error::NotSupported.to_string(),
            })
        })
    }

    /// The consent to the last try, if the next one is or may be the last.
    ///
    /// A person types a word, a script says `--last-try`; also where the card does not tell how many tries are left,
    /// or a script that tries again and again would use the card up.
    pub(crate) fn consent(
        &self,
        asker: &mut Asker<'_>,
        secret: SecretKind,
        expert: bool,
    ) -> Result<Option<LastTryConsent>, Told> {
        let warning = self.runtime.block_on(self.found.token.last_try(secret));
        let warning = warning.map_err(|error| self.outcome(&Outcome::NotDone(error)))?;
        let Some(warning) = warning else { return Ok(None) };
        if !agrees(self.session, asker, &warning, self.entering.last_try) {
            return Err(self.not_confirmed());
        }
        Ok(Some(if expert {
            warning.confirmed_by_expert()
        } else {
            warning.confirmed()
        }))
    }

    fn not_confirmed(&self) -> Told {
        Told::not_done(not_confirmed(self.session))
    }

    pub(crate) fn ask(&self, asker: &mut Asker<'_>, field: Field) -> Result<Entry, Told> {
        asker
            .secret(&self.session.words.secret_field(field))
            .map_err(|stop| self.stopped(stop, field))
    }

    fn ask_new(&self, asker: &mut Asker<'_>) -> Result<(Entry, Entry), Told> {
        Ok((self.ask(asker, Field::NewPin)?, self.ask(asker, Field::Again)?))
    }

    pub(crate) fn fault(&self, fault: pin::Fault) -> Told {
        let mut sentence = self.session.words.entry_fault(&fault);
        sentence.what = format!(
            "{}: {}",
            self.session.words.secret_field(fault.field),
            sentence.what
        );
        Told::not_done(sentence)
    }

    pub(crate) fn stopped(&self, stop: Stop, field: Field) -> Told {
        self.stopped_at(stop, self.session.words.secret_field(field))
    }

    fn stopped_at(&self, stop: Stop, field: String) -> Told {
        Told::failed(super::stopped(self.session, stop, field))
    }

    pub(crate) fn outcome(&self, outcome: &Outcome) -> Told {
        let sentence = self.session.words.pin_outcome(outcome);
        match outcome {
            Outcome::Done => Told {
                sentence,
                exit: Exit::Fine,
            },
            Outcome::NotDone(
                Error::PinForm { .. } | Error::NewPinRefused { .. } | Error::PadTimeout | Error::PadCancelled,
            ) => Told::not_done(sentence),
            Outcome::Unsure { .. } | Outcome::NotDone(_) => Told::failed(sentence),
            _ => Told::not_done(sentence),
        }
    }
}

/// Whether the last try is to be spent: a person types a word, a script has said so beforehand.
pub(crate) fn agrees(
    session: &Session,
    asker: &mut Asker<'_>,
    warning: &LastTryWarning,
    by_script: bool,
) -> bool {
    warn(asker, &session.words.last_try(warning));
    if asker.is_person() {
        confirms(session, asker)
    } else {
        by_script
    }
}

fn confirms(session: &Session, asker: &mut Asker<'_>) -> bool {
    let word = say!(session.texts, "pin-confirm-word");
    let prompt = say!(session.texts, "pin-confirm", word = word.clone());
    asker.types(&format!("{prompt} "), &word)
}

/// Nobody agreed.
pub(crate) fn not_confirmed(session: &Session) -> Sentence {
    Sentence {
        code: "not-confirmed",
        what: say!(session.texts, "pin-not-confirmed"),
        remedy: say!(session.texts, "pin-not-confirmed", "remedy"),
        technical: "--last-try".to_owned(),
    }
}

fn warn(asker: &mut Asker<'_>, warning: &Pair) {
    asker.say(&tell::warning(warning));
}
