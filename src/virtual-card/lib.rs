//! A smart card in software.
//!
//! A [`VirtualCard`] takes command APDUs and answers them as a card does: files with access rules, keys,
//! PINs with retry counters, and a memory that survives loss of power. It is used in process (practice cards,
//! tests) and behind a PC/SC daemon through [`vpcd`], where independent drivers accept it.
//!
//! Two personalities: **`MyEID`**, complete, which `OpenSC` reads and writes; and an **AKİS** look-alike, which
//! serves recognition only. [`practice`] personalises cards to try the application with.
//!
//! It is a practice and test card, not a safe place: its state, PINs and private keys included, lies in clear
//! in the memory of the process and, for a card with a state file, in that file.
#![forbid(unsafe_code)]

mod akis;
mod apdu;
mod card;
mod cut;
mod error;
mod files;
mod keys;
mod memory;
mod myeid;
mod pins;
mod platform;
pub mod practice;
mod recording;
mod session;
mod store;
mod tlv;
pub mod vpcd;

pub use card::{Personality, Response, VirtualCard};
pub use cut::Cut;
pub use error::Error;
pub use recording::Exchange;
pub use store::Write;
