//! What people type into forms: each field's form is checked once, and becomes a type or a value that stands for it.
//!
//! A fault is data ([`FaultKind`]); its words are the message [`FaultKind::message`] of `i18n/*/portal-fields.ftl`.
//! Everything here is lenient about how things are written (spaces, brackets, `0`, `+90`), and strict about what they
//! are.

mod application;
mod fault;
mod form;
mod phone;
mod text;

use std::fmt;

use certificate::{IdentityNumber, IdentityNumberError};
use serde::{Deserialize as _, Deserializer};
use time::{Date, Month, macros::format_description};
use zeroize::Zeroizing;

use crate::regions::Province;

pub use application::{Application, Channel, Operator, ReaderType, Reason, Validity};
pub use fault::{Fault, FaultKind, Field};
pub use form::Form;
pub use phone::{Phone, PhoneKind};
pub use text::{fold, same_name};

/// The longest line of text, in characters, if nothing else is said.
pub const LONGEST_LINE: usize = 100;
/// The longest first or last name or place of birth, in characters.
pub const LONGEST_NAME: usize = 64;
/// The longest address, in characters.
pub const LONGEST_ADDRESS: usize = 400;
/// The most bytes of a field that are looked at at all.
pub const LONGEST_INPUT: usize = 8 * 1024;

/// The age from which a qualified certificate can be had, in years.
const FULL_AGE: i32 = 18;
/// Nobody is older.
const HIGHEST_AGE: i32 = 130;

/// By which number a person is known: the identity number, or a passport number for foreigners. `Debug` masks it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The T.C. identity number.
    National(IdentityNumber),
    /// A passport number: 5 to 15 ASCII capital letters and digits.
    Passport(String),
}

impl Identity {
    /// From what was typed: eleven digits are an identity number, anything else a passport number. Small letters of a
    /// passport number become capitals; spaces and hyphens are left out.
    pub fn parse(typed: &str) -> Result<Self, FaultKind> {
        let compact: String = text::bounded(typed)?
            .chars()
            .filter(|letter| !letter.is_whitespace() && *letter != '-')
            .collect();
        if compact.is_empty() {
            return Err(FaultKind::Missing);
        }
        if compact.bytes().all(|byte| byte.is_ascii_digit()) {
            return match compact.parse() {
                Ok(number) => Ok(Self::National(number)),
                // Passports whose numbers have no letter are shorter or longer than identity numbers.
                Err(IdentityNumberError::Form) if (6..=9).contains(&compact.len()) => {
                    Ok(Self::Passport(compact))
                }
                Err(IdentityNumberError::CheckDigits) => Err(FaultKind::IdentityCheckDigits),
                Err(_) => Err(FaultKind::IdentityForm),
            };
        }
        let fits =
            (5..=15).contains(&compact.len()) && compact.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits {
            Ok(Self::Passport(compact.to_ascii_uppercase()))
        } else {
            Err(FaultKind::IdentityForm)
        }
    }

    /// The whole number, for the store and for certificates; never for logs.
    pub fn reveal(&self) -> String {
        match self {
            Self::National(number) => number.reveal(),
            Self::Passport(number) => number.clone(),
        }
    }
}

/// With its middle hidden.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::National(number) => number.fmt(f),
            Self::Passport(number) => {
                let (head, tail) = number
                    .split_at_checked(number.len().saturating_sub(2))
                    .unwrap_or_default();
                write!(f, "{}••••{tail}", head.get(..1).unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({self})")
    }
}

/// A first name, last name or place of birth: letters, and within them spaces, apostrophes, hyphens and dots.
pub fn name(typed: &str) -> Result<String, FaultKind> {
    let name = line(typed, LONGEST_NAME)?;
    let allowed = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '\'' | '’' | '-' | '.');
    if name.chars().all(allowed) && name.chars().any(char::is_alphabetic) {
        Ok(name)
    } else {
        Err(FaultKind::NameCharacters)
    }
}

/// One line of text of at most `most` characters that is not empty: spaces at its ends are left out, several within are
/// one.
pub fn line(typed: &str, most: usize) -> Result<String, FaultKind> {
    match optional_line(typed, most)? {
        Some(line) => Ok(line),
        None => Err(FaultKind::Missing),
    }
}

/// The same, and nothing if it is empty.
pub fn optional_line(typed: &str, most: usize) -> Result<Option<String>, FaultKind> {
    let line = text::tidy(text::bounded(typed)?)?;
    match line.chars().count() {
        0 => Ok(None),
        count if count > most => Err(FaultKind::TooLong { most }),
        _ => Ok(Some(line)),
    }
}

/// A date: `1985-06-30`, `30.06.1985`, `30/6/1985`.
pub fn date(typed: &str) -> Result<Date, FaultKind> {
    let typed = text::bounded(typed)?.trim();
    if typed.is_empty() {
        return Err(FaultKind::Missing);
    }
    if let Ok(date) = Date::parse(typed, format_description!("[year]-[month]-[day]")) {
        return Ok(date);
    }
    let parts: Vec<&str> = typed.split(['.', '/']).map(str::trim).collect();
    let number = |text: &str, longest: usize| -> Option<u16> {
        let digits = (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse().ok().filter(|_| digits)
    };
    let [day, month, year] = parts[..] else {
        return Err(FaultKind::Date);
    };
    let date = (|| {
        let day = u8::try_from(number(day, 2)?).ok()?;
        let month = Month::try_from(u8::try_from(number(month, 2)?).ok()?).ok()?;
        let year = number(year, 4).filter(|_| year.len() == 4)?;
        Date::from_calendar_date(i32::from(year), month, day).ok()
    })();
    date.ok_or(FaultKind::Date)
}

/// The date of birth of a person who is of full age on the day `today`.
pub fn birth_date(typed: &str, today: Date) -> Result<Date, FaultKind> {
    let born = date(typed)?;
    // Of 29 February the day before, in years that have none.
    let years_ago = |years: i32| {
        let year = today.year().saturating_sub(years);
        let day = today.replace_year(year);
        day.or_else(|_| Date::from_calendar_date(year, Month::February, 28))
            .unwrap_or(Date::MIN)
    };
    if born > today || born < years_ago(HIGHEST_AGE) {
        Err(FaultKind::Date)
    } else if born > years_ago(FULL_AGE) {
        Err(FaultKind::TooYoung)
    } else {
        Ok(born)
    }
}

/// A postal code: five digits, the first two of them the province's code.
pub fn postal_code(typed: &str, province: Option<&Province>) -> Result<String, FaultKind> {
    let code: String = text::bounded(typed)?
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    if code.is_empty() {
        return Err(FaultKind::Missing);
    }
    if code.len() != 5 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(FaultKind::PostalCode);
    }
    let plate: Option<u8> = code.get(..2).and_then(|plate| plate.parse().ok());
    match (plate, province) {
        (Some(1..=81), None) => Ok(code),
        (Some(plate @ 1..=81), Some(province)) if plate == province.code => Ok(code),
        (Some(1..=81), Some(_)) => Err(FaultKind::PostalCodeElsewhere),
        _ => Err(FaultKind::PostalCode),
    }
}

/// An e-mail address (RFC 5321, 4.1.2) in ASCII, with a domain that has a dot.
pub fn email(typed: &str) -> Result<String, FaultKind> {
    let typed = text::bounded(typed)?.trim();
    if typed.is_empty() {
        return Err(FaultKind::Missing);
    }
    let address: lettre::Address = typed
        .parse()
        .ok()
        .filter(|_| typed.is_ascii() && typed.len() <= 254)
        .ok_or(FaultKind::Email)?;
    let domain = address.domain();
    if domain.contains('.')
        && !domain.starts_with(['.', '['])
        && domain.contains(|letter: char| letter.is_ascii_alphabetic())
    {
        Ok(typed.to_owned())
    } else {
        Err(FaultKind::Email)
    }
}

/// The extension of a work phone: one to six digits, or none.
pub fn extension(typed: &str) -> Result<Option<String>, FaultKind> {
    let typed = text::bounded(typed)?.trim();
    let fits = typed.len() <= 6 && typed.bytes().all(|byte| byte.is_ascii_digit());
    match typed {
        "" => Ok(None),
        digits if fits => Ok(Some(digits.to_owned())),
        _ => Err(FaultKind::Extension),
    }
}

/// A new security word: 6 to 64 characters after normalisation, not taken for a PIN (digits alone), and the same in both
/// fields. Spaces count; a word is compared as it was typed, letter case included.
pub fn security_word(typed: &str, again: &str) -> Result<Zeroizing<String>, FaultKind> {
    let word = normalised_security_word(typed)?;
    let count = word.chars().count();
    if word.is_empty() {
        Err(FaultKind::Missing)
    } else if word.chars().all(char::is_numeric) {
        Err(FaultKind::SecurityWordLikePin)
    } else if count < 6 {
        Err(FaultKind::SecurityWordShort)
    } else if count > 64 {
        Err(FaultKind::TooLong { most: 64 })
    } else if *word != *normalised_security_word(again)? {
        Err(FaultKind::SecurityWordsDiffer)
    } else {
        Ok(word)
    }
}

/// A security word as it is hashed and compared: the same letters may come composed or in parts (NFC), and spaces at the
/// ends come from copying.
pub fn normalised_security_word(typed: &str) -> Result<Zeroizing<String>, FaultKind> {
    let typed = text::bounded(typed)?.trim();
    if typed.chars().any(char::is_control) {
        return Err(FaultKind::Characters);
    }
    Ok(Zeroizing::new(text::composed(typed)))
}

/// A text from outside that is wiped when it goes.
pub(crate) fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Zeroizing<String>, D::Error> {
    String::deserialize(deserializer).map(Zeroizing::new)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
