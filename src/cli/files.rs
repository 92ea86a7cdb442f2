//! `certificate`: the same judgement for certificates in files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use certificate::chain::{Candidate, Chain, Origin, SignatureCheck, TrustAnchors};
use certificate::{Certificate, ReadError, ValidityState, Verdict};
use journeys::words::Sentence;

use crate::page::Page;
use crate::schema::certificate::Shown;
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, render, schema, world::Exit};

/// A file and what was in it.
struct File {
    name: String,
    certificates: Vec<Judged>,
    errors: Vec<Sentence>,
}

/// A certificate with its chain.
struct Judged {
    certificate: Arc<Certificate>,
    chain: Chain,
    verdict: Verdict,
}

/// Judges the certificates of these files.
pub(crate) fn answer(session: &mut Session, paths: &[PathBuf]) -> Answer {
    let anchors = match session.anchors() {
        Ok(anchors) => anchors,
        Err((path, sentence)) => return refused(session, &path, sentence),
    };
    let read: Vec<_> = paths
        .iter()
        .map(|path| (name(path, session), read(path, session)))
        .collect();
    let helpers = helpers(read.iter().filter_map(|(_, found)| found.as_ref().ok()).flatten());
    let files: Vec<File> = read
        .into_iter()
        .map(|(name, found)| match found {
            Ok(found) => judge(name, found, &helpers, &anchors, session),
            Err(sentence) => File {
                name,
                certificates: Vec::new(),
                errors: vec![sentence],
            },
        })
        .collect();
    let exit = files
        .iter()
        .map(|file| exit(file, session))
        .max()
        .unwrap_or(Exit::Fine);
    let out = if session.options.json {
        json(&files, session)
    } else {
        text(&files, session)
    };
    Answer::new(out, exit)
}

type Read = Vec<Result<Arc<Certificate>, ReadError>>;

fn read(path: &Path, session: &mut Session) -> Result<Read, Sentence> {
    let bytes = if is_input(path) {
        let input = std::mem::replace(&mut session.world.input, Box::new(std::io::empty()));
        session.read(input)?
    } else {
        session.read_file(path)?
    };
    Ok(certificate::read_many(&bytes)
        .into_iter()
        .map(|found| found.map(Arc::new))
        .collect())
}

fn is_input(path: &Path) -> bool {
    path == Path::new("-")
}

fn name(path: &Path, session: &Session) -> String {
    if is_input(path) {
        say!(session.texts, "standard-input")
    } else {
        path.to_string_lossy().into_owned()
    }
}

/// The authorities in all the files: they help to find the way to an anchor.
fn helpers<'a>(found: impl Iterator<Item = &'a Result<Arc<Certificate>, ReadError>>) -> Vec<Candidate> {
    let authorities = found.flatten().filter(|certificate| certificate.is_authority());
    authorities
        .map(|each| Candidate {
            certificate: Arc::clone(each),
            origin: Origin::File,
        })
        .collect()
}

fn judge(
    name: String,
    found: Read,
    helpers: &[Candidate],
    anchors: &TrustAnchors,
    session: &Session,
) -> File {
    let now = session.world.now;
    let mut file = File {
        name,
        certificates: Vec::new(),
        errors: Vec::new(),
    };
    for each in found {
        match each {
            Ok(certificate) => file.certificates.push(Judged {
                chain: Chain::build(&certificate, helpers, anchors, now),
                verdict: certificate.verdict(now),
                certificate,
            }),
            Err(error) => file.errors.push(session.words.read_error(&error)),
        }
    }
    file
}

fn exit(file: &File, session: &Session) -> Exit {
    if !file.errors.is_empty() {
        return Exit::CouldNotLook;
    }
    let to_do = |judged: &Judged| {
        let wrong = judged
            .chain
            .links
            .iter()
            .any(|link| link.signature == SignatureCheck::Bad);
        let validity = judged.certificate.validity_at(session.world.now);
        wrong
            || !matches!(validity, ValidityState::Valid { .. })
            || matches!(judged.verdict, Verdict::Replace | Verdict::Unknown)
    };
    if file.certificates.iter().any(to_do) {
        Exit::SomethingToDo
    } else {
        Exit::Fine
    }
}

impl Judged {
    fn shown(&self) -> Shown<'_> {
        Shown {
            certificate: &self.certificate,
            label: "",
            id: &[],
            has_private_key: None,
            chain: &self.chain,
            verdict: self.verdict,
        }
    }
}

fn json(files: &[File], session: &Session) -> String {
    let certificate = |judged: &Judged| schema::certificate::Certificate::new(&judged.shown(), session);
    let file = |file: &File| schema::File {
        name: file.name.clone(),
        certificates: file.certificates.iter().map(certificate).collect(),
        errors: file.errors.iter().cloned().map(Into::into).collect(),
    };
    schema::document(schema::Files {
        error: None,
        files: files.iter().map(file).collect(),
    })
}

fn text(files: &[File], session: &Session) -> String {
    let mut page = Page::new(session.world.colour);
    for file in files {
        page.gap();
        page.title(0, &render::clean(&file.name));
        for (index, judged) in file.certificates.iter().enumerate() {
            if index > 0 {
                page.gap();
            }
            render::certificate(&mut page, 2, &judged.shown(), session);
        }
        file.errors.iter().for_each(|sentence| page.sentence(2, sentence));
    }
    page.finish()
}

/// The answer when a file of `--trust` cannot be used.
fn refused(session: &Session, path: &Path, sentence: Sentence) -> Answer {
    if session.options.json {
        let parts = schema::Files {
            error: Some(sentence.into()),
            files: Vec::new(),
        };
        return Answer::new(schema::document(parts), Exit::CouldNotLook);
    }
    let mut page = Page::new(false);
    page.line(0, &render::clean(&path.to_string_lossy()));
    page.sentence(0, &sentence);
    Answer::failed(page.finish())
}
