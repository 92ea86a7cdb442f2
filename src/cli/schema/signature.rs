//! Signatures as JSON.

use serde::Serialize;
use signature::Severity;

use super::Error;

/// What `sign` answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignResult {
    pub(crate) done: bool,
    pub(crate) output: Option<String>,
    pub(crate) items: usize,
    pub(crate) signed_at: Option<String>,
    pub(crate) signatory: Option<Signatory>,
    pub(crate) result: Error,
}

/// Who signed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Signatory {
    pub(crate) name: String,
    pub(crate) serial: String,
    pub(crate) sha256: String,
    pub(crate) qualified: bool,
}

/// What `verify` answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignatureReport {
    pub(crate) verdict: Option<&'static str>,
    pub(crate) packaging: Option<&'static str>,
    pub(crate) findings: Vec<SignatureFinding>,
    pub(crate) signers: Vec<SignatureSigner>,
    pub(crate) error: Option<Error>,
}

/// One signer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignatureSigner {
    pub(crate) verdict: &'static str,
    pub(crate) name: String,
    pub(crate) subject: String,
    pub(crate) serial: String,
    pub(crate) sha256: Option<String>,
    pub(crate) signing_time: Option<String>,
    pub(crate) level: &'static str,
    pub(crate) algorithm: String,
    pub(crate) qualified: bool,
    pub(crate) judged_at: Option<String>,
    pub(crate) time_stamps: Vec<SignatureStamp>,
    pub(crate) findings: Vec<SignatureFinding>,
}

/// Something about a signature.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignatureFinding {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) what: String,
}

/// A time stamp.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignatureStamp {
    pub(crate) time: Option<String>,
    pub(crate) verdict: &'static str,
    pub(crate) authority: String,
    pub(crate) findings: Vec<SignatureFinding>,
}
