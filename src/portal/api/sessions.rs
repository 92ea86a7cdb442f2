//! Logging in.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use service::{
    Authenticated, Bearer, Bytes, Id, LoginChallenge, NewSession, OtpEntered, OtpSent, Secret, SessionOpened,
    SignedLogin, TransactionCreated, WordReset,
};

use crate::{
    Error, Moment, Portal, persons,
    sessions::{self, Login},
    words::Word,
};

use super::{
    Caller, Refused,
    extract::{Body, Names, bearer, is_english},
    problem::Problems,
    signing::created,
};

pub(super) fn id(name: &str) -> Result<Id, Error> {
    Id::parse(name).ok_or_else(|| Error::internal("id", "not a name that can stand in an address"))
}

pub(super) fn secret(text: zeroize::Zeroizing<String>) -> Result<Secret, Error> {
    Secret::new(text).ok_or_else(|| Error::internal("secret", "too long"))
}

pub(super) fn token(text: &str) -> Result<Bearer, Error> {
    Bearer::parse(text.as_bytes()).map_err(|_| Error::internal("token", "not a bearer token"))
}

/// A picture to read, or a question to answer.
#[utoipa::path(post, path = "/login-challenges", tag = "sessions",
    responses((status = 201, body = LoginChallenge), Problems))]
pub(super) async fn challenge(
    State(portal): State<Portal>,
    Caller(address): Caller,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<LoginChallenge>), Refused> {
    let challenge = sessions::challenge(&portal, Moment::now(), &address).await?;
    let [turkish, english] = challenge.alternative;
    let text_alternative = if is_english(&headers) { english } else { turkish };
    let body = LoginChallenge {
        challenge_id: id(&challenge.id)?,
        image: Bytes(challenge.png),
        text_alternative,
        expires_at: challenge.expires_at.date_time(),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Logs in with the security word.
#[utoipa::path(post, path = "/sessions", tag = "sessions", request_body = NewSession,
    responses((status = 201, body = SessionOpened), Problems))]
pub(super) async fn open(
    State(portal): State<Portal>,
    Caller(address): Caller,
    Body { value, .. }: Body<NewSession>,
) -> Result<(StatusCode, Json<SessionOpened>), Refused> {
    let login = Login {
        identity: persons::of_wire(&value.person)?,
        word: Word::typed(value.security_word.expose()),
        challenge: value.challenge_id.as_str().to_owned(),
        answer: value.captcha_answer,
    };
    let opened = sessions::open(&portal, Moment::now(), &address, login).await?;
    let body = SessionOpened {
        session_id: id(&opened.session)?,
        masked_phone: opened.masked_phone,
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// Sends the code by SMS, or another one.
#[utoipa::path(post, path = "/sessions/{id}/otp", tag = "sessions", params(("id" = Id, Path)),
    responses((status = 202, body = OtpSent), Problems))]
pub(super) async fn send_code(
    State(portal): State<Portal>,
    Names(session): Names<Id>,
) -> Result<(StatusCode, Json<OtpSent>), Refused> {
    let now = Moment::now();
    let sent = sessions::send_code(&portal, now, session.as_str()).await?;
    Ok((StatusCode::ACCEPTED, Json(otp_sent(now, &sent))))
}

pub(super) fn otp_sent(now: Moment, sent: &sessions::Sent) -> OtpSent {
    OtpSent {
        expires_at: sent.expires_at.date_time(),
        server_time: now.date_time(),
        resend_after_seconds: u32::try_from(sent.resend_after.as_secs()).unwrap_or(u32::MAX),
    }
}

/// Tries the code.
#[utoipa::path(post, path = "/sessions/{id}/otp/verify", tag = "sessions", params(("id" = Id, Path)),
    request_body = OtpEntered, responses((status = 200, body = Authenticated), Problems))]
pub(super) async fn verify_code(
    State(portal): State<Portal>,
    Names(session): Names<Id>,
    Body { value, .. }: Body<OtpEntered>,
) -> Result<Json<Authenticated>, Refused> {
    let entered = value.code.expose();
    let let_in = sessions::verify_code(&portal, Moment::now(), session.as_str(), entered).await?;
    Ok(Json(authenticated(&portal, let_in).await?))
}

/// With the name of whoever was let in.
pub(super) async fn authenticated(
    portal: &Portal,
    let_in: sessions::Authenticated,
) -> Result<Authenticated, Error> {
    let session = sessions::authenticate(portal, Moment::now(), &let_in.token).await?;
    let person = persons::by_id(portal, &session.person).await?;
    Ok(Authenticated {
        token: token(&let_in.token)?,
        name: format!("{} {}", person.first_name, person.last_name),
        expires_at: let_in.expires_at.date_time(),
    })
}

/// Asks for a login by signature.
#[utoipa::path(post, path = "/sessions/signed", tag = "sessions", request_body = SignedLogin,
    responses((status = 201, body = TransactionCreated), Problems))]
pub(super) async fn signed(
    State(portal): State<Portal>,
    Caller(address): Caller,
    Body { value, .. }: Body<SignedLogin>,
) -> Result<(StatusCode, Json<TransactionCreated>), Refused> {
    let now = Moment::now();
    let identity = persons::of_wire(&service::Person::Identity(value.identity_number))?;
    let transaction = crate::signing::begin_login(&portal, now, &address, identity).await?;
    Ok((StatusCode::CREATED, Json(created(now, transaction)?)))
}

/// Sends a link for a new security word, if the service knows the person.
#[utoipa::path(post, path = "/security-word/reset", tag = "sessions", request_body = WordReset,
    responses((status = 202), Problems))]
pub(super) async fn reset_word(
    State(portal): State<Portal>,
    Caller(address): Caller,
    Body { value, .. }: Body<WordReset>,
) -> Result<StatusCode, Refused> {
    let (identity, challenge) = (persons::of_wire(&value.person)?, value.challenge_id.as_str());
    let answer = &value.captcha_answer;
    sessions::request_word(&portal, Moment::now(), &address, &identity, challenge, answer).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Logs out.
#[utoipa::path(delete, path = "/sessions/{id}", tag = "sessions", params(("id" = Id, Path)),
    security(("session" = [])), responses((status = 204), Problems))]
pub(super) async fn close(
    State(portal): State<Portal>,
    Names(session): Names<Id>,
    headers: HeaderMap,
) -> Result<StatusCode, Refused> {
    let token = bearer(&headers);
    sessions::close(&portal, Moment::now(), session.as_str(), token.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
