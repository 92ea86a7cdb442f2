//! The practice authority: a root, and two issuers as the public sector's authority had them, one of the SHA-1
//! era and one of today. Their private keys are in `assets/practice` for everyone to see.

use const_oid::ObjectIdentifier;
use time::{Duration, OffsetDateTime, Time};

use crate::Error;

use super::x509::{Addresses, Hash, Issuer, Order, Policy, PublicKey, Purpose, authority_name, holder_name};

/// A name that no resolver knows (RFC 6761, 6.4).
const SITE: &str = "http://kartal.invalid";

const ORGANISATION: &str = "Kartal";

/// The authority's *test* policy for qualified certificates.
const POLICY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.792.1.2.1.1.5.7.1.4.1");
const NOTICE: &str = "Yalnızca alıştırma içindir.";
const STATEMENT: &str = "Alıştırma sertifikası";

/// A part of the practice authority, with its certificate and its key, which everybody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Authority {
    /// The root, which issued the others; signs with SHA-256.
    Root,
    /// The issuer of the SHA-1 era; its own certificate is signed with SHA-1, too.
    Version1,
    /// Today's issuer, which signs with SHA-256.
    Version2,
}

macro_rules! asset {
    ($name:literal) => {
        include_bytes!(concat!("../../../assets/practice/", $name))
    };
}

impl Authority {
    /// The root and the issuers.
    pub const ALL: [Self; 3] = [Self::Root, Self::Version1, Self::Version2];

    /// Its certificate (DER).
    pub const fn certificate(self) -> &'static [u8] {
        match self {
            Self::Root => asset!("root.crt"),
            Self::Version1 => asset!("issuer-sha1.crt"),
            Self::Version2 => asset!("issuer.crt"),
        }
    }

    /// Its private key (DER `RSAPrivateKey`).
    pub const fn key(self) -> &'static [u8] {
        match self {
            Self::Root => asset!("root.key.der"),
            Self::Version1 => asset!("issuer-sha1.key.der"),
            Self::Version2 => asset!("issuer.key.der"),
        }
    }

    /// Its name in addresses.
    pub const fn file(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Version1 => "1",
            Self::Version2 => "2",
        }
    }

    /// What it signs certificates with.
    pub const fn hash(self) -> Hash {
        match self {
            Self::Version1 => Hash::Sha1,
            Self::Root | Self::Version2 => Hash::Sha256,
        }
    }

    const fn common_name(self) -> &'static str {
        match self {
            Self::Root => "Kartal Alıştırma Kök Sertifikası",
            Self::Version1 => "Kartal Alıştırma NES - Sürüm 1 (SHA-1)",
            Self::Version2 => "Kartal Alıştırma NES - Sürüm 2",
        }
    }

    /// Ready to issue.
    pub fn issuer(self) -> Result<Issuer, Error> {
        Issuer::new(
            authority_name(ORGANISATION, self.common_name()),
            self.key(),
            self.hash(),
        )
    }
}

/// The key that signs the practice authority's time stamps (DER `RSAPrivateKey`).
pub const fn time_stamping_key() -> &'static [u8] {
    asset!("time-stamping.key.der")
}

/// What practice certificates say about themselves: the public sector's *test* policy, with a practice statement at
/// this address, and that they are for practice only.
pub fn policy(statement_address: &str) -> Policy {
    Policy {
        policy: POLICY,
        statement_address: statement_address.to_owned(),
        notice: NOTICE.to_owned(),
        statement: STATEMENT.to_owned(),
    }
}

/// Whom a certificate is for, and from when until when: in days from the day of issue, which begins at midnight UTC.
pub(super) struct Wanted<'a> {
    pub(super) holder: &'a str,
    pub(super) number: &'a str,
    pub(super) key: PublicKey,
    pub(super) issuer: Authority,
    pub(super) qualified: bool,
    pub(super) day: OffsetDateTime,
    pub(super) from_day: i64,
    /// The last day, which counts as a whole.
    pub(super) until_day: i64,
}

/// The holder's certificate (DER).
pub(super) fn issue(wanted: &Wanted<'_>) -> Result<Vec<u8>, Error> {
    let midnight = wanted.day.replace_time(Time::MIDNIGHT);
    let on_day = |day| midnight.checked_add(Duration::days(day)).ok_or(Error::Moment);
    let policy = policy(SITE);
    wanted.issuer.issuer()?.issue(&Order {
        serial: &serial_number(&wanted.key),
        subject: &holder_name(wanted.holder, wanted.number),
        key: &wanted.key,
        not_before: on_day(wanted.from_day)?,
        not_after: on_day(wanted.until_day)?.replace_time(time::macros::time!(23:59:59)),
        purpose: if wanted.qualified {
            Purpose::Qualified(&policy)
        } else {
            Purpose::Login
        },
        addresses: Some(Addresses {
            site: SITE,
            file: wanted.issuer.file(),
        }),
    })
}

/// Positive, and never two the same: it follows from the key.
fn serial_number(key: &PublicKey) -> [u8; 8] {
    let identifier = key.identifier();
    std::array::from_fn(|place| match place {
        0 => 0x4B,
        _ => identifier.get(place).copied().unwrap_or(0),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
