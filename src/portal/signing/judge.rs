//! Whether a signature is accepted, and whose it is.

use std::{sync::LazyLock, time::Duration};

use certificate::{
    Certificate,
    chain::{Source, TrustAnchors},
};
use signature::{Content, Finding, Level, Trust, Verdict};

use crate::{
    Error, Moment, Portal, SignatureFinding,
    authority::Authority,
    certificates::{self, State},
    fields::Identity,
    secret,
};

/// How long the judging of one signature may take.
const PATIENCE: Duration = Duration::from_secs(20);

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

/// Judges a signature off the asynchronous threads, and looks whether the certificate is revoked here.
pub(super) async fn in_time(
    portal: &Portal,
    now: Moment,
    item: &str,
    content: Vec<u8>,
    cms: Vec<u8>,
) -> Result<Signer, Error> {
    let refused = |finding| Error::Signature {
        item: item.to_owned(),
        finding,
    };
    let anchors = portal.anchors();
    let judging = tokio::task::spawn_blocking(move || judge(&anchors, now, &content, &cms));
    let signer = match tokio::time::timeout(PATIENCE, judging).await {
        Ok(Ok(judged)) => judged.map_err(refused)?,
        // It took too long, or the judge fell over: not a signature that is accepted.
        Ok(Err(_)) | Err(_) => return Err(refused(SignatureFinding::Invalid)),
    };
    let fingerprint = secret::sha256_hex(&signer.certificate);
    let known = certificates::by_fingerprint(portal, &fingerprint).await?;
    match known.map(|known| known.state) {
        Some(State::Revoked | State::Superseded | State::Suspended) => {
            Err(refused(SignatureFinding::CertificateRevoked))
        }
        _ => Ok(signer),
    }
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

/// Whom the service trusts: the authorities that come with the project, and its own. The practice authority's keys are
/// public, so that it is its own for practice alone.
pub(crate) fn anchors(own: &Authority) -> Result<TrustAnchors, Error> {
    static BUNDLED: LazyLock<TrustAnchors> = LazyLock::new(TrustAnchors::bundled);
    let mut anchors = BUNDLED.clone();
    // The issuers, too: cards often carry no more than the signer's certificate.
    for der in own.names().filter_map(|name| own.certificate(name)) {
        anchors
            .add(der, Source::Imported)
            .map_err(|error| Error::internal("anchors", error))?;
    }
    Ok(anchors)
}
