//! Logging in to apply, for whoever has no security word: with the entry in the population register, then the code by SMS.

use askama::Template;
use axum::{
    Router,
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};

use crate::{
    Error, FieldFault, Moment, Portal,
    api::Caller,
    sessions::{self, EntryFaults, Register, RegisterEntry},
};

use super::{
    application_form::InputView,
    fault::{Fault, minutes},
    forms::Fields,
    login::{CaptchaView, identity, kept},
    page::{Notice, Page, again, show},
    visitor::{APPLICATIONS, Visitor},
    word::said,
};

pub(super) fn router() -> Router<Portal> {
    Router::new().route("/login/register", get(form).post(log_in))
}

/// The fields of an entry, in the order of [`RegisterEntry::typed`]: their names, their labels, what browsers fill in.
const ENTRY: [(&str, &str, &str); 4] = [
    ("firstName", "register-first-name", "given-name"),
    ("lastName", "register-last-name", "family-name"),
    ("birthPlace", "register-birth-place", "off"),
    ("birthDate", "register-birth-date", "bday"),
];

#[derive(Template)]
#[template(path = "login_register.html")]
struct RegisterPage {
    page: Page,
    notice: Option<Notice>,
    captcha: CaptchaView,
    number: String,
    number_fault: Option<String>,
    entry: Vec<InputView>,
    captcha_fault: Option<String>,
}

/// What is wrong with what was typed.
#[derive(Default)]
struct Faults {
    number: Option<String>,
    entry: EntryFaults,
    captcha: Option<String>,
    notice: Option<Notice>,
}

impl RegisterPage {
    async fn new(
        portal: &Portal,
        address: &str,
        page: Page,
        typed: &Fields,
        faults: Faults,
    ) -> Result<Self, Fault> {
        let entry = ENTRY.into_iter().zip(faults.entry);
        let entry = entry.map(|((name, label, fill), fault)| {
            let hint = format!("{label}.text");
            InputView {
                name,
                label: page.t(label),
                hint: if page.has(&hint) {
                    page.t(&hint)
                } else {
                    String::new()
                },
                value: kept(typed.get(name)),
                fault: fault.map(|fault| said(&page, FieldFault::Form(fault))),
                // All of them are: none is marked.
                required: false,
                kind: "text",
                fill,
                width: if name == "birthDate" { "half" } else { "" },
            }
        });
        Ok(Self {
            entry: entry.collect(),
            notice: faults.notice,
            captcha: CaptchaView::new(portal, &page, address).await?,
            number: kept(typed.get("number")),
            number_fault: faults.number,
            captcha_fault: faults.captcha,
            page,
        })
    }
}

async fn form(
    State(portal): State<Portal>,
    visitor: Visitor,
    Caller(address): Caller,
) -> Result<Response, Fault> {
    let page = visitor.page("register-title");
    show(&RegisterPage::new(&portal, &address, page, &Fields::default(), Faults::default()).await?)
}

async fn log_in(
    State(portal): State<Portal>,
    visitor: Visitor,
    Caller(address): Caller,
    fields: Fields,
) -> Result<Response, Fault> {
    let page = visitor.page("register-title");
    let now = Moment::now();
    let identity = identity(&page, fields.get("number"));
    let entry = RegisterEntry::typed(ENTRY.map(|(name, ..)| fields.get(name)), now.in_turkey().date());
    let mut faults = Faults::default();
    match (identity, entry) {
        (Ok(identity), Ok(entry)) => {
            let register = Register {
                identity,
                entry,
                challenge: fields.get("challenge").to_owned(),
                answer: fields.get("answer").to_owned(),
            };
            match sessions::open_by_register(&portal, now, &address, register).await {
                Ok(opened) => {
                    let mut response = Redirect::to("/login/code").into_response();
                    visitor.remember_login(&mut response, &opened.session, APPLICATIONS);
                    return Ok(response);
                }
                Err(Error::CaptchaInvalid) => faults.captcha = Some(page.t("captcha-wrong")),
                Err(Error::CredentialsInvalid) => {
                    faults.notice = Some(page.notice("bad", "register-wrong", &[]));
                }
                Err(Error::AccountLocked { retry_after }) => {
                    let variables = [("minutes", minutes(retry_after).to_string())];
                    faults.notice = Some(page.notice("bad", "login-locked", &variables));
                }
                Err(error) => return Err(error.into()),
            }
        }
        (identity, entry) => {
            faults.number = identity.err();
            faults.entry = entry.err().unwrap_or_default();
        }
    }
    let page = page.in_error();
    again(&RegisterPage::new(&portal, &address, page, &fields, faults).await?)
}
