//! The certificate service's pages in a real browser: `kartal-portal` in practice mode on a port of its own, Chromium
//! without a window, people who type and click, and a practice card that signs what the pages ask for.
#![cfg(target_os = "linux")]
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod applications;
mod browser;
mod cards;
mod holder;
mod killed;
mod lists;
mod login;
mod site;
mod window;
