//! The replacement certificate: what is due for which card, what will happen, the PIN, seven steps, done.
//!
//! Pulling the card loses nothing: when it comes back, what the card says decides how to go on.

use std::sync::Arc;

use iced::advanced::widget::Id;
use journeys::{
    look::Report,
    pin::{self, Proof},
    replace::{Cancel, Due, Found, NotPrepared, Outcome, Plan, Progress, Record, Situation},
};
use token::{LastTryConsent, LastTryWarning, PinInfo, TokenHandle};

use crate::{
    readers::{Look, Readers},
    replace_tasks::Work,
    scene::Scene,
    ui::{
        Element,
        keypad::Press,
        pin_field::{Entries, Hint, Typed},
    },
};

mod view;
mod working;

/// What the pages remember.
pub(crate) struct State {
    sheet: Sheet,
    /// The card that is worked on.
    card: Option<Card>,
    /// What waits for this person.
    found: Option<Box<Found>>,
    entries: Entries,
    fault: Option<pin::Fault>,
    hint: Option<Hint>,
    /// News of anything older is not listened to.
    number: u64,
}

/// The card that is worked on.
struct Card {
    reader: String,
    serial: String,
    /// Where it is now; `false`: pulled.
    is_here: bool,
    token: Option<TokenHandle>,
}

/// What is shown.
enum Sheet {
    /// The service is asked what is due.
    Finding,
    /// Nothing could be found out.
    Failed(service::Error),
    /// What is due for which card.
    Choosing,
    /// The certificate is fetched and checked, or the card is asked.
    Preparing,
    /// It was not prepared.
    Refused(Box<NotPrepared>),
    /// The card could not be asked.
    CardFailed(token::Error),
    /// What will happen, to be agreed to.
    Consent(Box<Job>),
    /// The PIN.
    Pin(Box<Job>, Box<PinInfo>, Option<pin::Outcome>),
    /// Is the last try to be spent?
    Asking(Box<Job>, Box<PinInfo>, LastTryWarning),
    /// The card works.
    Working(Box<Job>, Cancel, Option<Progress>),
    /// It is over, one way or another.
    Ended(Box<Job>, Box<Outcome>),
    /// The card was pulled in the middle: it is waited for.
    Waiting(Box<Job>),
}

/// What is to be done on the card.
#[derive(Clone, Debug)]
enum Job {
    /// From the beginning.
    New(Box<Plan>),
    /// What was cut short.
    Rest(Box<Record>, Situation),
}

/// What happens on the pages. No message carries anything of a PIN.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// Ask the service again.
    Again,
    /// This card.
    Choose(usize),
    /// I agree.
    Agree,
    /// Something was typed into the field.
    Typed(Typed),
    /// A key of the keypad.
    Pressed(Press),
    /// Send the PIN.
    Submit,
    /// Send it although it is the last try.
    Confirm,
    /// Do not.
    Decline,
    /// Stop, if it can be stopped.
    Stop,
    /// Remove the old one first, because the card is full.
    RemoveFirst,
    /// Go on with what was cut short.
    GoOn,
    /// The next card of this person.
    NextCard,
    /// The next person: nothing is left of this one.
    NextPerson,
    /// Log out, and back to the cards.
    LogOut,
    /// Back.
    Back,
    /// News of the work.
    News(u64, News),
}

/// News of the work.
#[derive(Clone, Debug)]
pub(crate) enum News {
    Found(Result<Box<Found>, service::Error>),
    Prepared(Box<Result<Plan, NotPrepared>>),
    Asked(Result<Box<PinInfo>, token::Error>),
    Examined(Result<Situation, token::Error>),
    Progress(Progress),
    Ended(Box<Outcome>),
}

/// What the pages ask of the window.
#[derive(Debug)]
pub(crate) enum Action {
    None,
    /// To the page of the cards.
    Leave,
    Focus(Id),
    /// Ask the service what is due for the cards that are here.
    Find,
    /// This will not be gone on with; then the same.
    GiveUp(Box<Record>),
    /// Do this, and put the focus there.
    Work(Box<Work>, Option<Id>),
    /// It is over: look at the card in this reader again; the first button has the focus.
    Look(String),
    NextPerson,
    LogOut,
}

/// The first thing to press on a page.
pub(crate) const FIRST: Id = Id::new("replace-first");
/// The PIN's field.
pub(crate) const FIELD: Id = Id::new("replace-pin");

impl State {
    /// The first page: the service is asked.
    pub(crate) fn new() -> Self {
        Self {
            sheet: Sheet::Finding,
            card: None,
            found: None,
            entries: Entries::new(1),
            fault: None,
            hint: None,
            number: 0,
        }
    }

    /// The reader that is worked on.
    pub(crate) fn reader(&self) -> Option<&str> {
        self.card.as_ref().map(|card| card.reader.as_str())
    }

    /// What speaks to the card, made when it is first needed.
    pub(crate) fn token(&mut self, open: impl FnOnce() -> TokenHandle) -> Option<TokenHandle> {
        let card = self.card.as_mut()?;
        Some(card.token.get_or_insert_with(open).clone())
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

    /// What is being typed.
    pub(crate) fn entries(&self) -> &Entries {
        &self.entries
    }

    /// Whether the card is working: the page is not left meanwhile.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self.sheet, Sheet::Working(..))
    }

    /// Forgets what was typed.
    pub(crate) fn wipe(&mut self) {
        self.entries.clear_all();
        (self.fault, self.hint) = (None, None);
    }

    /// Goes on with what was cut short on this card.
    pub(crate) fn take_up(&mut self, reader: String, serial: String, record: Record) -> Action {
        self.card = Some(Card {
            reader,
            serial,
            is_here: true,
            token: None,
        });
        self.sheet = Sheet::Waiting(Box::new(Job::Rest(Box::new(record.clone()), Situation::NeedsPin)));
        Action::Work(Box::new(Work::Examine(Box::new(record))), None)
    }

    /// The readers changed, or a look ended. `unfinished` gives what was cut short on a card.
    pub(crate) fn follow(
        &mut self,
        readers: &Readers,
        unfinished: impl Fn(&str) -> Option<Record>,
    ) -> Action {
        let Some(card) = &mut self.card else {
            return Action::None;
        };
        let found = readers.slots().iter().find_map(|slot| {
            let inserted = readers.card(&slot.name)?;
            match &inserted.look {
                Look::Done(report) if report.serial == card.serial => Some(slot.name.clone()),
                _ => None,
            }
        });
        let was_here = card.is_here;
        card.is_here = match &found {
            Some(reader) => {
                card.reader.clone_from(reader);
                true
            }
            // While it is being read again it has not gone.
            None => {
                was_here
                    && readers
                        .card(&card.reader)
                        .is_some_and(|card| card.look.report().is_some())
            }
        };
        if !card.is_here {
            card.token = None;
        }
        let (serial, reader) = (card.serial.clone(), card.reader.clone());
        match (&self.sheet, was_here, found.is_some()) {
            (Sheet::Pin(..) | Sheet::Asking(..), true, false) if !self.is_here() => {
                self.wipe();
                self.fall_back();
                Action::None
            }
            (Sheet::Waiting(_) | Sheet::Ended(..), false, true) if self.can_go_on() => {
                match unfinished(&serial) {
                    Some(record) => self.take_up(reader, serial, record),
                    None => self.start_over(),
                }
            }
            _ => Action::None,
        }
    }

    fn is_here(&self) -> bool {
        self.card.as_ref().is_some_and(|card| card.is_here)
    }

    /// Whether something is left to do on the card.
    fn can_go_on(&self) -> bool {
        match &self.sheet {
            Sheet::Waiting(_) => true,
            Sheet::Ended(_, outcome) => matches!(
                **outcome,
                Outcome::Interrupted { .. }
                    | Outcome::NeedsPin
                    | Outcome::OtherCard
                    | Outcome::NotBegun(_)
                    | Outcome::Unfinished(_)
            ),
            _ => false,
        }
    }

    /// The card is gone while the PIN was typed: nothing of it is left, and the card is waited for.
    fn fall_back(&mut self) {
        let sheet = std::mem::replace(&mut self.sheet, Sheet::Finding);
        self.sheet = match sheet {
            Sheet::Pin(job, ..) | Sheet::Asking(job, ..) => Sheet::Waiting(job),
            other => other,
        };
    }

    pub(crate) fn start_over(&mut self) -> Action {
        self.wipe();
        self.sheet = Sheet::Finding;
        Action::Find
    }

    /// What happens on the pages, and what they ask of the window.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Again | Message::NextCard => self.start_over(),
            Message::Choose(index) => self.choose(index),
            Message::Agree => self.agree(),
            Message::Submit | Message::Typed(Typed::Entered) => self.submit(None),
            Message::Typed(typed) => self.typed(typed),
            Message::Pressed(press) => {
                (self.fault, self.hint) = (None, None);
                match press {
                    Press::Pointer => Action::Focus(FIELD),
                    Press::Keyboard => Action::None,
                }
            }
            Message::Confirm => self.confirm(),
            Message::Decline => self.decline(),
            Message::Stop => {
                if let Sheet::Working(_, cancel, _) = &self.sheet {
                    cancel.wish();
                }
                Action::None
            }
            Message::RemoveFirst => self.remove_first(),
            Message::GoOn => self.go_on(),
            Message::NextPerson => Action::NextPerson,
            Message::LogOut => Action::LogOut,
            Message::Back => self.back(),
            Message::News(number, news) if number == self.number => self.heard(news),
            Message::News(..) => Action::None,
        }
    }

    /// Escape: one step back, as far as there is one.
    pub(crate) fn back(&mut self) -> Action {
        self.wipe();
        match &self.sheet {
            Sheet::Working(..) => Action::None,
            Sheet::Asking(..) => self.decline(),
            Sheet::Consent(_) | Sheet::Pin(..) | Sheet::Refused(_) if self.found.is_some() => {
                self.sheet = Sheet::Choosing;
                Action::Focus(FIRST)
            }
            _ => Action::Leave,
        }
    }

    fn choose(&mut self, index: usize) -> Action {
        let Some(due) = self.found.as_ref().and_then(|found| found.due.get(index)) else {
            return Action::None;
        };
        let due: Box<Due> = Box::new(due.clone());
        self.card = Some(Card {
            reader: due.reader.clone(),
            serial: due.serial.clone(),
            is_here: true,
            token: None,
        });
        self.sheet = Sheet::Preparing;
        Action::Work(Box::new(Work::Prepare(due)), None)
    }

    fn agree(&mut self) -> Action {
        if !matches!(self.sheet, Sheet::Consent(_)) || !self.is_here() {
            return Action::None;
        }
        Action::Work(Box::new(Work::Ask), Some(FIELD))
    }

    fn typed(&mut self, typed: Typed) -> Action {
        self.fault = None;
        match typed {
            Typed::Changed(hint) => self.hint = hint,
            Typed::Refused(hint) => self.hint = Some(hint),
            Typed::Emptied | Typed::Entered => self.hint = None,
        }
        Action::None
    }

    fn submit(&mut self, consent: Option<LastTryConsent>) -> Action {
        let Sheet::Pin(job, pin, _) = &self.sheet else {
            return Action::None;
        };
        if !self.is_here() {
            return Action::None;
        }
        let proof = if pin.protected_path {
            Ok(Proof::on_pad(pin))
        } else {
            self.entries.read(|entries| match entries {
                [entry] => Proof::typed(pin, entry),
                _ => Ok(Proof::on_pad(pin)),
            })
        };
        let proof = match proof {
            Ok(proof) => proof,
            Err(fault) => {
                self.fault = Some(fault);
                return Action::Focus(FIELD);
            }
        };
        let proof = match consent {
            Some(consent) => proof.with_consent(consent),
            None => proof,
        };
        let (job, cancel) = (job.clone(), Cancel::default());
        let work = work(&job, Some(proof), cancel.clone());
        self.sheet = Sheet::Working(job, cancel, None);
        Action::Work(Box::new(work), None)
    }

    fn confirm(&mut self) -> Action {
        let sheet = std::mem::replace(&mut self.sheet, Sheet::Finding);
        match sheet {
            Sheet::Asking(job, pin, warning) => {
                self.sheet = Sheet::Pin(job, pin, None);
                self.submit(Some(warning.confirmed()))
            }
            other => {
                self.sheet = other;
                Action::None
            }
        }
    }

    fn decline(&mut self) -> Action {
        self.wipe();
        let sheet = std::mem::replace(&mut self.sheet, Sheet::Finding);
        self.sheet = match sheet {
            Sheet::Asking(job, pin, _) => Sheet::Pin(job, pin, None),
            other => other,
        };
        Action::Focus(FIELD)
    }

    fn remove_first(&mut self) -> Action {
        let Sheet::Ended(job, _) = &self.sheet else {
            return Action::None;
        };
        let Job::New(plan) = &**job else {
            // What was cut short is over, and nothing is remembered of it: the plan is made anew.
            return self.start_over();
        };
        let plan = Box::new((**plan).clone().removing_first());
        self.sheet = Sheet::Consent(Box::new(Job::New(plan)));
        Action::Focus(FIRST)
    }

    fn go_on(&mut self) -> Action {
        if let (Sheet::Ended(_, outcome), Some(card)) = (&self.sheet, &self.card)
            && let Outcome::Unfinished(record) = &**outcome
        {
            let (reader, serial, record) = (card.reader.clone(), card.serial.clone(), record.clone());
            return self.take_up(reader, serial, *record);
        }
        match &self.sheet {
            Sheet::Waiting(job) | Sheet::Ended(job, _) => match &**job {
                Job::Rest(_, Situation::NeedsPin) | Job::New(_) if self.is_here() => {
                    Action::Work(Box::new(Work::Ask), Some(FIELD))
                }
                Job::Rest(record, Situation::OnlyConfirmation) => {
                    let cancel = Cancel::default();
                    let work = Work::Resume(record.clone(), None, cancel.clone());
                    self.sheet = Sheet::Working(job.clone(), cancel, None);
                    Action::Work(Box::new(work), None)
                }
                Job::Rest(record, Situation::Outgrown) => Action::GiveUp(record.clone()),
                _ => self.start_over(),
            },
            _ => self.start_over(),
        }
    }

    fn heard(&mut self, news: News) -> Action {
        match news {
            News::Found(Ok(found)) => {
                self.found = Some(found);
                self.sheet = Sheet::Choosing;
            }
            News::Found(Err(error)) => self.sheet = Sheet::Failed(error),
            News::Prepared(prepared) => {
                self.sheet = match *prepared {
                    Ok(plan) => Sheet::Consent(Box::new(Job::New(Box::new(plan)))),
                    Err(reason) => Sheet::Refused(Box::new(reason)),
                };
            }
            News::Asked(Ok(pin)) => return self.asked(pin),
            News::Asked(Err(error)) => self.sheet = Sheet::CardFailed(error),
            News::Examined(outcome) => return self.examined(outcome),
            News::Progress(further) => {
                if let Sheet::Working(_, _, progress) = &mut self.sheet {
                    *progress = Some(further);
                }
                return Action::None;
            }
            News::Ended(outcome) => return self.ended(*outcome),
        }
        Action::Focus(FIRST)
    }

    fn asked(&mut self, pin: Box<PinInfo>) -> Action {
        let sheet = std::mem::replace(&mut self.sheet, Sheet::Finding);
        self.sheet = match sheet {
            Sheet::Consent(job) | Sheet::Waiting(job) => Sheet::Pin(job, pin, None),
            Sheet::Ended(job, outcome) => match *outcome {
                Outcome::Pin(pin::Outcome::LastTry(warning)) => Sheet::Asking(job, pin, warning),
                Outcome::Pin(outcome) => Sheet::Pin(job, pin, Some(outcome)),
                _ => Sheet::Pin(job, pin, None),
            },
            other => other,
        };
        match self.sheet {
            Sheet::Asking(..) => Action::Focus(view::SAFE_ANSWER),
            _ => Action::Focus(FIELD),
        }
    }

    fn examined(&mut self, outcome: Result<Situation, token::Error>) -> Action {
        let Sheet::Waiting(job) = &self.sheet else {
            return Action::None;
        };
        let Job::Rest(record, _) = &**job else {
            return Action::None;
        };
        match outcome {
            Ok(Situation::Untouched) => Action::GiveUp(record.clone()),
            Ok(situation) => {
                self.sheet = Sheet::Waiting(Box::new(Job::Rest(record.clone(), situation)));
                Action::Focus(FIRST)
            }
            Err(error) => {
                self.sheet = Sheet::CardFailed(error);
                Action::Focus(FIRST)
            }
        }
    }

    /// The work is over. Only before the question whether to spend the last try what was typed is kept.
    fn ended(&mut self, outcome: Outcome) -> Action {
        let sheet = std::mem::replace(&mut self.sheet, Sheet::Finding);
        let Sheet::Working(job, ..) = sheet else {
            self.sheet = sheet;
            return Action::None;
        };
        if !matches!(outcome, Outcome::Pin(pin::Outcome::LastTry(_))) {
            self.wipe();
        }
        let again = matches!(outcome, Outcome::Pin(_));
        let reader = self.card.as_ref().map(|card| card.reader.clone());
        self.sheet = Sheet::Ended(job, Box::new(outcome));
        if again {
            // Asked anew: how many tries are left counts now.
            return Action::Work(Box::new(Work::Ask), Some(FIELD));
        }
        reader.map_or(Action::Focus(FIRST), Action::Look)
    }

    /// The page; `name` is the person's.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>, name: &'a str) -> Element<'a, Message> {
        view::page(self, scene, name)
    }

    /// The question that must be answered, if there is one.
    pub(crate) fn question<'a>(&'a self, scene: Scene<'a>) -> Option<Element<'a, Message>> {
        view::question(self, scene)
    }
}

fn work(job: &Job, proof: Option<Proof>, cancel: Cancel) -> Work {
    match (job, proof) {
        (Job::New(plan), Some(proof)) => Work::Run(plan.clone(), proof, cancel),
        (Job::Rest(record, _), proof) => Work::Resume(record.clone(), proof, cancel),
        (Job::New(_), None) => Work::Ask,
    }
}

/// The cards that were looked at.
pub(crate) fn reports(readers: &Readers) -> Vec<Arc<Report>> {
    let cards = readers.slots().iter().filter_map(|slot| readers.card(&slot.name));
    cards.filter_map(|card| card.look.report().cloned()).collect()
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State")
            .field("reader", &self.reader())
            .finish_non_exhaustive()
    }
}

/// However the page is left.
impl Drop for State {
    fn drop(&mut self) {
        self.wipe();
    }
}
