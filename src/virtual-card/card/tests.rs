//! Power cuts, persistence, recording, and whatever anybody may send.

use proptest::prelude::*;

use super::*;
use crate::myeid::tests::{personalised, send};

const VERIFY: &[u8] = b"\x00\x20\x00\x01\x081234\xFF\xFF\xFF\xFF";
const CHANGE: &[u8] = b"\x00\x24\x00\x01\x101234\xFF\xFF\xFF\xFF5678\xFF\xFF\xFF\xFF";
const SELECT: &[u8] = &[0x00, 0xA4, 0x08, 0x0C, 4, 0x50, 0x15, 0x43, 0x01];
const WRITE: &[u8] = b"\x00\xD6\x00\x00\x08ABCDEFGH";
const READ: &[u8] = &[0x00, 0xB0, 0x00, 0x00, 0x08];

fn ready() -> VirtualCard {
    let mut card = personalised();
    send(&mut card, VERIFY);
    send(&mut card, SELECT);
    card.forget_writes();
    card
}

#[test]
fn a_write_tears_at_every_byte() {
    for byte in 0..=8 {
        let mut card = ready();
        let before = card.change_counter();
        card.plan_cut(Cut::InWrite { write: 1, byte });
        assert_eq!(card.transmit(WRITE), Response::PowerLost);
        assert_eq!(card.transmit(READ), Response::PowerLost);
        card.reset();
        send(&mut card, SELECT);
        let (contents, _) = send(&mut card, READ);
        let expected: Vec<u8> = b"ABCDEFGH"[..byte]
            .iter()
            .copied()
            .chain([0; 8])
            .take(8)
            .collect();
        assert_eq!(contents, expected);
        assert_eq!(card.change_counter() != before, byte > 0);
    }
}

#[test]
fn a_pin_change_cut_anywhere_leaves_one_pin() {
    let mut card = ready();
    send(&mut card, CHANGE);
    let writes = card.writes().to_vec();
    assert_eq!(writes.len(), 2);
    for (write, length) in (1..).zip(writes.iter().map(|write| write.length)) {
        for byte in 0..=length {
            let mut card = ready();
            card.plan_cut(Cut::InWrite { write, byte });
            assert_eq!(card.transmit(CHANGE), Response::PowerLost);
            card.reset();
            assert!(card.tries_left(1) >= Some(2));
            let (_, old) = send(&mut card, VERIFY);
            let (_, new) = send(&mut card, b"\x00\x20\x00\x01\x085678\xFF\xFF\xFF\xFF");
            assert!((old == 0x9000) != (new == 0x9000), "write {write}, byte {byte}");
        }
    }
}

#[test]
fn a_cut_after_a_wrong_pin_gives_no_try_back() {
    let mut card = personalised();
    card.plan_cut(Cut::AfterCommand {
        number: 1,
        instruction: Some(0x20),
    });
    send(&mut card, SELECT);
    assert_eq!(
        card.transmit(b"\x00\x20\x00\x01\x084321\xFF\xFF\xFF\xFF"),
        Response::PowerLost
    );
    card.reset();
    assert_eq!(card.tries_left(1), Some(2));
}

#[test]
fn a_cut_before_a_command_leaves_no_trace_of_it() {
    let mut card = ready();
    card.plan_cut(Cut::BeforeCommand {
        number: 2,
        instruction: None,
    });
    assert!(matches!(card.transmit(READ), Response::Answer(_)));
    assert_eq!(card.transmit(WRITE), Response::PowerLost);
    card.reset();
    send(&mut card, SELECT);
    assert_eq!(send(&mut card, READ).0, [0; 8]);
    assert!(card.writes().is_empty());
}

#[test]
fn writes_are_listed_with_their_lengths() {
    let mut card = ready();
    let before = card.written_bytes();
    send(&mut card, WRITE);
    assert_eq!(
        card.writes(),
        [Write {
            instruction: 0xD6,
            length: 8
        }]
    );
    assert_eq!(card.written_bytes() - before, 8);
}

#[test]
fn a_state_file_keeps_everything_but_what_is_volatile() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("card.json");
    let mut card = ready();
    card.keep_in(&path).unwrap();
    send(&mut card, WRITE);
    send(&mut card, b"\x00\x20\x00\x01\x084321\xFF\xFF\xFF\xFF");
    drop(card);
    let mut card = VirtualCard::open(&path, Personality::MyEid).unwrap();
    assert_eq!(card.serial(), *b"0123456789");
    assert_eq!(card.tries_left(1), Some(2));
    assert_eq!(send(&mut card, SELECT).1, 0x9000);
    assert_eq!(send(&mut card, READ).0, b"ABCDEFGH");
    assert_eq!(send(&mut card, WRITE).1, 0x6982);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no temporary files are left"
    );
}

#[test]
fn a_torn_write_is_torn_in_the_state_file_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("card.json");
    let mut card = ready();
    card.keep_in(&path).unwrap();
    card.plan_cut(Cut::InWrite { write: 1, byte: 3 });
    assert_eq!(card.transmit(WRITE), Response::PowerLost);
    let mut card = VirtualCard::open(&path, Personality::MyEid).unwrap();
    send(&mut card, SELECT);
    assert_eq!(send(&mut card, READ).0, b"ABC\0\0\0\0\0");
}

#[test]
fn broken_and_foreign_state_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("card.json");
    drop(VirtualCard::open(&path, Personality::MyEid).unwrap());
    assert!(matches!(
        VirtualCard::open(&path, Personality::Akis),
        Err(Error::OtherPersonality { .. })
    ));
    std::fs::write(&path, b"{\"personality\":").unwrap();
    assert!(matches!(
        VirtualCard::open(&path, Personality::MyEid),
        Err(Error::StateFormat { .. })
    ));
    assert!(matches!(
        VirtualCard::open(folder.path(), Personality::MyEid),
        Err(Error::StateFile { .. })
    ));
}

#[test]
fn a_lost_state_file_is_a_memory_failure_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut card = ready();
    card.keep_in(&folder.path().join("card.json")).unwrap();
    drop(folder);
    assert_eq!(send(&mut card, WRITE).1, 0x6581);
    assert_eq!(send(&mut card, READ).0, [0; 8]);
}

#[test]
fn recordings_and_debug_hold_no_secrets() {
    let mut card = personalised();
    card.record(true);
    send(&mut card, VERIFY);
    let text = format!("{:?}{card:?}{:?}", card.take_recording(), card.memory().pins);
    assert!(
        !text.contains("49, 50, 51, 52") && !text.contains("31323334"),
        "{text}"
    );
    assert!(card.take_recording().is_empty());
}

#[test]
fn commands_are_counted_and_delayed() {
    let mut card = personalised();
    card.reset_apdu_count();
    card.set_delay(Duration::from_millis(5));
    let started = Instant::now();
    send(&mut card, SELECT);
    send(&mut card, READ);
    assert_eq!(card.apdu_count(), 2);
    assert!(started.elapsed() >= Duration::from_millis(10));
}

#[test]
fn endless_chains_end() {
    let mut card = personalised();
    let link = [&[0x10, 0xDA, 0x01, 0x83, 255][..], &[7; 255]].concat();
    let refused = (0..100).any(|_| send(&mut card, &link).1 == 0x6884);
    assert!(refused);
}

/// Commands that reach deep, and noise.
fn command() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        VERIFY.to_vec(),
        b"\x00\x20\x00\x01\x084321\xFF\xFF\xFF\xFF".to_vec(),
        b"\x00\x20\x00\x03\x0887654321".to_vec(),
        SELECT.to_vec(),
        WRITE.to_vec(),
        READ.to_vec(),
        vec![0x00, 0xA4, 0x00, 0x00, 0x02, 0x4B, 0x02],
        vec![0x00, 0x46, 0x00, 0x00],
        vec![0xA0, 0xE4, 0x00, 0x00],
        vec![
            0x00, 0x22, 0x41, 0xB6, 10, 0x80, 1, 4, 0x81, 2, 0x4B, 2, 0x84, 1, 0,
        ],
        vec![0x00, 0x2A, 0x9E, 0x9A, 4, 1, 2, 3, 4, 0],
        vec![0x00, 0xC0, 0, 0, 0],
        vec![0x00, 0x2E, 0, 0],
    ]);
    let instructions = vec![
        0x20, 0x22, 0x24, 0x2A, 0x2C, 0x2E, 0x44, 0x82, 0x84, 0xA4, 0xB0, 0xC0, 0xCA, 0xD6, 0xDA, 0xE0, 0xE4,
    ];
    let shaped = (
        prop::sample::select(vec![0x00, 0x10, 0x80, 0xA0]),
        prop::sample::select(instructions),
        prop::sample::select(vec![0x00, 0x01, 0x02, 0x04, 0x08, 0x41, 0x9E, 0x80]),
        any::<u8>(),
        prop::collection::vec(any::<u8>(), 0..40),
    );
    let shaped = shaped.prop_map(|(class, instruction, p1, p2, data)| {
        let length = u8::try_from(data.len()).unwrap_or(0);
        [&[class, instruction, p1, p2, length][..], &data].concat()
    });
    prop_oneof![known, shaped, prop::collection::vec(any::<u8>(), 0..20)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn whatever_comes_tries_fall_by_tries_only(
        commands in prop::collection::vec(command(), 0..60),
        cut in prop::option::of((1_u64..20, 0_usize..12)),
        akis in any::<bool>(),
    ) {
        let mut card = if akis {
            crate::practice::akis_card(time::macros::datetime!(2026-01-01 0:00 UTC)).unwrap()
        } else {
            personalised()
        };
        if let Some((write, byte)) = cut {
            card.plan_cut(Cut::InWrite { write, byte });
        }
        for command in &commands {
            let before = (card.tries_left(1), card.puk_tries_left(1));
            match card.transmit(command) {
                Response::Answer(answer) => prop_assert!(answer.len() >= 2),
                Response::PowerLost => card.reset(),
            }
            let after = (card.tries_left(1), card.puk_tries_left(1));
            if after.0 < before.0 && after.0.is_some() {
                prop_assert!(matches!(command[1], 0x20 | 0x24), "{command:02X?}");
                prop_assert_eq!(before.0, after.0.map(|tries| tries + 1));
            }
            if after.1 < before.1 && after.1.is_some() {
                prop_assert!(command[1] == 0x2C, "{command:02X?}");
            }
        }
        prop_assert!(card.memory().root.footprint() <= card.memory().capacity);
    }
}
