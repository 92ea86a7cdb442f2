//! Cards.

use service::{Apdu, Demand, ProblemKind, Report};
use virtual_card::{
    Response, VirtualCard,
    practice::{self, PIN, PIN_REFERENCE, Practice},
};

use crate::{Error, Moment, cards, people::serial_text};

use super::bench::{AYSE, Bench, GULSEN, refusal};

pub(super) async fn the_pin_is_shown_until_it_is_deleted_and_is_nowhere_then(bench: &Bench) {
    let client = bench.logged_in(AYSE).await;
    let card = client.cards().await.unwrap().cards.remove(0);
    assert!(card.pin_info_available && card.unlockable);
    for _ in 0..2 {
        let letter = client.pin_letter(&card.serial).await.unwrap();
        assert_eq!(letter.pin.expose(), PIN);
    }
    let sealed: (Vec<u8>,) = sqlx::query_as("SELECT pin_envelope FROM card WHERE serial = $1")
        .bind(card.serial.as_str())
        .fetch_one(bench.portal().store().read())
        .await
        .unwrap();
    assert!(!sealed.0.windows(PIN.len()).any(|window| window == PIN.as_bytes()));
    for _ in 0..2 {
        client.delete_pin_letter(&card.serial).await.unwrap();
    }
    assert_eq!(
        refusal(client.pin_letter(&card.serial).await).kind,
        ProblemKind::NotFound
    );
    assert!(!client.cards().await.unwrap().cards.remove(0).pin_info_available);
    // Not even encrypted does it lie anywhere in the store's files.
    let files = std::fs::read_dir(bench.folder.path()).unwrap().flatten();
    for file in files.filter(|file| file.file_name().to_string_lossy().starts_with("portal.db")) {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(
            !bytes.windows(sealed.0.len()).any(|window| window == sealed.0),
            "{:?}",
            file.path()
        );
    }
}

fn transmit(card: &mut VirtualCard, command: &[u8]) -> Vec<u8> {
    match card.transmit(command) {
        Response::Answer(answer) => answer,
        Response::PowerLost => panic!("no power"),
    }
}

fn answered(number: u32, bytes: Vec<u8>) -> Report {
    Report::Answer {
        number,
        answer: Apdu::new(bytes).unwrap(),
    }
}

pub(super) async fn a_blocked_card_is_unlocked(bench: &Bench) {
    let mut card = practice::card(Practice::PinBlocked, Moment::now().date_time()).unwrap();
    let serial = service::CardSerial::parse(&serial_text(&card.serial())).unwrap();
    let client = bench.logged_in(GULSEN).await;
    let started = client.start_unlock(&serial).await.unwrap();
    let mut step = started.step;
    for _ in 0..10 {
        let report = match &step.demand {
            Demand::Command { command } => answered(step.number, transmit(&mut card, command.bytes())),
            Demand::SetPin => {
                let reset = b"\x00\x2C\x02\x01\x08739152\xFF\xFF";
                assert_eq!(transmit(&mut card, reset), [0x90, 0x00]);
                Report::PinSet { number: step.number }
            }
            Demand::Done => break,
            Demand::Failed { reason } => panic!("{reason}"),
        };
        let next = client
            .next_step(&serial, &started.unlock_id, &report)
            .await
            .unwrap();
        // An answer that was lost is given again.
        let again = client
            .next_step(&serial, &started.unlock_id, &report)
            .await
            .unwrap();
        assert_eq!(next, again);
        step = next;
    }
    assert_eq!(step.demand, Demand::Done);
    assert_eq!(card.tries_left(PIN_REFERENCE), Some(3));
    let over = client
        .next_step(
            &serial,
            &started.unlock_id,
            &Report::PinSet { number: step.number },
        )
        .await;
    assert_eq!(refusal(over).kind, ProblemKind::StateConflict);
}

pub(super) async fn a_card_that_refuses_is_left_alone(bench: &Bench) {
    let (portal, now) = (bench.portal(), Moment::now());
    let person = bench.person(GULSEN).await.id;
    let serial = cards::list(portal, &person).await.unwrap().remove(0).serial;
    for attempt in 0..5 {
        let name = format!("unlock-{attempt}");
        let begun = cards::unlock::begin(portal, now, &person, &serial, &name)
            .await
            .unwrap();
        // The same name is the same unlock, and not a second one.
        let again = cards::unlock::begin(portal, now, &person, &serial, &name)
            .await
            .unwrap();
        assert_eq!(begun, again);
        let refused = answered(1, vec![0x6A, 0x82]);
        let step = cards::unlock::step(portal, now, &person, &serial, &name, &refused)
            .await
            .unwrap();
        assert!(matches!(step.demand, Demand::Failed { .. }));
    }
    let sixth = cards::unlock::begin(portal, now, &person, &serial, "unlock-6").await;
    assert!(matches!(sixth, Err(Error::UnlockRefused { .. })));
    let tomorrow = now.plus(std::time::Duration::from_hours(25));
    assert!(
        cards::unlock::begin(portal, tomorrow, &person, &serial, "unlock-7")
            .await
            .is_ok()
    );
    let slow = tomorrow.plus(std::time::Duration::from_mins(11));
    let report = answered(1, vec![0x90, 0x00]);
    let late = cards::unlock::step(portal, slow, &person, &serial, "unlock-7", &report).await;
    assert!(matches!(late, Err(Error::UnlockRefused { .. })));
    // Of two that report at once, one is taken.
    let name = "unlock-8";
    cards::unlock::begin(portal, tomorrow, &person, &serial, name)
        .await
        .unwrap();
    let both = [vec![0x90, 0x00], vec![0x6A, 0x82]].map(|answer| {
        let (portal, person, serial) = (portal.clone(), person.clone(), serial.clone());
        tokio::spawn(async move {
            let report = answered(1, answer);
            cards::unlock::step(&portal, tomorrow, &person, &serial, name, &report).await
        })
    });
    let mut steps = Vec::new();
    for one in both {
        steps.extend(one.await.unwrap().ok());
    }
    assert!(steps.iter().all(|step| step == &steps[0]), "{steps:?}");
}
