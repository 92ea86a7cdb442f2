//! What differs by platform.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Makes sure that a file which was put into a folder is there after a power cut.
#[cfg(unix)]
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// Windows writes the move itself through (`MoveFileEx`), and does not open folders as files.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
pub(crate) fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The settings file for all users.
#[cfg(windows)]
pub(crate) fn machine_settings() -> PathBuf {
    let folder = std::env::var_os("ProgramData").unwrap_or_else(|| r"C:\ProgramData".into());
    PathBuf::from(folder).join("kartal").join("settings.toml")
}

/// The settings file for all users.
#[cfg(not(windows))]
pub(crate) fn machine_settings() -> PathBuf {
    PathBuf::from("/etc/kartal/settings.toml")
}
