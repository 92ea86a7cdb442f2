//! Signing and signatures: what a signature comes to, why something may not be signed, what came of it.

use i18n_embed_fl::fl;
use service::CodeFault;
use signature::{Attribute, Finding, Verdict};

use super::{Pair, Sentence, Words, errors::sentence};
use crate::sign::{
    Caution, Failure, Obstacle, Progress,
    archive::ArchiveError,
    code::{ClaimFailure, ContentFault, SignFailure},
    file::FileError,
    link::LinkFault,
};

impl Words {
    /// What a signature comes to.
    pub fn signature_verdict(&self, verdict: Verdict) -> Pair {
        match verdict {
            Verdict::Valid => Pair {
                headline: fl!(self.texts, "verdict-valid"),
                text: fl!(self.texts, "verdict-valid", "text"),
            },
            Verdict::Weak => Pair {
                headline: fl!(self.texts, "verdict-weak"),
                text: fl!(self.texts, "verdict-weak", "text"),
            },
            Verdict::Undecided => Pair {
                headline: fl!(self.texts, "verdict-undecided"),
                text: fl!(self.texts, "verdict-undecided", "text"),
            },
            Verdict::Invalid => Pair {
                headline: fl!(self.texts, "verdict-invalid"),
                text: fl!(self.texts, "verdict-invalid", "text"),
            },
        }
    }

    /// One thing about a signature, in one sentence without a full stop.
    #[expect(clippy::too_many_lines, reason = "one line for each of many findings")]
    pub fn signature_finding(&self, finding: &Finding) -> String {
        match finding {
            Finding::NotDer => fl!(self.texts, "signature-finding-not-der"),
            Finding::TrailingBytes { count } => {
                let count = *count;
                fl!(self.texts, "signature-finding-trailing", count = count)
            }
            Finding::UnreadableCertificates { count } => {
                let count = *count;
                fl!(
                    self.texts,
                    "signature-finding-unreadable-certificates",
                    count = count
                )
            }
            Finding::NoSignedAttributes => fl!(self.texts, "signature-finding-no-attributes"),
            Finding::MissingAttribute { attribute } => {
                let attribute = self.signed_attribute(*attribute);
                fl!(
                    self.texts,
                    "signature-finding-missing-attribute",
                    attribute = attribute
                )
            }
            Finding::RepeatedAttribute { attribute } => {
                let attribute = self.signed_attribute(*attribute);
                fl!(
                    self.texts,
                    "signature-finding-repeated-attribute",
                    attribute = attribute
                )
            }
            Finding::UnreadableAttribute { attribute } => {
                let attribute = self.signed_attribute(*attribute);
                fl!(
                    self.texts,
                    "signature-finding-unreadable-attribute",
                    attribute = attribute
                )
            }
            Finding::UnsortedAttributes => fl!(self.texts, "signature-finding-unsorted"),
            Finding::SignaturePolicy => fl!(self.texts, "signature-finding-policy"),
            Finding::ContentMissing => fl!(self.texts, "signature-finding-content-missing"),
            Finding::ContentDiffers => fl!(self.texts, "signature-finding-content-differs"),
            Finding::ContentNotTheOneInside => fl!(self.texts, "signature-finding-content-other"),
            Finding::ContentTypeDiffers => fl!(self.texts, "signature-finding-content-type"),
            Finding::CertificateMissing => fl!(self.texts, "signature-finding-certificate-missing"),
            Finding::SignerIdDiffers => fl!(self.texts, "signature-finding-signer-id"),
            Finding::CertificateHashDiffers => fl!(self.texts, "signature-finding-certificate-hash"),
            Finding::CertificateIssuerDiffers => fl!(self.texts, "signature-finding-certificate-issuer"),
            Finding::OldSigningCertificate => fl!(self.texts, "signature-finding-old-ess"),
            Finding::WrongSignature => fl!(self.texts, "signature-finding-wrong"),
            Finding::SignedAsSent => fl!(self.texts, "signature-finding-signed-as-sent"),
            Finding::SignedContentOnly => fl!(self.texts, "signature-finding-content-only"),
            Finding::DigestInfoWithoutNull => fl!(self.texts, "signature-finding-no-null"),
            Finding::BareHash => fl!(self.texts, "signature-finding-bare-hash"),
            Finding::PssSaltDiffers { bytes } => {
                let bytes = *bytes;
                fl!(self.texts, "signature-finding-salt-differs", bytes = bytes)
            }
            Finding::OddPssSalt { bytes } => {
                let bytes = *bytes;
                fl!(self.texts, "signature-finding-odd-salt", bytes = bytes)
            }
            Finding::RawEcdsa => fl!(self.texts, "signature-finding-raw-ecdsa"),
            Finding::HashesDiffer => fl!(self.texts, "signature-finding-hashes-differ"),
            Finding::WeakHash { hash } => {
                let hash = self.hash(*hash);
                fl!(self.texts, "signature-finding-weak-hash", hash = hash)
            }
            Finding::ShortKey { bits } => {
                let bits = *bits;
                fl!(self.texts, "signature-finding-short-key", bits = bits)
            }
            Finding::CertificateExpired => fl!(self.texts, "signature-finding-expired"),
            Finding::CertificateNotYetValid => fl!(self.texts, "signature-finding-not-yet"),
            Finding::SignedOutsideValidity => fl!(self.texts, "signature-finding-outside"),
            Finding::SigningTimeAhead => fl!(self.texts, "signature-finding-ahead"),
            Finding::NoNonRepudiation => fl!(self.texts, "signature-finding-not-binding"),
            Finding::NotQualified => fl!(self.texts, "signature-finding-not-qualified"),
            Finding::TestCertificate => fl!(self.texts, "signature-finding-test"),
            Finding::UnknownIssuer => fl!(self.texts, "signature-finding-unknown-issuer"),
            Finding::UntrustedRoot => fl!(self.texts, "signature-finding-untrusted"),
            Finding::WeakCertificate { link, hash } => {
                let (number, hash) = (link + 1, self.hash(*hash));
                fl!(
                    self.texts,
                    "signature-finding-weak-certificate",
                    number = number,
                    hash = hash
                )
            }
            Finding::Chain { link, finding } => {
                let (number, finding) = (link + 1, self.chain_finding(*finding));
                fl!(
                    self.texts,
                    "signature-finding-chain",
                    number = number,
                    finding = finding
                )
            }
            Finding::UnreadableTimeStamp => fl!(self.texts, "signature-finding-stamp-unreadable"),
            Finding::TimeStampDiffers => fl!(self.texts, "signature-finding-stamp-differs"),
            Finding::TimeStampNotTrusted => fl!(self.texts, "signature-finding-stamp-not-trusted"),
            Finding::WeakTimeStamp => fl!(self.texts, "signature-finding-weak-stamp"),
            Finding::NotATimeStamper => fl!(self.texts, "signature-finding-not-a-stamper"),
            // `UnsupportedAlgorithm`, and whatever has no words yet.
            _ => fl!(self.texts, "signature-finding-unsupported"),
        }
    }

    fn signed_attribute(&self, attribute: Attribute) -> String {
        match attribute {
            Attribute::ContentType => fl!(self.texts, "attribute-content-type"),
            Attribute::MessageDigest => fl!(self.texts, "attribute-digest"),
            Attribute::SigningTime => fl!(self.texts, "attribute-time"),
            Attribute::SigningCertificate => fl!(self.texts, "attribute-certificate"),
            _ => fl!(self.texts, "attribute-all"),
        }
    }

    /// Why a certificate may not sign.
    pub fn obstacle(&self, obstacle: Obstacle) -> Sentence {
        let line = String::new();
        match obstacle {
            Obstacle::WeakHash => sentence!(self, "weak-hash", "obstacle-weak", line),
            Obstacle::Expired { on } => Sentence {
                code: "certificate-expired",
                what: fl!(self.texts, "obstacle-expired", on = self.date(on)),
                remedy: fl!(self.texts, "obstacle-expired", "remedy"),
                technical: line,
            },
            Obstacle::NotYetValid { from } => Sentence {
                code: "certificate-not-yet-valid",
                what: fl!(self.texts, "obstacle-not-yet", from = self.date(from)),
                remedy: fl!(self.texts, "obstacle-not-yet", "remedy"),
                technical: line,
            },
            Obstacle::KeyMissing => sentence!(self, "key-missing", "obstacle-key", line),
            Obstacle::NotQualified => sentence!(self, "not-qualified", "obstacle-not-qualified", line),
            Obstacle::NotForSigning => sentence!(self, "not-for-signing", "obstacle-purpose", line),
            Obstacle::KeyUnsuitable => sentence!(self, "key-unsuitable", "obstacle-key-kind", line),
            Obstacle::Unreadable => sentence!(self, "certificate-unreadable", "obstacle-unreadable", line),
        }
    }

    /// No certificate of the card may sign, each for a reason of its own.
    pub fn no_choice(&self) -> Sentence {
        sentence!(self, "no-signing-certificate", "obstacle-none", String::new())
    }

    /// What is unusual about a certificate that may sign.
    pub fn caution(&self, caution: Caution) -> String {
        match caution {
            Caution::NotQualified => fl!(self.texts, "caution-not-qualified"),
            Caution::NotBinding => fl!(self.texts, "caution-not-binding"),
            Caution::Test => fl!(self.texts, "caution-test"),
        }
    }

    /// Why a text is no verification code.
    pub fn code_fault(&self, fault: CodeFault) -> Sentence {
        let line = String::new();
        match fault {
            CodeFault::NotDigits => sentence!(self, "code-not-digits", "code-not-digits", line),
            CodeFault::Length { digits } => Sentence {
                code: "code-length",
                what: fl!(self.texts, "code-length", digits = digits),
                remedy: fl!(self.texts, "code-length", "remedy"),
                technical: line,
            },
            CodeFault::CheckDigit => sentence!(self, "code-check-digit", "code-check-digit", line),
        }
    }

    /// Why there is nothing to sign.
    pub fn claim_failure(&self, failure: &ClaimFailure) -> Sentence {
        let line = String::new();
        match failure {
            ClaimFailure::CodeUnknown => sentence!(self, "code-unknown", "service-code-unknown", line),
            ClaimFailure::CodeExpired => sentence!(self, "code-expired", "service-code-expired", line),
            ClaimFailure::CodeClaimed => sentence!(self, "code-claimed", "service-code-claimed", line),
            ClaimFailure::Content { item, fault } => {
                let line = format!("item {item}: {fault:?}");
                let (item, fault) = (*item, self.content_fault(*fault));
                Sentence {
                    code: "content",
                    what: fl!(self.texts, "claim-content", item = item, fault = fault),
                    remedy: fl!(self.texts, "claim-content", "remedy"),
                    technical: line,
                }
            }
            ClaimFailure::Count => sentence!(self, "content-count", "claim-count", line),
            ClaimFailure::ControlCode => sentence!(self, "control-code", "claim-control", line),
            ClaimFailure::Unsupported => sentence!(self, "level-unsupported", "claim-unsupported", line),
            ClaimFailure::Service(error) => self.service_error(error),
        }
    }

    fn content_fault(&self, fault: ContentFault) -> String {
        match fault {
            ContentFault::HashDiffers => fl!(self.texts, "content-hash"),
            ContentFault::MediaType => fl!(self.texts, "content-media"),
            ContentFault::NotText => fl!(self.texts, "content-not-text"),
            ContentFault::Empty => fl!(self.texts, "content-empty"),
            ContentFault::TooLarge => fl!(self.texts, "content-too-large"),
        }
    }

    /// Why nothing was signed, or why the service does not have it.
    pub fn sign_failure(&self, failure: &SignFailure) -> Sentence {
        match failure {
            SignFailure::Expired => sentence!(self, "code-expired", "sign-expired", String::new()),
            SignFailure::ClocksDiffer { service, computer } => Sentence {
                code: "clocks-differ",
                what: fl!(
                    self.texts,
                    "sign-clocks-differ",
                    computer = self.date(*computer),
                    service = self.date(*service)
                ),
                remedy: fl!(self.texts, "sign-clocks-differ", "remedy"),
                technical: format!("serverTime {service}, local {computer}"),
            },
            SignFailure::Signing(failure) => self.signing_failure(failure),
            SignFailure::Refused(error) => self.service_error(error),
            SignFailure::NotDelivered { error, .. } => {
                let line = self.service_error(error).technical;
                sentence!(self, "not-delivered", "sign-not-delivered", line)
            }
        }
    }

    /// Why nothing was signed.
    pub fn signing_failure(&self, failure: &Failure) -> Sentence {
        match failure {
            Failure::Certificate(obstacle) => self.obstacle(*obstacle),
            Failure::Preparing(error) => {
                sentence!(self, "sign-preparing", "sign-preparing", error.to_string())
            }
            Failure::Pin(outcome) => self.pin_outcome(outcome),
            Failure::Card(error) => {
                let line = self.token_error(error).technical;
                sentence!(self, "sign-card-failed", "sign-card-failed", line)
            }
            Failure::WrongAnswer => {
                let line = signature::Error::WrongSignature.to_string();
                sentence!(self, "wrong-signature", "sign-wrong-answer", line)
            }
        }
    }

    /// How far signing is, and whether the card may be pulled.
    pub fn signing_progress(&self, progress: Progress) -> String {
        match progress {
            Progress::Proving => fl!(self.texts, "sign-proving"),
            Progress::Signing { done, of } => {
                // People count from one.
                let done = done + 1;
                fl!(self.texts, "sign-signing", done = done, of = of)
            }
            Progress::Delivering => fl!(self.texts, "sign-delivering"),
        }
    }

    /// Why a link is not followed.
    pub fn link_fault(&self, fault: LinkFault) -> Sentence {
        let line = String::new();
        match fault {
            LinkFault::NotOurs => sentence!(self, "link-not-ours", "link-not-ours", line),
            LinkFault::Malformed => sentence!(self, "link-malformed", "link-malformed", line),
            LinkFault::UnknownService => sentence!(self, "link-service", "link-service", line),
            LinkFault::Code(fault) => self.code_fault(fault),
        }
    }

    /// What went wrong with a file that was to be signed or judged.
    pub fn file_error(&self, error: &FileError) -> Sentence {
        let line = super::card_parts::clean(&error.to_string());
        match error {
            FileError::Read { .. } => sentence!(self, "file-unreadable", "file-read", line),
            FileError::TooLarge { .. } => sentence!(self, "file-too-large", "file-too-large", line),
            FileError::Exists { .. } => sentence!(self, "file-exists", "file-exists", line),
            FileError::Write { .. } => sentence!(self, "file-unwritable", "file-write", line),
            FileError::NoSignature(_) => sentence!(self, "no-signature", "file-no-signature", line),
        }
    }

    /// The record of a signature could not be kept.
    pub fn archive_error(&self, error: &ArchiveError) -> Sentence {
        sentence!(self, "archive-unwritable", "archive-write", error.to_string())
    }
}
