//! The page on which is signed: what it asks of the window.

use i18n_embed_fl::fl;
use iced::Task;
use journeys::sign::{archive::Archive, link::Link};
use service::Profile;
use token::TokenHandle;

use super::{
    App,
    cards::blocking,
    message::{Internal, Message, Part},
    page::Page,
};
use crate::{
    export::Pending,
    rail::Way,
    screen::sign,
    sign_tasks,
    ui::{Tone, focus},
};

impl App {
    /// The page, as it was left if something is under way there.
    pub(super) fn open_signing(&mut self) -> Task<Message> {
        let state = self.parked.take().unwrap_or_default();
        let is_new = !state.is_under_way();
        let shown = self.show(Page::Sign(state));
        if is_new {
            let shown = shown.chain(focus::on(sign::CODE_FIELD));
            return Task::batch([shown, self.list_kept()]);
        }
        let followed = self.follow_with_signing();
        Task::batch([shown, followed])
    }

    /// What a browser handed over: it leads to a page, or fills in the code, and nothing else.
    pub(super) fn open_link(&mut self, link: &str) -> Task<Message> {
        let is_signing = matches!(&self.page, Page::Sign(state) if state.is_under_way());
        if self.page.is_busy() || is_signing || self.parked.is_some() {
            return Task::none();
        }
        let code = match Link::parse(link) {
            Ok(Link::Replace) => return self.begin_replacing(),
            Ok(Link::Unlock) => {
                self.is_unlock_wanted = true;
                return self.follow_wish();
            }
            Ok(Link::Sign(code)) => Ok(code),
            Err(fault) => Err(fault),
        };
        let resolved = code.and_then(|code| {
            let profiles = self.services();
            let (profile, code) = code.resolve(&profiles)?;
            Ok((profile.clone(), code))
        });
        let state = match resolved {
            Ok((profile, code)) => {
                self.linked = Some(profile);
                sign::State::with_code(&code.grouped())
            }
            Err(fault) => sign::State::with_fault(fault),
        };
        // Enter goes on from there: nothing happens by itself.
        let shown = self.show(Page::Sign(Box::new(state)));
        Task::batch([shown.chain(focus::on(sign::CODE_FIELD)), self.list_kept()])
    }

    /// The service that codes are asked of: the one a link named, else the first.
    pub(super) fn signing_profile(&self) -> Option<Profile> {
        self.linked.clone().or_else(|| self.services().into_iter().next())
    }

    /// Whether there is a service that knows codes.
    pub(super) fn has_signing_profile(&self) -> bool {
        self.signing_profile().is_some()
    }

    /// The readers changed, or a look ended.
    pub(super) fn follow_with_signing(&mut self) -> Task<Message> {
        let now = self.clock.now();
        if let Page::Sign(state) = &mut self.page {
            let action = state.follow(&self.readers, now);
            return self.signing_action(action);
        }
        if let Some(state) = &mut self.parked {
            state.follow(&self.readers, now);
        }
        Task::none()
    }

    pub(super) fn signing_message(&mut self, message: sign::Message) -> Task<Message> {
        let profile = self.signing_profile();
        let now = self.clock.now();
        let waiting = match &mut self.page {
            Page::Sign(state) => Some(state.as_mut()),
            _ => self.parked.as_deref_mut(),
        };
        let Some(state) = waiting else {
            // The page was left before the answer came: whoever waits is told.
            return message
                .claimed_session()
                .map_or_else(Task::none, sign_tasks::refuse);
        };
        let action = state.update(message, profile.as_ref(), &self.readers, now);
        self.signing_action(action)
    }

    fn signing_action(&mut self, action: sign::Action) -> Task<Message> {
        use sign::Action;
        match action {
            Action::Focus(id) if matches!(self.page, Page::Sign(_)) => focus::on(id),
            // What goes on while another page is shown leaves that page its focus.
            Action::None | Action::Focus(_) => Task::none(),
            Action::Settings => self.go(Way::Settings),
            Action::Copy(text) => self.copy(text),
            Action::AskForFile => self.ask(Pending::SignFile),
            Action::Claim(profile, code) => {
                let language = self.words.language().code();
                match self.signing_state() {
                    Some(state) => sign_tasks::claim(state.begin(), profile, code, language).map(of_page),
                    None => Task::none(),
                }
            }
            Action::Try(attempt) => self.try_to_sign(*attempt),
            Action::Deliver(session, signed) => match self.signing_state() {
                Some(state) => sign_tasks::deliver(state.begin(), session, *signed).map(of_page),
                None => Task::none(),
            },
            Action::Refuse(session) => sign_tasks::refuse(session),
            Action::Keep(receipt) => match self.archive() {
                Some(archive) => blocking(move || {
                    let kept = sign_tasks::keep(&archive, &receipt);
                    Internal::Kept(kept)
                }),
                None => Task::none(),
            },
            Action::Save(name, bytes) => self.ask(Pending::signature(&name, bytes)),
        }
    }

    fn signing_state(&mut self) -> Option<&mut sign::State> {
        match &mut self.page {
            Page::Sign(state) => Some(state),
            _ => self.parked.as_deref_mut(),
        }
    }

    fn try_to_sign(&mut self, attempt: sign::Attempt) -> Task<Message> {
        let Some(opener) = self.prepared.as_ref().map(|prepared| prepared.opener.clone()) else {
            return Task::none();
        };
        let now = self.clock.now();
        let reader = attempt.reader.clone();
        let card = self.readers.card(&reader);
        let choice = card.map(|card| self.settings.way(&card.atr)).unwrap_or_default();
        let Some(state) = self.signing_state() else {
            return Task::none();
        };
        let number = state.begin();
        let open = || TokenHandle::open(opener, reader.clone(), choice);
        match state.token(&attempt.reader, open) {
            Some(token) => sign_tasks::attempt(number, attempt, token, now).map(of_page),
            None => Task::none(),
        }
    }

    /// Whether seconds are counted down somewhere.
    pub(super) fn is_counting(&self) -> bool {
        match &self.page {
            Page::Sign(state) => state.is_counting(),
            _ => self.parked.as_ref().is_some_and(|state| state.is_counting()),
        }
    }

    /// A file was chosen to be signed: the page shows it, unless something else is under way there.
    pub(super) fn file_to_sign(&mut self, path: std::path::PathBuf) -> Task<Message> {
        let shown = match self.page {
            Page::Sign(_) => Task::none(),
            _ => self.open_signing(),
        };
        let now = self.clock.now();
        match &mut self.page {
            Page::Sign(state) if !state.is_under_way() => {
                state.show(sign::Work::File(path), Vec::new(), &self.readers, now);
                shown.chain(focus::on(sign::PIN_FIELD))
            }
            _ => shown,
        }
    }

    /// What was kept of earlier signatures, for the page.
    fn list_kept(&self) -> Task<Message> {
        /// More are in the folder, and nobody looks through them here.
        const SHOWN: usize = 20;
        match self.archive() {
            Some(archive) => blocking(move || {
                let kept = archive.latest(SHOWN);
                Internal::Page(Part::Sign(sign::Message::Archive(kept)))
            }),
            None => Task::none(),
        }
    }

    fn archive(&self) -> Option<Archive> {
        let places = self.environment.places.as_ref()?;
        Some(Archive::new(places.receipts.clone()))
    }

    /// The receipt is kept, or not.
    pub(super) fn kept(
        &mut self,
        outcome: Result<std::path::PathBuf, journeys::sign::archive::ArchiveError>,
    ) -> Task<Message> {
        match outcome {
            Ok(path) => {
                let path = certificate::text::clean(&path.to_string_lossy());
                let words = fl!(self.labels, "saved", path = path);
                Task::batch([self.say(Tone::Good, words), self.list_kept()])
            }
            Err(error) => {
                let sentence = self.words.archive_error(&error);
                self.say(Tone::Bad, format!("{} {}", sentence.what, sentence.remedy))
            }
        }
    }

    /// The window closes: whoever waits for a signature is told that there will be none.
    pub(super) fn farewell(&mut self) -> Task<Message> {
        let session = self
            .signing_state()
            .and_then(|state| state.open_session().cloned());
        match session {
            Some(session) => sign_tasks::refuse(session),
            None => Task::none(),
        }
    }
}

fn of_page(message: sign::Message) -> Message {
    Internal::Page(Part::Sign(message)).into()
}
