//! How the page looks.

use std::time::Duration;

use i18n_embed_fl::fl;
use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length};
use journeys::{
    pin,
    sign::{Failure, Progress, archive::Receipt, code::SignFailure},
    words::Sentence,
};
use token::{PinInfo, TriesLeft};

use super::reading::{COLUMNS, NUMBERED};
use super::{
    AGAIN, Asking, AskingSaid, CODE_FIELD, COPY, Candidate, Done, FileFailure, Message, PIN_FIELD, Reading,
    Ready, SAFE_ANSWER, Said, Stage, State, Step, Work, kept,
};
use crate::{
    scene::Scene,
    screen::pin as pins,
    ui::{
        Element, Icon, Tone, Width, banner, bar, button, disclosure, field, key_values, keypad, modal, page,
        panel, pill, pin_field, raw_view, space, text, toggle, tries,
    },
};

/// Height of the frame in which a text is read.
const READING: f32 = 300.0;
/// Up to so many texts stand side by side by their titles; more, by their numbers.
const TITLED: usize = 6;
/// Width of the PIN's field with the keypad beside it, where there is room.
const FORM: f32 = 628.0;
/// From here on the seconds left are a warning.
const SOON: Duration = Duration::from_mins(1);
const TRIES: u8 = 3;

/// The page.
pub(super) fn page<'a>(state: &'a State, scene: Scene<'a>, has_service: bool) -> Element<'a, Message> {
    let parts = match &state.step {
        Step::Asking(asking) => {
            let mut parts = self::asking(scene, asking, has_service);
            parts.extend(kept::list(scene, &state.kept));
            parts
        }
        Step::Ready(ready) => self::ready(scene, ready),
        Step::Done(done) => self::done(scene, done),
    };
    page::page(scene.tokens, scene.width, panel::stack(parts))
}

/// The question that must be answered, if there is one.
pub(super) fn question<'a>(state: &State, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let Step::Ready(ready) = &state.step else {
        return None;
    };
    let Stage::LastTry(warning) = &ready.stage else {
        return None;
    };
    let words = scene.words.last_try(warning);
    let no = button::secondary(scene.tokens, fl!(scene.labels, "last-try-no")).id(SAFE_ANSWER);
    let yes = button::danger(scene.tokens, fl!(scene.labels, "last-try-yes")).id("signing-last-try-yes");
    let answers = vec![
        no.on_press(Message::Decline).into(),
        yes.on_press(Message::Confirm).into(),
    ];
    Some(modal::dialog(scene.tokens, words.headline, words.text, answers))
}

fn asking<'a>(scene: Scene<'a>, asking: &'a Asking, has_service: bool) -> Vec<Element<'a, Message>> {
    let header = page::header(
        scene.tokens,
        scene.width,
        fl!(scene.labels, "sign"),
        Some(text::muted(scene.tokens, fl!(scene.labels, "sign", "text"))),
        vec![],
    );
    let mut parts = vec![header];
    parts.extend(asking.said.as_ref().map(|said| asking_said(scene, said)));
    if has_service {
        parts.push(code(scene, asking));
    } else {
        let settings = button::primary(scene.tokens, fl!(scene.labels, "settings"));
        let banner = banner::banner(
            scene.tokens,
            Tone::Information,
            fl!(scene.labels, "sign-no-service"),
        )
        .explanation(fl!(scene.labels, "sign-no-service", "text"))
        .action(settings.on_press(Message::Settings))
        .width(scene.width);
        parts.push(banner.into());
    }
    let choose = button::secondary(scene.tokens, fl!(scene.labels, "sign-choose-file"))
        .icon(Icon::File)
        .on_press(Message::ChooseFile);
    let file = column![
        text::body(scene.tokens, fl!(scene.labels, "sign-file", "text")),
        Element::from(choose),
    ]
    .spacing(space::M);
    parts.push(panel::titled(scene.tokens, fl!(scene.labels, "sign-file"), None, file).into());
    parts
}

fn code<'a>(scene: Scene<'a>, asking: &'a Asking) -> Element<'a, Message> {
    let placeholder = fl!(scene.labels, "sign-code", "placeholder");
    let input = field::field(scene.tokens, &placeholder, &asking.code, Message::Code)
        .id(CODE_FIELD)
        .on_submit(Message::Claim);
    let may = !asking.is_claiming && !asking.code.trim().is_empty();
    let go_on = button::primary(scene.tokens, fl!(scene.labels, "sign-go-on"))
        .id("sign-claim")
        .on_press_maybe(may.then_some(Message::Claim));
    let waiting = asking
        .is_claiming
        .then(|| text::small(scene.tokens, fl!(scene.labels, "sign-claiming")));
    let line = row![
        container(Element::from(input)).max_width(420.0),
        Element::from(go_on)
    ]
    .spacing(space::M)
    .align_y(Alignment::Center);
    let content = column![
        text::body(scene.tokens, fl!(scene.labels, "sign-code", "text")),
        line
    ]
    .push(waiting)
    .spacing(space::M);
    panel::titled(scene.tokens, fl!(scene.labels, "sign-code"), None, content).into()
}

fn asking_said<'a>(scene: Scene<'a>, said: &AskingSaid) -> Element<'a, Message> {
    let sentence = match said {
        AskingSaid::Fault(fault) => scene.words.code_fault(*fault),
        AskingSaid::Claim(failure) => scene.words.claim_failure(failure),
        AskingSaid::Link(fault) => scene.words.link_fault(*fault),
        AskingSaid::Expired => scene.words.sign_failure(&SignFailure::Expired),
    };
    told(scene, Tone::Warning, sentence)
}

fn told(scene: Scene<'_>, tone: Tone, sentence: Sentence) -> Element<'_, Message> {
    let mut banner = banner::banner(scene.tokens, tone, sentence.what)
        .explanation(sentence.remedy)
        .width(scene.width);
    if !sentence.technical.is_empty() {
        banner = banner.technical(sentence.technical);
    }
    banner.into()
}

fn ready<'a>(scene: Scene<'a>, ready: &'a Ready) -> Vec<Element<'a, Message>> {
    let (title, sentence) = match &ready.work {
        Work::Code { brief, .. } => (fl!(scene.labels, "sign"), brief.purpose.clone()),
        Work::File(path) => (
            fl!(scene.labels, "sign-file"),
            certificate::text::clean(&path.to_string_lossy()),
        ),
    };
    let left = ready.left.map(|left| self::left(scene, left));
    let header = page::header(
        scene.tokens,
        scene.width,
        title,
        Some(text::muted(scene.tokens, sentence)),
        left.into_iter().collect(),
    );
    let mut parts = vec![header];
    // Beside the PIN: there is where people look when they have entered it.
    let said = ready.said.as_ref().map(|said| self::said(scene, said));
    let news = said.into_iter().chain(working(scene, ready));
    if let Stage::Undelivered(_) = ready.stage {
        parts.extend(news);
        let again = button::primary(scene.tokens, fl!(scene.labels, "sign-redeliver"));
        parts.push(Element::from(again.on_press(Message::Redeliver)));
        return parts;
    }
    parts.extend(about(scene, ready));
    parts.extend((!ready.texts.is_empty()).then(|| reading(scene, ready)));
    parts.push(certificates(scene, ready));
    parts.extend(news);
    parts.push(entering(scene, ready));
    parts
}

/// `4:37`, in words for a minute or less.
fn left(scene: Scene<'_>, left: Duration) -> Element<'_, Message> {
    let seconds = left.as_secs();
    let (minutes, rest) = (seconds / 60, format!("{:02}", seconds % 60));
    let words = fl!(scene.labels, "sign-left", minutes = minutes, seconds = rest);
    let tone = if left <= SOON {
        Tone::Warning
    } else {
        Tone::Neutral
    };
    pill::with_icon(scene.tokens, tone, Icon::HalfDisc, words)
}

/// Who asks, what for, and the digits to compare.
fn about<'a>(scene: Scene<'a>, ready: &'a Ready) -> Option<Element<'a, Message>> {
    let Work::Code { brief, .. } = &ready.work else {
        return None;
    };
    let values = key_values::key_values(scene.tokens, scene.width, String::new())
        .text(fl!(scene.labels, "sign-requester"), brief.requester.as_str())
        .text(fl!(scene.labels, "sign-purpose"), brief.purpose.as_str())
        .text(
            fl!(scene.labels, "sign-created"),
            scene.words.date_time(brief.created_at),
        )
        .code(fl!(scene.labels, "sign-control"), brief.control_code.as_str());
    let compare = text::small(scene.tokens, fl!(scene.labels, "sign-control", "text"));
    let content = column![Element::from(values), compare].spacing(space::S);
    Some(panel::panel(scene.tokens, content).into())
}

/// The texts, one at a time, all of each.
fn reading<'a>(scene: Scene<'a>, ready: &'a Ready) -> Element<'a, Message> {
    let texts = ready.texts.iter().enumerate();
    let is_many = ready.texts.len() > TITLED;
    let titles = texts.map(|(index, text)| {
        let title = if is_many {
            (index + 1).to_string()
        } else {
            short(&text.title)
        };
        (index, title)
    });
    let tabs =
        (ready.texts.len() > 1).then(|| disclosure::tabs(scene.tokens, titles, ready.text, Message::Text));
    let shown = ready.texts.get(ready.text);
    let title = shown
        .filter(|_| is_many)
        .map(|text| text::strong(scene.tokens, text.title.as_str()));
    let search = field::field(
        scene.tokens,
        &fl!(scene.labels, "sign-search"),
        &ready.search,
        Message::Search,
    )
    .id("sign-search");
    let copy = button::secondary(scene.tokens, fl!(scene.labels, "copy"))
        .icon(Icon::Copy)
        .small()
        .id(COPY)
        .on_press(Message::Copy);
    let tools = row![
        container(Element::from(search)).max_width(320.0),
        Element::from(copy)
    ]
    .spacing(space::M)
    .align_y(Alignment::Center);
    let frame = shown.map(|text| frame(scene, ready, text));
    let hidden = shown.filter(|text| text.hidden > 0).map(|text| {
        let words = fl!(scene.labels, "sign-hidden", count = text.hidden);
        banner::banner(scene.tokens, Tone::Warning, words).width(scene.width)
    });
    let wants_reading = matches!(&ready.work, Work::Code { brief, .. } if brief.wants_reading);
    let read = wants_reading.then(|| {
        let words = fl!(scene.labels, "sign-have-read");
        toggle::checkbox(
            scene.tokens,
            words,
            ready.has_read,
            Some(Message::Read(!ready.has_read)),
        )
    });
    let content = Column::new()
        .push(tabs)
        .push(title)
        .push(tools)
        .push(hidden.map(Element::from))
        .push(frame)
        .push(read)
        .spacing(space::M);
    let heading = fl!(scene.labels, "sign-texts", count = ready.texts.len());
    panel::titled(scene.tokens, heading, None, content).into()
}

fn frame<'a>(scene: Scene<'a>, ready: &'a Ready, shown: &'a Reading) -> Element<'a, Message> {
    if ready.search.trim().is_empty() {
        let lines = std::borrow::Cow::Borrowed(&*shown.lines);
        return raw_view::prepared(scene.tokens, lines, COLUMNS, READING);
    }
    let found = shown.found(&ready.search);
    let count = text::small(scene.tokens, fl!(scene.labels, "sign-found", count = found.len()));
    let lines = raw_view::prepared(scene.tokens, std::borrow::Cow::Owned(found), NUMBERED, READING);
    column![count, lines].spacing(space::XS).into()
}

fn short(title: &str) -> String {
    const LONGEST: usize = 28;
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", title.get(..end).unwrap_or_default()),
        None => title.to_owned(),
    }
}

/// The certificates of all cards: those that may sign can be chosen, the others say why not.
fn certificates<'a>(scene: Scene<'a>, ready: &'a Ready) -> Element<'a, Message> {
    let candidates = ready.candidates.iter().enumerate();
    let lines = candidates.map(|(index, candidate)| line(scene, ready, index, candidate));
    let content: Element<'a, Message> = if ready.candidates.is_empty() {
        text::body(scene.tokens, fl!(scene.labels, "sign-no-card")).into()
    } else {
        Column::with_children(lines).spacing(space::M).into()
    };
    panel::titled(scene.tokens, fl!(scene.labels, "sign-certificate"), None, content).into()
}

fn line<'a>(
    scene: Scene<'a>,
    ready: &'a Ready,
    index: usize,
    candidate: &'a Candidate,
) -> Element<'a, Message> {
    let certificate = &candidate.choice.looked.certificate;
    let subject = certificate.subject.as_ref();
    let name = subject.and_then(certificate::Name::short).unwrap_or_default();
    let until = certificate.not_after.map(|end| scene.words.date(end));
    let until = until.map(|date| fl!(scene.labels, "sign-until", date = date));
    let issuer = certificate.issuer.as_ref().and_then(certificate::Name::short);
    let details: Vec<String> = [issuer.map(str::to_owned), until].into_iter().flatten().collect();
    let details = details.join(" · ");
    if let Some(obstacle) = candidate.choice.obstacle {
        let why = scene.words.obstacle(obstacle);
        return column![
            text::muted(scene.tokens, name),
            text::small(scene.tokens, details),
            text::small(scene.tokens, why.what),
        ]
        .spacing(2.0)
        .into();
    }
    let is_chosen = ready.chosen == Some(index);
    let cautions: Vec<String> = candidate
        .choice
        .cautions
        .iter()
        .map(|caution| scene.words.caution(*caution))
        .collect();
    Column::new()
        .push(toggle::checkbox(
            scene.tokens,
            name.to_owned(),
            is_chosen,
            Some(Message::Choose(index)),
        ))
        .push(text::small(scene.tokens, details))
        .push(
            (!cautions.is_empty()).then(|| {
                text::small(scene.tokens, cautions.join(" ")).color(scene.tokens.tone(Tone::Warning))
            }),
        )
        .spacing(2.0)
        .into()
}

/// The PIN, or the word that it is typed on the reader; and the two ways on.
fn entering<'a>(scene: Scene<'a>, ready: &'a Ready) -> Element<'a, Message> {
    let Some(user) = ready.user().filter(|_| ready.is_typed()) else {
        let words = ready
            .user()
            .map(|_| text::body(scene.tokens, fl!(scene.labels, "sign-on-pad")));
        let content = Column::new()
            .push(words)
            .push(buttons(scene, ready))
            .spacing(space::M);
        return panel::panel(scene.tokens, content).into();
    };
    let is_open = matches!(ready.stage, Stage::Typing) && !ready.tries().is_some_and(TriesLeft::is_blocked);
    let column = pin_parts(scene, ready, user, is_open);
    let keypad = keypad::keypad(
        scene.tokens,
        &ready.entries,
        fl!(scene.labels, "keypad-clear"),
        Message::Pressed,
    )
    .id("keypad")
    .enabled(is_open);
    let content: Element<'a, Message> = match scene.width {
        Width::Wide => {
            let side_by_side = row![column.width(Length::Fill), Element::from(keypad)].spacing(40.0);
            container(side_by_side).max_width(FORM).into()
        }
        Width::Compact => column![column, Element::from(keypad)].spacing(space::XL).into(),
    };
    panel::panel(scene.tokens, content).into()
}

fn pin_parts<'a>(scene: Scene<'a>, ready: &'a Ready, user: &PinInfo, is_open: bool) -> Column<'a, Message> {
    let rules = user.rules();
    let input = pin_field::pin_field(scene.tokens, &ready.entries, 0, Message::Typed)
        .accepts(rules)
        .id(PIN_FIELD)
        .enabled(is_open)
        .faulty(ready.fault.is_some());
    let left = ready.tries().map(|left| tries_beside(scene, left));
    let below = Row::new()
        .push(text::small(scene.tokens, pins::length(scene, rules)).width(Length::Fill))
        .push(left)
        .spacing(space::M)
        .align_y(Alignment::Center);
    let note = match (&ready.fault, ready.hint) {
        (Some(fault), _) => {
            let sentence = scene.words.entry_fault(fault);
            let words = format!("{} {}", sentence.what, sentence.remedy);
            Some(text::small(scene.tokens, words).color(scene.tokens.tone(Tone::Bad)))
        }
        (None, Some(hint)) => {
            let words = pins::hint(scene, hint, rules);
            Some(text::small(scene.tokens, words).color(scene.tokens.tone(Tone::Warning)))
        }
        (None, None) => None,
    };
    let entry = column![text::strong(scene.tokens, "PIN"), Element::from(input), below,]
        .push(note)
        .spacing(6.0);
    column![entry]
        .push(buttons(scene, ready))
        .push(text::small(scene.tokens, fl!(scene.labels, "secret-not-here")))
        .spacing(space::L)
}

fn tries_beside(scene: Scene<'_>, left: TriesLeft) -> Element<'_, Message> {
    match left {
        TriesLeft::Exact(number) => {
            let words = fl!(scene.labels, "tries-short", left = number);
            tries::tries(scene.tokens, number, TRIES.max(number), words)
        }
        TriesLeft::Few | TriesLeft::Unknown => text::small(scene.tokens, scene.words.tries_left(left)).into(),
    }
}

fn buttons<'a>(scene: Scene<'a>, ready: &Ready) -> Element<'a, Message> {
    let may = ready.is_ready() && matches!(ready.stage, Stage::Typing);
    let sign = button::primary(scene.tokens, fl!(scene.labels, "sign-do"))
        .id("sign-do")
        .icon(Icon::Pen)
        .on_press_maybe(may.then_some(Message::Submit));
    let is_free = matches!(ready.stage, Stage::Typing);
    let refuse = button::secondary(scene.tokens, fl!(scene.labels, "sign-refuse"))
        .id("sign-refuse")
        .on_press_maybe(is_free.then_some(Message::Refuse));
    row![Element::from(sign), Element::from(refuse)]
        .spacing(space::M)
        .into()
}

fn working<'a>(scene: Scene<'a>, ready: &Ready) -> Option<Element<'a, Message>> {
    let Stage::Working(progress) = &ready.stage else {
        return None;
    };
    let (share, words) = match progress {
        None if !ready.is_typed() => (0.2, fl!(scene.labels, "pad-now")),
        None => (0.1, scene.words.signing_progress(Progress::Proving)),
        Some(progress) => (share(*progress), scene.words.signing_progress(*progress)),
    };
    Some(panel::panel(scene.tokens, bar::progress(scene.tokens, share, words)).into())
}

#[expect(clippy::cast_precision_loss, reason = "a bar is not that exact")]
fn share(progress: Progress) -> f32 {
    match progress {
        Progress::Proving => 0.1,
        Progress::Signing { done, of } => 0.2 + 0.65 * done as f32 / of.max(1) as f32,
        Progress::Delivering => 0.9,
    }
}

/// What came of the last attempt.
fn said<'a>(scene: Scene<'a>, said: &Said) -> Element<'a, Message> {
    let failure = match said {
        Said::Sign(SignFailure::Signing(failure)) | Said::File(FileFailure::Signing(failure)) => {
            Some(failure)
        }
        _ => None,
    };
    let sentence = match said {
        Said::Sign(failure) => scene.words.sign_failure(failure),
        Said::File(FileFailure::Signing(failure)) => scene.words.signing_failure(failure),
        Said::File(FileFailure::File(error) | FileFailure::Unsaved { error, .. }) => {
            scene.words.file_error(error)
        }
    };
    if let Some(Failure::Pin(pin::Outcome::Wrong {
        tries_left: TriesLeft::Exact(left),
        ..
    })) = failure
    {
        let left = *left;
        let what = fl!(scene.labels, "wrong-pin", left = left);
        let banner = banner::banner(scene.tokens, Tone::Bad, what).explanation(sentence.remedy);
        return banner.width(scene.width).into();
    }
    let tone = match failure {
        Some(Failure::Pin(pin::Outcome::Wrong { .. } | pin::Outcome::Blocked(_))) => Tone::Bad,
        _ => Tone::Warning,
    };
    told(scene, tone, sentence)
}

fn done<'a>(scene: Scene<'a>, done: &'a Done) -> Vec<Element<'a, Message>> {
    match done {
        Done::Code(receipt) => of_code(scene, receipt),
        Done::File { target, signer } => {
            let path = certificate::text::clean(&target.to_string_lossy());
            let values = key_values::key_values(scene.tokens, scene.width, String::new())
                .text(fl!(scene.labels, "sign-signer"), signer.as_str())
                .text(fl!(scene.labels, "sign-signature-file"), path);
            vec![
                good(scene, fl!(scene.labels, "sign-file-done")),
                panel::panel(scene.tokens, Element::from(values)).into(),
                again(scene),
            ]
        }
    }
}

fn of_code<'a>(scene: Scene<'a>, receipt: &'a Receipt) -> Vec<Element<'a, Message>> {
    let values = key_values::key_values(scene.tokens, scene.width, String::new())
        .text(fl!(scene.labels, "sign-requester"), receipt.requester.as_str())
        .text(fl!(scene.labels, "sign-purpose"), receipt.purpose.as_str())
        .text(fl!(scene.labels, "sign-signer"), receipt.signatory.name.as_str())
        .text(
            fl!(scene.labels, "sign-signed-at"),
            scene.words.date_time(receipt.signed_at),
        );
    let keep = button::secondary(scene.tokens, fl!(scene.labels, "sign-keep"))
        .id("sign-keep")
        .on_press(Message::Keep);
    let content = column![Element::from(values)]
        .push(panel::line(scene.tokens))
        .push(kept::items(scene, receipt, Message::Save))
        .push(Element::from(keep))
        .spacing(space::M);
    vec![
        good(scene, fl!(scene.labels, "sign-done")),
        panel::panel(scene.tokens, content).into(),
        again(scene),
    ]
}

fn good(scene: Scene<'_>, words: String) -> Element<'_, Message> {
    banner::banner(scene.tokens, Tone::Good, words)
        .width(scene.width)
        .into()
}

fn again(scene: Scene<'_>) -> Element<'_, Message> {
    button::primary(scene.tokens, fl!(scene.labels, "sign-again"))
        .id(AGAIN)
        .on_press(Message::Again)
        .into()
}
