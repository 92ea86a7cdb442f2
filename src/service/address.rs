//! Where a service is.

use std::{fmt, net::IpAddr, str::FromStr};

use reqwest::Url;
use thiserror::Error;

/// The longest address that is taken, in bytes.
const LONGEST: usize = 2_000;

/// A service's base address: `https`, or `http` to this computer alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Address(Url);

/// Why a text is no address of a service.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum AddressError {
    /// Not a URL at all.
    #[error("not a web address")]
    NotAnAddress,
    /// Plain `http` to another computer, or another scheme.
    #[error("not https")]
    NotSecure,
    /// A user name, a password, a query or a fragment, none of which belongs into a base address.
    #[error("more than a base address")]
    TooMuch,
}

impl Address {
    /// Whether the service is on this computer.
    pub fn is_local(&self) -> bool {
        is_local(&self.0)
    }

    /// The address below this one with these path segments; each is escaped.
    pub(crate) fn below(&self, segments: &[&str]) -> Url {
        let mut url = self.0.clone();
        // Holds for every `http` and `https` URL.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("v1").extend(segments);
        }
        url
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        if text.len() > LONGEST {
            return Err(AddressError::NotAnAddress);
        }
        let url = Url::parse(text.trim()).map_err(|_| AddressError::NotAnAddress)?;
        match url.scheme() {
            "https" => (),
            "http" if is_local(&url) => (),
            _ => return Err(AddressError::NotSecure),
        }
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::TooMuch);
        }
        Ok(Self(url))
    }
}

/// By number only, and `localhost`, which the client never asks a name server about.
fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let number = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || number
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_goes_to_this_computer_alone() {
        for text in [
            "http://example.org",
            "http://127.0.0.1.example.org",
            "http://10.0.0.1",
            "http://localhost.example.org/",
            "ftp://localhost",
            "file:///etc/passwd",
        ] {
            assert_eq!(text.parse::<Address>(), Err(AddressError::NotSecure), "{text}");
        }
        for text in [
            "http://127.0.0.1:8080",
            "http://[::1]/x",
            "http://localhost:1",
            "http://127.9.9.9",
        ] {
            assert!(text.parse::<Address>().unwrap().is_local(), "{text}");
        }
        assert!(!"https://example.org".parse::<Address>().unwrap().is_local());
    }

    #[test]
    fn what_is_no_base_address_is_refused() {
        assert_eq!("".parse::<Address>(), Err(AddressError::NotAnAddress));
        assert_eq!("example.org".parse::<Address>(), Err(AddressError::NotAnAddress));
        assert_eq!(
            format!("https://x/{}", "y".repeat(3_000)).parse::<Address>(),
            Err(AddressError::NotAnAddress)
        );
        for text in [
            "https://me@example.org",
            "https://example.org/?a",
            "https://example.org/#a",
        ] {
            assert_eq!(text.parse::<Address>(), Err(AddressError::TooMuch), "{text}");
        }
    }

    #[test]
    fn segments_cannot_leave_their_place() {
        let address: Address = "https://example.org/service/".parse().unwrap();
        let url = address.below(&["cards", "../a/b?c#d"]);
        assert_eq!(
            url.as_str(),
            "https://example.org/service/v1/cards/..%2Fa%2Fb%3Fc%23d"
        );
    }
}
