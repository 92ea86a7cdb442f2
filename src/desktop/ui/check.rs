//! One thing that was looked at, or one step: a sign, a sentence, and a technical line.

use iced::widget::text::IntoFragment;
use iced::widget::{Column, container, row};
use iced::{Length, border};

use super::{Element, Icon, Tokens, Tone, icon, space, text};

/// A line of a checklist. Neutral ones are drawn hollow: not looked at, or not yet.
pub fn check<'a, Message: 'a>(
    tokens: Tokens,
    tone: Tone,
    sentence: impl IntoFragment<'a>,
    detail: Option<text::Text<'a>>,
) -> Element<'a, Message> {
    let sentence = match tone {
        Tone::Neutral => text::muted(tokens, sentence),
        _ => text::body(tokens, sentence),
    };
    row![
        sign(tokens, tone, tone.icon()),
        Column::new()
            .push(container(sentence).padding([2.0, 0.0]))
            .push(detail)
            .width(Length::Fill),
    ]
    .spacing(space::M)
    .into()
}

/// A disc with the tone's icon; hollow for neutral.
pub fn sign<'a, Message: 'a>(tokens: Tokens, tone: Tone, icon: Icon) -> Element<'a, Message> {
    let color = tokens.tone(tone);
    let is_hollow = tone == Tone::Neutral;
    let ink = if is_hollow { color } else { tokens.surface };
    container(icon::icon(icon, 14.0, ink))
        .center(26.0)
        .style(move |_| {
            let style = container::Style::default().border(
                border::rounded(space::ROUND)
                    .width(2)
                    .color(if is_hollow { tokens.line } else { color }),
            );
            if is_hollow { style } else { style.background(color) }
        })
        .into()
}
