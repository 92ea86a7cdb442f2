//! Buttons: verbs that say what happens.

use iced::advanced::widget::Id;
use iced::widget::text::IntoFragment;
use iced::widget::{container, row, tooltip};
use iced::{Alignment, Color, Length};

use super::pressable::{Appearance, Pressable, Status};
use super::theme::mix;
use super::{Element, Icon, Tokens, icon, space, text};

/// How loudly a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Secondary,
    Quiet,
    Danger,
}

/// A button; turn it into an element with `into`.
pub struct Button<'a, Message> {
    tokens: Tokens,
    kind: Kind,
    icon: Option<Icon>,
    label: Option<text::Text<'a>>,
    hint: Option<text::Text<'a>>,
    on_press: Option<Message>,
    id: Option<Id>,
    width: Length,
    is_small: bool,
}

/// The page's one invitation.
pub fn primary<'a, Message>(tokens: Tokens, label: impl IntoFragment<'a>) -> Button<'a, Message> {
    Button::new(tokens, Kind::Primary, label)
}

/// Any other act.
pub fn secondary<'a, Message>(tokens: Tokens, label: impl IntoFragment<'a>) -> Button<'a, Message> {
    Button::new(tokens, Kind::Secondary, label)
}

/// An act that stays in the background: no outline.
pub fn quiet<'a, Message>(tokens: Tokens, label: impl IntoFragment<'a>) -> Button<'a, Message> {
    Button::new(tokens, Kind::Quiet, label)
}

/// An act by which something is lost.
pub fn danger<'a, Message>(tokens: Tokens, label: impl IntoFragment<'a>) -> Button<'a, Message> {
    Button::new(tokens, Kind::Danger, label)
}

/// A small button that is only an icon; its words appear beside the mouse.
pub fn icon<'a, Message>(tokens: Tokens, icon: Icon, hint: impl IntoFragment<'a>) -> Button<'a, Message> {
    Button {
        icon: Some(icon),
        label: None,
        hint: Some(text::small(tokens, hint).color(tokens.text)),
        ..Button::new(tokens, Kind::Quiet, "").small()
    }
}

impl<'a, Message> Button<'a, Message> {
    fn new(tokens: Tokens, kind: Kind, label: impl IntoFragment<'a>) -> Self {
        Self {
            tokens,
            kind,
            icon: None,
            label: Some(text::inherited(label)),
            hint: None,
            on_press: None,
            id: None,
            width: Length::Shrink,
            is_small: false,
        }
    }

    /// What a press says. Without it the button is disabled.
    #[must_use]
    pub fn on_press(self, message: Message) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// What a press says, if it may be pressed now.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.on_press = message;
        self
    }

    /// A name by which focus and tests find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Puts an icon before the label.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Sets the width; the label stays in the middle.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Makes it fit into a line of text.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.is_small = true;
        self
    }
}

impl<'a, Message: Clone + 'a> From<Button<'a, Message>> for Element<'a, Message> {
    fn from(button: Button<'a, Message>) -> Self {
        let Button { tokens, kind, .. } = button;
        let is_enabled = button.on_press.is_some();
        let rest = appearance(
            tokens,
            kind,
            if is_enabled {
                Status::Active
            } else {
                Status::Disabled
            },
        );
        let ink = if button.label.is_some() {
            rest.text
        } else {
            mix(rest.text, tokens.muted, 0.7)
        };
        // With a label's line of 22 pixels: 44 high, or 32.
        let (padding, icon_size) = match (button.is_small, button.label.is_some()) {
            (false, _) => ([11.0, space::L], 20.0),
            (true, true) => ([5.0, space::M], 16.0),
            (true, false) => ([space::XS, space::XS], 16.0),
        };

        let content = row![]
            .push(button.icon.map(|icon| icon::icon(icon, icon_size, ink)))
            .push(button.label)
            .spacing(space::S)
            .align_y(Alignment::Center);
        let content: Element<'a, Message> = match button.width {
            Length::Shrink => content.into(),
            _ => container(content).center_x(Length::Fill).into(),
        };

        let pressable = Pressable::new(tokens, content, move |status| appearance(tokens, kind, status))
            .on_press_maybe(button.on_press)
            .width(button.width)
            .padding(padding);
        let pressable = match button.id {
            Some(id) => pressable.id(id),
            None => pressable,
        };

        match button.hint {
            Some(hint) => with_hint(tokens, pressable.into(), hint),
            None => pressable.into(),
        }
    }
}

fn with_hint<'a, Message: 'a>(
    tokens: Tokens,
    content: Element<'a, Message>,
    hint: text::Text<'a>,
) -> Element<'a, Message> {
    let hint = container(hint).padding([space::XS, space::S]).style(move |_| {
        container::Style::default()
            .background(tokens.surface)
            .border(iced::border::rounded(6).width(1).color(tokens.line))
    });
    tooltip(content, hint, tooltip::Position::Top)
        .gap(space::XS)
        .into()
}

fn appearance(tokens: Tokens, kind: Kind, status: Status) -> Appearance {
    let (surface, text, border) = match kind {
        Kind::Primary => (Some(tokens.primary), tokens.on_primary, Some(tokens.primary)),
        Kind::Secondary => (Some(tokens.surface), tokens.text, Some(tokens.line)),
        Kind::Quiet => (None, tokens.text, None),
        Kind::Danger => (Some(tokens.bad), tokens.surface, Some(tokens.bad)),
    };
    match status {
        Status::Active => Appearance {
            background: surface,
            text,
            border,
        },
        Status::Hovered => Appearance {
            background: Some(mix(surface.unwrap_or(tokens.surface), tokens.text, 0.08)),
            text,
            border,
        },
        Status::Pressed => Appearance {
            background: Some(mix(surface.unwrap_or(tokens.surface), tokens.text, 0.16)),
            text,
            border,
        },
        Status::Disabled => disabled(tokens, surface, border),
    }
}

/// Recedes towards the background, and stays readable as a word.
fn disabled(tokens: Tokens, surface: Option<Color>, border: Option<Color>) -> Appearance {
    Appearance {
        background: surface.map(|_| tokens.background),
        text: mix(tokens.muted, tokens.background, 0.25),
        border: border.map(|_| tokens.line),
    }
}
