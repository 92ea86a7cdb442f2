//! The command line.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use journeys::words::Language;

use crate::ui::Mode;

/// Shows smart cards with e-signature certificates and says what is to be done about them.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "kartal", version, about)]
pub struct Options {
    /// Files to open: certificates (DER, PEM, PKCS #7) and signatures; or what a page hands over
    /// (`kartal://sign?…`, `kartal://replace`, `kartal://unlock`).
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Practice cards in this program instead of readers.
    #[arg(long)]
    pub demo: bool,
    /// The certificate service for this run, by its address.
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub service: Option<service::Address>,
    /// Language for this run.
    #[arg(long, value_name = "tr|en", value_parser = language)]
    pub lang: Option<Language>,
    /// Theme for this run.
    #[arg(long, value_enum)]
    pub theme: Option<ThemeOption>,
    /// Size of everything for this run, in per cent.
    #[arg(long, value_name = "100-200", value_parser = clap::value_parser!(u16).range(100..=200))]
    pub scale: Option<u16>,
}

/// A theme on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeOption {
    /// As the system is.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// White on black.
    HighContrast,
}

impl From<ThemeOption> for Mode {
    fn from(option: ThemeOption) -> Self {
        match option {
            ThemeOption::System => Self::System,
            ThemeOption::Light => Self::Light,
            ThemeOption::Dark => Self::Dark,
            ThemeOption::HighContrast => Self::HighContrast,
        }
    }
}

fn address(text: &str) -> Result<service::Address, String> {
    text.parse::<service::Address>()
        .map_err(|error| error.to_string())
}

fn language(text: &str) -> Result<Language, String> {
    text.parse::<Language>().map_err(|error| error.to_string())
}
