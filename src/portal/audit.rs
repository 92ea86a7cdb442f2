//! The audit trail: who did what when. Only ever added to; each entry carries a keyed hash over itself and the one
//! before, so that a changed, removed or inserted entry shows. People stand in it by their store id.

use crate::{Error, Moment, Portal, error::At as _, secret, store::Writing};

/// An entry to be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// Whose doing: a person's id, `system`, or `unknown`.
    pub actor: &'a str,
    /// What, for instance `session.opened`.
    pub action: &'static str,
    /// About what: an id of the store.
    pub subject: &'a str,
    /// What came of it, in a word.
    pub outcome: &'a str,
}

/// What looking through the whole trail found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verified {
    /// Every entry is as it was written.
    Whole {
        /// How many entries.
        entries: i64,
        /// The last entry's hash: kept elsewhere, it tells later whether the end was cut off.
        head: String,
    },
    /// Something was changed, removed or inserted.
    Broken {
        /// The first entry that does not fit.
        number: i64,
    },
    /// Every entry fits, but the one whose hash was kept elsewhere is not among them: the end was cut off.
    CutOff,
}

/// Adds an entry, as part of what it is about: both happen or neither. Called last in a transaction, because the
/// trail's head is locked from here to the commit.
pub(crate) async fn append(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    entry: Entry<'_>,
) -> Result<(), Error> {
    let (number, previous): (i64, String) =
        sqlx::query_as("UPDATE audit_head SET number = number + 1 WHERE one = 1 RETURNING number, hash")
            .fetch_one(&mut **tx)
            .await
            .at("audit append")?;
    let outcome: String = entry.outcome.chars().take(200).collect();
    let subject: String = entry.subject.chars().take(200).collect();
    let hash = link(
        portal,
        &previous,
        number,
        now.millis(),
        &[entry.actor, entry.action, &subject, &outcome],
    );
    sqlx::query(
        "INSERT INTO audit (number, at, actor, action, subject, outcome, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(number)
    .bind(now.millis())
    .bind(entry.actor)
    .bind(entry.action)
    .bind(&subject)
    .bind(&outcome)
    .bind(&hash)
    .execute(&mut **tx)
    .await
    .at("audit append")?;
    sqlx::query("UPDATE audit_head SET hash = $1 WHERE one = 1")
        .bind(&hash)
        .execute(&mut **tx)
        .await
        .at("audit append")?;
    Ok(())
}

/// Adds an entry about something that changed nothing else.
pub(crate) async fn note(portal: &Portal, now: Moment, entry: Entry<'_>) -> Result<(), Error> {
    let mut tx = portal.store().begin().await?;
    append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("audit note")
}

fn link(portal: &Portal, previous: &str, number: i64, at: i64, parts: &[&str]) -> String {
    let (number, at) = (number.to_string(), at.to_string());
    let mut all = vec![previous, &number, &at];
    all.extend_from_slice(parts);
    portal.keys().digest("audit", &all)
}

/// Goes through the whole trail as it is now; what is added meanwhile is not looked at. `kept` is the hash of an entry
/// that was the last one once, and was kept elsewhere: without it, an end that was cut off together with the head does
/// not show.
pub async fn verify(portal: &Portal, kept: Option<&str>) -> Result<Verified, Error> {
    const PAGE: i64 = 1_000;
    let (entries, head): (i64, String) = sqlx::query_as("SELECT number, hash FROM audit_head WHERE one = 1")
        .fetch_one(portal.store().read())
        .await
        .at("audit verify")?;
    let (mut last, mut previous) = (0, String::new());
    let mut is_kept = kept.is_none();
    loop {
        let rows: Vec<(i64, i64, String, String, String, String, String)> = sqlx::query_as(
            "SELECT number, at, actor, action, subject, outcome, hash FROM audit \
             WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3",
        )
        .bind(last)
        .bind(entries)
        .bind(PAGE)
        .fetch_all(portal.store().read())
        .await
        .at("audit verify")?;
        if rows.is_empty() {
            break;
        }
        for (number, at, actor, action, subject, outcome, hash) in rows {
            let expected = link(
                portal,
                &previous,
                number,
                at,
                &[&actor, &action, &subject, &outcome],
            );
            if number != last + 1 || !secret::equal(&expected, &hash) {
                return Ok(Verified::Broken { number: last + 1 });
            }
            is_kept |= kept == Some(hash.as_str());
            (last, previous) = (number, hash);
        }
    }
    Ok(if entries != last || head != previous {
        Verified::Broken { number: last + 1 }
    } else if is_kept {
        Verified::Whole { entries, head }
    } else {
        Verified::CutOff
    })
}
