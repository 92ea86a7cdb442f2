//! What went wrong, as a page in the same look.

use std::time::Duration;

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

use crate::{Error, api::retry_after};

use super::{
    page::{Page, show},
    visitor::{APPLICATIONS, Visitor, inside},
};

/// What went wrong.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// The core refused, or failed.
    Service(Error),
    /// A form came from elsewhere, or from before somebody logged in or out.
    Form,
    /// The page of a verification code was opened in another browser, or too late.
    Code,
    /// Who is logged in may apply, and nothing else.
    OnlyApplies,
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Service(error)
    }
}

/// The frame makes a page of it, since only it knows who looks.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    /// Its title says what happened.
    page: Page,
    /// What to do.
    remedy: String,
    /// For technicians.
    technical: String,
    again: bool,
}

/// Its status and the name of its text.
fn described(fault: &Fault) -> (StatusCode, &'static str) {
    let Fault::Service(error) = fault else {
        return match fault {
            Fault::Code => (StatusCode::GONE, "error-code"),
            _ => (StatusCode::FORBIDDEN, "error-form"),
        };
    };
    match error {
        Error::NotFound => (StatusCode::NOT_FOUND, "error-not-found"),
        Error::Forbidden => (StatusCode::FORBIDDEN, "error-forbidden"),
        Error::StateConflict { .. } | Error::ReplacementNotPending => (StatusCode::CONFLICT, "error-state"),
        Error::RateLimited { .. } | Error::AccountLocked { .. } => {
            (StatusCode::TOO_MANY_REQUESTS, "error-rate")
        }
        Error::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
        Error::FormInvalid { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "error-request"),
        Error::Busy { .. } => (StatusCode::SERVICE_UNAVAILABLE, "error-busy"),
        _ => (StatusCode::INTERNAL_SERVER_ERROR, "error-internal"),
    }
}

/// The page. Whoever is not logged in (any more) is asked to, and comes back afterwards.
pub(super) fn page(visitor: &Visitor, fault: &Fault) -> Response {
    match fault {
        Fault::Service(Error::CredentialsInvalid) => return to_login(visitor),
        Fault::OnlyApplies => return Redirect::to(APPLICATIONS).into_response(),
        Fault::Service(Error::Internal { call, detail }) => tracing::error!(call, detail, "a page failed"),
        Fault::Service(Error::Busy { call, detail, .. }) => tracing::warn!(call, detail, "busy"),
        _ => (),
    }
    let (status, id) = described(fault);
    let wait = match fault {
        Fault::Service(
            Error::RateLimited { retry_after }
            | Error::AccountLocked { retry_after }
            | Error::Busy { retry_after, .. },
        ) => Some(*retry_after),
        _ => None,
    };
    let page = visitor.page(id);
    let minutes = wait.map_or(1, minutes);
    // Up to two hours in minutes.
    let hours = if minutes > 120 { minutes.div_ceil(60) } else { 0 };
    let times = [("minutes", minutes.to_string()), ("hours", hours.to_string())];
    let notice = page.notice("bad", id, &times);
    let technical = match fault {
        Fault::Service(Error::StateConflict { state }) => format!("{} {state}", status.as_u16()),
        _ => status.to_string(),
    };
    let template = ErrorPage {
        remedy: notice.remedy,
        technical,
        again: wait.is_some() && !visitor.has_posted(),
        page,
    };
    let mut response = show(&template).unwrap_or_else(|_| status.into_response());
    *response.status_mut() = status;
    if let Some(wait) = wait {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, retry_after(wait));
    }
    response
}

/// Started minutes; at least one.
pub(super) fn minutes(wait: Duration) -> u64 {
    wait.as_secs().div_ceil(60).max(1)
}

fn to_login(visitor: &Visitor) -> Response {
    let next = inside(visitor.place()).filter(|place| *place != "/menu");
    let expired = visitor.session_token().is_some();
    let over = match (expired, visitor.has_posted()) {
        (_, true) => "over=form",
        (true, false) => "over=1",
        (false, false) => "",
    };
    let next = next.map(|next| format!("next={next}")).unwrap_or_default();
    let query = [over, &next].into_iter().filter(|part| !part.is_empty());
    let query = query.collect::<Vec<_>>().join("&");
    let address = if query.is_empty() {
        "/login".to_owned()
    } else {
        format!("/login?{query}")
    };
    let mut response = Redirect::to(&address).into_response();
    if expired {
        visitor.forget_session(&mut response);
    }
    response
}
