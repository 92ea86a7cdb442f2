//! Cards, and what the service keeps about them: PIN and PUK until they are deleted, and the administration key.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    Error, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    persons, store,
};

pub mod unlock;

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its serial number, in hexadecimal digits.
    pub serial: String,
    /// `active`, `posted` or `revoked`.
    pub state: String,
    /// When it begins to work: a renewed card does not before the old certificate has ended.
    pub works_from: Moment,
    /// Whether PIN and PUK can still be read.
    pub pin_info: bool,
    /// Whether the service can unlock it.
    pub unlockable: bool,
}

/// PIN and PUK as issued. Wiped on drop, never shown by accident.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinInfo {
    /// The PIN.
    pub pin: Zeroizing<String>,
    /// The PUK, where the issuer gives it out.
    pub puk: Option<Zeroizing<String>>,
}

impl fmt::Debug for PinInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinInfo(…)")
    }
}

/// A card that has been personalised.
#[derive(Clone, Debug)]
pub struct New {
    /// Its serial number.
    pub serial: String,
    /// When it begins to work.
    pub works_from: Moment,
    /// The key by which its PIN is reset (AES-128).
    pub admin_key: Option<Zeroizing<[u8; 16]>>,
    /// PIN and PUK, for the envelope.
    pub pin_info: Option<PinInfo>,
}

/// Adds a card to a person.
pub(crate) async fn add(
    portal: &Portal,
    tx: &mut store::Writing,
    now: Moment,
    person: &str,
    card: &New,
) -> Result<(), Error> {
    let admin_key = match &card.admin_key {
        Some(key) => portal.keys().seal(&about("admin", &card.serial), &**key)?,
        None => Vec::new(),
    };
    let envelope = match &card.pin_info {
        Some(info) => {
            let plain = Zeroizing::new(persons::to_json(info)?);
            portal
                .keys()
                .seal(&about("pin", &card.serial), plain.as_bytes())?
        }
        None => Vec::new(),
    };
    let added = sqlx::query(
        "INSERT INTO card (serial, person, state, works_from, admin_key, pin_envelope, created_at) \
         VALUES ($1, $2, 'active', $3, $4, $5, $6)",
    )
    .bind(&card.serial)
    .bind(person)
    .bind(card.works_from.millis())
    .bind(admin_key)
    .bind(envelope)
    .bind(now.millis())
    .execute(&mut **tx)
    .await;
    match added {
        Err(error) if store::is_duplicate(&error) => Err(Error::StateConflict {
            state: "known".to_owned(),
        }),
        added => added.at("card add").map(|_| ()),
    }
}

fn about(what: &str, serial: &str) -> String {
    format!("{what} of card {serial}")
}

/// The cards of a person, the newest first; at most 100.
pub async fn list(portal: &Portal, person: &str) -> Result<Vec<Card>, Error> {
    let rows: Vec<(String, String, i64, i64, i64)> = sqlx::query_as(
        "SELECT serial, state, works_from, CASE WHEN length(pin_envelope) > 0 THEN 1 ELSE 0 END, \
         CASE WHEN length(admin_key) > 0 THEN 1 ELSE 0 END \
         FROM card WHERE person = $1 ORDER BY created_at DESC, serial LIMIT 100",
    )
    .bind(person)
    .fetch_all(portal.store().read())
    .await
    .at("cards")?;
    let card = |(serial, state, works_from, pin_info, unlockable)| Card {
        serial,
        state,
        works_from: Moment::from_millis(works_from),
        pin_info: pin_info == 1,
        unlockable: unlockable == 1,
    };
    Ok(rows.into_iter().map(card).collect())
}

/// PIN and PUK of a card, until they are deleted.
pub async fn pin_info(portal: &Portal, now: Moment, person: &str, serial: &str) -> Result<PinInfo, Error> {
    let row: Option<(Vec<u8>,)> =
        sqlx::query_as("SELECT pin_envelope FROM card WHERE serial = $1 AND person = $2")
            .bind(serial)
            .bind(person)
            .fetch_optional(portal.store().read())
            .await
            .at("pin info")?;
    let Some((envelope,)) = row.filter(|(envelope,)| !envelope.is_empty()) else {
        return Err(Error::NotFound);
    };
    let plain = portal.keys().open(&about("pin", serial), &envelope)?;
    let entry = Entry {
        actor: person,
        action: "pin.shown",
        subject: serial,
        outcome: "shown",
    };
    // Shown only once it is written down that it was.
    audit::note(portal, now, entry).await?;
    serde_json::from_slice(&plain).map_err(|_| Error::internal("pin info", "the envelope makes no sense"))
}

/// Deletes PIN and PUK for good; deleting what is deleted is no fault.
pub async fn delete_pin_info(portal: &Portal, now: Moment, person: &str, serial: &str) -> Result<(), Error> {
    let mut tx = portal.store().begin().await?;
    let owned: Option<(i64,)> = sqlx::query_as(
        "SELECT CASE WHEN length(pin_envelope) > 0 THEN 1 ELSE 0 END FROM card WHERE serial = $1 AND person = $2",
    )
    .bind(serial)
    .bind(person)
    .fetch_optional(&mut *tx)
    .await
    .at("pin delete")?;
    let (there,) = owned.ok_or(Error::NotFound)?;
    if there == 0 {
        drop(tx);
        // Whoever asks again may never have heard that the first time went well.
        return portal.store().forget_rest().await;
    }
    sqlx::query("UPDATE card SET pin_envelope = $1 WHERE serial = $2 AND person = $3")
        .bind(Vec::new())
        .bind(serial)
        .bind(person)
        .execute(&mut *tx)
        .await
        .at("pin delete")?;
    let entry = Entry {
        actor: person,
        action: "pin.deleted",
        subject: serial,
        outcome: "deleted",
    };
    audit::append(portal, &mut tx, now, entry).await?;
    portal.store().must_forget();
    tx.commit().await.at("pin delete")?;
    portal.store().forget_rest().await
}
