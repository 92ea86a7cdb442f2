//! The inbox and the captchas of practice. Elsewhere there are no such addresses.

use axum::{
    Json, Router,
    extract::{Path, State},
    routing::get,
};
use serde::Serialize;

use crate::{Portal, messages::Spooled, practice};

use super::Refused;

pub(super) fn router() -> Router<Portal> {
    Router::new()
        .route("/practice/inbox.json", get(inbox))
        .route("/practice/challenges/{id}", get(answer))
}

/// The latest messages, the last one first.
#[derive(Serialize)]
struct Inbox {
    messages: Vec<Spooled>,
}

async fn inbox(State(portal): State<Portal>) -> Result<Json<Inbox>, Refused> {
    let messages = practice::inbox(&portal).await?;
    Ok(Json(Inbox { messages }))
}

/// The letters of a captcha's picture.
#[derive(Serialize)]
struct Answer {
    answer: String,
}

async fn answer(State(portal): State<Portal>, Path(id): Path<String>) -> Result<Json<Answer>, Refused> {
    let answer = practice::captcha_answer(&portal, &id)?;
    Ok(Json(Answer { answer }))
}
