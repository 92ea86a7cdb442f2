//! Command APDUs and their encodings.

use std::fmt;

use zeroize::Zeroizing;

/// The bit of the class byte that says that more of the same command follows (ISO/IEC 7816-4, section 5.4.1).
const CHAINING: u8 = 0x10;
const SHORT_DATA: usize = 255;
const SHORT_ANSWER: u32 = 256;
const EXTENDED_DATA: usize = 65_535;
const EXTENDED_ANSWER: u32 = 65_536;

/// A command APDU (ISO/IEC 7816-4, section 5.1), not yet encoded.
///
/// The data are wiped from memory when the command is dropped, and `Debug` shows no more than the header and the
/// length, for any command.
#[derive(Clone)]
pub struct Command {
    header: [u8; 4],
    data: Zeroizing<Vec<u8>>,
    answer: Option<u32>,
}

impl Command {
    /// A command of class 00 without data that expects no answer data.
    pub fn new(instruction: u8, p1: u8, p2: u8) -> Self {
        Self {
            header: [0, instruction, p1, p2],
            data: Zeroizing::default(),
            answer: None,
        }
    }

    /// Sets the class byte.
    #[must_use]
    pub fn class(mut self, class: u8) -> Self {
        self.header[0] = class;
        self
    }

    /// Sets the command data. Anything over 255 bytes is chained (or sent with extended lengths).
    #[must_use]
    pub fn data(mut self, data: &[u8]) -> Self {
        self.data = Zeroizing::new(data.to_vec());
        self
    }

    /// Says how many bytes of answer are wanted at most (Le): 1 to 65,536; values outside are brought to the
    /// nearest. Without extended lengths, 256 is the most that one answer brings.
    #[must_use]
    pub fn answer(mut self, most: u32) -> Self {
        self.answer = Some(most.clamp(1, EXTENDED_ANSWER));
        self
    }

    /// SELECT an application by its identifier.
    pub fn select_application(aid: &[u8]) -> Self {
        Self::new(0xA4, 0x04, 0x00).data(aid).answer(SHORT_ANSWER)
    }

    /// SELECT a file by its path from the master file, and ask for its control information.
    pub fn select_path(path: &[u8]) -> Self {
        Self::new(0xA4, 0x08, 0x00).data(path).answer(SHORT_ANSWER)
    }

    /// READ BINARY from the selected file; `offset` to 0x7FFF (the top bit has another meaning there).
    pub fn read_binary(offset: u16, most: u32) -> Self {
        let [p1, p2] = offset.to_be_bytes();
        Self::new(0xB0, p1 & 0x7F, p2).answer(most)
    }

    /// GET DATA of a data object.
    pub fn get_data(tag: u16) -> Self {
        let [p1, p2] = tag.to_be_bytes();
        Self::new(0xCA, p1, p2).answer(SHORT_ANSWER)
    }

    /// VERIFY without data: asks for the state of a PIN and spends no try.
    pub fn verify_status(reference: u8) -> Self {
        Self::new(0x20, 0x00, reference)
    }

    /// The instruction byte.
    pub fn instruction(&self) -> u8 {
        self.header[1]
    }

    /// The instruction's name in the standard, for messages.
    pub fn name(&self) -> &'static str {
        instruction_name(self.instruction())
    }

    /// Whether its data are or hold a secret.
    pub(super) fn shows_secret(&self) -> bool {
        !self.data.is_empty() && carries_secret(self.instruction())
    }

    /// The short encodings, one for each link of the chain; more than one only for more than 255 bytes of data.
    pub(super) fn short(&self) -> Vec<Zeroizing<Vec<u8>>> {
        if self.data.is_empty() {
            return vec![self.short_link(&[], true)];
        }
        let last = (self.data.len() - 1) / SHORT_DATA;
        let links = self.data.chunks(SHORT_DATA).enumerate();
        links
            .map(|(index, link)| self.short_link(link, index == last))
            .collect()
    }

    /// The extended encoding; `None` if even that has no room for the data.
    pub(super) fn extended(&self) -> Option<Zeroizing<Vec<u8>>> {
        let length = u16::try_from(self.data.len()).ok()?;
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.data.len() + 9));
        bytes.extend_from_slice(&self.header);
        if length > 0 {
            bytes.push(0);
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(&self.data);
        }
        if let Some(most) = self.answer {
            if length == 0 {
                bytes.push(0);
            }
            // 65,536 is written as 0000.
            bytes.extend_from_slice(&most.to_be_bytes()[2..]);
        }
        Some(bytes)
    }

    /// Whether the short encoding would need a chain or would ask for less than is wanted.
    pub(super) fn exceeds_short(&self) -> bool {
        let data = self.data.len();
        (data > SHORT_DATA && data <= EXTENDED_DATA) || self.answer.is_some_and(|most| most > SHORT_ANSWER)
    }

    /// Whether the encoding ends with a Le field.
    pub(super) fn wants_answer(&self) -> bool {
        self.answer.is_some()
    }

    fn short_link(&self, link: &[u8], last: bool) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(link.len() + 6));
        bytes.extend_from_slice(&self.header);
        if !last && let Some(class) = bytes.first_mut() {
            *class |= CHAINING;
        }
        if let Ok(length @ 1..) = u8::try_from(link.len()) {
            bytes.push(length);
            bytes.extend_from_slice(link);
        }
        if last && let Some(most) = self.answer {
            // 256 is written as 00.
            bytes.push(u8::try_from(most).unwrap_or(0));
        }
        bytes
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [class, instruction, p1, p2] = self.header;
        write!(
            f,
            "{class:02X} {instruction:02X} {p1:02X} {p2:02X} [{}]",
            self.data.len()
        )
    }
}

/// Whether a command of this instruction carries a PIN, a PUK or a key: then traces and recordings show only its
/// header and length. VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER, EXTERNAL AUTHENTICATE and PUT DATA.
pub fn carries_secret(instruction: u8) -> bool {
    matches!(
        instruction,
        0x20 | 0x21 | 0x24 | 0x25 | 0x2C | 0x2D | 0x82 | 0xDA | 0xDB
    )
}

/// The instruction's name (ISO/IEC 7816-4, -8 and -9), for messages.
pub fn instruction_name(instruction: u8) -> &'static str {
    match instruction {
        0x20 | 0x21 => "VERIFY",
        0x22 => "MANAGE SECURITY ENVIRONMENT",
        0x24 | 0x25 => "CHANGE REFERENCE DATA",
        0x2A => "PERFORM SECURITY OPERATION",
        0x2C | 0x2D => "RESET RETRY COUNTER",
        0x2E => "LOGOUT",
        0x44 => "ACTIVATE FILE",
        0x46 => "GENERATE KEY PAIR",
        0x82 => "EXTERNAL AUTHENTICATE",
        0x84 => "GET CHALLENGE",
        0xA4 => "SELECT",
        0xB0 | 0xB1 => "READ BINARY",
        0xC0 => "GET RESPONSE",
        0xCA | 0xCB => "GET DATA",
        0xD6 | 0xD7 => "UPDATE BINARY",
        0xDA | 0xDB => "PUT DATA",
        0xE0 => "CREATE FILE",
        0xE4 => "DELETE FILE",
        _ => "command",
    }
}
