//! The page's one sentence that says how things are.

use iced::widget::text::IntoFragment;
use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length, border};

use super::{Element, Icon, Tokens, Tone, Width, icon, space, text};

/// A banner; turn it into an element with `into`.
pub struct Banner<'a, Message> {
    tokens: Tokens,
    tone: Tone,
    icon: Icon,
    number: Option<u8>,
    headline: text::Text<'a>,
    explanation: Option<text::Text<'a>>,
    technical: Option<text::Text<'a>>,
    action: Option<Element<'a, Message>>,
    width: Width,
}

/// A banner that says `headline`.
pub fn banner<'a, Message>(
    tokens: Tokens,
    tone: Tone,
    headline: impl IntoFragment<'a>,
) -> Banner<'a, Message> {
    Banner {
        tokens,
        tone,
        icon: tone.icon(),
        number: None,
        headline: text::section(tokens, headline).color(tokens.tone(tone)),
        explanation: None,
        technical: None,
        action: None,
        width: Width::Wide,
    }
}

impl<'a, Message> Banner<'a, Message> {
    /// What it means, or what to do.
    #[must_use]
    pub fn explanation(mut self, explanation: impl IntoFragment<'a>) -> Self {
        self.explanation = Some(text::body(self.tokens, explanation));
        self
    }

    /// The technical line for those who help, below and small.
    #[must_use]
    pub fn technical(mut self, technical: impl IntoFragment<'a>) -> Self {
        self.technical = Some(text::small_mono(self.tokens, technical).color(self.tokens.text));
        self
    }

    /// What can be done about it, usually the page's primary button.
    #[must_use]
    pub fn action(mut self, action: impl Into<Element<'a, Message>>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// An icon other than the tone's.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = icon;
        self
    }

    /// A number in the icon's place, where the number is what matters.
    #[must_use]
    pub fn number(mut self, number: u8) -> Self {
        self.number = Some(number);
        self
    }

    /// In a narrow window the action goes below the words.
    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }
}

impl<'a, Message: 'a> From<Banner<'a, Message>> for Element<'a, Message> {
    fn from(banner: Banner<'a, Message>) -> Self {
        let Banner { tokens, tone, .. } = banner;
        let words = Column::new()
            .push(banner.headline)
            .push(banner.explanation)
            .push(banner.technical)
            .spacing(space::XS)
            .width(Length::Fill);
        let sign = |size| match banner.number {
            Some(number) => {
                let number = text::section(tokens, number.to_string()).color(tokens.tone(tone));
                ring(tokens, tone, number, size)
            }
            None => emblem(tokens, tone, banner.icon, size),
        };
        let content: Element<'a, Message> = match banner.width {
            Width::Wide => row![sign(40.0), words]
                .push(banner.action)
                .spacing(space::L)
                .align_y(Alignment::Center)
                .into(),
            Width::Compact => column![Row::new().push(sign(28.0)).push(words).spacing(space::M)]
                .push(banner.action)
                .spacing(space::M)
                .into(),
        };
        container(content)
            .padding([18.0, 20.0])
            .width(Length::Fill)
            .style(move |_| {
                let line = if tokens.is_high_contrast() {
                    tokens.tone(tone)
                } else {
                    tokens.soft(tone)
                };
                container::Style::default()
                    .background(tokens.soft(tone))
                    .border(border::rounded(space::PANEL_RADIUS).width(1).color(line))
            })
            .into()
    }
}

/// The tone's icon in a ring.
pub(super) fn emblem<'a, Message: 'a>(
    tokens: Tokens,
    tone: Tone,
    icon: Icon,
    size: f32,
) -> Element<'a, Message> {
    ring(
        tokens,
        tone,
        icon::icon(icon, size / 2.0, tokens.tone(tone)),
        size,
    )
}

fn ring<'a, Message: 'a>(
    tokens: Tokens,
    tone: Tone,
    content: impl Into<Element<'a, Message>>,
    size: f32,
) -> Element<'a, Message> {
    let color = tokens.tone(tone);
    container(content)
        .center(size)
        .style(move |_| {
            container::Style::default().border(border::rounded(space::ROUND).width(2).color(color))
        })
        .into()
}
