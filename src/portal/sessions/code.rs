//! The code by SMS.

use std::time::Duration;

use crate::{
    Error, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    limits,
    outbox::{self, Notice},
    persons, secret,
};

use super::{REGISTER, Secret, recipient, tell_later, token_hash};

/// How many digits a code has.
pub(crate) const CODE_DIGITS: usize = 6;
/// How often a code can be tried.
pub(crate) const CODE_TRIES: i64 = 5;
/// How many codes are sent in one session.
pub(crate) const MOST_CODES: i64 = 5;

/// A code that is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Until when it can be used.
    pub expires_at: Moment,
    /// After which time another can be asked for.
    pub resend_after: Duration,
}

/// How it stands with the code of a login or an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// The end of the phone number.
    pub masked_phone: String,
    /// How many codes were sent.
    pub sent: u32,
    /// How often the last one can still be tried.
    pub tries_left: u32,
    /// Until when it can be used; long ago if none was sent.
    pub expires_at: Moment,
    /// From when another one can be asked for; none: no more of them are sent.
    pub resend_at: Option<Moment>,
}

impl Pending {
    /// From the columns `otp_sent_at`, `otp_count`, `otp_expires_at` and `otp_tries`.
    pub(crate) fn of(portal: &Portal, phone: &str, columns: (i64, i64, i64, i64), most: i64) -> Self {
        let (sent_at, count, expires_at, tries) = columns;
        let again = Moment::from_millis(sent_at).plus(portal.policy().resend());
        Self {
            masked_phone: persons::masked_phone(phone),
            sent: u32::try_from(count).unwrap_or(u32::MAX),
            tries_left: u32::try_from(CODE_TRIES - tries).unwrap_or(0),
            expires_at: Moment::from_millis(expires_at),
            resend_at: (count < most).then_some(again),
        }
    }
}

/// How it stands with the code of this session.
pub async fn pending(portal: &Portal, now: Moment, session: &str) -> Result<Pending, Error> {
    let row: Option<(String, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT person.phone, otp_sent_at, otp_count, otp_expires_at, otp_tries FROM session \
         JOIN person ON person.id = session.person \
         WHERE session.id = $1 AND session.state IN ('otp_required', 'otp_sent') AND session.expires_at > $2",
    )
    .bind(session)
    .bind(now.millis())
    .fetch_optional(portal.store().read())
    .await
    .at("code pending")?;
    let (phone, sent_at, count, expires_at, tries) = row.ok_or(Error::CredentialsInvalid)?;
    let columns = (sent_at, count, expires_at, tries);
    Ok(Pending::of(portal, &phone, columns, MOST_CODES))
}

/// What a session's holder shows from now on.
#[derive(Clone)]
pub struct Authenticated {
    /// The bearer token.
    pub token: Secret,
    /// When the session ends in any case.
    pub expires_at: Moment,
}

impl std::fmt::Debug for Authenticated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Authenticated(…)")
    }
}

/// Sends the code; the one before is worth nothing any more.
pub async fn send_code(portal: &Portal, now: Moment, session: &str) -> Result<Sent, Error> {
    let code = secret::digits(CODE_DIGITS)?;
    let policy = portal.policy();
    let expires_at = now.plus(policy.otp());
    // Before anything is stored: a code that nobody is told of must not be there to be guessed.
    let (person, method) = person_to_tell(portal, now, session).await?;
    let purse = purse(&person, &method);
    limits::look(portal, now, limits::WRONG_CODES, &purse).await?;
    limits::take(portal, now, limits::MESSAGES, &purse).await?;
    let sent = sqlx::query(
        "UPDATE session SET state = 'otp_sent', otp = $1, otp_expires_at = $2, otp_tries = 0, otp_sent_at = $3, \
         otp_count = otp_count + 1, expires_at = $4 WHERE id = $5 AND state IN ('otp_required', 'otp_sent') \
         AND otp_sent_at <= $6 AND otp_count < $7 AND expires_at > $3",
    )
    .bind(code_hash(portal, session, &code))
    .bind(expires_at.millis())
    .bind(now.millis())
    .bind(now.plus(policy.idle()).millis())
    .bind(session)
    .bind(now.minus(policy.resend()).millis())
    .bind(MOST_CODES)
    .execute(portal.store().write())
    .await
    .at("code send")?;
    if sent.rows_affected() == 0 {
        return Err(not_sent(portal, now, session).await?);
    }
    let person = persons::by_id(portal, &person).await?;
    let sending = outbox::send(portal, now, &recipient(&person), &Notice::LoginCode(code)).await;
    if let Err(error) = sending {
        // As if none had been asked for: a code that never left is neither to be waited for nor to be guessed.
        sqlx::query(
            "UPDATE session SET otp = NULL, otp_expires_at = 0, otp_sent_at = 0, otp_count = otp_count - 1 \
             WHERE id = $1 AND otp_sent_at = $2 AND state = 'otp_sent'",
        )
        .bind(session)
        .bind(now.millis())
        .execute(portal.store().write())
        .await
        .at("code send")?;
        return Err(error);
    }
    Ok(Sent {
        expires_at,
        resend_after: policy.resend(),
    })
}

/// By which codes and wrong codes are counted. Whoever knows no more than the register's entry does not use up what the
/// person needs to log in by word.
fn purse(person: &str, method: &str) -> String {
    if method == REGISTER {
        format!("{person} {REGISTER}")
    } else {
        person.to_owned()
    }
}

/// Whom a code can be sent to now, and how the session was opened; nobody is counted as told who is not.
async fn person_to_tell(portal: &Portal, now: Moment, session: &str) -> Result<(String, String), Error> {
    let row: Option<(String, String)> = sqlx::query_as(
        "SELECT person, method FROM session WHERE id = $1 AND state IN ('otp_required', 'otp_sent') \
         AND otp_sent_at <= $2 AND otp_count < $3 AND expires_at > $4",
    )
    .bind(session)
    .bind(now.minus(portal.policy().resend()).millis())
    .bind(MOST_CODES)
    .bind(now.millis())
    .fetch_optional(portal.store().read())
    .await
    .at("code send")?;
    match row {
        Some(found) => Ok(found),
        None => Err(not_sent(portal, now, session).await?),
    }
}

/// Why no code was sent.
async fn not_sent(portal: &Portal, now: Moment, session: &str) -> Result<Error, Error> {
    let row: Option<(String, i64, i64, i64)> =
        sqlx::query_as("SELECT state, otp_sent_at, otp_count, expires_at FROM session WHERE id = $1")
            .bind(session)
            .fetch_optional(portal.store().read())
            .await
            .at("code send")?;
    Ok(match row {
        Some((state, _, count, expires_at))
            if expires_at > now.millis() && state.starts_with("otp_") && count >= MOST_CODES =>
        {
            Error::RateLimited {
                retry_after: portal.policy().lock(),
            }
        }
        Some((state, sent_at, _, expires_at)) if expires_at > now.millis() && state.starts_with("otp_") => {
            let again = Moment::from_millis(sent_at).plus(portal.policy().resend());
            Error::RateLimited {
                retry_after: now.until(again).max(Duration::from_secs(1)),
            }
        }
        // Over, locked, or never there.
        _ => Error::CredentialsInvalid,
    })
}

fn code_hash(portal: &Portal, session: &str, code: &str) -> String {
    portal.keys().digest("login code", &[session, code])
}

/// Tries the code. After the last wrong try the session is locked.
pub async fn verify_code(
    portal: &Portal,
    now: Moment,
    session: &str,
    code: &str,
) -> Result<Authenticated, Error> {
    let given: String = code.chars().filter(|one| !one.is_whitespace()).take(64).collect();
    let token = secret::token()?;
    let mut tx = portal.store().begin().await?;
    let row: Option<(Option<String>, i64, String, String)> = sqlx::query_as(
        "UPDATE session SET otp_tries = otp_tries + 1 WHERE id = $1 AND state = 'otp_sent' AND otp_tries < $2 \
         AND otp_expires_at > $3 AND expires_at > $3 RETURNING otp, otp_tries, person, method",
    )
    .bind(session)
    .bind(CODE_TRIES)
    .bind(now.millis())
    .fetch_optional(&mut *tx)
    .await
    .at("code verify")?;
    let Some((Some(expected), tries, person, method)) = row else {
        drop(tx);
        return Err(not_tried(portal, session).await?);
    };
    // Counted for the person, too, whichever session: who knows the word would else guess in one after the other.
    let purse = purse(&person, &method);
    let is_last = limits::take_in(portal, &mut tx, now, limits::WRONG_CODES, &purse).await?;
    let right = secret::equal(&expected, &code_hash(portal, session, &given));
    if right {
        limits::give_back_in(portal, &mut tx, now, limits::WRONG_CODES, &purse).await?;
    }
    let (state, outcome) = match right {
        true => ("authenticated", "authenticated"),
        false if is_last || tries >= CODE_TRIES => ("locked", "locked"),
        false => ("otp_sent", "wrong"),
    };
    let expires_at = now.plus(portal.policy().session());
    sqlx::query(
        "UPDATE session SET state = $1, otp = CASE WHEN $1 = 'otp_sent' THEN otp ELSE NULL END, \
         token = CASE WHEN $1 = 'authenticated' THEN $2 ELSE NULL END, seen_at = $3, \
         expires_at = CASE WHEN $1 = 'authenticated' THEN $4 ELSE expires_at END WHERE id = $5",
    )
    .bind(state)
    .bind(token_hash(portal, &token))
    .bind(now.millis())
    .bind(expires_at.millis())
    .bind(session)
    .execute(&mut *tx)
    .await
    .at("code verify")?;
    let entry = Entry {
        actor: &person,
        action: "session.code",
        subject: session,
        outcome,
    };
    audit::append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("code verify")?;
    if right {
        return Ok(Authenticated { token, expires_at });
    }
    if is_last {
        let person = persons::by_id(portal, &person).await?;
        tell_later(portal, now, &person, Notice::CodesLocked);
    }
    Err(Error::OtpInvalid {
        attempts_left: u32::try_from(CODE_TRIES - tries).unwrap_or(0),
    })
}

/// Why no code could be tried. A session that has let somebody in already tells nobody so.
async fn not_tried(portal: &Portal, session: &str) -> Result<Error, Error> {
    let row: Option<(String,)> = sqlx::query_as("SELECT state FROM session WHERE id = $1")
        .bind(session)
        .fetch_optional(portal.store().read())
        .await
        .at("code verify")?;
    Ok(if row.is_some() {
        Error::OtpExpired
    } else {
        Error::CredentialsInvalid
    })
}
