//! Who may do what to a file: tag 86, one nibble for each operation.

use crate::{apdu::Status, files::File, memory::Memory, session::Session};

/// What is to be done, with the place of its nibble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Read,
    Update,
    CreateDirectory,
    CreateFile,
    Use,
    Delete,
    Generate,
}

/// Nibbles: 0 always, 1 to 14 after this PIN, 15 never. No rule applies until the card is activated, and none
/// to a file without rules.
pub(super) fn check(
    memory: &Memory,
    session: &Session,
    file: &File,
    operation: Operation,
) -> Result<(), Status> {
    let [first, second, ..] = file.rules[..] else {
        return Ok(());
    };
    let nibble = match operation {
        Operation::Read | Operation::CreateDirectory | Operation::Use => first >> 4,
        Operation::Update | Operation::CreateFile => first & 0x0F,
        Operation::Delete => second >> 4,
        Operation::Generate => second & 0x0F,
    };
    match nibble {
        _ if !memory.active => Ok(()),
        0 => Ok(()),
        15 => Err(Status::SECURITY),
        reference if session.is_verified(reference) => Ok(()),
        _ => Err(Status::SECURITY),
    }
}
