//! Journeys J5, J6 and J8 on the holder's side: sign what a page asks for by its verification code, and sign files.
//!
//! Everything that can be judged without the card is judged before a PIN is asked for: the code, the texts, the
//! certificate, the time. Then one PIN try is spent, everything is signed in one stretch, and each signature is checked
//! here before anybody else sees it.
//!
//! [`code`] has the way from a code to the result, [`file`] signs and judges files, [`archive`] keeps what was signed,
//! [`link`] reads what a browser hands over, [`shown`] makes texts safe to look at.

use token::{
    Entered, Entry, Error, FormFault, LastTryConsent, Mechanism, Pin, PinInfo, SecretKind, SigningHash,
    SigningKey, StretchWay, ToSign, TokenHandle, TriesLeft, Try,
};

use certificate::Hash;
use signature::{Algorithm, Prepared};

use crate::pin::{self, Mistaken};

pub mod archive;
pub mod code;
mod eligible;
pub mod file;
pub mod link;
pub mod shown;

pub use eligible::{Caution, Demand, Obstacle, SigningChoice, choices};

/// A PIN that is ready to be tried, once.
#[derive(Debug)]
pub struct PinTry {
    request: Try<Pin>,
    mistaken: Option<Mistaken>,
}

impl PinTry {
    /// From what was typed, with the tries left that the person was shown. A fault of form costs no try.
    pub fn typed(pin: &PinInfo, entry: &Entry, seen: TriesLeft) -> Result<Self, FormFault> {
        Ok(Self {
            request: Try::typed(Pin::parse(entry, pin.rules())?, seen),
            mistaken: Mistaken::of(SecretKind::Pin, entry),
        })
    }

    /// The PIN is to be typed on the reader's own keys.
    pub fn on_pad(seen: TriesLeft) -> Self {
        Self {
            request: Try {
                secret: Entered::OnPad,
                seen,
                consent: None,
            },
            mistaken: None,
        }
    }

    /// The same with the consent to spend the last try.
    #[must_use]
    pub fn with_consent(self, consent: Option<LastTryConsent>) -> Self {
        Self {
            request: Try {
                consent,
                ..self.request
            },
            ..self
        }
    }
}

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
    pin: PinTry,
    token: &TokenHandle,
    progress: &mut impl FnMut(Progress),
) -> Result<Vec<Vec<u8>>, Failure> {
    let key = SigningKey {
        id: choice.looked.id.clone(),
        certificate: choice.looked.certificate.der().to_vec(),
    };
    let of = prepared.len();
    progress(Progress::Proving);
    let stretch = token
        .log_in(pin.request, StretchWay::Chosen)
        .await
        .map_err(|error| Failure::Pin(pin::outcome(Err(error), SecretKind::Pin, pin.mistaken)))?;
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
