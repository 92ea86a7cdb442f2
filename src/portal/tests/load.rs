//! Many journeys: log in by word and SMS, fetch the replacement, confirm it.

mod figures;

use std::{
    collections::HashMap,
    ops::Range,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use service::{Bearer, Client, Confirmation, ConfirmedOutcome, NewSession, OtpEntered, Sha256};

use crate::{
    Configuration, Moment, Policy, Portal,
    certificates::{self, State},
    fields::Identity,
    messages::{Message, Outbox, Spool, Spooled},
    persons::{self, New, Person, Profile, Role},
    practice, replacements,
    words::{Cost, Word, Words},
};

use super::bench::{AYSE, Bench, configuration, secret};

const WORD: &str = "sözcük sözcük";

/// An identity number with right check digits, nobody's.
pub(super) fn number(count: usize) -> String {
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

/// Security words that are hashed in no time.
pub(super) const NEXT_TO_NOTHING: Cost = Cost {
    memory: 64,
    passes: 1,
    at_once: 2,
};

/// People with a certificate and its replacement each. All have one word, whose hash costs this much; adding them costs
/// nothing.
pub(super) async fn people(bench: &Bench, range: Range<usize>, cost: Cost) {
    let configuration = Configuration {
        argon2: NEXT_TO_NOTHING,
        ..bench.portal().configuration().clone()
    };
    let outbox = Outbox::spool(Spool::open(&configuration.messages()).unwrap());
    let adding = Portal::open(configuration, outbox, bench.url("")).await.unwrap();
    let (portal, now) = (&adding, Moment::now());
    let ayse = bench.person(AYSE).await;
    let old = certificates::list(portal, &ayse.id).await.unwrap().remove(0);
    let words = Words::new(cost).unwrap();
    let hash = words.hash(Word::typed(WORD)).await.unwrap();
    for one in range {
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

/// A service for many people, which nobody is told to wait by.
async fn service(database: Option<&str>) -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let configuration = Configuration {
        policy: Policy {
            limits_times: 1_000_000,
            ..Policy::default()
        },
        argon2: Cost::default(),
        ..configuration(&folder, database)
    };
    Bench::with(folder, configuration).await
}

/// Where people go: a service's address, and its store, which tells what the pictures say.
#[derive(Clone)]
struct Gate {
    portal: Portal,
    client: Client,
}

impl Gate {
    fn of(bench: &Bench) -> Self {
        Self {
            portal: bench.portal().clone(),
            client: bench.client(),
        }
    }
}

/// How long journeys took that were under way together, the shortest first.
struct Times {
    each: Vec<Duration>,
    all: Duration,
    /// How often somebody was told to come again later, and did.
    told_to_wait: usize,
}

impl Times {
    /// Journeys a second.
    fn rate(&self) -> f64 {
        u32::try_from(self.each.len()).map_or(f64::NAN, f64::from) / self.all.as_secs_f64()
    }

    fn at(&self, percent: usize) -> Duration {
        let index = self.each.len() * percent / 100;
        self.each[index.min(self.each.len() - 1)]
    }
}

/// The journeys of these people; `workers` of them are under way at any time, until all are done or the time is over.
/// The services are used in turns. Nothing may fail; whoever is told to come again later begins anew.
async fn journeys(
    gates: &[Gate],
    phones: &Phones,
    people: Range<usize>,
    workers: usize,
    limit: Duration,
) -> Times {
    let next = Arc::new(AtomicUsize::new(people.start));
    let told_to_wait = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let working = (0..workers).map(|worker| {
        let Gate { portal, client } = gates[worker % gates.len()].clone();
        let (phones, next) = (phones.clone(), Arc::clone(&next));
        let told_to_wait = Arc::clone(&told_to_wait);
        tokio::spawn(async move {
            let mut times = Vec::new();
            while begun.elapsed() < limit {
                let one = next.fetch_add(1, Ordering::Relaxed);
                if one >= people.end {
                    break;
                }
                let begun = Instant::now();
                while let Err(error) = journey(&portal, &client, &phones, one).await {
                    let service::Error::Busy { retry_after, .. } = error else {
                        panic!("{error:?}");
                    };
                    told_to_wait.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(retry_after.unwrap()).await;
                }
                times.push(begun.elapsed());
            }
            times
        })
    });
    let mut each = Vec::new();
    for worker in working.collect::<Vec<_>>() {
        each.extend(worker.await.unwrap());
    }
    each.sort();
    let all = begun.elapsed();
    Times {
        each,
        all,
        told_to_wait: told_to_wait.load(Ordering::Relaxed),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_journeys_at_once_all_arrive() {
    const COUNT: usize = 50;
    let bench = service(None).await;
    people(&bench, 0..COUNT, Cost::default()).await;
    let phones = Phones::default();
    let listening = tokio::spawn(phones.clone().listen(bench.portal().configuration().messages()));
    let times = journeys(
        &[Gate::of(&bench)],
        &phones,
        0..COUNT,
        COUNT,
        Duration::from_mins(5),
    )
    .await;
    assert_eq!((times.each.len(), times.told_to_wait), (COUNT, 0));
    listening.abort();
    bench.close().await;
}
