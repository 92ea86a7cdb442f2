//! A card as a newcomer's tools make it: blank, then personalised by `OpenSC`, with a key of its own and a
//! certificate for that key.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use stack::{CardArguments, InsertedCard, Service, finish, opensc_module};
use tempfile::TempDir;

use crate::authority::certify;

const PIN: &str = "1234";
const PUK: &str = "11223344";
const SO_PIN: &str = "12345678";
const SO_PUK: &str = "87654321";

/// The id that key and certificate have in common.
const KEY_ID: &str = "45";

/// A personalised card in the first reader of a service of its own.
pub(crate) struct Personalised {
    pub(crate) service: Service,
    pub(crate) card: InsertedCard,
    /// The certificate as it was written (DER).
    pub(crate) certificate: Vec<u8>,
    pin: String,
    puk: String,
    folder: TempDir,
}

impl Personalised {
    /// Makes the card: PINs, an RSA key pair generated on the card, a certificate.
    pub(crate) fn new() -> Result<Self> {
        Self::with_secrets(PIN, PUK)
    }

    /// The same with these digits as PIN and PUK.
    pub(crate) fn with_secrets(pin: &str, puk: &str) -> Result<Self> {
        let service = Service::start()?;
        let folder = tempfile::tempdir()?;
        let blank = CardArguments::blank(&folder.path().join("card"));
        let card = InsertedCard::insert(&service, service.reader(0)?, &blank)?;
        let mut made = Self {
            service,
            card,
            certificate: Vec::new(),
            pin: pin.to_owned(),
            puk: puk.to_owned(),
            folder,
        };
        made.set_up_pins()?;
        made.pkcs11_as_holder(&format!(
            "--keypairgen --key-type rsa:2048 --id {KEY_ID} --label imza"
        ))?;
        made.certificate = made.issue()?;
        made.write_certificate(&made.certificate)?;
        Ok(made)
    }

    /// A file beside the card's own.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn set_up_pins(&self) -> Result<()> {
        self.pkcs15_init(&format!("-C --so-pin {SO_PIN} --so-puk {SO_PUK} --label VCARD"))?;
        self.pkcs15_init(&format!(
            "-P --auth-id 01 --label User --pin {} --puk {} --so-pin {SO_PIN}",
            self.pin, self.puk
        ))?;
        self.pkcs15_init("-F")
    }

    fn pkcs15_init(&self, words: &str) -> Result<()> {
        let mut command = Command::new("pkcs15-init");
        let reader = self.service.reader(0)?;
        self.service
            .hand_to(command.args(["--reader", &reader.name]).args(words.split(' ')));
        finish(&mut command)?.success().map(drop)
    }

    /// A certificate over the card's public key.
    fn issue(&self) -> Result<Vec<u8>> {
        let public = self.file("public.der").to_string_lossy().into_owned();
        self.pkcs11(&format!(
            "--read-object --type pubkey --id {KEY_ID} --output-file {public}"
        ))?;
        certify(self.folder.path(), &public, "sha256")
    }

    /// Writes `certificate` under the key's id.
    pub(crate) fn write_certificate(&self, certificate: &[u8]) -> Result<()> {
        let file = self.file("to-write.der");
        fs::write(&file, certificate)?;
        self.pkcs11_as_holder(&format!(
            "--write-object {} --type cert --id {KEY_ID}",
            file.display()
        ))
    }

    /// Deletes the certificate.
    pub(crate) fn delete_certificate(&self) -> Result<()> {
        self.pkcs11_as_holder(&format!("--delete-object --type cert --id {KEY_ID}"))
    }

    /// The certificate as `OpenSC` reads it (DER), also in the file `read.der`.
    pub(crate) fn read_certificate(&self) -> Result<Vec<u8>> {
        let file = self.file("read.der");
        self.pkcs11(&format!(
            "--read-object --type cert --id {KEY_ID} --output-file {}",
            file.display()
        ))?;
        fs::read(&file).context("no certificate was read")
    }

    /// Signs the file `message` with SHA-256 and PKCS#1, into the file `signature`.
    pub(crate) fn sign(&self, message: &Path, signature: &Path) -> Result<()> {
        let files = format!(
            "--input-file {} --output-file {}",
            message.display(),
            signature.display()
        );
        self.pkcs11_as_holder(&format!("--sign -m SHA256-RSA-PKCS --id {KEY_ID} {files}"))
    }

    fn pkcs11_as_holder(&self, words: &str) -> Result<()> {
        self.pkcs11(&format!("--login --pin {} {words}", self.pin))
    }

    /// Runs `OpenSC`'s tool; none of its arguments holds a blank.
    fn pkcs11(&self, words: &str) -> Result<()> {
        let mut command = Command::new("pkcs11-tool");
        self.service.hand_to(
            command
                .arg("--module")
                .arg(opensc_module()?)
                .args(words.split(' ')),
        );
        finish(&mut command)?.success().map(drop)
    }
}
