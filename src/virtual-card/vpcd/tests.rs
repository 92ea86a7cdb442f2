use std::{net::TcpListener, thread};

use super::*;
use crate::{Cut, Personality};

struct Daemon(TcpStream);

impl Daemon {
    fn send(&mut self, message: &[u8]) {
        send(&mut self.0, message).unwrap();
    }

    fn ask(&mut self, message: &[u8]) -> Vec<u8> {
        self.send(message);
        receive(&mut self.0).unwrap()
    }
}

/// Serves a card to a daemon that does as `daemon` says, then closes the connection.
fn served(
    card: &Mutex<VirtualCard>,
    stop: &Stop,
    daemon: impl FnOnce(&mut Daemon) + Send,
) -> Result<End, Error> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::scope(|scope| {
        scope.spawn(move || daemon(&mut Daemon(listener.accept().unwrap().0)));
        serve(card, address, stop)
    })
}

fn card() -> Mutex<VirtualCard> {
    Mutex::new(VirtualCard::blank(Personality::MyEid))
}

#[test]
fn without_vpcd_there_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    assert!(matches!(
        serve(&card(), address, &Stop::default()),
        Err(Error::Vpcd(_))
    ));
}

#[test]
fn unknown_control_messages_end_the_service() {
    let end = served(&card(), &Stop::default(), |daemon| daemon.send(&[9]));
    assert!(matches!(end, Err(Error::VpcdMessage(9))));
}

#[test]
fn a_card_answers_until_the_connection_ends() {
    let end = served(&card(), &Stop::default(), |daemon| {
        daemon.send(&[POWER_ON]);
        assert_eq!(daemon.ask(&[TELL_ATR])[0], 0x3B);
        daemon.send(&[]);
        assert_eq!(daemon.ask(&[0x00, 0xA4, 0x00, 0x0C]), [0x90, 0x00]);
        daemon.send(&[RESET]);
        daemon.send(&[POWER_OFF]);
    });
    assert_eq!(end.unwrap(), End::Closed);
}

#[test]
fn a_power_cut_takes_the_card_out() {
    let card = card();
    card.lock().unwrap().plan_cut(Cut::BeforeCommand {
        number: 1,
        instruction: None,
    });
    let end = served(&card, &Stop::default(), |daemon| {
        daemon.send(&[0x00, 0xA4, 0x00, 0x0C]);
    });
    assert_eq!(end.unwrap(), End::PowerLost);
}

#[test]
fn stopping_takes_the_card_out_at_once() {
    let stop = Stop::default();
    let (seen, other) = (stop.clone(), stop.clone());
    let end = served(&card(), &stop, move |daemon| {
        daemon.ask(&[TELL_ATR]);
        seen.stop();
        assert!(receive(&mut daemon.0).is_err());
    });
    assert_eq!(end.unwrap(), End::Stopped);
    assert_eq!(served(&card(), &other, |_| ()).unwrap(), End::Stopped);
}
