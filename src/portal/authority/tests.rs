//! Held against OpenSSL, which must accept what is right and refuse what is not.

mod answers;
mod folder;
mod issuing;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;
use time::{OffsetDateTime, macros::datetime};
use virtual_card::practice::{self, Practice};

use super::*;

const SITE: &str = "http://127.0.0.1:8080/authority";

/// OpenSSL judges CRLs and OCSP answers by the clock of this machine.
fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

fn authority() -> Authority {
    Authority::practice(SITE).unwrap()
}

fn read(der: &[u8]) -> certificate::Certificate {
    certificate::Certificate::read(der).unwrap()
}

/// The first certificate of a practice card.
fn certificate_of(kind: Practice, now: OffsetDateTime) -> Vec<u8> {
    practice::certificates(kind, now).unwrap().swap_remove(0)
}

/// Files for OpenSSL, and what it said.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let bench = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let authority = authority();
        for name in authority.names() {
            bench.put_pem(
                &format!("{name}.pem"),
                "CERTIFICATE",
                authority.certificate(name).unwrap(),
            );
        }
        bench
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn put(&self, name: &str, contents: impl AsRef<[u8]>) {
        fs::write(self.path(name), contents).unwrap();
    }

    fn put_pem(&self, name: &str, label: &str, der: &[u8]) {
        let text = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, der);
        let lines: Vec<&str> = text
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        self.put(
            name,
            format!(
                "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
                lines.join("\n")
            ),
        );
    }

    fn get(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// Whether it ended well, and everything it said.
    fn openssl(&self, arguments: &str) -> (bool, String) {
        openssl_in(self.folder.path(), arguments)
    }

    /// What it said; it must end well.
    fn accepts(&self, arguments: &str) -> String {
        let (well, said) = self.openssl(arguments);
        assert!(well, "openssl {arguments}\n{said}");
        said
    }

    /// What it said; it must not end well.
    fn refuses(&self, arguments: &str) -> String {
        let (well, said) = self.openssl(arguments);
        assert!(!well, "openssl {arguments}\n{said}");
        said
    }
}

fn openssl_in(folder: &Path, arguments: &str) -> (bool, String) {
    let output = Command::new("openssl")
        .args(arguments.split_whitespace())
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("openssl is installed");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}

/// A moment at which the practice authority is valid, for what OpenSSL does not judge.
const NOON: OffsetDateTime = datetime!(2026-11-21 12:00 UTC);
