//! Replacing: every outcome is a pair in both languages, each refusal with a sentence of its own.

use std::collections::BTreeSet;

use certificate::{QualifiedPart, chain};
use token::{Error, TriesLeft};

use super::*;
use crate::{
    journal::JournalError,
    pin,
    replace::{Found, NotPrepared, Outcome, Refusal, Situation, Step},
};

fn refusals() -> Vec<Refusal> {
    vec![
        Refusal::Unreadable,
        Refusal::TooLong { bytes: 1_000_000 },
        Refusal::Same,
        Refusal::KeyMismatch,
        Refusal::SubjectMismatch,
        Refusal::WeakHash { hash: Hash::Sha1 },
        Refusal::Expired,
        Refusal::NotYetValid,
        Refusal::NotAfterMismatch,
        Refusal::Authority,
        Refusal::UsageWeaker,
        Refusal::NotQualified {
            missing: vec![QualifiedPart::TurkishStatement],
        },
        Refusal::Untrusted {
            chain: chain::Outcome::UntrustedRoot,
        },
    ]
}

fn failures() -> Vec<Outcome> {
    let error = Error::Card(card::Error::Removed);
    vec![
        Outcome::Pin(pin::Outcome::Wrong {
            secret: token::SecretKind::Pin,
            tries_left: TriesLeft::Exact(2),
            mistaken: None,
        }),
        Outcome::KeyDiffers,
        Outcome::CardFull,
        Outcome::NotWritten(Error::NoPlace),
        Outcome::Interrupted {
            step: Step::Writing,
            error: error.clone(),
        },
        Outcome::OtherCard,
        Outcome::NotBegun(error),
        Outcome::Journal(JournalError {
            detail: "full".into(),
        }),
    ]
}

#[test]
fn each_refusal_has_a_sentence_of_its_own_that_says_the_card_is_untouched() {
    for words in all() {
        let sentences: Vec<_> = refusals().iter().map(|one| words.refusal(one)).collect();
        for sentence in &sentences {
            whole(&sentence.what);
            whole(&sentence.remedy);
            assert!(!sentence.technical.is_empty());
            let untouched = ["hiçbir şey yazılmadı", "Nothing was written"];
            assert!(
                untouched.iter().any(|text| sentence.remedy.contains(text)),
                "{}",
                sentence.remedy
            );
        }
        let different: BTreeSet<_> = sentences.iter().map(|sentence| &sentence.what).collect();
        assert_eq!(different.len(), sentences.len());
        let codes: BTreeSet<_> = sentences.iter().map(|sentence| sentence.code).collect();
        assert_eq!(codes.len(), sentences.len());
        let long = NotPrepared::Service(service::Error::TooLong { call: "GET" });
        assert_eq!(words.not_prepared(&long).code, "refused-too-long");
    }
}

#[test]
fn every_outcome_has_words() {
    for words in all() {
        for outcome in failures() {
            let sentence = words.replace_outcome(&outcome);
            whole(&sentence.what);
            whole(&sentence.remedy);
            assert!(sentence.what.ends_with('.'), "{}", sentence.what);
            assert!(!sentence.technical.is_empty(), "{}", sentence.what);
        }
        for outcome in [
            Outcome::Done { told: true },
            Outcome::Done { told: false },
            Outcome::Cancelled,
            Outcome::NeedsPin,
        ] {
            let sentence = words.replace_outcome(&outcome);
            whole(&sentence.what);
            whole(&sentence.remedy);
        }
        for step in Step::ALL {
            whole(&words.replace_step(step));
        }
        whole(&words.replace_not_yet());
        for situation in [
            Situation::Untouched,
            Situation::NeedsPin,
            Situation::OnlyConfirmation,
            Situation::OtherCard,
            Situation::Outgrown,
        ] {
            let Pair { headline, text } = words.situation(situation, Step::Testing);
            whole(&headline);
            whole(&text);
        }
        assert!(
            words
                .situation(Situation::NeedsPin, Step::Testing)
                .text
                .contains('4')
        );
        let nothing = words.replace_nothing(&Found::default()).unwrap();
        whole(&nothing.headline);
        whole(&nothing.text);
    }
}
