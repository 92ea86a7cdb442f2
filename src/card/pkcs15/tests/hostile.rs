use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::build::{certificate_entry, look_at};
use crate::Recording;
use crate::pkcs15::objects::{parse_applications, tail};
use crate::pkcs15::*;

const MYEID: &str = include_str!("myeid.recording");

/// Gives the bytes to every parser.
fn parse_all(bytes: &[u8]) {
    let started = Instant::now();
    let counts = [
        parse_object_directory(bytes).0.len(),
        parse_authentication_objects(bytes).0.len(),
        parse_private_keys(bytes).0.len(),
        parse_certificates(bytes, false).0.len(),
        parse_applications(bytes, b"\xA0").0.len(),
    ];
    let _ = parse_token_info(bytes);
    let _ = file_size(bytes);
    let _ = MyEidInfo::parse(bytes);
    let _ = tail(bytes);
    assert!(counts.iter().all(|count| *count <= 256), "{counts:?}");
    assert!(started.elapsed() < Duration::from_secs(1));
}

#[test]
fn the_deepest_and_the_longest_take_no_time() {
    let deep: Vec<u8> = (0..32_000).flat_map(|_| [0x30, 0x80]).collect();
    let nested = (0..200).fold(vec![], |inner: Vec<u8>, _| super::build::tlv(0x30, &[&inner]));
    let empty_records = [0x30, 0x00].repeat(32_000);
    let many = certificate_entry("x", 1, &[0x43, 0x01]).repeat(1500);
    for bytes in [
        deep,
        nested,
        empty_records,
        many,
        vec![0; 65_536],
        vec![0xFF; 65_536],
        vec![0x30; 65_536],
    ] {
        parse_all(&bytes);
    }
}

/// Real directory files with some bytes changed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let recording: Recording = MYEID.parse().unwrap();
    let files: Vec<Vec<u8>> = recording
        .exchanges
        .into_iter()
        .map(|exchange| exchange.answer)
        .collect();
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (prop::sample::select(files), changes).prop_map(|(mut file, changes)| {
        for (place, value) in changes {
            let place = place.index(file.len());
            file[place] = value;
        }
        file
    })
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..1000)) {
        parse_all(&bytes);
    }

    #[test]
    fn changed_directories_are_survived(bytes in mutated()) {
        parse_all(&bytes);
    }

    #[test]
    fn a_card_with_changed_answers_is_survived(
        turns in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut recording: Recording = MYEID.parse().unwrap();
        for (exchange, place, value) in turns {
            let index = exchange.index(recording.exchanges.len());
            let answer = &mut recording.exchanges[index].answer;
            let place = place.index(answer.len());
            answer[place] = value;
        }
        // Answers by the command, not by the order, so that the reader may go other ways.
        let (result, commands) = look_at(move |command| {
            let sent = crate::Sent::of(command);
            let found = recording.exchanges.iter().find(|exchange| exchange.sent == sent);
            Some(found.map_or(vec![0x6A, 0x82], |exchange| exchange.answer.clone()))
        });
        if let Ok(contents) = result {
            prop_assert!(contents.certificates.len() <= 256);
        }
        prop_assert!(commands < 3000);
    }

    #[test]
    fn a_card_that_answers_anything_is_survived(
        answers in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..64), 1..12),
        ok in any::<bool>(),
    ) {
        let mut turn = 0;
        let (_, commands) = look_at(move |_| {
            turn += 1;
            let mut answer = answers.get(turn % answers.len()).cloned()?;
            if ok {
                answer.extend([0x90, 0x00]);
            }
            Some(answer)
        });
        prop_assert!(commands < 3000);
    }
}
