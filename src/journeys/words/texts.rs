//! Fluent files, built into the program.

use std::borrow::Cow;

use i18n_embed::{I18nAssets, LanguageLoader, fluent::FluentLanguageLoader};

use super::Language;

/// The texts of one domain in every language: the contents of `i18n/{tr,en}/DOMAIN.ftl`.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// The name of the files without ending.
    pub domain: &'static str,
    /// The Turkish file.
    pub turkish: &'static str,
    /// The English file.
    pub english: &'static str,
}

impl Texts {
    /// Ready to be asked for messages in this language; a message that it lacks comes in Turkish. Texts come out
    /// without isolating marks: whatever is put into them has to be clean of bidirectional characters.
    pub fn load(&self, language: Language) -> FluentLanguageLoader {
        let loader = FluentLanguageLoader::new(self.domain, Language::Turkish.identifier());
        // Fails only when the Turkish file is missing, and `file` knows it.
        let outcome = loader.load_languages(self, &[language.identifier()]);
        debug_assert!(outcome.is_ok(), "{outcome:?}");
        loader.set_use_isolating(false);
        loader
    }

    /// The file in this language.
    pub fn file(&self, language: Language) -> &'static str {
        match language {
            Language::Turkish => self.turkish,
            Language::English => self.english,
        }
    }

    fn path(&self, language: Language) -> String {
        format!("{language}/{}.ftl", self.domain)
    }
}

impl I18nAssets for Texts {
    fn get_files(&self, path: &str) -> Vec<Cow<'_, [u8]>> {
        let of_path = Language::ALL
            .into_iter()
            .filter(|language| self.path(*language) == path);
        of_path
            .map(|language| Cow::Borrowed(self.file(language).as_bytes()))
            .collect()
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Box::new(Language::ALL.into_iter().map(|language| self.path(language)))
    }
}
