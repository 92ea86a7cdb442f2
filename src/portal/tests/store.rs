//! The store itself: the trail, keys, forgetting, several instances, and a database that goes away.

use std::time::{Duration, Instant};

use service::ProblemKind;
use virtual_card::practice::Practice;

use crate::{
    Engine, Error, Moment, Store,
    audit::{self, Verified},
    idempotency, limits, sessions, signing,
};

use stack::Postgres;

use super::bench::{AYSE, Bench, IBRAHIM, configuration, refusal, word};

pub(super) async fn the_trail_tells_what_was_changed(bench: &Bench) {
    let portal = bench.portal();
    for _ in 0..3 {
        bench.logged_in(AYSE).await;
    }
    let Verified::Whole { entries, head } = audit::verify(portal, None).await.unwrap() else {
        panic!("broken")
    };
    assert!(entries >= 6 && !head.is_empty());
    let change = async |sql: &str| sqlx::query(sql).execute(portal.store().write()).await.unwrap();
    let broken = Verified::Broken { number: 4 };
    for sql in [
        "UPDATE audit SET outcome = 'else'",
        "DELETE FROM audit WHERE number = 4",
    ] {
        let refused = sqlx::query(sql).execute(portal.store().write()).await;
        assert!(refused.is_err(), "{sql}");
    }
    // Who owns the database can do away with that; it shows all the same.
    for trigger in ["audit_unchanged", "audit_kept"] {
        let table = match portal.store().engine() {
            Engine::Sqlite => "",
            Engine::Postgres => " ON audit",
        };
        change(&format!("DROP TRIGGER {trigger}{table}")).await;
    }
    change("UPDATE audit SET outcome = 'else' WHERE number = 4").await;
    assert_eq!(audit::verify(portal, None).await.unwrap(), broken);
    change("DELETE FROM audit WHERE number = 4").await;
    assert_eq!(audit::verify(portal, None).await.unwrap(), broken);
    change("DELETE FROM audit WHERE number >= 4").await;
    assert_eq!(
        audit::verify(portal, None).await.unwrap(),
        broken,
        "the end is cut off"
    );
    // The head as well: only who kept the old one sees it.
    change("UPDATE audit_head SET number = 3, hash = (SELECT hash FROM audit WHERE number = 3)").await;
    assert!(matches!(
        audit::verify(portal, None).await.unwrap(),
        Verified::Whole { entries: 3, .. }
    ));
    assert_eq!(
        audit::verify(portal, Some(&head)).await.unwrap(),
        Verified::CutOff
    );
}

/// Whoever reads the database gets in with nothing that stands there.
pub(super) async fn codes_and_tokens_are_kept_as_hashes(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let stored = async || {
        let rows: Vec<(Option<String>, Option<String>)> = sqlx::query_as("SELECT otp, token FROM session")
            .fetch_all(portal.store().read())
            .await
            .unwrap();
        rows.into_iter()
            .flat_map(|(code, token)| [code, token])
            .flatten()
            .collect::<Vec<_>>()
    };
    let opened = bench.login(now, AYSE, &word(AYSE)).await.unwrap();
    sessions::send_code(portal, now, &opened.session).await.unwrap();
    let code = bench.code().await;
    let [hash] = &*stored().await else {
        panic!("one code is stored")
    };
    assert!(hash.len() >= 43 && !hash.contains(&code), "{hash}");
    // Nor is the hash the code.
    let tried = sessions::verify_code(portal, now, &opened.session, hash).await;
    assert!(matches!(tried, Err(Error::OtpInvalid { .. })));
    let let_in = sessions::verify_code(portal, now, &opened.session, &code)
        .await
        .unwrap();
    let [hash] = &*stored().await else {
        panic!("the code is gone, one token is stored")
    };
    assert!(hash.len() >= 43 && **hash != **let_in.token, "{hash}");
    assert!(sessions::authenticate(portal, now, hash).await.is_err());
    assert!(sessions::authenticate(portal, now, &let_in.token).await.is_ok());
}

pub(super) async fn a_key_stands_for_one_request(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let check = async |scope: &str, key: &str, request: &[u8]| {
        idempotency::check(portal, now, scope, key, request).await
    };
    assert_eq!(check("a", "key", b"one").await, Ok(()));
    assert_eq!(check("a", "key", b"one").await, Ok(()));
    assert_eq!(check("a", "key", b"two").await, Err(Error::IdempotencyKeyReused));
    assert_eq!(check("b", "key", b"two").await, Ok(()));
    for wrong in ["", "a b", "ş", &"k".repeat(129)] {
        assert!(
            matches!(check("a", wrong, b"").await, Err(Error::FormInvalid { .. })),
            "{wrong}"
        );
    }
    // Over the wire, too.
    let token = bench.token(now, AYSE).await;
    let http = reqwest::Client::new();
    let begin = || {
        let call = http.post(bench.url("/v1/applications")).bearer_auth(&token);
        call.header("Idempotency-Key", "one").send()
    };
    let first: serde_json::Value = begin().await.unwrap().json().await.unwrap();
    let second: serde_json::Value = begin().await.unwrap().json().await.unwrap();
    assert_eq!(first["id"], second["id"]);
    let list: serde_json::Value = http
        .get(bench.url("/v1/applications"))
        .bearer_auth(&token)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(list["applications"].as_array().unwrap().len(), 1);
}

pub(super) async fn what_is_over_is_forgotten(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    bench.login(now, AYSE, &word(AYSE)).await.unwrap();
    let _ = bench.login(now, AYSE, "wrong word").await;
    limits::take(portal, now, limits::RESETS, "somebody")
        .await
        .unwrap();
    idempotency::check(portal, now, "a", "key", b"one").await.unwrap();
    portal.sweep(now.plus(Duration::from_hours(50))).await.unwrap();
    for table in ["login_challenge", "session", "rate", "lockout", "idempotency"] {
        let (left,): (i64,) = sqlx::query_as(&format!("SELECT COUNT(*) FROM {table}"))
            .fetch_one(portal.store().read())
            .await
            .unwrap();
        assert_eq!(left, 0, "{table}");
    }
    // What the store says in clear is no secret.
    let (answers,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM person WHERE security_word NOT LIKE '$argon2id$%'")
            .fetch_one(portal.store().read())
            .await
            .unwrap();
    assert_eq!(answers, 0);
}

/// A disk without room: nothing is half done, the caller is told to come again, and with room everything goes on.
#[tokio::test]
async fn a_full_disk_is_told_and_gets_over() {
    let bench = Bench::on_sqlite().await;
    let client = bench.logged_in(AYSE).await;
    let limit = async |pages: i64| {
        let store = bench.portal().store();
        let sql = format!("PRAGMA max_page_count = {pages}");
        sqlx::query(&sql).execute(store.write()).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        sqlx::query(&sql).execute(&mut *tx).await.unwrap();
    };
    limit(1).await;
    let mut told = false;
    // What fits into pages that are there already still goes.
    for _ in 0..200 {
        let (outcome, now) = (bench.client().login_challenge().await, Moment::now());
        match outcome {
            Ok(_) => (),
            Err(service::Error::Busy {
                retry_after: Some(_), ..
            }) => {
                told = true;
                assert!(audit::verify(bench.portal(), None).await.is_ok(), "{now:?}");
                break;
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(told, "the disk was never full");
    assert!(client.cards().await.is_ok(), "what only reads still goes");
    limit(1_000_000).await;
    assert!(bench.client().login_challenge().await.is_ok());
    assert!(matches!(
        audit::verify(bench.portal(), None).await.unwrap(),
        Verified::Whole { .. }
    ));
    bench.close().await;
}

/// Step by step, each at the other instance.
pub(super) async fn two_instances_serve_one_journey_in_turns(server: &Postgres) {
    let database = server.database("in_turns").unwrap();
    let one = Bench::on(&database).await;
    // The second one has the first one's key file, as instances of one service do.
    let folder = tempfile::tempdir().unwrap();
    let mut second = configuration(&folder, Some(&database));
    second.key_file.clone_from(&one.portal().configuration().key_file);
    let two = Bench::with(folder, second).await;
    let now = Moment::now();
    let (challenge, answer) = one.captcha(now).await;
    let login = sessions::Login {
        identity: crate::fields::Identity::parse(AYSE).unwrap(),
        word: crate::words::Word::typed(&word(AYSE)),
        challenge,
        answer,
    };
    let opened = sessions::open(two.portal(), now, "here", login).await.unwrap();
    sessions::send_code(one.portal(), now, &opened.session)
        .await
        .unwrap();
    let code = one.code().await;
    let let_in = sessions::verify_code(two.portal(), now, &opened.session, &code)
        .await
        .unwrap();
    let bearer = service::Bearer::parse(let_in.token.as_bytes()).unwrap();
    let (first, second) = (
        one.client().with_bearer(bearer.clone()),
        two.client().with_bearer(bearer),
    );
    let due = first
        .pending_replacements(None)
        .await
        .unwrap()
        .replacements
        .remove(0);
    let der = second.replacement_certificate(&due.id).await.unwrap();
    let confirmation = service::Confirmation {
        cert_hash: service::Sha256::of(&der),
        outcome: service::ConfirmedOutcome::Installed,
        fail_info: None,
    };
    first.confirm_replacement(&due.id, &confirmation).await.unwrap();
    second.confirm_replacement(&due.id, &confirmation).await.unwrap();
    assert!(
        second
            .pending_replacements(None)
            .await
            .unwrap()
            .replacements
            .is_empty()
    );
    signed_across(&one, &two).await;
    assert!(matches!(
        audit::verify(two.portal(), None).await.unwrap(),
        Verified::Whole { .. }
    ));
    one.close().await;
    two.close().await;
}

/// A login by signature begun at the one, claimed and signed at the other, while the page waits at the first.
async fn signed_across(one: &Bench, two: &Bench) {
    let now = Moment::now();
    let identity = one.person(IBRAHIM).await.identity;
    let created = signing::begin_login(one.portal(), now, "here", identity)
        .await
        .unwrap();
    let news = |known: signing::State| {
        let (portal, id, page) = (one.portal().clone(), created.id.clone(), created.page.clone());
        let minute = Duration::from_mins(1);
        tokio::spawn(async move {
            let watched = signing::watch(&portal, Moment::now, &id, &page, Some(known), minute).await;
            watched.unwrap().state
        })
    };
    let waiting = news(signing::State::Created);
    let claimed = signing::claim(two.portal(), now, "there", &created.code, "key")
        .await
        .unwrap();
    assert_eq!(waiting.await.unwrap(), signing::State::Claimed);
    let waiting = news(signing::State::Claimed);
    let sign = |item: &signing::ClaimedItem| signing::Submitted {
        item: item.id.clone(),
        cms: super::signing::sign(Practice::Sha256, &item.content, now),
    };
    let signatures: Vec<_> = claimed.items.iter().map(sign).collect();
    signing::submit(two.portal(), now, &claimed.id, &claimed.claim, &signatures)
        .await
        .unwrap();
    assert_eq!(waiting.await.unwrap(), signing::State::Completed);
    signing::take_session(one.portal(), now, &created.id, &created.page)
        .await
        .unwrap();
    let again = signing::take_session(two.portal(), now, &created.id, &created.page).await;
    assert_eq!(again.err(), Some(Error::CredentialsInvalid));
}

/// 503 with a time to come again while it is away, and everything as before when it is back.
pub(super) async fn a_database_that_is_gone_comes_back(mut server: Postgres) {
    let database = server.database("comes_back").unwrap();
    let bench = Bench::on(&database).await;
    let client = bench.logged_in(AYSE).await;
    server.stop();
    let (nobody, stopped) = (bench.client(), Instant::now());
    let mut asked = 0;
    while stopped.elapsed() < Duration::from_secs(10) {
        let away = reqwest::get(bench.url("/healthz")).await.unwrap();
        assert_eq!(away.status(), 503);
        assert!(away.headers().contains_key("retry-after"));
        // Those that read, and those that write.
        let (read, written) = tokio::join!(client.cards(), nobody.login_challenge());
        assert!(matches!(
            read,
            Err(service::Error::Busy {
                retry_after: Some(_),
                ..
            })
        ));
        assert!(matches!(
            written,
            Err(service::Error::Busy {
                retry_after: Some(_),
                ..
            })
        ));
        asked += 1;
    }
    assert!(asked > 1, "each waited for all ten seconds");
    server.run().unwrap();
    let back = async {
        while client.cards().await.is_err() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), back).await.unwrap();
    assert_eq!(
        refusal(bench.client().cards().await).kind,
        ProblemKind::CredentialsInvalid
    );
    bench.close().await;
    // An address where nobody is.
    let location = crate::Location::parse("postgres://nobody@127.0.0.1:1/none").unwrap();
    let store = Store::open(&location, 1).await.unwrap();
    assert!(matches!(store.ping().await, Err(Error::Busy { .. })));
}
