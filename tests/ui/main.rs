//! The window: every widget, every screen and state, and everything by keyboard.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod flows;
mod gallery;
mod keyboard;
mod pins;
mod running;
mod screens;
mod window;
