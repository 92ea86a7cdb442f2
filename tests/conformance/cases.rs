//! The cases.

use card::Error as CardError;
use token::{Error, FormFault, PinRole, SecretKind, TriesLeft};
use virtual_card::{
    Cut,
    practice::{PIN, PUK, Practice},
};

use crate::bench::{Bench, Case, RULES, entry, swap};
#[cfg(target_os = "linux")]
use crate::signing;

const WRONG: &str = "739164";
const NEW: &str = "482915";

/// A case and its name.
type Named = (&'static str, fn(&Bench));

/// Runs all cases, each with a card of its own.
pub(crate) fn run(bench: &Bench) {
    let cases: &[Named] = &[
        ("status", status),
        ("malformed entries", malformed_entries),
        ("wrong, wrong, last, blocked", wrong_until_blocked),
        ("the last try, right", the_last_try_right),
        ("tries changed", tries_changed_behind_the_back),
        ("change with a wrong PIN", change_with_a_wrong_pin),
        ("change", change),
        ("pulled before a change", pulled_before_a_change),
        ("power lost before a change", power_lost_before_a_change),
        ("power lost after a change", power_lost_after_a_change),
        ("one certificate for another", one_certificate_for_another),
        #[cfg(target_os = "linux")]
        ("each mechanism", signing::each_mechanism),
        #[cfg(target_os = "linux")]
        ("signing with a wrong PIN", signing::a_wrong_pin),
        #[cfg(target_os = "linux")]
        ("signing with another key", signing::another_key),
        #[cfg(target_os = "linux")]
        ("power lost while signing", signing::power_lost_while_signing),
    ];
    let with_puk: &[Named] = &[
        ("a wrong PUK until the card is dead", wrong_puk_until_dead),
        ("a dead card", dead_card),
        ("unblock", unblock),
    ];
    let without_puk: &[Named] = &[("a PUK goes nowhere", a_puk_goes_nowhere)];
    let more = if bench.ways.puk { with_puk } else { without_puk };
    for (name, case) in cases.iter().chain(more) {
        println(name);
        case(bench);
    }
}

#[expect(clippy::print_stdout, reason = "shown when the test fails: which case it was")]
fn println(name: &str) {
    println!("case: {name}");
}

fn status(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    let pins = case.pins().unwrap();
    let user = &pins[0];
    assert_eq!(user.role, PinRole::User);
    assert_eq!(user.rules(), RULES);
    assert_eq!(user.tries_left, TriesLeft::Exact(3));
    assert!(!user.protected_path);
    assert_eq!(user.unblock.puk_tries_left, TriesLeft::Exact(3));
    case.spend_behind_the_back();
    case.spend_behind_the_back();
    assert_eq!(case.pins().unwrap()[0].tries_left, TriesLeft::Exact(1));
    assert_eq!(case.tries(), (1, 3));
    assert!(case.last_try(SecretKind::Pin).unwrap().is_some());
    assert!(case.last_try(SecretKind::Puk).unwrap().is_none());
    assert_eq!(case.tries(), (1, 3));
}

fn malformed_entries(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    case.pins().unwrap();
    let before = case.card.lock().unwrap().apdu_count();
    let long = "7".repeat(4096);
    for text in ["", "123", "12345a", "123456789", "ğüşıöç", &long] {
        let fault = token::Pin::parse(&entry(text), RULES).unwrap_err();
        assert_ne!(fault, FormFault::Differs);
    }
    assert_eq!(case.card.lock().unwrap().apdu_count(), before);
    assert_eq!(case.tries(), (3, 3));
}

fn wrong_until_blocked(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    assert_eq!(case.verify(WRONG, 3, None), wrong_pin(2));
    assert_eq!(case.tries(), (2, 3));
    assert_eq!(case.verify(WRONG, 2, None), wrong_pin(1));
    assert_eq!(case.tries(), (1, 3));
    let Err(Error::LastTry(warning)) = case.verify(WRONG, 1, None) else {
        panic!("the last try was let go")
    };
    assert_eq!(case.tries(), (1, 3));
    let gone = case.verify(WRONG, 1, warning.confirmed());
    assert!(gone == wrong_pin(0) || gone == Err(Error::PinBlocked), "{gone:?}");
    assert_eq!(case.tries(), (0, 3));
    assert_eq!(case.verify(PIN, 0, None), Err(Error::PinBlocked));
    assert_eq!(case.change(PIN, NEW, 0), Err(Error::PinBlocked));
    assert_eq!(case.pins().unwrap()[0].tries_left, TriesLeft::Exact(0));
    assert_eq!(case.tries(), (0, 3));
}

fn the_last_try_right(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    case.spend_behind_the_back();
    case.spend_behind_the_back();
    let consent = case.last_try(SecretKind::Pin).unwrap().unwrap().confirmed();
    assert_eq!(case.verify(PIN, 1, consent), Ok(()));
    assert_eq!(case.tries(), (3, 3));
    assert_eq!(
        case.pins().unwrap()[0].tries_left,
        TriesLeft::Exact(3),
        "nothing stays proven"
    );
}

fn tries_changed_behind_the_back(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    case.pins().unwrap();
    case.spend_behind_the_back();
    let now = TriesLeft::Exact(2);
    assert_eq!(case.verify(PIN, 3, None), Err(Error::TriesChanged { now }));
    assert_eq!(case.change(PIN, NEW, 3), Err(Error::TriesChanged { now }));
    assert_eq!(case.tries(), (2, 3));
    assert_eq!(case.verify(PIN, 2, None), Ok(()));
}

fn change_with_a_wrong_pin(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    assert_eq!(case.change(WRONG, NEW, 3), wrong_pin(2));
    assert_eq!(case.tries(), (2, 3), "exactly one try, and none of the PUK");
    assert_eq!(case.verify(PIN, 2, None), Ok(()));
    assert_eq!(case.tries(), (3, 3));
}

fn change(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    assert_eq!(case.change(PIN, NEW, 3), Ok(()));
    assert_eq!(case.tries(), (3, 3));
    assert_eq!(case.verify(PIN, 3, None), wrong_pin(2));
    assert_eq!(case.verify(NEW, 2, None), Ok(()));
    assert_eq!(case.tries(), (3, 3));
}

fn pulled_before_a_change(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    assert_eq!(case.verify(PIN, 3, None), Ok(()));
    case.pull();
    let outcome = case.change(PIN, NEW, 3);
    assert!(
        matches!(outcome, Err(Error::Card(CardError::Removed | CardError::NoCard))),
        "{outcome:?}"
    );
    case.put_back();
    assert_eq!(case.tries(), (3, 3));
    assert_eq!(case.verify(PIN, 3, None), Ok(()));
}

fn power_lost_before_a_change(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    case.pins().unwrap();
    lose_power(
        &case,
        Cut::BeforeCommand {
            number: 1,
            instruction: Some(0x24),
        },
    );
    assert_eq!(case.verify(PIN, 3, None), Ok(()), "nothing was changed");
    assert_eq!(case.tries(), (3, 3));
}

fn power_lost_after_a_change(bench: &Bench) {
    let case = bench.with(Practice::Sha256);
    case.pins().unwrap();
    lose_power(
        &case,
        Cut::AfterCommand {
            number: 1,
            instruction: Some(0x24),
        },
    );
    assert_eq!(case.verify(NEW, 3, None), Ok(()), "it was changed");
    assert_eq!(case.tries(), (3, 3));
}

/// A change during which the card loses its power: an error, and never one that speaks of a wrong PIN.
fn lose_power(case: &Case<'_>, cut: Cut) {
    case.card.lock().unwrap().plan_cut(cut);
    let outcome = case.change(PIN, NEW, 3);
    assert!(
        matches!(
            outcome,
            Err(Error::Unsure { .. } | Error::Card(CardError::Removed))
        ),
        "{outcome:?}"
    );
    case.card.lock().unwrap().cancel_cut();
    case.pull();
    case.put_back();
}

/// There and back again; the other key and its certificate are as they were.
fn one_certificate_for_another(bench: &Bench) {
    let case = bench.with(Practice::TwoKeys);
    let before = case.certificates();
    let swap = swap(&before[0]);
    case.replace(&swap, 3).unwrap();
    let now: Vec<_> = case.certificates().into_iter().map(|one| one.der).collect();
    assert_eq!(now.len(), 2);
    assert!(now.contains(&swap.new) && now.contains(&before[1].der));
    case.replace(&swap.clone().reversed(), 3).unwrap();
    let now: Vec<_> = case.certificates().into_iter().map(|one| one.der).collect();
    assert!(now.len() == 2 && now.contains(&swap.old) && now.contains(&before[1].der));
    assert_eq!(case.tries(), (3, 3));
}

fn unblock(bench: &Bench) {
    let case = bench.with(Practice::PinBlocked);
    assert_eq!(case.pins().unwrap()[0].tries_left, TriesLeft::Exact(0));
    assert_eq!(case.unblock(PUK, NEW, 3, None), Ok(()));
    assert_eq!(case.tries(), (3, 3));
    assert_eq!(case.verify(NEW, 3, None), Ok(()));
}

fn wrong_puk_until_dead(bench: &Bench) {
    let case = bench.with(Practice::PinBlocked);
    let wrong_puk = |tries| {
        Err(Error::WrongPuk {
            tries_left: TriesLeft::Exact(tries),
        })
    };
    assert_eq!(case.unblock(WRONG, NEW, 3, None), wrong_puk(2));
    assert_eq!(case.tries(), (0, 2));
    assert_eq!(case.unblock(WRONG, NEW, 2, None), wrong_puk(1));
    assert_eq!(case.tries(), (0, 1));
    let Err(Error::LastTry(warning)) = case.unblock(WRONG, NEW, 1, None) else {
        panic!("the last PUK try was let go")
    };
    assert_eq!(case.tries(), (0, 1));
    let dead = case.unblock(WRONG, NEW, 1, warning.confirmed_by_expert());
    assert!(dead == wrong_puk(0) || dead == Err(Error::PukBlocked), "{dead:?}");
    assert_eq!(case.tries(), (0, 0));
    assert_eq!(case.unblock(PUK, NEW, 0, None), Err(Error::PukBlocked));
}

fn dead_card(bench: &Bench) {
    let case = bench.with(Practice::Dead);
    let user = case.pins().unwrap().remove(0);
    assert_eq!(
        (user.tries_left, user.unblock.puk_tries_left),
        (TriesLeft::Exact(0), TriesLeft::Exact(0))
    );
    assert_eq!(case.unblock(PUK, NEW, 0, None), Err(Error::PukBlocked));
    assert_eq!(case.tries(), (0, 0));
}

fn a_puk_goes_nowhere(bench: &Bench) {
    for (kind, tries) in [(Practice::PinBlocked, (0, 3)), (Practice::Sha256, (3, 3))] {
        let case = bench.with(kind);
        // While the PIN is not blocked, C_SetPIN is left out; what comes after it in the table is the first way then.
        let goes = kind == Practice::Sha256 && !bench.ways.officer;
        let expected = if goes { Ok(()) } else { Err(Error::NotSupported) };
        assert_eq!(case.unblock(PUK, NEW, 3, None), expected, "{kind}");
        assert_eq!(case.tries(), tries);
    }
}

fn wrong_pin(tries: u8) -> Result<(), Error> {
    Err(Error::WrongPin {
        tries_left: TriesLeft::Exact(tries),
    })
}
