use proptest::prelude::*;

use super::*;
use crate::{Atr, Error, Hub, Shelf, Transport};

/// A card that gives prepared answers and keeps what it was asked.
struct Script {
    atr: Atr,
    answers: Vec<Vec<u8>>,
    asked: Vec<Vec<u8>>,
}

impl Script {
    fn new(answers: &[&[u8]]) -> Self {
        let answers = answers.iter().rev().map(|answer| answer.to_vec()).collect();
        Self {
            atr: Atr::new(&[0x3B, 0x00]).unwrap(),
            answers,
            asked: Vec::new(),
        }
    }
}

impl Transport for Script {
    fn atr(&self) -> &Atr {
        &self.atr
    }

    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Error> {
        self.asked.push(command.to_vec());
        self.answers.pop().ok_or(Error::Removed)
    }

    fn apdu_count(&self) -> u32 {
        u32::try_from(self.asked.len()).unwrap()
    }
}

fn malformed(command: &str) -> Error {
    Error::Malformed {
        command: command.into(),
    }
}

#[test]
fn an_answer_without_a_status_word_is_malformed() {
    for answer in [&[][..], &[0x90]] {
        let mut card = Script::new(&[answer]);
        let result = Channel::new(&mut card).send(&Command::get_data(0x01A0));
        assert_eq!(result, Err(malformed("GET DATA")));
    }
}

#[test]
fn a_card_that_promises_and_brings_nothing_is_given_up() {
    let mut card = Script::new(&[&[0x61, 0x10], &[0x61, 0x10], &[0x61, 0x10]]);
    let result = Channel::new(&mut card).send(&Command::get_data(0x01A0));
    assert_eq!((result, card.asked.len()), (Err(malformed("GET DATA")), 2));
}

#[test]
fn an_endless_answer_is_cut_off() {
    let mut block = vec![0xAA; 256];
    block.extend([0x61, 0x00]);
    let mut card = Script::new(&vec![block.as_slice(); 400]);
    let result = Channel::new(&mut card).send(&Command::get_data(0x01A0));
    assert_eq!(result, Err(malformed("GET DATA")));
    assert_eq!(card.asked.len(), 257);
}

#[test]
fn a_card_that_keeps_correcting_the_length_is_given_up() {
    let mut card = Script::new(&[&[0x6C, 0x10], &[0x6C, 0x10]]);
    let result = Channel::new(&mut card).send(&Command::read_binary(0, 256));
    assert_eq!((result, card.asked.len()), (Err(malformed("READ BINARY")), 2));
}

#[test]
fn a_refusal_names_command_and_status() {
    let mut card = Script::new(&[&[0x6A, 0x82]]);
    let result = Channel::new(&mut card).request(&Command::select_path(&[0x50, 0x31]));
    assert_eq!(
        result,
        Err(Error::Refused {
            command: "SELECT".into(),
            status: 0x6A82
        })
    );
}

#[test]
fn a_refused_link_ends_the_chain() {
    let mut card = Script::new(&[&[0x68, 0x84]]);
    let command = Command::new(0xD6, 0, 0).data(&[0; 300]);
    let answer = Channel::new(&mut card).send(&command).unwrap();
    assert_eq!((answer.status(), card.asked.len()), (Status::NoChaining, 1));
}

#[test]
fn the_right_length_is_taken_once() {
    let mut card = Script::new(&[&[0x6C, 0x02], &[1, 2, 0x90, 0x00]]);
    let data = Channel::new(&mut card)
        .request(&Command::read_binary(0x0102, 256))
        .unwrap();
    assert_eq!(data, [1, 2]);
    assert_eq!(card.asked, [vec![0, 0xB0, 1, 2, 0], vec![0, 0xB0, 1, 2, 2]]);
}

#[test]
fn waiting_bytes_are_fetched() {
    let mut card = Script::new(&[&[1, 0x61, 0x02], &[2, 3, 0x90, 0x00]]);
    let data = Channel::new(&mut card)
        .request(&Command::get_data(0x01A0))
        .unwrap();
    assert_eq!(data, [1, 2, 3]);
    assert_eq!(card.asked.last().unwrap(), &[0, 0xC0, 0, 0, 2]);
}

#[test]
fn long_data_are_chained() {
    let mut card = Script::new(&[&[0x90, 0x00], &[7, 0x90, 0x00]]);
    let command = Command::new(0x2A, 0x9E, 0x9A).data(&[0x55; 256]).answer(256);
    assert_eq!(Channel::new(&mut card).request(&command).unwrap(), [7]);
    let [first, second] = card.asked.as_slice() else {
        unreachable!()
    };
    assert_eq!(
        (&first[..5], first.len()),
        (&[0x10, 0x2A, 0x9E, 0x9A, 255][..], 260)
    );
    assert_eq!(second, &[0x00, 0x2A, 0x9E, 0x9A, 1, 0x55, 0]);
}

#[test]
fn extended_lengths_are_used_where_short_ones_do_not_reach() {
    let mut card = Script::new(&[&[0x90, 0x00], &[0x90, 0x00], &[0x90, 0x00]]);
    let mut channel = Channel::new(&mut card).with_extended_lengths();
    channel.send(&Command::read_binary(0, 65_536)).unwrap();
    channel.send(&Command::read_binary(0, 256)).unwrap();
    channel
        .send(&Command::new(0xD6, 0, 0).data(&[9; 256]).answer(2))
        .unwrap();
    assert_eq!(card.asked[0], [0, 0xB0, 0, 0, 0, 0, 0]);
    assert_eq!(card.asked[1], [0, 0xB0, 0, 0, 0]);
    assert_eq!(card.asked[2][..8], [0, 0xD6, 0, 0, 0, 1, 0, 9]);
    assert_eq!(card.asked[2][263..], [0, 2]);
}

#[test]
fn a_command_never_shows_its_data() {
    let command = Command::new(0x20, 0, 1).data(b"123456\xFF\xFF");
    assert_eq!(format!("{command:?}"), "00 20 00 01 [8]");
    assert!(carries_secret(command.instruction()));
}

#[test]
fn traces_never_show_data() {
    let log = Log::default();
    let subscriber = log.clone();
    tracing::subscriber::with_default(subscriber, || {
        let mut card = Script::new(&[&[0xCA, 0xFE, 0x63, 0xC2]]);
        let verify = Command::new(0x20, 0, 1).data(b"493817");
        Channel::new(&mut card).send(&verify).unwrap();
    });
    let text = log.0.lock().unwrap().clone();
    assert!(text.contains("63C2") && text.contains("20"), "{text}");
    for secret in [
        "493817", "34 39 33", "343933", "34, 39", "52, 57", "CAFE", "CA, FE",
    ] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// Keeps all that is traced.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<String>>);

impl tracing::Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = Fields(String::new());
        event.record(&mut fields);
        self.0.lock().unwrap().push_str(&fields.0);
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

struct Fields(String);

impl tracing::field::Visit for Fields {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        let _ = std::fmt::Write::write_fmt(&mut self.0, format_args!("{field}={value:?} "));
    }
}

#[test]
fn status_words_have_their_meaning() {
    let meanings = [
        (0x9000, Status::Ok),
        (0x6100, Status::MoreData(0)),
        (0x63C0, Status::TriesLeft(0)),
        (0x63CF, Status::TriesLeft(15)),
        (0x6300, Status::Other(0x6300)),
        (0x6403, Status::MemoryFault),
        (0x6581, Status::MemoryFault),
        (0x6983, Status::Blocked),
        (0x6984, Status::Blocked),
        (0x6A82, Status::NotFound),
        (0x6C10, Status::WrongLe(0x10)),
        (0x9001, Status::Other(0x9001)),
    ];
    for (word, meaning) in meanings {
        assert_eq!(Status::from(word), meaning, "{word:04X}");
    }
}

proptest! {
    #[test]
    fn every_status_word_has_a_meaning(word in any::<u16>()) {
        if let Status::Other(kept) = Status::from(word) {
            prop_assert_eq!(kept, word);
        }
    }

    #[test]
    fn short_encodings_carry_all_data_in_short_links(data in prop::collection::vec(any::<u8>(), 0..1200)) {
        let command = Command::new(0xD6, 0, 0).data(&data).answer(256);
        let links = command.short();
        let carried: Vec<u8> =
            links.iter().flat_map(|link| link.get(5..5 + usize::from(link[4])).unwrap_or_default().to_vec()).collect();
        prop_assert_eq!(carried, data);
        prop_assert!(links.iter().all(|link| link.len() <= 261));
        let chained = links.iter().rev().skip(1).all(|link| link[0] & 0x10 != 0);
        prop_assert!(chained && links.last().unwrap()[0] & 0x10 == 0);
    }

    #[test]
    fn any_card_is_survived(answers in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 1..20)) {
        let shelf = Shelf::new();
        let mut turn = 0;
        shelf.insert("r", Atr::new(&[0x3B, 0x00]).unwrap(), move |_| {
            turn += 1;
            answers.get(turn % answers.len()).cloned()
        });
        let mut transport = shelf.connect("r").unwrap();
        let mut channel = Channel::new(transport.as_mut());
        let _ = channel.send(&Command::get_data(0x01A0));
        prop_assert!(channel.apdu_count() <= 600);
    }
}
