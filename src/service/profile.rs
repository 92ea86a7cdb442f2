//! Which service: its name, where it is, and what proves that it is the one.

use serde::{Deserialize, Serialize};

use crate::{Address, Client, Error, Limits, Sha256};

/// The most characters of a profile's name.
const LONGEST_NAME: usize = 64;
/// The most authorities that a profile trusts in addition.
const MOST_ANCHORS: usize = 16;

/// A service that the application may speak to. Another service with the same protocol is another profile, not another
/// application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Wire", into = "Wire")]
pub struct Profile {
    /// What people call it; also what stands in a deep link.
    pub name: ProfileName,
    /// Its base address.
    pub address: Address,
    /// SHA-256 of the public key (`SubjectPublicKeyInfo`, DER) of its TLS certificate; then no other key is accepted, not
    /// even with a certificate that the system trusts.
    pub pinned_key: Option<Sha256>,
    /// Certificates (DER) of authorities that vouch for it beside those that the system trusts; at most 16.
    pub anchors: Vec<Vec<u8>>,
    /// Whether its verification codes end with a check digit.
    pub check_digit: bool,
}

/// A profile's name: 1 to 64 ASCII letters, digits, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProfileName(String);

impl ProfileName {
    /// The name, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        ((1..=LONGEST_NAME).contains(&text.len()) && text.bytes().all(allowed)).then(|| Self(text.to_owned()))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProfileName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("not a name of a service profile")
    }
}

impl From<ProfileName> for String {
    fn from(name: ProfileName) -> Self {
        name.0
    }
}

/// As it stands in a settings file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Wire {
    name: ProfileName,
    address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pinned_key: Option<Sha256>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    anchors: Vec<crate::Bytes>,
    #[serde(default = "yes")]
    check_digit: bool,
}

const fn yes() -> bool {
    true
}

impl Profile {
    /// A profile that trusts what the system trusts, with codes that have a check digit.
    pub fn new(name: ProfileName, address: Address) -> Self {
        Self {
            name,
            address,
            pinned_key: None,
            anchors: Vec::new(),
            check_digit: true,
        }
    }

    /// A client of this service.
    pub fn client(&self, limits: Limits) -> Result<Client, Error> {
        Client::of(self, limits)
    }
}

impl TryFrom<Wire> for Profile {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, &'static str> {
        if wire.anchors.len() > MOST_ANCHORS {
            return Err("too many anchors");
        }
        Ok(Self {
            name: wire.name,
            address: wire.address.parse().map_err(|_| "not an address of a service")?,
            pinned_key: wire.pinned_key,
            anchors: wire.anchors.into_iter().map(|anchor| anchor.0).collect(),
            check_digit: wire.check_digit,
        })
    }
}

impl From<Profile> for Wire {
    fn from(profile: Profile) -> Self {
        Self {
            name: profile.name,
            address: profile.address.to_string(),
            pinned_key: profile.pinned_key,
            anchors: profile.anchors.into_iter().map(crate::Bytes).collect(),
            check_digit: profile.check_digit,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_comes_back() {
        let mut profile = Profile::new(
            ProfileName::parse("practice").unwrap(),
            "http://127.0.0.1:8750".parse().unwrap(),
        );
        let text = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), profile);
        profile.pinned_key = Some(Sha256([7; 32]));
        profile.anchors = vec![vec![1, 2, 3]];
        profile.check_digit = false;
        let text = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), profile);
    }

    #[test]
    fn what_is_no_profile_is_refused() {
        for text in [
            r#"{"name":"a","address":"http://example.org"}"#,
            r#"{"name":"a b","address":"https://example.org"}"#,
            r#"{"name":"","address":"https://example.org"}"#,
            r#"{"name":"a","address":"https://example.org","pinned-key":"00"}"#,
            r#"{"name":"a","address":"https://example.org","tls":false}"#,
        ] {
            assert!(serde_json::from_str::<Profile>(text).is_err(), "{text}");
        }
    }
}
