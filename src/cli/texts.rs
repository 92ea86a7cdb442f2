//! What only the command line says. Everything else is [`journeys::words::Words`].

use i18n_embed::fluent::FluentLanguageLoader;
use journeys::words::{self, Language};

/// The texts of the domain `cli`, in one language.
pub(crate) struct Texts {
    /// For the `fl!` macro.
    pub(crate) loader: FluentLanguageLoader,
}

pub(crate) const FILES: words::Texts = words::Texts {
    domain: "cli",
    turkish: include_str!("../../i18n/tr/cli.ftl"),
    english: include_str!("../../i18n/en/cli.ftl"),
};

impl Texts {
    pub(crate) fn new(language: Language) -> Self {
        Self {
            loader: FILES.load(language),
        }
    }
}

/// A message of the domain `cli`, checked when the program is built.
macro_rules! say {
    ($texts:expr, $($rest:tt)*) => {
        i18n_embed_fl::fl!($texts.loader, $($rest)*)
    };
}
pub(crate) use say;
