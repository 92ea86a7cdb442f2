//! Files: sign one, and see who signed one.

use std::{
    ffi::OsString,
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use certificate::Hash;
use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use signature::{Content, Packaging, Prepared, Report, Request, Trust};
use thiserror::Error;
use time::OffsetDateTime;
use token::TokenHandle;

use crate::pin::Proof;

use super::{Failure, Progress, SigningChoice, sign_all};

/// The largest file whose content is put into its signature.
const MOST_ATTACHED: u64 = 32 * 1024 * 1024;
/// The largest signature that is read.
const MOST_SIGNATURE: u64 = 64 * 1024 * 1024;
const ENDING: &str = "p7s";

/// What can go wrong with files.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileError {
    /// It cannot be read.
    #[error("{} cannot be read: {detail}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's own words.
        detail: String,
    },
    /// It is too large for what is to be done with it.
    #[error("{} has more than {limit} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// How many bytes it may have.
        limit: u64,
    },
    /// A file of that name is there already; it is not overwritten.
    #[error("{} is there already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// It cannot be written.
    #[error("{} cannot be written: {detail}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's own words.
        detail: String,
    },
    /// It holds no signature.
    #[error(transparent)]
    NoSignature(#[from] signature::Error),
}

/// A file that is to be signed, read.
#[derive(Clone, Debug)]
pub struct Source {
    content: Held,
    packaging: Packaging,
}

/// What is kept of a file.
#[derive(Clone, Debug)]
enum Held {
    Bytes(Vec<u8>),
    Digests(Vec<(Hash, Vec<u8>)>),
}

impl Held {
    fn content(&self) -> Content<'_> {
        match self {
            Self::Bytes(bytes) => Content::Bytes(bytes),
            Self::Digests(digests) => Content::Digests(digests),
        }
    }
}

impl Source {
    /// Reads a file that is to be signed. Detached, it may be of any size: it goes through, and its hashes are kept.
    pub fn read(path: &Path, packaging: Packaging) -> Result<Self, FileError> {
        let content = match packaging {
            Packaging::Attached => Held::Bytes(read(path, MOST_ATTACHED)?),
            Packaging::Detached => Held::Digests(digests(path)?),
        };
        Ok(Self { content, packaging })
    }

    /// Signs it. The signature, in DER.
    pub async fn sign(
        &self,
        choice: &SigningChoice,
        pin: Proof,
        token: &TokenHandle,
        now: OffsetDateTime,
        mut progress: impl FnMut(Progress),
    ) -> Result<Vec<u8>, Failure> {
        if let Some(obstacle) = choice.obstacle {
            return Err(Failure::Certificate(obstacle));
        }
        let prepared = Prepared::new(&Request {
            certificate: &choice.looked.certificate,
            chain: &choice.issuers(),
            content: self.content.content(),
            packaging: self.packaging,
            algorithm: choice.algorithm().map_err(Failure::Preparing)?,
            signing_time: now,
        })
        .map_err(Failure::Preparing)?;
        let signed = sign_all(&[prepared], choice, pin, token, &mut progress).await?;
        signed.into_iter().next().ok_or(Failure::WrongAnswer)
    }
}

/// Where the signature of a file goes unless somebody says otherwise: next to it.
pub fn beside(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".");
    name.push(ENDING);
    name.into()
}

/// The file that a detached signature is probably about: the one of its name without the ending, if there is one.
pub fn content_of(signature: &Path) -> Option<PathBuf> {
    let ending = signature.extension()?.to_str()?;
    let stem = signature.with_extension("");
    (ending.eq_ignore_ascii_case(ENDING) && stem.is_file()).then_some(stem)
}

/// Writes a file that must not be there yet: whole, or not at all.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => FileError::Exists { path: path.into() },
        _ => FileError::Write {
            path: path.into(),
            detail: error.to_string(),
        },
    };
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist_noclobber(path)
        .map_err(|error| failed(error.error))?;
    crate::platform::sync_folder(folder).map_err(failed)
}

/// Judges the signature in a file. `content` is the file that a detached one is about.
pub fn verify(signature: &Path, content: Option<&Path>, trust: &Trust<'_>) -> Result<Report, FileError> {
    let bytes = read(signature, MOST_SIGNATURE)?;
    let digests = content.map(digests).transpose()?;
    let content = digests.as_deref().map(Content::Digests);
    Ok(signature::verify(&bytes, content, trust)?)
}

fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    let mut file = open(path)?.take(limit + 1);
    file.read_to_end(&mut bytes).map_err(unreadable(path))?;
    if bytes.len() as u64 > limit {
        return Err(FileError::TooLarge {
            path: path.into(),
            limit,
        });
    }
    Ok(bytes)
}

/// The hashes of a file that signatures use.
fn digests(path: &Path) -> Result<Vec<(Hash, Vec<u8>)>, FileError> {
    let mut file = open(path)?;
    let mut block = vec![0; 64 * 1024];
    let (mut sha1, mut sha256) = (Sha1::new(), Sha256::new());
    let (mut sha384, mut sha512) = (Sha384::new(), Sha512::new());
    loop {
        let count = match file.read(&mut block) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(path)(error)),
        };
        let part = block.get(..count).unwrap_or_default();
        sha1.update(part);
        sha256.update(part);
        sha384.update(part);
        sha512.update(part);
    }
    Ok(vec![
        (Hash::Sha1, sha1.finalize().to_vec()),
        (Hash::Sha256, sha256.finalize().to_vec()),
        (Hash::Sha384, sha384.finalize().to_vec()),
        (Hash::Sha512, sha512.finalize().to_vec()),
    ])
}

fn open(path: &Path) -> Result<fs::File, FileError> {
    let file = fs::File::open(path).map_err(unreadable(path))?;
    // A folder can be opened on some systems, and a pipe has no end.
    if file.metadata().map_err(unreadable(path))?.is_file() {
        Ok(file)
    } else {
        Err(unreadable(path)(io::Error::other("not a file")))
    }
}

fn unreadable(path: &Path) -> impl Fn(io::Error) -> FileError {
    move |error| FileError::Read {
        path: path.into(),
        detail: error.to_string(),
    }
}
