//! `cargo bench-kartal`: the figures that the README promises, measured in one run beside comparable programs.

use std::process::ExitCode;

use anyhow::Result;

use crate::shell::{cargo, run as run_command};
use crate::system::{self, Purpose};

#[cfg(unix)]
mod cards;
#[cfg(unix)]
mod portal;
#[cfg(unix)]
mod sample;
#[cfg(unix)]
mod signing;
#[cfg(unix)]
mod window;

/// What to measure, how long and how often.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Measure this part only; without it everything but `cuts`.
    #[arg(value_enum)]
    what: Option<What>,
    /// How often each program is started; the middle value counts.
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u8).range(1..))]
    runs: u8,
    /// For how many seconds the idle window is watched.
    #[arg(long, default_value_t = 60, value_name = "SECONDS")]
    idle: u16,
}

/// A part that can be run on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// The window: start, memory, idle time, a card's way to the screen, frames.
    Window,
    /// Commands and time for a look at a card.
    Cards,
    /// Certificates judged.
    Certificates,
    /// Signatures made and judged.
    Signing,
    /// Journeys against the certificate service.
    Portal,
    /// Instead of measuring, the whole cut test (the tests run a sample of it): power goes at every byte of every
    /// write of a replacement.
    Cuts,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Figure {
    what: String,
    measured: String,
    target: String,
    reached: bool,
}

impl Figure {
    /// A figure that is to stay at or under `target`; both are written by `spell`.
    fn at_most(what: &str, measured: f64, target: f64, spell: fn(f64) -> String) -> Self {
        let target_text = format!("≤ {}", spell(target));
        Self {
            what: what.to_owned(),
            measured: spell(measured),
            target: target_text,
            reached: measured <= target,
        }
    }

    /// A figure that is to stay at or over `target`.
    fn at_least(what: &str, measured: f64, target: f64, spell: fn(f64) -> String) -> Self {
        let target_text = format!("≥ {}", spell(target));
        Self {
            what: what.to_owned(),
            measured: spell(measured),
            target: target_text,
            reached: measured >= target,
        }
    }

    /// What another program needs, to compare with.
    fn peer(what: &str, measured: String) -> Self {
        Self {
            what: what.to_owned(),
            measured,
            target: String::new(),
            reached: true,
        }
    }
}

/// Measures everything and prints the table; the exit code says whether every target was reached.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    use Purpose::{Bench, Build, Headless, Stack, Window};
    if arguments.what == Some(What::Cuts) {
        system::ensure_for(&[Build, Window, Stack])?;
        return cuts();
    }
    system::ensure_for(&[Build, Window, Headless, Stack, Bench])?;
    if arguments.what != Some(What::Portal) {
        println!("building for release: the first time takes four to six minutes");
        let packages = ["desktop", "cli", "virtual-card"].map(|package| ["--package", package]);
        run_command(
            cargo()
                .args(["build", "--release", "--locked"])
                .args(packages.as_flattened()),
        )?;
    }
    let figures = measure(arguments)?;
    print!("\n{}", table(&figures));
    let missed = figures.iter().filter(|figure| !figure.reached).count();
    println!("\n{} figures, {missed} missed", figures.len());
    Ok(if missed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The whole cut test, which prints `cuts: N, lost: 0` for each way to the card and fails if anything was lost.
fn cuts() -> Result<ExitCode> {
    let mut test = cargo();
    test.args(["test", "--package", "journey-tests", "--test", "cuts", "--locked"]);
    test.args(["--", "--nocapture", "--test-threads=1"])
        .env("KARTAL_CUTS", "all");
    run_command(&mut test)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(unix)]
fn measure(arguments: &Arguments) -> Result<Vec<Figure>> {
    let wanted = |part| arguments.what.is_none_or(|only| only == part);
    let mut figures = Vec::new();
    if wanted(What::Window) {
        figures.extend(window::first_frame(arguments.runs)?);
        figures.extend(window::at_rest(arguments.idle)?);
        figures.extend(window::insertion(arguments.runs)?);
        figures.extend(window::while_the_card_works()?);
    }
    if wanted(What::Cards) {
        figures.extend(cards::commands()?);
        figures.extend(cards::time(arguments.runs)?);
    }
    if wanted(What::Certificates) {
        figures.push(certificates_judged()?);
    }
    if wanted(What::Signing) {
        figures.extend(signing::made_and_judged(arguments.runs)?);
        figures.extend(signing::long_texts()?);
    }
    if wanted(What::Portal) {
        figures.extend(portal::journeys()?);
    }
    Ok(figures)
}

#[cfg(not(unix))]
fn measure(_arguments: &Arguments) -> Result<Vec<Figure>> {
    anyhow::bail!("the measurements need pcscd and Xvfb, and so Linux")
}

/// How many certificates one core reads and judges in a second.
#[cfg(unix)]
fn certificates_judged() -> Result<Figure> {
    println!("judging certificates …");
    let rate = judged(&[])?;
    Ok(Figure::at_least(
        "certificates judged per second and core",
        rate,
        20_000.0,
        |rate| format!("{rate:.0}"),
    ))
}

/// What the judge says to these files, a second.
#[cfg(unix)]
fn judged(files: &[&std::path::Path]) -> Result<f64> {
    use anyhow::Context;

    let mut judge = cargo();
    judge.args(["run", "--release", "--locked", "--quiet", "--package", "stack"]);
    judge.args(["--example", "judge", "--"]).args(files);
    let said = stack::finish_within(&mut judge, std::time::Duration::from_mins(15))?
        .success()?
        .text();
    said.trim().parse().with_context(|| format!("no number: {said}"))
}

/// The figures as a table in Markdown.
fn table(figures: &[Figure]) -> String {
    let line = |figure: &Figure| {
        let verdict = match (figure.target.is_empty(), figure.reached) {
            (true, _) => "",
            (false, true) => "✓",
            (false, false) => "missed",
        };
        format!(
            "| {} | {} | {} | {verdict} |\n",
            figure.what, figure.measured, figure.target
        )
    };
    let head = "| figure | measured | target | |\n| --- | ---: | ---: | --- |\n".to_owned();
    figures.iter().map(line).fold(head, |text, line| text + &line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_whether_its_target_is_reached() {
        let spell = |value: f64| format!("{value:.0} ms");
        let figures = [
            Figure::at_most("fast enough", 40.0, 75.0, spell),
            Figure::at_most("too slow", 76.0, 75.0, spell),
            Figure::at_least("too few", 1.0, 2.0, spell),
            Figure::peer("another", "9 ms".to_owned()),
        ];
        let lines: Vec<String> = table(&figures).lines().skip(2).map(str::to_owned).collect();
        assert_eq!(
            lines,
            [
                "| fast enough | 40 ms | ≤ 75 ms | ✓ |",
                "| too slow | 76 ms | ≤ 75 ms | missed |",
                "| too few | 1 ms | ≥ 2 ms | missed |",
                "| another | 9 ms |  |  |",
            ]
        );
    }
}
