//! The cut test: power goes at every byte of every write of a replacement, and nothing is lost.
//!
//! | run | where power goes |
//! | --- | --- |
//! | `driverless` | at every byte of every write to the card's memory, the card in this process |
//! | `opensc` | before and after every command that `OpenSC`'s module sends, behind a smart card service |
//!
//! After each cut the journey is taken up again, as a person would who puts the card back. Lost is a card from which,
//! at that moment, neither certificate can be had (from the card, or from the copy in the journal), or that does not end
//! with the new certificate alone and a key that signs. Each run prints `cuts: N, lost: 0`.
//!
//! By default a sample is cut; with `KARTAL_CUTS=all` everything is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[cfg(target_os = "linux")]
mod daemon;
mod desk;
mod service;

use std::{env, time::Instant};

use journeys::replace::{Cancel, Outcome, Plan};
use virtual_card::Cut;

use desk::Desk;

/// Whether everything is cut, and not a sample.
fn all() -> bool {
    env::var("KARTAL_CUTS").is_ok_and(|value| value == "all")
}

/// Of this many cuts in the middle of a long write, a sample takes one.
const SAMPLED: usize = 37;

/// What came of a run.
#[derive(Default)]
struct Count {
    cuts: usize,
    lost: usize,
}

impl Count {
    fn tell(&self, what: &str, started: Instant) {
        println!(
            "{what}: cuts: {}, lost: {} ({:.1} s)",
            self.cuts,
            self.lost,
            started.elapsed().as_secs_f64()
        );
        assert!(self.cuts > 0 && self.lost == 0, "{what}: {} lost", self.lost);
    }
}

#[test]
fn driverless() {
    let started = Instant::now();
    let service = service::Service::start();
    let rehearsal = Desk::on_shelf(&service);
    let plan = rehearsal.plan();
    rehearsal.card.lock().unwrap().forget_writes();
    assert_eq!(rehearsal.run(&plan), Outcome::Done { told: true });
    let writes = rehearsal.card.lock().unwrap().writes().to_vec();
    assert!(writes.len() > 8, "{writes:?}");
    let mut count = Count::default();
    for (number, write) in (1..).zip(&writes) {
        for byte in 0..=write.length {
            // The ends of a write, and all of a short one, are always cut.
            let inner = write.length > 24 && (8..write.length - 8).contains(&byte);
            if inner && !all() && byte % SAMPLED != 0 {
                continue;
            }
            let desk = Desk::on_shelf(&service);
            desk.card
                .lock()
                .unwrap()
                .plan_cut(Cut::InWrite { write: number, byte });
            count.cuts += 1;
            if let Err(why) = survives(&desk, &plan) {
                println!("lost at byte {byte} of write {number} ({write:?}): {why}");
                count.lost += 1;
            }
        }
    }
    count.tell("driverless", started);
}

/// Runs into the cut that is planned, and goes on. An error says what is lost.
fn survives(desk: &Desk, plan: &Plan) -> Result<(), String> {
    let before = Instant::now();
    let outcome = desk.run(plan);
    desk.power();
    desk.has_either(plan)?;
    match outcome {
        // The cut came after the last thing that mattered, or not at all.
        Outcome::Done { .. } => {}
        _ => go_on(desk, plan, &outcome)?,
    }
    desk.is_done(plan)?;
    if before.elapsed().as_secs() > 60 {
        return Err("it took longer than a minute".into());
    }
    Ok(())
}

/// As often as a person might put the card back.
fn go_on(desk: &Desk, plan: &Plan, first: &Outcome) -> Result<(), String> {
    let mut last = first.clone();
    for _ in 0..3 {
        last = match desk.record() {
            Some(record) => desk.resume(record),
            None => desk.run(plan),
        };
        if matches!(last, Outcome::Done { .. }) {
            return Ok(());
        }
        desk.power();
    }
    Err(format!("it does not end: {first:?}, then {last:?}"))
}

/// For both kinds of desk.
fn never() -> Cancel {
    Cancel::default()
}
