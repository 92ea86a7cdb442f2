//! The page with the verification code: it waits for the signature, and goes on by itself.
//!
//! The code and what shows the result are in the store as hashes only. The page's own copy is in a cookie of this very
//! page, sealed with the server's key, and gone with the code's time.

use askama::Template;
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    Error, Moment, Portal, sessions,
    signing::{self, Created, Purpose, State as Standing, Watched},
};

use super::{
    fault::Fault,
    page::{Page, clock, grouped, seconds, show},
    visitor::{Visitor, inside},
};

/// The cookie of the page.
const COOKIE: &str = "kartal-signing";
/// How long the cookie outlives the code, in seconds, so that the result can still be seen.
const AFTERWARDS: i64 = 600;
/// The longest cookie that is looked at.
const LONGEST: usize = 2_048;
/// How long a script waits in one request.
const WAIT: Duration = Duration::from_secs(25);

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/signing/{id}", get(wait))
        .route("/signing/{id}/state", get(state))
}

/// What the page knows.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Kept {
    code: String,
    page: String,
    created: i64,
    /// Where to go once a login is signed; empty: to the menu.
    #[serde(default)]
    next: String,
}

fn path(id: &str) -> String {
    format!("/signing/{id}")
}

/// Goes to the page of a transaction that was just made. `next` is where a login leads to.
pub(super) fn begin(
    portal: &Portal,
    visitor: &Visitor,
    created: &Created,
    next: &str,
) -> Result<Response, Fault> {
    let kept = Kept {
        code: created.code.to_string(),
        page: created.page.to_string(),
        created: created.created_at.millis(),
        next: next.to_owned(),
    };
    let plain = zeroize::Zeroizing::new(crate::persons::to_json(&kept)?);
    let place = path(&created.id);
    let sealed = portal.keys().seal(&place, plain.as_bytes())?;
    let lasts = i64::try_from(seconds(created.created_at, created.expires_at)).unwrap_or(0);
    let mut response = Redirect::to(&place).into_response();
    let value = URL_SAFE_NO_PAD.encode(sealed);
    visitor.remember_at(&mut response, &place, COOKIE, &value, lasts + AFTERWARDS);
    Ok(response)
}

fn kept(portal: &Portal, jar: &CookieJar, id: &str) -> Result<Kept, Fault> {
    let value = jar.get(COOKIE).map(Cookie::value).unwrap_or_default();
    let sealed = URL_SAFE_NO_PAD.decode(value.get(..value.len().min(LONGEST)).unwrap_or_default());
    let plain = sealed
        .ok()
        .and_then(|sealed| portal.keys().open(&path(id), &sealed).ok());
    plain
        .and_then(|plain| serde_json::from_slice(&plain).ok())
        .ok_or(Fault::Code)
}

#[derive(Template)]
#[template(path = "signing.html")]
struct SigningPage {
    page: Page,
    id: String,
    state: &'static str,
    /// In groups of three.
    code: String,
    control_code: String,
    /// Opens the application with the code filled in.
    link: String,
    left: u64,
    until: String,
    created: String,
    /// Where to begin again.
    back: &'static str,
    why: String,
}

/// What happened, in words of its own if there are any.
fn why(page: &Page, watched: &Watched) -> String {
    let reason = watched.end_result.as_ref().map_or("", |end| end.reason.as_str());
    match reason.split_whitespace().next().unwrap_or_default() {
        "signer-mismatch" => page.t("signing-why-other-person"),
        "certificate-weak-hash" => page.t("signing-why-weak-hash"),
        "certificate-revoked" => page.t("signing-why-revoked"),
        "certificate-expired" => page.t("signing-why-expired"),
        "unknown-person" => page.t("signing-why-unknown-person"),
        "no-certificate" => page.t("signing-why-no-certificate"),
        "content" => page.t("signing-why-content"),
        "certificate-not-qualified" => page.t("signing-why-not-qualified"),
        _ => String::new(),
    }
}

async fn wait(
    State(portal): State<Portal>,
    visitor: Visitor,
    jar: CookieJar,
    Path(id): Path<String>,
) -> Result<Response, Fault> {
    let kept = kept(&portal, &jar, &id)?;
    let now = Moment::now();
    let watched = signing::watch(&portal, || now, &id, &kept.page, None, Duration::ZERO).await;
    let watched = watched.map_err(|error| match error {
        Error::NotFound => Fault::Code,
        error => error.into(),
    })?;
    let subject = watched.end_result.as_ref().map_or("", |end| end.subject.as_str());
    if watched.state == Standing::Completed {
        match watched.purpose {
            Purpose::Login => return let_in(&portal, &visitor, now, &id, &kept).await,
            Purpose::Application => {
                return Ok(Redirect::to(&format!("/applications/{subject}")).into_response());
            }
            Purpose::Consent | Purpose::ConsentWithdrawal => {
                return Ok(Redirect::to("/consent").into_response());
            }
            Purpose::Text => (),
        }
    }
    let page = visitor.page(if watched.state.is_final() {
        "signing-end-title"
    } else {
        "signing-title"
    });
    show(&SigningPage {
        state: watched.state.code(),
        code: grouped(&kept.code, 3),
        link: format!("kartal://sign?code={}", kept.code),
        control_code: watched.control_code.clone(),
        left: seconds(now, watched.expires_at),
        until: clock(watched.expires_at),
        created: clock(Moment::from_millis(kept.created)),
        back: match watched.purpose {
            Purpose::Login => "/login/signature",
            Purpose::Consent | Purpose::ConsentWithdrawal => "/consent",
            Purpose::Application => "/applications",
            Purpose::Text => "/menu",
        },
        why: why(&page, &watched),
        id,
        page,
    })
}

/// The session is handed out once; whoever asks again is let in already.
async fn let_in(
    portal: &Portal,
    visitor: &Visitor,
    now: Moment,
    id: &str,
    kept: &Kept,
) -> Result<Response, Fault> {
    let place = inside(&kept.next).unwrap_or("/menu");
    match signing::take_session(portal, now, id, &kept.page).await {
        Ok(let_in) => {
            let mut response = Redirect::to(place).into_response();
            visitor.let_in(&mut response, &let_in.token);
            Ok(response)
        }
        Err(error @ Error::CredentialsInvalid) => match visitor.session_token() {
            Some(token) => {
                sessions::authenticate(portal, now, token).await?;
                Ok(Redirect::to(place).into_response())
            }
            None => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}

/// What is known already.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Known {
    known: String,
}

/// What the script learns: enough to look again.
#[derive(Serialize)]
struct News {
    state: &'static str,
    /// By the service's clock, in seconds.
    left: u64,
}

async fn state(
    State(portal): State<Portal>,
    jar: CookieJar,
    Path(id): Path<String>,
    Query(known): Query<Known>,
) -> Result<Response, Fault> {
    let kept = kept(&portal, &jar, &id)?;
    let known = match known.known.as_str() {
        "claimed" => Standing::Claimed,
        _ => Standing::Created,
    };
    let watched = signing::watch(&portal, Moment::now, &id, &kept.page, Some(known), WAIT).await?;
    Ok(Json(News {
        state: watched.state.code(),
        left: seconds(Moment::now(), watched.expires_at),
    })
    .into_response())
}
