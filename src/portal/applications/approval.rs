//! The decision about a form: by signature, by the standing consent or by hand; and what comes of it.

use tokio::task::JoinHandle;

use crate::{
    Error, FieldFault, Moment, Portal, certificates, consent,
    error::At as _,
    fields::{Form, Reason},
    limits,
    outbox::Notice,
    persons::Person,
    sessions::{self, tell_later},
    signing::{self, Created, Order, Purpose},
    store::Writing,
    texts,
};

use super::{Application, Method, State, conflict, get, note};

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
            // Paper that is on its way counts until the signature comes.
            let application = decide(
                portal,
                now,
                &application,
                session,
                application.state,
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
         WHERE id = $2 AND person = $3 AND state IN ('approval', 'ink') AND signing = $4",
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
