//! E-mail by SMTP (RFC 5321).

use std::time::Duration;

use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport as _, Message as Mail, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use serde::{Deserialize, Deserializer};
use time::OffsetDateTime;
use zeroize::Zeroizing;

use super::MessageError;

const WAY: &str = "smtp";
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server, and who writes. `Debug` shows no password.
#[derive(Clone, Debug)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Where the mail server is.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SmtpSettings {
    /// Its name.
    pub host: String,
    /// Its port: customarily 465 for [`SmtpTls::Wrapped`], 587 for [`SmtpTls::StartTls`].
    pub port: u16,
    /// How it is secured.
    #[serde(default)]
    pub tls: SmtpTls,
    /// The user, if it wants one.
    #[serde(default)]
    pub user: Option<String>,
    /// The user's password.
    #[serde(default, deserialize_with = "password")]
    pub password: Option<Zeroizing<String>>,
    /// Who writes: an address, or `Name <address>`.
    pub from: String,
}

/// How the way to the mail server is secured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SmtpTls {
    /// TLS from the first byte (RFC 8314, 3.3).
    #[default]
    Wrapped,
    /// STARTTLS, and no message without it.
    StartTls,
    /// None; to this computer alone.
    None,
}

impl Smtp {
    /// With these settings. Nothing is sent yet.
    pub fn new(settings: &SmtpSettings) -> Result<Self, MessageError> {
        let wrong = |what: &str| MessageError::Settings(format!("smtp: {what}"));
        let from: Mailbox = settings
            .from
            .parse()
            .map_err(|_| wrong("`from` is no e-mail address"))?;
        let parameters =
            || TlsParameters::new(settings.host.clone()).map_err(|error| wrong(&format!("TLS: {error}")));
        let local = settings.host == "localhost"
            || settings
                .host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        let tls = match settings.tls {
            SmtpTls::Wrapped => Tls::Wrapper(parameters()?),
            SmtpTls::StartTls => Tls::Required(parameters()?),
            SmtpTls::None if local => Tls::None,
            SmtpTls::None => return Err(wrong("a mail server elsewhere needs TLS")),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .timeout(Some(PATIENCE))
            .tls(tls);
        match (&settings.user, &settings.password) {
            (Some(user), Some(password)) => {
                builder = builder.credentials(Credentials::new(user.clone(), password.to_string()));
            }
            (None, None) => (),
            _ => return Err(wrong("user and password belong together")),
        }
        Ok(Self {
            transport: builder.build(),
            from,
        })
    }

    pub(super) async fn send(
        &self,
        to: &str,
        subject: &str,
        text: &str,
        now: OffsetDateTime,
    ) -> Result<(), MessageError> {
        let to: Address = to.parse().map_err(|_| MessageError::Recipient)?;
        let mail = Mail::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .date(now.into())
            .message_id(None)
            .header(ContentType::TEXT_PLAIN)
            .body(text.to_owned())
            .map_err(|_| MessageError::Text)?;
        match self.transport.send(mail).await {
            Ok(_) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn password<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Zeroizing<String>>, D::Error> {
    crate::fields::secret(deserializer).map(Some)
}

fn failed(error: &lettre::transport::smtp::Error) -> MessageError {
    let detail = || words(error);
    if error.is_permanent() || error.is_transient() {
        let code = error.status().map(|code| code.to_string());
        MessageError::Refused {
            way: WAY,
            later: error.is_transient(),
            // The server's words may repeat the recipient; the code does not.
            detail: code.unwrap_or_default(),
        }
    } else if error.is_timeout() || error.is_response() {
        MessageError::NoAnswer {
            way: WAY,
            detail: detail(),
        }
    } else if error.is_client() || error.is_tls() || never_connected(error) {
        MessageError::Unreachable {
            way: WAY,
            detail: detail(),
        }
    } else {
        // A connection that broke may have broken after the last line of the message.
        MessageError::NoAnswer {
            way: WAY,
            detail: detail(),
        }
    }
}

/// Whether it failed before a word was said. The library tells this kind by its name alone.
fn never_connected(error: &lettre::transport::smtp::Error) -> bool {
    error.to_string().starts_with("Connection error")
}

/// The innermost cause.
fn words(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string().chars().take(200).collect()
}

/// Neither user nor password.
impl std::fmt::Debug for SmtpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}
