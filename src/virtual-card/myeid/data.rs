//! GET DATA and PUT DATA.

use crate::{
    apdu::{Command, Outcome, Status},
    files::File,
    keys::KeyFile,
    pins::{Pin, Secret, is_padded_pin},
    session::Session,
    store::Store,
};

use super::{
    files, key_of, replace_key,
    rules::{Operation, check},
};

/// The version that GET DATA 01A0 tells.
const VERSION: [u8; 3] = [4, 5, 5];

/// How many files a directory list tells: 256 bytes are what a reader takes at once.
const MAX_LISTED: usize = 128;

pub(super) fn get(store: &Store, session: &Session, tag: u8) -> Outcome {
    let memory = store.memory();
    match tag {
        0xA0 => {
            let changes = memory.changes.to_be_bytes();
            Ok([&[0; 5], &VERSION[..], &memory.serial, &changes].concat())
        }
        0xAA => Ok(capabilities()),
        0xA1 => {
            let children = memory
                .root
                .at(&session.directory)
                .and_then(File::children)
                .ok_or(Status::NOT_FOUND)?;
            Ok(children
                .keys()
                .take(MAX_LISTED)
                .flat_map(|id| id.to_be_bytes())
                .collect())
        }
        0x01 | 0x02 | 0x86 => {
            let (_, file) = session.selected_file(memory)?;
            Ok(key_of(file)?.public_part(tag)?)
        }
        0xB1..=0xBE => {
            let pin = memory.pins.get(&(tag & 0x0F)).ok_or(Status::NO_REFERENCE)?;
            Ok(vec![0xC5, 0x01, pin.puk.tries])
        }
        _ => Err(Status::NO_REFERENCE.into()),
    }
}

/// Format 01; features RSA and ECC; then the largest RSA, DES, AES and ECC keys, in bits.
fn capabilities() -> Vec<u8> {
    let numbers: [u16; 5] = [0x0009, 4096, 0, 0, 384];
    std::iter::once(0x01)
        .chain(numbers.iter().flat_map(|number| number.to_be_bytes()))
        .collect()
}

pub(super) fn put(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    match command.p2 {
        0xE0 => format(store, session, &command.data),
        reference @ 1..=14 => create_pin(store, session, reference, &command.data),
        tag => import_key(store, session, tag, &command.data),
    }
}

/// Back to the state of creation: files, keys and PINs are gone. An activated card allows it to whom its master
/// file allows deleting.
fn format(store: &mut Store, session: &mut Session, data: &[u8]) -> Outcome {
    let rules: [u8; 8] = data.try_into().map_err(|_| Status::WRONG_LENGTH)?;
    let memory = store.memory();
    check(memory, session, &memory.root, Operation::Delete)?;
    let root = files::formatted(rules);
    store.change(8, |memory| {
        memory.root = root;
        memory.pins.clear();
        memory.active = false;
    })?;
    *session = Session::default();
    Ok(Vec::new())
}

/// PIN, PUK, tries of each, one flag byte that may be missing. On an activated card a PIN that exists cannot be
/// created again, and a new one needs the right to create files.
fn create_pin(store: &mut Store, session: &Session, reference: u8, data: &[u8]) -> Outcome {
    let (pin, rest) = data.split_at_checked(8).ok_or(Status::WRONG_LENGTH)?;
    let (puk, [tries, puk_tries, ..]) = rest.split_at_checked(8).ok_or(Status::WRONG_LENGTH)? else {
        return Err(Status::WRONG_LENGTH.into());
    };
    let memory = store.memory();
    let directory = memory.root.at(&session.directory).ok_or(Status::NOT_FOUND)?;
    check(memory, session, directory, Operation::CreateFile)?;
    if memory.active && memory.pins.contains_key(&reference) {
        return Err(Status::CONDITIONS.into());
    }
    if !is_padded_pin(pin) {
        return Err(Status::WRONG_DATA.into());
    }
    let pin = Pin {
        pin: Secret::new(pin, *tries),
        puk: Secret::new(puk, *puk_tries),
    };
    store.change_secrets(data.len(), |memory| {
        memory.pins.insert(reference, pin);
    })?;
    Ok(Vec::new())
}

fn import_key(store: &mut Store, session: &Session, tag: u8, part: &[u8]) -> Outcome {
    let (path, file) = session.selected_file(store.memory())?;
    check(store.memory(), session, file, Operation::Update)?;
    let key: KeyFile = key_of(file)?.import(tag, part)?;
    replace_key(store, &path, key)
}
