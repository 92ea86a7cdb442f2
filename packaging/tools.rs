//! Cargo's helpers that the checks use: those that are installed, else built once into the target folder.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::shell::{ask, cargo, run};

/// A helper of cargo.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    /// The crate and the program.
    name: &'static str,
    /// The version that is built where none is installed.
    version: &'static str,
    /// Features that are enough here.
    features: &'static [&'static str],
    /// How long building it takes on two cores.
    takes: &'static str,
}

/// Runs tests: each in a process of its own, with a time limit.
pub(crate) const NEXTEST: Tool = Tool {
    name: "cargo-nextest",
    version: "0.9.151",
    features: &["--no-default-features", "--features", "default-no-update"],
    takes: "two minutes",
};

/// Judges licences, duplicates and origins of dependencies.
pub(crate) const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    features: &[],
    takes: "one minute",
};

impl Tool {
    /// A command that runs the tool as `cargo` would: with its own name as the first argument.
    pub(crate) fn command(self) -> Result<Command> {
        let own = self.own_file()?;
        let program = if own.is_file() {
            own
        } else {
            PathBuf::from(self.name)
        };
        let mut command = Command::new(program);
        command.arg(self.name.trim_start_matches("cargo-"));
        Ok(command)
    }

    /// Makes sure that the tool is there.
    pub(crate) fn ensure(self) -> Result<()> {
        if let Some(version) = self.installed()? {
            println!("{version}");
            return Ok(());
        }
        println!(
            "{} is not installed; building version {} takes about {}",
            self.name, self.version, self.takes
        );
        let mut install = cargo();
        install
            .args(["install", "--locked", "--debug", "--version", self.version])
            .args(self.features);
        install.arg("--root").arg(tools_folder()?).arg(self.name);
        // What only runs here needs no debug information; its build shares nothing with the workspace's.
        install
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_TARGET_DIR", tools_folder()?.join("build"));
        run(&mut install)?;
        ensure!(
            self.installed()?.is_some(),
            "{} was installed but does not run",
            self.name
        );
        Ok(())
    }

    fn installed(self) -> Result<Option<String>> {
        let answer = ask(self.command()?.arg("--version")).unwrap_or_default();
        let first = answer.lines().next().unwrap_or_default().to_owned();
        Ok(first.starts_with(self.name).then_some(first))
    }

    fn own_file(self) -> Result<PathBuf> {
        Ok(tools_folder()?
            .join("bin")
            .join(format!("{}{}", self.name, env::consts::EXE_SUFFIX)))
    }
}

/// `pyHanko`, a verifier of signatures that other people wrote, with everything it needs, each in one version.
const PYHANKO: [&str; 16] = [
    "pyHanko==0.31.0",
    "pyhanko-certvalidator==0.29.1",
    "asn1crypto==1.5.1",
    "certifi==2026.10.19.post1",
    "cffi==2.1.1",
    "charset-normalizer==3.5.3",
    "cryptography==50.0.2",
    "idna==3.20",
    "lxml==6.1.3",
    "oscrypto==1.3.0",
    "pycparser==3.12",
    "PyYAML==6.0.4",
    "requests==2.34.2",
    "tzlocal==5.4.5",
    "uritools==6.1.5",
    "urllib3==2.8.0",
];

/// `schemathesis`, which calls a service in every way that its description allows, and in ways that it does not; with
/// everything it needs, each in one version.
const SCHEMATHESIS: [&str; 27] = [
    "schemathesis==4.32.5",
    "anyio==4.16.0",
    "certifi==2026.10.19.post1",
    "charset-normalizer==3.5.3",
    "click==8.5.1",
    "graphql-core==3.3.2",
    "harfile==0.6.0",
    "hypothesis==6.170.17",
    "hypothesis-graphql==0.13.5",
    "idna==3.20",
    "iniconfig==2.3.1",
    "jsonschema_rs==0.60.3",
    "markdown-it-py==4.3.0",
    "MarkupSafe==3.0.4",
    "mdurl==0.1.2",
    "packaging==26.4",
    "pluggy==1.7.0",
    "Pygments==2.21.0",
    "pyrate-limiter==4.5.1",
    "pytest==9.2.0",
    "PyYAML==6.0.4",
    "requests==2.34.2",
    "rich==15.0.0",
    "sortedcontainers==2.4.0",
    "typing_extensions==4.16.0",
    "urllib3==2.8.0",
    "Werkzeug==3.1.9",
];

/// Makes sure that `pyHanko` is there. Where tests do not run on the real stack, nobody needs it.
pub(crate) fn ensure_pyhanko() -> Result<()> {
    ensure_python("pyhanko", "pyHanko", &PYHANKO)
}

/// Makes sure that `schemathesis` is there.
pub(crate) fn ensure_schemathesis() -> Result<()> {
    ensure_python("schemathesis", "schemathesis", &SCHEMATHESIS)
}

/// Makes sure that these packages, of which the first one matters, are in a Python of their own beside the tools.
fn ensure_python(folder: &str, name: &str, packages: &[&str]) -> Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let folder = tools_folder()?.join(folder);
    let installed = || {
        let mut python = Command::new(folder.join("bin/python"));
        let version = format!("from importlib.metadata import version; print(version('{name}'))");
        let answer = ask(python.args(["-I", "-c", &version])).unwrap_or_default();
        packages.contains(&format!("{name}=={}", answer.trim()).as_str())
    };
    if !installed() {
        println!("{name} is not installed; fetching it takes a few seconds");
        run(Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder))?;
        run(Command::new(folder.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .arg("--no-deps")
            .args(packages))?;
        ensure!(installed(), "{name} was installed but does not run");
    }
    println!("{}", packages[0]);
    Ok(())
}

/// The package of the Python index that carries `axe-core` 4.12.1, a judge of whether pages can be used by everybody.
const AXE: &str = "axe-playwright-python==0.1.8";

/// Makes sure that `axe-core`'s one script is there. It runs in the browser; of the package nothing else is used.
pub(crate) fn ensure_axe() -> Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let folder = tools_folder()?.join("axe");
    let script = folder.join("axe_playwright_python/axe.min.js");
    // The file's name does not tell its version; the folder beside it does.
    let told = folder.join("axe_playwright_python-0.1.8.dist-info");
    if !(script.is_file() && told.is_dir()) {
        println!("axe-core is not there; fetching it takes a few seconds");
        let pip = tools_folder()?.join("pyhanko/bin/python");
        run(Command::new(pip)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .args(["--no-deps", "--upgrade", "--target"])
            .arg(&folder)
            .arg(AXE))?;
        ensure!(script.is_file(), "axe-core was fetched and is not there");
    }
    println!("{AXE}");
    Ok(())
}

/// Asks the public database about the dependencies.
pub(crate) fn advisories() -> Result<()> {
    DENY.ensure()?;
    run(DENY.command()?.args(["check", "advisories"]))
}

/// Where the tools live: beside the build that this task belongs to.
fn tools_folder() -> Result<PathBuf> {
    let own = env::current_exe()?;
    let target = own
        .parent()
        .and_then(Path::parent)
        .context("the task is in no build folder")?;
    Ok(target.join("tools"))
}
