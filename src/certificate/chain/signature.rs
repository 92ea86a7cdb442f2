//! Checking signatures with public keys.

use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BigUint, Pkcs1v15Sign, Pss, RsaPublicKey};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use super::SignatureCheck;
use crate::{Certificate, Curve, Hash, KeyKind, PublicKey, Scheme};

/// Larger keys take longer than a person waits, and nobody has them.
const MAX_RSA_BITS: usize = 8_192;

/// Whether `certificate` was signed with the private key that belongs to `issuer`.
pub(super) fn check(certificate: &Certificate, issuer: &PublicKey) -> SignatureCheck {
    let signed = certificate
        .signature_algorithm
        .as_ref()
        .and_then(|algorithm| Some((algorithm, certificate.signed_part()?, certificate.signature()?)));
    match signed {
        Some((algorithm, message, signature)) => {
            issuer.check_message(algorithm.scheme, algorithm.hash, message, signature)
        }
        None => SignatureCheck::Unverifiable,
    }
}

impl PublicKey {
    /// As [`PublicKey::check`], of the message itself: with the usual RSA keys and hashes several times as fast.
    pub fn check_message(
        &self,
        scheme: Scheme,
        hash: Hash,
        message: &[u8],
        signature: &[u8],
    ) -> SignatureCheck {
        if ring_accepts(self, scheme, hash, message, signature) {
            return SignatureCheck::Verified;
        }
        match hash.of(message) {
            Some(digest) => self.check(scheme, hash, &digest, signature),
            None => SignatureCheck::Unverifiable,
        }
    }

    /// Whether `signature` was made over this `digest`, which is one of `hash`, with the private key that belongs to
    /// this key. Never [`SignatureCheck::NotChecked`].
    pub fn check(&self, scheme: Scheme, hash: Hash, digest: &[u8], signature: &[u8]) -> SignatureCheck {
        match verify(self, scheme, hash, digest, signature) {
            Some(true) => SignatureCheck::Verified,
            Some(false) => SignatureCheck::Bad,
            None => SignatureCheck::Unverifiable,
        }
    }
}

/// What ring accepts is right. It takes fewer kinds of keys, hashes and salts than occur, so that its "no" says nothing.
fn ring_accepts(key: &PublicKey, scheme: Scheme, hash: Hash, message: &[u8], signature: &[u8]) -> bool {
    let parameters = match (scheme, hash, key.kind) {
        (Scheme::RsaPkcs1, Hash::Sha1, KeyKind::Rsa) => {
            &ring::signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY
        }
        (Scheme::RsaPkcs1, Hash::Sha256, KeyKind::Rsa) => {
            &ring::signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY
        }
        (Scheme::RsaPkcs1, Hash::Sha384, KeyKind::Rsa) => &ring::signature::RSA_PKCS1_2048_8192_SHA384,
        (Scheme::RsaPkcs1, Hash::Sha512, KeyKind::Rsa) => {
            &ring::signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY
        }
        (Scheme::RsaPss { mask, salt }, Hash::Sha256, _) if mask == hash && salt == 32 => {
            &ring::signature::RSA_PSS_2048_8192_SHA256
        }
        (Scheme::RsaPss { mask, salt }, Hash::Sha384, _) if mask == hash && salt == 48 => {
            &ring::signature::RSA_PSS_2048_8192_SHA384
        }
        (Scheme::RsaPss { mask, salt }, Hash::Sha512, _) if mask == hash && salt == 64 => {
            &ring::signature::RSA_PSS_2048_8192_SHA512
        }
        _ => return false,
    };
    key.rsa().is_some_and(|(n, e)| {
        ring::signature::RsaPublicKeyComponents { n, e }
            .verify(parameters, message, signature)
            .is_ok()
    })
}

/// `None` if the scheme, the hash or the key is of a kind that is not checked here.
fn verify(key: &PublicKey, scheme: Scheme, hash: Hash, digest: &[u8], signature: &[u8]) -> Option<bool> {
    match (scheme, key.kind) {
        (Scheme::RsaPkcs1, KeyKind::Rsa) => {
            Some(rsa_key(key)?.verify(pkcs1(hash)?, digest, signature).is_ok())
        }
        (Scheme::RsaPss { mask, salt }, KeyKind::Rsa | KeyKind::RsaPss) => {
            // A mask hash of its own is allowed by RFC 8017 and occurs nowhere.
            let scheme = (mask == hash).then(|| pss(mask, salt)).flatten()?;
            Some(rsa_key(key)?.verify(scheme, digest, signature).is_ok())
        }
        (Scheme::Ecdsa, KeyKind::Ec(Curve::P256)) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&key.bytes).ok()?;
            let signature = p256::ecdsa::Signature::from_der(signature);
            Some(signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()))
        }
        // Shorter hashes than half the curve are refused by the library.
        (Scheme::Ecdsa, KeyKind::Ec(Curve::P384)) if digest.len() >= 24 => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&key.bytes).ok()?;
            let signature = p384::ecdsa::Signature::from_der(signature);
            Some(signature.is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok()))
        }
        _ => None,
    }
}

fn rsa_key(key: &PublicKey) -> Option<RsaPublicKey> {
    let (modulus, exponent) = key.rsa()?;
    let (modulus, exponent) = (BigUint::from_bytes_be(modulus), BigUint::from_bytes_be(exponent));
    RsaPublicKey::new_with_max_size(modulus, exponent, MAX_RSA_BITS).ok()
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
