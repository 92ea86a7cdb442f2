//! Signing by verification code: the page asks, the application claims and answers. A transaction goes
//! `created → claimed → completed | refused | expired | failed`.

use std::fmt;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Bearer, Bytes, Id, Sha256};

/// Fifteen digits by which an application finds what a page wants signed; the last one is a check digit (ISO/IEC 7064,
/// MOD 11,10), so that a cut-off or mistyped copy shows before anything is asked for. Not shown in `Debug`.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, pattern = "^[0-9]{15}$"))]
#[serde(try_from = "String", into = "String")]
pub struct VerificationCode(String);

/// Why a text is no verification code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeFault {
    /// Something else than digits, blanks and dashes.
    NotDigits,
    /// Not 15 digits.
    Length {
        /// How many there are.
        digits: usize,
    },
    /// The check digit does not fit: a digit is mistyped.
    CheckDigit,
}

impl VerificationCode {
    /// How many digits.
    pub const DIGITS: usize = 15;

    /// From what was typed or pasted: blanks and dashes do no harm. The check digit is looked at unless the service's
    /// profile says that its codes have none.
    pub fn typed(text: &str, check_digit: bool) -> Result<Self, CodeFault> {
        let dash = |letter: char| matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        // Zero-width characters come along from web pages.
        let blank = |letter: char| {
            letter.is_whitespace() || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}')
        };
        let digits: String = text
            .chars()
            .filter(|letter| !dash(*letter) && !blank(*letter))
            .take(64)
            .collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(CodeFault::NotDigits);
        }
        if digits.len() != Self::DIGITS {
            return Err(CodeFault::Length { digits: digits.len() });
        }
        if check_digit && remainder(&digits) != 1 {
            return Err(CodeFault::CheckDigit);
        }
        Ok(Self(digits))
    }

    /// The code of these fourteen digits, of which the caller vouches for the randomness; `None` if they are not
    /// fourteen digits.
    pub fn with_check_digit(fourteen: &str) -> Option<Self> {
        if fourteen.len() != Self::DIGITS - 1 || !fourteen.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        (0..10)
            .map(|digit| format!("{fourteen}{digit}"))
            .find(|digits| remainder(digits) == 1)
            .map(Self)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// In groups of three, as people read it.
    pub fn grouped(&self) -> String {
        let groups: Vec<_> = self.0.as_bytes().chunks(3).map(String::from_utf8_lossy).collect();
        groups.join(" ")
    }
}

/// ISO/IEC 7064, MOD 11,10: 1 for digits whose last one is the right check digit.
fn remainder(digits: &str) -> u32 {
    let (last, before) = digits.as_bytes().split_last().unwrap_or((&b'0', &[]));
    let value = |digit: &u8| u32::from(digit.saturating_sub(b'0'));
    let product = before.iter().fold(10, |product, digit| {
        let sum = (product + value(digit)) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (product + value(last)) % 10
}

impl fmt::Debug for VerificationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VerificationCode(…)")
    }
}

impl TryFrom<String> for VerificationCode {
    type Error = &'static str;

    /// Without looking at the check digit: whether codes have one is the service's business.
    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::typed(&text, false).map_err(|_| "not a verification code")
    }
}

impl From<VerificationCode> for String {
    fn from(code: VerificationCode) -> Self {
        code.0
    }
}

/// Claims what a code stands for (`POST /signing-claims`). One claim only; the same `Idempotency-Key` gets the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewClaim {
    /// The code that the page shows.
    pub verification_code: VerificationCode,
}

/// What is to be signed, for whom, and until when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// The transaction.
    pub transaction_id: Id,
    /// The bearer token for this transaction alone.
    #[cfg_attr(feature = "schema", schema(value_type = crate::Secret))]
    pub claim_token: Bearer,
    /// Who asks, for instance an institution's name; to be cleaned before it is shown.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub requester: String,
    /// What for; to be cleaned before it is shown.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub purpose: String,
    /// Four digits that the page shows too: see [`control_code`].
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]{4}$"))]
    pub control_code: String,
    /// The service's present time: counting down goes by its clock.
    #[serde(with = "time::serde::rfc3339")]
    pub server_time: OffsetDateTime,
    /// When the page asked.
    #[serde(with = "time::serde::rfc3339")]
    pub created_at: OffsetDateTime,
    /// Until when it can be signed.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
    /// 1 to 32, together at most 2 MiB.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 32))]
    pub items: Vec<Item>,
    /// Which signature is wanted.
    pub profile: SignatureProfile,
    /// Whether the signer has to confirm having read to the end.
    #[serde(default)]
    pub read_to_end: bool,
}

/// One thing to be signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// What the service calls it.
    pub id: Id,
    /// What people call it; to be cleaned before it is shown.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub title: String,
    /// `text/plain; charset=utf-8`; others are refused by this application.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 200, example = "text/plain; charset=utf-8")
    )]
    pub media_type: String,
    /// The bytes to be signed.
    pub content_base64: Bytes,
    /// Their SHA-256.
    pub sha256: Sha256,
}

/// Which signature a service takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignatureProfile {
    /// How much it holds.
    pub level: Level,
    /// Whether the content lies in it.
    pub packaging: Packaging,
    /// The hash of content and signature.
    pub digest: Digest,
    /// Whether the signer's certificate has to be a qualified one.
    #[serde(default)]
    pub qualified: bool,
}

/// ETSI EN 319 122-1, section 6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Level {
    /// Basic.
    #[serde(rename = "B-B")]
    Basic,
    /// With a time stamp.
    #[serde(rename = "B-T")]
    TimeStamped,
}

/// Where the content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Packaging {
    /// In the signature.
    Attached,
    /// Beside it.
    Detached,
}

/// The hash of content and signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Digest {
    /// FIPS 180-4.
    #[serde(rename = "SHA-256")]
    Sha256,
    /// FIPS 180-4.
    #[serde(rename = "SHA-384")]
    Sha384,
    /// FIPS 180-4.
    #[serde(rename = "SHA-512")]
    Sha512,
}

/// The signatures of all items at once, in any order (`POST /signing-transactions/{id}/signatures`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Signatures {
    /// One an item.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 32))]
    pub signatures: Vec<ItemSignature>,
}

/// The signature of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ItemSignature {
    /// The item.
    pub item_id: Id,
    /// CMS `SignedData` (DER).
    pub cms: Bytes,
}

/// The service has verified every signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Signed {
    /// When it took them.
    #[serde(with = "time::serde::rfc3339")]
    pub signed_at: OffsetDateTime,
}

/// The signer does not sign (`POST /signing-transactions/{id}/refusal`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// Why.
    pub reason: RefusalReason,
}

/// Why somebody does not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum RefusalReason {
    /// The person decided so.
    User,
    /// No certificate is there that may sign this.
    NoCertificate,
    /// The contents do not match their hashes, or cannot be shown.
    Content,
}

/// What a page wants signed (`POST /signing-transactions`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewTransaction {
    /// What for, at most 200 characters.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub purpose: String,
    /// 1 to 32, together at most 2 MiB.
    #[cfg_attr(feature = "schema", schema(min_items = 1, max_items = 32))]
    pub items: Vec<NewItem>,
    /// Which signature is wanted.
    pub profile: SignatureProfile,
    /// Whether the signer has to confirm having read to the end.
    #[serde(default)]
    pub read_to_end: bool,
}

/// One thing that a page wants signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewItem {
    /// At most 200 characters.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub title: String,
    /// `text/plain; charset=utf-8`.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 200, example = "text/plain; charset=utf-8")
    )]
    pub media_type: String,
    /// The bytes.
    pub content_base64: Bytes,
}

/// What the page shows while it waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TransactionCreated {
    /// The transaction.
    pub id: Id,
    /// The page's own credential for it, shown with each look (a bearer token).
    #[cfg_attr(feature = "schema", schema(value_type = crate::Secret))]
    pub page_token: Bearer,
    /// For the person to carry to the application.
    pub verification_code: VerificationCode,
    /// See [`control_code`].
    #[cfg_attr(feature = "schema", schema(pattern = "^[0-9]{4}$"))]
    pub control_code: String,
    /// The service's present time.
    #[serde(with = "time::serde::rfc3339")]
    pub server_time: OffsetDateTime,
    /// Until when it can be signed.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
}

/// How a transaction stands (`GET /signing-transactions/{id}`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Transaction {
    /// The transaction.
    pub id: Id,
    /// How far it is.
    pub state: TransactionState,
    /// The service's present time.
    #[serde(with = "time::serde::rfc3339")]
    pub server_time: OffsetDateTime,
    /// Until when it can be signed.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
    /// When it was signed.
    #[serde(
        default,
        with = "time::serde::rfc3339::option",
        skip_serializing_if = "Option::is_none"
    )]
    pub signed_at: Option<OffsetDateTime>,
    /// Who signed, as the certificate names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub signer: Option<String>,
}

/// How far a transaction is. One that this version does not know is an error, never a guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TransactionState {
    /// The code waits to be claimed.
    Created,
    /// An application has claimed it.
    Claimed,
    /// Signed.
    Completed,
    /// The signer refused.
    Refused,
    /// Its time ran out.
    Expired,
    /// The signatures were not good.
    Failed,
}

/// Four digits derived from what is to be signed: shown by the page and by the application, so that a swapped code shows.
///
/// SHA-256 over the items' SHA-256 hashes in their order; the first four bytes as a big-endian number, modulo 10,000.
pub fn control_code(items: &[Sha256]) -> String {
    let all: Vec<u8> = items.iter().flat_map(|hash| hash.0).collect();
    let Sha256([a, b, c, d, ..]) = Sha256::of(&all);
    format!("{:04}", u32::from_be_bytes([a, b, c, d]) % 10_000)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_standard() {
        // ISO/IEC 7064's own example for MOD 11,10: 0794 has the check digit 5.
        assert_eq!(remainder("07945"), 1);
        assert_ne!(remainder("07946"), 1);
    }

    #[test]
    fn copies_with_blanks_and_dashes_are_taken() {
        let code = VerificationCode::with_check_digit("12345678901234").unwrap();
        let grouped = code.grouped();
        for text in [
            grouped.clone(),
            grouped.replace(' ', "-"),
            grouped.replace(' ', " – "),
            format!("\u{feff}{grouped}\n"),
            grouped.replace(' ', "\u{200b}"),
        ] {
            assert_eq!(
                VerificationCode::typed(&text, true).as_ref(),
                Ok(&code),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_is_wrong_with_a_code_is_known() {
        let length = |digits| Err(CodeFault::Length { digits });
        assert_eq!(VerificationCode::typed("", true), length(0));
        assert_eq!(VerificationCode::typed("12345678901234", true), length(14));
        assert_eq!(VerificationCode::typed("1234567890123456", true), length(16));
        assert_eq!(VerificationCode::typed(&"1".repeat(10_000), true), length(64));
        assert_eq!(
            VerificationCode::typed("12345678901234x", true),
            Err(CodeFault::NotDigits)
        );
        assert_eq!(
            VerificationCode::typed("١٢٣٤٥٦٧٨٩٠١٢٣٤٥", true),
            Err(CodeFault::NotDigits)
        );
        let code = VerificationCode::with_check_digit("12345678901234").unwrap();
        let last = code.as_str().bytes().last().unwrap();
        let other = format!("12345678901234{}", (last - b'0' + 1) % 10);
        assert_eq!(VerificationCode::typed(&other, true), Err(CodeFault::CheckDigit));
        assert!(VerificationCode::typed(&other, false).is_ok());
    }

    #[test]
    fn a_code_is_never_shown_in_debug_output() {
        let claim = NewClaim {
            verification_code: VerificationCode::with_check_digit("12345678901234").unwrap(),
        };
        assert!(!format!("{claim:?}").contains("123456"));
    }

    #[test]
    fn the_control_code_depends_on_every_item_and_their_order() {
        let (a, b) = (Sha256::of(b"a"), Sha256::of(b"b"));
        let codes = [control_code(&[a]), control_code(&[a, b]), control_code(&[b, a])];
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit()))
        );
        assert_ne!(codes[0], codes[1]);
        assert_ne!(codes[1], codes[2]);
    }

    #[test]
    fn an_unknown_state_is_an_error() {
        assert!(serde_json::from_str::<TransactionState>("\"paused\"").is_err());
    }

    proptest! {
        #[test]
        fn one_mistyped_digit_shows(fourteen in "[0-9]{14}", place in 0_usize..15, digit in b'0'..=b'9') {
            let code = VerificationCode::with_check_digit(&fourteen).unwrap();
            let mut bytes = code.as_str().as_bytes().to_vec();
            prop_assume!(bytes[place] != digit);
            bytes[place] = digit;
            let typed = String::from_utf8(bytes).unwrap();
            prop_assert_eq!(VerificationCode::typed(&typed, true), Err(CodeFault::CheckDigit));
        }

        #[test]
        fn no_text_does_harm(text in ".{0,100}") {
            let _ = VerificationCode::typed(&text, true);
        }
    }
}
