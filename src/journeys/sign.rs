//! Journeys J5, J6 and J8 on the holder's side: sign what a page asks for by its verification code, and sign files.
//!
//! Everything that can be judged without the card is judged before a PIN is asked for: the code, the texts, the
//! certificate, the time. Then one PIN try is spent, everything is signed in one stretch, and each signature is checked
//! here before anybody else sees it.
//!
//! [`code`] has the way from a code to the result, [`mod@file`] signs and judges files, [`archive`] keeps what was signed,
//! [`link`] reads what a browser hands over, [`shown`] makes texts safe to look at.

use token::{Error, Mechanism, SecretKind, SigningHash, SigningKey, StretchWay, ToSign, TokenHandle};

use certificate::Hash;
use signature::{Algorithm, Prepared};

use crate::pin::{self, Proof};

pub mod archive;
pub mod code;
mod eligible;
pub mod file;
pub mod link;
pub mod shown;

pub use eligible::{Caution, Demand, Obstacle, SigningChoice, choices};

/// How far signing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The card checks the PIN.
    Proving,
    /// The card signs. It must stay where it is.
    Signing {
        /// How many are done.
        done: usize,
        /// How many there are.
        of: usize,
    },
    /// The service gets the signatures. The card may be pulled.
    Delivering,
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The certificate may not sign this. No PIN was asked for.
    Certificate(Obstacle),
    /// What is to be signed cannot be prepared. No PIN was sent.
    Preparing(signature::Error),
    /// The PIN was not taken, or not sent; never [`pin::Outcome::Done`].
    Pin(pin::Outcome),
    /// The PIN was right; then the card, or the way to it, failed.
    Card(Error),
    /// The PIN was right; then the card answered something that is no signature by its key.
    WrongAnswer,
}

/// Signs all of these with one key: one PIN try, then each in its turn, each checked.
pub(crate) async fn sign_all(
    prepared: &[Prepared],
    choice: &SigningChoice,
    pin: Proof,
    token: &TokenHandle,
    progress: &mut impl FnMut(Progress),
) -> Result<Vec<Vec<u8>>, Failure> {
    let key = SigningKey {
        id: choice.looked.id.clone(),
        certificate: choice.looked.certificate.der().to_vec(),
    };
    let of = prepared.len();
    let (request, mistaken) = pin.into_request();
    progress(Progress::Proving);
    let stretch = token
        .log_in(request, StretchWay::Chosen)
        .await
        .map_err(|error| Failure::Pin(pin::outcome(Err(error), SecretKind::Pin, mistaken)))?;
    let outcome = async {
        let mut signatures = Vec::with_capacity(of);
        for each in prepared {
            progress(Progress::Signing {
                done: signatures.len(),
                of,
            });
            let what = ToSign {
                mechanism: mechanism(each.algorithm())?,
                data: each.to_be_signed().to_vec(),
            };
            let answer = stretch.sign(key.clone(), what).await.map_err(Failure::Card)?;
            signatures.push(each.assemble(&answer).map_err(|_| Failure::WrongAnswer)?);
        }
        Ok(signatures)
    }
    .await;
    // Nothing stays proven while the signatures are handed over.
    stretch.end().await;
    outcome
}

/// The same way to sign, as a token names it.
fn mechanism(algorithm: Algorithm) -> Result<Mechanism, Failure> {
    let unsuitable = |hash| Failure::Preparing(signature::Error::HashUnsuitable { hash });
    let hash = match algorithm.hash() {
        Hash::Sha256 => SigningHash::Sha256,
        Hash::Sha384 => SigningHash::Sha384,
        Hash::Sha512 => SigningHash::Sha512,
        other => return Err(unsuitable(other)),
    };
    match algorithm {
        Algorithm::RsaPkcs1(_) => Ok(Mechanism::RsaPkcs1(hash)),
        Algorithm::RsaPss(_) => Ok(Mechanism::RsaPss(hash)),
        Algorithm::Ecdsa(_) => Ok(Mechanism::Ecdsa(hash)),
        _ => Err(unsuitable(algorithm.hash())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
