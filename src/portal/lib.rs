//! The reference certificate service.
//!
//! The **core** is plain asynchronous functions over the store: [`sessions`], [`replacements`], [`signing`], [`cards`],
//! [`applications`], [`certificates`], [`consent`], [`profile`]. Each is given the [`Portal`] and the present time, and
//! refuses with an [`Error`] that is the protocol's problem by the same name. **[`api`]** (the protocol) and the pages
//! are two faces of it. Nothing is kept in the process: any number of instances work over one store.
#![forbid(unsafe_code)]

pub mod api;
pub mod applications;
pub mod audit;
pub mod authority;
mod bells;
mod captcha;
pub mod cards;
pub mod certificates;
pub mod command;
mod configuration;
pub mod consent;
mod error;
pub mod fields;
pub mod form_pdf;
mod idempotency;
mod issuing;
mod limits;
pub mod messages;
mod moment;
pub mod outbox;
mod pages;
pub mod people;
pub mod persons;
mod portal;
pub mod practice;
pub mod profile;
pub mod regions;
pub mod replacements;
pub mod secret;
pub mod serve;
pub mod sessions;
pub mod signing;
mod store;
pub mod texts;
mod turns;
pub mod unlock;
mod wording;
pub mod words;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

pub use configuration::{Configuration, Policy, Settings};
pub use error::{Error, FieldError, FieldFault, SignatureFinding};
pub use moment::Moment;
pub use portal::Portal;
pub use store::{Engine, Location, Store};
