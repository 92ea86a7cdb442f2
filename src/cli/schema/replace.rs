//! Replacements as JSON.

use serde::Serialize;
use time::format_description::well_known::Rfc3339;

use super::Error;

/// What `replace` answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReplaceResult {
    pub(crate) done: bool,
    pub(crate) dry_run: bool,
    pub(crate) result: Error,
    pub(crate) replacements: Vec<Replaced>,
}

/// What came of one card.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Replaced {
    pub(crate) reader: String,
    pub(crate) serial: String,
    pub(crate) old: Option<Side>,
    pub(crate) new: Option<Side>,
    pub(crate) result: Error,
}

/// A certificate beside the other.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Side {
    hash: &'static str,
    serial: Option<String>,
    not_before: Option<String>,
    not_after: Option<String>,
    sha256: String,
}

impl Side {
    pub(crate) fn of(certificate: &certificate::Certificate) -> Self {
        let moment = |time: Option<time::OffsetDateTime>| time.and_then(|time| time.format(&Rfc3339).ok());
        Self {
            hash: certificate.hash().name(),
            serial: certificate.serial.as_ref().map(certificate::Serial::hex),
            not_before: moment(certificate.not_before),
            not_after: moment(certificate.not_after),
            sha256: certificate
                .sha256()
                .iter()
                .map(|byte| format!("{byte:02X}"))
                .collect(),
        }
    }
}
