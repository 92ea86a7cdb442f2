//! Qualified certificate statements (RFC 3739 §3.2.6, ETSI EN 319 412-5, and the Turkish authority's own).

use std::fmt;

use crate::name::TextFindings;
use crate::oid::known;
use crate::tlv::{self, Reader, Tlv};
use crate::{Fault, Oid};

const MAX_STATEMENTS: usize = 64;

/// One statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QcStatement {
    /// Its identifier.
    pub oid: Oid,
    /// What it says.
    pub kind: QcStatementKind,
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum QcStatementKind {
    /// The certificate is a qualified one (EN 319 412-5 §4.2.1).
    Compliance,
    /// The value of transactions is limited (§4.3.2).
    Limit(LimitValue),
    /// For how many years after the end of its validity the issuer keeps its records (§4.3.3).
    RetentionYears(u32),
    /// The key is in a secure signature creation device (§4.2.2).
    SecureDevice,
    /// Where the issuer's disclosure statements are (§4.3.4).
    Disclosure(Vec<Pds>),
    /// What the certificate is for: signature, seal, web (§4.2.3).
    Type(Vec<Oid>),
    /// Under which countries' legislation it is qualified (§4.2.4).
    Legislation(Vec<String>),
    /// The syntax of RFC 3739 §3.2.6.1, and what its `semanticsIdentifier` names.
    Syntax {
        /// The semantics, if named.
        semantics: Option<Oid>,
    },
    /// It is a qualified electronic certificate by Turkish law.
    TurkishQualified {
        /// Its text.
        text: Option<String>,
    },
    /// It is a qualified electronic seal by Turkish law.
    TurkishSeal {
        /// Its text.
        text: Option<String>,
    },
    /// A known statement whose content could not be read.
    Unreadable(Fault),
    /// Another statement.
    Other,
}

/// A limit on the value of transactions: amount × 10^exponent of a currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitValue {
    /// Of which currency.
    pub currency: Currency,
    /// The amount.
    pub amount: u32,
    /// The power of ten it is multiplied with.
    pub exponent: i8,
}

/// A currency of ISO 4217.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Currency {
    /// By its letters (`TRY`, formerly `TRL`).
    Letters(String),
    /// By its number (949, formerly 792).
    Number(u32),
}

/// Where a disclosure statement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pds {
    /// Its address.
    pub url: String,
    /// Its language, two letters.
    pub language: String,
}

impl fmt::Display for LimitValue {
    /// As in `5000 TRY`; a power of ten that would be long to write out is written as `5 × 10^40`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = u32::try_from(self.exponent)
            .ok()
            .and_then(|exponent| 10_u64.checked_pow(exponent));
        let value = power.and_then(|power| power.checked_mul(u64::from(self.amount)));
        match value {
            _ if self.amount == 0 => write!(f, "0 {}", self.currency),
            Some(value) => write!(f, "{value} {}", self.currency),
            None => write!(f, "{} × 10^{} {}", self.amount, self.exponent, self.currency),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Letters(letters) => f.write_str(letters),
            Self::Number(number) => write!(f, "{number:03}"),
        }
    }
}

pub(super) fn statements(
    mut fields: Reader<'_>,
    texts: &mut TextFindings,
) -> Result<Vec<QcStatement>, Fault> {
    let mut statements = Vec::new();
    while !fields.is_empty() {
        if statements.len() == MAX_STATEMENTS {
            return Err(Fault::Count);
        }
        let mut statement = fields.expect(tlv::SEQUENCE)?.inside();
        let oid = Oid::from_contents(statement.expect(tlv::OBJECT_IDENTIFIER)?.value)?;
        let kind = kind(&oid, statement, texts).unwrap_or_else(|fault| {
            texts.note(fault);
            QcStatementKind::Unreadable(fault)
        });
        statements.push(QcStatement { oid, kind });
    }
    Ok(statements)
}

fn kind(oid: &Oid, mut info: Reader<'_>, texts: &mut TextFindings) -> Result<QcStatementKind, Fault> {
    use QcStatementKind as Kind;
    Ok(match () {
        () if oid.is(known::QC_COMPLIANCE) => Kind::Compliance,
        () if oid.is(known::QC_SSCD) => Kind::SecureDevice,
        () if oid.is(known::QC_LIMIT_VALUE) => Kind::Limit(limit(&mut info, texts)?),
        () if oid.is(known::QC_RETENTION) => {
            Kind::RetentionYears(info.expect(tlv::INTEGER)?.small_integer()?)
        }
        () if oid.is(known::QC_PDS) => Kind::Disclosure(disclosures(&mut info, texts)?),
        () if oid.is(known::QC_TYPE) => Kind::Type(types(&mut info)?),
        () if oid.is(known::QC_LEGISLATION) => Kind::Legislation(countries(&mut info, texts)?),
        () if oid.is(known::PKIX_QC_SYNTAX_V1) || oid.is(known::PKIX_QC_SYNTAX_V2) => Kind::Syntax {
            semantics: semantics(&mut info)?,
        },
        () if oid.is(known::TURKISH_QUALIFIED) => Kind::TurkishQualified {
            text: text(&mut info, texts)?,
        },
        () if oid.is(known::TURKISH_SEAL) => Kind::TurkishSeal {
            text: text(&mut info, texts)?,
        },
        () => Kind::Other,
    })
}

fn text(info: &mut Reader<'_>, texts: &mut TextFindings) -> Result<Option<String>, Fault> {
    if info.is_empty() {
        return Ok(None);
    }
    let value = info.next()?;
    Ok(texts.string(&value))
}

/// `MonetaryValue`: SEQUENCE { currency (`PrintableString` or INTEGER), amount INTEGER, exponent INTEGER }.
fn limit(info: &mut Reader<'_>, texts: &mut TextFindings) -> Result<LimitValue, Fault> {
    let mut value = info.expect(tlv::SEQUENCE)?.inside();
    let currency = value.next()?;
    let currency = match currency.tag {
        tlv::INTEGER => Currency::Number(currency.small_integer()?),
        _ => Currency::Letters(texts.string(&currency).ok_or(Fault::Type)?),
    };
    let amount = value.expect(tlv::INTEGER)?.small_integer()?;
    let exponent = small_signed(&value.expect(tlv::INTEGER)?)?;
    Ok(LimitValue {
        currency,
        amount,
        exponent,
    })
}

fn small_signed(integer: &Tlv<'_>) -> Result<i8, Fault> {
    match integer.value {
        [byte] => Ok(i8::from_be_bytes([*byte])),
        _ => Err(Fault::Value),
    }
}

fn disclosures(info: &mut Reader<'_>, texts: &mut TextFindings) -> Result<Vec<Pds>, Fault> {
    let mut locations = info.expect(tlv::SEQUENCE)?.inside();
    let mut read = Vec::new();
    while !locations.is_empty() && read.len() < MAX_STATEMENTS {
        let mut location = locations.expect(tlv::SEQUENCE)?.inside();
        let url = texts.string(&location.next()?).ok_or(Fault::Type)?;
        let language = texts.string(&location.next()?).ok_or(Fault::Type)?;
        read.push(Pds { url, language });
    }
    Ok(read)
}

fn types(info: &mut Reader<'_>) -> Result<Vec<Oid>, Fault> {
    let mut oids = info.expect(tlv::SEQUENCE)?.inside();
    let mut read = Vec::new();
    while !oids.is_empty() && read.len() < MAX_STATEMENTS {
        read.push(Oid::from_contents(oids.expect(tlv::OBJECT_IDENTIFIER)?.value)?);
    }
    Ok(read)
}

fn countries(info: &mut Reader<'_>, texts: &mut TextFindings) -> Result<Vec<String>, Fault> {
    let mut codes = info.expect(tlv::SEQUENCE)?.inside();
    let mut read = Vec::new();
    while !codes.is_empty() && read.len() < MAX_STATEMENTS {
        read.push(texts.string(&codes.next()?).ok_or(Fault::Type)?);
    }
    Ok(read)
}

/// `SemanticsInformation`: SEQUENCE { semanticsIdentifier OPTIONAL, nameRegistrationAuthorities OPTIONAL }. Some write
/// the identifier without the SEQUENCE around it.
fn semantics(info: &mut Reader<'_>) -> Result<Option<Oid>, Fault> {
    let mut fields = match info.peek() {
        None => return Ok(None),
        Some(tlv::OBJECT_IDENTIFIER) => info.clone(),
        Some(_) => info.expect(tlv::SEQUENCE)?.inside(),
    };
    let identifier = fields.optional(tlv::OBJECT_IDENTIFIER)?;
    identifier
        .map(|field| Oid::from_contents(field.value))
        .transpose()
}
