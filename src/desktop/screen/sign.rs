//! The page on which is signed: a verification code or a file, what is to be signed, with which certificate, the PIN, the
//! result.
//!
//! What is typed as a PIN never leaves [`Entries`](crate::ui::pin_field::Entries) but as a checked request, which goes to
//! the card and nowhere else.

use std::{path::PathBuf, sync::Arc, time::Duration};

use iced::advanced::widget::Id;
use journeys::{
    look::Report,
    pin::{Fault, Proof},
    sign::{
        Demand, Failure, Progress, SigningChoice,
        archive::{Kept, Receipt},
        code::{ClaimFailure, Session, SignFailure, Undelivered},
        file::FileError,
    },
};
use service::{CodeFault, Profile, VerificationCode};
use time::OffsetDateTime;
use token::{LastTryWarning, TokenHandle, TriesLeft};

use crate::{
    readers::Readers,
    scene::Scene,
    ui::{
        Element,
        keypad::Press,
        pin_field::{Entries, Hint, Typed},
    },
};

mod kept;
mod reading;
mod ready;
mod view;

pub(crate) use reading::Reading;

/// The field of the verification code.
pub(crate) const CODE_FIELD: Id = Id::new("verification-code");
/// The field of the PIN.
pub(crate) const PIN_FIELD: Id = Id::new("signing-pin");
/// The button that copies a text: from here Tab goes to the PIN, while the texts are in sight.
pub(crate) const COPY: Id = Id::new("sign-copy");
/// The button that begins anew.
pub(crate) const AGAIN: Id = Id::new("sign-again");
/// The answer to the question about the last try that spends nothing.
pub(crate) const SAFE_ANSWER: Id = Id::new("signing-last-try-no");

/// What the page remembers.
pub(crate) struct State {
    step: Step,
    /// The latest receipts of the archive.
    kept: Vec<Kept>,
    /// News of anything older is not listened to.
    number: u64,
}

/// How far it is.
enum Step {
    /// What is to be signed?
    Asking(Asking),
    /// It is known; now by whom.
    Ready(Box<Ready>),
    /// It is signed.
    Done(Box<Done>),
}

#[derive(Default)]
struct Asking {
    code: String,
    said: Option<AskingSaid>,
    is_claiming: bool,
}

enum AskingSaid {
    Fault(CodeFault),
    Claim(ClaimFailure),
    Link(journeys::sign::link::LinkFault),
    /// The time ran out after the texts were shown.
    Expired,
}

/// What is to be signed.
#[derive(Clone, Debug)]
pub(crate) enum Work {
    /// What a code stands for. Without a session it is shown and nothing else.
    Code {
        brief: Box<Brief>,
        session: Option<Box<Session>>,
    },
    /// A file.
    File(PathBuf),
}

/// What is said of the texts.
#[derive(Clone, Debug)]
pub(crate) struct Brief {
    pub(crate) requester: String,
    pub(crate) purpose: String,
    pub(crate) control_code: String,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) wants_reading: bool,
    pub(crate) demand: Demand,
}

impl Message {
    /// The session that came with it, if a code was taken.
    pub(crate) fn claimed_session(self) -> Option<Session> {
        match self {
            Self::Claimed(_, outcome) => outcome.ok().map(|claim| claim.session),
            _ => None,
        }
    }
}

/// What a code stands for, with its texts ready to be read.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    session: Session,
    texts: Vec<Reading>,
}

impl Claim {
    /// Prepares the texts, which may be long.
    pub(crate) fn of(session: Session) -> Self {
        let texts = session.texts.iter();
        let texts = texts
            .map(|text| Reading::of(&text.title, &text.content))
            .collect();
        Self { session, texts }
    }
}

/// A certificate of one of the cards.
#[derive(Clone, Debug)]
struct Candidate {
    reader: String,
    report: Arc<Report>,
    choice: SigningChoice,
}

/// Everything is there but the signature.
struct Ready {
    work: Work,
    texts: Vec<Reading>,
    text: usize,
    search: String,
    has_read: bool,
    left: Option<Duration>,
    candidates: Vec<Candidate>,
    chosen: Option<usize>,
    entries: Entries,
    fault: Option<Fault>,
    hint: Option<Hint>,
    /// What the card said of the tries since it was looked at.
    tries: Option<TriesLeft>,
    /// Speaks to the card in this reader, with one memory of which warnings were given.
    token: Option<(String, TokenHandle)>,
    stage: Stage,
    said: Option<Said>,
}

enum Stage {
    Typing,
    /// Is the last try to be spent?
    LastTry(LastTryWarning),
    Working(Option<Progress>),
    /// It is signed, and the service has not heard of it.
    Undelivered(Box<Undelivered>),
}

enum Said {
    Sign(SignFailure),
    File(FileFailure),
}

/// Why a file was not signed.
#[derive(Clone, Debug)]
pub(crate) enum FileFailure {
    Signing(Failure),
    File(FileError),
    /// It is signed, and could not be written where it belongs.
    Unsaved {
        error: FileError,
        target: PathBuf,
        signature: Vec<u8>,
    },
}

/// What was signed.
pub(crate) enum Done {
    Code(Receipt),
    File { target: PathBuf, signer: String },
}

/// What happens on the page. No message carries anything of what is typed as a PIN.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// The code is this now.
    Code(String),
    Claim,
    Claimed(u64, Box<Result<Claim, ClaimFailure>>),
    ChooseFile,
    Text(usize),
    Search(String),
    Copy,
    Read(bool),
    Choose(usize),
    Typed(Typed),
    Pressed(Press),
    Submit,
    /// Send it although it is the last try.
    Confirm,
    /// Do not.
    Decline,
    News(u64, Box<News>),
    /// Deliver what is signed once more.
    Redeliver,
    /// Nothing is signed: the page is told.
    Refuse,
    /// A second has passed.
    Tick,
    /// Something else is to be signed.
    Again,
    /// Keep the receipt.
    Keep,
    /// Save the signature of this text.
    Save(usize),
    /// What the archive holds.
    Archive(Vec<Kept>),
    /// Save the signature of this text of that receipt.
    SaveKept(usize, usize),
    Settings,
}

/// News of an attempt.
#[derive(Clone, Debug)]
pub(crate) enum News {
    Progress(Progress),
    Signed(Result<Receipt, SignFailure>),
    File(Result<PathBuf, FileFailure>),
}

/// What the page asks of the window.
#[derive(Debug)]
pub(crate) enum Action {
    None,
    Focus(Id),
    Claim(Profile, VerificationCode),
    AskForFile,
    Copy(String),
    Try(Box<Attempt>),
    Deliver(Session, Box<Undelivered>),
    /// The page that shows the code is told that nothing is signed.
    Refuse(Session),
    Keep(Box<Receipt>),
    Save(String, Vec<u8>),
    Settings,
}

/// Something that is ready to be signed.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) work: Work,
    pub(crate) choice: SigningChoice,
    pub(crate) proof: Proof,
    pub(crate) reader: String,
}

impl Default for State {
    fn default() -> Self {
        Self::asking(Asking::default())
    }
}

impl State {
    /// With a code that a link brought; the person still sees and confirms everything.
    pub(crate) fn with_code(code: &str) -> Self {
        Self::asking(Asking {
            code: code.to_owned(),
            ..Asking::default()
        })
    }

    fn asking(asking: Asking) -> Self {
        Self {
            step: Step::Asking(asking),
            kept: Vec::new(),
            number: 0,
        }
    }

    /// A link that is not followed.
    pub(crate) fn with_fault(fault: journeys::sign::link::LinkFault) -> Self {
        Self::asking(Asking {
            said: Some(AskingSaid::Link(fault)),
            ..Asking::default()
        })
    }

    /// A number for a new piece of work.
    pub(crate) fn begin(&mut self) -> u64 {
        self.number = self.number.wrapping_add(1);
        self.number
    }

    /// The number of the work under way.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// How long it can still be signed, for known states: what has a session counts by its service's clock.
    pub(crate) fn set_left(&mut self, left: Duration) {
        if let Step::Ready(ready) = &mut self.step {
            ready.left = Some(left);
        }
    }

    /// Whether the card is working.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(&self.step, Step::Ready(ready) if matches!(ready.stage, Stage::Working(_)))
    }

    /// Whether time runs.
    pub(crate) fn is_counting(&self) -> bool {
        matches!(&self.step, Step::Ready(ready) if ready.left.is_some())
    }

    /// The session that nobody has answered yet.
    pub(crate) fn open_session(&self) -> Option<&Session> {
        match &self.step {
            Step::Ready(ready) => ready.session(),
            _ => None,
        }
    }

    /// Whether leaving the page would lose something.
    pub(crate) fn is_under_way(&self) -> bool {
        matches!(self.step, Step::Ready(_))
    }

    /// Forgets what was typed.
    pub(crate) fn wipe(&mut self) {
        if let Step::Ready(ready) = &mut self.step {
            ready.wipe();
        }
    }

    /// What is being typed, if anything is.
    pub(crate) fn entries(&self) -> Option<&Entries> {
        match &self.step {
            Step::Ready(ready) => Some(&ready.entries),
            _ => None,
        }
    }

    /// What speaks to the card, made when it is first needed.
    pub(crate) fn token(&mut self, reader: &str, open: impl FnOnce() -> TokenHandle) -> Option<TokenHandle> {
        let Step::Ready(ready) = &mut self.step else {
            return None;
        };
        match &ready.token {
            Some((known, token)) if known == reader => Some(token.clone()),
            _ => {
                let token = open();
                ready.token = Some((reader.to_owned(), token.clone()));
                Some(token)
            }
        }
    }

    /// Something is to be signed: now by whom.
    pub(crate) fn show(&mut self, work: Work, texts: Vec<Reading>, readers: &Readers, now: OffsetDateTime) {
        let mut ready = Ready {
            left: None,
            work,
            texts,
            text: 0,
            search: String::new(),
            has_read: false,
            candidates: Vec::new(),
            chosen: None,
            entries: Entries::new(1),
            fault: None,
            hint: None,
            tries: None,
            token: None,
            stage: Stage::Typing,
            said: None,
        };
        ready.tick();
        ready.follow(readers, now);
        self.step = Step::Ready(Box::new(ready));
    }

    /// The readers changed, or a look ended.
    pub(crate) fn follow(&mut self, readers: &Readers, now: OffsetDateTime) -> Action {
        let Step::Ready(ready) = &mut self.step else {
            return Action::None;
        };
        let was_missed = ready.misses_card();
        ready.follow(readers, now);
        if was_missed && !ready.misses_card() {
            return Action::Focus(PIN_FIELD);
        }
        Action::None
    }

    /// Takes over what happened. `profile` is the service that codes are asked of.
    pub(crate) fn update(
        &mut self,
        message: Message,
        profile: Option<&Profile>,
        readers: &Readers,
        now: OffsetDateTime,
    ) -> Action {
        match message {
            Message::Code(code) => {
                if let Step::Asking(asking) = &mut self.step {
                    // Longer than anything that could be a code.
                    asking.code = code.chars().take(64).collect();
                    asking.said = None;
                }
                Action::None
            }
            Message::Claim => self.claim(profile),
            Message::Claimed(number, outcome) => self.claimed(number, *outcome, readers, now),
            Message::ChooseFile => Action::AskForFile,
            Message::Settings => Action::Settings,
            Message::Again => {
                self.step = Step::Asking(Asking::default());
                Action::Focus(CODE_FIELD)
            }
            Message::Refuse => self.refuse(),
            Message::News(number, news) if number == self.number => self.heard(*news),
            Message::News(..) => Action::None,
            Message::Keep => match &self.step {
                Step::Done(done) => match &**done {
                    Done::Code(receipt) => Action::Keep(Box::new(receipt.clone())),
                    Done::File { .. } => Action::None,
                },
                _ => Action::None,
            },
            Message::Save(index) => self.save(index),
            Message::Archive(kept) => {
                self.kept = kept.into_iter().map(kept::listed).collect();
                Action::None
            }
            Message::SaveKept(receipt, item) => {
                let kept = self.kept.get(receipt);
                saved(kept.map(|kept| &kept.receipt), item)
            }
            message => match &mut self.step {
                Step::Ready(ready) => {
                    let action = ready.update(message);
                    self.expire();
                    action
                }
                _ => Action::None,
            },
        }
    }

    fn claim(&mut self, profile: Option<&Profile>) -> Action {
        let (Step::Asking(asking), Some(profile)) = (&mut self.step, profile) else {
            return Action::None;
        };
        if asking.is_claiming {
            return Action::None;
        }
        match VerificationCode::typed(&asking.code, profile.check_digit) {
            Ok(code) => {
                asking.is_claiming = true;
                asking.said = None;
                Action::Claim(profile.clone(), code)
            }
            Err(fault) => {
                asking.said = Some(AskingSaid::Fault(fault));
                Action::Focus(CODE_FIELD)
            }
        }
    }

    fn claimed(
        &mut self,
        number: u64,
        outcome: Result<Claim, ClaimFailure>,
        readers: &Readers,
        now: OffsetDateTime,
    ) -> Action {
        let Claim { session, texts } = match outcome {
            Ok(claim) if number == self.number => claim,
            // Nobody waits for it any more: the page is told.
            Ok(claim) => return Action::Refuse(claim.session),
            Err(failure) => {
                if number == self.number
                    && let Step::Asking(asking) = &mut self.step
                {
                    asking.is_claiming = false;
                    asking.said = Some(AskingSaid::Claim(failure));
                }
                return Action::None;
            }
        };
        let brief = Brief {
            requester: session.requester.clone(),
            purpose: session.purpose.clone(),
            control_code: session.control_code().to_owned(),
            created_at: session.created_at(),
            wants_reading: session.wants_reading(),
            demand: session.demand(),
        };
        let work = Work::Code {
            brief: Box::new(brief),
            session: Some(Box::new(session)),
        };
        self.show(work, texts, readers, now);
        Action::Focus(COPY)
    }

    fn refuse(&mut self) -> Action {
        let session = self.open_session().cloned();
        self.begin();
        self.step = Step::Asking(Asking::default());
        session.map_or(Action::None, Action::Refuse)
    }

    /// Once the time is over there is nothing to be signed any more.
    fn expire(&mut self) {
        let is_over = matches!(&self.step, Step::Ready(ready)
            if ready.left == Some(Duration::ZERO) && matches!(ready.stage, Stage::Typing | Stage::LastTry(_)));
        if is_over {
            self.begin();
            self.step = Step::Asking(Asking {
                said: Some(AskingSaid::Expired),
                ..Asking::default()
            });
        }
    }

    fn heard(&mut self, news: News) -> Action {
        let Step::Ready(ready) = &mut self.step else {
            return Action::None;
        };
        match news {
            News::Progress(progress) => {
                ready.stage = Stage::Working(Some(progress));
                Action::None
            }
            News::Signed(Ok(receipt)) => {
                self.step = Step::Done(Box::new(Done::Code(receipt)));
                Action::Focus(AGAIN)
            }
            News::File(Ok(target)) => {
                let signer = ready.signer();
                self.step = Step::Done(Box::new(Done::File { target, signer }));
                Action::Focus(AGAIN)
            }
            News::Signed(Err(failure)) => ready.failed_to_sign(failure),
            News::File(Err(failure)) => ready.failed_with_file(failure),
        }
    }

    fn save(&self, index: usize) -> Action {
        let Step::Done(done) = &self.step else {
            return Action::None;
        };
        match &**done {
            Done::Code(receipt) => saved(Some(receipt), index),
            Done::File { .. } => Action::None,
        }
    }

    /// The page.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>, has_service: bool) -> Element<'a, Message> {
        view::page(self, scene, has_service)
    }

    /// The question that must be answered, if there is one.
    pub(crate) fn question<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        view::question(self, scene)
    }
}

/// The signature of a receipt's text is to be saved.
fn saved(receipt: Option<&Receipt>, index: usize) -> Action {
    let item = receipt.and_then(|receipt| receipt.items.get(index));
    item.map_or(Action::None, |item| {
        Action::Save(item.title.clone(), item.signature.0.clone())
    })
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").finish_non_exhaustive()
    }
}
