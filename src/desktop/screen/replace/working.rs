//! The seven steps, and what came of them.

use i18n_embed_fl::fl;
use iced::Length;
use iced::widget::{column, row};
use journeys::replace::{Outcome, Plan, Progress, Step};

use super::{Job, Message, State, view};
use crate::{
    scene::Scene,
    ui::{
        Element, Tone, Width, banner, bar, button, page, panel, space,
        stepper::{self, Stage},
        text,
    },
};

/// The steps while the card works.
pub(super) fn view<'a>(
    scene: Scene<'a>,
    job: &'a Job,
    is_stopping: bool,
    progress: Option<&Progress>,
) -> Element<'a, Message> {
    let labels = scene.labels;
    let step = progress.map_or(first(job), |progress| progress.step);
    let steps = Step::ALL
        .into_iter()
        .map(|each| self::step(scene, each, step, progress));
    let steps = panel::panel(scene.tokens, stepper::stepper(scene.tokens, steps)).width(Length::Fill);
    let may_stop = step.may_be_cancelled();
    let label = match (may_stop, is_stopping) {
        (true, true) => fl!(labels, "replace-stopping"),
        (true, false) => fl!(labels, "replace-stop"),
        (false, _) => fl!(labels, "replace-no-stop"),
    };
    let halt = button::secondary(scene.tokens, label)
        .id(super::FIRST)
        .on_press_maybe((may_stop && !is_stopping).then_some(Message::Stop));
    let sentence = if step.card_may_be_pulled() {
        scene.words.replace_step(step)
    } else {
        fl!(labels, "replace-leave-card")
    };
    let foot = row![
        text::muted(scene.tokens, sentence).width(Length::Fill),
        Element::from(halt)
    ]
    .spacing(space::L)
    .align_y(iced::Alignment::Center);
    let body: Element<'a, Message> = match (plan(job), scene.width) {
        (Some(plan), Width::Wide) => row![
            steps,
            iced::widget::container(stacked(scene, plan)).width(Length::Fixed(270.0))
        ]
        .spacing(28.0)
        .into(),
        _ => steps.into(),
    };
    column![body, foot].spacing(space::L).into()
}

fn plan(job: &Job) -> Option<&Plan> {
    match job {
        Job::New(plan) => Some(plan),
        Job::Rest(..) => None,
    }
}

/// Where the work begins: what is to be written has been checked before.
fn first(job: &Job) -> Step {
    match job {
        Job::New(_) => Step::Copying,
        Job::Rest(record, _) => record.stage.step(),
    }
}

/// Old and new one above the other.
fn stacked<'a>(scene: Scene<'a>, plan: &'a Plan) -> Element<'a, Message> {
    let narrow = Scene {
        width: Width::Compact,
        ..scene
    };
    view::before_and_after(narrow, plan)
}

fn step<'a>(
    scene: Scene<'a>,
    step: Step,
    now: Step,
    progress: Option<&Progress>,
) -> stepper::Step<'a, Message> {
    let stage = match step.cmp(&now) {
        std::cmp::Ordering::Less => Stage::Done,
        std::cmp::Ordering::Equal => Stage::Now,
        std::cmp::Ordering::Greater => Stage::Next,
    };
    let label = match stage {
        Stage::Done => done(scene, step),
        Stage::Now => now_words(scene, step),
        Stage::Next => next(scene, step),
    };
    let written = progress
        .filter(|progress| progress.step == step)
        .and_then(|progress| progress.written);
    let detail = written.map(|written| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a certificate has a few thousand bytes"
        )]
        let share = written.bytes as f32 / written.of.max(1) as f32;
        let words = fl!(
            scene.labels,
            "replace-bytes",
            bytes = written.bytes,
            of = written.of
        );
        bar::progress(scene.tokens, share, words)
    });
    stepper::Step { stage, label, detail }
}

fn done(scene: Scene<'_>, step: Step) -> String {
    match step {
        Step::Checking => fl!(scene.labels, "step-checking", "done"),
        Step::Copying => fl!(scene.labels, "step-copying", "done"),
        Step::LoggingIn => fl!(scene.labels, "step-logging-in", "done"),
        Step::Writing => fl!(scene.labels, "step-writing", "done"),
        Step::Testing => fl!(scene.labels, "step-testing", "done"),
        Step::Removing => fl!(scene.labels, "step-removing", "done"),
        Step::Confirming => fl!(scene.labels, "step-confirming", "done"),
    }
}

fn now_words(scene: Scene<'_>, step: Step) -> String {
    match step {
        Step::Checking => fl!(scene.labels, "step-checking"),
        Step::Copying => fl!(scene.labels, "step-copying"),
        Step::LoggingIn => fl!(scene.labels, "step-logging-in"),
        Step::Writing => fl!(scene.labels, "step-writing"),
        Step::Testing => fl!(scene.labels, "step-testing"),
        Step::Removing => fl!(scene.labels, "step-removing"),
        Step::Confirming => fl!(scene.labels, "step-confirming"),
    }
}

fn next(scene: Scene<'_>, step: Step) -> String {
    match step {
        Step::Checking => fl!(scene.labels, "step-checking", "next"),
        Step::Copying => fl!(scene.labels, "step-copying", "next"),
        Step::LoggingIn => fl!(scene.labels, "step-logging-in", "next"),
        Step::Writing => fl!(scene.labels, "step-writing", "next"),
        Step::Testing => fl!(scene.labels, "step-testing", "next"),
        Step::Removing => fl!(scene.labels, "step-removing", "next"),
        Step::Confirming => fl!(scene.labels, "step-confirming", "next"),
    }
}

/// What came of it.
pub(super) fn ended<'a>(
    state: &State,
    scene: Scene<'a>,
    job: &'a Job,
    outcome: &Outcome,
) -> Vec<Element<'a, Message>> {
    let labels = scene.labels;
    let is_done = matches!(outcome, Outcome::Done { .. });
    let sentence = scene.words.replace_outcome(outcome);
    let tone = match outcome {
        Outcome::Done { told: true } => Tone::Good,
        Outcome::Done { told: false } | Outcome::Cancelled => Tone::Information,
        Outcome::KeyDiffers => Tone::Bad,
        _ => Tone::Warning,
    };
    let mut banner = banner::banner(scene.tokens, tone, sentence.what).explanation(sentence.remedy);
    if !sentence.technical.is_empty() {
        banner = banner.technical(sentence.technical);
    }
    let mut parts: Vec<Element<'a, Message>> = vec![banner.width(scene.width).into()];
    if let (true, Some(plan)) = (is_done, plan(job)) {
        parts.push(view::before_and_after(scene, plan));
    }
    let mut actions: Vec<Element<'a, Message>> = Vec::new();
    match outcome {
        Outcome::CardFull => actions.push(
            button::primary(scene.tokens, fl!(labels, "replace-remove-first"))
                .id(super::FIRST)
                .on_press(Message::RemoveFirst)
                .into(),
        ),
        _ if state.can_go_on() => actions.push(
            button::primary(scene.tokens, fl!(labels, "replace-go-on"))
                .id(super::FIRST)
                .on_press_maybe(state.is_here().then_some(Message::GoOn))
                .into(),
        ),
        _ if has_more(state) => actions.push(
            button::primary(scene.tokens, fl!(labels, "replace-next-card"))
                .id(super::FIRST)
                .on_press(Message::NextCard)
                .into(),
        ),
        _ => actions.push(
            button::primary(scene.tokens, fl!(labels, "back-to-card"))
                .id(super::FIRST)
                .on_press(Message::Back)
                .into(),
        ),
    }
    let is_last = !state.can_go_on() && !has_more(state) && *outcome != Outcome::CardFull;
    if !is_last {
        let back = button::secondary(scene.tokens, fl!(labels, "back-to-card"));
        actions.push(back.on_press(Message::Back).into());
    }
    actions.push(
        button::secondary(scene.tokens, fl!(labels, "replace-next-person"))
            .on_press(Message::NextPerson)
            .into(),
    );
    parts.push(page::actions(actions));
    parts
}

/// Whether another card of this person waits, here or elsewhere.
fn has_more(state: &State) -> bool {
    state
        .found
        .as_ref()
        .is_some_and(|found| found.due.len() + found.elsewhere.len() > 1)
}
