//! The T.C. identity number: eleven digits, the last two of them check digits.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

const DIGITS: usize = 11;
const MASK: &str = "••••••";

/// An identity number. Everything that shows it by itself (`Display`, `Debug`, `Serialize`) masks it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdentityNumber([u8; DIGITS]);

/// Why a text is no identity number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdentityNumberError {
    /// It does not have eleven digits, or has something else in it.
    #[error("an identity number has eleven digits and nothing else")]
    Form,
    /// It starts with zero.
    #[error("an identity number does not start with zero")]
    LeadingZero,
    /// Its last two digits do not follow from the others: most likely a digit is mistyped.
    #[error("the check digits of the identity number do not agree")]
    CheckDigits,
}

impl IdentityNumber {
    /// The number in a certificate's serial number attribute: the eleven digits alone, or after a prefix that ends in
    /// a hyphen (`PNOTR-`, ETSI EN 319 412-1 §5.1.3). Certificates are what they are, so the check digits are not
    /// asked for here; see [`Self::check_digits_agree`].
    pub fn find_in(text: &str) -> Option<Self> {
        let number = text.rsplit_once('-').map_or(text, |(_, number)| number).trim();
        Self::digits(number).ok()
    }

    fn digits(text: &str) -> Result<Self, IdentityNumberError> {
        let bytes: [u8; DIGITS] = text
            .as_bytes()
            .try_into()
            .map_err(|_| IdentityNumberError::Form)?;
        if !bytes.iter().all(u8::is_ascii_digit) {
            return Err(IdentityNumberError::Form);
        }
        if bytes[0] == b'0' {
            return Err(IdentityNumberError::LeadingZero);
        }
        Ok(Self(bytes.map(|byte| byte - b'0')))
    }

    /// Whether the last two digits follow from the others: the tenth is 7 × (sum of the odd places) − (sum of the even
    /// places), the eleventh the sum of the first ten, both modulo ten.
    pub fn check_digits_agree(&self) -> bool {
        let [first_nine @ .., tenth, eleventh] = self.0.map(i32::from);
        let odd: i32 = first_nine.iter().step_by(2).sum();
        let even: i32 = first_nine.iter().skip(1).step_by(2).sum();
        tenth == (7 * odd - even).rem_euclid(10) && eleventh == (odd + even + tenth) % 10
    }

    /// All eleven digits, for the holder's own screen on request.
    pub fn reveal(&self) -> String {
        self.0.iter().map(|digit| char::from(b'0' + digit)).collect()
    }
}

impl FromStr for IdentityNumber {
    type Err = IdentityNumberError;

    /// Strict, for what a person types: eleven digits (spaces around them aside) whose check digits agree.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = Self::digits(text.trim())?;
        if number.check_digits_agree() {
            Ok(number)
        } else {
            Err(IdentityNumberError::CheckDigits)
        }
    }
}

impl fmt::Display for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&mask(&self.reveal()))
    }
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityNumber({self})")
    }
}

impl Serialize for IdentityNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A personal number (identity or passport number) with its middle hidden; a prefix that ends in a hyphen stays.
pub(crate) fn mask(text: &str) -> String {
    let (prefix, number) = match text.rfind('-') {
        Some(hyphen) => text.split_at(hyphen + 1),
        None => ("", text),
    };
    let length = number.chars().count();
    let (head, tail) = if length >= 8 { (3, 2) } else { (0, length.min(2)) };
    let head: String = number.chars().take(head).collect();
    let tail: String = number.chars().skip(length - tail).collect();
    format!("{prefix}{head}{MASK}{tail}")
}

/// A text in which every stretch of digits that is an identity number is masked.
pub(crate) fn mask_numbers_in(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits
            .find(|character: char| !character.is_ascii_digit())
            .unwrap_or(digits.len());
        let (number, after) = digits.split_at(end);
        masked.push_str(before);
        match number.parse::<IdentityNumber>() {
            Ok(number) => masked.push_str(&number.to_string()),
            Err(_) => masked.push_str(number),
        }
        rest = after;
    }
    masked.push_str(rest);
    masked
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
