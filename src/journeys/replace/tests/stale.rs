//! Records that are older than what is on the card, or about something else.

use card::pkcs15::File;
use service::Id;
use virtual_card::Cut;

use super::*;

/// A desk whose service answers the confirmation with this.
fn confirming(status: &'static str, kind: &'static str) -> Desk {
    let twist: Twist = Box::new(move |asked| {
        let problem = json!({ "type": format!("https://kartal.invalid/{kind}") }).to_string();
        asked
            .line
            .ends_with("/confirmation")
            .then(|| raw(status, problem.as_bytes()))
    });
    Desk::with(Bench::new(Practice::Sha1), twist)
}

#[test]
fn a_replacement_that_the_service_has_closed_is_over() {
    for (status, kind) in [
        ("404 Not Found", "not-found"),
        ("409 Conflict", "replacement-not-pending"),
        ("422 Unprocessable Content", "key-mismatch"),
    ] {
        let desk = confirming(status, kind);
        let plan = desk.prepare().unwrap();
        assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: false });
        assert_eq!(desk.record(), None, "{kind}");
    }
    // What may be in order tomorrow is remembered.
    let desk = confirming("500 Internal Server Error", "internal");
    let plan = desk.prepare().unwrap();
    assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: false });
    assert!(desk.record().is_some());
}

#[test]
fn another_service_is_not_told() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    cut(&desk, 4, 10);
    let _ = desk.run(&plan, PIN);
    desk.power();
    let mut record = desk.record().unwrap();
    record.service = "https://other.invalid/v1".to_owned();
    assert_eq!(desk.resume(record, Some(PIN)), Outcome::Done { told: false });
    assert_eq!(desk.bench.certificates(), std::slice::from_ref(&desk.new));
    assert_eq!(desk.confirmations(), 0);
    assert!(desk.record().is_some(), "the right one is still to be told");
}

/// What other software does to a card that is in order is not undone by an old copy.
#[test]
fn nothing_is_put_back_once_the_card_is_in_order() {
    let desk = confirming("500 Internal Server Error", "internal");
    let plan = desk.prepare().unwrap();
    assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: false });
    let record = desk.record().unwrap();
    assert!(record.backup().is_none());
    zero(&desk, 0x02);
    desk.bench.card.lock().unwrap().forget_writes();
    assert_eq!(desk.examine(&record), Situation::OnlyConfirmation);
    assert_eq!(desk.resume(record, Some(PIN)), Outcome::Done { told: false });
    assert_eq!(desk.writes(), 0);
}

/// Zeros a directory file's beginning, as its holder's other software may.
fn zero(desk: &Desk, file: u8) {
    let mut card = desk.bench.card.lock().unwrap();
    card.transmit(b"\x00\x20\x00\x01\x08123456\xFF\xFF");
    card.transmit(&[0, 0xA4, 8, 0x0C, 4, 0x50, 0x15, 0x44, file]);
    card.transmit(&[&[0, 0xD6, 0, 0, 100][..], &[0; 100]].concat());
    card.reset();
}

/// A directory that was torn before, and one that knows more than the copy.
#[test]
fn a_copy_is_put_back_only_where_that_loses_nothing() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    cut(&desk, 4, 10);
    let _ = desk.run(&plan, PIN);
    desk.power();
    let record = desk.record().unwrap();
    let read = || {
        let state = desk
            .bench
            .runtime
            .block_on(state::State::read(&record, &desk.bench.token));
        state.unwrap().unwrap()
    };
    let id = record.swap().id;
    let whole = record.backup().unwrap();
    let bytes = |backup: &mut card::pkcs15::Backup| {
        let mut files = backup.files.iter_mut();
        let file = files.find(|file| file.kind == Some(File::PrivateKeys)).unwrap();
        file.bytes[0] = 0x31;
    };
    let mut torn = whole.clone();
    bytes(&mut torn);
    let mut state = read();
    assert_eq!(state.damaged(Some(&whole), &id), []);
    state.directory = Some(torn.clone());
    assert_eq!(state.damaged(Some(&whole), &id), [File::PrivateKeys]);
    assert_eq!(state.situation(&record), Situation::NeedsPin);
    assert_eq!(state.damaged(Some(&torn), &id), [], "it was so before");

    // The card has a key that the copy does not know, and lacks the certificate.
    let mut other = whole.clone();
    for file in &mut other.files {
        let key = file.kind == Some(File::PrivateKeys);
        if let Some(place) = file.bytes.windows(id.len()).position(|part| key && part == id) {
            file.bytes[place] ^= 0x55;
        }
        if file.kind == Some(File::Certificates) {
            file.bytes.fill(0);
        }
    }
    state.directory = Some(other);
    assert_eq!(state.situation(&record), Situation::Outgrown);
}

#[test]
fn cards_without_a_serial_number_are_nobodys() {
    let desk = Desk::new();
    let plan = Plan {
        serial: String::new(),
        ..desk.prepare().unwrap()
    };
    let record = Record::new(&plan, String::new(), None, NOW);
    assert!(!record.is_about(""));
    let mut nameless = desk.bench.runtime.block_on(desk.bench.token.backup()).unwrap();
    nameless.serial.clear();
    let record = Record::new(&plan, String::new(), Some(nameless.clone()), NOW);
    assert!(!record.is_about(""));
    assert_eq!(record.is_about_directory(&nameless), None, "that tells nothing");
}

/// Nobody agreed that the old certificate goes first: going on does not either.
#[test]
fn going_on_takes_no_more_consent_than_was_given() {
    let memory = |bytes| practice::card(Practice::Sha1, NOW).unwrap().with_capacity(bytes);
    let full = || Desk::with(Bench::with(memory(1)), Box::new(|_| None));
    for agreed in [false, true] {
        let desk = full();
        let plan = desk.prepare().unwrap();
        desk.bench.card.lock().unwrap().plan_cut(Cut::BeforeCommand {
            number: 1,
            instruction: Some(0xE0),
        });
        let outcome = desk.run(&plan, PIN);
        assert!(matches!(outcome, Outcome::Interrupted { .. }), "{outcome:?}");
        desk.power();
        let plan = if agreed { plan.removing_first() } else { plan };
        let outcome = desk.run(&plan, PIN);
        let deleted = desk
            .bench
            .card
            .lock()
            .unwrap()
            .writes()
            .iter()
            .any(|write| write.instruction == 0xE4);
        assert_eq!(deleted, agreed, "{outcome:?}");
        if !agreed {
            assert_eq!(outcome, Outcome::CardFull);
            assert_eq!(desk.bench.certificates(), [desk.old()]);
        }
    }
}

/// The same for another certificate of the card's first key, by another name of the service.
fn another(desk: &Desk, plan: &Plan) -> Plan {
    let der = issued(&desk.bench, &Authority::Version2.issuer().unwrap(), &|order| {
        Order {
            serial: &[0x4C, 0x01, 0x02, 0x04],
            ..order
        }
    });
    let mut other = plan.clone();
    other.replacement.id = Id::parse("RP-9").unwrap();
    other.swap.new = der;
    other
}

#[test]
fn a_card_that_was_left_half_way_takes_no_other_replacement() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    cut(&desk, 4, 10);
    let _ = desk.run(&plan, PIN);
    desk.power();
    let begun = desk.record().unwrap();
    let writes = desk.writes();
    let outcome = desk.run(&another(&desk, &plan), "739164");
    assert_eq!(outcome, Outcome::Unfinished(Box::new(begun.clone())));
    assert_eq!(
        desk.bench.tries(),
        (3, 3),
        "that is said before the PIN goes anywhere"
    );
    assert_eq!(desk.writes(), writes);
    assert_eq!(desk.journal().replacements(), [begun]);
}

#[test]
fn what_is_only_to_be_told_outlives_the_next_replacement() {
    let desk = confirming("500 Internal Server Error", "internal");
    let plan = desk.prepare().unwrap();
    assert_eq!(desk.run(&plan, PIN), Outcome::Done { told: false });
    let first = desk.record().unwrap();
    let mut other = another(&desk, &plan);
    other.swap.old = plan.swap.new.clone();
    assert_eq!(desk.run(&other, PIN), Outcome::Done { told: false });
    let mut names: Vec<_> = desk.journal().replacements();
    names.sort_by_key(|record| record.replacement != first.replacement);
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(names[0], first);

    // The first is not to be gone on with any more: another certificate is in its place.
    assert_eq!(desk.examine(&first), Situation::Outgrown);
    first.give_up(&desk.journal()).unwrap();
    assert_eq!(desk.journal().replacements().len(), 1);
    let kept = std::fs::read_dir(desk.folder.path()).unwrap().count();
    assert_eq!(kept, 2, "it is put aside, for it may hold the old certificate");
}

/// Somebody else wrote to the card meanwhile: what was cut short stands in nobody's way.
#[test]
fn a_record_that_the_card_has_outgrown_is_put_aside_by_the_next() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    desk.bench.card.lock().unwrap().plan_cut(Cut::BeforeCommand {
        number: 1,
        instruction: Some(0xE4),
    });
    let _ = desk.run(&plan, PIN);
    desk.power();
    let cut_short = desk.record().unwrap();
    assert!(cut_short.stage.is_on_card(), "{:?}", cut_short.stage);

    // The same card, with another certificate than either.
    let foreign = another(&desk, &plan).swap.new;
    let runtime = &desk.bench.runtime;
    runtime.block_on(async {
        let (request, _) = desk_proof(&desk).await.into_request();
        let stretch = desk
            .bench
            .token
            .log_in(request, token::StretchWay::Driverless)
            .await
            .unwrap();
        let there = [plan.swap.clone(), plan.swap.clone().reversed()];
        for swap in there {
            let _ = stretch.delete_certificate(swap).await;
        }
        let swap = Swap {
            new: foreign.clone(),
            ..plan.swap.clone()
        };
        stretch.write_certificate(swap, |_| ()).await.unwrap();
        stretch.end().await;
    });
    assert_eq!(desk.bench.certificates(), std::slice::from_ref(&foreign));
    assert_eq!(desk.examine(&cut_short), Situation::Outgrown);
    let mut next = plan.clone();
    next.replacement.id = Id::parse("RP-9").unwrap();
    next.swap.old = foreign;
    assert_eq!(desk.run(&next, PIN), Outcome::Done { told: true });
    assert_eq!(desk.journal().replacements(), []);
}

async fn desk_proof(desk: &Desk) -> Proof {
    let pins = desk.bench.token.pins().await.unwrap();
    Proof::typed(&pins[0], &entry(PIN)).unwrap()
}

#[test]
fn the_service_hears_of_a_certificate_that_is_there_already() {
    let desk = Desk::new();
    let plan = desk.prepare().unwrap();
    let (journal, cancel) = (desk.journal(), Cancel::default());
    let through = desk.through(&journal, &cancel, None);
    let outcome = desk
        .bench
        .runtime
        .block_on(run(&through, &plan, desk.proof(PIN), |_| ()));
    assert_eq!(outcome, Outcome::Done { told: false });
    // The journal is lost, or is another computer's.
    desk.record().unwrap().forget(&journal).unwrap();
    let report = desk.bench.look_again();
    let runtime = &desk.bench.runtime;
    let due = runtime
        .block_on(find(&desk.client, &[&report]))
        .unwrap()
        .due
        .remove(0);
    let prepared = runtime.block_on(prepare(&desk.client, &due, &anchors(), NOW));
    let Err(NotPrepared::Refused(refused)) = prepared else {
        panic!("{prepared:?}");
    };
    assert_eq!(refused.refusal, Refusal::Same);
    assert_eq!(desk.confirmations(), 0);
    runtime.block_on(tell_refused(&desk.client, &refused)).unwrap();
    assert_eq!(desk.confirmations(), 1);
}
