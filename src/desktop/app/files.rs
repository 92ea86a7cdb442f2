//! Files in and out, and what is kept on disk.

use std::{io, path::PathBuf, sync::Arc};

use certificate::{Certificate, chain::TrustAnchors};
use i18n_embed_fl::fl;
use iced::Task;
use token::Cache;

use super::{
    App,
    cards::blocking,
    message::{Dialog, Internal, Message, Part},
    page::Page,
};
use crate::{
    export::{self, Chosen, Format},
    opened::{self, MAX_FILES, Opened},
    scene::Scene,
    screen::{card, file, settings},
    settings::SaveError,
    trust::{self, ImportError},
    ui::{Tone, Width},
};

impl App {
    pub(super) fn ask_for_files(&self) -> Task<Message> {
        let (title, filter) = (fl!(self.labels, "open-title"), fl!(self.labels, "open-filter"));
        export::ask_which(title, filter).map(|chosen| Internal::Dialog(Dialog::Files(chosen)).into())
    }

    pub(super) fn ask_where(&self, certificate: &Arc<Certificate>, format: Format) -> Task<Message> {
        let bytes = format.bytes(certificate);
        let asked = export::ask_where(fl!(self.labels, "export-title"), certificate, format);
        asked.map(move |chosen| Internal::Dialog(Dialog::Save(chosen, bytes.clone())).into())
    }

    pub(super) fn ask_for_card_module(&self) -> Task<Message> {
        export::ask_one(fl!(self.labels, "module-title"))
            .map(|chosen| Internal::Dialog(Dialog::CardModule(chosen)).into())
    }

    pub(super) fn ask_for_module(&self) -> Task<Message> {
        export::ask_one(fl!(self.labels, "module-title"))
            .map(|chosen| Internal::Dialog(Dialog::Module(chosen)).into())
    }

    pub(super) fn ask_for_authority(&self) -> Task<Message> {
        export::ask_one(fl!(self.labels, "authority-title"))
            .map(|chosen| Internal::Dialog(Dialog::Authority(chosen)).into())
    }

    pub(super) fn dialog(&mut self, dialog: Dialog) -> Task<Message> {
        match dialog {
            Dialog::Files(Chosen::Yes(paths)) => self.open_files(paths),
            Dialog::Save(Chosen::Yes(path), bytes) => {
                Task::future(export::save(path, bytes)).map(|saved| Internal::Saved(saved).into())
            }
            Dialog::CardModule(Chosen::Yes(module)) => self.card_module(module),
            Dialog::Module(Chosen::Yes(module)) => {
                self.settings_message(settings::Message::ModuleChosen(module))
            }
            Dialog::Authority(Chosen::Yes(path)) => self.import(path),
            Dialog::SignFile(chosen) => self.file_to_sign(chosen),
            Dialog::Files(Chosen::NoDialog) => {
                let words = fl!(self.labels, "no-dialog-open");
                self.say(Tone::Warning, words)
            }
            Dialog::Save(Chosen::NoDialog, _)
            | Dialog::CardModule(Chosen::NoDialog)
            | Dialog::Module(Chosen::NoDialog)
            | Dialog::Authority(Chosen::NoDialog) => {
                let words = fl!(self.labels, "no-dialog");
                self.say(Tone::Warning, words)
            }
            Dialog::Files(Chosen::No)
            | Dialog::Save(Chosen::No, _)
            | Dialog::CardModule(Chosen::No)
            | Dialog::Module(Chosen::No)
            | Dialog::Authority(Chosen::No) => Task::none(),
        }
    }

    fn card_module(&mut self, module: PathBuf) -> Task<Message> {
        match &mut self.page {
            Page::Card(state) => match state.module_chosen(&self.readers, module) {
                card::Action::TakeWay(reader, choice) => self.take_way(&reader, choice),
                _ => Task::none(),
            },
            _ => Task::none(),
        }
    }

    /// Opens files; before the first frame stands, they wait.
    pub(super) fn open_files(&mut self, paths: Vec<PathBuf>) -> Task<Message> {
        self.is_file_hovered = false;
        let Some(prepared) = &self.prepared else {
            self.waiting_files.extend(paths);
            return Task::none();
        };
        let (anchors, now) = (Arc::clone(&prepared.anchors), self.clock.now());
        blocking(move || Internal::Opened(open_all(paths, &anchors, now)))
    }

    /// Opens what waited, and judges anew what is open, by the authorities that are trusted now.
    pub(super) fn reopen_files(&mut self) -> Task<Message> {
        let waiting = std::mem::take(&mut self.waiting_files);
        let mut tasks = Vec::new();
        if !self.files.is_empty() {
            let paths = self.files.iter().map(|file| file.path.clone()).collect();
            let Some(prepared) = &self.prepared else {
                return Task::none();
            };
            let (anchors, now) = (Arc::clone(&prepared.anchors), self.clock.now());
            tasks.push(blocking(move || {
                Internal::Rejudged(open_all(paths, &anchors, now))
            }));
        }
        if !waiting.is_empty() {
            tasks.push(self.open_files(waiting));
        }
        Task::batch(tasks)
    }

    /// Shows the last of the files that were opened.
    pub(super) fn show_files(&mut self, files: Vec<Opened>) -> Task<Message> {
        let mut last = None;
        for file in files {
            last = self.files.iter().position(|open| open.path == file.path);
            if last.is_some() {
                self.rejudged(vec![file]);
            } else if self.files.len() < MAX_FILES {
                last = Some(self.files.len());
                self.files.push(file);
            } else {
                let words = fl!(self.labels, "files-full", count = MAX_FILES);
                return self.say(Tone::Warning, words);
            }
        }
        match last {
            Some(index) => self.show(Page::File(file::State::of(index))),
            None => Task::none(),
        }
    }

    /// Takes over what is open, judged anew.
    pub(super) fn rejudged(&mut self, files: Vec<Opened>) {
        for file in files {
            if let Some(open) = self.files.iter_mut().find(|open| open.path == file.path) {
                *open = file;
            }
        }
    }

    pub(super) fn close_file(&mut self, index: usize) -> Task<Message> {
        if index < self.files.len() {
            self.files.remove(index);
        }
        let page = match index.min(self.files.len().saturating_sub(1)) {
            next if next < self.files.len() => Page::File(file::State::of(next)),
            _ => Page::Card(card::State::default()),
        };
        self.show(page)
    }

    pub(super) fn saved(&mut self, outcome: Result<PathBuf, io::ErrorKind>) -> Task<Message> {
        match outcome {
            Ok(path) => {
                let words = fl!(
                    self.labels,
                    "saved",
                    path = certificate::text::clean(&path.to_string_lossy())
                );
                self.say(Tone::Good, words)
            }
            Err(kind) => {
                let words = fl!(self.labels, "not-saved", reason = kind.to_string());
                self.say(Tone::Bad, words)
            }
        }
    }

    fn settings_message(&mut self, message: settings::Message) -> Task<Message> {
        self.update(Internal::Page(Part::Settings(message)).into())
    }

    /// Writes the settings; what goes wrong is said.
    pub(super) fn save_settings(&self) -> Task<Message> {
        let Some(store) = self.store.clone() else {
            return Task::none();
        };
        let settings = self.settings.clone();
        blocking(move || Internal::SettingsSaved(store.save(&settings)))
    }

    pub(super) fn settings_saved(&mut self, outcome: Result<(), SaveError>) -> Task<Message> {
        match outcome {
            Ok(()) => Task::none(),
            Err(error) => {
                let path = certificate::text::clean(&error.path.to_string_lossy());
                let words = fl!(self.labels, "settings-not-saved", path = path);
                self.say(Tone::Bad, words)
            }
        }
    }

    /// The window closes: its size is kept for the next time.
    pub(super) fn remember_window(&mut self) {
        let scale = self.scale();
        let before = self.settings.window();
        self.settings
            .set_window(self.size.width * scale, self.size.height * scale);
        if let Some(store) = &self.store
            && before != self.settings.window()
        {
            // Nobody is there any more to be told that it failed.
            let _ = store.save(&self.settings);
        }
    }

    fn import(&self, path: PathBuf) -> Task<Message> {
        match self.real.authorities_folder().map(PathBuf::from) {
            Some(folder) => blocking(move || Internal::Imported(trust::import(&path, &folder))),
            None => Task::none(),
        }
    }

    pub(super) fn imported(&mut self, outcome: Result<usize, ImportError>) -> Task<Message> {
        let (tone, words) = match outcome {
            Ok(count) => (Tone::Good, fl!(self.labels, "authority-imported", count = count)),
            Err(error) => (Tone::Bad, import_error(self.scene(Width::Wide), &error)),
        };
        Task::batch([self.say(tone, words), self.prepare()])
    }

    pub(super) fn remove_authority(&mut self, path: PathBuf) -> Task<Message> {
        match std::fs::remove_file(path) {
            Ok(()) => self.prepare(),
            Err(error) => {
                let words = fl!(self.labels, "not-removed", reason = error.kind().to_string());
                self.say(Tone::Bad, words)
            }
        }
    }

    /// How much is kept of cards seen before.
    pub(super) fn measure_kept(&self) -> Task<Message> {
        let folder = self.real.cache_folder();
        blocking(move || {
            let kept = folder.map_or(0, |folder| Cache::new(folder).size());
            Internal::Page(Part::Settings(settings::Message::Kept(kept)))
        })
    }

    pub(super) fn forget(&self) -> Task<Message> {
        let folder = self.real.cache_folder();
        blocking(move || {
            let outcome = folder.map_or(Ok(()), |folder| Cache::new(folder).clear());
            Internal::Forgotten(outcome.map_err(|error| error.kind()))
        })
    }

    pub(super) fn forgotten(&mut self, outcome: Result<(), io::ErrorKind>) -> Task<Message> {
        let (tone, words) = match outcome {
            Ok(()) => (Tone::Good, fl!(self.labels, "forgotten")),
            Err(kind) => (
                Tone::Bad,
                fl!(self.labels, "not-removed", reason = kind.to_string()),
            ),
        };
        Task::batch([self.say(tone, words), self.measure_kept()])
    }
}

fn open_all(paths: Vec<PathBuf>, anchors: &TrustAnchors, now: time::OffsetDateTime) -> Vec<Opened> {
    paths
        .into_iter()
        .take(MAX_FILES)
        .map(|path| opened::open(path, anchors, now))
        .collect()
}

fn import_error(scene: Scene<'_>, error: &ImportError) -> String {
    match error {
        ImportError::File(error) => file::file_error(scene, *error).what,
        ImportError::Content(error) => scene.words.read_error(error).what,
        ImportError::NoAuthority => fl!(scene.labels, "authority-none"),
        ImportError::Write(kind) => fl!(scene.labels, "not-saved", reason = kind.to_string()),
    }
}
