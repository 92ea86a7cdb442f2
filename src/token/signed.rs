//! Whether signatures are right, for tests: judged by another implementation than the card's.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use certificate::Certificate;
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::{Pkcs1v15Sign, Pss, RsaPublicKey, pkcs1::DecodeRsaPublicKey as _};
use sha2::{Sha256, Sha384, Sha512};

use crate::{Mechanism, SigningHash, ToSign};

/// Whether the key of a certificate (DER) signed this.
pub(crate) fn is_right(certificate: &[u8], what: &ToSign, signature: &[u8]) -> bool {
    let key = Certificate::read(certificate).unwrap().public_key.unwrap();
    let hash = what.mechanism.hash().of(&what.data);
    let rsa = || RsaPublicKey::from_pkcs1_der(&key.bytes).unwrap();
    match what.mechanism {
        Mechanism::RsaPkcs1(kind) => {
            let scheme = match kind {
                SigningHash::Sha256 => Pkcs1v15Sign::new::<Sha256>(),
                SigningHash::Sha384 => Pkcs1v15Sign::new::<Sha384>(),
                SigningHash::Sha512 => Pkcs1v15Sign::new::<Sha512>(),
            };
            rsa().verify(scheme, &hash, signature).is_ok()
        }
        Mechanism::RsaPss(kind) => {
            let scheme = match kind {
                SigningHash::Sha256 => Pss::new_with_salt::<Sha256>(32),
                SigningHash::Sha384 => Pss::new_with_salt::<Sha384>(48),
                SigningHash::Sha512 => Pss::new_with_salt::<Sha512>(64),
            };
            rsa().verify(scheme, &hash, signature).is_ok()
        }
        Mechanism::Ecdsa(_) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&key.bytes).unwrap();
            let Ok(signature) = p256::ecdsa::Signature::from_der(signature) else {
                return false;
            };
            key.verify_prehash(&hash, &signature).is_ok()
        }
    }
}
