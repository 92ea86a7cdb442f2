//! Security words: argon2id (RFC 9106), off the asynchronous threads, a few at a time.

use std::{sync::Arc, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher as _, PasswordVerifier as _, Version,
    password_hash::SaltString,
};
use rand_core::OsRng;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use crate::{
    Error, FieldError,
    fields::{self, Fault, FaultKind, Field},
};

/// How long a login waits for its turn before it is told that the service is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// A security word as it was typed. Wiped on drop, never shown.
#[derive(Clone)]
pub struct Word(Zeroizing<String>);

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Word(…)")
    }
}

impl Word {
    /// As typed: the same word however the keyboard composes its letters, without blanks around it. What cannot be a
    /// word is one that nobody has, so that every login takes the same time.
    pub fn typed(text: &str) -> Self {
        Self(fields::normalised_security_word(text).unwrap_or_default())
    }

    /// A new one, typed twice.
    pub fn chosen(text: &str, again: &str) -> Result<Self, Vec<FieldError>> {
        fields::security_word(text, again).map(Self).map_err(|kind| {
            let field = match kind {
                FaultKind::SecurityWordsDiffer => Field::SecurityWordAgain,
                _ => Field::SecurityWord,
            };
            vec![Fault { field, kind }.into()]
        })
    }
}

/// What a hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// How many are computed at once.
    pub at_once: usize,
}

impl Default for Cost {
    /// 19 MiB and two passes, the least that OWASP's Password Storage Cheat Sheet names for argon2id.
    fn default() -> Self {
        Self {
            memory: 19_456,
            passes: 2,
            at_once: 2,
        }
    }
}

/// Makes and checks hashes of security words.
#[derive(Clone, Debug)]
pub struct Words {
    argon2: Argon2<'static>,
    turns: Arc<Semaphore>,
    /// Of a word that nobody has: what unknown people's words are compared with.
    nobody: Arc<str>,
}

impl Words {
    /// With this cost.
    pub fn new(cost: Cost) -> Result<Self, Error> {
        let params = Params::new(cost.memory, cost.passes, 1, None)
            .map_err(|error| Error::internal("argon2", error))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, &Word(crate::secret::token()?))?;
        Ok(Self {
            argon2,
            turns: Arc::new(Semaphore::new(cost.at_once.max(1))),
            nobody: nobody.into(),
        })
    }

    /// A PHC string.
    pub async fn hash(&self, word: Word) -> Result<String, Error> {
        let argon2 = self.argon2.clone();
        self.turn(move || hash(&argon2, &word)).await
    }

    /// Whether this is the word of that hash; without a hash it never is, after the same work.
    pub async fn verify(&self, word: Word, hash: Option<String>) -> Result<bool, Error> {
        let (argon2, known) = (self.argon2.clone(), hash.is_some());
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        self.turn(move || {
            let parsed = PasswordHash::new(&hash).map_err(|error| Error::internal("argon2", error))?;
            let same = argon2.verify_password(word.0.as_bytes(), &parsed).is_ok();
            Ok(same && known)
        })
        .await
    }

    async fn turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let waiting = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned());
        let Ok(Ok(turn)) = waiting.await else {
            return Err(Error::Busy {
                call: "argon2",
                detail: "too many logins at once".into(),
                retry_after: Duration::from_secs(5),
            });
        };
        tokio::task::spawn_blocking(move || {
            let result = work();
            drop(turn);
            result
        })
        .await
        .map_err(|error| Error::internal("argon2", error))?
    }
}

fn hash(argon2: &Argon2<'_>, word: &Word) -> Result<String, Error> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = argon2.hash_password(word.0.as_bytes(), &salt);
    hash.map(|hash| hash.to_string())
        .map_err(|error| Error::internal("argon2", error))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost {
        memory: 64,
        passes: 1,
        at_once: 2,
    };

    #[tokio::test]
    async fn one_word_however_it_is_typed_and_no_other() {
        let words = Words::new(CHEAP).unwrap();
        let hash = words
            .hash(Word::chosen("çiğdem-Işık", "çiğdem-Işık").unwrap())
            .await
            .unwrap();
        for same in ["çiğdem-Işık", " c\u{327}ig\u{306}dem-Is\u{327}ık "] {
            assert!(words.verify(Word::typed(same), Some(hash.clone())).await.unwrap());
        }
        for other in ["", "cigdem-isik", "çiğdem-işık", "ÇİĞDEM-IŞIK"] {
            assert!(
                !words
                    .verify(Word::typed(other), Some(hash.clone()))
                    .await
                    .unwrap()
            );
        }
        assert!(!words.verify(Word::typed("çiğdem-Işık"), None).await.unwrap());
    }
}
