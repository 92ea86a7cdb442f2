//! A secret on its way to a module's thread.

use std::sync::{Arc, OnceLock};

use cryptoki_sys::CKR_FUNCTION_FAILED;

use crate::{Error, TriesLeft, pkcs11::read};

/// What became of a secret; decided once, by the module's thread or by the one who gave up waiting for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It was handed to the module.
    Sent,
    /// Nobody waited any more before it was handed out; it never will be.
    Withdrawn,
}

/// One sending of a secret.
#[derive(Clone, Default)]
pub(super) struct Errand(Arc<OnceLock<Fate>>);

impl Errand {
    /// On the module's thread, right before the secret is handed to the module: an error if nobody waits any more.
    pub(super) fn send(&self) -> Result<(), Error> {
        self.0.set(Fate::Sent).map_err(|_| Error::Closed)
    }

    /// What it means that the module fell silent: as long as the secret was not handed to it, nothing happened, and
    /// nothing will. Afterwards nobody knows what it did with it.
    pub(super) fn settle<T>(&self, call: &str, outcome: Result<T, Error>) -> Result<T, Error> {
        outcome.map_err(|error| match error {
            Error::ModuleHangs { .. } | Error::ModuleCrashed { .. } | Error::Closed
                if self.0.set(Fate::Withdrawn).is_err() && self.0.get() == Some(&Fate::Sent) =>
            {
                Error::Unsure {
                    call: call.into(),
                    // Silence has no code of its own.
                    code: read::number(CKR_FUNCTION_FAILED),
                    // Whoever asks now waits for the same module.
                    tries_left: TriesLeft::Unknown,
                }
            }
            error => error,
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn hangs() -> Result<(), Error> {
        Err(Error::ModuleHangs { path: "m".into() })
    }

    #[test]
    fn silence_after_a_secret_was_sent_is_unsure() {
        for silent in [
            hangs(),
            Err(Error::ModuleCrashed { path: "m".into() }),
            Err(Error::Closed),
        ] {
            let errand = Errand::default();
            errand.send().unwrap();
            let outcome = errand.settle("C_Login", silent);
            assert!(
                matches!(
                    outcome,
                    Err(Error::Unsure {
                        tries_left: TriesLeft::Unknown,
                        ..
                    })
                ),
                "{outcome:?}"
            );
        }
    }

    #[test]
    fn a_secret_that_nobody_waits_for_is_not_sent() {
        let errand = Errand::default();
        assert_eq!(errand.settle("C_Login", hangs()), hangs());
        assert_eq!(errand.send(), Err(Error::Closed));
    }

    #[test]
    fn an_answer_is_an_answer() {
        let errand = Errand::default();
        errand.send().unwrap();
        assert_eq!(errand.settle("C_Login", Ok(7)), Ok(7));
        let refused = Err::<(), _>(Error::NotRecognised { path: "m".into() });
        assert_eq!(errand.settle("C_Login", refused.clone()), refused);
    }
}
