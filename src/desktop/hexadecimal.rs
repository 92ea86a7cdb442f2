//! Bytes as people write them.

use std::fmt::Write as _;

/// Two upper-case digits for each byte, with this between them.
pub(crate) fn of(bytes: &[u8], between: &str) -> String {
    let mut text = String::with_capacity(bytes.len().saturating_mul(2 + between.len()));
    for (index, byte) in bytes.iter().enumerate() {
        if index > 0 {
            text.push_str(between);
        }
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02X}");
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn digits_are_two_and_large() {
        assert_eq!(super::of(&[0x3B, 0x0A], " "), "3B 0A");
        assert_eq!(super::of(&[], " "), "");
    }
}
