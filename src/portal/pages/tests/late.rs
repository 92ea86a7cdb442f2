//! What comes too late: forms of sessions that have ended, and addresses that make no sense.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

use crate::{Moment, cards, sessions};

use super::{AYSE, Desk};

#[tokio::test]
async fn a_form_that_came_too_late_is_told_so_and_leads_back_to_its_page() {
    let desk = Desk::new().await;
    let (cookie, token) = desk.member(AYSE).await;
    let begun = desk.post("/applications", &cookie, &token).await;
    let application = begun.to().to_owned();
    let serial = cards_of(&desk).await.remove(0).serial;
    // Every address that takes a form: where it leads after logging in again is a page, or sends on to one.
    let places = [
        format!("{application}/form"),
        format!("{application}/withdrawal"),
        format!("{application}/code"),
        format!("{application}/code/send"),
        format!("{application}/approval"),
        format!("/cards/{serial}/deletion"),
        format!("/cards/{serial}/pin"),
        "/certificates/x/activation".to_owned(),
        "/consent".to_owned(),
        "/consent/withdrawal".to_owned(),
        "/consent/signed-withdrawal".to_owned(),
        "/profile".to_owned(),
    ];
    for place in &places {
        let late = desk.post(place, "kartal-session=gone", "").await;
        assert_eq!(late.to(), format!("/login?over=form&next={place}"));
        let back = desk.get(place, &cookie).await;
        assert!(
            matches!(back.status, StatusCode::OK | StatusCode::SEE_OTHER),
            "{place}: {}",
            back.status
        );
    }
    let login = desk.get("/login?over=form&next=/profile", "").await;
    assert!(login.text.contains("Gönderdiğiniz işlem yapılmadı"));
    assert!(login.text.contains("/login/signature?next=/profile"));
    let by_signature = desk.get("/login/signature?next=/profile", "").await;
    assert!(by_signature.text.contains("name=\"next\" value=\"/profile\""));
}

async fn cards_of(desk: &Desk) -> Vec<cards::Card> {
    let identity = crate::fields::Identity::parse(AYSE).unwrap();
    let person = crate::persons::by_identity(&desk.portal, &identity)
        .await
        .unwrap()
        .unwrap();
    cards::list(&desk.portal, &person.id).await.unwrap()
}

/// Typing keeps a session, as every page does; for whoever has none there is nothing to keep.
#[tokio::test]
async fn whoever_types_stays() {
    let desk = Desk::new().await;
    assert_eq!(desk.get("/alive", "").await.status, StatusCode::UNAUTHORIZED);
    let (cookie, _) = desk.member(AYSE).await;
    let page = desk.get("/menu", &cookie).await;
    assert!(page.text.contains("data-alive=\"/alive\""));
    assert_eq!(desk.get("/alive", &cookie).await.status, StatusCode::NO_CONTENT);
    let session = cookie.split_once('=').unwrap().1;
    let now = Moment::now();
    let nearly = now.plus(std::time::Duration::from_mins(14));
    sessions::authenticate_applicant(&desk.portal, nearly, session)
        .await
        .unwrap();
    let later = nearly.plus(std::time::Duration::from_mins(14));
    sessions::authenticate_applicant(&desk.portal, later, session)
        .await
        .unwrap();
}

/// An address or a form that a library refuses is told by a page in the reader's language.
#[tokio::test]
async fn what_cannot_be_read_is_told_in_our_words() {
    let desk = Desk::new().await;
    let (cookie, _) = desk.member(AYSE).await;
    for path in [
        "/login?next=/a&next=/b",
        "/consent?done=a&done=b",
        "/applications/%ff",
    ] {
        let answer = desk.get(path, &cookie).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(
            answer.text.contains("<html lang=\"tr\">"),
            "{path}: {}",
            answer.text
        );
    }
    let request = Request::post("/lists")
        .header(header::COOKIE, &cookie)
        .header(header::CONTENT_TYPE, "application/json");
    let answer = desk.send(request.body(Body::from("{}")).unwrap()).await;
    assert!(answer.status.is_client_error());
    assert!(answer.text.contains("<html lang=\"tr\">"), "{}", answer.text);
}

/// Wiping the traces may have to wait for somebody who reads; that the PIN is gone is said all the same.
#[tokio::test]
async fn a_deleted_pin_is_told_as_deleted_while_its_traces_wait() {
    let desk = Desk::new().await;
    let (cookie, token) = desk.member(AYSE).await;
    let serial = cards_of(&desk).await.remove(0).serial;
    let mut reading = desk.portal.store().read().begin().await.unwrap();
    let _: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM person")
        .fetch_one(&mut *reading)
        .await
        .unwrap();
    let path = format!("/cards/{serial}/deletion");
    let deleted = desk.post(&path, &cookie, &token).await;
    assert_eq!(deleted.status, StatusCode::SEE_OTHER, "{}", deleted.text);
    assert_eq!(deleted.to(), "/cards?done=deleted");
    assert!(!cards_of(&desk).await.remove(0).pin_info);
}
