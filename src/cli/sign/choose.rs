//! Which certificate signs, if the card has several.

use journeys::sign::{Obstacle, SigningChoice};
use journeys::words::Sentence;

use crate::session::Session;
use crate::texts::say;

/// Why no certificate was chosen.
pub(super) enum Problem {
    /// None of the card's may sign; the reason of the likeliest one.
    None(Option<Obstacle>),
    /// None is called like that.
    Unknown,
    /// Several may sign, and none was named.
    Several(Vec<String>),
}

/// The one that was named; else the only one that may sign; else the only one of those that may which is meant for
/// signatures that bind.
pub(super) fn one(all: Vec<SigningChoice>, wanted: Option<&str>) -> Result<SigningChoice, Problem> {
    if let Some(wanted) = wanted {
        let mut named = all.into_iter().filter(|choice| is_called(choice, wanted));
        return match (named.next(), named.next()) {
            (Some(choice), None) => match choice.obstacle {
                None => Ok(choice),
                obstacle => Err(Problem::None(obstacle)),
            },
            _ => Err(Problem::Unknown),
        };
    }
    let reason = all.first().and_then(|choice| choice.obstacle);
    let eligible: Vec<SigningChoice> = all.into_iter().filter(SigningChoice::is_eligible).collect();
    let names = eligible.iter().map(serial).collect();
    let only = |choices: Vec<SigningChoice>| <[SigningChoice; 1]>::try_from(choices).ok();
    let binding = eligible.iter().filter(|choice| choice.binds()).cloned().collect();
    if eligible.is_empty() {
        return Err(Problem::None(reason));
    }
    let [choice] = only(eligible)
        .or_else(|| only(binding))
        .ok_or(Problem::Several(names))?;
    Ok(choice)
}

/// By the beginning of its serial number or of its SHA-256 fingerprint, in hexadecimal digits.
fn is_called(choice: &SigningChoice, wanted: &str) -> bool {
    let wanted: String = wanted
        .chars()
        .filter(|letter| !matches!(letter, ' ' | ':'))
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    let fingerprint = certificate::text::hex(&choice.looked.certificate.sha256());
    !wanted.is_empty() && (serial(choice).starts_with(&wanted) || fingerprint.starts_with(&wanted))
}

pub(super) fn serial(choice: &SigningChoice) -> String {
    let serial = choice.looked.certificate.serial.as_ref();
    serial.map(certificate::Serial::hex).unwrap_or_default()
}

pub(super) fn sentence(session: &Session, problem: &Problem) -> Sentence {
    let texts = &session.texts;
    match problem {
        Problem::None(Some(obstacle)) => session.words.obstacle(*obstacle),
        Problem::None(None) => session.words.no_choice(),
        Problem::Unknown => Sentence {
            code: "unknown-certificate",
            what: say!(texts, "sign-unknown-certificate"),
            remedy: say!(texts, "sign-unknown-certificate", "remedy"),
            technical: "--certificate".to_owned(),
        },
        Problem::Several(names) => Sentence {
            code: "several-certificates",
            what: say!(texts, "sign-several-certificates"),
            remedy: say!(
                texts,
                "sign-several-certificates",
                "remedy",
                names = names.join(", ")
            ),
            technical: "--certificate".to_owned(),
        },
    }
}
