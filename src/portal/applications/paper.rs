//! The form on paper: printed, and handed in once it comes back signed by hand.

use crate::{Error, FieldFault, Moment, Portal, error::At as _, persons, secret, texts};

use super::{Application, COLUMNS, Row, State, application, conflict, decide, get, tell_submitted};

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
    let person = persons::by_id(portal, &application.person).await?;
    let done = decide(portal, now, &application, "", State::Submitted, "ink", "").await?;
    for told in tell_submitted(portal, now, &person).await {
        // What could not be sent was logged.
        let _ = told.await;
    }
    Ok(done)
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
