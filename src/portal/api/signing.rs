//! Signing by verification code.

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use service::{
    Authenticated, Bytes, Claim, Digest, Id, Item, Level, NewClaim, NewTransaction, Packaging, Refusal,
    RefusalReason, Sha256, SignatureProfile, Signatures, Signed, Transaction, TransactionCreated,
    TransactionState, VerificationCode,
};
use zeroize::Zeroizing;

use crate::{
    Error, FieldFault, Moment, Portal, idempotency, limits, persons,
    signing::{self, Created, Order, Purpose, State as Standing, Submitted},
};

use super::{
    Caller, Holder, Refused,
    extract::{Asked, Body, Key, Names, Shown},
    problem::Problems,
    sessions::{authenticated, id, token},
};

/// Which signatures are taken.
const PROFILE: SignatureProfile = SignatureProfile {
    level: Level::Basic,
    packaging: Packaging::Attached,
    digest: Digest::Sha256,
    qualified: true,
};

pub(super) fn created(now: Moment, transaction: Created) -> Result<TransactionCreated, Error> {
    let code = VerificationCode::typed(&transaction.code, true);
    Ok(TransactionCreated {
        id: id(&transaction.id)?,
        page_token: token(&transaction.page)?,
        verification_code: code.map_err(|_| Error::internal("signing", "not a code"))?,
        control_code: transaction.control_code,
        server_time: now.date_time(),
        expires_at: transaction.expires_at.date_time(),
    })
}

/// Has texts signed by the person who is logged in.
#[utoipa::path(post, path = "/signing-transactions", tag = "signing", request_body = NewTransaction,
    security(("session" = [])), responses((status = 201, body = TransactionCreated), Problems))]
pub(super) async fn create(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Body { value, .. }: Body<NewTransaction>,
) -> Result<(StatusCode, Json<TransactionCreated>), Refused> {
    let too_long = |text: &str| text.chars().count() > 200;
    if too_long(&value.purpose) {
        return Err(Error::field("purpose", FieldFault::TooLong).into());
    }
    if value
        .items
        .iter()
        .any(|item| too_long(&item.title) || too_long(&item.media_type))
    {
        return Err(Error::field("items", FieldFault::TooLong).into());
    }
    if value.profile != PROFILE {
        return Err(Error::field("profile", FieldFault::UnknownChoice).into());
    }
    let now = Moment::now();
    limits::take(&portal, now, limits::TEXTS, &session.person).await?;
    let person = persons::by_id(&portal, &session.person).await?;
    let item = |item: service::NewItem| signing::Item {
        title: item.title,
        media_type: item.media_type,
        content: item.content_base64.0,
    };
    let order = Order {
        identity: person.identity,
        person: Some(person.id),
        purpose: Purpose::Text,
        about: value.purpose,
        subject: String::new(),
        requester: person.institution,
        read_to_end: value.read_to_end,
        items: value.items.into_iter().map(item).collect(),
    };
    let transaction = signing::create(&portal, now, &order).await?;
    Ok((StatusCode::CREATED, Json(created(now, transaction)?)))
}

/// How long to wait.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(super) struct Patience {
    /// In milliseconds; left out: not at all.
    #[param(minimum = 0, maximum = 120_000)]
    timeout_ms: Option<u32>,
    /// The state that is known already: another one is answered at once.
    state: Option<TransactionState>,
}

/// What has become of a transaction, as soon as there is news.
#[utoipa::path(get, path = "/signing-transactions/{id}", tag = "signing", params(("id" = Id, Path), Patience),
    security(("page" = [])), responses((status = 200, body = Transaction), Problems))]
pub(super) async fn watch(
    State(portal): State<Portal>,
    Names(transaction): Names<Id>,
    Shown(page): Shown,
    Asked(patience): Asked<Patience>,
) -> Result<Json<Transaction>, Refused> {
    let wait = Duration::from_millis(u64::from(patience.timeout_ms.unwrap_or(0)));
    if wait > signing::LONGEST_WATCH {
        return Err(Error::field("timeoutMs", FieldFault::TooLong).into());
    }
    let known = patience.state.map(|state| match state {
        TransactionState::Created => Standing::Created,
        TransactionState::Claimed => Standing::Claimed,
        TransactionState::Completed => Standing::Completed,
        TransactionState::Refused => Standing::Refused,
        TransactionState::Expired => Standing::Expired,
        TransactionState::Failed => Standing::Failed,
    });
    let watched = signing::watch(&portal, Moment::now, transaction.as_str(), &page, known, wait).await?;
    let end = watched.end_result.as_ref();
    Ok(Json(Transaction {
        id: transaction,
        state: match watched.state {
            Standing::Created => TransactionState::Created,
            Standing::Claimed => TransactionState::Claimed,
            Standing::Completed => TransactionState::Completed,
            Standing::Refused => TransactionState::Refused,
            Standing::Expired => TransactionState::Expired,
            Standing::Failed => TransactionState::Failed,
        },
        server_time: Moment::now().date_time(),
        expires_at: watched.expires_at.date_time(),
        signed_at: end.and_then(|end| end.signed_at).map(Moment::date_time),
        signer: end.and_then(|end| end.signer.clone()),
    }))
}

/// The session that a login by signature has opened: once, to the page that asked for it.
#[utoipa::path(post, path = "/signing-transactions/{id}/session", tag = "signing", params(("id" = Id, Path)),
    security(("page" = [])), responses((status = 200, body = Authenticated), Problems))]
pub(super) async fn session(
    State(portal): State<Portal>,
    Names(transaction): Names<Id>,
    Shown(page): Shown,
) -> Result<Json<Authenticated>, Refused> {
    let let_in = signing::take_session(&portal, Moment::now(), transaction.as_str(), &page).await?;
    Ok(Json(authenticated(&portal, let_in).await?))
}

/// [`NewClaim`], before it is known whether the code can be one: what cannot is told as a code, not as a form.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TypedClaim {
    verification_code: Zeroizing<String>,
}

/// Claims what a code stands for.
#[utoipa::path(post, path = "/signing-claims", tag = "signing", request_body = NewClaim,
    params(("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 128)),
    responses((status = 200, body = Claim), Problems))]
pub(super) async fn claim(
    State(portal): State<Portal>,
    Caller(address): Caller,
    key: Key,
    Body { value, .. }: Body<TypedClaim>,
) -> Result<Json<Claim>, Refused> {
    let now = Moment::now();
    // Whoever brings no key cannot ask again: the claim is then as good as the one answer.
    let own = idempotency::name(&portal, "claim", key.0.as_deref())?;
    let claimed = signing::claim(&portal, now, &address, &value.verification_code, &own).await?;
    let items = claimed.items.into_iter().map(|item| {
        Ok(Item {
            id: id(&item.id)?,
            title: item.title,
            media_type: item.media_type,
            sha256: Sha256::of(&item.content),
            content_base64: Bytes(item.content),
        })
    });
    Ok(Json(Claim {
        transaction_id: id(&claimed.id)?,
        claim_token: token(&claimed.claim)?,
        requester: claimed.requester,
        purpose: claimed.purpose,
        control_code: claimed.control_code,
        server_time: now.date_time(),
        created_at: claimed.created_at.date_time(),
        expires_at: claimed.expires_at.date_time(),
        items: items.collect::<Result<_, Error>>()?,
        profile: PROFILE,
        read_to_end: claimed.read_to_end,
    }))
}

/// Hands in all signatures.
#[utoipa::path(post, path = "/signing-transactions/{id}/signatures", tag = "signing", request_body = Signatures,
    params(("id" = Id, Path), ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 128)),
    security(("claim" = [])), responses((status = 200, body = Signed), Problems))]
pub(super) async fn submit(
    State(portal): State<Portal>,
    Names(transaction): Names<Id>,
    Shown(claim): Shown,
    key: Key,
    Body { value, bytes }: Body<Signatures>,
) -> Result<Json<Signed>, Refused> {
    // Nothing is written down for whoever has not claimed it.
    signing::check_claim(&portal, Moment::now(), transaction.as_str(), &claim).await?;
    key.check(&portal, &format!("signatures {}", transaction.as_str()), &bytes)
        .await?;
    let submitted = |one: service::ItemSignature| Submitted {
        item: one.item_id.as_str().to_owned(),
        cms: one.cms.0,
    };
    let signatures: Vec<Submitted> = value.signatures.into_iter().map(submitted).collect();
    let signed_at =
        signing::submit(&portal, Moment::now(), transaction.as_str(), &claim, &signatures).await?;
    Ok(Json(Signed {
        signed_at: signed_at.date_time(),
    }))
}

/// Says that nothing will be signed.
#[utoipa::path(post, path = "/signing-transactions/{id}/refusal", tag = "signing", request_body = Refusal,
    params(("id" = Id, Path), ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 128)),
    security(("claim" = [])), responses((status = 204), Problems))]
pub(super) async fn refuse(
    State(portal): State<Portal>,
    Names(transaction): Names<Id>,
    Shown(claim): Shown,
    key: Key,
    Body { value, bytes }: Body<Refusal>,
) -> Result<StatusCode, Refused> {
    // Nothing is written down for whoever has not claimed it.
    signing::check_claim(&portal, Moment::now(), transaction.as_str(), &claim).await?;
    key.check(&portal, &format!("refusal {}", transaction.as_str()), &bytes)
        .await?;
    let reason = match value.reason {
        RefusalReason::User => "user",
        RefusalReason::NoCertificate => "no-certificate",
        RefusalReason::Content => "content",
    };
    signing::refuse(&portal, Moment::now(), transaction.as_str(), &claim, reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
