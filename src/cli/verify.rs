//! `verify`: who signed a file, when, and how strong.

use std::path::Path;

use certificate::Scheme;
use journeys::look::Urgency;
use journeys::sign::file::{content_of, verify};
use journeys::words::Sentence;
use signature::{Finding, Packaging, Report, Severity, Signer, Trust, Verdict};

use crate::page::Page;
use crate::schema::signature::{SignatureFinding, SignatureReport, SignatureSigner, SignatureStamp};
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, render, schema, world::Exit};

/// Judges the signature in a file. Without `--content`, that of a detached one is looked for next to it.
pub(crate) fn answer(session: &Session, path: &Path, content: Option<&Path>) -> Answer {
    match judge(session, path, content) {
        Ok(report) => tell(session, path, &report),
        Err(sentence) => failed(session, sentence),
    }
}

fn judge(session: &Session, path: &Path, content: Option<&Path>) -> Result<Report, Sentence> {
    let anchors = session.anchors().map_err(|(_, sentence)| sentence)?;
    let trust = Trust {
        anchors: &anchors,
        extra: &[],
        now: session.world.now,
    };
    let judged = |content: Option<&Path>| {
        verify(path, content, &trust).map_err(|error| session.words.file_error(&error))
    };
    let report = judged(content)?;
    match content_of(path) {
        Some(beside) if content.is_none() && report.packaging == Packaging::Detached => judged(Some(&beside)),
        _ => Ok(report),
    }
}

fn failed(session: &Session, sentence: Sentence) -> Answer {
    if session.options.json {
        let report = SignatureReport {
            verdict: None,
            packaging: None,
            findings: Vec::new(),
            signers: Vec::new(),
            error: Some(sentence.into()),
        };
        return Answer::new(schema::document(report), Exit::CouldNotLook);
    }
    let mut page = Page::new(false);
    page.sentence(0, &sentence);
    Answer::failed(page.finish())
}

fn tell(session: &Session, path: &Path, report: &Report) -> Answer {
    let exit = match report.verdict() {
        Verdict::Valid => Exit::Fine,
        _ => Exit::SomethingToDo,
    };
    if session.options.json {
        let report = SignatureReport {
            verdict: Some(report.verdict().code()),
            packaging: Some(report.packaging.code()),
            findings: listed(session, &report.findings),
            signers: report
                .signers
                .iter()
                .map(|signer| json(session, signer))
                .collect(),
            error: None,
        };
        return Answer::new(schema::document(report), exit);
    }
    let mut page = Page::new(session.world.colour);
    page.title(0, &render::clean(&path.to_string_lossy()));
    let verdict = session.words.signature_verdict(report.verdict());
    page.judged(2, urgency(report.verdict()), &verdict.headline);
    page.paragraph(4, &verdict.text);
    if report.verdict() == Verdict::Undecided {
        page.paragraph(4, &say!(session.texts, "verify-trust"));
    }
    findings(&mut page, session, &report.findings);
    for signer in &report.signers {
        page.gap();
        one(&mut page, session, signer);
    }
    Answer::new(page.finish(), exit)
}

fn urgency(verdict: Verdict) -> Urgency {
    match verdict {
        Verdict::Valid => Urgency::Good,
        Verdict::Weak | Verdict::Undecided => Urgency::Warning,
        Verdict::Invalid => Urgency::Bad,
    }
}

fn one(page: &mut Page, session: &Session, signer: &Signer) {
    let (words, texts) = (&session.words, &session.texts);
    page.judged(2, urgency(signer.verdict()), &name(signer, session));
    let subject = signer.certificate.as_ref();
    let subject = session.name(subject.and_then(|certificate| certificate.subject.as_ref()));
    let issuer = signer.certificate.as_ref();
    let issuer = session.name(issuer.and_then(|certificate| certificate.issuer.as_ref()));
    let claimed = signer.signing_time.map(|time| words.date_time(time));
    let stamps: Vec<String> = signer
        .time_stamps
        .iter()
        .map(|stamp| words.date_time(stamp.time))
        .collect();
    let qualified = signer
        .qualified
        .as_ref()
        .map(|qualified| words.qualified(qualified));
    page.rows(
        4,
        &[
            (say!(texts, "row-subject"), subject),
            (say!(texts, "row-issuer"), issuer),
            (say!(texts, "row-signing-time"), claimed.unwrap_or_default()),
            (say!(texts, "row-time-stamp"), stamps.join(", ")),
            (say!(texts, "row-kind"), qualified.unwrap_or_default()),
            (say!(texts, "row-signature"), algorithm(signer)),
        ],
    );
    findings(page, session, &signer.findings);
}

fn findings(page: &mut Page, session: &Session, findings: &[Finding]) {
    for finding in findings {
        let urgency = match finding.severity() {
            Severity::Note => Urgency::Information,
            Severity::Weak | Severity::Undecided => Urgency::Warning,
            Severity::Invalid => Urgency::Bad,
        };
        page.judged(4, urgency, &session.words.signature_finding(finding));
    }
}

fn name(signer: &Signer, session: &Session) -> String {
    let subject = signer.certificate.as_ref();
    let subject = subject.and_then(|certificate| certificate.subject.as_ref());
    let name = subject.and_then(certificate::Name::short);
    name.map_or_else(|| say!(session.texts, "verify-unknown-signer"), render::clean)
}

/// As in `RSA-PSS, SHA-256`.
fn algorithm(signer: &Signer) -> String {
    let scheme = match signer.scheme {
        Scheme::RsaPkcs1 => "RSA",
        Scheme::RsaPss { .. } => "RSA-PSS",
        Scheme::Ecdsa => "ECDSA",
        _ => "?",
    };
    format!("{scheme}, {}", signer.hash.name())
}

fn listed(session: &Session, findings: &[Finding]) -> Vec<SignatureFinding> {
    let finding = |finding: &Finding| SignatureFinding {
        code: finding.code(),
        severity: finding.severity(),
        what: session.words.signature_finding(finding),
    };
    findings.iter().map(finding).collect()
}

fn json(session: &Session, signer: &Signer) -> SignatureSigner {
    let certificate = signer.certificate.as_ref();
    SignatureSigner {
        verdict: signer.verdict().code(),
        name: name(signer, session),
        subject: session.name(certificate.and_then(|certificate| certificate.subject.as_ref())),
        serial: certificate
            .and_then(|certificate| certificate.serial.as_ref())
            .map(certificate::Serial::hex)
            .unwrap_or_default(),
        sha256: certificate.map(|certificate| certificate::text::hex(&certificate.sha256())),
        signing_time: signer.signing_time.and_then(schema::instant),
        level: signer.level.code(),
        algorithm: algorithm(signer),
        qualified: signer
            .qualified
            .as_ref()
            .is_some_and(certificate::Qualified::is_qualified),
        judged_at: signer.judged_at.and_then(schema::instant),
        time_stamps: signer
            .time_stamps
            .iter()
            .map(|stamp| SignatureStamp {
                time: schema::instant(stamp.time),
                verdict: stamp.verdict().code(),
                authority: name(&stamp.authority, session),
                findings: listed(session, &stamp.authority.findings),
            })
            .collect(),
        findings: listed(session, &signer.findings),
    }
}
