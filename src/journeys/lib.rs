//! What people do with their cards, one file each. A journey knows no window: the desktop application, the
//! command line and the tests run the same one.
//!
//! [`words`] holds what outcomes are called in Turkish and English, for every edge.
#![forbid(unsafe_code)]

pub mod issuers;
pub mod journal;
pub mod look;
#[cfg(test)]
mod loopback;
pub mod pin;
pub mod places;
mod platform;
#[cfg(test)]
mod practice;
pub mod profiles;
pub mod replace;
pub mod sign;
pub mod unlock;
pub mod words;
