//! Signing transactions: `created → claimed → completed | refused | expired | failed`.
//!
//! A page creates one and shows its code; one application claims it, gets the texts, and hands in the signatures, which
//! are judged here again; the page learns the result by waiting for it.

use std::time::Duration;

use service::{Sha256, VerificationCode};
use zeroize::Zeroizing;

use crate::{
    Error, FieldFault, Moment, Portal,
    audit::{self, Entry},
    error::At as _,
    fields::Identity,
    limits, persons, secret,
    store::{self, Writing},
    texts,
};

mod claim;
mod effect;
mod judge;
mod submit;
mod watch;

pub use claim::{Claimed, ClaimedItem, claim};
pub(crate) use judge::anchors;
pub use judge::{Signer, judge};
pub use submit::{Submitted, check_claim, refuse, submit};
pub use watch::{EndResult, LONGEST as LONGEST_WATCH, Watched, take_session, watch};

/// The most items of one transaction.
pub const MOST_ITEMS: usize = 32;
/// The most bytes of all items together.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The most bytes of a title.
const LONGEST_TITLE: usize = 8 * 1024;
/// Ends what was to be signed for an application and is not any more, `but` for one: who has such a code is told so before
/// a PIN is asked for. To be done before the application is touched: a signature takes the two in this order, too. Whoever
/// waits for one of them has to be told after the commit.
pub(crate) async fn end_others(tx: &mut Writing, application: &str, but: &str) -> Result<Vec<String>, Error> {
    let ended: Vec<(String,)> = sqlx::query_as(
        "UPDATE signing SET state = 'expired' WHERE purpose = 'application' AND subject = $1 AND id <> $2 \
         AND state IN ('created', 'claimed') RETURNING id",
    )
    .bind(application)
    .bind(but)
    .fetch_all(&mut **tx)
    .await
    .at("signing end")?;
    Ok(ended.into_iter().map(|(id,)| id).collect())
}

/// What a login is signed for, in words.
const LOGIN: &str = "Elektronik imza ile giriş";

/// How many refused submissions end a transaction.
const MOST_ATTEMPTS: i64 = 5;

/// Where a transaction stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for an application.
    Created,
    /// An application has it.
    Claimed,
    /// The signatures are in, and good.
    Completed,
    /// The person did not want to sign.
    Refused,
    /// Its time is over.
    Expired,
    /// The signatures were not good, too often.
    Failed,
}

impl State {
    /// The name on the wire and in the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Claimed => "claimed",
            Self::Completed => "completed",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }

    /// As stored, and as the clock has it: what is over is over, whether or not somebody has written it down.
    fn of(code: &str, now: Moment, expires_at: Moment) -> Self {
        match code {
            "completed" => Self::Completed,
            "refused" => Self::Refused,
            "failed" => Self::Failed,
            "created" if now < expires_at => Self::Created,
            "claimed" if now < expires_at => Self::Claimed,
            _ => Self::Expired,
        }
    }

    /// Whether nothing more will happen.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Created | Self::Claimed)
    }
}

/// What is signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To log in.
    Login,
    /// To give the standing consent.
    Consent,
    /// To take the standing consent back.
    ConsentWithdrawal,
    /// To hand in an application.
    Application,
    /// Texts, and nothing more.
    Text,
}

impl Purpose {
    /// The name on the wire and in the store.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Consent => "consent",
            Self::ConsentWithdrawal => "consent-withdrawal",
            Self::Application => "application",
            Self::Text => "text",
        }
    }

    fn of(code: &str) -> Result<Self, Error> {
        [
            Self::Login,
            Self::Consent,
            Self::ConsentWithdrawal,
            Self::Application,
            Self::Text,
        ]
        .into_iter()
        .find(|purpose| purpose.code() == code)
        .ok_or_else(|| Error::internal("signing", "an unknown purpose"))
    }
}

/// A text to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub title: String,
    /// `text/plain; charset=utf-8` and the like.
    pub media_type: String,
    /// The bytes that are signed.
    pub content: Vec<u8>,
}

/// A transaction to be.
#[derive(Clone, Debug)]
pub struct Order {
    /// Who has to sign.
    pub identity: Identity,
    /// The store's name for that person, if it is known who is asking.
    pub person: Option<String>,
    /// What is signed for.
    pub purpose: Purpose,
    /// What for, in words.
    pub about: String,
    /// About what: an id of the store, or nothing.
    pub subject: String,
    /// Who asks for it, in words.
    pub requester: String,
    /// Whether the texts have to be read to their ends.
    pub read_to_end: bool,
    /// The texts.
    pub items: Vec<Item>,
}

/// A transaction that waits for an application.
#[derive(Clone)]
pub struct Created {
    /// The store's name for it.
    pub id: String,
    /// The code: 15 digits, the last a check digit.
    pub code: Zeroizing<String>,
    /// Four digits that page and application show alike.
    pub control_code: String,
    /// What the page shows to learn the result.
    pub page: Zeroizing<String>,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it can be claimed and signed.
    pub expires_at: Moment,
}

impl std::fmt::Debug for Created {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Created({})", self.id)
    }
}

/// Makes a transaction. Whoever calls this has decided that the person may.
pub async fn create(portal: &Portal, now: Moment, order: &Order) -> Result<Created, Error> {
    bounded(&order.items)?;
    let digests: Vec<Sha256> = order.items.iter().map(|item| Sha256::of(&item.content)).collect();
    let control_code = service::control_code(&digests);
    let (page, expires_at) = (secret::token()?, now.plus(portal.policy().code()));
    // Two live codes are the same once in millions of years; then another is drawn.
    for _ in 0..3 {
        let code = new_code()?;
        let id = secret::name()?;
        let mut tx = portal.store().begin().await?;
        let inserted = sqlx::query(
            "INSERT INTO signing (id, identity, person, purpose, about, subject, requester, code, control_code, page, claim, \
             state, attempts, accepted, reason, read_to_end, signer, result, created_at, claimed_at, expires_at, \
             signed_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 'created', 0, '', '', $11, '', '', $12, 0, $13, 0)",
        )
        .bind(&id)
        .bind(persons::stored(&order.identity))
        .bind(order.person.as_deref())
        .bind(order.purpose.code())
        .bind(&order.about)
        .bind(&order.subject)
        .bind(&order.requester)
        .bind(code_hash(portal, &code))
        .bind(&control_code)
        .bind(page_hash(portal, &id, &page))
        .bind(i64::from(order.read_to_end))
        .bind(now.millis())
        .bind(expires_at.millis())
        .execute(&mut *tx)
        .await;
        match inserted {
            Err(error) if store::is_duplicate(&error) => continue,
            inserted => inserted.at("signing create")?,
        };
        insert_items(&mut tx, &id, &order.items, &digests).await?;
        note(
            portal,
            &mut tx,
            now,
            order.person.as_deref(),
            &id,
            order.purpose.code(),
        )
        .await?;
        tx.commit().await.at("signing create")?;
        return Ok(Created {
            id,
            code,
            control_code,
            page,
            created_at: now,
            expires_at,
        });
    }
    Err(Error::internal("signing create", "no free code"))
}

fn bounded(items: &[Item]) -> Result<(), Error> {
    let bytes: usize = items.iter().map(|item| item.content.len()).sum();
    let titles = items
        .iter()
        .any(|item| item.title.len() > LONGEST_TITLE || item.media_type.len() > 200);
    if items.is_empty() {
        return Err(Error::field("items", FieldFault::Required));
    }
    if items.len() > MOST_ITEMS || bytes > MOST_BYTES || titles {
        return Err(Error::field("items", FieldFault::TooLong));
    }
    Ok(())
}

async fn insert_items(tx: &mut Writing, id: &str, items: &[Item], digests: &[Sha256]) -> Result<(), Error> {
    for (position, (item, sha256)) in (0_i64..).zip(items.iter().zip(digests)) {
        sqlx::query(
            "INSERT INTO signing_item (signing, position, id, title, media_type, content, sha256, signature) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(id)
        .bind(position)
        .bind(format!("{}", position + 1))
        .bind(&item.title)
        .bind(&item.media_type)
        .bind(item.content.as_slice())
        .bind(sha256.to_string())
        .bind(Vec::new())
        .execute(&mut **tx)
        .await
        .at("signing create")?;
    }
    Ok(())
}

/// Fifteen digits, the last of them the check digit.
fn new_code() -> Result<Zeroizing<String>, Error> {
    let digits = secret::digits(VerificationCode::DIGITS - 1)?;
    let code = VerificationCode::with_check_digit(&digits)
        .ok_or_else(|| Error::internal("signing create", "no check digit"))?;
    Ok(Zeroizing::new(code.as_str().to_owned()))
}

fn code_hash(portal: &Portal, code: &str) -> String {
    portal.keys().digest("verification code", &[code])
}

fn page_hash(portal: &Portal, id: &str, page: &str) -> String {
    portal.keys().digest("signing page", &[id, page])
}

/// A login by signature: anybody may ask for one; only the right signature opens a session.
pub async fn begin_login(
    portal: &Portal,
    now: Moment,
    address: &str,
    identity: Identity,
) -> Result<Created, Error> {
    limits::take(portal, now, limits::LOGINS, address).await?;
    let who = format!("{address} {}", persons::stored(&identity));
    limits::take(portal, now, limits::SIGNED_LOGINS, &who).await?;
    let item = texts::login(&texts::Bound::new(portal, now)?, &identity);
    let order = Order {
        identity,
        person: None,
        purpose: Purpose::Login,
        about: LOGIN.to_owned(),
        subject: String::new(),
        requester: texts::REQUESTER.to_owned(),
        read_to_end: false,
        items: vec![item],
    };
    create(portal, now, &order).await
}

async fn note(
    portal: &Portal,
    tx: &mut Writing,
    now: Moment,
    person: Option<&str>,
    id: &str,
    outcome: &str,
) -> Result<(), Error> {
    let entry = Entry {
        actor: person.unwrap_or("unknown"),
        action: "signing",
        subject: id,
        outcome,
    };
    audit::append(portal, tx, now, entry).await
}

/// Writes down what is over, and forgets the texts a day later, but those whose signatures are kept.
pub(crate) async fn sweep(portal: &Portal, now: Moment) -> Result<(), Error> {
    let day_ago = now.minus(Duration::from_hours(24)).millis();
    for (sql, before) in [
        (
            "UPDATE signing SET state = 'expired' WHERE state IN ('created', 'claimed') AND expires_at <= $1",
            now.millis(),
        ),
        (
            "DELETE FROM signing WHERE expires_at < $1 AND (state <> 'completed' OR purpose = 'login')",
            day_ago,
        ),
    ] {
        sqlx::query(sql)
            .bind(before)
            .execute(portal.store().write())
            .await
            .at("signing sweep")?;
    }
    Ok(())
}
