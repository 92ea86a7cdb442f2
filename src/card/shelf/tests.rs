use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::*;

const PATIENCE: Duration = Duration::from_secs(10);

fn atr() -> Atr {
    Atr::new(&[0x3B, 0x01, 0x41]).unwrap()
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of a card")]
fn echo(exchange: Exchange<'_>) -> Option<Vec<u8>> {
    match exchange {
        Exchange::Reset => Some(vec![]),
        Exchange::Command(command) => Some([command, &[0x90, 0x00]].concat()),
    }
}

fn watched(shelf: &Shelf) -> (Watch, Receiver<Snapshot>) {
    let (sender, receiver) = channel();
    let watch = shelf
        .watch(Box::new(move |snapshot| {
            sender.send(snapshot).unwrap_or_default();
        }))
        .unwrap();
    (watch, receiver)
}

fn until(changes: &Receiver<Snapshot>, right: impl Fn(&Snapshot) -> bool) -> Snapshot {
    loop {
        let snapshot = changes.recv_timeout(PATIENCE).expect("a change");
        if right(&snapshot) {
            return snapshot;
        }
    }
}

#[test]
fn there_is_no_connection_without_reader_or_card() {
    let shelf = Shelf::new();
    assert_eq!(shelf.connect("r").map(|_| ()), Err(Error::NoReader));
    shelf.add_reader("r");
    assert_eq!(shelf.connect("r").map(|_| ()), Err(Error::NoCard));
    assert_eq!(shelf.snapshot().readers[0].state, ReaderState::Empty);
}

#[test]
fn a_pulled_card_fails_open_connections_for_good() {
    let shelf = Shelf::new();
    shelf.insert("r", atr(), echo);
    let mut transport = shelf.connect("r").unwrap();
    assert_eq!(
        transport.transmit(&[1, 2, 3, 4]),
        Ok(vec![1, 2, 3, 4, 0x90, 0x00])
    );
    shelf.pull("r");
    assert_eq!(transport.transmit(&[1, 2, 3, 4]), Err(Error::Removed));
    shelf.insert("r", atr(), echo);
    assert_eq!(transport.transmit(&[1, 2, 3, 4]), Err(Error::Removed));
    assert!(shelf.connect("r").is_ok());
}

#[test]
fn a_card_pulled_while_it_works_gives_no_answer() {
    let shelf = Shelf::new();
    let (started, has_started) = channel();
    let (finish, may_finish) = channel::<()>();
    shelf.insert("r", atr(), move |exchange| {
        if matches!(exchange, Exchange::Command(_)) {
            started.send(()).unwrap();
            may_finish.recv_timeout(PATIENCE).unwrap();
        }
        Some(vec![0x90, 0x00])
    });
    let mut transport = shelf.connect("r").unwrap();
    let work = thread::spawn(move || transport.transmit(&[0, 0xB0, 0, 0]));
    has_started.recv_timeout(PATIENCE).unwrap();
    shelf.pull("r");
    finish.send(()).unwrap();
    assert_eq!(work.join().unwrap(), Err(Error::Removed));
}

#[test]
fn a_card_that_loses_power_works_again_after_a_new_connection() {
    let shelf = Shelf::new();
    let mut left = 1;
    shelf.insert("r", atr(), move |exchange| match exchange {
        Exchange::Reset => {
            left = 1;
            Some(vec![])
        }
        Exchange::Command(_) if left == 0 => None,
        Exchange::Command(_) => {
            left -= 1;
            Some(vec![0x90, 0x00])
        }
    });
    let mut transport = shelf.connect("r").unwrap();
    assert!(transport.transmit(&[0; 4]).is_ok());
    assert_eq!(transport.transmit(&[0; 4]), Err(Error::Removed));
    assert_eq!(transport.transmit(&[0; 4]), Err(Error::Removed));
    assert!(shelf.connect("r").unwrap().transmit(&[0; 4]).is_ok());
}

#[test]
fn a_card_that_does_not_answer_to_reset_is_mute() {
    let shelf = Shelf::new();
    shelf.insert("r", atr(), |_| None);
    assert_eq!(shelf.snapshot().readers[0].state, ReaderState::Mute);
    assert_eq!(shelf.connect("r").map(|_| ()), Err(Error::Mute));
}

#[test]
fn a_watch_tells_whole_states_and_counts_insertions() {
    let shelf = Shelf::new();
    let (watch, changes) = watched(&shelf);
    assert_eq!(changes.recv_timeout(PATIENCE).unwrap(), Snapshot::default());
    shelf.insert("r", atr(), echo);
    let insertion = |snapshot: &Snapshot| match snapshot.readers.first().map(|reader| reader.state.clone()) {
        Some(ReaderState::Card { insertion, .. }) => insertion,
        _ => 0,
    };
    until(&changes, |snapshot| insertion(snapshot) == 1);
    shelf.insert("r", atr(), echo);
    until(&changes, |snapshot| insertion(snapshot) == 2);
    shelf.remove_reader("r");
    until(&changes, |snapshot| snapshot.readers.is_empty());
    drop(watch);
    shelf.add_reader("s");
    assert!(changes.recv_timeout(Duration::from_millis(50)).is_err());
}

#[test]
fn a_watch_may_be_dropped_by_its_own_listener() {
    let shelf = Shelf::new();
    let slot: Arc<Mutex<Option<Watch>>> = Arc::default();
    let (sender, receiver) = channel();
    let inner = Arc::clone(&slot);
    let watch = shelf.watch(Box::new(move |_| {
        drop(inner.lock().unwrap().take());
        sender.send(()).unwrap_or_default();
    }));
    *slot.lock().unwrap() = Some(watch.unwrap());
    shelf.add_reader("r");
    receiver.recv_timeout(PATIENCE).unwrap();
    while slot.lock().unwrap().is_some() {
        shelf.remove_reader("r");
        shelf.add_reader("r");
        thread::yield_now();
    }
}

#[test]
fn a_transaction_keeps_others_out_until_it_ends() {
    let shelf = Shelf::new();
    shelf.insert("r", atr(), echo);
    let (mut one, mut two) = (shelf.connect("r").unwrap(), shelf.connect("r").unwrap());
    one.begin().unwrap();
    assert!(one.transmit(&[0; 4]).is_ok());
    let (sender, receiver) = channel();
    let other = thread::spawn(move || {
        let result = two.transmit(&[0; 4]);
        sender.send(()).unwrap();
        result
    });
    assert!(receiver.recv_timeout(Duration::from_millis(80)).is_err());
    one.end().unwrap();
    receiver.recv_timeout(PATIENCE).unwrap();
    assert!(other.join().unwrap().is_ok());
}

#[test]
fn pulling_ends_the_wait_for_another_ones_transaction() {
    let shelf = Shelf::new();
    shelf.insert("r", atr(), echo);
    let (mut one, mut two) = (shelf.connect("r").unwrap(), shelf.connect("r").unwrap());
    one.begin().unwrap();
    let other = thread::spawn(move || two.begin());
    let started = Instant::now();
    shelf.pull("r");
    assert_eq!(other.join().unwrap(), Err(Error::Removed));
    assert!(started.elapsed() < PATIENCE);
}
