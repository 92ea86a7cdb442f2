//! The certificate service's protocol, version 1: what goes over the wire, and a client.
//!
//! JSON over HTTP, problems as RFC 9457 has them, below the path `/v1`. Only TLS, but for a service on this very
//! computer. Whatever a service answers is hostile until it is parsed: bodies, lengths and counts are bounded.
#![forbid(unsafe_code)]

mod address;
mod bearer;
mod client;
mod error;
mod problem;
mod unlock;

pub use address::{Address, AddressError};
pub use bearer::{Bearer, BearerError};
pub use client::{Client, Limits};
pub use error::Error;
pub use problem::{Problem, ProblemKind};
pub use unlock::{Apdu, CardSerial, Demand, FailureReason, Report, Started, Step, UnlockId};
