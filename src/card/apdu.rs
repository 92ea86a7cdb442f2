//! Commands and answers (ISO/IEC 7816-4).
//!
//! A [`Command`] is built, a [`Channel`] takes it to the card and does what the standard asks around it: chaining
//! of long data, GET RESPONSE, repeating with the right length. What comes back is an [`Answer`] with a typed
//! [`Status`].

mod channel;
mod command;
mod status;

pub use channel::Channel;
pub use command::{Command, carries_secret, instruction_name};
pub use status::{Answer, Status};

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
