//! Authorities that are trusted: the bundled ones, the administrator's, and those that the user imported, which are
//! kept as copies in a folder of this program, one file each, named by its SHA-256 fingerprint.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use certificate::{
    Certificate, ReadError,
    chain::{Origin, Source, TrustAnchors},
};

use crate::{bounded, hexadecimal};

/// Most files in the folder of imported authorities that are read.
const MAX_FILES: usize = 256;

/// What [`load`] found.
pub(crate) struct Trusted {
    pub(crate) anchors: TrustAnchors,
    pub(crate) imported: Vec<Imported>,
    pub(crate) unreadable: Vec<PathBuf>,
}

/// An authority that the user imported.
#[derive(Clone, Debug)]
pub(crate) struct Imported {
    /// Its copy.
    pub(crate) path: PathBuf,
    /// What it says.
    pub(crate) certificate: Arc<Certificate>,
}

/// Why nothing was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ImportError {
    /// The file could not be read.
    File(bounded::Error),
    /// The file has no certificate in it.
    Content(ReadError),
    /// There are certificates in it, but none of an authority.
    NoAuthority,
    /// The copy could not be written.
    Write(io::ErrorKind),
}

/// Collects everything that is trusted.
pub(crate) fn load<'a>(
    folder: Option<&Path>,
    files: impl Iterator<Item = &'a Path>,
    extra: &[&[u8]],
) -> Trusted {
    let mut anchors = TrustAnchors::bundled();
    let mut unreadable = Vec::new();
    for der in extra {
        // They are built into this program.
        let added = anchors.add(der, Source::Bundled);
        debug_assert!(added.is_ok(), "{added:?}");
    }
    for file in files {
        let imported = bounded::read(file)
            .ok()
            .and_then(|bytes| anchors.import(&bytes).ok());
        if imported.is_none() {
            unreadable.push(file.to_path_buf());
        }
    }
    let mut imported = Vec::new();
    for path in folder.map(copies).unwrap_or_default() {
        let certificate = bounded::read(&path)
            .ok()
            .and_then(|bytes| Certificate::read(&bytes).ok());
        match certificate {
            Some(certificate) => {
                let added = anchors.add(certificate.der(), Source::Imported);
                debug_assert!(added.is_ok(), "{added:?}");
                imported.push(Imported {
                    path,
                    certificate: Arc::new(certificate),
                });
            }
            None => unreadable.push(path),
        }
    }
    Trusted {
        anchors,
        imported,
        unreadable,
    }
}

fn copies(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let files = entries.flatten().map(|entry| entry.path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|end| end == "der"))
        .take(MAX_FILES)
        .collect();
    files.sort();
    files
}

/// Copies the authorities in a file into the folder; returns how many there are.
pub(crate) fn import(file: &Path, folder: &Path) -> Result<usize, ImportError> {
    let bytes = bounded::read(file).map_err(ImportError::File)?;
    let mut count = 0;
    let mut first_error = None;
    let mut has_certificate = false;
    for read in certificate::read_many(&bytes).into_iter().take(MAX_FILES) {
        match read {
            Ok(certificate) if certificate.is_authority() => {
                keep(&certificate, folder).map_err(|error| ImportError::Write(error.kind()))?;
                count += 1;
            }
            Ok(_) => has_certificate = true,
            Err(error) => first_error = first_error.or(Some(error)),
        }
    }
    match first_error {
        _ if count > 0 => Ok(count),
        Some(error) if !has_certificate => Err(ImportError::Content(error)),
        _ => Err(ImportError::NoAuthority),
    }
}

fn keep(certificate: &Certificate, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let name = hexadecimal::of(&certificate.sha256(), "");
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(certificate.der())?;
    file.persist(folder.join(name).with_extension("der"))?;
    Ok(())
}

/// Whether an anchor came with the program.
pub(crate) fn bundled_count(anchors: &TrustAnchors) -> usize {
    anchors
        .iter()
        .filter(|anchor| anchor.origin == Origin::Bundled)
        .count()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_authority_is_not_imported() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        let into = folder.path().join("authorities");
        assert_eq!(
            import(&file, &into),
            Err(ImportError::File(bounded::Error::NotFound))
        );
        fs::write(&file, "hello").unwrap();
        assert_eq!(
            import(&file, &into),
            Err(ImportError::Content(ReadError::NotACertificate))
        );
        assert!(!into.exists());
    }

    #[test]
    fn an_imported_authority_is_trusted_until_its_copy_goes() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("root.der");
        let into = folder.path().join("authorities");
        fs::write(&file, virtual_card::practice::root_der()).unwrap();
        assert_eq!(import(&file, &into), Ok(1));
        assert_eq!(import(&file, &into), Ok(1), "twice is once");

        let trusted = load(Some(&into), std::iter::empty(), &[]);
        assert_eq!(trusted.imported.len(), 1);
        assert!(
            trusted
                .anchors
                .origin_of(&trusted.imported[0].certificate)
                .is_some()
        );

        fs::remove_file(&trusted.imported[0].path).unwrap();
        assert!(load(Some(&into), std::iter::empty(), &[]).imported.is_empty());
    }

    #[test]
    fn a_spoilt_copy_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let spoilt = folder.path().join("00.der");
        fs::write(&spoilt, "?").unwrap();
        assert_eq!(
            load(Some(folder.path()), std::iter::empty(), &[]).unreadable,
            [spoilt]
        );
    }
}
