//! The pages around a card's PIN: how it stands, a new one, out of a blocked one.
//!
//! What is typed never leaves [`Entries`](crate::ui::pin_field::Entries) but as a checked request, which goes to the card
//! and nowhere else. It is wiped when it was sent, when the page is left, when the card is pulled.

use std::sync::Arc;

use iced::advanced::widget::Id;
use journeys::{
    issuers::UnlockWay,
    journal::Standing,
    look::Report,
    pin::{self, Status, Subject},
    unlock,
};
use token::{PinInfo, SecretKind, TokenHandle, TriesLeft};

use crate::{
    pin_tasks::Attempt,
    readers::{Look, Readers},
    scene::Scene,
    ui::{
        Element,
        keypad::Press,
        pin_field::{Entries, Hint, Typed},
    },
};

mod follow;
mod form;
mod info;
mod unlocking;
mod view;

pub(crate) use form::{Form, Purpose, field_id};
use form::{Question, Said, Stage};
pub(crate) use info::length;
pub(crate) use view::hint;

/// What the pages remember.
pub(crate) struct State {
    reader: String,
    insertion: u32,
    /// What a look found when the page was opened, or later.
    report: Arc<Report>,
    subject: Subject,
    /// How the PINs stand; `None` until the card was asked.
    status: Option<Status>,
    failed: Option<token::Error>,
    /// An unlock that was cut short.
    standing: Option<Standing>,
    seat: Seat,
    sheet: Sheet,
    /// What the service says of unlocking this card, since it was asked.
    service: Option<Asked>,
    /// Speaks to this card, with one memory of which warnings were given.
    token: Option<TokenHandle>,
    /// News of anything older is not listened to.
    number: u64,
}

/// How the service stands.
#[derive(Clone, Copy)]
pub(crate) struct Online<'a> {
    /// Whether one is known.
    pub(crate) is_known: bool,
    /// Who is logged in.
    pub(crate) person: Option<&'a str>,
}

/// Whether the card is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seat {
    Here,
    Pulled,
    /// Another card is in its place.
    Other,
}

/// What the service says of unlocking a card for whoever is logged in.
enum Asked {
    Waiting,
    /// It does not.
    Refused(unlock::Offer),
    Failed(service::Error),
}

/// What is shown.
enum Sheet {
    Info,
    /// The ways out of a blocked PIN.
    Unlock,
    Form(Box<Form>),
}

/// What happens on the pages. No message carries anything of what is typed.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// Go back one page.
    Back,
    /// Ask the card again.
    Again,
    /// A new PIN.
    Change,
    /// Whether a change that was cut short has come through.
    Check,
    /// Out of a blocked PIN.
    Unlock,
    /// By this way.
    Way(UnlockWay),
    /// The service says whether it unlocks the card of this serial number.
    Offer(String, Box<Result<unlock::Offer, service::Error>>),
    /// Whoever is logged in logs out, and the card's holder logs in.
    OtherPerson,
    /// Show the help.
    Help,
    /// The settings.
    Settings,
    /// Something was typed into the field of this index.
    Typed(usize, Typed),
    /// A key of the keypad.
    Pressed(Press),
    /// Send it.
    Submit,
    /// Send it although it is the last try.
    Confirm,
    /// Do not.
    Decline,
    /// The card was asked.
    Status(u64, Box<Result<Status, token::Error>>, Option<Standing>),
    /// News of an attempt.
    News(u64, News),
}

/// News of an attempt.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// It takes long enough to be shown.
    Slow,
    /// The service's unlock came further.
    Progress(unlock::Progress),
    /// What came of it.
    Tried(pin::Outcome),
    /// What came of an unlock by the service.
    Unlocked(unlock::Outcome),
}

/// What the pages ask of the window.
#[derive(Debug)]
pub(crate) enum Action {
    None,
    /// To the page of the card.
    Leave(String),
    Help,
    Settings,
    /// Out of the block through the service, by whoever is logged in.
    Online,
    /// The same, by somebody else.
    OtherPerson,
    /// Put the focus on the field of this index.
    Focus(usize),
    /// Another sheet: no focus, or the field of this index.
    Turned(Option<usize>),
    /// Ask the card how its PINs stand.
    Ask,
    /// The same, look at the whole card again, and put the focus there.
    AskAndLook(Id),
    /// A question came up: the focus goes to the safe answer.
    Asked(Id),
    /// Send it.
    Try(Box<Attempt>),
}

impl State {
    /// The pages of the card that was looked at.
    pub(crate) fn of(reader: String, insertion: u32, report: Arc<Report>) -> Self {
        Self {
            reader,
            insertion,
            subject: Subject::of(&report),
            report,
            status: None,
            failed: None,
            standing: None,
            seat: Seat::Here,
            sheet: Sheet::Info,
            service: None,
            token: None,
            number: 0,
        }
    }

    /// The reader that the card is in.
    pub(crate) fn reader(&self) -> &str {
        &self.reader
    }

    /// The card, as the journeys know it.
    pub(crate) fn subject(&self) -> &Subject {
        &self.subject
    }

    /// What speaks to the card, made when it is first needed.
    pub(crate) fn token(&mut self, open: impl FnOnce() -> TokenHandle) -> TokenHandle {
        self.token.get_or_insert_with(open).clone()
    }

    /// The number of the work under way.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// What is being typed, if anything is.
    pub(crate) fn entries(&self) -> Option<&Entries> {
        match &self.sheet {
            Sheet::Form(form) => Some(form.entries()),
            Sheet::Info | Sheet::Unlock => None,
        }
    }

    /// A number for a new piece of work.
    pub(crate) fn begin(&mut self) -> u64 {
        self.number = self.number.wrapping_add(1);
        self.number
    }

    /// Whether the card is working: the page is not left meanwhile.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(&self.sheet, Sheet::Form(form) if form.is_busy())
    }

    /// Forgets everything that was typed.
    pub(crate) fn wipe(&mut self) {
        if let Sheet::Form(form) = &mut self.sheet {
            form.wipe();
        }
    }

    /// Escape: empties a field first, answers a question with no, then goes back. `None`: leave the pages.
    pub(crate) fn back(&mut self) -> Option<Action> {
        if let Sheet::Form(form) = &mut self.sheet
            && form.takes_back()
        {
            return Some(Action::None);
        }
        match &self.sheet {
            Sheet::Form(form) if form.is_done() => None,
            Sheet::Form(_) | Sheet::Unlock => Some(self.turn(Sheet::Info)),
            Sheet::Info => None,
        }
    }

    /// What happens on the pages, and what they ask of the window.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Back => self.back().unwrap_or_else(|| Action::Leave(self.reader.clone())),
            Message::Again => {
                self.failed = None;
                Action::Ask
            }
            Message::Change => self.open(Purpose::Change),
            Message::Check => self.open(Purpose::Check),
            Message::Unlock => self.turn(Sheet::Unlock),
            Message::Way(UnlockWay::Puk) => self.open(Purpose::Puk),
            Message::Way(UnlockWay::Service) => Action::Online,
            Message::Offer(serial, offer) if self.waits_for_offer(&serial) => self.offered(*offer),
            Message::OtherPerson => Action::OtherPerson,
            Message::Help => Action::Help,
            Message::Settings => Action::Settings,
            Message::Status(number, outcome, standing) => self.asked(number, *outcome, standing),
            Message::News(number, news) if number == self.number => self.heard(news),
            Message::Offer(..) | Message::News(..) => Action::None,
            Message::Submit => self.submit(false),
            Message::Confirm => self.submit(true),
            Message::Decline => self.with_form(|form| Some(form.decline())),
            Message::Typed(index, Typed::Entered) => self.entered(index),
            Message::Typed(index, typed) => self.with_form(|form| form.typed(index, typed)),
            Message::Pressed(press) => self.with_form(|form| form.pressed(press)),
        }
    }

    /// Somebody is logged in, and the service is asked whether it unlocks this card for them.
    pub(crate) fn wait_for_offer(&mut self) {
        self.sheet = Sheet::Unlock;
        self.service = Some(Asked::Waiting);
    }

    /// Nothing was sent: back to the ways out of the block.
    pub(crate) fn choose_way_anew(&mut self) {
        self.wipe();
        self.sheet = Sheet::Unlock;
    }

    fn waits_for_offer(&self, serial: &str) -> bool {
        matches!(self.service, Some(Asked::Waiting)) && self.subject.serial == serial
    }

    /// A new PIN with the help of the service, if it unlocks this card for whoever is logged in.
    pub(crate) fn offered(&mut self, offer: Result<unlock::Offer, service::Error>) -> Action {
        self.service = match offer {
            Ok(unlock::Offer::Ready) => return self.open(Purpose::Service),
            Ok(refused) => Some(Asked::Refused(refused)),
            Err(error) => Some(Asked::Failed(error)),
        };
        Action::None
    }

    fn with_form(&mut self, work: impl FnOnce(&mut Form) -> Option<usize>) -> Action {
        match &mut self.sheet {
            Sheet::Form(form) => work(form).map_or(Action::None, Action::Focus),
            _ => Action::None,
        }
    }

    fn turn(&mut self, sheet: Sheet) -> Action {
        self.service = None;
        self.sheet = sheet;
        Action::Turned(None)
    }

    fn open(&mut self, purpose: Purpose) -> Action {
        self.service = None;
        self.sheet = Sheet::Form(Box::new(Form::new(purpose)));
        Action::Turned(self.is_typed(purpose).then_some(0))
    }

    /// Enter goes to the next field; in the last one it sends.
    fn entered(&mut self, index: usize) -> Action {
        let Sheet::Form(form) = &self.sheet else {
            return Action::None;
        };
        let next = index.saturating_add(1);
        if next < form.fields().len() {
            return Action::Focus(next);
        }
        self.submit(false)
    }

    fn submit(&mut self, is_confirmed: bool) -> Action {
        let (Sheet::Form(form), Some(status), Seat::Here) = (&mut self.sheet, &self.status, self.seat) else {
            return Action::None;
        };
        let attempt = if is_confirmed {
            form.confirm(status)
        } else {
            form.submit(status)
        };
        match attempt {
            Ok(Some(attempt)) => Action::Try(Box::new(attempt)),
            Ok(None) if matches!(form.stage(), Stage::Asking(_)) => Action::Asked(view::SAFE_ANSWER),
            Ok(None) => Action::None,
            Err(index) => Action::Focus(index),
        }
    }

    fn asked(
        &mut self,
        number: u64,
        outcome: Result<Status, token::Error>,
        standing: Option<Standing>,
    ) -> Action {
        if number != self.number {
            return Action::None;
        }
        match outcome {
            Ok(status) => {
                if let (Sheet::Form(form), Some(user)) = (&mut self.sheet, status.user()) {
                    form.settle(user.tries_left);
                }
                self.status = Some(status);
                self.failed = None;
            }
            Err(error) => self.failed = Some(error),
        }
        self.standing = standing;
        Action::None
    }

    fn heard(&mut self, news: News) -> Action {
        let Sheet::Form(form) = &mut self.sheet else {
            return Action::None;
        };
        match news {
            News::Slow => form.slow(),
            News::Progress(progress) => form.progress(progress),
            News::Tried(outcome) => {
                if let Some((secret, tries)) = tries(form.purpose(), &outcome) {
                    self.set_tries(secret, tries);
                }
                return self.ended(Said::Pin(outcome));
            }
            News::Unlocked(outcome) => return self.ended(Said::Service(outcome)),
        }
        Action::None
    }

    fn ended(&mut self, said: Said) -> Action {
        let Sheet::Form(form) = &mut self.sheet else {
            return Action::None;
        };
        form.ended(said);
        match form.stage() {
            Stage::Asking(_) => Action::Asked(view::SAFE_ANSWER),
            Stage::Done => Action::AskAndLook(view::BACK_TO_CARD),
            Stage::Typing if form.has_blocked().is_some() => Action::AskAndLook(view::WAY_ON),
            Stage::Typing | Stage::Working { .. } => Action::AskAndLook(field_id(0)),
        }
    }

    /// What the card said of the tries counts until it is asked again.
    fn set_tries(&mut self, secret: SecretKind, tries: TriesLeft) {
        let pins = self.status.iter_mut().flat_map(|status| &mut status.pins);
        if let Some(user) = pins.into_iter().find(|pin| pin.role == token::PinRole::User) {
            match secret {
                SecretKind::Pin => user.tries_left = tries,
                SecretKind::Puk => user.unblock.puk_tries_left = tries,
            }
        }
    }

    fn user(&self) -> Option<&PinInfo> {
        self.status.as_ref().and_then(Status::user)
    }

    /// Whether the PIN is typed here and not on the reader.
    fn is_typed(&self, purpose: Purpose) -> bool {
        purpose == Purpose::Service || self.user().is_none_or(|pin| !pin.protected_path)
    }

    /// The page.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>, online: Online<'a>) -> Element<'a, Message> {
        view::page(self, scene, online)
    }

    /// The question that must be answered, if there is one.
    pub(crate) fn question<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        view::question(self, scene)
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("reader", &self.reader)
            .finish_non_exhaustive()
    }
}

/// Which tries an outcome tells of.
fn tries(purpose: Purpose, outcome: &pin::Outcome) -> Option<(SecretKind, TriesLeft)> {
    match outcome {
        pin::Outcome::Wrong {
            secret, tries_left, ..
        } => Some((*secret, *tries_left)),
        pin::Outcome::TriesChanged { secret, now } => Some((*secret, *now)),
        pin::Outcome::LastTry(warning) => Some((warning.secret(), warning.tries_left())),
        pin::Outcome::Blocked(secret) => Some((*secret, TriesLeft::Exact(0))),
        pin::Outcome::StillBlocked { puk, .. } => Some((SecretKind::Puk, *puk)),
        pin::Outcome::Unsure { tries_left, .. } => Some((purpose.secret()?, *tries_left)),
        _ => None,
    }
}
