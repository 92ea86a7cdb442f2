//! The certificate service's protocol, version 1: what goes over the wire, and a client.
//!
//! JSON over HTTP, problems as RFC 9457 has them, below the path `/v1`. Only TLS, but for a service on this very
//! computer. Whatever a service answers is hostile until it is parsed: bodies, lengths and counts are bounded.
#![forbid(unsafe_code)]

mod address;
mod bearer;
mod cards;
mod client;
mod error;
mod id;
mod person;
mod problem;
mod profile;
mod replacement;
mod session;
mod signing;
mod unlock;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;

pub use address::{Address, AddressError};
pub use bearer::{Bearer, BearerError};
pub use cards::{Card, CardState, Cards, PinLetter};
pub use client::{Client, Limits};
pub use error::Error;
pub use id::{Bytes, Id, Sha256};
pub use person::{IdentityNumber, NumberFault, PassportNumber, Person, Secret};
pub use problem::{FieldError, Problem, ProblemBody, ProblemKind};
pub use profile::{Profile, ProfileName};
pub use replacement::{
    Confirmation, ConfirmedOutcome, FailInfo, Replacement, ReplacementState, Replacements,
};
pub use session::{
    Authenticated, LoginChallenge, NewSession, OtpEntered, OtpSent, SessionOpened, SignedLogin, WordReset,
};
pub use signing::{
    Claim, CodeFault, Digest, Item, ItemSignature, Level, NewClaim, NewItem, NewTransaction, Packaging,
    Refusal, RefusalReason, SignatureProfile, Signatures, Signed, Transaction, TransactionCreated,
    TransactionState, VerificationCode, control_code,
};
pub use unlock::{Apdu, CardSerial, Demand, FailureReason, Report, Started, Step, UnlockId};
