use std::collections::BTreeSet;

use super::*;

fn captcha(seed: u8) -> Captcha {
    Captcha::from_seed([seed; 32]).unwrap()
}

fn accepts(captcha: &Captcha, typed: &str) -> bool {
    normalise(typed).is_some_and(|typed| captcha.answers().contains(&typed))
}

#[test]
fn wrong_answers_are_wrong() {
    let (captcha, other) = (captcha(1), captcha(2));
    let most = captcha.letters.get(..5).unwrap();
    for typed in ["", " ", "000000", most, &"A".repeat(70), "artı"] {
        assert!(!accepts(&captcha, typed), "{typed}");
    }
    assert!(!accepts(&captcha, &other.letters));
}

#[test]
fn every_way_to_write_a_right_answer_is_right() {
    let captcha = captcha(1);
    let letters = captcha.letters.clone();
    let spaced: String = letters
        .to_ascii_lowercase()
        .chars()
        .map(|letter| format!("{letter} "))
        .collect();
    for typed in [letters, spaced] {
        assert!(accepts(&captcha, &typed), "{typed}");
    }
    let [_, digits, turkish, english] = &captcha.answers()[..] else {
        panic!("four answers")
    };
    for typed in [digits, turkish, english] {
        assert!(accepts(&captcha, &typed.to_lowercase()), "{typed}");
    }
}

#[test]
fn questions_are_sums_in_words() {
    let wording = Wording::load();
    for seed in 0..=u8::MAX {
        let captcha = captcha_without_picture(seed);
        let [turkish, english] = Language::ALL.map(|language| captcha.text(&wording, language));
        assert!(
            turkish.ends_with(" kaç eder?") && !turkish.contains("  "),
            "{turkish}"
        );
        assert!(
            english.starts_with("What is ") && !english.contains("  "),
            "{english}"
        );
        let sum: u8 = captcha.answers()[0].parse().unwrap();
        assert!((13..=48).contains(&sum));
        assert!(captcha.answers().iter().all(|answer| !answer.is_empty()));
    }
    let known = question::Question::draw(&mut Draws::new([9; 32]));
    assert_eq!(normalise("otuz sekiz"), Some("OTUZSEKIZ".into()));
    assert_eq!(normalise("thirty-eight"), Some("THIRTYEIGHT".into()));
    assert_eq!(known.answers().len(), 3);
}

#[test]
fn the_letters_are_known_without_a_picture() {
    for seed in 0..9 {
        assert_eq!(Captcha::letters_from_seed([seed; 32]), captcha(seed).letters);
        assert!(accepts(&captcha(seed), &captcha(seed).letters));
    }
}

fn captcha_without_picture(seed: u8) -> question::Question {
    question::Question::draw(&mut Draws::new([seed; 32]))
}

#[test]
fn one_seed_gives_one_picture_and_others_give_others() {
    assert_eq!(captcha(3).picture(), captcha(3).picture());
    let pictures: BTreeSet<Vec<u8>> = (0..20).map(|seed| captcha(seed).picture).collect();
    assert_eq!(pictures.len(), 20);
    assert_ne!(
        Captcha::random().unwrap().letters,
        Captcha::random().unwrap().letters
    );
}

#[test]
fn letters_are_drawn_dark_on_light_all_over_the_picture() {
    let picture = tiny_skia::Pixmap::decode_png(captcha(4).picture()).unwrap();
    assert_eq!((picture.width(), picture.height()), (240, 80));
    let dark = |pixel: &tiny_skia::PremultipliedColorU8| {
        u16::from(pixel.red()) + u16::from(pixel.green()) + u16::from(pixel.blue()) < 360
    };
    for column in 0..6_usize {
        let count = picture
            .pixels()
            .chunks(240)
            .map(|row| {
                row[18 + column * 34..18 + (column + 1) * 34]
                    .iter()
                    .filter(|pixel| dark(pixel))
                    .count()
            })
            .sum::<usize>();
        assert!(
            (250..1_900).contains(&count),
            "column {column}: {count} dark pixels of 2,720"
        );
    }
}

#[test]
fn draws_are_even() {
    let mut counts = [0_u32; 20];
    let mut draws = Draws::new([7; 32]);
    for _ in 0..20_000 {
        counts[usize::from(draws.below(20))] += 1;
    }
    assert!(
        counts.iter().all(|count| (850..1_150).contains(count)),
        "{counts:?}"
    );
}

proptest::proptest! {
    #[test]
    fn no_answer_does_harm(typed in "\\PC{0,80}") {
        if let Some(plain) = normalise(&typed) {
            proptest::prop_assert_eq!(normalise(&plain), Some(plain.clone()));
        }
    }
}
