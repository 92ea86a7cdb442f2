//! Applications for a certificate: `form → otp → approval → ink | submitted`, or `withdrawn`.

use serde::{Deserialize, Serialize};

use crate::{
    Error, FieldError, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    fields::{Form, Reason, Validity},
    idempotency, limits,
    persons::to_json,
    signing,
    store::{self, Writing},
};

mod approval;
mod code;
mod paper;
pub mod pre;

pub use approval::{Approved, approve};
pub(crate) use approval::{decide, signed, tell_submitted};
pub use code::{pending, send_code, verify_code};
#[cfg(test)]
pub(crate) use paper::fingerprint;
pub use paper::{form_pdf, receive};

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ApplicationState)]
pub enum State {
    /// The form waits to be filled in.
    Form,
    /// The form is good; the SMS code is next.
    Otp,
    /// The phone is confirmed; the way of signing is next.
    Approval,
    /// It will be signed by hand; the authority waits for the paper.
    Ink,
    /// It is signed, and handed in.
    Submitted,
    /// It was taken back.
    Withdrawn,
}

impl State {
    /// Whether the form can be filled in, or filled in again.
    pub(crate) fn takes_form(self) -> bool {
        matches!(self, Self::Form | Self::Otp | Self::Approval)
    }

    /// The name on the wire and in the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Otp => "otp",
            Self::Approval => "approval",
            Self::Ink => "ink",
            Self::Submitted => "submitted",
            Self::Withdrawn => "withdrawn",
        }
    }

    fn of(code: &str) -> Self {
        [Self::Form, Self::Otp, Self::Approval, Self::Ink, Self::Submitted]
            .into_iter()
            .find(|state| state.code() == code)
            .unwrap_or(Self::Withdrawn)
    }
}

/// How an application is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ApprovalMethod)]
pub enum Method {
    /// By hand, on the printed form.
    Ink,
    /// By verification code.
    Signature,
    /// By the standing consent.
    Consent,
}

/// An application.
#[derive(Clone, Debug)]
pub struct Application {
    /// The store's name for it.
    pub id: String,
    /// Its number for people: `SD-780`.
    pub number: String,
    /// Whose it is.
    pub person: String,
    /// Where it stands.
    pub state: State,
    /// Who pays; empty: the institution does not.
    pub payer: String,
    /// Whether the institution handed in a list that this person is on.
    pub by_institution: bool,
    /// The form as it was handed in, without the security word.
    pub form: Option<Form>,
    /// How it is signed, once that is chosen.
    pub method: Option<Method>,
    /// The signing transaction, if it is signed by code.
    pub signing: String,
    /// When it was begun.
    pub created_at: Moment,
    /// When it changed last.
    pub changed_at: Moment,
}

const COLUMNS: &str =
    "id, number, person, state, payer, pre_application, form, method, signing, created_at, changed_at";

type Row = (
    String,
    i64,
    String,
    String,
    String,
    String,
    String,
    String,
    String,
    i64,
    i64,
);

fn application(row: Row) -> Application {
    let (id, number, person, state, payer, pre, form, method, signing, created_at, changed_at) = row;
    Application {
        id,
        number: format!("SD-{number}"),
        person,
        state: State::of(&state),
        payer,
        by_institution: !pre.is_empty(),
        form: serde_json::from_str(&form).ok(),
        method: match method.as_str() {
            "ink" => Some(Method::Ink),
            "signature" => Some(Method::Signature),
            "consent" => Some(Method::Consent),
            _ => None,
        },
        signing,
        created_at: Moment::from_millis(created_at),
        changed_at: Moment::from_millis(changed_at),
    }
}

/// The applications of a person, the newest first; at most 100.
pub async fn list(portal: &Portal, person: &str) -> Result<Vec<Application>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM application WHERE person = $1 ORDER BY number DESC LIMIT 100");
    let rows: Vec<Row> = sqlx::query_as(&sql)
        .bind(person)
        .fetch_all(portal.store().read())
        .await
        .at("applications")?;
    Ok(rows.into_iter().map(application).collect())
}

/// One application of a person.
pub async fn get(portal: &Portal, person: &str, id: &str) -> Result<Application, Error> {
    let sql = format!("SELECT {COLUMNS} FROM application WHERE id = $1 AND person = $2");
    let row: Option<Row> = sqlx::query_as(&sql)
        .bind(id)
        .bind(person)
        .fetch_optional(portal.store().read())
        .await
        .at("application")?;
    row.map(application).ok_or(Error::NotFound)
}

/// Begins an application. The same `key` again is the same application.
pub async fn begin(
    portal: &Portal,
    now: Moment,
    person: &str,
    key: Option<&str>,
) -> Result<Application, Error> {
    let id = idempotency::name(portal, &format!("application {person}"), key)?;
    let mut tx = portal.store().begin().await?;
    match insert(&mut tx, now, &id, person, "", "").await {
        Err(Error::StateConflict { .. }) => drop(tx),
        inserted => {
            inserted?;
            limits::take_in(portal, &mut tx, now, limits::APPLICATIONS, person).await?;
            note(portal, &mut tx, now, person, &id, "begun").await?;
            tx.commit().await.at("application begin")?;
        }
    }
    get(portal, person, &id).await
}

async fn insert(
    tx: &mut Writing,
    now: Moment,
    id: &str,
    person: &str,
    pre: &str,
    payer: &str,
) -> Result<i64, Error> {
    let (number,): (i64,) =
        sqlx::query_as("UPDATE counter SET value = value + 1 WHERE name = 'application' RETURNING value")
            .fetch_one(&mut **tx)
            .await
            .at("application begin")?;
    let inserted = sqlx::query(
        "INSERT INTO application (id, number, person, state, pre_application, payer, form, security_word, method, \
         signing, otp_expires_at, otp_tries, otp_sent_at, otp_count, created_at, changed_at) \
         VALUES ($1, $2, $3, 'form', $4, $5, '', '', '', '', 0, 0, 0, 0, $6, $6)",
    )
    .bind(id)
    .bind(number)
    .bind(person)
    .bind(pre)
    .bind(payer)
    .bind(now.millis())
    .execute(&mut **tx)
    .await;
    match inserted {
        Err(error) if store::is_duplicate(&error) => Err(Error::StateConflict {
            state: "begun".to_owned(),
        }),
        inserted => inserted.at("application begin").map(|_| number),
    }
}

/// Takes the form; every fault is told, field by field. As long as nothing is signed, it can be handed in again.
pub async fn fill_in(
    portal: &Portal,
    now: Moment,
    person: &str,
    id: &str,
    form: &Form,
) -> Result<Application, Error> {
    let checked = form
        .check(portal.regions())
        .map_err(|faults| Error::FormInvalid {
            errors: faults.into_iter().map(FieldError::from).collect(),
        })?;
    // Whoever has no form to fill in makes nobody hash anything.
    match get(portal, person, id).await?.state {
        state if state.takes_form() => (),
        state => return Err(conflict(state)),
    }
    limits::take(portal, now, limits::FORMS, person).await?;
    let word = crate::words::Word::typed(&checked.security_word);
    let hash = portal.words().hash(word).await?;
    let mut tx = portal.store().begin().await?;
    let ended = signing::end_others(&mut tx, id, "").await?;
    let changed = sqlx::query(
        "UPDATE application SET state = 'otp', form = $1, security_word = $2, changed_at = $3, otp = NULL, \
         otp_expires_at = 0, otp_tries = 0, otp_sent_at = 0, method = '', signing = '' WHERE id = $4 AND person = $5 AND state IN ('form', 'otp', 'approval')",
    )
    .bind(to_json(&checked.as_form())?)
    .bind(&hash)
    .bind(now.millis())
    .bind(id)
    .bind(person)
    .execute(&mut *tx)
    .await
    .at("application form")?;
    if changed.rows_affected() == 0 {
        drop(tx);
        return Err(conflict(get(portal, person, id).await?.state));
    }
    note(portal, &mut tx, now, person, id, "form").await?;
    tx.commit().await.at("application form")?;
    portal.bells().ring_all(&ended);
    get(portal, person, id).await
}

fn conflict(state: State) -> Error {
    Error::StateConflict {
        state: state.code().to_owned(),
    }
}

/// What is to be made for a person: the reason and the years of the application that was decided last.
pub(crate) async fn wanted(portal: &Portal, person: &str) -> Result<Option<(Reason, Validity)>, Error> {
    let row: Option<(String,)> = sqlx::query_as(
        "SELECT form FROM application WHERE person = $1 AND state = 'submitted' \
         ORDER BY changed_at DESC, number DESC LIMIT 1",
    )
    .bind(person)
    .fetch_optional(portal.store().read())
    .await
    .at("application wanted")?;
    let form = row.and_then(|(form,)| serde_json::from_str::<Form>(&form).ok());
    Ok(form.and_then(|form| Some((form.reason.parse().ok()?, form.validity.parse().ok()?))))
}

/// Takes an application back, as long as it is not handed in; what is taken back already stays so.
pub async fn withdraw(portal: &Portal, now: Moment, person: &str, id: &str) -> Result<Application, Error> {
    let mut tx = portal.store().begin().await?;
    let ended = signing::end_others(&mut tx, id, "").await?;
    let changed = sqlx::query(
        "UPDATE application SET state = 'withdrawn', form = '', security_word = '', otp = NULL, changed_at = $1 \
         WHERE id = $2 AND person = $3 AND state IN ('form', 'otp', 'approval', 'ink')",
    )
    .bind(now.millis())
    .bind(id)
    .bind(person)
    .execute(&mut *tx)
    .await
    .at("application withdraw")?;
    if changed.rows_affected() == 1 {
        note(portal, &mut tx, now, person, id, "withdrawn").await?;
        tx.commit().await.at("application withdraw")?;
        portal.bells().ring_all(&ended);
    } else {
        drop(tx);
    }
    let application = get(portal, person, id).await?;
    match application.state {
        State::Withdrawn => Ok(application),
        state => Err(conflict(state)),
    }
}

async fn note(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: &str,
    id: &str,
    outcome: &str,
) -> Result<(), Error> {
    let entry = Entry {
        actor: person,
        action: "application",
        subject: id,
        outcome,
    };
    audit::append(portal, tx, now, entry).await
}
