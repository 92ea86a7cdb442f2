use proptest::prelude::*;

use super::*;
use crate::{Hub, Shelf};

const ATR: &str = "atr 3BF59600008131FE454D7945494414";

fn recording(lines: &[&str]) -> Recording {
    let text = [&[ATR], lines].concat().join("\n");
    text.parse().unwrap()
}

#[test]
fn a_text_that_is_no_recording_is_refused_by_line() {
    for text in [
        "",
        "00B00000 9000",
        "atr",
        "atr 3B",
        "atr xyz",
        "# only a comment",
    ] {
        assert_eq!(text.parse::<Recording>(), Err(RecordingError::NoAtr), "{text:?}");
    }
    let lines = [
        "00B00000",
        "00B0000 9000",
        "00B00000 9000 00",
        "00B00000 secret 9000",
        "00200001 secret x 9000",
        "002000 secret 9 9000",
        "00200001 secret 99999999 9000",
        "00ş0 9000",
    ];
    for line in lines {
        let text = format!("{ATR}\n\n# a comment\n00B00000 9000\n{line}");
        assert_eq!(
            text.parse::<Recording>(),
            Err(RecordingError::Line(5)),
            "{line:?}"
        );
    }
}

#[test]
fn an_unexpected_command_is_refused_and_named_without_its_secret() {
    let mut replay = Replay::new(recording(&["00B0000000 019000"]));
    let unexpected = |command: &str| {
        Err(Error::Unexpected {
            command: command.into(),
        })
    };
    assert_eq!(replay.transmit(&[0, 0xB0, 0, 1, 0]), unexpected("00B0000100"));
    assert_eq!(
        replay.transmit(b"\x00\x20\x00\x01\x041234"),
        unexpected("00200001 secret 5")
    );
    assert_eq!(replay.transmit(&[0, 0xB0, 0, 0, 0]), Ok(vec![1, 0x90, 0]));
    assert!(replay.is_finished());
    assert_eq!(replay.transmit(&[0, 0xB0, 0, 0, 0]), unexpected("00B0000000"));
    assert_eq!(replay.apdu_count(), 1);
}

#[test]
fn secrets_are_not_recorded() {
    let shelf = Shelf::new();
    let atr = recording(&[]).atr;
    shelf.insert("r", atr, |_| Some(vec![0x63, 0xC2]));
    let (mut recorder, recording) = Recorder::new(shelf.connect("r").unwrap());
    for instruction in [0x20, 0x24, 0x2C, 0xDA, 0x82] {
        recorder
            .transmit(&[0, instruction, 0, 1, 4, 0x31, 0x32, 0x33, 0x34])
            .unwrap();
    }
    recorder.transmit(&[0, 0x20, 0, 1]).unwrap();
    recorder.transmit(&[0, 0xB0, 0, 0, 0]).unwrap();
    let text = recording.lock().unwrap().to_string();
    assert!(!text.contains("31323334"), "{text}");
    assert!(
        text.contains("00200001 secret 5 63C2") && text.contains("00200001 63C2"),
        "{text}"
    );
    assert_eq!(text.parse::<Recording>().unwrap(), *recording.lock().unwrap());
    assert_eq!(recorder.apdu_count(), 7);
}

#[test]
fn a_secret_command_is_replayed_by_header_and_length() {
    let mut replay = Replay::new(recording(&["00200001 secret 9 9000"]));
    assert!(replay.transmit(&[0, 0x20, 0, 1, 4, 1, 2, 3, 4]).is_err());
    assert_eq!(
        replay.transmit(&[0, 0x20, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8]),
        Ok(vec![0x90, 0])
    );
}

proptest! {
    #[test]
    fn any_text_is_survived(text in ".{0,400}") {
        let _ = text.parse::<Recording>();
        let _ = format!("{ATR}\n{text}").parse::<Recording>();
    }

    #[test]
    fn what_was_written_is_read(
        exchanges in prop::collection::vec((prop::collection::vec(any::<u8>(), 1..300), any::<[u8; 2]>()), 0..20),
    ) {
        let exchanges = exchanges
            .into_iter()
            .map(|(command, answer)| Recorded { sent: Sent::of(&command), answer: answer.to_vec() })
            .collect();
        let recording = Recording { exchanges, ..recording(&[]) };
        prop_assert_eq!(recording.to_string().parse::<Recording>(), Ok(recording));
    }
}
