//! The standing consent (*e-onay*).

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};

use crate::{Moment, Portal, consent};

use super::{
    certificates::Done,
    fault::Fault,
    forms::Fields,
    page::{Notice, Page, show},
    signing,
    visitor::Member,
};

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/consent", get(standing).post(ask))
        .route("/consent/withdrawal", get(to_standing).post(withdraw))
        .route(
            "/consent/signed-withdrawal",
            get(to_standing).post(ask_withdrawal),
        )
}

#[derive(Template)]
#[template(path = "consent.html")]
struct ConsentPage {
    page: Page,
    notice: Option<Notice>,
    given: bool,
    changed: Option<String>,
}

async fn standing(
    State(portal): State<Portal>,
    member: Member,
    Query(Done { done }): Query<Done>,
) -> Result<Response, Fault> {
    let page = member.page("consent-title");
    let consent = consent::get(&portal, member.id()).await?;
    show(&ConsentPage {
        notice: (done == "withdrawn" && !consent.given)
            .then(|| page.notice("good", "consent-withdrawn", &[])),
        given: consent.given,
        changed: consent.changed_at.map(|at| page.date_time(at)),
        page,
    })
}

/// Whoever logs in again after a form that came too late.
async fn to_standing() -> Redirect {
    Redirect::to("/consent")
}

async fn ask(State(portal): State<Portal>, member: Member, _: Fields) -> Result<Response, Fault> {
    if consent::get(&portal, member.id()).await?.given {
        return Ok(Redirect::to("/consent").into_response());
    }
    let created = consent::ask(&portal, Moment::now(), &member.person).await?;
    signing::begin(&portal, &member.visitor, &created, "")
}

async fn ask_withdrawal(State(portal): State<Portal>, member: Member, _: Fields) -> Result<Response, Fault> {
    if !consent::get(&portal, member.id()).await?.given {
        return Ok(Redirect::to("/consent").into_response());
    }
    let created = consent::ask_withdrawal(&portal, Moment::now(), &member.person).await?;
    signing::begin(&portal, &member.visitor, &created, "")
}

async fn withdraw(State(portal): State<Portal>, member: Member, _: Fields) -> Result<Response, Fault> {
    consent::withdraw(&portal, Moment::now(), member.id()).await?;
    Ok(Redirect::to("/consent?done=withdrawn").into_response())
}
