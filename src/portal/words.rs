//! Security words: argon2id (RFC 9106), off the asynchronous threads, a few at a time.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use argon2::{
    Algorithm, Argon2, Block, Params, PasswordHash, Version,
    password_hash::{self, Output, ParamsString, Salt, SaltString},
};
use rand_core::OsRng;
use zeroize::{Zeroize as _, Zeroizing};

use crate::{
    Error, FieldError,
    fields::{self, Fault, FaultKind, Field},
    turns::{Turn, Turns},
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
    /// 7 MiB and five passes: of the costs that OWASP's Password Storage Cheat Sheet names as equally good for argon2id, the
    /// one that is quickest where two are computed at once (measured: 0.62 of the time of 19 MiB and two passes).
    fn default() -> Self {
        Self {
            memory: 7_168,
            passes: 5,
            at_once: 2,
        }
    }
}

/// Makes and checks hashes of security words.
#[derive(Clone, Debug)]
pub struct Words {
    argon2: Argon2<'static>,
    turns: Turns,
    memories: Memories,
    /// Of a word that nobody has: what unknown people's words are compared with.
    nobody: Arc<str>,
}

impl Words {
    /// With this cost.
    pub fn new(cost: Cost) -> Result<Self, Error> {
        let params = Params::new(cost.memory, cost.passes, 1, None)
            .map_err(|error| Error::internal("argon2", error))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let memories = Memories::default();
        let nobody = hash(&argon2, &memories, &Word(crate::secret::token()?))?;
        Ok(Self {
            argon2,
            turns: Turns::new("argon2", cost.at_once, PATIENCE),
            memories,
            nobody: nobody.into(),
        })
    }

    /// A PHC string.
    pub async fn hash(&self, word: Word) -> Result<String, Error> {
        let (argon2, memories) = (self.argon2.clone(), self.memories.clone());
        self.turns
            .next()
            .await?
            .work(move || hash(&argon2, &memories, &word))
            .await?
    }

    /// Whether a hash was made at another cost than words are hashed at today.
    pub fn is_dated(&self, hash: &str) -> bool {
        let cost = |hash| Params::try_from(&PasswordHash::new(hash)?);
        cost(hash).is_ok_and(|cost| {
            let today = self.argon2.params();
            (cost.m_cost(), cost.t_cost(), cost.p_cost()) != (today.m_cost(), today.t_cost(), today.p_cost())
        })
    }

    /// A turn to check a word: to be waited for before anything is done that has to be undone if there is none.
    pub(crate) async fn turn(&self) -> Result<Turn, Error> {
        self.turns.next().await
    }

    /// Whether this is the word of that hash; without a hash it never is, after the same work.
    pub(crate) async fn verify(&self, turn: Turn, word: Word, hash: Option<String>) -> Result<bool, Error> {
        let (memories, known) = (self.memories.clone(), hash.is_some());
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        turn.work(move || {
            let same = verify(&memories, &word, &hash).map_err(|error| Error::internal("argon2", error))?;
            Ok(same && known)
        })
        .await?
    }
}

/// What argon2 fills, kept from one word to the next: as many as are computed at once. Allocated anew each time, megabytes
/// stay behind in every thread that ever computed one. Wiped after each word: whoever sees a filled one could guess the
/// word at next to no cost.
#[derive(Clone, Default)]
struct Memories(Arc<Mutex<Vec<Vec<Block>>>>);

impl std::fmt::Debug for Memories {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memories(…)")
    }
}

impl Memories {
    /// The hash of a word.
    fn output(
        &self,
        argon2: &Argon2<'_>,
        word: &Word,
        salt: &[u8],
        length: usize,
    ) -> Result<Output, password_hash::Error> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut memory = lock().pop().unwrap_or_default();
        let needed = argon2.params().block_count();
        if memory.len() < needed {
            memory.resize(needed, Block::default());
        }
        let output = Output::init_with(length, |bytes| {
            Ok(argon2.hash_password_into_with_memory(word.0.as_bytes(), salt, bytes, &mut memory)?)
        });
        memory.iter_mut().zeroize();
        lock().push(memory);
        output
    }
}

fn hash(argon2: &Argon2<'_>, memories: &Memories, word: &Word) -> Result<String, Error> {
    let made = || -> Result<String, password_hash::Error> {
        let salt = SaltString::generate(&mut OsRng);
        let mut bytes = [0; Salt::MAX_LENGTH];
        let raw = salt.as_salt().decode_b64(&mut bytes)?;
        let output = memories.output(argon2, word, raw, Params::DEFAULT_OUTPUT_LEN)?;
        let hash = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(argon2.params())?,
            salt: Some(salt.as_salt()),
            hash: Some(output),
        };
        Ok(hash.to_string())
    };
    made().map_err(|error| Error::internal("argon2", error))
}

/// Whether this is the word of that hash, by the cost that the hash names. Outputs are compared in constant time.
fn verify(memories: &Memories, word: &Word, hash: &str) -> Result<bool, password_hash::Error> {
    let hash = PasswordHash::new(hash)?;
    let (Some(salt), Some(expected)) = (hash.salt, hash.hash) else {
        return Err(password_hash::Error::PhcStringField);
    };
    let algorithm = Algorithm::try_from(hash.algorithm)?;
    let version = match hash.version {
        Some(version) => Version::try_from(version)?,
        None => Version::default(),
    };
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&hash)?);
    let mut bytes = [0; Salt::MAX_LENGTH];
    let salt = salt.decode_b64(&mut bytes)?;
    Ok(memories.output(&argon2, word, salt, expected.len())? == expected)
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
            let turn = words.turn().await.unwrap();
            assert!(
                words
                    .verify(turn, Word::typed(same), Some(hash.clone()))
                    .await
                    .unwrap()
            );
        }
        for other in ["", "cigdem-isik", "çiğdem-işık", "ÇİĞDEM-IŞIK"] {
            let turn = words.turn().await.unwrap();
            assert!(
                !words
                    .verify(turn, Word::typed(other), Some(hash.clone()))
                    .await
                    .unwrap()
            );
        }
        let turn = words.turn().await.unwrap();
        assert!(
            !words
                .verify(turn, Word::typed("çiğdem-Işık"), None)
                .await
                .unwrap()
        );
    }

    /// From the tests of argon2's own program (`test.c`), with more memory than what is kept from the word before.
    #[tokio::test]
    async fn hashes_of_other_programs_are_understood() {
        const THEIRS: &str =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        let words = Words::new(CHEAP).unwrap();
        for (word, same) in [("password", true), ("passwort", false)] {
            let turn = words.turn().await.unwrap();
            let verified = words
                .verify(turn, Word::typed(word), Some(THEIRS.into()))
                .await
                .unwrap();
            assert_eq!(verified, same, "{word}");
        }
        for broken in [
            "",
            "$argon2id$v=19$m=64,t=1,p=1",
            "$argon2id$v=19$m=1,t=1,p=1$c29tZXNhbHQ$CTFh",
        ] {
            let turn = words.turn().await.unwrap();
            assert!(
                words
                    .verify(turn, Word::typed("password"), Some(broken.into()))
                    .await
                    .is_err()
            );
        }
    }
}
