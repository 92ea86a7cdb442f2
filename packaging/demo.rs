//! `cargo demo`: the application with practice cards, on a machine that has nothing but Rust.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::shell::{cargo, run as run_command};
use crate::system::{self, Purpose};

/// How to show the application.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Draw on a display in memory, write one picture of it to this PNG file, and end.
    #[arg(long, value_name = "FILE.png", value_parser = absolute)]
    headless: Option<PathBuf>,
    /// Handed on to the application.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// A path as it is meant where the person is, who need not be at the root of the repository.
fn absolute(path: &str) -> std::io::Result<PathBuf> {
    std::path::absolute(path)
}

/// Builds the application and shows it.
pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    if arguments.headless.is_none() && !has_display() {
        bail!("{NO_DISPLAY}");
    }
    let window = [Purpose::Build, Purpose::Window];
    let headless = [Purpose::Build, Purpose::Window, Purpose::Headless];
    system::ensure_for(if arguments.headless.is_some() {
        &headless
    } else {
        &window
    })?;
    println!("building the application: the first time takes two to four minutes, later a few seconds");
    run_command(cargo().args(["build", "--locked", "--package", "desktop", "--bin", "kartal"]))?;
    let mut kartal = Command::new(built()?);
    kartal.arg("--demo").args(&arguments.rest);
    match &arguments.headless {
        Some(file) => picture(&mut kartal, file),
        None => run_command(&mut kartal),
    }
}

const NO_DISPLAY: &str = "\
there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.
  - at the machine itself: run this in a terminal of the graphical session
  - by ssh: connect with `ssh -X`, from a machine that has a display
  - in a container: hand the display over (`-e DISPLAY -v /tmp/.X11-unix:/tmp/.X11-unix`)
  - only to see what it looks like: cargo demo -- --headless FILE.png";

fn has_display() -> bool {
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(windows) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The application, beside the program that is running.
fn built() -> Result<PathBuf> {
    let own = env::current_exe()?;
    Ok(own.with_file_name(format!("kartal{}", env::consts::EXE_SUFFIX)))
}

#[cfg(unix)]
fn picture(kartal: &mut Command, file: &Path) -> Result<()> {
    use std::time::Duration;

    use anyhow::Context;
    use stack::{Display, Running};

    let display = Display::start(1080, 720)?;
    println!("showing the application on display {} in memory", display.name());
    let mut running = Running::start(display.hand_to(kartal))?;
    let picture = display.wait_until_still(Duration::from_secs(20));
    running.ensure_alive()?;
    picture.context("the application drew nothing")?.write_png(file)?;
    println!("wrote {}", file.display());
    Ok(())
}

#[cfg(not(unix))]
fn picture(_kartal: &mut Command, _file: &Path) -> Result<()> {
    bail!("--headless needs Xvfb, and so Linux; without it, `cargo demo` opens a window here")
}
