//! A throw-away certificate authority, by `OpenSSL`.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use stack::finish;

/// The holder whom the authority certifies.
pub(crate) const HOLDER: &str = "Ayşe Çağrı Işık";

/// Runs `OpenSSL` with `words`, and options whose values are the names of files or may hold blanks.
pub(crate) fn openssl(words: &str, options: &[(&str, &str)]) -> Result<String> {
    let mut command = Command::new("openssl");
    command.args(words.split(' '));
    for (option, value) in options {
        command.args([option, value]);
    }
    Ok(finish(&mut command)?.success()?.text())
}

/// Certifies the public key in the file `public` (DER), and returns the certificate (DER). The holder's private
/// key is on a card, so that a request signed by another key has to do.
pub(crate) fn certify(folder: &Path, public: &str, hash: &str) -> Result<Vec<u8>> {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let [key, authority, request, certificate] =
        ["authority.key", "authority.pem", "request.pem", "certificate.der"].map(path);
    let issuer = ("-subj", "/C=TR/O=Practice/CN=Practice authority");
    openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 900",
        &[issuer, ("-keyout", &key), ("-out", &authority)],
    )?;
    let subject = format!("/C=TR/serialNumber=10000000146/CN={HOLDER}");
    openssl(
        "req -new -utf8",
        &[("-subj", &subject), ("-key", &key), ("-out", &request)],
    )?;
    let signer = [
        ("-CA", authority.as_str()),
        ("-CAkey", &key),
        ("-force_pubkey", public),
    ];
    let files = [("-in", request.as_str()), ("-out", &certificate)];
    let words = format!("x509 -req -days 300 -{hash} -set_serial 4242 -outform DER");
    openssl(&words, &[&signer[..], &files].concat())?;
    fs::read(&certificate).context("no certificate was issued")
}

/// The SHA-256 of a file, in lower-case hexadecimal, by `OpenSSL`.
pub(crate) fn digest(file: &Path) -> Result<String> {
    let said = openssl(&format!("dgst -sha256 -r {}", file.display()), &[])?;
    Ok(said.split_whitespace().next().unwrap_or_default().to_owned())
}
