//! A module without a reader: `SoftHSM2` keeps its tokens in files. What it holds is told all the same.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use stack::{Finished, Program, Service, finish, softhsm_module};

use crate::authority::{certify, digest, openssl};
use crate::cli::{certificates, digests};

const PIN: &str = "1234";

/// Makes a token with one RSA key and its certificate.
fn make_token(folder: &Path) -> Result<()> {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let tokens = path("tokens");
    fs::create_dir(&tokens)?;
    fs::write(
        path("conf"),
        format!("directories.tokendir = {tokens}\nobjectstore.backend = file\n"),
    )?;
    with_softhsm(
        folder,
        "softhsm2-util",
        &format!("--init-token --free --label practice --so-pin 12345678 --pin {PIN}"),
    )?;

    let (key, public) = (path("key.der"), path("public.der"));
    openssl("genpkey -algorithm RSA -outform DER", &[("-out", &key)])?;
    openssl(
        "pkey -inform DER -pubout -outform DER",
        &[("-in", &key), ("-out", &public)],
    )?;
    certify(folder, &public, "sha1")?;
    let module = softhsm_module()?.display().to_string();
    for (file, kind) in [(key, "privkey"), (path("certificate.der"), "cert")] {
        let words =
            format!("--module {module} --login --pin {PIN} --id 45 --write-object {file} --type {kind}");
        with_softhsm(folder, "pkcs11-tool", &words)?;
    }
    Ok(())
}

fn with_softhsm(folder: &Path, program: &str, words: &str) -> Result<Finished> {
    let mut command = Command::new(program);
    finish(
        command
            .args(words.split(' '))
            .env("SOFTHSM2_CONF", folder.join("conf")),
    )?
    .success()
}

#[test]
fn softhsm_gives_the_certificate_that_was_written() {
    let folder = tempfile::tempdir().unwrap();
    make_token(folder.path()).unwrap();
    let expected = digest(&folder.path().join("certificate.der")).unwrap();
    let service = Service::start().unwrap();

    let mut command = Program::KartalCli.command().unwrap();
    command
        .args(["cards", "--json", "--module"])
        .arg(softhsm_module().unwrap());
    command
        .env("HOME", folder.path())
        .env("SOFTHSM2_CONF", folder.path().join("conf"));
    let finished = finish(service.hand_to(&mut command)).unwrap();

    let answer: serde_json::Value = serde_json::from_slice(&finished.stdout).expect("JSON");
    let mut cards = answer["readers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reader| &reader["card"]);
    let card = cards.find(|card| certificates(card).is_ok()).expect("a token");
    assert_eq!(card["backend"], "pkcs11");
    assert_eq!(digests(card).unwrap(), [expected], "{answer:#}");
    let certificate = &certificates(card).unwrap()[0];
    assert_eq!(certificate["hash"], "SHA-1");
    assert_eq!(certificate["keyBits"], 2048);
}
