//! The wire: bounds, shapes, headers, and the description.

use serde_json::{Value, json};
use service::ProblemKind;

use crate::{Moment, api, profile};

use super::bench::{AYSE, Bench, IBRAHIM};

/// The description in the repository is the one that is served. Written anew by
/// `cargo run -p portal -- openapi > src/portal/openapi.json`.
#[test]
fn the_description_is_the_one_in_the_repository() {
    assert!(
        api::openapi() == include_str!("../openapi.json"),
        "openapi.json is out of date"
    );
    let description: Value = serde_json::from_str(&api::openapi()).unwrap();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    // No two types share a name, and everything that is referred to is there.
    assert!(description["components"]["schemas"]["Withdrawal"]["properties"]["state"].is_object());
    assert!(description["components"]["schemas"]["ProfileChange"]["properties"]["email"].is_object());
    let text = api::openapi();
    for kind in ["schemas", "responses"] {
        for reference in text.split(&format!("\"#/components/{kind}/")).skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(description["components"][kind][name].is_object(), "{name}");
        }
    }
    // Each problem that the protocol names stands with its status, and what can be tried again says when.
    for kind in ProblemKind::NAMED {
        let response = &description["components"]["responses"][format!("Problem{}", kind.status())];
        let name = format!("urn:kartal:{}", kind.slug());
        let schema = &response["content"]["application/problem+json"]["schema"];
        let named = schema["allOf"][1]["properties"]["type"]["enum"]
            .as_array()
            .unwrap();
        assert!(named.contains(&json!(name)), "{name}");
        let is_retried = [423, 429, 503].contains(&kind.status());
        assert_eq!(
            response["headers"]["Retry-After"].is_object(),
            is_retried,
            "{name}"
        );
    }
}

/// Every answer forbids what nobody needs.
fn guarded(headers: &reqwest::header::HeaderMap, path: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(headers[name], value, "{path}");
    }
    assert!(headers.contains_key("permissions-policy"), "{path}");
}

pub(super) async fn requests_that_make_no_sense_are_told_so(bench: &Bench) {
    let http = reqwest::Client::new();
    let post = async |path: &str, kind: &str, body: Vec<u8>| {
        let call = http.post(bench.url(path)).header("Content-Type", kind).body(body);
        let answer = call.send().await.unwrap();
        let status = answer.status().as_u16();
        assert_eq!(
            answer.headers()["content-type"],
            "application/problem+json",
            "{path}"
        );
        let body: Value = answer.json().await.unwrap();
        (status, body)
    };
    let json = "application/json";
    let named = |body: &Value| {
        body["type"]
            .as_str()
            .unwrap()
            .rsplit(':')
            .next()
            .unwrap()
            .to_owned()
    };
    for body in [
        "",
        "{",
        "[]",
        "null",
        "{\"person\":1}",
        "\u{0}",
        "{\"identityNumber\":\"10000000147\"}",
    ] {
        let (status, problem) = post("/v1/sessions", json, body.as_bytes().to_vec()).await;
        assert_eq!(
            (status, named(&problem).as_str()),
            (422, "form-invalid"),
            "{body}"
        );
    }
    let (status, problem) = post("/v1/sessions", json, b"{\"a\":\"\xff\xfe\"}".to_vec()).await;
    assert_eq!((status, named(&problem).as_str()), (422, "form-invalid"));
    let (status, problem) = post("/v1/sessions", "text/plain", b"{}".to_vec()).await;
    assert_eq!((status, named(&problem).as_str()), (415, "not-json"));
    let (status, problem) = post("/v1/sessions", json, vec![b' '; 256 * 1024 + 1]).await;
    assert_eq!((status, named(&problem).as_str()), (413, "too-large"));
    let deep = "[".repeat(100_000);
    assert_eq!(post("/v1/signing-claims", json, deep.into_bytes()).await.0, 422);
    let missing = json!({ "verificationCode": "123" }).to_string();
    assert_eq!(
        post("/v1/signing-claims", json, missing.into_bytes()).await.0,
        422
    );
    for (path, status) in [
        ("/v1/cards", 401),
        ("/v1/cards/a%2Fb/pin-info", 401),
        ("/v1/nothing", 404),
        ("/v1/replacements?state=other", 401),
        ("/practice/challenges/unknown", 200),
        ("/metrics", 200),
        ("/healthz", 200),
        ("/openapi.json", 200),
    ] {
        let answer = reqwest::get(bench.url(path)).await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
        let headers = answer.headers();
        assert!(
            headers["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("default-src 'none'")
        );
        guarded(headers, path);
    }
    let proxied = http
        .get(bench.url("/metrics"))
        .header("X-Forwarded-For", "1.2.3.4")
        .send();
    assert_eq!(proxied.await.unwrap().status(), 404);
    let key = http
        .post(bench.url("/v1/signing-claims"))
        .header("Idempotency-Key", "k".repeat(129))
        .json(&json!({ "verificationCode": "123456789012345" }))
        .send();
    assert_eq!(key.await.unwrap().status(), 422);
    let counted = reqwest::get(bench.url("/metrics"))
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(
        counted
            .contains("kartal_portal_calls_total{method=\"POST\",route=\"/v1/sessions\",status=\"413\"} 1")
    );
}

pub(super) async fn a_profile_is_changed_as_a_whole(bench: &Bench) {
    let token = bench.token(Moment::now(), AYSE).await;
    let http = reqwest::Client::new();
    let patch = async |body: Value| {
        let call = http
            .patch(bench.url("/v1/profile"))
            .bearer_auth(&token)
            .json(&body);
        let answer = call.send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    let (status, problem) =
        patch(json!({ "email": "x", "unit": "Yeni birim", "province": "Atlantis" })).await;
    assert_eq!(status, 422);
    let fields: Vec<&str> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert!(
        fields.contains(&"email") && fields.contains(&"province"),
        "{fields:?}"
    );
    let before = bench.person(AYSE).await;
    assert_ne!(before.profile.unit, "Yeni birim");
    let place =
        json!({ "province": "Ankara", "district": "Çankaya", "postalCode": "06100", "unit": "Yeni birim" });
    let (status, profile) = patch(place).await;
    assert_eq!(
        (status, &profile["district"]),
        (200, &json!("Çankaya")),
        "{profile}"
    );
    // A district of the province before is none of the new one.
    let (status, problem) = patch(json!({ "province": "İzmir" })).await;
    assert_eq!(
        (status, &problem["errors"][0]["field"]),
        (422, &json!("district"))
    );
    assert_eq!(patch(json!([null, null])).await.0, 422);
    assert_eq!(patch(json!({ "role": "authority" })).await.0, 422);
    assert_eq!(patch(json!({ "unit": "x".repeat(10_000) })).await.0, 422);
    // The core says the same to whoever asks it directly.
    let person = bench.person(IBRAHIM).await;
    let nothing = profile::change(
        bench.portal(),
        Moment::now(),
        &person.id,
        &profile::Change::default(),
    )
    .await;
    assert_eq!(nothing.unwrap(), person);
}
