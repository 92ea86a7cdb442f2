//! Applications for a certificate: `form → otp → approval → ink | submitted`, or `withdrawn`.

use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

use crate::{
    Error, FieldError, FieldFault, Moment, Portal,
    audit::{self, Entry},
    certificates, consent,
    error::At as _,
    fields::{Form, Reason, Validity},
    idempotency, limits,
    outbox::Notice,
    persons::{self, Person, to_json},
    secret,
    sessions::{self, tell_later},
    signing::{self, Created, Order, Purpose},
    store::{self, Writing},
    texts,
};

mod code;
pub mod pre;

pub use code::{pending, send_code, verify_code};

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

/// What comes of choosing how to sign.
#[derive(Debug)]
pub enum Approved {
    /// It is decided.
    Done(Application),
    /// It has to be signed by this code.
    ToSign(Application, Created),
}

/// Chooses how to sign. `session` is the one that outlives the new security word.
pub async fn approve(
    portal: &Portal,
    now: Moment,
    person: &Person,
    session: &str,
    id: &str,
    method: Method,
) -> Result<Approved, Error> {
    let application = get(portal, &person.id, id).await?;
    let form = match (&application.form, application.state) {
        (Some(form), State::Approval | State::Ink) => form,
        (_, state) => return Err(conflict(state)),
    };
    match method {
        Method::Ink => decide(portal, now, &application, session, State::Ink, "ink", "")
            .await
            .map(Approved::Done),
        Method::Consent => {
            if !consent::get(portal, &person.id).await?.given {
                return Err(Error::field("method", FieldFault::UnknownChoice));
            }
            let done = decide(
                portal,
                now,
                &application,
                session,
                State::Submitted,
                "consent",
                "",
            );
            let done = done.await?;
            tell_submitted(portal, now, person).await;
            Ok(Approved::Done(done))
        }
        Method::Signature => {
            limits::take(portal, now, limits::APPROVALS, &person.id).await?;
            let order = Order {
                identity: person.identity.clone(),
                person: Some(person.id.clone()),
                purpose: Purpose::Application,
                about: format!("Başvuru {}", application.number),
                subject: id.to_owned(),
                requester: texts::REQUESTER.to_owned(),
                read_to_end: true,
                items: texts::application(
                    &texts::Bound::new(portal, now)?,
                    person,
                    &application.number,
                    form,
                ),
            };
            let created = signing::create(portal, now, &order).await?;
            let application = decide(
                portal,
                now,
                &application,
                session,
                State::Approval,
                "signature",
                &created.id,
            )
            .await?;
            Ok(Approved::ToSign(application, created))
        }
    }
}

/// Takes the decision about the form as `application` has it; refused if it has changed since.
pub(crate) async fn decide(
    portal: &Portal,
    now: Moment,
    application: &Application,
    session: &str,
    state: State,
    method: &str,
    signing: &str,
) -> Result<Application, Error> {
    let mut tx = portal.store().begin().await?;
    let ended = signing::end_others(&mut tx, &application.id, signing).await?;
    // A consent that is withdrawn in this very moment is none.
    let changed = sqlx::query(
        "UPDATE application SET state = $1, method = $2, signing = $3, changed_at = $4, session = $8 \
         WHERE id = $5 AND person = $6 AND state IN ('approval', 'ink') AND changed_at = $7 \
         AND ($2 <> 'consent' OR EXISTS (SELECT 1 FROM consent WHERE consent.person = $6 AND given = 1))",
    )
    .bind(state.code())
    .bind(method)
    .bind(signing)
    .bind(now.millis())
    .bind(&application.id)
    .bind(&application.person)
    .bind(application.changed_at.millis())
    .bind(session)
    .execute(&mut *tx)
    .await
    .at("application approval")?;
    if changed.rows_affected() == 0 {
        drop(tx);
        return Err(conflict(
            get(portal, &application.person, &application.id).await?.state,
        ));
    }
    if state == State::Submitted {
        take_word(&mut tx, &application.person, &application.id).await?;
        revoke_if_lost(portal, &mut tx, now, &application.person, &application.id, None).await?;
    }
    note(portal, &mut tx, now, &application.person, &application.id, method).await?;
    tx.commit().await.at("application approval")?;
    portal.bells().ring_all(&ended);
    get(portal, &application.person, &application.id).await
}

/// The word chosen in the form is the person's from now on. Every session ends but the one that chose it.
async fn take_word(tx: &mut Writing, person: &str, id: &str) -> Result<(), Error> {
    sqlx::query(
        "UPDATE person SET security_word = (SELECT security_word FROM application WHERE application.id = $1) \
         WHERE person.id = $2",
    )
    .bind(id)
    .bind(person)
    .execute(&mut **tx)
    .await
    .at("application word")?;
    sqlx::query(
        "UPDATE session SET state = 'closed', token = NULL, otp = NULL WHERE person = $1 \
         AND id <> (SELECT session FROM application WHERE application.id = $2)",
    )
    .bind(person)
    .bind(id)
    .execute(&mut **tx)
    .await
    .at("application word")?;
    sqlx::query("UPDATE application SET security_word = '' WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await
        .at("application word")?;
    sessions::end_links(tx, person).await
}

/// Which form it is: eight digits that stand on the paper, and are others once a field or the security word has changed.
pub(crate) async fn fingerprint(portal: &Portal, id: &str) -> Result<String, Error> {
    let (form, word): (String, String) =
        sqlx::query_as("SELECT form, security_word FROM application WHERE id = $1")
            .bind(id)
            .fetch_one(portal.store().read())
            .await
            .at("application form")?;
    let digest = portal.keys().digest("form on paper", &[&form, &word]);
    let digits = secret::sha256_hex(digest.as_bytes()).to_uppercase();
    let (first, rest) = digits.split_at(4);
    Ok(format!("{first}-{rest:.4}"))
}

/// The form that was signed by hand has come: with this it is handed in. `number` is the one for people, `SD-780`;
/// `fingerprint` stands beside it on the paper, which is refused if the form is not the one that was printed.
pub async fn receive(
    portal: &Portal,
    now: Moment,
    number: &str,
    fingerprint: &str,
) -> Result<Application, Error> {
    let digits = number
        .trim()
        .strip_prefix("SD-")
        .and_then(|digits| digits.parse::<i64>().ok());
    let sql = format!("SELECT {COLUMNS} FROM application WHERE number = $1");
    let row: Option<Row> = sqlx::query_as(&sql)
        .bind(digits.ok_or(Error::NotFound)?)
        .fetch_optional(portal.store().read())
        .await
        .at("application receive")?;
    let application = row.map(application).ok_or(Error::NotFound)?;
    if application.state != State::Ink {
        return Err(conflict(application.state));
    }
    let printed = self::fingerprint(portal, &application.id).await?;
    if !printed.eq_ignore_ascii_case(fingerprint.trim()) {
        return Err(Error::field("fingerprint", FieldFault::Malformed));
    }
    // No session is the one that chose the word: whoever signed by hand did so days ago.
    let done = decide(portal, now, &application, "", State::Submitted, "ink", "").await?;
    let person = persons::by_id(portal, &done.person).await?;
    for told in tell_submitted(portal, now, &person).await {
        // What could not be sent was logged.
        let _ = told.await;
    }
    Ok(done)
}

/// Whoever applies because the card is lost or stolen wants nobody to sign with it any more. A card that signed just now is
/// not the one.
async fn revoke_if_lost(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: &str,
    id: &str,
    signed_with: Option<&[u8]>,
) -> Result<(), Error> {
    let (form,): (String,) = sqlx::query_as("SELECT form FROM application WHERE id = $1")
        .bind(id)
        .fetch_one(&mut **tx)
        .await
        .at("application form")?;
    let form: Option<Form> = serde_json::from_str(&form).ok();
    if form.is_some_and(|form| form.reason == Reason::LostOrStolen.code()) {
        certificates::revoke_lost(portal, tx, now, person, signed_with).await?;
    }
    Ok(())
}

/// Tells the person by e-mail what came of handing an application in at `now`; what is returned ends when it is told.
pub(crate) async fn tell_submitted(portal: &Portal, now: Moment, person: &Person) -> Vec<JoinHandle<()>> {
    let mut told = vec![tell_later(portal, now, person, Notice::WordChanged)];
    // It is done: whoever handed it in is not told of a fault that only keeps a message back.
    let listed = certificates::list(portal, &person.id).await;
    let records = listed.unwrap_or_else(|error| {
        tracing::error!(%error, "nobody is told which certificates were revoked");
        Vec::new()
    });
    for record in records {
        if record.state == certificates::State::Revoked && record.revoked_at == now {
            let serial = record.serial;
            told.push(tell_later(portal, now, person, Notice::Revoked { serial }));
        }
    }
    told
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

/// The signatures are in. Refused if the form has changed since the texts were made.
pub(crate) async fn signed(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: &str,
    (id, signing): (&str, &str),
    signed_with: &[u8],
) -> Result<(), Error> {
    let changed = sqlx::query(
        "UPDATE application SET state = 'submitted', changed_at = $1 \
         WHERE id = $2 AND person = $3 AND state = 'approval' AND signing = $4",
    )
    .bind(now.millis())
    .bind(id)
    .bind(person)
    .bind(signing)
    .execute(&mut **tx)
    .await
    .at("application signed")?;
    if changed.rows_affected() == 0 {
        return Err(Error::StateConflict {
            state: "changed".to_owned(),
        });
    }
    take_word(tx, person, id).await?;
    revoke_if_lost(portal, tx, now, person, id, Some(signed_with)).await?;
    note(portal, tx, now, person, id, "submitted").await
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

/// The form of an application that is signed by hand, as PDF.
pub async fn form_pdf(portal: &Portal, now: Moment, person: &str, id: &str) -> Result<Vec<u8>, Error> {
    let application = get(portal, person, id).await?;
    let (Some(form), State::Approval | State::Ink | State::Submitted) =
        (&application.form, application.state)
    else {
        return Err(conflict(application.state));
    };
    let person = persons::by_id(portal, person).await?;
    let mut reference = vec![application.number.clone(), texts::date(now)];
    if application.state != State::Submitted {
        reference.push(format!("Form no {}", fingerprint(portal, id).await?));
    }
    let printed = texts::printed(&person, &application.number, form, reference);
    let turn = portal.drawing().next().await?;
    let made = turn.work(move || printed.pdf(now.date_time())).await?;
    made.map_err(|error| Error::internal("form", error))
}
