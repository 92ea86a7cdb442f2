//! How often something may be done: counted in the store, so for all instances together.

use std::time::Duration;

use crate::{Error, Moment, Portal, error::At as _, store::Writing};

/// So many uses within each span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Its name; each has its own count.
    pub name: &'static str,
    /// How many uses.
    pub uses: u32,
    /// Within how long.
    pub span: Duration,
    /// Whether the policy's `limits-times` leaves it alone.
    pub is_strict: bool,
}

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

/// Captchas, by address.
pub(crate) const CHALLENGES: Limit = limit("challenges", 60, MINUTE);
/// Logins, by address.
pub(crate) const LOGINS: Limit = limit("logins", 60, MINUTE);
/// Logins by signature, by address and identity: whoever asks for others' cannot keep them from asking.
pub(crate) const SIGNED_LOGINS: Limit = limit("signed-logins", 10, MINUTE);
/// Messages to one person.
pub(crate) const MESSAGES: Limit = limit("messages", 20, HOUR);
/// Links for a new security word, by address and identity.
pub(crate) const RESETS: Limit = limit("resets", 3, HOUR);
/// Links that are really sent to one person, wherever they were asked for.
pub(crate) const LINKS: Limit = limit("links", 10, HOUR);
/// Wrong SMS codes of one person, whichever session or application they were for.
pub(crate) const WRONG_CODES: Limit = Limit {
    is_strict: true,
    ..limit("wrong-codes", 20, DAY)
};
/// Texts of their own that one person has signed.
pub(crate) const TEXTS: Limit = limit("texts", 60, HOUR);
/// Applications that one person begins.
pub(crate) const APPLICATIONS: Limit = limit("applications", 30, HOUR);
/// Forms with a new security word, which is hashed, that one person hands in.
pub(crate) const FORMS: Limit = limit("forms", 30, HOUR);
/// Applications and consents that one person is to sign.
pub(crate) const APPROVALS: Limit = limit("approvals", 60, HOUR);
/// How often one person changes where they are reached: each time the address before is told.
pub(crate) const REACH: Limit = limit("reach", 10, HOUR);
/// Wrong verification codes, by address.
pub(crate) const WRONG_CLAIMS: Limit = limit("wrong-claims", 10, MINUTE);

const fn limit(name: &'static str, uses: u32, span: Duration) -> Limit {
    Limit {
        name,
        uses,
        span,
        is_strict: false,
    }
}

impl Limit {
    /// How many uses, by this service's policy.
    fn most(self, portal: &Portal) -> i64 {
        let times = if self.is_strict {
            1
        } else {
            portal.policy().limits_times()
        };
        i64::from(self.uses) * times
    }
}

fn used_up(now: Moment, limit: Limit) -> Error {
    let retry_after = Duration::from_millis(left(now, limit));
    Error::RateLimited { retry_after }
}

/// Uses one up; refuses what is too much. One statement, so that no two calls share a use.
pub(crate) async fn take(portal: &Portal, now: Moment, limit: Limit, who: &str) -> Result<(), Error> {
    let uses = count(portal, portal.store().write(), now, limit, who, 1).await?;
    if uses > limit.most(portal) {
        return Err(used_up(now, limit));
    }
    Ok(())
}

/// Uses one up as part of a transaction, which has to be given up if this is refused. True: it was the last one.
pub(crate) async fn take_in(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    limit: Limit,
    who: &str,
) -> Result<bool, Error> {
    let uses = count(portal, &mut **tx, now, limit, who, 1).await?;
    if uses > limit.most(portal) {
        return Err(used_up(now, limit));
    }
    Ok(uses == limit.most(portal))
}

/// Gives back what the same transaction has taken.
pub(crate) async fn give_back_in(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    limit: Limit,
    who: &str,
) -> Result<(), Error> {
    count(portal, &mut **tx, now, limit, who, -1).await.map(drop)
}

/// Refuses if everything is used up, without using anything.
pub(crate) async fn look(portal: &Portal, now: Moment, limit: Limit, who: &str) -> Result<(), Error> {
    let (id, span) = (key(portal, limit, who), span(now, limit));
    let row: Option<(i64,)> =
        sqlx::query_as("SELECT uses FROM rate WHERE id = $1 AND span BETWEEN $2 AND $2 + 1")
            .bind(&id)
            .bind(span)
            .fetch_optional(portal.store().read())
            .await
            .at("limits look")?;
    if row.is_some_and(|(uses,)| uses >= limit.most(portal)) {
        return Err(used_up(now, limit));
    }
    Ok(())
}

async fn count<'c>(
    portal: &Portal,
    store: impl sqlx::Executor<'c, Database = sqlx::Any>,
    now: Moment,
    limit: Limit,
    who: &str,
    by: i64,
) -> Result<i64, Error> {
    let (id, span) = (key(portal, limit, who), span(now, limit));
    // An instance whose clock is behind counts in the others' span: at each span's edge they would begin anew in turns.
    let ends_at = now.millis().saturating_add(length(limit));
    let row: (i64,) = sqlx::query_as(
        "INSERT INTO rate (id, span, uses, ends_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (id) DO UPDATE SET \
         uses = CASE WHEN rate.span BETWEEN excluded.span AND excluded.span + 1 THEN rate.uses + excluded.uses ELSE excluded.uses END, \
         span = CASE WHEN rate.span = excluded.span + 1 THEN rate.span ELSE excluded.span END, \
         ends_at = CASE WHEN rate.span = excluded.span + 1 THEN rate.ends_at ELSE excluded.ends_at END RETURNING uses",
    )
    .bind(&id)
    .bind(span)
    .bind(by)
    .bind(ends_at)
    .fetch_one(store)
    .await
    .at("limits take")?;
    Ok(row.0)
}

/// Forgets what is over.
pub(crate) async fn sweep(portal: &Portal, now: Moment) -> Result<(), Error> {
    sqlx::query("DELETE FROM rate WHERE ends_at < $1")
        .bind(now.millis())
        .execute(portal.store().write())
        .await
        .at("limits sweep")?;
    Ok(())
}

/// Addresses and identities are in the store as keyed hashes only.
fn key(portal: &Portal, limit: Limit, who: &str) -> String {
    portal.keys().digest("rate", &[limit.name, who])
}

fn length(limit: Limit) -> i64 {
    i64::try_from(limit.span.as_millis()).unwrap_or(i64::MAX).max(1)
}

fn span(now: Moment, limit: Limit) -> i64 {
    now.millis().div_euclid(length(limit))
}

fn left(now: Moment, limit: Limit) -> u64 {
    let length = length(limit);
    u64::try_from(length - now.millis().rem_euclid(length)).unwrap_or(1_000)
}
