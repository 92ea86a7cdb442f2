//! Phone numbers: as people of this country write them, and in E.164.

use std::fmt;

use super::{FaultKind, text};

/// A phone number in E.164 (`+905321234567`). `Debug` masks it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Phone {
    e164: String,
    kind: PhoneKind,
}

/// Which kind of phone a number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhoneKind {
    /// A mobile phone of this country: an SMS arrives there.
    Mobile,
    /// A landline, or a number without a place (444, 850), of this country.
    Landline,
    /// A number of another country.
    Foreign,
}

impl Phone {
    /// From what was typed: with or without `0`, `90`, `+90` or `0090`, with spaces, hyphens, dots, slashes and
    /// brackets; numbers of other countries with `+` or `00`.
    pub fn parse(typed: &str) -> Result<Self, FaultKind> {
        let typed = text::bounded(typed)?.trim();
        if typed.is_empty() {
            return Err(FaultKind::Missing);
        }
        let (plus, rest) = match typed.strip_prefix('+') {
            Some(rest) => (true, rest),
            None => (false, typed),
        };
        let separator = |letter: &char| letter.is_whitespace() || "-.()/".contains(*letter);
        let digits: String = rest.chars().filter(|letter| !separator(letter)).collect();
        if digits.is_empty() || digits.len() > 18 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FaultKind::Phone);
        }
        let international = if plus {
            Some(&digits[..])
        } else {
            digits.strip_prefix("00")
        };
        match international {
            Some(digits) => match digits.strip_prefix("90") {
                // `+90 (0532)` is a habit.
                Some(national) => Self::national(national.strip_prefix('0').unwrap_or(national)),
                None => Self::foreign(digits),
            },
            None => match (digits.strip_prefix('0'), digits.strip_prefix("90")) {
                (Some(national), _) => Self::national(national),
                (None, Some(national)) if digits.len() == 12 => Self::national(national),
                _ => Self::national(&digits),
            },
        }
    }

    /// A mobile phone of this country.
    pub fn parse_mobile(typed: &str) -> Result<Self, FaultKind> {
        match Self::parse(typed)? {
            phone if phone.kind == PhoneKind::Mobile => Ok(phone),
            _ => Err(FaultKind::PhoneNotMobile),
        }
    }

    /// In E.164.
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// Which kind of phone it is.
    pub fn kind(&self) -> PhoneKind {
        self.kind
    }

    /// With its middle hidden, as a person is shown where a code goes: `+90 5•• ••• •5 67`.
    pub fn masked(&self) -> String {
        let tail: Vec<char> = self.e164.chars().rev().take(3).collect();
        match (self.kind, &tail[..]) {
            (PhoneKind::Mobile, [last, second, third]) => format!("+90 5•• ••• •{third} {second}{last}"),
            (_, [last, second, ..]) => format!("••• •• {second}{last}"),
            _ => "•••".to_owned(),
        }
    }

    /// Ten digits after +90, or the seven of a 444 number.
    fn national(digits: &str) -> Result<Self, FaultKind> {
        let kind = match (digits.len(), digits.as_bytes()) {
            (10, [b'5', ..]) => PhoneKind::Mobile,
            // 850 has no place; the other numbers in 8 and 9 are for calling only.
            (10, [b'2'..=b'4', ..] | [b'8', b'5', b'0', ..]) | (7, [b'4', b'4', b'4', ..]) => {
                PhoneKind::Landline
            }
            _ => return Err(FaultKind::Phone),
        };
        Ok(Self {
            e164: format!("+90{digits}"),
            kind,
        })
    }

    /// At most fifteen digits (ITU-T E.164, 6.1), no country's code begins with zero.
    fn foreign(digits: &str) -> Result<Self, FaultKind> {
        if (7..=15).contains(&digits.len()) && !digits.starts_with('0') {
            Ok(Self {
                e164: format!("+{digits}"),
                kind: PhoneKind::Foreign,
            })
        } else {
            Err(FaultKind::Phone)
        }
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}
