//! Whoever logs in with the population register's entry applies, and does nothing else.

use std::fmt::Write as _;

use super::*;
use crate::Error;

/// Ayşe's entry, as she would write it.
const ENTRY: [(&str, &str); 4] = [
    ("firstName", "ayşe IŞIL"),
    ("lastName", "GÖKÇEOĞLU"),
    ("birthPlace", "ığdır"),
    ("birthDate", "21.3.1984"),
];

impl Desk {
    /// Sends the form, with a captcha that was answered, and these fields instead of the right ones.
    async fn register(&self, number: &str, instead: &[(&str, &str)]) -> Answer {
        let challenge = sessions::challenge(&self.portal, Moment::now(), "here")
            .await
            .unwrap();
        let answer = practice::captcha_answer(&self.portal, &challenge.id).unwrap();
        let token = sessions::form_token(&self.portal, "me");
        let mut form = format!(
            "token={token}&number={number}&challenge={}&answer={answer}",
            challenge.id
        );
        for (name, value) in ENTRY {
            let other = instead.iter().find(|(changed, _)| *changed == name);
            let value = other.map_or(value, |(_, value)| value);
            let value: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let _ = write!(form, "&{name}={value}");
        }
        self.post("/login/register", "kartal-browser=me", &form).await
    }

    /// The session that an answer begins.
    fn begun(answer: &Answer) -> String {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        assert_eq!(answer.to(), "/login/code");
        let cookie = answer.cookies()[0].strip_prefix("kartal-login=").unwrap();
        let (session, next) = cookie.split_once('|').unwrap();
        assert!(next.starts_with("/applications;"), "{next}");
        session.to_owned()
    }
}

#[tokio::test]
async fn the_entry_in_the_register_leads_to_applications_alone() {
    let desk = Desk::new().await;
    let session = Desk::begun(&desk.register(AYSE, &[]).await);
    assert!(
        desk.get("/applications", "kartal-session=x")
            .await
            .to()
            .starts_with("/login"),
        "not before the code"
    );
    let (cookie, token) = desk.let_in(&session).await;
    let list = desk.get("/applications", &cookie).await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text.contains("Yalnız başvuru için girdiniz") && !list.text.contains("href=\"/menu\""));
    let begun = desk.post("/applications", &cookie, &token).await;
    let form = desk.get(&format!("{}/form", begun.to()), &cookie).await;
    assert_eq!(form.status, StatusCode::OK);
    for path in [
        "/menu",
        "/certificates",
        "/cards",
        "/profile",
        "/consent",
        "/unlock",
        "/replacement",
        "/applicationsx",
    ] {
        let answer = desk.get(path, &cookie).await;
        if path == "/applicationsx" {
            assert_eq!(answer.status, StatusCode::NOT_FOUND);
        } else {
            assert_eq!(
                (answer.status, answer.to()),
                (StatusCode::SEE_OTHER, "/applications"),
                "{path}"
            );
        }
    }
    for path in ["/consent", "/profile"] {
        let answer = desk.post(path, &cookie, &token).await;
        assert_eq!(answer.to(), "/applications", "{path}");
    }
    // The same token is worth nothing to programs.
    let bearer = cookie.strip_prefix("kartal-session=").unwrap();
    for path in ["/v1/certificates", "/v1/cards", "/v1/applications"] {
        let call = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {bearer}"));
        let answer = desk.send(call.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.text);
    }
    let out = desk.post("/logout", &cookie, &token).await;
    assert_eq!(out.to(), "/login?out=1");
    assert_eq!(
        desk.get("/applications", &cookie).await.to(),
        "/login?over=1&next=/applications"
    );
}

#[tokio::test]
async fn whatever_does_not_fit_is_told_alike_and_counts() {
    let desk = Desk::new().await;
    for (number, instead) in [
        (AYSE, &[("firstName", "Ayşe")][..]),
        (AYSE, &[("lastName", "Gökçe")]),
        (AYSE, &[("birthPlace", "Iğdir")]),
        (AYSE, &[("birthDate", "22.3.1984")]),
        ("10000000078", &[]),
    ] {
        let answer = desk.register(number, instead).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{instead:?}");
        assert!(
            answer.text.contains("Girdiğiniz bilgiler birbirini tutmadı"),
            "{number} {instead:?}: {}",
            answer.text
        );
        assert!(
            answer.text.contains("ayşe IŞIL") || !instead.is_empty(),
            "what was typed is kept"
        );
    }
    desk.register(AYSE, &[("birthPlace", "Van")]).await;
    let locked = desk.register(AYSE, &[]).await;
    assert!(locked.text.contains("bir süreliğine kapalı"), "{}", locked.text);
}

#[tokio::test]
async fn faults_stand_beside_their_fields_and_cost_no_try() {
    let desk = Desk::new().await;
    let long = "a".repeat(10_000);
    let instead = [
        ("firstName", ""),
        ("lastName", "<b>"),
        ("birthPlace", &*long),
        ("birthDate", "31.02.1984"),
    ];
    for _ in 0..6 {
        let answer = desk.register(AYSE, &instead).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for (name, _) in instead {
            assert!(answer.text.contains(&format!("id=\"{name}-fault\"")), "{name}");
        }
        assert!(!answer.text.contains("value=\"<b>") && !answer.text.contains(&long[..600]));
    }
    Desk::begun(&desk.register(AYSE, &[]).await);
}

/// The new security word that an application brings opens everything: the standing consent is not enough for it here.
#[tokio::test]
async fn the_standing_consent_does_not_sign_for_them() {
    let desk = Desk::new().await;
    let session = Desk::begun(&desk.register(AYSE, &[]).await);
    let (cookie, token) = desk.let_in(&session).await;
    let begun = desk.post("/applications", &cookie, &token).await;
    // Whoever is not that far is shown how far it is.
    let form = format!("{token}&method=consent");
    let early = desk
        .post(&format!("{}/approval", begun.to()), &cookie, &form)
        .await;
    assert_eq!(early.to(), begun.to().trim_end_matches("/form"));
    sqlx::query("UPDATE application SET state = 'approval'")
        .execute(desk.portal.store().write())
        .await
        .unwrap();
    let refused = desk
        .post(&format!("{}/approval", begun.to()), &cookie, &form)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("method-fault"));
    let (hers, her_token) = desk.member(AYSE).await;
    let form = format!("{her_token}&method=consent");
    let state = desk.post(&format!("{}/approval", begun.to()), &hers, &form).await;
    assert_eq!(
        state.status,
        StatusCode::SEE_OTHER,
        "to whoever has a word it is a method"
    );
}

/// Whoever knows the entry neither goes on guessing words with it, nor uses up what the person needs to log in by word.
#[tokio::test]
async fn the_entry_is_no_help_against_the_word() {
    let desk = Desk::new().await;
    let now = Moment::now();
    let guess = async || {
        let challenge = sessions::challenge(&desk.portal, now, "here").await.unwrap();
        let login = Login {
            identity: Identity::parse(AYSE).unwrap(),
            word: Word::typed("something else"),
            answer: practice::captcha_answer(&desk.portal, &challenge.id).unwrap(),
            challenge: challenge.id,
        };
        sessions::open(&desk.portal, now, "here", login)
            .await
            .unwrap_err()
    };
    for _ in 0..4 {
        assert_eq!(guess().await, Error::CredentialsInvalid);
    }
    Desk::begun(&desk.register(AYSE, &[]).await);
    assert_eq!(guess().await, Error::CredentialsInvalid, "the fifth");
    assert!(matches!(guess().await, Error::AccountLocked { .. }));
}

#[tokio::test]
async fn their_codes_are_counted_apart() {
    let desk = Desk::new().await;
    let now = Moment::now();
    for _ in 0..4 {
        let session = Desk::begun(&desk.register(AYSE, &[]).await);
        sessions::send_code(&desk.portal, now, &session).await.unwrap();
        for _ in 0..5 {
            let wrong = sessions::verify_code(&desk.portal, now, &session, "x").await;
            assert!(matches!(wrong, Err(Error::OtpInvalid { .. })));
        }
    }
    let session = Desk::begun(&desk.register(AYSE, &[]).await);
    let refused = sessions::send_code(&desk.portal, now, &session).await;
    assert!(matches!(refused, Err(Error::RateLimited { .. })), "{refused:?}");
    // By word it goes on.
    desk.member(AYSE).await;
}
