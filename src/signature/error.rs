use certificate::{Fault, Hash, KeyKind, Oid};
use serde::Serialize;

/// Why a signature cannot be made, or why bytes are no signature. What is wrong *with* a signature is a
/// [`crate::Finding`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// More bytes than are read.
    #[error("reading a signature: {bytes} bytes are more than the {limit} that are read")]
    TooLarge {
        /// How many bytes came.
        bytes: usize,
        /// How many are read at most.
        limit: usize,
    },
    /// The bytes have another shape than a CMS structure.
    #[error("reading a signature: the bytes are no CMS structure")]
    NotCms,
    /// It is a CMS structure of another kind, such as encrypted data.
    #[error("reading a signature: the CMS structure is of type {content_type} and not signed data")]
    NotSignedData {
        /// Its type.
        content_type: Oid,
    },
    /// It holds certificates and no signature.
    #[error("reading a signature: there is no signer in it")]
    NotSigned,
    /// A part of it cannot be read.
    #[error("reading a signature: {} cannot be read ({})", part.code(), fault.code())]
    Broken {
        /// Which one.
        part: Part,
        /// What is wrong with it.
        fault: Fault,
    },
    /// More of something than is read.
    #[error("reading a signature: more than {limit} of {}", part.code())]
    TooMany {
        /// Of what.
        part: Part,
        /// How many are read at most.
        limit: usize,
    },
    /// The certificate lacks a part that signatures name, or has it in another form than DER: issuer, serial number or
    /// public key.
    #[error("preparing a signature: the certificate lacks a usable issuer, serial number or public key")]
    CertificateUnusable,
    /// The key is of a kind that nothing is signed with here, or that does not go with the algorithm.
    #[error("preparing a signature: keys of the kind {key} do not sign this way")]
    KeyUnsuitable {
        /// The kind.
        key: KeyKind,
    },
    /// The key is too short for a new signature.
    #[error("preparing a signature: new signatures are not made with keys of {bits} bits")]
    KeyTooShort {
        /// Its length in bits.
        bits: u32,
    },
    /// The hash is too weak for a new signature, or none that is computed here.
    #[error("preparing a signature: new signatures are not made with {}", hash.name())]
    HashUnsuitable {
        /// The hash.
        hash: Hash,
    },
    /// The content itself is needed: to be put into the signature, or since its hash was not given.
    #[error("preparing a signature: the content itself is needed")]
    ContentNeeded,
    /// The signing time is outside the years that can be written.
    #[error("preparing a signature: the signing time cannot be written")]
    SigningTime,
    /// What the card answered is no signature of this key over what it was given.
    #[error("assembling a signature: the card's answer is no signature by this key over these bytes")]
    WrongSignature,
}

impl Error {
    /// The stable name of this error, for scripts and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too-large",
            Self::NotCms => "not-cms",
            Self::NotSignedData { .. } => "not-signed-data",
            Self::NotSigned => "not-signed",
            Self::Broken { .. } => "broken",
            Self::TooMany { .. } => "too-many",
            Self::CertificateUnusable => "certificate-unusable",
            Self::KeyUnsuitable { .. } => "key-unsuitable",
            Self::KeyTooShort { .. } => "key-too-short",
            Self::HashUnsuitable { .. } => "hash-unsuitable",
            Self::ContentNeeded => "content-needed",
            Self::SigningTime => "signing-time",
            Self::WrongSignature => "wrong-signature",
        }
    }
}

/// A part of signed data (RFC 5652 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Part {
    /// The signed data as a whole.
    SignedData,
    /// The content.
    Content,
    /// The certificates.
    Certificates,
    /// What one signer signed, and how.
    SignerInfo,
    /// Signed or unsigned attributes.
    Attributes,
}

impl Part {
    /// The stable name of this part.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignedData => "signed-data",
            Self::Content => "content",
            Self::Certificates => "certificates",
            Self::SignerInfo => "signer-info",
            Self::Attributes => "attributes",
        }
    }
}
