//! `UTCTime` and `GeneralizedTime` (RFC 5280 §4.1.2.5), and what departs from them in the field.

use time::{Date, Duration, Month, OffsetDateTime, Time, UtcOffset};

use crate::tlv::Tlv;
use crate::{Fault, TimeOddity};

const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// A `UTCTime` or a `GeneralizedTime` (RFC 5280 §4.1.2.5): the instant, in UTC, and everything that is odd about how it is written.
pub fn read(tlv: &Tlv<'_>) -> Result<(OffsetDateTime, Vec<TimeOddity>), Fault> {
    if tlv.missing > 0 {
        return Err(Fault::Truncated);
    }
    let mut digits = Digits { rest: tlv.value };
    let year = match tlv.tag {
        UTC_TIME => match digits.pair().ok_or(Fault::Time)? {
            year @ 50.. => 1900 + i32::from(year),
            year => 2000 + i32::from(year),
        },
        GENERALIZED_TIME => {
            let century = digits.pair().ok_or(Fault::Time)?;
            i32::from(century) * 100 + i32::from(digits.pair().ok_or(Fault::Time)?)
        }
        _ => return Err(Fault::Type),
    };
    since(year, digits).ok_or(Fault::Time)
}

fn since(year: i32, mut digits: Digits<'_>) -> Option<(OffsetDateTime, Vec<TimeOddity>)> {
    let mut oddities = Vec::new();
    let month = Month::try_from(digits.pair()?).ok()?;
    let date = Date::from_calendar_date(year, month, digits.pair()?).ok()?;
    let (hour, minute) = (digits.pair()?, digits.pair()?);
    let second = digits.pair();
    if second.is_none() {
        oddities.push(TimeOddity::NoSeconds);
    }
    let local = date.with_time(Time::from_hms(hour, minute, second.unwrap_or(0)).ok()?);
    if digits.skip_fraction() {
        oddities.push(TimeOddity::Fraction);
    }
    let ahead = match digits.rest {
        b"Z" => Duration::ZERO,
        [] => {
            oddities.push(TimeOddity::NoZone);
            Duration::ZERO
        }
        [sign @ (b'+' | b'-'), zone @ ..] => {
            oddities.push(TimeOddity::Zone);
            let mut zone = Digits { rest: zone };
            let (hours, minutes) = (zone.pair()?, zone.pair()?);
            if !zone.rest.is_empty() || hours > 23 || minutes > 59 {
                return None;
            }
            let ahead = Duration::minutes(i64::from(hours) * 60 + i64::from(minutes));
            if *sign == b'+' { ahead } else { -ahead }
        }
        _ => return None,
    };
    let instant = local.checked_sub(ahead)?.assume_offset(UtcOffset::UTC);
    if instant < OffsetDateTime::UNIX_EPOCH {
        oddities.push(TimeOddity::Before1970);
    }
    Some((instant, oddities))
}

struct Digits<'a> {
    rest: &'a [u8],
}

impl Digits<'_> {
    /// The number of the next two digits.
    fn pair(&mut self) -> Option<u8> {
        match self.rest {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
                self.rest = rest;
                Some((tens - b'0') * 10 + (ones - b'0'))
            }
            _ => None,
        }
    }

    /// Whether there was a fraction of a second.
    fn skip_fraction(&mut self) -> bool {
        let [b'.' | b',', fraction @ ..] = self.rest else {
            return false;
        };
        let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.rest = fraction.get(length..).unwrap_or_default();
        true
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
