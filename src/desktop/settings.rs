//! What the user chose, over what an administrator chose for everybody, over what the program does by itself.
//!
//! Two files of the same form: one of the user, one of the machine. A value that the user's file does not have comes
//! from the machine's. Only the user's is ever written.

use std::path::PathBuf;

use journeys::words::Language;
use serde::{Deserialize, Serialize};
use token::Choice;

use crate::{hexadecimal, ui::Mode};

mod services;
mod store;

pub(crate) use store::{LoadProblem, SaveError, Store};

/// Smallest window, in logical pixels at 100 %.
pub(crate) const MIN_WINDOW: (f32, f32) = (900.0, 600.0);
const FIRST_WINDOW: (f32, f32) = (1080.0, 720.0);
const MAX_WINDOW: f32 = 16_384.0;
/// Most entries of any list in a settings file that are read.
const MAX_ENTRIES: usize = 64;

/// The settings in force. What is read comes from the user's file or else the machine's; what is set goes to the user's.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settings {
    user: Values,
    machine: Values,
}

/// The contents of a settings file. Unknown keys are ignored, so that an older program reads a newer file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct Values {
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<LanguageCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<Theme>,
    /// Per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_scale: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keep_public_certificates: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    modules: Vec<PathBuf>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trust_files: Vec<PathBuf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<Window>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cards: Vec<CardWay>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<service::Profile>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum LanguageCode {
    #[serde(rename = "tr")]
    Turkish,
    #[serde(rename = "en")]
    English,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Theme {
    System,
    Light,
    Dark,
    HighContrast,
}

/// Logical pixels at 100 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Window {
    width: f32,
    height: f32,
}

/// Which way to cards that answer to reset like this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct CardWay {
    /// The answer to reset, upper-case hex without separators.
    atr: String,
    way: Choice,
}

/// How large everything is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextScale(u16);

impl TextScale {
    /// As designed.
    pub(crate) const NORMAL: Self = Self(100);
    const MAX: u16 = 200;
    const STEP: u16 = 10;

    /// From per cent; what lies outside 100 to 200 is drawn to the nearer end.
    pub(crate) fn from_percent(percent: u16) -> Self {
        Self(percent.clamp(Self::NORMAL.0, Self::MAX))
    }

    /// Per cent, 100 to 200.
    pub(crate) fn percent(self) -> u16 {
        self.0
    }

    /// 1.0 to 2.0.
    pub(crate) fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }

    /// One step larger, if there is one.
    pub(crate) fn larger(self) -> Option<Self> {
        (self.0 < Self::MAX).then(|| Self::from_percent(self.0.saturating_add(Self::STEP)))
    }

    /// One step smaller, if there is one.
    pub(crate) fn smaller(self) -> Option<Self> {
        (self > Self::NORMAL).then(|| Self::from_percent(self.0.saturating_sub(Self::STEP)))
    }
}

impl PartialOrd for TextScale {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

impl Settings {
    /// The language that was chosen, if one was.
    pub(crate) fn language(&self) -> Option<Language> {
        self.user
            .language
            .or(self.machine.language)
            .map(|code| match code {
                LanguageCode::Turkish => Language::Turkish,
                LanguageCode::English => Language::English,
            })
    }

    /// Chooses the language.
    pub(crate) fn set_language(&mut self, language: Language) {
        self.user.language = Some(match language {
            Language::Turkish => LanguageCode::Turkish,
            Language::English => LanguageCode::English,
        });
    }

    /// Light, dark, as the system is, or high contrast.
    pub(crate) fn theme(&self) -> Mode {
        match self.user.theme.or(self.machine.theme) {
            None | Some(Theme::System) => Mode::System,
            Some(Theme::Light) => Mode::Light,
            Some(Theme::Dark) => Mode::Dark,
            Some(Theme::HighContrast) => Mode::HighContrast,
        }
    }

    /// Chooses the theme.
    pub(crate) fn set_theme(&mut self, mode: Mode) {
        self.user.theme = Some(match mode {
            Mode::System => Theme::System,
            Mode::Light => Theme::Light,
            Mode::Dark => Theme::Dark,
            Mode::HighContrast => Theme::HighContrast,
        });
    }

    /// How large everything is drawn.
    pub(crate) fn text_scale(&self) -> TextScale {
        let percent = self.user.text_scale.or(self.machine.text_scale);
        percent.map_or(TextScale::NORMAL, TextScale::from_percent)
    }

    /// Chooses how large everything is drawn.
    pub(crate) fn set_text_scale(&mut self, scale: TextScale) {
        self.user.text_scale = Some(scale.percent());
    }

    /// Whether public certificates of cards seen before are kept, so that the next look is quick.
    pub(crate) fn keeps_public_certificates(&self) -> bool {
        let keep = self
            .user
            .keep_public_certificates
            .or(self.machine.keep_public_certificates);
        keep.unwrap_or(true)
    }

    /// Chooses whether they are kept.
    pub(crate) fn set_keeps_public_certificates(&mut self, keep: bool) {
        self.user.keep_public_certificates = Some(keep);
    }

    /// PKCS#11 modules named by the user, then by the administrator.
    pub(crate) fn modules(&self) -> Vec<PathBuf> {
        let mut modules = self.user.modules.clone();
        modules.extend(
            self.machine
                .modules
                .iter()
                .filter(|module| !self.user.modules.contains(module))
                .cloned(),
        );
        modules.truncate(MAX_ENTRIES);
        modules
    }

    /// The modules that the user named, which the user may take away again.
    pub(crate) fn own_modules(&self) -> &[PathBuf] {
        &self.user.modules
    }

    /// Adds a module; no effect if it is known.
    pub(crate) fn add_module(&mut self, module: PathBuf) {
        if self.user.modules.len() < MAX_ENTRIES && !self.modules().contains(&module) {
            self.user.modules.push(module);
        }
    }

    /// Takes a module of the user's away.
    pub(crate) fn remove_module(&mut self, module: &std::path::Path) {
        self.user.modules.retain(|own| own != module);
    }

    /// Files with certificates that the administrator wants to be trusted.
    pub(crate) fn trust_files(&self) -> impl Iterator<Item = &PathBuf> {
        self.machine
            .trust_files
            .iter()
            .chain(&self.user.trust_files)
            .take(MAX_ENTRIES)
    }

    /// Which way to cards that answer to reset like this.
    pub(crate) fn way(&self, atr: &card::Atr) -> Choice {
        let atr = hexadecimal::of(atr.bytes(), "");
        let ways = self.user.cards.iter().chain(&self.machine.cards);
        ways.into_iter()
            .find(|card| card.atr == atr)
            .map_or(Choice::Automatic, |card| card.way.clone())
    }

    /// Chooses the way to cards that answer to reset like this.
    pub(crate) fn set_way(&mut self, atr: &card::Atr, way: Choice) {
        let atr = hexadecimal::of(atr.bytes(), "");
        self.user.cards.retain(|card| card.atr != atr);
        let as_by_default = self.way_by_default(&atr) == way;
        if !as_by_default && self.user.cards.len() < MAX_ENTRIES {
            self.user.cards.push(CardWay { atr, way });
        }
    }

    fn way_by_default(&self, atr: &str) -> Choice {
        let of_machine = self.machine.cards.iter().find(|card| card.atr == atr);
        of_machine.map_or(Choice::Automatic, |card| card.way.clone())
    }

    /// Width and height of the window, in logical pixels at 100 %.
    pub(crate) fn window(&self) -> (f32, f32) {
        let size = |chosen: f32, least: f32| {
            if chosen.is_finite() {
                chosen.clamp(least, MAX_WINDOW)
            } else {
                least
            }
        };
        self.user.window.map_or(FIRST_WINDOW, |window| {
            (
                size(window.width, MIN_WINDOW.0),
                size(window.height, MIN_WINDOW.1),
            )
        })
    }

    /// Remembers the size of the window, in logical pixels at 100 %.
    pub(crate) fn set_window(&mut self, width: f32, height: f32) {
        if width.is_finite() && height.is_finite() {
            self.user.window = Some(Window {
                width: width.round(),
                height: height.round(),
            });
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
