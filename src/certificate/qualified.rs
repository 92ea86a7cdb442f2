//! Whether a certificate is a qualified one (nitelikli elektronik sertifika) by Turkish law.

use serde::Serialize;

use crate::oid::known;
use crate::{Certificate, KeyUse, QcStatementKind};

/// The verdict, with what is missing to a qualified certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Qualified {
    /// Qualified for signatures, for seals, or not at all.
    pub kind: QualifiedKind,
    /// What is missing; empty exactly if it is qualified.
    pub missing: Vec<QualifiedPart>,
}

/// What a certificate is qualified for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum QualifiedKind {
    /// A person's signatures.
    Signature,
    /// An institution's seals.
    Seal,
    /// It is not qualified.
    No,
}

/// One of the four parts of a qualified certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum QualifiedPart {
    /// Key usage `nonRepudiation`.
    NonRepudiation,
    /// `QcCompliance` (0.4.0.1862.1.1), as a statement of its own or as the semantics of `pkixQCSyntax-v1`.
    QcCompliance,
    /// The Turkish statement (2.16.792.1.61.0.1.5070.1.1 or …5070.2.1).
    TurkishStatement,
    /// A user notice that is not empty.
    UserNotice,
}

impl QualifiedPart {
    /// The stable name of this part.
    pub fn code(self) -> &'static str {
        match self {
            Self::NonRepudiation => "non-repudiation",
            Self::QcCompliance => "qc-compliance",
            Self::TurkishStatement => "turkish-statement",
            Self::UserNotice => "user-notice",
        }
    }
}

impl Qualified {
    /// Whether it is qualified, for signatures or for seals.
    pub fn is_qualified(&self) -> bool {
        self.kind != QualifiedKind::No
    }

    pub(crate) fn judge(certificate: &Certificate) -> Self {
        let extensions = &certificate.extensions;
        let statement = turkish_statement(certificate);
        let parts = [
            (
                QualifiedPart::NonRepudiation,
                extensions
                    .key_usage
                    .is_some_and(|usage| usage.has(KeyUse::NonRepudiation)),
            ),
            (QualifiedPart::QcCompliance, claims_compliance(certificate)),
            (QualifiedPart::TurkishStatement, statement.is_some()),
            (
                QualifiedPart::UserNotice,
                notices(certificate).any(|text| !text.trim().is_empty()),
            ),
        ];
        let missing: Vec<QualifiedPart> = parts
            .into_iter()
            .filter(|(_, present)| !present)
            .map(|(part, _)| part)
            .collect();
        let kind = statement
            .filter(|_| missing.is_empty())
            .unwrap_or(QualifiedKind::No);
        Self { kind, missing }
    }
}

fn turkish_statement(certificate: &Certificate) -> Option<QualifiedKind> {
    let says = |oid| {
        certificate
            .extensions
            .qc_statements
            .iter()
            .any(|statement| statement.oid.is(oid))
    };
    if says(known::TURKISH_QUALIFIED) {
        Some(QualifiedKind::Signature)
    } else if says(known::TURKISH_SEAL) {
        Some(QualifiedKind::Seal)
    } else {
        None
    }
}

fn claims_compliance(certificate: &Certificate) -> bool {
    certificate
        .extensions
        .qc_statements
        .iter()
        .any(|statement| match &statement.kind {
            QcStatementKind::Compliance => true,
            QcStatementKind::Syntax {
                semantics: Some(semantics),
            } => statement.oid.is(known::PKIX_QC_SYNTAX_V1) && semantics.is(known::QC_COMPLIANCE),
            _ => false,
        })
}

fn notices(certificate: &Certificate) -> impl Iterator<Item = &str> {
    let notices = certificate
        .extensions
        .policies
        .iter()
        .flat_map(|policy| &policy.notices);
    notices.filter_map(|notice| notice.text.as_deref())
}

/// Whether a certificate says that it is for tests only: by its policy, or in words in a notice or statement.
pub(crate) fn is_test(certificate: &Certificate) -> bool {
    let extensions = &certificate.extensions;
    let in_statements = extensions
        .qc_statements
        .iter()
        .filter_map(|statement| match &statement.kind {
            QcStatementKind::TurkishQualified { text } | QcStatementKind::TurkishSeal { text } => {
                text.as_deref()
            }
            _ => None,
        });
    extensions
        .policies
        .iter()
        .any(|policy| policy.oid.is(known::POLICY_KAMUSM_TEST))
        || notices(certificate).chain(in_statements).any(speaks_of_tests)
}

/// Whether a text contains the words "test amaçlı" (for test purposes), however they are capitalised.
fn speaks_of_tests(text: &str) -> bool {
    let folded: String = text.chars().flat_map(fold).collect();
    folded
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .contains("test amacli")
}

/// A letter without case, and without what tells Turkish letters from their plain neighbours.
fn fold(letter: char) -> impl Iterator<Item = char> {
    let plain = match letter {
        'İ' | 'I' | 'ı' => 'i',
        'Ç' | 'ç' => 'c',
        other => other,
    };
    plain.to_lowercase()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
