//! Colours by meaning, for each theme.
#![expect(
    clippy::unreadable_literal,
    reason = "colours are written as everyone writes them"
)]

use iced::theme::{self, palette};
use iced::{Color, Theme, color};

use super::Icon;

/// What the user chose in the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Light or dark, as the system is.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// White on black, no soft colours.
    HighContrast,
}

impl Mode {
    /// Every mode, in the order in which the settings offer them.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::HighContrast];

    /// The tokens of this mode on a system that is in `system` mode (light if it does not say).
    pub fn tokens(self, system: theme::Mode) -> Tokens {
        match self {
            Self::System if system == theme::Mode::Dark => &DARK,
            Self::System | Self::Light => &LIGHT,
            Self::Dark => &DARK,
            Self::HighContrast => &HIGH_CONTRAST,
        }
    }
}

/// The colours of one theme; passed to every function that draws.
pub type Tokens = &'static Palette;

/// Colours by meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Name of the theme, for iced and for snapshots.
    pub name: &'static str,
    /// Behind everything.
    pub background: Color,
    /// Panels, the rail, buttons.
    pub surface: Color,
    /// Thin lines around panels.
    pub line: Color,
    /// Text.
    pub text: Color,
    /// Text of lesser weight, and outlines of fields.
    pub muted: Color,
    /// The one colour that invites: primary buttons, the chosen item, focus.
    pub primary: Color,
    /// Text on [`primary`](Self::primary).
    pub on_primary: Color,
    /// Behind the chosen item.
    pub primary_soft: Color,
    /// All is well.
    pub good: Color,
    /// Behind [`good`](Self::good).
    pub good_soft: Color,
    /// Something will need doing.
    pub warning: Color,
    /// Behind [`warning`](Self::warning).
    pub warning_soft: Color,
    /// Something is wrong.
    pub bad: Color,
    /// Behind [`bad`](Self::bad).
    pub bad_soft: Color,
}

/// The light theme.
pub static LIGHT: Palette = Palette {
    name: "light",
    background: color!(0xF5F6F8),
    surface: color!(0xFFFFFF),
    line: color!(0xDFE3E8),
    text: color!(0x1A1F27),
    muted: color!(0x586271),
    primary: color!(0x0B6E77),
    on_primary: color!(0xFFFFFF),
    primary_soft: color!(0xE3F1F2),
    good: color!(0x1B6E45),
    good_soft: color!(0xE5F4EC),
    warning: color!(0x8A5200),
    warning_soft: color!(0xFFF2DB),
    bad: color!(0xAE2117),
    bad_soft: color!(0xFCE9E7),
};

/// The dark theme.
pub static DARK: Palette = Palette {
    name: "dark",
    background: color!(0x13161B),
    surface: color!(0x1B1F26),
    line: color!(0x2E343E),
    text: color!(0xE9EBEF),
    muted: color!(0xA0A9B6),
    primary: color!(0x46B8C0),
    on_primary: color!(0x07282B),
    primary_soft: color!(0x15343A),
    good: color!(0x63CB92),
    good_soft: color!(0x16321F),
    warning: color!(0xF0B65E),
    warning_soft: color!(0x382A10),
    bad: color!(0xFF8F86),
    bad_soft: color!(0x3C1A18),
};

/// The high-contrast theme: at least 7 : 1 for every pair, and lines as strong as text.
pub static HIGH_CONTRAST: Palette = Palette {
    name: "high-contrast",
    background: color!(0x000000),
    surface: color!(0x000000),
    line: color!(0xFFFFFF),
    text: color!(0xFFFFFF),
    muted: color!(0xE6E6E6),
    primary: color!(0x5CE1FF),
    on_primary: color!(0x000000),
    primary_soft: color!(0x00303C),
    good: color!(0x7CFFB2),
    good_soft: color!(0x000000),
    warning: color!(0xFFE066),
    warning_soft: color!(0x000000),
    bad: color!(0xFFA8A0),
    bad_soft: color!(0x000000),
};

impl Palette {
    /// The theme that iced's own widgets read.
    pub fn theme(&self) -> Theme {
        Theme::custom(
            self.name,
            palette::Palette {
                background: self.background,
                text: self.text,
                primary: self.primary,
                success: self.good,
                warning: self.warning,
                danger: self.bad,
            },
        )
    }

    /// The colour of a tone, as text or as an icon.
    pub fn tone(&self, tone: Tone) -> Color {
        match tone {
            Tone::Good => self.good,
            Tone::Warning => self.warning,
            Tone::Bad => self.bad,
            Tone::Information => self.primary,
            Tone::Neutral => self.muted,
        }
    }

    /// What lies behind a tone.
    pub fn soft(&self, tone: Tone) -> Color {
        match tone {
            Tone::Good => self.good_soft,
            Tone::Warning => self.warning_soft,
            Tone::Bad => self.bad_soft,
            Tone::Information => self.primary_soft,
            Tone::Neutral => self.background,
        }
    }

    /// Whether lines are to be as strong as text.
    pub fn is_high_contrast(&self) -> bool {
        self.line == self.text
    }
}

/// How a thing stands. Each tone has a colour and an icon; words come from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// All is well.
    Good,
    /// Something will need doing.
    Warning,
    /// Something is wrong.
    Bad,
    /// Worth knowing.
    Information,
    /// Not known, or not of interest.
    Neutral,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 5] = [
        Self::Good,
        Self::Warning,
        Self::Bad,
        Self::Information,
        Self::Neutral,
    ];

    /// The icon that says the same without colour.
    pub fn icon(self) -> Icon {
        match self {
            Self::Good => Icon::Check,
            Self::Warning => Icon::Triangle,
            Self::Bad => Icon::Exclamation,
            Self::Information => Icon::Information,
            Self::Neutral => Icon::Dash,
        }
    }
}

/// `under` with `share` (0 to 1) of `over` on it.
pub(super) fn mix(under: Color, over: Color, share: f32) -> Color {
    let blend = |under: f32, over: f32| under + (over - under) * share;
    Color::from_rgb(
        blend(under.r, over.r),
        blend(under.g, over.g),
        blend(under.b, over.b),
    )
}

#[cfg(test)]
mod tests;
