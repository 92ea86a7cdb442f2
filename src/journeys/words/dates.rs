//! Dates, times and stretches of time. Everything is shown in the time of Türkiye.

use std::time::Duration;

use certificate::ValidityState;
use i18n_embed_fl::fl;
use time::{Month, OffsetDateTime};

use super::{Language, Words};

impl Words {
    /// A date in the time of Türkiye (UTC+3): `05.10.2027`, `5 Oct 2027`.
    pub fn date(&self, instant: OffsetDateTime) -> String {
        let date = instant.checked_to_offset(self.zone).unwrap_or(instant).date();
        let (year, month, day) = date.to_calendar_date();
        match self.language {
            Language::Turkish => format!("{day:02}.{:02}.{year:04}", u8::from(month)),
            Language::English => format!("{day} {} {year:04}", english(month)),
        }
    }

    /// A date and the time of day, to the minute, in the time of Türkiye (UTC+3): `05.10.2027 23:59`.
    pub fn date_time(&self, instant: OffsetDateTime) -> String {
        let time = instant.checked_to_offset(self.zone).unwrap_or(instant).time();
        format!("{} {:02}:{:02}", self.date(instant), time.hour(), time.minute())
    }

    /// Whole days that are left: `318 gün kaldı`, `bugün doluyor`.
    pub fn days_left(&self, days: i64) -> String {
        fl!(self.texts, "days-left", days = days)
    }

    /// Where a time stands within a certificate's validity: `318 gün kaldı`, `12 gün önce doldu`.
    pub fn validity(&self, state: ValidityState) -> String {
        match state {
            ValidityState::NotYet { days_until } => fl!(self.texts, "validity-not-yet", days = days_until),
            ValidityState::Valid { days_left } => self.days_left(days_left),
            ValidityState::Expired { days_ago } => fl!(self.texts, "validity-expired", days = days_ago),
            ValidityState::Unknown => fl!(self.texts, "validity-unknown"),
        }
    }

    /// How long something took: `38 ms`, from a tenth of a second on `0,4 saniye`, `0.4 seconds`.
    pub fn duration(&self, duration: Duration) -> String {
        if duration < Duration::from_millis(100) {
            return fl!(
                self.texts,
                "milliseconds",
                number = format!("{}", duration.as_millis())
            );
        }
        let tenths = duration.as_millis().saturating_add(50) / 100;
        let point = match self.language {
            Language::Turkish => ',',
            Language::English => '.',
        };
        fl!(
            self.texts,
            "seconds",
            number = format!("{}{point}{}", tenths / 10, tenths % 10)
        )
    }
}

fn english(month: Month) -> &'static str {
    match month {
        Month::January => "Jan",
        Month::February => "Feb",
        Month::March => "Mar",
        Month::April => "Apr",
        Month::May => "May",
        Month::June => "Jun",
        Month::July => "Jul",
        Month::August => "Aug",
        Month::September => "Sep",
        Month::October => "Oct",
        Month::November => "Nov",
        Month::December => "Dec",
    }
}
