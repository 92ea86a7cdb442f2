//! What the command line tells of cards that `OpenSC` made or that we made, through `OpenSC`'s module and without any.

use serde_json::Value;
use stack::{CardArguments, InsertedCard, Service, opensc_module};

use crate::authority::{HOLDER, digest};
use crate::cli::{Cli, card_in, certificates, digests};
use crate::personalised::Personalised;

#[test]
fn module_and_driverless_give_the_certificate_that_opensc_gives_byte_for_byte() {
    let made = Personalised::new().unwrap();
    let cli = Cli::of_a_newcomer().unwrap();
    let read = made.read_certificate().unwrap();
    assert_eq!(read, made.certificate);
    let expected = digest(&made.file("read.der")).unwrap();

    let module = opensc_module().unwrap();
    // Through a module the key shows only after login, and nobody logs in to look.
    let ways: [(&[&str], &str, Value); 2] = [
        (&["--module", module.to_str().unwrap()], "pkcs11", Value::Null),
        (&["--driverless"], "pkcs15", true.into()),
    ];
    for (way, backend, has_private_key) in ways {
        let (answer, _) = cli.cards(&made.service, way).unwrap();
        assert_eq!(answer["schema"], 1);
        let card = card_in(&answer, made.service.reader(0).unwrap()).unwrap();
        assert_eq!(card["backend"], backend, "{answer:#}");
        assert_eq!(digests(card).unwrap(), [expected.as_str()], "{answer:#}");
        let certificate = &certificates(card).unwrap()[0];
        assert_eq!(certificate["hash"], "SHA-256");
        assert_eq!(certificate["hasPrivateKey"], has_private_key, "{certificate:#}");
        assert_eq!(certificate["keyBits"], 2048);
        assert!(
            certificate["subject"].as_str().unwrap().contains(HOLDER),
            "{certificate:#}"
        );
    }
}

#[test]
fn two_cards_in_two_readers_are_told_apart() {
    let service = Service::start().unwrap();
    let [first, second] = [0, 1].map(|index| service.reader(index).unwrap().clone());
    let _one = InsertedCard::insert(&service, &first, &CardArguments::practice("sha1")).unwrap();
    let _other = InsertedCard::insert(&service, &second, &CardArguments::practice("sha256")).unwrap();

    let (answer, code) = Cli::of_a_newcomer()
        .unwrap()
        .cards(&service, &["--driverless"])
        .unwrap();

    let verdict = |reader| {
        let card = card_in(&answer, reader).unwrap();
        certificates(card).unwrap()[0]["verdict"].clone()
    };
    assert_eq!(verdict(&first), "replace", "{answer:#}");
    assert_eq!(verdict(&second), "fine", "{answer:#}");
    assert_eq!(code, 1, "one of the two needs a replacement");
}

#[test]
fn one_reader_can_be_chosen() {
    let service = Service::start().unwrap();
    let [first, second] = [0, 1].map(|index| service.reader(index).unwrap().clone());
    let _one = InsertedCard::insert(&service, &first, &CardArguments::practice("sha1")).unwrap();
    let _other = InsertedCard::insert(&service, &second, &CardArguments::practice("sha256")).unwrap();

    let cli = Cli::of_a_newcomer().unwrap();
    let (answer, code) = cli
        .cards(&service, &["--driverless", "--reader", &second.name])
        .unwrap();

    assert!(
        card_in(&answer, &first).is_err(),
        "the other reader was not asked for: {answer:#}"
    );
    assert_eq!(digests(card_in(&answer, &second).unwrap()).unwrap().len(), 1);
    assert_eq!(code, 0, "the chosen card is fine: {answer:#}");
}

#[test]
fn the_tries_left_of_a_blocked_pin_are_told_without_spending_one() {
    let service = Service::start().unwrap();
    let [first, second] = [0, 1].map(|index| service.reader(index).unwrap().clone());
    let _blocked = InsertedCard::insert(&service, &first, &CardArguments::practice("pin-blocked")).unwrap();
    let _fine = InsertedCard::insert(&service, &second, &CardArguments::practice("sha256")).unwrap();
    let cli = Cli::of_a_newcomer().unwrap();
    for _ in 0..4 {
        let (answer, _) = cli.cards(&service, &["--driverless"]).unwrap();
        assert_eq!(
            card_in(&answer, &first).unwrap()["pin"]["triesLeft"],
            0,
            "{answer:#}"
        );
        assert_eq!(
            card_in(&answer, &second).unwrap()["pin"]["triesLeft"],
            3,
            "{answer:#}"
        );
    }
}

#[test]
fn a_known_card_is_told_alike_from_memory() {
    let service = Service::start().unwrap();
    let reader = service.reader(0).unwrap().clone();
    let mut card = InsertedCard::insert(&service, &reader, &CardArguments::practice("sha256")).unwrap();
    let cli = Cli::of_a_newcomer().unwrap();

    let before = card.count().unwrap();
    let (first, _) = cli.cards(&service, &["--driverless"]).unwrap();
    let read = card.count().unwrap();
    let (second, _) = cli.cards(&service, &["--driverless"]).unwrap();
    let known = card.count().unwrap();

    assert_eq!(
        digests(card_in(&first, &reader).unwrap()).unwrap(),
        digests(card_in(&second, &reader).unwrap()).unwrap()
    );
    assert!(
        read - before <= 24,
        "{} commands for a card with one certificate",
        read - before
    );
    assert!(
        known - read <= 4,
        "{} commands for a card that is known",
        known - read
    );
}
