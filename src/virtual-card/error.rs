//! What can go wrong outside the card's own answers.

use std::{path::PathBuf, sync::Arc};

/// Why a card could not be opened, made or served. Refusals of the card itself are status words, not errors.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The state file cannot be read or written.
    #[error("the card's state file {path}: {source}")]
    StateFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// The state file is there but holds no card state of this version.
    #[error("the card's state file {path} is not a card state: {source}")]
    StateFormat {
        /// The file.
        path: PathBuf,
        /// What the decoder said.
        source: Arc<serde_json::Error>,
    },
    /// The state file holds a card of another personality.
    #[error("the card's state file {path} holds a card of another kind")]
    OtherPersonality {
        /// The file.
        path: PathBuf,
    },
    /// The file for the recording cannot be written.
    #[error("the recording {path}: {source}")]
    RecordingFile {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// A practice key cannot be read.
    #[error("a practice key cannot be read")]
    Key,
    /// Signing a practice certificate failed.
    #[error("signing a practice certificate failed")]
    Signing,
    /// A certificate's serial number is longer than 20 bytes, or not positive in its shortest form.
    #[error("not the serial number of a certificate")]
    SerialNumber,
    /// A PIN or PUK is not of 4 to 8 ASCII digits.
    #[error("PIN and PUK of a new card have 4 to 8 digits")]
    Secret,
    /// The moment given lies outside what a certificate can carry (years 1970 to 9999).
    #[error("the moment lies outside what a certificate can carry")]
    Moment,
    /// The personalised files do not fit on the card.
    #[error("the card's memory is too small for its files")]
    Full,
    /// A practice card of this name does not exist.
    #[error("no practice card is called {0:?}")]
    UnknownPractice(String),
    /// A cut is not written as the documentation of [`crate::Cut`] says.
    #[error("not a power cut: {0:?}")]
    UnknownCut(String),
    /// The connection to vpcd failed.
    #[error("vpcd: {0}")]
    Vpcd(Arc<std::io::Error>),
    /// vpcd sent a message that is none.
    #[error("vpcd sent an unknown control message {0:#04x}")]
    VpcdMessage(u8),
}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Self {
        Self::Vpcd(Arc::new(source))
    }
}
