//! How the pages look.

use i18n_embed_fl::fl;
use iced::advanced::widget::Id;
use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Length};
use journeys::pin::{self, Field};
use journeys::unlock;
use journeys::words::Pair;
use token::{PinInfo, SecretKind, TriesLeft};

use super::{
    Form, Hint, Message, Online, Purpose, Question, Said, Seat, Sheet, Stage, State, field_id, info,
    unlocking,
};
use crate::{
    scene::Scene,
    screen::card,
    ui::{
        Element, Icon, Tone, Width, banner, bar, button, keypad, modal, page, panel, pin_field, space, text,
        tries,
    },
};

/// The answer to the question about the last try that spends nothing.
pub(super) const SAFE_ANSWER: Id = Id::new("last-try-no");
/// The way on when it is done.
/// Out of a block that has just come about.
pub(super) const WAY_ON: Id = Id::new("way-on");
pub(super) const BACK_TO_CARD: Id = Id::new("back-to-card");
/// Width of the fields with the keypad beside them, where there is room.
const FORM: f32 = 628.0;

/// The page.
pub(super) fn page<'a>(state: &'a State, scene: Scene<'a>, online: Online<'a>) -> Element<'a, Message> {
    let mut parts = vec![header(state, scene)];
    parts.extend(seat(state, scene));
    if state.seat != Seat::Other {
        match &state.sheet {
            Sheet::Info => parts.extend(info::parts(state, scene)),
            Sheet::Unlock => parts.extend(unlocking::parts(state, scene, online)),
            Sheet::Form(form) => parts.extend(sheet(state, scene, form)),
        }
    }
    page::page(scene.tokens, scene.width, panel::stack(parts))
}

/// The question that must be answered, if there is one.
pub(super) fn question<'a>(state: &State, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let Sheet::Form(form) = &state.sheet else {
        return None;
    };
    let Stage::Asking(question) = form.stage() else {
        return None;
    };
    let (words, yes) = match question {
        Question::LastTry(warning) => (scene.words.last_try(warning), fl!(scene.labels, "last-try-yes")),
        Question::Mistaken(mistaken) => {
            let words = Pair {
                headline: fl!(scene.labels, "puk-mistaken"),
                text: format!(
                    "{} {}",
                    scene.words.mistaken(*mistaken),
                    fl!(scene.labels, "puk-mistaken", "text")
                ),
            };
            (words, fl!(scene.labels, "puk-mistaken-yes"))
        }
    };
    let no = button::secondary(scene.tokens, fl!(scene.labels, "last-try-no")).id(SAFE_ANSWER);
    let yes = button::danger(scene.tokens, yes).id("last-try-yes");
    let answers = vec![
        no.on_press(Message::Decline).into(),
        yes.on_press(Message::Confirm).into(),
    ];
    Some(modal::dialog(scene.tokens, words.headline, words.text, answers))
}

fn header<'a>(state: &State, scene: Scene<'a>) -> Element<'a, Message> {
    let title = match &state.sheet {
        Sheet::Info => fl!(scene.labels, "pin-affairs"),
        Sheet::Unlock => fl!(scene.labels, "pin-unlock"),
        Sheet::Form(form) => match form.purpose() {
            Purpose::Change => fl!(scene.labels, "pin-change"),
            Purpose::Check => fl!(scene.labels, "pin-check"),
            Purpose::Puk => fl!(scene.labels, "unlock-puk"),
            Purpose::Service => fl!(scene.labels, "unlock-service"),
        },
    };
    let mut whose = vec![card::title(scene, &state.report)];
    let serial = card::grouped(&state.report.serial);
    whose.extend((!serial.is_empty()).then(|| fl!(scene.labels, "card-number", serial = serial)));
    let whose = text::muted(scene.tokens, whose.join(" · "));
    let back = button::secondary(scene.tokens, fl!(scene.labels, "back"))
        .icon(Icon::ChevronLeft)
        .on_press_maybe((!state.is_busy()).then_some(Message::Back));
    // A form has its own way back, beside what it does.
    let actions = if matches!(state.sheet, Sheet::Form(_)) {
        vec![]
    } else {
        vec![back.into()]
    };
    page::header(scene.tokens, scene.width, title, Some(whose), actions)
}

/// What is to be said while the card is not there.
fn seat<'a>(state: &State, scene: Scene<'a>) -> Option<Element<'a, Message>> {
    let is_done = matches!(&state.sheet, Sheet::Form(form) if form.is_done());
    let (what, meaning) = match state.seat {
        Seat::Here => return None,
        Seat::Pulled if is_done || state.is_busy() => return None,
        Seat::Pulled => (
            fl!(scene.labels, "pin-pulled"),
            fl!(scene.labels, "pin-pulled", "text"),
        ),
        Seat::Other => (
            fl!(scene.labels, "pin-other-card"),
            fl!(scene.labels, "pin-other-card", "text"),
        ),
    };
    Some(
        banner::banner(scene.tokens, Tone::Warning, what)
            .explanation(meaning)
            .width(scene.width)
            .into(),
    )
}

fn sheet<'a>(state: &'a State, scene: Scene<'a>, form: &'a Form) -> Vec<Element<'a, Message>> {
    if form.is_done() {
        return vec![done(scene, form)];
    }
    let Some(pin) = state.user() else {
        return info::parts(state, scene);
    };
    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    parts.extend(said(scene, form).or_else(|| at_stake(scene, form, pin)));
    parts.extend(working(state, scene, form));
    if form.has_blocked().is_some() {
        let back = button::secondary(scene.tokens, fl!(scene.labels, "back-to-card"));
        parts.push(page::actions(vec![back.on_press(Message::Back).into()]));
    } else if state.is_typed(form.purpose()) {
        parts.push(typing(state, scene, form, pin));
    } else {
        parts.push(on_pad(state, scene, form));
    }
    parts
}

/// It worked: what changed, and what is out of date now.
fn done<'a>(scene: Scene<'a>, form: &Form) -> Element<'a, Message> {
    let sentence = match form.said() {
        Some(Said::Service(outcome)) => scene.words.unlock_outcome(outcome),
        _ if form.purpose() == Purpose::Check => {
            return found_out(
                scene,
                fl!(scene.labels, "pin-check-new"),
                fl!(scene.labels, "pin-check-new", "text"),
            );
        }
        Some(Said::Pin(_)) if form.purpose() == Purpose::Puk => {
            scene.words.unlock_outcome(&unlock::Outcome::Done { told: true })
        }
        _ => scene.words.pin_outcome(&pin::Outcome::Done),
    };
    found_out(scene, sentence.what, sentence.remedy)
}

/// What is certain now, and the way back.
fn found_out(scene: Scene<'_>, what: String, meaning: String) -> Element<'_, Message> {
    let back = button::primary(scene.tokens, fl!(scene.labels, "back-to-card")).on_press(Message::Back);
    let banner = banner::banner(scene.tokens, Tone::Good, what)
        .explanation(meaning)
        .width(scene.width);
    column![Element::from(banner), Element::from(back.id(BACK_TO_CARD))]
        .spacing(space::L)
        .into()
}

/// The new PIN was tried and is not the card's: the change did not come through.
fn still_old<'a>(scene: Scene<'a>, form: &Form) -> Option<Element<'a, Message>> {
    let Some(Said::Pin(pin::Outcome::Wrong { tries_left, .. })) = form.said() else {
        return None;
    };
    let tries = scene.words.tries_left(*tries_left);
    let banner = banner::banner(
        scene.tokens,
        Tone::Information,
        fl!(scene.labels, "pin-check-old"),
    )
    .explanation(fl!(scene.labels, "pin-check-old", "text", tries = tries))
    .width(scene.width);
    (form.purpose() == Purpose::Check).then(|| banner.into())
}

/// What came of the last attempt.
fn said<'a>(scene: Scene<'a>, form: &Form) -> Option<Element<'a, Message>> {
    if let Some(still_old) = still_old(scene, form) {
        return Some(still_old);
    }
    let (sentence, tone) = match form.said()? {
        Said::Pin(outcome) => (scene.words.pin_outcome(outcome), tone(outcome)),
        Said::Service(outcome) => (scene.words.unlock_outcome(outcome), Tone::Bad),
    };
    let is_technical = matches!(
        form.said(),
        Some(
            Said::Service(_)
                | Said::Pin(
                    pin::Outcome::Unsure { .. }
                        | pin::Outcome::StillBlocked { .. }
                        | pin::Outcome::NotDone(_)
                )
        )
    );
    let what = match form.said() {
        Some(Said::Pin(pin::Outcome::Wrong {
            secret,
            tries_left: TriesLeft::Exact(left),
            ..
        })) => {
            let left = *left;
            match secret {
                SecretKind::Pin => fl!(scene.labels, "wrong-pin", left = left),
                SecretKind::Puk => fl!(scene.labels, "wrong-puk", left = left),
            }
        }
        _ => sentence.what,
    };
    let (what, remedy) = if form.has_blocked() == Some(SecretKind::Pin) {
        (
            fl!(scene.labels, "pin-just-blocked"),
            fl!(scene.labels, "pin-just-blocked", "text"),
        )
    } else {
        (what, sentence.remedy)
    };
    let mut banner = banner::banner(scene.tokens, tone, what)
        .explanation(remedy)
        .width(scene.width);
    if is_technical {
        banner = banner.technical(sentence.technical);
    }
    // A blocked PIN has a way out: it is one press away.
    if matches!(
        form.said(),
        Some(Said::Pin(pin::Outcome::Blocked(SecretKind::Pin)))
    ) {
        banner = banner.action(
            button::primary(scene.tokens, fl!(scene.labels, "pin-unlock"))
                .id(WAY_ON)
                .on_press(Message::Unlock),
        );
    }
    // Of two PINs one is the card's: which, the person can find out.
    if form.purpose() == Purpose::Change
        && matches!(form.said(), Some(Said::Pin(pin::Outcome::Unsure { .. })))
    {
        let check = button::secondary(scene.tokens, fl!(scene.labels, "pin-check"));
        banner = banner.action(check.on_press(Message::Check));
    }
    Some(banner.into())
}

fn tone(outcome: &pin::Outcome) -> Tone {
    match outcome {
        pin::Outcome::Blocked(_) | pin::Outcome::Wrong { .. } => Tone::Bad,
        _ => Tone::Warning,
    }
}

/// The last try, before anything is typed.
fn at_stake<'a>(scene: Scene<'a>, form: &Form, pin: &PinInfo) -> Option<Element<'a, Message>> {
    let secret = form.purpose().secret()?;
    let left = info::tries_of(pin, secret);
    let (what, meaning) = match secret {
        SecretKind::Pin if form.purpose() == Purpose::Check && !left.is_last() => (
            fl!(scene.labels, "pin-check-stake"),
            fl!(scene.labels, "pin-check-stake", "text"),
        ),
        SecretKind::Pin if left.is_last() => (
            fl!(scene.labels, "pin-last"),
            fl!(scene.labels, "pin-last", "entry"),
        ),
        SecretKind::Puk => (
            fl!(scene.labels, "puk-stake"),
            fl!(scene.labels, "puk-stake", "text"),
        ),
        SecretKind::Pin => return None,
    };
    let banner = banner::banner(scene.tokens, Tone::Warning, what)
        .explanation(meaning)
        .width(scene.width);
    let banner = match left {
        TriesLeft::Exact(number) if left.is_last() => banner.number(number),
        _ => banner,
    };
    Some(banner.into())
}

/// What is going on, once it takes long enough to be said.
fn working<'a>(state: &State, scene: Scene<'a>, form: &Form) -> Option<Element<'a, Message>> {
    let Stage::Working { is_slow, progress } = form.stage() else {
        return None;
    };
    let on_pad = !state.is_typed(form.purpose());
    if !is_slow && !on_pad {
        return None;
    }
    let (share, words) = match progress {
        _ if on_pad => (0.5, fl!(scene.labels, "pad-now")),
        None => (0.5, fl!(scene.labels, "pin-working")),
        Some(progress) => (share(*progress), scene.words.unlock_progress(*progress)),
    };
    Some(panel::panel(scene.tokens, bar::progress(scene.tokens, share, words)).into())
}

fn share(progress: unlock::Progress) -> f32 {
    match progress {
        unlock::Progress::Calling => 0.15,
        unlock::Progress::Proving => 0.45,
        unlock::Progress::SettingPin => 0.75,
        unlock::Progress::Telling => 0.9,
    }
}

/// The reader has keys of its own: nothing is typed here.
fn on_pad<'a>(state: &State, scene: Scene<'a>, form: &Form) -> Element<'a, Message> {
    let what = match form.purpose() {
        Purpose::Puk => fl!(scene.labels, "pad-puk"),
        Purpose::Check => fl!(scene.labels, "pad-check"),
        Purpose::Change | Purpose::Service => fl!(scene.labels, "pad-change"),
    };
    let content = column![text::body(scene.tokens, what)]
        .push(state.user().map(|pin| tries_line(scene, form, pin)))
        .spacing(space::M);
    column![
        panel::panel(scene.tokens, content),
        buttons(state, scene, form, fl!(scene.labels, "pad-start"), true)
    ]
    .spacing(space::L)
    .into()
}

fn tries_line<'a>(scene: Scene<'a>, form: &Form, pin: &PinInfo) -> Element<'a, Message> {
    match form.purpose().secret() {
        Some(secret) => info::dots(scene, info::tries_of(pin, secret)),
        None => iced::widget::space().into(),
    }
}

/// Fields and keypad, side by side where there is room.
fn typing<'a>(state: &'a State, scene: Scene<'a>, form: &'a Form, pin: &PinInfo) -> Element<'a, Message> {
    let is_open = form.is_open() && state.seat == Seat::Here;
    let fields = form.fields().iter().enumerate();
    let fields = fields.map(|(index, field)| self::field(scene, form, pin, index, *field, is_open));
    let submit = match form.purpose() {
        Purpose::Change => fl!(scene.labels, "pin-change-do"),
        Purpose::Check => fl!(scene.labels, "pin-check-do"),
        Purpose::Puk | Purpose::Service => fl!(scene.labels, "pin-unlock-do"),
    };
    let column = Column::with_children(fields)
        .push(buttons(state, scene, form, submit, form.entries().is_filled()))
        .push(text::small(scene.tokens, not_here(scene, form.purpose())))
        .spacing(space::L);
    let keypad = keypad::keypad(
        scene.tokens,
        form.entries(),
        fl!(scene.labels, "keypad-clear"),
        Message::Pressed,
    )
    .id("keypad")
    .enabled(is_open);
    match scene.width {
        Width::Wide => {
            let side_by_side = row![column.width(Length::Fill), Element::from(keypad)].spacing(40.0);
            container(side_by_side).max_width(FORM).into()
        }
        Width::Compact => column![column, Element::from(keypad)].spacing(space::XL).into(),
    }
}

/// What people take for the secret that is asked for.
fn not_here(scene: Scene<'_>, purpose: Purpose) -> String {
    match purpose {
        Purpose::Puk => fl!(scene.labels, "secret-not-here", "puk"),
        Purpose::Change | Purpose::Check | Purpose::Service => fl!(scene.labels, "secret-not-here"),
    }
}

fn field<'a>(
    scene: Scene<'a>,
    form: &'a Form,
    pin: &PinInfo,
    index: usize,
    field: Field,
    is_open: bool,
) -> Element<'a, Message> {
    let rules = if field == Field::Puk {
        pin.puk_rules()
    } else {
        pin.rules()
    };
    let input = pin_field::pin_field(scene.tokens, form.entries(), index, move |typed| {
        Message::Typed(index, typed)
    })
    .accepts(rules)
    .id(field_id(index))
    .enabled(is_open)
    .faulty(form.fault(index).is_some());
    let left = match field {
        Field::Pin => Some(pin.tries_left),
        Field::Puk => Some(pin.unblock.puk_tries_left),
        Field::NewPin if form.purpose() == Purpose::Check => Some(pin.tries_left),
        Field::NewPin | Field::Again => None,
    };
    let length = (field != Field::Again)
        .then(|| text::small(scene.tokens, info::length(scene, rules)).width(Length::Fill));
    let beside = left.map(|left| tries_beside(scene, left));
    let below = length.map(|length| {
        Row::new()
            .push(length)
            .push(beside)
            .spacing(space::M)
            .align_y(Alignment::Center)
    });
    column![
        text::strong(scene.tokens, scene.words.secret_field(field)),
        Element::from(input)
    ]
    .push(below)
    .push(note(scene, form, index, rules))
    .spacing(6.0)
    .into()
}

fn tries_beside(scene: Scene<'_>, left: TriesLeft) -> Element<'_, Message> {
    match left {
        TriesLeft::Exact(number) => {
            let words = fl!(scene.labels, "tries-short", left = number);
            tries::tries(scene.tokens, number, info::TRIES.max(number), words)
        }
        TriesLeft::Few | TriesLeft::Unknown => text::small(scene.tokens, scene.words.tries_left(left)).into(),
    }
}

/// Below a field: what is wrong, else a hint.
fn note<'a>(
    scene: Scene<'a>,
    form: &Form,
    index: usize,
    rules: token::SecretRules,
) -> Option<Element<'a, Message>> {
    if let Some(fault) = form.fault(index) {
        let sentence = scene.words.entry_fault(fault);
        return Some(signed(
            scene,
            Tone::Bad,
            format!("{} {}", sentence.what, sentence.remedy),
        ));
    }
    let hint = form.hint(index)?;
    Some(signed(scene, Tone::Warning, self::hint(scene, hint, rules)))
}

fn signed(scene: Scene<'_>, tone: Tone, words: String) -> Element<'_, Message> {
    let color = scene.tokens.tone(tone);
    row![
        container(crate::ui::icon::icon(tone.icon(), 14.0, color)).padding([3.0, 0.0]),
        text::small(scene.tokens, words).color(color),
    ]
    .spacing(6.0)
    .into()
}

/// What is to be said about how something was typed.
pub(crate) fn hint(scene: Scene<'_>, hint: Hint, rules: token::SecretRules) -> String {
    match hint {
        Hint::Paste => fl!(scene.labels, "hint-paste"),
        Hint::CapsLock => fl!(scene.labels, "hint-caps-lock"),
        Hint::Letters => fl!(scene.labels, "hint-letters"),
        Hint::Symbols => fl!(scene.labels, "hint-symbols"),
        Hint::NumLock => fl!(scene.labels, "hint-num-lock"),
        Hint::TooLong => fl!(scene.labels, "hint-too-long", most = rules.max_length),
    }
}

fn buttons<'a>(
    state: &State,
    scene: Scene<'a>,
    form: &Form,
    label: String,
    is_ready: bool,
) -> Element<'a, Message> {
    let may = is_ready && form.is_open() && state.seat == Seat::Here;
    let submit = button::primary(scene.tokens, label)
        .id("submit")
        .on_press_maybe(may.then_some(Message::Submit));
    let cancel = button::secondary(scene.tokens, fl!(scene.labels, "cancel"))
        .id("cancel")
        .on_press_maybe((!form.is_busy()).then_some(Message::Back));
    page::actions(vec![submit.into(), cancel.into()])
}
