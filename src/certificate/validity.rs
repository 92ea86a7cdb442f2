//! Where a time stands within a certificate's validity.

use serde::Serialize;
use time::OffsetDateTime;

/// Where a time stands within a certificate's validity. Days are whole days, rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum ValidityState {
    /// It has not begun.
    NotYet {
        /// Days until it begins.
        days_until: i64,
    },
    /// It is valid.
    Valid {
        /// Days until it ends.
        days_left: i64,
    },
    /// It has ended.
    Expired {
        /// Days since it ended.
        days_ago: i64,
    },
    /// The times could not be read.
    Unknown,
}

impl ValidityState {
    /// The state at `now` of a validity of which either end may be unreadable. Both ends belong to it
    /// (RFC 5280 §4.1.2.5).
    pub(crate) fn at(
        now: OffsetDateTime,
        not_before: Option<OffsetDateTime>,
        not_after: Option<OffsetDateTime>,
    ) -> Self {
        match (not_before, not_after) {
            (_, Some(end)) if now > end => Self::Expired {
                days_ago: (now - end).whole_days(),
            },
            (Some(start), _) if now < start => Self::NotYet {
                days_until: (start - now).whole_days(),
            },
            (Some(_), Some(end)) => Self::Valid {
                days_left: (end - now).whole_days(),
            },
            _ => Self::Unknown,
        }
    }

    /// Whether it is valid at that time.
    pub fn is_valid(self) -> bool {
        matches!(self, Self::Valid { .. })
    }
}
