//! Handing in signatures, or refusing to sign.

use crate::{
    Error, FieldFault, Moment, Portal, SignatureFinding, applications, error::At as _, fields::Identity,
    persons, secret, store::Writing, turns::Turn,
};

use super::{
    MOST_ATTEMPTS, Purpose, Signer, State,
    claim::claim_hash,
    effect::{self, Effect},
    judge::{self, Handed},
    note,
};

/// The signature of one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The item's name within the transaction.
    pub item: String,
    /// CMS in DER, with or without the content inside.
    pub cms: Vec<u8>,
}

/// A transaction as whoever has claimed it may see it.
struct Held {
    identity: Identity,
    person: Option<String>,
    purpose: Purpose,
    subject: String,
    state: State,
    accepted: String,
    signed_at: Moment,
}

/// Judges the signatures and does what they were asked for: all of it or nothing. The same signatures again are
/// answered the same.
pub async fn submit(
    portal: &Portal,
    now: Moment,
    id: &str,
    claim: &str,
    signatures: &[Submitted],
) -> Result<Moment, Error> {
    // The turn first: what others were refused meanwhile for the same code is counted by then.
    let turn = portal.judging().next().await?;
    let held = held(portal, now, id, claim).await?;
    let fingerprint = fingerprint(portal, signatures);
    match held.state {
        State::Completed if secret::equal(&held.accepted, &fingerprint) => return Ok(held.signed_at),
        State::Claimed => (),
        State::Expired => return Err(Error::CodeExpired),
        state => {
            return Err(Error::StateConflict {
                state: state.code().to_owned(),
            });
        }
    }
    let judged = judged(portal, now, id, &held, signatures, turn).await;
    let signer = match judged {
        Ok(signer) => signer,
        Err(error @ (Error::Signature { .. } | Error::SignerMismatch)) => {
            count_attempt(portal, now, id, &held, &error).await?;
            return Err(error);
        }
        Err(error) => return Err(error),
    };
    accept(portal, now, (id, claim), &held, signatures, &fingerprint, &signer).await
}

/// Takes signatures that are good, and does what they were asked for.
async fn accept(
    portal: &Portal,
    now: Moment,
    (id, claim): (&str, &str),
    held: &Held,
    signatures: &[Submitted],
    fingerprint: &str,
    signer: &Signer,
) -> Result<Moment, Error> {
    let mut tx = portal.store().begin().await?;
    let done = sqlx::query(
        "UPDATE signing SET state = 'completed', signed_at = $1, accepted = $2, signer = $3 \
         WHERE id = $4 AND state = 'claimed' AND claim = $5 AND expires_at > $1",
    )
    .bind(now.millis())
    .bind(fingerprint)
    .bind(&signer.name)
    .bind(id)
    .bind(claim_hash(portal, claim))
    .execute(&mut *tx)
    .await
    .at("signing submit")?;
    if done.rows_affected() == 0 {
        drop(tx);
        // Somebody was faster; if it was the same, it is answered the same.
        let held = self::held(portal, now, id, claim).await?;
        return match held.state {
            State::Completed if secret::equal(&held.accepted, fingerprint) => Ok(held.signed_at),
            State::Expired => Err(Error::CodeExpired),
            state => Err(Error::StateConflict {
                state: state.code().to_owned(),
            }),
        };
    }
    // Looked at again: it may have been revoked while the signatures waited for their turn.
    if !judge::is_in_force(portal.authority(), &mut *tx, signer).await? {
        return Err(Error::Signature {
            item: signatures.first().map(|one| one.item.clone()).unwrap_or_default(),
            finding: SignatureFinding::CertificateRevoked,
        });
    }
    keep(&mut tx, id, signatures).await?;
    let effect = Effect {
        id,
        purpose: held.purpose,
        subject: &held.subject,
        person: held.person.as_deref(),
        signer,
    };
    let person = match effect::take(portal, &mut tx, now, &effect).await {
        // A login of somebody who is not known here: the page tells so instead of waiting on.
        Err(Error::CredentialsInvalid) => {
            drop(tx);
            fail(portal, now, id, UNKNOWN_PERSON).await?;
            return Err(Error::Forbidden);
        }
        taken => taken?,
    };
    note(portal, &mut tx, now, person.as_deref(), id, "completed").await?;
    tx.commit().await.at("signing submit")?;
    portal.bells().ring(id);
    if let (Purpose::Application, Some(person)) = (held.purpose, &person) {
        match persons::by_id(portal, person).await {
            Ok(person) => drop(applications::tell_submitted(portal, now, &person).await),
            Err(error) => tracing::error!(%error, "nobody is told that an application was handed in"),
        }
    }
    Ok(now)
}

fn fingerprint(portal: &Portal, signatures: &[Submitted]) -> String {
    let hashes: Vec<String> = signatures
        .iter()
        .map(|one| secret::sha256_hex(&one.cms))
        .collect();
    let parts: Vec<&str> = signatures
        .iter()
        .zip(&hashes)
        .flat_map(|(one, hash)| [one.item.as_str(), hash.as_str()])
        .collect();
    portal.keys().digest("signatures", &parts)
}

/// Why a login ends whose signer the service does not know.
const UNKNOWN_PERSON: &str = "unknown-person";

type HeldRow = (
    String,
    Option<String>,
    String,
    String,
    String,
    i64,
    String,
    i64,
    String,
);

/// Whether this is the claim of that transaction.
pub async fn check_claim(portal: &Portal, now: Moment, id: &str, claim: &str) -> Result<(), Error> {
    held(portal, now, id, claim).await.map(drop)
}

async fn held(portal: &Portal, now: Moment, id: &str, claim: &str) -> Result<Held, Error> {
    let row: Option<HeldRow> = sqlx::query_as(
        "SELECT identity, person, purpose, subject, state, expires_at, accepted, signed_at, claim FROM signing \
         WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(portal.store().read())
    .await
    .at("signing held")?;
    let (identity, person, purpose, subject, state, expires_at, accepted, signed_at, expected) =
        row.ok_or(Error::CredentialsInvalid)?;
    if !secret::equal(&expected, &claim_hash(portal, claim)) {
        return Err(Error::CredentialsInvalid);
    }
    Ok(Held {
        identity: persons::from_stored(&identity)?,
        person,
        purpose: Purpose::of(&purpose)?,
        subject,
        state: State::of(&state, now, Moment::from_millis(expires_at)),
        accepted,
        signed_at: Moment::from_millis(signed_at),
    })
}

/// Every item has exactly one signature, all by the same person, who is the right one.
async fn judged(
    portal: &Portal,
    now: Moment,
    id: &str,
    held: &Held,
    signatures: &[Submitted],
    turn: Turn,
) -> Result<Signer, Error> {
    let items: Vec<(String, Vec<u8>)> =
        sqlx::query_as("SELECT id, content FROM signing_item WHERE signing = $1 ORDER BY position")
            .bind(id)
            .fetch_all(portal.store().read())
            .await
            .at("signing submit")?;
    let handed =
        paired(items, signatures).ok_or_else(|| Error::field("signatures", FieldFault::Malformed))?;
    let first = handed.first().map(|one| one.item.clone()).unwrap_or_default();
    let mut signers = judge::in_time(portal, now, turn, handed).await?.into_iter();
    let signer = signers
        .next()
        .ok_or_else(|| Error::internal("signing submit", "no items"))?;
    if signer.identity != held.identity || signers.any(|other| other.certificate != signer.certificate) {
        return Err(Error::SignerMismatch);
    }
    if !judge::is_in_force(portal.authority(), portal.store().read(), &signer).await? {
        return Err(Error::Signature {
            item: first,
            finding: SignatureFinding::CertificateRevoked,
        });
    }
    Ok(signer)
}

/// Each item with the one signature that names it.
fn paired(items: Vec<(String, Vec<u8>)>, signatures: &[Submitted]) -> Option<Vec<Handed>> {
    if signatures.len() != items.len() {
        return None;
    }
    let pair = |(item, content): (String, Vec<u8>)| {
        let mut fitting = signatures.iter().filter(|one| one.item == item);
        let (Some(one), None) = (fitting.next(), fitting.next()) else {
            return None;
        };
        Some(Handed {
            content,
            cms: one.cms.clone(),
            item,
        })
    };
    items.into_iter().map(pair).collect()
}

/// Ends a transaction whose signatures are good and lead nowhere.
async fn fail(portal: &Portal, now: Moment, id: &str, reason: &str) -> Result<(), Error> {
    let mut tx = portal.store().begin().await?;
    sqlx::query("UPDATE signing SET state = 'failed', reason = $1 WHERE id = $2 AND state = 'claimed'")
        .bind(reason)
        .bind(id)
        .execute(&mut *tx)
        .await
        .at("signing submit")?;
    note(portal, &mut tx, now, None, id, reason).await?;
    tx.commit().await.at("signing submit")?;
    portal.bells().ring(id);
    Ok(())
}

/// A refused submission; the last one that is allowed ends the transaction.
async fn count_attempt(
    portal: &Portal,
    now: Moment,
    id: &str,
    held: &Held,
    error: &Error,
) -> Result<(), Error> {
    let reason = error.to_string();
    let mut tx = portal.store().begin().await?;
    sqlx::query(
        "UPDATE signing SET attempts = attempts + 1, reason = $1, \
         state = CASE WHEN attempts + 1 >= $2 THEN 'failed' ELSE state END WHERE id = $3 AND state = 'claimed'",
    )
    .bind(&reason)
    .bind(MOST_ATTEMPTS)
    .bind(id)
    .execute(&mut *tx)
    .await
    .at("signing submit")?;
    note(portal, &mut tx, now, held.person.as_deref(), id, &reason).await?;
    tx.commit().await.at("signing submit")?;
    portal.bells().ring(id);
    Ok(())
}

async fn keep(tx: &mut Writing, id: &str, signatures: &[Submitted]) -> Result<(), Error> {
    for one in signatures {
        sqlx::query("UPDATE signing_item SET signature = $1 WHERE signing = $2 AND id = $3")
            .bind(one.cms.as_slice())
            .bind(id)
            .bind(&one.item)
            .execute(&mut **tx)
            .await
            .at("signing submit")?;
    }
    Ok(())
}

/// The person does not want to sign. Refusing again is no fault.
pub async fn refuse(portal: &Portal, now: Moment, id: &str, claim: &str, reason: &str) -> Result<(), Error> {
    let held = held(portal, now, id, claim).await?;
    match held.state {
        State::Refused => return Ok(()),
        State::Claimed => (),
        State::Expired => return Err(Error::CodeExpired),
        state => {
            return Err(Error::StateConflict {
                state: state.code().to_owned(),
            });
        }
    }
    let reason: String = reason.chars().filter(|one| !one.is_control()).take(500).collect();
    let mut tx = portal.store().begin().await?;
    let refused =
        sqlx::query("UPDATE signing SET state = 'refused', reason = $1 WHERE id = $2 AND state = 'claimed'")
            .bind(&reason)
            .bind(id)
            .execute(&mut *tx)
            .await
            .at("signing refuse")?;
    if refused.rows_affected() == 0 {
        drop(tx);
        return match self::held(portal, now, id, claim).await?.state {
            State::Refused => Ok(()),
            state => Err(Error::StateConflict {
                state: state.code().to_owned(),
            }),
        };
    }
    note(portal, &mut tx, now, held.person.as_deref(), id, "refused").await?;
    tx.commit().await.at("signing refuse")?;
    portal.bells().ring(id);
    Ok(())
}
