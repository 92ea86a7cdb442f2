//! What was signed, kept in the person's own folder if wanted: one file for each result, with the texts and the
//! signatures in it.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use certificate::Certificate;
use serde::{Deserialize, Serialize};
use service::{Bytes, Sha256};
use thiserror::Error;
use time::OffsetDateTime;

/// The most files that are looked at for receipts.
const MOST: usize = 1_000;
/// The most bytes of a receipt that are read: texts and signatures of 32 items, in base64.
const LONGEST: u64 = 16 * 1024 * 1024;
const ENDING: &str = "kartal-receipt.json";

/// What was signed, when, and by which certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Receipt {
    /// When the service took it, by its clock.
    #[serde(with = "time::serde::rfc3339")]
    pub signed_at: OffsetDateTime,
    /// The service's address.
    pub service: String,
    /// Who asked.
    pub requester: String,
    /// What for.
    pub purpose: String,
    /// Who signed.
    pub signatory: Signatory,
    /// The texts with their signatures.
    pub items: Vec<ReceiptItem>,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signatory {
    /// The name in the certificate.
    pub name: String,
    /// The certificate's serial number in hexadecimal digits.
    pub serial: String,
    /// The certificate's SHA-256 fingerprint.
    pub certificate: Sha256,
}

impl Signatory {
    pub(crate) fn of(certificate: &Certificate) -> Self {
        let name = certificate.subject.as_ref().and_then(certificate::Name::short);
        Self {
            name: name.unwrap_or_default().to_owned(),
            serial: certificate
                .serial
                .as_ref()
                .map(certificate::Serial::hex)
                .unwrap_or_default(),
            certificate: Sha256(certificate.sha256()),
        }
    }
}

/// One text with its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReceiptItem {
    /// What people call it.
    pub title: String,
    /// The text's SHA-256.
    pub sha256: Sha256,
    /// The text.
    pub content: Bytes,
    /// The signature (CMS in DER), as a `.p7s` file holds it.
    pub signature: Bytes,
}

/// Where receipts are kept.
#[derive(Clone, Debug)]
pub struct Archive {
    folder: PathBuf,
}

/// A receipt in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its file.
    pub path: PathBuf,
    /// What it says.
    pub receipt: Receipt,
}

/// The archive could not be written.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("the archive cannot be written: {detail}")]
pub struct ArchiveError {
    /// The system's own words.
    pub detail: String,
}

impl From<io::Error> for ArchiveError {
    fn from(error: io::Error) -> Self {
        Self {
            detail: error.to_string(),
        }
    }
}

impl Archive {
    /// An archive in this folder, which is made when it is needed.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a receipt: when this returns, it is on the disk. Its file.
    pub fn keep(&self, receipt: &Receipt) -> Result<PathBuf, ArchiveError> {
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(&serde_json::to_vec(receipt).map_err(io::Error::from)?)?;
        file.as_file().sync_all()?;
        let path = self.path_of(receipt);
        // The same receipt again is the same file again.
        file.persist(&path).map_err(|error| error.error)?;
        crate::platform::sync_folder(&self.folder)?;
        Ok(path)
    }

    /// So many receipts at most, the latest first. Files that are none are left out.
    pub fn latest(&self, most: usize) -> Vec<Kept> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let mut paths: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with(ENDING))
            .collect();
        // Names begin with the time.
        paths.sort_unstable_by(|one, other| other.cmp(one));
        paths
            .into_iter()
            .take(MOST)
            .filter_map(|path| {
                let receipt = read(&path)?;
                Some(Kept { path, receipt })
            })
            .take(most)
            .collect()
    }

    /// The time, and enough of the signatures' hash to tell two of the same second apart.
    fn path_of(&self, receipt: &Receipt) -> PathBuf {
        let at = receipt.signed_at.to_offset(time::UtcOffset::UTC);
        let all: Vec<u8> = receipt
            .items
            .iter()
            .flat_map(|item| item.signature.0.iter().copied())
            .collect();
        let Sha256([a, b, c, d, ..]) = Sha256::of(&all);
        let (hour, minute, second) = at.to_hms();
        self.folder.join(format!(
            "{}-{hour:02}{minute:02}{second:02}-{a:02x}{b:02x}{c:02x}{d:02x}.{ENDING}",
            at.date()
        ))
    }
}

fn read(path: &Path) -> Option<Receipt> {
    let mut text = Vec::new();
    fs::File::open(path)
        .ok()?
        .take(LONGEST)
        .read_to_end(&mut text)
        .ok()?;
    let receipt = serde_json::from_slice(&text);
    if receipt.is_err() {
        tracing::warn!("a receipt of the archive cannot be read");
    }
    receipt.ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn receipt(at: OffsetDateTime) -> Receipt {
        Receipt {
            signed_at: at,
            service: "https://service.example/v1".into(),
            requester: "İl Müdürlüğü".into(),
            purpose: "Başvuru".into(),
            signatory: Signatory {
                name: "Ayşe Işık".into(),
                serial: "01AB".into(),
                certificate: Sha256([7; 32]),
            },
            items: vec![ReceiptItem {
                title: "Taahhütname".into(),
                sha256: Sha256::of("metin".as_bytes()),
                content: Bytes("metin".into()),
                signature: Bytes(vec![0x30, 0x03, 2, 1, 1]),
            }],
        }
    }

    #[test]
    fn what_is_kept_is_listed_the_latest_first() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::new(folder.path().join("imzalar"));
        assert_eq!(archive.latest(9), []);
        let (older, newer) = (
            receipt(datetime!(2026-01-15 12:00 UTC)),
            receipt(datetime!(2026-01-15 15:00:01 +3)),
        );
        let path = archive.keep(&older).unwrap();
        assert_eq!(archive.keep(&older).unwrap(), path);
        archive.keep(&newer).unwrap();
        let listed: Vec<Receipt> = archive.latest(9).into_iter().map(|kept| kept.receipt).collect();
        assert_eq!(listed, [newer.clone(), older]);
        assert_eq!(archive.latest(1)[0].receipt, newer);
    }

    #[test]
    fn garbage_is_left_out_and_a_full_disk_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let archive = Archive::new(folder.path().into());
        for (name, text) in [("1", ""), ("2", "{"), ("3", "[1]"), ("4", "{\"service\":1}")] {
            fs::write(folder.path().join(format!("{name}.{ENDING}")), text).unwrap();
        }
        assert_eq!(archive.latest(9), []);
        let file = tempfile::NamedTempFile::new().unwrap();
        let below_a_file = Archive::new(file.path().join("x"));
        assert!(
            below_a_file
                .keep(&receipt(datetime!(2026-01-15 12:00 UTC)))
                .is_err()
        );
    }
}
