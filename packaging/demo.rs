//! `cargo demo`: the application with practice cards and, beside it, the practice service, on a machine that has
//! nothing but Rust.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

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
    println!("building the application: the first time takes five to fifteen minutes, later a few seconds");
    run_command(cargo().args(["build", "--locked"]))?;
    let service = Service::start()?;
    println!(
        "the practice service: {} (its pages open in any browser)",
        service.address
    );
    let mut kartal = Command::new(built("kartal")?);
    kartal
        .args(["--demo", "--service", &service.address])
        .args(&arguments.rest);
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

/// A program of ours, beside the one that is running.
fn built(name: &str) -> Result<PathBuf> {
    let own = env::current_exe()?;
    Ok(own.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// How long the practice service may take until it answers: a slow disk makes its database slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// The practice service, in a process and a folder of its own; both end with this value.
struct Service {
    process: Child,
    /// Where it listens, for instance `http://127.0.0.1:41234`.
    address: String,
    _folder: TempDir,
}

impl Service {
    fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let told = folder.path().join("address");
        let process = Command::new(built("kartal-portal")?)
            .args(["--practice", "--log", "warn", "--spool"])
            .arg(folder.path())
            .args(["serve", "--listen", "127.0.0.1:0", "--address-file"])
            .arg(&told)
            .stdin(Stdio::null())
            // Where it listens is said once, by us.
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start the practice service")?;
        let mut service = Self {
            process,
            address: String::new(),
            _folder: folder,
        };
        service.address = service.wait(&told)?;
        Ok(service)
    }

    fn wait(&mut self, told: &Path) -> Result<String> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if let Some(status) = self.process.try_wait()? {
                bail!("the practice service ended by itself: {status}");
            }
            match fs::read_to_string(told) {
                // With its line's end it is whole.
                Ok(address) if address.ends_with('\n') => return Ok(address.trim().to_owned()),
                _ => thread::sleep(Duration::from_millis(20)),
            }
        }
        bail!("the practice service does not answer")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // What it kept goes with its folder: there is nothing to finish.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(unix)]
fn picture(kartal: &mut Command, file: &Path) -> Result<()> {
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
