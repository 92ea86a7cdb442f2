//! Tests on the real stack: pcscd with readers of its own, `OpenSC` and `SoftHSM2` as independent drivers, `OpenSSL` as
//! an independent judge of signatures, and the workspace's programs as they are run by people.
#![cfg(unix)]
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]
// Figures that are measured on the way are told, not asserted.
#![allow(clippy::print_stdout)]

#[path = "tests/authority.rs"]
mod authority;
#[path = "tests/bad_input.rs"]
mod bad_input;
#[path = "tests/cards.rs"]
mod cards;
#[path = "tests/cli.rs"]
mod cli;
#[path = "tests/command_line.rs"]
mod command_line;
#[path = "tests/dialogs.rs"]
mod dialogs;
#[path = "tests/driver.rs"]
mod driver;
#[path = "tests/harness.rs"]
mod harness;
#[path = "tests/links.rs"]
mod links;
#[path = "tests/long_texts.rs"]
mod long_texts;
#[path = "tests/mail.rs"]
mod mail;
#[path = "tests/online.rs"]
mod online;
#[path = "tests/personalised.rs"]
mod personalised;
#[path = "tests/portal.rs"]
mod portal;
#[path = "tests/replacing.rs"]
mod replacing;
#[path = "tests/secrets.rs"]
mod secrets;
#[path = "tests/signatures.rs"]
mod signatures;
#[path = "tests/softhsm.rs"]
mod softhsm;
#[path = "tests/window.rs"]
mod window;
