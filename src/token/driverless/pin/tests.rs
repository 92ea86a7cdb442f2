use std::sync::Mutex;

use card::{Atr, Exchange, Pad, PadFault, PadKind, PadSecret, Shelf};
use virtual_card::{
    Cut, VirtualCard,
    practice::{PIN, PIN_REFERENCE, PUK, Practice},
};

use super::*;
use crate::{
    Entry, SecretRules,
    shelf_card::{READER, opener, practice_card},
};

const RULES: SecretRules = SecretRules {
    min_length: 4,
    max_length: 8,
    digits_only: true,
};
const NEW: &str = "482915";

fn desk(shelf: &Shelf) -> CardPins {
    let opener = opener(shelf, None);
    CardPins::new(opener.hub, opener.families, READER.into(), Interest::default())
}

fn entry(text: &str) -> Entry {
    let mut entry = Entry::new();
    text.chars().for_each(|character| entry.push(character));
    entry
}

fn pin(text: &str, seen: u8) -> Try<Pin> {
    Try::typed(Pin::parse(&entry(text), RULES).unwrap(), TriesLeft::Exact(seen))
}

fn puk(text: &str, seen: u8) -> Try<Puk> {
    Try::typed(Puk::parse(&entry(text), RULES).unwrap(), TriesLeft::Exact(seen))
}

fn new(text: &str) -> Entered<NewPin> {
    let entry = entry(text);
    NewPin::parse(&entry, &entry, RULES, None, &[]).unwrap().into()
}

fn tries(card: &Mutex<VirtualCard>) -> (u8, u8) {
    let card = card.lock().unwrap();
    (
        card.tries_left(PIN_REFERENCE).unwrap(),
        card.puk_tries_left(PIN_REFERENCE).unwrap(),
    )
}

#[test]
fn a_command_is_never_sent_again() {
    let (shelf, card) = practice_card(Practice::Sha256);
    let answering = Arc::clone(&card);
    let atr = Atr::new(card.lock().unwrap().atr()).unwrap();
    // Asks for another length after each secret, as some cards do for reading.
    shelf.insert(READER, atr, move |exchange| match exchange {
        Exchange::Reset => Some(vec![]),
        Exchange::Command(command) => match answering.lock().unwrap().transmit(command) {
            virtual_card::Response::Answer(answer) if command[1] == 0x20 && command.len() > 5 => {
                drop(answer);
                Some(vec![0x6C, 0x00])
            }
            virtual_card::Response::Answer(answer) => Some(answer),
            virtual_card::Response::PowerLost => None,
        },
    });
    let outcome = desk(&shelf).verify_pin(pin("000000", 3));
    assert!(
        matches!(
            outcome,
            Err(Error::Unsure {
                tries_left: TriesLeft::Exact(2),
                ..
            })
        ),
        "{outcome:?}"
    );
    assert_eq!(tries(&card).0, 2);
}

#[test]
fn power_lost_within_the_answer_leaves_it_unsure() {
    let (shelf, card) = practice_card(Practice::Sha256);
    let mut desk = desk(&shelf);
    desk.pins().unwrap();
    card.lock().unwrap().plan_cut(Cut::AfterCommand {
        number: 1,
        instruction: Some(0x24),
    });
    let outcome = desk.change_pin(pin(PIN, 3), new(NEW));
    assert!(
        matches!(
            outcome,
            Err(Error::Unsure {
                code: 0x8010_0069,
                ..
            })
        ),
        "{outcome:?}"
    );
    assert_eq!(desk.verify_pin(pin(NEW, 3)), Ok(()), "it was made all the same");
}

#[test]
fn another_card_in_the_reader_gets_no_secret_of_the_first() {
    let (shelf, _first) = practice_card(Practice::Sha256);
    let mut desk = desk(&shelf);
    desk.pins().unwrap();
    let second =
        virtual_card::practice::card(Practice::Sha1, time::macros::datetime!(2026-01-15 12:00 UTC)).unwrap();
    let second = crate::shelf_card::insert(&shelf, READER, second);
    assert_eq!(
        desk.verify_pin(pin("000000", 3)),
        Err(Error::Card(card::Error::Removed))
    );
    assert_eq!(tries(&second), (3, 3));
    desk.pins().unwrap();
    assert_eq!(desk.verify_pin(pin(PIN, 3)), Ok(()));
}

#[test]
fn a_change_costs_at_most_6_commands() {
    let (shelf, card) = practice_card(Practice::Sha256);
    let mut desk = desk(&shelf);
    desk.pins().unwrap();
    card.lock().unwrap().reset_apdu_count();
    desk.change_pin(pin(PIN, 3), new(NEW)).unwrap();
    let count = card.lock().unwrap().apdu_count();
    assert!(count <= 6, "{count} commands");
}

#[test]
fn nothing_stays_proven() {
    let (shelf, _card) = practice_card(Practice::Sha256);
    let mut desk = desk(&shelf);
    desk.verify_pin(pin(PIN, 3)).unwrap();
    assert_eq!(desk.pins().unwrap()[0].tries_left, TriesLeft::Exact(3));
}

#[test]
fn the_pin_pad_is_not_ours() {
    let (shelf, card) = practice_card(Practice::Sha256);
    let outcome = desk(&shelf).verify_pin(Try::on_pad(TriesLeft::Exact(3)));
    assert_eq!(outcome, Err(Error::NotSupported));
    assert_eq!(card.lock().unwrap().apdu_count(), 0);
}

#[test]
fn a_service_resets_the_pin_once_it_has_proved_itself() {
    let (shelf, card) = practice_card(Practice::PinBlocked);
    let mut desk = desk(&shelf);
    let Entered::Typed(too_early) = new(NEW) else {
        panic!()
    };
    assert_eq!(desk.reset_pin(too_early), Err(Error::NotSupported));
    let challenge = desk
        .relay(RelayCommand::parse(&[0x00, 0x84, 0x00, 0x00, 0x10]).unwrap())
        .unwrap();
    assert_eq!((challenge.data.len(), challenge.status), (16, 0x9000));
    let mut authenticate = vec![0x00, 0x82, 0x00, 0x00, 0x10];
    authenticate.extend([0; 16]);
    let refused = desk.relay(RelayCommand::parse(&authenticate).unwrap()).unwrap();
    assert_eq!(refused.status, 0x63C9, "not what the key makes of the challenge");
    let Entered::Typed(unproven) = new(NEW) else {
        panic!()
    };
    assert!(matches!(
        desk.reset_pin(unproven),
        Err(Error::Unsure { code: 0x6982, .. })
    ));
    assert_eq!(tries(&card), (0, 3));
}

#[test]
fn the_puk_gives_the_pin_back() {
    let (shelf, card) = practice_card(Practice::PinBlocked);
    let mut desk = desk(&shelf);
    let info = desk.pins().unwrap().remove(0);
    assert_eq!(
        info.unblock,
        UnblockWays {
            service: true,
            puk: true,
            puk_tries_left: TriesLeft::Exact(3)
        }
    );
    assert_eq!(info.rules(), RULES);
    assert_eq!(desk.verify_pin(pin(PIN, 0)), Err(Error::PinBlocked));
    desk.unblock_pin(puk(PUK, 3), new(NEW)).unwrap();
    assert_eq!(tries(&card), (3, 3));
    desk.verify_pin(pin(NEW, 3)).unwrap();
}

/// Keys on which this is entered, one entry after another, or this happens.
struct Keys(Mutex<Result<Vec<&'static str>, PadFault>>, Mutex<Vec<PadKind>>);

impl Pad for Keys {
    fn enter(&self, wanted: &[PadSecret]) -> Result<Vec<card::Entered>, PadFault> {
        assert!(
            wanted
                .iter()
                .all(|secret| secret.min_length == 4 && secret.max_length == 8)
        );
        self.1
            .lock()
            .unwrap()
            .extend(wanted.iter().map(|secret| secret.kind));
        let entered = self.0.lock().unwrap().clone()?;
        let entered = entered.iter().map(|text| text.as_bytes().to_vec());
        Ok(entered
            .map(|text| card::Entered(zeroize::Zeroizing::new(text)))
            .collect())
    }
}

impl Keys {
    fn of(entered: Result<Vec<&'static str>, PadFault>) -> Arc<Self> {
        Arc::new(Self(Mutex::new(entered), Mutex::default()))
    }

    fn asked(&self) -> Vec<PadKind> {
        std::mem::take(&mut self.1.lock().unwrap())
    }

    fn desk(self: &Arc<Self>, reader: &Shelf) -> CardPins {
        let keys: Arc<dyn Pad> = Arc::<Self>::clone(self);
        reader.add_reader_with_pad(READER, keys);
        desk(reader)
    }
}

#[test]
fn what_is_entered_on_the_readers_keys_goes_to_the_card() {
    let (shelf, card) = practice_card(Practice::Sha256);
    let keys = Keys::of(Ok(vec![PIN, NEW]));
    let mut desk = keys.desk(&shelf);
    assert!(desk.pins().unwrap()[0].protected_path);
    let changed = desk.change_pin(Try::on_pad(TriesLeft::Exact(3)), Entered::OnPad);
    assert_eq!(changed, Ok(()));
    assert_eq!(keys.asked(), [PadKind::Pin, PadKind::NewPin]);
    let keys = Keys::of(Ok(vec![NEW]));
    let mut desk = keys.desk(&shelf);
    assert_eq!(desk.verify_pin(Try::on_pad(TriesLeft::Exact(3))), Ok(()));
    let keys = Keys::of(Ok(vec!["999999"]));
    let mut desk = keys.desk(&shelf);
    let wrong = desk.verify_pin(Try::on_pad(TriesLeft::Exact(3)));
    assert!(matches!(wrong, Err(Error::WrongPin { .. })), "{wrong:?}");
    assert_eq!(tries(&card), (2, 3));
    let keys = Keys::of(Ok(vec![PUK, "314159"]));
    let mut desk = keys.desk(&shelf);
    let unblocked = desk.unblock_pin(Try::on_pad(TriesLeft::Exact(3)), Entered::OnPad);
    assert_eq!(unblocked, Ok(()));
    assert_eq!(keys.asked(), [PadKind::Puk, PadKind::NewPin]);
    assert_eq!(tries(&card), (3, 3));
}

#[test]
fn what_cannot_be_the_secret_or_was_not_entered_costs_no_try() {
    let (shelf, card) = practice_card(Practice::Sha256);
    for (entered, error) in [
        (Err(PadFault::Cancelled), "PadCancelled"),
        (Err(PadFault::TimedOut), "PadTimeout"),
        (Ok(vec!["123"]), "PinForm"),
        (Ok(vec!["12345a"]), "PinForm"),
        (Ok(vec!["123456789"]), "PinForm"),
        (Ok(vec![]), "PadCancelled"),
    ] {
        let keys = Keys::of(entered);
        let mut desk = keys.desk(&shelf);
        let outcome = desk.verify_pin(Try::on_pad(TriesLeft::Exact(3))).unwrap_err();
        assert!(format!("{outcome:?}").starts_with(error), "{outcome:?}");
        assert_eq!(tries(&card), (3, 3), "{outcome:?}");
    }
    // A new PIN that is no better than the old one, or weak, is not sent either.
    for new in [PIN, "111111"] {
        let keys = Keys::of(Ok(vec![PIN, new]));
        let mut desk = keys.desk(&shelf);
        let outcome = desk.change_pin(Try::on_pad(TriesLeft::Exact(3)), Entered::OnPad);
        assert!(matches!(outcome, Err(Error::NewPinRefused { .. })), "{outcome:?}");
        assert_eq!(tries(&card), (3, 3));
    }
}

#[test]
fn the_last_try_is_asked_about_before_anything_is_entered() {
    let (shelf, card) = practice_card(Practice::Sha256);
    let keys = Keys::of(Ok(vec!["999999"]));
    let mut desk = keys.desk(&shelf);
    for seen in [3, 2] {
        desk.verify_pin(Try::on_pad(TriesLeft::Exact(seen))).unwrap_err();
    }
    keys.asked();
    let outcome = desk.verify_pin(Try::on_pad(TriesLeft::Exact(1)));
    assert!(matches!(outcome, Err(Error::LastTry(_))), "{outcome:?}");
    assert_eq!(keys.asked(), []);
    assert_eq!(tries(&card), (1, 3));
}
