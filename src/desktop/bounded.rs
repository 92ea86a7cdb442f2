//! Reading files of people, which may be anything.

use std::{fs, io, io::Read as _, path::Path};

/// Most bytes of a file that are read: 4 MiB.
pub(crate) const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// It is not there.
    NotFound,
    /// The user may not read it.
    Denied,
    /// It is a folder, a device or a pipe.
    NotAFile,
    /// It is larger than [`MAX_BYTES`].
    TooLarge,
    /// Another fault of the system.
    Other(io::ErrorKind),
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        error.kind().into()
    }
}

impl From<io::ErrorKind> for Error {
    fn from(kind: io::ErrorKind) -> Self {
        match kind {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::Denied,
            io::ErrorKind::IsADirectory => Self::NotAFile,
            kind => Self::Other(kind),
        }
    }
}

/// Reads a whole file, if it is one and not too large.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    // Asked before it is opened: opening a pipe waits for who writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(Error::NotAFile);
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err(Error::TooLarge);
    }
    Ok(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_or_too_large_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("none")), Err(Error::NotFound));
        assert_eq!(read(folder.path()), Err(Error::NotAFile));
        let large = folder.path().join("large");
        fs::File::create(&large).unwrap().set_len(MAX_BYTES + 1).unwrap();
        assert_eq!(read(&large), Err(Error::TooLarge));
        fs::File::create(&large).unwrap().set_len(MAX_BYTES).unwrap();
        assert_eq!(read(&large).map(|bytes| bytes.len()), Ok(4 * 1024 * 1024));
    }
}
