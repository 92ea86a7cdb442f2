//! Why a message did not go out.

use std::{path::PathBuf, sync::Arc};

/// Why a message did not go out, or is not known to have gone out. Never carries text or recipient.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MessageError {
    /// The recipient is no phone number or no address.
    #[error("the recipient is none that messages go to")]
    Recipient,
    /// The text is empty, too long, or its subject has line breaks.
    #[error("the text is empty, too long, or has a subject of several lines")]
    Text,
    /// The settings are wrong.
    #[error("the settings for messages: {0}")]
    Settings(String),
    /// The spool cannot be written or read.
    #[error("the spool {path}: {source}")]
    Spool {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// The mail server or gateway could not be reached: the message did not go out.
    #[error("{way} cannot be reached: {detail}")]
    Unreachable {
        /// `smtp` or `gateway`.
        way: &'static str,
        /// For the log.
        detail: String,
    },
    /// It said no: the message did not go out. Worth another try later if `later`.
    #[error("{way} refused the message: {detail}")]
    Refused {
        /// `smtp` or `gateway`.
        way: &'static str,
        /// Whether it said that it is a matter of time.
        later: bool,
        /// A status code.
        detail: String,
    },
    /// It did not answer in time, or broke off: the message may have gone out.
    #[error("{way} did not answer: {detail}")]
    NoAnswer {
        /// `smtp` or `gateway`.
        way: &'static str,
        /// For the log.
        detail: String,
    },
    /// The service is being stopped.
    #[error("interrupted")]
    Interrupted,
}

impl MessageError {
    /// Whether the message may have gone out all the same.
    pub fn may_have_gone_out(&self) -> bool {
        matches!(self, Self::NoAnswer { .. } | Self::Interrupted)
    }
}
