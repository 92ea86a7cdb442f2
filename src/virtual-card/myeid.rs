//! The `MyEID` personality: its commands, one function for each instruction.

mod data;
mod files;
mod rules;

use crate::{
    apdu::{Command, Outcome, Status},
    card::Personality,
    files::{Body, File},
    keys::KeyFile,
    memory::Memory,
    pins,
    session::{Environment, Session, file_id},
    store::Store,
    tlv,
};
use rules::Operation;

pub(crate) use files::APPLICATION;

/// T=1, historical bytes `MyEID`.
pub(crate) const ATR: [u8; 15] = [
    0x3B, 0xF5, 0x96, 0x00, 0x00, 0x81, 0x31, 0xFE, 0x45, 0x4D, 0x79, 0x45, 0x49, 0x44, 0x14,
];

/// The PIN reference of the security officer.
pub(crate) const SO_REFERENCE: u8 = 3;

/// A card with nothing but the empty application.
pub(crate) fn blank(serial: [u8; 10]) -> Memory {
    Memory::new(Personality::MyEid, serial, files::formatted([0; 8]))
}

pub(crate) fn execute(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    if !matches!(command.class & 0xEF, 0x00 | 0x80 | 0xA0) {
        return Err(Status::WRONG_CLASS.into());
    }
    match command.instruction {
        0x20 => verify(store, session, command),
        0x22 => set_environment(session, command),
        0x24 => change_pin(store, session, command),
        0x2A => operate(store, session, command),
        0x2C => reset_retry_counter(store, session, command),
        0x2E => {
            session.log_out();
            Ok(Vec::new())
        }
        0x44 => activate(store, session),
        0x46 => generate(store, session, command),
        0x82 => pins::authenticate(store, session, &command.data),
        0x84 => pins::challenge(session, command.expected.unwrap_or(8)),
        0xA4 => files::select(store, session, command),
        0xB0 => files::read(store, session, command),
        0xCA if command.p1 == 0x01 => data::get(store, session, command.p2),
        0xD6 => files::update(store, session, command),
        0xDA if command.p1 == 0x01 => data::put(store, session, command),
        0xE0 => files::create(store, session, command),
        0xE4 => files::delete(store, session, command),
        0xCA | 0xDA => Err(Status::WRONG_P1P2.into()),
        _ => Err(Status::WRONG_INSTRUCTION.into()),
    }
}

fn verify(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    match command.data.len() {
        0 => pins::status(store, session, command.p2),
        8 => pins::verify(store, session, command.p2, &command.data),
        _ => Err(Status::WRONG_LENGTH.into()),
    }
}

/// A malformed command costs no try.
fn change_pin(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    let (old, new) = two_blocks(&command.data)?;
    pins::change(store, session, command.p2, old, new)
}

fn reset_retry_counter(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    match command.p1 {
        0x00 => {
            let (puk, new) = two_blocks(&command.data)?;
            pins::unblock(store, session, command.p2, puk, new)
        }
        0x02 => reset_by_administrator(store, session, command),
        _ => Err(Status::WRONG_P1P2.into()),
    }
}

/// The new PIN may come without its padding. The administration key's proof serves once; the security officer's
/// PIN until it is forgotten.
fn reset_by_administrator(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    if !session.admin && !session.is_verified(SO_REFERENCE) {
        return Err(Status::SECURITY.into());
    }
    let mut new = zeroize::Zeroizing::new([0xFF; 8]);
    new.get_mut(..command.data.len())
        .ok_or(Status::WRONG_LENGTH)?
        .copy_from_slice(&command.data);
    if !pins::is_padded_pin(&new[..]) {
        return Err(Status::WRONG_DATA.into());
    }
    let outcome = pins::reset(store, session, command.p2, &new[..])?;
    session.admin = false;
    Ok(outcome)
}

/// The old PIN (or the PUK) and the new PIN, 8 bytes each.
fn two_blocks(data: &[u8]) -> Result<(&[u8], &[u8]), Status> {
    match data.split_at_checked(8) {
        Some((old, new)) if new.len() == 8 => {
            if pins::is_padded_pin(new) {
                Ok((old, new))
            } else {
                Err(Status::WRONG_DATA)
            }
        }
        _ => Err(Status::WRONG_LENGTH),
    }
}

/// From now on the access rules apply.
fn activate(store: &mut Store, session: &mut Session) -> Outcome {
    if !store.memory().active {
        store.change(1, |memory| memory.active = true)?;
    }
    session.log_out();
    Ok(Vec::new())
}

/// MANAGE SECURITY ENVIRONMENT: algorithm (80) and key file (81) for signing (B6) or deciphering (B8).
fn set_environment(session: &mut Session, command: &Command) -> Outcome {
    if command.p1 & 0x0F != 0x01 || !matches!(command.p2, 0xB6 | 0xB8) {
        return Err(Status::WRONG_P1P2.into());
    }
    let algorithm = tlv::find(&command.data, 0x80)
        .and_then(<[u8]>::first)
        .copied()
        .unwrap_or(0);
    let key = tlv::find(&command.data, 0x81).map(file_id).transpose()?;
    session.environment = Some(Environment { algorithm, key });
    Ok(Vec::new())
}

/// PERFORM SECURITY OPERATION: sign (9E9A) or decipher (8086).
fn operate(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    let environment = session.environment.as_ref().ok_or(Status::CONDITIONS)?;
    let memory = store.memory();
    let path = match environment.key {
        Some(id) => session.near(memory, id)?,
        None => session.selected(),
    };
    let file = memory.root.at(&path).ok_or(Status::NOT_FOUND)?;
    let key = key_of(file)?;
    rules::check(memory, session, file, Operation::Use)?;
    match (command.p1p2(), &command.data[..]) {
        (0x9E9A, data) => Ok(key.sign(environment.algorithm, data)?),
        (0x8086, [0x00, cryptogram @ ..]) => Ok(key.decipher(environment.algorithm, cryptogram)?),
        (0x8086, _) => Err(Status::WRONG_DATA.into()),
        _ => Err(Status::WRONG_P1P2.into()),
    }
}

/// GENERATE into the selected key file; RSA may name its public exponent, which must be 65537.
fn generate(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    let (path, file) = session.selected_file(store.memory())?;
    let key = key_of(file)?;
    rules::check(store.memory(), session, file, Operation::Generate)?;
    let asked = tlv::find(&command.data, 0x30).and_then(|parts| tlv::find(parts, 0x81));
    if asked.is_some_and(|exponent| exponent != [1, 0, 1]) {
        return Err(Status::WRONG_DATA.into());
    }
    let key = key.generate()?;
    replace_key(store, &path, key)
}

fn key_of(file: &File) -> Result<&KeyFile, Status> {
    match &file.body {
        Body::Key(key) => Ok(key),
        _ => Err(Status::WRONG_KIND_OF_FILE),
    }
}

fn replace_key(store: &mut Store, path: &[u16], key: KeyFile) -> Outcome {
    store.change(key.footprint(), |memory| {
        if let Some(file) = memory.root.at_mut(path) {
            file.body = Body::Key(key);
        }
    })?;
    Ok(Vec::new())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
pub(crate) mod tests;
