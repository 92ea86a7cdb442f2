//! What a task needs from the system: named, explained, installed.

use std::collections::BTreeSet;
use std::fs;
use std::io::IsTerminal;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::shell::{ask, has_program, run};

/// What is going to be done, and so what has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Build the programs.
    Build,
    /// Open a window.
    Window,
    /// Open a window on a display that nobody looks at.
    Headless,
    /// Run the tests on the real stack.
    Stack,
    /// Measure beside other programs.
    Bench,
}

/// One thing that is needed, under its name in each family of distributions.
struct Need {
    purposes: &'static [Purpose],
    debian: &'static str,
    fedora: &'static str,
    reason: &'static str,
}

use Purpose::{Bench, Build, Headless, Stack, Window};

const NEEDS: &[Need] = &[
    need(
        &[Build],
        "pkg-config",
        "pkgconf-pkg-config",
        "finds the smart card library while building",
    ),
    need(
        &[Build],
        "libpcsclite-dev",
        "pcsc-lite-devel",
        "to link to the smart card service",
    ),
    need(
        &[Window],
        "libpcsclite1",
        "pcsc-lite-libs",
        "talks to the smart card service",
    ),
    need(&[Window], "libx11-6", "libX11", "a window under X11"),
    need(&[Window], "libx11-xcb1", "libX11-xcb", "a window under X11"),
    need(
        &[Window],
        "libxcursor1",
        "libXcursor",
        "the mouse pointer under X11",
    ),
    need(&[Window], "libxi6", "libXi", "mouse and keyboard under X11"),
    need(&[Window], "libxkbcommon0", "libxkbcommon", "keyboard layouts"),
    need(
        &[Window],
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
        "keyboard layouts under X11",
    ),
    need(
        &[Window],
        "libwayland-client0",
        "libwayland-client",
        "a window under Wayland",
    ),
    need(
        &[Window],
        "zenity",
        "zenity",
        "the dialog for files, where the desktop brings none",
    ),
    need(
        &[Window],
        "xdg-utils",
        "xdg-utils",
        "lets the program open the links of web pages",
    ),
    need(&[Headless], "xvfb", "xorg-x11-server-Xvfb", "a display in memory"),
    need(
        &[Stack],
        "pcscd",
        "pcsc-lite",
        "the smart card service that the tests start for themselves",
    ),
    need(
        &[Stack],
        "vsmartcard-vpcd",
        "virtualsmartcard",
        "readers for cards in software",
    ),
    need(
        &[Stack],
        "opensc",
        "opensc",
        "an independent driver for the same cards",
    ),
    need(&[Stack], "softhsm2", "softhsm", "an independent PKCS#11 module"),
    need(
        &[Stack],
        "openssl",
        "openssl",
        "makes certificates and checks signatures",
    ),
    need(
        &[Stack],
        "python3-venv",
        "python3",
        "runs pyHanko, an independent verifier of signatures",
    ),
    need(
        &[Stack],
        "chromium",
        "chromium",
        "the browser in which the service's pages are tested",
    ),
    need(
        &[Stack],
        "chromium-driver",
        "chromedriver",
        "hands the browser what the tests want of it",
    ),
    need(
        &[Stack],
        "poppler-utils",
        "poppler-utils",
        "reads back the form that is printed, as a person would",
    ),
    need(
        &[Stack],
        "postgresql",
        "postgresql-server",
        "a database that several certificate services share",
    ),
    need(
        &[Bench],
        "kleopatra",
        "kleopatra",
        "the program that the window is measured against",
    ),
    need(
        &[Bench],
        "dbus-daemon",
        "dbus-daemon",
        "Kleopatra does not start without a session bus",
    ),
];

const fn need(
    purposes: &'static [Purpose],
    debian: &'static str,
    fedora: &'static str,
    reason: &'static str,
) -> Need {
    Need {
        purposes,
        debian,
        fedora,
        reason,
    }
}

/// Makes sure that everything for `purposes` is there; what is missing is named with its reason and installed.
pub(crate) fn ensure_for(purposes: &[Purpose]) -> Result<()> {
    if cfg!(windows) {
        // Windows brings the smart card service and everything that a window needs.
        return Ok(());
    }
    let needs: Vec<&Need> = NEEDS
        .iter()
        .filter(|need| need.purposes.iter().any(|one| purposes.contains(one)))
        .collect();
    let Some(manager) = Manager::of_this_system() else {
        return bail_with_list(&needs);
    };
    let missing = manager.missing(&needs)?;
    if missing.is_empty() {
        println!("system packages: all {} are installed", needs.len());
        return Ok(());
    }
    println!(
        "system packages: {} of {} are missing",
        missing.len(),
        needs.len()
    );
    for need in &missing {
        println!("  {:<20} {}", manager.name_of(need), need.reason);
    }
    manager.install(&missing)?;
    let still = manager.missing(&needs)?;
    ensure!(
        still.is_empty(),
        "still missing: {}",
        names(manager, &still).join(" ")
    );
    Ok(())
}

fn bail_with_list(needs: &[&Need]) -> Result<()> {
    eprintln!("This system has neither apt-get nor dnf, so nothing is installed by itself.");
    eprintln!("Install these (names as on Debian; on Fedora), then run the task again:");
    for need in needs {
        eprintln!("  {:<20} {:<22} {}", need.debian, need.fedora, need.reason);
    }
    bail!("system packages cannot be checked here")
}

#[derive(Debug, Clone, Copy)]
enum Manager {
    Apt,
    Dnf,
}

impl Manager {
    fn of_this_system() -> Option<Self> {
        if has_program("apt-get") && has_program("dpkg-query") {
            Some(Self::Apt)
        } else if has_program("dnf") && has_program("rpm") {
            Some(Self::Dnf)
        } else {
            None
        }
    }

    fn name_of(self, need: &Need) -> &'static str {
        match self {
            Self::Apt => need.debian,
            Self::Dnf => need.fedora,
        }
    }

    fn missing<'n>(self, needs: &[&'n Need]) -> Result<Vec<&'n Need>> {
        let installed = match self {
            Self::Apt => self.installed_by_apt(needs)?,
            Self::Dnf => self.installed_by_dnf(needs)?,
        };
        Ok(needs
            .iter()
            .copied()
            .filter(|need| !installed.contains(self.name_of(need)))
            .collect())
    }

    fn installed_by_apt(self, needs: &[&Need]) -> Result<BTreeSet<String>> {
        let mut query = Command::new("dpkg-query");
        query
            .args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"])
            .args(names(self, needs));
        let answer = ask(&mut query).context("dpkg-query does not answer")?;
        let lines = answer.lines().filter_map(|line| line.split_once(' '));
        Ok(lines
            .filter(|(_, status)| *status == "installed")
            .map(|(name, _)| name.to_owned())
            .collect())
    }

    fn installed_by_dnf(self, needs: &[&Need]) -> Result<BTreeSet<String>> {
        let mut query = Command::new("rpm");
        query
            .args(["--query", "--queryformat", "%{NAME}\n"])
            .args(names(self, needs));
        let answer = ask(&mut query).context("rpm does not answer")?;
        Ok(answer.lines().map(str::to_owned).collect())
    }

    fn install(self, needs: &[&Need]) -> Result<()> {
        let names = names(self, needs);
        match self {
            Self::Apt => {
                // Lists that cannot be refreshed may still do.
                if let Err(error) = run(as_root("apt-get")?.args(["update", "--quiet"])) {
                    eprintln!("{error:#}");
                }
                let mut install = as_root("apt-get")?;
                install
                    .args(["install", "--yes", "--quiet", "--no-install-recommends"])
                    .args(names);
                run(&mut install)
            }
            Self::Dnf => run(as_root("dnf")?.args(["install", "--assumeyes"]).args(names)),
        }
    }
}

fn names(manager: Manager, needs: &[&Need]) -> Vec<&'static str> {
    needs.iter().map(|need| manager.name_of(need)).collect()
}

/// A command that runs as root: directly, or by `sudo`.
fn as_root(program: &str) -> Result<Command> {
    if is_root() {
        let mut command = Command::new(program);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        return Ok(command);
    }
    ensure!(
        has_program("sudo"),
        "installing needs root, and there is no sudo: run this task as root once"
    );
    let mut command = Command::new("sudo");
    if !std::io::stdin().is_terminal() {
        // Nobody is there to type a password: fail instead of waiting.
        command.arg("--non-interactive");
    }
    command.args(["env", "DEBIAN_FRONTEND=noninteractive", program]);
    Ok(command)
}

/// Whether this process belongs to root, as the kernel tells: real, effective, saved and file system user.
fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    line.and_then(|line| line.split_whitespace().nth(1)) == Some("0")
}
