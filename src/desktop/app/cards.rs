//! Readers, cards, and practice with them.

use ::card::Snapshot;
use i18n_embed_fl::fl;
use iced::Task;
use token::Choice;
use virtual_card::practice::Practice;

use super::{
    App, Notice,
    message::{Internal, Message, Part},
    page::Page,
};
use crate::{
    environment::Prepared,
    looking,
    practice::{self, Asked, Failure, Holder, Made},
    readers::Readers,
    screen::{card, pad, practice as practice_page},
    ui::{Tone, focus},
};

impl App {
    /// The first frame stands: what takes time begins.
    pub(super) fn begin(&mut self) -> Task<Message> {
        if self.is_drawn {
            return Task::none();
        }
        self.is_drawn = true;
        let theme = iced::system::theme().map(|mode| Internal::SystemTheme(mode).into());
        Task::batch([theme, self.prepare(), self.fill_practice_readers()])
    }

    /// Prepares looking at cards, again after the settings changed.
    pub(super) fn prepare(&mut self) -> Task<Message> {
        let (environment, settings) = (self.environment.clone(), self.settings.clone());
        let before = self
            .prepared
            .as_ref()
            .map(|prepared| prepared.opener.modules.clone());
        blocking(move || {
            let prepared = environment.prepare(&settings, before.as_deref());
            Internal::Prepared(Box::new(prepared))
        })
    }

    pub(super) fn take_prepared(&mut self, prepared: Prepared) -> Task<Message> {
        let unknown =
            |path: &&std::path::PathBuf| !self.notices.contains(&Notice::Authority((*path).clone()));
        let of_administrator = prepared
            .unreadable
            .iter()
            .filter(|path| self.settings.trust_files().any(|file| file == *path));
        let notices: Vec<_> = of_administrator
            .filter(unknown)
            .cloned()
            .map(Notice::Authority)
            .collect();
        self.notices.extend(notices);
        self.prepared = Some(prepared);
        let reopened = self.reopen_files();
        let unfinished = self.read_unfinished();
        let linked = self.waiting_link.take();
        let linked = linked.map_or_else(Task::none, |link| self.open_link(&link));
        let looks = self.readers.with_card();
        Task::batch(
            looks
                .iter()
                .map(|reader| self.look(reader))
                .chain([reopened, linked, unfinished])
                .collect::<Vec<_>>(),
        )
    }

    pub(super) fn take_readers(&mut self, news: Result<Snapshot, ::card::Error>) -> Task<Message> {
        let snapshot = match news {
            Ok(snapshot) => snapshot,
            Err(error) => {
                tracing::debug!(%error, "the readers cannot be listed");
                self.readers.fail(error);
                return Task::none();
            }
        };
        tracing::debug!(count = snapshot.readers.len(), "the readers are listed");
        let due = self.readers.apply(snapshot);
        if let Page::Card(state) = &mut self.page
            && self.prepared.is_some()
        {
            for reader in &due {
                state.follow(&self.readers, reader);
            }
        }
        let followed = Task::batch([self.follow_with_signing(), self.follow_with_page()]);
        Task::batch(
            due.iter()
                .map(|reader| self.look(reader))
                .chain([followed])
                .collect::<Vec<_>>(),
        )
    }

    /// Looks at the card in this reader, now or as soon as that is prepared.
    pub(super) fn look(&mut self, reader: &str) -> Task<Message> {
        let Some(prepared) = &self.prepared else {
            return Task::none();
        };
        let Some(atr) = self.readers.card(reader).map(|card| card.atr.clone()) else {
            return Task::none();
        };
        let choice = self.settings.way(&atr);
        let Some(id) = self.readers.begin(reader) else {
            return Task::none();
        };
        let task = looking::task(prepared, reader.to_owned(), atr, choice, self.clock.now());
        let (task, handle) = task.abortable();
        self.readers.hold(&id, handle);
        task.map(move |event| Internal::Look(id.clone(), event).into())
    }

    pub(super) fn find_modules(&self) -> Task<Message> {
        let modules = self
            .prepared
            .as_ref()
            .map(|prepared| prepared.opener.modules.clone());
        blocking(move || {
            let found = modules.map(|modules| modules.found()).unwrap_or_default();
            Internal::Page(Part::Card(card::Message::Modules(found)))
        })
    }

    pub(super) fn take_way(&mut self, reader: &str, choice: Choice) -> Task<Message> {
        let Some(card) = self.readers.card(reader) else {
            return Task::none();
        };
        self.settings.set_way(&card.atr, choice);
        Task::batch([self.save_settings(), self.look(reader)])
    }

    /// Practice cards take the place of this machine's readers.
    pub(super) fn practise(&mut self) -> Task<Message> {
        let holder = Holder::default();
        self.environment = self.real.for_practice(&holder);
        self.practice = Some(holder);
        let changed = self.change_environment();
        Task::batch([changed, self.fill_practice_readers()])
    }

    pub(super) fn leave_practice(&mut self) -> Task<Message> {
        if let Some(holder) = self.practice.take() {
            holder.keys().cancel();
        }
        self.pad = None;
        self.environment = self.real.clone();
        self.change_environment()
    }

    fn change_environment(&mut self) -> Task<Message> {
        self.readers = Readers::default();
        self.prepared = None;
        self.session = None;
        self.attempt = self.attempt.wrapping_add(1);
        let shown = self.show(Page::Card(card::State::default()));
        Task::batch([shown, self.prepare()])
    }

    fn fill_practice_readers(&self) -> Task<Message> {
        match self.practice {
            Some(_) => self.make_practice(Holder::at_first().collect()),
            None => Task::none(),
        }
    }

    /// The practice reader waits for something to be entered on its keys, or for nothing any more.
    pub(super) fn pad_asked(&mut self, asked: Option<Asked>) -> Task<Message> {
        // What was under way when practice ended asks for nothing any more.
        let asked = asked.filter(|_| self.practice.is_some());
        self.pad = asked.map(pad::State::of);
        match self.pad {
            Some(_) => focus::on(pad::FIELD),
            None => Task::none(),
        }
    }

    pub(super) fn pad_message(&mut self, message: pad::Message) -> Task<Message> {
        let (Some(state), Some(holder)) = (&mut self.pad, &self.practice) else {
            return Task::none();
        };
        match state.update(message) {
            pad::Action::None => Task::none(),
            pad::Action::Focus => focus::on(pad::FIELD),
            pad::Action::Answer(turn, answer) => {
                holder.keys().answer(turn, answer);
                Task::none()
            }
        }
    }

    /// Makes a practice card as it was at first, in its reader if it was in one.
    pub(super) fn renew_practice(&mut self, kind: Practice) -> Task<Message> {
        let Some(holder) = &mut self.practice else {
            return Task::none();
        };
        let made = if holder.forget(kind) {
            self.make_practice(vec![kind])
        } else {
            Task::none()
        };
        let (name, _) = practice_page::words(&self.labels, kind);
        let words = fl!(self.labels, "practice-renew", "done", name = name);
        Task::batch([made, self.say(Tone::Good, words)])
    }

    /// Makes practice cards, to be put in one after the other.
    pub(super) fn make_practice(&self, kinds: Vec<Practice>) -> Task<Message> {
        let Some(holder) = &self.practice else {
            return Task::none();
        };
        let kinds: Vec<_> = kinds.into_iter().map(|kind| (kind, holder.made(kind))).collect();
        let now = self.clock.now();
        blocking(move || {
            let make = |(kind, made): (Practice, Option<Made>)| {
                (kind, made.map_or_else(|| practice::make(kind, now), Ok))
            };
            Internal::Made(kinds.into_iter().map(make).collect())
        })
    }

    pub(super) fn insert_practice(&mut self, cards: Vec<(Practice, Result<Made, Failure>)>) -> Task<Message> {
        let Some(holder) = &mut self.practice else {
            return Task::none();
        };
        let inserted = cards
            .into_iter()
            .map(|(kind, made)| made.and_then(|made| holder.insert(kind, &made)));
        let failed = inserted.filter_map(Result::err).last();
        let (tone, words) = match failed {
            None => return Task::none(),
            Some(Failure::NoFreeReader) => (Tone::Information, fl!(self.labels, "practice-full")),
            Some(Failure::Card(detail)) => {
                let detail = certificate::text::clean(&detail);
                (Tone::Bad, fl!(self.labels, "practice-failed", detail = detail))
            }
        };
        self.say(tone, words)
    }
}

/// Work that takes time, on a thread where that disturbs nobody.
pub(super) fn blocking(work: impl FnOnce() -> Internal + Send + 'static) -> Task<Message> {
    // Within a future: outside of the runtime there is nobody to give it to.
    Task::future(async { tokio::task::spawn_blocking(work).await }).then(|done| match done {
        Ok(internal) => Task::done(internal.into()),
        // Only when the program ends.
        Err(_) => Task::none(),
    })
}
