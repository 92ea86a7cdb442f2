//! The standing consent (*e-onay*): given by signature once, so that later applications need none.

use crate::{
    Error, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    limits,
    persons::Person,
    signing::{self, Created, Order, Purpose},
    store::Writing,
    texts,
};

/// Whether somebody has consented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Whether it is given now.
    pub given: bool,
    /// When it was given or taken back last; none if it never was.
    pub changed_at: Option<Moment>,
}

/// How it stands.
pub async fn get(portal: &Portal, person: &str) -> Result<Consent, Error> {
    let row: Option<(i64, i64)> = sqlx::query_as("SELECT given, changed_at FROM consent WHERE person = $1")
        .bind(person)
        .fetch_optional(portal.store().read())
        .await
        .at("consent")?;
    Ok(row.map_or(
        Consent {
            given: false,
            changed_at: None,
        },
        |(given, changed_at)| Consent {
            given: given == 1,
            changed_at: Some(Moment::from_millis(changed_at)),
        },
    ))
}

/// Notes that it was given, by this signing transaction.
pub(crate) async fn give(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: &str,
    signing: &str,
) -> Result<(), Error> {
    set(portal, tx, now, person, true, signing).await
}

/// Notes that it was taken back by signature.
pub(crate) async fn withdraw_signed(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: &str,
    signing: &str,
) -> Result<(), Error> {
    set(portal, tx, now, person, false, signing).await
}

/// Takes it back; whoever is logged in may do so without a signature.
pub async fn withdraw(portal: &Portal, now: Moment, person: &str) -> Result<Consent, Error> {
    if get(portal, person).await?.given {
        let mut tx = portal.store().begin().await?;
        set(portal, &mut tx, now, person, false, "").await?;
        tx.commit().await.at("consent")?;
    }
    get(portal, person).await
}

async fn set(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: &str,
    given: bool,
    signing: &str,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO consent (person, given, changed_at, signing) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person) DO UPDATE SET given = excluded.given, changed_at = excluded.changed_at, \
         signing = excluded.signing",
    )
    .bind(person)
    .bind(i64::from(given))
    .bind(now.millis())
    .bind(signing)
    .execute(&mut **tx)
    .await
    .at("consent")?;
    let entry = Entry {
        actor: person,
        action: "consent",
        subject: person,
        outcome: if given { "given" } else { "withdrawn" },
    };
    audit::append(portal, tx, now, entry).await
}

/// Asks for the signature by which it is taken back.
pub async fn ask_withdrawal(portal: &Portal, now: Moment, person: &Person) -> Result<Created, Error> {
    limits::take(portal, now, limits::APPROVALS, &person.id).await?;
    let order = Order {
        identity: person.identity.clone(),
        person: Some(person.id.clone()),
        purpose: Purpose::ConsentWithdrawal,
        about: "e-Onayın geri alınması".to_owned(),
        subject: String::new(),
        requester: texts::REQUESTER.to_owned(),
        read_to_end: false,
        items: vec![texts::consent_withdrawal(
            &texts::Bound::new(portal, now)?,
            person,
        )],
    };
    signing::create(portal, now, &order).await
}

/// Asks for the signature by which it is given.
pub async fn ask(portal: &Portal, now: Moment, person: &Person) -> Result<Created, Error> {
    limits::take(portal, now, limits::APPROVALS, &person.id).await?;
    let order = Order {
        identity: person.identity.clone(),
        person: Some(person.id.clone()),
        purpose: Purpose::Consent,
        about: "e-Onay".to_owned(),
        subject: String::new(),
        requester: texts::REQUESTER.to_owned(),
        read_to_end: true,
        items: vec![texts::consent(&texts::Bound::new(portal, now)?, person)],
    };
    signing::create(portal, now, &order).await
}
