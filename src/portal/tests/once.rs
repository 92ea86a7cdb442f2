//! What may happen once only happens once, however many ask for it in the same moment.

use tokio::task::JoinSet;

use crate::{
    Error, Moment, applications,
    fields::Identity,
    sessions::{self, Login},
    words::Word,
};

use super::bench::{AYSE, Bench, IBRAHIM, word};

/// How many ask.
const ALL: usize = 50;

/// What all of them hear.
async fn all<T: Send + 'static>(
    work: impl Fn(usize) -> std::pin::Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>,
) -> Vec<Result<T, Error>> {
    (0..ALL).map(work).collect::<JoinSet<_>>().join_all().await
}

pub(super) async fn a_captcha_lets_one_try(bench: &Bench) {
    let now = Moment::now();
    let (challenge, answer) = bench.captcha(now).await;
    let outcomes = all(|_| {
        let portal = bench.portal().clone();
        let login = Login {
            identity: Identity::parse(AYSE).unwrap(),
            word: Word::typed(&word(AYSE)),
            challenge: challenge.clone(),
            answer: answer.clone(),
        };
        Box::pin(async move { sessions::open(&portal, now, "here", login).await })
    })
    .await;
    let let_in = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let late = |error: &Error| matches!(error, Error::CaptchaInvalid | Error::RateLimited { .. });
    let others = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
    assert!(let_in == 1 && others.into_iter().all(late), "{outcomes:?}");
}

pub(super) async fn a_key_begins_one_application(bench: &Bench) {
    let (now, person) = (Moment::now(), bench.person(IBRAHIM).await.id);
    let outcomes = all(|_| {
        let (portal, person) = (bench.portal().clone(), person.clone());
        Box::pin(async move { applications::begin(&portal, now, &person, Some("one")).await })
    })
    .await;
    for outcome in &outcomes {
        let begun = outcome.as_ref().unwrap();
        assert_eq!(begun.id, outcomes[0].as_ref().unwrap().id);
    }
    let list = applications::list(bench.portal(), &person).await.unwrap();
    assert_eq!(list.len(), 1);
}

pub(super) async fn a_link_sets_one_word(bench: &Bench) {
    let now = Moment::now();
    let (challenge, answer) = bench.captcha(now).await;
    let identity = Identity::parse(AYSE).unwrap();
    sessions::request_word(bench.portal(), now, "here", &identity, &challenge, &answer)
        .await
        .unwrap();
    let mail = bench.last_message("email").await;
    let link = mail.split("/security-word/").nth(1).unwrap();
    let link = link.split_whitespace().next().unwrap().to_owned();
    let late = now.plus(std::time::Duration::from_mins(61));
    let over = sessions::choose_word(bench.portal(), late, &link, "yepyeni sözcük", "yepyeni sözcük").await;
    assert_eq!(over, Err(Error::NotFound), "after an hour");
    let outcomes = all(|number| {
        let (portal, link) = (bench.portal().clone(), link.clone());
        let word = format!("yepyeni sözcük {number}");
        Box::pin(async move {
            sessions::choose_word(&portal, now, &link, &word, &word)
                .await
                .map(|()| word)
        })
    })
    .await;
    let mut set = outcomes.into_iter().filter_map(|outcome| match outcome {
        Err(Error::NotFound) => None,
        other => Some(other.unwrap()),
    });
    let (word, None) = (set.next().expect("one word is set"), set.next()) else {
        panic!("two words are set")
    };
    assert!(bench.login(now, AYSE, &word).await.is_ok());
}
