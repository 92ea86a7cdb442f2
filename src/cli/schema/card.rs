//! A card as JSON.

use journeys::look::{Holder, Report};
use serde::Serialize;
use token::{Backend, PinInfo, PinRole, TriesLeft};

use super::certificate::{Certificate, Shown};
use super::{Advice, Oddity, card_problem, hex, instant, verdict_code};
use crate::session::Session;

/// A card that was looked at.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Card {
    /// `null` for a token without a reader.
    atr: Option<String>,
    family: String,
    family_name: String,
    serial: String,
    holder: Option<Owner>,
    /// `pkcs11` or `pkcs15`.
    backend: &'static str,
    module: Option<String>,
    pin: Option<Pin>,
    certificates: Vec<Certificate>,
    verdict: &'static str,
    advice: Advice,
    problems: Vec<Oddity>,
    apdus: Option<u32>,
    took_ms: u64,
    from_cache: bool,
    looked_at: Option<String>,
}

/// Whose card it is.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Owner {
    name: String,
    identity_number: Option<String>,
}

/// The card holder's PIN.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Pin {
    label: String,
    /// `null` if the card does not tell.
    tries_left: Option<u8>,
    /// Fewer than at first; the number may be unknown.
    few_tries: bool,
    blocked: bool,
    min_length: Option<u8>,
    max_length: Option<u8>,
    #[serde(rename = "pinPad")]
    pad: bool,
}

impl Card {
    /// `in_reader`: a token without a reader has no answer to reset.
    pub(crate) fn new(report: &Report, in_reader: bool, session: &Session) -> Self {
        let (backend, module) = match &report.backend {
            Backend::Pkcs11 { module } => ("pkcs11", Some(module.to_string_lossy().into_owned())),
            Backend::Pkcs15 => ("pkcs15", None),
        };
        let words = &session.words;
        let certificates = report.certificates.iter();
        Self {
            atr: in_reader.then(|| hex(report.atr.bytes())),
            family: report.family.code.clone(),
            family_name: report.family.name.clone(),
            serial: report.serial.clone(),
            holder: report.holder.as_ref().map(|holder| Owner::new(holder, session)),
            backend,
            module,
            pin: report
                .pins
                .iter()
                .find(|pin| pin.role == PinRole::User)
                .map(Pin::new),
            certificates: certificates
                .map(|looked| Certificate::new(&Shown::on_card(looked), session))
                .collect(),
            verdict: verdict_code(&report.verdict),
            advice: Advice::new(words.report(report), report.verdict.urgency()),
            problems: report
                .problems
                .iter()
                .map(|problem| card_problem(problem, words))
                .collect(),
            apdus: report.apdus,
            took_ms: u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
            from_cache: report.from_cache,
            looked_at: instant(report.looked_at),
        }
    }
}

impl Owner {
    fn new(holder: &Holder, session: &Session) -> Self {
        let number = holder.identity_number.as_ref();
        Self {
            name: holder.name.clone(),
            identity_number: number.map(|number| session.identity(number)),
        }
    }
}

impl Pin {
    fn new(pin: &PinInfo) -> Self {
        let tries_left = match pin.tries_left {
            TriesLeft::Exact(left) => Some(left),
            TriesLeft::Few | TriesLeft::Unknown => None,
        };
        Self {
            label: pin.label.clone(),
            tries_left,
            few_tries: pin.tries_left == TriesLeft::Few || tries_left == Some(1),
            blocked: tries_left == Some(0),
            min_length: pin.min_length,
            max_length: pin.max_length,
            pad: pin.protected_path,
        }
    }
}
