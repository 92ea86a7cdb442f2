//! The JSON that `--json` prints: `SCHEMA.md`, field by field.
//!
//! A field is always there; what is not known is `null`, and lists are empty rather than missing. Names and the
//! codes in the values never change within a schema's number; fields may be added.

use journeys::look::{CardVerdict, Urgency};
use journeys::words::{Pair, Sentence, Words};
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

pub(crate) mod card;
pub(crate) mod certificate;
pub(crate) mod pin;
pub(crate) mod replace;
pub(crate) mod signature;

/// The number of the schema.
const SCHEMA: u8 = 1;

/// A whole answer: its schema's number beside its parts.
#[derive(Serialize)]
struct Document<T> {
    schema: u8,
    #[serde(flatten)]
    parts: T,
}

/// An answer as JSON text.
pub(crate) fn document(parts: impl Serialize) -> String {
    // Serialising plain data with string keys into memory has no way to fail.
    let mut text = serde_json::to_string_pretty(&Document {
        schema: SCHEMA,
        parts,
    })
    .unwrap_or_default();
    text.push('\n');
    text
}

/// What `readers` and `cards` answer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Surroundings {
    /// `running`, `stopped` or `failing`.
    pub(crate) service: &'static str,
    /// Why nothing could be looked at.
    pub(crate) error: Option<Error>,
    pub(crate) readers: Vec<Reader>,
}

/// A reader, and the card in it as far as it was looked at.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Reader {
    pub(crate) name: String,
    /// `card`, `empty`, `mute`, `unavailable`; `token` for a slot of a module without a reader.
    pub(crate) state: &'static str,
    pub(crate) card: Option<card::Card>,
    pub(crate) error: Option<Error>,
}

/// What `certificate` answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Files {
    pub(crate) error: Option<Error>,
    pub(crate) files: Vec<File>,
}

/// A file and the certificates in it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) certificates: Vec<certificate::Certificate>,
    pub(crate) errors: Vec<Error>,
}

/// What `modules` answers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Modules {
    pub(crate) modules: Vec<Module>,
}

/// A PKCS#11 module file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Module {
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) usable: bool,
    /// How many tokens it shows, if it was tried.
    pub(crate) tokens: Option<usize>,
    pub(crate) error: Option<Error>,
}

/// What happened, and what to do.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Error {
    pub(crate) code: &'static str,
    pub(crate) what: String,
    pub(crate) remedy: String,
    pub(crate) technical: String,
}

impl From<Sentence> for Error {
    fn from(sentence: Sentence) -> Self {
        let Sentence {
            code,
            what,
            remedy,
            technical,
        } = sentence;
        Self {
            code,
            what,
            remedy,
            technical,
        }
    }
}

/// What is odd about something: the name for programs and the words for people.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Oddity {
    pub(crate) code: &'static str,
    pub(crate) text: String,
}

/// A point in time: RFC 3339 in UTC, to the second.
pub(crate) fn instant(instant: OffsetDateTime) -> Option<String> {
    instant.replace_nanosecond(0).ok()?.format(&Rfc3339).ok()
}

/// Upper-case hexadecimal digits without separators.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02X}");
            text
        })
}

/// A card's verdict, its name for programs.
pub(crate) fn verdict_code(verdict: &CardVerdict) -> &'static str {
    match verdict {
        CardVerdict::PinBlocked => "pin-blocked",
        CardVerdict::Replace => "replace",
        CardVerdict::Expired { .. } => "expired",
        CardVerdict::NotYetValid { .. } => "not-yet-valid",
        CardVerdict::KeyMissing => "key-missing",
        CardVerdict::ExpiresSoon { .. } => "expires-soon",
        CardVerdict::Fine => "fine",
        CardVerdict::NoQualified => "no-qualified",
        CardVerdict::Empty => "empty",
        CardVerdict::Unreadable => "unreadable",
    }
}

/// How urgent a verdict is, its name for programs.
pub(crate) fn urgency_code(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Good => "good",
        Urgency::Information => "information",
        Urgency::Warning => "warning",
        Urgency::Bad => "bad",
    }
}

/// What could not be read on a card.
pub(crate) fn card_problem(problem: &token::Problem, words: &Words) -> Oddity {
    let code = match problem {
        token::Problem::Directory { .. } => "directory",
        token::Problem::Certificate { .. } => "certificate",
        token::Problem::Field { .. } => "field",
        token::Problem::Module { .. } => "module",
        _ => "other",
    };
    Oddity {
        code,
        text: words.problem(problem),
    }
}

/// The sentence about a card.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Advice {
    pub(crate) headline: String,
    pub(crate) text: String,
    pub(crate) urgency: &'static str,
}

impl Advice {
    pub(crate) fn new(pair: Pair, urgency: Urgency) -> Self {
        Self {
            headline: pair.headline,
            text: pair.text,
            urgency: urgency_code(urgency),
        }
    }
}
