//! `sign`: what a verification code stands for, or a file.
//!
//! Everything that can be judged without the card comes first, then what is to be signed is shown, then the PIN is asked
//! for: at the terminal without echo, or with `--stdin` as one line.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use journeys::pin::{Field, Outcome, Proof};
use journeys::profiles;
use journeys::sign::archive::{Archive, Receipt};
use journeys::sign::code::{Session as Signing, SignFailure};
use journeys::sign::file::{self, FileError, Source};
use journeys::sign::{Demand, Failure, Progress, SigningChoice, choices};
use journeys::words::Sentence;
use service::{Client, Limits, RefusalReason, VerificationCode};
use time::OffsetDateTime;
use token::{Error, SecretKind};
use tokio::runtime::Runtime;

use crate::Answer;
use crate::arguments::{SignTask, What};
use crate::ask::Asker;
use crate::pin::work::Work;
use crate::pin::{Found, Told, one, places, stand};
use crate::session::Session;
use crate::texts::say;

mod choose;
mod tell;

use tell::Done;

/// The answer to `sign`.
pub(crate) fn answer(session: &mut Session, task: &SignTask, prompts: &mut dyn Write) -> Answer {
    let input = std::mem::replace(&mut session.world.input, Box::new(io::empty()));
    let terminal = session.world.terminal.take();
    let session = &*session;
    let outcome = runtime(session).and_then(|runtime| {
        let ready = ready(session, &task.what)?;
        let found = found(session, &runtime)?;
        let lines = task.entering.stdin;
        let work = Work {
            session,
            runtime: &runtime,
            found: &found,
            entering: task.entering,
        };
        let asker = Asker::new(input, terminal, lines, prompts);
        let mut asker = asker.map_err(|stop| work.stopped(stop, Field::Pin))?;
        let job = Job {
            work: &work,
            certificate: task.certificate.as_deref(),
        };
        match ready {
            Ready::File { source, target } => job.file(&mut asker, &source, target),
            Ready::Code { code, client } => job.code(&mut asker, &code, client, task.keep.as_deref()),
        }
    });
    match outcome {
        Ok(done) => tell::done(session, &done),
        Err(told) => tell::failed(session, &told),
    }
}

fn runtime(session: &Session) -> Result<Runtime, Told> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| {
        Told::failed(Sentence {
            technical: error.to_string(),
            ..session.words.token_error(&Error::Closed)
        })
    })
}

/// What is to be signed, judged as far as it can be without card and service.
enum Ready {
    File { source: Source, target: PathBuf },
    Code { code: VerificationCode, client: Client },
}

fn ready(session: &Session, what: &What) -> Result<Ready, Told> {
    let words = &session.words;
    match what {
        What::File {
            path,
            output,
            packaging,
        } => {
            let failed = |error| Told::failed(words.file_error(&error));
            let target = output.clone().unwrap_or_else(|| file::beside(path));
            if target.exists() {
                return Err(failed(FileError::Exists { path: target }));
            }
            let source = Source::read(path, *packaging).map_err(failed)?;
            Ok(Ready::File { source, target })
        }
        What::Code { code, service } => {
            let profile = profiles::choose(&session.world.profiles, service)
                .map_err(|error| Told::failed(words.address_error(error)))?;
            let code = VerificationCode::typed(code, profile.check_digit)
                .map_err(|fault| Told::not_done(words.code_fault(fault)))?;
            let client = profile
                .client(Limits::default())
                .map_err(|error| Told::failed(words.service_error(&error)))?;
            Ok(Ready::Code {
                code,
                client: client.in_language(words.language().code()),
            })
        }
    }
}

fn found(session: &Session, runtime: &Runtime) -> Result<Found, Told> {
    let place = places(session).and_then(|places| one(session, places));
    place
        .and_then(|place| stand(session, runtime, place).map_err(|unread| unread.why))
        .map_err(Told::failed)
}

/// A signature with the card that was found.
struct Job<'a> {
    work: &'a Work<'a>,
    /// Which certificate is wanted: the beginning of its serial number or fingerprint.
    certificate: Option<&'a str>,
}

impl Job<'_> {
    fn file(&self, asker: &mut Asker<'_>, source: &Source, target: PathBuf) -> Result<Done, Told> {
        let Work { session, found, .. } = self.work;
        let choice = self.choose(Demand::Any, self.work.session.world.now)?;
        let pin = self.pin(asker, &choice)?;
        let mut said = None;
        let signed = self.work.runtime.block_on(source.sign(
            &choice,
            pin,
            &found.token,
            session.world.now,
            |progress| self.progress(asker, &mut said, progress),
        ));
        let signature = signed.map_err(|failure| self.failure(&failure))?;
        file::write_new(&target, &signature)
            .map_err(|error| Told::failed(session.words.file_error(&error)))?;
        Ok(Done {
            choice,
            at: session.world.now,
            output: Some(target),
            items: 1,
            requester: None,
        })
    }

    fn code(
        &self,
        asker: &mut Asker<'_>,
        code: &VerificationCode,
        client: Client,
        keep: Option<&Path>,
    ) -> Result<Done, Told> {
        let Work {
            session,
            runtime,
            found,
            ..
        } = self.work;
        // A code can be claimed once: not before it is sure that something here can sign.
        // For now by this computer's clock; then by the service's, which counts.
        self.choose(Demand::Binding, session.world.now)?;
        let signing = runtime
            .block_on(Signing::claim(client, code))
            .map_err(|failure| Told::not_done(session.words.claim_failure(&failure)))?;
        let at = signing.service_time(Instant::now());
        let choice = match self.choose(signing.demand(), at) {
            Ok(choice) => choice,
            Err(told) => {
                self.refuse(&signing, RefusalReason::NoCertificate);
                return Err(told);
            }
        };
        asker.say(&tell::texts(session, &signing));
        if let Err(failure) = signing.ready(&choice, session.world.now) {
            self.refuse(&signing, RefusalReason::User);
            return Err(Told::not_done(session.words.sign_failure(&failure)));
        }
        let pin = match self.pin(asker, &choice) {
            Ok(pin) => pin,
            Err(told) => {
                self.refuse(&signing, RefusalReason::User);
                return Err(told);
            }
        };
        let mut said = None;
        let signed =
            runtime.block_on(
                signing.sign(&choice, pin, &found.token, session.world.now, |progress| {
                    self.progress(asker, &mut said, progress);
                }),
            );
        let receipt = self.delivered(&signing, signed)?;
        let output = keep
            .map(|folder| Archive::new(folder.into()).keep(&receipt))
            .transpose()
            .map_err(|error| Told::failed(session.words.archive_error(&error)))?;
        Ok(Done {
            choice,
            at: receipt.signed_at,
            output,
            items: receipt.items.len(),
            requester: Some(receipt.requester),
        })
    }

    /// A lost answer is asked for once more; the service knows a repetition as one.
    fn delivered(&self, signing: &Signing, signed: Result<Receipt, SignFailure>) -> Result<Receipt, Told> {
        let signed = match signed {
            Err(SignFailure::NotDelivered { signed, .. }) => {
                self.work.runtime.block_on(signing.deliver(*signed))
            }
            other => other,
        };
        signed.map_err(|failure| match &failure {
            SignFailure::Signing(failure) => self.failure(failure),
            SignFailure::NotDelivered { .. } => Told::failed(self.work.session.words.sign_failure(&failure)),
            _ => Told::not_done(self.work.session.words.sign_failure(&failure)),
        })
    }

    /// The page is told; whether it hears of it changes nothing here.
    fn refuse(&self, signing: &Signing, reason: RefusalReason) {
        let _ = self.work.runtime.block_on(signing.refuse(reason));
    }

    fn choose(&self, demand: Demand, at: OffsetDateTime) -> Result<SigningChoice, Told> {
        let Work { session, found, .. } = self.work;
        let all = choices(&found.report, demand, at);
        choose::one(all, self.certificate)
            .map_err(|problem| Told::not_done(choose::sentence(session, &problem)))
    }

    /// Says what is unusual about the certificate and what is at stake, then asks for the PIN.
    fn pin(&self, asker: &mut Asker<'_>, choice: &SigningChoice) -> Result<Proof, Told> {
        let work = self.work;
        let user = work.user()?;
        if user.tries_left.is_blocked() {
            return Err(work.outcome(&Outcome::Blocked(SecretKind::Pin)));
        }
        asker.say(&tell::choice(work.session, choice));
        let consent = work.consent(asker, SecretKind::Pin, false)?;
        let proof = if user.protected_path {
            asker.say(&format!("{}\n", say!(work.session.texts, "pin-on-pad")));
            Proof::on_pad(user)
        } else {
            let entry = work.ask(asker, Field::Pin)?;
            Proof::typed(user, &entry).map_err(|fault| work.fault(fault))?
        };
        asker.done();
        Ok(match consent {
            Some(consent) => proof.with_consent(consent),
            None => proof,
        })
    }

    fn progress(&self, asker: &mut Asker<'_>, said: &mut Option<Progress>, progress: Progress) {
        // A line for each text would be many; the first one of each kind is enough.
        let kind = |progress| matches!(progress, Progress::Signing { .. });
        if said.is_none_or(|before| before != progress && !(kind(before) && kind(progress))) {
            asker.say(&format!(
                "{}…\n",
                self.work.session.words.signing_progress(progress)
            ));
        }
        *said = Some(progress);
    }

    fn failure(&self, failure: &Failure) -> Told {
        match failure {
            Failure::Pin(outcome) => self.work.outcome(outcome),
            Failure::Certificate(_) | Failure::Preparing(_) => {
                Told::not_done(self.work.session.words.signing_failure(failure))
            }
            Failure::Card(_) | Failure::WrongAnswer => {
                Told::failed(self.work.session.words.signing_failure(failure))
            }
        }
    }
}
