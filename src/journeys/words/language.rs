//! The languages.

use std::{fmt, str::FromStr};

use thiserror::Error;
use unic_langid::{LanguageIdentifier, langid};

/// A language that all texts exist in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Turkish, `tr`.
    #[default]
    Turkish,
    /// English, `en`.
    English,
}

/// There are no texts in this language.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("there are no texts in the language {0:?}")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// Every language, the first one first.
    pub const ALL: [Self; 2] = [Self::Turkish, Self::English];

    /// The first of the languages the user set the system to that there are texts in; else Turkish.
    pub fn from_system() -> Self {
        Self::from_locales(sys_locale::get_locales())
    }

    fn from_locales(locales: impl IntoIterator<Item = String>) -> Self {
        locales
            .into_iter()
            .find_map(|locale| locale.parse().ok())
            .unwrap_or_default()
    }

    /// Its code, `tr` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Turkish => "tr",
            Self::English => "en",
        }
    }

    /// What it calls itself, for a menu of languages.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Turkish => "Türkçe",
            Self::English => "English",
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Turkish => langid!("tr"),
            Self::English => langid!("en"),
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// From a language code or a locale: `tr`, `tr-TR`, `en_GB.UTF-8`.
    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        let code = text.split(['-', '_', '.', '@']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| code.eq_ignore_ascii_case(language.code()))
            .ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn of(locales: &[&str]) -> Language {
        Language::from_locales(locales.iter().map(|&locale| locale.to_owned()))
    }

    #[test]
    fn an_unknown_language_is_refused_by_name() {
        assert_eq!("de".parse::<Language>(), Err(UnknownLanguage("de".into())));
        assert!("".parse::<Language>().is_err());
        assert!("english".parse::<Language>().is_err());
    }

    #[test]
    fn locales_of_every_spelling_are_understood() {
        for text in ["tr", "TR", "tr-TR", "tr_TR.UTF-8", "tr@x"] {
            assert_eq!(text.parse(), Ok(Language::Turkish), "{text}");
        }
        assert_eq!("en_GB".parse(), Ok(Language::English));
    }

    #[test]
    fn without_a_known_locale_it_is_turkish() {
        assert_eq!(of(&[]), Language::Turkish);
        assert_eq!(of(&["C.UTF-8"]), Language::Turkish);
        assert_eq!(of(&["de-DE", "en-US", "tr-TR"]), Language::English);
    }
}
