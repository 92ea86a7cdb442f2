//! The certificate service: logging in and out, and the replacement certificate.

use i18n_embed_fl::fl;
use iced::Task;
use journeys::replace::Record;
use service::{Profile, ProfileName};
use token::TokenHandle;

use super::{
    App,
    cards::blocking,
    message::{Internal, Message, Part},
    page::Page,
};
use crate::{
    login_tasks, pin_tasks,
    rail::Way,
    replace_tasks::{self, Tools, Work},
    screen::{
        card,
        login::{self, After},
        replace,
    },
    session::Session,
    ui::{Tone, focus},
};

/// How long the service is told of the end of a session when the window closes.
const FAREWELL: std::time::Duration = std::time::Duration::from_secs(1);

impl App {
    /// The services that can be spoken to. Practice cards are known to the practice service alone.
    pub(super) fn services(&self) -> Vec<Profile> {
        let for_this_run = self.overrides.service.as_ref().and_then(|address| {
            let name = ProfileName::parse(if self.practice.is_some() {
                "practice"
            } else {
                "service"
            })?;
            Some(Profile::new(name, address.clone()))
        });
        let mut services: Vec<Profile> = for_this_run.into_iter().collect();
        if self.practice.is_none() {
            services.extend(self.settings.services());
        }
        services
    }

    /// Whoever is logged in, as long as that is good.
    pub(super) fn session(&self) -> Option<&Session> {
        let now = self.clock.now();
        self.session.as_ref().filter(|session| !session.is_over(now))
    }

    /// Asks who it is; then goes on with what that is for.
    pub(super) fn log_in(&mut self, after: After) -> Task<Message> {
        let Some(state) = login::State::new(after, self.services()) else {
            return self.go(Way::Settings);
        };
        let before = std::mem::replace(&mut self.page, Page::Practice);
        let first = login::State::first_call();
        let shown = self.show(Page::Login(Box::new(state), Box::new(before)));
        shown.chain(self.login_action(first))
    }

    pub(super) fn login_action(&mut self, action: login::Action) -> Task<Message> {
        use login::Action;
        match action {
            Action::None => Task::none(),
            Action::Leave => self.leave_login(),
            Action::Help(question) => self.help(Some(question)),
            Action::Focus(id) => focus::on(id),
            Action::Call(call, then) => self.call(*call).chain(then.map_or_else(Task::none, focus::on)),
            Action::Done(session, after) => {
                self.session = Some(*session);
                let shown = self.leave_login();
                let further = match after {
                    After::Unlock => self.begin_online_unlock(),
                    After::Replace => self.begin_replacing(),
                };
                shown.chain(further)
            }
        }
    }

    /// Back to where it was asked for. Cards may have come and gone meanwhile.
    fn leave_login(&mut self) -> Task<Message> {
        match std::mem::replace(&mut self.page, Page::Card(card::State::default())) {
            Page::Login(_, before) => {
                let shown = self.show(*before);
                Task::batch([shown, self.follow_with_page()])
            }
            other => {
                self.page = other;
                Task::none()
            }
        }
    }

    fn call(&mut self, call: login_tasks::Call) -> Task<Message> {
        let language = self.words.language().code();
        let Page::Login(state, _) = &mut self.page else {
            return Task::none();
        };
        match state.client(language) {
            Ok(client) => {
                let number = state.begin();
                login_tasks::task(client, number, call)
                    .map(|message| Internal::Page(Part::Login(message)).into())
            }
            Err(error) => {
                state.fail(error);
                Task::none()
            }
        }
    }

    /// Out of a blocked PIN through the service: by whoever is logged in, or will be.
    pub(super) fn begin_online_unlock(&mut self) -> Task<Message> {
        let Some(client) = self.session().map(|session| session.client().clone()) else {
            return self.log_in(After::Unlock);
        };
        let Page::Pin(state) = &mut self.page else {
            return Task::none();
        };
        state.wait_for_offer();
        let subject = state.subject().clone();
        pin_tasks::offer(subject, client).map(|message| Internal::Page(Part::Pin(message)).into())
    }

    /// The card is not that of whoever is logged in: its holder logs in, and it goes on.
    pub(super) fn unlock_as_other_person(&mut self) -> Task<Message> {
        let out = self.log_out();
        Task::batch([out, self.log_in(After::Unlock)])
    }

    /// The replacement certificate: what was cut short on the card that is shown, else what is due.
    pub(super) fn begin_replacing(&mut self) -> Task<Message> {
        if self.session().is_none() {
            return self.log_in(After::Replace);
        }
        let shown = match &self.page {
            Page::Card(state) => state.reader(&self.readers).map(str::to_owned),
            _ => None,
        };
        let report = shown
            .as_deref()
            .and_then(|reader| self.readers.card(reader)?.look.report());
        let serial = report.map(|report| report.serial.clone());
        let record = serial
            .as_deref()
            .and_then(|serial| self.unfinished(serial))
            .cloned();
        let mut state = replace::State::new();
        let action = match (shown, serial, record) {
            (Some(reader), Some(serial), Some(record)) => state.take_up(reader, serial, record),
            _ => replace::Action::Find,
        };
        let shown = self.show(Page::Replace(Box::new(state)));
        shown.chain(self.replace_action(action))
    }

    /// What was cut short on the card with this serial number.
    pub(super) fn unfinished(&self, serial: &str) -> Option<&Record> {
        let of_card = self.unfinished.iter().filter(|record| record.is_about(serial));
        of_card.min_by_key(|record| record.urgency())
    }

    /// Looks into the journal for replacements that were cut short.
    pub(super) fn read_unfinished(&self) -> Task<Message> {
        match self.journal() {
            Some(journal) => blocking(move || Internal::Unfinished(journal.replacements())),
            None => Task::none(),
        }
    }

    pub(super) fn replace_action(&mut self, action: replace::Action) -> Task<Message> {
        use replace::Action;
        match action {
            Action::None => Task::none(),
            Action::Leave => {
                let left = self.leave_replacing();
                Task::batch([left, self.read_unfinished()])
            }
            Action::Focus(id) => focus::on(id),
            Action::Find => self.replace_work(Work::Find(replace::reports(&self.readers))),
            Action::GiveUp(record) => {
                let Page::Replace(state) = &mut self.page else {
                    return Task::none();
                };
                let further = state.start_over();
                let given_up = self.give_up(*record);
                given_up.chain(self.replace_action(further))
            }
            Action::Work(work, then) => {
                let begun = self.replace_work(*work);
                then.map_or_else(focus::clear, focus::on).chain(begun)
            }
            Action::Look(reader) => {
                let looked = Task::batch([self.look(&reader), self.read_unfinished()]);
                Task::batch([looked, focus::on(replace::FIRST)])
            }
            Action::NextPerson => {
                let out = self.log_out();
                self.page = Page::Card(card::State::default());
                Task::batch([out, self.log_in(After::Replace)])
            }
            Action::LogOut => {
                let out = self.log_out();
                let shown = self.show(Page::Card(card::State::default()));
                let words = fl!(self.labels, "logged-out");
                Task::batch([out, shown, self.say(Tone::Good, words)])
            }
        }
    }

    /// Nobody goes on with it; then the journal says what is left.
    fn give_up(&self, record: Record) -> Task<Message> {
        match self.journal() {
            Some(journal) => blocking(move || {
                if let Err(error) = record.give_up(&journal) {
                    tracing::warn!(%error, "the journal says more than is so");
                }
                Internal::Unfinished(journal.replacements())
            }),
            None => Task::none(),
        }
    }

    /// The card's page, whence it can be begun anew.
    fn leave_replacing(&mut self) -> Task<Message> {
        let state = match &self.page {
            Page::Replace(state) => state.reader().map(|reader| card::State::of(reader.to_owned())),
            _ => None,
        };
        self.show(Page::Card(state.unwrap_or_default()))
    }

    fn replace_work(&mut self, work: Work) -> Task<Message> {
        let Some(client) = self.session().map(|session| session.client().clone()) else {
            // Its time ended meanwhile. Nothing is on its way to the card, and no page waits for it.
            let left = self.leave_replacing();
            return left.chain(self.log_in(After::Replace));
        };
        let Some(prepared) = self.prepared.clone() else {
            return Task::none();
        };
        let journal = self.journal();
        let now = self.clock.now();
        let Page::Replace(state) = &mut self.page else {
            return Task::none();
        };
        let reader = state.reader().unwrap_or_default().to_owned();
        let choice = self
            .readers
            .card(&reader)
            .map(|card| self.settings.way(&card.atr));
        let opener = prepared.opener.clone();
        let token = state.token(move || TokenHandle::open(opener, reader, choice.unwrap_or_default()));
        let number = state.begin();
        let tools = Tools {
            client,
            token,
            journal,
            anchors: prepared.anchors,
            now,
        };
        replace_tasks::task(number, tools, work).map(|message| Internal::Page(Part::Replace(message)).into())
    }

    /// Nothing of the session is left here, whatever the service says.
    pub(super) fn log_out(&mut self) -> Task<Message> {
        match self.session.take() {
            Some(session) => Task::future(session.close()).discard(),
            None => Task::none(),
        }
    }

    /// Closes the window; the service is told first, if it listens soon.
    pub(super) fn close(&mut self) -> Task<Message> {
        match self.session.take() {
            Some(session) => Task::future(async move {
                let _ = tokio::time::timeout(FAREWELL, session.close()).await;
            })
            .discard()
            .chain(iced::exit()),
            None => iced::exit(),
        }
    }

    /// A service that does not know the session any more: whoever goes on logs in again.
    pub(super) fn notice_end_of_session(&mut self, error: &service::Error) {
        use service::{Error, ProblemKind};
        let is_over = match error {
            Error::Refused { problem, .. } => problem.kind == ProblemKind::CredentialsInvalid,
            Error::Status { status, .. } => *status == 401,
            _ => false,
        };
        if is_over {
            self.session = None;
        }
    }
}
