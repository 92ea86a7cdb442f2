//! What a certificate is for, in the terms people choose by.

use const_oid::ObjectIdentifier;
use serde::Serialize;

use crate::oid::known;
use crate::{Certificate, KeyUse, QcStatementKind};

/// What a certificate is for. Whether a signing certificate is a qualified one is another question:
/// [`Certificate::qualified`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Purpose {
    /// A person's signatures.
    Signing,
    /// An institution's seal.
    Seal,
    /// Logging in.
    Authentication,
    /// Decrypting.
    Encryption,
    /// Issuing certificates.
    Authority,
    /// Something else, such as a web server or time stamps.
    Other,
}

impl Purpose {
    pub(crate) fn of(certificate: &Certificate) -> Self {
        let extensions = &certificate.extensions;
        let may = |key_use| extensions.key_usage.is_some_and(|usage| usage.has(key_use));
        let serves =
            |purpose: ObjectIdentifier| extensions.extended_key_usage.iter().any(|oid| oid.is(purpose));
        if certificate.is_authority() {
            return Self::Authority;
        }
        if is_seal(certificate) {
            return Self::Seal;
        }
        if [
            known::TIME_STAMPING,
            known::OCSP_SIGNING,
            known::SERVER_AUTH,
            known::CODE_SIGNING,
        ]
        .into_iter()
        .any(serves)
        {
            return Self::Other;
        }
        let signs_documents = [
            known::DOCUMENT_SIGNING,
            known::MS_DOCUMENT_SIGNING,
            known::ADOBE_DOCUMENT_SIGNING,
        ];
        if may(KeyUse::NonRepudiation) || signs_documents.into_iter().any(serves) {
            return Self::Signing;
        }
        if may(KeyUse::DigitalSignature)
            || [known::CLIENT_AUTH, known::SMART_CARD_LOGON]
                .into_iter()
                .any(serves)
        {
            return Self::Authentication;
        }
        if [
            KeyUse::KeyEncipherment,
            KeyUse::DataEncipherment,
            KeyUse::KeyAgreement,
        ]
        .into_iter()
        .any(may)
        {
            return Self::Encryption;
        }
        Self::Other
    }

    /// The stable name of this purpose.
    pub fn code(self) -> &'static str {
        match self {
            Self::Signing => "signing",
            Self::Seal => "seal",
            Self::Authentication => "authentication",
            Self::Encryption => "encryption",
            Self::Authority => "authority",
            Self::Other => "other",
        }
    }
}

/// A seal says so by the Turkish statement, by its type, by its purpose or by its policy.
fn is_seal(certificate: &Certificate) -> bool {
    let extensions = &certificate.extensions;
    let by_statement = extensions
        .qc_statements
        .iter()
        .any(|statement| match &statement.kind {
            QcStatementKind::TurkishSeal { .. } => true,
            QcStatementKind::Type(types) => {
                types.iter().all(|oid| oid.is(known::QC_TYPE_SEAL)) && !types.is_empty()
            }
            _ => false,
        });
    by_statement
        || extensions
            .extended_key_usage
            .iter()
            .any(|oid| oid.is(known::FISCAL_SEAL_USAGE))
        || extensions
            .policies
            .iter()
            .any(|policy| policy.oid.is(known::POLICY_KAMUSM_FISCAL_SEAL))
}
