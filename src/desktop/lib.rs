//! Kartal, the window.
//!
//! [`run`] opens it; [`application`] is the same without opening anything, for tests. The state is [`App`], an enum of
//! screens; each screen owns its messages and says by an action what it asks of the window. Views are functions of the
//! state, the words and a clock, so that the same state always gives the same picture.
#![forbid(unsafe_code)]

mod app;
mod bounded;
mod clock;
mod environment;
mod export;
mod hexadecimal;
mod labels;
mod links;
mod login_tasks;
mod looking;
mod opened;
mod options;
mod pin_tasks;
mod platform;
mod practice;
mod rail;
mod readers;
mod replace_tasks;
mod scene;
mod screen;
mod session;
mod settings;
mod sign_tasks;
mod start;
mod trust;
pub mod ui;
mod watching;

pub use app::{App, Message, preset};
pub use clock::Clock;
pub use options::{Options, ThemeOption};
pub use start::{application, run};
