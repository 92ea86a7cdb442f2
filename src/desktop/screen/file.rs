//! The page of a file with certificates.

use std::{path::PathBuf, sync::Arc};

use certificate::{Certificate, ValidityState};
use i18n_embed_fl::fl;
use journeys::look::LookedCertificate;
use journeys::words::Sentence;

use super::{card::Section, certificate_panel};
use crate::{
    bounded,
    export::Format,
    opened::{Content, Opened},
    scene::Scene,
    ui::{
        Element, Icon, Tone, banner, button, check, empty_state, empty_state::Picture, key_values, page,
        panel, pill, text,
    },
};

/// What the page remembers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct State {
    /// Which of the opened files.
    pub(crate) index: usize,
    exporting: Option<usize>,
}

/// What happens on the page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Message {
    /// Close the file.
    Close,
    /// Sign it.
    Sign,
    /// Name the file that the signature is about.
    Content,
    /// Something about a certificate.
    Certificate(certificate_panel::Message),
}

/// What the page asks of the window.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    None,
    Close(usize),
    Sign(PathBuf),
    AskForContent(PathBuf),
    Details(Box<LookedCertificate>, Section),
    Export(Arc<Certificate>, Format),
}

impl State {
    /// The page of the opened file of this index.
    pub(crate) fn of(index: usize) -> Self {
        Self {
            index,
            exporting: None,
        }
    }

    /// What happens on the page, and what it asks of the window.
    pub(crate) fn update(&mut self, message: Message, files: &[Opened]) -> Action {
        use certificate_panel::Message as Panel;
        let message = match message {
            Message::Close => return Action::Close(self.index),
            Message::Sign => {
                let file = files.get(self.index);
                return file.map_or(Action::None, |file| Action::Sign(file.path.clone()));
            }
            Message::Content => {
                let file = files.get(self.index);
                return file.map_or(Action::None, |file| Action::AskForContent(file.path.clone()));
            }
            Message::Certificate(message) => message,
        };
        let looked = |index: usize| {
            files
                .get(self.index)?
                .content
                .as_ref()
                .ok()?
                .certificates
                .get(index)
        };
        let details = |looked: &Arc<LookedCertificate>, section| {
            Action::Details(Box::new(looked.as_ref().clone()), section)
        };
        let action = match message {
            Panel::ChooseFormat(index) => {
                self.exporting = Some(index);
                return Action::None;
            }
            Panel::Cancel => None,
            Panel::Details(index) => looked(index).map(|looked| details(looked, Section::Fields)),
            Panel::Chain(index) => looked(index).map(|looked| details(looked, Section::Chain)),
            Panel::Export(index, format) => {
                looked(index).map(|looked| Action::Export(Arc::clone(&looked.certificate), format))
            }
        };
        self.exporting = None;
        action.unwrap_or(Action::None)
    }

    /// The page.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>, files: &'a [Opened]) -> Element<'a, Message> {
        let Some(file) = files.get(self.index) else {
            return iced::widget::space().into();
        };
        let close = || {
            button::secondary(scene.tokens, fl!(scene.labels, "close-file"))
                .icon(Icon::Close)
                .on_press(Message::Close)
        };
        let sign = || {
            button::primary(scene.tokens, fl!(scene.labels, "file-sign"))
                .icon(Icon::Pen)
                .on_press(Message::Sign)
        };
        let content = match &file.content {
            Ok(content) if !content.certificates.is_empty() => content,
            Ok(content) => {
                let error = content
                    .faults
                    .first()
                    .cloned()
                    .unwrap_or(certificate::ReadError::NotACertificate);
                let sentence = scene.words.read_error(&error);
                return empty(scene, &file.name, sentence, vec![close().into(), sign().into()]);
            }
            // Too large for a certificate, and perhaps something to be signed.
            Err(bounded::Error::TooLarge) => {
                let sentence = file_error(scene, bounded::Error::TooLarge);
                return empty(scene, &file.name, sentence, vec![close().into(), sign().into()]);
            }
            Err(error) => {
                return empty(scene, &file.name, file_error(scene, *error), vec![close().into()]);
            }
        };
        let path = certificate::text::clean(&file.path.to_string_lossy());
        let header = page::header(
            scene.tokens,
            scene.width,
            file.name.as_str(),
            Some(text::muted(scene.tokens, path)),
            vec![close().into()],
        );
        let mut parts = vec![header];
        if let Some(report) = &content.signature {
            parts.extend(signatures(scene, report));
            if file.misses_content() {
                let choose = button::primary(scene.tokens, fl!(scene.labels, "file-content-choose"))
                    .on_press(Message::Content);
                let missing = banner::banner(scene.tokens, Tone::Warning, fl!(scene.labels, "file-content"))
                    .explanation(fl!(scene.labels, "file-content", "text"))
                    .action(choose)
                    .width(scene.width);
                parts.insert(1, missing.into());
            }
        } else {
            parts.extend(self.notes(scene, content));
        }
        parts.extend(content.certificates.iter().enumerate().map(|(index, looked)| {
            certificate_panel::view(scene, index, looked, None, self.exporting == Some(index))
                .map(Message::Certificate)
        }));
        page::page(scene.tokens, scene.width, panel::stack(parts))
    }

    #[expect(clippy::unused_self, reason = "a part of the view")]
    fn notes<'a>(&self, scene: Scene<'a>, content: &'a Content) -> Vec<Element<'a, Message>> {
        let mut notes = Vec::new();
        if let [only] = &content.certificates[..] {
            notes.push(verdict(scene, only));
        }
        if !content.faults.is_empty() {
            let count = content.faults.len();
            let words = fl!(scene.labels, "file-faults", count = count);
            notes.push(
                banner::banner(scene.tokens, Tone::Warning, words)
                    .width(scene.width)
                    .into(),
            );
        }
        if content.more > 0 {
            notes
                .push(text::muted(scene.tokens, fl!(scene.labels, "file-more", count = content.more)).into());
        }
        notes
    }
}

/// What the signatures in a file come to: who signed, when, how strong.
fn signatures<'a>(scene: Scene<'a>, report: &'a signature::Report) -> Vec<Element<'a, Message>> {
    let verdict = scene.words.signature_verdict(report.verdict());
    let whole = banner::banner(scene.tokens, signature_tone(report.verdict()), verdict.headline)
        .explanation(verdict.text)
        .width(scene.width);
    let mut parts = vec![whole.into()];
    let of_whole = report
        .findings
        .iter()
        .map(|finding| self::finding(scene, finding));
    let of_whole: Vec<Element<'a, Message>> = of_whole.collect();
    if !of_whole.is_empty() {
        parts.push(
            panel::panel(
                scene.tokens,
                iced::widget::Column::with_children(of_whole).spacing(6.0),
            )
            .into(),
        );
    }
    parts.extend(report.signers.iter().map(|signer| self::signer(scene, signer)));
    parts
}

fn signer<'a>(scene: Scene<'a>, signer: &'a signature::Signer) -> Element<'a, Message> {
    let subject = signer.certificate.as_ref();
    let subject = subject.and_then(|certificate| certificate.subject.as_ref());
    let name = subject.and_then(certificate::Name::short).map(str::to_owned);
    let name = name.unwrap_or_else(|| fl!(scene.labels, "signature-unknown-signer"));
    let mut values = key_values::key_values(scene.tokens, scene.width, String::new());
    if let Some(time) = signer.signing_time {
        values = values.text(
            fl!(scene.labels, "signature-claimed"),
            scene.words.date_time(time),
        );
    }
    for stamp in &signer.time_stamps {
        values = values.text(
            fl!(scene.labels, "signature-stamped"),
            scene.words.date_time(stamp.time),
        );
    }
    if let Some(qualified) = &signer.qualified {
        values = values.text(
            fl!(scene.labels, "signature-kind"),
            scene.words.qualified(qualified),
        );
    }
    values = values.code(fl!(scene.labels, "signature-strength"), signer.hash.name());
    let findings = signer
        .findings
        .iter()
        .map(|finding| self::finding(scene, finding));
    let content = iced::widget::column![Element::from(values)]
        .push(iced::widget::Column::with_children(findings).spacing(6.0))
        .spacing(12.0);
    let verdict = scene.words.signature_verdict(signer.verdict()).headline;
    let beside = pill::pill(scene.tokens, signature_tone(signer.verdict()), verdict);
    panel::titled(scene.tokens, name, Some(beside), content).into()
}

fn finding<'a>(scene: Scene<'a>, finding: &signature::Finding) -> Element<'a, Message> {
    let tone = match finding.severity() {
        signature::Severity::Note => Tone::Information,
        signature::Severity::Weak | signature::Severity::Undecided => Tone::Warning,
        signature::Severity::Invalid => Tone::Bad,
    };
    check::check(scene.tokens, tone, scene.words.signature_finding(finding), None)
}

fn signature_tone(verdict: signature::Verdict) -> Tone {
    match verdict {
        signature::Verdict::Valid => Tone::Good,
        signature::Verdict::Weak | signature::Verdict::Undecided => Tone::Warning,
        signature::Verdict::Invalid => Tone::Bad,
    }
}

/// The sentence about a single certificate: its time first, if that is not now.
fn verdict<'a>(scene: Scene<'a>, looked: &LookedCertificate) -> Element<'a, Message> {
    let verdict = scene
        .words
        .certificate_verdict(looked.verdict, looked.certificate.hash());
    let validity = looked.certificate.validity_at(scene.now);
    let banner = match validity {
        ValidityState::Expired { .. } => {
            banner::banner(scene.tokens, Tone::Warning, fl!(scene.labels, "file-expired"))
                .explanation(verdict)
        }
        ValidityState::NotYet { .. } => {
            banner::banner(scene.tokens, Tone::Warning, fl!(scene.labels, "file-not-yet"))
                .explanation(verdict)
        }
        ValidityState::Valid { .. } | ValidityState::Unknown => {
            banner::banner(scene.tokens, verdict_tone(looked), verdict)
        }
    };
    banner.width(scene.width).into()
}

/// How a single certificate stands.
pub(crate) fn verdict_tone(looked: &LookedCertificate) -> Tone {
    match looked.verdict {
        certificate::Verdict::Replace => Tone::Bad,
        certificate::Verdict::Fine => Tone::Good,
        certificate::Verdict::Weak => Tone::Warning,
        certificate::Verdict::Unknown => Tone::Neutral,
    }
}

fn empty<'a>(
    scene: Scene<'a>,
    name: &'a str,
    sentence: Sentence,
    actions: Vec<Element<'a, Message>>,
) -> Element<'a, Message> {
    let state = empty_state::empty_state(scene.tokens, Picture::File, sentence.what)
        .explanation(sentence.remedy)
        .technical(sentence.technical)
        .action(iced::widget::Row::with_children(actions).spacing(12.0));
    let content = iced::widget::column![text::muted(scene.tokens, name), Element::from(state)];
    page::page(scene.tokens, scene.width, content)
}

/// Why a file was not read, in words.
pub(crate) fn file_error(scene: Scene<'_>, error: bounded::Error) -> Sentence {
    use bounded::Error;
    let (code, what, remedy) = match error {
        Error::NotFound => (
            "file-not-found",
            fl!(scene.labels, "file-not-found"),
            fl!(scene.labels, "file-not-found", "remedy"),
        ),
        Error::Denied => (
            "file-denied",
            fl!(scene.labels, "file-denied"),
            fl!(scene.labels, "file-denied", "remedy"),
        ),
        Error::NotAFile => (
            "file-not-a-file",
            fl!(scene.labels, "file-not-a-file"),
            fl!(scene.labels, "file-not-a-file", "remedy"),
        ),
        Error::TooLarge => (
            "file-too-large",
            fl!(scene.labels, "file-too-large"),
            fl!(scene.labels, "file-too-large", "remedy"),
        ),
        Error::Other(_) => (
            "file-other",
            fl!(scene.labels, "file-other"),
            fl!(scene.labels, "file-other", "remedy"),
        ),
    };
    let technical = match error {
        Error::Other(kind) => kind.to_string(),
        _ => code.to_owned(),
    };
    Sentence {
        code,
        what,
        remedy,
        technical,
    }
}
