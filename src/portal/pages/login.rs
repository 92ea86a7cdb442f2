//! Logging in: security word and captcha, then the code by SMS; or by signature.

use askama::Template;
use axum::{
    Router,
    extract::{Query, State},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;

use crate::{
    Error, Moment, Portal,
    api::Caller,
    fields::{FaultKind, Identity},
    sessions::{self, Login},
    signing as core_signing,
    wording::Language,
    words::Word,
};

use super::{
    code::{self, Asked, CodePage},
    fault::{Fault, minutes},
    forms::Fields,
    page::{Notice, Page, again, show},
    signing,
    visitor::{Visitor, inside},
};

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/login", get(form).post(log_in))
        .route("/login/code", get(code_form).post(verify))
        .route("/login/code/send", get(to_code).post(send))
        .route("/login/signature", get(signature_form).post(by_signature))
        .route("/logout", get(to_start).post(log_out))
}

/// Who comes back to where a form was sent.
async fn to_code() -> Redirect {
    Redirect::to("/login/code")
}

async fn to_start() -> Redirect {
    Redirect::to("/")
}

/// A captcha as a form shows it.
pub(super) struct CaptchaView {
    pub(super) id: String,
    /// A PNG picture, base64.
    pub(super) picture: String,
    /// The same as a question.
    pub(super) question: String,
}

impl CaptchaView {
    pub(super) async fn new(portal: &Portal, page: &Page, address: &str) -> Result<Self, Fault> {
        let challenge = sessions::challenge(portal, Moment::now(), address).await?;
        let [turkish, english] = challenge.alternative;
        Ok(Self {
            id: challenge.id,
            picture: STANDARD.encode(&challenge.png),
            question: match page.language() {
                Language::Turkish => turkish,
                Language::English => english,
            },
        })
    }
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    page: Page,
    notice: Option<Notice>,
    captcha: CaptchaView,
    number: String,
    number_fault: Option<String>,
    captcha_fault: Option<String>,
    next: String,
}

/// Where to go after logging in, and whether a session has just ended.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Arrival {
    next: String,
    over: String,
    out: String,
}

async fn form(
    State(portal): State<Portal>,
    visitor: Visitor,
    Caller(address): Caller,
    Query(arrival): Query<Arrival>,
) -> Result<Response, Fault> {
    let page = visitor.page("login-title");
    let notice = match (arrival.over.as_str(), arrival.out.as_str()) {
        ("1", _) => Some(page.notice("warning", "login-over", &[])),
        ("form", _) => Some(page.notice("warning", "login-over-form", &[])),
        (_, "1") => Some(page.notice("good", "login-out", &[])),
        (_, "codes") => Some(page.notice("warning", "login-codes", &[])),
        (_, "word") => Some(page.notice("good", "word-changed", &[])),
        _ => None,
    };
    show(&LoginPage {
        captcha: CaptchaView::new(&portal, &page, &address).await?,
        notice,
        number: String::new(),
        number_fault: None,
        captcha_fault: None,
        next: inside(&arrival.next).unwrap_or_default().to_owned(),
        page,
    })
}

/// What a number that cannot be one is told.
pub(super) fn identity(page: &Page, typed: &str) -> Result<Identity, String> {
    Identity::parse(typed).map_err(|fault| {
        let most = match fault {
            FaultKind::TooLong { most } => most,
            _ => 0,
        };
        page.text(fault.message(), &[("most", most.to_string())])
    })
}

async fn log_in(
    State(portal): State<Portal>,
    visitor: Visitor,
    Caller(address): Caller,
    fields: Fields,
) -> Result<Response, Fault> {
    let page = visitor.page("login-title");
    let next = inside(fields.get("next")).unwrap_or_default().to_owned();
    let (mut notice, mut captcha_fault, mut number_fault) = (None, None, None);
    match identity(&page, fields.get("number")) {
        Err(fault) => number_fault = Some(fault),
        Ok(identity) => {
            let login = Login {
                identity,
                word: Word::typed(fields.get("word")),
                challenge: fields.get("challenge").to_owned(),
                answer: fields.get("answer").to_owned(),
            };
            match sessions::open(&portal, Moment::now(), &address, login).await {
                Ok(opened) => {
                    let mut response = Redirect::to("/login/code").into_response();
                    visitor.remember_login(&mut response, &opened.session, &next);
                    return Ok(response);
                }
                Err(Error::CaptchaInvalid) => captcha_fault = Some(page.t("captcha-wrong")),
                Err(Error::CredentialsInvalid) => {
                    notice = Some(page.notice("bad", "login-wrong", &[]));
                }
                Err(Error::AccountLocked { retry_after }) => {
                    let variables = [("minutes", minutes(retry_after).to_string())];
                    notice = Some(page.notice("bad", "login-locked", &variables));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    let page = page.in_error();
    again(&LoginPage {
        captcha: CaptchaView::new(&portal, &page, &address).await?,
        notice,
        number: kept(fields.get("number")),
        number_fault,
        captcha_fault,
        next,
        page,
    })
}

/// What is shown again of what was typed: not more than a field takes.
pub(super) fn kept(typed: &str) -> String {
    typed.chars().take(500).collect()
}

/// Where to go when no login waits for a code: it is through already, or has to begin anew.
fn no_login(visitor: &Visitor) -> Response {
    let place = if visitor.session_token().is_some() {
        "/menu"
    } else {
        "/login?over=1"
    };
    Redirect::to(place).into_response()
}

async fn code_form(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, Fault> {
    let Some((session, _)) = visitor.login() else {
        return Ok(no_login(&visitor));
    };
    let now = Moment::now();
    match sessions::pending(&portal, now, session).await {
        Ok(pending) => show(&CodePage::login(visitor.page("code-title"), now, &pending, None)),
        Err(Error::CredentialsInvalid) => Ok(no_login(&visitor)),
        Err(error) => Err(error.into()),
    }
}

async fn send(State(portal): State<Portal>, visitor: Visitor, _: Fields) -> Result<Response, Fault> {
    let Some((session, _)) = visitor.login() else {
        return Ok(no_login(&visitor));
    };
    let now = Moment::now();
    match sessions::send_code(&portal, now, session).await {
        Err(Error::CredentialsInvalid) => Ok(no_login(&visitor)),
        sent => code::sent(&portal, now, sent, "/login/code", Asked::Login(session)).await,
    }
}

async fn verify(State(portal): State<Portal>, visitor: Visitor, fields: Fields) -> Result<Response, Fault> {
    // The same form sent twice: the first has let in already.
    let Some((session, next)) = visitor.login() else {
        return Ok(no_login(&visitor));
    };
    let now = Moment::now();
    let error = match sessions::verify_code(&portal, now, session, fields.get("code")).await {
        Ok(let_in) => {
            let mut response = Redirect::to(next).into_response();
            visitor.let_in(&mut response, &let_in.token);
            return Ok(response);
        }
        Err(error @ (Error::OtpInvalid { .. } | Error::OtpExpired)) => error,
        Err(Error::CredentialsInvalid) => return Ok(no_login(&visitor)),
        Err(error) => return Err(error.into()),
    };
    match sessions::pending(&portal, now, session).await {
        Ok(pending) => {
            let page = visitor.page("code-title");
            again(&CodePage::login(page, now, &pending, Some(&error)))
        }
        // Too many wrong codes: the login begins anew.
        Err(Error::CredentialsInvalid) => Ok(Redirect::to("/login?out=codes").into_response()),
        Err(error) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "login_signature.html")]
struct SignaturePage {
    page: Page,
    number: String,
    number_fault: Option<String>,
    next: String,
}

async fn signature_form(visitor: Visitor, Query(arrival): Query<Arrival>) -> Result<Response, Fault> {
    show(&SignaturePage {
        page: visitor.page("login-signature-title"),
        number: String::new(),
        number_fault: None,
        next: inside(&arrival.next).unwrap_or_default().to_owned(),
    })
}

async fn by_signature(
    State(portal): State<Portal>,
    visitor: Visitor,
    Caller(address): Caller,
    fields: Fields,
) -> Result<Response, Fault> {
    let page = visitor.page("login-signature-title");
    let next = inside(fields.get("next")).unwrap_or_default().to_owned();
    let identity = match identity(&page, fields.get("number")) {
        Ok(identity) => identity,
        Err(fault) => {
            return again(&SignaturePage {
                page,
                number: kept(fields.get("number")),
                number_fault: Some(fault),
                next,
            });
        }
    };
    let created = core_signing::begin_login(&portal, Moment::now(), &address, identity).await?;
    signing::begin(&portal, &visitor, &created, &next)
}

async fn log_out(State(portal): State<Portal>, visitor: Visitor, _: Fields) -> Result<Response, Fault> {
    if let Some(token) = visitor.session_token() {
        let now = Moment::now();
        match sessions::authenticate_applicant(&portal, now, token).await {
            Ok(session) => sessions::close(&portal, now, &session.id, Some(token)).await?,
            // It has ended by itself.
            Err(Error::CredentialsInvalid) => (),
            Err(error) => return Err(error.into()),
        }
    }
    let mut response = Redirect::to("/login?out=1").into_response();
    visitor.forget(&mut response);
    Ok(response)
}
