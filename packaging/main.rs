//! The repository's tasks: `cargo demo`, `cargo verify`, `cargo bench-kartal`.
//!
//! Each sets up what it needs on a fresh machine, says aloud what it does, and fails rather than leave anything out.
#![forbid(unsafe_code)]
// A task talks to whoever runs it.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

mod bench;
mod demo;
mod shell;
mod system;
mod tools;
mod translations;
mod tree;
mod verify;

/// The tasks of this repository.
#[derive(Debug, Parser)]
#[command(name = "packaging", bin_name = "cargo run --package packaging --")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Opens the application with practice cards; nothing else is needed.
    Demo(demo::Arguments),
    /// Sets up and runs everything that has to pass before a change is accepted.
    Verify(verify::Arguments),
    /// Asks the public database whether a dependency has a known weakness. Needs the network.
    Advisories,
    /// Measures the figures of the README, beside comparable programs.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    match run(Arguments::parse_from(command_line(std::env::args_os())).task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The aliases end before the arguments: `cargo demo -- --headless FILE` arrives as `demo -- --headless FILE`, and
/// that first `--` separates nothing any more.
fn command_line(arguments: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.collect();
    if arguments.get(2).is_some_and(|argument| argument == "--") {
        arguments.remove(2);
    }
    arguments
}

fn run(task: Task) -> Result<ExitCode> {
    std::env::set_current_dir(shell::root()?)?;
    match task {
        Task::Demo(arguments) => demo::run(&arguments).map(|()| ExitCode::SUCCESS),
        Task::Verify(arguments) => verify::run(&arguments),
        Task::Advisories => tools::advisories().map(|()| ExitCode::SUCCESS),
        Task::Bench(arguments) => bench::run(&arguments),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_separator_goes_and_later_ones_stay() {
        let line = |words: &[&str]| command_line(words.iter().map(OsString::from));
        assert_eq!(
            line(&["packaging", "demo", "--", "--headless", "a"]),
            ["packaging", "demo", "--headless", "a"]
        );
        assert_eq!(
            line(&["packaging", "demo", "--", "--", "b"]),
            ["packaging", "demo", "--", "b"]
        );
        assert_eq!(line(&["packaging", "demo"]), ["packaging", "demo"]);
    }
}
