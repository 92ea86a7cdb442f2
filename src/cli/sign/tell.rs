//! What `sign` says.

use std::path::PathBuf;

use journeys::look::Urgency;
use journeys::sign::SigningChoice;
use journeys::sign::code::Session as Signing;
use journeys::sign::shown::shown;
use time::OffsetDateTime;

use super::choose;
use crate::page::Page;
use crate::pin::Told;
use crate::schema::signature::{SignResult, Signatory};
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, render, schema, world::Exit};

/// Something was signed.
pub(super) struct Done {
    pub(super) choice: SigningChoice,
    pub(super) at: OffsetDateTime,
    /// The file that was written.
    pub(super) output: Option<PathBuf>,
    pub(super) items: usize,
    /// Who asked, if somebody did.
    pub(super) requester: Option<String>,
}

/// What is to be signed, for the person to read.
pub(super) fn texts(session: &Session, signing: &Signing) -> String {
    let texts = &session.texts;
    let mut page = Page::new(false);
    page.rows(
        0,
        &[
            (say!(texts, "row-requester"), signing.requester.clone()),
            (say!(texts, "row-purpose"), signing.purpose.clone()),
            (say!(texts, "row-control-code"), signing.control_code().to_owned()),
        ],
    );
    for text in &signing.texts {
        let shown = shown(&text.content);
        page.gap();
        page.title(0, &text.title);
        for line in &shown.lines {
            page.line(2, line);
        }
        if shown.hidden > 0 {
            let hidden = say!(texts, "sign-hidden", count = shown.hidden);
            page.judged(0, Urgency::Warning, &hidden);
        }
    }
    page.gap();
    page.finish()
}

/// With which certificate, and what is unusual about it.
pub(super) fn choice(session: &Session, choice: &SigningChoice) -> String {
    let mut page = Page::new(false);
    let name = say!(session.texts, "sign-as", name = name(choice));
    page.line(0, &name);
    for caution in &choice.cautions {
        page.judged(0, Urgency::Warning, &session.words.caution(*caution));
    }
    page.finish()
}

fn name(choice: &SigningChoice) -> String {
    let subject = choice.looked.certificate.subject.as_ref();
    render::clean(subject.and_then(certificate::Name::short).unwrap_or_default())
}

pub(super) fn done(session: &Session, done: &Done) -> Answer {
    let output = done
        .output
        .as_ref()
        .map(|path| path.to_string_lossy().into_owned());
    let texts = &session.texts;
    let headline = match &done.requester {
        Some(requester) => say!(texts, "sign-done-code", requester = requester.clone()),
        None => say!(texts, "sign-done-file"),
    };
    if session.options.json {
        let result = SignResult {
            done: true,
            output,
            items: done.items,
            signed_at: schema::instant(done.at),
            signatory: Some(Signatory {
                name: name(&done.choice),
                serial: choose::serial(&done.choice),
                sha256: certificate::text::hex(&done.choice.looked.certificate.sha256()),
                qualified: done.choice.looked.certificate.qualified().is_qualified(),
            }),
            result: schema::Error {
                code: "done",
                what: headline,
                remedy: String::new(),
                technical: String::new(),
            },
        };
        return Answer::new(schema::document(result), Exit::Fine);
    }
    let mut page = Page::new(session.world.colour);
    page.judged(0, Urgency::Good, &headline);
    page.rows(
        2,
        &[
            (say!(texts, "row-signer"), name(&done.choice)),
            (say!(texts, "row-signed-at"), session.words.date_time(done.at)),
            (say!(texts, "row-file"), output.unwrap_or_default()),
        ],
    );
    Answer::new(page.finish(), Exit::Fine)
}

pub(super) fn failed(session: &Session, told: &Told) -> Answer {
    if session.options.json {
        let result = SignResult {
            done: false,
            output: None,
            items: 0,
            signed_at: None,
            signatory: None,
            result: told.sentence.clone().into(),
        };
        return Answer::new(schema::document(result), told.exit);
    }
    let mut page = Page::new(false);
    page.sentence(0, &told.sentence);
    Answer {
        out: String::new(),
        err: page.finish(),
        exit: told.exit,
    }
}
