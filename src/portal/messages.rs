//! Messages to people: SMS and e-mail, each by the way that the institution has.
//!
//! A [`Spool`] (a file a message; the default, and what the inbox of practice mode shows), [`Smtp`], or a
//! [`Gateway`] that takes SMS over HTTP. Nothing is tried twice here: a message that may have gone out is not sent again
//! by itself, because a code that arrives twice confuses more than one that does not arrive.

mod error;
mod gateway;
mod smtp;
mod spool;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

pub use error::MessageError;
pub use gateway::{Gateway, GatewayBody, GatewaySettings};
pub use smtp::{Smtp, SmtpSettings, SmtpTls};
pub use spool::{Spool, Spooled};

/// The longest text of an SMS, in characters: a handful of parts.
pub const LONGEST_SMS: usize = 640;
/// The longest text of an e-mail, in bytes.
pub const LONGEST_EMAIL: usize = 64 * 1024;
/// The longest subject, in characters.
pub const LONGEST_SUBJECT: usize = 200;

/// A message to one person. `Debug` shows neither text nor recipient: codes and addresses are not for logs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Message {
    /// To a phone.
    Sms {
        /// In E.164 (`+905321234567`).
        to: String,
        /// At most [`LONGEST_SMS`] characters.
        text: String,
    },
    /// To an e-mail address.
    Email {
        /// The address alone.
        to: String,
        /// One line of at most [`LONGEST_SUBJECT`] characters.
        subject: String,
        /// Plain text of at most [`LONGEST_EMAIL`] bytes.
        text: String,
    },
}

/// How messages go out.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// How SMS go out.
    pub sms: SmsWay,
    /// How e-mails go out.
    pub email: EmailWay,
}

/// How SMS go out.
#[derive(Clone, Debug)]
pub enum SmsWay {
    /// Into a folder.
    Spool(Spool),
    /// Over HTTP.
    Gateway(Box<Gateway>),
}

/// How e-mails go out.
#[derive(Clone, Debug)]
pub enum EmailWay {
    /// Into a folder.
    Spool(Spool),
    /// By SMTP.
    Smtp(Box<Smtp>),
}

impl Outbox {
    /// Everything into one folder.
    pub fn spool(spool: Spool) -> Self {
        Self {
            sms: SmsWay::Spool(spool.clone()),
            email: EmailWay::Spool(spool),
        }
    }

    /// Sends a message. An error does not always mean that it did not go out: see [`MessageError::may_have_gone_out`].
    pub async fn send(&self, message: &Message, now: OffsetDateTime) -> Result<(), MessageError> {
        message.check()?;
        match (message, &self.sms, &self.email) {
            (Message::Sms { .. }, SmsWay::Spool(spool), _)
            | (Message::Email { .. }, _, EmailWay::Spool(spool)) => {
                let (spool, message) = (spool.clone(), message.clone());
                tokio::task::spawn_blocking(move || spool.put(&message, now))
                    .await
                    .map_err(|_| MessageError::Interrupted)?
            }
            (Message::Sms { to, text }, SmsWay::Gateway(gateway), _) => gateway.send(to, text).await,
            (Message::Email { to, subject, text }, _, EmailWay::Smtp(smtp)) => {
                smtp.send(to, subject, text, now).await
            }
        }
    }
}

impl Outbox {
    /// Deletes what was put into a folder before this moment.
    pub async fn forget_before(&self, moment: OffsetDateTime) -> Result<(), crate::Error> {
        let mut spools = Vec::new();
        if let SmsWay::Spool(spool) = &self.sms {
            spools.push(spool.clone());
        }
        if let EmailWay::Spool(spool) = &self.email {
            spools.push(spool.clone());
        }
        let forgotten = tokio::task::spawn_blocking(move || {
            spools
                .iter()
                .try_for_each(|spool| spool.forget_before(moment).map(drop))
        });
        let forgotten = forgotten
            .await
            .map_err(|error| crate::Error::internal("spool", error))?;
        forgotten.map_err(|error| crate::Error::internal("spool", error))
    }
}

impl Message {
    /// Whether it has the form that a message must have.
    fn check(&self) -> Result<(), MessageError> {
        let fits = |text: &str, longest: usize| !text.is_empty() && text.chars().count() <= longest;
        match self {
            Self::Sms { to, text } => {
                let digits = to.strip_prefix('+').unwrap_or_default();
                if !(7..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    Err(MessageError::Recipient)
                } else if !fits(text, LONGEST_SMS) {
                    Err(MessageError::Text)
                } else {
                    Ok(())
                }
            }
            Self::Email { to, subject, text } => {
                if crate::fields::email(to).as_deref() != Ok(to) {
                    Err(MessageError::Recipient)
                } else if !fits(subject, LONGEST_SUBJECT)
                    || subject.chars().any(char::is_control)
                    || text.is_empty()
                    || text.len() > LONGEST_EMAIL
                {
                    Err(MessageError::Text)
                } else {
                    Ok(())
                }
            }
        }
    }
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sms { .. } => "Sms(…)",
            Self::Email { .. } => "Email(…)",
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
