//! One suite for the token interface, run on every way to a card:
//!
//! | run | way |
//! | --- | --- |
//! | `driverless_in_process` | our own reader of PKCS#15, a card in this process |
//! | `driverless_over_pcscd` | the same through a smart card service of the test's own |
//! | `opensc_…` | `OpenSC`'s module through that service, once for each `user_pin_unblock_style` |
//! | `softhsm` | `SoftHSM2`, which has neither tries nor a PUK |
//!
//! Outcomes are the same everywhere, except where [`bench::Ways`] says why not. After each step the card's own
//! counters are compared, not only what the token said of them.
//!
//! Modules and the service are told by environment variables where to look. These have to be set when a process
//! starts, so such a run starts this program again for itself alone.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod bench;
mod cases;
#[cfg(target_os = "linux")]
mod daemon;
mod property;
#[cfg(target_os = "linux")]
mod signing;
#[cfg(target_os = "linux")]
mod softhsm;

use bench::{Bench, Ways};
use token::Choice;

#[test]
fn driverless_in_process() {
    let place = bench::OnShelf::default();
    cases::run(&Bench::new(place, Choice::Driverless, Ways::DRIVERLESS));
}
