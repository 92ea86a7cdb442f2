//! The pages around a card's PIN: what they ask of the window.

use iced::Task;
use journeys::{journal::Journal, look::CardVerdict, pin as journey};
use token::TokenHandle;

use super::{
    App,
    keys::{self, Scroll},
    message::{Internal, Message, Part},
    page::Page,
};
use crate::{
    pin_tasks::{self, Attempt, Service, Work},
    rail::Way,
    screen::{card, pin},
    ui::{Tone, focus},
};

impl App {
    /// The pages of the card in this reader, once it was looked at.
    pub(super) fn open_pins(&mut self, reader: &str) -> Task<Message> {
        let Some(inserted) = self.readers.card(reader) else {
            return Task::none();
        };
        let Some(report) = inserted.look.shown() else {
            return Task::none();
        };
        let state = pin::State::of(
            reader.to_owned(),
            inserted.insertion(),
            std::sync::Arc::clone(report),
        );
        let shown = self.show(Page::Pin(Box::new(state)));
        Task::batch([shown, self.ask_for_pins()])
    }

    /// Opens what a link to the way out of a blocked PIN asked for, as soon as the card in question was looked at: the
    /// one that is blocked, or the only one.
    pub(super) fn follow_wish(&mut self) -> Task<Message> {
        if !self.is_unlock_wanted || !matches!(self.page, Page::Card(_)) {
            return Task::none();
        }
        let cards = self.readers.with_card();
        let verdict = |reader: &String| Some(self.readers.card(reader)?.look.shown()?.verdict.clone());
        let is_blocked = |reader: &&String| verdict(reader) == Some(CardVerdict::PinBlocked);
        let only = match &*cards {
            [only] => verdict(only).map(|_| only),
            _ => None,
        };
        let Some(reader) = cards.iter().find(is_blocked).or(only).cloned() else {
            return Task::none();
        };
        self.is_unlock_wanted = false;
        self.open_pins(&reader)
    }

    /// The readers changed, or a look ended.
    pub(super) fn follow_with_page(&mut self) -> Task<Message> {
        match &mut self.page {
            Page::Pin(state) => {
                let action = state.follow(&self.readers);
                self.pin_action(action)
            }
            Page::Replace(state) => {
                let journal = self.environment.places.as_ref();
                let journal = journal.map(|places| Journal::new(places.journal.clone()));
                let unfinished = |serial: &str| journal.as_ref()?.replacement(serial);
                let action = state.follow(&self.readers, unfinished);
                self.replace_action(action)
            }
            _ => Task::none(),
        }
    }

    pub(super) fn pin_action(&mut self, action: pin::Action) -> Task<Message> {
        use pin::Action;
        match action {
            Action::None => Task::none(),
            Action::Leave(reader) => self.show(Page::Card(card::State::of(reader))),
            Action::Help => self.help(Some("puk")),
            Action::Settings => self.go(Way::Settings),
            Action::Online => self.begin_online_unlock(),
            Action::OtherPerson => self.unlock_as_other_person(),
            Action::Focus(index) => focus::on(pin::field_id(index)),
            Action::Turned(field) => {
                let focused = field.map_or_else(focus::clear, |index| focus::on(pin::field_id(index)));
                Task::batch([keys::scroll(Scroll::Top), focused])
            }
            Action::Ask => self.ask_for_pins(),
            Action::Asked(answer) => focus::on(answer),
            Action::AskAndLook(then) => {
                let reader = match &self.page {
                    Page::Pin(state) => state.reader().to_owned(),
                    _ => return Task::none(),
                };
                Task::batch([self.ask_for_pins(), self.look(&reader), focus::on(then)])
            }
            Action::Try(attempt) => self.try_secret(*attempt),
        }
    }

    fn ask_for_pins(&mut self) -> Task<Message> {
        let Some((number, subject, token)) = self.begin_with_card() else {
            return Task::none();
        };
        pin_tasks::ask(number, subject, token, self.journal()).map(of_page)
    }

    fn try_secret(&mut self, attempt: Attempt) -> Task<Message> {
        let is_online = matches!(attempt.work, Work::Service(_));
        let service = self.service().filter(|_| is_online);
        if is_online && service.is_none() {
            // Its time ended while the new PIN was typed: nothing is on its way, and no page waits for it.
            if let Page::Pin(state) = &mut self.page {
                state.choose_way_anew();
            }
            return self.begin_online_unlock();
        }
        let journal = self.journal();
        let Some((number, subject, token)) = self.begin_with_card() else {
            return Task::none();
        };
        pin_tasks::attempt(number, subject, token, attempt, journal, service).map(of_page)
    }

    fn service(&self) -> Option<Service> {
        Some(Service {
            client: self.session()?.client().clone(),
            now: self.clock.now(),
        })
    }

    /// A number for what is to be done, the card that it is about, and the way to it.
    fn begin_with_card(&mut self) -> Option<(u64, journey::Subject, TokenHandle)> {
        let Page::Pin(state) = &mut self.page else {
            return None;
        };
        let opener = self.prepared.as_ref()?.opener.clone();
        let reader = state.reader().to_owned();
        let choice = self
            .readers
            .card(&reader)
            .map(|card| self.settings.way(&card.atr))
            .unwrap_or_default();
        let token = state.token(move || TokenHandle::open(opener, reader, choice));
        Some((state.begin(), state.subject().clone(), token))
    }

    pub(super) fn journal(&self) -> Option<Journal> {
        self.environment
            .places
            .as_ref()
            .map(|places| Journal::new(places.journal.clone()))
    }

    /// What came of an attempt whose page has gone must not be lost.
    pub(super) fn say_outcome(&mut self, message: pin::Message) -> Task<Message> {
        let pin::Message::News(_, news) = message else {
            return Task::none();
        };
        let (sentence, is_done) = match news {
            pin::News::Tried(outcome) => (
                self.words.pin_outcome(&outcome),
                outcome == journey::Outcome::Done,
            ),
            pin::News::Unlocked(outcome) => {
                let is_done = matches!(outcome, journeys::unlock::Outcome::Done { .. });
                (self.words.unlock_outcome(&outcome), is_done)
            }
            pin::News::Slow | pin::News::Progress(_) => return Task::none(),
        };
        self.say(if is_done { Tone::Good } else { Tone::Warning }, sentence.what)
    }
}

fn of_page(message: pin::Message) -> Message {
    Internal::Page(Part::Pin(message)).into()
}
