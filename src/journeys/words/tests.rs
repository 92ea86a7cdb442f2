use std::path::PathBuf;

use certificate::{Hash, ReadError, ValidityState};
use time::macros::datetime;
use token::{PinRole, Problem, Progress, TriesLeft};

use super::*;
use crate::look::CardVerdict;

mod files;
mod kinds;
mod replacing;
mod secrets;

fn turkish() -> Words {
    Words::with_platform(Language::Turkish, Platform::Linux)
}

fn english() -> Words {
    Words::with_platform(Language::English, Platform::Linux)
}

/// Both languages on both platforms.
fn all() -> impl Iterator<Item = Words> {
    Language::ALL.into_iter().flat_map(|language| {
        [Platform::Linux, Platform::Windows].map(|platform| Words::with_platform(language, platform))
    })
}

/// A text that lacks nothing: there is one, and all its places are filled.
fn whole(text: &str) {
    assert!(!text.trim().is_empty(), "an empty text");
    assert!(!text.contains(['{', '}', '\u{2068}', '\u{2069}']), "{text}");
    assert!(!text.contains("No localization"), "{text}");
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    for words in all() {
        let card = kinds::card_errors()
            .into_iter()
            .map(|error| words.card_error(&error));
        let token = kinds::token_errors()
            .into_iter()
            .map(|error| words.token_error(&error));
        let read = kinds::read_errors()
            .into_iter()
            .map(|error| words.read_error(&error));
        for sentence in card.chain(token).chain(read).chain([words.no_readers()]) {
            whole(&sentence.what);
            whole(&sentence.remedy);
            assert!(sentence.what.ends_with('.'), "{}", sentence.what);
            assert!(!sentence.technical.is_empty());
            assert_ne!(sentence.code, "other", "{}", sentence.technical);
        }
    }
}

#[test]
fn no_two_errors_share_a_code() {
    let words = turkish();
    let card = kinds::card_errors()
        .into_iter()
        .map(|error| words.card_error(&error).code);
    let token = kinds::token_errors()
        .into_iter()
        .map(|error| words.token_error(&error).code);
    let mut codes: Vec<_> = card.chain(token).collect();
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    // The token's error that wraps the card's has the card's code; a wrong and a blocked PIN are the same either way.
    assert_eq!(codes.len(), count - 3);
}

#[test]
fn the_remedy_for_a_stopped_service_is_that_of_the_platform() {
    let remedy = |platform| {
        Words::with_platform(Language::Turkish, platform)
            .card_error(&card::Error::NoService)
            .remedy
    };
    assert!(remedy(Platform::Linux).contains("pcscd.socket"));
    assert!(!remedy(Platform::Windows).contains("pcscd"));
    assert!(remedy(Platform::Windows).contains("«Akıllı Kart»"));
}

#[test]
fn text_from_outside_cannot_turn_a_sentence_around() {
    let path = PathBuf::from("/lib/\u{202E}evil\u{1B}[31m.so");
    let sentence = turkish().token_error(&token::Error::ModuleLoad {
        path,
        detail: "\u{202E}\u{7}".into(),
    });
    for text in [sentence.what, sentence.remedy, sentence.technical] {
        assert!(!text.contains(['\u{202E}', '\u{1B}', '\u{7}']), "{text:?}");
    }
}

#[test]
fn the_first_line_of_an_error_has_no_path_and_no_code() {
    for words in all() {
        for error in kinds::token_errors() {
            let what = words.token_error(&error).what;
            assert!(!what.contains(['/', '\\', '_']) && !what.contains("0x"), "{what}");
        }
    }
}

#[test]
fn verdicts_are_a_sentence_a_text_and_a_badge() {
    for words in all() {
        for verdict in kinds::verdicts() {
            let Pair { headline, text } = words.verdict(&verdict);
            let badge = words.badge(&verdict);
            whole(&headline);
            whole(&text);
            whole(&badge);
            assert!(!headline.ends_with('.'), "{headline}");
            assert!(badge.chars().count() <= 28, "{badge} is too long for a pill");
        }
    }
}

#[test]
fn the_two_verdicts_that_matter_most() {
    assert_eq!(
        turkish().verdict(&CardVerdict::Fine).headline,
        "SHA-256: yapılacak bir şey yok"
    );
    assert_eq!(
        english().verdict(&CardVerdict::Fine).headline,
        "SHA-256: nothing to do"
    );
    assert_eq!(turkish().badge(&CardVerdict::Replace), "SHA-1 · yenilenecek");
    let last_day = turkish().verdict(&CardVerdict::ExpiresSoon { days: 0 });
    assert_eq!(last_day.headline, "Sertifikanızın süresi bugün doluyor");
}

#[test]
fn a_blocked_pin_is_told_without_sending_anyone_to_the_puk() {
    let text = turkish().verdict(&CardVerdict::PinBlocked).text;
    assert!(
        text.contains("Kilit Çözme") && text.contains("PUK denemeyin"),
        "{text}"
    );
}

#[test]
fn dates_are_those_of_turkiye() {
    let last_second = datetime!(2027-10-05 20:59:59 UTC);
    assert_eq!(turkish().date(last_second), "05.10.2027");
    assert_eq!(english().date(last_second), "5 Oct 2027");
    assert_eq!(turkish().date_time(last_second), "05.10.2027 23:59");
    assert_eq!(turkish().date(datetime!(2027-10-05 21:00 UTC)), "06.10.2027");
}

#[test]
fn a_date_at_the_end_of_time_is_shown_as_it_is() {
    assert_eq!(turkish().date(datetime!(9999-12-31 23:59:59 UTC)), "31.12.9999");
}

#[test]
fn stretches_of_time() {
    let of = |state| english().validity(state);
    assert_eq!(of(ValidityState::Valid { days_left: 1 }), "1 day left");
    assert_eq!(of(ValidityState::Expired { days_ago: 0 }), "just expired");
    assert_eq!(of(ValidityState::NotYet { days_until: 2 }), "begins in 2 days");
    assert_eq!(of(ValidityState::Unknown), "validity unreadable");
    let took = std::time::Duration::from_millis(449);
    assert_eq!(turkish().duration(took), "0,4 saniye");
    assert_eq!(english().duration(took), "0.4 seconds");
    assert_eq!(english().duration(std::time::Duration::from_millis(38)), "38 ms");
}

#[test]
fn tries_left_in_words() {
    let words = turkish();
    assert_eq!(words.tries_left(TriesLeft::Exact(0)), "kilitli");
    assert_eq!(words.tries_left(TriesLeft::Exact(1)), "son deneme hakkı");
    assert_eq!(words.tries_left(TriesLeft::Exact(3)), "3 deneme hakkı var");
    whole(&words.tries_left(TriesLeft::Few));
    whole(&words.tries_left(TriesLeft::Unknown));
}

#[test]
fn parts_of_a_card() {
    for words in all() {
        let module = PathBuf::from("/usr/lib/libakisp11.so");
        assert!(
            words
                .backend(&token::Backend::Pkcs11 { module })
                .contains("libakisp11")
        );
        whole(&words.backend(&token::Backend::Pkcs15));
        whole(&words.progress(Progress::Opening));
        whole(&words.progress(Progress::Directory));
        whole(&words.progress(Progress::Certificate {
            index: u16::MAX,
            count: u16::MAX,
        }));
        for role in [PinRole::User, PinRole::Admin, PinRole::Unblock] {
            whole(&words.pin_role(role));
        }
        whole(&words.problem(&Problem::Directory { file: "CDF".into() }));
        whole(&words.problem(&Problem::Certificate { label: " ".into() }));
        whole(&words.problem(&Problem::Certificate {
            label: "İmza".into()
        }));
        whole(&words.problem(&Problem::Field {
            name: "CK_TOKEN_INFO.label".into(),
        }));
        whole(&words.problem(&Problem::Module {
            error: token::Error::Closed,
        }));
    }
}

#[test]
fn parts_of_a_certificate() {
    for words in all() {
        for text in kinds::texts_of_certificates(&words) {
            whole(&text);
        }
    }
    assert_eq!(turkish().hash(Hash::Sha1), "SHA-1");
    let verdict = turkish().certificate_verdict(certificate::Verdict::Replace, Hash::Sha1);
    assert_eq!(verdict, "SHA-1: yenisi yüklenmeli");
}

#[test]
fn the_help_answers_every_question_once_in_each_language() {
    for words in all() {
        let help = words.help();
        for entry in &help {
            whole(&entry.question);
            whole(&entry.answer);
            assert!(
                !entry.answer.starts_with(' ') && !entry.answer.contains("\n "),
                "{}",
                entry.answer
            );
        }
    }
    assert_eq!(turkish().help().len(), english().help().len());
    assert_ne!(turkish().help(), english().help());
}

#[test]
fn reader_and_service_states_speak_only_when_something_is_wrong() {
    use card::{Atr, ReaderState, ServiceState};
    let words = turkish();
    let atr = Atr::new(&[0x3B, 0x00]).unwrap();
    let card = |held_by_other| ReaderState::Card {
        atr: atr.clone(),
        insertion: 1,
        held_by_other,
    };
    assert_eq!(words.reader_state(&card(false)), None);
    assert_eq!(words.reader_state(&card(true)).unwrap().code, "held");
    assert_eq!(words.reader_state(&ReaderState::Empty).unwrap().code, "no-card");
    assert_eq!(words.reader_state(&ReaderState::Mute).unwrap().code, "mute");
    assert_eq!(
        words.reader_state(&ReaderState::Unavailable).unwrap().code,
        "reader-unavailable"
    );
    assert_eq!(words.service_state(ServiceState::Running), None);
    assert_eq!(
        words.service_state(ServiceState::Stopped).unwrap().code,
        "no-service"
    );
    assert_eq!(
        words.service_state(ServiceState::Failing).unwrap().code,
        "service-version"
    );
    assert_eq!(words.read_error(&ReadError::Empty).code, "empty");
}
