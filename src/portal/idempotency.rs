//! `Idempotency-Key`: the same key stands for the same request.
//!
//! Only which request came with a key is kept, not its answer: every call that takes a key can be made again without
//! harm (a confirmation that is there already, a claim by whoever has it), and gives the same answer from what is
//! stored. So nothing can be left half done between an act and the record of its answer.

use std::time::Duration;

use crate::{Error, FieldFault, Moment, Portal, error::At as _, secret};

/// How long a key is remembered.
const REMEMBERED: Duration = Duration::from_hours(24);

/// The longest key, in characters.
pub(crate) const LONGEST: usize = 128;

/// Refuses a key that stood for another request of the same caller before. `scope` is the caller and the call.
pub(crate) async fn check(
    portal: &Portal,
    now: Moment,
    scope: &str,
    key: &str,
    request: &[u8],
) -> Result<(), Error> {
    let visible = (1..=LONGEST).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !visible {
        return Err(Error::field("Idempotency-Key", FieldFault::Malformed));
    }
    let request = portal.keys().digest("request", &[&secret::sha256_hex(request)]);
    let (before,): (String,) = sqlx::query_as(
        "INSERT INTO idempotency (id, request, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (id) DO UPDATE SET created_at = idempotency.created_at RETURNING request",
    )
    .bind(portal.keys().digest("idempotency", &[scope, key]))
    .bind(&request)
    .bind(now.millis())
    .fetch_one(portal.store().write())
    .await
    .at("idempotency")?;
    if secret::equal(&before, &request) {
        Ok(())
    } else {
        Err(Error::IdempotencyKeyReused)
    }
}

/// The name of what a call makes: the same for the same caller and key, another one without a key.
pub(crate) fn name(portal: &Portal, scope: &str, key: Option<&str>) -> Result<String, Error> {
    match key {
        Some(key) => Ok(portal
            .keys()
            .digest("name", &[scope, key])
            .chars()
            .take(22)
            .collect()),
        None => secret::name(),
    }
}

/// Forgets old keys.
pub(crate) async fn sweep(portal: &Portal, now: Moment) -> Result<(), Error> {
    sqlx::query("DELETE FROM idempotency WHERE created_at < $1")
        .bind(now.minus(REMEMBERED).millis())
        .execute(portal.store().write())
        .await
        .at("idempotency sweep")?;
    Ok(())
}
