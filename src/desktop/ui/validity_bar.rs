//! From when until when a certificate is valid, and where in it today is.

use std::borrow::Cow;

use iced::widget::{column, row};
use iced::{Alignment, Length};

use super::bar::Bar;
use super::{Element, Tokens, Tone, space, text};

/// A validity, in words and as a share.
#[derive(Debug, Clone)]
pub struct Validity<'a> {
    /// The first day, as a date.
    pub from: Cow<'a, str>,
    /// The last day, as a date.
    pub until: Cow<'a, str>,
    /// What it means today: "318 days left".
    pub remark: Cow<'a, str>,
    /// How much of it has passed: 0 before the first day, 1 after the last.
    pub passed: f32,
    /// Whether that is well.
    pub tone: Tone,
}

/// The bar, with a mark for today and three texts below it.
pub fn validity_bar<'a, Message: 'a>(tokens: Tokens, validity: Validity<'a>) -> Element<'a, Message> {
    let tone = match validity.tone {
        // A certificate in its midst is the ordinary case: the bar keeps the calm colour.
        Tone::Good => Tone::Information,
        tone => tone,
    };
    let remark = text::label(tokens, validity.remark).color(match tone {
        Tone::Information | Tone::Neutral => tokens.muted,
        tone => tokens.tone(tone),
    });
    column![
        Bar::new(tokens, tone, validity.passed).marked(),
        row![
            text::small(tokens, validity.from).width(Length::FillPortion(2)),
            remark.width(Length::FillPortion(3)).align_x(Alignment::Center),
            text::small(tokens, validity.until)
                .width(Length::FillPortion(2))
                .align_x(Alignment::End),
        ]
        .spacing(space::S),
    ]
    .spacing(space::XS)
    .into()
}
