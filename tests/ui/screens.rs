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
const MAIN: [&str; 12] = [
    "no reader",
    "card replace",
    "card expiring",
    "details fields",
    "help",
    "settings",
    "pin last try",
    "pad",
    "practice",
    "login number",
    "replace done",
    "sign texts",
];

/// What is longer than the window.
const LONG: [&str; 6] = [
    "card two keys",
    "ways",
    "details fields",
    "help",
    "settings",
    "sign wrong pin",
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

/// Pages that are longer than the window, to their end.
fn whole() -> Vec<Shot> {
    let format = Format {
        height: 1600.0,
        ..WINDOW
    };
    let shot = |preset| Shot {
        preset,
        look: Look::default(),
        format,
        suffix: "whole",
    };
    LONG.into_iter().map(shot).collect()
}

#[test]
fn every_state_in_turkish() {
    assert_look_as_agreed(&turkish());
}

#[test]
fn every_state_in_english() {
    assert_look_as_agreed(&english());
}

#[test]
fn the_main_pages_in_every_theme_and_size() {
    assert_look_as_agreed(&in_other_themes_and_sizes());
}

#[test]
fn long_pages_to_their_end() {
    assert_look_as_agreed(&whole());
}

#[test]
fn no_picture_is_left_over() {
    let shots = [turkish(), english(), in_other_themes_and_sizes(), whole()];
    let expected: BTreeSet<String> = shots.iter().flatten().map(Shot::name).collect();
    let there = picture::names("screens");
    let left_over: Vec<_> = there.difference(&expected).collect();
    assert!(left_over.is_empty(), "pictures without a screen: {left_over:?}");
}

#[track_caller]
fn assert_look_as_agreed(shots: &[Shot]) {
    let differences: Vec<String> = shots.iter().filter_map(|shot| compare(shot).err()).collect();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn compare(shot: &Shot) -> Result<(), String> {
    let mut running = Running::preset(shot.preset, shot.look, shot.format);
    let tokens = running.app().tokens();
    running
        .window()
        .compare(tokens, &format!("screens/{}", shot.name()))
}
