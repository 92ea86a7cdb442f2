//! One signer: the certificate, the content, the signature.

use std::borrow::Cow;
use std::sync::Arc;

use certificate::chain::{Candidate, SignatureCheck};
use certificate::tlv;
use certificate::{Certificate, Hash, HashVerdict, KeyKind, PublicKey, Scheme};

use super::attributes::Signed;
use super::{Content, Level, Signer, diagnose};
use crate::read::{SignedData, SignerInfo};
use crate::{Finding, algorithm, ber, oid};

/// The content under each hash that a signer names, computed once for all of them; `None` without content. The content
/// within counts before the one beside.
pub(super) fn digests(data: &SignedData<'_>, content: Option<Content<'_>>) -> Option<Vec<(Hash, Vec<u8>)>> {
    let content = data.content.as_deref().map(Content::Bytes).or(content)?;
    let mut digests: Vec<(Hash, Vec<u8>)> = Vec::new();
    for hash in data.signers.iter().flat_map(|info| [info.hash, method(info).1]) {
        if !digests.iter().any(|(known, _)| *known == hash) {
            digests.extend(content.digest(hash).map(|digest| (hash, digest)));
        }
    }
    Some(digests)
}

/// Everything about a signer but the trust in the certificate and the time stamps. `content` as [`digests`] has it.
pub(super) fn examine(
    data: &SignedData<'_>,
    info: &SignerInfo<'_>,
    content: Option<Content<'_>>,
    extra: &[Candidate],
) -> Signer {
    let (scheme, hash) = method(info);
    let mut signer = Signer {
        certificate: None,
        chain: None,
        qualified: None,
        hash: info.hash,
        scheme,
        signing_time: None,
        signature: SignatureCheck::NotChecked,
        level: Level::Cms,
        time_stamps: Vec::new(),
        judged_at: None,
        findings: Vec::new(),
    };
    let attributes = info.signed.as_ref().map(|set| Signed::read(set, &mut signer));
    find_certificate(&mut signer, data, info, extra, attributes.as_ref());
    check_hashes(&mut signer, info.hash, hash);
    match &attributes {
        Some(attributes) => attributes.check(&mut signer, &data.content_type, content),
        None => signer.note(Finding::NoSignedAttributes),
    }
    check_signature(&mut signer, info, hash, content);
    signer
}

/// The way of signing, and the hash it uses: that of the algorithm where it names one, else that of the content.
fn method(info: &SignerInfo<'_>) -> (Scheme, Hash) {
    let named = &info.algorithm;
    if named.oid.is(oid::RSA) {
        (Scheme::RsaPkcs1, info.hash)
    } else if named.oid.is(oid::EC) {
        (Scheme::Ecdsa, info.hash)
    } else {
        (named.scheme, named.hash)
    }
}

/// The certificate by the signer's name, else by the hash that was signed along.
fn find_certificate(
    signer: &mut Signer,
    data: &SignedData<'_>,
    info: &SignerInfo<'_>,
    extra: &[Candidate],
    attributes: Option<&Signed<'_>>,
) {
    let at_hand = || {
        data.certificates
            .iter()
            .chain(extra.iter().map(|each| &each.certificate))
    };
    let bound = |certificate: &&Arc<Certificate>| attributes.is_some_and(|signed| signed.binds(certificate));
    // Several certificates of one name and number are a forger's work: the one that was signed along counts.
    let named = || at_hand().filter(|each| info.id.names(each));
    signer.certificate = named().find(bound).or_else(|| named().next()).cloned();
    if signer.certificate.is_none() {
        signer.certificate = at_hand().find(bound).cloned();
        signer.note(match signer.certificate {
            Some(_) => Finding::SignerIdDiffers,
            None => Finding::CertificateMissing,
        });
    }
    if let (Some(certificate), Some(attributes)) = (signer.certificate.clone(), attributes) {
        attributes.check_certificate(signer, &certificate);
    }
}

fn check_hashes(signer: &mut Signer, content: Hash, signature: Hash) {
    for hash in [content, signature] {
        if hash.verdict() == HashVerdict::Weak {
            signer.note(Finding::WeakHash { hash });
        }
    }
    if content != signature && signature != Hash::Unknown {
        signer.note(Finding::HashesDiffer);
    }
    if let Scheme::RsaPss { salt, .. } = signer.scheme
        && salt != algorithm::length(signature)
    {
        signer.note(Finding::OddPssSalt { bytes: salt });
    }
}

/// What was signed, as the signature wants it.
fn message<'a>(info: &SignerInfo<'a>, content: Option<Content<'_>>, hash: Hash) -> Option<Message<'a>> {
    let Some(set) = &info.signed else {
        return Some(Message {
            attributes: Cow::Borrowed(&[]),
            digest: content?.digest(hash)?,
        });
    };
    // Signed is a SET OF in DER, sent is the same under an implicit tag (RFC 5652 §5.4). The bytes are used as they
    // came wherever they are DER.
    let mut attributes = ber::to_der(set).ok()?.into_owned();
    *attributes.first_mut()? = tlv::SET;
    Some(Message {
        digest: hash.of(&attributes)?,
        attributes: Cow::Owned(attributes),
    })
}

struct Message<'a> {
    /// The `SET OF` signed attributes; empty if there are none.
    attributes: Cow<'a, [u8]>,
    digest: Vec<u8>,
}

fn check_signature(signer: &mut Signer, info: &SignerInfo<'_>, hash: Hash, content: Option<Content<'_>>) {
    let Some(certificate) = signer.certificate.clone() else {
        return;
    };
    let Some(key) = certificate.public_key.as_ref() else {
        return signer.note(Finding::UnsupportedAlgorithm);
    };
    note_key(signer, key);
    let Some(message) = message(info, content, hash) else {
        let no_content = info.signed.is_none() && content.is_none();
        return signer.note(if no_content {
            Finding::ContentMissing
        } else {
            Finding::UnsupportedAlgorithm
        });
    };
    signer.signature = match &*message.attributes {
        [] => key.check(signer.scheme, hash, &message.digest, &info.signature),
        attributes => key.check_message(signer.scheme, hash, attributes, &info.signature),
    };
    match signer.signature {
        SignatureCheck::Verified => {}
        SignatureCheck::Unverifiable | SignatureCheck::NotChecked => {
            signer.note(Finding::UnsupportedAlgorithm);
        }
        SignatureCheck::Bad => {
            let case = diagnose::Case {
                key,
                scheme: signer.scheme,
                hash,
                attributes: &message.attributes,
                digest: &message.digest,
                signature: &info.signature,
                content: content.and_then(|content| content.digest(hash)),
            };
            let finding = diagnose::diagnose(&case);
            if finding == Finding::UnsortedAttributes {
                signer.signature = SignatureCheck::Verified;
            }
            signer.note(finding);
        }
    }
}

fn note_key(signer: &mut Signer, key: &PublicKey) {
    if let (KeyKind::Rsa | KeyKind::RsaPss, Some(bits)) = (key.kind, key.bits)
        && bits < algorithm::MIN_RSA_BITS
    {
        signer.note(Finding::ShortKey { bits });
    }
}
