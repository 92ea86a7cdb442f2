//! The service is killed amid an application and its signature, at every call of it and at different moments: what was
//! answered holds, nothing is half done, and the application goes on from where it stands.

use std::{
    collections::BTreeMap,
    io::Write as _,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

use journeys::sign::{Progress, code::Session};
use serde_json::{Value, json};
use service::{Bearer, Client, Limits, TransactionCreated, TransactionState};
use stack::{Portal, Postgres};
use virtual_card::practice::Practice;

use crate::{
    holder::{InReader, insert},
    site::IBRAHIM,
};

/// The last digits of his phone.
const PHONE: &str = "0214";

/// How long a call has been under way when the service is killed. The whole call takes some milliseconds.
const AFTER: [Duration; 6] = [
    Duration::ZERO,
    Duration::from_micros(300),
    Duration::from_millis(1),
    Duration::from_micros(2_500),
    Duration::from_millis(6),
    Duration::from_millis(15),
];

/// The calls of an application, in their order.
const CALLS: [&str; 7] = [
    "begin",
    "form",
    "otp",
    "verify",
    "approval",
    "claim",
    "signatures",
];

/// Hashing words slowly is tested elsewhere, and so is being told to wait.
const CONFIGURATION: &str = "[policy]\nlimits-times = 100000\nresend-seconds = 0\n\n\
     [argon2]\nmemory = 64\npasses = 1\nat_once = 2\n";

fn form() -> Value {
    json!({
        "reason": "renewal", "readerType": "not-wanted", "validity": "3", "securityWord": IBRAHIM.1,
        "securityWordAgain": IBRAHIM.1, "unit": "Müdürlük", "title": "Öğretmen", "address": "Okul Sk. 1",
        "province": "Ankara", "district": "Çankaya", "postalCode": "06100", "email": "a@kartal.invalid",
        "workPhone": "0312 000 00 00", "mobilePhone": "0500 000 02 14", "mobileOperator": "other", "channel": "both",
        "published": "no",
    })
}

/// How far an application is.
fn rank(state: &str) -> usize {
    let order = ["", "form", "otp", "approval", "submitted"];
    order
        .iter()
        .position(|one| *one == state)
        .unwrap_or_else(|| panic!("{state}"))
}

/// Somebody who applies, on the service as it runs now.
struct Applicant {
    portal: Arc<Portal>,
    bearer: Bearer,
    card: InReader,
    /// The present application.
    id: String,
    made: Option<TransactionCreated>,
    session: Option<Session>,
}

fn client(portal: &Portal) -> Client {
    let limits = Limits {
        tries: 1,
        ..Limits::default()
    };
    Client::new(portal.address().parse().unwrap(), limits).unwrap()
}

/// Logs İbrahim in.
async fn log_in(portal: &Portal) -> Bearer {
    let client = client(portal);
    let secret = |text: &str| service::Secret::new(text.to_owned().into()).unwrap();
    let challenge = client.login_challenge().await.unwrap();
    let session = service::NewSession {
        person: service::Person::typed(IBRAHIM.0).unwrap(),
        security_word: secret(IBRAHIM.1),
        captcha_answer: portal.captcha_answer(challenge.challenge_id.as_str()).unwrap(),
        challenge_id: challenge.challenge_id,
    };
    let opened = client.open_session(&session).await.unwrap();
    client.send_otp(&opened.session_id).await.unwrap();
    let entered = service::OtpEntered {
        code: secret(&portal.sms_code(PHONE).unwrap()),
    };
    let let_in = client.verify_otp(&opened.session_id, &entered).await.unwrap();
    Bearer::parse(let_in.token.expose().as_bytes()).unwrap()
}

impl Applicant {
    fn post(&self, path: &str, body: &Value) -> Option<Value> {
        self.portal
            .post(&format!("/v1/applications{path}"), self.bearer.expose(), body)
            .ok()
    }

    /// All applications, by their names, with their states.
    fn all(&self) -> BTreeMap<String, String> {
        let list = self
            .portal
            .get_as("/v1/applications", self.bearer.expose())
            .unwrap();
        let all = list["applications"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        all.map(|one| (text(&one["id"]), text(&one["state"]))).collect()
    }

    fn state(&self) -> String {
        self.all().remove(&self.id).unwrap_or_default()
    }

    /// Makes a call of the present application; whether the service has answered well. `begun` is called when the request
    /// is about to leave.
    async fn call(&mut self, call: &'static str, begun: impl FnOnce()) -> bool {
        let place = format!("/{}", self.id);
        match call {
            "claim" => {
                begun();
                let code = &self.made.as_ref().unwrap().verification_code;
                self.session = Session::claim(client(&self.portal), code).await.ok();
                self.session.is_some()
            }
            "signatures" => {
                let mut begun = Some(begun);
                let delivering = |step: Progress| {
                    if step == Progress::Delivering {
                        // It comes once.
                        if let Some(begun) = begun.take() {
                            begun();
                        }
                    }
                };
                self.card
                    .sign(self.session.as_ref().unwrap(), delivering)
                    .await
                    .is_ok()
            }
            _ => {
                let (path, body) = match call {
                    "begin" => (String::new(), json!({})),
                    "form" => (format!("{place}/form"), form()),
                    "otp" => (format!("{place}/otp"), json!({})),
                    "verify" => {
                        let code = self.portal.sms_code(PHONE).unwrap();
                        (format!("{place}/otp/verify"), json!({ "code": code }))
                    }
                    _ => (format!("{place}/approval"), json!({ "method": "signature" })),
                };
                begun();
                let Some(answer) = self.post(&path, &body) else {
                    return false;
                };
                if call == "begin" {
                    answer["id"].as_str().unwrap().clone_into(&mut self.id);
                }
                if let Some(made) = answer.get("transaction") {
                    self.made = Some(serde_json::from_value(made.clone()).unwrap());
                }
                true
            }
        }
    }

    /// From where the application stands to its end.
    async fn go_on(&mut self) {
        let state = self.state();
        let first = match &*state {
            "" => 0,
            "form" => 1,
            "otp" => 2,
            _ => 4,
        };
        if state != "submitted" {
            for call in &CALLS[first..] {
                assert!(
                    self.call(call, || ()).await,
                    "{call} from {state:?}: {}",
                    self.portal.log()
                );
            }
        }
        assert_eq!(self.state(), "submitted");
    }

    /// Begins anew, up to the call before `call`; makes that one, and kills the service `after` it went out.
    async fn killed_at(&mut self, call: &'static str, after: Duration) -> Kill {
        (self.id, self.made, self.session) = (String::new(), None, None);
        for before in CALLS.iter().take_while(|before| **before != call) {
            assert!(self.call(before, || ()).await, "{before} before {call}");
        }
        let (before, process) = (self.state(), self.portal.process_id());
        let (tell, told) = std::sync::mpsc::channel();
        let killer = thread::spawn(move || {
            kill(process, || {
                told.recv().unwrap();
                thread::sleep(after);
            });
        });
        let answered = self.call(call, move || tell.send(()).unwrap()).await;
        killer.join().unwrap();
        Kill {
            call,
            after,
            before,
            answered,
        }
    }
}

/// Kills a process once `wait` is over, with everything at hand, so that nothing comes in between.
fn kill(process: u32, wait: impl FnOnce()) {
    let mut command = Command::new("sh");
    command.args(["-c", "read -r _; kill -KILL \"$1\"", "sh", &process.to_string()]);
    let mut killer = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut line = killer.stdin.take().unwrap();
    wait();
    line.write_all(b"\n").unwrap();
    assert!(killer.wait().unwrap().success());
}

/// What was seen when the service was killed.
#[derive(Debug)]
struct Kill {
    call: &'static str,
    #[expect(dead_code, reason = "told where a check fails")]
    after: Duration,
    /// The application's state before the call.
    before: String,
    /// Whether the call was answered.
    answered: bool,
}

impl Applicant {
    /// The service runs again: at most the call that was under way has had its effect, whole, and one that was answered
    /// has.
    async fn judge(&mut self, kill: &Kill, known: &BTreeMap<String, String>) {
        let trail = self
            .portal
            .command()
            .unwrap()
            .args(["audit", "verify"])
            .output()
            .unwrap();
        assert!(trail.stdout.starts_with(b"whole: "), "{kill:?}: {trail:?}");
        let mut all = self.all();
        if self.id.is_empty() {
            let new = all.keys().find(|id| !known.contains_key(*id));
            self.id = new.cloned().unwrap_or_default();
        }
        let state = all.remove(&self.id).unwrap_or_default();
        assert_eq!(&all, known, "{kill:?}");
        let steps = rank(&state).checked_sub(rank(&kill.before));
        let expected = match (kill.call, kill.answered) {
            ("otp" | "claim" | "approval", _) => 0..=0,
            (_, true) => 1..=1,
            (_, false) => 0..=1,
        };
        assert!(
            steps.is_some_and(|steps| expected.contains(&steps)),
            "{kill:?}: {state}"
        );
        // The signature counts where the application is handed in, and nowhere else.
        if let (Some(made), "claim" | "signatures") = (&self.made, kill.call) {
            let looking = client(&self.portal);
            let looked = looking
                .transaction(&made.id, &made.page_token, Duration::from_secs(1))
                .await;
            let completed = looked.unwrap().state == TransactionState::Completed;
            assert_eq!(completed, state == "submitted", "{kill:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amid_an_application_nothing_is_half_done() {
    amid_an_application(CONFIGURATION).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amid_an_application_nothing_is_half_done_on_postgresql() {
    let server = Postgres::start().unwrap();
    let database = server.database("killed").unwrap();
    amid_an_application(&format!("database = \"{database}\"\n\n{CONFIGURATION}")).await;
}

async fn amid_an_application(configuration: &str) {
    let portal = Arc::new(Portal::with(configuration).unwrap());
    let mut applicant = Applicant {
        bearer: log_in(&portal).await,
        portal,
        card: insert(Practice::Sha256).await,
        id: String::new(),
        made: None,
        session: None,
    };
    for call in CALLS {
        for after in AFTER {
            let known = applicant.all();
            let kill = applicant.killed_at(call, after).await;
            applicant.portal = Arc::new(applicant.portal.again().unwrap());
            applicant.judge(&kill, &known).await;
            applicant.go_on().await;
        }
    }
}
