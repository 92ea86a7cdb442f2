//! Keys pressed on a display, as by somebody at its keyboard, and its mouse.

use std::collections::HashMap;
use std::io::IoSlice;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use x11rb::connection::{Connection, RequestConnection};
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT,
    MOTION_NOTIFY_EVENT,
};
use x11rb::rust_connection::RustConnection;

/// Between one key and the next; people are slower.
const PAUSE: Duration = Duration::from_millis(40);

/// Small letters that only a Turkish keyboard has.
const TURKISH: [char; 6] = ['ç', 'ğ', 'ı', 'ö', 'ş', 'ü'];

/// The keysym of the left Shift key.
const SHIFT: u32 = 0xFFE1;

/// A key by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A letter or digit as it stands on the key, without Shift.
    Character(char),
    /// The return key.
    Enter,
    /// Takes the letter before the caret away.
    Backspace,
    /// To the next place.
    Tab,
    /// Back, or empty the field.
    Escape,
    /// A function key by its number, from 1.
    Function(u8),
}

impl Key {
    /// Its number among the X keysyms.
    fn keysym(self) -> u32 {
        match self {
            // Beyond Latin-1 the keysym is the character's number in Unicode, marked as such.
            Self::Character(character @ '\0'..='\u{FF}') => u32::from(character),
            Self::Character(character) => 0x0100_0000 + u32::from(character),
            Self::Enter => 0xFF0D,
            Self::Backspace => 0xFF08,
            Self::Tab => 0xFF09,
            Self::Escape => 0xFF1B,
            Self::Function(number) => 0xFFBD + u32::from(number),
        }
    }
}

/// The keyboard of a display. Its keys go to one window.
#[derive(Debug)]
pub struct Keyboard<'d> {
    connection: &'d RustConnection,
    root: u32,
    /// The number of the XTEST extension's requests.
    opcode: u8,
    codes: HashMap<u32, u8>,
}

impl<'d> Keyboard<'d> {
    /// The keyboard, its keys going to `window`.
    pub(crate) fn new(connection: &'d RustConnection, root: u32, window: u32) -> Result<Self> {
        let opcode = connection
            .extension_information("XTEST")?
            .context("the display has no XTEST")?
            .major_opcode;
        connection
            .set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME)?
            .check()?;
        let (first, last) = (connection.setup().min_keycode, connection.setup().max_keycode);
        let mapping = connection
            .get_keyboard_mapping(first, last.saturating_sub(first).saturating_add(1))?
            .reply()?;
        let per_code = usize::from(mapping.keysyms_per_keycode).max(1);
        let keys = || (first..=last).zip(mapping.keysyms.chunks(per_code));
        let codes: HashMap<u32, u8> = keys()
            .filter_map(|(code, keysyms)| Some((*keysyms.first()?, code)))
            .collect();
        let spare = keys().filter(|(_, keysyms)| keysyms.iter().all(|keysym| *keysym == 0));
        let mut keyboard = Self {
            connection,
            root,
            opcode,
            codes,
        };
        keyboard.add_turkish(spare.map(|(code, _)| code))?;
        Ok(keyboard)
    }

    /// The letters that an American keyboard has not, on keys that are on none.
    fn add_turkish(&mut self, mut spare: impl Iterator<Item = u8>) -> Result<()> {
        for letter in TURKISH {
            let keysym = Key::Character(letter).keysym();
            if self.codes.contains_key(&keysym) {
                continue;
            }
            let code = spare.next().context("no key is left for a Turkish letter")?;
            self.connection
                .change_keyboard_mapping(1, code, 2, &[keysym, keysym])?
                .check()?;
            self.codes.insert(keysym, code);
            // The window takes note of its new keyboard.
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Presses a key and lets it go, and gives the window the time that a person would.
    pub fn press(&self, key: Key) -> Result<()> {
        self.tap(key)?;
        thread::sleep(PAUSE);
        Ok(())
    }

    /// The same without waiting for anything.
    pub fn tap(&self, key: Key) -> Result<()> {
        match key {
            Key::Character(letter) if letter.is_ascii_uppercase() => {
                let shift = self.code(SHIFT)?;
                self.fake(KEY_PRESS_EVENT, shift)?;
                self.tap(Key::Character(letter.to_ascii_lowercase()))?;
                self.fake(KEY_RELEASE_EVENT, shift)
            }
            key => {
                let code = self.code(key.keysym()).with_context(|| format!("{key:?}"))?;
                self.fake(KEY_PRESS_EVENT, code)?;
                self.fake(KEY_RELEASE_EVENT, code)
            }
        }
    }

    fn code(&self, keysym: u32) -> Result<u8> {
        self.codes
            .get(&keysym)
            .copied()
            .with_context(|| format!("no key for the keysym {keysym:#x}"))
    }

    /// The same several times.
    pub fn press_times(&self, key: Key, times: usize) -> Result<()> {
        (0..times).try_for_each(|_| self.press(key))
    }

    /// Types digits, letters, and signs that need no Shift.
    pub fn type_text(&self, text: &str) -> Result<()> {
        text.chars()
            .try_for_each(|character| self.press(Key::Character(character)))
    }

    /// Moves the mouse there, in pixels from the top left, and presses its left button.
    pub fn click(&self, (x, y): (u16, u16)) -> Result<()> {
        const LEFT: u8 = 1;
        self.fake_at(MOTION_NOTIFY_EVENT, 0, (x, y))?;
        thread::sleep(PAUSE);
        self.fake(BUTTON_PRESS_EVENT, LEFT)?;
        self.fake(BUTTON_RELEASE_EVENT, LEFT)?;
        thread::sleep(PAUSE);
        Ok(())
    }

    fn fake(&self, event: u8, code: u8) -> Result<()> {
        self.fake_at(event, code, (0, 0))
    }

    /// `XTestFakeInput`: 36 bytes, in units of four; the event begins at the fourth byte.
    fn fake_at(&self, event: u8, code: u8, (x, y): (u16, u16)) -> Result<()> {
        let mut request = [0; 36];
        request[..6].copy_from_slice(&[self.opcode, 2, 0, 0, event, code]);
        request[2..4].copy_from_slice(&9_u16.to_ne_bytes());
        request[12..16].copy_from_slice(&self.root.to_ne_bytes());
        request[24..26].copy_from_slice(&x.to_ne_bytes());
        request[26..28].copy_from_slice(&y.to_ne_bytes());
        self.connection
            .send_request_without_reply(&[IoSlice::new(&request)], Vec::new())?
            .check()
            .context("the display did not take the key")
    }
}
