//! From a verification code to the result.
//!
//! [`Session::claim`] judges the code and the texts; a fault there costs nothing. Everything counts by the service's
//! clock: a computer whose clock is wrong signs with the right time.

use std::time::{Duration, Instant};

use certificate::{Hash, text};
use service::{
    Claim, Client, Error, Item, ItemSignature, Level, ProblemKind, Refusal, RefusalReason, Sha256,
    Signatures, VerificationCode, control_code,
};
use signature::{Algorithm, Content, Packaging, Prepared, Request};
use time::OffsetDateTime;
use token::TokenHandle;

use crate::pin::Proof;

use super::archive::{Receipt, ReceiptItem, Signatory};
use super::{Demand, Failure, Progress, SigningChoice, sign_all};

const MOST_ITEMS: usize = 32;
/// The service's time is signed as the signing time. So far it may be off this computer's: the one or the other is
/// plainly wrong beyond, and the person has to know before anything is signed.
const MOST_DIFFERENCE: time::Duration = time::Duration::days(1);
/// All items together, in bytes.
const MOST_CONTENT: usize = 2 * 1024 * 1024;

/// What is to be signed, claimed from the service.
#[derive(Clone, Debug)]
pub struct Session {
    client: Client,
    claim: Claim,
    /// Who asks, cleaned.
    pub requester: String,
    /// What for, cleaned.
    pub purpose: String,
    /// The texts, at least one.
    pub texts: Vec<Text>,
    /// When the claim was asked for, by a clock that only goes forward.
    asked: Instant,
}

/// One text to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What people call it, cleaned.
    pub title: String,
    /// All of it, as it came; [`super::shown::shown`] makes it fit to be looked at.
    pub content: String,
    /// Its SHA-256.
    pub sha256: Sha256,
}

/// Why there is nothing to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimFailure {
    /// The service does not know such a code.
    CodeUnknown,
    /// The code's time is over.
    CodeExpired,
    /// Somebody has claimed it before.
    CodeClaimed,
    /// A text is not what it claims to be, or cannot be shown. The service was told that it is not signed.
    Content {
        /// Which one, from 1.
        item: usize,
        /// What is wrong.
        fault: ContentFault,
    },
    /// There is no text, or more than can be signed at once.
    Count,
    /// The control code does not follow from the texts: they are not those of the page.
    ControlCode,
    /// The service wants a form of signature that is not made here.
    Unsupported,
    /// The service could not be asked, or refused in another way.
    Service(Error),
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentFault {
    /// Its hash is another one than the service says.
    HashDiffers,
    /// It is no plain text.
    MediaType,
    /// Its bytes are not UTF-8.
    NotText,
    /// There is nothing in it.
    Empty,
    /// All texts together are too large.
    TooLarge,
}

/// Why nothing was signed, or why the service does not have it.
#[derive(Clone, Debug)]
pub enum SignFailure {
    /// The time ran out. If a PIN was sent, it was right.
    Expired,
    /// The service's clock and this computer's are more than a day apart: one of them is wrong, and it would be signed
    /// with the service's. No PIN was sent.
    ClocksDiffer {
        /// The time by the service's clock.
        service: OffsetDateTime,
        /// The time by this computer's clock.
        computer: OffsetDateTime,
    },
    /// Nothing was signed.
    Signing(Failure),
    /// The service did not take the signatures.
    Refused(Error),
    /// It is signed, and the service has not heard of it: [`Session::deliver`] tells it again, without card and PIN.
    NotDelivered {
        /// What is to be delivered.
        signed: Box<Undelivered>,
        /// Why it was not.
        error: Error,
    },
}

/// Signatures that the service may not have.
#[derive(Clone, Debug)]
pub struct Undelivered {
    signatures: Signatures,
    receipt: Receipt,
}

impl Session {
    /// Claims what a code stands for. A code is claimed once: whoever gets the session is the only one to have it.
    pub async fn claim(client: Client, code: &VerificationCode) -> Result<Self, ClaimFailure> {
        // Counted from before the question, so that the time left is never told too long.
        let asked = Instant::now();
        let claim = client.claim(code).await.map_err(claim_failure)?;
        match texts(&claim) {
            Ok(texts) => Ok(Self {
                requester: text::clean(&claim.requester),
                purpose: text::clean(&claim.purpose),
                client,
                claim,
                texts,
                asked,
            }),
            Err(failure) => {
                let refusal = Refusal {
                    reason: RefusalReason::Content,
                };
                // Whether it hears of it changes nothing here.
                let _ = client.refuse(&claim, refusal).await;
                Err(failure)
            }
        }
    }

    /// The four digits that the page shows too.
    pub fn control_code(&self) -> &str {
        &self.claim.control_code
    }

    /// Whether the signer has to confirm having read to the end.
    pub fn wants_reading(&self) -> bool {
        self.claim.read_to_end
    }

    /// What the service asks of the certificate.
    pub fn demand(&self) -> Demand {
        if self.claim.profile.qualified {
            Demand::Qualified
        } else {
            Demand::Binding
        }
    }

    /// When the page asked, by the service's clock.
    pub fn created_at(&self) -> OffsetDateTime {
        self.claim.created_at
    }

    /// The present time by the service's clock.
    pub fn service_time(&self, now: Instant) -> OffsetDateTime {
        let since = now.saturating_duration_since(self.asked);
        time::Duration::try_from(since)
            .ok()
            .and_then(|since| self.claim.server_time.checked_add(since))
            .unwrap_or(self.claim.server_time)
    }

    /// How long it can still be signed; zero once the time is over.
    pub fn left(&self, now: Instant) -> Duration {
        let left = self.claim.expires_at - self.service_time(now);
        left.try_into().unwrap_or(Duration::ZERO)
    }

    /// The person does not sign, or cannot: the page is told.
    pub async fn refuse(&self, reason: RefusalReason) -> Result<(), Error> {
        self.client.refuse(&self.claim, Refusal { reason }).await
    }

    /// Whether it can be signed with this certificate now; the signing time. To be asked before the PIN is: `now` is
    /// the present time by this computer's clock, which has no say but against a service that is far from it.
    pub fn ready(&self, choice: &SigningChoice, now: OffsetDateTime) -> Result<OffsetDateTime, SignFailure> {
        let instant = Instant::now();
        let at = self.service_time(instant);
        if self.left(instant).is_zero() {
            return Err(SignFailure::Expired);
        }
        if (at - now).abs() > MOST_DIFFERENCE {
            return Err(SignFailure::ClocksDiffer {
                service: at,
                computer: now,
            });
        }
        match choice.obstacle.or_else(|| choice.out_of_time(at)) {
            Some(obstacle) => Err(SignFailure::Signing(Failure::Certificate(obstacle))),
            None => Ok(at),
        }
    }

    /// Signs all texts and delivers the signatures, if it is [`Self::ready`].
    ///
    /// Dropping the future stops before the next signature; nothing is delivered then.
    pub async fn sign(
        &self,
        choice: &SigningChoice,
        pin: Proof,
        token: &TokenHandle,
        now: OffsetDateTime,
        mut progress: impl FnMut(Progress),
    ) -> Result<Receipt, SignFailure> {
        let at = self.ready(choice, now)?;
        let prepared = self.prepare(choice, at).map_err(SignFailure::Signing)?;
        let signed = sign_all(&prepared, choice, pin, token, &mut progress).await;
        let signed = signed.map_err(SignFailure::Signing)?;
        progress(Progress::Delivering);
        self.deliver(self.undelivered(choice, at, signed)).await
    }

    /// Delivers signatures: those that were just made, or again those of which the service may not have heard. It knows
    /// a repetition as one.
    pub async fn deliver(&self, signed: Undelivered) -> Result<Receipt, SignFailure> {
        match self
            .client
            .submit_signatures(&self.claim, &signed.signatures)
            .await
        {
            Ok(answer) => Ok(Receipt {
                signed_at: answer.signed_at,
                ..signed.receipt
            }),
            Err(Error::Refused { problem, .. }) if problem.kind == ProblemKind::CodeExpired => {
                Err(SignFailure::Expired)
            }
            Err(error @ (Error::Refused { .. } | Error::NoClient { .. })) => Err(SignFailure::Refused(error)),
            Err(error) => Err(SignFailure::NotDelivered {
                signed: Box::new(signed),
                error,
            }),
        }
    }

    fn prepare(&self, choice: &SigningChoice, at: OffsetDateTime) -> Result<Vec<Prepared>, Failure> {
        let algorithm = self.algorithm(choice).map_err(Failure::Preparing)?;
        let chain = choice.issuers();
        let prepare = |text: &Text| {
            Prepared::new(&Request {
                certificate: &choice.looked.certificate,
                chain: &chain,
                content: Content::Bytes(text.content.as_bytes()),
                packaging: match self.claim.profile.packaging {
                    service::Packaging::Attached => Packaging::Attached,
                    service::Packaging::Detached => Packaging::Detached,
                },
                algorithm,
                signing_time: at,
            })
        };
        let prepared: Result<Vec<Prepared>, signature::Error> = self.texts.iter().map(prepare).collect();
        prepared.map_err(Failure::Preparing)
    }

    /// The usual way for the key, with the hash that the service asks for.
    fn algorithm(&self, choice: &SigningChoice) -> Result<Algorithm, signature::Error> {
        let hash = match self.claim.profile.digest {
            service::Digest::Sha256 => Hash::Sha256,
            service::Digest::Sha384 => Hash::Sha384,
            service::Digest::Sha512 => Hash::Sha512,
        };
        Ok(match choice.algorithm()? {
            Algorithm::RsaPss(_) => Algorithm::RsaPss(hash),
            Algorithm::Ecdsa(_) => Algorithm::Ecdsa(hash),
            _ => Algorithm::RsaPkcs1(hash),
        })
    }

    fn undelivered(&self, choice: &SigningChoice, at: OffsetDateTime, signed: Vec<Vec<u8>>) -> Undelivered {
        let deliver = |item: &Item, cms: &[u8]| ItemSignature {
            item_id: item.id.clone(),
            cms: service::Bytes(cms.into()),
        };
        let signatures = self.claim.items.iter().zip(&signed);
        let signatures = signatures.map(|(item, cms)| deliver(item, cms)).collect();
        let items = self.texts.iter().zip(signed).map(|(text, cms)| ReceiptItem {
            title: text.title.clone(),
            sha256: text.sha256,
            content: service::Bytes(text.content.clone().into_bytes()),
            signature: service::Bytes(cms),
        });
        Undelivered {
            signatures: Signatures { signatures },
            receipt: Receipt {
                signed_at: at,
                service: self.client.address().to_string(),
                requester: self.requester.clone(),
                purpose: self.purpose.clone(),
                signatory: Signatory::of(&choice.looked.certificate),
                items: items.collect(),
            },
        }
    }
}

fn claim_failure(error: Error) -> ClaimFailure {
    let Error::Refused { problem, .. } = &error else {
        return ClaimFailure::Service(error);
    };
    match problem.kind {
        ProblemKind::CodeUnknown | ProblemKind::CodeMalformed => ClaimFailure::CodeUnknown,
        ProblemKind::CodeExpired => ClaimFailure::CodeExpired,
        ProblemKind::CodeAlreadyClaimed => ClaimFailure::CodeClaimed,
        _ => ClaimFailure::Service(error),
    }
}

/// The texts of a claim, each judged.
fn texts(claim: &Claim) -> Result<Vec<Text>, ClaimFailure> {
    if claim.profile.level != Level::Basic {
        return Err(ClaimFailure::Unsupported);
    }
    if claim.items.is_empty() || claim.items.len() > MOST_ITEMS {
        return Err(ClaimFailure::Count);
    }
    let mut total = 0_usize;
    let mut texts = Vec::with_capacity(claim.items.len());
    for (index, item) in claim.items.iter().enumerate() {
        let bytes = &item.content_base64.0;
        total = total.saturating_add(bytes.len());
        let fault = |fault| ClaimFailure::Content {
            item: index + 1,
            fault,
        };
        if total > MOST_CONTENT {
            return Err(fault(ContentFault::TooLarge));
        }
        if Sha256::of(bytes) != item.sha256 {
            return Err(fault(ContentFault::HashDiffers));
        }
        if !is_plain_text(&item.media_type) {
            return Err(fault(ContentFault::MediaType));
        }
        let content = String::from_utf8(bytes.clone()).map_err(|_| fault(ContentFault::NotText))?;
        if content.trim().is_empty() {
            return Err(fault(ContentFault::Empty));
        }
        texts.push(Text {
            title: text::clean(&item.title),
            content,
            sha256: item.sha256,
        });
    }
    let hashes: Vec<Sha256> = claim.items.iter().map(|item| item.sha256).collect();
    if control_code(&hashes) == claim.control_code {
        Ok(texts)
    } else {
        Err(ClaimFailure::ControlCode)
    }
}

/// `text/plain` in UTF-8 (RFC 2046 §4.1); what is not said is taken to be so.
fn is_plain_text(media_type: &str) -> bool {
    let mut parts = media_type.split(';').map(str::trim);
    let plain = parts
        .next()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("text/plain"));
    plain
        && parts.all(|parameter| {
            parameter.eq_ignore_ascii_case("charset=utf-8")
                || parameter.eq_ignore_ascii_case("charset=\"utf-8\"")
        })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
