//! What follows from what happened: one line for each message.

use i18n_embed_fl::fl;
use iced::{Task, clipboard};

use super::{
    App, SHADES, Toast,
    cards::blocking,
    keys::{self, Key, Scroll},
    message::{Internal, Message, Part, WindowEvent},
    page::Page,
};
use crate::{
    export::Pending,
    links,
    rail::{self, Way},
    scene::Scene,
    screen::{card, details, file, help, pad, path, pin, practice, replace, settings},
    settings::TextScale,
    ui::{Tone, Width, focus},
};

/// How long a toast stays.
const TOAST: std::time::Duration = std::time::Duration::from_secs(4);

impl App {
    /// Takes over what happened; what takes time comes back as a task.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        self.updates = (self.updates + 1) % SHADES;
        match message.0 {
            Internal::Drawn => self.begin(),
            Internal::Prepared(prepared) => self.take_prepared(*prepared),
            Internal::Readers(news) => self.take_readers(news),
            Internal::Look(id, event) => {
                self.readers.tell(&id, event);
                let followed = Task::batch([self.follow_with_signing(), self.follow_with_page()]);
                followed.chain(self.follow_wish())
            }
            Internal::Go(way) => self.go(way),
            Internal::Page(part) => self.update_page(part),
            Internal::Key(key) => self.key(key),
            Internal::Focus(direction) => focus::go(direction),
            Internal::Arrow { down, focused } => self.arrow(down, focused),
            Internal::Window(event) => self.window(event),
            Internal::SystemTheme(mode) => {
                self.system_theme = mode;
                Task::none()
            }
            Internal::Files(paths) => self.dropped(paths),
            Internal::Opened(files) => self.show_files(files),
            Internal::Rejudged(files) => {
                self.rejudged(files);
                Task::none()
            }
            Internal::Dialog(pending, chosen) => self.dialog(pending, chosen),
            Internal::Path(message) => self.path_message(message),
            Internal::Asked(asked) => self.pad_asked(asked),
            Internal::Pad(message) => self.pad_message(message),
            Internal::Saved(outcome) => self.saved(outcome),
            Internal::SettingsSaved(outcome) => self.settings_saved(outcome),
            Internal::LinksTaken(outcome) => self.links_taken(outcome),
            Internal::Imported(outcome) => self.imported(outcome),
            Internal::Made(cards) => self.insert_practice(cards),
            Internal::Forgotten(outcome) => self.forgotten(outcome),
            Internal::Unfinished(records) => {
                self.unfinished = records;
                Task::none()
            }
            // The window is drawn anew, which is all that is wanted.
            Internal::Tick => Task::none(),
            Internal::Kept(outcome) => self.kept(outcome),
            Internal::ToastGone(number) => {
                self.toast.take_if(|toast| toast.number == number);
                Task::none()
            }
            Internal::NoticeRead => {
                if !self.notices.is_empty() {
                    self.notices.remove(0);
                }
                Task::none()
            }
        }
    }

    /// Says something in passing.
    pub(super) fn say(&mut self, tone: Tone, words: String) -> Task<Message> {
        self.toasts = self.toasts.wrapping_add(1);
        let number = self.toasts;
        self.toast = Some(Toast { number, tone, words });
        Task::future(async move {
            tokio::time::sleep(TOAST).await;
            Internal::ToastGone(number).into()
        })
    }

    pub(super) fn copy(&mut self, text: String) -> Task<Message> {
        let words = fl!(self.labels, "copied");
        Task::batch([clipboard::write(text), self.say(Tone::Good, words)])
    }

    pub(super) fn scene(&self, width: Width) -> Scene<'_> {
        Scene {
            tokens: self.tokens(),
            words: &self.words,
            labels: &self.labels,
            width,
            now: self.clock.now(),
        }
    }

    /// Another page, without what had the focus on the one before.
    pub(super) fn show(&mut self, page: Page) -> Task<Message> {
        if let Page::Sign(mut state) = std::mem::replace(&mut self.page, page) {
            state.wipe();
            if state.is_under_way() {
                self.parked = Some(state);
            }
        }
        Task::batch([focus::clear(), keys::scroll(Scroll::Top)])
    }

    pub(super) fn go(&mut self, way: Way) -> Task<Message> {
        if self.page.is_busy() {
            return Task::none();
        }
        self.is_unlock_wanted = false;
        match way {
            Way::Reader(reader) => self.show(Page::Card(card::State::of(reader))),
            Way::File(index) => self.show(Page::File(file::State::of(index))),
            Way::OpenFile => self.ask(Pending::Files),
            Way::Sign if matches!(self.page, Page::Sign(_)) => Task::none(),
            Way::Sign => self.open_signing(),
            Way::Practice if self.practice.is_some() => self.show(Page::Practice),
            Way::Practice => Task::none(),
            Way::Help => self.help(None),
            Way::LogOut => self.replace_action(replace::Action::LogOut),
            Way::Settings => {
                let shown = self.show(Page::Settings(settings::State::default()));
                Task::batch([shown, self.measure_kept(), self.ask_for_links()])
            }
        }
    }

    pub(super) fn help(&mut self, question: Option<&str>) -> Task<Message> {
        if self.page.is_busy() {
            return Task::none();
        }
        if matches!(&self.page, Page::Login(login, _) if login.is_busy()) {
            return Task::none();
        }
        let state = help::State::new(&self.words, question);
        // Whoever looks something up while logging in goes on where they were.
        let before = match std::mem::replace(&mut self.page, Page::Card(card::State::default())) {
            Page::Login(mut login, before) => {
                login.wipe();
                Some(Box::new(Page::Login(login, before)))
            }
            Page::Help(_, before) => before,
            page => {
                self.page = page;
                None
            }
        };
        let shown = self.show(Page::Help(state, before));
        shown.chain(focus::on(help::State::search_field()))
    }

    fn update_page(&mut self, part: Part) -> Task<Message> {
        match (part, &mut self.page) {
            (Part::Card(message), Page::Card(state)) => {
                let action = state.update(message, &self.readers);
                self.card_action(action)
            }
            (Part::File(message), Page::File(state)) => {
                let action = state.update(message, &self.files);
                self.file_action(action)
            }
            (Part::Details(message), Page::Details(state, _)) => match state.update(message) {
                details::Action::None => Task::none(),
                details::Action::Back => self.back(),
                details::Action::Copy(text) => self.copy(text),
                details::Action::Export(certificate, format) => self.ask_where(&certificate, format),
            },
            (Part::Help(help::Message::Back), Page::Help(..)) => self.back(),
            (Part::Help(message), Page::Help(state, _)) => {
                state.update(message);
                Task::none()
            }
            (Part::Settings(message), Page::Settings(state)) => {
                let is_theme = matches!(message, settings::Message::Theme(_));
                let is_scale = matches!(message, settings::Message::Scale(_));
                let action = state.update(message, &mut self.settings);
                self.overrides.theme.take_if(|_| is_theme);
                self.overrides.scale.take_if(|_| is_scale);
                self.settings_action(action)
            }
            (Part::Practice(message), Page::Practice) => self.practice_action(message),
            (Part::Pin(message), Page::Pin(state)) => {
                let ended = match &message {
                    pin::Message::Offer(_, offer) => (**offer).as_ref().err().cloned(),
                    _ => None,
                };
                let action = state.update(message);
                if let Some(error) = ended {
                    self.notice_end_of_session(&error);
                }
                self.pin_action(action)
            }
            (Part::Pin(message), _) => self.say_outcome(message),
            (Part::Login(message), Page::Login(state, _)) => {
                let action = state.update(message, self.clock.now());
                self.login_action(action)
            }
            (Part::Replace(message), Page::Replace(state)) => {
                let ended = match &message {
                    replace::Message::News(_, replace::News::Found(Err(error))) => Some(error.clone()),
                    _ => None,
                };
                let action = state.update(message);
                if let Some(error) = ended {
                    self.notice_end_of_session(&error);
                }
                self.replace_action(action)
            }
            // How it ended is in the journal, and the card's page offers to go on.
            (Part::Replace(replace::Message::News(_, replace::News::Ended(_))), _) => self.read_unfinished(),
            (Part::Sign(message), _) => self.signing_message(message),
            // A message of a page that has gone.
            _ => Task::none(),
        }
    }

    fn card_action(&mut self, action: card::Action) -> Task<Message> {
        use card::Action;
        match action {
            Action::None => Task::none(),
            Action::Look(reader) => self.look(&reader),
            Action::Watch => {
                self.attempt = self.attempt.wrapping_add(1);
                Task::none()
            }
            Action::Practise => self.practise(),
            Action::Help => self.help(Some("computer-does-not-see-card")),
            Action::Copy(text) => self.copy(text),
            Action::Details(looked, section) => self.details(looked, section),
            Action::Export(certificate, format) => self.ask_where(&certificate, format),
            Action::FindModules => self.find_modules(),
            Action::TakeWay(reader, choice) => self.take_way(&reader, choice),
            Action::AskForModule => self.ask(Pending::CardModule),
            Action::Pins(reader) => self.open_pins(&reader),
            Action::Replace => self.begin_replacing(),
        }
    }

    fn file_action(&mut self, action: file::Action) -> Task<Message> {
        match action {
            file::Action::None => Task::none(),
            file::Action::Close(index) => self.close_file(index),
            file::Action::Sign(path) => self.file_to_sign(path),
            file::Action::AskForContent(signature) => self.ask(Pending::Content(signature)),
            file::Action::Details(looked, section) => self.details(looked, section),
            file::Action::Export(certificate, format) => self.ask_where(&certificate, format),
        }
    }

    fn settings_action(&mut self, action: settings::Action) -> Task<Message> {
        use settings::Action;
        match action {
            Action::None => Task::none(),
            Action::Translate => {
                if let Some(language) = self.settings.language() {
                    self.overrides.language = None;
                    self.speak(language);
                }
                self.save_settings()
            }
            Action::Save => self.save_settings(),
            Action::Prepare => Task::batch([self.save_settings(), self.prepare()]),
            Action::Forget => self.forget(),
            Action::AskForModule => self.ask(Pending::Module),
            Action::AskForAuthority => self.ask(Pending::Authority),
            Action::RemoveAuthority(path) => self.remove_authority(path),
            Action::TakeLinks => blocking(|| Internal::LinksTaken(links::take_over())),
        }
    }

    fn practice_action(&mut self, message: practice::Message) -> Task<Message> {
        match message {
            practice::Message::Insert(kind) => self.make_practice(vec![kind]),
            practice::Message::Pull(kind) => {
                if let Some(holder) = &mut self.practice {
                    holder.pull(kind);
                }
                Task::none()
            }
            practice::Message::Renew(kind) => self.renew_practice(kind),
            practice::Message::Leave => self.leave_practice(),
        }
    }

    fn details(
        &mut self,
        looked: Box<journeys::look::LookedCertificate>,
        section: card::Section,
    ) -> Task<Message> {
        let before = std::mem::replace(&mut self.page, Page::Practice);
        self.show(Page::Details(
            details::State::new(looked, section),
            Box::new(before),
        ))
    }

    /// One step back: from details to where they were asked for, from elsewhere to the cards.
    fn back(&mut self) -> Task<Message> {
        if let Page::Pin(state) = &mut self.page
            && let Some(action) = state.back()
        {
            return self.pin_action(action);
        }
        if let Page::Login(state, _) = &mut self.page {
            let action = state.back();
            return self.login_action(action);
        }
        if let Page::Replace(state) = &mut self.page {
            let action = state.back();
            return self.replace_action(action);
        }
        match std::mem::replace(&mut self.page, Page::Card(card::State::default())) {
            Page::Details(_, before) | Page::Help(_, Some(before)) => self.show(*before),
            Page::Pin(state) => self.show(Page::Card(card::State::of(state.reader().to_owned()))),
            Page::Card(state) => {
                self.page = Page::Card(state);
                self.toast = None;
                focus::clear()
            }
            _ => self.show(Page::Card(card::State::default())),
        }
    }

    fn key(&mut self, key: Key) -> Task<Message> {
        if self.pad.is_some() && !key.is_about_the_window() {
            return match key {
                Key::Back => self.pad_message(pad::Message::Back),
                _ => Task::none(),
            };
        }
        if self.path.is_some() && !key.is_about_the_window() {
            return match key {
                Key::Back => self.path_message(path::Message::Cancel),
                _ => Task::none(),
            };
        }
        match key {
            Key::Help => self.help(None),
            Key::Settings => self.go(Way::Settings),
            Key::OpenFile => self.go(Way::OpenFile),
            Key::Practice => self.go(Way::Practice),
            Key::Sign => self.go(Way::Sign),
            Key::Search => match self.page {
                Page::Help(..) => focus::on(help::State::search_field()),
                _ => self.help(None),
            },
            Key::Again => match &mut self.page {
                Page::Card(state) => {
                    let action = match self.readers.trouble() {
                        Some(_) => card::Action::Watch,
                        None => state.update(card::Message::Again, &self.readers),
                    };
                    self.card_action(action)
                }
                _ => Task::none(),
            },
            Key::Copy => self.copy_summary(),
            Key::Back => self.back(),
            Key::Larger => self.rescale(self.text_scale().larger()),
            Key::Smaller => self.rescale(self.text_scale().smaller()),
            Key::Normal => self.rescale(Some(TextScale::NORMAL)),
            Key::Item(index) => {
                rail::nth(&self.readers, self.files.len(), index).map_or_else(Task::none, |way| self.go(way))
            }
            Key::Arrow { down } => keys::focused_item(down, rail::count(&self.readers, self.files.len())),
            Key::Scroll(scroll) => keys::scroll(scroll),
        }
    }

    /// In the rail, an arrow goes to the next card; elsewhere it scrolls.
    fn arrow(&mut self, down: bool, focused: Option<usize>) -> Task<Message> {
        let Some(focused) = focused else {
            return keys::scroll(if down { Scroll::LineDown } else { Scroll::LineUp });
        };
        let next = if down {
            focused.checked_add(1)
        } else {
            focused.checked_sub(1)
        };
        let way =
            next.and_then(|next| rail::nth(&self.readers, self.files.len(), next).map(|way| (next, way)));
        match way {
            Some((next, way)) => self.go(way).chain(focus::on(rail::item_id(next))),
            None => Task::none(),
        }
    }

    fn copy_summary(&mut self) -> Task<Message> {
        let summary = match &self.page {
            Page::Card(state) => state.summary(self.scene(Width::Wide), &self.readers),
            _ => None,
        };
        summary.map_or_else(Task::none, |summary| self.copy(summary))
    }

    fn rescale(&mut self, scale: Option<TextScale>) -> Task<Message> {
        let Some(scale) = scale else { return Task::none() };
        self.overrides.scale = None;
        self.settings.set_text_scale(scale);
        self.save_settings()
    }

    fn window(&mut self, event: WindowEvent) -> Task<Message> {
        match event {
            WindowEvent::Resized(size) => self.size = size,
            WindowEvent::FileHovered => self.is_file_hovered = true,
            WindowEvent::FileLeft => self.is_file_hovered = false,
            WindowEvent::CloseRequested => {
                self.remember_window();
                self.page.wipe();
                self.pad = None;
                if let Some(holder) = &self.practice {
                    holder.keys().cancel();
                }
                return self.farewell().chain(self.close());
            }
        }
        Task::none()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
