//! The PKCS#15 directory (ISO/IEC 7816-15).
//!
//! A [`Reader`] finds the application on a card and reads its directory with few commands: what the token says of
//! itself, its PINs, private keys and certificates. A broken directory file does not hide the others; it becomes a
//! [`Problem`]. The parsers are pure functions over bytes and bound every length, depth and count.
//!
//! # Which card is it?
//! To find a card's public certificates in a cache, something cheap must change whenever they do:
//! - `MyEID`: [`myeid_info`], one command: serial number and a counter of changes;
//! - any other: [`Directory::fingerprint`], the bytes of the token information, of the object directory and of the
//!   certificate directories, to be hashed by the caller. About eight commands, and no certificate is read.

mod files;
mod objects;
mod read;
mod status;
mod tlv;
mod types;
mod write;

pub use files::file_size;
pub use objects::{
    ObjectDirectory, parse_authentication_objects, parse_certificates, parse_object_directory,
    parse_private_keys, parse_token_info,
};
pub(crate) use read::APPLICATION;
pub use read::{Reader, read};
pub use status::{MyEidInfo, myeid_info, tries_left};
pub use types::{
    Certificate, CertificateObject, Contents, Directory, Fault, File, KeyKind, KeyUsage, Location, Path,
    PinFlags, PinObject, PinType, PrivateKeyObject, Problem, Progress, TokenFlags, TokenInfo,
};
pub use write::{Backup, SavedFile, Swap, WriteError, Writer, Written};

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
