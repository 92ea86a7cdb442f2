//! What differs by platform.

use std::{io, path::Path};

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
