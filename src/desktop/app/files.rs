//! Files in and out, and what is kept on disk.

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use certificate::{Certificate, chain::TrustAnchors};
use i18n_embed_fl::fl;
use iced::Task;
use token::Cache;

use super::{
    App,
    cards::blocking,
    message::{Internal, Message, Part},
    page::Page,
};
use crate::{
    export::{self, Chosen, Format, Pending},
    links::{self, LinksError},
    opened::{self, MAX_FILES, Opened},
    scene::Scene,
    screen::{card, file, path, settings},
    settings::SaveError,
    trust::{self, ImportError},
    ui::{Tone, Width, focus},
};

/// What the name of a signature ends with.
const SIGNATURE: &str = ".p7s";

impl App {
    /// Asks for what is wanted in the system's dialog.
    pub(super) fn ask(&self, pending: Pending) -> Task<Message> {
        let title = match &pending {
            Pending::Files => fl!(self.labels, "open-title"),
            Pending::Save { name, .. } if name.ends_with(SIGNATURE) => fl!(self.labels, "sign-save-title"),
            Pending::Save { .. } => fl!(self.labels, "export-title"),
            Pending::CardModule | Pending::Module => fl!(self.labels, "module-title"),
            Pending::Authority => fl!(self.labels, "authority-title"),
            Pending::SignFile => fl!(self.labels, "sign-file-title"),
            Pending::Content(_) => fl!(self.labels, "file-content-title"),
        };
        let asked = export::ask(&pending, title, fl!(self.labels, "open-filter"));
        asked.map(move |chosen| Internal::Dialog(pending.clone(), chosen).into())
    }

    pub(super) fn ask_where(&self, certificate: &Arc<Certificate>, format: Format) -> Task<Message> {
        self.ask(Pending::certificate(certificate, format))
    }

    pub(super) fn dialog(&mut self, pending: Pending, chosen: Chosen) -> Task<Message> {
        match chosen {
            Chosen::Yes(paths) => self.chosen(pending, paths),
            Chosen::No => Task::none(),
            Chosen::NoDialog => {
                self.path = Some(path::State::of(pending));
                focus::on(path::FIELD)
            }
        }
    }

    fn chosen(&mut self, pending: Pending, paths: Vec<PathBuf>) -> Task<Message> {
        let Some(path) = paths.first().cloned() else {
            return Task::none();
        };
        match pending {
            Pending::Files => self.open_files(paths),
            Pending::Save { bytes, .. } => {
                Task::future(export::save(path, bytes)).map(|saved| Internal::Saved(saved).into())
            }
            Pending::CardModule => self.card_module(path),
            Pending::Module => self.settings_message(settings::Message::ModuleChosen(path)),
            Pending::Authority => self.import(path),
            Pending::SignFile => self.file_to_sign(path),
            Pending::Content(signature) => self.open_with(vec![(signature, Some(path))]),
        }
    }

    /// The question was used that stands for a dialog.
    pub(super) fn path_message(&mut self, message: path::Message) -> Task<Message> {
        let Some(state) = &mut self.path else {
            return Task::none();
        };
        match state.update(message) {
            path::Action::None => Task::none(),
            path::Action::Check {
                text,
                saves,
                replaced,
            } => blocking(move || {
                let home = std::env::home_dir();
                let checked = path::check(&text, home.as_deref(), saves, replaced.as_deref());
                Internal::Path(path::Message::Checked(checked))
            }),
            path::Action::Answered(pending, path) => {
                self.path = None;
                self.chosen(pending, vec![path])
            }
            path::Action::Closed => {
                self.path = None;
                focus::clear()
            }
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

    /// Files were dropped on the window. On the page on which is signed, a file is one to be signed; on that of a signature
    /// whose content is missing, it is that content. A signature is opened wherever it is dropped.
    pub(super) fn dropped(&mut self, mut paths: Vec<PathBuf>) -> Task<Message> {
        self.is_file_hovered = false;
        self.path = None;
        let is_asking = matches!(&self.page, Page::Sign(state) if !state.is_under_way());
        let signature = self.signature_without_content();
        if !is_asking && signature.is_none() {
            return self.open_files(paths);
        }
        match (paths.pop_if(|path| !is_signature(path)), signature) {
            (Some(content), Some(signature)) => self.open_with(vec![(signature, Some(content))]),
            (Some(path), None) => self.file_to_sign(path),
            (None, _) => self.open_files(paths),
        }
    }

    /// Opens files; before the first frame stands, they wait.
    pub(super) fn open_files(&mut self, paths: Vec<PathBuf>) -> Task<Message> {
        self.open_with(paths.into_iter().map(|path| (path, None)).collect())
    }

    /// The signature that is shown, if what it is about is missing.
    fn signature_without_content(&self) -> Option<PathBuf> {
        let Page::File(state) = &self.page else {
            return None;
        };
        let file = self.files.get(state.index)?;
        file.misses_content().then(|| file.path.clone())
    }

    /// Opens files, each with what its signature is about.
    fn open_with(&mut self, files: Vec<(PathBuf, Option<PathBuf>)>) -> Task<Message> {
        let Some(prepared) = &self.prepared else {
            self.waiting_files.extend(files.into_iter().map(|(path, _)| path));
            return Task::none();
        };
        let (anchors, now) = (Arc::clone(&prepared.anchors), self.clock.now());
        blocking(move || Internal::Opened(open_all(files, &anchors, now)))
    }

    /// Opens what waited, and judges anew what is open, by the authorities that are trusted now.
    pub(super) fn reopen_files(&mut self) -> Task<Message> {
        let waiting = std::mem::take(&mut self.waiting_files);
        let mut tasks = Vec::new();
        if !self.files.is_empty() {
            let files = self.files.iter();
            let files = files
                .map(|file| (file.path.clone(), file.about.clone()))
                .collect();
            let Some(prepared) = &self.prepared else {
                return Task::none();
            };
            let (anchors, now) = (Arc::clone(&prepared.anchors), self.clock.now());
            tasks.push(blocking(move || {
                Internal::Rejudged(open_all(files, &anchors, now))
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
            // While the card works its page stays; what was opened is in the list.
            Some(_) if self.page.is_busy() => Task::none(),
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

    /// What opens links of web pages. Not asked where the cards are for practice: the next start may have others.
    pub(super) fn ask_for_links(&self) -> Task<Message> {
        if self.real.is_practice {
            return Task::none();
        }
        blocking(|| Internal::Page(Part::Settings(settings::Message::Links(links::standing()))))
    }

    pub(super) fn links_taken(&mut self, outcome: Result<(), LinksError>) -> Task<Message> {
        let (tone, words) = match outcome {
            Ok(()) => (Tone::Good, fl!(self.labels, "links-taken")),
            Err(error) => {
                let reason = certificate::text::clean(&error.to_string());
                (Tone::Bad, fl!(self.labels, "links-not-taken", reason = reason))
            }
        };
        Task::batch([self.say(tone, words), self.ask_for_links()])
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

fn is_signature(path: &Path) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "p7s" | "p7m"))
}

fn open_all(
    files: Vec<(PathBuf, Option<PathBuf>)>,
    anchors: &TrustAnchors,
    now: time::OffsetDateTime,
) -> Vec<Opened> {
    files
        .into_iter()
        .take(MAX_FILES)
        .map(|(path, about)| opened::open(path, about, anchors, now))
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
