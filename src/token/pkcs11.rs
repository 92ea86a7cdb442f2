//! PKCS#11 modules.

pub(crate) mod host;
mod objects;
pub(crate) mod pin;
mod raw;
mod read;
mod slots;
mod stretch;
mod text;
mod token;

pub(crate) use raw::Raw;
pub(crate) use read::{Where, read, tokens};
pub(crate) use slots::ReaderView;
pub use slots::SlotToken;
pub(crate) use token::ModuleToken;
