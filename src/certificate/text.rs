//! Text from outside, made safe to show.

/// The most characters of one text that are shown.
pub const MAX_CHARACTERS: usize = 2_000;

/// A text made safe to show, and what that took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cleaned {
    pub(crate) text: String,
    /// Control, bidirectional or invisible characters were removed.
    pub(crate) hostile: bool,
    /// The text was cut.
    pub(crate) cut: bool,
}

/// Text that is safe to show: white space of any kind becomes a space; control, bidirectional and invisible
/// characters go; what exceeds [`MAX_CHARACTERS`] is cut and ends in `…`.
pub fn clean(text: &str) -> String {
    cleaned(text).text
}

/// Hexadecimal digits, as in `01AB`.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| {
        char::from_digit(u32::from(value), 16)
            .unwrap_or('0')
            .to_ascii_uppercase()
    };
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0x0F)])
        .collect()
}

pub(crate) fn cleaned(text: &str) -> Cleaned {
    if text.len() <= MAX_CHARACTERS && text.bytes().all(|byte| matches!(byte, 0x20..=0x7E)) {
        return Cleaned {
            text: text.to_owned(),
            hostile: false,
            cut: false,
        };
    }
    let mut cleaned = Cleaned {
        text: String::with_capacity(text.len().min(MAX_CHARACTERS)),
        hostile: false,
        cut: false,
    };
    let mut kept = 0;
    for character in text.chars() {
        if kept == MAX_CHARACTERS {
            cleaned.text.push('…');
            cleaned.cut = true;
            break;
        }
        match character {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => cleaned.text.push(' '),
            hostile if is_hostile(hostile) => {
                cleaned.hostile = true;
                continue;
            }
            harmless => cleaned.text.push(harmless),
        }
        kept += 1;
    }
    cleaned
}

/// Whether a character can hide, reorder or counterfeit its neighbours (Unicode TR #36, TR #9).
pub fn is_hostile(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FFF0}'..='\u{FFFB}'
            | '\u{FDD0}'..='\u{FDEF}' | '\u{FFFE}' | '\u{FFFF}'
            | '\u{E000}'..='\u{F8FF}'
            | '\u{E0000}'..='\u{10FFFF}')
}

/// The characters of an ASN.1 string type and whether they are what the type allows. `None`: no string type.
///
/// Bytes beyond ASCII where only ASCII is allowed, and T.61, occur in the field as UTF-8 or as ISO 8859-9 (which is
/// Latin-1 but for six Turkish letters), so they are read as such.
pub(crate) fn decode(tag: u8, bytes: &[u8]) -> Option<(String, bool)> {
    Some(match tag {
        0x0C => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), true),
            Err(_) => (latin5(bytes), false),
        },
        // NumericString, PrintableString, IA5String, VisibleString, GeneralString
        0x12 | 0x13 | 0x16 | 0x1A | 0x1B => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), text.is_ascii()),
            Err(_) => (latin5(bytes), false),
        },
        // TeletexString
        0x14 => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), true),
            Err(_) => (latin5(bytes), true),
        },
        // UniversalString
        0x1C => {
            let (chunks, rest) = bytes.as_chunks::<4>();
            let text: String = chunks
                .iter()
                .map(|chunk| {
                    char::from_u32(u32::from_be_bytes(*chunk)).unwrap_or(char::REPLACEMENT_CHARACTER)
                })
                .collect();
            let sound = rest.is_empty() && !text.contains(char::REPLACEMENT_CHARACTER);
            (text, sound)
        }
        // BMPString; UTF-16 surrogates are not allowed in it, yet understood
        0x1E => {
            let (chunks, rest) = bytes.as_chunks::<2>();
            let units = chunks.iter().map(|chunk| u16::from_be_bytes(*chunk));
            let text: String = char::decode_utf16(units)
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect();
            let sound = rest.is_empty() && !text.contains(char::REPLACEMENT_CHARACTER);
            (text, sound)
        }
        _ => return None,
    })
}

/// ISO 8859-9.
fn latin5(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| match byte {
            0xD0 => 'Ğ',
            0xDD => 'İ',
            0xDE => 'Ş',
            0xF0 => 'ğ',
            0xFD => 'ı',
            0xFE => 'ş',
            other => char::from(*other),
        })
        .collect()
}

#[cfg(test)]
mod tests;
