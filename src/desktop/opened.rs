//! Certificates from files.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use certificate::{
    Certificate, ReadError,
    chain::{Candidate, Chain, Origin, TrustAnchors},
};
use journeys::{look::LookedCertificate, sign::file};
use time::OffsetDateTime;

use crate::bounded;

/// Most certificates of a file that are shown; more would be slow to draw and nobody's wish.
pub(crate) const MAX_SHOWN: usize = 40;
/// Most files that are open at once.
pub(crate) const MAX_FILES: usize = 16;

/// A file that was opened.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// Its name, safe to show.
    pub(crate) name: String,
    /// The file that its signature is about, if somebody named one.
    pub(crate) about: Option<PathBuf>,
    /// What is in it.
    pub(crate) content: Result<Content, bounded::Error>,
}

/// What is in a file.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// Certificates that could be read, at most [`MAX_SHOWN`].
    pub(crate) certificates: Vec<Arc<LookedCertificate>>,
    /// How many more there are.
    pub(crate) more: usize,
    /// Parts that are no certificates.
    pub(crate) faults: Vec<ReadError>,
    /// The signature that it holds.
    pub(crate) signature: Option<Arc<signature::Report>>,
}

impl Opened {
    /// Whether it holds a signature whose content stands apart and was not found.
    pub(crate) fn misses_content(&self) -> bool {
        let report = self
            .content
            .as_ref()
            .ok()
            .and_then(|content| content.signature.as_ref());
        report.is_some_and(|report| {
            let mut findings = report.signers.iter().flat_map(|signer| &signer.findings);
            findings.any(|finding| *finding == signature::Finding::ContentMissing)
        })
    }
}

/// Opens a file; `about` is what its signature is about, if somebody named that. What can go wrong is in the result, to be
/// shown.
pub(crate) fn open(
    path: PathBuf,
    about: Option<PathBuf>,
    anchors: &TrustAnchors,
    now: OffsetDateTime,
) -> Opened {
    let bytes = bounded::read(&path);
    let mut opened = of(path, bytes, about.as_deref(), anchors, now);
    opened.about = about;
    opened
}

/// A file with this in it.
pub(crate) fn of(
    path: PathBuf,
    bytes: Result<Vec<u8>, bounded::Error>,
    about: Option<&Path>,
    anchors: &TrustAnchors,
    now: OffsetDateTime,
) -> Opened {
    let name = path
        .file_name()
        .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    Opened {
        name: certificate::text::clean(&name).chars().take(80).collect(),
        content: bytes.map(|bytes| Content {
            signature: signature_in(&path, &bytes, about, anchors, now),
            ..judge(&bytes, anchors, now)
        }),
        about: None,
        path,
    }
}

fn judge(bytes: &[u8], anchors: &TrustAnchors, now: OffsetDateTime) -> Content {
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for read in certificate::read_many(bytes) {
        match read {
            Ok(certificate) => found.push(Arc::new(certificate)),
            Err(error) if faults.len() < MAX_SHOWN => faults.push(error),
            Err(_) => (),
        }
    }
    // Certificates of one file often make one chain.
    let candidates: Vec<Candidate> = found
        .iter()
        .map(|certificate| Candidate {
            certificate: Arc::clone(certificate),
            origin: Origin::File,
        })
        .collect();
    let more = found.len().saturating_sub(MAX_SHOWN);
    let shown = found.into_iter().take(MAX_SHOWN);
    let certificates = shown
        .map(|each| Arc::new(looked(each, &candidates, anchors, now)))
        .collect();
    Content {
        certificates,
        more,
        faults,
        signature: None,
    }
}

/// The signature in a file, judged. The content of one that stands apart is `about`, else it is looked for beside it.
fn signature_in(
    path: &Path,
    bytes: &[u8],
    about: Option<&Path>,
    anchors: &TrustAnchors,
    now: OffsetDateTime,
) -> Option<Arc<signature::Report>> {
    let trust = signature::Trust {
        anchors,
        extra: &[],
        now,
    };
    let report = signature::verify(bytes, None, &trust).ok()?;
    let content = about.map(Path::to_path_buf).or_else(|| file::content_of(path));
    let content = content.filter(|_| report.packaging == signature::Packaging::Detached);
    let with_content = content.and_then(|content| file::verify(path, Some(&content), &trust).ok());
    Some(Arc::new(with_content.unwrap_or(report)))
}

fn looked(
    certificate: Arc<Certificate>,
    candidates: &[Candidate],
    anchors: &TrustAnchors,
    now: OffsetDateTime,
) -> LookedCertificate {
    LookedCertificate {
        chain: Chain::build(&certificate, candidates, anchors, now),
        verdict: certificate.verdict(now),
        certificate,
        label: String::new(),
        id: Vec::new(),
        has_private_key: None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-21 09:00 UTC);

    #[test]
    fn a_file_that_is_not_there_says_so() {
        let opened = open(
            "/nowhere/at\u{202E}all.cer".into(),
            None,
            &TrustAnchors::none(),
            NOW,
        );
        assert_eq!(opened.name, "atall.cer");
        assert_eq!(opened.content.unwrap_err(), bounded::Error::NotFound);
    }

    #[test]
    fn what_is_no_certificate_is_a_fault() {
        let content = judge(b"hello", &TrustAnchors::none(), NOW);
        assert_eq!(
            (content.certificates.len(), &content.faults[..]),
            (0, &[ReadError::NotACertificate][..])
        );
    }

    #[test]
    fn more_certificates_than_are_shown_are_counted() {
        let many: Vec<u8> = virtual_card::practice::root_der().repeat(MAX_SHOWN + 3);
        let content = judge(&many, &TrustAnchors::none(), NOW);
        assert_eq!((content.certificates.len(), content.more), (MAX_SHOWN, 3));
    }
}
