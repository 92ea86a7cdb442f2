//! What outcomes are called in Turkish and English, for the window and the command line alike.
//!
//! [`Words`] is made once by whoever talks to people and handed down; there is no language in a global. The texts are
//! Fluent files in `i18n/`. A danger, an error and a verdict each are a sentence first and what to do second; what
//! only a technician can use stands apart, in [`Sentence::technical`], and is not translated.

use std::sync::{Arc, OnceLock};

use i18n_embed::fluent::FluentLanguageLoader;
use time::UtcOffset;

mod card_parts;
mod certificates;
mod dates;
mod errors;
mod help;
mod language;
mod online;
mod platform;
mod replacing;
mod secrets;
mod signing;
mod texts;
mod verdict;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

pub use help::HelpEntry;
pub use language::{Language, UnknownLanguage};
pub use platform::Platform;
pub use texts::Texts;

/// A verdict: the sentence first, then what it means and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// One sentence that says how things are, without a full stop.
    pub headline: String,
    /// What it means, and what to do if anything is to be done.
    pub text: String,
}

/// An error: what happened, what to do, and a line for technicians.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Stable name for programs, for instance `no-service`; the same in every language.
    pub code: &'static str,
    /// What happened, in one sentence.
    pub what: String,
    /// What to do about it, on this platform.
    pub remedy: String,
    /// The failing call and its code, in English; for the small line that can be copied.
    pub technical: String,
}

/// The texts in one language. Cheap to clone.
#[derive(Clone)]
pub struct Words {
    texts: Arc<FluentLanguageLoader>,
    help: Arc<OnceLock<FluentLanguageLoader>>,
    language: Language,
    platform: Platform,
    zone: UtcOffset,
}

/// The time of Türkiye, UTC+3 all year round since 2016.
const TURKISH_TIME: UtcOffset = match UtcOffset::from_hms(3, 0, 0) {
    Ok(zone) => zone,
    Err(_) => UtcOffset::UTC,
};

const TEXTS: Texts = Texts {
    domain: "journeys",
    turkish: include_str!("../../i18n/tr/journeys.ftl"),
    english: include_str!("../../i18n/en/journeys.ftl"),
};

impl Words {
    /// The texts in this language, with the remedies of this platform and the time of Türkiye.
    pub fn new(language: Language) -> Self {
        Self::with_platform(language, Platform::THIS)
    }

    /// The texts in this language, with the remedies of that platform.
    pub fn with_platform(language: Language, platform: Platform) -> Self {
        Self {
            texts: Arc::new(TEXTS.load(language)),
            help: Arc::default(),
            language,
            platform,
            zone: TURKISH_TIME,
        }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }
}
