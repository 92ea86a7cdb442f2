//! The keys of a reader that has its own (PIN pad), for readers in this process.
//!
//! What is entered there goes to the card and is not shown here. Readers behind PC/SC that have keys are reached through
//! the card's module, which knows how they are spoken to.

use std::fmt;

use zeroize::Zeroizing;

/// The keys of one reader.
pub trait Pad: Send + Sync {
    /// Waits until all of these were entered, one after another, each ended by the key for it. A new PIN is asked for
    /// twice by the pad itself, until both agree.
    ///
    /// The answers come in the order of `wanted`, with lengths that were asked for.
    fn enter(&self, wanted: &[PadSecret]) -> Result<Vec<Entered>, PadFault>;
}

/// What was entered: characters, wiped when they are dropped.
pub struct Entered(pub Zeroizing<Vec<u8>>);

impl fmt::Debug for Entered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entered(…)")
    }
}

/// A secret that is to be entered on the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PadSecret {
    /// Which.
    pub kind: PadKind,
    /// Shortest, in characters.
    pub min_length: u8,
    /// Longest, in characters.
    pub max_length: u8,
}

/// Which secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PadKind {
    /// The PIN.
    Pin,
    /// The PUK.
    Puk,
    /// What is to become the PIN.
    NewPin,
}

/// Why nothing was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PadFault {
    /// Somebody pressed the key for it.
    #[error("cancelled on the reader")]
    Cancelled,
    /// Nobody pressed anything for too long.
    #[error("nothing was entered on the reader in time")]
    TimedOut,
}
