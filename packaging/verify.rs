//! `cargo verify`: everything that has to pass before a change is accepted, in the order in which it fails fastest.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

use crate::shell::{cargo, run as run_command, spell};
use crate::system::{self, Purpose};
use crate::tools::{self, DENY, NEXTEST};
use crate::translations;
use crate::tree::Tree;

/// Which steps to run; all of them by default.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Run one step only. What it builds on is taken as done.
    #[arg(long, value_name = "STEP", conflicts_with = "from")]
    only: Option<String>,
    /// Start at this step. What comes before is taken as done.
    #[arg(long, value_name = "STEP")]
    from: Option<String>,
    /// List the steps.
    #[arg(long)]
    list: bool,
}

/// One thing that is checked.
struct Step {
    name: &'static str,
    about: &'static str,
    /// Steps without which this one cannot say anything.
    after: &'static [&'static str],
    check: fn(&Run) -> Result<()>,
}

/// What steps know of the run.
struct Run {
    /// The files before the first step.
    before: Tree,
}

const STEPS: &[Step] = &[
    step("packages", "system packages are installed", &[], |_| {
        use Purpose::{Build, Headless, Stack, Window};
        system::ensure_for(&[Build, Window, Headless, Stack])
    }),
    step(
        "tools",
        "cargo-nextest, cargo-deny, pyHanko and axe-core are there",
        &["packages"],
        |_| {
            NEXTEST.ensure()?;
            DENY.ensure()?;
            tools::ensure_pyhanko()?;
            tools::ensure_schemathesis()?;
            tools::ensure_axe()
        },
    ),
    step("format", "the source is formatted", &[], |_| {
        run_command(cargo().args(["fmt", "--all", "--check"]))
    }),
    step("translations", "both languages say the same", &[], |_| {
        let count = translations::check(Path::new("i18n"), Path::new("src"))?;
        println!("{count} messages in each language");
        Ok(())
    }),
    step(
        "licences",
        "licences, duplicates and origins of dependencies",
        &["tools"],
        |_| {
            run_command(DENY.command()?.args([
                "--log-level",
                "error",
                "check",
                "licenses",
                "bans",
                "sources",
            ]))
        },
    ),
    step(
        "lints",
        "no warning from compiler or linter",
        &["packages"],
        |_| {
            let flags = [
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--",
                "-D",
                "warnings",
            ];
            run_command(cargo().args(flags))
        },
    ),
    step(
        "programs",
        "the programs that the tests run, as they are shipped",
        &["packages"],
        |_| run_command(cargo().arg("build").args(PROGRAMS).arg("--locked")),
    ),
    step(
        "tests",
        "all tests, on the real stack too",
        &["packages", "tools", "programs"],
        |_| run_command(NEXTEST.command()?.args(["run", "--workspace", "--locked"])),
    ),
    step(
        "examples",
        "the examples in the documentation run",
        &["packages"],
        |_| run_command(cargo().args(["test", "--doc", "--workspace", "--locked", "--quiet"])),
    ),
    step(
        "documentation",
        "the documentation builds without a warning",
        &["packages"],
        |_| {
            let mut doc = cargo();
            doc.args(["doc", "--workspace", "--no-deps", "--locked"])
                .env("RUSTDOCFLAGS", "-D warnings");
            run_command(&mut doc)
        },
    ),
    step(
        "tree",
        "nothing above created or changed a file of the repository",
        &[],
        |context| {
            let differences = context.before.differences(&Tree::now()?);
            for difference in &differences {
                println!("  {difference}");
            }
            if differences.is_empty() {
                Ok(())
            } else {
                bail!("{} files differ from before", differences.len())
            }
        },
    ),
];

/// The packages with programs and libraries that run beside the tests. Built by themselves, they have the features
/// that are shipped, and not those that the tests add.
const PROGRAMS: [&str; 10] = [
    "-p",
    "desktop",
    "-p",
    "cli",
    "-p",
    "virtual-card",
    "-p",
    "portal",
    "-p",
    "quirk-module",
];

const fn step(
    name: &'static str,
    about: &'static str,
    after: &'static [&'static str],
    check: fn(&Run) -> Result<()>,
) -> Step {
    Step {
        name,
        about,
        after,
        check,
    }
}

/// How a step went.
struct Outcome {
    name: &'static str,
    error: Option<anyhow::Error>,
    time: Duration,
}

/// Runs the steps; the exit code says whether all passed.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    if arguments.list {
        for step in STEPS {
            println!("{:<14} {}", step.name, step.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let steps = chosen(arguments)?;
    let context = Run { before: Tree::now()? };
    let start = Instant::now();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        println!(
            "\n== {}/{} {}: {}",
            number + 1,
            steps.len(),
            step.name,
            step.about
        );
        let outcome = attempt(step, &context, &outcomes);
        if let Some(error) = &outcome.error {
            println!("FAILED: {error:#}");
        }
        outcomes.push(outcome);
    }
    Ok(summarise(&outcomes, start.elapsed()))
}

fn chosen(arguments: &Arguments) -> Result<&'static [Step]> {
    let find = |name: &str| {
        let found = STEPS.iter().position(|step| step.name == name);
        found.with_context(|| format!("there is no step `{name}`; --list shows them"))
    };
    let range = match (&arguments.only, &arguments.from) {
        (Some(name), _) => find(name)?..find(name)? + 1,
        (None, Some(name)) => find(name)?..STEPS.len(),
        (None, None) => 0..STEPS.len(),
    };
    STEPS.get(range).context("no such steps")
}

fn attempt(step: &Step, context: &Run, earlier: &[Outcome]) -> Outcome {
    let start = Instant::now();
    let failed = earlier
        .iter()
        .find(|outcome| outcome.error.is_some() && step.after.contains(&outcome.name));
    let result = match failed {
        Some(cause) => Err(anyhow!("not run, because `{}` failed", cause.name)),
        None => (step.check)(context),
    };
    Outcome {
        name: step.name,
        error: result.err(),
        time: start.elapsed(),
    }
}

fn summarise(outcomes: &[Outcome], total: Duration) -> ExitCode {
    println!("\n== summary");
    for outcome in outcomes {
        let verdict = outcome
            .error
            .as_ref()
            .map_or("passed".to_owned(), |error| format!("FAILED  {error:#}"));
        println!("{:<14} {:>14}  {verdict}", outcome.name, spell(outcome.time));
    }
    println!("{:<14} {:>14}", "total", spell(total));
    let failed = outcomes.iter().filter(|outcome| outcome.error.is_some()).count();
    println!("\n{} passed, {failed} failed", outcomes.len() - failed);
    if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn arguments(only: Option<&str>, from: Option<&str>) -> Arguments {
        Arguments {
            only: only.map(str::to_owned),
            from: from.map(str::to_owned),
            list: false,
        }
    }

    #[test]
    fn steps_come_after_what_they_build_on() {
        for (index, step) in STEPS.iter().enumerate() {
            for needed in step.after {
                assert!(
                    STEPS[..index].iter().any(|earlier| earlier.name == *needed),
                    "{}",
                    step.name
                );
            }
        }
    }

    #[test]
    fn one_step_or_the_rest_can_be_chosen() {
        assert_eq!(chosen(&arguments(Some("format"), None)).unwrap().len(), 1);
        assert_eq!(chosen(&arguments(None, Some("tree"))).unwrap().len(), 1);
        assert_eq!(chosen(&arguments(None, None)).unwrap().len(), STEPS.len());
        assert!(chosen(&arguments(Some("nothing"), None)).is_err());
    }

    #[test]
    fn a_step_is_not_run_when_what_it_builds_on_failed() {
        let passes = step("second", "", &["first"], |_| Ok(()));
        let first = Outcome {
            name: "first",
            error: Some(anyhow!("broken")),
            time: Duration::ZERO,
        };
        let context = Run {
            before: Tree::now().unwrap(),
        };
        assert!(attempt(&passes, &context, &[]).error.is_none());
        assert!(attempt(&passes, &context, &[first]).error.is_some());
    }
}
