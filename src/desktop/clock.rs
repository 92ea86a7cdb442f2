//! What time it is.

use time::OffsetDateTime;

/// Where the present time comes from: the system, or a fixed moment for pictures that must not change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// The system's clock.
    #[default]
    System,
    /// Always this moment.
    Fixed(OffsetDateTime),
}

impl Clock {
    /// The present time.
    pub fn now(self) -> OffsetDateTime {
        match self {
            Self::System => OffsetDateTime::now_utc(),
            Self::Fixed(moment) => moment,
        }
    }
}
