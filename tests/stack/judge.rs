//! How many certificates one core reads and judges in a second; with the names of a detached signature and its content, how
//! many such signatures. Prints that number and nothing else.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use certificate::{
    Certificate,
    chain::{Candidate, Origin, Source, TrustAnchors},
};
use signature::{Content, Trust};
use time::OffsetDateTime;
use virtual_card::practice::{self, Practice};
use virtual_card::{Response, VirtualCard};

/// How long to measure.
const SPAN: Duration = Duration::from_secs(3);

/// The cards whose certificates are judged.
const CARDS: [Practice; 4] = [
    Practice::Sha1,
    Practice::Sha256,
    Practice::Expiring,
    Practice::PinBlocked,
];

fn main() -> Result<()> {
    let now = OffsetDateTime::now_utc();
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    let rate = match &files[..] {
        [signature, content] => signatures(&std::fs::read(signature)?, &std::fs::read(content)?, now)?,
        _ => certificates(now)?,
    };
    println!("{rate:.0}");
    Ok(())
}

/// Judged each time from its bytes, with its chain.
fn signatures(signature: &[u8], content: &[u8], now: OffsetDateTime) -> Result<f64> {
    let mut anchors = TrustAnchors::none();
    anchors.add(practice::root_der(), Source::Imported)?;
    // The signer had no root to find a chain to: the issuer is not within.
    let issuer = Candidate {
        certificate: Arc::new(Certificate::read(practice::issuer_der())?),
        origin: Origin::File,
    };
    let trust = Trust {
        anchors: &anchors,
        extra: &[issuer],
        now,
    };
    let mut judged = 0_u32;
    let start = Instant::now();
    while start.elapsed() < SPAN {
        let report = signature::verify(black_box(signature), Some(Content::Bytes(content)), &trust)?;
        ensure!(
            report.verdict() == signature::Verdict::Valid,
            "{:?}",
            report.signers
        );
        judged += 1;
    }
    Ok(f64::from(judged) / start.elapsed().as_secs_f64())
}

fn certificates(now: OffsetDateTime) -> Result<f64> {
    let certificates = CARDS
        .iter()
        .map(|kind| holder_certificate(*kind, now))
        .collect::<Result<Vec<_>>>()?;
    let mut judged = 0_u32;
    let start = Instant::now();
    while start.elapsed() < SPAN {
        for der in &certificates {
            let certificate = Certificate::read(black_box(der))?;
            black_box((
                certificate.hash_verdict(),
                certificate.qualified(),
                certificate.verdict(now),
            ));
            judged += 1;
        }
    }
    Ok(f64::from(judged) / start.elapsed().as_secs_f64())
}

/// The first certificate file of a practice card.
fn holder_certificate(kind: Practice, now: OffsetDateTime) -> Result<Vec<u8>> {
    let mut card = practice::card(kind, now)?;
    ask(&mut card, &[0x00, 0xA4, 0x08, 0x0C, 0x04, 0x50, 0x15, 0x43, 0x01])?;
    let mut der = Vec::new();
    loop {
        let [high, low] = u16::try_from(der.len())?.to_be_bytes();
        let part = ask(&mut card, &[0x00, 0xB0, high, low, 0x00])?;
        der.extend_from_slice(&part);
        if part.len() < 256 {
            return Ok(der);
        }
    }
}

/// Sends a command that has to succeed.
fn ask(card: &mut VirtualCard, command: &[u8]) -> Result<Vec<u8>> {
    let Response::Answer(mut answer) = card.transmit(command) else {
        anyhow::bail!("the card lost its power");
    };
    ensure!(
        answer.ends_with(&[0x90, 0x00]),
        "{command:02X?} was answered with {answer:02X?}"
    );
    answer.truncate(answer.len() - 2);
    Ok(answer)
}
