//! What a strict reader would refuse in a certificate, as data.

use serde::Serialize;

use crate::Oid;

/// Something in a certificate that breaks a rule or could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Problem {
    /// The certificate announces more bytes than there are.
    Truncated {
        /// How many bytes are missing.
        missing: usize,
    },
    /// Bytes follow the certificate; they are not part of [`crate::Certificate::der`].
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// The encoding is not DER (X.690 §10 and §11), though it could be read.
    NotDer {
        /// The first rule that is broken.
        fault: Fault,
    },
    /// A field could not be read, or only in part.
    Field {
        /// Which one.
        field: Field,
        /// What is wrong with it.
        fault: Fault,
    },
    /// An extension could not be read, or only in part.
    Extension {
        /// Which one.
        oid: Oid,
        /// What is wrong with it.
        fault: Fault,
    },
    /// An extension occurs twice (RFC 5280 §4.2); the first one counts.
    DuplicateExtension {
        /// Which one.
        oid: Oid,
    },
    /// The signed and the outer signature algorithm differ (RFC 5280 §4.1.1.2).
    AlgorithmMismatch {
        /// `signatureAlgorithm`, on which the hash verdict rests.
        outer: Oid,
        /// `tbsCertificate.signature`.
        inner: Oid,
    },
    /// The version is none of 1, 2 and 3, or does not go with what follows (RFC 5280 §4.1.2.1).
    Version {
        /// The version as written, plus one.
        version: u8,
    },
    /// The serial number is negative (RFC 5280 §4.1.2.2).
    NegativeSerial,
    /// The serial number has more than 20 bytes (RFC 5280 §4.1.2.2).
    LongSerial {
        /// How many it has.
        bytes: usize,
    },
    /// The subject is empty (and no alternative name stands in for it).
    EmptySubject,
    /// The issuer is empty (RFC 5280 §4.1.2.4).
    EmptyIssuer,
    /// A time is written in a way RFC 5280 §4.1.2.5 forbids, yet can be understood.
    OddTime {
        /// Which time.
        field: Field,
        /// What is odd.
        oddity: TimeOddity,
    },
    /// The validity ends before it starts.
    ValidityReversed,
    /// A text held control or bidirectional characters; they were removed.
    HostileText {
        /// Where.
        field: Field,
    },
    /// A text was longer than is shown and was cut.
    LongText {
        /// Where.
        field: Field,
    },
}

impl Problem {
    /// The stable name of this problem, for scripts and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Truncated { .. } => "truncated",
            Self::TrailingBytes { .. } => "trailing-bytes",
            Self::NotDer { .. } => "not-der",
            Self::Field { .. } => "field",
            Self::Extension { .. } => "extension",
            Self::DuplicateExtension { .. } => "duplicate-extension",
            Self::AlgorithmMismatch { .. } => "algorithm-mismatch",
            Self::Version { .. } => "version",
            Self::NegativeSerial => "negative-serial",
            Self::LongSerial { .. } => "long-serial",
            Self::EmptySubject => "empty-subject",
            Self::EmptyIssuer => "empty-issuer",
            Self::OddTime { .. } => "odd-time",
            Self::ValidityReversed => "validity-reversed",
            Self::HostileText { .. } => "hostile-text",
            Self::LongText { .. } => "long-text",
        }
    }
}

/// A field of a certificate (RFC 5280 §4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Field {
    /// `tbsCertificate` as a whole.
    Body,
    /// The version.
    Version,
    /// The serial number.
    SerialNumber,
    /// The signed signature algorithm.
    InnerAlgorithm,
    /// The issuer's name.
    Issuer,
    /// The validity as a whole.
    Validity,
    /// The start of the validity.
    NotBefore,
    /// The end of the validity.
    NotAfter,
    /// The subject's name.
    Subject,
    /// The public key.
    PublicKey,
    /// The extensions.
    Extensions,
    /// The outer signature algorithm.
    OuterAlgorithm,
    /// The signature.
    Signature,
}

impl Field {
    /// The stable name of this field.
    pub fn code(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Version => "version",
            Self::SerialNumber => "serial-number",
            Self::InnerAlgorithm => "inner-algorithm",
            Self::Issuer => "issuer",
            Self::Validity => "validity",
            Self::NotBefore => "not-before",
            Self::NotAfter => "not-after",
            Self::Subject => "subject",
            Self::PublicKey => "public-key",
            Self::Extensions => "extensions",
            Self::OuterAlgorithm => "outer-algorithm",
            Self::Signature => "signature",
        }
    }
}

/// What is wrong with an element of the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It is cut off.
    Truncated,
    /// Something of another type stands in its place.
    Type,
    /// Its length is written in a way that is not DER, or makes no sense.
    Length,
    /// It is nested too deeply.
    Depth,
    /// There are more elements than are read.
    Count,
    /// Its value is not allowed.
    Value,
    /// Its text is not in the encoding it claims.
    Text,
    /// It is not a time.
    Time,
    /// Something follows where nothing should.
    Surplus,
}

impl Fault {
    /// The stable name of this fault.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Truncated => "truncated",
            Self::Type => "type",
            Self::Length => "length",
            Self::Depth => "depth",
            Self::Count => "count",
            Self::Value => "value",
            Self::Text => "text",
            Self::Time => "time",
            Self::Surplus => "surplus",
        }
    }
}

/// How a time departs from RFC 5280 §4.1.2.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum TimeOddity {
    /// No seconds are written.
    NoSeconds,
    /// Fractions of a second are written.
    Fraction,
    /// It is written in a zone other than UTC.
    Zone,
    /// No zone is written; UTC is assumed.
    NoZone,
    /// It lies before 1970.
    Before1970,
}

impl TimeOddity {
    /// The stable name of this oddity.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoSeconds => "no-seconds",
            Self::Fraction => "fraction",
            Self::Zone => "zone",
            Self::NoZone => "no-zone",
            Self::Before1970 => "before-1970",
        }
    }
}
