//! How much of everything is taken, and what whoever brings more is told.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Error, FieldFault, Moment, applications, consent, fields::Identity, limits, profile, replacements,
    sessions,
};

use super::{
    applying::form,
    bench::{AYSE, Bench, IBRAHIM, NOBODY},
    wire::{Wire, name, text},
};

const HOUR: Duration = Duration::from_hours(1);

/// The answer says which field is wrong, and how.
fn names_fault((status, problem): (u16, &Value), fault: (&str, &str), asked: &str) {
    let error = &problem["errors"][0];
    let named = (text(&error["field"]), text(&error["code"]));
    assert_eq!(
        (status, name(problem), named),
        (422, "form-invalid", fault),
        "{asked}"
    );
}

pub(super) async fn what_is_to_be_signed_has_bounds(bench: &Bench) {
    let wire = Wire::new(bench, &bench.token(Moment::now(), IBRAHIM).await);
    let item = |title: &str, kind: &str, bytes: usize| {
        let content = service::Bytes(vec![b'a'; bytes]);
        json!({ "title": title, "mediaType": kind, "contentBase64": content })
    };
    let one = item("Metin", "text/plain; charset=utf-8", 10);
    let profile = json!({ "level": "B-B", "packaging": "attached", "digest": "SHA-256", "qualified": true });
    let order =
        |purpose: &str, items: Vec<Value>| json!({ "purpose": purpose, "items": items, "profile": profile });
    let (longest, longer) = ("ş".repeat(200), "ş".repeat(201));
    let (status, made) = wire
        .post(
            "/signing-transactions",
            order(&longest, vec![item(&longest, "text/plain", 10); 32]),
        )
        .await;
    assert_eq!(status, 201, "{made}");
    let mut other = order("x", vec![one.clone()]);
    other["profile"]["packaging"] = json!("detached");
    for (body, fault) in [
        (order(&longer, vec![one.clone()]), ("purpose", "too-long")),
        (
            order("x", vec![item(&longer, "text/plain", 1)]),
            ("items", "too-long"),
        ),
        (order("x", vec![item("x", &longer, 1)]), ("items", "too-long")),
        (order("x", vec![]), ("items", "missing")),
        (order("x", vec![one.clone(); 33]), ("items", "too-long")),
        (
            order("x", vec![item("x", "text/plain", 2 * 1024 * 1024 + 1)]),
            ("items", "too-long"),
        ),
        (other, ("profile", "unknown-choice")),
    ] {
        let (status, problem) = wire.post("/signing-transactions", body).await;
        names_fault((status, &problem), fault, "");
    }
    let huge = order("x", vec![item("x", "text/plain", 4 * 1024 * 1024)]);
    let (status, problem) = wire.post("/signing-transactions", huge).await;
    assert_eq!((status, name(&problem)), (413, "too-large"));
    let page = Wire::new(bench, text(&made["pageToken"]));
    let place = format!("/signing-transactions/{}", text(&made["id"]));
    for (asked, fault) in [
        ("timeoutMs=120001", ("timeoutMs", "too-long")),
        ("timeoutMs=-1", ("query", "malformed")),
        ("timeoutMs=99999999999", ("query", "malformed")),
        ("state=unheard-of", ("query", "malformed")),
    ] {
        let (status, problem) = page.get(&format!("{place}?{asked}")).await;
        names_fault((status, &problem), fault, asked);
    }
    // Another state than the one that is known is answered at once, however long one would wait.
    let (status, seen) = page.get(&format!("{place}?timeoutMs=120000&state=claimed")).await;
    assert_eq!((status, text(&seen["state"])), (200, "created"));
}

pub(super) async fn answers_and_questions_have_bounds(bench: &Bench) {
    let wire = Wire::new(bench, &bench.token(Moment::now(), AYSE).await);
    let (challenge, _) = bench.captcha(Moment::now()).await;
    let login = json!({ "identityNumber": AYSE, "securityWord": "sözcüğüm", "challengeId": challenge,
        "captchaAnswer": "x".repeat(10_000) });
    let (status, problem) = wire.post("/sessions", login).await;
    assert_eq!((status, name(&problem)), (422, "captcha-invalid"));
    for (asked, fault) in [
        ("state=other", ("state", "unknown-choice")),
        ("after=a%20b", ("query", "malformed")),
        (&format!("after={}", "x".repeat(65)), ("query", "malformed")),
    ] {
        let (status, problem) = wire.get(&format!("/replacements?{asked}")).await;
        names_fault((status, &problem), fault, asked);
    }
    // A place in the list that nobody has is one all the same.
    let (status, page) = wire.get("/replacements?after=nobody-has-this").await;
    assert!(status == 200 && page["replacements"].is_array(), "{page}");
    let broken = wire.raw(
        Method::POST,
        "/login-challenges",
        Some(("application/json", "{".repeat(300_000))),
    );
    // A call that takes no body looks at none.
    assert_eq!(broken.await.0, 201);
}

/// More than a page: every one is shown once, and the last page names no other.
pub(super) async fn pages_follow_one_another(bench: &Bench) {
    let (portal, person) = (bench.portal(), bench.person(AYSE).await);
    let due = replacements::list(portal, &person.id, true, None).await.unwrap();
    let (known, id) = (due.replacements.len(), &due.replacements[0].id);
    // Copies that are over, so that none is in another's way.
    for copy in 0..120 {
        sqlx::query(
            "INSERT INTO replacement (id, person, replaces, certificate, state, fail_info, created_at, changed_at) \
             SELECT $1, person, replaces, certificate, 'rejected', '', created_at + $2, changed_at FROM replacement WHERE id = $3",
        )
        .bind(format!("copy-{copy:03}"))
        .bind(i64::from(copy % 7))
        .bind(id)
        .execute(portal.store().write())
        .await
        .unwrap();
    }
    let wire = Wire::new(bench, &bench.token(Moment::now(), AYSE).await);
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let (status, page) = wire.get(&format!("/replacements{after}")).await;
        let shown = page["replacements"].as_array().unwrap();
        assert!(status == 200 && (1..=50).contains(&shown.len()));
        seen.extend(shown.iter().map(|one| text(&one["id"]).to_owned()));
        match page["next"].as_str() {
            Some(next) => after = format!("?after={next}"),
            None => break,
        }
    }
    let all = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((all, seen.len()), (known + 120, known + 120));
}

/// What people do too often they are told to do later, and later it goes.
pub(super) async fn each_limit_ends_and_begins_anew(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let limited = |outcome: Result<(), Error>, what: &str| match outcome {
        Err(Error::RateLimited { retry_after }) => assert!(retry_after <= HOUR, "{what}"),
        other => panic!("{what}: {other:?}"),
    };
    for _ in 0..limits::CHALLENGES.uses {
        sessions::challenge(portal, now, "there").await.unwrap();
    }
    limited(
        sessions::challenge(portal, now, "there").await.map(drop),
        "challenges",
    );
    sessions::challenge(portal, now, "elsewhere").await.unwrap();
    sessions::challenge(portal, now.plus(Duration::from_mins(1)), "there")
        .await
        .unwrap();
    for _ in 0..limits::APPLICATIONS.uses {
        applications::begin(portal, now, &person.id, None).await.unwrap();
    }
    let begin = async |at: Moment| applications::begin(portal, at, &person.id, None).await.map(drop);
    limited(begin(now).await, "applications");
    begin(now.plus(HOUR)).await.unwrap();
    for _ in 0..limits::APPROVALS.uses {
        consent::ask(portal, now, &person).await.unwrap();
    }
    limited(consent::ask(portal, now, &person).await.map(drop), "approvals");
    let newest = applications::list(portal, &person.id).await.unwrap().remove(0).id;
    let fill_in = async || {
        applications::fill_in(portal, now, &person.id, &newest, &form())
            .await
            .map(drop)
    };
    for _ in 0..limits::FORMS.uses {
        fill_in().await.unwrap();
    }
    limited(fill_in().await, "forms");
    // Over the wire it is a status with the time to come again.
    let wire = Wire::new(bench, &bench.token(now, IBRAHIM).await);
    let answer = reqwest::Client::new()
        .put(bench.url("/v1/consent"))
        .bearer_auth(&wire.token)
        .json(&json!({ "given": true }))
        .send()
        .await
        .unwrap();
    let wait: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!(answer.status() == 429 && (1..=3_600).contains(&wait), "{wait}");
    for uses in 0..=limits::LOGINS.uses {
        let (challenge, answer) = bench
            .captcha(now.plus(Duration::from_mins(u64::from(uses))))
            .await;
        let login = sessions::Login {
            identity: Identity::parse(NOBODY).unwrap(),
            word: crate::words::Word::typed("x"),
            challenge,
            answer: format!("{answer}x"),
        };
        let outcome = sessions::open(portal, now, "yonder", login).await;
        match outcome {
            Err(Error::RateLimited { .. }) => assert_eq!(uses, limits::LOGINS.uses),
            other => assert_eq!(other.unwrap_err(), Error::CaptchaInvalid, "{uses}"),
        }
    }
}

/// Whoever changes where they are reached tells somebody each time: not without end. What somebody else changes in the
/// same moment is not undone, and a link that went to the old address is worth nothing any more.
pub(super) async fn an_address_is_not_changed_without_end(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(AYSE).await;
    let (challenge, answer) = bench.captcha(now).await;
    sessions::request_word(portal, now, "here", &person.identity, &challenge, &answer)
        .await
        .unwrap();
    let mail = bench.last_message("email").await;
    let link = mail.split("/security-word/").nth(1).unwrap();
    let link = link.split_whitespace().next().unwrap().to_owned();
    let to = async |email: String| {
        let change = profile::Change {
            email: Some(email),
            ..profile::Change::default()
        };
        profile::change(portal, now, &person.id, &change).await
    };
    for round in 0..limits::REACH.uses {
        to(format!("ayse{round}@kartal.invalid")).await.unwrap();
    }
    let word = "yepyeni sözcük";
    let late = sessions::choose_word(portal, now, &link, word, word).await;
    assert_eq!(late, Err(Error::NotFound), "the link went to the old address");
    assert!(matches!(
        to("ayse@kartal.invalid".into()).await,
        Err(Error::RateLimited { .. })
    ));
    let unit = |unit: String| {
        let (portal, id) = (portal.clone(), person.id.clone());
        let change = profile::Change {
            unit: Some(unit),
            ..profile::Change::default()
        };
        async move { profile::change(&portal, now, &id, &change).await }
    };
    let title = profile::Change {
        title: Some("Öğretmen".into()),
        ..profile::Change::default()
    };
    for round in 0..10 {
        let (one, other) = tokio::join!(
            unit(format!("Birim {round}")),
            profile::change(portal, now, &person.id, &title)
        );
        one.unwrap();
        other.unwrap();
        let both = bench.person(AYSE).await.profile;
        assert_eq!((both.unit, &*both.title), (format!("Birim {round}"), "Öğretmen"));
    }
    let nothing = profile::change(portal, now, "nobody", &title).await;
    assert_eq!(nothing, Err(Error::NotFound));
    let wrong = to("x".repeat(10_000)).await;
    assert!(
        matches!(wrong, Err(Error::FormInvalid { errors }) if errors[0].fault.slug() != FieldFault::Required.slug())
    );
}
