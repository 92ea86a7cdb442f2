//! The AKİS look-alike: enough of AKİS 1.0's commands to be recognised, read and signed with.

use crate::{
    apdu::{Command, Outcome, Status},
    card::Personality,
    files::{Body, File, FileId, MASTER_FILE},
    keys::{PKCS1, RAW},
    memory::Memory,
    pins,
    session::{Environment, Session},
    store::Store,
    tlv,
};

/// Historical bytes `UEKAE V1.0`.
pub(crate) const ATR: [u8; 19] = *b"\x3B\xBA\x11\x00\x81\x31\xFE\x4DUEKAE V1.0\xAE";

/// The only PIN.
const PIN_REFERENCE: u8 = 1;

/// The application's directory; its keys have their references as identifiers.
pub(crate) const APPLICATION: FileId = 0x3D00;

/// How long a record of the directory list is, in bytes.
const RECORD: usize = 20;

/// A card without files or PINs.
pub(crate) fn blank(serial: [u8; 10]) -> Memory {
    Memory::new(Personality::Akis, serial, File::directory(&[], &[]))
}

pub(crate) fn execute(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    match (command.class & 0xEF, command.instruction) {
        (0x80, 0x18) => list(store, session),
        (0x80, 0x1A) => {
            session.log_out();
            Ok(Vec::new())
        }
        (0x00, 0x20) => verify(store, session, command),
        (0x00, 0x22) if command.p1 == 0xC3 => {
            session.environment = Some(Environment {
                algorithm: RAW,
                key: Some(u16::from(command.p2)),
            });
            Ok(Vec::new())
        }
        (0x00, 0x24) => change_pin(store, session, command),
        (0x00, 0x2A) if command.p1p2() == 0x9E9A => sign(store, session, &command.data),
        (0x00, 0x84) => pins::challenge(session, command.expected.unwrap_or(8)),
        (0x00, 0xA4) => select(store, session, command),
        (0x00, 0xB0) => read(store, session, command),
        (0x00, 0xCA) if command.p1 == 0x01 => get_data(store, command.p2),
        (0x00 | 0x80, _) => Err(Status::WRONG_INSTRUCTION.into()),
        _ => Err(Status::WRONG_CLASS.into()),
    }
}

fn verify(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    match reference(command) {
        reference if command.data.is_empty() => pins::status(store, session, reference),
        reference => pins::verify(store, session, reference, &command.data),
    }
}

/// Length and old PIN, length and new PIN.
fn change_pin(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    let (old, rest) = prefixed(&command.data).ok_or(Status::WRONG_LENGTH)?;
    let (new, rest) = prefixed(rest).ok_or(Status::WRONG_LENGTH)?;
    if !rest.is_empty() || !(4..=16).contains(&new.len()) {
        return Err(Status::WRONG_DATA.into());
    }
    pins::change(store, session, reference(command), old, new)
}

fn prefixed(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first()?;
    rest.split_at_checked(usize::from(*length))
}

/// The top bit says that the PIN belongs to the application, of which there is one.
fn reference(command: &Command) -> u8 {
    command.p2 & 0x7F
}

fn select(store: &Store, session: &mut Session, command: &Command) -> Outcome {
    let memory = store.memory();
    let path = session.target(memory, command)?;
    let file = memory.root.at(&path).ok_or(Status::NOT_FOUND)?;
    session.select(memory, &path);
    if command.p2 & 0x0C == 0x0C {
        return Ok(Vec::new());
    }
    Ok(control_information(
        path.last().copied().unwrap_or(MASTER_FILE),
        file,
    ))
}

/// Tag 90 is the card's own: bit 2 says that a file is read without PIN.
fn control_information(id: FileId, file: &File) -> Vec<u8> {
    let (size, descriptor, access) = match &file.body {
        Body::Data(contents) => (u16::try_from(contents.len()).unwrap_or(u16::MAX), 0x01, 0x06),
        _ => (0, 0x38, 0x02),
    };
    tlv::constructed(
        0x6F,
        &[
            tlv::object(0x81, &size.to_be_bytes()),
            tlv::object(0x82, &[descriptor]),
            tlv::object(0x83, &id.to_be_bytes()),
            tlv::object(0x90, &[access]),
        ],
    )
}

/// The directory list: kind (2F file, 3D directory), identifier, filling.
fn list(store: &Store, session: &Session) -> Outcome {
    let directory = store
        .memory()
        .root
        .at(&session.directory)
        .ok_or(Status::NOT_FOUND)?;
    let children = directory.children().ok_or(Status::NOT_FOUND)?;
    let record = |(id, child): (&FileId, &File)| {
        let [high, low] = id.to_be_bytes();
        let mut record = vec![if child.is_directory() { 0x3D } else { 0x2F }, high, low];
        record.resize(RECORD, 0);
        record
    };
    Ok(children.iter().flat_map(record).collect())
}

fn read(store: &Store, session: &Session, command: &Command) -> Outcome {
    let (_, _, contents) = session.selected_data(store.memory())?;
    let rest = contents
        .get(usize::from(command.p1p2())..)
        .ok_or(Status::WRONG_OFFSET)?;
    Ok(rest
        .iter()
        .take(command.expected.unwrap_or(256))
        .copied()
        .collect())
}

/// 06: 77 bytes, of which 12 from 55 on are the serial number. 04: the life cycle state.
fn get_data(store: &Store, tag: u8) -> Outcome {
    match tag {
        0x04 => Ok(vec![0, 0, 0, 0, 0, 0, 0xA5, 0, 0, 0]),
        0x06 => {
            let mut answer = vec![0; 55];
            answer.extend(b"AK");
            answer.extend(store.memory().serial);
            answer.resize(0x4D, 0);
            Ok(answer)
        }
        _ => Err(Status::NO_REFERENCE.into()),
    }
}

/// Signs with the key whose reference MANAGE SECURITY ENVIRONMENT gave: a whole block, or a hash to be padded.
fn sign(store: &Store, session: &Session, data: &[u8]) -> Outcome {
    if !session.is_verified(PIN_REFERENCE) {
        return Err(Status::SECURITY.into());
    }
    let reference = session
        .environment
        .as_ref()
        .and_then(|environment| environment.key);
    let path = [APPLICATION, reference.ok_or(Status::CONDITIONS)?];
    let Some(Body::Key(key)) = store.memory().root.at(&path).map(|file| &file.body) else {
        return Err(Status::NO_REFERENCE.into());
    };
    let algorithm = if data.len() == usize::from(key.bits / 8) {
        RAW
    } else {
        PKCS1
    };
    Ok(key.sign(algorithm, data)?)
}
