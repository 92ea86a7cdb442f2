//! What the service says to people: the Fluent files `i18n/{tr,en}/portal*.ftl`, built into the program.

use std::{fmt, sync::Arc};

use fluent::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::langid;

/// A language that all texts exist in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Language {
    /// `tr`.
    #[default]
    Turkish,
    /// `en`.
    English,
}

impl Language {
    /// Every language, the first one first.
    pub(crate) const ALL: [Self; 2] = [Self::Turkish, Self::English];

    /// Its code.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Turkish => "tr",
            Self::English => "en",
        }
    }

    /// The language of this code.
    pub(crate) fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The other one.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Turkish => Self::English,
            Self::English => Self::Turkish,
        }
    }

    /// What it calls itself.
    pub(crate) const fn own_name(self) -> &'static str {
        match self {
            Self::Turkish => "Türkçe",
            Self::English => "English",
        }
    }
}

/// The files of a language: pages and messages, help, fields, captchas.
const TURKISH: [&str; 4] = [
    include_str!("../../i18n/tr/portal.ftl"),
    include_str!("../../i18n/tr/portal-help.ftl"),
    include_str!("../../i18n/tr/portal-fields.ftl"),
    include_str!("../../i18n/tr/portal-captcha.ftl"),
];
const ENGLISH: [&str; 4] = [
    include_str!("../../i18n/en/portal.ftl"),
    include_str!("../../i18n/en/portal-help.ftl"),
    include_str!("../../i18n/en/portal-fields.ftl"),
    include_str!("../../i18n/en/portal-captcha.ftl"),
];

/// All texts. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Wording(Arc<[FluentBundle<FluentResource>; 2]>);

impl fmt::Debug for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Wording")
    }
}

impl Wording {
    /// Both languages. A test reads every file; what would not parse is left out here.
    pub(crate) fn load() -> Self {
        Self(Arc::new([
            bundle(Language::Turkish, TURKISH),
            bundle(Language::English, ENGLISH),
        ]))
    }

    /// A message, or the attribute `id.attribute` of one. One that is nowhere is its own name, so that it shows.
    pub(crate) fn get(&self, language: Language, id: &str, variables: &[(&str, String)]) -> String {
        let [turkish, english] = &*self.0;
        let bundle = match language {
            Language::Turkish => turkish,
            Language::English => english,
        };
        let (name, attribute) = match id.split_once('.') {
            Some((name, attribute)) => (name, Some(attribute)),
            None => (id, None),
        };
        let pattern = bundle.get_message(name).and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            return id.to_owned();
        };
        let arguments: FluentArgs<'_> = variables
            .iter()
            .map(|(name, value)| (*name, number_or_text(value)))
            .collect();
        bundle
            .format_pattern(pattern, Some(&arguments), &mut Vec::new())
            .into_owned()
    }

    /// Whether there is such a message or attribute.
    pub(crate) fn has(&self, language: Language, id: &str) -> bool {
        self.get(language, id, &[]) != id
    }
}

/// Counts are numbers, by which texts choose their form; anything else stays as it is written.
fn number_or_text(value: &str) -> FluentValue<'_> {
    match value.parse::<u32>() {
        Ok(number) if number.to_string() == value => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

fn bundle(language: Language, files: [&str; 4]) -> FluentBundle<FluentResource> {
    let identifier = match language {
        Language::Turkish => langid!("tr"),
        Language::English => langid!("en"),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Pages are escaped as a whole, and what people typed is shown in places of its own.
    bundle.set_use_isolating(false);
    for file in files {
        let resource = match FluentResource::try_new(file.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        // A message that is there twice stays as it was first; the translations' check finds it.
        let _ = bundle.add_resource(resource);
    }
    bundle
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    /// Every `page.t("…")` and `page.t1("…", …)` of the templates.
    fn asked_for() -> Vec<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/pages/templates");
        let mut ids = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for call in ["page.t(\"", "page.t1(\""] {
                let parts = text.split(call).skip(1);
                ids.extend(parts.map(|part| part.split('"').next().unwrap().to_owned()));
            }
        }
        ids
    }

    #[test]
    fn templates_ask_for_nothing_that_is_not_there() {
        let texts = Wording::load();
        let ids = asked_for();
        assert!(ids.len() > 100, "{}", ids.len());
        for language in [Language::Turkish, Language::English] {
            let missing: Vec<&String> = ids.iter().filter(|id| !texts.has(language, id)).collect();
            assert!(missing.is_empty(), "{language:?}: {missing:?}");
        }
    }

    #[test]
    fn files_parse() {
        for file in TURKISH.into_iter().chain(ENGLISH) {
            assert!(FluentResource::try_new(file.to_owned()).is_ok());
        }
    }

    #[test]
    fn fields_and_faults_have_words() {
        use crate::fields::{Channel, FaultKind, Field, Operator, ReaderType, Reason, Validity};
        let texts = Wording::load();
        let mut ids: Vec<&str> = Field::ALL.map(Field::label).to_vec();
        ids.extend(Reason::ALL.iter().map(|one| one.message()));
        ids.extend(ReaderType::ALL.iter().map(|one| one.message()));
        ids.extend(Validity::ALL.iter().map(|one| one.message()));
        ids.extend(Operator::ALL.iter().map(|one| one.message()));
        ids.extend(Channel::ALL.iter().map(|one| one.message()));
        ids.extend([
            FaultKind::Missing.message(),
            FaultKind::PostalCodeElsewhere.message(),
        ]);
        for language in [Language::Turkish, Language::English] {
            for id in &ids {
                assert!(texts.has(language, id), "{language:?} {id}");
            }
        }
        let long = FaultKind::TooLong { most: 400 };
        let said = texts.get(Language::Turkish, long.message(), &[("most", "400".to_owned())]);
        assert!(said.contains("400"), "{said}");
    }
}
