//! What can go wrong in an authority.

use std::{path::PathBuf, sync::Arc};

/// Why an authority could not be opened or did not issue.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuthorityError {
    /// The address is empty, longer than 200 bytes, not of plain ASCII, or ends with a slash.
    #[error("not an address that certificates can name: {0:?}")]
    Site(String),
    /// There is no issuer.
    #[error("the authority has no issuer")]
    NoIssuer,
    /// There is neither root nor issuer of this name.
    #[error("the authority has no issuer called {0:?}")]
    UnknownIssuer(String),
    /// A certificate cannot be read, or not without changing it.
    #[error("the certificate of {0} cannot be read")]
    Certificate(String),
    /// A key does not belong to the certificate, or the certificate is not an authority's.
    #[error("key and certificate of {0} do not belong together")]
    KeyMismatch(String),
    /// The issuer's certificate does not lead to the root, or is not valid now.
    #[error("the certificate of {0} does not lead to the root")]
    ChainBroken(String),
    /// The key that would have to sign is not here.
    #[error("the key of {0} is not here")]
    KeyElsewhere(String),
    /// A file of the authority cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// The authority's description is not what it should be.
    #[error("{path}: {reason}")]
    Description {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A text that would stand in a certificate is empty, too long, or has control characters.
    #[error("{0} is empty, too long, or has characters that cannot stand in a certificate")]
    Text(&'static str),
    /// The public key is not one that certificates are issued for: RSA from 2048 bits, P-256, P-384.
    #[error("no certificate is issued for a key of this kind")]
    KeyKind,
    /// The certificate would be valid for longer than its issuer's.
    #[error("the certificate would outlive that of {0}")]
    OutlivesIssuer(String),
    /// The certificate to be replaced is not one of this authority's.
    #[error("the certificate was not issued here")]
    NotOurs,
    /// The certificate to be replaced needs no replacement.
    #[error("the certificate is signed with a hash that is still good")]
    NotDue,
    /// The certificate to be replaced is no longer valid, or would be so at once.
    #[error("the certificate's validity is over")]
    Expired,
    /// The system has no random numbers.
    #[error("the system has no random numbers")]
    NoRandomNumbers,
    /// Writing DER failed.
    #[error("writing DER: {0}")]
    Encoding(#[from] der::Error),
    /// Signing, or making a card, failed.
    #[error(transparent)]
    Card(#[from] virtual_card::Error),
}
