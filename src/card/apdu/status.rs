//! Status words.

use crate::Error;

/// What a card answered once chaining, GET RESPONSE and length corrections are done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The response data, without the status word; at most 64 KiB.
    pub data: Vec<u8>,
    /// The status word as it came.
    pub word: u16,
}

impl Answer {
    /// The status word by its meaning.
    pub fn status(&self) -> Status {
        Status::from(self.word)
    }

    /// The data if the command succeeded; otherwise [`Error::Refused`] with the command's name.
    pub fn ok(self, command: &str) -> Result<Vec<u8>, Error> {
        match self.status() {
            Status::Ok => Ok(self.data),
            _ => Err(Error::Refused {
                command: command.into(),
                status: self.word,
            }),
        }
    }
}

/// The meaning of a status word (ISO/IEC 7816-4, section 5.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// 9000.
    Ok,
    /// 61xx: so many bytes are waiting for GET RESPONSE (0: 256 or more).
    MoreData(u8),
    /// 6282: the end of the file came before the requested length.
    EndOfFile,
    /// 63Cx: a wrong PIN, or an empty VERIFY; so many tries are left.
    TriesLeft(u8),
    /// 6403 or 6581: the memory is full or failed to write.
    MemoryFault,
    /// 6700: wrong length, without saying which would be right.
    WrongLength,
    /// 6884: the card knows no command chaining.
    NoChaining,
    /// 6982: a PIN or another proof is needed first.
    SecurityNotSatisfied,
    /// 6983 (and 6984, as AKİS 1 says it): the PIN is blocked.
    Blocked,
    /// 6985: not in this state.
    ConditionsNotSatisfied,
    /// 6986: no file is selected.
    NoCurrentFile,
    /// 6A80: wrong data.
    WrongData,
    /// 6A81: function not supported.
    NotSupported,
    /// 6A82: no such file or application.
    NotFound,
    /// 6A84: not enough room in the file.
    NoRoom,
    /// 6A86: wrong P1 or P2.
    WrongParameters,
    /// 6A88: no such key, PIN or data object.
    ReferenceNotFound,
    /// 6A89: the file is already there.
    AlreadyExists,
    /// 6B00: the offset lies outside the file.
    OffsetOutside,
    /// 6Cxx: repeat with this Le (0: 256).
    WrongLe(u8),
    /// 6D00: unknown instruction.
    UnknownInstruction,
    /// 6E00: unknown class.
    UnknownClass,
    /// Any other.
    Other(u16),
}

impl From<u16> for Status {
    fn from(word: u16) -> Self {
        let [high, low] = word.to_be_bytes();
        match (high, low) {
            (0x90, 0x00) => Self::Ok,
            (0x61, count) => Self::MoreData(count),
            (0x62, 0x82) => Self::EndOfFile,
            (0x63, tries @ 0xC0..=0xCF) => Self::TriesLeft(tries & 0x0F),
            (0x64, 0x03) | (0x65, 0x81) => Self::MemoryFault,
            (0x67, 0x00) => Self::WrongLength,
            (0x68, 0x84) => Self::NoChaining,
            (0x69, 0x82) => Self::SecurityNotSatisfied,
            (0x69, 0x83 | 0x84) => Self::Blocked,
            (0x69, 0x85) => Self::ConditionsNotSatisfied,
            (0x69, 0x86) => Self::NoCurrentFile,
            (0x6A, 0x80) => Self::WrongData,
            (0x6A, 0x81) => Self::NotSupported,
            (0x6A, 0x82) => Self::NotFound,
            (0x6A, 0x84) => Self::NoRoom,
            (0x6A, 0x86) => Self::WrongParameters,
            (0x6A, 0x88) => Self::ReferenceNotFound,
            (0x6A, 0x89) => Self::AlreadyExists,
            (0x6B, 0x00) => Self::OffsetOutside,
            (0x6C, length) => Self::WrongLe(length),
            (0x6D, 0x00) => Self::UnknownInstruction,
            (0x6E, 0x00) => Self::UnknownClass,
            _ => Self::Other(word),
        }
    }
}
