//! Whatever people do, and whatever goes wrong meanwhile: the card's counters go down by tries that were confirmed
//! and by nothing else, the last one only with consent.

use proptest::prelude::*;
use token::{Choice, Error, SecretKind, TriesLeft};
use virtual_card::{
    Cut,
    practice::{PIN, PUK, Practice},
};

use crate::bench::{Bench, Case, OnShelf, RULES, Ways, entry};

/// What happens next.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody looks.
    Look,
    /// Somebody enters a secret; what they saw may be long ago.
    Enter {
        action: Action,
        right: bool,
        consent: bool,
        seen: Option<u8>,
    },
    /// Somebody enters what is no PIN.
    Malformed(String),
    /// The card is pulled and put back.
    Pull,
    /// Power goes at some command of the next request.
    Fault { before: bool, number: u64 },
    /// Another program spends a try of the PIN.
    BehindTheBack,
}

#[derive(Clone, Copy, Debug)]
enum Action {
    Verify,
    Change,
    Unblock,
}

fn step() -> impl Strategy<Value = Step> {
    let action = prop_oneof![Just(Action::Verify), Just(Action::Change), Just(Action::Unblock)];
    let enter = (
        action,
        any::<bool>(),
        any::<bool>(),
        proptest::option::of(0_u8..4),
    )
        .prop_map(|(action, right, consent, seen)| Step::Enter {
            action,
            right,
            consent,
            seen,
        });
    prop_oneof![
        1 => Just(Step::Look),
        6 => enter,
        1 => "[0-9a-zğ]{0,40}".prop_map(Step::Malformed),
        1 => Just(Step::Pull),
        2 => (any::<bool>(), 1_u64..8).prop_map(|(before, number)| Step::Fault { before, number }),
        1 => Just(Step::BehindTheBack),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn no_try_is_ever_spent_unasked(steps in proptest::collection::vec(step(), 1..25)) {
        let bench = Bench::new(OnShelf::default(), Choice::Driverless, Ways::DRIVERLESS);
        let case = bench.with(Practice::Sha256);
        let mut current = vec![PIN];
        for step in &steps {
            take(&case, &mut current, step);
        }
    }
}

/// Takes a step. `current` are the PINs that the card may have: two after a change of which nobody knows.
fn take(case: &Case<'_>, current: &mut Vec<&'static str>, step: &Step) {
    let before = case.tries();
    match step {
        Step::Look => drop(case.pins()),
        Step::Malformed(text) => {
            let count = case.card.lock().unwrap().apdu_count();
            let fits = text.len() >= 4 && text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
            assert_eq!(token::Pin::parse(&entry(text), RULES).is_ok(), fits);
            assert_eq!(case.card.lock().unwrap().apdu_count(), count);
        }
        Step::Pull => {
            case.pull();
            case.put_back();
        }
        Step::Fault { before, number } => {
            let (number, instruction) = (*number, None);
            case.card.lock().unwrap().plan_cut(if *before {
                Cut::BeforeCommand { number, instruction }
            } else {
                Cut::AfterCommand { number, instruction }
            });
        }
        Step::BehindTheBack => {
            if before.0 > 0 {
                case.spend_behind_the_back();
            }
            return;
        }
        Step::Enter {
            action,
            right,
            consent,
            seen,
        } => return enter(case, current, *action, *right, *consent, *seen),
    }
    assert_eq!(case.tries(), before, "{step:?} cost a try");
}

fn enter(
    case: &Case<'_>,
    current: &mut Vec<&'static str>,
    action: Action,
    right: bool,
    consent: bool,
    seen: Option<u8>,
) {
    let before = case.tries();
    let (kind, left) = match action {
        Action::Verify | Action::Change => (SecretKind::Pin, before.0),
        Action::Unblock => (SecretKind::Puk, before.1),
    };
    // A card that loses its power says nothing; the next request finds it in order again.
    let warning = if consent {
        case.last_try(kind).ok().flatten()
    } else {
        None
    };
    let consented = warning.is_some();
    let consent = warning.map(token::LastTryWarning::confirmed);
    let seen = seen.unwrap_or(left);
    let old = if right { current[0] } else { "739164" };
    let new = if current[0] == "482915" {
        "590372"
    } else {
        "482915"
    };
    let outcome = match action {
        Action::Verify => case.verify(old, seen, consent),
        // A change takes no consent here: at its last try it goes nowhere.
        Action::Change => case.change(old, new, seen),
        Action::Unblock => case.unblock(if right { PUK } else { "11112222" }, new, seen, consent),
    };
    judge(
        case,
        kind,
        before,
        &outcome,
        consented && !matches!(action, Action::Change),
    );
    if matches!(action, Action::Change | Action::Unblock) {
        match outcome {
            Ok(()) => *current = vec![new],
            Err(Error::Unsure { .. }) => settle(case, current, new),
            _ => {}
        }
    }
}

/// The counters after a try, by what was said of it.
fn judge(case: &Case<'_>, kind: SecretKind, before: (u8, u8), outcome: &Result<(), Error>, consented: bool) {
    let after = case.tries();
    let ((left, other), (now, other_now)) = match kind {
        SecretKind::Pin => (before, after),
        SecretKind::Puk => ((before.1, before.0), (after.1, after.0)),
    };
    match outcome {
        Ok(()) => assert_eq!(after.0, 3),
        Err(Error::WrongPin { tries_left } | Error::WrongPuk { tries_left }) => {
            assert_eq!((now, TriesLeft::Exact(now)), (left - 1, *tries_left));
        }
        Err(Error::Unsure { .. }) => assert!(now >= left.saturating_sub(1)),
        Err(_) => assert_eq!(after, before, "{outcome:?} cost a try"),
    }
    assert!(other_now >= other, "{outcome:?} cost a try of the other secret");
    assert!(
        now >= 1 || left == 0 || consented,
        "the last try was spent without consent: {outcome:?}"
    );
}

/// Whatever became of a change that was cut off, one of the two PINs is the card's: which, the card says.
fn settle(case: &Case<'_>, current: &mut Vec<&'static str>, new: &'static str) {
    let mut card = case.card.lock().unwrap();
    card.cancel_cut();
    card.reset();
    let tries = card.tries_left(1).unwrap();
    if tries == 0 {
        return;
    }
    let mut is = |pin: &str| {
        let mut block = [0xFF; 8];
        block[..pin.len()].copy_from_slice(pin.as_bytes());
        let command = [&[0x00, 0x20, 0x00, 0x01, 0x08], &block[..]].concat();
        card.transmit(&command) == virtual_card::Response::Answer(vec![0x90, 0x00])
    };
    if is(new) {
        *current = vec![new];
    } else {
        assert!(
            tries == 1 || is(current[0]),
            "neither the old PIN nor the new one"
        );
    }
}
