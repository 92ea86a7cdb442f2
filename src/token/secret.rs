//! Secrets that a person types: kept in fixed memory, wiped on drop, never shown.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize as _, Zeroizing};

/// What a person has typed so far.
///
/// Grows and shrinks a character at a time in memory that never moves, so that no copy is left behind when it
/// grows or changes hands; wiped when it is dropped.
pub struct Entry {
    bytes: Zeroizing<Box<[u8]>>,
    length: usize,
    /// How many characters were typed that no card accepts.
    foreign: usize,
    /// How many were typed for which there was no room.
    beyond: usize,
}

impl Entry {
    /// Far beyond the longest PIN, so that "too long" can be said of what was typed and not of what was cut off.
    pub const CAPACITY: usize = 32;

    /// An empty entry.
    pub fn new() -> Self {
        Self {
            bytes: Zeroizing::new(vec![0; Self::CAPACITY].into_boxed_slice()),
            length: 0,
            foreign: 0,
            beyond: 0,
        }
    }

    /// Adds a character. Cards take printable ASCII; that anything else was typed is remembered, not what.
    pub fn push(&mut self, character: char) {
        let Some(place) = self.bytes.get_mut(self.length) else {
            self.beyond = self.beyond.saturating_add(1);
            return;
        };
        let accepted = u8::try_from(character).ok().filter(|byte| is_printable(*byte));
        *place = accepted.unwrap_or(FOREIGN);
        self.foreign += usize::from(accepted.is_none());
        self.length += 1;
    }

    /// Takes the last character away.
    pub fn pop(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(last) = self.length.checked_sub(1) {
            if let Some(place) = self.bytes.get_mut(last) {
                self.foreign -= usize::from(*place == FOREIGN);
                *place = 0;
            }
            self.length = last;
        }
    }

    /// Wipes everything.
    pub fn clear(&mut self) {
        self.bytes.iter_mut().zeroize();
        (self.length, self.foreign, self.beyond) = (0, 0, 0);
    }

    /// How many characters are kept, at most [`Self::CAPACITY`]; that many dots are shown.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    fn typed(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Default for Entry {
    fn default() -> Self {
        Self::new()
    }
}

/// Stands for a character that no card accepts; itself none that is accepted.
const FOREIGN: u8 = 0;

fn is_printable(byte: u8) -> bool {
    (0x20..0x7F).contains(&byte)
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entry(…)")
    }
}

/// What a card accepts as a PIN or PUK, as the card or its module tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretRules {
    /// Shortest, in characters.
    pub min_length: u8,
    /// Longest, in characters.
    pub max_length: u8,
    /// Only 0 to 9.
    pub digits_only: bool,
}

impl Default for SecretRules {
    /// What cards accept that do not say (ISO/IEC 7816-15, `PinAttributes`; 4 to 16 digits as issued).
    fn default() -> Self {
        Self {
            min_length: 4,
            max_length: 16,
            digits_only: true,
        }
    }
}

/// The bytes of a PIN or PUK whose form was checked. In one place from the entry to the command, wiped on drop,
/// not cloneable.
struct Checked(Zeroizing<Box<[u8]>>);

impl Checked {
    fn parse(entry: &Entry, rules: SecretRules) -> Result<Self, FormFault> {
        let typed = entry.typed();
        if typed.is_empty() {
            return Err(FormFault::Empty);
        }
        if entry.beyond > 0 || typed.len() > usize::from(rules.max_length) {
            return Err(FormFault::TooLong {
                most: rules.max_length,
                resembles: resembles(entry),
            });
        }
        if entry.foreign > 0 || (rules.digits_only && !typed.iter().all(u8::is_ascii_digit)) {
            return Err(FormFault::NotDigits {
                resembles: resembles(entry),
            });
        }
        if typed.len() < usize::from(rules.min_length) {
            return Err(FormFault::TooShort {
                least: rules.min_length,
            });
        }
        Ok(Self(Zeroizing::new(typed.into())))
    }

    /// Compares without telling by the time it takes where the two differ.
    fn same(&self, other: &Self) -> bool {
        let differs = self
            .0
            .iter()
            .zip(other.0.iter())
            .fold(0, |sum, (a, b)| sum | (a ^ b));
        differs == 0 && self.0.len() == other.0.len()
    }
}

macro_rules! secret {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name(Checked);

        impl $name {
            /// Judges the form of what was typed, without the card. A fault here costs no try.
            pub fn parse(entry: &Entry, rules: SecretRules) -> Result<Self, FormFault> {
                Checked::parse(entry, rules).map(Self)
            }

            /// The characters, for the command that carries them to the card and for nothing else.
            pub(crate) fn expose(&self) -> &[u8] {
                &self.0.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

secret! {
    /// A PIN of checked form that is to be tried on a card.
    Pin
}
secret! {
    /// A PUK of checked form that is to be tried on a card.
    Puk
}

/// A PIN of checked form and strength that is to become the card's PIN.
pub struct NewPin(Checked);

impl NewPin {
    /// Judges a new PIN: its form, that both entries agree, and that it is not easily guessed.
    /// `personal` are digits an acquaintance could guess: the year of birth, the identity number.
    pub fn parse(
        entry: &Entry,
        again: &Entry,
        rules: SecretRules,
        old: Option<&Pin>,
        personal: &[&str],
    ) -> Result<Self, FormFault> {
        let new = Checked::parse(entry, rules)?;
        if let Some(weakness) = weakness(&new.0, personal) {
            return Err(FormFault::Weak(weakness));
        }
        if old.is_some_and(|old| old.0.same(&new)) {
            return Err(FormFault::Weak(Weakness::SameAsOld));
        }
        let repeated = Checked::parse(again, rules).map_err(|_| FormFault::Differs)?;
        if !new.same(&repeated) {
            return Err(FormFault::Differs);
        }
        Ok(Self(new))
    }

    /// The characters, for the command that carries them to the card and for nothing else.
    pub(crate) fn expose(&self) -> &[u8] {
        &self.0.0
    }
}

impl Pin {
    /// As something that was entered on a reader's own keys, for keys that are drawn on the screen ([`card::Pad`]).
    pub fn into_entered(self) -> card::Entered {
        card::Entered(Zeroizing::new(self.expose().to_vec()))
    }
}

impl fmt::Debug for NewPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPin(…)")
    }
}

/// Why an entry cannot be a PIN or PUK of this card. Says nothing of its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum FormFault {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// Fewer characters than the card accepts.
    #[error("shorter than {least} characters")]
    TooShort {
        /// The least that it accepts.
        least: u8,
    },
    /// More characters than the card accepts.
    #[error("longer than {most} characters")]
    TooLong {
        /// The most that it accepts.
        most: u8,
        /// What it may be instead.
        resembles: Option<Resemblance>,
    },
    /// Something else than digits.
    #[error("not only digits")]
    NotDigits {
        /// What it may be instead.
        resembles: Option<Resemblance>,
    },
    /// The two entries of a new PIN differ.
    #[error("the two entries differ")]
    Differs,
    /// The new PIN is easily guessed.
    #[error("easily guessed")]
    Weak(#[serde(rename = "weakness")] Weakness),
}

/// What users take for a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resemblance {
    /// The security word of the certificate service: it has letters.
    SecurityWord,
    /// A verification code: 15 digits.
    VerificationCode,
    /// An identity number: 11 digits.
    IdentityNumber,
    /// A PUK: digits, but more than a PIN has here.
    Puk,
}

fn resembles(entry: &Entry) -> Option<Resemblance> {
    let typed = entry.typed();
    let digits = typed.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = typed.len() - digits - typed.iter().filter(|byte| b" -".contains(byte)).count();
    match (digits, letters) {
        _ if entry.beyond > 0 => None,
        (_, 1..) => Some(Resemblance::SecurityWord),
        (15, 0) => Some(Resemblance::VerificationCode),
        (11, 0) => Some(Resemblance::IdentityNumber),
        (8, 0) => Some(Resemblance::Puk),
        _ => None,
    }
}

/// Why a new PIN is easily guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weakness {
    /// It is the old one.
    SameAsOld,
    /// One character again and again.
    Repeated,
    /// It counts up or down.
    Run,
    /// It is part of the identity number or holds the year of birth.
    Personal,
}

/// The shortest part of a personal fact that makes a PIN guessable, in digits: a year.
const TELLING: usize = 4;

fn weakness(new: &[u8], personal: &[&str]) -> Option<Weakness> {
    // Differences and not the characters themselves, and no list of them: nothing to wipe.
    let all = |step: i16| {
        let mut steps = new
            .iter()
            .zip(new.iter().skip(1))
            .map(|(a, b)| i16::from(*b) - i16::from(*a));
        new.len() > 1 && steps.all(|found| found == step)
    };
    let holds = |outer: &[u8], inner: &[u8]| {
        !inner.is_empty() && outer.windows(inner.len()).any(|part| part == inner)
    };
    let guessed =
        |fact: &&str| fact.len() >= TELLING && (holds(new, fact.as_bytes()) || holds(fact.as_bytes(), new));
    if all(0) {
        Some(Weakness::Repeated)
    } else if all(1) || all(-1) {
        Some(Weakness::Run)
    } else if personal.iter().any(guessed) {
        Some(Weakness::Personal)
    } else {
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
