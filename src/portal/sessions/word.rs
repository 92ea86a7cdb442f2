//! A new security word for whoever forgot it: by a link to the e-mail address that is known.

use std::time::Duration;

use crate::{
    Error, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    fields::Identity,
    limits,
    outbox::Notice,
    persons, secret,
    store::Writing,
    words::Word,
};

use super::{answer, lock_key, tell_later};

/// How long a link can be used.
const LINK: Duration = Duration::from_hours(1);

/// Sends a link, if there is such a person; the answer is the same in any case.
pub async fn request_word(
    portal: &Portal,
    now: Moment,
    address: &str,
    identity: &Identity,
    challenge: &str,
    text: &str,
) -> Result<(), Error> {
    limits::take(portal, now, limits::LOGINS, address).await?;
    answer(portal, now, challenge, text).await?;
    let who = format!("{address} {}", persons::stored(identity));
    limits::take(portal, now, limits::RESETS, &who).await?;
    let token = secret::token()?;
    let Some(person) = persons::by_identity(portal, identity).await? else {
        return Ok(());
    };
    let expires_at = now.plus(LINK);
    let later = portal.clone();
    // What only known people need is not waited for.
    tokio::spawn(async move {
        // Nobody's mailbox is filled from many addresses; whoever asks is told nothing of it.
        if limits::take(&later, now, limits::LINKS, &person.id)
            .await
            .is_err()
        {
            return;
        }
        let stored =
            sqlx::query("INSERT INTO word_reset (token, person, expires_at, used) VALUES ($1, $2, $3, 0)")
                .bind(later.keys().digest("reset", &[&token]))
                .bind(&person.id)
                .bind(expires_at.millis())
                .execute(later.store().write())
                .await
                .at("word request");
        if let Err(error) = stored {
            tracing::warn!(%error, "a link could not be stored");
            return;
        }
        let link = format!("{}/security-word/{}", later.public_url(), &**token).into();
        tell_later(&later, now, &person, Notice::WordReset { link });
    });
    Ok(())
}

/// Whether a word can be chosen by this link.
pub async fn is_good_link(portal: &Portal, now: Moment, link: &str) -> Result<bool, Error> {
    let known: Option<(i64,)> =
        sqlx::query_as("SELECT used FROM word_reset WHERE token = $1 AND used = 0 AND expires_at > $2")
            .bind(portal.keys().digest("reset", &[link]))
            .bind(now.millis())
            .fetch_optional(portal.store().read())
            .await
            .at("word choose")?;
    Ok(known.is_some())
}

/// Takes a new security word from whoever has the link. Every session of the person ends, and every other link.
pub async fn choose_word(
    portal: &Portal,
    now: Moment,
    link: &str,
    word: &str,
    again: &str,
) -> Result<(), Error> {
    let word = Word::chosen(word, again).map_err(|errors| Error::FormInvalid { errors })?;
    // Whoever has no link makes nobody hash anything.
    if !is_good_link(portal, now, link).await? {
        return Err(Error::NotFound);
    }
    let hash = portal.words().hash(word).await?;
    let mut tx = portal.store().begin().await?;
    let row: Option<(String,)> = sqlx::query_as(
        "UPDATE word_reset SET used = 1 WHERE token = $1 AND used = 0 AND expires_at > $2 RETURNING person",
    )
    .bind(portal.keys().digest("reset", &[link]))
    .bind(now.millis())
    .fetch_optional(&mut *tx)
    .await
    .at("word choose")?;
    let Some((id,)) = row else {
        return Err(Error::NotFound);
    };
    let identity: (String,) =
        sqlx::query_as("UPDATE person SET security_word = $1 WHERE id = $2 RETURNING identity")
            .bind(&hash)
            .bind(&id)
            .fetch_one(&mut *tx)
            .await
            .at("word choose")?;
    let identity = persons::from_stored(&identity.0)?;
    end_links(&mut tx, &id).await?;
    sqlx::query("UPDATE session SET state = 'closed', token = NULL, otp = NULL WHERE person = $1")
        .bind(&id)
        .execute(&mut *tx)
        .await
        .at("word choose")?;
    sqlx::query("DELETE FROM lockout WHERE identity = $1")
        .bind(lock_key(portal, &identity))
        .execute(&mut *tx)
        .await
        .at("word choose")?;
    let entry = Entry {
        actor: &id,
        action: "word.changed",
        subject: &id,
        outcome: "by link",
    };
    audit::append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("word choose")?;
    let person = persons::by_id(portal, &id).await?;
    tell_later(portal, now, &person, Notice::WordChanged);
    Ok(())
}

/// No link that was sent to this person before chooses a word any more.
pub(crate) async fn end_links(tx: &mut Writing, person: &str) -> Result<(), Error> {
    sqlx::query("UPDATE word_reset SET used = 1 WHERE person = $1")
        .bind(person)
        .execute(&mut **tx)
        .await
        .at("word links")?;
    Ok(())
}
