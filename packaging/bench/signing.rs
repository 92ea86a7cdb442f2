//! A signature of a file by a card, from the start of the process to its end, beside `pkcs11-tool`; and how quickly
//! signatures are judged.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use stack::{
    CardArguments, InsertedCard, Profile, Program, Running, Service, finish, finish_within, opensc_module,
};

use super::Figure;
use super::portal::figure;
use super::sample::{median, version_of};
use crate::shell::{cargo, run};

const PIN: &str = "123456";
/// The usual delay of a real card.
const DELAY_MS: u32 = 20;
/// What is to be signed.
const FILE: &str = "dilekçe.txt";

/// The same card and text for both; the card is one that this home has seen before, as one's own card is.
pub(super) fn made_and_judged(runs: u8) -> Result<Vec<Figure>> {
    println!("signing with a slow card …");
    let service = Service::start()?;
    let card = CardArguments::practice("sha256").delay_ms(DELAY_MS).release();
    let mut card = InsertedCard::insert(&service, service.reader(0)?, &card)?;
    let home = tempfile::tempdir()?;
    fs::write(home.path().join(FILE), "Başvurumu onaylıyorum.\n")?;
    ours(&service, home.path())?;
    let (mut own, mut peers) = (Vec::new(), Vec::new());
    let mut commands = (0, 0);
    for _ in 0..runs.div_ceil(2) {
        let before = card.count()?;
        own.push(seconds_of(|| ours(&service, home.path()))?);
        let between = card.count()?;
        peers.push(seconds_of(|| by_pkcs11_tool(&service, home.path()))?);
        commands = (between - before, card.count()? - between);
    }
    let (own, peer) = (median(own)?, median(peers)?);
    let spell = |value, commands| format!("{value:.2} s, {commands} commands");
    let name = format!(
        "`pkcs11-tool --sign` of OpenSC {} with the same card",
        version_of("opensc")
    );
    println!("judging signatures …");
    let signature = home.path().join(format!("{FILE}.p7s"));
    let judged = super::judged(&[&signature, &home.path().join(FILE)])?;
    Ok(vec![
        Figure::peer(
            &format!("`kartal-cli sign FILE` at {DELAY_MS} ms a command"),
            spell(own, commands.0),
        ),
        Figure::peer(&name, spell(peer, commands.1)),
        Figure::at_most("the one as part of the other", own / peer, 0.8, |value| {
            format!("{value:.2} ×")
        }),
        Figure::at_least("signatures judged per second and core", judged, 2_000.0, |rate| {
            format!("{rate:.0}")
        }),
    ])
}

/// The longest time between two frames while as many and as long texts are shown and signed as a service may want.
pub(super) fn long_texts() -> Result<Vec<Figure>> {
    const TEST: &str = "long_texts::many_long_texts_are_shown_and_signed_without_a_stalled_frame";
    println!("signing many long texts in the window …");
    run(cargo().args(["build", "--locked", "--package", "portal"]))?;
    let mut test = cargo();
    test.args([
        "test",
        "--locked",
        "--quiet",
        "--package",
        "stack",
        "--test",
        "real-stack",
    ]);
    test.args(["--", "--ignored", "--nocapture", "--exact", TEST]);
    let said = finish_within(&mut test, Duration::from_mins(20))?
        .success()?
        .text();
    let told = |name: &str| {
        let found = said.lines().filter_map(figure).find(|(told, _)| *told == name);
        found
            .map(|(_, value)| value)
            .with_context(|| format!("no {name}: {said}"))
    };
    let figure = |what: &str, value| {
        let what = format!("longest time between two frames while 32 texts of 64 KiB are {what}");
        Figure::at_most(&what, value, 50.0, |value| format!("{value:.0} ms"))
    };
    Ok(vec![
        figure("fetched and shown", told("long-texts-shown-ms")?),
        figure("signed", told("long-texts-signed-ms")?),
    ])
}

fn ours(service: &Service, home: &Path) -> Result<()> {
    let _ = fs::remove_file(home.join(format!("{FILE}.p7s")));
    let mut command = Command::new(Program::KartalCli.path(Profile::Release)?);
    command
        .args(["sign", FILE, "--driverless", "--detached", "--stdin"])
        .current_dir(home)
        .env("HOME", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
        command.env_remove(variable);
    }
    let mut running = Running::start(service.hand_to(&mut command))?;
    let mut input = running.child().stdin.take().context("no input")?;
    writeln!(input, "{PIN}")?;
    drop(input);
    let status = running.child().wait()?;
    ensure!(
        home.join(format!("{FILE}.p7s")).is_file(),
        "nothing was signed: {status}"
    );
    Ok(())
}

fn by_pkcs11_tool(service: &Service, home: &Path) -> Result<()> {
    let mut command = Command::new("pkcs11-tool");
    command
        .arg("--module")
        .arg(opensc_module()?)
        .args([
            "--login",
            "--pin",
            PIN,
            "--sign",
            "-m",
            "SHA256-RSA-PKCS",
            "--id",
            "45",
        ])
        .args(["--input-file", FILE, "--output-file", "theirs"])
        .current_dir(home);
    finish(service.hand_to(&mut command))?.success().map(drop)
}

fn seconds_of(work: impl FnOnce() -> Result<()>) -> Result<f64> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed().as_secs_f64())
}
