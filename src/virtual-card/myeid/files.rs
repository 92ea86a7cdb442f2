//! SELECT, READ BINARY, UPDATE BINARY, CREATE FILE, DELETE FILE.

use std::collections::BTreeMap;

use crate::{
    apdu::{Command, Outcome, Status},
    files::{Body, File, FileId, MASTER_FILE, MAX_DEPTH},
    keys::{KeyFile, Kind},
    memory::{Bytes, Memory},
    session::{Session, file_id},
    store::Store,
    tlv,
};

use super::rules::{Operation, check};

/// The application's directory.
pub(crate) const APPLICATION: FileId = 0x5015;

/// The application's identifier: `PKCS-15` under its registered prefix.
const APPLICATION_ID: [u8; 12] = *b"\xA0\x00\x00\x00\x63PKCS-15";

/// File descriptors (tag 82).
const DIRECTORY: u8 = 0x38;
const DATA: u8 = 0x01;
const RSA_KEY: u8 = 0x11;
const EC_KEY: u8 = 0x22;

/// The tree of a formatted card. The format's 8 bytes carry the rules of the master file (bytes 2 to 4) and of the
/// application (bytes 5 to 7).
pub(super) fn formatted(format: [u8; 8]) -> File {
    let [_, _, master, master_delete, _, application, application_delete, _] = format;
    let mut root = File::directory(&[master, master_delete, 0xFF], &[]);
    let application = File::directory(&[application, application_delete, 0xFF], &APPLICATION_ID);
    root.body = Body::Directory(BTreeMap::from([(APPLICATION, application)]));
    root
}

pub(super) fn select(store: &Store, session: &mut Session, command: &Command) -> Outcome {
    let memory = store.memory();
    let path = session.target(memory, command)?;
    session.select(memory, &path);
    match memory.root.at(&path) {
        _ if command.p2 & 0x0C == 0x0C => Ok(Vec::new()),
        Some(file) => Ok(control_information(
            memory,
            path.last().copied().unwrap_or(MASTER_FILE),
            file,
        )),
        None => Err(Status::NOT_FOUND.into()),
    }
}

/// File control information (ISO/IEC 7816-4, 7.4).
fn control_information(memory: &Memory, id: FileId, file: &File) -> Vec<u8> {
    let (size_tag, size, descriptor) = match &file.body {
        Body::Directory(_) => (0x81, u16::MAX >> 1, DIRECTORY),
        Body::Data(contents) => (0x80, u16::try_from(contents.len()).unwrap_or(u16::MAX), DATA),
        Body::Key(key) => (
            0x80,
            key.bits,
            if key.kind == Kind::Rsa { RSA_KEY } else { EC_KEY },
        ),
    };
    let mut parts = vec![
        tlv::object(size_tag, &size.to_be_bytes()),
        tlv::object(0x82, &[descriptor]),
        tlv::object(0x83, &id.to_be_bytes()),
    ];
    let optional = [(0x84, &file.name), (0x85, &file.properties), (0x86, &file.rules)];
    parts.extend(
        optional
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(tag, value)| tlv::object(*tag, value)),
    );
    parts.push(tlv::object(0x8A, &[if memory.active { 0x05 } else { 0x01 }]));
    tlv::constructed(0x6F, &parts)
}

pub(super) fn read(store: &Store, session: &Session, command: &Command) -> Outcome {
    let (_, file, contents) = session.selected_data(store.memory())?;
    check(store.memory(), session, file, Operation::Read)?;
    let from = usize::from(command.p1p2());
    let rest = contents.get(from..).ok_or(Status::WRONG_OFFSET)?;
    Ok(rest
        .iter()
        .take(command.expected.unwrap_or(256))
        .copied()
        .collect())
}

pub(super) fn update(store: &mut Store, session: &Session, command: &Command) -> Outcome {
    let (path, file, contents) = session.selected_data(store.memory())?;
    check(store.memory(), session, file, Operation::Update)?;
    let offset = usize::from(command.p1p2());
    if offset + command.data.len() > contents.len() {
        return Err(Status::FULL.into());
    }
    store.overwrite(&path, offset, &command.data)?;
    Ok(Vec::new())
}

/// CREATE FILE in the current directory; the new file is selected.
pub(super) fn create(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    let Some((0x62 | 0x6F, template)) = tlv::objects(&command.data).next() else {
        return Err(Status::WRONG_DATA.into());
    };
    let id = tlv::find(template, 0x83)
        .map(file_id)
        .ok_or(Status::WRONG_DATA)??;
    let descriptor = *tlv::find(template, 0x82)
        .and_then(<[u8]>::first)
        .ok_or(Status::WRONG_DATA)?;
    let memory = store.memory();
    let directory = memory.root.at(&session.directory).ok_or(Status::NOT_FOUND)?;
    let operation = if descriptor == DIRECTORY {
        Operation::CreateDirectory
    } else {
        Operation::CreateFile
    };
    check(memory, session, directory, operation)?;
    if id == MASTER_FILE
        || directory
            .children()
            .is_none_or(|children| children.contains_key(&id))
    {
        return Err(Status::EXISTS.into());
    }
    let file = described(template, descriptor, memory.free())?;
    if file.footprint() > memory.free() || session.directory.len() >= MAX_DEPTH {
        return Err(Status::FULL.into());
    }
    let path = [&session.directory[..], &[id]].concat();
    insert(store, &session.directory, id, file)?;
    session.select(store.memory(), &path);
    Ok(Vec::new())
}

fn insert(store: &mut Store, directory: &[FileId], id: FileId, file: File) -> Outcome {
    // Its header is what is written: the contents are not touched.
    store.change(16, |memory| {
        if let Some(children) = memory.root.at_mut(directory).and_then(File::children_mut) {
            children.insert(id, file);
        }
    })?;
    Ok(Vec::new())
}

/// The file that a template describes. A size larger than the room is refused before memory is taken.
fn described(template: &[u8], descriptor: u8, room: usize) -> Result<File, Status> {
    let attribute = |tag, most| match tlv::find(template, tag) {
        Some(value) if value.len() > most => Err(Status::WRONG_DATA),
        value => Ok(Bytes::from(value.unwrap_or_default())),
    };
    let size = tlv::find(template, 0x80)
        .or_else(|| tlv::find(template, 0x81))
        .map_or(Ok(0), file_id)?;
    let body = match descriptor {
        DIRECTORY => Body::Directory(BTreeMap::new()),
        0x00 | DATA if usize::from(size) > room => return Err(Status::FULL),
        0x00 | DATA => Body::Data(vec![0; usize::from(size)].into()),
        RSA_KEY => Body::Key(KeyFile::empty(Kind::Rsa, size)?),
        EC_KEY => Body::Key(KeyFile::empty(Kind::Ec, size)?),
        _ => return Err(Status::NOT_SUPPORTED),
    };
    Ok(File {
        rules: attribute(0x86, 8)?,
        properties: attribute(0x85, 8)?,
        name: attribute(0x84, 16)?,
        body,
    })
}

/// DELETE FILE: the selected one, or the one named. Its directory becomes the current one.
pub(super) fn delete(store: &mut Store, session: &mut Session, command: &Command) -> Outcome {
    let memory = store.memory();
    let path = match &command.data[..] {
        [] => session.selected(),
        data => session.near(memory, file_id(data)?)?,
    };
    let file = memory.root.at(&path).ok_or(Status::NOT_FOUND)?;
    let (last, parents) = path.split_last().ok_or(Status::CONDITIONS)?;
    check(memory, session, file, Operation::Delete)?;
    store.change(2, |memory| {
        if let Some(children) = memory.root.at_mut(parents).and_then(File::children_mut) {
            children.remove(last);
        }
    })?;
    session.select(store.memory(), parents);
    Ok(Vec::new())
}
