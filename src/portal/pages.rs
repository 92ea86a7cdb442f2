//! The pages: server-rendered, and whole without script. A few small scripts of our own count down, copy and wait.
//!
//! Every form carries a token that is tied to the browser, every form that changes something answers with a redirect to
//! what came of it, and what may happen once only is decided by the core; so reloading, going back, a second tab and a
//! double click do no harm. The frame around every page finds out who looks at it, and makes pages of what went wrong.

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, Uri},
    middleware,
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use tower_http::catch_panic::CatchPanicLayer;

use crate::{Error, Moment, Portal, api::Refused, sessions, wording::Language};

mod application_form;
mod applications;
mod assets;
mod cards;
mod certificates;
mod code;
mod consent;
mod fault;
mod forms;
mod help;
mod inbox;
mod lists;
mod login;
mod menu;
mod page;
mod profile;
mod register;
mod signing;
mod visitor;
mod word;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

use fault::Fault;
use forms::Fields;
use visitor::Visitor;

/// The longest form, in bytes; lists have a bound of their own.
const LONGEST_FORM: usize = 256 * 1024;

/// All pages and what comes with them; what is nowhere else is told so by a page.
pub(crate) fn router(portal: &Portal) -> Router<Portal> {
    let forms = Router::new()
        .route("/", get(start))
        .route("/language", post(choose_language))
        .route("/alive", get(alive))
        .merge(login::router())
        .merge(register::router())
        .merge(word::router())
        .merge(help::router())
        .merge(menu::router())
        .merge(signing::router())
        .merge(certificates::router())
        .merge(cards::router())
        .merge(consent::router())
        .merge(profile::router())
        .merge(applications::router())
        .merge(application_form::router())
        .merge(inbox::router())
        .layer(DefaultBodyLimit::max(LONGEST_FORM));
    Router::new()
        .merge(forms)
        .merge(lists::router())
        .method_not_allowed_fallback(nowhere)
        .fallback(nowhere)
        .layer(CatchPanicLayer::custom(fallen))
        .layer(middleware::from_fn_with_state(portal.clone(), visitor::frame))
        .merge(assets::router())
}

async fn start(visitor: Visitor) -> Redirect {
    Redirect::to(if visitor.session_token().is_some() {
        "/menu"
    } else {
        "/login"
    })
}

/// Programs that miss a call are told so in their own way.
async fn nowhere(uri: Uri) -> Response {
    if uri.path().starts_with("/v1/") {
        Refused(Error::NotFound).into_response()
    } else {
        Fault::from(Error::NotFound).into_response()
    }
}

fn fallen(_: Box<dyn std::any::Any + Send>) -> Response {
    Fault::from(Error::internal("page", "it fell over")).into_response()
}

/// Somebody is typing: the session goes on. Says nothing but whether there is one.
async fn alive(State(portal): State<Portal>, visitor: Visitor) -> Result<StatusCode, StatusCode> {
    let token = visitor.session_token().ok_or(StatusCode::UNAUTHORIZED)?;
    match sessions::authenticate_applicant(&portal, Moment::now(), token).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(Error::CredentialsInvalid) => Err(StatusCode::UNAUTHORIZED),
        Err(_) => Err(StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// Remembers another language and goes back.
async fn choose_language(State(_): State<Portal>, visitor: Visitor, fields: Fields) -> Response {
    let back = visitor::inside(fields.get("back")).unwrap_or("/");
    let mut response = match visitor::inside(fields.get("next")) {
        Some(next) => Redirect::to(&format!("{back}?next={next}")).into_response(),
        None => Redirect::to(back).into_response(),
    };
    if let Some(language) = Language::of(fields.get("language")) {
        visitor.remember_language(&mut response, language);
    }
    response
}
