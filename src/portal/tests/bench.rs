//! A service with practice people, and whoever calls it.

use std::{net::SocketAddr, time::Duration};

use service::{Bearer, Client, Id, Limits, NewSession, OtpEntered, Secret};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

use crate::{
    Configuration, Error, Moment, Portal, Settings,
    fields::Identity,
    messages::{Message, Outbox, Spool},
    people, persons, practice,
    serve::Server,
    sessions::{self, Login},
    words::{Cost, Word},
};

/// Ayşe: a replacement is due. No authority.
pub(super) const AYSE: &str = "10000000146";
/// İbrahim: the institution's authority, with a SHA-256 card.
pub(super) const IBRAHIM: &str = "10000000214";
/// Gülşen: her PIN is blocked.
pub(super) const GULSEN: &str = "10000000450";
/// Nobody: the check digits are right.
pub(super) const NOBODY: &str = "12345678950";

pub(super) struct Bench {
    portal: Portal,
    pub(super) address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<Result<(), Error>>,
    pub(super) folder: TempDir,
}

pub(super) fn configuration(folder: &TempDir, database: Option<&str>) -> Configuration {
    let settings = Settings {
        listen: Some("127.0.0.1:0".parse().unwrap()),
        spool: Some(folder.path().to_owned()),
        database: database.map(str::to_owned),
        practice: Some(true),
        argon2: Some(Cost {
            memory: 64,
            passes: 1,
            at_once: 2,
        }),
        connections: Some(8),
        ..Settings::default()
    };
    settings.complete().unwrap()
}

impl Bench {
    pub(super) async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let configuration = configuration(&folder, None);
        Self::with(folder, configuration).await
    }

    pub(super) async fn on(database: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let configuration = configuration(&folder, Some(database));
        Self::with(folder, configuration).await
    }

    pub(super) async fn with(folder: TempDir, configuration: Configuration) -> Self {
        // Whoever was first in this process has chosen; that is no fault.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let outbox = Outbox::spool(Spool::open(&configuration.messages()).unwrap());
        let server = Server::start(configuration, outbox).await.unwrap();
        let (portal, address) = (server.portal().clone(), server.address());
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self {
            portal,
            address,
            stop,
            serving,
            folder,
        }
    }

    pub(super) async fn close(self) {
        let _ = self.stop.send(());
        self.serving.await.unwrap().unwrap();
    }

    pub(super) fn portal(&self) -> &Portal {
        &self.portal
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A client that tries nothing twice.
    pub(super) fn client(&self) -> Client {
        let limits = Limits {
            tries: 1,
            call: Duration::from_mins(1),
            ..Limits::default()
        };
        let address = format!("http://{}", self.address).parse().unwrap();
        Client::new(address, limits).unwrap()
    }

    /// A captcha and its answer.
    pub(super) async fn captcha(&self, now: Moment) -> (String, String) {
        let challenge = sessions::challenge(&self.portal, now, "here").await.unwrap();
        let answer = practice::captcha_answer(&self.portal, &challenge.id).unwrap();
        (challenge.id, answer)
    }

    pub(super) async fn login(
        &self,
        now: Moment,
        number: &str,
        word: &str,
    ) -> Result<sessions::Opened, Error> {
        let (challenge, answer) = self.captcha(now).await;
        let login = Login {
            identity: Identity::parse(number).unwrap(),
            word: Word::typed(word),
            challenge,
            answer,
        };
        sessions::open(&self.portal, now, "here", login).await
    }

    /// A client that is logged in, all over the wire.
    pub(super) async fn logged_in(&self, number: &str) -> Client {
        let client = self.client();
        let challenge = client.login_challenge().await.unwrap();
        let session = NewSession {
            person: service::Person::typed(number).unwrap(),
            security_word: secret(&word(number)),
            captcha_answer: practice::captcha_answer(&self.portal, challenge.challenge_id.as_str()).unwrap(),
            challenge_id: challenge.challenge_id,
        };
        let opened = client.open_session(&session).await.unwrap();
        client.send_otp(&opened.session_id).await.unwrap();
        let entered = OtpEntered {
            code: secret(&self.code().await),
        };
        let let_in = client.verify_otp(&opened.session_id, &entered).await.unwrap();
        client.with_bearer(Bearer::parse(let_in.token.expose().as_bytes()).unwrap())
    }

    /// A bearer token.
    pub(super) async fn token(&self, now: Moment, number: &str) -> String {
        let opened = self.login(now, number, &word(number)).await.unwrap();
        sessions::send_code(&self.portal, now, &opened.session)
            .await
            .unwrap();
        let code = self.code().await;
        let let_in = sessions::verify_code(&self.portal, now, &opened.session, &code)
            .await
            .unwrap();
        let_in.token.to_string()
    }

    /// The code of the last SMS.
    pub(super) async fn code(&self) -> String {
        let text = self.last_message("sms").await;
        let start = text.find(|letter: char| letter.is_ascii_digit()).unwrap();
        text[start..start + 6].to_owned()
    }

    /// The text of the last message of this kind; it may still be on its way.
    pub(super) async fn last_message(&self, kind: &str) -> String {
        for _ in 0..200 {
            for spooled in practice::inbox(&self.portal).await.unwrap() {
                match spooled.message {
                    Message::Sms { text, .. } if kind == "sms" => return text,
                    Message::Email { text, .. } if kind == "email" => return text,
                    _ => (),
                }
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("no message of the kind {kind}");
    }

    /// To whom messages of this kind went, and what they say; the last one first.
    pub(super) async fn messages(&self, kind: &str) -> Vec<(String, String)> {
        let inbox = practice::inbox(&self.portal).await.unwrap();
        let fitting = inbox.into_iter().filter_map(|spooled| match spooled.message {
            Message::Sms { to, text } if kind == "sms" => Some((to, text)),
            Message::Email { to, text, .. } if kind == "email" => Some((to, text)),
            _ => None,
        });
        fitting.collect()
    }

    pub(super) async fn person(&self, number: &str) -> persons::Person {
        let identity = Identity::parse(number).unwrap();
        persons::by_identity(&self.portal, &identity)
            .await
            .unwrap()
            .unwrap()
    }
}

/// The security word of a practice person.
pub(super) fn word(number: &str) -> String {
    let people = people::practice(Moment::now().date_time()).unwrap();
    let person = people.iter().find(|person| person.identity.reveal() == number);
    person.unwrap().security_word.to_owned()
}

pub(super) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned().into()).unwrap()
}

pub(super) fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// What a call was refused with.
pub(super) fn refusal<T: std::fmt::Debug>(outcome: Result<T, service::Error>) -> service::Problem {
    match outcome {
        Err(service::Error::Refused { problem, .. }) => problem,
        other => panic!("not refused: {other:?}"),
    }
}
