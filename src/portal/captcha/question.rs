//! A small sum in words.

use super::Draws;
use crate::wording::{Language, Wording};

const TURKISH_UNITS: [&str; 10] = [
    "", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz",
];
const TURKISH_TENS: [&str; 6] = ["", "on", "yirmi", "otuz", "kırk", "elli"];
const ENGLISH_UNITS: [&str; 20] = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 6] = ["", "", "twenty", "thirty", "forty", "fifty"];

/// Two numbers whose sum is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    /// 11 to 39.
    larger: u8,
    /// 2 to 9.
    smaller: u8,
}

impl Question {
    pub(super) fn draw(draws: &mut Draws) -> Self {
        Self {
            larger: 11 + draws.below(29),
            smaller: 2 + draws.below(8),
        }
    }

    pub(super) fn text(self, wording: &Wording, language: Language) -> String {
        let [larger, smaller] = [self.larger, self.smaller].map(|number| match language {
            Language::Turkish => turkish(number),
            Language::English => english(number),
        });
        wording.get(
            language,
            "captcha-question",
            &[("larger", larger), ("smaller", smaller)],
        )
    }

    pub(super) fn answers(self) -> Vec<String> {
        let sum = self.larger + self.smaller;
        vec![sum.to_string(), turkish(sum), english(sum)]
    }
}

/// 1 to 59 in words.
fn turkish(number: u8) -> String {
    let [tens, units] = digits(number);
    let word = |words: &[&'static str], place: usize| words.get(place).copied().unwrap_or_default();
    format!("{} {}", word(&TURKISH_TENS, tens), word(&TURKISH_UNITS, units))
        .trim()
        .to_owned()
}

/// 1 to 59 in words.
fn english(number: u8) -> String {
    if let Some(word) = ENGLISH_UNITS.get(usize::from(number)) {
        return (*word).to_owned();
    }
    let [tens, units] = digits(number);
    let tens = ENGLISH_TENS.get(tens).copied().unwrap_or_default();
    match ENGLISH_UNITS.get(units) {
        Some(units) if !units.is_empty() => format!("{tens}-{units}"),
        _ => tens.to_owned(),
    }
}

fn digits(number: u8) -> [usize; 2] {
    [usize::from(number / 10), usize::from(number % 10)]
}
