//! Every screen in every state, in Turkish and in English, as pictures; the main ones in every theme and size as well.
//!
//! The states are the application's presets. A picture's name is the preset's, and what differs from the ordinary window.

use std::collections::BTreeSet;

use desktop::preset::{self, Look};
use desktop::ui::Mode;
use journeys::words::Language;

use crate::running::Running;
use crate::window::{Format, SMALL, WINDOW, picture};

/// What is looked at in every theme and size: every part of the design system is on one of them.
const MAIN: [&str; 6] = [
    "no reader",
    "card replace",
    "card expiring",
    "details fields",
    "help",
    "settings",
];

/// One picture to be taken.
struct Shot {
    preset: &'static str,
    look: Look,
    format: Format,
    suffix: &'static str,
}

impl Shot {
    fn name(&self) -> String {
        format!("{}_{}", self.preset.replace(' ', "_"), self.suffix)
    }
}

fn in_language(language: Language, suffix: &'static str) -> Vec<Shot> {
    let look = Look {
        language,
        ..Look::default()
    };
    let shot = |preset| Shot {
        preset,
        look,
        format: WINDOW,
        suffix,
    };
    preset::NAMES.into_iter().map(shot).collect()
}

fn turkish() -> Vec<Shot> {
    in_language(Language::Turkish, "tr")
}

fn english() -> Vec<Shot> {
    in_language(Language::English, "en")
}

fn in_other_themes_and_sizes() -> Vec<Shot> {
    let usual = Look::default();
    let others = [
        (
            "dark",
            Look {
                mode: Mode::Dark,
                ..usual
            },
            WINDOW,
        ),
        (
            "high_contrast",
            Look {
                mode: Mode::HighContrast,
                ..usual
            },
            WINDOW,
        ),
        ("small", usual, SMALL),
        ("large_text", Look { scale: 200, ..usual }, WINDOW),
        ("large_text_small", Look { scale: 200, ..usual }, SMALL),
    ];
    let shots = |preset| {
        others.map(|(suffix, look, format)| Shot {
            preset,
            look,
            format,
            suffix,
        })
    };
    MAIN.into_iter().flat_map(shots).collect()
}

#[test]
fn every_state_in_turkish() {
    turkish().iter().for_each(assert_looks_as_agreed);
}

#[test]
fn every_state_in_english() {
    english().iter().for_each(assert_looks_as_agreed);
}

#[test]
fn the_main_pages_in_every_theme_and_size() {
    in_other_themes_and_sizes()
        .iter()
        .for_each(assert_looks_as_agreed);
}

#[test]
fn no_picture_is_left_over() {
    let shots = [turkish(), english(), in_other_themes_and_sizes()];
    let expected: BTreeSet<String> = shots.iter().flatten().map(Shot::name).collect();
    let there = picture::names("screens");
    let left_over: Vec<_> = there.difference(&expected).collect();
    assert!(left_over.is_empty(), "pictures without a screen: {left_over:?}");
}

#[track_caller]
fn assert_looks_as_agreed(shot: &Shot) {
    let mut running = Running::preset(shot.preset, shot.look, shot.format);
    let tokens = running.app().tokens();
    running
        .window()
        .assert_looks_like(tokens, &format!("screens/{}", shot.name()));
}
