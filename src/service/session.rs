//! Logging in: `POST /login-challenges`, `POST /sessions` and what follows. A session goes
//! `otp-required → otp-sent → authenticated → closed | expired | locked`.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{Bearer, Bytes, Id, IdentityNumber, Person, Secret};

/// What shows that a person is there: a picture with letters, and the same as a question in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct LoginChallenge {
    /// Good for one login.
    pub challenge_id: Id,
    /// A PNG picture.
    pub image: Bytes,
    /// A question in words with an answer of its own, for people who do not see the picture; in the language of
    /// `Accept-Language` (Turkish if none is known).
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub text_alternative: String,
    /// Until when it is good.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
}

/// Opens a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct NewSession {
    /// Who.
    #[serde(flatten)]
    pub person: Person,
    /// The word chosen at application.
    pub security_word: Secret,
    /// The challenge that was answered.
    pub challenge_id: Id,
    /// The letters of the picture or the answer to the question; capitals make no difference. At most 32 characters.
    #[cfg_attr(feature = "schema", schema(max_length = 32))]
    pub captcha_answer: String,
}

/// A session that still wants the SMS code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SessionOpened {
    /// The session.
    pub session_id: Id,
    /// The mobile number that a code can be sent to, of which only the last two digits are shown.
    #[cfg_attr(feature = "schema", schema(max_length = 32))]
    pub masked_phone: String,
}

/// A code is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OtpSent {
    /// Until when it is good.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
    /// The service's present time: counting down goes by its clock.
    #[serde(with = "time::serde::rfc3339")]
    pub server_time: OffsetDateTime,
    /// After how many seconds another one may be asked for.
    pub resend_after_seconds: u32,
}

/// The code as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OtpEntered {
    /// Six digits.
    pub code: Secret,
}

/// Somebody is who they said to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Authenticated {
    /// The bearer token for the calls that follow (RFC 6750).
    #[cfg_attr(feature = "schema", schema(value_type = Secret))]
    pub token: Bearer,
    /// The holder's name, to be shown.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    pub name: String,
    /// The end at the latest; the session ends earlier after 15 minutes without a call.
    #[serde(with = "time::serde::rfc3339")]
    pub expires_at: OffsetDateTime,
}

/// Asks for a login by signature (`POST /sessions/signed`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedLogin {
    /// Who.
    pub identity_number: IdentityNumber,
}

/// Asks for the e-mail by which a new security word is set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct WordReset {
    /// Who.
    #[serde(flatten)]
    pub person: Person,
    /// The challenge that was answered.
    pub challenge_id: Id,
    /// As in [`NewSession`].
    #[cfg_attr(feature = "schema", schema(max_length = 32))]
    pub captcha_answer: String,
}
