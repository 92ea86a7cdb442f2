//! Whether the card's key is the one of a certificate: shown by a signature that nobody can use for anything else.

use certificate::{Certificate, Curve, Hash, KeyKind, PublicKey, Scheme, chain::SignatureCheck};
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
        KeyKind::Ec(Curve::P256) => Mechanism::Ecdsa(SigningHash::Sha256),
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
    Ok(verifies(key, mechanism, &signature))
}

fn verifies(key: &PublicKey, mechanism: Mechanism, signature: &[u8]) -> bool {
    let (scheme, hash) = match mechanism {
        Mechanism::RsaPkcs1(_) => (Scheme::RsaPkcs1, Hash::Sha256),
        Mechanism::RsaPss(_) => {
            let (mask, salt) = (Hash::Sha256, 32);
            (Scheme::RsaPss { mask, salt }, Hash::Sha256)
        }
        Mechanism::Ecdsa(SigningHash::Sha384) => (Scheme::Ecdsa, Hash::Sha384),
        Mechanism::Ecdsa(_) => (Scheme::Ecdsa, Hash::Sha256),
    };
    key.check_message(scheme, hash, TEXT, signature) == SignatureCheck::Verified
}
