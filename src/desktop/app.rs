//! The window's state; `update` only dispatches, to one file for each concern.

use std::path::PathBuf;

use iced::{Size, theme};
use journeys::{
    replace::Record,
    words::{Language, Words},
};
use service::Address;

use crate::{
    clock::Clock,
    environment::{Environment, Prepared},
    labels::{self, Labels},
    opened::Opened,
    practice::Holder,
    readers::Readers,
    screen,
    session::Session,
    settings::{Settings, Store, TextScale},
    ui::{Mode, Tokens, Tone},
};

mod cards;
mod files;
mod keys;
mod message;
mod notice;
mod page;
mod pins;
pub mod preset;
mod sessions;
mod signing;
mod subscription;
mod update;
mod view;

pub use message::Message;
pub(crate) use notice::Notice;

/// A difference between colours that is not seen.
const BARELY: f32 = 1e-6;
/// More updates than come between two frames.
const SHADES: u16 = 1_000;

/// The whole window.
pub struct App {
    clock: Clock,
    words: Words,
    labels: Labels,
    settings: Settings,
    store: Option<Store>,
    /// What the command line wants for this run alone.
    overrides: Overrides,
    environment: Environment,
    /// What comes back when practice ends.
    real: Environment,
    practice: Option<Holder>,
    prepared: Option<Prepared>,
    is_drawn: bool,
    /// Counts updates, see [`App::style`].
    updates: u16,
    readers: Readers,
    /// Grows when the readers are to be watched anew.
    attempt: u32,
    files: Vec<Opened>,
    /// Files named before they could be judged.
    waiting_files: Vec<PathBuf>,
    page: page::Page,
    /// Signing that is under way while another page is shown.
    parked: Option<Box<screen::sign::State>>,
    /// The service that a link named.
    linked: Option<service::Profile>,
    /// A link that waits for the first frame.
    waiting_link: Option<String>,
    /// A link asked for the way out of a blocked PIN, and no card was looked at yet.
    is_unlock_wanted: bool,
    system_theme: theme::Mode,
    size: Size,
    is_file_hovered: bool,
    /// The question that stands for a dialog that the system does not have.
    path: Option<screen::path::State>,
    /// The practice reader's keys, while something is to be entered on them.
    pad: Option<screen::pad::State>,
    toast: Option<Toast>,
    toasts: u64,
    notices: Vec<Notice>,
    /// Whoever is logged in at the service.
    session: Option<Session>,
    /// Replacements that were cut short.
    unfinished: Vec<Record>,
}

/// What the command line wants for this run alone; what is then chosen in the window wins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    pub(crate) language: Option<Language>,
    pub(crate) theme: Option<Mode>,
    pub(crate) scale: Option<TextScale>,
    pub(crate) service: Option<Address>,
}

/// Something said in passing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    number: u64,
    tone: Tone,
    words: String,
}

/// What a window begins with.
pub(crate) struct Beginning {
    pub(crate) clock: Clock,
    pub(crate) settings: Settings,
    pub(crate) store: Option<Store>,
    pub(crate) overrides: Overrides,
    pub(crate) environment: Environment,
    pub(crate) is_practice: bool,
    pub(crate) files: Vec<PathBuf>,
    /// What a browser handed over.
    pub(crate) link: Option<String>,
    pub(crate) notices: Vec<Notice>,
}

impl App {
    /// A window before its first frame. Reads and makes nothing that takes time.
    pub(crate) fn new(beginning: Beginning) -> Self {
        let language = beginning
            .overrides
            .language
            .or(beginning.settings.language())
            .unwrap_or_else(Language::from_system);
        let practice = beginning.is_practice.then(Holder::default);
        let real = beginning.environment;
        Self {
            clock: beginning.clock,
            words: Words::new(language),
            labels: labels::load(language),
            settings: beginning.settings,
            store: beginning.store,
            overrides: beginning.overrides,
            environment: practice
                .as_ref()
                .map_or_else(|| real.clone(), |holder| real.for_practice(holder)),
            real,
            practice,
            prepared: None,
            is_drawn: false,
            updates: 0,
            readers: Readers::default(),
            attempt: 0,
            files: Vec::new(),
            waiting_files: beginning.files,
            page: page::Page::Card(screen::card::State::default()),
            parked: None,
            linked: None,
            waiting_link: beginning.link,
            is_unlock_wanted: false,
            system_theme: theme::Mode::None,
            size: Size::new(1080.0, 720.0),
            is_file_hovered: false,
            path: None,
            pad: None,
            toast: None,
            toasts: 0,
            notices: beginning.notices,
            session: None,
            unfinished: Vec::new(),
        }
    }

    /// The title of the window.
    pub fn title(&self) -> String {
        "Kartal".to_owned()
    }

    /// The colours in force.
    pub fn tokens(&self) -> Tokens {
        self.mode().tokens(self.system_theme)
    }

    /// What lies behind everything, where nothing is drawn: nowhere. The software renderer repaints the whole window when
    /// it changes, and otherwise leaves out some of the texts that are new in a frame. So it changes, by less than
    /// anybody could see, whenever the state may have changed.
    pub fn style(&self, _theme: &iced::Theme) -> theme::Style {
        let tokens = self.tokens();
        let mut background_color = tokens.background;
        background_color.b = (background_color.b - f32::from(self.updates) * BARELY).abs();
        theme::Style {
            background_color,
            text_color: tokens.text,
        }
    }

    /// How large everything is drawn: 1.0 to 2.0.
    pub fn scale(&self) -> f32 {
        self.text_scale().factor()
    }

    fn mode(&self) -> Mode {
        self.overrides.theme.unwrap_or_else(|| self.settings.theme())
    }

    fn text_scale(&self) -> TextScale {
        self.overrides.scale.unwrap_or_else(|| self.settings.text_scale())
    }

    fn speak(&mut self, language: Language) {
        self.words = Words::new(language);
        self.labels = labels::load(language);
        self.page.translate(&self.words);
    }
}
