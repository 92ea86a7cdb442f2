//! A new security word for whoever forgot it.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};

use crate::{Error, FieldFault, Moment, Portal, api::Caller, sessions};

use super::{
    fault::Fault,
    forms::Fields,
    login::{CaptchaView, identity, kept},
    page::{Page, again, show},
    visitor::Visitor,
};

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/security-word", get(ask).post(request))
        .route("/security-word-sent", get(sent))
        .route("/security-word/{link}", get(choose_form).post(choose))
}

#[derive(Template)]
#[template(path = "word_request.html")]
struct RequestPage {
    page: Page,
    captcha: CaptchaView,
    number: String,
    number_fault: Option<String>,
    captcha_fault: Option<String>,
}

async fn ask(
    State(portal): State<Portal>,
    visitor: Visitor,
    Caller(address): Caller,
) -> Result<Response, Fault> {
    let page = visitor.page("word-title");
    show(&RequestPage {
        captcha: CaptchaView::new(&portal, &page, &address).await?,
        number: String::new(),
        number_fault: None,
        captcha_fault: None,
        page,
    })
}

async fn request(
    State(portal): State<Portal>,
    visitor: Visitor,
    Caller(address): Caller,
    fields: Fields,
) -> Result<Response, Fault> {
    let page = visitor.page("word-title");
    let (mut number_fault, mut captcha_fault) = (None, None);
    match identity(&page, fields.get("number")) {
        Err(fault) => number_fault = Some(fault),
        Ok(identity) => {
            let (challenge, answer) = (fields.get("challenge"), fields.get("answer"));
            let now = Moment::now();
            match sessions::request_word(&portal, now, &address, &identity, challenge, answer).await {
                Ok(()) => return Ok(Redirect::to("/security-word-sent").into_response()),
                Err(Error::CaptchaInvalid) => captcha_fault = Some(page.t("captcha-wrong")),
                Err(error) => return Err(error.into()),
            }
        }
    }
    let page = page.in_error();
    again(&RequestPage {
        captcha: CaptchaView::new(&portal, &page, &address).await?,
        number: kept(fields.get("number")),
        number_fault,
        captcha_fault,
        page,
    })
}

#[derive(Template)]
#[template(path = "word_sent.html")]
struct SentPage {
    page: Page,
}

async fn sent(visitor: Visitor) -> Result<Response, Fault> {
    show(&SentPage {
        page: visitor.page("word-sent-title"),
    })
}

#[derive(Template)]
#[template(path = "word_choose.html")]
struct ChoosePage {
    page: Page,
    link: String,
    word_fault: Option<String>,
    again_fault: Option<String>,
    /// Whether the link has been used, or is too old.
    over: bool,
}

async fn choose_form(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(link): Path<String>,
) -> Result<Response, Fault> {
    let link = name(&link)?;
    show(&ChoosePage {
        page: visitor.page("word-choose-title"),
        over: !sessions::is_good_link(&portal, Moment::now(), &link).await?,
        link,
        word_fault: None,
        again_fault: None,
    })
}

/// A link's name, if it can be one.
fn name(link: &str) -> Result<String, Fault> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if link.len() <= 64 && link.bytes().all(plain) {
        Ok(link.to_owned())
    } else {
        Err(Error::NotFound.into())
    }
}

async fn choose(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(link): Path<String>,
    fields: Fields,
) -> Result<Response, Fault> {
    let link = name(&link)?;
    let (word, second) = (fields.get("word"), fields.get("again"));
    let page = visitor.page("word-choose-title");
    let errors = match sessions::choose_word(&portal, Moment::now(), &link, word, second).await {
        Ok(()) => return Ok(Redirect::to("/login?out=word").into_response()),
        Err(Error::FormInvalid { errors }) => errors,
        Err(Error::NotFound) => {
            return again(&ChoosePage {
                page,
                link,
                word_fault: None,
                again_fault: None,
                over: true,
            });
        }
        Err(error) => return Err(error.into()),
    };
    let fault = |field: &str| {
        let error = errors.iter().find(|error| error.field == field)?;
        Some(said(&page, error.fault))
    };
    again(&ChoosePage {
        word_fault: fault("securityWord"),
        again_fault: fault("securityWordAgain"),
        link,
        over: false,
        page,
    })
}

/// A field's fault in words.
pub(super) fn said(page: &Page, fault: FieldFault) -> String {
    use crate::fields::FaultKind;
    let (id, most) = match fault {
        FieldFault::Form(kind @ FaultKind::TooLong { most }) => (kind.message(), most),
        FieldFault::Form(kind) => (kind.message(), 0),
        FieldFault::Required => ("fault-missing", 0),
        FieldFault::NotAsRegistered => ("fault-not-as-registered", 0),
        FieldFault::UnknownChoice => ("fault-choice", 0),
        _ => ("fault-form", 0),
    };
    page.text(id, &[("most", most.to_string())])
}
