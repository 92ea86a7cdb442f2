//! Readers and cards.
//!
//! A [`Hub`] is a place where readers are: the PC/SC service ([`Pcsc`]), or a [`Shelf`] of cards in this
//! process. It tells what came and went, and opens a [`Transport`] to a card. Over a transport speak the
//! [`apdu`] layer and the [`pkcs15`] directory reader. This crate knows PC/SC; nothing else of ours does.
#![forbid(unsafe_code)]

pub mod apdu;
mod atr;
mod error;
mod family;
mod hub;
mod pad;
mod pcsc_hub;
pub mod pin;
pub mod pkcs15;
mod shelf;
pub mod signing;
mod transport;

pub use atr::{Atr, AtrLength, AtrParts, Check, Convention, InterfaceByte};
pub use error::Error;
pub use family::{Families, Family};
pub use hub::{Hub, Reader, ReaderState, ServiceState, Snapshot, Watch};
pub use pad::{Entered, Pad, PadFault, PadKind, PadSecret};
pub use pcsc_hub::Pcsc;
pub use shelf::{Exchange, Shelf};
pub use transport::{Recorded, Recorder, Recording, RecordingError, Replay, Sent, Transport};
