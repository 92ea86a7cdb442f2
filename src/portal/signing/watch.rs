//! The page's side: waiting for the result.

use std::time::Duration;

use crate::{
    Error, Moment, Portal,
    error::At as _,
    secret,
    sessions::{self, Authenticated},
};

use super::{Purpose, State, page_hash};

/// How often a waiting page looks by itself.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// The longest that is waited.
pub const LONGEST: Duration = Duration::from_mins(2);

/// What the page learns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Where the transaction stands.
    pub state: State,
    /// What was signed for.
    pub purpose: Purpose,
    /// Four digits that page and application show alike.
    pub control_code: String,
    /// Until when it can be signed.
    pub expires_at: Moment,
    /// What came of it, once it is over.
    pub end_result: Option<EndResult>,
}

/// What came of a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndResult {
    /// When the signatures were accepted.
    pub signed_at: Option<Moment>,
    /// Who signed, as the certificate names them.
    pub signer: Option<String>,
    /// About what: for an application, its id.
    pub subject: String,
    /// Why the person refused, or why the signatures were not accepted.
    pub reason: String,
}

/// Where the transaction stands, as soon as that is another than `known`, or after `patience`. `clock` is asked again
/// after every wait.
pub async fn watch(
    portal: &Portal,
    clock: impl Fn() -> Moment,
    id: &str,
    page: &str,
    known: Option<State>,
    patience: Duration,
) -> Result<Watched, Error> {
    let until = clock().plus(patience.min(LONGEST));
    let bell = portal.bells().hear(id);
    loop {
        // From here on no ringing is missed, also none while the store is looked into.
        let rung = bell.notified();
        let now = clock();
        let watched = look(portal, now, id, page).await?;
        if watched.state.is_final() || known.is_some_and(|known| known != watched.state) || now >= until {
            return Ok(watched);
        }
        let wait = LOOK_EVERY.min(now.until(until)).max(Duration::from_millis(1));
        tokio::select! {
            () = rung => (),
            () = tokio::time::sleep(wait) => (),
            () = portal.stopped() => return look(portal, clock(), id, page).await,
        }
    }
}

type WatchedRow = (String, String, String, i64, i64, String, String, String, String);

async fn look(portal: &Portal, now: Moment, id: &str, page: &str) -> Result<Watched, Error> {
    let row: Option<WatchedRow> = sqlx::query_as(
        "SELECT page, state, control_code, expires_at, signed_at, purpose, subject, reason, signer FROM signing \
         WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(portal.store().read())
    .await
    .at("signing watch")?;
    let (expected, state, control_code, expires_at, signed_at, purpose, subject, reason, signer) =
        row.ok_or(Error::NotFound)?;
    if !secret::equal(&expected, &page_hash(portal, id, page)) {
        return Err(Error::NotFound);
    }
    let expires_at = Moment::from_millis(expires_at);
    let state = State::of(&state, now, expires_at);
    Ok(Watched {
        state,
        purpose: Purpose::of(&purpose)?,
        control_code,
        expires_at,
        end_result: state.is_final().then(|| EndResult {
            signed_at: (signed_at > 0).then(|| Moment::from_millis(signed_at)),
            signer: Some(signer).filter(|signer| !signer.is_empty()),
            subject,
            reason,
        }),
    })
}

/// The session that a login by signature has opened: handed to its page, once.
pub async fn take_session(
    portal: &Portal,
    now: Moment,
    id: &str,
    page: &str,
) -> Result<Authenticated, Error> {
    let watched = look(portal, now, id, page).await?;
    if watched.purpose != Purpose::Login || watched.state != State::Completed {
        return Err(Error::StateConflict {
            state: watched.state.code().to_owned(),
        });
    }
    let row: Option<(String,)> =
        sqlx::query_as("SELECT result FROM signing WHERE id = $1 AND state = 'completed'")
            .bind(id)
            .fetch_optional(portal.store().read())
            .await
            .at("signing session")?;
    let (session,) = row.ok_or(Error::NotFound)?;
    sessions::take_signed(portal, now, &session).await
}
