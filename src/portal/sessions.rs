//! Sessions: `otp_required → otp_sent → authenticated → closed | expired | locked`.
//!
//! Whoever is unknown gets the same answers, after the same work, as whoever mistypes. A try is taken from the store
//! before anything is compared, so that many tries at once are no more than many one after the other.

use tokio::task::JoinHandle;
use zeroize::Zeroizing;

use crate::{
    Error, Moment, Portal,
    audit::{self, Entry},
    captcha::{self, Captcha},
    error::At as _,
    fields::Identity,
    limits,
    outbox::{self, Notice, Recipient},
    persons::{self, Person, Role},
    practice, secret,
    turns::Turn,
    words::Word,
};

mod code;
mod register;
mod word;

pub use code::{Authenticated, Pending, Sent, pending, send_code, verify_code};
pub(crate) use code::{CODE_DIGITS, CODE_TRIES, MOST_CODES};
pub use register::{Entry as RegisterEntry, EntryFaults, Register, open_by_register};
pub(crate) use word::end_links;
pub use word::{choose_word, is_good_link, request_word};

/// How a session was opened, as the store has it.
const WORD: &str = "word";
const SIGNATURE: &str = "signature";
const REGISTER: &str = "register";

/// How many wrong security words lock an identity.
const WORD_TRIES: i64 = 5;

/// Takes one try back.
const GIVE_BACK: &str = "UPDATE lockout SET failures = failures - 1, locked_until = 0 WHERE identity = $1";

/// Within which time after its last call a session is not written again, in milliseconds.
const SEEN_EVERY: i64 = 10_000;

/// A captcha that waits for its answer.
#[derive(Debug)]
pub struct Challenge {
    /// The store's name for it.
    pub id: String,
    /// The picture.
    pub png: Vec<u8>,
    /// A question in words, for whoever cannot see the picture; in Turkish and in English.
    pub alternative: [String; 2],
    /// Until when it can be answered.
    pub expires_at: Moment,
}

/// Makes a captcha. `address` is where the call comes from.
pub async fn challenge(portal: &Portal, now: Moment, address: &str) -> Result<Challenge, Error> {
    limits::take(portal, now, limits::CHALLENGES, address).await?;
    let id = secret::name()?;
    let seed = practice::captcha_seed(portal, &id);
    let turn = portal.drawing().next().await?;
    let drawn = turn.work(move || seed.map_or_else(Captcha::random, Captcha::from_seed));
    let drawn = drawn.await?.map_err(|error| Error::internal("captcha", error))?;
    let expires_at = now.plus(portal.policy().captcha());
    let answers = drawn.answers();
    let hashes = answers.iter().map(|answer| answer_hash(portal, &id, answer));
    sqlx::query("INSERT INTO login_challenge (id, answer, expires_at, used) VALUES ($1, $2, $3, 0)")
        .bind(&id)
        .bind(hashes.collect::<Vec<_>>().join(" "))
        .bind(expires_at.millis())
        .execute(portal.store().write())
        .await
        .at("challenge")?;
    Ok(Challenge {
        id,
        png: drawn.picture().to_vec(),
        alternative: drawn.questions(portal.wording()),
        expires_at,
    })
}

fn answer_hash(portal: &Portal, id: &str, answer: &str) -> String {
    portal.keys().digest("captcha", &[id, answer])
}

/// Uses a captcha up and compares the answer: one use, right or wrong.
async fn answer(portal: &Portal, now: Moment, id: &str, text: &str) -> Result<(), Error> {
    let row: Option<(String,)> = sqlx::query_as(
        "UPDATE login_challenge SET used = 1 WHERE id = $1 AND used = 0 AND expires_at > $2 RETURNING answer",
    )
    .bind(id)
    .bind(now.millis())
    .fetch_optional(portal.store().write())
    .await
    .at("captcha")?;
    // What is no answer at all fits none.
    let given = answer_hash(portal, id, &captcha::normalise(text).unwrap_or_default());
    let right = row.is_some_and(|(hashes,)| {
        // All are compared, whichever fits.
        hashes
            .split(' ')
            .fold(false, |found, hash| found | secret::equal(hash, &given))
    });
    if right { Ok(()) } else { Err(Error::CaptchaInvalid) }
}

/// What somebody shows to log in.
#[derive(Clone, Debug)]
pub struct Login {
    /// Who it claims to be.
    pub identity: Identity,
    /// The security word.
    pub word: Word,
    /// The captcha that was answered.
    pub challenge: String,
    /// The answer.
    pub answer: String,
}

/// A session that waits for its SMS code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The session's name; whoever knows it may ask for the SMS and try the code.
    pub session: String,
    /// The end of the phone number.
    pub masked_phone: String,
    /// When it ends if nothing more happens.
    pub expires_at: Moment,
}

/// Logs in with the security word; the SMS code is next.
pub async fn open(portal: &Portal, now: Moment, address: &str, login: Login) -> Result<Opened, Error> {
    limits::take(portal, now, limits::LOGINS, address).await?;
    answer(portal, now, &login.challenge, &login.answer).await?;
    // Before the try is taken: whoever is told that the service is busy has not used one up.
    let turn = portal.words().turn().await?;
    let failures = take_try(portal, now, &login.identity).await?;
    let compared = compare(portal, turn, &login).await;
    if compared.is_err() {
        // No word was compared. If this fails as well, the try is over with its time.
        if let Err(error) = give_try_back(portal, &login.identity).await {
            tracing::warn!(%error, "a try was not given back");
        }
    }
    let (person, hash, right) = compared?;
    match person {
        Some(person) if right => {
            let opened = begin(portal, now, &login.identity, &person, WORD).await?;
            if let Some(dated) = hash.filter(|hash| portal.words().is_dated(hash)) {
                renew_later(portal, person.id, login.word, dated);
            }
            Ok(opened)
        }
        person => {
            refuse(portal, now, failures, person).await?;
            Err(Error::CredentialsInvalid)
        }
    }
}

/// Who it is, if anybody; the hash of the word; and whether this is the word.
async fn compare(
    portal: &Portal,
    turn: Turn,
    login: &Login,
) -> Result<(Option<Person>, Option<String>, bool), Error> {
    let person = persons::by_identity(portal, &login.identity).await?;
    let hash = match &person {
        Some(person) => persons::word_hash(portal, &person.id).await?,
        None => None,
    };
    let right = portal
        .words()
        .verify(turn, login.word.clone(), hash.clone())
        .await?;
    Ok((person, hash, right))
}

/// Hashes a word anew, whose hash was made at another cost: by how long its check takes, whoever is known could be told from
/// whoever is not. After the answer; if it fails, the next login does it.
fn renew_later(portal: &Portal, person: String, word: Word, dated: String) {
    let portal = portal.clone();
    tokio::spawn(async move {
        let renewing = async {
            let hash = portal.words().hash(word).await?;
            sqlx::query("UPDATE person SET security_word = $1 WHERE id = $2 AND security_word = $3")
                .bind(hash)
                .bind(person)
                .bind(dated)
                .execute(portal.store().write())
                .await
                .at("word renew")
        };
        if let Err(error) = renewing.await {
            tracing::warn!(%error, "a security word was not hashed anew");
        }
    });
}

/// Takes one of the tries of an identity, known or not; how many were taken, this one included.
async fn take_try(portal: &Portal, now: Moment, identity: &Identity) -> Result<i64, Error> {
    let key = lock_key(portal, identity);
    let lock = portal.policy().lock();
    let taken: Option<(i64,)> = sqlx::query_as(
        "INSERT INTO lockout (identity, failures, failed_at, locked_until) VALUES ($1, 1, $2, 0) \
         ON CONFLICT (identity) DO UPDATE SET \
         failures = CASE WHEN lockout.failed_at < $3 OR lockout.failures >= $4 THEN 1 ELSE lockout.failures + 1 END, \
         locked_until = CASE WHEN lockout.failures = $4 - 1 AND lockout.failed_at >= $3 THEN $5 ELSE 0 END, \
         failed_at = $2 WHERE lockout.locked_until <= $2 RETURNING failures",
    )
    .bind(&key)
    .bind(now.millis())
    .bind(now.minus(lock).millis())
    .bind(WORD_TRIES)
    .bind(now.plus(lock).millis())
    .fetch_optional(portal.store().write())
    .await
    .at("lockout")?;
    if let Some((failures,)) = taken {
        return Ok(failures);
    }
    let until: Option<(i64,)> = sqlx::query_as("SELECT locked_until FROM lockout WHERE identity = $1")
        .bind(&key)
        .fetch_optional(portal.store().read())
        .await
        .at("lockout")?;
    let until = Moment::from_millis(until.map_or(now.millis(), |(until,)| until));
    Err(Error::AccountLocked {
        retry_after: now.until(until).max(std::time::Duration::from_secs(1)),
    })
}

/// Gives a try back that was taken for nothing.
async fn give_try_back(portal: &Portal, identity: &Identity) -> Result<(), Error> {
    sqlx::query(GIVE_BACK)
        .bind(lock_key(portal, identity))
        .execute(portal.store().write())
        .await
        .at("lockout")
        .map(drop)
}

fn lock_key(portal: &Portal, identity: &Identity) -> String {
    portal.keys().digest("lockout", &[&persons::stored(identity)])
}

/// Notes a wrong word or entry; whoever has just been locked is told.
async fn refuse(portal: &Portal, now: Moment, failures: i64, person: Option<Person>) -> Result<(), Error> {
    let locked = failures >= WORD_TRIES;
    let actor = person.as_ref().map_or("unknown", |person| person.id.as_str());
    let entry = Entry {
        actor,
        action: "session.refused",
        subject: actor,
        outcome: if locked { "locked" } else { "wrong" },
    };
    audit::note(portal, now, entry).await?;
    if let Some(person) = person.filter(|_| locked) {
        tell_later(portal, now, &person, Notice::Locked);
    }
    Ok(())
}

async fn begin(
    portal: &Portal,
    now: Moment,
    identity: &Identity,
    person: &Person,
    method: &str,
) -> Result<Opened, Error> {
    let session = secret::name()?;
    let expires_at = now.plus(portal.policy().idle());
    let mut tx = portal.store().begin().await?;
    // A right word wipes the slate. An entry in the register takes back no more than its own try: many people know it,
    // and whoever guesses words must not begin anew with it.
    let after = if method == WORD {
        "DELETE FROM lockout WHERE identity = $1"
    } else {
        GIVE_BACK
    };
    sqlx::query(after)
        .bind(lock_key(portal, identity))
        .execute(&mut *tx)
        .await
        .at("session open")?;
    insert(
        &mut tx,
        now,
        &session,
        &person.id,
        "otp_required",
        method,
        None,
        expires_at,
    )
    .await?;
    let entry = Entry {
        actor: &person.id,
        action: "session.opened",
        subject: &session,
        outcome: "otp_required",
    };
    audit::append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("session open")?;
    Ok(Opened {
        session,
        masked_phone: persons::masked_phone(&person.phone),
        expires_at,
    })
}

#[expect(clippy::too_many_arguments, reason = "one row's columns, from two places")]
async fn insert(
    tx: &mut crate::store::Writing,
    now: Moment,
    session: &str,
    person: &str,
    state: &str,
    method: &str,
    token: Option<&str>,
    expires_at: Moment,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO session (id, person, state, method, otp_expires_at, otp_tries, otp_sent_at, otp_count, token, \
         created_at, seen_at, expires_at) VALUES ($1, $2, $3, $4, 0, 0, 0, 0, $5, $6, $6, $7)",
    )
    .bind(session)
    .bind(person)
    .bind(state)
    .bind(method)
    .bind(token)
    .bind(now.millis())
    .bind(expires_at.millis())
    .execute(&mut **tx)
    .await
    .at("session open")?;
    Ok(())
}

/// Opens a session for whoever has just logged in by signature, as part of the transaction that accepts it.
pub(crate) async fn open_signed(
    portal: &Portal,
    tx: &mut crate::store::Writing,
    now: Moment,
    person: &str,
) -> Result<String, Error> {
    let session = secret::name()?;
    let expires_at = now.plus(portal.policy().idle());
    insert(tx, now, &session, person, "signed", SIGNATURE, None, expires_at).await?;
    Ok(session)
}

/// Hands the bearer token of a session that was opened by signature to the page that asked for it; once.
pub(crate) async fn take_signed(portal: &Portal, now: Moment, session: &str) -> Result<Authenticated, Error> {
    let token = secret::token()?;
    let expires_at = now.plus(portal.policy().session());
    let mut tx = portal.store().begin().await?;
    let handed: Option<(String,)> = sqlx::query_as(
        "UPDATE session SET state = 'authenticated', token = $1, seen_at = $2, expires_at = $3 \
         WHERE id = $4 AND state = 'signed' AND expires_at > $2 RETURNING person",
    )
    .bind(token_hash(portal, &token))
    .bind(now.millis())
    .bind(expires_at.millis())
    .bind(session)
    .fetch_optional(&mut *tx)
    .await
    .at("session signed")?;
    let (person,) = handed.ok_or(Error::CredentialsInvalid)?;
    let entry = Entry {
        actor: &person,
        action: "session.signed",
        subject: session,
        outcome: "authenticated",
    };
    audit::append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("session signed")?;
    Ok(Authenticated { token, expires_at })
}

/// A session that is let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The session's name.
    pub id: String,
    /// Whose it is.
    pub person: String,
    /// What the person may do.
    pub role: Role,
    /// Whether the person logged in by signature.
    pub by_signature: bool,
    /// Whether it is good for applications alone.
    pub only_applies: bool,
    /// When it ends in any case.
    pub expires_at: Moment,
}

/// Whose bearer token this is. Each call keeps the session from going idle. A session that is good for applications
/// alone is refused.
pub async fn authenticate(portal: &Portal, now: Moment, token: &str) -> Result<Session, Error> {
    let session = authenticate_applicant(portal, now, token).await?;
    if session.only_applies {
        return Err(Error::Forbidden);
    }
    Ok(session)
}

/// As [`authenticate`]; a session that is good for applications alone is taken, too.
pub async fn authenticate_applicant(portal: &Portal, now: Moment, token: &str) -> Result<Session, Error> {
    let row: Option<(String, String, String, String, i64, i64)> = sqlx::query_as(
        "SELECT session.id, session.person, person.role, session.method, session.seen_at, session.expires_at \
         FROM session JOIN person ON person.id = session.person \
         WHERE session.token = $1 AND session.state = 'authenticated'",
    )
    .bind(token_hash(portal, token))
    .fetch_optional(portal.store().read())
    .await
    .at("session")?;
    let Some((id, person, role, method, seen_at, expires_at)) = row else {
        return Err(Error::CredentialsInvalid);
    };
    let unheard = now.millis().saturating_sub(seen_at);
    let over = now.millis() >= expires_at || now.minus(portal.policy().idle()).millis() >= seen_at;
    if over {
        end(portal, &id, "expired").await?;
        return Err(Error::CredentialsInvalid);
    }
    if unheard >= SEEN_EVERY {
        sqlx::query("UPDATE session SET seen_at = $1 WHERE id = $2 AND seen_at < $1")
            .bind(now.millis())
            .bind(&id)
            .execute(portal.store().write())
            .await
            .at("session")?;
    }
    Ok(Session {
        id,
        person,
        role: if role == "authority" {
            Role::Authority
        } else {
            Role::Holder
        },
        by_signature: method == SIGNATURE,
        only_applies: method == REGISTER,
        expires_at: Moment::from_millis(expires_at),
    })
}

/// Ends a session: by whoever holds its token, or, before there is one, by whoever knows its name.
pub async fn close(portal: &Portal, now: Moment, session: &str, token: Option<&str>) -> Result<(), Error> {
    let row: Option<(String, Option<String>)> =
        sqlx::query_as("SELECT person, token FROM session WHERE id = $1 AND state <> 'closed'")
            .bind(session)
            .fetch_optional(portal.store().read())
            .await
            .at("session close")?;
    let Some((person, expected)) = row else {
        return Err(Error::CredentialsInvalid);
    };
    let expected = expected.unwrap_or_default();
    if !expected.is_empty() {
        let given = token.map(|token| token_hash(portal, token)).unwrap_or_default();
        if !secret::equal(&given, &expected) {
            return Err(Error::CredentialsInvalid);
        }
    }
    let mut tx = portal.store().begin().await?;
    // Somebody may have been let in meanwhile, whose session is not for whoever knows its name to end.
    let closed = sqlx::query(
        "UPDATE session SET state = 'closed', token = NULL, otp = NULL \
         WHERE id = $1 AND state <> 'closed' AND COALESCE(token, '') = $2",
    )
    .bind(session)
    .bind(&expected)
    .execute(&mut *tx)
    .await
    .at("session close")?;
    if closed.rows_affected() == 0 {
        return Err(Error::CredentialsInvalid);
    }
    let entry = Entry {
        actor: &person,
        action: "session.closed",
        subject: session,
        outcome: "closed",
    };
    audit::append(portal, &mut tx, now, entry).await?;
    tx.commit().await.at("session close")
}

async fn end(portal: &Portal, session: &str, state: &str) -> Result<(), Error> {
    sqlx::query("UPDATE session SET state = $1, token = NULL, otp = NULL WHERE id = $2")
        .bind(state)
        .bind(session)
        .execute(portal.store().write())
        .await
        .at("session end")?;
    Ok(())
}

fn token_hash(portal: &Portal, token: &str) -> String {
    portal.keys().digest("token", &[token])
}

/// What a page's form has to bring along so that it is known to come from this very browser: made from the cookie
/// that the browser sends, and not to be had without it.
pub fn form_token(portal: &Portal, cookie: &str) -> String {
    portal.keys().digest("form", &[cookie])
}

/// Whether a form's token fits the cookie.
pub fn form_token_fits(portal: &Portal, cookie: &str, token: &str) -> bool {
    secret::equal(&form_token(portal, cookie), token)
}

/// After which times a message that nobody waits for, and that has surely not gone out, is tried again.
const AGAIN: [std::time::Duration; 3] = [
    std::time::Duration::from_secs(2),
    std::time::Duration::from_secs(15),
    std::time::Duration::from_mins(1),
];

/// Sends a message without a caller waiting for it, so that how long it takes tells nobody whether it was sent. A program
/// that ends after it waits for what is returned.
pub(crate) fn tell_later(portal: &Portal, now: Moment, person: &Person, notice: Notice) -> JoinHandle<()> {
    let (portal, to) = (portal.clone(), recipient(person));
    let telling = portal.telling().clone();
    telling.spawn(async move {
        for wait in AGAIN.map(Some).into_iter().chain([None]) {
            let turn = portal.tellers().acquire_owned().await;
            let sent = outbox::send(&portal, now, &to, &notice).await;
            drop(turn);
            match (sent, wait) {
                (Ok(()), _) => return,
                (Err(error @ Error::Busy { .. }), Some(wait)) => {
                    tracing::warn!(?notice, %error, again_in = ?wait, "a message could not be sent yet");
                    tokio::select! {
                        () = tokio::time::sleep(wait) => (),
                        // One last try, and no waiting for a service that stops.
                        () = portal.stopped() => (),
                    }
                }
                (Err(error), _) => {
                    tracing::warn!(?notice, %error, "a message could not be sent");
                    return;
                }
            }
        }
    })
}

pub(crate) fn recipient(person: &Person) -> Recipient {
    Recipient {
        person: person.id.clone(),
        name: format!("{} {}", person.first_name, person.last_name),
        phone: person.phone.clone(),
        email: person.email.clone(),
    }
}

/// Forgets what is over.
pub(crate) async fn sweep(portal: &Portal, now: Moment) -> Result<(), Error> {
    let day_ago = now.minus(std::time::Duration::from_hours(24)).millis();
    for (sql, before) in [
        ("DELETE FROM login_challenge WHERE expires_at < $1", now.millis()),
        ("DELETE FROM word_reset WHERE expires_at < $1", now.millis()),
        ("DELETE FROM session WHERE expires_at < $1", day_ago),
        (
            "DELETE FROM lockout WHERE locked_until < $1 AND failed_at < $1",
            day_ago,
        ),
    ] {
        sqlx::query(sql)
            .bind(before)
            .execute(portal.store().write())
            .await
            .at("sessions sweep")?;
    }
    Ok(())
}

/// A secret text.
pub(crate) type Secret = Zeroizing<String>;
