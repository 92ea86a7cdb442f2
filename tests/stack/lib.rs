//! The real stack, for tests and measurements: a smart card service of one's own with readers whose cards come
//! and go on command, the programs of the workspace and the tools that other people wrote for such cards, and a
//! display that nobody looks at.
//!
//! Everything started here is private to the one who started it — sockets, ports, displays, folders — so that
//! tests run side by side, and ends when its value is dropped, also while a test panics.
//!
//! Unix only, and made for Linux.
#![cfg(unix)]
#![forbid(unsafe_code)]

mod card;
pub mod desk;
mod display;
mod frames;
mod keyboard;
mod picture;
mod portal;
mod postgres;
mod process;
mod programs;
mod service;
mod verifiers;

pub use card::{CardArguments, InsertedCard};
pub use display::{Display, wait_until};
pub use frames::Frames;
pub use keyboard::{Key, Keyboard};
pub use picture::{Colour, Picture};
pub use portal::{Portal, sum_in_words};
pub use postgres::Postgres;
pub use process::{Finished, Running, finish, finish_within};
pub use programs::{Profile, Program, library, opensc_module, softhsm_module};
pub use service::{Reader, Service};
pub use verifiers::{Judged, axe, openssl_objects, pyhanko_objects, schemathesis};
