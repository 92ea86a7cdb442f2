//! What there is to say about a signature, thing by thing.

use certificate::{Hash, chain};
use serde::Serialize;

/// Something that is wrong with a signature, or good to know about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Finding {
    /// It is written in BER where DER is meant (ETSI EN 319 122-1 §4.5); it was read all the same.
    NotDer,
    /// Bytes follow the signature, or one of its parts that stands alone.
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// Certificates that come with it cannot be read.
    UnreadableCertificates {
        /// How many.
        count: usize,
    },

    /// There are no signed attributes: a plain CMS signature, which does not say whose certificate it was made with.
    NoSignedAttributes,
    /// A signed attribute that `CAdES` wants is missing.
    MissingAttribute {
        /// Which one.
        attribute: Attribute,
    },
    /// A signed attribute occurs twice, or holds several values.
    RepeatedAttribute {
        /// Which one.
        attribute: Attribute,
    },
    /// A signed attribute cannot be read.
    UnreadableAttribute {
        /// Which one.
        attribute: Attribute,
    },
    /// The signed attributes are not in the order of DER, and were signed in the right order.
    UnsortedAttributes,
    /// A signature policy is named, which the profile P1 does not allow.
    SignaturePolicy,

    /// The content stands beside the signature and is not at hand.
    ContentMissing,
    /// The content is not what was signed.
    ContentDiffers,
    /// The content that was given is not the one within the signature.
    ContentNotTheOneInside,
    /// The signed attributes speak of another type of content.
    ContentTypeDiffers,

    /// The signer's certificate is not at hand.
    CertificateMissing,
    /// The signer is named by issuer and number as somebody else than by the certificate's hash.
    SignerIdDiffers,
    /// The hash of the certificate that was signed along (ESS) is that of another certificate.
    CertificateHashDiffers,
    /// The issuer or the number that was signed along (ESS) is that of another certificate.
    CertificateIssuerDiffers,
    /// The certificate is bound by its SHA-1 hash only (RFC 2634 §5.4).
    OldSigningCertificate,

    /// The signature is wrong: it was made with another key, or over something else.
    WrongSignature,
    /// The signature is over the attributes as they are sent (tag `A0`) and not as a `SET OF`.
    SignedAsSent,
    /// The signature is over the content although there are signed attributes.
    SignedContentOnly,
    /// The RSA block holds a `DigestInfo` without NULL parameters.
    DigestInfoWithoutNull,
    /// The RSA block holds the bare hash without `DigestInfo`.
    BareHash,
    /// The salt of the PSS signature is of another length than its parameters say.
    PssSaltDiffers {
        /// The length in bytes that was used.
        bytes: usize,
    },
    /// The salt of the PSS signature is not of the hash's length.
    OddPssSalt {
        /// Its length in bytes.
        bytes: usize,
    },
    /// r and s of an ECDSA signature stand in a row instead of in a `SEQUENCE`.
    RawEcdsa,
    /// The algorithm is not known here, or does not go with the key.
    UnsupportedAlgorithm,
    /// The hash of the content is another one than that of the signature.
    HashesDiffer,
    /// The signature rests on a weak hash.
    WeakHash {
        /// The hash.
        hash: Hash,
    },
    /// The key is too short for today.
    ShortKey {
        /// Its length in bits.
        bits: u32,
    },

    /// The signer's certificate has expired, and no time stamp shows that the signature is older.
    CertificateExpired,
    /// The signer's certificate is not valid yet.
    CertificateNotYetValid,
    /// By the signer's own clock, the certificate was not valid when it was signed.
    SignedOutsideValidity,
    /// The signing time lies ahead.
    SigningTimeAhead,
    /// The key is not meant for signatures that bind (key usage `nonRepudiation`).
    NoNonRepudiation,
    /// The certificate is not a qualified one.
    NotQualified,
    /// The certificate says of itself that it is for tests.
    TestCertificate,
    /// The issuer of the last certificate of the chain is not at hand.
    UnknownIssuer,
    /// The chain ends in a root that is not trusted here.
    UntrustedRoot,
    /// A certificate of the chain was signed with a weak hash.
    WeakCertificate {
        /// Which one, the signer's being 0.
        link: usize,
        /// The hash.
        hash: Hash,
    },
    /// Something else breaks the chain.
    Chain {
        /// At which certificate, the signer's being 0.
        link: usize,
        /// What.
        finding: chain::Finding,
    },

    /// A time stamp cannot be read.
    UnreadableTimeStamp,
    /// Nothing but a time stamp on weak ground shows that the signature is older than the end of its certificate.
    WeakTimeStamp,
    /// A time stamp does not stand up to checking; its own findings say why.
    TimeStampNotTrusted,
    /// Of a time stamp: it is of another signature.
    TimeStampDiffers,
    /// Of a time stamp: its certificate is not for time stamps.
    NotATimeStamper,
}

/// A signed attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Attribute {
    /// The content's type (RFC 5652 §11.1).
    ContentType,
    /// The content's hash (RFC 5652 §11.2).
    MessageDigest,
    /// The time the signer claims (RFC 5652 §11.3).
    SigningTime,
    /// The signer's certificate, by its hash (ESS; RFC 5035).
    SigningCertificate,
    /// All of them: they cannot be read as a whole.
    All,
}

impl Attribute {
    /// The stable name of this attribute.
    pub fn code(self) -> &'static str {
        match self {
            Self::ContentType => "content-type",
            Self::MessageDigest => "message-digest",
            Self::SigningTime => "signing-time",
            Self::SigningCertificate => "signing-certificate",
            Self::All => "all",
        }
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// The signature holds, on weak ground.
    Weak,
    /// It cannot be told whether the signature holds.
    Undecided,
    /// The signature does not hold.
    Invalid,
}

/// What a signature comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It holds.
    Valid,
    /// It holds, on weak ground.
    Weak,
    /// It cannot be told.
    Undecided,
    /// It does not hold.
    Invalid,
}

impl Verdict {
    /// What these findings come to.
    pub(crate) fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        match findings.into_iter().map(Finding::severity).max() {
            None | Some(Severity::Note) => Self::Valid,
            Some(Severity::Weak) => Self::Weak,
            Some(Severity::Undecided) => Self::Undecided,
            Some(Severity::Invalid) => Self::Invalid,
        }
    }

    /// The stable name of this verdict.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Weak => "weak",
            Self::Undecided => "undecided",
            Self::Invalid => "invalid",
        }
    }
}

impl Finding {
    /// How much it weighs.
    pub fn severity(&self) -> Severity {
        match self {
            Self::NotDer
            | Self::TrailingBytes { .. }
            | Self::UnreadableCertificates { .. }
            | Self::UnsortedAttributes
            | Self::SignaturePolicy
            | Self::SignerIdDiffers
            | Self::OddPssSalt { .. }
            | Self::NotQualified
            | Self::TestCertificate
            | Self::UnreadableTimeStamp
            | Self::TimeStampNotTrusted
            | Self::MissingAttribute {
                attribute: Attribute::SigningTime,
            }
            | Self::UnreadableAttribute {
                attribute: Attribute::SigningTime,
            } => Severity::Note,
            Self::OldSigningCertificate
            | Self::HashesDiffer
            | Self::WeakHash { .. }
            | Self::ShortKey { .. }
            | Self::SigningTimeAhead
            | Self::NoNonRepudiation
            | Self::WeakCertificate { .. }
            | Self::WeakTimeStamp => Severity::Weak,
            Self::NoSignedAttributes
            | Self::MissingAttribute {
                attribute: Attribute::SigningCertificate,
            }
            | Self::ContentMissing
            | Self::CertificateMissing
            | Self::UnsupportedAlgorithm
            | Self::CertificateExpired
            | Self::CertificateNotYetValid
            | Self::UnknownIssuer
            | Self::UntrustedRoot => Severity::Undecided,
            Self::Chain { finding, .. } if !matches!(finding, chain::Finding::BadSignature) => {
                Severity::Undecided
            }
            Self::Chain { .. }
            | Self::MissingAttribute { .. }
            | Self::RepeatedAttribute { .. }
            | Self::UnreadableAttribute { .. }
            | Self::ContentDiffers
            | Self::ContentNotTheOneInside
            | Self::ContentTypeDiffers
            | Self::CertificateHashDiffers
            | Self::CertificateIssuerDiffers
            | Self::WrongSignature
            | Self::SignedAsSent
            | Self::SignedContentOnly
            | Self::DigestInfoWithoutNull
            | Self::BareHash
            | Self::PssSaltDiffers { .. }
            | Self::RawEcdsa
            | Self::SignedOutsideValidity
            | Self::TimeStampDiffers
            | Self::NotATimeStamper => Severity::Invalid,
        }
    }

    /// The stable name of this finding, for scripts and translations.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotDer => "not-der",
            Self::TrailingBytes { .. } => "trailing-bytes",
            Self::UnreadableCertificates { .. } => "unreadable-certificates",
            Self::NoSignedAttributes => "no-signed-attributes",
            Self::MissingAttribute { .. } => "missing-attribute",
            Self::RepeatedAttribute { .. } => "repeated-attribute",
            Self::UnreadableAttribute { .. } => "unreadable-attribute",
            Self::UnsortedAttributes => "unsorted-attributes",
            Self::SignaturePolicy => "signature-policy",
            Self::ContentMissing => "content-missing",
            Self::ContentDiffers => "content-differs",
            Self::ContentNotTheOneInside => "content-not-the-one-inside",
            Self::ContentTypeDiffers => "content-type-differs",
            Self::CertificateMissing => "certificate-missing",
            Self::SignerIdDiffers => "signer-id-differs",
            Self::CertificateHashDiffers => "certificate-hash-differs",
            Self::CertificateIssuerDiffers => "certificate-issuer-differs",
            Self::OldSigningCertificate => "old-signing-certificate",
            Self::WrongSignature => "wrong-signature",
            Self::SignedAsSent => "signed-as-sent",
            Self::SignedContentOnly => "signed-content-only",
            Self::DigestInfoWithoutNull => "digest-info-without-null",
            Self::BareHash => "bare-hash",
            Self::PssSaltDiffers { .. } => "pss-salt-differs",
            Self::OddPssSalt { .. } => "odd-pss-salt",
            Self::RawEcdsa => "raw-ecdsa",
            Self::UnsupportedAlgorithm => "unsupported-algorithm",
            Self::HashesDiffer => "hashes-differ",
            Self::WeakHash { .. } => "weak-hash",
            Self::ShortKey { .. } => "short-key",
            Self::CertificateExpired => "certificate-expired",
            Self::CertificateNotYetValid => "certificate-not-yet-valid",
            Self::SignedOutsideValidity => "signed-outside-validity",
            Self::SigningTimeAhead => "signing-time-ahead",
            Self::NoNonRepudiation => "no-non-repudiation",
            Self::NotQualified => "not-qualified",
            Self::TestCertificate => "test-certificate",
            Self::UnknownIssuer => "unknown-issuer",
            Self::UntrustedRoot => "untrusted-root",
            Self::WeakCertificate { .. } => "weak-certificate",
            Self::Chain { .. } => "chain",
            Self::UnreadableTimeStamp => "unreadable-time-stamp",
            Self::WeakTimeStamp => "weak-time-stamp",
            Self::TimeStampDiffers => "time-stamp-differs",
            Self::TimeStampNotTrusted => "time-stamp-not-trusted",
            Self::NotATimeStamper => "not-a-time-stamper",
        }
    }
}
