//! What can go wrong with a token.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{LastTryWarning, RelayRefused, TriesLeft};

/// What can go wrong with a token. Each has a sentence and a remedy in `i18n/`.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Error {
    /// The way to the card failed.
    #[error(transparent)]
    Card(#[from] card::Error),
    /// The module's file is not there.
    #[error("no such module: {}", path.display())]
    ModuleMissing {
        /// The file that was asked for.
        path: PathBuf,
    },
    /// The module is for another processor or word size.
    #[error("{} is for {found}, this program for {wanted}", path.display())]
    ModuleArchitecture {
        /// The file.
        path: PathBuf,
        /// What it is made for, for instance `x86 (32 bit)`.
        found: String,
        /// What this program is made for.
        wanted: String,
    },
    /// The module does not load: a library that it needs is missing, or it is none.
    #[error("{} cannot be loaded", path.display())]
    ModuleLoad {
        /// The file.
        path: PathBuf,
        /// The system's own words, for the technical line.
        detail: String,
    },
    /// The module crashed when it was tried in a process of its own.
    #[error("{} crashes", path.display())]
    ModuleCrashed {
        /// The file.
        path: PathBuf,
    },
    /// The module does not answer.
    #[error("{} does not answer", path.display())]
    ModuleHangs {
        /// The file.
        path: PathBuf,
    },
    /// The module works but does not know this card (`CKR_TOKEN_NOT_RECOGNIZED`, `CKR_TOKEN_NOT_PRESENT`).
    #[error("{} does not recognise the card", path.display())]
    NotRecognised {
        /// The file.
        path: PathBuf,
    },
    /// The card has no PKCS#15 directory that we can read, and no module knows it.
    #[error("no way to read this card")]
    UnknownCard,
    /// A PKCS#11 call failed in another way.
    #[error("{call} failed with CKR {code:#x}")]
    Pkcs11 {
        /// The failing call, for instance `C_OpenSession`.
        call: String,
        /// The return value, PKCS#11 v2.40, section 5.1.
        code: u64,
    },
    /// The PIN was wrong, and the try is spent.
    #[error("wrong PIN")]
    WrongPin {
        /// What is left.
        tries_left: TriesLeft,
    },
    /// The PUK was wrong, and the try is spent.
    #[error("wrong PUK")]
    WrongPuk {
        /// What is left.
        tries_left: TriesLeft,
    },
    /// The PIN is blocked: it has to be unlocked first.
    #[error("the PIN is blocked")]
    PinBlocked,
    /// The PUK is used up: the card cannot be unlocked by it any more.
    #[error("the PUK is used up")]
    PukBlocked,
    /// The next try is, or may be, the last: nothing was sent, and nothing will be without the consent that the
    /// warning gives.
    #[error("the next try is the last")]
    LastTry(LastTryWarning),
    /// The last PUK try is closed to the card's holder: nothing was sent. By the issuer's rules, which the caller
    /// knows; a token never says it of itself.
    #[error("the last PUK try is closed")]
    LastPukClosed,
    /// Fewer tries are left than the person was shown: nothing was sent.
    #[error("fewer tries are left than were shown")]
    TriesChanged {
        /// What is left now.
        now: TriesLeft,
    },
    /// The card or its module refused the form of the secret; no try is spent (6700, 6A80, `CKR_PIN_LEN_RANGE`,
    /// `CKR_PIN_INVALID`).
    #[error("{call} refused the form of the entry with {code:#x}")]
    PinForm {
        /// The command or call.
        call: String,
        /// The status word or return value.
        code: u64,
    },
    /// The secret was right, or was not looked at, and the card or its module does not take the new PIN.
    #[error("{call} refused the new PIN with {code:#x}")]
    NewPinRefused {
        /// The command or call.
        call: String,
        /// The status word or return value.
        code: u64,
    },
    /// Something else went wrong after a secret was sent. Whether it was right is not known, and neither, for a
    /// change, is whether it was made.
    #[error("{call} failed with {code:#x} after a secret was sent")]
    Unsure {
        /// The command or call.
        call: String,
        /// The status word, return value or PC/SC code (0x80100069: the card was pulled).
        code: u64,
        /// The tries left when they were read again; `Unknown` if they could not be.
        tries_left: TriesLeft,
    },
    /// Nothing was typed on the reader in time.
    #[error("nothing was typed on the reader in time")]
    PadTimeout,
    /// The person cancelled on the reader.
    #[error("cancelled on the reader")]
    PadCancelled,
    /// This card cannot do that by this way; nothing was sent.
    #[error("not supported by this way to the card")]
    NotSupported,
    /// The private key to the certificate is not on the card, or does not show.
    #[error("the private key to the certificate is not there")]
    KeyNotFound,
    /// The key wants the PIN anew for each signature (`CKA_ALWAYS_AUTHENTICATE`, `userConsent`): it is never sent
    /// twice by ourselves.
    #[error("the key wants the PIN for each signature")]
    PinForEachSignature,
    /// The key, its card or its module does not sign in the way that was asked for.
    #[error("the key does not sign in this way")]
    Mechanism,
    /// What came as a signature is none.
    #[error("{call} gave something that is no signature")]
    NoSignature {
        /// The command or call.
        call: String,
    },
    /// The system gave no random numbers.
    #[error("the system gave no random numbers")]
    NoRandom,
    /// The card's memory is full; nothing was changed (6A84, `CKR_DEVICE_MEMORY`).
    #[error("the card's memory is full")]
    CardFull,
    /// The module takes no second certificate for a key: the old one has to be deleted first. Nothing was changed.
    #[error("the module takes one certificate for each key")]
    OneCertificateEach,
    /// The card's directory has no entry that the certificate could take; nothing was changed.
    #[error("the card's directory has no place for the certificate")]
    NoPlace,
    /// What was written is not what is read. The old certificate is still there.
    #[error("what was written is not what is read")]
    ReadsOtherwise,
    /// The stretch in which the PIN was proven has ended.
    #[error("the PIN is not proven any more")]
    NotProven,
    /// A service asked for a command that it may not send; nothing was sent.
    #[error(transparent)]
    Relay(#[from] RelayRefused),
    /// The worker that owned the token has ended.
    #[error("the token's worker has ended")]
    Closed,
}
