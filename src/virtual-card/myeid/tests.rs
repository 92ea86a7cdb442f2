//! Each command, refused and obeyed, on a card that a test personalises by commands.

use p256::ecdsa::signature::hazmat::PrehashVerifier as _;
use rsa::{
    RsaPrivateKey,
    pkcs1::DecodeRsaPrivateKey as _,
    traits::{PrivateKeyParts as _, PublicKeyParts as _},
};
use sha2::{Digest as _, Sha256};

use crate::{Personality, Response, VirtualCard};

const RSA_KEY: &[u8] = include_bytes!("../../../assets/practice/sha256.key.der");
const VERIFY: &[u8] = b"\x00\x20\x00\x01\x081234\xFF\xFF\xFF\xFF";
const VERIFY_WRONG: &[u8] = b"\x00\x20\x00\x01\x084321\xFF\xFF\xFF\xFF";
const VERIFY_SO: &[u8] = b"\x00\x20\x00\x03\x0887654321";
const STATUS: &[u8] = &[0x00, 0x20, 0x00, 0x01];
const APPLICATION: &[u8] = &[0x00, 0xA4, 0x00, 0x0C, 0x02, 0x50, 0x15];

pub(crate) fn send(card: &mut VirtualCard, command: &[u8]) -> (Vec<u8>, u16) {
    let Response::Answer(mut answer) = card.transmit(command) else {
        panic!("no power")
    };
    let status = answer.split_off(answer.len() - 2);
    (answer, u16::from_be_bytes([status[0], status[1]]))
}

fn status(card: &mut VirtualCard, command: &[u8]) -> u16 {
    send(card, command).1
}

fn create(card: &mut VirtualCard, kind: u8, size: u16, id: u16, rules: [u8; 3]) -> u16 {
    let [size_high, size_low] = size.to_be_bytes();
    let [id_high, id_low] = id.to_be_bytes();
    let [first, second, third] = rules;
    let template = [
        &[
            0x62, 22, 0x80, 2, size_high, size_low, 0x82, 1, kind, 0x83, 2, id_high, id_low,
        ][..],
        &[0x86, 3, first, second, third, 0x85, 2, 0, 0, 0x8A, 1, 0],
    ]
    .concat();
    let length = u8::try_from(template.len()).unwrap();
    status(
        card,
        &[
            &[0x00, 0xE0, 0, 0, length][..],
            &[0x62, length - 2],
            &template[2..],
        ]
        .concat(),
    )
}

/// PIN 1 `1234`, PUK `11223344`, SO PIN `87654321`; a file 4301 that PIN 1 may write; activated.
pub(crate) fn personalised() -> VirtualCard {
    let mut card = VirtualCard::blank(Personality::MyEid).with_serial(*b"0123456789");
    let format = [
        0x00, 0xDA, 0x01, 0xE0, 8, 0xFF, 0xFF, 0x11, 0x3F, 0xFF, 0x11, 0x1F, 0xFF,
    ];
    assert_eq!(status(&mut card, &format), 0x9000);
    assert_eq!(
        status(
            &mut card,
            b"\x00\xDA\x01\x01\x131234\xFF\xFF\xFF\xFF11223344\x03\x0A\x00"
        ),
        0x9000
    );
    assert_eq!(
        status(
            &mut card,
            b"\x00\xDA\x01\x03\x1387654321\x39\x39\x39\x39\x39\x39\x39\x39\x03\x03\x00"
        ),
        0x9000
    );
    assert_eq!(status(&mut card, APPLICATION), 0x9000);
    assert_eq!(create(&mut card, 0x01, 64, 0x4301, [0x01, 0x1F, 0xFF]), 0x9000);
    assert_eq!(create(&mut card, 0x11, 2048, 0x4B01, [0x11, 0x11, 0xFF]), 0x9000);
    assert_eq!(create(&mut card, 0x22, 256, 0x4B02, [0x11, 0x11, 0xFF]), 0x9000);
    assert_eq!(
        status(&mut card, b"\x00\x44\x04\x00\x0C\xA0\x00\x00\x00\x63PKCS-15"),
        0x9000
    );
    card.reset();
    card
}

fn select(card: &mut VirtualCard, id: u16) -> u16 {
    let [high, low] = id.to_be_bytes();
    status(card, APPLICATION);
    status(card, &[0x00, 0xA4, 0x00, 0x0C, 0x02, high, low])
}

fn changes(card: &mut VirtualCard) -> u16 {
    let (info, _) = send(card, &[0x00, 0xCA, 0x01, 0xA0, 20]);
    u16::from_be_bytes([info[18], info[19]])
}

#[test]
fn unknown_commands_are_refused() {
    let mut card = personalised();
    assert_eq!(status(&mut card, &[0x00, 0xFF, 0, 0]), 0x6D00);
    assert_eq!(status(&mut card, &[0x60, 0xA4, 0, 0]), 0x6E00);
    assert_eq!(status(&mut card, &[0x00, 0xA4, 0x07, 0]), 0x6A86);
    assert_eq!(status(&mut card, &[0x00, 0xCA, 0x02, 0xA0, 0]), 0x6A86);
    assert_eq!(status(&mut card, &[0x00, 0xC0, 0, 0, 0]), 0x6985);
    assert_eq!(status(&mut card, &[0x00]), 0x6700);
}

#[test]
fn the_card_introduces_itself() {
    let mut card = personalised();
    let (info, _) = send(&mut card, &[0x00, 0xCA, 0x01, 0xA0, 20]);
    assert_eq!(info.len(), 20);
    assert_eq!((&info[5..8], &info[8..18]), (&[4, 5, 5][..], &b"0123456789"[..]));
    let (abilities, _) = send(&mut card, &[0x00, 0xCA, 0x01, 0xAA, 11]);
    assert_eq!(abilities, [1, 0, 9, 0x10, 0, 0, 0, 0, 0, 0x01, 0x80]);
    status(&mut card, APPLICATION);
    let (list, _) = send(&mut card, &[0x00, 0xCA, 0x01, 0xA1, 0]);
    assert_eq!(list, [0x43, 0x01, 0x4B, 0x01, 0x4B, 0x02]);
}

#[test]
fn selecting_tells_what_a_file_is() {
    let mut card = personalised();
    assert_eq!(select(&mut card, 0x4999), 0x6A82);
    let (file, _) = send(&mut card, &[0x00, 0xA4, 0x08, 0x00, 4, 0x50, 0x15, 0x43, 0x01, 0]);
    let expected = [
        0x6F, 0x19, 0x80, 2, 0, 64, 0x82, 1, 1, 0x83, 2, 0x43, 1, 0x85, 2, 0, 0, 0x86, 3, 0x01, 0x1F, 0xFF,
        0x8A, 1, 5,
    ];
    assert_eq!(&file[2..], &expected[2..]);
    assert_eq!(
        status(&mut card, &[0x00, 0xA4, 0x08, 0x0C, 3, 0x50, 0x15, 0x43]),
        0x6700
    );
    assert_eq!(
        status(&mut card, b"\x00\xA4\x04\x00\x0C\xA0\x00\x00\x00\x63PKCS-15"),
        0x9000
    );
    assert_eq!(status(&mut card, b"\x00\xA4\x04\x00\x05OTHER"), 0x6A82);
    assert_eq!(status(&mut card, &[0x00, 0xB0, 0, 0, 0]), 0x6986);
}

#[test]
fn writing_needs_the_pin() {
    let mut card = personalised();
    select(&mut card, 0x4301);
    let write = b"\x00\xD6\x00\x3C\x04abcd";
    assert_eq!(status(&mut card, write), 0x6982);
    assert_eq!(status(&mut card, VERIFY), 0x9000);
    let before = changes(&mut card);
    assert_eq!(status(&mut card, write), 0x9000);
    assert_eq!(changes(&mut card), before + 1);
    assert_eq!(status(&mut card, b"\x00\xD6\x00\x3D\x04abcd"), 0x6A84);
    assert_eq!(
        send(&mut card, &[0x00, 0xB0, 0, 0x3C, 0]),
        (b"abcd".to_vec(), 0x9000)
    );
    assert_eq!(status(&mut card, &[0x00, 0xB0, 0, 0x41, 0]), 0x6B00);
    assert_eq!(status(&mut card, &[0x00, 0x2E, 0, 0]), 0x9000);
    assert_eq!(status(&mut card, write), 0x6982);
}

#[test]
fn creating_and_deleting_need_the_pin() {
    let mut card = personalised();
    status(&mut card, APPLICATION);
    assert_eq!(create(&mut card, 1, 16, 0x4302, [0x01, 0x1F, 0xFF]), 0x6982);
    status(&mut card, VERIFY);
    assert_eq!(create(&mut card, 1, 16, 0x4302, [0x01, 0x1F, 0xFF]), 0x9000);
    status(&mut card, APPLICATION);
    assert_eq!(create(&mut card, 1, 16, 0x4302, [0x01, 0x1F, 0xFF]), 0x6A89);
    assert_eq!(create(&mut card, 0x44, 16, 0x4303, [0; 3]), 0x6A81);
    assert_eq!(create(&mut card, 0x11, 2047, 0x4303, [0; 3]), 0x6A81);
    assert_eq!(select(&mut card, 0x4302), 0x9000);
    assert_eq!(status(&mut card, &[0xA0, 0xE4, 0, 0]), 0x9000);
    assert_eq!(select(&mut card, 0x4302), 0x6A82);
    assert_eq!(status(&mut card, &[0x00, 0xA4, 0x00, 0x0C]), 0x9000);
    assert_eq!(status(&mut card, &[0xA0, 0xE4, 0, 0]), 0x6985);
}

#[test]
fn a_full_card_says_so_and_stays_usable() {
    let mut card = personalised().with_capacity(4 * 1024);
    status(&mut card, VERIFY);
    status(&mut card, APPLICATION);
    assert_eq!(create(&mut card, 1, 4096, 0x4400, [0; 3]), 0x6A84);
    let made = (0x4401..0x4500).take_while(|id| {
        status(&mut card, APPLICATION);
        create(&mut card, 1, 100, *id, [0; 3]) == 0x9000
    });
    let made = made.count();
    assert!((1..20).contains(&made), "{made}");
    assert_eq!(create(&mut card, 1, 0xFFFF, 0x4600, [0; 3]), 0x6A84);
    assert_eq!(select(&mut card, 0x4401), 0x9000);
}

#[test]
fn wrong_pins_count_down_and_block() {
    let mut card = personalised();
    assert_eq!(status(&mut card, STATUS), 0x63C3);
    assert_eq!(status(&mut card, VERIFY_WRONG), 0x63C2);
    assert_eq!(status(&mut card, VERIFY_WRONG), 0x63C1);
    assert_eq!(status(&mut card, VERIFY), 0x9000);
    assert_eq!(status(&mut card, STATUS), 0x9000);
    for left in [0x63C2, 0x63C1, 0x63C0, 0x6983, 0x6983] {
        assert_eq!(status(&mut card, VERIFY_WRONG), left);
    }
    assert_eq!(status(&mut card, VERIFY), 0x6983);
    assert_eq!(status(&mut card, STATUS), 0x6983);
    assert_eq!(status(&mut card, &[0x00, 0x20, 0x00, 0x05]), 0x6A88);
}

#[test]
fn malformed_secrets_cost_nothing() {
    let mut card = personalised();
    assert_eq!(status(&mut card, b"\x00\x20\x00\x01\x041234"), 0x6700);
    assert_eq!(
        status(&mut card, b"\x00\x24\x00\x01\x081234\xFF\xFF\xFF\xFF"),
        0x6700
    );
    assert_eq!(
        status(
            &mut card,
            b"\x00\x24\x00\x01\x100000\xFF\xFF\xFF\xFF12\xFF\xFF\xFF\xFF\xFF\xFF"
        ),
        0x6A80
    );
    assert_eq!(
        status(
            &mut card,
            b"\x00\x2C\x00\x01\x100000000012\xFF\xFF\xFF\xFF\xFF\xFF"
        ),
        0x6A80
    );
    assert_eq!((card.tries_left(1), card.puk_tries_left(1)), (Some(3), Some(10)));
}

#[test]
fn the_pin_is_changed_with_the_old_one_only() {
    let mut card = personalised();
    assert_eq!(
        status(
            &mut card,
            b"\x00\x24\x00\x01\x104321\xFF\xFF\xFF\xFF5678\xFF\xFF\xFF\xFF"
        ),
        0x63C2
    );
    assert_eq!(
        status(
            &mut card,
            b"\x00\x24\x00\x01\x101234\xFF\xFF\xFF\xFF5678\xFF\xFF\xFF\xFF"
        ),
        0x9000
    );
    assert_eq!(card.tries_left(1), Some(3));
    assert_eq!(status(&mut card, VERIFY), 0x63C2);
    assert_eq!(
        status(&mut card, b"\x00\x20\x00\x01\x085678\xFF\xFF\xFF\xFF"),
        0x9000
    );
}

#[test]
fn the_puk_unblocks_until_it_is_dead() {
    let mut card = personalised();
    (0..3).for_each(|_| drop(send(&mut card, VERIFY_WRONG)));
    let unblock = b"\x00\x2C\x00\x01\x10112233445678\xFF\xFF\xFF\xFF";
    let wrong = b"\x00\x2C\x00\x01\x10000000005678\xFF\xFF\xFF\xFF";
    assert_eq!(status(&mut card, wrong), 0x63C9);
    assert_eq!(status(&mut card, unblock), 0x9000);
    assert_eq!((card.tries_left(1), card.puk_tries_left(1)), (Some(3), Some(10)));
    assert_eq!(
        status(&mut card, b"\x00\x20\x00\x01\x085678\xFF\xFF\xFF\xFF"),
        0x9000
    );
    (0..10).for_each(|_| drop(send(&mut card, wrong)));
    assert_eq!(card.puk_tries_left(1), Some(0));
    assert_eq!(status(&mut card, unblock), 0x6983);
}

#[test]
fn the_security_officer_resets_the_pin() {
    let mut card = personalised();
    (0..3).for_each(|_| drop(send(&mut card, VERIFY_WRONG)));
    let reset = b"\x00\x2C\x02\x01\x045678";
    assert_eq!(status(&mut card, reset), 0x6982);
    assert_eq!(status(&mut card, VERIFY_SO), 0x9000);
    assert_eq!(status(&mut card, b"\x00\x2C\x02\x01\x0256"), 0x6A80);
    assert_eq!(status(&mut card, reset), 0x9000);
    assert_eq!(
        status(&mut card, b"\x00\x20\x00\x01\x085678\xFF\xFF\xFF\xFF"),
        0x9000
    );
}

#[test]
fn the_administration_key_allows_one_reset() {
    use aes::cipher::{BlockEncrypt as _, KeyInit as _};
    let key = *b"0123456789abcdef";
    let mut card = personalised().with_admin_key(key);
    let reset = b"\x00\x2C\x02\x01\x06567890";
    let respond = |challenge: &[u8], key: &[u8; 16]| {
        let mut block = aes::Block::from(<[u8; 16]>::try_from(challenge).unwrap());
        aes::Aes128::new(key.into()).encrypt_block(&mut block);
        [&[0x00, 0x82, 0, 0, 16][..], &block].concat()
    };
    assert_eq!(status(&mut card, &respond(&[0; 16], &key)), 0x6985);
    let (challenge, _) = send(&mut card, &[0x00, 0x84, 0, 0, 16]);
    assert_eq!(status(&mut card, &respond(&challenge, &[0; 16])), 0x63C9);
    assert_eq!(
        status(&mut card, &respond(&challenge, &key)),
        0x6985,
        "a challenge serves once"
    );
    assert_eq!(status(&mut card, reset), 0x6982);
    let (challenge, _) = send(&mut card, &[0x00, 0x84, 0, 0, 16]);
    assert_eq!(status(&mut card, &respond(&challenge, &key)), 0x9000);
    assert_eq!(card.admin_tries_left(), Some(10));
    assert_eq!(status(&mut card, reset), 0x9000);
    assert_eq!(status(&mut card, reset), 0x6982, "one proof, one reset");
    let (challenge, _) = send(&mut card, &[0x00, 0x84, 0, 0, 16]);
    assert_eq!(status(&mut card, &respond(&challenge, &key)), 0x9000);
    assert_eq!(status(&mut card, &[0x00, 0x2E, 0, 0]), 0x9000);
    assert_eq!(status(&mut card, reset), 0x6982, "logging out forgets the proof");
    let mut other = personalised();
    assert_eq!(status(&mut other, &respond(&[0; 16], &key)), 0x6A88);
}

#[test]
fn power_off_forgets_who_was_verified() {
    let mut card = personalised();
    status(&mut card, VERIFY);
    card.reset();
    assert_eq!(status(&mut card, STATUS), 0x63C3);
}

#[test]
fn formatting_an_activated_card_needs_the_security_officer() {
    let mut card = personalised();
    let format = [
        0x00, 0xDA, 0x01, 0xE0, 8, 0xFF, 0xFF, 0x11, 0x3F, 0xFF, 0x11, 0x1F, 0xFF,
    ];
    assert_eq!(status(&mut card, &format), 0x6982);
    status(&mut card, VERIFY_SO);
    let before = card.change_counter();
    assert_eq!(status(&mut card, &format), 0x9000);
    assert_ne!(card.change_counter(), before);
    assert_eq!(card.tries_left(1), None);
}

fn import_rsa(card: &mut VirtualCard) -> RsaPrivateKey {
    let key = RsaPrivateKey::from_pkcs1_der(RSA_KEY).unwrap();
    let (p, q) = (key.primes()[0].to_bytes_be(), key.primes()[1].to_bytes_be());
    let n = key.n().to_bytes_be();
    let (start, end) = n.split_at(200);
    status(card, VERIFY);
    select(card, 0x4B01);
    for (tag, part) in [(0x83, &p[..]), (0x84, &q), (0x81, &[1, 0, 1])] {
        assert_eq!(put(card, 0x00, tag, part), 0x9000);
    }
    assert_eq!(put(card, 0x10, 0x80, start), 0x9000);
    assert_eq!(put(card, 0x00, 0x80, end), 0x9000);
    key
}

fn put(card: &mut VirtualCard, class: u8, tag: u8, part: &[u8]) -> u16 {
    let length = u8::try_from(part.len()).unwrap();
    status(card, &[&[class, 0xDA, 0x01, tag, length][..], part].concat())
}

fn environment(card: &mut VirtualCard, algorithm: u8, key: u8) {
    assert_eq!(
        status(
            card,
            &[
                0x00, 0x22, 0x41, 0xB6, 10, 0x80, 1, algorithm, 0x81, 2, 0x4B, key, 0x84, 1, 0
            ]
        ),
        0x9000
    );
}

#[test]
fn an_imported_rsa_key_signs_padded_and_raw() {
    let mut card = personalised();
    let key = import_rsa(&mut card);
    let (modulus, _) = send(&mut card, &[0x00, 0xCA, 0x01, 0x01, 0]);
    assert_eq!(modulus, key.n().to_bytes_be());
    let hash = Sha256::digest(b"merhaba");
    let info = [
        &[
            0x30, 0x31, 0x30, 0x0D, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20,
        ][..],
        &hash,
    ]
    .concat();
    environment(&mut card, 0x02, 1);
    let (padded, code) = send(
        &mut card,
        &[&[0x00, 0x2A, 0x9E, 0x9A, 51][..], &info, &[0]].concat(),
    );
    assert_eq!(code, 0x9000);
    key.to_public_key()
        .verify(rsa::Pkcs1v15Sign::new::<Sha256>(), &hash, &padded)
        .unwrap();

    let block = [&[0, 1][..], &[0xFF; 202], &[0], &info].concat();
    environment(&mut card, 0x00, 1);
    assert_eq!(
        status(
            &mut card,
            &[&[0x10, 0x2A, 0x9E, 0x9A, 255][..], &block[..255]].concat()
        ),
        0x9000
    );
    let (raw, _) = send(&mut card, &[0x00, 0x2A, 0x9E, 0x9A, 1, block[255], 0]);
    assert_eq!(raw, padded);
    status(&mut card, &[0x00, 0x2E, 0, 0]);
    assert_eq!(status(&mut card, &[0x00, 0x2A, 0x9E, 0x9A, 1, 1, 0]), 0x6982);
}

#[test]
fn long_answers_come_in_parts() {
    let mut card = personalised();
    let key = import_rsa(&mut card);
    assert_eq!(send(&mut card, &[0x00, 0xCA, 0x01, 0x01, 100]).1, 0x619C);
    let (rest, code) = send(&mut card, &[0x00, 0xC0, 0, 0, 0x9C]);
    assert_eq!((code, &rest[..]), (0x9000, &key.n().to_bytes_be()[100..]));
    assert_eq!(
        send(&mut card, &[0x00, 0xCA, 0x01, 0x01, 0, 0x02, 0x00]).0.len(),
        256
    );
}

#[test]
fn rsa_deciphers() {
    let mut card = personalised();
    let key = import_rsa(&mut card);
    let secret = key
        .to_public_key()
        .encrypt(&mut rand_core::OsRng, rsa::Pkcs1v15Encrypt, b"gizli")
        .unwrap();
    environment(&mut card, 0x02, 1);
    let data = [&[0][..], &secret].concat();
    let command = [&[0x00, 0x2A, 0x80, 0x86, 0, 1, 1][..], &data, &[0, 0]].concat();
    assert_eq!(send(&mut card, &command), (b"gizli".to_vec(), 0x9000));
    let wrong = [&[0x00, 0x2A, 0x80, 0x86, 0, 1, 1][..], &[7; 257], &[0, 0]].concat();
    assert_eq!(status(&mut card, &wrong), 0x6A80);
}

#[test]
fn impossible_keys_are_refused() {
    let mut card = personalised();
    status(&mut card, VERIFY);
    select(&mut card, 0x4B01);
    for (tag, part) in [(0x83, [0x00; 128]), (0x84, [0xFF; 128]), (0x80, [0xFF; 128])] {
        put(&mut card, 0, tag, &part);
    }
    assert_eq!(put(&mut card, 0, 0x81, &[1, 0, 1]), 0x6A80);
    assert_eq!(put(&mut card, 0, 0x99, &[1]), 0x6A88);
    assert_eq!(status(&mut card, &[0x00, 0xCA, 0x01, 0x01, 0]), 0x6A88);
    select(&mut card, 0x4B02);
    assert_eq!(put(&mut card, 0, 0x87, &[0xFF; 32]), 0x6A80);
    assert_eq!(put(&mut card, 0, 0x87, &[0; 32]), 0x6A80);
    select(&mut card, 0x4301);
    assert_eq!(put(&mut card, 0, 0x83, &[1]), 0x6981);
}

#[test]
fn an_elliptic_key_is_generated_and_signs() {
    let mut card = personalised();
    status(&mut card, VERIFY);
    select(&mut card, 0x4B02);
    assert_eq!(status(&mut card, &[0x00, 0x46, 0, 0]), 0x9000);
    let (point, _) = send(&mut card, &[0x00, 0xCA, 0x01, 0x86, 0]);
    assert_eq!(&point[..3], &[0x86, 65, 0x04]);
    environment(&mut card, 0x04, 2);
    let hash = Sha256::digest(b"merhaba");
    let (signature, _) = send(
        &mut card,
        &[&[0x00, 0x2A, 0x9E, 0x9A, 32][..], &hash, &[0]].concat(),
    );
    let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(&point[2..]).unwrap();
    key.verify_prehash(&hash, &p256::ecdsa::Signature::from_der(&signature).unwrap())
        .unwrap();
}

#[test]
fn generating_needs_the_pin_and_65537() {
    let mut card = personalised();
    select(&mut card, 0x4B01);
    assert_eq!(status(&mut card, &[0x00, 0x46, 0, 0]), 0x6982);
    status(&mut card, VERIFY);
    assert_eq!(
        status(&mut card, &[0x00, 0x46, 0, 0, 7, 0x30, 5, 0x81, 3, 0, 0, 3]),
        0x6A80
    );
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    #[test]
    fn any_primes_are_a_key_or_refused(
        mut p in proptest::collection::vec(0_u8.., 64),
        mut q in proptest::collection::vec(0_u8.., 64),
    ) {
        let mut card = personalised();
        status(&mut card, VERIFY);
        status(&mut card, APPLICATION);
        assert_eq!(create(&mut card, 0x11, 1024, 0x4B03, [0x11, 0x11, 0xFF]), 0x9000);
        (p[0], q[0], p[63], q[63]) = (p[0] | 0xC0, q[0] | 0xC0, p[63] | 1, q[63] | 1);
        for (tag, part) in [(0x83, &p), (0x84, &q), (0x80, &p)] {
            assert_eq!(put(&mut card, 0, tag, part), 0x9000);
        }
        let imported = put(&mut card, 0, 0x81, &[1, 0, 1]);
        environment(&mut card, 0x02, 3);
        let signed = status(&mut card, &[0x00, 0x2A, 0x9E, 0x9A, 1, 7, 0]);
        let fair = matches!((imported, signed), (0x9000, 0x9000 | 0x6F00) | (0x6A80, 0x6A88));
        proptest::prop_assert!(fair, "imported {imported:04X}, signed {signed:04X}");
    }
}
