//! PINs, unlocking and the service: every outcome is a pair in both languages.

use std::time::Duration;

use service::{AddressError, Problem, ProblemKind};
use token::{Error, FormFault, Resemblance, SecretKind, TriesLeft, Weakness};

use super::*;
use crate::{
    issuers::{Issuers, LastPukTry, UnlockWay},
    journal::{JournalError, Standing},
    pin::{self, Fault, Field, Mistaken},
    unlock::{self, Breach, Progress},
};

const CALL: &str = "POST unlock";

fn faults() -> Vec<FormFault> {
    let resembles = Some(Resemblance::SecurityWord);
    vec![
        FormFault::Empty,
        FormFault::TooShort { least: 4 },
        FormFault::TooLong {
            most: 8,
            resembles: None,
        },
        FormFault::TooLong {
            most: 8,
            resembles: Some(Resemblance::VerificationCode),
        },
        FormFault::NotDigits { resembles },
        FormFault::Differs,
        FormFault::Weak(Weakness::SameAsOld),
        FormFault::Weak(Weakness::Repeated),
        FormFault::Weak(Weakness::Run),
        FormFault::Weak(Weakness::Personal),
    ]
}

fn pin_outcomes() -> Vec<pin::Outcome> {
    let wrong = |secret, mistaken| pin::Outcome::Wrong {
        secret,
        tries_left: TriesLeft::Exact(2),
        mistaken,
    };
    let error = Error::Unsure {
        call: "C_SetPIN".into(),
        code: 5,
        tries_left: TriesLeft::Few,
    };
    vec![
        wrong(SecretKind::Pin, None),
        wrong(SecretKind::Pin, Some(Mistaken::Puk)),
        wrong(SecretKind::Puk, Some(Mistaken::Pin)),
        pin::Outcome::Blocked(SecretKind::Pin),
        pin::Outcome::Blocked(SecretKind::Puk),
        pin::Outcome::LastPukClosed,
        pin::Outcome::TriesChanged {
            secret: SecretKind::Pin,
            now: TriesLeft::Exact(1),
        },
        pin::Outcome::Unsure {
            tries_left: TriesLeft::Few,
            error,
        },
        pin::Outcome::NotDone(Error::PadTimeout),
    ]
}

fn service_errors() -> Vec<service::Error> {
    use service::Error;
    let refused = |kind| Error::Refused {
        call: CALL,
        problem: Problem::new(kind, "\u{202E}x"),
    };
    let named = ProblemKind::NAMED.iter().cloned().map(refused);
    let mut errors: Vec<_> = named.collect();
    errors.extend([
        Error::Unreachable {
            call: CALL,
            detail: "dns".into(),
        },
        Error::TimedOut { call: CALL },
        Error::Busy {
            call: CALL,
            retry_after: None,
        },
        Error::Busy {
            call: CALL,
            retry_after: Some(Duration::from_secs(90)),
        },
        refused(ProblemKind::Other("x".into())),
        Error::Status {
            call: CALL,
            status: 404,
        },
        Error::Malformed { call: CALL },
        Error::TooLong { call: CALL },
        Error::NoClient {
            detail: "no roots".into(),
        },
    ]);
    errors
}

fn unlock_outcomes() -> Vec<unlock::Outcome> {
    use unlock::Outcome;
    let breaches = [
        Breach::OtherCard,
        Breach::OutOfOrder,
        Breach::DoneTooSoon,
        Breach::SetTwice,
        Breach::TooManySteps,
    ];
    let mut all: Vec<Outcome> = breaches.map(Outcome::ServiceBroke).to_vec();
    all.extend(service_errors().into_iter().map(Outcome::Service));
    all.extend([
        Outcome::ServiceAskedForForbidden {
            instruction: Some(0xD6),
        },
        Outcome::ServiceAskedForForbidden { instruction: None },
        Outcome::NotProven { status: 0x63C9 },
        Outcome::ServiceEnded {
            reason: "\u{202E}\u{7}".into(),
        },
        Outcome::Card(card::Error::Removed.into()),
        Outcome::PinNotSet(Error::NotSupported),
        Outcome::Unsure(Error::Closed),
        Outcome::NoSerial,
        Outcome::Journal(JournalError {
            detail: "full".into(),
        }),
    ]);
    all
}

/// A pair that lacks nothing.
fn pair(sentence: &Sentence) {
    whole(&sentence.what);
    whole(&sentence.remedy);
    assert!(sentence.what.ends_with('.'), "{}", sentence.what);
    assert_ne!(sentence.code, "other", "{}", sentence.technical);
    assert!(!sentence.technical.contains(['\u{202E}', '\u{7}']));
}

#[test]
fn every_failure_is_a_pair_with_a_technical_line() {
    for words in all() {
        let faults = faults().into_iter().map(|fault| {
            words.entry_fault(&Fault {
                field: Field::Pin,
                fault,
            })
        });
        let pins = pin_outcomes()
            .iter()
            .map(|outcome| words.pin_outcome(outcome))
            .collect::<Vec<_>>();
        let unlocks = unlock_outcomes()
            .iter()
            .map(|outcome| words.unlock_outcome(outcome))
            .collect::<Vec<_>>();
        let addresses =
            [AddressError::NotSecure, AddressError::NotAnAddress].map(|error| words.address_error(error));
        for sentence in faults.chain(pins).chain(unlocks).chain(addresses) {
            pair(&sentence);
            assert!(!sentence.technical.is_empty(), "{}", sentence.what);
        }
    }
}

#[test]
fn success_says_what_is_out_of_date_now() {
    for words in all() {
        let done = [true, false].map(|told| words.unlock_outcome(&unlock::Outcome::Done { told }));
        for sentence in done.iter().chain([&words.pin_outcome(&pin::Outcome::Done)]) {
            pair(sentence);
            assert!(sentence.remedy.contains("PIN/PUK"), "{}", sentence.remedy);
        }
    }
}

#[test]
fn the_rest_has_words() {
    use Mistaken::{IdentityNumber, Pin, Puk, SecurityWord, SmsCode, VerificationCode};
    for words in all() {
        [Field::Pin, Field::Puk, Field::NewPin, Field::Again]
            .iter()
            .copied()
            .for_each(|field| whole(&words.secret_field(field)));
        [SecurityWord, SmsCode, VerificationCode, IdentityNumber, Puk, Pin]
            .iter()
            .copied()
            .for_each(|one| whole(&words.mistaken(one)));
        [UnlockWay::Service, UnlockWay::Puk]
            .iter()
            .copied()
            .for_each(|way| whole(&words.unlock_way(way)));
        [
            Progress::Calling,
            Progress::Proving,
            Progress::SettingPin,
            Progress::Telling,
        ]
        .iter()
        .copied()
        .for_each(|progress| whole(&words.unlock_progress(progress)));
        for standing in [Standing::Unchanged, Standing::PerhapsChanged, Standing::Changed] {
            let Pair { headline, text } = words.standing(standing);
            whole(&headline);
            whole(&text);
        }
    }
}

#[test]
fn a_puk_is_warned_of_where_the_issuer_says_so() {
    let usual = Issuers::bundled().of([]);
    for words in all() {
        assert_eq!(words.puk_warning(&usual), None);
        let strict = crate::issuers::IssuerRules {
            name: "Kamu SM".into(),
            puk_warning: true,
            last_puk_try: LastPukTry::Closed,
            ..usual.clone()
        };
        let Pair { headline, text } = words.puk_warning(&strict).unwrap();
        whole(&headline);
        assert!(text.contains("Kamu SM") && text.contains("Kilit Çözme"), "{text}");
    }
}
