//! Checking a certificate's signature with its issuer's key.

use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::SignatureCheck;
use crate::algorithm::Scheme;
use crate::{Certificate, Curve, Hash, KeyKind, PublicKey};

/// Larger keys take longer than a person waits, and nobody has them.
const MAX_RSA_BITS: usize = 8_192;

/// Whether `certificate` was signed with the private key that belongs to `issuer`.
pub(super) fn check(certificate: &Certificate, issuer: &PublicKey) -> SignatureCheck {
    match verify(certificate, issuer) {
        Some(true) => SignatureCheck::Verified,
        Some(false) => SignatureCheck::Bad,
        None => SignatureCheck::Unverifiable,
    }
}

/// `None` if the algorithm or the key is of a kind that is not checked here.
fn verify(certificate: &Certificate, issuer: &PublicKey) -> Option<bool> {
    let algorithm = certificate.signature_algorithm.as_ref()?;
    let digest = digest(algorithm.hash, certificate.signed_part()?)?;
    let signature = certificate.signature()?;
    match (algorithm.scheme, issuer.kind) {
        (Scheme::RsaPkcs1, KeyKind::Rsa) => Some(
            rsa_key(issuer)?
                .verify(pkcs1(algorithm.hash)?, &digest, signature)
                .is_ok(),
        ),
        (Scheme::RsaPss { mask, salt }, KeyKind::Rsa | KeyKind::RsaPss) => {
            // A mask hash of its own is allowed by RFC 8017 and occurs nowhere.
            let scheme = (mask == algorithm.hash).then(|| pss(mask, salt)).flatten()?;
            Some(rsa_key(issuer)?.verify(scheme, &digest, signature).is_ok())
        }
        (Scheme::Ecdsa, KeyKind::Ec(Curve::P256)) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&issuer.bytes).ok()?;
            let signature = p256::ecdsa::Signature::from_der(signature);
            Some(signature.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
        }
        // Shorter hashes than half the curve are refused by the library.
        (Scheme::Ecdsa, KeyKind::Ec(Curve::P384)) if digest.len() >= 24 => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&issuer.bytes).ok()?;
            let signature = p384::ecdsa::Signature::from_der(signature);
            Some(signature.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
        }
        _ => None,
    }
}

fn rsa_key(key: &PublicKey) -> Option<RsaPublicKey> {
    let (modulus, exponent) = key.rsa()?;
    let (modulus, exponent) = (BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent));
    RsaPublicKey::new_with_max_size(modulus, exponent, MAX_RSA_BITS).ok()
}

fn digest(hash: Hash, bytes: &[u8]) -> Option<Vec<u8>> {
    Some(match hash {
        Hash::Sha1 => Sha1::digest(bytes).to_vec(),
        Hash::Sha256 => Sha256::digest(bytes).to_vec(),
        Hash::Sha384 => Sha384::digest(bytes).to_vec(),
        Hash::Sha512 => Sha512::digest(bytes).to_vec(),
        _ => return None,
    })
}

fn pkcs1(hash: Hash) -> Option<Pkcs1v15Sign> {
    Some(match hash {
        Hash::Sha1 => Pkcs1v15Sign::new::<Sha1>(),
        Hash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
        Hash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
        Hash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
        _ => return None,
    })
}

fn pss(hash: Hash, salt: usize) -> Option<Pss> {
    const MAX_SALT: usize = 1_024;
    if salt > MAX_SALT {
        return None;
    }
    Some(match hash {
        Hash::Sha1 => Pss::new_with_salt::<Sha1>(salt),
        Hash::Sha256 => Pss::new_with_salt::<Sha256>(salt),
        Hash::Sha384 => Pss::new_with_salt::<Sha384>(salt),
        Hash::Sha512 => Pss::new_with_salt::<Sha512>(salt),
        _ => return None,
    })
}
