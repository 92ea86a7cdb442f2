//! What is said about a certificate, its chain and its hash.

use certificate::chain::{Finding, Origin, Outcome, SignatureCheck};
use certificate::{
    Fault, Field, Hash, KeyUse, Problem, Purpose, Qualified, QualifiedKind, QualifiedPart, Verdict,
};
use i18n_embed_fl::fl;

use super::{Words, card_parts::clean};

impl Words {
    /// A hash's name: `SHA-256`; in words where it has none.
    pub fn hash(&self, hash: Hash) -> String {
        match hash {
            Hash::Intrinsic => fl!(self.texts, "hash-intrinsic"),
            Hash::Unknown => fl!(self.texts, "hash-unknown"),
            hash => hash.name().to_owned(),
        }
    }

    /// What to do about one certificate: `SHA-1: yenisi yüklenmeli`.
    pub fn certificate_verdict(&self, verdict: Verdict, hash: Hash) -> String {
        let name = match hash {
            Hash::Intrinsic | Hash::Unknown => "none",
            hash => hash.name(),
        };
        match verdict {
            Verdict::Replace => fl!(self.texts, "certificate-replace", hash = name),
            Verdict::Fine => fl!(self.texts, "certificate-fine", hash = name),
            Verdict::Weak => fl!(self.texts, "certificate-weak", hash = name),
            Verdict::Unknown => fl!(self.texts, "certificate-unknown"),
        }
    }

    /// What a certificate is for.
    pub fn purpose(&self, purpose: Purpose) -> String {
        match purpose {
            Purpose::Signing => fl!(self.texts, "purpose-signing"),
            Purpose::Seal => fl!(self.texts, "purpose-seal"),
            Purpose::Authentication => fl!(self.texts, "purpose-authentication"),
            Purpose::Encryption => fl!(self.texts, "purpose-encryption"),
            Purpose::Authority => fl!(self.texts, "purpose-authority"),
            _ => fl!(self.texts, "purpose-other"),
        }
    }

    /// One use of a key.
    pub fn key_use(&self, key_use: KeyUse) -> String {
        match key_use {
            KeyUse::DigitalSignature => fl!(self.texts, "key-use-digital-signature"),
            KeyUse::NonRepudiation => fl!(self.texts, "key-use-non-repudiation"),
            KeyUse::KeyEncipherment => fl!(self.texts, "key-use-key-encipherment"),
            KeyUse::DataEncipherment => fl!(self.texts, "key-use-data-encipherment"),
            KeyUse::KeyAgreement => fl!(self.texts, "key-use-key-agreement"),
            KeyUse::KeyCertSign => fl!(self.texts, "key-use-key-cert-sign"),
            KeyUse::CrlSign => fl!(self.texts, "key-use-crl-sign"),
            KeyUse::EncipherOnly => fl!(self.texts, "key-use-encipher-only"),
            KeyUse::DecipherOnly => fl!(self.texts, "key-use-decipher-only"),
        }
    }

    /// Whether a certificate is a qualified one: `Nitelikli elektronik sertifika`.
    pub fn qualified(&self, qualified: &Qualified) -> String {
        match qualified.kind {
            QualifiedKind::Signature => fl!(self.texts, "qualified-signature"),
            QualifiedKind::Seal => fl!(self.texts, "qualified-seal"),
            QualifiedKind::No => fl!(self.texts, "qualified-no"),
        }
    }

    /// What a certificate lacks to be a qualified one.
    pub fn qualified_part(&self, part: QualifiedPart) -> String {
        match part {
            QualifiedPart::NonRepudiation => fl!(self.texts, "missing-non-repudiation"),
            QualifiedPart::QcCompliance => fl!(self.texts, "missing-qc-compliance"),
            QualifiedPart::TurkishStatement => fl!(self.texts, "missing-turkish-statement"),
            QualifiedPart::UserNotice => fl!(self.texts, "missing-user-notice"),
        }
    }

    /// What a chain comes to.
    pub fn chain_outcome(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Trusted => fl!(self.texts, "chain-trusted"),
            Outcome::Incomplete { issuer } => match issuer.as_ref().and_then(|name| name.short()) {
                Some(issuer) => fl!(self.texts, "chain-incomplete", issuer = clean(issuer)),
                None => fl!(self.texts, "chain-incomplete-unnamed"),
            },
            Outcome::UntrustedRoot => fl!(self.texts, "chain-untrusted-root"),
            Outcome::Broken { link, finding } => fl!(
                self.texts,
                "chain-broken",
                number = link.saturating_add(1),
                finding = self.chain_finding(*finding)
            ),
            _ => fl!(self.texts, "chain-other"),
        }
    }

    /// What breaks a chain.
    pub fn chain_finding(&self, finding: Finding) -> String {
        match finding {
            Finding::Expired => fl!(self.texts, "finding-expired"),
            Finding::NotYetValid => fl!(self.texts, "finding-not-yet-valid"),
            Finding::ValidityUnknown => fl!(self.texts, "finding-validity-unknown"),
            Finding::BadSignature => fl!(self.texts, "finding-bad-signature"),
            Finding::UnverifiableSignature => fl!(self.texts, "finding-unverifiable-signature"),
            Finding::NotAnAuthority => fl!(self.texts, "finding-not-an-authority"),
            Finding::MayNotIssue => fl!(self.texts, "finding-may-not-issue"),
            Finding::TooManyBelow => fl!(self.texts, "finding-too-many-below"),
            Finding::NameMismatch => fl!(self.texts, "finding-name-mismatch"),
            Finding::UnknownCriticalExtension => fl!(self.texts, "finding-unknown-critical-extension"),
            Finding::Faulty => fl!(self.texts, "finding-faulty"),
            Finding::Loop => fl!(self.texts, "finding-loop"),
            Finding::TooLong => fl!(self.texts, "finding-too-long"),
            _ => fl!(self.texts, "finding-other"),
        }
    }

    /// Where a link of a chain came from.
    pub fn origin(&self, origin: Origin) -> String {
        match origin {
            Origin::Leaf => fl!(self.texts, "origin-leaf"),
            Origin::Card => fl!(self.texts, "origin-card"),
            Origin::File => fl!(self.texts, "origin-file"),
            Origin::Fetched => fl!(self.texts, "origin-fetched"),
            Origin::Bundled => fl!(self.texts, "origin-bundled"),
            Origin::Imported => fl!(self.texts, "origin-imported"),
            _ => fl!(self.texts, "origin-other"),
        }
    }

    /// What came of checking a link's signature.
    pub fn signature_check(&self, check: SignatureCheck) -> String {
        match check {
            SignatureCheck::Verified => fl!(self.texts, "signature-verified"),
            SignatureCheck::Bad => fl!(self.texts, "signature-bad"),
            SignatureCheck::Unverifiable => fl!(self.texts, "signature-unverifiable"),
            SignatureCheck::NotChecked => fl!(self.texts, "signature-not-checked"),
        }
    }

    /// What a strict reader would refuse in a certificate.
    pub fn certificate_problem(&self, problem: &Problem) -> String {
        match problem {
            Problem::Truncated { missing } => fl!(self.texts, "fault-truncated-by", missing = (*missing)),
            Problem::TrailingBytes { count } => fl!(self.texts, "fault-trailing-bytes", count = (*count)),
            Problem::NotDer { fault } => fl!(self.texts, "fault-not-der", fault = self.fault(*fault)),
            Problem::Field { field, fault } => {
                fl!(
                    self.texts,
                    "fault-field",
                    field = self.field(*field),
                    fault = self.fault(*fault)
                )
            }
            Problem::Extension { oid, fault } => {
                fl!(
                    self.texts,
                    "fault-extension",
                    name = oid_name(oid),
                    fault = self.fault(*fault)
                )
            }
            Problem::DuplicateExtension { oid } => {
                fl!(self.texts, "fault-duplicate-extension", name = oid_name(oid))
            }
            Problem::AlgorithmMismatch { outer, inner } => {
                fl!(
                    self.texts,
                    "fault-algorithm-mismatch",
                    outer = oid_name(outer),
                    inner = oid_name(inner)
                )
            }
            Problem::Version { version } => fl!(self.texts, "fault-version", version = (*version)),
            Problem::NegativeSerial => fl!(self.texts, "fault-negative-serial"),
            Problem::LongSerial { bytes } => fl!(self.texts, "fault-long-serial", bytes = (*bytes)),
            Problem::EmptySubject => fl!(self.texts, "fault-empty-subject"),
            Problem::EmptyIssuer => fl!(self.texts, "fault-empty-issuer"),
            Problem::OddTime { field, .. } => fl!(self.texts, "fault-odd-time", field = self.field(*field)),
            Problem::ValidityReversed => fl!(self.texts, "fault-validity-reversed"),
            Problem::HostileText { field } => {
                fl!(self.texts, "fault-hostile-text", field = self.field(*field))
            }
            Problem::LongText { field } => fl!(self.texts, "fault-long-text", field = self.field(*field)),
            _ => fl!(self.texts, "fault-other", code = problem.code()),
        }
    }

    /// A field of a certificate.
    pub fn field(&self, field: Field) -> String {
        match field {
            Field::Body => fl!(self.texts, "field-body"),
            Field::Version => fl!(self.texts, "field-version"),
            Field::SerialNumber => fl!(self.texts, "field-serial-number"),
            Field::InnerAlgorithm => fl!(self.texts, "field-inner-algorithm"),
            Field::Issuer => fl!(self.texts, "field-issuer"),
            Field::Validity => fl!(self.texts, "field-validity"),
            Field::NotBefore => fl!(self.texts, "field-not-before"),
            Field::NotAfter => fl!(self.texts, "field-not-after"),
            Field::Subject => fl!(self.texts, "field-subject"),
            Field::PublicKey => fl!(self.texts, "field-public-key"),
            Field::Extensions => fl!(self.texts, "field-extensions"),
            Field::OuterAlgorithm => fl!(self.texts, "field-outer-algorithm"),
            Field::Signature => fl!(self.texts, "field-signature"),
            _ => field.code().to_owned(),
        }
    }

    fn fault(&self, fault: Fault) -> String {
        match fault {
            Fault::Missing => fl!(self.texts, "fault-missing"),
            Fault::Truncated => fl!(self.texts, "fault-truncated"),
            Fault::Type => fl!(self.texts, "fault-type"),
            Fault::Length => fl!(self.texts, "fault-length"),
            Fault::Depth => fl!(self.texts, "fault-depth"),
            Fault::Count => fl!(self.texts, "fault-count"),
            Fault::Value => fl!(self.texts, "fault-value"),
            Fault::Text => fl!(self.texts, "fault-text"),
            Fault::Time => fl!(self.texts, "fault-time"),
            Fault::Surplus => fl!(self.texts, "fault-surplus"),
            _ => fault.code().to_owned(),
        }
    }
}

fn oid_name(oid: &certificate::Oid) -> String {
    oid.name().map_or_else(|| oid.to_string(), str::to_owned)
}
