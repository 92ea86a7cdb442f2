//! Logging in.

use std::time::Duration;

use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use service::{IdentityNumber, NewSession, ProblemKind};

use crate::{
    Error, FieldFault, Moment,
    fields::Identity,
    limits, persons, practice,
    sessions::{self, Login},
    words::{Cost, Word, Words},
};

use super::bench::{AYSE, Bench, IBRAHIM, NOBODY, configuration, id, refusal, secret, word};

const MINUTE: Duration = Duration::from_mins(1);

pub(super) async fn a_login_lets_in_and_ends(bench: &Bench) {
    let client = bench.logged_in(AYSE).await;
    assert_eq!(client.cards().await.unwrap().cards.len(), 1);
    // By whoever knows the session's name alone, an open session is not ended.
    let token = bench.token(Moment::now(), AYSE).await;
    let session = sessions::authenticate(bench.portal(), Moment::now(), &token)
        .await
        .unwrap();
    let stranger = bench.client().close_session(&id(&session.id)).await;
    assert_eq!(refusal(stranger).kind, ProblemKind::CredentialsInvalid);
    let closed = sessions::close(bench.portal(), Moment::now(), &session.id, Some(&token)).await;
    assert_eq!(closed, Ok(()));
    let after = sessions::authenticate(bench.portal(), Moment::now(), &token).await;
    assert_eq!(after, Err(Error::CredentialsInvalid));
    assert_eq!(
        refusal(bench.client().cards().await).kind,
        ProblemKind::CredentialsInvalid
    );
}

pub(super) async fn a_word_is_hashed_anew_at_todays_cost(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(AYSE).await.id;
    let other = Words::new(Cost {
        memory: 128,
        passes: 2,
        at_once: 1,
    });
    let dated = other.unwrap().hash(Word::typed(&word(AYSE))).await.unwrap();
    sqlx::query("UPDATE person SET security_word = $1 WHERE id = $2")
        .bind(&dated)
        .bind(&person)
        .execute(portal.store().write())
        .await
        .unwrap();
    assert!(portal.words().is_dated(&dated));
    assert!(bench.login(now, AYSE, "not this one").await.is_err());
    assert_eq!(
        persons::word_hash(portal, &person).await.unwrap(),
        Some(dated.clone())
    );
    bench.login(now, AYSE, &word(AYSE)).await.unwrap();
    let mut hash = dated.clone();
    for _ in 0..500 {
        hash = persons::word_hash(portal, &person).await.unwrap().unwrap();
        if hash != dated {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(!portal.words().is_dated(&hash), "{hash}");
    bench.login(now, AYSE, &word(AYSE)).await.unwrap();
    assert_eq!(persons::word_hash(portal, &person).await.unwrap(), Some(hash));
}

pub(super) async fn a_captcha_serves_once(bench: &Bench) {
    let now = Moment::now();
    let login = |challenge: &str, answer: &str| Login {
        identity: Identity::parse(AYSE).unwrap(),
        word: Word::typed(&word(AYSE)),
        challenge: challenge.to_owned(),
        answer: answer.to_owned(),
    };
    let (challenge, answer) = bench.captcha(now).await;
    let wrong = sessions::open(bench.portal(), now, "here", login(&challenge, "none")).await;
    assert_eq!(wrong, Err(Error::CaptchaInvalid));
    // It was used up by the wrong answer.
    let used = sessions::open(bench.portal(), now, "here", login(&challenge, &answer)).await;
    assert_eq!(used, Err(Error::CaptchaInvalid));
    let (challenge, answer) = bench.captcha(now).await;
    let late = now.plus(Duration::from_secs(301));
    let old = sessions::open(bench.portal(), late, "here", login(&challenge, &answer)).await;
    assert_eq!(old, Err(Error::CaptchaInvalid));
    let (challenge, answer) = bench.captcha(now).await;
    let small = sessions::open(
        bench.portal(),
        now,
        "here",
        login(&challenge, &answer.to_lowercase()),
    )
    .await;
    assert!(small.is_ok());
    let forged = sessions::open(bench.portal(), now, "here", login(&"A".repeat(10_000), &answer)).await;
    assert_eq!(forged, Err(Error::CaptchaInvalid));
}

pub(super) async fn unknown_people_are_answered_like_known_ones(bench: &Bench) {
    let client = bench.client();
    let mut problems = Vec::new();
    for number in [AYSE, NOBODY] {
        for _ in 0..6 {
            let challenge = client.login_challenge().await.unwrap();
            let session = NewSession {
                person: service::Person::Identity(IdentityNumber::typed(number).unwrap()),
                security_word: secret("not the word"),
                captcha_answer: practice::captcha_answer(bench.portal(), challenge.challenge_id.as_str())
                    .unwrap(),
                challenge_id: challenge.challenge_id,
            };
            let problem = refusal(client.open_session(&session).await);
            problems.push((problem.kind, problem.status, problem.detail));
        }
    }
    let (known, unknown) = problems.split_at(6);
    assert_eq!(known, unknown);
    assert!(
        known[..5]
            .iter()
            .all(|(kind, ..)| *kind == ProblemKind::CredentialsInvalid)
    );
    assert_eq!(known[5].0, ProblemKind::AccountLocked);
}

pub(super) async fn five_wrong_words_lock_and_time_opens(bench: &Bench) {
    let now = Moment::now();
    for _ in 0..5 {
        let wrong = bench.login(now, AYSE, "something else").await;
        assert_eq!(wrong, Err(Error::CredentialsInvalid));
    }
    let right = bench.login(now, AYSE, &word(AYSE)).await;
    let Err(Error::AccountLocked { retry_after }) = right else {
        panic!("{right:?}")
    };
    assert!(retry_after <= 15 * MINUTE && retry_after > 14 * MINUTE);
    assert!(
        bench
            .last_message("email")
            .await
            .contains("e-imza ile giriş açıktır")
    );
    // Somebody else is not locked, and afterwards nobody is.
    assert!(bench.login(now, IBRAHIM, &word(IBRAHIM)).await.is_ok());
    let later = now.plus(15 * MINUTE + Duration::from_secs(1));
    assert!(bench.login(later, AYSE, &word(AYSE)).await.is_ok());
    // A right word wipes the slate.
    for _ in 0..4 {
        let wrong = bench.login(later, AYSE, "something else").await;
        assert_eq!(wrong, Err(Error::CredentialsInvalid));
    }
    assert!(bench.login(later, AYSE, &word(AYSE)).await.is_ok());
}

/// Whoever is told that the service is busy, or gives up waiting, has not used up a try.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn waiting_for_a_turn_costs_no_try() {
    let folder = tempfile::tempdir().unwrap();
    let mut narrow = configuration(&folder, None);
    narrow.argon2.at_once = 1;
    let bench = Bench::with(folder, narrow).await;
    let now = Moment::now();
    let turn = bench.portal().words().turn().await.unwrap();
    for _ in 0..6 {
        let word = word(AYSE);
        let login = bench.login(now, AYSE, &word);
        let waited = tokio::time::timeout(Duration::from_millis(100), login).await;
        assert!(waited.is_err(), "there was no turn: {waited:?}");
    }
    drop(turn);
    assert!(bench.login(now, AYSE, &word(AYSE)).await.is_ok());
    bench.close().await;
}

pub(super) async fn five_wrong_codes_lock_the_session(bench: &Bench) {
    let now = Moment::now();
    let opened = bench.login(now, AYSE, &word(AYSE)).await.unwrap();
    let session = &opened.session;
    assert_eq!(opened.masked_phone, "•••• ••• •• 46");
    let early = sessions::verify_code(bench.portal(), now, session, "123456").await;
    assert_eq!(early.unwrap_err(), Error::OtpExpired);
    sessions::send_code(bench.portal(), now, session).await.unwrap();
    let code = bench.code().await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for left in (0..5).rev() {
        let tried = sessions::verify_code(bench.portal(), now, session, wrong).await;
        assert_eq!(tried.unwrap_err(), Error::OtpInvalid { attempts_left: left });
    }
    let right = sessions::verify_code(bench.portal(), now, session, &code).await;
    assert_eq!(right.unwrap_err(), Error::OtpExpired);
    let again = sessions::send_code(bench.portal(), now.plus(2 * MINUTE), session).await;
    assert_eq!(again, Err(Error::CredentialsInvalid));
    let unknown = sessions::verify_code(bench.portal(), now, "nobody", "123456").await;
    assert_eq!(unknown.unwrap_err(), Error::CredentialsInvalid);
}

pub(super) async fn a_code_ends_with_its_time_and_is_sent_again_after_a_while(bench: &Bench) {
    let now = Moment::now();
    let session = bench.login(now, AYSE, &word(AYSE)).await.unwrap().session;
    sessions::send_code(bench.portal(), now, &session).await.unwrap();
    let first = bench.code().await;
    let soon = sessions::send_code(bench.portal(), now.plus(Duration::from_secs(59)), &session).await;
    assert_eq!(
        soon,
        Err(Error::RateLimited {
            retry_after: Duration::from_secs(1)
        })
    );
    let late = now.plus(Duration::from_mins(5));
    let expired = sessions::verify_code(bench.portal(), late, &session, &first).await;
    assert_eq!(expired.unwrap_err(), Error::OtpExpired);
    sessions::send_code(bench.portal(), late, &session).await.unwrap();
    let second = bench.code().await;
    if first != second {
        let old = sessions::verify_code(bench.portal(), late, &session, &first).await;
        assert_eq!(old.unwrap_err(), Error::OtpInvalid { attempts_left: 4 });
    }
    let spaced = format!(" {} {} ", &second[..3], &second[3..]);
    let let_in = sessions::verify_code(bench.portal(), late, &session, &spaced).await;
    assert!(let_in.is_ok());
}

pub(super) async fn one_of_a_hundred_with_the_same_code_is_let_in(bench: &Bench) {
    let now = Moment::now();
    let session = bench.login(now, AYSE, &word(AYSE)).await.unwrap().session;
    sessions::send_code(bench.portal(), now, &session).await.unwrap();
    let code = bench.code().await;
    let tries: Vec<_> = (0..100)
        .map(|_| {
            let (portal, session, code) = (bench.portal().clone(), session.clone(), code.clone());
            tokio::spawn(async move { sessions::verify_code(&portal, now, &session, &code).await })
        })
        .collect();
    let mut let_in = 0;
    for one in tries {
        match one.await.unwrap() {
            Ok(_) => let_in += 1,
            Err(error) => assert_eq!(error, Error::OtpExpired),
        }
    }
    assert_eq!(let_in, 1);
}

pub(super) async fn an_idle_session_ends_and_an_old_one_too(bench: &Bench) {
    let now = Moment::now();
    let token = bench.token(now, AYSE).await;
    let look = |at: Moment| {
        let token = token.clone();
        async move { sessions::authenticate(bench.portal(), at, &token).await }
    };
    let mut at = now;
    for _ in 0..4 {
        at = at.plus(14 * MINUTE);
        assert!(look(at).await.is_ok());
    }
    // An hour is an hour, however busy.
    assert_eq!(look(now.plus(60 * MINUTE)).await, Err(Error::CredentialsInvalid));
    let token = bench.token(now.plus(Duration::from_secs(1)), IBRAHIM).await;
    let idle = sessions::authenticate(
        bench.portal(),
        now.plus(15 * MINUTE + Duration::from_secs(1)),
        &token,
    )
    .await;
    assert_eq!(idle, Err(Error::CredentialsInvalid));
    // It is over for good, also when the clock jumps back.
    let back = sessions::authenticate(bench.portal(), now, &token).await;
    assert_eq!(back, Err(Error::CredentialsInvalid));
}

pub(super) async fn a_forgotten_word_is_chosen_anew_by_the_link_once(bench: &Bench) {
    let now = Moment::now();
    let ask = async |number: &str| {
        let (challenge, answer) = bench.captcha(now).await;
        let identity = Identity::parse(number).unwrap();
        sessions::request_word(bench.portal(), now, "here", &identity, &challenge, &answer).await
    };
    assert_eq!(ask(NOBODY).await, Ok(()));
    assert_eq!(ask(AYSE).await, Ok(()));
    let token = bench.token(now, AYSE).await;
    let mail = bench.last_message("email").await;
    let link = mail.split("/security-word/").nth(1).unwrap();
    let link: String = link
        .chars()
        .take_while(|letter| !letter.is_whitespace())
        .collect();
    let short = sessions::choose_word(bench.portal(), now, &link, "kısa", "kısa").await;
    assert!(matches!(short, Err(Error::FormInvalid { .. })));
    let other = sessions::choose_word(bench.portal(), now, &link, "yepyeni sözcük", "başka sözcük").await;
    let Err(Error::FormInvalid { errors }) = other else {
        panic!("{other:?}")
    };
    assert_eq!(errors[0].field, "securityWordAgain");
    let chosen = sessions::choose_word(bench.portal(), now, &link, "yepyeni sözcük", "yepyeni sözcük").await;
    assert_eq!(chosen, Ok(()));
    let again = sessions::choose_word(bench.portal(), now, &link, "başka sözcük", "başka sözcük").await;
    assert_eq!(again, Err(Error::NotFound));
    assert!(sessions::authenticate(bench.portal(), now, &token).await.is_err());
    assert!(bench.login(now, AYSE, &word(AYSE)).await.is_err());
    assert!(bench.login(now, AYSE, "yepyeni sözcük").await.is_ok());
}

pub(super) async fn too_many_calls_are_told_to_wait(bench: &Bench) {
    let now = Moment::now();
    for _ in 0..limits::WRONG_CLAIMS.uses {
        limits::take(bench.portal(), now, limits::WRONG_CLAIMS, "there")
            .await
            .unwrap();
    }
    let refused = limits::take(bench.portal(), now, limits::WRONG_CLAIMS, "there").await;
    assert!(matches!(refused, Err(Error::RateLimited { retry_after }) if retry_after <= MINUTE));
    assert!(
        limits::look(bench.portal(), now, limits::WRONG_CLAIMS, "there")
            .await
            .is_err()
    );
    assert!(
        limits::look(bench.portal(), now, limits::WRONG_CLAIMS, "elsewhere")
            .await
            .is_ok()
    );
    let later = now.plus(MINUTE);
    assert!(
        limits::take(bench.portal(), later, limits::WRONG_CLAIMS, "there")
            .await
            .is_ok()
    );
    let mut refused = None;
    for _ in 0..=limits::RESETS.uses {
        let (challenge, answer) = bench.captcha(now).await;
        let identity = Identity::parse(NOBODY).unwrap();
        refused = sessions::request_word(bench.portal(), now, "here", &identity, &challenge, &answer)
            .await
            .err();
    }
    assert!(matches!(refused, Some(Error::RateLimited { .. })));
}

/// What somebody may do, in any order.
#[derive(Clone, Debug)]
enum Act {
    Word(bool),
    Send,
    Code(bool),
    Close,
    Wait(u64),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => any::<bool>().prop_map(Act::Word),
        3 => Just(Act::Send),
        4 => any::<bool>().prop_map(Act::Code),
        1 => Just(Act::Close),
        2 => (0_u64..400).prop_map(Act::Wait),
    ];
    proptest::collection::vec(act, 1..25)
}

/// A model beside the service: whoever is let in has shown word and code of this session, in time.
pub(super) async fn no_order_of_calls_lets_in_without_word_and_code(bench: &Bench) {
    let mut runner = TestRunner::default();
    for _ in 0..12 {
        let acts = acts().new_tree(&mut runner).unwrap().current();
        let mut now = Moment::now();
        let (mut session, mut sent): (Option<String>, Option<(Moment, String)>) = (None, None);
        for act in &acts {
            // Two messages of one moment would have no order.
            now = now.plus(Duration::from_millis(1));
            match act {
                Act::Wait(seconds) => now = now.plus(Duration::from_secs(*seconds)),
                Act::Word(right) => {
                    let word = if *right {
                        word(IBRAHIM)
                    } else {
                        "something else".to_owned()
                    };
                    match bench.login(now, IBRAHIM, &word).await {
                        Ok(opened) => {
                            assert!(right, "{acts:?}");
                            (session, sent) = (Some(opened.session), None);
                        }
                        Err(Error::CredentialsInvalid) => assert!(!right, "{acts:?}"),
                        Err(Error::AccountLocked { .. } | Error::RateLimited { .. }) => (),
                        Err(other) => panic!("{other:?} after {acts:?}"),
                    }
                }
                Act::Send => {
                    let name = session.clone().unwrap_or_else(|| "nobody".to_owned());
                    if sessions::send_code(bench.portal(), now, &name).await.is_ok() {
                        assert!(session.is_some(), "{acts:?}");
                        sent = Some((now, bench.code().await));
                    }
                }
                Act::Code(right) => {
                    let name = session.clone().unwrap_or_else(|| "nobody".to_owned());
                    let code = sent.as_ref().map_or("123456", |(_, code)| code);
                    let code = if *right { code.to_owned() } else { "x".to_owned() };
                    if sessions::verify_code(bench.portal(), now, &name, &code)
                        .await
                        .is_ok()
                    {
                        let (at, _) = sent.as_ref().expect("no code was sent");
                        assert!(*right && at.until(now) < Duration::from_mins(5), "{acts:?}");
                        (session, sent) = (None, None);
                    }
                }
                Act::Close => {
                    if let Some(name) = session.take() {
                        let _ = sessions::close(bench.portal(), now, &name, None).await;
                    }
                    sent = None;
                }
            }
        }
    }
    // The model itself is held against a field that cannot be.
    assert!(Identity::parse("10000000147").is_err() && FieldFault::Required.slug() == "missing");
}
