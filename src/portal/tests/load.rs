//! Many journeys at once: log in by word and SMS, fetch the replacement, confirm it.
//!
//! `KARTAL_JOURNEYS=1000 cargo nextest run -p portal many_journeys --no-capture` measures more of them; client and service
//! share the processors then.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use service::{Bearer, Client, Confirmation, ConfirmedOutcome, NewSession, OtpEntered, Sha256};

use crate::{
    Configuration, Moment, Policy, Portal,
    certificates::{self, State},
    fields::Identity,
    messages::{Message, Spooled},
    persons::{self, New, Person, Profile, Role},
    practice, replacements,
    words::{Cost, Word},
};

use super::bench::{AYSE, Bench, configuration, secret};

const WORD: &str = "sözcük sözcük";

/// An identity number with right check digits, nobody's.
fn number(count: usize) -> String {
    let digits: Vec<usize> = format!("{:09}", 200_000_000 + count)
        .bytes()
        .map(|digit| usize::from(digit - b'0'))
        .collect();
    let odd: usize = digits.iter().step_by(2).sum();
    let even: usize = digits.iter().skip(1).step_by(2).sum();
    let tenth = (7 * odd + 100 - even) % 10;
    let eleventh = (odd + even + tenth) % 10;
    let text: String = digits.iter().map(usize::to_string).collect();
    format!("{text}{tenth}{eleventh}")
}

fn phone(count: usize) -> String {
    format!("+90500{count:07}")
}

/// People with a certificate and its replacement each; all have one word, whose hash costs what it costs.
async fn people(bench: &Bench, count: usize) {
    let (portal, now) = (bench.portal(), Moment::now());
    let ayse = bench.person(AYSE).await;
    let old = certificates::list(portal, &ayse.id).await.unwrap().remove(0);
    let words = crate::words::Words::new(Cost::default()).unwrap();
    let hash = words.hash(Word::typed(WORD)).await.unwrap();
    for one in 0..count {
        let person = Person {
            id: String::new(),
            identity: Identity::parse(&number(one)).unwrap(),
            first_name: "Biri".to_owned(),
            last_name: "Kimse".to_owned(),
            birth_place: "İzmir".to_owned(),
            birth_date: "1980-12-31".to_owned(),
            email: "biri@kartal.invalid".to_owned(),
            phone: phone(one),
            role: Role::Holder,
            institution: "Okul".to_owned(),
            staff_number: one.to_string(),
            profile: Profile::default(),
        };
        let word = Word::typed(WORD);
        let id = persons::add(portal, now, New { person, word }).await.unwrap();
        let made = [(); 2].map(|()| portal.authority().replacement(&old.der, now.date_time()).unwrap());
        let mut tx = portal.store().begin().await.unwrap();
        sqlx::query("UPDATE person SET security_word = $1 WHERE id = $2")
            .bind(&hash)
            .bind(&id)
            .execute(&mut *tx)
            .await
            .unwrap();
        let card = format!("{one:020}");
        let before = certificates::add(&mut tx, now, &id, &card, &made[0], State::Active)
            .await
            .unwrap();
        let after = certificates::add(&mut tx, now, &id, &card, &made[1], State::Held)
            .await
            .unwrap();
        replacements::add(&mut tx, now, &id, &before, &after)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

/// The codes of the SMS that went out, by phone; what was read is deleted, so that reading stays quick.
#[derive(Clone, Default)]
struct Phones(Arc<Mutex<HashMap<String, String>>>);

impl Phones {
    async fn listen(self, folder: std::path::PathBuf) {
        loop {
            for file in std::fs::read_dir(&folder).unwrap().flatten() {
                let path = file.path();
                if path.extension().is_some_and(|ending| ending == "json") {
                    self.take(&path);
                }
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    fn take(&self, path: &Path) {
        let spooled: Spooled = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        if let Message::Sms { to, text } = spooled.message {
            let start = text.find(|letter: char| letter.is_ascii_digit()).unwrap();
            self.0
                .lock()
                .unwrap()
                .insert(to, text[start..start + 6].to_owned());
        }
        std::fs::remove_file(path).unwrap();
    }

    async fn code(&self, phone: &str) -> String {
        loop {
            if let Some(code) = self.0.lock().unwrap().remove(phone) {
                return code;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

async fn journey(
    portal: &Portal,
    client: &Client,
    phones: &Phones,
    one: usize,
) -> Result<(), service::Error> {
    let challenge = client.login_challenge().await?;
    let session = NewSession {
        person: service::Person::typed(&number(one)).unwrap(),
        security_word: secret(WORD),
        captcha_answer: practice::captcha_answer(portal, challenge.challenge_id.as_str()).unwrap(),
        challenge_id: challenge.challenge_id,
    };
    let opened = client.open_session(&session).await?;
    client.send_otp(&opened.session_id).await?;
    let code = secret(&phones.code(&phone(one)).await);
    let let_in = client
        .verify_otp(&opened.session_id, &OtpEntered { code })
        .await?;
    let client = client
        .clone()
        .with_bearer(Bearer::parse(let_in.token.expose().as_bytes()).unwrap());
    let due = client.pending_replacements(None).await?.replacements.remove(0);
    let der = client.replacement_certificate(&due.id).await?;
    client.replacement_chain(&due.id).await?;
    let confirmation = Confirmation {
        cert_hash: Sha256::of(&der),
        outcome: ConfirmedOutcome::Installed,
        fail_info: None,
    };
    client.confirm_replacement(&due.id, &confirmation).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stderr, reason = "the figures, for whoever measures")]
async fn many_journeys_at_once_all_arrive() {
    let count = std::env::var("KARTAL_JOURNEYS").map_or(50, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let configuration = Configuration {
        argon2: Cost::default(),
        policy: Policy {
            limits_times: 100_000,
            ..Policy::default()
        },
        ..configuration(&folder, std::env::var("KARTAL_DATABASE").ok().as_deref())
    };
    let messages = configuration.messages();
    let bench = Bench::with(folder, configuration).await;
    people(&bench, count).await;
    let phones = Phones::default();
    let listening = tokio::spawn(phones.clone().listen(messages));
    let begun = Instant::now();
    let journeys: Vec<_> = (0..count)
        .map(|one| {
            let (portal, client, phones) = (bench.portal().clone(), bench.client(), phones.clone());
            tokio::spawn(async move {
                let begun = Instant::now();
                let outcome = journey(&portal, &client, &phones, one).await;
                (outcome, begun.elapsed())
            })
        })
        .collect();
    let mut times = Vec::new();
    for journey in journeys {
        let (outcome, took) = journey.await.unwrap();
        assert_eq!(outcome, Ok(()));
        times.push(took);
    }
    let all = begun.elapsed();
    times.sort();
    let rate = u32::try_from(count).map_or(0.0, f64::from) / all.as_secs_f64();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    eprintln!(
        "{count} journeys at once: {rate:.1} a second, p50 {:?}, p99 {:?}",
        at(50),
        at(99)
    );
    listening.abort();
    bench.close().await;
}
