//! `replace`: a certificate signed with SHA-1 gives way to its successor, on every card that is due.

mod cards;
mod login;
mod tell;

use std::io::{self, Write};

use journeys::replace::{self, Cancel, Due, Found, Outcome, Plan, Record, Situation, Through};
use journeys::words::Sentence;
use journeys::{
    journal::Journal,
    pin::{Field, Proof},
    profiles,
};
use service::{Client, Limits};
use token::{PinInfo, PinRole, SecretKind, TokenHandle};
use tokio::runtime::Runtime;

use crate::arguments::ReplaceTask;
use crate::ask::{Asker, Stop};
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, pin, world::Exit};
use cards::Card;

/// What came of one card.
struct CardResult {
    reader: String,
    serial: String,
    plan: Option<Plan>,
    sentence: Sentence,
    exit: Exit,
}

/// What came of it all, before any card was worked on.
struct Failed {
    sentence: Sentence,
    exit: Exit,
}

/// The answer to `replace`.
pub(crate) fn answer(session: &mut Session, task: &ReplaceTask, prompts: &mut dyn Write) -> Answer {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let sentence = Sentence {
                technical: error.to_string(),
                ..session.words.token_error(&token::Error::Closed)
            };
            return tell::failed(session, task, &failed(sentence));
        }
    };
    let input = std::mem::replace(&mut session.world.input, Box::new(io::empty()));
    let terminal = session.world.terminal.take();
    let session = &*session;
    let outcome = Asker::new(input, terminal, task.entering.stdin, prompts)
        .map_err(|stop| stopped(session, stop, say!(session.texts, "replace-ask-number")))
        .and_then(|mut asker| {
            let mut work = Work {
                session,
                task,
                runtime: &runtime,
                asker: &mut asker,
                is_last_try_spent: false,
            };
            work.all()
        });
    match outcome {
        Ok(results) => tell::results(session, task, &results),
        Err(failed) => tell::failed(session, task, &failed),
    }
}

fn failed(sentence: Sentence) -> Failed {
    Failed {
        sentence,
        exit: Exit::CouldNotLook,
    }
}

/// Why there is no answer to a question.
fn stopped(session: &Session, stop: Stop, field: String) -> Failed {
    failed(pin::stopped(session, stop, field))
}

/// The work on all cards.
struct Work<'a, 'p> {
    session: &'a Session,
    task: &'a ReplaceTask,
    runtime: &'a Runtime,
    asker: &'a mut Asker<'p>,
    /// Whether `--last-try` has been used for a card.
    is_last_try_spent: bool,
}

impl Work<'_, '_> {
    fn all(&mut self) -> Result<Vec<CardResult>, Failed> {
        let words = &self.session.words;
        let journal = self.session.world.journal.clone().ok_or_else(|| {
            let error = journeys::journal::JournalError {
                detail: "no folder".to_owned(),
            };
            failed(words.replace_outcome(&Outcome::Journal(error)))
        })?;
        let profile = profiles::choose(&self.session.world.profiles, &self.task.service)
            .map_err(|error| failed(words.address_error(error)))?;
        let client = profile
            .client(Limits::default())
            .map_err(|error| failed(words.service_error(&error)))?;
        let cards = cards::look(self.session, self.runtime, self.task.card.as_deref()).map_err(failed)?;
        let (client, opened) = self.log_in(client.in_language(words.language().code()))?;
        let results = self.each(&client, &journal, &cards);
        // Nobody who comes after finds the session open.
        let _ = self.runtime.block_on(client.close_session(&opened));
        results
    }

    fn each(
        &mut self,
        client: &Client,
        journal: &Journal,
        cards: &[Card],
    ) -> Result<Vec<CardResult>, Failed> {
        let mut results: Vec<CardResult> = Vec::new();
        let mut taken_up = Vec::new();
        for card in cards {
            if let Some(record) = journal.replacement(&card.report.serial)
                && !self.task.dry_run
            {
                let replacement = record.replacement.clone();
                if let Some(result) = self.go_on(client, journal, card, record) {
                    results.push(result);
                    taken_up.push(replacement);
                }
            }
        }
        let reports: Vec<_> = cards.iter().map(|card| &card.report).collect();
        let found = self
            .runtime
            .block_on(replace::find(client, &reports))
            .map_err(|error| failed(self.session.words.service_error(&error)))?;
        for due in &found.due {
            let is_taken_up = taken_up.contains(&due.replacement.id);
            if let Some(card) = cards.get(due.card).filter(|_| !is_taken_up) {
                let result = if self.must_wait(&results, card) {
                    self.once_more(card)
                } else {
                    self.one(client, journal, card, due)
                };
                results.push(result);
            }
        }
        if results.is_empty() {
            return Err(self.nothing(&found));
        }
        Ok(results)
    }

    /// Whether a second certificate of a card waits: a script hands in one PIN for each card, and a card with which
    /// something went wrong is not worked on again at once.
    fn must_wait(&self, results: &[CardResult], card: &Card) -> bool {
        let before = results
            .iter()
            .rev()
            .find(|result| result.reader == card.report.reader);
        !self.task.dry_run
            && before.is_some_and(|before| self.task.entering.stdin || before.exit != Exit::Fine)
    }

    fn once_more(&self, card: &Card) -> CardResult {
        let sentence = Sentence {
            code: "once-more",
            what: say!(self.session.texts, "replace-once-more"),
            remedy: say!(self.session.texts, "replace-once-more", "remedy"),
            technical: String::new(),
        };
        result(card, None, sentence, Exit::SomethingToDo)
    }

    fn nothing(&self, found: &Found) -> Failed {
        let pair = self.session.words.replace_nothing(found);
        let (what, remedy) = pair.map(|pair| (pair.headline, pair.text)).unwrap_or_default();
        let elsewhere = !found.elsewhere.is_empty();
        Failed {
            sentence: Sentence {
                code: if elsewhere {
                    "not-this-card"
                } else {
                    "nothing-to-do"
                },
                what,
                remedy,
                technical: "GET replacements".to_owned(),
            },
            exit: if elsewhere {
                Exit::SomethingToDo
            } else {
                Exit::Fine
            },
        }
    }

    /// Takes up what was cut short on this card; `None` if it may as well begin anew.
    fn go_on(
        &mut self,
        client: &Client,
        journal: &Journal,
        card: &Card,
        record: Record,
    ) -> Option<CardResult> {
        let situation = self
            .runtime
            .block_on(replace::examine(&record, &card.resuming))
            .ok()?;
        if matches!(
            situation,
            Situation::Untouched | Situation::OtherCard | Situation::Outgrown
        ) {
            return None;
        }
        let pair = self.session.words.situation(situation, record.stage.step());
        self.asker.say(&format!("{}. {}\n", pair.headline, pair.text));
        let proof = match situation {
            Situation::NeedsPin => match self.proof(&card.resuming) {
                Ok(proof) => Some(proof),
                Err(sentence) => return Some(result(card, None, sentence, Exit::CouldNotLook)),
            },
            _ => None,
        };
        let outcome = self.working(client, journal, &card.resuming, |through, progress| {
            self.runtime
                .block_on(replace::resume(through, record, proof, progress))
        });
        Some(self.told(card, None, &outcome))
    }

    fn one(&mut self, client: &Client, journal: &Journal, card: &Card, due: &Due) -> CardResult {
        let words = &self.session.words;
        let prepared = self.runtime.block_on(replace::prepare(
            client,
            due,
            &card.anchors,
            self.session.world.now,
        ));
        let plan = match prepared {
            Ok(plan) if self.task.remove_first => plan.removing_first(),
            Ok(plan) => plan,
            Err(reason) => {
                if let (replace::NotPrepared::Refused(refused), false) = (&reason, self.task.dry_run) {
                    // Whether it listens changes nothing.
                    let _ = self.runtime.block_on(replace::tell_refused(client, refused));
                }
                return result(card, None, words.not_prepared(&reason), Exit::CouldNotLook);
            }
        };
        if self.task.dry_run {
            let sentence = Sentence {
                code: "planned",
                what: say!(self.session.texts, "replace-planned"),
                remedy: say!(self.session.texts, "replace-planned", "remedy"),
                technical: String::new(),
            };
            return result(card, Some(plan), sentence, Exit::SomethingToDo);
        }
        self.asker.say(&tell::plan(self.session, &plan));
        let proof = match self.proof(&card.token) {
            Ok(proof) => proof,
            Err(sentence) => return result(card, Some(plan), sentence, Exit::CouldNotLook),
        };
        let outcome = self.working(client, journal, &card.token, |through, progress| {
            self.runtime
                .block_on(replace::run(through, &plan, proof, progress))
        });
        self.told(card, Some(plan), &outcome)
    }

    /// Runs the work on a card, saying once what each step does.
    fn working(
        &mut self,
        client: &Client,
        journal: &Journal,
        token: &TokenHandle,
        work: impl FnOnce(&Through<'_>, &mut (dyn FnMut(replace::Progress) + Send)) -> Outcome,
    ) -> Outcome {
        let cancel = Cancel::default();
        let through = Through {
            client: Some(client),
            token,
            journal,
            cancel: &cancel,
            now: self.session.world.now,
        };
        self.asker.done();
        let mut steps = Vec::new();
        let outcome = work(&through, &mut |progress| {
            if steps.last() != Some(&progress.step) {
                steps.push(progress.step);
            }
        });
        for step in steps {
            let line = self.session.words.replace_step(step);
            self.asker.say(&format!("{}/7 {line}\n", step.number()));
        }
        outcome
    }

    /// The consent where it is the last try, and the PIN.
    fn proof(&mut self, token: &TokenHandle) -> Result<Proof, Sentence> {
        let words = &self.session.words;
        let pins = self
            .runtime
            .block_on(token.pins())
            .map_err(|error| words.token_error(&error))?;
        let user = pins
            .iter()
            .find(|pin| pin.role == PinRole::User)
            .ok_or_else(|| words.token_error(&token::Error::NotSupported))?;
        let warning = self
            .runtime
            .block_on(token.last_try(SecretKind::Pin))
            .map_err(|error| words.token_error(&error))?;
        let Some(warning) = warning else {
            return self.entered(user);
        };
        // What a script said beforehand holds for one card.
        let by_script = self.task.entering.last_try && !std::mem::replace(&mut self.is_last_try_spent, true);
        if !pin::agrees(self.session, self.asker, &warning, by_script) {
            return Err(pin::not_confirmed(self.session));
        }
        Ok(self.entered(user)?.with_consent(warning.confirmed()))
    }

    fn entered(&mut self, user: &PinInfo) -> Result<Proof, Sentence> {
        let (words, texts) = (&self.session.words, &self.session.texts);
        if user.protected_path {
            self.asker.say(&format!("{}\n", say!(texts, "pin-on-pad")));
            return Ok(Proof::on_pad(user));
        }
        let field = words.secret_field(Field::Pin);
        let entry = self
            .asker
            .secret(&field)
            .map_err(|stop| pin::stopped(self.session, stop, field.clone()))?;
        Proof::typed(user, &entry).map_err(|fault| words.entry_fault(&fault))
    }

    fn told(&self, card: &Card, plan: Option<Plan>, outcome: &Outcome) -> CardResult {
        let exit = match outcome {
            Outcome::Done { .. } => Exit::Fine,
            Outcome::Interrupted { .. } | Outcome::NotBegun(_) | Outcome::Journal(_) => Exit::CouldNotLook,
            _ => Exit::SomethingToDo,
        };
        result(card, plan, self.session.words.replace_outcome(outcome), exit)
    }
}

fn result(card: &Card, plan: Option<Plan>, sentence: Sentence, exit: Exit) -> CardResult {
    CardResult {
        reader: card.report.reader.clone(),
        serial: card.report.serial.clone(),
        plan,
        sentence,
        exit,
    }
}
