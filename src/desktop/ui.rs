//! The design system: tokens, type, icons and widgets from which every screen is built.
//!
//! Functions take the [`Tokens`] of the chosen theme first, then what is to be said, and return an [`Element`]. A screen
//! never names a colour, a font or a pixel distance of its own: it takes them from [`theme`], [`text`] and [`space`].
//!
//! - **Theme**: [`theme::Mode`] is what the user chose, [`Tokens`] what it means now.
//! - **Keyboard**: everything that can be pressed is a [`pressable::Pressable`]: Tab reaches it, Enter and Space press it,
//!   and a ring shows where the keyboard is. [`focus`] moves it and scrolls it into view.
//! - **Width**: [`shell::shell`] tells its children a [`shell::Width`]; at large text scales windows become narrow.
//! - **Colour never speaks alone**: a [`Tone`] always brings its icon.

mod around;
pub mod banner;
pub mod bar;
pub mod button;
pub mod check;
pub mod disclosure;
mod draw;
pub mod drop_area;
pub mod empty_state;
pub mod field;
pub mod focus;
pub mod font;
pub mod icon;
pub mod key_values;
pub mod keypad;
pub mod modal;
pub mod page;
pub mod panel;
pub mod pill;
pub mod pin_field;
pub mod pressable;
pub mod rail;
pub mod raster;
pub mod raw_view;
pub mod scroll;
pub mod segmented;
pub mod shell;
pub mod skeleton;
pub mod space;
pub mod stepper;
pub mod text;
pub mod theme;
pub mod toast;
pub mod toggle;
pub mod tries;
pub mod validity_bar;

pub use icon::Icon;
pub use shell::Width;
pub use theme::{Mode, Tokens, Tone};

/// What every function here returns.
pub type Element<'a, Message> = iced::Element<'a, Message>;
