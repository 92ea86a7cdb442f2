//! Messages out, as the rest of the service sees them.

use std::{fmt, future::Future, pin::Pin};

use zeroize::Zeroizing;

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
            Self::Revoked { .. } => "Revoked",
            Self::PreApplication { .. } => "PreApplication",
        })
    }
}

/// What comes of sending.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// Sends messages.
pub trait Outbox: Send + Sync + fmt::Debug {
    /// Sends one; the error is a word for the log, without anything of the message or its recipient.
    fn send<'a>(&'a self, to: &'a Recipient, notice: &'a Notice) -> Sending<'a>;
}

/// Puts every message into a folder, one file each.
#[derive(Debug)]
pub struct Spool {
    folder: std::path::PathBuf,
}

impl Spool {
    /// Into `messages` below this folder.
    pub fn new(folder: &std::path::Path) -> Result<Self, crate::Error> {
        let folder = folder.join("messages");
        std::fs::create_dir_all(&folder).map_err(|error| crate::Error::internal("spool", error))?;
        Ok(Self { folder })
    }
}

impl Outbox for Spool {
    fn send<'a>(&'a self, to: &'a Recipient, notice: &'a Notice) -> Sending<'a> {
        Box::pin(async move {
            let text = match notice {
                Notice::LoginCode(code) | Notice::ApplicationCode(code) => format!("sms {} {}", to.phone, &**code),
                Notice::WordReset { link } => format!("email {} {}", to.email, &**link),
                other => format!("email {} {other:?}", to.email),
            };
            let name = crate::secret::name().map_err(|error| error.to_string())?;
            let path = self.folder.join(name);
            tokio::fs::write(path, text).await.map_err(|error| error.kind().to_string())
        })
    }
}
