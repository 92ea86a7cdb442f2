//! What passed over the card's contacts, secrets left out.

use std::{fmt, time::Duration};

/// Instructions whose data field can hold a PIN, a PUK or a key: VERIFY, CHANGE REFERENCE DATA, RESET RETRY
/// COUNTER, PUT DATA, EXTERNAL AUTHENTICATE.
const SECRET: [u8; 5] = [0x20, 0x24, 0x2C, 0xDA, 0x82];

/// One command and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The command as sent; only header and length where the data may be secret.
    pub command: Vec<u8>,
    /// How many bytes of the command were left out.
    pub hidden: usize,
    /// The answer with its status word; `None` if the power was lost instead.
    pub answer: Option<Vec<u8>>,
    /// How long the card took.
    pub took: Duration,
}

impl Exchange {
    pub(crate) fn new(command: &[u8], answer: Option<&[u8]>, took: Duration) -> Self {
        let shown = shown_length(command);
        Self {
            command: command.iter().take(shown).copied().collect(),
            hidden: command.len().saturating_sub(shown),
            answer: answer.map(<[u8]>::to_vec),
            took,
        }
    }
}

/// `> 00A40400… ` and `< 9000`, one line each; hidden bytes are counted, lost power is `< -`.
impl fmt::Display for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "> {}", Hex(&self.command))?;
        if self.hidden > 0 {
            write!(f, " +{} hidden", self.hidden)?;
        }
        match &self.answer {
            Some(answer) => write!(f, "\n< {}", Hex(answer)),
            None => write!(f, "\n< -"),
        }
    }
}

/// How much of a command may be shown: all of it, or header and length field.
fn shown_length(command: &[u8]) -> usize {
    match command {
        [_, instruction, _, _, length, ..] if SECRET.contains(instruction) => {
            if *length == 0 && command.len() > 7 { 7 } else { 5 }
        }
        _ => command.len(),
    }
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out() {
        let exchange = Exchange::new(
            b"\x00\x20\x00\x01\x08123456\xFF\xFF",
            Some(&[0x90, 0x00]),
            Duration::ZERO,
        );
        assert_eq!(exchange.command, [0x00, 0x20, 0x00, 0x01, 0x08]);
        assert_eq!(exchange.to_string(), "> 0020000108 +8 hidden\n< 9000");
    }

    #[test]
    fn secrets_of_extended_length_are_left_out() {
        let exchange = Exchange::new(
            b"\x00\x20\x00\x01\x00\x00\x08123456\xFF\xFF",
            None,
            Duration::ZERO,
        );
        assert_eq!(exchange.to_string(), "> 00200001000008 +8 hidden\n< -");
    }

    #[test]
    fn all_else_is_shown() {
        let select = [0x00, 0xA4, 0x00, 0x00, 0x02, 0x3F, 0x00];
        assert_eq!(Exchange::new(&select, None, Duration::ZERO).command, select);
    }
}
