use std::sync::{Arc, Mutex};

use card::{Shelf, pkcs15::Swap};
use virtual_card::{
    Cut, VirtualCard,
    practice::{PIN, PIN_REFERENCE, Practice},
};

use super::*;
use crate::{
    Choice, Entry, Pin, SecretRules, SigningHash, Stretch, StretchWay, TokenHandle, TriesLeft, Try,
    shelf_card::{READER, opener, practice_card},
    signed::is_right,
};

const RULES: SecretRules = SecretRules {
    min_length: 4,
    max_length: 8,
    digits_only: true,
};
const SHA256: Mechanism = Mechanism::RsaPkcs1(SigningHash::Sha256);

/// A card on a shelf, and a handle to it.
struct Desk {
    shelf: Shelf,
    card: Arc<Mutex<VirtualCard>>,
    handle: TokenHandle,
}

impl Desk {
    fn with(kind: Practice) -> Self {
        let (shelf, card) = practice_card(kind);
        let handle = TokenHandle::open(opener(&shelf, None), READER.into(), Choice::Automatic);
        Self { shelf, card, handle }
    }

    async fn certificates(&self) -> Vec<CardCertificate> {
        self.handle.read(|_| ()).await.unwrap().certificates
    }

    async fn log_in(&self) -> Stretch {
        self.handle.log_in(pin(PIN, 3), StretchWay::Chosen).await.unwrap()
    }

    fn tries(&self) -> u8 {
        self.card.lock().unwrap().tries_left(PIN_REFERENCE).unwrap()
    }

    /// Power comes back.
    fn power(&self) {
        let mut card = self.card.lock().unwrap();
        card.cancel_cut();
        card.reset();
    }
}

fn pin(text: &str, seen: u8) -> Try<Pin> {
    let mut entry = Entry::new();
    text.chars().for_each(|character| entry.push(character));
    Try::typed(Pin::parse(&entry, RULES).unwrap(), TriesLeft::Exact(seen))
}

fn to_sign(mechanism: Mechanism, data: &[u8]) -> ToSign {
    ToSign {
        mechanism,
        data: data.to_vec(),
    }
}

/// Another certificate for the same key: nobody here looks at its signature.
fn other(der: &[u8]) -> Vec<u8> {
    let mut new = der.to_vec();
    let last = new.len() - 1;
    new[last] ^= 0x55;
    new[last - 100] ^= 0x55;
    new
}

fn swap(certificate: &CardCertificate, new: &[u8]) -> Swap {
    Swap {
        id: certificate.id.clone(),
        label: certificate.label.clone(),
        old: certificate.der.clone(),
        new: new.to_vec(),
    }
}

#[tokio::test]
async fn a_wrong_pin_costs_one_try_and_signs_nothing() {
    let desk = Desk::with(Practice::Sha256);
    let key = SigningKey::from(&desk.certificates().await[0]);
    let items = vec![to_sign(SHA256, b"a"), to_sign(SHA256, b"b")];
    let outcome = desk
        .handle
        .sign(pin("739164", 3), key.clone(), items.clone(), |_| ())
        .await;
    assert_eq!(
        outcome,
        Err(Error::WrongPin {
            tries_left: TriesLeft::Exact(2)
        })
    );
    assert_eq!(desk.tries(), 2);
    // Nothing goes out while the person does not know that.
    let outcome = desk.handle.sign(pin(PIN, 3), key, items, |_| ()).await;
    assert_eq!(
        outcome,
        Err(Error::TriesChanged {
            now: TriesLeft::Exact(2)
        })
    );
    assert_eq!(desk.tries(), 2);
}

#[tokio::test]
async fn the_last_try_wants_a_consent() {
    let desk = Desk::with(Practice::Sha256);
    let key = SigningKey::from(&desk.certificates().await[0]);
    for seen in [3, 2] {
        let _ = desk
            .handle
            .sign(pin("739164", seen), key.clone(), vec![], |_| ())
            .await;
    }
    let items = vec![to_sign(SHA256, b"a")];
    let Err(Error::LastTry(warning)) = desk
        .handle
        .sign(pin(PIN, 1), key.clone(), items.clone(), |_| ())
        .await
    else {
        panic!("the last try was let go")
    };
    assert_eq!(desk.tries(), 1);
    let request = pin(PIN, 1).with_consent(warning.confirmed());
    assert!(desk.handle.sign(request, key, items, |_| ()).await.is_ok());
    assert_eq!(desk.tries(), 3);
}

#[tokio::test]
async fn a_certificate_without_its_key_signs_nothing() {
    let desk = Desk::with(Practice::TwoKeys);
    let certificates = desk.certificates().await;
    let stranger = Desk::with(Practice::Sha1).certificates().await.remove(0);
    // The identifier of a key on this card, the public key of another card's.
    let key = SigningKey {
        id: certificates[0].id.clone(),
        certificate: stranger.der,
    };
    let stretch = desk.log_in().await;
    let outcome = stretch.sign(key, to_sign(SHA256, b"a")).await;
    assert_eq!(outcome, Err(Error::KeyNotFound));
    // The identifier of one, the certificate of the other: the public key decides.
    let mixed = SigningKey {
        id: certificates[1].id.clone(),
        certificate: certificates[0].der.clone(),
    };
    let what = to_sign(SHA256, b"a");
    let signature = stretch.sign(mixed, what.clone()).await.unwrap();
    assert!(is_right(&certificates[0].der, &what, &signature));
    let wrong_kind = to_sign(Mechanism::Ecdsa(SigningHash::Sha256), b"a");
    let outcome = stretch.sign((&certificates[0]).into(), wrong_kind).await;
    assert_eq!(outcome, Err(Error::Mechanism));
}

#[tokio::test]
async fn each_mechanism_with_one_try_for_all() {
    let desk = Desk::with(Practice::TwoKeys);
    let certificates = desk.certificates().await;
    let stretch = desk.log_in().await;
    for hash in [SigningHash::Sha256, SigningHash::Sha384, SigningHash::Sha512] {
        for (place, mechanism) in [
            (0, Mechanism::RsaPkcs1(hash)),
            (0, Mechanism::RsaPss(hash)),
            (1, Mechanism::Ecdsa(hash)),
        ] {
            let certificate = &certificates[place];
            let what = to_sign(mechanism, b"\x31 what is to be signed");
            let signature = stretch.sign(certificate.into(), what.clone()).await.unwrap();
            assert!(is_right(&certificate.der, &what, &signature), "{mechanism:?}");
            let mut bent = what.clone();
            bent.data[3] ^= 1;
            assert!(!is_right(&certificate.der, &bent, &signature), "{mechanism:?}");
        }
    }
}

#[tokio::test]
async fn many_signatures_cost_three_commands_each_at_most() {
    let desk = Desk::with(Practice::Sha256);
    let certificate = desk.certificates().await.remove(0);
    let items: Vec<_> = (0..20_u8).map(|number| to_sign(SHA256, &[number])).collect();
    desk.card.lock().unwrap().reset_apdu_count();
    let mut told = Vec::new();
    let signatures = desk
        .handle
        .sign(pin(PIN, 3), (&certificate).into(), items.clone(), |count| {
            told.push(count);
        })
        .await
        .unwrap();
    let apdus = desk.card.lock().unwrap().apdu_count();
    assert_eq!(told, (1..=20).collect::<Vec<_>>());
    assert!(items.iter().zip(&signatures).all(|(what, signature)| is_right(
        &certificate.der,
        what,
        signature
    )));
    assert!(apdus <= 20 * 2 + 40, "{apdus} commands");
}

#[tokio::test]
async fn others_wait_while_a_stretch_is_on_and_nothing_stays_proven() {
    let desk = Desk::with(Practice::Sha256);
    let certificate = desk.certificates().await.remove(0);
    let stretch = desk.log_in().await;
    let other = desk.handle.clone();
    let mut asked = Box::pin(other.pins());
    let waits = tokio::time::timeout(std::time::Duration::from_millis(50), &mut asked).await;
    assert!(waits.is_err(), "the card is ours");
    let what = to_sign(SHA256, b"a");
    assert!(stretch.sign((&certificate).into(), what.clone()).await.is_ok());
    drop(stretch);
    assert!(asked.await.is_ok());
    // Without a PIN the card does not sign: PERFORM SECURITY OPERATION after selecting and preparing.
    let mut card = desk.card.lock().unwrap();
    for command in [
        &[0, 0xA4, 8, 0, 4, 0x50, 0x15, 0x4B, 0x01][..],
        &[0, 0x22, 0x41, 0xB6, 10, 0x80, 1, 2, 0x81, 2, 0x4B, 1, 0x84, 1, 0],
    ] {
        card.transmit(command);
    }
    let refused = card.transmit(&[0, 0x2A, 0x9E, 0x9A, 1, 1]);
    assert_eq!(refused, virtual_card::Response::Answer(vec![0x69, 0x82]));
}

#[tokio::test]
async fn a_login_that_nobody_waits_for_does_not_hold_the_card() {
    let desk = Desk::with(Practice::Sha256);
    desk.certificates().await;
    {
        let mut asked = Box::pin(desk.handle.log_in(pin(PIN, 3), StretchWay::Chosen));
        let _ = tokio::time::timeout(std::time::Duration::ZERO, &mut asked).await;
    }
    let pins = tokio::time::timeout(std::time::Duration::from_secs(10), desk.handle.pins()).await;
    assert!(pins.unwrap().is_ok());
}

#[tokio::test]
async fn a_card_pulled_while_signing_is_told_as_that() {
    let desk = Desk::with(Practice::Sha256);
    let certificate = desk.certificates().await.remove(0);
    let stretch = desk.log_in().await;
    desk.shelf.pull(READER);
    let outcome = stretch.sign((&certificate).into(), to_sign(SHA256, b"a")).await;
    assert_eq!(outcome, Err(card::Error::Removed.into()));
    drop(stretch);
    assert_eq!(desk.tries(), 3);
}

#[tokio::test]
async fn a_full_card_is_told_before_anything_changes() {
    let desk = Desk::with(Practice::Sha1);
    let certificate = desk.certificates().await.remove(0);
    // The same card, with room for no more than it holds.
    let full = virtual_card::practice::card(Practice::Sha1, time::macros::datetime!(2026-01-15 12:00 UTC))
        .unwrap()
        .with_capacity(1);
    let full = crate::shelf_card::insert(&desk.shelf, READER, full);
    let stretch = desk.log_in().await;
    full.lock().unwrap().forget_writes();
    let new = other(&certificate.der);
    let outcome = stretch.write_certificate(swap(&certificate, &new), |_| ()).await;
    assert_eq!(outcome, Err(Error::CardFull));
    assert_eq!(full.lock().unwrap().writes(), []);
    // Longer than any file can be read.
    let outcome = stretch
        .write_certificate(swap(&certificate, &vec![0x30; 70_000]), |_| ())
        .await;
    assert_eq!(outcome, Err(Error::CardFull));
    drop(stretch);
    assert_eq!(desk.certificates().await, [certificate]);
}

/// Where there is room for one of the two, the old one's file goes first; its entry stays and the new one takes it.
#[tokio::test]
async fn the_old_one_first_and_the_new_one_into_its_entry() {
    let desk = Desk::with(Practice::TwoKeys);
    let before = desk.certificates().await;
    let new = other(&before[0].der);
    let swap = swap(&before[0], &new);
    let stretch = desk.log_in().await;
    stretch.delete_certificate(swap.clone()).await.unwrap();
    assert_eq!(stretch.certificates().await.unwrap(), before[1..]);
    stretch.write_certificate(swap.clone(), |_| ()).await.unwrap();
    drop(stretch);
    assert_eq!(desk.certificates().await[0].der, new);
    // And back again.
    let stretch = desk.log_in().await;
    stretch
        .write_certificate(swap.clone().reversed(), |_| ())
        .await
        .unwrap();
    stretch.delete_certificate(swap.reversed()).await.unwrap();
    drop(stretch);
    assert_eq!(desk.certificates().await, before);
}

#[tokio::test]
async fn a_new_certificate_takes_the_old_ones_place() {
    let desk = Desk::with(Practice::TwoKeys);
    let before = desk.certificates().await;
    let new = other(&before[0].der);
    let swap = swap(&before[0], &new);
    let stretch = desk.log_in().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let tell = Arc::clone(&told);
    stretch
        .write_certificate(swap.clone(), move |written| {
            tell.lock().unwrap().push(written.bytes);
        })
        .await
        .unwrap();
    assert_eq!(told.lock().unwrap().last(), Some(&new.len()));
    let now = stretch.certificates().await.unwrap();
    assert_eq!(
        now.iter().map(|certificate| &certificate.der).collect::<Vec<_>>(),
        [&new, &before[1].der]
    );
    assert!(
        now.iter()
            .all(|certificate| certificate.has_private_key == Some(true))
    );
    let what = to_sign(SHA256, b"test");
    let signature = stretch.sign((&now[0]).into(), what.clone()).await.unwrap();
    assert!(is_right(&new, &what, &signature));
    // Once more is as good as once.
    for _ in 0..2 {
        stretch.write_certificate(swap.clone(), |_| ()).await.unwrap();
        stretch.delete_certificate(swap.clone()).await.unwrap();
    }
    drop(stretch);
    assert_eq!(desk.certificates().await[0].der, new);
    let unused = desk
        .card
        .lock()
        .unwrap()
        .writes()
        .iter()
        .filter(|write| write.instruction == 0xE4)
        .count();
    assert_eq!(unused, 1, "the old file is deleted, once");
}

/// Every byte of every write: afterwards the directory leads to one of the two, whole, the key signs, and doing it
/// again ends in order.
#[tokio::test]
async fn a_cut_at_any_byte_loses_nothing() {
    let rehearsal = Desk::with(Practice::Sha1);
    let old = rehearsal.certificates().await.remove(0);
    let new = other(&old.der);
    let swap = swap(&old, &new);
    rehearsal.card.lock().unwrap().forget_writes();
    replace(&rehearsal, &swap).await.unwrap();
    // The first writes are the PIN's counter.
    let writes: Vec<_> = rehearsal.card.lock().unwrap().writes().to_vec();
    let mut cuts = 0;
    for (number, write) in (1_u64..).zip(&writes) {
        // In the middle of the certificate one byte is as good as another.
        let bytes = (0..=write.length).filter(|byte| write.length < 64 || byte % 17 == 0);
        for byte in bytes {
            let desk = Desk::with(Practice::Sha1);
            desk.certificates().await;
            desk.card
                .lock()
                .unwrap()
                .plan_cut(Cut::InWrite { write: number, byte });
            let outcome = replace(&desk, &swap).await;
            assert!(outcome.is_err(), "{write:?} {byte}");
            desk.power();
            let there = desk.certificates().await;
            assert_eq!(there.len(), 1);
            assert!(there[0].der == old.der || there[0].der == new, "{write:?} {byte}");
            let left = desk.tries();
            let request = Try {
                seen: TriesLeft::Exact(left),
                ..pin(PIN, left)
            };
            let stretch = desk.handle.log_in(request, StretchWay::Chosen).await.unwrap();
            finish(&stretch, &swap).await.unwrap();
            drop(stretch);
            assert_eq!(desk.certificates().await[0].der, new);
            assert_eq!(files(&desk), files(&rehearsal), "nothing is left over");
            cuts += 1;
        }
    }
    assert!(cuts > 100, "{cuts}");
}

async fn replace(desk: &Desk, swap: &Swap) -> Result<(), Error> {
    let stretch = desk.handle.log_in(pin(PIN, 3), StretchWay::Chosen).await?;
    finish(&stretch, swap).await
}

async fn finish(stretch: &Stretch, swap: &Swap) -> Result<(), Error> {
    stretch.write_certificate(swap.clone(), |_| ()).await?;
    let key = SigningKey {
        id: swap.id.clone(),
        certificate: swap.new.clone(),
    };
    let what = to_sign(SHA256, b"test");
    let signature = stretch.sign(key, what.clone()).await?;
    assert!(is_right(&swap.new, &what, &signature));
    stretch.delete_certificate(swap.clone()).await
}

/// How many files the application has.
fn files(desk: &Desk) -> usize {
    let mut card = desk.card.lock().unwrap();
    card.transmit(&[0, 0xA4, 8, 0x0C, 2, 0x50, 0x15]);
    match card.transmit(&[0, 0xCA, 1, 0xA1, 0]) {
        virtual_card::Response::Answer(answer) => answer.len() / 2 - 1,
        virtual_card::Response::PowerLost => panic!("no power"),
    }
}

/// What another program's interrupted rewriting leaves is put back from a copy.
#[tokio::test]
async fn a_torn_key_directory_is_put_back() {
    let desk = Desk::with(Practice::TwoKeys);
    let before = desk.certificates().await;
    let backup = desk.handle.backup().await.unwrap();
    assert_eq!((backup.keys().len(), backup.certificates().len()), (2, 2));
    assert!(!backup.is_damaged(File::PrivateKeys));
    {
        let mut card = desk.card.lock().unwrap();
        card.transmit(b"\x00\x20\x00\x01\x08123456\xFF\xFF");
        card.transmit(&[0, 0xA4, 8, 0x0C, 4, 0x50, 0x15, 0x44, 0x02]);
        card.transmit(&[&[0, 0xD6, 0, 0, 200][..], &[0; 200]].concat());
        card.transmit(&[0, 0xA4, 8, 0x0C, 4, 0x50, 0x15, 0x44, 0x03]);
        card.transmit(&[&[0, 0xD6, 0, 7, 20][..], &[0x5A; 20]].concat());
        card.reset();
    }
    let torn = desk.handle.backup().await.unwrap();
    assert!(torn.is_damaged(File::Certificates) || torn.certificates().len() < 2);
    assert_eq!(torn.keys(), []);
    let stretch = desk
        .handle
        .log_in(pin(PIN, 3), StretchWay::Driverless)
        .await
        .unwrap();
    let outcome = stretch.sign((&before[0]).into(), to_sign(SHA256, b"a")).await;
    assert_eq!(outcome, Err(Error::KeyNotFound));
    let kinds = vec![File::PrivateKeys, File::Certificates];
    stretch.restore(backup.clone(), kinds).await.unwrap();
    for (certificate, mechanism) in before.iter().zip([SHA256, Mechanism::Ecdsa(SigningHash::Sha256)]) {
        let what = to_sign(mechanism, b"a");
        let signature = stretch.sign(certificate.into(), what.clone()).await.unwrap();
        assert!(is_right(&certificate.der, &what, &signature));
    }
    drop(stretch);
    assert_eq!(desk.handle.backup().await.unwrap(), backup);
    assert_eq!(desk.certificates().await, before);
}

/// The bytes of the file of this kind.
fn file_of(backup: &mut Backup, kind: File) -> &mut Vec<u8> {
    let mut files = backup.files.iter_mut();
    &mut files.find(|file| file.kind == Some(kind)).unwrap().bytes
}

/// Where `part` is.
fn place_of(bytes: &[u8], part: &[u8]) -> usize {
    bytes
        .windows(part.len())
        .position(|window| window == part)
        .unwrap()
}

/// The only key wants the PIN for so many uses: `userConsent`, the last of its common attributes.
async fn want_consent(desk: &Desk, uses: u8) {
    let mut changed = desk.handle.backup().await.unwrap();
    let bytes = file_of(&mut changed, File::PrivateKeys);
    let length = bytes.len();
    let end = 4 + usize::from(bytes[3]);
    assert!(bytes[1] < 0x7D && bytes[2] == 0x30, "short lengths: {bytes:02x?}");
    bytes[1] += 3;
    bytes[3] += 3;
    bytes.splice(end..end, [0x02, 0x01, uses]);
    bytes.truncate(length);
    let stretch = desk.log_in().await;
    stretch.restore(changed, vec![File::PrivateKeys]).await.unwrap();
}

/// A key that signs once for each entry of the PIN has no signature left to show that the new certificate is its own:
/// that is told before anything is written. One that signs twice has.
#[tokio::test]
async fn a_key_with_one_use_for_each_pin_writes_nothing_after_it() {
    for (uses, expected) in [(1, Err(Error::PinForEachSignature)), (2, Ok(()))] {
        let desk = Desk::with(Practice::Sha1);
        want_consent(&desk, uses).await;
        let old = desk.certificates().await.remove(0);
        let new = other(&old.der);
        let stretch = desk.log_in().await;
        let what = to_sign(SHA256, b"test");
        stretch.sign((&old).into(), what.clone()).await.unwrap();
        desk.card.lock().unwrap().forget_writes();
        let swap = swap(&old, &new);
        let written = stretch.write_certificate(swap.clone(), |_| ()).await;
        assert_eq!(written, expected, "{uses}");
        let key = SigningKey {
            id: swap.id.clone(),
            certificate: if uses == 1 { old.der } else { new },
        };
        assert_eq!(stretch.sign(key.clone(), what.clone()).await.map(drop), expected);
        // The new one is there and proven: the old one may go.
        assert_eq!(stretch.delete_certificate(swap).await, expected, "{uses}");
        assert_eq!(desk.card.lock().unwrap().writes().is_empty(), uses == 1);
        assert_eq!(
            stretch.sign(key, what).await.map(drop),
            Err(Error::PinForEachSignature)
        );
    }
}

/// Everything in a directory file comes back, whatever is between its records; a file of another size is another file.
#[tokio::test]
async fn what_stands_behind_padding_is_saved_as_well() {
    let desk = Desk::with(Practice::TwoKeys);
    let mut changed = desk.handle.backup().await.unwrap();
    let bytes = file_of(&mut changed, File::Certificates);
    let last = bytes.len() - 4;
    assert!(last > 300, "the file has room: {last}");
    bytes[last..].copy_from_slice(&[0x30, 0x02, 0x05, 0x00]);
    let kinds = || vec![File::Certificates];
    let stretch = desk.log_in().await;
    stretch.restore(changed.clone(), kinds()).await.unwrap();
    drop(stretch);
    let backup = desk.handle.backup().await.unwrap();
    assert_eq!(backup, changed);

    let mut shorter = backup.clone();
    file_of(&mut shorter, File::Certificates).pop();
    let stretch = desk.log_in().await;
    assert_eq!(stretch.restore(shorter, kinds()).await, Err(Error::NoPlace));
    drop(stretch);
    assert_eq!(desk.handle.backup().await.unwrap(), backup, "nothing was written");
}

/// Two entries of one identifier, and the old certificate deleted first: both ways stay open.
#[tokio::test]
async fn the_emptied_one_of_two_entries_of_one_id_is_the_one_to_fill() {
    let desk = Desk::with(Practice::TwoKeys);
    let before = desk.certificates().await;
    let mut changed = desk.handle.backup().await.unwrap();
    let bytes = file_of(&mut changed, File::Certificates);
    let named = |id: &[u8]| [&[0x04, u8::try_from(id.len()).unwrap()], id].concat();
    let (one, other_one) = (named(&before[0].id), named(&before[1].id));
    assert_eq!(one.len(), other_one.len());
    let place = place_of(bytes, &other_one);
    bytes[place..place + one.len()].copy_from_slice(&one);
    let stretch = desk.log_in().await;
    stretch.restore(changed, vec![File::Certificates]).await.unwrap();
    drop(stretch);
    let both = desk.certificates().await;
    assert_eq!(both[0].id, both[1].id);

    let new = other(&both[0].der);
    let swap = swap(&both[0], &new);
    for (swap, expected) in [(swap.clone(), &new), (swap.reversed(), &both[0].der)] {
        let stretch = desk.log_in().await;
        stretch.delete_certificate(swap.clone()).await.unwrap();
        stretch.write_certificate(swap, |_| ()).await.unwrap();
        drop(stretch);
        let now = desk.certificates().await;
        assert_eq!((&now[0].der, &now[1].der), (expected, &both[1].der));
    }
}
