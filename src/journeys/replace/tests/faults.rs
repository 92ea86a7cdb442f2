//! Services that are gone, answers that are lost, power that goes, and what is left of it.

use virtual_card::Cut;

use super::*;

#[test]
fn a_service_that_is_gone_at_any_call_costs_nothing() {
    for call in ["replacements?", "/certificate", "/chain"] {
        let twist: Twist = Box::new(move |asked| asked.line.contains(call).then(Vec::new));
        let desk = Desk::with(Bench::new(Practice::Sha1), twist);
        let found = desk
            .bench
            .runtime
            .block_on(find(&desk.client, &[&desk.bench.report]));
        let unreachable = |error: &service::Error| matches!(error, service::Error::Unreachable { .. });
        if let Err(error) = found {
            assert!(unreachable(&error), "{error:?}");
        } else {
            let outcome = desk.prepare();
            assert!(
                matches!(&outcome, Err(NotPrepared::Service(error)) if unreachable(error)),
                "{outcome:?}"
            );
        }
        desk.assert_untouched();
    }
}

#[test]
fn only_the_confirmation_is_missing_and_only_it_is_sent() {
    let gone = Arc::new(Mutex::new(true));
    let seen = Arc::clone(&gone);
    let twist: Twist = Box::new(move |asked| {
        (asked.line.ends_with("/confirmation") && *seen.lock().unwrap()).then(Vec::new)
    });
    let desk = Desk::with(Bench::new(Practice::Sha1), twist);
    let plan = desk.prepare().unwrap();
    assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: false });
    assert_eq!(desk.bench.certificates(), std::slice::from_ref(&desk.new));
    let record = desk.record().unwrap();
    assert_eq!(desk.examine(&record), Situation::OnlyConfirmation);
    assert_eq!(record.stage.step(), Step::Confirming);
    *gone.lock().unwrap() = false;
    desk.bench.card.lock().unwrap().forget_writes();
    assert_eq!(desk.resume(record, None), Outcome::Done { told: true });
    assert_eq!(desk.bench.card.lock().unwrap().writes(), [], "no PIN, no write");
    desk.assert_done();
}

/// The session ends before each of the calls: up to the first write nothing happens, and afterwards only the confirmation is
/// left for the next one.
#[test]
fn a_session_that_ends_between_two_steps_costs_nothing() {
    for call in ["/certificate", "/chain", "/confirmation"] {
        let has_ended = Arc::new(Mutex::new(true));
        let seen = Arc::clone(&has_ended);
        let twist: Twist = Box::new(move |asked| {
            let problem = json!({ "type": "https://kartal.invalid/credentials-invalid" }).to_string();
            let is_now = asked.line.ends_with(call) && *seen.lock().unwrap();
            is_now.then(|| raw("401 Unauthorized", problem.as_bytes()))
        });
        let desk = Desk::with(Bench::new(Practice::Sha1), twist);
        let plan = match desk.prepare() {
            Ok(plan) => plan,
            Err(NotPrepared::Service(error)) => {
                assert!(call != "/confirmation", "{error:?}");
                desk.assert_untouched();
                *has_ended.lock().unwrap() = false;
                desk.prepare().unwrap()
            }
            Err(other) => panic!("{call}: {other:?}"),
        };
        let told = call != "/confirmation";
        assert_eq!(desk.run(&plan, PIN), Outcome::Done { told }, "{call}");
        *has_ended.lock().unwrap() = false;
        if let Some(record) = desk.record() {
            assert_eq!(desk.resume(record, None), Outcome::Done { told: true });
        }
        desk.assert_done();
    }
}

#[test]
fn an_answer_that_is_lost_after_the_service_acted_is_asked_for_again() {
    let mut first = true;
    let twist: Twist = Box::new(move |asked| {
        let lost = asked.line.ends_with("/confirmation") && first;
        first &= !lost;
        lost.then(Vec::new)
    });
    let desk = Desk::with(Bench::new(Practice::Sha1), twist);
    let plan = desk.prepare().unwrap();
    assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: true });
    desk.assert_done();
    assert_eq!(desk.confirmations(), 2, "the same once more");
}

/// Power goes at each command that writes, before and after it; the journey is taken up again, and the card is in
/// order in the end. Every byte of every write is the cut test's business.
#[test]
fn a_cut_at_any_writing_command_is_taken_up_again() {
    let rehearsal = Desk::new();
    let plan = rehearsal.prepare().unwrap();
    let writing = |desk: &Desk| {
        let card = desk.bench.card.lock().unwrap();
        card.writes()
            .iter()
            .map(|write| write.instruction)
            .collect::<Vec<_>>()
    };
    assert_eq!(rehearsal.run(&plan, PIN), Outcome::Done { told: true });
    let all = writing(&rehearsal);
    for instruction in [0xE0, 0xD6, 0xE4] {
        let count = all
            .iter()
            .map(|one| usize::from(*one == instruction))
            .sum::<usize>();
        assert!(count > 0);
        for number in 1..=u64::try_from(count).unwrap() {
            for before in [true, false] {
                let instruction = Some(instruction);
                let cut = if before {
                    Cut::BeforeCommand { number, instruction }
                } else {
                    Cut::AfterCommand { number, instruction }
                };
                interrupted_by(cut);
            }
        }
    }
}

fn interrupted_by(cut: Cut) {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    desk.bench.card.lock().unwrap().plan_cut(cut);
    let outcome = desk.run(&plan, PIN);
    assert!(
        matches!(outcome, Outcome::Interrupted { .. }),
        "{cut:?} {outcome:?}"
    );
    desk.power();
    let there = desk.bench.certificates();
    assert!(
        there == [desk.old()] || there == [desk.new.clone()],
        "one of the two is there: {cut:?}"
    );
    let record = desk.record().unwrap();
    assert_eq!(desk.examine(&record), Situation::NeedsPin);
    assert_eq!(desk.resume(record.clone(), None), Outcome::NeedsPin);
    assert_eq!(
        desk.resume(record, Some(PIN)),
        Outcome::Done { told: true },
        "{cut:?}"
    );
    desk.assert_done();
    assert_eq!(desk.confirmations(), 1);
}

/// As another program leaves it that rewrites whole directory files: the certificate's entry torn, the key's gone.
#[test]
fn a_torn_directory_is_put_back_before_anything_else() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    cut(&desk, 4, 10);
    let outcome = desk.run(&plan, PIN);
    assert!(matches!(outcome, Outcome::Interrupted { .. }), "{outcome:?}");
    desk.power();
    {
        let mut card = desk.bench.card.lock().unwrap();
        card.transmit(b"\x00\x20\x00\x01\x08123456\xFF\xFF");
        card.transmit(&[0, 0xA4, 8, 0x0C, 4, 0x50, 0x15, 0x44, 0x02]);
        card.transmit(&[&[0, 0xD6, 0, 0, 100][..], &[0; 100]].concat());
        card.transmit(&[0, 0xA4, 8, 0x0C, 4, 0x50, 0x15, 0x44, 0x03]);
        card.transmit(&[&[0, 0xD6, 0, 10, 30][..], &[0; 30]].concat());
        card.reset();
    }
    let record = desk.record().unwrap();
    assert_eq!(desk.examine(&record), Situation::NeedsPin);
    assert_eq!(desk.resume(record, Some(PIN)), Outcome::Done { told: true });
    desk.assert_done();
}

/// A new attempt on a card that was left half done goes on with the old one, and never takes what is torn for a copy.
#[test]
fn beginning_anew_goes_on_with_what_was_begun() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    cut(&desk, 5, 3);
    let _ = desk.run(&plan, PIN);
    desk.power();
    assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: true });
    desk.assert_done();
}

#[test]
fn a_card_pulled_in_the_middle_is_taken_up_again_when_it_is_back() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    let (journal, cancel) = (desk.journal(), Cancel::default());
    let through = desk.through(&journal, &cancel, Some(&desk.client));
    let proof = desk.proof(PIN);
    let shelf = desk.bench.shelf.clone();
    let outcome = desk
        .bench
        .runtime
        .block_on(run(&through, &plan, proof, move |progress| {
            if progress.written.is_some_and(|written| written.bytes > 600) {
                shelf.pull("Practice reader");
            }
        }));
    assert!(
        matches!(outcome, Outcome::Interrupted { .. } | Outcome::Done { .. }),
        "{outcome:?}"
    );
    desk.bench.insert(&desk.bench.card);
    if let Some(record) = desk.record() {
        assert_eq!(desk.resume(record, Some(PIN)), Outcome::Done { told: true });
    }
    assert_eq!(desk.bench.certificates(), std::slice::from_ref(&desk.new));
}

/// A program that is ended between two steps leaves no more than what is on the disk: the future is dropped at each
/// step, and another one goes on.
#[test]
fn an_end_at_any_step_is_taken_up_again() {
    for step in &Step::ALL[1..] {
        let desk = Desk::new();
        let plan = desk.prepare().unwrap();
        let (journal, cancel) = (desk.journal(), Cancel::default());
        let through = desk.through(&journal, &cancel, Some(&desk.client));
        let proof = desk.proof(PIN);
        let (reached, mut arrived) = tokio::sync::mpsc::unbounded_channel();
        desk.bench.runtime.block_on(async {
            let work = run(&through, &plan, proof, |progress| {
                if progress.step == *step {
                    let _ = reached.send(());
                }
            });
            tokio::select! {
                biased;
                _ = arrived.recv() => {}
                outcome = work => assert!(matches!(outcome, Outcome::Done { .. })),
            }
        });
        let outcome = match desk.record() {
            Some(record) if desk.examine(&record) == Situation::Untouched => desk.run(&plan, PIN),
            Some(record) => desk.resume(record, Some(PIN)),
            None if desk.bench.certificates() == [desk.new.clone()] => continue,
            None => desk.run(&plan, PIN),
        };
        assert_eq!(outcome, Outcome::Done { told: true }, "{step:?}");
        desk.assert_done();
    }
}
