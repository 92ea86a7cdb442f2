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
    Error, Moment, SignatureFinding,
    applications::{self, Approved, Method, pre},
    certificates, consent, fields,
    signing::{self, Item, Order, Purpose, State, Submitted},
};

use super::{
    bench::{AYSE, Bench, IBRAHIM, NOBODY, refusal},
    thieves::confirmed,
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

fn signed(items: &[signing::ClaimedItem], kind: Practice) -> Vec<Submitted> {
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

pub(super) fn form() -> fields::Form {
    let text = r#"{"reason":"renewal","readerType":"not-wanted","validity":"3","securityWord":"yeni sözcüğüm",
        "securityWordAgain":"yeni sözcüğüm","unit":"Müdürlük","title":"Öğretmen","address":"Okul Sk. 1",
        "province":"Ankara","district":"Çankaya","postalCode":"06100","email":"a@kartal.invalid",
        "workPhone":"0312 000 00 00","mobilePhone":"0500 000 02 14","mobileOperator":"other","channel":"both",
        "published":"no"}"#;
    serde_json::from_str(text).unwrap()
}

pub(super) async fn an_application_goes_from_form_to_signature(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let begun = applications::begin(portal, now, &person.id, Some("key"))
        .await
        .unwrap();
    let again = applications::begin(portal, now, &person.id, Some("key"))
        .await
        .unwrap();
    assert_eq!(
        (begun.id.as_str(), begun.number.as_str()),
        (again.id.as_str(), again.number.as_str())
    );
    let id = begun.id.as_str();
    let empty = applications::fill_in(portal, now, &person.id, id, &fields::Form::default()).await;
    let Err(Error::FormInvalid { errors }) = empty else {
        panic!("{empty:?}")
    };
    assert_eq!(
        errors.len(),
        fields::Field::ALL
            .iter()
            .filter(|field| field.is_required())
            .count()
            - 1
    );
    let early = applications::approve(portal, now, &person, "here", id, Method::Ink).await;
    assert!(matches!(early, Err(Error::StateConflict { .. })));
    let filled = applications::fill_in(portal, now, &person.id, id, &form())
        .await
        .unwrap();
    assert_eq!(filled.state, applications::State::Otp);
    let earlier = now.minus(Duration::from_secs(1));
    applications::send_code(portal, earlier, &person.id, id)
        .await
        .unwrap();
    let before = bench.code().await;
    // A form that is mended at once has its own code at once; the one before is worth nothing.
    applications::fill_in(portal, now, &person.id, id, &form())
        .await
        .unwrap();
    let old = applications::verify_code(portal, now, &person.id, id, &before).await;
    assert_eq!(old.unwrap_err(), Error::OtpExpired);
    applications::send_code(portal, now, &person.id, id)
        .await
        .unwrap();
    let code = bench.code().await;
    let wrong = applications::verify_code(portal, now, &person.id, id, "x").await;
    assert_eq!(wrong.unwrap_err(), Error::OtpInvalid { attempts_left: 4 });
    applications::verify_code(portal, now, &person.id, id, &code)
        .await
        .unwrap();
    let unconsented = applications::approve(portal, now, &person, "here", id, Method::Consent).await;
    assert!(matches!(unconsented, Err(Error::FormInvalid { .. })));
    let ink = applications::approve(portal, now, &person, "here", id, Method::Ink)
        .await
        .unwrap();
    assert!(matches!(ink, Approved::Done(application) if application.state == applications::State::Ink));
    let pdf = applications::form_pdf(portal, now, &person.id, id).await.unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let to_sign = applications::approve(portal, now, &person, "here", id, Method::Signature)
        .await
        .unwrap();
    let Approved::ToSign(_, created) = to_sign else {
        panic!("nothing to sign")
    };
    let claimed = signing::claim(portal, now, "there", &created.code, "key")
        .await
        .unwrap();
    assert_eq!(claimed.items.len(), 2);
    assert!(String::from_utf8_lossy(&claimed.items[0].content).contains("Çankaya"));
    let signatures = signed(&claimed.items, Practice::Sha256);
    signing::submit(portal, now, &claimed.id, &claimed.claim, &signatures)
        .await
        .unwrap();
    let done = applications::get(portal, &person.id, id).await.unwrap();
    assert_eq!(
        (done.state, done.method),
        (applications::State::Submitted, Some(Method::Signature))
    );
    assert!(bench.login(now, IBRAHIM, "yeni sözcüğüm").await.is_ok());
    let back = applications::withdraw(portal, now, &person.id, id).await;
    assert!(matches!(back, Err(Error::StateConflict { .. })));
    standing_consent_signs(bench).await;
}

/// With the standing consent no signature is needed.
/// Signs the standing consent of whoever has the SHA-256 card.
pub(super) async fn give_consent(bench: &Bench, person: &crate::persons::Person) {
    let (portal, now) = (bench.portal(), Moment::now());
    let asked = consent::ask(portal, now, person).await.unwrap();
    let claimed = signing::claim(portal, now, "there", &asked.code, "key")
        .await
        .unwrap();
    let signatures = signed(&claimed.items, Practice::Sha256);
    signing::submit(portal, now, &claimed.id, &claimed.claim, &signatures)
        .await
        .unwrap();
    assert!(consent::get(portal, &person.id).await.unwrap().given);
}

async fn standing_consent_signs(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    give_consent(bench, &person).await;
    let second = applications::begin(portal, now, &person.id, None).await.unwrap();
    confirmed(bench, now, &person.id, &second.id, &form()).await;
    let approved = applications::approve(portal, now, &person, "here", &second.id, Method::Consent)
        .await
        .unwrap();
    assert!(matches!(approved, Approved::Done(done) if done.state == applications::State::Submitted));
    assert!(!consent::withdraw(portal, now, &person.id).await.unwrap().given);
    let third = applications::begin(portal, now, &person.id, None).await.unwrap();
    let gone = applications::withdraw(portal, now, &person.id, &third.id)
        .await
        .unwrap();
    assert_eq!(gone.state, applications::State::Withdrawn);
}

/// Before a PIN is asked for: a second tab, a changed form, another way of signing, a withdrawal.
pub(super) async fn codes_of_approvals_that_are_undone_end(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let begun = applications::begin(portal, now, &person.id, None).await.unwrap();
    let id = begun.id.as_str();
    let to_sign = async || {
        let approved = applications::approve(portal, now, &person, "here", id, Method::Signature).await;
        match approved.unwrap() {
            Approved::ToSign(_, created) => created,
            Approved::Done(done) => panic!("{done:?}"),
        }
    };
    let state = async |created: &signing::Created| {
        let watched = signing::watch(portal, || now, &created.id, &created.page, None, Duration::ZERO);
        watched.await.unwrap().state
    };
    let claim =
        async |created: &signing::Created| signing::claim(portal, now, "there", &created.code, "key").await;
    confirmed(bench, now, &person.id, id, &form()).await;
    let (first, second) = (to_sign().await, to_sign().await);
    assert_eq!(
        (state(&first).await, state(&second).await),
        (State::Expired, State::Created)
    );
    assert_eq!(claim(&first).await.err(), Some(Error::CodeExpired));
    // One that is claimed already hears of it when it hands in, and the page at once.
    let claimed = claim(&second).await.unwrap();
    let later = now.plus(Duration::from_mins(2));
    confirmed(bench, later, &person.id, id, &form()).await;
    let signatures = signed(&claimed.items, Practice::Sha256);
    let submitted = signing::submit(portal, now, &claimed.id, &claimed.claim, &signatures).await;
    assert_eq!(submitted.err(), Some(Error::CodeExpired));
    let third = to_sign().await;
    applications::approve(portal, now, &person, "here", id, Method::Ink)
        .await
        .unwrap();
    assert_eq!(state(&third).await, State::Expired);
    let fourth = to_sign().await;
    // Paper that is on its way counts as long as nothing is signed.
    let application = applications::get(portal, &person.id, id).await.unwrap();
    assert_eq!(application.state, applications::State::Ink);
    applications::withdraw(portal, now, &person.id, id).await.unwrap();
    assert_eq!(state(&fourth).await, State::Expired);
}

pub(super) async fn a_login_of_somebody_unknown_ends_with_its_reason(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    sqlx::query("DELETE FROM person WHERE id = $1")
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

pub(super) async fn a_consent_that_is_gone_hands_nothing_in(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let begun = applications::begin(portal, now, &person.id, None).await.unwrap();
    confirmed(bench, now, &person.id, &begun.id, &form()).await;
    let application = applications::get(portal, &person.id, &begun.id).await.unwrap();
    let decide = async || {
        let submitted = applications::State::Submitted;
        applications::decide(portal, now, &application, "here", submitted, "consent", "").await
    };
    assert!(matches!(decide().await, Err(Error::StateConflict { state }) if state == "approval"));
    give_consent(bench, &person).await;
    assert_eq!(decide().await.unwrap().state, applications::State::Submitted);
}

pub(super) async fn what_lies_on_the_card_at_hand_is_not_lost(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let own = certificates::list(portal, &person.id).await.unwrap().remove(0);
    // Somebody's that can be replaced; whose name stands in it is not looked at here.
    let ayse = bench.person(AYSE).await;
    let old = certificates::list(portal, &ayse.id).await.unwrap();
    let old = old
        .iter()
        .find(|one| one.state == certificates::State::Active)
        .unwrap();
    let mut tx = portal.store().begin().await.unwrap();
    for card in [own.card.as_str(), "0A"] {
        let made = portal.authority().replacement(&old.der, now.date_time()).unwrap();
        certificates::add(&mut tx, now, &person.id, card, &made, certificates::State::Active)
            .await
            .unwrap();
    }
    certificates::revoke_lost(portal, &mut tx, now, &person.id, Some(&own.der))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let all = certificates::list(portal, &person.id).await.unwrap();
    let working: Vec<_> = all
        .iter()
        .filter(|one| one.state == certificates::State::Active)
        .map(|one| one.card == own.card)
        .collect();
    assert_eq!((all.len(), working), (3, vec![true; 2]), "{all:?}");
}

pub(super) async fn a_list_is_taken_row_by_row(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let csv = "\u{feff}identityNumber;lastName;firstName;email;payer\r\n\
        10000000146;Gökçeoğlu;ayşe ışıl;ayse@kartal.invalid;institution\r\n\
        10000000147;Gökçeoğlu;Ayşe;yok;babam\r\n\
        12345678950;Kimse;Hiç;hic@kartal.invalid;\r\n\
        \r\n\
        10000000382;\"Başka\nBiri\";Ömer Yiğit;omer@kartal.invalid;person\r\n\
        half a line\r\n";
    let rows = pre::read_csv(csv.as_bytes()).unwrap();
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3, 4, 6, 8], "as an editor counts them");
    let authority = bench.person(IBRAHIM).await;
    let outcomes = pre::hand_in(portal, now, &authority, &rows).await.unwrap();
    let pre::Outcome::Accepted { number } = &outcomes[0] else {
        panic!("{outcomes:?}")
    };
    let faults = |outcome: &pre::Outcome| match outcome {
        pre::Outcome::Refused { errors } => {
            errors.iter().map(|error| error.field.clone()).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(faults(&outcomes[1]), ["identityNumber", "email", "payer"]);
    assert_eq!(faults(&outcomes[2]), ["identityNumber"]);
    assert_eq!(faults(&outcomes[3]), ["identityNumber"]);
    assert!(!faults(&outcomes[4]).is_empty());
    let again = pre::hand_in(portal, now, &authority, &rows[..1]).await.unwrap();
    assert_eq!(
        again,
        [pre::Outcome::Known {
            number: number.clone()
        }]
    );
    let ayse = bench.person(AYSE).await;
    let waiting = applications::list(portal, &ayse.id).await.unwrap();
    assert_eq!((waiting.len(), &waiting[0].number), (1, number));
    assert!(waiting[0].by_institution);
    assert!(bench.last_message("email").await.contains(&waiting[0].id));
    applications::withdraw(portal, now, &ayse.id, &waiting[0].id)
        .await
        .unwrap();
    // The same list sent twice at once: taken once, and both hear the same number.
    let (one, other) = tokio::join!(
        pre::hand_in(portal, now, &authority, &rows[..1]),
        pre::hand_in(portal, now, &authority, &rows[..1]),
    );
    let both = [one.unwrap().remove(0), other.unwrap().remove(0)];
    let numbers: Vec<_> = both
        .iter()
        .filter_map(|outcome| match outcome {
            pre::Outcome::Accepted { number } | pre::Outcome::Known { number } => Some(number),
            pre::Outcome::Refused { .. } | pre::Outcome::NotDone => None,
        })
        .collect();
    assert!(
        numbers.len() == 2 && numbers[0] == numbers[1] && numbers[0] != number,
        "{both:?}"
    );
    let taken = both
        .iter()
        .filter(|outcome| matches!(outcome, pre::Outcome::Accepted { .. }));
    assert_eq!(taken.count(), 1, "{both:?}");
    assert_eq!(
        pre::hand_in(portal, now, &ayse, &rows).await,
        Err(Error::Forbidden)
    );
    for wrong in [&b""[..], b"a;b\r\n1;2", b"\xff\xfe", b"identityNumber\xff"] {
        assert!(matches!(pre::read_csv(wrong), Err(Error::FormInvalid { .. })));
    }
    let many = format!("identityNumber\n{}", "1\n".repeat(2_001));
    assert!(pre::read_csv(many.as_bytes()).is_err());
}

/// A code that never left is not waited for, and costs none of those that are left; nor does asking too early.
#[tokio::test]
async fn a_code_that_did_not_go_out_can_be_asked_for_at_once() {
    let bench = Bench::on_sqlite().await;
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await.id;
    let id = applications::begin(portal, now, &person, None).await.unwrap().id;
    applications::fill_in(portal, now, &person, &id, &form())
        .await
        .unwrap();
    let messages = portal.configuration().messages();
    let aside = messages.with_extension("aside");
    std::fs::rename(&messages, &aside).unwrap();
    std::fs::write(&messages, "in the way").unwrap();
    let failed = applications::send_code(portal, now, &person, &id).await;
    assert!(failed.is_err(), "{failed:?}");
    let pending = applications::pending(portal, &person, &id).await.unwrap();
    assert_eq!(pending.sent, 0);
    std::fs::remove_file(&messages).unwrap();
    std::fs::rename(&aside, &messages).unwrap();
    applications::send_code(portal, now, &person, &id).await.unwrap();
    for _ in 0..30 {
        let early = applications::send_code(portal, now, &person, &id).await;
        assert!(matches!(early, Err(Error::RateLimited { .. })), "{early:?}");
    }
    let later = now.plus(Duration::from_mins(2));
    assert!(applications::send_code(portal, later, &person, &id).await.is_ok());
    bench.close().await;
}
