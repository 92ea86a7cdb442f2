//! Who somebody says to be: the identity number or a passport number, and the words that prove it.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A T.C. identity number: 11 digits, the last two computed from the others. Masked in `Debug`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[1-9][0-9]{10}$"))]
#[serde(try_from = "String", into = "String")]
pub struct IdentityNumber(String);

/// A passport number: 5 to 20 ASCII capital letters and digits. Masked in `Debug`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[A-Z0-9]{5,20}$"))]
#[serde(try_from = "String", into = "String")]
pub struct PassportNumber(String);

/// Who wants to log in: one of two numbers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Person {
    /// A citizen's or a resident's.
    #[serde(rename = "identityNumber")]
    Identity(IdentityNumber),
    /// A foreigner's.
    #[serde(rename = "passportNumber")]
    Passport(PassportNumber),
}

/// Why a text is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// Something else than digits (blanks around and between them are taken).
    NotDigits,
    /// Not 11 digits.
    Length {
        /// How many there are.
        digits: usize,
    },
    /// It begins with 0, or the check digits do not fit: a digit is mistyped.
    CheckDigits,
}

impl IdentityNumber {
    /// From what a person typed: blanks around and between the digits do no harm.
    pub fn typed(text: &str) -> Result<Self, NumberFault> {
        let digits: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .take(64)
            .collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberFault::NotDigits);
        }
        if digits.len() != 11 {
            return Err(NumberFault::Length { digits: digits.len() });
        }
        if Self::fits(digits.as_bytes()) {
            Ok(Self(digits))
        } else {
            Err(NumberFault::CheckDigits)
        }
    }

    /// With all its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `123••••••01`: for screens, reports and logs.
    pub fn masked(&self) -> String {
        mask(&self.0, 3, 2)
    }

    /// The tenth digit is (7 · the sum of the odd places − the sum of the even ones) mod 10, the eleventh the sum of the
    /// first ten mod 10 (the rule of the population register, as published for software makers).
    fn fits(digits: &[u8]) -> bool {
        let at = |place: usize| {
            digits
                .get(place)
                .map_or(0, |digit| u32::from(digit.saturating_sub(b'0')))
        };
        let odd: u32 = (0..9).step_by(2).map(at).sum();
        let even: u32 = (1..8).step_by(2).map(at).sum();
        let sum: u32 = (0..10).map(at).sum();
        at(0) != 0 && (7 * odd + 100 - even) % 10 == at(9) && sum % 10 == at(10)
    }
}

impl PassportNumber {
    /// From what a person typed: blanks are left out, small letters become capital ones.
    pub fn typed(text: &str) -> Option<Self> {
        let typed = text.chars().filter(|letter| !letter.is_whitespace()).take(64);
        let number: String = typed.map(|letter| letter.to_ascii_uppercase()).collect();
        let allowed = number
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        (allowed && (5..=20).contains(&number.len())).then_some(Self(number))
    }

    /// The whole number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `U1••••••9`.
    pub fn masked(&self) -> String {
        mask(&self.0, 2, 1)
    }
}

impl Person {
    /// Either number, from what a person typed into the one field there is for both.
    pub fn typed(text: &str) -> Result<Self, NumberFault> {
        IdentityNumber::typed(text).map(Self::Identity).or_else(|fault| {
            let letters = text.chars().any(|letter| letter.is_ascii_alphabetic());
            let passport = PassportNumber::typed(text).filter(|_| letters);
            passport.map(Self::Passport).ok_or(fault)
        })
    }

    /// Either number, masked.
    pub fn masked(&self) -> String {
        match self {
            Self::Identity(number) => number.masked(),
            Self::Passport(number) => number.masked(),
        }
    }
}

fn mask(number: &str, first: usize, last: usize) -> String {
    let hidden = number.len().saturating_sub(first + last);
    let (start, end) = (
        number.get(..first),
        number.get(number.len().saturating_sub(last)..),
    );
    format!(
        "{}{}{}",
        start.unwrap_or_default(),
        "•".repeat(hidden),
        end.unwrap_or_default()
    )
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for PassportNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl TryFrom<String> for IdentityNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::typed(&text).map_err(|_| "not an identity number")
    }
}

impl TryFrom<String> for PassportNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::typed(&text).ok_or("not a passport number")
    }
}

impl From<IdentityNumber> for String {
    fn from(number: IdentityNumber) -> Self {
        number.0
    }
}

impl From<PassportNumber> for String {
    fn from(number: PassportNumber) -> Self {
        number.0
    }
}

/// A secret that travels: a security word, an SMS code. 1 to 128 bytes of UTF-8 without control characters; wiped on
/// drop, never shown.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, min_length = 1, max_length = 128))]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The most bytes.
    pub const LONGEST: usize = 128;

    /// The secret, if it has an allowed length and no control characters.
    pub fn new(text: Zeroizing<String>) -> Option<Self> {
        let fits = (1..=Self::LONGEST).contains(&text.len()) && !text.chars().any(char::is_control);
        fits.then_some(Self(text))
    }

    /// In clear, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        Self::new(text).ok_or_else(|| serde::de::Error::custom("not a secret of 1 to 128 bytes"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Invented, with right check digits.
    const RIGHT: &str = "10000000146";

    #[test]
    fn blanks_in_an_identity_number_do_no_harm() {
        for text in [RIGHT, " 10000000146\n", "100 000 001 46", "100\u{a0}00000146"] {
            assert_eq!(IdentityNumber::typed(text).unwrap().as_str(), RIGHT, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_number_is_known() {
        assert_eq!(IdentityNumber::typed("1000000014x"), Err(NumberFault::NotDigits));
        assert_eq!(IdentityNumber::typed(""), Err(NumberFault::Length { digits: 0 }));
        assert_eq!(
            IdentityNumber::typed(&"1".repeat(10_000)),
            Err(NumberFault::Length { digits: 64 })
        );
        assert_eq!(
            IdentityNumber::typed("10000000147"),
            Err(NumberFault::CheckDigits)
        );
        assert_eq!(
            IdentityNumber::typed("00000000000"),
            Err(NumberFault::CheckDigits)
        );
        assert_eq!(IdentityNumber::typed("١٠٠٠٠٠٠٠١٤٦"), Err(NumberFault::NotDigits));
    }

    #[test]
    fn one_field_takes_both_numbers() {
        assert!(matches!(Person::typed(RIGHT), Ok(Person::Identity(_))));
        assert!(matches!(Person::typed("u 1234567"), Ok(Person::Passport(_))));
        assert_eq!(Person::typed("1234567"), Err(NumberFault::Length { digits: 7 }));
        let json = serde_json::to_string(&Person::typed(RIGHT).unwrap()).unwrap();
        assert_eq!(json, r#"{"identityNumber":"10000000146"}"#);
    }

    #[test]
    fn numbers_and_secrets_are_never_shown_whole() {
        let shown = format!(
            "{:?} {:?}",
            Person::typed(RIGHT),
            Secret::new(Zeroizing::new("gizli".into()))
        );
        assert!(
            shown.contains("100••••••46") && !shown.contains(RIGHT) && !shown.contains("gizli"),
            "{shown}"
        );
        assert_eq!(PassportNumber::typed("u12345679").unwrap().masked(), "U1••••••9");
    }

    #[test]
    fn a_secret_has_bounds() {
        for text in ["", "a\nb", "a\0", &"x".repeat(129)] {
            assert!(Secret::new(Zeroizing::new(text.into())).is_none());
        }
    }

    proptest! {
        /// Either check digit shows one changed digit.
        #[test]
        fn one_mistyped_digit_shows(place in 0_usize..11, digit in b'0'..=b'9') {
            let mut bytes = RIGHT.as_bytes().to_vec();
            prop_assume!(bytes[place] != digit);
            bytes[place] = digit;
            prop_assert!(IdentityNumber::typed(std::str::from_utf8(&bytes).unwrap()).is_err());
        }

        #[test]
        fn no_text_does_harm(text in ".{0,100}") {
            let _ = (Person::typed(&text), PassportNumber::typed(&text).map(|number| number.masked()));
        }
    }
}
