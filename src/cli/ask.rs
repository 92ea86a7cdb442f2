//! Asking for secrets: from the terminal without echo, or one a line from the standard input.

use std::io::{self, Read, Write};

use token::Entry;
use zeroize::Zeroizing;

use crate::world::Terminal;

/// The longest line that is read to its end, in bytes.
const LONGEST: usize = 64 * 1024;
const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const CTRL_U: u8 = 0x15;
const BACKSPACE: [u8; 2] = [0x08, 0x7F];

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The person does not want to go on.
    Cancelled,
    /// The input ended before this line, or cannot be read.
    Ended,
    /// There is nobody to ask.
    NoTerminal,
}

/// Whoever is asked.
pub(crate) struct Asker<'a> {
    input: Box<dyn Read>,
    /// `None`: secrets come one a line.
    terminal: Option<Box<dyn Terminal>>,
    prompts: &'a mut dyn Write,
}

impl<'a> Asker<'a> {
    /// Asks at the terminal, or reads lines.
    pub(crate) fn new(
        input: Box<dyn Read>,
        terminal: Option<Box<dyn Terminal>>,
        lines: bool,
        prompts: &'a mut dyn Write,
    ) -> Result<Self, Stop> {
        if terminal.is_none() && !lines {
            return Err(Stop::NoTerminal);
        }
        Ok(Self {
            input,
            terminal: terminal.filter(|_| !lines),
            prompts,
        })
    }

    /// Whether a person is asked, who can be warned.
    pub(crate) fn is_person(&self) -> bool {
        self.terminal.is_some()
    }

    /// A secret. At a terminal, it stays silent until [`Self::done`], so that Ctrl+C cannot cut the card's work short.
    pub(crate) fn secret(&mut self, prompt: &str) -> Result<Entry, Stop> {
        let mut entry = Entry::new();
        self.line(prompt, |key| match key {
            Key::Typed(character) => entry.push(character),
            Key::Back => entry.pop(),
            Key::Clear => entry.clear(),
        })?;
        Ok(entry)
    }

    /// A line that is wiped like a secret and kept as it came, at most 4,096 bytes of it.
    pub(crate) fn token(&mut self, prompt: &str) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(4_097));
        self.line(prompt, |key| match key {
            // In memory that does not move: one byte beyond the limit is enough to be refused.
            Key::Typed(character) if bytes.len() < bytes.capacity() => {
                bytes.push(u8::try_from(character).unwrap_or(0));
            }
            Key::Typed(_) => (),
            Key::Back => drop(bytes.pop()),
            Key::Clear => bytes.clear(),
        })?;
        Ok(bytes)
    }

    /// A line in clear text that is wiped like a secret: UTF-8, at most 512 bytes of it. `shown`: at a terminal it is
    /// seen while it is typed.
    pub(crate) fn text(&mut self, prompt: &str, shown: bool) -> Result<Zeroizing<String>, Stop> {
        const MOST: usize = 512;
        if shown && self.is_person() {
            self.done();
            self.say(&format!("{prompt}: "));
        } else if let Some(terminal) = &mut self.terminal {
            terminal.silence().map_err(|_| Stop::NoTerminal)?;
            self.say(&format!("{prompt}: "));
        }
        let outcome = self.raw_line(MOST);
        if self.is_person() && !shown {
            self.say("\n");
        }
        let bytes = outcome?;
        let text = std::str::from_utf8(&bytes).map_err(|_| Stop::Ended)?;
        Ok(Zeroizing::new(text.trim().to_owned()))
    }

    /// The bytes of a line, in memory that does not move; what is beyond `most` is read and dropped.
    fn raw_line(&mut self, most: usize) -> Result<Zeroizing<Vec<u8>>, Stop> {
        let person = self.terminal.is_some();
        let mut bytes = Zeroizing::new(Vec::with_capacity(most));
        for count in 0..LONGEST {
            match self.byte().map_err(|_| Stop::Ended)? {
                None if count == 0 => return Err(Stop::Ended),
                None | Some(b'\n') => return Ok(bytes),
                Some(b'\r') if person => return Ok(bytes),
                Some(b'\r') => (),
                Some(CTRL_C) if person => return Err(Stop::Cancelled),
                Some(CTRL_D) if person && count == 0 => return Err(Stop::Cancelled),
                Some(CTRL_U) if person => bytes.clear(),
                // A whole character: its continuation bytes first.
                Some(byte) if person && BACKSPACE.contains(&byte) => {
                    while bytes.pop().is_some_and(|byte| matches!(byte, 0x80..=0xBF)) {}
                }
                Some(byte) if bytes.len() < most => bytes.push(byte),
                Some(_) => (),
            }
        }
        Err(Stop::Ended)
    }

    /// Whether the person types this word. Nothing that is secret: it shows.
    pub(crate) fn types(&mut self, prompt: &str, word: &str) -> bool {
        let mut typed = String::new();
        self.done();
        self.say(prompt);
        while let Ok(Some(byte)) = self.byte() {
            match byte {
                b'\n' | b'\r' => break,
                _ if typed.len() < 64 => typed.push(char::from(byte)),
                _ => (),
            }
        }
        typed.trim().eq_ignore_ascii_case(word)
    }

    /// Says something to the person.
    pub(crate) fn say(&mut self, text: &str) {
        // A closed standard error cannot be complained about.
        let _ = self
            .prompts
            .write_all(text.as_bytes())
            .and_then(|()| self.prompts.flush());
    }

    /// The terminal is as it was.
    pub(crate) fn done(&mut self) {
        if let Some(terminal) = &mut self.terminal {
            terminal.restore();
        }
    }

    fn line(&mut self, prompt: &str, mut key: impl FnMut(Key)) -> Result<(), Stop> {
        let person = self.terminal.is_some();
        if let Some(terminal) = &mut self.terminal {
            terminal.silence().map_err(|_| Stop::NoTerminal)?;
            self.say(&format!("{prompt}: "));
        }
        let outcome = self.keys(person, &mut key);
        if person {
            self.say("\n");
        }
        outcome
    }

    fn keys(&mut self, person: bool, key: &mut impl FnMut(Key)) -> Result<(), Stop> {
        for count in 0..LONGEST {
            match self.byte().map_err(|_| Stop::Ended)? {
                None if count == 0 => return Err(Stop::Ended),
                None | Some(b'\n') => return Ok(()),
                Some(b'\r') if person => return Ok(()),
                Some(b'\r') => (),
                Some(CTRL_C) if person => return Err(Stop::Cancelled),
                Some(CTRL_D) if person && count == 0 => return Err(Stop::Cancelled),
                Some(CTRL_U) if person => key(Key::Clear),
                Some(byte) if person && BACKSPACE.contains(&byte) => key(Key::Back),
                // The rest of a character of several bytes: its first byte stands for it.
                Some(0x80..=0xBF) => (),
                Some(byte) if byte.is_ascii() => key(Key::Typed(char::from(byte))),
                Some(_) => key(Key::Typed(char::REPLACEMENT_CHARACTER)),
            }
        }
        Err(Stop::Ended)
    }

    /// One byte at a time, so that nothing lies in a buffer.
    fn byte(&mut self) -> io::Result<Option<u8>> {
        let mut byte = Zeroizing::new([0]);
        loop {
            match self.input.read(&mut *byte) {
                Ok(0) => return Ok(None),
                Ok(_) => return Ok(byte.first().copied()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => (),
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Asker<'_> {
    fn drop(&mut self) {
        self.done();
    }
}

/// What was pressed.
enum Key {
    Typed(char),
    Back,
    Clear,
}
