//! The pages at the right of the window. Each owns its state, its messages, and what it asks of the window.

pub(crate) mod card;
pub(crate) mod certificate_panel;
pub(crate) mod details;
pub(crate) mod file;
pub(crate) mod help;
pub(crate) mod login;
pub(crate) mod pad;
pub(crate) mod path;
pub(crate) mod pin;
pub(crate) mod practice;
pub(crate) mod replace;
pub(crate) mod settings;
pub(crate) mod sign;
