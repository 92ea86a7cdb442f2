//! Logging in at the certificate service: who, a picture to read, the security word; then the code by SMS.
//!
//! The word and the code are typed into memory that is wiped ([`Entries`]); no message carries them. Nothing is sent
//! twice by itself: a wrong word counts at the service.

use iced::advanced::widget::Id;
use service::{
    Authenticated, Client, Error, LoginChallenge, NewSession, NumberFault, OtpEntered, OtpSent, Person,
    ProblemKind, Profile, Secret, SessionOpened, WordReset,
};
use time::{Duration, OffsetDateTime};

use crate::{
    login_tasks::Call,
    scene::Scene,
    session::Session,
    ui::{
        Element,
        pin_field::{Entries, Hint, Typed},
        raster::Raster,
    },
};

mod view;

/// The most characters of a number or an answer that are taken.
const LONGEST: usize = 32;
/// Digits of a code.
const CODE: usize = 6;

/// What somebody logs in for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// Out of a blocked PIN.
    Unlock,
    /// The replacement certificate.
    Replace,
}

/// What the pages remember.
pub(crate) struct State {
    after: After,
    /// The services to choose from; there is at least one.
    profiles: Vec<Profile>,
    chosen: usize,
    client: Option<Client>,
    step: Step,
    /// Number or passport number, as it was typed.
    who: String,
    /// What the picture says, as it was typed.
    answer: String,
    challenge: Option<Challenge>,
    secret: Entries,
    hint: Option<Hint>,
    fault: Option<Fault>,
    failed: Option<Error>,
    is_busy: bool,
    /// News of anything older is not listened to.
    number: u64,
}

/// Where we are.
#[derive(Clone, Debug)]
enum Step {
    /// Number, picture, security word.
    Person,
    /// The masked telephone number is shown before anything is sent to it.
    Phone(SessionOpened),
    /// The code is on its way.
    Code { session: SessionOpened, sent: Sent },
    /// A new security word is wanted.
    Forgotten,
    /// An e-mail is on its way, if the service knows the person.
    Asked,
}

/// A code that was sent.
#[derive(Clone, Copy, Debug)]
struct Sent {
    otp: OtpSent,
    /// By this computer's clock; the service's may go otherwise.
    at: OffsetDateTime,
}

/// A picture to read, and the question in its stead.
struct Challenge {
    wire: LoginChallenge,
    picture: Option<Raster>,
}

/// What is wrong with a field; the service has not heard of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Number(NumberFault),
    Answer,
    Word,
    Code,
}

/// What happens on the pages. No message carries anything of word or code.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// Another service.
    Choose(usize),
    /// The number was typed.
    Who(String),
    /// What the picture says was typed.
    Answer(String),
    /// Something was typed into the secret field.
    Typed(Typed),
    /// Another picture.
    Another,
    /// Enter in the field of the number, of the answer.
    Next(Field),
    /// Go on.
    Submit,
    /// Send the code once more.
    Resend,
    /// The security word is forgotten.
    Forgotten,
    /// Back by one step.
    Back,
    /// The help, at this question.
    Help(&'static str),
    /// News of a call.
    News(u64, News),
}

/// The fields that are no secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Who,
    Answer,
}

/// What came of a call.
#[derive(Clone, Debug)]
pub(crate) enum News {
    Challenge(Result<LoginChallenge, Error>),
    Opened(Result<SessionOpened, Error>),
    Sent(Result<OtpSent, Error>),
    Entered(Result<Box<Authenticated>, Error>),
    Reset(Result<(), Error>),
}

/// What the pages ask of the window.
#[derive(Debug)]
pub(crate) enum Action {
    None,
    /// Back to where it was asked for.
    Leave,
    Help(&'static str),
    Focus(Id),
    /// Make a call, and put the focus there.
    Call(Box<Call>, Option<Id>),
    /// Somebody is logged in.
    Done(Box<Session>, After),
}

/// The field of the number.
pub(crate) const WHO: Id = Id::new("login-who");
/// The field of what the picture says.
const ANSWER: Id = Id::new("login-answer");
/// The secret field.
const SECRET: Id = Id::new("login-secret");

impl State {
    /// The first page; `None` if there is no service to log in at.
    pub(crate) fn new(after: After, profiles: Vec<Profile>) -> Option<Self> {
        (!profiles.is_empty()).then(|| Self {
            after,
            profiles,
            chosen: 0,
            client: None,
            step: Step::Person,
            who: String::new(),
            answer: String::new(),
            challenge: None,
            secret: Entries::word(),
            hint: None,
            fault: None,
            failed: None,
            is_busy: false,
            number: 0,
        })
    }

    /// The service that is chosen.
    fn profile(&self) -> Option<&Profile> {
        self.profiles.get(self.chosen)
    }

    /// Speaks to it, made when it is first needed.
    pub(crate) fn client(&mut self, language: &str) -> Result<Client, Error> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let none = || Error::NoClient {
            detail: "no profile".into(),
        };
        let client = self
            .profile()
            .ok_or_else(none)?
            .client(service::Limits::default())?
            .in_language(language);
        self.client = Some(client.clone());
        Ok(client)
    }

    /// A number for the call that is about to be made.
    pub(crate) fn begin(&mut self) -> u64 {
        self.number = self.number.wrapping_add(1);
        self.is_busy = true;
        self.number
    }

    /// The call could not even be made.
    pub(crate) fn fail(&mut self, error: Error) {
        self.is_busy = false;
        self.failed = Some(error);
    }

    /// How many calls were made.
    pub(crate) fn calls(&self) -> u64 {
        self.number
    }

    /// What is being typed.
    pub(crate) fn secret(&self) -> &Entries {
        &self.secret
    }

    /// What the page needs to begin with.
    pub(crate) fn first_call() -> Action {
        Action::Call(Box::new(Call::Challenge), Some(WHO))
    }

    /// Whether seconds are being counted.
    pub(crate) fn counts(&self) -> bool {
        matches!(self.step, Step::Code { .. })
    }

    /// Forgets what was typed.
    pub(crate) fn wipe(&mut self) {
        self.secret.clear_all();
    }

    /// What happens on the pages, and what they ask of the window.
    pub(crate) fn update(&mut self, message: Message, now: OffsetDateTime) -> Action {
        match message {
            Message::Choose(index) => self.choose(index),
            Message::Who(text) => {
                self.who = text.chars().take(LONGEST).collect();
                self.fault.take_if(|fault| matches!(fault, Fault::Number(_)));
                Action::None
            }
            Message::Answer(text) => {
                self.answer = text.chars().take(LONGEST).collect();
                self.fault.take_if(|fault| *fault == Fault::Answer);
                Action::None
            }
            Message::Typed(typed) => self.typed(typed),
            Message::Another => self.again(ANSWER),
            Message::Next(Field::Who) => Action::Focus(ANSWER),
            Message::Next(Field::Answer) if matches!(self.step, Step::Forgotten) => self.submit(),
            Message::Next(Field::Answer) => Action::Focus(SECRET),
            Message::Submit => self.submit(),
            Message::Resend => self.send(),
            Message::Forgotten => {
                self.wipe();
                self.turn(Step::Forgotten);
                Action::Focus(WHO)
            }
            Message::Back => self.back(),
            Message::Help(question) => Action::Help(question),
            Message::News(number, news) if number == self.number => self.heard(news, now),
            Message::News(..) => Action::None,
        }
    }

    /// Whether the service is being asked something.
    pub(crate) fn is_busy(&self) -> bool {
        self.is_busy
    }

    /// Back by one step.
    pub(crate) fn back(&mut self) -> Action {
        self.wipe();
        match self.step {
            Step::Person => Action::Leave,
            Step::Phone(_) | Step::Code { .. } | Step::Forgotten | Step::Asked => {
                self.turn(Step::Person);
                self.again(WHO)
            }
        }
    }

    fn choose(&mut self, index: usize) -> Action {
        if self.is_busy || index >= self.profiles.len() {
            return Action::None;
        }
        self.chosen = index;
        self.client = None;
        self.again(WHO)
    }

    /// Another picture: each is good for one try.
    fn again(&mut self, focus: Id) -> Action {
        self.challenge = None;
        self.answer.clear();
        Action::Call(Box::new(Call::Challenge), Some(focus))
    }

    fn turn(&mut self, step: Step) {
        self.step = step;
        (self.fault, self.failed, self.hint) = (None, None, None);
    }

    fn typed(&mut self, typed: Typed) -> Action {
        self.fault
            .take_if(|fault| matches!(fault, Fault::Word | Fault::Code));
        match typed {
            Typed::Entered => return self.submit(),
            Typed::Changed(hint) => self.hint = hint,
            Typed::Refused(hint) => self.hint = Some(hint),
            Typed::Emptied => self.hint = None,
        }
        Action::None
    }

    fn submit(&mut self) -> Action {
        if self.is_busy {
            return Action::None;
        }
        self.failed = None;
        let call = match &self.step {
            Step::Person => self.person(),
            Step::Phone(_) => return self.send(),
            Step::Code { session, .. } => self.code(session),
            Step::Forgotten => self.reset(),
            Step::Asked => return self.back(),
        };
        match call {
            Ok(call) => {
                self.wipe();
                (self.fault, self.hint) = (None, None);
                Action::Call(Box::new(call), None)
            }
            Err(fault) => {
                self.fault = Some(fault);
                Action::Focus(match fault {
                    Fault::Number(_) => WHO,
                    Fault::Answer => ANSWER,
                    Fault::Word | Fault::Code => SECRET,
                })
            }
        }
    }

    /// Who it is and what the picture says, judged here first.
    fn claimed(&self) -> Result<(Person, service::Id, String), Fault> {
        let person = Person::typed(&self.who).map_err(Fault::Number)?;
        let answer = self.answer.trim().to_owned();
        let challenge = self.challenge.as_ref().filter(|_| !answer.is_empty());
        let id = challenge.ok_or(Fault::Answer)?.wire.challenge_id.clone();
        Ok((person, id, answer))
    }

    fn person(&self) -> Result<Call, Fault> {
        let (person, challenge_id, captcha_answer) = self.claimed()?;
        let security_word = Secret::new(self.secret.secret()).ok_or(Fault::Word)?;
        Ok(Call::Open(NewSession {
            person,
            security_word,
            challenge_id,
            captcha_answer,
        }))
    }

    fn reset(&self) -> Result<Call, Fault> {
        let (person, challenge_id, captcha_answer) = self.claimed()?;
        Ok(Call::Reset(WordReset {
            person,
            challenge_id,
            captcha_answer,
        }))
    }

    fn code(&self, session: &SessionOpened) -> Result<Call, Fault> {
        let typed = self.secret.secret();
        let is_code = typed.len() == CODE && typed.bytes().all(|byte| byte.is_ascii_digit());
        let code = Secret::new(typed).filter(|_| is_code).ok_or(Fault::Code)?;
        Ok(Call::Verify(session.session_id.clone(), OtpEntered { code }))
    }

    fn send(&mut self) -> Action {
        let (Step::Phone(session) | Step::Code { session, .. }) = &self.step else {
            return Action::None;
        };
        if self.is_busy {
            return Action::None;
        }
        let call = Call::Send(session.session_id.clone());
        self.wipe();
        self.failed = None;
        Action::Call(Box::new(call), Some(SECRET))
    }

    fn heard(&mut self, news: News, now: OffsetDateTime) -> Action {
        self.is_busy = false;
        match news {
            News::Challenge(Ok(wire)) => {
                let picture = Raster::from_png(&wire.image.0);
                self.challenge = Some(Challenge { wire, picture });
                Action::None
            }
            News::Opened(Ok(session)) => {
                self.answer.clear();
                self.challenge = None;
                self.turn(Step::Phone(session));
                Action::Focus(view::GO_ON)
            }
            News::Sent(Ok(otp)) => {
                let (Step::Phone(session) | Step::Code { session, .. }) = &self.step else {
                    return Action::None;
                };
                let (session, sent) = (session.clone(), Sent { otp, at: now });
                self.turn(Step::Code { session, sent });
                Action::Focus(SECRET)
            }
            News::Entered(Ok(opened)) => self.entered(&opened),
            News::Reset(Ok(())) => {
                self.turn(Step::Asked);
                Action::Focus(view::GO_ON)
            }
            News::Challenge(Err(error)) => {
                self.failed = Some(error);
                Action::None
            }
            News::Opened(Err(error))
            | News::Sent(Err(error))
            | News::Entered(Err(error))
            | News::Reset(Err(error)) => self.refused(error),
        }
    }

    fn entered(&mut self, opened: &Authenticated) -> Action {
        let (Step::Code { session, sent, .. }, Some(client)) = (&self.step, self.client.clone()) else {
            return Action::None;
        };
        let id = session.session_id.clone();
        // When the code was sent, the service told its time.
        let ahead = sent.at - sent.otp.server_time;
        match Session::new(client, id, opened, ahead) {
            Ok(session) => Action::Done(Box::new(session), self.after),
            Err(error) => self.refused(error),
        }
    }

    /// What was refused is told; where the service has used up the picture or the session, it begins anew.
    fn refused(&mut self, error: Error) -> Action {
        let kind = match &error {
            Error::Refused { problem, .. } => Some(problem.kind.clone()),
            _ => None,
        };
        let is_over = matches!(
            kind,
            Some(ProblemKind::CredentialsInvalid | ProblemKind::AccountLocked | ProblemKind::NotFound)
        );
        let uses_picture = matches!(self.step, Step::Person | Step::Forgotten);
        let action = match (&self.step, is_over) {
            (Step::Phone(_) | Step::Code { .. }, true) => {
                self.turn(Step::Person);
                self.again(WHO)
            }
            _ if uses_picture && kind.is_some() => self.again(ANSWER),
            (Step::Code { .. }, _) => Action::Focus(SECRET),
            _ => Action::None,
        };
        self.failed = Some(error);
        action
    }

    /// Seconds until the code is no good any more, by the service's clock.
    fn left(&self, now: OffsetDateTime) -> Option<i64> {
        let Step::Code { sent, .. } = &self.step else {
            return None;
        };
        let lasts: Duration = sent.otp.expires_at - sent.otp.server_time;
        Some((lasts - (now - sent.at)).whole_seconds().max(0))
    }

    /// Seconds until another code may be asked for.
    fn until_resend(&self, now: OffsetDateTime) -> i64 {
        let Step::Code { sent, .. } = &self.step else {
            return 0;
        };
        let waits = Duration::seconds(sent.otp.resend_after_seconds.into());
        (waits - (now - sent.at)).whole_seconds().max(0)
    }

    /// The page.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        view::page(self, scene)
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

/// However the page is left.
impl Drop for State {
    fn drop(&mut self) {
        self.wipe();
    }
}
