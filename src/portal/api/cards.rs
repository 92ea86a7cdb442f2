//! Cards, their PIN letters, and unlocking.

use axum::{Json, extract::State, http::StatusCode};
use service::{Card, CardSerial, CardState, Cards, PinLetter, Report, Started, Step, UnlockId};

use crate::{
    Error, Moment, Portal,
    cards::{self, unlock as unlocking},
    idempotency,
};

use super::{
    Holder, Refused,
    extract::{Body, Key, Names},
    problem::Problems,
    sessions::secret,
};

fn serial(text: &str) -> Result<CardSerial, Error> {
    CardSerial::parse(text).ok_or_else(|| Error::internal("card", "not a serial number"))
}

/// The cards of the person who is logged in.
#[utoipa::path(get, path = "/cards", tag = "cards", security(("session" = [])),
    responses((status = 200, body = Cards), Problems))]
pub(super) async fn list(
    State(portal): State<Portal>,
    Holder(session): Holder,
) -> Result<Json<Cards>, Refused> {
    let now = Moment::now();
    let card = |card: cards::Card| {
        Ok(Card {
            serial: serial(&card.serial)?,
            state: match card.state.as_str() {
                "active" if card.works_from <= now => CardState::Active,
                "active" => CardState::NotYet,
                _ => CardState::Inactive,
            },
            pin_info_available: card.pin_info,
            unlockable: card.unlockable,
        })
    };
    let list = cards::list(&portal, &session.person).await?;
    let cards = list.into_iter().map(card).collect::<Result<_, Error>>()?;
    Ok(Json(Cards { cards }))
}

/// PIN and PUK as issued, until they are deleted.
#[utoipa::path(get, path = "/cards/{serial}/pin-info", tag = "cards", params(("serial" = CardSerial, Path)),
    security(("session" = [])), responses((status = 200, body = PinLetter), Problems))]
pub(super) async fn pin_info(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(card): Names<CardSerial>,
) -> Result<Json<PinLetter>, Refused> {
    let info = cards::pin_info(&portal, Moment::now(), &session.person, card.as_str()).await?;
    Ok(Json(PinLetter {
        pin: secret(info.pin)?,
        puk: info.puk.map(secret).transpose()?,
        serial: card,
    }))
}

/// Deletes PIN and PUK for good.
#[utoipa::path(delete, path = "/cards/{serial}/pin-info", tag = "cards", params(("serial" = CardSerial, Path)),
    security(("session" = [])), responses((status = 204), Problems))]
pub(super) async fn delete_pin_info(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(card): Names<CardSerial>,
) -> Result<StatusCode, Refused> {
    cards::delete_pin_info(&portal, Moment::now(), &session.person, card.as_str()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins to unlock a card.
#[utoipa::path(post, path = "/cards/{serial}/unlock", tag = "cards",
    params(("serial" = CardSerial, Path), ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 128)),
    security(("session" = [])), responses((status = 201, body = Started), Problems))]
pub(super) async fn unlock(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names(card): Names<CardSerial>,
    key: Key,
) -> Result<(StatusCode, Json<Started>), Refused> {
    let scope = format!("unlock {} {}", session.person, card.as_str());
    key.check(&portal, &scope, b"").await?;
    let name = idempotency::name(&portal, &scope, key.0.as_deref())?;
    let begun = unlocking::begin(&portal, Moment::now(), &session.person, card.as_str(), &name).await?;
    let unlock_id = UnlockId::try_from(begun.id).map_err(|error| Error::internal("unlock", error))?;
    let started = Started {
        unlock_id,
        serial: card,
        step: begun.step,
    };
    Ok((StatusCode::CREATED, Json(started)))
}

/// Reports on a step; what is next.
#[utoipa::path(post, path = "/cards/{serial}/unlock/{id}/step", tag = "cards", request_body = Report,
    params(("serial" = CardSerial, Path), ("id" = UnlockId, Path),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 128)),
    security(("session" = [])), responses((status = 200, body = Step), Problems))]
pub(super) async fn step(
    State(portal): State<Portal>,
    Holder(session): Holder,
    Names((card, unlock)): Names<(CardSerial, UnlockId)>,
    key: Key,
    Body { value, bytes }: Body<Report>,
) -> Result<Json<Step>, Refused> {
    key.check(&portal, &format!("step {}", unlock.as_str()), &bytes)
        .await?;
    let person = &session.person;
    let step = unlocking::step(
        &portal,
        Moment::now(),
        person,
        card.as_str(),
        unlock.as_str(),
        &value,
    )
    .await?;
    Ok(Json(step))
}
