//! Replacements: `pending → fetched → installed | rejected | withdrawn`.
//!
//! A replacement is a certificate with the same key, subject and end as the one that it replaces. It is confirmed by
//! whoever wrote it to the card; only then is the old one revoked, by the service.

use crate::{
    Error, Moment, Portal,
    audit::{self, Entry},
    certificates::{self, State as CertificateState},
    error::At as _,
    secret,
};

/// Where a replacement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for its holder.
    Pending,
    /// Was fetched; whether it is on the card is not known.
    Fetched,
    /// Is on the card.
    Installed,
    /// Was fetched, and not taken.
    Rejected,
    /// Is not to be installed any more.
    Withdrawn,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Pending,
        Self::Fetched,
        Self::Installed,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// The name on the wire and in the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Fetched => "fetched",
            Self::Installed => "installed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn of(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|state| state.code() == code)
            .unwrap_or(Self::Withdrawn)
    }

    /// Whether it can still be installed.
    pub const fn is_due(self) -> bool {
        matches!(self, Self::Pending | Self::Fetched)
    }
}

/// A replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// The store's name for it.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// Which certificate it replaces: base64url(AKI).base64url(serial), as RFC 9773, 4.1.
    pub replaces: String,
    /// The new certificate.
    pub certificate: certificates::Record,
}

/// What came of a replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is on the card.
    Installed,
    /// It was not taken, and why.
    Rejected(String),
}

/// Offers a certificate to the holder of the one that it replaces. Both are known already.
pub(crate) async fn add(
    tx: &mut crate::store::Writing,
    now: Moment,
    person: &str,
    replaces: &str,
    certificate: &str,
) -> Result<String, Error> {
    let id = secret::name()?;
    sqlx::query(
        "INSERT INTO replacement (id, person, replaces, certificate, state, fail_info, created_at, changed_at) \
         VALUES ($1, $2, $3, $4, 'pending', '', $5, $5)",
    )
    .bind(&id)
    .bind(person)
    .bind(replaces)
    .bind(certificate)
    .bind(now.millis())
    .execute(&mut **tx)
    .await
    .at("replacement add")?;
    Ok(id)
}

/// A page of replacements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// At most 50.
    pub replacements: Vec<Replacement>,
    /// What to ask for next, if there is more.
    pub next: Option<String>,
}

/// The most replacements of a page.
const PAGE: i64 = 50;

/// The replacements of a person after this one, in the order of their names. `due` leaves out what cannot be installed
/// any more.
pub async fn list(portal: &Portal, person: &str, due: bool, after: Option<&str>) -> Result<Page, Error> {
    let mut rows: Vec<(String, String, String, String)> = sqlx::query_as(
        "SELECT replacement.id, replacement.state, certificate.reference, replacement.certificate FROM replacement \
         JOIN certificate ON certificate.id = replacement.replaces WHERE replacement.person = $1 \
         AND ($2 = 0 OR (replacement.state IN ('pending', 'fetched') AND certificate.state = 'active')) \
         AND replacement.id > $3 ORDER BY replacement.id LIMIT $4",
    )
    .bind(person)
    .bind(i64::from(due))
    .bind(after.unwrap_or_default())
    .bind(PAGE + 1)
    .fetch_all(portal.store().read())
    .await
    .at("replacements")?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let next = rows.last().map(|(id, ..)| id.clone()).filter(|_| more);
    let mut replacements = Vec::with_capacity(rows.len());
    for (id, state, replaces, certificate) in rows {
        replacements.push(Replacement {
            id,
            state: State::of(&state),
            replaces,
            certificate: certificates::get(portal, person, &certificate).await?,
        });
    }
    Ok(Page { replacements, next })
}

/// One replacement of a person.
pub async fn get(portal: &Portal, person: &str, id: &str) -> Result<Replacement, Error> {
    let row: Option<(String, String, String)> = sqlx::query_as(
        "SELECT replacement.state, certificate.reference, replacement.certificate FROM replacement \
         JOIN certificate ON certificate.id = replacement.replaces \
         WHERE replacement.id = $1 AND replacement.person = $2",
    )
    .bind(id)
    .bind(person)
    .fetch_optional(portal.store().read())
    .await
    .at("replacement")?;
    let (state, replaces, certificate) = row.ok_or(Error::NotFound)?;
    Ok(Replacement {
        id: id.to_owned(),
        state: State::of(&state),
        replaces,
        certificate: certificates::get(portal, person, &certificate).await?,
    })
}

/// Hands the new certificate out; as often as it is asked for.
pub async fn fetch(portal: &Portal, now: Moment, person: &str, id: &str) -> Result<Vec<u8>, Error> {
    let replacement = get(portal, person, id).await?;
    match replacement.state {
        State::Pending => {
            let mut tx = portal.store().begin().await?;
            let changed = sqlx::query(
                "UPDATE replacement SET state = 'fetched', changed_at = $1 \
                 WHERE id = $2 AND person = $3 AND state = 'pending'",
            )
            .bind(now.millis())
            .bind(id)
            .bind(person)
            .execute(&mut *tx)
            .await
            .at("replacement fetch")?;
            if changed.rows_affected() == 1 {
                let entry = Entry {
                    actor: person,
                    action: "replacement.fetched",
                    subject: id,
                    outcome: "fetched",
                };
                audit::append(portal, &mut tx, now, entry).await?;
                tx.commit().await.at("replacement fetch")?;
            }
        }
        State::Fetched | State::Installed => (),
        State::Rejected | State::Withdrawn => return Err(Error::ReplacementNotPending),
    }
    Ok(replacement.certificate.der)
}

/// Hears what came of it. The same again is answered the same; the other way round is refused.
pub async fn confirm(
    portal: &Portal,
    now: Moment,
    person: &str,
    id: &str,
    cert_hash: &str,
    outcome: &Outcome,
) -> Result<Replacement, Error> {
    let replacement = get(portal, person, id).await?;
    let expected = secret::sha256_hex(&replacement.certificate.der);
    let given = cert_hash.to_ascii_lowercase();
    if !secret::equal(&expected, &given) {
        return Err(Error::KeyMismatch);
    }
    let (state, fail_info) = match outcome {
        Outcome::Installed => (State::Installed, String::new()),
        Outcome::Rejected(why) => (State::Rejected, why.chars().take(2_000).collect()),
    };
    let mut tx = portal.store().begin().await?;
    let replaced: Option<(String, String)> = sqlx::query_as(
        "UPDATE replacement SET state = $1, fail_info = $2, changed_at = $3 \
         WHERE id = $4 AND person = $5 AND state IN ('pending', 'fetched') RETURNING replaces, certificate",
    )
    .bind(state.code())
    .bind(fail_info)
    .bind(now.millis())
    .bind(id)
    .bind(person)
    .fetch_optional(&mut *tx)
    .await
    .at("confirmation")?;
    let Some((old, new)) = replaced else {
        drop(tx);
        let replacement = get(portal, person, id).await?;
        return if replacement.state == state {
            Ok(replacement)
        } else {
            Err(Error::ReplacementNotPending)
        };
    };
    if state == State::Installed {
        supersede(&mut tx, now, &old, &new).await?;
    } else {
        end_unused(&mut tx, now, &new).await?;
    }
    let entry = Entry {
        actor: person,
        action: "replacement.confirmed",
        subject: id,
        outcome: state.code(),
    };
    audit::append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("confirmation")?;
    get(portal, person, id).await
}

/// The new certificate was handed out and is not wanted: nobody shall use it.
async fn end_unused(tx: &mut crate::store::Writing, now: Moment, new: &str) -> Result<(), Error> {
    sqlx::query(
        "UPDATE certificate SET state = 'revoked', revoked_at = $1, revocation_reason = 'cessation-of-operation' \
         WHERE id = $2 AND state = 'held'",
    )
    .bind(now.millis())
    .bind(new)
    .execute(&mut **tx)
    .await
    .at("confirmation")?;
    Ok(())
}

/// The new certificate takes the old one's place.
async fn supersede(tx: &mut crate::store::Writing, now: Moment, old: &str, new: &str) -> Result<(), Error> {
    sqlx::query("UPDATE certificate SET state = 'active' WHERE id = $1 AND state = 'held'")
        .bind(new)
        .execute(&mut **tx)
        .await
        .at("confirmation")?;
    sqlx::query(
        "UPDATE certificate SET state = $1, revoked_at = $2, revocation_reason = 'superseded' \
         WHERE id = $3 AND state IN ('active', 'suspended')",
    )
    .bind(CertificateState::Superseded.code())
    .bind(now.millis())
    .bind(old)
    .execute(&mut **tx)
    .await
    .at("confirmation")?;
    Ok(())
}
