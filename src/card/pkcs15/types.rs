//! What the directory says, as plain data.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Everything that the directory files say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// What the token says of itself, if that could be read.
    pub token_info: Option<TokenInfo>,
    /// The PINs, in the card's order.
    pub pins: Vec<PinObject>,
    /// The private keys, in the card's order.
    pub keys: Vec<PrivateKeyObject>,
    /// The certificates, in the card's order: the holder's, then trusted and useful ones.
    pub certificates: Vec<CertificateObject>,
    /// What could not be read, and did not stop the rest.
    pub problems: Vec<Problem>,
    /// The bytes of token information, object directory and certificate directories, each with its length before
    /// it. They change whenever a certificate is written or deleted: hash them for a cache's key. Empty if one of
    /// these files could not be read, for then nothing is certain.
    pub fingerprint: Vec<u8>,
}

/// A directory with the certificates that it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// What the directory files say, and all problems, those of certificates included.
    pub directory: Directory,
    /// The certificates that could be read.
    pub certificates: Vec<Certificate>,
}

/// A certificate and what the directory says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// What the directory says of it.
    pub object: CertificateObject,
    /// Its bytes as they are on the card.
    pub der: Vec<u8>,
}

/// What the token says of itself (section 8.10).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenInfo {
    /// The token's label, cleaned of padding; may be empty.
    pub label: String,
    /// Who made it; may be empty.
    pub manufacturer: String,
    /// The serial number as it came; may be empty.
    pub serial: Vec<u8>,
    /// What the token can and demands.
    pub flags: TokenFlags,
}

/// Flags of a token (`TokenFlags`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a bit string of the standard")]
pub struct TokenFlags {
    /// Nothing can be written.
    pub read_only: bool,
    /// Some objects need a login.
    pub login_required: bool,
    /// It makes random numbers.
    pub random_numbers: bool,
    /// It says that it follows the profile for electronic identification.
    pub eid_compliant: bool,
}

/// A PIN (section 8.9.2, `PasswordAttributes`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinObject {
    /// The card's name for it; may be empty.
    pub label: String,
    /// What other objects name it by.
    pub auth_id: Vec<u8>,
    /// The reference for VERIFY.
    pub reference: u8,
    /// What it consists of.
    pub kind: PinType,
    /// Shortest accepted length, in characters.
    pub min_length: Option<u8>,
    /// Longest accepted length, in characters.
    pub max_length: Option<u8>,
    /// The length to which it is padded, in bytes.
    pub stored_length: Option<u8>,
    /// What it is padded with; `None` if it is not padded.
    pub pad: Option<u8>,
    /// What kind of PIN it is and what may be done with it.
    pub flags: PinFlags,
    /// The `authId` of the PIN that unblocks this one, if the card names it.
    pub unblocked_by: Option<Vec<u8>>,
    /// The file in whose scope it is, if the card names one.
    pub path: Option<Path>,
}

/// What a PIN consists of (`PasswordType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinType {
    /// Packed digits, two a byte.
    Bcd,
    /// ASCII digits.
    #[default]
    AsciiNumeric,
    /// Any UTF-8 characters.
    Utf8,
    /// Half a byte a digit, with a length in front (ISO 9564-1).
    HalfNibbleBcd,
    /// ISO 9564-1 format.
    Iso9564,
    /// A number that the standard does not have.
    Other(u8),
}

/// Flags of a PIN (`PasswordFlags`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a bit string of the standard")]
pub struct PinFlags {
    /// Upper and lower case differ.
    pub case_sensitive: bool,
    /// It counts in its own directory only.
    pub local: bool,
    /// It cannot be changed.
    pub change_disabled: bool,
    /// It cannot be unblocked.
    pub unblock_disabled: bool,
    /// It has been set.
    pub initialized: bool,
    /// It must be padded to its stored length.
    pub needs_padding: bool,
    /// It unblocks another PIN (PUK).
    pub unblocking: bool,
    /// It is the administrator's (security officer's).
    pub admin: bool,
}

/// A private key (section 8.4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateKeyObject {
    /// The card's name for it; may be empty.
    pub label: String,
    /// What ties it to its certificate.
    pub id: Vec<u8>,
    /// The `authId` of the PIN that guards it, if it is guarded.
    pub auth_id: Option<Vec<u8>>,
    /// What it may be used for.
    pub usage: KeyUsage,
    /// The reference for MANAGE SECURITY ENVIRONMENT, if the card names one.
    pub key_reference: Option<u8>,
    /// Where it is, if the card says so.
    pub path: Option<Path>,
    /// Its algorithm and size.
    pub kind: KeyKind,
    /// A PIN entry is demanded for so many uses (1: for each).
    pub user_consent: Option<u32>,
}

/// A key's algorithm and size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// RSA.
    Rsa {
        /// Length of the modulus in bits, if told.
        modulus_bits: Option<u16>,
    },
    /// On an elliptic curve.
    EllipticCurve {
        /// Size of the curve's field in bits, if told.
        field_bits: Option<u16>,
    },
    /// Another algorithm.
    Other,
}

/// What a key may be used for (`KeyUsageFlags`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "a bit string of the standard")]
pub struct KeyUsage {
    /// Decipher.
    pub decrypt: bool,
    /// Sign.
    pub sign: bool,
    /// Sign with message recovery.
    pub sign_recover: bool,
    /// Unwrap other keys.
    pub unwrap: bool,
    /// Agree on a key.
    pub derive: bool,
    /// Sign with the intent to be bound (qualified signatures).
    pub non_repudiation: bool,
}

/// A certificate in the directory (section 8.7).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateObject {
    /// The object's label; may be empty; never a thing to match by.
    pub label: String,
    /// What ties it to its private key.
    pub id: Vec<u8>,
    /// The card says that it is an authority's certificate.
    pub authority: bool,
    /// The card lists it among those that it trusts. That says nothing about whether to trust it.
    pub trusted: bool,
    /// Where its bytes are.
    pub location: Location,
}

/// Where an object's bytes are (`ObjectValue`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Location {
    /// In a file.
    Path(Path),
    /// In the directory itself.
    Direct(Vec<u8>),
    /// Outside the card, or protected: cannot be read.
    Elsewhere,
}

/// A file, or a part of one (`Path`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Path {
    /// File identifiers, two bytes each, at most eight of them; absolute if the first is 3F00, else from the
    /// application's directory.
    pub file: Vec<u8>,
    /// Where in the file it starts, in bytes.
    pub offset: u16,
    /// How long it is at most, in bytes; `None` to the end.
    pub length: Option<u16>,
}

/// A file of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum File {
    /// EF.DIR: which applications there are.
    Applications,
    /// ODF: where the directory files are.
    Objects,
    /// What the token says of itself.
    TokenInfo,
    /// AODF: the PINs.
    Pins,
    /// `PrKDF`: the private keys.
    PrivateKeys,
    /// CDF: the holder's certificates.
    Certificates,
    /// Trusted certificates.
    TrustedCertificates,
    /// Useful certificates.
    UsefulCertificates,
    /// A certificate itself.
    Certificate,
}

impl File {
    /// The file's usual abbreviation, for reports.
    pub fn abbreviation(self) -> &'static str {
        match self {
            Self::Applications => "EF.DIR",
            Self::Objects => "ODF",
            Self::TokenInfo => "TokenInfo",
            Self::Pins => "AODF",
            Self::PrivateKeys => "PrKDF",
            Self::Certificates => "CDF",
            Self::TrustedCertificates => "CDF (trusted)",
            Self::UsefulCertificates => "CDF (useful)",
            Self::Certificate => "certificate",
        }
    }
}

/// Something that could not be read, and did not stop the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// In which file.
    pub file: File,
    /// The label of the object, for a certificate; else empty.
    pub label: String,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a file or with one record in it.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// It ends in the middle of a record.
    #[error("cut off")]
    Truncated,
    /// An element is longer than anything on a card can be (64 KiB), or lies beyond what can be read.
    #[error("too long")]
    TooLong,
    /// Elements are nested more than 16 deep.
    #[error("nested too deep")]
    TooDeep,
    /// More than 256 records in one file.
    #[error("too many records")]
    TooMany,
    /// Not of the form that the standard demands.
    #[error("not of the demanded form")]
    Malformed,
    /// There is nothing where something was announced.
    #[error("empty")]
    Empty,
    /// Stored in a way that we cannot read (outside the card, protected, or in the object directory itself).
    #[error("stored in an unsupported way")]
    Unsupported,
    /// The card refused to give it.
    #[error("refused with {0:04X}")]
    Refused(
        /// The status word.
        u16,
    ),
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// Looking for the application.
    Application,
    /// Reading a file of the directory.
    Directory(
        /// Which one.
        File,
    ),
    /// Reading certificate `index` (from 0) of `count`.
    Certificate {
        /// Which one, from 0.
        index: u16,
        /// How many there are.
        count: u16,
    },
}
