//! A certificate as JSON.

use certificate::chain::{Chain, Link};
use certificate::{KeyUsage, KeyUse, PublicKey, SignatureAlgorithm, ValidityState, Verdict};
use journeys::look::LookedCertificate;
use serde::Serialize;

use super::{Oddity, hex, instant};
use crate::session::Session;

/// A certificate from a card or a file, and what is to be said about it.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    pub(crate) certificate: &'a certificate::Certificate,
    pub(crate) label: &'a str,
    pub(crate) id: &'a [u8],
    pub(crate) has_private_key: Option<bool>,
    pub(crate) chain: &'a Chain,
    pub(crate) verdict: Verdict,
}

impl<'a> Shown<'a> {
    pub(crate) fn on_card(looked: &'a LookedCertificate) -> Self {
        Self {
            certificate: &looked.certificate,
            label: &looked.label,
            id: &looked.id,
            has_private_key: looked.has_private_key,
            chain: &looked.chain,
            verdict: looked.verdict,
        }
    }
}

/// A certificate.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Certificate {
    label: String,
    id: String,
    subject: String,
    common_name: Option<String>,
    identity_number: Option<String>,
    issuer: String,
    serial_number: Option<String>,
    not_before: Option<String>,
    not_after: Option<String>,
    validity: Validity,
    signature_algorithm: Option<String>,
    hash: &'static str,
    verdict: &'static str,
    purpose: &'static str,
    qualified: bool,
    missing: Vec<&'static str>,
    test: bool,
    key_usage: Vec<&'static str>,
    has_private_key: Option<bool>,
    key_type: Option<String>,
    key_bits: Option<u32>,
    sha256: String,
    chain: ChainShown,
    problems: Vec<Oddity>,
}

/// Where the present time stands within the validity.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Validity {
    /// `valid`, `not-yet`, `expired` or `unknown`.
    state: &'static str,
    /// Whole days: left, until it begins, or since it ended.
    days: Option<i64>,
}

/// The way to a trust anchor.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChainShown {
    outcome: &'static str,
    text: String,
    links: Vec<LinkShown>,
}

/// A certificate of the chain, the leaf first.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LinkShown {
    subject: String,
    hash: &'static str,
    origin: &'static str,
    signature: &'static str,
    findings: Vec<&'static str>,
    sha256: String,
}

impl Certificate {
    pub(crate) fn new(shown: &Shown<'_>, session: &Session) -> Self {
        let certificate = shown.certificate;
        let qualified = certificate.qualified();
        let key = certificate.public_key.as_ref();
        let number = certificate.identity_number();
        let subject = certificate.subject.as_ref();
        let uses = certificate.extensions.key_usage.into_iter();
        Self {
            label: shown.label.to_owned(),
            id: hex(shown.id),
            subject: session.name(subject),
            common_name: subject.and_then(|name| name.common_name()).map(str::to_owned),
            identity_number: number.map(|number| session.identity(&number)),
            issuer: session.name(certificate.issuer.as_ref()),
            serial_number: certificate.serial.as_ref().map(certificate::Serial::hex),
            not_before: certificate.not_before.and_then(instant),
            not_after: certificate.not_after.and_then(instant),
            validity: Validity::new(certificate.validity_at(session.world.now)),
            signature_algorithm: certificate
                .signature_algorithm
                .as_ref()
                .map(SignatureAlgorithm::name),
            hash: certificate.hash().name(),
            verdict: shown.verdict.code(),
            purpose: certificate.purpose().code(),
            qualified: qualified.is_qualified(),
            missing: qualified.missing.iter().map(|part| part.code()).collect(),
            test: certificate.is_test(),
            key_usage: uses.flat_map(KeyUsage::iter).map(KeyUse::name).collect(),
            has_private_key: shown.has_private_key,
            key_type: key.map(PublicKey::kind_name),
            key_bits: key.and_then(|key| key.bits),
            sha256: hex(&certificate.sha256()),
            chain: ChainShown::new(shown.chain, session),
            problems: problems(certificate, session),
        }
    }
}

fn problems(certificate: &certificate::Certificate, session: &Session) -> Vec<Oddity> {
    let oddity = |problem: &certificate::Problem| Oddity {
        code: problem.code(),
        text: session.words.certificate_problem(problem),
    };
    certificate.problems.iter().map(oddity).collect()
}

impl Validity {
    fn new(state: ValidityState) -> Self {
        let (state, days) = match state {
            ValidityState::NotYet { days_until } => ("not-yet", Some(days_until)),
            ValidityState::Valid { days_left } => ("valid", Some(days_left)),
            ValidityState::Expired { days_ago } => ("expired", Some(days_ago)),
            ValidityState::Unknown => ("unknown", None),
        };
        Self { state, days }
    }
}

impl ChainShown {
    fn new(chain: &Chain, session: &Session) -> Self {
        let link = |link: &Link| LinkShown {
            subject: session.name(link.certificate.subject.as_ref()),
            hash: link.hash().name(),
            origin: link.origin.code(),
            signature: link.signature.code(),
            findings: link.findings.iter().map(|finding| finding.code()).collect(),
            sha256: hex(&link.certificate.sha256()),
        };
        Self {
            outcome: chain.outcome.code(),
            text: session.words.chain_outcome(&chain.outcome),
            links: chain.links.iter().map(link).collect(),
        }
    }
}
