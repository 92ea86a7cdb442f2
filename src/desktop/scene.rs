//! What every view is given.

use journeys::{look::Urgency, words::Words};
use time::OffsetDateTime;

use crate::{
    labels::Labels,
    ui::{Tokens, Tone, Width},
};

/// Colours, words and room; handed down to every view.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// The colours.
    pub(crate) tokens: Tokens,
    /// What outcomes are called.
    pub(crate) words: &'a Words,
    /// The window's own texts.
    pub(crate) labels: &'a Labels,
    /// How much room there is.
    pub(crate) width: Width,
    /// The present time.
    pub(crate) now: OffsetDateTime,
}

/// How an urgency looks.
pub(crate) fn tone(urgency: Urgency) -> Tone {
    match urgency {
        Urgency::Good => Tone::Good,
        Urgency::Information => Tone::Information,
        Urgency::Warning => Tone::Warning,
        Urgency::Bad => Tone::Bad,
    }
}
