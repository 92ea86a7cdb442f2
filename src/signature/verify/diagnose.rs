//! Why a signature is wrong: the mistakes that occur, each tried.
//!
//! Nothing here makes a wrong signature right, but for attributes whose order alone was off.

use certificate::chain::SignatureCheck;
use certificate::tlv::{self, Reader};
use certificate::{Curve, Hash, KeyKind, PublicKey, Scheme};
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};

use crate::{Finding, algorithm, der};

const MAX_RSA_BITS: usize = 8_192;
/// Lengths of salt that programs use: none, and those of the hashes.
const SALTS: [usize; 5] = [0, 20, 32, 48, 64];

/// A signature that did not verify.
pub(super) struct Case<'a> {
    pub(super) key: &'a PublicKey,
    pub(super) scheme: Scheme,
    pub(super) hash: Hash,
    /// The signed attributes as a `SET OF`; empty if there are none.
    pub(super) attributes: &'a [u8],
    /// What should have been signed.
    pub(super) digest: &'a [u8],
    pub(super) signature: &'a [u8],
    /// The hash of the content, if it is at hand.
    pub(super) content: Option<Vec<u8>>,
}

/// The mistake that explains the signature.
pub(super) fn diagnose(case: &Case<'_>) -> Finding {
    if case.attributes.is_empty() {
        return case.other_form(case.digest).unwrap_or(Finding::WrongSignature);
    }
    if let Some(sorted) = sorted(case.attributes)
        && case.is_over(&sorted)
    {
        return Finding::UnsortedAttributes;
    }
    let as_sent = [&[tlv::explicit(0)], case.attributes.get(1..).unwrap_or_default()].concat();
    if case.is_over(&as_sent) {
        return Finding::SignedAsSent;
    }
    if case.content.as_ref().is_some_and(|digest| case.verifies(digest)) {
        return Finding::SignedContentOnly;
    }
    case.other_form(case.digest).unwrap_or(Finding::WrongSignature)
}

/// The set in the order of DER; nothing if it is so already.
fn sorted(set: &[u8]) -> Option<Vec<u8>> {
    let mut elements = Vec::new();
    let mut reader = Reader::new(set).expect(tlv::SET).ok()?.inside();
    while !reader.is_empty() {
        elements.push(reader.next().ok()?.whole.to_vec());
    }
    let sorted = der::set_of(tlv::SET, elements);
    (sorted != set).then_some(sorted)
}

impl Case<'_> {
    fn is_over(&self, message: &[u8]) -> bool {
        self.hash.of(message).is_some_and(|digest| self.verifies(&digest))
    }

    fn verifies(&self, digest: &[u8]) -> bool {
        self.verifies_as(self.scheme, digest, self.signature)
    }

    fn verifies_as(&self, scheme: Scheme, digest: &[u8], signature: &[u8]) -> bool {
        self.key.check(scheme, self.hash, digest, signature) == SignatureCheck::Verified
    }

    /// The right message in another form than the algorithm prescribes.
    fn other_form(&self, digest: &[u8]) -> Option<Finding> {
        match self.scheme {
            Scheme::RsaPkcs1 if self.pads(digest) => Some(Finding::BareHash),
            Scheme::RsaPkcs1 if self.pads(&without_null(self.hash, digest)?) => {
                Some(Finding::DigestInfoWithoutNull)
            }
            Scheme::RsaPss { mask, salt } => SALTS
                .into_iter()
                .filter(|other| *other != salt)
                .find(|salt| self.verifies_as(Scheme::RsaPss { mask, salt: *salt }, digest, self.signature))
                .map(|bytes| Finding::PssSaltDiffers { bytes }),
            Scheme::Ecdsa => self.raw_ecdsa(digest).then_some(Finding::RawEcdsa),
            _ => None,
        }
    }

    /// Whether the RSA block is these bytes, padded (RFC 8017 §9.2).
    fn pads(&self, bytes: &[u8]) -> bool {
        let key = self.key.rsa().and_then(|(modulus, exponent)| {
            let (modulus, exponent) = (BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent));
            RsaPublicKey::new_with_max_size(modulus, exponent, MAX_RSA_BITS).ok()
        });
        key.is_some_and(|key| {
            key.verify(Pkcs1v15Sign::new_unprefixed(), bytes, self.signature)
                .is_ok()
        })
    }

    fn raw_ecdsa(&self, digest: &[u8]) -> bool {
        let coordinate = match self.key.kind {
            KeyKind::Ec(Curve::P256) => 32,
            KeyKind::Ec(Curve::P384) => 48,
            _ => return false,
        };
        match self.signature.split_at_checked(coordinate) {
            Some((r, s)) if s.len() == coordinate => {
                let sequence = der::sequence(&[&der::unsigned(r), &der::unsigned(s)]);
                self.verifies_as(Scheme::Ecdsa, digest, &sequence)
            }
            _ => false,
        }
    }
}

fn without_null(hash: Hash, digest: &[u8]) -> Option<Vec<u8>> {
    let identifier = algorithm::digest_identifier(hash)?;
    Some(der::sequence(&[&identifier, &der::octets(digest)]))
}
