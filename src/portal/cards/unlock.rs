//! Unlocking a card: the steps of [`crate::unlock`], kept in the store between the calls.
//!
//! Every step is one conditional statement: a report that comes twice gets the same step again, and of two that come at
//! once one is taken.

use std::time::Duration;

use service::{Report, Step};
use zeroize::Zeroizing;

use crate::{
    Error, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    persons::to_json,
    store,
    unlock::{State, Unlock},
};

use super::about;

/// How long an unlock may take.
const TIME: Duration = Duration::from_mins(10);

/// How many unlocks of a card may be begun within a day and not be done before the service stops trying: a wrong proof
/// uses up a try of the card's administration key, and whether one was tried is only known from who reports it.
const MOST_UNDONE: i64 = 5;

const DAY: Duration = Duration::from_hours(24);

/// An unlock that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// The store's name for it.
    pub id: String,
    /// The first step.
    pub step: Step,
}

/// Begins to unlock a card of this person, under this name; the same name again is the same unlock.
pub async fn begin(
    portal: &Portal,
    now: Moment,
    person: &str,
    serial: &str,
    name: &str,
) -> Result<Begun, Error> {
    let card: Option<(String, Vec<u8>)> =
        sqlx::query_as("SELECT state, admin_key FROM card WHERE serial = $1 AND person = $2")
            .bind(serial)
            .bind(person)
            .fetch_optional(portal.store().read())
            .await
            .at("unlock begin")?;
    let refused = |reason| Error::UnlockRefused { reason };
    let (state, key) = card.ok_or(refused("not a card of this person"))?;
    if state != "active" {
        return Err(refused("the card is not in use"));
    }
    if key.is_empty() {
        return Err(refused("this card cannot be unlocked from here"));
    }
    let unlock = Unlock::begin();
    let mut tx = portal.store().begin().await?;
    // Of two that begin at once for one card, one waits for the other here.
    sqlx::query("UPDATE card SET state = state WHERE serial = $1")
        .bind(serial)
        .execute(&mut *tx)
        .await
        .at("unlock begin")?;
    let inserted = sqlx::query(
        "INSERT INTO unlock (id, person, card, state, number, machine, created_at, expires_at) \
         VALUES ($1, $2, $3, 'running', $4, $5, $6, $7)",
    )
    .bind(name)
    .bind(person)
    .bind(serial)
    .bind(i64::from(unlock.step().number))
    .bind(to_json(&unlock)?)
    .bind(now.millis())
    .bind(now.plus(TIME).millis())
    .execute(&mut *tx)
    .await;
    match inserted {
        Err(error) if store::is_duplicate(&error) => drop(tx),
        inserted => {
            inserted.at("unlock begin")?;
            if undone(&mut tx, now, serial, name).await? >= MOST_UNDONE {
                return Err(refused("it has failed too often today"));
            }
            end_others(&mut tx, serial, name).await?;
            note(portal, &mut tx, now, person, serial, "begun").await?;
            tx.commit().await.at("unlock begin")?;
        }
    }
    let kept = kept(portal, now, person, serial, name).await?;
    Ok(Begun {
        id: name.to_owned(),
        step: kept.unlock.step(),
    })
}

/// How many other unlocks of this card were begun within a day, and not done.
async fn undone(tx: &mut store::Writing, now: Moment, serial: &str, name: &str) -> Result<i64, Error> {
    let (undone,): (i64,) = sqlx::query_as(
        "SELECT COUNT(*) FROM unlock WHERE card = $1 AND id <> $2 AND state <> 'done' AND created_at > $3",
    )
    .bind(serial)
    .bind(name)
    .bind(now.minus(DAY).millis())
    .fetch_one(&mut **tx)
    .await
    .at("unlock begin")?;
    Ok(undone)
}

/// A card is unlocked once at a time: whoever begins anew has given up the one before.
async fn end_others(tx: &mut store::Writing, serial: &str, name: &str) -> Result<(), Error> {
    let running: Vec<(String, String)> =
        sqlx::query_as("SELECT id, machine FROM unlock WHERE card = $1 AND id <> $2 AND state = 'running'")
            .bind(serial)
            .bind(name)
            .fetch_all(&mut **tx)
            .await
            .at("unlock begin")?;
    for (id, machine) in running {
        let unlock: Result<Unlock, _> = serde_json::from_str(&machine);
        let mut unlock = unlock.map_err(|error| Error::internal("unlock begin", error))?;
        unlock.abandon("another one was begun");
        sqlx::query("UPDATE unlock SET state = 'failed', number = $1, machine = $2 WHERE id = $3")
            .bind(i64::from(unlock.step().number))
            .bind(to_json(&unlock)?)
            .bind(id)
            .execute(&mut **tx)
            .await
            .at("unlock begin")?;
    }
    Ok(())
}

/// An unlock as the store keeps it.
struct Kept {
    unlock: Unlock,
    /// The card's administration key.
    key: Zeroizing<[u8; 16]>,
}

async fn kept(portal: &Portal, now: Moment, person: &str, serial: &str, id: &str) -> Result<Kept, Error> {
    let row: Option<(String, i64, Vec<u8>)> = sqlx::query_as(
        "SELECT unlock.machine, unlock.expires_at, card.admin_key FROM unlock \
         JOIN card ON card.serial = unlock.card WHERE unlock.id = $1 AND unlock.person = $2 AND unlock.card = $3",
    )
    .bind(id)
    .bind(person)
    .bind(serial)
    .fetch_optional(portal.store().read())
    .await
    .at("unlock step")?;
    let (machine, expires_at, sealed) = row.ok_or(Error::NotFound)?;
    if expires_at <= now.millis() {
        return Err(Error::UnlockRefused {
            reason: "it took too long",
        });
    }
    let plain = portal.keys().open(&about("admin", serial), &sealed)?;
    let key = <[u8; 16]>::try_from(plain.as_slice())
        .map_err(|_| Error::internal("unlock", "not an AES-128 key"))?;
    Ok(Kept {
        unlock: serde_json::from_str(&machine).map_err(|error| Error::internal("unlock step", error))?,
        key: Zeroizing::new(key),
    })
}

/// Takes a report, and says what is next.
pub async fn step(
    portal: &Portal,
    now: Moment,
    person: &str,
    serial: &str,
    id: &str,
    report: &Report,
) -> Result<Step, Error> {
    let Kept { mut unlock, key } = kept(portal, now, person, serial, id).await?;
    let before = unlock.step().number;
    let step = unlock
        .report(report, &key)
        .map_err(|refused| Error::StateConflict {
            state: format!("step {}", refused.expected),
        })?;
    if step.number == before {
        // The answer to this report was lost.
        return Ok(step);
    }
    let state = match unlock.state() {
        State::Running | State::PinBeingSet => "running",
        State::Done => "done",
        State::Failed => "failed",
    };
    let mut tx = portal.store().begin().await?;
    let moved = sqlx::query(
        "UPDATE unlock SET state = $1, number = $2, machine = $3 WHERE id = $4 AND number = $5 AND expires_at > $6",
    )
    .bind(state)
    .bind(i64::from(step.number))
    .bind(to_json(&unlock)?)
    .bind(id)
    .bind(i64::from(before))
    .bind(now.millis())
    .execute(&mut *tx)
    .await
    .at("unlock step")?;
    if moved.rows_affected() == 0 {
        return Err(Error::StateConflict {
            state: format!("step {}", step.number),
        });
    }
    if state != "running" {
        note(portal, &mut tx, now, person, serial, state).await?;
    }
    tx.commit().await.at("unlock step")?;
    Ok(step)
}

async fn note(
    portal: &Portal,
    tx: &mut store::Writing,
    now: Moment,
    person: &str,
    serial: &str,
    outcome: &str,
) -> Result<(), Error> {
    let entry = Entry {
        actor: person,
        action: "card.unlock",
        subject: serial,
        outcome,
    };
    audit::append(portal, tx, now, entry).await
}
