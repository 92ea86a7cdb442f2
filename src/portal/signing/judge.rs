//! Whether a signature is accepted, and whose it is.

use std::{fs::File, io::Read as _, path::Path, time::Duration};

use certificate::{
    Certificate, Problem,
    chain::{Source, TrustAnchors},
};
use signature::{Content, Finding, Level, Trust, Verdict};

use crate::{
    Error, Moment, Portal, SignatureFinding,
    authority::Authority,
    certificates::{self, State},
    fields::Identity,
    turns::Turn,
};

/// How long the judging of what was handed in may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The most bytes of a file of authorities that are read, and the most such files.
const LONGEST_FILE: u64 = 1024 * 1024;
const MOST_FILES: usize = 256;

/// Whoever signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Whom the certificate names.
    pub identity: Identity,
    /// The name in the certificate.
    pub name: String,
    /// The certificate.
    pub certificate: Vec<u8>,
}

/// An item with what was handed in for it.
pub(super) struct Handed {
    pub(super) item: String,
    pub(super) content: Vec<u8>,
    pub(super) cms: Vec<u8>,
}

/// Judges what was handed in, all of it in one turn, up to the first that is refused. Whoever signed, item by item.
pub(super) async fn in_time(
    portal: &Portal,
    now: Moment,
    turn: Turn,
    all: Vec<Handed>,
) -> Result<Vec<Signer>, Error> {
    let refused = |item: &str, finding| Error::Signature {
        item: item.to_owned(),
        finding,
    };
    let first = all.first().map(|one| one.item.clone()).unwrap_or_default();
    let anchors = portal.anchors();
    let judging = turn.work(move || {
        let judged = all.iter().map(|one| {
            judge(&anchors, now, &one.content, &one.cms).map_err(|finding| refused(&one.item, finding))
        });
        judged.collect()
    });
    match tokio::time::timeout(PATIENCE, judging).await {
        Ok(Ok(judged)) => judged,
        // It took too long, or the judge fell over: not a signature that is accepted.
        Ok(Err(_)) | Err(_) => Err(refused(&first, SignatureFinding::Invalid)),
    }
}

/// Whether none of the certificates that this one may be is revoked here, and whether it is known if it is of the own
/// authority. By what the issuer has signed, never by the bytes as they came: those around it are the sender's to choose.
pub(super) async fn is_in_force<'c>(
    authority: &Authority,
    store: impl sqlx::Executor<'c, Database = sqlx::Any>,
    signer: &Signer,
) -> Result<bool, Error> {
    let known = certificates::alike(store, &signer.certificate).await?;
    if known.is_empty() {
        let certificate = Certificate::read(&signer.certificate).ok();
        let is_ours = certificate.is_some_and(|read| authority.issuer_of(&read).is_some());
        if is_ours {
            tracing::warn!("a certificate of the own authority that the store does not know is not accepted");
        }
        return Ok(!is_ours);
    }
    Ok(known.iter().all(|record| record.state == State::Active))
}

/// Judges a signature over `content`: `CAdES` B-B by exactly one signer with a qualified certificate that is valid now.
/// What is wrong with the certificate is named before what is wrong with the chain above it.
pub fn judge(
    anchors: &TrustAnchors,
    now: Moment,
    content: &[u8],
    cms: &[u8],
) -> Result<Signer, SignatureFinding> {
    let trust = Trust {
        anchors,
        extra: &[],
        now: now.date_time(),
    };
    let report = signature::verify(cms, Some(Content::Bytes(content)), &trust)
        .map_err(|_| SignatureFinding::Invalid)?;
    let [signer] = report.signers.as_slice() else {
        return Err(SignatureFinding::Invalid);
    };
    let findings = || report.findings.iter().chain(&signer.findings);
    if let Some(finding) = findings()
        .filter_map(known)
        .min_by_key(|finding| weight(*finding))
    {
        return Err(finding);
    }
    let certificate = signer.certificate.as_ref().ok_or(SignatureFinding::Invalid)?;
    if certificate.problems.iter().any(is_other_encoding) {
        return Err(SignatureFinding::Invalid);
    }
    if !certificate.qualified().is_qualified() {
        return Err(SignatureFinding::NotQualified);
    }
    if certificate.hash_verdict() != certificate::HashVerdict::Fine {
        return Err(SignatureFinding::WeakHash);
    }
    let holds = matches!(report.verdict(), Verdict::Valid) && signer.level >= Level::B;
    if !holds {
        return Err(SignatureFinding::Invalid);
    }
    Ok(Signer {
        identity: identity(certificate).ok_or(SignatureFinding::NotQualified)?,
        name: certificate
            .subject
            .as_ref()
            .and_then(|subject| subject.common_name())
            .unwrap_or_default()
            .to_owned(),
        certificate: certificate.der().to_vec(),
    })
}

/// Whether the certificate came in other bytes than the issuer's.
fn is_other_encoding(problem: &Problem) -> bool {
    matches!(
        problem,
        Problem::NotDer { .. } | Problem::TrailingBytes { .. } | Problem::Truncated { .. }
    )
}

fn identity(certificate: &Certificate) -> Option<Identity> {
    // The subject's serial number: an identity number, or a passport number of whoever has none.
    let number = certificate.subject.as_ref()?.serial_number()?;
    Identity::parse(number).ok()
}

/// The protocol's word for a finding that has one of its own.
fn known(finding: &Finding) -> Option<SignatureFinding> {
    Some(match finding {
        Finding::ContentDiffers | Finding::ContentNotTheOneInside | Finding::ContentTypeDiffers => {
            SignatureFinding::ContentMismatch
        }
        Finding::CertificateExpired | Finding::CertificateNotYetValid | Finding::SignedOutsideValidity => {
            SignatureFinding::CertificateExpired
        }
        Finding::WeakHash { .. } | Finding::WeakCertificate { link: 0, .. } => SignatureFinding::WeakHash,
        Finding::NoNonRepudiation
        | Finding::NotQualified
        | Finding::UnknownIssuer
        | Finding::UntrustedRoot => SignatureFinding::NotQualified,
        _ => return None,
    })
}

/// What is said if several things are wrong: the one that the signer can do most about first.
fn weight(finding: SignatureFinding) -> u8 {
    match finding {
        SignatureFinding::ContentMismatch => 0,
        SignatureFinding::Invalid => 1,
        SignatureFinding::WeakHash => 2,
        SignatureFinding::CertificateExpired => 3,
        SignatureFinding::CertificateRevoked => 4,
        SignatureFinding::NotQualified => 5,
    }
}

/// Whom the service trusts to vouch for signers: its own authority, and those in the folder that it was told of. The
/// practice authority's keys are public, so that it is its own for practice alone.
pub(crate) fn anchors(own: &Authority, folder: Option<&Path>) -> Result<TrustAnchors, Error> {
    let mut anchors = TrustAnchors::none();
    // The issuers, too: cards often carry no more than the signer's certificate.
    for der in own.names().filter_map(|name| own.certificate(name)) {
        anchors
            .add(der, Source::Imported)
            .map_err(|error| Error::internal("anchors", error))?;
    }
    if let Some(folder) = folder {
        add_folder(&mut anchors, folder)?;
    }
    Ok(anchors)
}

/// Every file has to be one of certificates (DER or PEM): a slip here would shut people out, or let others in.
fn add_folder(anchors: &mut TrustAnchors, folder: &Path) -> Result<(), Error> {
    let failed = |path: &Path, error: &dyn std::fmt::Display| {
        Error::internal("trust", format!("{}: {error}", path.display()))
    };
    let entries = std::fs::read_dir(folder).map_err(|error| failed(folder, &error))?;
    for (count, entry) in entries.enumerate() {
        let path = entry.map_err(|error| failed(folder, &error))?.path();
        if count >= MOST_FILES {
            return Err(failed(folder, &"more than 256 files"));
        }
        let file = File::open(&path).map_err(|error| failed(&path, &error))?;
        let mut bytes = Vec::new();
        let read = file.take(LONGEST_FILE).read_to_end(&mut bytes);
        read.map_err(|error| failed(&path, &error))?;
        match anchors.import(&bytes) {
            Ok(0) => return Err(failed(&path, &"no authority's certificate in it")),
            Ok(_) => (),
            Err(error) => return Err(failed(&path, &error)),
        }
    }
    Ok(())
}
