//! What the service tells people, and by which way.

use std::{fmt, time::Duration};

use zeroize::Zeroizing;

use crate::{
    Error, Moment, Portal,
    messages::{Message, MessageError},
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
    /// The message to this person, in Turkish and below it in English: which of the two somebody reads is not known.
    pub fn to(&self, to: &Recipient) -> Message {
        let sms = |text: String| Message::Sms {
            to: to.phone.clone(),
            text,
        };
        let email = |subject: &str, turkish: &str, english: &str| Message::Email {
            to: to.email.clone(),
            subject: subject.to_owned(),
            text: format!(
                "Sayın {name},\n\n{turkish}\n\n--\n\nDear {name},\n\n{english}\n",
                name = to.name
            ),
        };
        match self {
            Self::LoginCode(code) => sms(format!(
                "Giriş onay kodunuz: {0}. Kimseyle paylaşmayın. / Your login code: {0}",
                &**code
            )),
            Self::ApplicationCode(code) => sms(format!(
                "Başvuru onay kodunuz: {0}. Kimseyle paylaşmayın. / Your application code: {0}",
                &**code
            )),
            Self::WordReset { link } => email(
                "Yeni güvenlik sözcüğü",
                &format!(
                    "Yeni güvenlik sözcüğünüzü bir saat içinde şu adreste belirleyebilirsiniz:\n{0}\n\nBunu siz \
                     istemediyseniz hiçbir şey yapmayın; sözcüğünüz değişmez.",
                    &**link
                ),
                &format!(
                    "You can choose a new security word within an hour here:\n{0}\n\nIf you did not ask for this, do \
                     nothing; your word stays as it is.",
                    &**link
                ),
            ),
            Self::WordChanged => email(
                "Güvenlik sözcüğünüz değişti",
                "Güvenlik sözcüğünüz değiştirildi. Bunu siz yapmadıysanız hemen çağrı merkezini arayın.",
                "Your security word was changed. If it was not you, call the call centre at once.",
            ),
            Self::Locked => email(
                "Girişiniz geçici olarak kapatıldı",
                "Adınıza art arda yanlış güvenlik sözcüğü girildi. Sözcükle giriş bir süreliğine kapalıdır ve kendiliğinden \
                 açılır; e-imza ile giriş açıktır.",
                "Wrong security words were entered in your name. Logging in by word is closed for a while and opens by \
                 itself; logging in by signature stays open.",
            ),
            Self::CodesLocked => email(
                "SMS koduyla girişiniz geçici olarak kapatıldı",
                "Adınıza art arda yanlış SMS kodu girildi. SMS koduyla giriş en çok bir gün kapalıdır; e-imza ile giriş \
                 açıktır. Kodları siz girmediyseniz güvenlik sözcüğünüzü başkası biliyor olabilir: hemen yenisini belirleyin.",
                "Wrong SMS codes were entered in your name. Logging in by SMS code is closed for a day at most; logging in by \
                 signature stays open. If it was not you, somebody else may know your security word: choose a new one at \
                 once.",
            ),
            Self::ReachChanged => email(
                "İletişim bilgileriniz değişti",
                "E-posta adresiniz ya da cep telefonunuz değiştirildi. Bunu siz yapmadıysanız hemen çağrı merkezini arayın.",
                "Your e-mail address or mobile phone was changed. If it was not you, call the call centre at once.",
            ),
            Self::Revoked { serial } => email(
                "Sertifikanız iptal edildi",
                &format!(
                    "{serial} seri numaralı sertifikanız iptal edildi. Bunu siz istemediyseniz çağrı merkezini arayın."
                ),
                &format!(
                    "Your certificate {serial} was revoked. If you did not ask for it, call the call centre."
                ),
            ),
            Self::PreApplication { number, link } => email(
                &format!("{number} sayılı başvurunuz sizi bekliyor"),
                &format!(
                    "Kurumunuz adınıza sertifika başvurusu açtı. Formu şu adreste doldurabilirsiniz:\n{link}"
                ),
                &format!(
                    "Your institution has opened an application for you. Fill in the form here:\n{link}"
                ),
            ),
        }
    }
}

/// Sends a notice. What may have gone out counts as sent: it is never sent twice by itself.
pub(crate) async fn send(portal: &Portal, now: Moment, to: &Recipient, notice: &Notice) -> Result<(), Error> {
    match portal.outbox().send(&notice.to(to), now.date_time()).await {
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
