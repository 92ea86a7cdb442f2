//! Claiming a code: one application only.

use service::VerificationCode;
use zeroize::Zeroizing;

use crate::{Error, Moment, Portal, error::At as _, limits};

use super::{State, code_hash, note};

/// What the application gets that has claimed a code.
#[derive(Clone)]
pub struct Claimed {
    /// The store's name for the transaction.
    pub id: String,
    /// What the application shows from now on.
    pub claim: Zeroizing<String>,
    /// Who asks, in words.
    pub requester: String,
    /// What for.
    pub purpose: String,
    /// Four digits that page and application show alike.
    pub control_code: String,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it can be signed.
    pub expires_at: Moment,
    /// Whether the texts have to be read to their ends.
    pub read_to_end: bool,
    /// The texts.
    pub items: Vec<ClaimedItem>,
}

impl std::fmt::Debug for Claimed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Claimed({})", self.id)
    }
}

/// A text of a claimed transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedItem {
    /// Its name within the transaction.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// `text/plain; charset=utf-8` and the like.
    pub media_type: String,
    /// The bytes that are to be signed.
    pub content: Vec<u8>,
    /// SHA-256 over them, in hexadecimal digits.
    pub sha256: String,
}

type Row = (String, String, String, String, i64, i64, i64, Option<String>);

/// Claims the code for whoever made up `key`; the same code with the same key again is the same claim, so that a lost
/// answer can be asked for again. `address` is where the call comes from.
pub async fn claim(
    portal: &Portal,
    now: Moment,
    address: &str,
    code: &str,
    key: &str,
) -> Result<Claimed, Error> {
    let code = VerificationCode::typed(code, true).map_err(|_| Error::CodeMalformed)?;
    limits::look(portal, now, limits::WRONG_CLAIMS, address).await?;
    let hash = code_hash(portal, code.as_str());
    let token = Zeroizing::new(portal.keys().digest("claim", &[code.as_str(), key]));
    let mut tx = portal.store().begin().await?;
    let row: Option<Row> = sqlx::query_as(
        "UPDATE signing SET state = 'claimed', claim = $1, claimed_at = CASE WHEN claimed_at = 0 THEN $2 ELSE claimed_at END \
         WHERE code = $3 AND (state = 'created' OR (state = 'claimed' AND claim = $1)) AND expires_at > $2 \
         RETURNING id, requester, about, control_code, created_at, expires_at, read_to_end, person",
    )
    .bind(claim_hash(portal, &token))
    .bind(now.millis())
    .bind(&hash)
    .fetch_optional(&mut *tx)
    .await
    .at("claim")?;
    let Some((id, requester, purpose, control_code, created_at, expires_at, read_to_end, person)) = row
    else {
        drop(tx);
        return Err(not_claimed(portal, now, address, &hash).await?);
    };
    let items = items(&mut tx, &id).await?;
    note(portal, &mut tx, now, person.as_deref(), &id, "claimed").await?;
    tx.commit().await.at("claim")?;
    portal.bells().ring(&id);
    Ok(Claimed {
        id,
        claim: token,
        requester,
        purpose,
        control_code,
        created_at: Moment::from_millis(created_at),
        expires_at: Moment::from_millis(expires_at),
        read_to_end: read_to_end == 1,
        items,
    })
}

pub(super) fn claim_hash(portal: &Portal, claim: &str) -> String {
    portal.keys().digest("claim token", &[claim])
}

async fn items(tx: &mut crate::store::Writing, id: &str) -> Result<Vec<ClaimedItem>, Error> {
    let rows: Vec<(String, String, String, Vec<u8>, String)> = sqlx::query_as(
        "SELECT id, title, media_type, content, sha256 FROM signing_item WHERE signing = $1 ORDER BY position",
    )
    .bind(id)
    .fetch_all(&mut **tx)
    .await
    .at("claim")?;
    let item = |(id, title, media_type, content, sha256)| ClaimedItem {
        id,
        title,
        media_type,
        content,
        sha256,
    };
    Ok(rows.into_iter().map(item).collect())
}

/// Why a code could not be claimed. Only codes that nobody has are counted against the address.
async fn not_claimed(portal: &Portal, now: Moment, address: &str, hash: &str) -> Result<Error, Error> {
    let row: Option<(String, i64)> = sqlx::query_as("SELECT state, expires_at FROM signing WHERE code = $1")
        .bind(hash)
        .fetch_optional(portal.store().read())
        .await
        .at("claim")?;
    let Some((state, expires_at)) = row else {
        limits::take(portal, now, limits::WRONG_CLAIMS, address).await?;
        return Ok(Error::CodeUnknown);
    };
    Ok(match State::of(&state, now, Moment::from_millis(expires_at)) {
        State::Expired => Error::CodeExpired,
        _ => Error::CodeAlreadyClaimed,
    })
}
