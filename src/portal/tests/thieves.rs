//! What somebody tries who has stolen something: a card, a certificate that is not installed yet, a session, a security
//! word.

use std::sync::Arc;

use certificate::{Certificate, chain::TrustAnchors};
use rsa::{Pkcs1v15Sign, RsaPrivateKey, pkcs1::DecodeRsaPrivateKey as _};
use sha2::Digest as _;
use signature::{Algorithm, Content, Prepared, Request};
use virtual_card::practice::{self, Practice};

use crate::{
    Error, Moment, SignatureFinding,
    applications::{self, Approved, Method},
    authority::Reason,
    cards,
    certificates::{self, State},
    consent, limits,
    messages::{Outbox, Spool},
    profile,
    replacements::{self, Outcome},
    serve::Server,
    sessions, signing, texts,
};

use super::{
    applying::form,
    bench::{AYSE, Bench, GULSEN, IBRAHIM, configuration, word},
    signing::sign,
};

const MINUTE: std::time::Duration = std::time::Duration::from_mins(1);

/// What is to be signed with this certificate, and the signature by the key of this practice card.
fn prepared(der: &[u8], kind: Practice, content: &[u8], at: Moment) -> (Prepared, Vec<u8>) {
    let certificate = Arc::new(Certificate::read(der).unwrap());
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
    (prepared, block)
}

/// Signs by the key of this practice card, with whichever certificate.
fn sign_with(der: &[u8], kind: Practice, content: &[u8]) -> Vec<u8> {
    let (prepared, block) = prepared(der, kind, content, Moment::now());
    prepared.assemble(&block).unwrap()
}

/// The same certificate, its outermost length in four bytes where two are enough.
fn recoded(der: &[u8]) -> Vec<u8> {
    assert_eq!(der[..2], [0x30, 0x82], "not as long as a certificate");
    [&[0x30, 0x84, 0, 0, der[2], der[3]], &der[4..]].concat()
}

/// Signs with [`recoded`] certificate, as our own program would never: in the signature by the certificate itself, its
/// place is taken by the other bytes, and so are the signed hash's and the signature's.
fn sign_recoded(der: &[u8], kind: Practice, content: &[u8]) -> Vec<u8> {
    let at = Moment::now();
    let other = recoded(der);
    let (mine, my_block) = prepared(der, kind, content, at);
    let (theirs, their_block) = prepared(&other, kind, content, at);
    let mut cms = mine.assemble(&my_block).unwrap();
    let place = |cms: &[u8], what: &[u8]| {
        let found = cms.windows(what.len()).position(|window| window == what);
        found.expect("it is in there")
    };
    // The attributes but for their tag, which differs inside.
    let (old, new) = (&mine.to_be_signed()[1..], &theirs.to_be_signed()[1..]);
    assert_eq!(old.len(), new.len());
    let start = place(&cms, old);
    cms[start..start + old.len()].copy_from_slice(new);
    let start = place(&cms, &my_block);
    cms[start..start + my_block.len()].copy_from_slice(&their_block);
    let start = place(&cms, der);
    cms.splice(start..start + der.len(), other);
    // What is around it is two bytes longer: ContentInfo, [0], SignedData, and the certificates.
    for header in [0, 15, 19, start - 4] {
        assert_eq!(cms[header + 1], 0x82);
        let length = u16::from_be_bytes([cms[header + 2], cms[header + 3]]) + 2;
        cms[header + 2..header + 4].copy_from_slice(&length.to_be_bytes());
    }
    cms
}

/// A login by signature that waits for its signature.
async fn claimed(bench: &Bench, now: Moment, number: &str) -> signing::Claimed {
    let identity = bench.person(number).await.identity;
    let created = signing::begin_login(bench.portal(), now, "there", identity)
        .await
        .unwrap();
    signing::claim(bench.portal(), now, "there", &created.code, "key")
        .await
        .unwrap()
}

async fn submit(
    bench: &Bench,
    now: Moment,
    claimed: &signing::Claimed,
    signer: impl Fn(&[u8]) -> Vec<u8>,
) -> Result<(), Error> {
    let signatures: Vec<_> = claimed
        .items
        .iter()
        .map(|item| signing::Submitted {
            item: item.id.clone(),
            cms: signer(&item.content),
        })
        .collect();
    signing::submit(bench.portal(), now, &claimed.id, &claimed.claim, &signatures)
        .await
        .map(drop)
}

fn found(outcome: &Result<(), Error>, finding: SignatureFinding) {
    assert!(
        matches!(outcome, Err(Error::Signature { finding: got, .. }) if *got == finding),
        "{outcome:?}"
    );
}

pub(super) async fn a_certificate_in_other_bytes_is_no_other(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await.id;
    let record = certificates::list(portal, &person).await.unwrap().remove(0);
    let other = recoded(&record.der);
    let alike = certificates::alike(portal.store().read(), &other).await.unwrap();
    assert_eq!(alike, std::slice::from_ref(&record));
    let login = claimed(bench, now, IBRAHIM).await;
    let in_other_bytes = |text: &[u8]| sign_recoded(&record.der, Practice::Sha256, text);
    // The signature itself is good, whatever one thinks of the encoding.
    let trust = signature::Trust {
        anchors: &portal.anchors(),
        extra: &[],
        now: now.date_time(),
    };
    let report = signature::verify(
        &in_other_bytes(&login.items[0].content),
        Some(Content::Bytes(&login.items[0].content)),
        &trust,
    );
    assert_eq!(report.unwrap().verdict(), signature::Verdict::Valid);
    let outcome = submit(bench, now, &login, in_other_bytes).await;
    found(&outcome, SignatureFinding::Invalid);
    certificates::revoke(portal, now, &person, &record.id, Reason::KeyCompromise)
        .await
        .unwrap();
    let outcome = submit(bench, now, &login, in_other_bytes).await;
    found(&outcome, SignatureFinding::Invalid);
    let outcome = submit(bench, now, &login, |text| {
        sign_with(&record.der, Practice::Sha256, text)
    })
    .await;
    found(&outcome, SignatureFinding::CertificateRevoked);
}

pub(super) async fn a_replacement_ends_with_what_it_replaces(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(AYSE).await.id;
    let due = replacements::list(portal, &person, true, None).await.unwrap();
    let due = due.replacements[0].clone();
    let new = replacements::fetch(portal, now, &person, &due.id).await.unwrap();
    // Not installed yet: it signs nothing.
    let login = claimed(bench, now, AYSE).await;
    let outcome = submit(bench, now, &login, |text| sign_with(&new, Practice::Sha1, text)).await;
    found(&outcome, SignatureFinding::CertificateRevoked);
    let old = certificates::list(portal, &person).await.unwrap().remove(0);
    certificates::revoke(portal, now, &person, &old.id, Reason::KeyCompromise)
        .await
        .unwrap();
    let held = certificates::get(portal, &person, &due.certificate.id)
        .await
        .unwrap();
    assert_eq!(
        (held.state, held.revocation_reason.as_str()),
        (State::Revoked, "key-compromise")
    );
    // And it is in what everybody else asks.
    let read = Certificate::read(&new).unwrap();
    let issuer = portal.authority().issuer_of(&read).unwrap();
    let list = crate::issuing::revocation_list(portal, now, issuer)
        .await
        .unwrap()
        .unwrap();
    let serial = read.serial.unwrap().as_bytes().to_vec();
    assert!(list.windows(serial.len()).any(|window| window == serial));
}

pub(super) async fn a_replacement_that_is_not_wanted_is_revoked(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(AYSE).await.id;
    let due = replacements::list(portal, &person, true, None).await.unwrap();
    let due = due.replacements[0].clone();
    let new = replacements::fetch(portal, now, &person, &due.id).await.unwrap();
    let rejected = Outcome::Rejected("card".to_owned());
    let hash = crate::secret::sha256_hex(&new);
    replacements::confirm(portal, now, &person, &due.id, &hash, &rejected)
        .await
        .unwrap();
    let held = certificates::get(portal, &person, &due.certificate.id)
        .await
        .unwrap();
    assert_eq!(held.state, State::Revoked);
    let old = certificates::list(portal, &person).await.unwrap();
    assert!(
        old.iter().any(|record| record.state == State::Active),
        "the old one stays"
    );
}

/// An application of this person whose phone is confirmed.
async fn to_approve(bench: &Bench, now: Moment, person: &str, form: &crate::fields::Form) -> String {
    let id = applications::begin(bench.portal(), now, person, None)
        .await
        .unwrap()
        .id;
    confirmed(bench, now, person, &id, form).await;
    id
}

/// The form of this application is filled in, and its phone confirmed.
pub(super) async fn confirmed(
    bench: &Bench,
    now: Moment,
    person: &str,
    id: &str,
    form: &crate::fields::Form,
) {
    let portal = bench.portal();
    applications::fill_in(portal, now, person, id, form)
        .await
        .unwrap();
    applications::send_code(portal, now, person, id).await.unwrap();
    let code = bench.code().await;
    applications::verify_code(portal, now, person, id, &code)
        .await
        .unwrap();
}

pub(super) async fn what_was_signed_is_what_is_handed_in(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let id = to_approve(bench, now, &person.id, &form()).await;
    let before = applications::get(portal, &person.id, &id).await.unwrap();
    let approved = applications::approve(portal, now, &person, "here", &id, Method::Signature).await;
    let Approved::ToSign(_, created) = approved.unwrap() else {
        panic!("nothing to sign")
    };
    let claimed = signing::claim(portal, now, "there", &created.code, "key")
        .await
        .unwrap();
    let later = now.plus(2 * MINUTE);
    let mut other = form();
    other.unit = "Başka birim".to_owned();
    confirmed(bench, later, &person.id, &id, &other).await;
    let outcome = submit(bench, later, &claimed, |text| {
        sign(Practice::Sha256, text, Moment::now())
    })
    .await;
    assert!(matches!(outcome, Err(Error::CodeExpired)), "{outcome:?}");
    // Nor does a decision fall on a form that it was not taken about.
    let stale = applications::decide(
        portal,
        later,
        &before,
        "here",
        applications::State::Ink,
        "ink",
        "",
    );
    assert!(matches!(stale.await, Err(Error::StateConflict { .. })));
    let now_it_stands = applications::get(portal, &person.id, &id).await.unwrap();
    assert_eq!(now_it_stands.state, applications::State::Approval);
}

pub(super) async fn a_form_cannot_forge_a_line(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let mut forged = form();
    forged.unit = "X\nKurumu: Başka".to_owned();
    let begun = applications::begin(portal, now, &person.id, None).await.unwrap();
    let filled = applications::fill_in(portal, now, &person.id, &begun.id, &forged).await;
    if let Ok(filled) = filled {
        let stored = filled.form.unwrap();
        assert!(!stored.unit.contains('\n'), "{}", stored.unit);
    }
    let id = to_approve(bench, now, &person.id, &form()).await;
    let filled = applications::get(portal, &person.id, &id).await.unwrap();
    let bound = texts::Bound::new(portal, now).unwrap();
    let items = texts::application(&bound, &person, &filled.number, &filled.form.unwrap());
    let text = String::from_utf8(items[0].content.clone()).unwrap();
    assert!(text.contains("Başvuru nedeni: Yenileme"), "{text}");
    assert!(text.contains("İnternette yayımlansın mı: Hayır"), "{text}");
    assert!(
        !text.contains("renewal") && !text.contains("not-wanted"),
        "{text}"
    );
}

pub(super) async fn nobody_guesses_codes_unseen(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(AYSE).await.id;
    // No more messages to this person: then there is no code either.
    let session = bench.login(now, AYSE, &word(AYSE)).await.unwrap().session;
    for _ in 0..limits::MESSAGES.uses {
        limits::take(portal, now, limits::MESSAGES, &person)
            .await
            .unwrap();
    }
    let sent = sessions::send_code(portal, now, &session).await;
    assert!(matches!(sent, Err(Error::RateLimited { .. })));
    let (otp,): (Option<String>,) = sqlx::query_as("SELECT otp FROM session WHERE id = $1")
        .bind(&session)
        .fetch_one(portal.store().read())
        .await
        .unwrap();
    assert_eq!(otp, None);
    let tried = sessions::verify_code(portal, now, &session, "123456").await;
    assert_eq!(tried.unwrap_err(), Error::OtpExpired);
    // Whoever knows the word tries codes in one session after the other: for a while, and not unseen.
    let now = now.plus(61 * MINUTE);
    let mut session = String::new();
    for tries in 0..limits::WRONG_CODES.uses {
        if tries % 4 == 0 {
            session = bench.login(now, IBRAHIM, &word(IBRAHIM)).await.unwrap().session;
            sessions::send_code(portal, now, &session).await.unwrap();
        }
        let code = bench.code().await;
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let tried = sessions::verify_code(portal, now, &session, wrong).await;
        assert!(matches!(tried, Err(Error::OtpInvalid { .. })), "{tried:?}");
    }
    assert!(bench.last_message("email").await.contains("yanlış SMS kodu"));
    let session = bench.login(now, IBRAHIM, &word(IBRAHIM)).await.unwrap().session;
    let sent = sessions::send_code(portal, now, &session).await;
    assert!(matches!(sent, Err(Error::RateLimited { .. })), "{sent:?}");
    // Tomorrow is another day.
    let tomorrow = now.plus(25 * 60 * MINUTE);
    bench.token(tomorrow, IBRAHIM).await;
}

pub(super) async fn only_authorities_that_were_named_count(bench: &Bench) {
    let authority = bench.portal().authority();
    let own = authority.names().count();
    assert_eq!(bench.portal().anchors().len(), own);
    let folder = tempfile::tempdir().unwrap();
    let bundled = TrustAnchors::bundled();
    let root = bundled.iter().next().unwrap().certificate.der().to_vec();
    std::fs::write(folder.path().join("root.crt"), root).unwrap();
    let more = signing::anchors(authority, Some(folder.path())).unwrap();
    assert_eq!(more.len(), own + 1);
    std::fs::write(folder.path().join("notes.txt"), "no certificate").unwrap();
    assert!(signing::anchors(authority, Some(folder.path())).is_err());
    let nowhere = folder.path().join("nowhere");
    assert!(signing::anchors(authority, Some(&nowhere)).is_err());
}

pub(super) async fn a_signed_text_serves_one_purpose_once(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let text = |claimed: &signing::Claimed| String::from_utf8(claimed.items[0].content.clone()).unwrap();
    let first = text(&claimed(bench, now, IBRAHIM).await);
    let second = text(&claimed(bench, now, IBRAHIM).await);
    assert_ne!(first, second);
    let mut all = vec![first, second];
    for created in [
        consent::ask(portal, now, &person).await.unwrap(),
        consent::ask_withdrawal(portal, now, &person).await.unwrap(),
    ] {
        let claimed = signing::claim(portal, now, "there", &created.code, "key").await;
        all.push(text(&claimed.unwrap()));
    }
    for text in &all {
        assert!(text.contains(portal.public_url()), "{text}");
        assert!(text.contains(IBRAHIM), "{text}");
    }
}

pub(super) async fn a_new_word_ends_the_other_sessions_and_is_told(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(IBRAHIM).await;
    let asked = consent::ask(portal, now, &person).await.unwrap();
    let given = signing::claim(portal, now, "there", &asked.code, "key")
        .await
        .unwrap();
    let signer = |text: &[u8]| sign(Practice::Sha256, text, Moment::now());
    submit(bench, now, &given, signer).await.unwrap();
    // Two messages of one moment would have no order.
    let at = |millis| now.plus(std::time::Duration::from_millis(millis));
    let (mine, other) = (
        bench.token(at(1), IBRAHIM).await,
        bench.token(at(2), IBRAHIM).await,
    );
    let now = at(3);
    let mine_is = sessions::authenticate(portal, now, &mine).await.unwrap().id;
    let id = to_approve(bench, now, &person.id, &form()).await;
    applications::approve(portal, now, &person, &mine_is, &id, Method::Consent)
        .await
        .unwrap();
    assert!(sessions::authenticate(portal, now, &mine).await.is_ok());
    assert!(sessions::authenticate(portal, now, &other).await.is_err());
    assert!(bench.last_message("email").await.contains("sözcüğünüz değişti"));
    // By signature the same.
    let later = now.plus(2 * MINUTE);
    let id = to_approve(bench, later, &person.id, &form()).await;
    let approved = applications::approve(portal, later, &person, "closed", &id, Method::Signature).await;
    let Approved::ToSign(_, created) = approved.unwrap() else {
        panic!("nothing to sign")
    };
    let claimed = signing::claim(portal, later, "there", &created.code, "key").await;
    submit(bench, later, &claimed.unwrap(), signer).await.unwrap();
    assert!(sessions::authenticate(portal, later, &mine).await.is_err());
}

pub(super) async fn the_phone_and_address_that_are_known_hear_of_it(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(GULSEN).await;
    let mut other = form();
    other.mobile_phone = "0500 999 99 99".to_owned();
    let begun = applications::begin(portal, now, &person.id, None).await.unwrap();
    applications::fill_in(portal, now, &person.id, &begun.id, &other)
        .await
        .unwrap();
    applications::send_code(portal, now, &person.id, &begun.id)
        .await
        .unwrap();
    let mut phones: Vec<String> = bench
        .messages("sms")
        .await
        .into_iter()
        .map(|(to, _)| to)
        .collect();
    phones.sort();
    let mut expected = vec![person.phone.clone(), "+905009999999".to_owned()];
    expected.sort();
    assert_eq!(phones, expected);
    let change = profile::Change {
        email: Some("hirsiz@kartal.invalid".to_owned()),
        ..profile::Change::default()
    };
    profile::change(portal, now, &person.id, &change).await.unwrap();
    bench.last_message("email").await;
    let told = bench.messages("email").await;
    assert!(
        told.iter()
            .any(|(to, text)| *to == person.email && text.contains("değiştirildi")),
        "{told:?}"
    );
}

pub(super) async fn nobody_is_shut_out_from_elsewhere(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let identity = bench.person(IBRAHIM).await.identity;
    let ask = async |address: &str| {
        signing::begin_login(portal, now, address, identity.clone())
            .await
            .map(drop)
    };
    for _ in 0..limits::SIGNED_LOGINS.uses {
        ask("a thief's").await.unwrap();
    }
    assert!(matches!(ask("a thief's").await, Err(Error::RateLimited { .. })));
    assert_eq!(ask("mine").await, Ok(()));
    let forgot = async |address: &str| {
        let (challenge, answer) = bench.captcha(now).await;
        sessions::request_word(portal, now, address, &identity, &challenge, &answer).await
    };
    for _ in 0..limits::RESETS.uses {
        forgot("a thief's").await.unwrap();
    }
    assert!(matches!(
        forgot("a thief's").await,
        Err(Error::RateLimited { .. })
    ));
    assert_eq!(forgot("mine").await, Ok(()));
}

pub(super) async fn an_unlock_that_is_given_up_counts(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(GULSEN).await.id;
    let serial = cards::list(portal, &person).await.unwrap().remove(0).serial;
    let begin = async |name: &str| cards::unlock::begin(portal, now, &person, &serial, name).await;
    for attempt in 0..5 {
        begin(&format!("given-up-{attempt}")).await.unwrap();
    }
    // Of all of them the last one runs.
    let (running,): (i64,) =
        sqlx::query_as("SELECT COUNT(*) FROM unlock WHERE card = $1 AND state = 'running'")
            .bind(&serial)
            .fetch_one(portal.store().read())
            .await
            .unwrap();
    assert_eq!(running, 1);
    assert!(
        begin("given-up-4").await.is_ok(),
        "the same one again is no other"
    );
    assert!(matches!(
        begin("one-more").await,
        Err(Error::UnlockRefused { .. })
    ));
}

/// Whoever may listen for others than this computer.
#[tokio::test]
async fn practice_and_plain_http_stay_on_this_computer() {
    for (practice, public_url, says) in [
        (true, Some("https://kartal.invalid"), "practice"),
        (false, None, "https"),
        (false, Some("http://kartal.invalid"), "https"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut configuration = configuration(&folder, None);
        configuration.listen = "0.0.0.0:0".parse().unwrap();
        configuration.practice = practice;
        configuration.public_url = public_url.map(str::to_owned);
        let outbox = Outbox::spool(Spool::open(&configuration.messages()).unwrap());
        let error = Server::start(configuration, outbox).await.unwrap_err();
        assert!(format!("{error:?}").contains(says), "{error:?}");
    }
}

/// Behind a proxy, everybody reaches what listens for this computer alone.
#[tokio::test]
async fn practice_stays_out_of_a_proxys_reach() {
    let folder = tempfile::tempdir().unwrap();
    let mut configuration = configuration(&folder, None);
    configuration.practice = true;
    configuration.behind_proxy = true;
    configuration.public_url = Some("https://kartal.invalid".to_owned());
    let outbox = Outbox::spool(Spool::open(&configuration.messages()).unwrap());
    let error = Server::start(configuration, outbox).await.unwrap_err();
    assert!(format!("{error:?}").contains("practice"), "{error:?}");
}

/// What is written is for the owner's eyes, and what is deleted goes later if somebody is in the way now.
#[cfg(unix)]
#[tokio::test]
async fn files_are_for_their_owner_and_what_is_deleted_goes() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::on_sqlite().await;
    let portal = bench.portal();
    let mode = |name: &str| {
        let path = bench.folder.path().join(name);
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    };
    for file in ["portal.db", "portal.db-wal", "server.key"] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
    assert_eq!(mode("messages"), 0o700);
    let backup = bench.folder.path().join("copy.db");
    portal.store().back_up(backup.to_str().unwrap()).await.unwrap();
    assert_eq!(mode("copy.db"), 0o600);
    assert!(portal.store().back_up(backup.to_str().unwrap()).await.is_err());
    // Somebody reads, and goes on doing so.
    let person = bench.person(AYSE).await.id;
    let serial = cards::list(portal, &person).await.unwrap().remove(0).serial;
    let mut reading = portal.store().read().begin().await.unwrap();
    let _: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM person")
        .fetch_one(&mut *reading)
        .await
        .unwrap();
    let deleted = cards::delete_pin_info(portal, Moment::now(), &person, &serial).await;
    assert!(matches!(deleted, Err(Error::Busy { .. })), "{deleted:?}");
    drop(reading);
    cards::delete_pin_info(portal, Moment::now(), &person, &serial)
        .await
        .unwrap();
    let log = std::fs::metadata(bench.folder.path().join("portal.db-wal")).unwrap();
    assert_eq!(log.len(), 0);
    let key = bench.folder.path().join("server.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    assert!(crate::secret::Keys::load(&key).is_err());
    bench.close().await;
}

pub(super) async fn old_messages_are_forgotten(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    bench.token(now, AYSE).await;
    portal.sweep(now.plus(20 * 60 * MINUTE)).await.unwrap();
    assert_eq!(bench.messages("sms").await.len(), 1);
    portal.sweep(now.plus(25 * 60 * MINUTE)).await.unwrap();
    assert!(bench.messages("sms").await.is_empty());
}
