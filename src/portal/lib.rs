//! The reference certificate service.
#![forbid(unsafe_code)]

pub mod authority;
pub mod captcha;
pub mod fields;
pub mod form_pdf;
pub mod messages;
pub mod people;
pub mod regions;
pub mod unlock;
pub mod wording;
