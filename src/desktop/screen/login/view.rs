//! How the pages look.

use i18n_embed_fl::fl;
use iced::advanced::widget::Id;
use iced::widget::{Column, column, container, row};
use iced::{Alignment, Length, border};
use service::NumberFault;

use super::{ANSWER, After, Fault, Field, Message, SECRET, State, Step, WHO};
use crate::{
    scene::Scene,
    screen::pin,
    ui::{
        Element, Icon, Tone, banner, button, field, page, panel, pin_field, raster, segmented, skeleton,
        space, text,
    },
};

/// The button that goes on.
pub(super) const GO_ON: Id = Id::new("login-go-on");
/// Width of the fields.
const FORM: f32 = 480.0;
/// When the seconds left become a warning.
const SOON: i64 = 60;
/// Digits of a code, as the field takes them.
const CODE: token::SecretRules = token::SecretRules {
    min_length: 6,
    max_length: 6,
    digits_only: true,
};
/// A security word, as the field takes it.
const WORD: token::SecretRules = token::SecretRules {
    min_length: 1,
    max_length: 128,
    digits_only: false,
};

/// The page.
pub(super) fn page<'a>(state: &'a State, scene: Scene<'a>) -> Element<'a, Message> {
    let (title, sentence) = heading(state, scene);
    let sentence = text::muted(scene.tokens, sentence);
    let mut parts = vec![page::header(
        scene.tokens,
        scene.width,
        title,
        Some(sentence),
        vec![],
    )];
    parts.extend(failure(state, scene));
    parts.push(match &state.step {
        Step::Person | Step::Forgotten => person(state, scene),
        Step::Phone(session) => phone(state, scene, &session.masked_phone),
        Step::Code { session, .. } => code(state, scene, &session.masked_phone),
        Step::Asked => asked(scene),
    });
    page::page(scene.tokens, scene.width, panel::stack(parts))
}

fn heading(state: &State, scene: Scene<'_>) -> (String, String) {
    match (&state.step, state.after) {
        (Step::Forgotten | Step::Asked, _) => (
            fl!(scene.labels, "login-forgotten"),
            fl!(scene.labels, "login-forgotten", "sentence"),
        ),
        (_, After::Unlock) => (fl!(scene.labels, "login"), fl!(scene.labels, "login", "unlock")),
        (_, After::Replace) => (fl!(scene.labels, "login"), fl!(scene.labels, "login", "replace")),
    }
}

fn failure<'a>(state: &State, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let sentence = scene.words.login_error(state.failed.as_ref()?);
    let banner = banner::banner(scene.tokens, Tone::Bad, sentence.what)
        .explanation(sentence.remedy)
        .technical(sentence.technical);
    Some(banner.width(scene.width).into())
}

/// Number, picture and, to log in, the security word.
fn person<'a>(state: &'a State, scene: Scene<'a>) -> Element<'a, Message> {
    let labels = scene.labels;
    let is_forgotten = matches!(state.step, Step::Forgotten);
    let who = field::field(scene.tokens, "", &state.who, Message::Who)
        .on_submit(Message::Next(Field::Who))
        .id(WHO);
    let number_fault = match state.fault {
        Some(Fault::Number(fault)) => Some(number_fault(scene, fault)),
        _ => None,
    };
    let mut fields = Column::new().spacing(space::L).max_width(FORM);
    fields = fields.push(services(state, scene));
    fields = fields.push(labelled(
        scene,
        fl!(labels, "login-who"),
        who.into(),
        number_fault,
    ));
    fields = fields.push(challenge(state, scene));
    if !is_forgotten {
        let missing = (state.fault == Some(Fault::Word)).then(|| fl!(labels, "login-word", "missing"));
        let note = missing.or_else(|| state.hint.map(|hint| hinted(scene, hint)));
        fields = fields.push(labelled(
            scene,
            fl!(labels, "login-word"),
            secret(state, scene, WORD),
            note,
        ));
    }
    let label = if is_forgotten {
        fl!(labels, "login-forgotten", "send")
    } else {
        fl!(labels, "login-do")
    };
    let mut actions = vec![go_on(state, scene, label), cancel(state, scene)];
    if !is_forgotten {
        let forgotten = button::quiet(scene.tokens, fl!(labels, "login-forgotten"));
        actions.push(forgotten.on_press(Message::Forgotten).into());
    }
    let note = if is_forgotten {
        fl!(labels, "login-forgotten", "note")
    } else {
        fl!(labels, "login-word", "note")
    };
    fields
        .push(page::actions(actions))
        .push(text::small(scene.tokens, note))
        .into()
}

/// Which service, where there are several.
fn services<'a>(state: &'a State, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let names = state.profiles.iter().enumerate();
    let names: Vec<_> = names
        .map(|(index, profile)| (index, profile.name.as_str().to_owned()))
        .collect();
    (names.len() > 1).then(|| segmented::segmented(scene.tokens, names, state.chosen, Message::Choose))
}

/// The picture, another one, the question in its stead, and the answer.
fn challenge<'a>(state: &'a State, scene: Scene<'a>) -> Element<'a, Message> {
    let labels = scene.labels;
    let shown: Element<'a, Message> = match &state.challenge {
        Some(challenge) => match &challenge.picture {
            Some(picture) => framed(scene, raster::raster(scene.tokens, picture)),
            None => text::muted(scene.tokens, fl!(labels, "login-picture", "broken")).into(),
        },
        None if state.is_busy => skeleton::line(scene.tokens, 200.0),
        None => text::muted(scene.tokens, fl!(labels, "login-picture", "missing")).into(),
    };
    let another = button::secondary(scene.tokens, fl!(labels, "login-picture", "another"))
        .icon(Icon::Refresh)
        .small()
        .on_press_maybe((!state.is_busy).then_some(Message::Another));
    let line = row![shown, Element::from(another)]
        .spacing(space::M)
        .align_y(Alignment::Center);
    // Its line stays while another one comes: what is below keeps its place, and the keyboard.
    let question = state.challenge.as_ref().map(|challenge| {
        let question = certificate::text::clean(&challenge.wire.text_alternative);
        fl!(labels, "login-picture", "instead", question = question)
    });
    let question = text::small(scene.tokens, question.unwrap_or_default());
    let answer = field::field(scene.tokens, "", &state.answer, Message::Answer)
        .on_submit(Message::Next(Field::Answer))
        .id(ANSWER);
    let fault = (state.fault == Some(Fault::Answer)).then(|| fl!(labels, "login-picture", "unanswered"));
    let answer = labelled(scene, fl!(labels, "login-picture"), answer.into(), fault);
    column![line, question, answer].spacing(space::S).into()
}

fn framed<'a>(scene: Scene<'a>, picture: Element<'a, Message>) -> Element<'a, Message> {
    let tokens = scene.tokens;
    container(picture)
        .padding(space::S)
        .style(move |_| {
            container::background(tokens.surface)
                .border(border::rounded(space::CONTROL_RADIUS).width(1).color(tokens.line))
        })
        .into()
}

/// To which number the code goes, before it is sent.
fn phone<'a>(state: &State, scene: Scene<'a>, phone: &str) -> Element<'a, Message> {
    let labels = scene.labels;
    let number = text::section(scene.tokens, certificate::text::clean(phone));
    let content = column![text::body(scene.tokens, fl!(labels, "login-phone")), number].spacing(space::S);
    let wrong = button::quiet(scene.tokens, fl!(labels, "login-phone", "wrong"));
    let actions = vec![
        go_on(state, scene, fl!(labels, "login-phone", "send")),
        cancel(state, scene),
        wrong.on_press(Message::Help("wrong-phone-number")).into(),
    ];
    column![panel::panel(scene.tokens, content), page::actions(actions)]
        .spacing(space::L)
        .into()
}

/// The code, how long it is good, and another one.
fn code<'a>(state: &'a State, scene: Scene<'a>, phone: &str) -> Element<'a, Message> {
    let labels = scene.labels;
    let left = state.left(scene.now).unwrap_or(0);
    let sentence = fl!(
        labels,
        "login-code",
        "sent",
        phone = certificate::text::clean(phone)
    );
    let fault = (state.fault == Some(Fault::Code)).then(|| fl!(labels, "login-code", "form"));
    let note = fault.or_else(|| state.hint.map(|hint| hinted(scene, hint)));
    let time = if left == 0 {
        text::small(scene.tokens, fl!(labels, "login-code", "over")).color(scene.tokens.bad)
    } else {
        let clock = format!("{}:{:02}", left / 60, left % 60);
        let words = text::small(scene.tokens, fl!(labels, "login-code", "left", time = clock));
        if left <= SOON {
            words.color(scene.tokens.warning)
        } else {
            words
        }
    };
    let waits = state.until_resend(scene.now);
    let again = if waits > 0 {
        fl!(labels, "login-code", "again-in", seconds = waits)
    } else {
        fl!(labels, "login-code", "again")
    };
    let again = button::secondary(scene.tokens, again)
        .on_press_maybe((waits == 0 && !state.is_busy).then_some(Message::Resend));
    let field = labelled(scene, fl!(labels, "login-code"), secret(state, scene, CODE), note);
    let actions = vec![
        go_on(state, scene, fl!(labels, "login-code", "do")),
        again.into(),
        cancel(state, scene),
    ];
    column![
        text::body(scene.tokens, sentence),
        field,
        time,
        page::actions(actions)
    ]
    .spacing(space::L)
    .max_width(FORM)
    .into()
}

/// An e-mail is on its way, if there is such a person: the service does not say.
fn asked(scene: Scene<'_>) -> Element<'_, Message> {
    let banner = banner::banner(scene.tokens, Tone::Information, fl!(scene.labels, "login-asked"))
        .explanation(fl!(scene.labels, "login-asked", "text"))
        .width(scene.width);
    let back = button::primary(scene.tokens, fl!(scene.labels, "login-asked", "back")).id(GO_ON);
    column![Element::from(banner), Element::from(back.on_press(Message::Back))]
        .spacing(space::L)
        .into()
}

fn secret<'a>(state: &'a State, scene: Scene<'a>, rules: token::SecretRules) -> Element<'a, Message> {
    pin_field::pin_field(scene.tokens, &state.secret, 0, Message::Typed)
        .accepts(rules)
        .id(SECRET)
        .enabled(!state.is_busy)
        .faulty(matches!(state.fault, Some(Fault::Word | Fault::Code)))
        .into()
}

fn go_on<'a>(state: &State, scene: Scene<'a>, label: String) -> Element<'a, Message> {
    button::primary(scene.tokens, label)
        .id(GO_ON)
        .on_press_maybe((!state.is_busy).then_some(Message::Submit))
        .into()
}

fn cancel<'a>(state: &State, scene: Scene<'a>) -> Element<'a, Message> {
    button::secondary(scene.tokens, fl!(scene.labels, "cancel"))
        .on_press_maybe((!state.is_busy).then_some(Message::Back))
        .into()
}

/// A field under its name; below it what is wrong, or a hint.
fn labelled<'a>(
    scene: Scene<'a>,
    name: String,
    field: Element<'a, Message>,
    note: Option<String>,
) -> Element<'a, Message> {
    let note = note.map(|note| text::small(scene.tokens, note).color(scene.tokens.bad));
    column![text::strong(scene.tokens, name), field]
        .push(note)
        .spacing(6.0)
        .width(Length::Fill)
        .into()
}

fn number_fault(scene: Scene<'_>, fault: NumberFault) -> String {
    match fault {
        NumberFault::NotDigits => fl!(scene.labels, "login-number", "digits"),
        NumberFault::Length { digits: 0 } => fl!(scene.labels, "login-number", "missing"),
        NumberFault::Length { digits } => fl!(scene.labels, "login-number", "length", count = digits),
        NumberFault::CheckDigits => fl!(scene.labels, "login-number", "check"),
    }
}

/// What is to be said about how a word or a code was typed.
fn hinted(scene: Scene<'_>, hint: pin_field::Hint) -> String {
    match hint {
        pin_field::Hint::Paste => fl!(scene.labels, "login-word", "paste"),
        hint => pin::hint(scene, hint, CODE),
    }
}
