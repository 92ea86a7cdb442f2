use token::{UnblockWays, Weakness};
use virtual_card::practice::{PIN, Practice};

use super::*;
use crate::{
    issuers::LastPukTry,
    practice::{Bench, entry},
};

const NEW: &str = "739152";

impl Bench {
    fn status(&self) -> Status {
        self.runtime
            .block_on(status(self.subject.clone(), &self.token))
            .unwrap()
    }

    fn typed(&self, old: &str, new: &str, again: &str) -> Result<Change, Fault> {
        let pin = self.status().user().cloned().unwrap();
        Change::typed(&self.subject, &pin, &entry(old), &entry(new), &entry(again))
    }

    fn change(&self, old: &str, new: &str, consent: Option<LastTryConsent>) -> Outcome {
        let request = self.typed(old, new, new).unwrap();
        let seen = self.status().user().unwrap().tries_left;
        self.runtime.block_on(change(request, seen, consent, &self.token))
    }
}

#[test]
fn a_malformed_entry_never_reaches_the_card() {
    let bench = Bench::new(Practice::Sha256);
    let pin = bench.status().user().cloned().unwrap();
    let before = bench.apdus();
    let long = "1".repeat(4_096);
    for (old, new, again, field) in [
        ("", NEW, NEW, Field::Pin),
        ("123", NEW, NEW, Field::Pin),
        ("parola", NEW, NEW, Field::Pin),
        ("12345ş", NEW, NEW, Field::Pin),
        (&long, NEW, NEW, Field::Pin),
        (PIN, "", "", Field::NewPin),
        (PIN, "000000", "000000", Field::NewPin),
        (PIN, "987654", "987654", Field::NewPin),
        (PIN, NEW, "739153", Field::Again),
        (PIN, NEW, "", Field::Again),
        (PIN, &long, &long, Field::NewPin),
    ] {
        let fault = Change::typed(&bench.subject, &pin, &entry(old), &entry(new), &entry(again)).unwrap_err();
        assert_eq!(fault.field, field, "{old} {new} {again}");
    }
    assert_eq!(bench.apdus(), before);
    assert_eq!(bench.tries(), (3, 3));
}

#[test]
fn the_old_pin_and_the_holders_numbers_are_no_new_pin() {
    let bench = Bench::new(Practice::Sha256);
    let weakness = |new| match bench.typed("482913", new, new) {
        Err(Fault {
            fault: FormFault::Weak(weakness),
            ..
        }) => Some(weakness),
        _ => None,
    };
    assert_eq!(weakness("482913"), Some(Weakness::SameAsOld));
    let number = bench
        .subject
        .holder
        .as_ref()
        .unwrap()
        .identity_number
        .as_ref()
        .unwrap()
        .reveal();
    assert_eq!(
        weakness(&number[4..10]),
        Some(Weakness::Personal),
        "a part of the identity number"
    );
    assert_eq!(weakness(NEW), None);
}

#[test]
fn a_wrong_pin_costs_one_try_and_says_what_it_looks_like() {
    let bench = Bench::new(Practice::Sha256);
    let wrong = |tries, mistaken| Outcome::Wrong {
        secret: SecretKind::Pin,
        tries_left: TriesLeft::Exact(tries),
        mistaken,
    };
    assert_eq!(bench.change("12345678", NEW, None), wrong(2, Some(Mistaken::Puk)));
    assert_eq!(
        bench.change("654321", NEW, None),
        wrong(1, Some(Mistaken::SmsCode))
    );
    assert_eq!(bench.tries(), (1, 3));
}

#[test]
fn the_last_try_is_not_spent_without_consent() {
    let bench = Bench::new(Practice::Sha256);
    let _ = (
        bench.change("654321", NEW, None),
        bench.change("654321", NEW, None),
    );
    let Outcome::LastTry(warning) = bench.change("654321", NEW, None) else {
        panic!("no warning")
    };
    assert_eq!(bench.tries(), (1, 3));
    let outcome = bench.change("654321", NEW, Some(warning.confirmed()));
    assert!(
        matches!(outcome, Outcome::Wrong { .. } | Outcome::Blocked(SecretKind::Pin)),
        "{outcome:?}"
    );
    assert_eq!(bench.tries(), (0, 3));
    assert_eq!(bench.change(PIN, NEW, None), Outcome::Blocked(SecretKind::Pin));
}

#[test]
fn tries_that_went_meanwhile_stop_it() {
    let bench = Bench::new(Practice::Sha256);
    let request = bench.typed(PIN, NEW, NEW).unwrap();
    let seen = bench.status().user().unwrap().tries_left;
    assert!(!bench.takes("999999"));
    let outcome = bench.runtime.block_on(change(request, seen, None, &bench.token));
    assert_eq!(
        outcome,
        Outcome::TriesChanged {
            secret: SecretKind::Pin,
            now: TriesLeft::Exact(2)
        }
    );
    assert_eq!(bench.tries(), (2, 3));
}

#[test]
fn a_pulled_card_is_no_wrong_pin() {
    let bench = Bench::new(Practice::Sha256);
    let request = bench.typed(PIN, NEW, NEW).unwrap();
    bench.pull();
    let outcome = bench
        .runtime
        .block_on(change(request, TriesLeft::Exact(3), None, &bench.token));
    assert!(matches!(outcome, Outcome::NotDone(Error::Card(_))), "{outcome:?}");
    assert_eq!(bench.tries(), (3, 3));
}

#[test]
fn the_pin_is_changed() {
    let bench = Bench::new(Practice::Sha256);
    let request = bench.typed(PIN, NEW, NEW).unwrap();
    let before = bench.apdus();
    let outcome = bench
        .runtime
        .block_on(change(request, TriesLeft::Exact(3), None, &bench.token));
    assert_eq!(outcome, Outcome::Done);
    assert!(bench.apdus() - before <= 6, "{} commands", bench.apdus() - before);
    assert!(bench.takes(NEW));
}

#[test]
fn practice_cards_show_the_rules_of_those_they_stand_for() {
    let bench = Bench::new(Practice::PinBlocked);
    let status = bench.status();
    assert_eq!(status.subject.rules.code, "kamu-sm");
    assert_eq!(status.subject.rules.last_puk_try, LastPukTry::Closed);
    assert_eq!(status.ways, [UnlockWay::Service, UnlockWay::Puk]);
    assert_eq!(status.user().unwrap().tries_left, TriesLeft::Exact(0));
    assert!(!status.is_dead());
    assert_eq!(bench.tries(), (0, 3));
}

#[test]
fn a_card_without_any_way_out_is_dead() {
    let bench = Bench::new(Practice::PinBlocked);
    let mut status = bench.status();
    let user = status
        .pins
        .iter_mut()
        .find(|pin| pin.role == PinRole::User)
        .unwrap();
    user.unblock = UnblockWays {
        puk_tries_left: TriesLeft::Exact(0),
        ..UnblockWays::NONE
    };
    status.ways.clear();
    assert!(status.is_dead());
}

#[test]
fn what_people_mistake_for_one_another() {
    let pin = |text| Mistaken::of(SecretKind::Pin, &entry(text));
    assert_eq!(pin("parola"), Some(Mistaken::SecurityWord));
    assert_eq!(pin("123456789012345"), Some(Mistaken::VerificationCode));
    assert_eq!(pin("10000000146"), Some(Mistaken::IdentityNumber));
    assert_eq!(pin("1234"), None);
    assert_eq!(
        Mistaken::of(SecretKind::Puk, &entry("123456")),
        Some(Mistaken::Pin)
    );
    assert_eq!(Mistaken::of(SecretKind::Puk, &entry("12345678")), None);
}
