//! What a card tells in one command.

use crate::Error;
use crate::apdu::{Answer, Channel, Command, Status};

const MYEID_INFO: u16 = 0x01A0;

/// What a `MyEID` card tells of itself (GET DATA 01A0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MyEidInfo {
    /// Version of the card's application: major, minor, revision.
    pub version: [u8; 3],
    /// The card's serial number.
    pub serial: [u8; 10],
    /// Grows with every change on the card.
    pub change_counter: u16,
}

impl MyEidInfo {
    /// Reads the 20 bytes: 5 of no interest here, version, serial number, change counter.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; 20] = bytes.try_into().ok()?;
        let (_, rest) = bytes.split_first_chunk::<5>()?;
        let (version, rest) = rest.split_first_chunk::<3>()?;
        let (serial, counter) = rest.split_first_chunk::<10>()?;
        let change_counter = u16::from_be_bytes(counter.try_into().ok()?);
        Some(Self {
            version: *version,
            serial: *serial,
            change_counter,
        })
    }
}

/// Asks a `MyEID` card for serial number and change counter, in one command; `None` if the card refuses or answers
/// something else. Errors are the connection's only.
pub fn myeid_info(channel: &mut Channel<'_>) -> Result<Option<MyEidInfo>, Error> {
    let answer = match channel.send(&Command::get_data(MYEID_INFO)) {
        Err(Error::Malformed { .. }) => return Ok(None),
        answer => answer?,
    };
    Ok(if answer.status() == Status::Ok {
        MyEidInfo::parse(&answer.data)
    } else {
        None
    })
}

/// Asks by an empty VERIFY how many tries a PIN has left, which spends none: 0 is blocked. `None` if the card does
/// not say (the PIN is verified already, or the card does not know this way). Only for families that are known to
/// support it ([`crate::Family::pin_status_reference`]). Errors are the connection's only.
pub fn tries_left(channel: &mut Channel<'_>, reference: u8) -> Result<Option<u8>, Error> {
    match channel.send(&Command::verify_status(reference)) {
        Ok(answer) => Ok(tries(&answer)),
        Err(Error::Malformed { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

fn tries(answer: &Answer) -> Option<u8> {
    match answer.status() {
        Status::TriesLeft(left) => Some(left),
        Status::Blocked if answer.word == 0x6983 => Some(0),
        _ => None,
    }
}
