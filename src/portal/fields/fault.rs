//! What is wrong with a field.

use serde::{Deserialize, Serialize};

/// A field of the application form. Its serde name is its name on the wire and in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub enum Field {
    Reason,
    ReaderType,
    Validity,
    SecurityWord,
    SecurityWordAgain,
    Unit,
    Title,
    Address,
    Province,
    District,
    PostalCode,
    Email,
    WorkPhone,
    WorkExtension,
    MobilePhone,
    MobileOperator,
    HomePhone,
    Channel,
    Published,
}

/// A fault in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fault {
    /// Which field.
    pub field: Field,
    /// What is wrong with it.
    #[serde(flatten)]
    pub kind: FaultKind,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "fault")]
#[non_exhaustive]
pub enum FaultKind {
    /// It has to be filled in.
    Missing,
    /// It is longer than this many characters.
    TooLong {
        /// The most characters.
        most: usize,
    },
    /// It has control characters or invisible ones in it.
    Characters,
    /// It is neither an identity number nor a passport number.
    IdentityForm,
    /// The check digits of the identity number do not agree.
    IdentityCheckDigits,
    /// A name has something else than letters in it.
    NameCharacters,
    /// It is no date, or none that can be.
    Date,
    /// The person is not of full age.
    TooYoung,
    /// It is no phone number.
    Phone,
    /// It is a phone number, but not of a mobile phone of this country.
    PhoneNotMobile,
    /// An extension has one to six digits.
    Extension,
    /// It is no e-mail address.
    Email,
    /// A postal code has five digits, and begins with a province's code.
    PostalCode,
    /// The postal code belongs to another province.
    PostalCodeElsewhere,
    /// There is no such province.
    Province,
    /// The province has no such district.
    District,
    /// It is none of the choices.
    Choice,
    /// The security word has fewer than six characters.
    SecurityWordShort,
    /// The security word has nothing but digits: it would be taken for the PIN.
    SecurityWordLikePin,
    /// The security word was typed differently the second time.
    SecurityWordsDiffer,
}

impl Field {
    /// All of them, in the form's order.
    pub const ALL: [Self; 19] = [
        Self::Reason,
        Self::ReaderType,
        Self::Validity,
        Self::SecurityWord,
        Self::SecurityWordAgain,
        Self::Unit,
        Self::Title,
        Self::Address,
        Self::Province,
        Self::District,
        Self::PostalCode,
        Self::Email,
        Self::WorkPhone,
        Self::WorkExtension,
        Self::MobilePhone,
        Self::MobileOperator,
        Self::HomePhone,
        Self::Channel,
        Self::Published,
    ];

    /// Its name on the wire and in the page.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::ReaderType => "readerType",
            Self::Validity => "validity",
            Self::SecurityWord => "securityWord",
            Self::SecurityWordAgain => "securityWordAgain",
            Self::Unit => "unit",
            Self::Title => "title",
            Self::Address => "address",
            Self::Province => "province",
            Self::District => "district",
            Self::PostalCode => "postalCode",
            Self::Email => "email",
            Self::WorkPhone => "workPhone",
            Self::WorkExtension => "workExtension",
            Self::MobilePhone => "mobilePhone",
            Self::MobileOperator => "mobileOperator",
            Self::HomePhone => "homePhone",
            Self::Channel => "channel",
            Self::Published => "published",
        }
    }

    /// The message of `portal-fields` that is its label.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reason => "field-reason",
            Self::ReaderType => "field-reader-type",
            Self::Validity => "field-validity",
            Self::SecurityWord => "field-security-word",
            Self::SecurityWordAgain => "field-security-word-again",
            Self::Unit => "field-unit",
            Self::Title => "field-title",
            Self::Address => "field-address",
            Self::Province => "field-province",
            Self::District => "field-district",
            Self::PostalCode => "field-postal-code",
            Self::Email => "field-email",
            Self::WorkPhone => "field-work-phone",
            Self::WorkExtension => "field-work-extension",
            Self::MobilePhone => "field-mobile-phone",
            Self::MobileOperator => "field-mobile-operator",
            Self::HomePhone => "field-home-phone",
            Self::Channel => "field-channel",
            Self::Published => "field-published",
        }
    }

    /// Whether it has to be filled in (the starred fields).
    pub const fn is_required(self) -> bool {
        !matches!(self, Self::WorkExtension | Self::HomePhone)
    }
}

impl FaultKind {
    /// The message of `portal-fields` that tells it. [`Self::TooLong`] fills its variable `$most`.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Missing => "fault-missing",
            Self::TooLong { .. } => "fault-too-long",
            Self::Characters => "fault-characters",
            Self::IdentityForm => "fault-identity-form",
            Self::IdentityCheckDigits => "fault-identity-check-digits",
            Self::NameCharacters => "fault-name-characters",
            Self::Date => "fault-date",
            Self::TooYoung => "fault-too-young",
            Self::Phone => "fault-phone",
            Self::PhoneNotMobile => "fault-phone-not-mobile",
            Self::Extension => "fault-extension",
            Self::Email => "fault-email",
            Self::PostalCode => "fault-postal-code",
            Self::PostalCodeElsewhere => "fault-postal-code-elsewhere",
            Self::Province => "fault-province",
            Self::District => "fault-district",
            Self::Choice => "fault-choice",
            Self::SecurityWordShort => "fault-security-word-short",
            Self::SecurityWordLikePin => "fault-security-word-like-pin",
            Self::SecurityWordsDiffer => "fault-security-words-differ",
        }
    }
}
