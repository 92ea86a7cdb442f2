//! Signing by code.

use std::{sync::Arc, time::Duration};

use certificate::Certificate;
use rsa::{Pkcs1v15Sign, RsaPrivateKey, pkcs1::DecodeRsaPrivateKey as _};
use service::{
    Digest, ItemSignature, Level, NewItem, NewTransaction, Packaging, ProblemKind, SignatureProfile,
    Signatures, SignedLogin, TransactionState, VerificationCode,
};
use sha2::Digest as _;
use signature::{Algorithm, Content, Prepared, Request};
use virtual_card::practice::{self, Practice};

use crate::{
    Error, Moment, SignatureFinding, certificates,
    signing::{self, Item, Order, Purpose, State, Submitted},
};

use super::{
    bench::{Bench, IBRAHIM, NOBODY, refusal},
    load,
};

/// Signs as the practice card of this kind would.
pub(super) fn sign(kind: Practice, content: &[u8], at: Moment) -> Vec<u8> {
    let certificate = practice::certificates(kind, Moment::now().date_time())
        .unwrap()
        .remove(0);
    let certificate = Arc::new(Certificate::read(&certificate).unwrap());
    let prepared = Prepared::new(&Request {
        certificate: &certificate,
        chain: &[],
        content: Content::Bytes(content),
        packaging: signature::Packaging::Attached,
        algorithm: Algorithm::for_key(certificate.public_key.as_ref().unwrap()).unwrap(),
        signing_time: at.date_time(),
    })
    .unwrap();
    let key = RsaPrivateKey::from_pkcs1_der(practice::holder(kind).unwrap().key()).unwrap();
    let hash = sha2::Sha256::digest(prepared.to_be_signed());
    let block = key.sign(Pkcs1v15Sign::new::<sha2::Sha256>(), &hash).unwrap();
    prepared.assemble(&block).unwrap()
}

fn item(text: &str) -> Item {
    Item {
        title: "Metin".to_owned(),
        media_type: "text/plain; charset=utf-8".to_owned(),
        content: text.as_bytes().to_vec(),
    }
}

async fn order(bench: &Bench, number: &str) -> Order {
    let person = bench.person(number).await;
    Order {
        identity: person.identity,
        person: Some(person.id),
        purpose: Purpose::Text,
        about: "Deneme".to_owned(),
        subject: String::new(),
        requester: "Kartal".to_owned(),
        read_to_end: false,
        items: vec![item("Birinci metin: ığüşöçİ"), item("İkinci")],
    }
}

pub(super) fn signed(items: &[signing::ClaimedItem], kind: Practice) -> Vec<Submitted> {
    let one = |item: &signing::ClaimedItem| Submitted {
        item: item.id.clone(),
        cms: sign(kind, &item.content, Moment::now()),
    };
    items.iter().map(one).collect()
}

pub(super) async fn a_text_is_signed_and_the_page_hears_of_it(bench: &Bench) {
    let client = bench.logged_in(IBRAHIM).await;
    let token = bench.token(Moment::now(), IBRAHIM).await;
    let new = NewTransaction {
        purpose: "Deneme".to_owned(),
        items: vec![NewItem {
            title: "Metin".to_owned(),
            media_type: "text/plain; charset=utf-8".to_owned(),
            content_base64: service::Bytes("İmzalanacak metin".as_bytes().to_vec()),
        }],
        profile: SignatureProfile {
            level: Level::Basic,
            packaging: Packaging::Attached,
            digest: Digest::Sha256,
            qualified: true,
        },
        read_to_end: true,
    };
    let http = reqwest::Client::new();
    let made = http
        .post(bench.url("/v1/signing-transactions"))
        .bearer_auth(&token)
        .json(&new)
        .send()
        .await
        .unwrap();
    assert_eq!(made.status(), 201);
    let made: service::TransactionCreated = made.json().await.unwrap();
    let (waiting, id, page) = (bench.client(), made.id.clone(), made.page_token.clone());
    let heard = tokio::spawn(async move { waiting.transaction(&id, &page, Duration::from_secs(30)).await });
    let claim = client.claim(&made.verification_code).await.unwrap();
    assert_eq!(claim.control_code, made.control_code);
    assert!(claim.read_to_end);
    let cms = sign(Practice::Sha256, &claim.items[0].content_base64.0, Moment::now());
    let signatures = Signatures {
        signatures: vec![ItemSignature {
            item_id: claim.items[0].id.clone(),
            cms: service::Bytes(cms),
        }],
    };
    let first = client.submit_signatures(&claim, &signatures).await.unwrap();
    let again = client.submit_signatures(&claim, &signatures).await.unwrap();
    assert_eq!(first, again);
    let heard = heard.await.unwrap().unwrap();
    assert_eq!(heard.state, TransactionState::Completed);
    assert_eq!(heard.signer.as_deref(), Some("İbrahim Çağrı Şahingöz"));
    assert_eq!(heard.signed_at, Some(first.signed_at));
    let other = bench.client().claim(&made.verification_code).await;
    assert_eq!(refusal(other).kind, ProblemKind::CodeAlreadyClaimed);
    let stranger = service::Bearer::parse(b"somebody").unwrap();
    let looked = bench
        .client()
        .transaction(&made.id, &stranger, Duration::from_secs(1))
        .await;
    assert_eq!(refusal(looked).kind, ProblemKind::NotFound);
}

pub(super) async fn a_signature_lets_in_once(bench: &Bench) {
    let client = bench.client();
    let login = SignedLogin {
        identity_number: service::IdentityNumber::typed(IBRAHIM).unwrap(),
    };
    let made = client.signed_login(&login).await.unwrap();
    let http = reqwest::Client::new();
    let url = bench.url(&format!("/v1/signing-transactions/{}/session", made.id));
    let ask = || http.post(&url).bearer_auth(made.page_token.expose()).send();
    assert_eq!(ask().await.unwrap().status(), 409);
    let claim = client.claim(&made.verification_code).await.unwrap();
    let submit = async |kind: Practice| {
        let signatures = Signatures {
            signatures: vec![ItemSignature {
                item_id: claim.items[0].id.clone(),
                cms: service::Bytes(sign(kind, &claim.items[0].content_base64.0, Moment::now())),
            }],
        };
        client.submit_signatures(&claim, &signatures).await
    };
    // A SHA-1 card, and another person's card.
    assert_eq!(
        refusal(submit(Practice::Sha1).await).kind,
        ProblemKind::CertificateWeakHash
    );
    assert_eq!(
        refusal(submit(Practice::Expiring).await).kind,
        ProblemKind::SignerMismatch
    );
    submit(Practice::Sha256).await.unwrap();
    let let_in: service::Authenticated = ask().await.unwrap().json().await.unwrap();
    assert_eq!(let_in.name, "İbrahim Çağrı Şahingöz");
    assert_eq!(ask().await.unwrap().status(), 401);
    let profile = http
        .get(bench.url("/v1/profile"))
        .bearer_auth(let_in.token.expose())
        .send();
    let profile: serde_json::Value = profile.await.unwrap().json().await.unwrap();
    assert_eq!(profile["lastName"], "Şahingöz");
    // Whoever is not known gets a code all the same, and is never let in.
    let unknown = SignedLogin {
        identity_number: service::IdentityNumber::typed(NOBODY).unwrap(),
    };
    assert!(client.signed_login(&unknown).await.is_ok());
}

pub(super) async fn one_of_a_thousand_claims_a_code(bench: &Bench) {
    let now = Moment::now();
    let created = signing::create(bench.portal(), now, &order(bench, IBRAHIM).await)
        .await
        .unwrap();
    let claims: Vec<_> = (0..1_000)
        .map(|number| {
            let (portal, code) = (bench.portal().clone(), created.code.to_string());
            tokio::spawn(async move {
                let key = format!("key {number}");
                let address = format!("address {number}");
                (
                    key.clone(),
                    signing::claim(&portal, now, &address, &code, &key).await,
                )
            })
        })
        .collect();
    let mut winner = None;
    let (mut taken, mut busy) = (0, 0);
    for claim in claims {
        match claim.await.unwrap() {
            (key, Ok(claimed)) => {
                assert!(winner.is_none(), "two have it");
                winner = Some((key, claimed.claim.to_string()));
            }
            (_, Err(Error::CodeAlreadyClaimed)) => taken += 1,
            (_, Err(Error::Busy { .. })) => busy += 1,
            (_, Err(other)) => panic!("{other:?}"),
        }
    }
    assert_eq!(taken + busy, 999);
    let (key, claim) = winner.expect("nobody has it");
    // Its lost answer is given again, and to nobody else.
    let again = signing::claim(bench.portal(), now, "there", &created.code, &key)
        .await
        .unwrap();
    assert_eq!(*again.claim, claim);
    let (state, code): (String, String) = sqlx::query_as("SELECT state, code FROM signing WHERE id = $1")
        .bind(&created.id)
        .fetch_one(bench.portal().store().read())
        .await
        .unwrap();
    assert_eq!(state, "claimed");
    assert!(!code.contains(created.code.as_str()));
}

pub(super) async fn what_is_wrong_with_a_code_is_told_before_anything_else(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let claim =
        async |at: Moment, code: &str| signing::claim(portal, at, "there", code, "key").await.map(drop);
    let created = signing::create(portal, now, &order(bench, IBRAHIM).await)
        .await
        .unwrap();
    for malformed in [
        "",
        "12345",
        "abcdefghijklmno",
        &"1".repeat(10_000),
        &created.code[..14],
    ] {
        assert_eq!(
            claim(now, malformed).await,
            Err(Error::CodeMalformed),
            "{malformed}"
        );
    }
    let late = now.plus(Duration::from_secs(290));
    assert_eq!(claim(late, &created.code).await, Err(Error::CodeExpired));
    let spaced = VerificationCode::typed(&created.code, true).unwrap().grouped();
    assert_eq!(claim(now, &spaced).await, Ok(()));
    let unknown = VerificationCode::with_check_digit("00000000000000").unwrap();
    for _ in 0..10 {
        assert_eq!(claim(now, unknown.as_str()).await, Err(Error::CodeUnknown));
    }
    assert!(matches!(
        claim(now, unknown.as_str()).await,
        Err(Error::RateLimited { .. })
    ));
    let watched = signing::watch(portal, || late, &created.id, &created.page, None, Duration::ZERO).await;
    assert_eq!(watched.unwrap().state, State::Expired);
    // Bounds of what can be signed at all.
    let mut too_much = order(bench, IBRAHIM).await;
    too_much.items = vec![item("x"); 33];
    assert!(matches!(
        signing::create(portal, now, &too_much).await,
        Err(Error::FormInvalid { .. })
    ));
    too_much.items = vec![item(&"x".repeat(2 * 1024 * 1024 + 1))];
    assert!(matches!(
        signing::create(portal, now, &too_much).await,
        Err(Error::FormInvalid { .. })
    ));
    too_much.items.clear();
    assert!(matches!(
        signing::create(portal, now, &too_much).await,
        Err(Error::FormInvalid { .. })
    ));
}

pub(super) async fn wrong_signatures_are_told_apart_and_end_it(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let claimed = async || {
        let created = signing::create(portal, now, &order(bench, IBRAHIM).await)
            .await
            .unwrap();
        let claimed = signing::claim(portal, now, "there", &created.code, "key")
            .await
            .unwrap();
        (created, claimed)
    };
    let (created, mine) = claimed().await;
    let submit = async |signatures: &[Submitted]| {
        signing::submit(portal, now, &mine.id, &mine.claim, signatures)
            .await
            .map(drop)
    };
    let found = |finding| {
        move |outcome: Result<(), Error>| {
            assert!(
                matches!(&outcome, Err(Error::Signature { finding: got, .. }) if *got == finding),
                "{outcome:?}"
            );
        }
    };
    let good = signed(&mine.items, Practice::Sha256);
    // Something missing, or twice: nothing was judged, so nothing counts.
    assert!(matches!(submit(&good[..1]).await, Err(Error::FormInvalid { .. })));
    let twice = [good[0].clone(), good[0].clone()];
    assert!(matches!(submit(&twice).await, Err(Error::FormInvalid { .. })));
    let mut garbage = good.clone();
    garbage[1].cms = b"no signature".to_vec();
    found(SignatureFinding::Invalid)(submit(&garbage).await);
    let mut swapped = good.clone();
    swapped[1].cms.clone_from(&good[0].cms);
    found(SignatureFinding::ContentMismatch)(submit(&swapped).await);
    let mut flipped = good.clone();
    *flipped[0].cms.last_mut().unwrap() ^= 1;
    found(SignatureFinding::Invalid)(submit(&flipped).await);
    found(SignatureFinding::WeakHash)(submit(&signed(&mine.items, Practice::Sha1)).await);
    // By the time of the judge: in ten years the certificate has ended.
    let (item, cms) = (&mine.items[0].content, &good[0].cms);
    let later = now.plus(Duration::from_hours(10 * 365 * 24));
    let late = signing::judge(&portal.anchors(), later, item, cms);
    assert_eq!(late.unwrap_err(), SignatureFinding::CertificateExpired);
    let nobody = certificate::chain::TrustAnchors::default();
    let untrusted = signing::judge(&nobody, now, item, cms);
    assert_eq!(untrusted.unwrap_err(), SignatureFinding::NotQualified);
    // The fifth refusal ends it.
    let other = submit(&signed(&mine.items, Practice::Expiring)).await;
    assert_eq!(other, Err(Error::SignerMismatch));
    assert!(matches!(submit(&good).await, Err(Error::StateConflict { .. })));
    let watched = signing::watch(portal, || now, &created.id, &created.page, None, Duration::ZERO).await;
    assert_eq!(watched.unwrap().state, State::Failed);
    let stranger = signing::submit(portal, now, &mine.id, "somebody", &good).await;
    assert_eq!(stranger, Err(Error::CredentialsInvalid));
    // A certificate that is revoked, and a person who does not want to.
    let (_, next) = claimed().await;
    let person = bench.person(IBRAHIM).await.id;
    let record = certificates::list(portal, &person).await.unwrap().remove(0);
    let reason = crate::authority::Reason::KeyCompromise;
    certificates::revoke(portal, now, &person, &record.id, reason)
        .await
        .unwrap();
    let revoked = signing::submit(
        portal,
        now,
        &next.id,
        &next.claim,
        &signed(&next.items, Practice::Sha256),
    )
    .await;
    found(SignatureFinding::CertificateRevoked)(revoked.map(drop));
    for _ in 0..2 {
        signing::refuse(portal, now, &next.id, &next.claim, "user")
            .await
            .unwrap();
    }
    let after = signing::submit(
        portal,
        now,
        &next.id,
        &next.claim,
        &signed(&next.items, Practice::Sha256),
    )
    .await;
    assert!(matches!(after, Err(Error::StateConflict { .. })));
}

pub(super) async fn a_login_of_somebody_unknown_ends_with_its_reason(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    // Nobody of this number is known any more; the certificate is.
    sqlx::query("UPDATE person SET identity = $1 WHERE id = $2")
        .bind(load::number(7))
        .bind(&person.id)
        .execute(portal.store().write())
        .await
        .unwrap();
    let created = signing::begin_login(portal, now, "there", person.identity.clone())
        .await
        .unwrap();
    let claimed = signing::claim(portal, now, "there", &created.code, "key")
        .await
        .unwrap();
    let signatures = signed(&claimed.items, Practice::Sha256);
    let submitted = signing::submit(portal, now, &claimed.id, &claimed.claim, &signatures).await;
    assert_eq!(submitted.err(), Some(Error::Forbidden));
    let watched = signing::watch(portal, || now, &created.id, &created.page, None, Duration::ZERO).await;
    let watched = watched.unwrap();
    let reason = watched.end_result.map(|end| end.reason);
    assert_eq!(
        (watched.state, reason.as_deref()),
        (State::Failed, Some("unknown-person"))
    );
}

pub(super) async fn a_certificate_that_was_never_recorded_is_not_accepted(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    sqlx::query("DELETE FROM replacement WHERE person = $1")
        .bind(&person.id)
        .execute(portal.store().write())
        .await
        .unwrap();
    sqlx::query("DELETE FROM certificate WHERE person = $1")
        .bind(&person.id)
        .execute(portal.store().write())
        .await
        .unwrap();
    let created = signing::begin_login(portal, now, "there", person.identity.clone())
        .await
        .unwrap();
    let claimed = signing::claim(portal, now, "there", &created.code, "key")
        .await
        .unwrap();
    let signatures = signed(&claimed.items, Practice::Sha256);
    let submitted = signing::submit(portal, now, &claimed.id, &claimed.claim, &signatures).await;
    let is_refused = matches!(
        submitted,
        Err(Error::Signature {
            finding: SignatureFinding::CertificateRevoked,
            ..
        })
    );
    assert!(is_refused, "{submitted:?}");
}
