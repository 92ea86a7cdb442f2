//! `kartal:` links of web pages: the system is told by this program itself that it opens them.
//!
//! Linux: a desktop file of the user's, and the default for `x-scheme-handler/kartal` (Desktop Entry Specification 1.5;
//! `xdg-mime` of xdg-utils). Windows: the user's branch of the registry (`reg`), where schemes of programs are kept.

use std::{
    io,
    path::{Path, PathBuf},
    process::Command,
};

use thiserror::Error;

#[cfg_attr(windows, path = "links/windows.rs")]
#[cfg_attr(not(windows), path = "links/freedesktop.rs")]
mod system;

/// What opens links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// This very program.
    Ours,
    /// Another one, or this one from another folder.
    Others,
    /// Nothing.
    Nobody,
    /// The system does not say.
    Unknown,
}

/// The system could not be told.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum LinksError {
    /// The system's own program for this is missing.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// A path that cannot be written down for the system.
    #[error("the program's path cannot be written down: {}", .0.display())]
    Path(PathBuf),
    /// The system refused.
    #[error("{0}")]
    Refused(String),
}

impl From<io::Error> for LinksError {
    fn from(error: io::Error) -> Self {
        Self::Refused(error.to_string())
    }
}

/// What opens links now. Slow: asks a program of the system.
pub(crate) fn standing() -> Standing {
    match std::env::current_exe() {
        Ok(program) => system::standing(&program).unwrap_or(Standing::Unknown),
        Err(_) => Standing::Unknown,
    }
}

/// From now on this program opens links. Slow: asks a program of the system.
pub(crate) fn take_over() -> Result<(), LinksError> {
    system::take_over(&std::env::current_exe()?)
}

/// What a program of the system says.
fn said(tool: &'static str, arguments: &[&str]) -> Result<String, LinksError> {
    let output = Command::new(tool)
        .args(arguments)
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => LinksError::Missing(tool),
            _ => error.into(),
        })?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(LinksError::Refused(format!("{tool}: {}", said.trim())))
    }
}

/// The path as text without control characters; others cannot be written down.
fn plain(program: &Path) -> Result<&str, LinksError> {
    let text = program
        .to_str()
        .filter(|text| !text.chars().any(char::is_control));
    text.ok_or_else(|| LinksError::Path(program.to_owned()))
}
