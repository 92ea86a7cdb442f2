//! A certificate service of a few lines: it has the replacement for one card and hears that it is installed.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpListener,
    thread,
};

use certificate::Certificate;
use serde_json::{Value, json};
use service::{Client, Limits, Sha256};
use time::OffsetDateTime;
use time::macros::datetime;
use virtual_card::practice::{
    self, Authority, Practice,
    x509::{Addresses, Order, PublicKey, Purpose},
};

/// The present time of all runs.
pub(crate) const NOW: OffsetDateTime = datetime!(2026-01-15 12:00 UTC);

/// The service.
pub(crate) struct Service {
    pub(crate) client: Client,
}

impl Service {
    pub(crate) fn start() -> Self {
        let old = practice::certificates(Practice::Sha1, NOW).unwrap().remove(0);
        let (new, listed) = replacement(&old);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut reader = BufReader::new(stream.unwrap());
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
                let length = head
                    .to_lowercase()
                    .split("content-length: ")
                    .nth(1)
                    .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse().unwrap());
                let mut body = vec![0; length];
                reader.read_exact(&mut body).unwrap();
                let line = head.split(" HTTP").next().unwrap_or_default();
                let answer = if line.ends_with("/certificate") {
                    new.clone()
                } else if line.ends_with("/chain") {
                    practice::issuer_der().to_vec()
                } else if line.ends_with("/confirmation") {
                    b"{}".to_vec()
                } else {
                    json!({ "replacements": [listed] }).to_string().into_bytes()
                };
                let head = format!(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                    answer.len()
                );
                let _ = reader
                    .into_inner()
                    .write_all(&[head.as_bytes(), &answer].concat());
            }
        });
        Self {
            client: Client::new(address.parse().unwrap(), Limits::default()).unwrap(),
        }
    }
}

fn replacement(old: &[u8]) -> (Vec<u8>, Value) {
    let old = Certificate::read(old).unwrap();
    let spki = &old.public_key.as_ref().unwrap().spki;
    let key = PublicKey::from_info(spki).unwrap();
    let policy = practice::policy("http://kartal.invalid");
    let new = Authority::Version2
        .issuer()
        .unwrap()
        .issue(&Order {
            serial: &[0x4C, 0x09],
            subject: old.subject.as_ref().unwrap().der(),
            key: &key,
            not_before: NOW - time::Duration::days(1),
            not_after: old.not_after.unwrap(),
            purpose: Purpose::Qualified(&policy),
            // Another length than the old one's.
            addresses: Some(Addresses {
                site: "http://alistirma.kartal.invalid",
                file: "2",
            }),
        })
        .unwrap();
    let listed = json!({
        "id": "r-1",
        "replaces": "AAAA.BBBB",
        "spkiSha256": Sha256::of(spki).to_string(),
        "subject": "CN",
        "notBefore": "2026-01-14T12:00:00Z",
        "notAfter": "2028-01-15T23:59:59Z",
        "signatureAlgorithm": "sha256WithRSAEncryption",
        "state": "pending",
    });
    (new, listed)
}
