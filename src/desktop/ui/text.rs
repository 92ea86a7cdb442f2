//! The type scale: title 24, section 17, text 15, small 13.

use iced::widget::text::{self, IntoFragment, LineHeight, Wrapping};

use super::{Tokens, font};

/// A piece of text.
pub type Text<'a> = iced::widget::Text<'a>;

/// The page's one title.
pub fn title<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 24.0, 32.0).font(font::SEMIBOLD).color(tokens.text)
}

/// The heading of a panel.
pub fn section<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 17.0, 24.0).font(font::SEMIBOLD).color(tokens.text)
}

/// Running text.
pub fn body<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 15.0, 22.0).color(tokens.text)
}

/// Running text of lesser weight: sentences under a title, keys of a list.
pub fn muted<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 15.0, 22.0).color(tokens.muted)
}

/// Emphasised running text.
pub fn strong<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 15.0, 22.0).font(font::SEMIBOLD).color(tokens.text)
}

/// Side notes: dates under a bar, technical lines.
pub fn small<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 13.0, 20.0).color(tokens.muted)
}

/// A small heading above a group.
pub fn label<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 13.0, 20.0).font(font::SEMIBOLD).color(tokens.muted)
}

/// Codes, serial numbers, hashes.
pub fn mono<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 14.0, 22.0).font(font::MONO).color(tokens.text)
}

/// Codes in side notes.
pub fn small_mono<'a>(tokens: Tokens, content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 13.0, 20.0).font(font::MONO).color(tokens.muted)
}

/// Text that takes its colour from what it lies on (a button's label).
pub(super) fn inherited<'a>(content: impl IntoFragment<'a>) -> Text<'a> {
    set(content, 15.0, 22.0).font(font::SEMIBOLD)
}

fn set<'a>(content: impl IntoFragment<'a>, size: f32, line_height: f32) -> Text<'a> {
    text::Text::new(content)
        .size(size)
        .font(font::REGULAR)
        .line_height(LineHeight::Absolute(line_height.into()))
        // A name or a path without blanks must not run out of its panel.
        .wrapping(Wrapping::WordOrGlyph)
}
