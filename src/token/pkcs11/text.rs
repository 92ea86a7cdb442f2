//! Text in PKCS#11 structures.

/// A field of fixed size, padded with blanks by the standard and with NULs by some modules (PKCS#11 v2.40,
/// section 3.2). `None` if it is not UTF-8; a character cut off by the field's end is left out.
pub(crate) fn field(bytes: &[u8]) -> Option<String> {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let bytes = bytes.get(..end)?;
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // No `error_len`: the bytes end within a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    Some(clean(text))
}

/// Text of any length; what is not UTF-8 in it is replaced.
pub(crate) fn lossy(bytes: &[u8]) -> String {
    /// No label is longer; only a lie is.
    const MAX: usize = 512;
    clean(&String::from_utf8_lossy(bytes.get(..MAX).unwrap_or(bytes)))
}

fn clean(text: &str) -> String {
    let text: String = text.chars().filter(|character| !character.is_control()).collect();
    text.trim().to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn padding_of_either_kind_goes() {
        assert_eq!(
            field(b"VCARD (User PIN)                ").unwrap(),
            "VCARD (User PIN)"
        );
        assert_eq!(field(b"AKIS\0\0\0\xff\xfe garbage").unwrap(), "AKIS");
        assert_eq!(field(b"\0\0\0\0").unwrap(), "");
        assert_eq!(field(b"a\nb\x1b[31m ").unwrap(), "ab[31m");
    }

    #[test]
    fn text_that_is_none_is_told_from_text_that_is_cut() {
        assert_eq!(field(b"\xff\xfe\xfd"), None);
        assert_eq!(
            field("İmza kartı ş".as_bytes().strip_suffix(b"\x9f").unwrap()).unwrap(),
            "İmza kartı"
        );
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(lossy(&[b'x'; 4096]).len(), 512);
    }
}
