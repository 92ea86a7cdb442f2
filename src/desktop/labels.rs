//! The window's own texts: labels, buttons, hints. What outcomes are called is [`journeys::words`]'s.

use std::sync::Arc;

use i18n_embed::fluent::FluentLanguageLoader;
use journeys::words::{Language, Texts};

const TEXTS: Texts = Texts {
    domain: "desktop",
    turkish: include_str!("../../i18n/tr/desktop.ftl"),
    english: include_str!("../../i18n/en/desktop.ftl"),
};

/// The texts of the window in one language. Cheap to clone.
pub(crate) type Labels = Arc<FluentLanguageLoader>;

/// The texts in this language.
pub(crate) fn load(language: Language) -> Labels {
    Arc::new(TEXTS.load(language))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn messages(language: Language) -> Vec<&'static str> {
        let ids = TEXTS
            .file(language)
            .lines()
            .filter_map(|line| line.split_once(" ="));
        let mut ids: Vec<_> = ids
            .map(|(id, _)| id)
            .filter(|id| !id.starts_with([' ', '#', '.']))
            .collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert_eq!(messages(Language::Turkish), messages(Language::English));
        assert!(messages(Language::Turkish).len() > 50);
    }

    #[test]
    fn english_is_not_turkish() {
        let [turkish, english] = Language::ALL.map(|language| load(language).get("settings"));
        assert_ne!(turkish, english);
    }
}
