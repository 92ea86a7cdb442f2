//! How the pages look, but for the work itself.

use i18n_embed_fl::fl;
use iced::advanced::widget::Id;
use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length};
use journeys::pin;
use journeys::replace::{Due, Found, NotPrepared, Plan, Situation};
use service::Replacement;
use token::{PinInfo, PinRole};

use super::{FIELD, FIRST, Job, Message, Sheet, State, working};
use crate::{
    readers::short_name,
    scene::Scene,
    screen,
    ui::{
        Element, Icon, Tone, Width, banner, button, keypad, modal, page, panel, pill, pin_field, skeleton,
        space, text, tries,
    },
};

/// The answer to the question about the last try that spends nothing.
pub(super) const SAFE_ANSWER: Id = Id::new("replace-last-try-no");
/// Width of the field with the keypad beside it.
const FORM: f32 = 628.0;
/// Tries that a card has when all is well, as issued.
const TRIES: u8 = 3;

/// The page; `name` is the person's who is logged in.
pub(super) fn page<'a>(state: &'a State, scene: Scene<'a>, name: &'a str) -> Element<'a, Message> {
    let mut parts = vec![header(state, scene, name)];
    match &state.sheet {
        Sheet::Finding | Sheet::Preparing => parts.push(skeleton::certificate(scene.tokens)),
        Sheet::Failed(error) => {
            let sentence = scene.words.service_error(error);
            parts.push(trouble(scene, sentence, Some(Message::Again)));
        }
        Sheet::Refused(reason) => parts.extend(refused(scene, reason)),
        Sheet::CardFailed(error) => {
            let sentence = scene.words.token_error(error);
            parts.push(trouble(scene, sentence, Some(Message::Again)));
        }
        Sheet::Choosing => match &state.found {
            Some(found) => parts.extend(choosing(scene, found)),
            None => parts.push(skeleton::certificate(scene.tokens)),
        },
        Sheet::Consent(job) => parts.extend(consent(state, scene, job)),
        Sheet::Pin(job, pin, said) => parts.extend(pin_page(state, scene, job, pin, said.as_ref())),
        Sheet::Asking(job, pin, _) => parts.extend(pin_page(state, scene, job, pin, None)),
        Sheet::Working(job, cancel, progress) => {
            parts.push(working::view(scene, job, cancel.is_wished(), progress.as_ref()));
        }
        Sheet::Ended(job, outcome) => parts.extend(working::ended(state, scene, job, outcome)),
        Sheet::Waiting(job) => parts.extend(waiting(state, scene, job)),
    }
    page::page(scene.tokens, scene.width, panel::stack(parts))
}

/// The question that must be answered, if there is one.
pub(super) fn question<'a>(state: &State, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let Sheet::Asking(_, _, warning) = &state.sheet else {
        return None;
    };
    let words = scene.words.last_try(warning);
    let no = button::secondary(scene.tokens, fl!(scene.labels, "last-try-no")).id(SAFE_ANSWER);
    let yes = button::danger(scene.tokens, fl!(scene.labels, "last-try-yes")).id("replace-last-try-yes");
    let answers = vec![
        no.on_press(Message::Decline).into(),
        yes.on_press(Message::Confirm).into(),
    ];
    Some(modal::dialog(scene.tokens, words.headline, words.text, answers))
}

fn header<'a>(state: &State, scene: Scene<'a>, name: &'a str) -> Element<'a, Message> {
    let labels = scene.labels;
    let (title, sentence) = match &state.sheet {
        Sheet::Working(..) => (fl!(labels, "replacing"), fl!(labels, "replacing", "sentence")),
        _ => (
            fl!(labels, "replace"),
            fl!(labels, "replace", "for", name = name.to_owned()),
        ),
    };
    let sentence = text::muted(scene.tokens, sentence);
    let actions = if state.is_busy() {
        vec![]
    } else {
        let out = button::secondary(scene.tokens, fl!(labels, "log-out"));
        vec![out.on_press(Message::LogOut).into()]
    };
    page::header(scene.tokens, scene.width, title, Some(sentence), actions)
}

fn trouble(
    scene: Scene<'_>,
    sentence: journeys::words::Sentence,
    again: Option<Message>,
) -> Element<'_, Message> {
    let mut banner = banner::banner(scene.tokens, Tone::Warning, sentence.what)
        .explanation(sentence.remedy)
        .width(scene.width);
    if !sentence.technical.is_empty() {
        banner = banner.technical(sentence.technical);
    }
    if let Some(again) = again {
        banner = banner.action(
            button::primary(scene.tokens, fl!(scene.labels, "retry"))
                .id(FIRST)
                .on_press(again),
        );
    }
    banner.into()
}

/// A certificate that is not put on the card: why, and that nothing has happened.
fn refused<'a>(scene: Scene<'a>, reason: &NotPrepared) -> Vec<Element<'a, Message>> {
    let sentence = scene.words.not_prepared(reason);
    vec![
        trouble(scene, sentence, None),
        page::actions(vec![
            button::primary(scene.tokens, fl!(scene.labels, "retry"))
                .id(FIRST)
                .on_press(Message::Again)
                .into(),
            button::secondary(scene.tokens, fl!(scene.labels, "back"))
                .on_press(Message::Back)
                .into(),
        ]),
    ]
}

/// What is due for which card; said warmly where nothing is.
fn choosing<'a>(scene: Scene<'a>, found: &'a Found) -> Vec<Element<'a, Message>> {
    let mut parts = Vec::new();
    if let Some(nothing) = scene.words.replace_nothing(found) {
        let tone = if found.elsewhere.is_empty() {
            Tone::Good
        } else {
            Tone::Information
        };
        parts.push(
            banner::banner(scene.tokens, tone, nothing.headline)
                .explanation(nothing.text)
                .width(scene.width)
                .into(),
        );
    }
    let due = found.due.iter().enumerate();
    parts.extend(due.map(|(index, due)| self::due(scene, index, due)));
    parts.extend(
        found
            .elsewhere
            .iter()
            .map(|replacement| elsewhere(scene, replacement)),
    );
    let mut actions = Vec::new();
    if found.due.is_empty() {
        let again = button::primary(scene.tokens, fl!(scene.labels, "replace-look-again")).id(FIRST);
        actions.push(again.on_press(Message::Again).into());
    }
    actions.push(
        button::secondary(scene.tokens, fl!(scene.labels, "replace-next-person"))
            .on_press(Message::NextPerson)
            .into(),
    );
    actions.push(
        button::secondary(scene.tokens, fl!(scene.labels, "back-to-card"))
            .on_press(Message::Back)
            .into(),
    );
    parts.push(page::actions(actions));
    parts
}

fn due<'a>(scene: Scene<'a>, index: usize, due: &'a Due) -> Element<'a, Message> {
    let labels = scene.labels;
    let reader = short_name(&due.reader, std::iter::empty());
    let serial = screen::card::grouped(&due.serial);
    let until = scene.words.date(due.replacement.not_after);
    let name = due
        .old
        .certificate
        .subject
        .as_ref()
        .and_then(certificate::Name::short);
    let name = name.map_or_else(|| fl!(labels, "card"), str::to_owned);
    let words = column![
        text::section(scene.tokens, name),
        text::muted(
            scene.tokens,
            format!("{reader} · {}", fl!(labels, "card-number", serial = serial))
        ),
        row![
            pill::pill(
                scene.tokens,
                Tone::Bad,
                scene.words.hash(due.old.certificate.hash())
            ),
            text::body(scene.tokens, "→"),
            pill::pill(scene.tokens, Tone::Good, "SHA-256"),
            text::muted(scene.tokens, fl!(labels, "link-until", date = until)),
        ]
        .spacing(space::S)
        .align_y(Alignment::Center),
    ]
    .spacing(space::S)
    .width(Length::Fill);
    let choose = button::primary(scene.tokens, fl!(labels, "replace-choose"));
    let choose = if index == 0 { choose.id(FIRST) } else { choose };
    let choose = choose.on_press(Message::Choose(index));
    let content: Element<'a, Message> = match scene.width {
        Width::Wide => row![words, Element::from(choose)]
            .spacing(space::L)
            .align_y(Alignment::Center)
            .into(),
        Width::Compact => column![words, Element::from(choose)].spacing(space::M).into(),
    };
    panel::panel(scene.tokens, content).into()
}

/// A replacement whose card is not here.
fn elsewhere<'a>(scene: Scene<'a>, replacement: &Replacement) -> Element<'a, Message> {
    let subject = certificate::text::clean(&replacement.subject);
    let content = column![
        text::section(scene.tokens, fl!(scene.labels, "replace-not-here")),
        text::muted(scene.tokens, subject)
    ]
    .spacing(space::XS);
    panel::panel(scene.tokens, content).into()
}

/// What will happen, before anything does.
fn consent<'a>(state: &State, scene: Scene<'a>, job: &'a Job) -> Vec<Element<'a, Message>> {
    let labels = scene.labels;
    let Job::New(plan) = job else {
        return vec![];
    };
    let mut points = vec![
        (Icon::Key, fl!(labels, "replace-same-key")),
        (Icon::Check, fl!(labels, "replace-checked")),
        (Icon::Refresh, fl!(labels, "replace-safe")),
        (Icon::Information, fl!(labels, "replace-old")),
    ];
    if plan.remove_first {
        points.push((Icon::Triangle, fl!(labels, "replace-removing-first")));
    }
    let points = points.into_iter().map(|(sign, words)| {
        row![
            crate::ui::icon::icon(sign, 18.0, scene.tokens.primary),
            text::body(scene.tokens, words).width(Length::Fill)
        ]
        .spacing(space::M)
        .into()
    });
    let agree = button::primary(scene.tokens, fl!(labels, "replace-agree"))
        .id(FIRST)
        .on_press_maybe(state.is_here().then_some(Message::Agree));
    let back = button::secondary(scene.tokens, fl!(labels, "cancel")).on_press(Message::Back);
    vec![
        panel::titled(
            scene.tokens,
            fl!(labels, "replace-what"),
            None,
            Column::with_children(points).spacing(space::M),
        )
        .into(),
        before_and_after(scene, plan),
        page::actions(vec![agree.into(), back.into()]),
    ]
}

/// Old and new side by side.
pub(super) fn before_and_after<'a>(scene: Scene<'a>, plan: &'a Plan) -> Element<'a, Message> {
    let labels = scene.labels;
    let [before, after] = [
        (fl!(labels, "replace-before"), Tone::Bad, &plan.old),
        (fl!(labels, "replace-after"), Tone::Good, &plan.new),
    ]
    .map(|(title, tone, certificate)| {
        let serial = certificate.serial.as_ref().map_or_else(String::new, |serial| {
            crate::hexadecimal::of(serial.as_bytes(), ":")
        });
        let until = certificate.not_after.map_or_else(String::new, |until| {
            fl!(labels, "link-until", date = scene.words.date(until))
        });
        let content = column![
            text::muted(scene.tokens, title),
            pill::pill(scene.tokens, tone, scene.words.hash(certificate.hash())),
            row![
                text::small(scene.tokens, fl!(labels, "field-serial")),
                text::small_mono(scene.tokens, serial)
                    .color(scene.tokens.text)
                    .width(Length::Fill),
            ]
            .spacing(space::S),
            text::small(scene.tokens, until),
        ]
        .spacing(6.0)
        .width(Length::Fill);
        Element::from(panel::panel(scene.tokens, content))
    });
    match scene.width {
        Width::Wide => row![before, after].spacing(space::L).into(),
        Width::Compact => column![before, after].spacing(space::L).into(),
    }
}

fn pin_page<'a>(
    state: &'a State,
    scene: Scene<'a>,
    job: &'a Job,
    pin: &PinInfo,
    said: Option<&pin::Outcome>,
) -> Vec<Element<'a, Message>> {
    let labels = scene.labels;
    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    if let Some(outcome) = said {
        let sentence = scene.words.pin_outcome(outcome);
        let tone = match outcome {
            pin::Outcome::Wrong { .. } | pin::Outcome::Blocked(_) => Tone::Bad,
            _ => Tone::Warning,
        };
        let banner = banner::banner(scene.tokens, tone, sentence.what).explanation(sentence.remedy);
        parts.push(banner.width(scene.width).into());
    } else if let Job::Rest(record, situation) = job {
        let words = scene.words.situation(*situation, record.stage.step());
        let banner = banner::banner(scene.tokens, Tone::Information, words.headline).explanation(words.text);
        parts.push(banner.width(scene.width).into());
    }
    if pin.tries_left.is_last() {
        let banner = banner::banner(scene.tokens, Tone::Warning, fl!(labels, "pin-last"))
            .explanation(fl!(labels, "pin-last", "entry"))
            .number(1);
        parts.push(banner.width(scene.width).into());
    }
    if pin.protected_path {
        parts.push(text::body(scene.tokens, fl!(labels, "replace-pad")).into());
        parts.push(buttons(state, scene, fl!(labels, "pad-start"), true));
        return parts;
    }
    let is_open = state.is_here() && !matches!(state.sheet, Sheet::Asking(..));
    let field = pin_field::pin_field(scene.tokens, &state.entries, 0, Message::Typed)
        .accepts(pin.rules())
        .id(FIELD)
        .enabled(is_open)
        .faulty(state.fault.is_some());
    let below = row![
        text::small(scene.tokens, screen::pin::length(scene, pin.rules())).width(Length::Fill),
        left(scene, pin)
    ]
    .spacing(space::M)
    .align_y(Alignment::Center);
    let note = state.fault.as_ref().map(|fault| {
        let sentence = scene.words.entry_fault(fault);
        format!("{} {}", sentence.what, sentence.remedy)
    });
    let note = note.or_else(|| state.hint.map(|hint| screen::pin::hint(scene, hint, pin.rules())));
    let note = note.map(|note| text::small(scene.tokens, note).color(scene.tokens.bad));
    let column = column![
        text::strong(scene.tokens, scene.words.pin_role(PinRole::User)),
        Element::from(field),
        below
    ]
    .push(note)
    .push(
        container(buttons(
            state,
            scene,
            fl!(labels, "replace-do"),
            !state.entries.is_empty(0),
        ))
        .padding([space::M, 0.0]),
    )
    .push(text::small(scene.tokens, fl!(labels, "secret-not-here")))
    .spacing(6.0);
    let keypad = keypad::keypad(
        scene.tokens,
        &state.entries,
        fl!(labels, "keypad-clear"),
        Message::Pressed,
    )
    .id("keypad")
    .enabled(is_open);
    parts.push(match scene.width {
        Width::Wide => container(row![column.width(Length::Fill), Element::from(keypad)].spacing(40.0))
            .max_width(FORM)
            .into(),
        Width::Compact => column![column, Element::from(keypad)].spacing(space::XL).into(),
    });
    parts
}

fn left<'a>(scene: Scene<'a>, pin: &PinInfo) -> Element<'a, Message> {
    match pin.tries_left.exact() {
        Some(number) => {
            let words = fl!(scene.labels, "tries-short", left = number);
            tries::tries(scene.tokens, number, TRIES.max(number), words)
        }
        None => text::small(scene.tokens, scene.words.tries_left(pin.tries_left)).into(),
    }
}

fn buttons<'a>(state: &State, scene: Scene<'a>, label: String, is_ready: bool) -> Element<'a, Message> {
    let may = is_ready && state.is_here() && matches!(state.sheet, Sheet::Pin(..));
    let submit = button::primary(scene.tokens, label)
        .id("replace-submit")
        .on_press_maybe(may.then_some(Message::Submit));
    let cancel = button::secondary(scene.tokens, fl!(scene.labels, "cancel")).on_press(Message::Back);
    page::actions(vec![submit.into(), cancel.into()])
}

/// The card is out, or back with something left to do.
fn waiting<'a>(state: &State, scene: Scene<'a>, job: &'a Job) -> Vec<Element<'a, Message>> {
    let labels = scene.labels;
    if !state.is_here() {
        let banner = banner::banner(scene.tokens, Tone::Warning, fl!(labels, "replace-put-back"))
            .explanation(fl!(labels, "replace-put-back", "text"));
        return vec![banner.width(scene.width).into()];
    }
    let Job::Rest(record, situation) = job else {
        return vec![skeleton::certificate(scene.tokens)];
    };
    let words = scene.words.situation(*situation, record.stage.step());
    let mut banner = banner::banner(scene.tokens, Tone::Information, words.headline).explanation(words.text);
    let action = match situation {
        Situation::OtherCard => None,
        Situation::Outgrown => Some(fl!(labels, "replace-anew")),
        _ => Some(fl!(labels, "replace-go-on")),
    };
    if let Some(action) = action {
        banner = banner.action(
            button::primary(scene.tokens, action)
                .id(FIRST)
                .on_press(Message::GoOn),
        );
    }
    vec![banner.width(scene.width).into()]
}
