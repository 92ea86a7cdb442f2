/// Why bytes are no certificate at all. Anything better than this is a [`crate::Certificate`] with problems.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There are no bytes.
    #[error("reading a certificate: there are no bytes")]
    Empty,
    /// More bytes than any certificate has.
    #[error("reading a certificate: {bytes} bytes are more than the {limit} that are read")]
    TooLarge {
        /// How many bytes came.
        bytes: usize,
        /// How many are read at most.
        limit: usize,
    },
    /// The bytes have another shape: not a SEQUENCE that starts with a SEQUENCE, or hardly a field of a certificate.
    #[error("reading a certificate: the bytes have another shape")]
    NotACertificate,
    /// A PEM block whose base64 cannot be decoded.
    #[error("reading a PEM block: its base64 cannot be decoded")]
    Base64,
    /// More certificates in one file than are read.
    #[error("reading certificates: there are more than {limit}")]
    TooMany {
        /// How many are read at most.
        limit: usize,
    },
}

impl ReadError {
    /// The stable name of this error, for scripts and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::NotACertificate => "not-a-certificate",
            Self::Base64 => "base64",
            Self::TooMany { .. } => "too-many",
        }
    }
}
