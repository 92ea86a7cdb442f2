//! What the service tells people, and by which way.

use std::{fmt, time::Duration};

use zeroize::Zeroizing;

use crate::{
    Error, Moment, Portal,
    messages::{Message, MessageError},
    wording::{Language, Wording},
};

/// To whom a message goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The store's name for the person.
    pub person: String,
    /// First and last name.
    pub name: String,
    /// The mobile phone.
    pub phone: String,
    /// The e-mail address.
    pub email: String,
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({})", self.person)
    }
}

/// What a message says.
///
/// The words are `sms-…` and `mail-…` in `i18n/*/portal.ftl`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Notice {
    /// By SMS: the code of a login.
    LoginCode(Zeroizing<String>),
    /// By SMS: the code that confirms an application.
    ApplicationCode(Zeroizing<String>),
    /// By e-mail: the link under which a new security word is chosen.
    WordReset {
        /// The whole address.
        link: Zeroizing<String>,
    },
    /// By e-mail: the security word was changed.
    WordChanged,
    /// By e-mail: too many wrong security words; the way by signature stays open.
    Locked,
    /// By e-mail: too many wrong SMS codes; whoever entered them knows the security word.
    CodesLocked,
    /// By e-mail, to the address that was known: e-mail address or mobile phone were changed.
    ReachChanged,
    /// By e-mail: a certificate was revoked.
    Revoked {
        /// Its serial number in hexadecimal digits.
        serial: String,
    },
    /// By e-mail: the institution has handed in a pre-application, and the form waits.
    PreApplication {
        /// Its number, `SD-780`.
        number: String,
        /// The whole address.
        link: String,
    },
}

/// Nothing of the contents.
impl fmt::Debug for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::LoginCode(_) => "LoginCode(…)",
            Self::ApplicationCode(_) => "ApplicationCode(…)",
            Self::WordReset { .. } => "WordReset(…)",
            Self::WordChanged => "WordChanged",
            Self::Locked => "Locked",
            Self::CodesLocked => "CodesLocked",
            Self::ReachChanged => "ReachChanged",
            Self::Revoked { .. } => "Revoked",
            Self::PreApplication { .. } => "PreApplication",
        })
    }
}

impl Notice {
    /// The name of its text, and what stands in it.
    fn text(&self) -> (&'static str, Vec<(&'static str, String)>) {
        match self {
            Self::LoginCode(code) => ("sms-login-code", vec![("code", code.to_string())]),
            Self::ApplicationCode(code) => ("sms-application-code", vec![("code", code.to_string())]),
            Self::WordReset { link } => ("mail-word-reset", vec![("link", link.to_string())]),
            Self::WordChanged => ("mail-word-changed", vec![]),
            Self::Locked => ("mail-locked", vec![]),
            Self::CodesLocked => ("mail-codes-locked", vec![]),
            Self::ReachChanged => ("mail-reach-changed", vec![]),
            Self::Revoked { serial } => ("mail-revoked", vec![("serial", serial.clone())]),
            Self::PreApplication { number, link } => {
                let variables = vec![("number", number.clone()), ("link", link.clone())];
                ("mail-pre-application", variables)
            }
        }
    }

    /// The message to this person, in Turkish and after it in English: which of the two somebody reads is not known.
    pub(crate) fn to(&self, to: &Recipient, texts: &Wording) -> Message {
        let (id, mut variables) = self.text();
        variables.push(("name", to.name.clone()));
        let said = |id: &str| {
            [Language::Turkish, Language::English].map(|language| texts.get(language, id, &variables))
        };
        match self {
            Self::LoginCode(_) | Self::ApplicationCode(_) => Message::Sms {
                to: to.phone.clone(),
                text: said(id).join(" / "),
            },
            _ => Message::Email {
                to: to.email.clone(),
                subject: said(&format!("{id}.subject")).join(" / "),
                text: {
                    let [turkish, english] = said(id);
                    let [name_in_turkish, name_in_english] = said("mail-dear");
                    format!("{name_in_turkish}\n\n{turkish}\n\n--\n\n{name_in_english}\n\n{english}\n")
                },
            },
        }
    }
}

/// Sends a notice. What may have gone out counts as sent: it is never sent twice by itself.
pub(crate) async fn send(portal: &Portal, now: Moment, to: &Recipient, notice: &Notice) -> Result<(), Error> {
    match portal
        .outbox()
        .send(&notice.to(to, portal.wording()), now.date_time())
        .await
    {
        Ok(()) => Ok(()),
        Err(error) if error.may_have_gone_out() => {
            tracing::warn!(%error, ?notice, "a message may not have gone out");
            Ok(())
        }
        Err(error @ (MessageError::Recipient | MessageError::Text | MessageError::Settings(_))) => {
            Err(Error::internal("message", error))
        }
        Err(error) => Err(Error::Busy {
            call: "message",
            detail: error.to_string(),
            retry_after: Duration::from_secs(5),
        }),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn every() -> Vec<Notice> {
        let link = || "https://portal.example/a/b".to_owned();
        vec![
            Notice::LoginCode("123456".to_owned().into()),
            Notice::ApplicationCode("012345".to_owned().into()),
            Notice::WordReset { link: link().into() },
            Notice::WordChanged,
            Notice::Locked,
            Notice::CodesLocked,
            Notice::ReachChanged,
            Notice::Revoked {
                serial: "00123456789".into(),
            },
            Notice::PreApplication {
                number: "SD-780".into(),
                link: link(),
            },
        ]
    }

    #[test]
    fn every_message_is_said_in_both_languages() {
        let texts = Wording::load();
        let to = Recipient {
            person: "p".into(),
            name: "Ayşe Işıl Gökçeoğlu".into(),
            phone: "+905000000146".into(),
            email: "ayse@kartal.invalid".into(),
        };
        for notice in every() {
            let (id, variables) = notice.text();
            let all = match notice.to(&to, &texts) {
                Message::Sms { text, .. } => text,
                Message::Email { subject, text, .. } => {
                    assert!(!subject.contains("mail-") && subject.contains(" / "), "{subject}");
                    assert_eq!(text.matches(&to.name).count(), 2, "{text}");
                    format!("{subject}\n{text}")
                }
            };
            assert!(
                !all.contains(id) && !all.contains('{') && (all.contains("our ") || all.contains(" code: ")),
                "{all}"
            );
            for (name, value) in variables {
                let count = all.matches(&value).count();
                assert!(count >= 2, "{name} in both: {all}");
            }
            // Links are found by whole lines.
            if all.contains("https:") {
                assert!(all.lines().any(|line| line == "https://portal.example/a/b"));
            }
        }
    }
}
