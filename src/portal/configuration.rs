//! What the service is told at its start: a file, then the environment, then flags; the later wins.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use serde::Deserialize;

use crate::{
    Error,
    messages::{GatewaySettings, SmtpSettings},
    store::Location,
    words,
};

/// The environment's variables begin with this.
const PREFIX: &str = "KARTAL_PORTAL_";

/// The longest configuration file, in bytes.
const LONGEST: u64 = 256 * 1024;

/// What was said in one place; all of it may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// Where to listen, `ADDRESS:PORT`; port 0 takes a free one.
    pub listen: Option<SocketAddr>,
    /// `sqlite:FILE` or `postgres://…`.
    pub database: Option<String>,
    /// The folder for what the service writes: messages that go out, the authority's keys, the key file.
    pub spool: Option<PathBuf>,
    /// The file with the server's key.
    pub key_file: Option<PathBuf>,
    /// A folder of certificates (DER or PEM) of authorities whose qualified certificates are accepted beside the
    /// service's own.
    pub trust: Option<PathBuf>,
    /// The address by which people reach the service, for links in messages and in certificates.
    pub public_url: Option<String>,
    /// With invented people, and an inbox that everyone can read.
    pub practice: Option<bool>,
    /// The most connections to the database.
    pub connections: Option<u32>,
    /// Whether a proxy in front says in `X-Forwarded-For` who is calling.
    pub behind_proxy: Option<bool>,
    /// What is logged, as `tracing`'s filter: `info`, `portal=debug`.
    pub log: Option<String>,
    /// The mail server; without one, e-mails go into the spool folder.
    pub smtp: Option<SmtpSettings>,
    /// The gateway for SMS; without one, they go into the spool folder.
    pub sms_gateway: Option<GatewaySettings>,
    /// What a security word's hash costs.
    pub argon2: Option<words::Cost>,
    /// How patient and how strict the service is.
    pub policy: Option<Policy>,
}

/// How patient and how strict the service is. All in seconds but `limits-times`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Policy {
    /// How long an SMS code can be used.
    pub otp_seconds: u32,
    /// After which time another SMS can be asked for.
    pub resend_seconds: u32,
    /// How long a verification code can be used.
    pub code_seconds: u32,
    /// How long a captcha can be answered.
    pub captcha_seconds: u32,
    /// After which time without a call a session ends.
    pub idle_seconds: u32,
    /// After which time a session ends in any case.
    pub session_seconds: u32,
    /// How long an identity is locked after too many wrong security words.
    pub lock_seconds: u32,
    /// Every limit of calls a minute is multiplied by this: an institution's many people can come from one address.
    pub limits_times: u32,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            otp_seconds: 300,
            resend_seconds: 60,
            code_seconds: 290,
            captcha_seconds: 300,
            idle_seconds: 15 * 60,
            session_seconds: 60 * 60,
            lock_seconds: 15 * 60,
            limits_times: 1,
        }
    }
}

impl Policy {
    pub(crate) fn otp(&self) -> Duration {
        seconds(self.otp_seconds)
    }

    pub(crate) fn resend(&self) -> Duration {
        seconds(self.resend_seconds)
    }

    pub(crate) fn code(&self) -> Duration {
        seconds(self.code_seconds)
    }

    pub(crate) fn captcha(&self) -> Duration {
        seconds(self.captcha_seconds)
    }

    pub(crate) fn idle(&self) -> Duration {
        seconds(self.idle_seconds)
    }

    pub(crate) fn session(&self) -> Duration {
        seconds(self.session_seconds)
    }

    pub(crate) fn lock(&self) -> Duration {
        seconds(self.lock_seconds)
    }

    pub(crate) fn limits_times(&self) -> i64 {
        i64::from(self.limits_times.max(1))
    }
}

fn seconds(seconds: u32) -> Duration {
    Duration::from_secs(u64::from(seconds))
}

/// Everything that the service needs to know at its start.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the store is.
    pub database: Location,
    /// The folder for what the service writes.
    pub spool: PathBuf,
    /// The file with the server's key.
    pub key_file: PathBuf,
    /// A folder of certificates of authorities that are trusted beside the service's own.
    pub trust: Option<PathBuf>,
    /// The address by which people reach the service, if it is not the one where it listens; without a last slash.
    pub public_url: Option<String>,
    /// With invented people, and an inbox that everyone can read.
    pub practice: bool,
    /// The most connections to the database.
    pub connections: u32,
    /// Whether a proxy in front says who is calling.
    pub behind_proxy: bool,
    /// What is logged.
    pub log: String,
    /// The mail server; without one, e-mails go into the spool folder.
    pub smtp: Option<SmtpSettings>,
    /// The gateway for SMS; without one, they go into the spool folder.
    pub sms_gateway: Option<GatewaySettings>,
    /// What a security word's hash costs.
    pub argon2: words::Cost,
    /// How patient and how strict the service is.
    pub policy: Policy,
}

impl Configuration {
    /// The folder with the authority's keys and certificates.
    pub fn authority(&self) -> PathBuf {
        self.spool.join("authority")
    }

    /// The address of the service before anything listens.
    pub fn site(&self) -> String {
        self.public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// The folder for messages that go out.
    pub fn messages(&self) -> PathBuf {
        self.spool.join("messages")
    }
}

impl Settings {
    /// From a file.
    pub fn read(file: &Path) -> Result<Self, Error> {
        let failed = |error: &dyn ToString| {
            let detail = format!("{}: {}", file.display(), error.to_string());
            Error::internal("configuration", detail)
        };
        let length = std::fs::metadata(file).map_err(|error| failed(&error))?.len();
        if length > LONGEST {
            return Err(failed(&"longer than 256 KiB"));
        }
        let text = std::fs::read_to_string(file).map_err(|error| failed(&error))?;
        // Its message alone: the whole error quotes the line, which may be a password's.
        toml::from_str(&text).map_err(|error: toml::de::Error| failed(&error.message()))
    }

    /// From the environment, `KARTAL_PORTAL_DATABASE` and so on. The argon2 cost and the policy are left to the file.
    pub fn of_environment(variables: impl IntoIterator<Item = (String, String)>) -> Result<Self, Error> {
        let ours: BTreeMap<String, String> = variables
            .into_iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?.to_owned(), value)))
            .collect();
        let mut settings = Self::default();
        for (name, value) in ours {
            let wrong = || Error::internal("environment", format!("{PREFIX}{name} makes no sense"));
            match name.as_str() {
                "LISTEN" => settings.listen = Some(value.parse().map_err(|_| wrong())?),
                "DATABASE" => settings.database = Some(value),
                "SPOOL" => settings.spool = Some(value.into()),
                "KEY_FILE" => settings.key_file = Some(value.into()),
                "TRUST" => settings.trust = Some(value.into()),
                "PUBLIC_URL" => settings.public_url = Some(value),
                "PRACTICE" => settings.practice = Some(value.parse().map_err(|_| wrong())?),
                "CONNECTIONS" => settings.connections = Some(value.parse().map_err(|_| wrong())?),
                "BEHIND_PROXY" => settings.behind_proxy = Some(value.parse().map_err(|_| wrong())?),
                "LOG" => settings.log = Some(value),
                // Which file to read was decided before.
                "CONFIG" => (),
                _ => {
                    return Err(Error::internal(
                        "environment",
                        format!("{PREFIX}{name} is unknown"),
                    ));
                }
            }
        }
        Ok(settings)
    }

    /// These, and what they leave out from `others`.
    #[must_use]
    pub fn or(self, others: Self) -> Self {
        Self {
            listen: self.listen.or(others.listen),
            database: self.database.or(others.database),
            spool: self.spool.or(others.spool),
            key_file: self.key_file.or(others.key_file),
            trust: self.trust.or(others.trust),
            public_url: self.public_url.or(others.public_url),
            practice: self.practice.or(others.practice),
            connections: self.connections.or(others.connections),
            behind_proxy: self.behind_proxy.or(others.behind_proxy),
            log: self.log.or(others.log),
            smtp: self.smtp.or(others.smtp),
            sms_gateway: self.sms_gateway.or(others.sms_gateway),
            argon2: self.argon2.or(others.argon2),
            policy: self.policy.or(others.policy),
        }
    }

    /// With the defaults for whatever nobody said.
    pub fn complete(self) -> Result<Configuration, Error> {
        let spool = self.spool.unwrap_or_else(|| PathBuf::from("spool"));
        let database = match self.database {
            Some(url) => Location::parse(&url)?,
            None => Location::parse(&format!("sqlite:{}", spool.join("portal.db").display()))?,
        };
        let public_url = self.public_url.map(|url| url.trim_end_matches('/').to_owned());
        if let Some(url) = &public_url
            && !(url.starts_with("https://") || url.starts_with("http://"))
        {
            return Err(Error::internal(
                "configuration",
                "public-url must begin with https://",
            ));
        }
        Ok(Configuration {
            listen: self
                .listen
                .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8480))),
            database,
            key_file: self.key_file.unwrap_or_else(|| spool.join("server.key")),
            spool,
            trust: self.trust,
            public_url,
            practice: self.practice.unwrap_or(false),
            connections: self.connections.unwrap_or(8),
            behind_proxy: self.behind_proxy.unwrap_or(false),
            log: self.log.unwrap_or_else(|| "info".to_owned()),
            smtp: self.smtp,
            sms_gateway: self.sms_gateway,
            argon2: self.argon2.unwrap_or_default(),
            policy: self.policy.unwrap_or_default(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_over_the_environment_and_that_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.toml");
        let text = "listen = \"127.0.0.1:1\"\nspool = \"a\"\nlog = \"warn\"\n[policy]\notp-seconds = 5\n";
        std::fs::write(&file, text).unwrap();
        let environment = [
            ("KARTAL_PORTAL_LISTEN", "127.0.0.1:2"),
            ("KARTAL_PORTAL_SPOOL", "b"),
            ("PATH", "x"),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let flags = Settings {
            listen: Some("127.0.0.1:3".parse().unwrap()),
            ..Settings::default()
        };
        let all = flags
            .or(Settings::of_environment(environment).unwrap())
            .or(Settings::read(&file).unwrap())
            .complete()
            .unwrap();
        assert_eq!(all.listen.port(), 3);
        assert_eq!(all.spool, Path::new("b"));
        assert_eq!(all.log, "warn");
        assert_eq!((all.policy.otp_seconds, all.policy.code_seconds), (5, 290));
        assert_eq!(all.database.file().unwrap(), Path::new("b/portal.db"));
    }

    #[test]
    fn what_makes_no_sense_is_refused_and_not_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portal.toml");
        for text in [
            "lisen = \"127.0.0.1:1\"",
            "listen = 5",
            "listen = \"here\"",
            "[policy]\notp = 5",
            "\u{0}",
        ] {
            std::fs::write(&file, text).unwrap();
            assert!(Settings::read(&file).is_err(), "{text}");
        }
        std::fs::write(&file, "[smtp]\npassword = \"hidden\" x\n").unwrap();
        let error = Settings::read(&file).unwrap_err();
        assert!(!format!("{error:?} {error}").contains("hidden"), "{error:?}");
        for (name, value) in [("PRACTICE", "ja"), ("LISTEN", "x"), ("LISTN", "127.0.0.1:1")] {
            let variable = (format!("{PREFIX}{name}"), value.to_owned());
            assert!(Settings::of_environment([variable]).is_err(), "{name}");
        }
        for url in ["", "mysql://x", "sqlite:", "sqlite::memory:", "sqlite:a?mode=ro"] {
            let settings = Settings {
                database: Some(url.to_owned()),
                ..Settings::default()
            };
            assert!(settings.complete().is_err(), "{url}");
        }
    }

    #[test]
    fn a_password_in_the_address_is_never_shown() {
        let settings = Settings {
            database: Some("postgres://me:hidden@localhost/x".to_owned()),
            ..Settings::default()
        };
        assert!(!format!("{:?}", settings.complete().unwrap()).contains("hidden"));
    }
}
