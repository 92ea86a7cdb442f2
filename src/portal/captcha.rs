//! Pictures of letters that a person reads more easily than a program, and a question in words for those who cannot see
//! them.
//!
//! A captcha follows from a seed that the caller draws at random and throws away; either of its answers is enough. What
//! has to be kept is [`Captcha::answers`], hashed if one likes: compare with what [`normalise`] makes of the typed text.

mod drawing;
mod question;

use rand_core::{OsRng, RngCore as _};
use sha2::{Digest as _, Sha256};

use crate::wording::{Language, Wording};

/// How many letters the picture shows.
const LETTERS: usize = 6;

/// Letters and digits that are not mistaken for one another, in either case, and that Turkish keyboards have.
const ALPHABET: &[u8] = b"ACDEFHKMNPRTXY349";

/// The longest answer that is looked at, in bytes.
const LONGEST_ANSWER: usize = 64;

/// A captcha. `Debug` shows no answer.
#[derive(Clone)]
pub(crate) struct Captcha {
    letters: String,
    picture: Vec<u8>,
    question: question::Question,
}

/// Why there is no captcha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum CaptchaError {
    /// The system has no random numbers.
    #[error("the system has no random numbers")]
    NoRandomNumbers,
    /// The picture could not be drawn.
    #[error("the picture could not be drawn")]
    Drawing,
}

impl Captcha {
    /// A new one, which nobody can foresee.
    pub(crate) fn random() -> Result<Self, CaptchaError> {
        let mut seed = [0; 32];
        OsRng
            .try_fill_bytes(&mut seed)
            .map_err(|_| CaptchaError::NoRandomNumbers)?;
        Self::from_seed(seed)
    }

    /// The one that follows from this seed.
    pub(crate) fn from_seed(seed: [u8; 32]) -> Result<Self, CaptchaError> {
        let mut draws = Draws::new(seed);
        let letters = letters(&mut draws);
        let question = question::Question::draw(&mut draws);
        let picture = drawing::png(&letters, &mut draws).ok_or(CaptchaError::Drawing)?;
        Ok(Self {
            letters,
            picture,
            question,
        })
    }

    /// The letters of the one that follows from this seed, as [`normalise`] writes them; nothing is drawn for it.
    pub(crate) fn letters_from_seed(seed: [u8; 32]) -> String {
        letters(&mut Draws::new(seed))
    }

    /// The picture (PNG, 240 × 80 pixels) of the letters.
    pub(crate) fn picture(&self) -> &[u8] {
        &self.picture
    }

    /// The question, whose answer can be given instead of the letters; in Turkish and in English.
    pub(crate) fn questions(&self, wording: &Wording) -> [String; 2] {
        Language::ALL.map(|language| self.question.text(wording, language))
    }

    /// Every answer that is right, as [`normalise`] writes it: the letters, the number in digits, and in words of both
    /// languages.
    pub(crate) fn answers(&self) -> Vec<String> {
        let mut answers = self.question.answers();
        answers.insert(0, self.letters.clone());
        answers.iter().filter_map(|answer| normalise(answer)).collect()
    }
}

fn letters(draws: &mut Draws) -> String {
    let letter = |_| char::from(*draws.choose(ALPHABET).unwrap_or(&b'A'));
    (0..LETTERS).map(letter).collect()
}

/// A typed answer as it is compared: without spaces and hyphens, ASCII letters as capitals, and Turkish ones as the ASCII
/// letters that stand for them, so that it does not matter which keyboard it was typed on. `None`: too long, or nothing.
pub(crate) fn normalise(typed: &str) -> Option<String> {
    if typed.len() > LONGEST_ANSWER {
        return None;
    }
    let plain = |letter: char| match letter {
        'ç' | 'Ç' => 'C',
        'ğ' | 'Ğ' => 'G',
        'ı' | 'İ' => 'I',
        'ö' | 'Ö' => 'O',
        'ş' | 'Ş' => 'S',
        'ü' | 'Ü' => 'U',
        other => other.to_ascii_uppercase(),
    };
    let left_out = |letter: &char| letter.is_whitespace() || *letter == '-';
    let text: String = typed
        .chars()
        .filter(|letter| !left_out(letter))
        .map(plain)
        .collect();
    (!text.is_empty()).then_some(text)
}

impl std::fmt::Debug for Captcha {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Captcha(…)")
    }
}

/// Numbers that follow from a seed: SHA-256 over seed and counter.
struct Draws {
    seed: [u8; 32],
    block: [u8; 32],
    counter: u64,
    used: usize,
}

impl Draws {
    fn new(seed: [u8; 32]) -> Self {
        Self {
            seed,
            block: [0; 32],
            counter: 0,
            used: 32,
        }
    }

    fn byte(&mut self) -> u8 {
        if self.used >= self.block.len() {
            let mut hash = Sha256::new_with_prefix(self.seed);
            hash.update(self.counter.to_be_bytes());
            self.block = hash.finalize().into();
            self.counter = self.counter.wrapping_add(1);
            self.used = 0;
        }
        let byte = self.block.get(self.used).copied().unwrap_or(0);
        self.used += 1;
        byte
    }

    /// From 0 to below 1, in 65,536 steps.
    fn unit(&mut self) -> f32 {
        let [high, low] = [self.byte(), self.byte()];
        f32::from(u16::from_be_bytes([high, low])) / 65_536.0
    }

    fn between(&mut self, least: f32, most: f32) -> f32 {
        least + (most - least) * self.unit()
    }

    /// Below `limit`, each as likely as another.
    fn below(&mut self, limit: u8) -> u8 {
        let even = u8::MAX - u8::MAX % limit.max(1);
        loop {
            let byte = self.byte();
            if byte < even {
                return byte % limit.max(1);
            }
        }
    }

    fn choose<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let count = u8::try_from(all.len()).unwrap_or(u8::MAX);
        all.get(usize::from(self.below(count)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
