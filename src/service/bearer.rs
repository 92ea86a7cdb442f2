//! What a session's holder shows with each call.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use zeroize::Zeroizing;

/// The longest that is taken, in bytes.
const LONGEST: usize = 4_096;

/// A bearer token (RFC 6750, section 2.1). Wiped on drop, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Bearer(Zeroizing<String>);

/// Not a bearer token: empty, too long, or with other characters than RFC 6750 allows.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("not a bearer token")]
pub struct BearerError;

impl Bearer {
    /// A token of RFC 6750's characters, at most 4,096 of them.
    pub fn parse(text: &[u8]) -> Result<Self, BearerError> {
        let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte);
        let text = std::str::from_utf8(text).map_err(|_| BearerError)?;
        if text.is_empty() || text.len() > LONGEST || !text.as_bytes().iter().all(allowed) {
            return Err(BearerError);
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// In clear, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The value of the `Authorization` header.
    pub(crate) fn header(&self) -> Option<reqwest::header::HeaderValue> {
        let text = Zeroizing::new([b"Bearer ", self.0.as_bytes()].concat());
        let mut value = reqwest::header::HeaderValue::from_bytes(&text).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl Serialize for Bearer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bearer {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Zeroizing::new(String::deserialize(deserializer)?);
        Self::parse(text.as_bytes()).map_err(serde::de::Error::custom)
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
    fn a_token_may_be_longer_than_a_word_that_is_typed() {
        let long = format!("\"{}\"", "a.B-9".repeat(400));
        let bearer: Bearer = serde_json::from_str(&long).unwrap();
        assert_eq!(serde_json::to_string(&bearer).unwrap(), long);
        assert!(serde_json::from_str::<Bearer>("\"a b\"").is_err());
    }

    #[test]
    fn it_is_never_shown() {
        let bearer = Bearer::parse(b"very.secret~value=").unwrap();
        let header = bearer.header().unwrap();
        assert!(!format!("{bearer:?}{header:?}").contains("secret"));
    }
}
