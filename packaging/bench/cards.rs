//! A look at a card from the command line: how many commands it sends, and how long it takes, beside `OpenSC`.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::Result;
use stack::{CardArguments, InsertedCard, Profile, Program, Service, finish, opensc_module};

use super::Figure;
use super::sample::{median, version_of};

/// A card with one certificate, and the usual delay of a real one.
const CARD: &str = "sha256";
const DELAY_MS: u32 = 20;

/// How many commands one look takes.
pub(super) fn commands() -> Result<Vec<Figure>> {
    println!("counting commands …");
    let service = Service::start()?;
    let mut card = insert(&service, 0)?;
    let home = tempfile::tempdir()?;
    let driverless = count(&mut card, || look(&service, home.path()))?;
    let known = count(&mut card, || look(&service, home.path()))?;
    let peer = count(&mut card, || list_by_opensc(&service))?;
    let name = format!("the same by OpenSC {}", version_of("opensc"));
    let number = |value| format!("{value:.0}");
    Ok(vec![
        Figure::at_most("commands for one look, driverless", driverless, 24.0, number),
        Figure::at_most("commands for one look at a known card", known, 4.0, number),
        Figure::peer(&name, number(peer)),
    ])
}

/// How long one look takes, from the start of the process to its end.
pub(super) fn time(runs: u8) -> Result<Vec<Figure>> {
    println!("looking at a slow card …");
    let service = Service::start()?;
    let _card = insert(&service, DELAY_MS)?;
    let (mut ours, mut peers) = (Vec::new(), Vec::new());
    for _ in 0..runs.div_ceil(2) {
        let home = tempfile::tempdir()?;
        ours.push(seconds_of(|| look(&service, home.path()))?);
        peers.push(seconds_of(|| list_by_opensc(&service))?);
    }
    let (ours, peer) = (median(ours)?, median(peers)?);
    let spell = |value| format!("{value:.2} s");
    let what = format!("`kartal-cli cards --driverless` at {DELAY_MS} ms a command");
    Ok(vec![
        Figure::peer(&what, spell(ours)),
        Figure::peer("`pkcs11-tool -O` with the same card", spell(peer)),
        Figure::at_most("the one as part of the other", ours / peer, 0.5, |value| {
            format!("{value:.2} ×")
        }),
    ])
}

fn insert(service: &Service, delay_ms: u32) -> Result<InsertedCard> {
    let card = CardArguments::practice(CARD).delay_ms(delay_ms).release();
    InsertedCard::insert(service, service.reader(0)?, &card)
}

fn look(service: &Service, home: &Path) -> Result<()> {
    let mut command = Command::new(Program::KartalCli.path(Profile::Release)?);
    command.args(["cards", "--driverless"]).env("HOME", home);
    for variable in ["XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"] {
        command.env_remove(variable);
    }
    let finished = finish(service.hand_to(&mut command))?;
    // Code 1 says that something is to be done about the card; the look itself went well.
    if finished.code() == 1 {
        Ok(())
    } else {
        finished.success().map(drop)
    }
}

fn list_by_opensc(service: &Service) -> Result<()> {
    let mut command = Command::new("pkcs11-tool");
    command.arg("--module").arg(opensc_module()?).arg("-O");
    finish(service.hand_to(&mut command))?.success().map(drop)
}

fn count(card: &mut InsertedCard, look: impl FnOnce() -> Result<()>) -> Result<f64> {
    let before = card.count()?;
    look()?;
    Ok(f64::from(u32::try_from(card.count()? - before)?))
}

fn seconds_of(look: impl FnOnce() -> Result<()>) -> Result<f64> {
    let start = Instant::now();
    look()?;
    Ok(start.elapsed().as_secs_f64())
}
