//! The certificates that the service knows: their states, activation and revocation.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use certificate::Certificate;
use const_oid::{ObjectIdentifier, db::DB};

use crate::{
    Error, FieldFault, Moment, Portal,
    audit::{self, Entry},
    authority::Reason,
    error::At as _,
    outbox::Notice,
    persons, secret,
    sessions::tell_later,
    store::{self, Writing},
};

/// Where a certificate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = CertificateState)]
pub enum State {
    /// Issued, and worth nothing until its holder activates it.
    Suspended,
    /// In use.
    Active,
    /// Revoked, for good.
    Revoked,
    /// Another certificate of the same key has taken its place; revoked as such.
    Superseded,
    /// Made to take another's place, and not on the card yet.
    Held,
}

impl State {
    /// The name on the wire and in the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::Superseded => "superseded",
            Self::Held => "held",
        }
    }

    fn of(code: &str) -> Self {
        match code {
            "active" => Self::Active,
            "revoked" => Self::Revoked,
            "superseded" => Self::Superseded,
            "held" => Self::Held,
            // What is not known lets nobody do anything.
            _ => Self::Suspended,
        }
    }
}

/// Why people have a certificate revoked (RFC 5280, 5.3.1).
pub const REASONS: [Reason; 5] = [
    Reason::Unspecified,
    Reason::KeyCompromise,
    Reason::AffiliationChanged,
    Reason::Superseded,
    Reason::CessationOfOperation,
];

/// A reason's name on the wire and in the store.
pub const fn reason_code(reason: Reason) -> &'static str {
    match reason {
        Reason::Unspecified => "unspecified",
        Reason::KeyCompromise => "key-compromise",
        Reason::AffiliationChanged => "affiliation-changed",
        Reason::Superseded => "superseded",
        Reason::CessationOfOperation => "cessation-of-operation",
        Reason::CertificateHold => "certificate-hold",
    }
}

/// The reason of this name, if it is one that people give.
pub fn reason(code: &str) -> Result<Reason, Error> {
    let found = REASONS.into_iter().find(|reason| reason_code(*reason) == code);
    found.ok_or_else(|| {
        let fault = if code.is_empty() {
            FieldFault::Required
        } else {
            FieldFault::UnknownChoice
        };
        Error::field("reason", fault)
    })
}

/// A certificate and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The store's name for it.
    pub id: String,
    /// Whose it is.
    pub person: String,
    /// The serial number of the card that it is on, or for.
    pub card: String,
    /// The certificate as it was issued.
    pub der: Vec<u8>,
    /// Its serial number in hexadecimal digits.
    pub serial: String,
    /// base64url(AKI).base64url(serial), as RFC 9773, 4.1.
    pub reference: String,
    /// SHA-256 over the subject public key info, in hexadecimal digits.
    pub spki_sha256: String,
    /// The subject in one line.
    pub subject: String,
    /// The issuer in one line.
    pub issuer: String,
    /// The signature algorithm's name.
    pub signature_algorithm: String,
    /// Since when it is valid.
    pub not_before: Moment,
    /// Until when it is valid.
    pub not_after: Moment,
    /// Where it stands.
    pub state: State,
    /// When it was revoked; 0 in 1970 if it was not.
    pub revoked_at: Moment,
    /// Why it was revoked.
    pub revocation_reason: String,
}

const COLUMNS: &str = "id, person, card, der, serial, reference, spki_sha256, subject, issuer, signature_algorithm, \
     not_before, not_after, state, revoked_at, revocation_reason";

type Row = (
    String,
    String,
    String,
    Vec<u8>,
    String,
    String,
    String,
    String,
    String,
    String,
    i64,
    i64,
    String,
    i64,
    String,
);

fn record(row: Row) -> Record {
    let (
        id,
        person,
        card,
        der,
        serial,
        reference,
        spki_sha256,
        subject,
        issuer,
        signature_algorithm,
        from,
        until,
        state,
        at,
        why,
    ) = row;
    Record {
        id,
        person,
        card,
        der,
        serial,
        reference,
        spki_sha256,
        subject,
        issuer,
        signature_algorithm,
        not_before: Moment::from_millis(from),
        not_after: Moment::from_millis(until),
        state: State::of(&state),
        revoked_at: Moment::from_millis(at),
        revocation_reason: why,
    }
}

/// Adds a certificate that the authority has issued; the store's name for it.
pub(crate) async fn add(
    tx: &mut Writing,
    now: Moment,
    person: &str,
    card: &str,
    der: &[u8],
    state: State,
) -> Result<String, Error> {
    let unreadable = |what: &'static str| Error::internal("certificate add", what);
    let read = Certificate::read(der).map_err(|error| Error::internal("certificate add", error))?;
    let serial = read
        .serial
        .as_ref()
        .ok_or_else(|| unreadable("no serial number"))?;
    let key = read
        .public_key
        .as_ref()
        .ok_or_else(|| unreadable("no public key"))?;
    let line = |name: Option<&certificate::Name>| name.map(certificate::Name::reveal).unwrap_or_default();
    let algorithm = read
        .signature_algorithm
        .as_ref()
        .map(|algorithm| standard_name(&algorithm.oid.to_string()));
    let authority = encoded_key_id(read.extensions.authority_key_id.as_deref());
    let (Some(from), Some(until)) = (read.not_before, read.not_after) else {
        return Err(unreadable("no validity"));
    };
    let id = secret::name()?;
    let sql = format!(
        "INSERT INTO certificate ({COLUMNS}, sha256, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, '', $14, $15)"
    );
    let added = sqlx::query(&sql)
        .bind(&id)
        .bind(person)
        .bind(card)
        .bind(der)
        .bind(canonical_serial(&serial.hex()))
        .bind(format!(
            "{authority}.{}",
            URL_SAFE_NO_PAD.encode(serial.as_bytes())
        ))
        .bind(secret::sha256_hex(&key.spki))
        .bind(line(read.subject.as_ref()))
        .bind(line(read.issuer.as_ref()))
        .bind(algorithm.unwrap_or_default())
        .bind(Moment::from(from).millis())
        .bind(Moment::from(until).millis())
        .bind(state.code())
        .bind(secret::hex(&read.sha256()))
        .bind(now.millis())
        .execute(&mut **tx)
        .await;
    match added {
        Err(error) if store::is_duplicate(&error) => Err(Error::StateConflict {
            state: "known".to_owned(),
        }),
        added => added.at("certificate add").map(|_| id),
    }
}

/// A key's identifier, as it stands in a [`Record::reference`].
pub(crate) fn encoded_key_id(id: Option<&[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(id.unwrap_or_default())
}

/// An algorithm's name in its standard, such as `sha256WithRSAEncryption`; the identifier if it has none.
fn standard_name(oid: &str) -> String {
    let known = ObjectIdentifier::new(oid).ok();
    let name = known.and_then(|oid| DB.by_oid(&oid));
    name.unwrap_or(oid).to_owned()
}

/// Hexadecimal digits only, in upper case, without leading zeros.
fn canonical_serial(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    let digits = digits.trim_start_matches('0').to_ascii_uppercase();
    if digits.is_empty() { "0".to_owned() } else { digits }
}

/// The certificates of a person, the newest first, but those that are only held; at most 100.
pub async fn list(portal: &Portal, person: &str) -> Result<Vec<Record>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM certificate WHERE person = $1 AND state <> 'held' ORDER BY not_before DESC, id LIMIT 100"
    );
    let rows: Vec<Row> = sqlx::query_as(&sql)
        .bind(person)
        .fetch_all(portal.store().read())
        .await
        .at("certificates")?;
    Ok(rows.into_iter().map(record).collect())
}

/// One certificate of a person.
pub async fn get(portal: &Portal, person: &str, id: &str) -> Result<Record, Error> {
    let sql = format!("SELECT {COLUMNS} FROM certificate WHERE id = $1 AND person = $2");
    let row: Option<Row> = sqlx::query_as(&sql)
        .bind(id)
        .bind(person)
        .fetch_optional(portal.store().read())
        .await
        .at("certificate")?;
    row.map(record).ok_or(Error::NotFound)
}

/// The certificates with the serial number and the key of this one (DER or not), whoever's they are.
pub(crate) async fn alike<'c>(
    store: impl sqlx::Executor<'c, Database = sqlx::Any>,
    der: &[u8],
) -> Result<Vec<Record>, Error> {
    let unreadable = || Error::internal("certificate alike", "no serial number or no key");
    let read = Certificate::read(der).map_err(|error| Error::internal("certificate alike", error))?;
    let serial = read.serial.as_ref().ok_or_else(unreadable)?;
    let key = read.public_key.as_ref().ok_or_else(unreadable)?;
    let sql = format!("SELECT {COLUMNS} FROM certificate WHERE serial = $1 AND spki_sha256 = $2 LIMIT 100");
    let rows: Vec<Row> = sqlx::query_as(&sql)
        .bind(canonical_serial(&serial.hex()))
        .bind(secret::sha256_hex(&key.spki))
        .fetch_all(store)
        .await
        .at("certificate alike")?;
    Ok(rows.into_iter().map(record).collect())
}

/// Every certificate that is revoked or suspended, for revocation lists and OCSP.
pub async fn revoked(portal: &Portal) -> Result<Vec<Record>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM certificate WHERE state IN ('revoked', 'superseded', 'suspended') ORDER BY serial"
    );
    let rows: Vec<Row> = sqlx::query_as(&sql)
        .fetch_all(portal.store().read())
        .await
        .at("certificates revoked")?;
    Ok(rows.into_iter().map(record).collect())
}

/// What changes whenever another certificate is revoked, suspended or activated: how many are revoked or suspended, how
/// many suspended, and when the last was revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing(i64, i64, i64);

/// How it stands with what is revoked.
pub(crate) async fn standing(portal: &Portal) -> Result<Standing, Error> {
    let (all, suspended, last): (i64, i64, Option<i64>) = sqlx::query_as(
        "SELECT COUNT(*), COUNT(CASE WHEN state = 'suspended' THEN 1 END), MAX(revoked_at) FROM certificate \
         WHERE state IN ('revoked', 'superseded', 'suspended')",
    )
    .fetch_one(portal.store().read())
    .await
    .at("certificates standing")?;
    Ok(Standing(all, suspended, last.unwrap_or(0)))
}

/// The certificates with this serial number (hexadecimal digits), by whichever issuer.
pub async fn by_serial(portal: &Portal, serial: &str) -> Result<Vec<Record>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM certificate WHERE serial = $1 LIMIT 100");
    let rows: Vec<Row> = sqlx::query_as(&sql)
        .bind(canonical_serial(serial))
        .fetch_all(portal.store().read())
        .await
        .at("certificates by serial")?;
    Ok(rows.into_iter().map(record).collect())
}

/// Makes a suspended certificate work; one that works already is left as it is.
pub async fn activate(portal: &Portal, now: Moment, person: &str, id: &str) -> Result<Record, Error> {
    let mut tx = portal.store().begin().await?;
    let changed = sqlx::query(
        "UPDATE certificate SET state = 'active' WHERE id = $1 AND person = $2 AND state = 'suspended' AND not_after > $3",
    )
    .bind(id)
    .bind(person)
    .bind(now.millis())
    .execute(&mut *tx)
    .await
    .at("activation")?;
    if changed.rows_affected() == 1 {
        let entry = Entry {
            actor: person,
            action: "certificate.activated",
            subject: id,
            outcome: "active",
        };
        audit::append(portal, &mut tx, now, entry).await?;
        tx.commit().await.at("activation")?;
    } else {
        drop(tx);
    }
    let record = get(portal, person, id).await?;
    match record.state {
        State::Active => Ok(record),
        state => Err(Error::StateConflict {
            state: state.code().to_owned(),
        }),
    }
}

/// Revokes a certificate for good; one that is revoked already is left as it is.
pub async fn revoke(
    portal: &Portal,
    now: Moment,
    person: &str,
    id: &str,
    reason: Reason,
) -> Result<Record, Error> {
    let mut tx = portal.store().begin().await?;
    let done = revoke_in(&mut tx, now, person, id, reason).await?;
    if done {
        note_revoked(portal, &mut tx, now, person, id, reason).await?;
        tx.commit().await.at("revocation")?;
    } else {
        drop(tx);
    }
    let record = get(portal, person, id).await?;
    match record.state {
        State::Revoked => {
            if done {
                let person = persons::by_id(portal, person).await?;
                let serial = record.serial.clone();
                tell_later(portal, now, &person, Notice::Revoked { serial });
            }
            Ok(record)
        }
        // Its replacement, for the same key, goes on: to say that it was revoked would be a lie.
        state => Err(Error::StateConflict {
            state: state.code().to_owned(),
        }),
    }
}

/// Revokes a certificate that works or waits to; whether there was one; if not, nothing changes.
async fn revoke_in(
    tx: &mut Writing,
    now: Moment,
    person: &str,
    id: &str,
    reason: Reason,
) -> Result<bool, Error> {
    // What was to take its place has none to take. First, as a confirmation does it: in another order the two could wait
    // for each other.
    sqlx::query(
        "UPDATE replacement SET state = 'withdrawn', changed_at = $1 \
         WHERE replaces = $2 AND state IN ('pending', 'fetched') AND EXISTS (SELECT 1 FROM certificate \
         WHERE certificate.id = $2 AND certificate.person = $3 AND certificate.state IN ('active', 'suspended'))",
    )
    .bind(now.millis())
    .bind(id)
    .bind(person)
    .execute(&mut **tx)
    .await
    .at("revocation")?;
    let changed = sqlx::query(
        "UPDATE certificate SET state = 'revoked', revoked_at = $1, revocation_reason = $2 \
         WHERE id = $3 AND person = $4 AND state IN ('active', 'suspended')",
    )
    .bind(now.millis())
    .bind(reason_code(reason))
    .bind(id)
    .bind(person)
    .execute(&mut **tx)
    .await
    .at("revocation")?;
    if changed.rows_affected() == 0 {
        return Ok(false);
    }
    // Nor may it live on beside it: it is for the same key.
    sqlx::query(
        "UPDATE certificate SET state = 'revoked', revoked_at = $1, revocation_reason = $2 \
         WHERE state = 'held' AND person = $3 \
         AND spki_sha256 = (SELECT old.spki_sha256 FROM certificate AS old WHERE old.id = $4)",
    )
    .bind(now.millis())
    .bind(reason_code(reason))
    .bind(person)
    .bind(id)
    .execute(&mut **tx)
    .await
    .at("revocation")?;
    Ok(true)
}

async fn note_revoked(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: &str,
    id: &str,
    reason: Reason,
) -> Result<(), Error> {
    let entry = Entry {
        actor: person,
        action: "certificate.revoked",
        subject: id,
        outcome: reason_code(reason),
    };
    audit::append(portal, tx, now, entry).await
}

/// Revokes what somebody has lost: every certificate that works or waits to, but for those of the card at hand, with whose
/// certificate (DER) it was just said.
pub(crate) async fn revoke_lost(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: &str,
    at_hand: Option<&[u8]>,
) -> Result<(), Error> {
    let card: Option<(String,)> = match at_hand {
        Some(der) => {
            sqlx::query_as("SELECT card FROM certificate WHERE person = $1 AND der = $2 AND card <> ''")
                .bind(person)
                .bind(der)
                .fetch_optional(&mut **tx)
                .await
                .at("revocation")?
        }
        None => None,
    };
    let card = card.map(|(card,)| card);
    let mut revoked = Vec::new();
    // Until none is left: one that was replaced in this very moment has its successor revoked.
    loop {
        let rows: Vec<(String, String, Vec<u8>)> = sqlx::query_as(
            "SELECT id, card, der FROM certificate WHERE person = $1 AND state IN ('active', 'suspended') ORDER BY id",
        )
        .bind(person)
        .fetch_all(&mut **tx)
        .await
        .at("revocation")?;
        let mut lost = rows
            .into_iter()
            .filter(|(_, of, der)| card.as_ref() != Some(of) && Some(der.as_slice()) != at_hand)
            .map(|(id, ..)| id)
            .peekable();
        if lost.peek().is_none() {
            break;
        }
        for id in lost {
            if revoke_in(tx, now, person, &id, Reason::KeyCompromise).await? {
                revoked.push(id);
            }
        }
    }
    for id in revoked {
        note_revoked(portal, tx, now, person, &id, Reason::KeyCompromise).await?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn one_serial_number_is_written_one_way() {
        for text in ["0a:ff", "AFF", "00 0A FF", "aff"] {
            assert_eq!(canonical_serial(text), "AFF", "{text}");
        }
        assert_eq!(canonical_serial("00"), "0");
    }

    #[test]
    fn reasons_are_read_as_they_are_written() {
        for one in REASONS {
            assert_eq!(reason(reason_code(one)), Ok(one));
        }
        // Holding is the authority's business.
        assert!(reason("").is_err() && reason("certificate-hold").is_err());
    }
}
