//! The certificate service under many journeys at once, and for a minute.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result};
use stack::{Profile, Program};

use super::Figure;
use crate::shell::{cargo, run};

/// The test that measures, which no ordinary run of the tests includes.
const TEST: &str = "tests::load::figures::figures_of_many_journeys";

/// Processors of the machine for which the targets were set.
const PROCESSORS: f64 = 2.0;

/// Logs in by word and SMS, fetches a replacement and confirms it, again and again; callers are on the same machine.
pub(super) fn journeys() -> Result<Vec<Figure>> {
    println!("going through journeys with the service: builds it for release, then takes some minutes …");
    run(cargo().args(["build", "--release", "--locked", "--package", "portal"]))?;
    let mut test = cargo();
    test.args([
        "test",
        "--release",
        "--locked",
        "--quiet",
        "--package",
        "portal",
        "--lib",
    ]);
    let program = Program::Portal.path(Profile::Release)?;
    test.env("KARTAL_PORTAL", std::path::absolute(program)?);
    test.args(["--", "--ignored", "--nocapture", "--exact", TEST]);
    let said = stack::finish_within(&mut test, Duration::from_mins(40))?
        .success()?
        .text();
    let told: HashMap<&str, f64> = said.lines().filter_map(figure).collect();
    let of = |name: &str| {
        told.get(name)
            .copied()
            .with_context(|| format!("no {name}: {said}"))
    };
    let rate = |value: f64| format!("{value:.0}");
    let seconds = |value: f64| format!("{value:.1} s");
    let (word, sustained) = (of("word-seconds")?, of("sustained-rate")?);
    let share = word * sustained / PROCESSORS;
    let ratio = of("postgresql-two-rate")? / of("postgresql-rate")?;
    Ok(vec![
        Figure::at_least(
            "login and replacement journeys a second with the service, for a minute, SQLite",
            sustained,
            50.0,
            rate,
        ),
        Figure::peer(
            "of that for the security words (argon2id, 7 MiB, five passes)",
            format!(
                "{:.0} ms each, {:.0} % of two processors",
                word * 1_000.0,
                share * 100.0
            ),
        ),
        Figure::at_most(
            "1,000 journeys begun at once: 99 of 100 are done after",
            of("at-once-p99-seconds")?,
            5.0,
            seconds,
        ),
        Figure::at_most(
            "how often one of them was told to come again later",
            of("at-once-told-to-wait")?,
            0.0,
            rate,
        ),
        Figure::peer(
            "the same with security words that are hashed in no time",
            seconds(of("at-once-without-words-p99-seconds")?),
        ),
        Figure::at_most(
            "resident memory of the service after that",
            of("resident-mib")?,
            150.0,
            |memory| format!("{memory:.0} MiB"),
        ),
        Figure::peer(
            "journeys a second with PostgreSQL, one instance",
            rate(of("postgresql-rate")?),
        ),
        Figure::peer(
            "the same with two instances, as part of one",
            format!("{ratio:.2} ×"),
        ),
    ])
}

/// A line of a test that tells a figure.
pub(super) fn figure(line: &str) -> Option<(&str, f64)> {
    // The name of the test may stand before the first one, on its line.
    let (_, told) = line.split_once("figure ")?;
    let (name, value) = told.split_once(' ')?;
    Some((name, value.trim().parse().ok()?))
}
