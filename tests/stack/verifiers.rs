//! Other people's verifiers of signatures: `OpenSSL` and `pyHanko`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::finish;
use crate::programs::target_folder;

/// A signature to be judged.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'a> {
    /// The signature (CMS in DER).
    pub signature: &'a Path,
    /// The only certificate that is trusted (PEM).
    pub root: &'a Path,
    /// The content, if it is not within.
    pub content: Option<&'a Path>,
}

/// What `OpenSSL` says: nothing if it accepts the signature as `CAdES`, else why it does not.
pub fn openssl_objects(judged: Judged<'_>) -> Result<Option<String>> {
    let mut command = Command::new("openssl");
    command
        .args(["cms", "-verify", "-cades", "-binary", "-inform", "DER"])
        // What a certificate is for is none of its business here: a P-256 key of a card is one to log in with.
        .args(["-purpose", "any"])
        .args(["-out", "/dev/null", "-in"])
        .arg(judged.signature)
        .arg("-CAfile")
        .arg(judged.root);
    if let Some(content) = judged.content {
        command.arg("-content").arg(content);
    }
    let finished = finish(&mut command)?;
    let accepted = finished.status.success() && finished.complaints().contains("erification successful");
    Ok((!accepted).then(|| finished.complaints()))
}

/// What `pyHanko` says of each: nothing if it accepts the signature, else why it does not. They are judged in one
/// process, since starting it takes longer than judging.
pub fn pyhanko_objects(all: &[Judged<'_>]) -> Result<Vec<Option<String>>> {
    const SCRIPT: &str = include_str!("verifiers/pyhanko.py");
    let mut command = Command::new(pyhanko_python()?);
    command.args(["-I", "-c", SCRIPT]);
    for judged in all {
        command.arg(judged.signature).arg(judged.root);
        command.arg(judged.content.unwrap_or(Path::new("-")));
    }
    let said = finish(&mut command)?.success()?.text();
    let lines: Vec<&str> = said.lines().collect();
    ensure!(lines.len() == all.len(), "pyHanko said {said}");
    Ok(lines
        .into_iter()
        .map(|line| (line != "accepted").then(|| line.to_owned()))
        .collect())
}

/// The Python that has `pyHanko`.
fn pyhanko_python() -> Result<PathBuf> {
    let path = tool("pyhanko/bin/python")?;
    path.canonicalize().map(|_| path).context("Python has gone since")
}

/// `schemathesis`, which calls a service in all the ways that its description allows; its arguments are still to come.
pub fn schemathesis() -> Result<Command> {
    // Python 3.11 loses count when another thread gets its turn while source is parsed
    // ("AST constructor recursion depth mismatch"): threads take turns only when they wait.
    const SCRIPT: &str = "import sys; sys.setswitchinterval(3600); from schemathesis.cli import schemathesis; sys.exit(schemathesis())";
    let mut command = Command::new(tool("schemathesis/bin/python")?);
    command.args(["-I", "-c", SCRIPT]);
    Ok(command)
}

/// A tool of the checks.
fn tool(name: &str) -> Result<PathBuf> {
    let path = target_folder()?.join("tools").join(name);
    ensure!(
        path.is_file(),
        "{} is missing: set it up first (`cargo verify --only tools`)",
        path.display()
    );
    Ok(path)
}

/// The script of `axe-core`, which looks for what keeps people from using a page.
pub fn axe() -> Result<String> {
    let path = tool("axe/axe_playwright_python/axe.min.js")?;
    std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
}
