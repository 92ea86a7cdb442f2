//! A line to type into. Not for PINs: it keeps plain text.

use iced::advanced::widget::Id;
use iced::border;
use iced::widget::text_input::{self, TextInput};

use super::around::Around;
use super::theme::mix;
use super::{Element, Tokens, font, space};

/// A text field; turn it into an element with `into`. Its caret does not blink: a window in which nobody types costs
/// nothing.
pub struct Field<'a, Message>(TextInput<'a, Message>);

impl<Message: Clone> Field<'_, Message> {
    /// What Enter says.
    #[must_use]
    pub fn on_submit(self, message: Message) -> Self {
        Self(self.0.on_submit(message))
    }

    /// A name by which focus and tests find it.
    #[must_use]
    pub fn id(self, id: impl Into<Id>) -> Self {
        Self(self.0.id(id))
    }
}

/// A text field as high as a button; a ring of the primary colour while it has the focus.
pub fn field<'a, Message: Clone + 'a>(
    tokens: Tokens,
    placeholder: &str,
    value: &str,
    on_input: impl Fn(String) -> Message + 'a,
) -> Field<'a, Message> {
    let input = TextInput::new(placeholder, value)
        .on_input(on_input)
        .font(font::REGULAR)
        .size(15)
        .line_height(iced::widget::text::LineHeight::Absolute(22.0.into()))
        .padding([11.0, 14.0])
        .style(move |_, status| style(tokens, status));
    Field(input)
}

impl<'a, Message: Clone + 'a> From<Field<'a, Message>> for Element<'a, Message> {
    fn from(field: Field<'a, Message>) -> Self {
        Around::steady(field.0).into()
    }
}

fn style(tokens: Tokens, status: text_input::Status) -> text_input::Style {
    let (line, width) = match status {
        text_input::Status::Focused { .. } => (tokens.primary, 2),
        text_input::Status::Hovered => (tokens.text, 1),
        text_input::Status::Active => (tokens.muted, 1),
        text_input::Status::Disabled => (tokens.line, 1),
    };
    text_input::Style {
        background: tokens.surface.into(),
        border: border::rounded(space::CONTROL_RADIUS).width(width).color(line),
        icon: tokens.muted,
        placeholder: tokens.muted,
        value: tokens.text,
        selection: mix(tokens.surface, tokens.primary, 0.35),
    }
}
