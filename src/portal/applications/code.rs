//! The code by SMS that confirms an application: to the mobile phone that the form names, and, if that is another one,
//! to the one that is known.

use crate::{
    Error, Moment, Portal,
    error::At as _,
    fields::Phone,
    limits,
    outbox::{self, Notice},
    persons, secret,
    sessions::{CODE_DIGITS, CODE_TRIES, MOST_CODES, Pending, Sent, recipient, tell_later},
};

use super::{Application, conflict, get, note};

/// How many codes are sent for one application.
const MOST: i64 = 2 * MOST_CODES;

/// How it stands with the code of this application.
pub async fn pending(portal: &Portal, person: &str, id: &str) -> Result<Pending, Error> {
    let application = get(portal, person, id).await?;
    let row: Option<(i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT otp_sent_at, otp_count, otp_expires_at, otp_tries FROM application WHERE id = $1 AND state = 'otp'",
    )
    .bind(id)
    .fetch_optional(portal.store().read())
    .await
    .at("application code")?;
    let columns = row.ok_or_else(|| conflict(application.state))?;
    let phone = application
        .form
        .map_or_else(String::new, |form| form.mobile_phone.clone());
    Ok(Pending::of(portal, &phone, columns, MOST))
}

/// Sends the code; the one before is worth nothing any more.
pub async fn send_code(portal: &Portal, now: Moment, person: &str, id: &str) -> Result<Sent, Error> {
    let code = secret::digits(CODE_DIGITS)?;
    let policy = portal.policy();
    let expires_at = now.plus(policy.otp());
    limits::look(portal, now, limits::WRONG_CODES, person).await?;
    // Looked at first: what is not sent is not counted as sent.
    let pending = pending(portal, person, id).await?;
    if pending.resend_at.is_none_or(|again| now < again) {
        return Err(Error::RateLimited {
            retry_after: policy.resend(),
        });
    }
    limits::take(portal, now, limits::MESSAGES, person).await?;
    let sent = sqlx::query(
        "UPDATE application SET otp = $1, otp_expires_at = $2, otp_tries = 0, otp_sent_at = $3, \
         otp_count = otp_count + 1 WHERE id = $4 AND person = $5 AND state = 'otp' AND otp_sent_at <= $6 \
         AND otp_count < $7",
    )
    .bind(code_hash(portal, id, &code))
    .bind(expires_at.millis())
    .bind(now.millis())
    .bind(id)
    .bind(person)
    .bind(now.minus(policy.resend()).millis())
    .bind(MOST)
    .execute(portal.store().write())
    .await
    .at("application code")?;
    let application = get(portal, person, id).await?;
    if sent.rows_affected() == 0 {
        return Err(match application.state {
            super::State::Otp => Error::RateLimited {
                retry_after: policy.resend(),
            },
            state => conflict(state),
        });
    }
    let known = recipient(&persons::by_id(portal, person).await?);
    let mut named = known.clone();
    if let Some(form) = &application.form {
        // It was checked when the form came.
        if let Ok(phone) = Phone::parse_mobile(&form.mobile_phone) {
            phone.e164().clone_into(&mut named.phone);
        }
    }
    let notice = Notice::ApplicationCode(code);
    let sending = async {
        // The phone that is known first: nobody applies in another's name unseen.
        if known.phone != named.phone {
            outbox::send(portal, now, &known, &notice).await?;
        }
        outbox::send(portal, now, &named, &notice).await
    };
    if let Err(error) = sending.await {
        // As if none had been asked for: a code that never left is not to be waited for.
        sqlx::query(
            "UPDATE application SET otp = NULL, otp_expires_at = 0, otp_sent_at = 0, otp_count = otp_count - 1 \
             WHERE id = $1 AND otp_sent_at = $2",
        )
        .bind(id)
        .bind(now.millis())
        .execute(portal.store().write())
        .await
        .at("application code")?;
        return Err(error);
    }
    Ok(Sent {
        expires_at,
        resend_after: policy.resend(),
    })
}

fn code_hash(portal: &Portal, id: &str, code: &str) -> String {
    portal.keys().digest("application code", &[id, code])
}

/// Tries the code. After the last wrong try another one has to be sent.
pub async fn verify_code(
    portal: &Portal,
    now: Moment,
    person: &str,
    id: &str,
    code: &str,
) -> Result<Application, Error> {
    let given: String = code.chars().filter(|one| !one.is_whitespace()).take(64).collect();
    let mut tx = portal.store().begin().await?;
    let row: Option<(Option<String>, i64)> = sqlx::query_as(
        "UPDATE application SET otp_tries = otp_tries + 1 WHERE id = $1 AND person = $2 AND state = 'otp' \
         AND otp_tries < $3 AND otp_expires_at > $4 RETURNING otp, otp_tries",
    )
    .bind(id)
    .bind(person)
    .bind(CODE_TRIES)
    .bind(now.millis())
    .fetch_optional(&mut *tx)
    .await
    .at("application code")?;
    let Some((Some(expected), tries)) = row else {
        drop(tx);
        return Err(match get(portal, person, id).await?.state {
            super::State::Otp => Error::OtpExpired,
            state => conflict(state),
        });
    };
    let is_last = limits::take_in(portal, &mut tx, now, limits::WRONG_CODES, person).await?;
    if !secret::equal(&expected, &code_hash(portal, id, &given)) {
        let outcome = if is_last {
            "wrong code, the last"
        } else {
            "wrong code"
        };
        note(portal, &mut tx, now, person, id, outcome).await?;
        tx.commit().await.at("application code")?;
        if is_last {
            let person = persons::by_id(portal, person).await?;
            tell_later(portal, now, &person, Notice::CodesLocked);
        }
        return Err(Error::OtpInvalid {
            attempts_left: u32::try_from(CODE_TRIES - tries).unwrap_or(0),
        });
    }
    limits::give_back_in(portal, &mut tx, now, limits::WRONG_CODES, person).await?;
    sqlx::query("UPDATE application SET state = 'approval', otp = NULL, changed_at = $1 WHERE id = $2 AND state = 'otp'")
        .bind(now.millis())
        .bind(id)
        .execute(&mut *tx)
        .await
        .at("application code")?;
    note(portal, &mut tx, now, person, id, "phone confirmed").await?;
    tx.commit().await.at("application code")?;
    get(portal, person, id).await
}
