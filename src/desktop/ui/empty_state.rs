//! A page on which there is nothing: a drawing, a sentence, one action.

mod drawings;

use iced::widget::text::IntoFragment;
use iced::widget::{Column, column, container, stack};
use iced::{Alignment, Length, Size};

use super::icon::{self, Drawing};
use super::{Element, Tokens, Tone, space, text};

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Picture {
    /// A plug without a reader.
    NoReader,
    /// A reader without a card.
    NoCard,
    /// A card nobody knows.
    UnknownCard,
    /// A card with nothing on it.
    EmptyCard,
    /// The smart card service does not run.
    NoService,
    /// A card that was pulled out.
    CardRemoved,
    /// Something broke.
    Broken,
    /// A file of a certificate.
    File,
}

impl Picture {
    /// Every picture.
    pub const ALL: [Self; 8] = [
        Self::NoReader,
        Self::NoCard,
        Self::UnknownCard,
        Self::EmptyCard,
        Self::NoService,
        Self::CardRemoved,
        Self::Broken,
        Self::File,
    ];
}

/// An empty state; turn it into an element with `into`.
pub struct EmptyState<'a, Message> {
    tokens: Tokens,
    picture: Picture,
    sentence: text::Text<'a>,
    explanation: Option<text::Text<'a>>,
    technical: Option<text::Text<'a>>,
    action: Option<Element<'a, Message>>,
}

/// A drawing and a sentence, in the middle of the page.
pub fn empty_state<'a, Message>(
    tokens: Tokens,
    picture: Picture,
    sentence: impl IntoFragment<'a>,
) -> EmptyState<'a, Message> {
    EmptyState {
        tokens,
        picture,
        sentence: text::title(tokens, sentence),
        explanation: None,
        technical: None,
        action: None,
    }
}

impl<'a, Message> EmptyState<'a, Message> {
    /// What it means and what to do.
    #[must_use]
    pub fn explanation(mut self, explanation: impl IntoFragment<'a>) -> Self {
        self.explanation = Some(text::muted(self.tokens, explanation));
        self
    }

    /// The technical line for those who help.
    #[must_use]
    pub fn technical(mut self, technical: impl IntoFragment<'a>) -> Self {
        self.technical = Some(text::small_mono(self.tokens, technical));
        self
    }

    /// The one thing that can be done here.
    #[must_use]
    pub fn action(mut self, action: impl Into<Element<'a, Message>>) -> Self {
        self.action = Some(action.into());
        self
    }
}

impl<'a, Message: 'a> From<EmptyState<'a, Message>> for Element<'a, Message> {
    fn from(state: EmptyState<'a, Message>) -> Self {
        let words = Column::new()
            .push(state.sentence.align_x(Alignment::Center))
            .push(state.explanation.map(|text| text.align_x(Alignment::Center)))
            .push(state.technical.map(|text| text.align_x(Alignment::Center)))
            .spacing(space::S)
            .align_x(Alignment::Center);
        let content = column![picture(state.tokens, state.picture), words]
            .push(state.action)
            .spacing(space::XL)
            .align_x(Alignment::Center)
            .max_width(480);
        container(content)
            .center_x(Length::Fill)
            .padding([2.0 * space::XXL, space::L])
            .into()
    }
}

/// Soft surfaces, then lines, then what matters in the tone's colour.
fn picture<'a, Message: 'a>(tokens: Tokens, picture: Picture) -> Element<'a, Message> {
    let tone = match picture {
        Picture::NoReader | Picture::NoCard | Picture::File => Tone::Information,
        Picture::UnknownCard | Picture::EmptyCard | Picture::CardRemoved => Tone::Warning,
        Picture::NoService | Picture::Broken => Tone::Bad,
    };
    let layers = drawings::layers(picture);
    let layer = |parts, color| {
        icon::drawing(Drawing {
            parts,
            grid: Size::new(160.0, 120.0),
            scale: 1.0,
            stroke: 2.5,
            color,
        })
    };
    stack![
        layer(layers.soft, tokens.soft(tone)),
        layer(layers.lines, tokens.muted),
        layer(layers.accent, tokens.tone(tone)),
    ]
    .into()
}
