//! What a session's holder shows with each call.

use std::fmt;

use thiserror::Error;
use zeroize::Zeroizing;

/// The longest that is taken, in bytes.
const LONGEST: usize = 4_096;

/// A bearer token (RFC 6750, section 2.1). Wiped on drop, never shown.
#[derive(Clone)]
pub struct Bearer(Zeroizing<Vec<u8>>);

/// Not a bearer token: empty, too long, or with other characters than RFC 6750 allows.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not a bearer token")]
pub struct BearerError;

impl Bearer {
    /// A token of RFC 6750's characters, at most 4,096 of them.
    pub fn parse(text: &[u8]) -> Result<Self, BearerError> {
        let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte);
        if text.is_empty() || text.len() > LONGEST || !text.iter().all(allowed) {
            return Err(BearerError);
        }
        Ok(Self(Zeroizing::new(text.to_vec())))
    }

    /// The value of the `Authorization` header.
    pub(crate) fn header(&self) -> Option<reqwest::header::HeaderValue> {
        let text = Zeroizing::new([b"Bearer ", self.0.as_slice()].concat());
        let mut value = reqwest::header::HeaderValue::from_bytes(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bearer(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_cannot_become_a_header() {
        for text in [&b""[..], b"a\r\nX: y", b"a b", "ş".as_bytes(), &[b'a'; 5_000]] {
            assert!(Bearer::parse(text).is_err());
        }
    }

    #[test]
    fn it_is_never_shown() {
        let bearer = Bearer::parse(b"very.secret~value=").unwrap();
        let header = bearer.header().unwrap();
        assert!(!format!("{bearer:?}{header:?}").contains("secret"));
    }
}
