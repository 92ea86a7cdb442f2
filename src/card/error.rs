//! What can go wrong between a program and a card.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What can go wrong between a program and a card. Each has a sentence and a remedy in `i18n/`.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Error {
    /// The smart card service does not run (`SCARD_E_NO_SERVICE`, `SCARD_E_SERVICE_STOPPED`).
    #[error("the smart card service is not running")]
    NoService,
    /// There is no such reader (any more).
    #[error("no such reader")]
    NoReader,
    /// The reader is there but does not work at the moment (`SCARD_E_READER_UNAVAILABLE`).
    #[error("the reader is not available")]
    ReaderUnavailable,
    /// No card in the reader.
    #[error("no card in the reader")]
    NoCard,
    /// The card was removed in the middle.
    #[error("the card was removed")]
    Removed,
    /// Another program reset the card in the middle (`SCARD_W_RESET_CARD`): what was selected or proven is lost;
    /// the connection is good for a new start.
    #[error("another program reset the card")]
    Reset,
    /// The card does not answer (`SCARD_W_UNRESPONSIVE_CARD`, `SCARD_W_UNPOWERED_CARD`).
    #[error("the card does not answer")]
    Mute,
    /// Another program holds the card for itself alone (`SCARD_E_SHARING_VIOLATION`).
    #[error("another program holds the card")]
    Held,
    /// Client library and service are of versions that do not fit together.
    #[error("the smart card service has another protocol version")]
    ServiceVersion,
    /// The card refused a command.
    #[error("{command} was refused with {status:04X}")]
    Refused {
        /// The command's name, for instance `SELECT`.
        command: String,
        /// The status word, ISO/IEC 7816-4, section 5.6.
        status: u16,
    },
    /// The card's answer is not of the form that the standard demands.
    #[error("malformed answer to {command}")]
    Malformed {
        /// The command's name.
        command: String,
    },
    /// The PIN was wrong (`SCARD_W_WRONG_CHV`; from readers that take the PIN themselves).
    #[error("wrong PIN")]
    WrongPin,
    /// The PIN is blocked (`SCARD_W_CHV_BLOCKED`).
    #[error("the PIN is blocked")]
    PinBlocked,
    /// A recording was played back to a program that does not do what it did when it was recorded.
    #[error("the recording expects another command than {command}")]
    Unexpected {
        /// The command that came, its data left out where they are secret.
        command: String,
    },
    /// Any other PC/SC error.
    #[error("PC/SC: {call} failed with {code:#010X}")]
    Pcsc {
        /// The failing call.
        call: String,
        /// The PC/SC error code.
        code: u32,
    },
}
