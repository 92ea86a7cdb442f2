//! Help: what people ask most, for whoever is logged in and whoever cannot log in.

use askama::Template;
use axum::{Router, response::Response, routing::get};

use crate::Portal;

use super::{
    fault::Fault,
    page::{Page, show},
    visitor::Visitor,
};

/// The text of a question, and the page that goes on from there with the text of its title.
const TOPICS: [(&str, Option<(&str, &str)>); 10] = [
    ("help-blocked", Some(("/unlock", "unlock-title"))),
    ("help-pin", Some(("/cards", "cards-title"))),
    ("help-word", Some(("/security-word", "word-title"))),
    ("help-sms", None),
    ("help-load", Some(("/certificates", "certificates-title"))),
    ("help-application", None),
    ("help-code", None),
    ("help-apply", Some(("/applications", "applications-title"))),
    ("help-lost", Some(("/certificates", "certificates-title"))),
    ("help-moved", Some(("/profile", "profile-title"))),
];

pub(super) fn router() -> Router<Portal> {
    Router::new().route("/help", get(help))
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    page: Page,
    topics: &'static [(&'static str, Option<(&'static str, &'static str)>)],
}

async fn help(visitor: Visitor) -> Result<Response, Fault> {
    show(&HelpPage {
        page: visitor.page("help-title"),
        topics: &TOPICS,
    })
}
