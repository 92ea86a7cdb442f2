//! Calls that the application does not make by itself, over the wire; and what the authority says to other programs.

use std::{path::Path, process::Command, time::Duration};

use certificate::Certificate;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

use crate::{
    Error, FieldFault, Moment,
    applications::{self, Approved, Method as Way},
    certificates::{self, State},
    issuing, practice, sessions,
};

use super::{
    applying::{form, give_consent},
    bench::{AYSE, Bench, IBRAHIM, configuration},
    thieves::confirmed,
};

/// Somebody at the wire, with a bearer token.
pub(super) struct Wire<'a> {
    bench: &'a Bench,
    http: reqwest::Client,
    pub(super) token: String,
}

impl<'a> Wire<'a> {
    pub(super) fn new(bench: &'a Bench, token: &str) -> Self {
        Self {
            bench,
            http: reqwest::Client::new(),
            token: token.to_owned(),
        }
    }

    /// The status, the kind of what came, and it.
    pub(super) async fn raw(
        &self,
        method: Method,
        path: &str,
        body: Option<(&str, String)>,
    ) -> (u16, String, Vec<u8>) {
        let mut call = self
            .http
            .request(method, self.bench.url(&format!("/v1{path}")))
            .bearer_auth(&self.token);
        if let Some((kind, body)) = body {
            call = call.header("Content-Type", kind).body(body);
        }
        let answer = call.send().await.unwrap();
        let kind = answer.headers().get("content-type");
        let kind = kind.map_or(String::new(), |kind| kind.to_str().unwrap().to_owned());
        let status = answer.status().as_u16();
        (status, kind, answer.bytes().await.unwrap().to_vec())
    }

    /// The status, and what came, in JSON.
    pub(super) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let body = body.map(|body| ("application/json", body.to_string()));
        let (status, _, bytes) = self.raw(method, path, body).await;
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    pub(super) async fn get(&self, path: &str) -> (u16, Value) {
        self.call(Method::GET, path, None).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.call(Method::POST, path, Some(body)).await
    }
}

pub(super) fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// The problem's name.
pub(super) fn name(problem: &Value) -> &str {
    text(&problem["type"]).rsplit(':').next().unwrap()
}

pub(super) async fn an_application_goes_its_way_over_the_wire(bench: &Bench) {
    let token = bench.token(Moment::now(), IBRAHIM).await;
    let wire = Wire::new(bench, &token);
    let (status, begun) = wire.post("/applications", json!({})).await;
    assert_eq!((status, text(&begun["state"])), (201, "form"));
    let place = format!("/applications/{}", text(&begun["id"]));
    let (status, all) = wire.get("/applications").await;
    assert_eq!((status, &all["applications"][0]["id"]), (200, &begun["id"]));
    assert_eq!(wire.get(&place).await, (200, begun.clone()));
    let (status, problem) = wire.post(&format!("{place}/form"), json!({ "reason": 1 })).await;
    assert_eq!((status, name(&problem)), (422, "form-invalid"));
    // The words of a form are never written down again.
    let mut typed = serde_json::to_value(form()).unwrap();
    for word in ["securityWord", "securityWordAgain"] {
        assert_eq!(typed[word], Value::Null);
        typed[word] = json!("yeni sözcüğüm");
    }
    let (status, filled) = wire.post(&format!("{place}/form"), typed).await;
    assert_eq!((status, text(&filled["state"])), (200, "otp"), "{filled}");
    assert!(!filled.to_string().contains("sözcüğüm"), "the word stays here");
    let (status, sent) = wire.post(&format!("{place}/otp"), json!({})).await;
    assert!(status == 202 && sent["resendAfterSeconds"].is_u64(), "{sent}");
    let verify = format!("{place}/otp/verify");
    let (status, problem) = wire.post(&verify, json!({ "code": "x" })).await;
    assert_eq!((status, name(&problem)), (422, "otp-invalid"));
    let (status, confirmed) = wire.post(&verify, json!({ "code": bench.code().await })).await;
    assert_eq!((status, text(&confirmed["state"])), (200, "approval"));
    let approval = format!("{place}/approval");
    let (status, problem) = wire.post(&approval, json!({ "method": "consent" })).await;
    assert_eq!((status, name(&problem)), (422, "form-invalid"));
    let (status, to_sign) = wire.post(&approval, json!({ "method": "signature" })).await;
    let code = text(&to_sign["transaction"]["verificationCode"]).to_owned();
    assert_eq!((status, code.len()), (200, 15));
    let (status, ink) = wire.post(&approval, json!({ "method": "ink" })).await;
    assert_eq!((status, text(&ink["application"]["state"])), (200, "ink"));
    assert!(ink.get("transaction").is_none());
    let (status, kind, pdf) = wire.raw(Method::GET, &format!("{place}/form.pdf"), None).await;
    assert!(status == 200 && kind == "application/pdf" && pdf.starts_with(b"%PDF-"));
    let (status, problem) = wire
        .call(Method::PATCH, &place, Some(json!({ "state": "submitted" })))
        .await;
    assert_eq!((status, name(&problem)), (422, "form-invalid"));
    let withdrawn = wire
        .call(Method::PATCH, &place, Some(json!({ "state": "withdrawn" })))
        .await;
    assert_eq!((withdrawn.0, text(&withdrawn.1["state"])), (200, "withdrawn"));
    let (status, problem) = wire.post(&approval, json!({ "method": "ink" })).await;
    assert_eq!((status, name(&problem)), (409, "state-conflict"));
}

pub(super) async fn consent_and_codes_go_their_way_over_the_wire(bench: &Bench) {
    let token = bench.token(Moment::now(), IBRAHIM).await;
    let wire = Wire::new(bench, &token);
    assert_eq!(wire.get("/consent").await, (200, json!({ "given": false })));
    let not = wire
        .call(Method::PUT, "/consent", Some(json!({ "given": false })))
        .await;
    assert_eq!((not.0, &not.1["given"]), (200, &json!(false)));
    let (status, asked) = wire
        .call(Method::PUT, "/consent", Some(json!({ "given": true })))
        .await;
    assert_eq!((status, &asked["given"]), (200, &json!(false)));
    let transaction = &asked["transaction"];
    for malformed in [
        "",
        "123",
        "123456789012346",
        "12345678901234a",
        &"1".repeat(10_000),
    ] {
        let (status, problem) = wire
            .post("/signing-claims", json!({ "verificationCode": malformed }))
            .await;
        assert_eq!((status, name(&problem)), (422, "code-malformed"), "{malformed}");
    }
    let code = json!({ "verificationCode": transaction["verificationCode"] });
    let (status, claim) = wire.post("/signing-claims", code).await;
    assert_eq!(
        (status, &claim["controlCode"]),
        (200, &transaction["controlCode"])
    );
    let claimed = Wire::new(bench, text(&claim["claimToken"]));
    let place = format!("/signing-transactions/{}", text(&claim["transactionId"]));
    let (status, problem) = claimed
        .post(&format!("{place}/refusal"), json!({ "reason": "other" }))
        .await;
    assert_eq!((status, name(&problem)), (422, "form-invalid"));
    for _ in 0..2 {
        let refused = claimed
            .post(&format!("{place}/refusal"), json!({ "reason": "user" }))
            .await;
        assert_eq!(refused, (204, Value::Null));
    }
    let page = Wire::new(bench, text(&transaction["pageToken"]));
    let (status, seen) = page.get(&place).await;
    assert_eq!((status, text(&seen["state"])), (200, "refused"));
}

pub(super) async fn lists_words_and_sessions_go_their_way_over_the_wire(bench: &Bench) {
    let token = bench.token(Moment::now(), IBRAHIM).await;
    let wire = Wire::new(bench, &token);
    let row = json!({ "identityNumber": AYSE, "firstName": "Ayşe Işıl", "lastName": "Gökçeoğlu",
        "email": "ayse@kartal.invalid", "payer": "institution" });
    let (status, accepted) = wire
        .post(
            "/pre-applications",
            json!({ "rows": [row, { "identityNumber": "1" }] }),
        )
        .await;
    assert_eq!((status, text(&accepted["rows"][0]["outcome"])), (200, "accepted"));
    assert_eq!(text(&accepted["rows"][1]["outcome"]), "refused");
    let csv =
        format!("identityNumber;firstName;lastName;email\n{AYSE};Ayşe Işıl;Gökçeoğlu;ayse@kartal.invalid\n");
    let (status, _, again) = wire
        .raw(Method::POST, "/pre-applications", Some(("text/csv", csv)))
        .await;
    let again: Value = serde_json::from_slice(&again).unwrap();
    assert_eq!((status, text(&again["rows"][0]["outcome"])), (200, "known"));
    assert_eq!(again["rows"][0]["number"], accepted["rows"][0]["number"]);
    let many = vec![json!({}); 2_001];
    let (status, problem) = wire.post("/pre-applications", json!({ "rows": many })).await;
    assert_eq!((status, name(&problem)), (422, "form-invalid"));
    // Whoever is known gets a link, whoever is not gets the same answer.
    for number in [AYSE, super::bench::NOBODY] {
        let now = Moment::now();
        let challenge = sessions::challenge(bench.portal(), now, "here").await.unwrap();
        let answer = practice::captcha_answer(bench.portal(), &challenge.id).unwrap();
        let body = json!({ "identityNumber": number, "challengeId": challenge.id, "captchaAnswer": answer });
        assert_eq!(wire.post("/security-word/reset", body).await.0, 202, "{number}");
    }
    let session = sessions::authenticate(bench.portal(), Moment::now(), &token)
        .await
        .unwrap();
    let closed = wire
        .raw(Method::DELETE, &format!("/sessions/{}", session.id), None)
        .await;
    assert_eq!(closed.0, 204);
    let (status, problem) = wire.get("/certificates").await;
    assert_eq!((status, name(&problem)), (401, "credentials-invalid"));
}

/// OpenSSL in this folder; what it said.
fn openssl(folder: &Path, arguments: &str) -> String {
    let output = tokio::task::block_in_place(|| {
        Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(folder)
            .output()
            .expect("package openssl")
    });
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "openssl {arguments}: {said}");
    said
}

/// A renewed card works once its holder has said so; until then, and after it is revoked, everybody is told.
pub(super) async fn a_suspended_certificate_is_activated_and_everybody_is_told(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let folder = tempfile::tempdir().unwrap();
    let person = bench.person(AYSE).await;
    let serial = issuing::personalise(portal, now, &person, None, &folder.path().join("card"))
        .await
        .unwrap();
    let all = certificates::list(portal, &person.id).await.unwrap();
    let record = all.iter().find(|record| record.card == serial).unwrap();
    let before = all.iter().find(|record| record.state == State::Active).unwrap();
    assert_eq!(
        (record.state, record.not_before),
        (State::Suspended, before.not_after)
    );
    let read = Certificate::read(&record.der).unwrap();
    let issuer = portal.authority().issuer_of(&read).unwrap().to_owned();
    for (file, der) in [
        ("leaf.crt", record.der.as_slice()),
        ("issuer.crt", portal.authority().certificate(&issuer).unwrap()),
        ("root.crt", portal.authority().certificate("root").unwrap()),
    ] {
        std::fs::write(folder.path().join(file), der).unwrap();
    }
    openssl(folder.path(), "x509 -inform DER -in root.crt -out root.pem");
    let url = bench.url("/authority/ocsp");
    let ask = |expected: &str| {
        let said = openssl(
            folder.path(),
            &format!("ocsp -issuer issuer.crt -cert leaf.crt -url {url} -CAfile root.pem"),
        );
        assert!(
            said.contains("Response verify OK") && said.contains(&format!("leaf.crt: {expected}")),
            "{said}"
        );
        said
    };
    assert!(ask("revoked").contains("certificateHold"));
    let token = bench.token(now, AYSE).await;
    let wire = Wire::new(bench, &token);
    let (_, listed) = wire.get("/certificates").await;
    let one = listed["certificates"].as_array().unwrap().iter();
    let one = one.filter(|one| one["card"] == json!(serial)).collect::<Vec<_>>();
    assert_eq!((one.len(), text(&one[0]["state"])), (1, "suspended"));
    let place = format!("/certificates/{}", record.id);
    let (status, kind, der) = wire.raw(Method::GET, &place, None).await;
    assert_eq!((status, kind.as_str()), (200, "application/pkix-cert"));
    assert_eq!(der, record.der);
    for _ in 0..2 {
        let (status, active) = wire.post(&format!("{place}/activation"), json!({})).await;
        assert_eq!((status, text(&active["state"])), (200, "active"));
    }
    ask("good");
    let revocation = format!("{place}/revocation");
    let (status, problem) = wire.post(&revocation, json!({ "reason": "because" })).await;
    assert_eq!((status, name(&problem)), (422, "form-invalid"));
    let (status, revoked) = wire
        .post(&revocation, json!({ "reason": "key-compromise" }))
        .await;
    assert_eq!((status, text(&revoked["state"])), (200, "revoked"));
    assert!(ask("revoked").contains("keyCompromise"));
    let (status, problem) = wire.post(&format!("{place}/activation"), json!({})).await;
    assert_eq!((status, name(&problem)), (409, "state-conflict"));
}

/// A time stamp by the service, asked for and judged by OpenSSL.
pub(super) async fn a_time_stamp_is_given_over_the_wire(bench: &Bench) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("text"), "İmzalanacak metin").unwrap();
    let authority = bench.portal().authority();
    for name in authority.names() {
        std::fs::write(path(&format!("{name}.crt")), authority.certificate(name).unwrap()).unwrap();
        openssl(
            folder.path(),
            &format!("x509 -inform DER -in {name}.crt -out {name}.pem"),
        );
    }
    openssl(
        folder.path(),
        "ts -query -data text -sha256 -cert -out request.tsq",
    );
    let ask = async |kind: &str, body: Vec<u8>| {
        let call = reqwest::Client::new().post(bench.url("/authority/timestamp"));
        let answer = call.header("Content-Type", kind).body(body).send().await.unwrap();
        (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
    };
    let query = std::fs::read(path("request.tsq")).unwrap();
    assert_eq!(ask("text/plain", query.clone()).await.0, 415);
    assert_eq!(ask("application/timestamp-query", vec![0; 300_000]).await.0, 413);
    let (status, answer) = ask("application/timestamp-query", query).await;
    assert_eq!(status, 200);
    std::fs::write(path("answer.tsr"), answer).unwrap();
    let said = openssl(
        folder.path(),
        "ts -verify -queryfile request.tsq -in answer.tsr -CAfile root.pem -untrusted 2.pem",
    );
    assert!(said.contains("Verification: OK"), "{said}");
}

/// Whoever applies because the card is lost has its certificate revoked, and gets a card that works at once.
pub(super) async fn a_lost_card_is_revoked_and_followed_at_once(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    give_consent(bench, &person).await;
    let begun = applications::begin(portal, now, &person.id, None).await.unwrap();
    let mut lost = form();
    lost.reason = "lost-or-stolen".to_owned();
    lost.validity = "1".to_owned();
    confirmed(bench, now, &person.id, &begun.id, &lost).await;
    let works = |record: &certificates::Record| record.state == State::Active;
    assert!(
        certificates::list(portal, &person.id)
            .await
            .unwrap()
            .iter()
            .any(works)
    );
    let done = applications::approve(portal, now, &person, "here", &begun.id, Way::Consent)
        .await
        .unwrap();
    assert!(matches!(done, Approved::Done(_)));
    let all = certificates::list(portal, &person.id).await.unwrap();
    assert!(!all.iter().any(works), "{all:?}");
    let folder = tempfile::tempdir().unwrap();
    let serial = issuing::personalise(portal, now, &person, None, &folder.path().join("card"))
        .await
        .unwrap();
    let all = certificates::list(portal, &person.id).await.unwrap();
    let new = all.iter().find(|record| record.card == serial).unwrap();
    let days = (new.not_after.date_time() - new.not_before.date_time()).whole_days();
    assert!(new.not_before <= now && days == 365, "{new:?}");
    certificates::activate(portal, now, &person.id, &new.id)
        .await
        .unwrap();
}

/// A form that was signed by hand counts from the day on which it comes: then its word holds, and what was lost is revoked.
pub(super) async fn a_form_that_comes_by_post_is_handed_in(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let begun = applications::begin(portal, now, &person.id, None).await.unwrap();
    let mut lost = form();
    lost.reason = "lost-or-stolen".to_owned();
    lost.security_word = "postayla gelen".to_owned().into();
    lost.security_word_again = lost.security_word.clone();
    let paper = applications::fingerprint(portal, &begun.id).await.unwrap();
    let early = applications::receive(portal, now, &begun.number, &paper).await;
    assert!(matches!(early, Err(Error::StateConflict { state }) if state == "form"));
    applications::fill_in(portal, now, &person.id, &begun.id, &lost)
        .await
        .unwrap();
    applications::send_code(portal, now, &person.id, &begun.id)
        .await
        .unwrap();
    let code = bench.code().await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let refused = applications::verify_code(portal, now, &person.id, &begun.id, wrong).await;
    assert!(matches!(refused, Err(Error::OtpInvalid { .. })));
    applications::verify_code(portal, now, &person.id, &begun.id, &code)
        .await
        .unwrap();
    let (notes,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM audit WHERE subject = $1 AND outcome = 'wrong code'")
            .bind(&begun.id)
            .fetch_one(portal.store().read())
            .await
            .unwrap();
    assert_eq!(notes, 1, "a wrong code is written down");
    applications::approve(portal, now, &person, "here", &begun.id, Way::Ink)
        .await
        .unwrap();
    let works = async || {
        let all = certificates::list(portal, &person.id).await.unwrap();
        all.iter().any(|record| record.state == State::Active)
    };
    assert!(works().await && bench.login(now, IBRAHIM, "postayla gelen").await.is_err());
    assert!(applications::wanted(portal, &person.id).await.unwrap().is_none());
    // What was printed before the form was filled in is another paper.
    let other = applications::receive(portal, now, &begun.number, &paper).await;
    assert_eq!(
        other.err(),
        Some(Error::field("fingerprint", FieldFault::Malformed))
    );
    let paper = applications::fingerprint(portal, &begun.id).await.unwrap();
    let done = applications::receive(portal, now, &format!(" {} ", begun.number), &paper.to_lowercase())
        .await
        .unwrap();
    assert_eq!(done.state, applications::State::Submitted);
    assert!(!works().await, "what was lost is revoked");
    bench.login(now, IBRAHIM, "postayla gelen").await.unwrap();
    assert!(applications::wanted(portal, &person.id).await.unwrap().is_some());
    // Both messages are out before the program that took it ends.
    assert!(bench.messages("email").await.len() >= 2);
    let again = applications::receive(portal, now, &begun.number, &paper).await;
    assert!(matches!(again, Err(Error::StateConflict { state }) if state == "submitted"));
    for nothing in ["", "SD-", "SD-999999", "780", "SD-99999999999999999999", "SD--1"] {
        let refused = applications::receive(portal, now, nothing, &paper).await;
        assert_eq!(refused.err(), Some(Error::NotFound), "{nothing}");
    }
}

/// Whoever tries a word and closes the connection before the answer has tried it: it is written down and told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_hangs_up_is_counted_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut slow = configuration(&folder, None);
    // So that there is time to hang up while a word is compared.
    (slow.argon2.memory, slow.argon2.passes) = (32 * 1024, 8);
    let bench = Bench::with(folder, slow).await;
    let count = async |sql: &str| {
        let row: Option<(i64,)> = sqlx::query_as(sql)
            .fetch_optional(bench.portal().store().read())
            .await
            .unwrap();
        row.map_or(0, |(count,)| count)
    };
    let reaches = async |sql: &str, wanted: i64| {
        let reached = async {
            while count(sql).await < wanted {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_mins(1), reached)
            .await
            .unwrap();
    };
    for tried in 1..=5 {
        let (challenge, answer) = bench.captcha(Moment::now()).await;
        let body = json!({ "identityNumber": AYSE, "securityWord": "yanlış sözcük", "challengeId": challenge,
            "captchaAnswer": answer })
        .to_string();
        let head = "POST /v1/sessions HTTP/1.1\r\nHost: kartal\r\nContent-Type: application/json";
        let request = format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        let mut caller = tokio::net::TcpStream::connect(bench.address).await.unwrap();
        caller.write_all(request.as_bytes()).await.unwrap();
        reaches("SELECT failures FROM lockout", tried).await;
        drop(caller);
    }
    reaches("SELECT COUNT(*) FROM audit WHERE action = 'session.refused'", 5).await;
    // The last of them closed the way in, and its holder hears of that.
    let locked = bench.login(Moment::now(), AYSE, "yanlış sözcük").await;
    assert!(matches!(locked, Err(Error::AccountLocked { .. })), "{locked:?}");
    bench.last_message("email").await;
    bench.close().await;
}
