//! PIN and PUK as issued: shown once they are asked for, deleted for good.

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};

use crate::{
    Error, Moment, Portal,
    cards::{self, PinInfo},
};

use super::{
    certificates::Done,
    fault::Fault,
    forms::Fields,
    page::{Notice, Page, grouped, show},
    visitor::Member,
};

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/cards", get(list))
        .route("/cards/{serial}/pin", get(nothing_shown).post(reveal))
        .route("/cards/{serial}/deletion", get(deletion).post(delete))
}

/// A card as it is shown.
struct View {
    serial: String,
    number: String,
    works_from: Option<String>,
    pin_info: bool,
}

fn view(page: &Page, now: Moment, card: &cards::Card) -> View {
    View {
        serial: card.serial.clone(),
        number: grouped(&card.serial, 4),
        works_from: (card.works_from > now).then(|| page.date(card.works_from)),
        pin_info: card.pin_info,
    }
}

#[derive(Template)]
#[template(path = "cards.html")]
struct ListPage {
    page: Page,
    notice: Option<Notice>,
    cards: Vec<View>,
}

async fn list(
    State(portal): State<Portal>,
    member: Member,
    Query(Done { done }): Query<Done>,
) -> Result<Response, Fault> {
    let page = member.page("cards-title");
    let now = Moment::now();
    let cards = cards::list(&portal, member.id()).await?;
    show(&ListPage {
        notice: (done == "deleted").then(|| page.notice("good", "pin-deleted", &[])),
        cards: cards.iter().map(|card| view(&page, now, card)).collect(),
        page,
    })
}

async fn one(portal: &Portal, member: &Member, serial: &str) -> Result<cards::Card, Error> {
    let cards = cards::list(portal, member.id()).await?;
    cards
        .into_iter()
        .find(|card| card.serial == serial)
        .ok_or(Error::NotFound)
}

#[derive(Template)]
#[template(path = "pin.html")]
struct PinPage {
    page: Page,
    card: View,
    info: PinInfo,
}

/// Reloading without sending the form again shows nothing: back to the list.
async fn nothing_shown(_: Member) -> Redirect {
    Redirect::to("/cards")
}

async fn reveal(
    State(portal): State<Portal>,
    member: Member,
    Path(serial): Path<String>,
    _: Fields,
) -> Result<Response, Fault> {
    let now = Moment::now();
    let card = one(&portal, &member, &serial).await?;
    let info = match cards::pin_info(&portal, now, member.id(), &serial).await {
        Ok(info) => info,
        // Deleted meanwhile, in another tab.
        Err(Error::NotFound) => return Ok(Redirect::to("/cards").into_response()),
        Err(error) => return Err(error.into()),
    };
    let page = member.page("pin-title");
    show(&PinPage {
        card: view(&page, now, &card),
        info,
        page,
    })
}

#[derive(Template)]
#[template(path = "pin_delete.html")]
struct DeletePage {
    page: Page,
    card: View,
}

async fn deletion(
    State(portal): State<Portal>,
    member: Member,
    Path(serial): Path<String>,
) -> Result<Response, Fault> {
    let card = one(&portal, &member, &serial).await?;
    if !card.pin_info {
        return Ok(Redirect::to("/cards?done=deleted").into_response());
    }
    let page = member.page("pin-delete-title");
    show(&DeletePage {
        card: view(&page, Moment::now(), &card),
        page,
    })
}

async fn delete(
    State(portal): State<Portal>,
    member: Member,
    Path(serial): Path<String>,
    _: Fields,
) -> Result<Response, Fault> {
    let deleted = cards::delete_pin_info(&portal, Moment::now(), member.id(), &serial).await;
    if let Err(error) = deleted {
        // Busy with wiping the traces, which goes on by itself: the PIN is gone already.
        let is_gone = matches!(error, Error::Busy { .. }) && !one(&portal, &member, &serial).await?.pin_info;
        if !is_gone {
            return Err(error.into());
        }
    }
    Ok(Redirect::to("/cards?done=deleted").into_response())
}
