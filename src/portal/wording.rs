//! The service's own words in both languages: the Fluent files `i18n/{tr,en}/portal-*.ftl`, built into the program.

use std::{fmt, str::FromStr};

use fluent::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::{LanguageIdentifier, langid};

use crate::fields::FaultKind;

/// A language that all words exist in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Turkish, `tr`.
    #[default]
    Turkish,
    /// English, `en`.
    English,
}

/// There are no words in this language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there are no words in this language")]
pub struct UnknownLanguage;

/// The words of one language. Made once and shared.
///
/// Words come out without isolating marks: what is put into them has to be clean of bidirectional characters.
pub struct Wording {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Language {
    /// Every language, the first one first.
    pub const ALL: [Self; 2] = [Self::Turkish, Self::English];

    /// Its code, `tr` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Turkish => "tr",
            Self::English => "en",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Turkish => langid!("tr"),
            Self::English => langid!("en"),
        }
    }

    const fn files(self) -> [&'static str; 2] {
        match self {
            Self::Turkish => [
                include_str!("../../i18n/tr/portal-captcha.ftl"),
                include_str!("../../i18n/tr/portal-fields.ftl"),
            ],
            Self::English => [
                include_str!("../../i18n/en/portal-captcha.ftl"),
                include_str!("../../i18n/en/portal-fields.ftl"),
            ],
        }
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    /// From a language code (`tr`, `en-GB`), in any letter case.
    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        let code = text.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| code.eq_ignore_ascii_case(language.code()))
            .ok_or(UnknownLanguage)
    }
}

impl Wording {
    /// The words of this language.
    pub fn of(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        bundle.set_use_isolating(false);
        for file in language.files() {
            // What could be read of a file with a mistake in it is used; `cargo verify` lets none through.
            let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(resource, _)| resource);
            let added = bundle.add_resource(resource);
            debug_assert!(added.is_ok(), "{added:?}");
        }
        Self { language, bundle }
    }

    /// Which language they are of.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The message of this name, with `arguments` in it. A message that does not exist is its own name.
    pub fn text(&self, name: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        let pattern = self.bundle.get_message(name).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            return name.to_owned();
        };
        let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors);
        debug_assert!(errors.is_empty(), "{name}: {errors:?}");
        text.into_owned()
    }

    /// An attribute of a message, for instance the hint (`text`) of a field's label.
    pub fn attribute(&self, name: &str, attribute: &str) -> Option<String> {
        let attribute = self.bundle.get_message(name)?.get_attribute(attribute)?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(attribute.value(), None, &mut errors);
        Some(text.into_owned())
    }

    /// What a field's fault is called.
    pub fn fault(&self, kind: FaultKind) -> String {
        match kind {
            FaultKind::TooLong { most } => self.text(kind.message(), &[("most", most.into())]),
            _ => self.text(kind.message(), &[]),
        }
    }
}

impl fmt::Debug for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wording({})", self.language.code())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::fields::Field;

    #[test]
    fn what_does_not_exist_is_told_by_its_name() {
        let words = Wording::of(Language::Turkish);
        assert_eq!(words.text("no-such-message", &[]), "no-such-message");
        assert_eq!(words.attribute("field-unit", "text"), None);
        assert_eq!("de".parse::<Language>(), Err(UnknownLanguage));
        assert_eq!("".parse::<Language>(), Err(UnknownLanguage));
    }

    #[test]
    fn both_languages_have_their_words() {
        assert_eq!("EN-gb".parse(), Ok(Language::English));
        for (language, label, fault) in [
            (
                Language::Turkish,
                "Posta kodu",
                "Burada en çok 64 karakter olabilir. Kısaltın.",
            ),
            (
                Language::English,
                "Postal code",
                "There can be at most 64 characters here. Please shorten it.",
            ),
        ] {
            let words = Wording::of(language);
            assert_eq!(words.language(), language);
            assert_eq!(words.text(Field::PostalCode.label(), &[]), label);
            assert_eq!(words.fault(FaultKind::TooLong { most: 64 }), fault);
            assert!(
                words
                    .attribute("field-security-word", "text")
                    .unwrap()
                    .contains("PIN")
            );
        }
    }

    #[test]
    fn words_can_be_shared() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&Wording::of(Language::English));
    }
}
