//! Whether the card's key is the one of a certificate: shown by a signature that nobody can use for anything else.

use certificate::{Certificate, Curve, KeyKind, PublicKey};
use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::{BigUint, Pkcs1v15Sign, RsaPublicKey};
use sha2::{Digest as _, Sha256, Sha384};
use token::{Error, Mechanism, SigningHash, SigningKey, Stretch, ToSign};

/// What is signed. It says what it is, so that it never passes for anything else.
const TEXT: &[u8] = b"Kartal: a test of the key on this card. This signature declares nothing.";

/// Signs with the key on the card and verifies with the certificate. `false`: the key is another one.
pub(super) async fn try_key(stretch: &Stretch, id: &[u8], certificate: &Certificate) -> Result<bool, Error> {
    let key = certificate.public_key.as_ref().ok_or(Error::KeyNotFound)?;
    let mechanism = match key.kind {
        KeyKind::Rsa => Mechanism::RsaPkcs1(SigningHash::Sha256),
        KeyKind::RsaPss => Mechanism::RsaPss(SigningHash::Sha256),
        KeyKind::Ec(Curve::P384) => Mechanism::Ecdsa(SigningHash::Sha384),
        KeyKind::Ec(_) => Mechanism::Ecdsa(SigningHash::Sha256),
        _ => return Err(Error::Mechanism),
    };
    let wanted = SigningKey {
        id: id.to_vec(),
        certificate: certificate.der().to_vec(),
    };
    let what = ToSign {
        mechanism,
        data: TEXT.to_vec(),
    };
    let signature = stretch.sign(wanted, what).await?;
    Ok(verifies(key, mechanism, &signature).unwrap_or(false))
}

fn verifies(key: &PublicKey, mechanism: Mechanism, signature: &[u8]) -> Option<bool> {
    let digest = match mechanism.hash() {
        SigningHash::Sha384 => Sha384::digest(TEXT).to_vec(),
        _ => Sha256::digest(TEXT).to_vec(),
    };
    Some(match mechanism {
        Mechanism::RsaPkcs1(_) => rsa_key(key)?
            .verify(Pkcs1v15Sign::new::<Sha256>(), &digest, signature)
            .is_ok(),
        Mechanism::RsaPss(_) => rsa_key(key)?
            .verify(rsa::Pss::new_with_salt::<Sha256>(32), &digest, signature)
            .is_ok(),
        Mechanism::Ecdsa(SigningHash::Sha384) => {
            let key = p384::ecdsa::VerifyingKey::from_sec1_bytes(&key.bytes).ok()?;
            let signature = p384::ecdsa::Signature::from_der(signature).ok()?;
            key.verify_prehash(&digest, &signature).is_ok()
        }
        Mechanism::Ecdsa(_) => {
            let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&key.bytes).ok()?;
            let signature = p256::ecdsa::Signature::from_der(signature).ok()?;
            key.verify_prehash(&digest, &signature).is_ok()
        }
    })
}

fn rsa_key(key: &PublicKey) -> Option<RsaPublicKey> {
    let (modulus, exponent) = key.rsa()?;
    RsaPublicKey::new_with_max_size(
        BigUint::from_bytes_be(modulus),
        BigUint::from_bytes_be(exponent),
        8192,
    )
    .ok()
}
