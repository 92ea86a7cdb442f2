//! Keys and values below one another, each with a button to copy it if wanted.

use iced::Length;
use iced::widget::text::IntoFragment;
use iced::widget::{Column, Container, column, container, row};

use super::{Element, Icon, Tokens, Width, button, space, text};

/// Width of the keys beside the values.
const KEYS: f32 = 176.0;

/// A list; turn it into an element with `into`.
pub struct KeyValues<'a, Message> {
    tokens: Tokens,
    width: Width,
    copy_hint: String,
    entries: Vec<Entry<'a, Message>>,
}

struct Entry<'a, Message> {
    key: text::Text<'a>,
    value: Element<'a, Message>,
    on_copy: Option<Message>,
}

/// An empty list. `copy_hint` is what the copy buttons say beside the mouse.
pub fn key_values<'a, Message>(
    tokens: Tokens,
    width: Width,
    copy_hint: impl Into<String>,
) -> KeyValues<'a, Message> {
    KeyValues {
        tokens,
        width,
        copy_hint: copy_hint.into(),
        entries: Vec::new(),
    }
}

impl<'a, Message: 'a> KeyValues<'a, Message> {
    /// Adds a value in words.
    #[must_use]
    pub fn text(self, key: impl IntoFragment<'a>, value: impl IntoFragment<'a>) -> Self {
        let value = text::body(self.tokens, value);
        self.element(key, value)
    }

    /// Adds a code: a serial number, a hash, an algorithm's name.
    #[must_use]
    pub fn code(self, key: impl IntoFragment<'a>, value: impl IntoFragment<'a>) -> Self {
        let value = text::mono(self.tokens, value);
        self.element(key, value)
    }

    /// Adds anything else.
    #[must_use]
    pub fn element(mut self, key: impl IntoFragment<'a>, value: impl Into<Element<'a, Message>>) -> Self {
        self.entries.push(Entry {
            key: text::muted(self.tokens, key),
            value: value.into(),
            on_copy: None,
        });
        self
    }

    /// Puts a copy button beside the entry added last.
    #[must_use]
    pub fn copied_by(mut self, message: Message) -> Self {
        if let Some(entry) = self.entries.last_mut() {
            entry.on_copy = Some(message);
        }
        self
    }
}

impl<'a, Message: Clone + 'a> From<KeyValues<'a, Message>> for Element<'a, Message> {
    fn from(list: KeyValues<'a, Message>) -> Self {
        let KeyValues {
            tokens,
            width,
            copy_hint,
            entries,
        } = list;
        let rows = entries.into_iter().map(|entry| {
            let value = row![line(entry.value).width(Length::Fill)]
                .push(
                    entry
                        .on_copy
                        .map(|message| button::icon(tokens, Icon::Copy, copy_hint.clone()).on_press(message)),
                )
                .spacing(space::S);
            match width {
                Width::Wide => row![line(entry.key.width(KEYS).into()), value]
                    .spacing(space::L)
                    .into(),
                Width::Compact => column![entry.key.size(13), value].into(),
            }
        });
        Column::with_children(rows).spacing(space::S).into()
    }
}

/// A line of text as high as a copy button, so that rows with and without one keep the same distance.
fn line<'a, Message: 'a>(content: Element<'a, Message>) -> Container<'a, Message> {
    container(content).padding([1.0, 0.0])
}
