//! The workspace's command line, as a person at another machine has it: no settings, nothing remembered.

use anyhow::{Context, Result};
use serde_json::Value;
use stack::{Finished, Program, Reader, Service, finish};
use tempfile::TempDir;

/// The command line of one person.
pub(crate) struct Cli {
    home: TempDir,
}

impl Cli {
    /// Somebody who never used it before.
    pub(crate) fn of_a_newcomer() -> Result<Self> {
        Ok(Self {
            home: tempfile::tempdir()?,
        })
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, service: &Service, arguments: &[&str]) -> Result<Finished> {
        let mut command = Program::KartalCli.command()?;
        command
            .args(arguments)
            .env("HOME", self.home.path())
            .env("LANG", "C.UTF-8");
        for variable in [
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_DATA_HOME",
            "XDG_STATE_HOME",
        ] {
            command.env_remove(variable);
        }
        finish(service.hand_to(&mut command))
    }

    /// Runs `cards --json` and reads its answer, whatever its exit code.
    pub(crate) fn cards(&self, service: &Service, arguments: &[&str]) -> Result<(Value, i32)> {
        let finished = self.run(service, &[&["cards", "--json"], arguments].concat())?;
        let answer = serde_json::from_slice(&finished.stdout);
        let said = || format!("no JSON: {}\n{}", finished.text(), finished.complaints());
        Ok((answer.with_context(said)?, finished.code()))
    }
}

/// The card that an answer tells of in `reader`.
pub(crate) fn card_in<'a>(answer: &'a Value, reader: &Reader) -> Result<&'a Value> {
    let readers = answer["readers"].as_array().context("no list of readers")?;
    let found = readers.iter().find(|told| told["name"] == reader.name.as_str());
    Ok(&found.with_context(|| format!("{} is not told of: {answer:#}", reader.name))?["card"])
}

/// The certificates of a card that was told of.
pub(crate) fn certificates(card: &Value) -> Result<&Vec<Value>> {
    card["certificates"]
        .as_array()
        .with_context(|| format!("no list of certificates: {card:#}"))
}

/// The digests of a card's certificates, in lower-case hexadecimal without separators.
pub(crate) fn digests(card: &Value) -> Result<Vec<String>> {
    let digest = |certificate: &Value| {
        let text = certificate["sha256"]
            .as_str()
            .context("a certificate without its digest")?;
        Ok(text
            .chars()
            .filter(char::is_ascii_hexdigit)
            .collect::<String>()
            .to_lowercase())
    };
    certificates(card)?.iter().map(digest).collect()
}
