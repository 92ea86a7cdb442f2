//! The card loses its power at every byte that a change or an unlock writes, and at every command: afterwards it has the
//! old PIN or the new one, and what is said of it is true.

use token::{Entry, PinInfo, TriesLeft};
use virtual_card::{
    Cut, Write,
    practice::{PIN, PUK, Practice},
};

use super::*;
use crate::{
    practice::{Bench, entry},
    unlock::{self, ByPuk},
};

const NEW: &str = "739152";

/// What is tried on a fresh card.
type Work = fn(&Bench, &PinInfo) -> Outcome;

fn change_it(bench: &Bench, pin: &PinInfo) -> Outcome {
    let [old, new, again] = [PIN, NEW, NEW].map(entry);
    let typed = Change::typed(&bench.subject, pin, &old, &new, &again).unwrap();
    bench
        .runtime
        .block_on(change(typed, pin.tries_left, None, &bench.token))
}

fn unlock_it(bench: &Bench, pin: &PinInfo) -> Outcome {
    let [puk, new, again] = [PUK, NEW, NEW].map(entry);
    let typed = ByPuk::typed(&bench.subject, pin, &puk, &new, &again).unwrap();
    let seen = pin.unblock.puk_tries_left;
    bench
        .runtime
        .block_on(unlock::by_puk(&bench.subject, typed, seen, None, &bench.token))
}

fn user(bench: &Bench) -> PinInfo {
    let status = status(bench.subject.clone(), &bench.token);
    bench.runtime.block_on(status).unwrap().user().unwrap().clone()
}

/// Every cut there is: at each byte of each write, and around each command.
fn cuts(kind: Practice, work: Work) -> Vec<Cut> {
    let bench = Bench::new(kind);
    let pin = user(&bench);
    {
        let mut card = bench.card.lock().unwrap();
        card.forget_writes();
        card.reset_apdu_count();
    }
    assert_eq!(work(&bench, &pin), Outcome::Done);
    let card = bench.card.lock().unwrap();
    assert!(
        card.apdu_count() <= 6,
        "{} commands from the button to the result",
        card.apdu_count()
    );
    let bytes =
        |(write, made): (u64, &Write)| (0..=made.length).map(move |byte| Cut::InWrite { write, byte });
    let in_writes = (1..).zip(card.writes()).flat_map(bytes);
    let instruction = None;
    let commands = (1..=card.apdu_count()).flat_map(|number| {
        [
            Cut::BeforeCommand { number, instruction },
            Cut::AfterCommand { number, instruction },
        ]
    });
    in_writes.chain(commands).collect()
}

/// What the card takes after the cut, without trusting anything that was said.
fn takes(bench: &Bench, pin: &str) -> bool {
    let mut card = bench.card.lock().unwrap();
    card.cancel_cut();
    card.reset();
    drop(card);
    bench.takes(pin)
}

#[test]
fn a_change_that_is_cut_anywhere_leaves_one_of_the_two_pins_and_says_which() {
    let all = cuts(Practice::Sha256, change_it);
    assert!(all.len() > 16, "{} cuts", all.len());
    for cut in all {
        let bench = Bench::new(Practice::Sha256);
        let pin = user(&bench);
        bench.card.lock().unwrap().plan_cut(cut);
        let outcome = change_it(&bench, &pin);
        let is_new = takes(&bench, NEW);
        assert_ne!(is_new, takes(&bench, PIN), "{cut:?}: neither PIN, or both");
        match outcome {
            Outcome::Done => assert!(is_new, "{cut:?}"),
            Outcome::NotDone(_) => assert!(!is_new, "{cut:?}"),
            Outcome::Unsure { .. } => {
                let pin = user(&bench);
                let typed = Check::typed(&pin, &entry(NEW)).unwrap();
                let checked = bench
                    .runtime
                    .block_on(check(typed, pin.tries_left, None, &bench.token));
                match checked {
                    Outcome::Done => assert!(is_new, "{cut:?}"),
                    Outcome::Wrong { tries_left, .. } => {
                        assert!(!is_new, "{cut:?}");
                        assert_eq!(tries_left, TriesLeft::Exact(2), "{cut:?}");
                    }
                    other => panic!("{cut:?}: {other:?}"),
                }
            }
            other => panic!("{cut:?}: {other:?}"),
        }
    }
}

#[test]
fn an_unlock_that_is_cut_anywhere_is_done_or_not_and_says_which() {
    let all = cuts(Practice::PinBlocked, unlock_it);
    assert!(all.len() > 16, "{} cuts", all.len());
    for cut in all {
        let bench = Bench::new(Practice::PinBlocked);
        let pin = user(&bench);
        bench.card.lock().unwrap().plan_cut(cut);
        let outcome = unlock_it(&bench, &pin);
        let is_new = takes(&bench, NEW);
        let (left, puk) = bench.tries();
        assert!(puk >= 2, "{cut:?}: {puk} PUK tries");
        assert_eq!(left, if is_new { 3 } else { 0 }, "{cut:?}");
        match outcome {
            Outcome::Done => assert!(is_new, "{cut:?}"),
            Outcome::NotDone(_) => assert_eq!((is_new, puk), (false, 3), "{cut:?}"),
            Outcome::StillBlocked { puk: told, .. } => {
                assert_eq!((is_new, told), (false, TriesLeft::Exact(puk)), "{cut:?}");
            }
            other => panic!("{cut:?}: {other:?}"),
        }
    }
}

#[test]
fn what_is_checked_is_judged_by_its_form_first() {
    let bench = Bench::new(Practice::Sha256);
    let pin = user(&bench);
    let fault = Check::typed(&pin, &Entry::new()).unwrap_err();
    assert_eq!((fault.field, fault.fault), (Field::NewPin, FormFault::Empty));
    assert_eq!(bench.tries(), (3, 3));
}
