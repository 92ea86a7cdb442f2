//! Practice cards: personalised by ourselves, with invented holders, keys that everyone knows, and certificates
//! of a practice authority that must be trusted nowhere else.

mod akis;
mod authority;
mod garbage;
mod holders;
mod layout;
mod personalise;
pub mod x509;

use std::{collections::BTreeMap, fmt, str::FromStr};

use time::OffsetDateTime;

use crate::{Error, VirtualCard};
use layout::Pair;

pub use authority::{Authority, policy, time_stamping_key};
pub use holders::Holder;
pub use personalise::{NewCard, NewKey, Secrets, personalise};

/// The user PIN of every practice card but the blocked one, which has the same and no tries left.
pub const PIN: &str = "123456";
/// The PUK of the user PIN; three tries.
pub const PUK: &str = "12345678";
/// The security officer's PIN.
pub const SO_PIN: &str = "87654321";
/// The PUK of the security officer's PIN.
pub const SO_PUK: &str = "11223344";
/// The administration key (AES-128) by which the practice service resets a blocked PIN.
pub const ADMIN_KEY: [u8; 16] = *b"Kartal-practice!";
/// The user PIN's reference in VERIFY.
pub const PIN_REFERENCE: u8 = 1;
/// The security officer's PIN's reference.
pub const SO_PIN_REFERENCE: u8 = 3;

/// Which practice card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Practice {
    /// A qualified certificate signed with SHA-1, with a valid key: a replacement is due.
    Sha1,
    /// A qualified certificate signed with SHA-256: nothing to do.
    Sha256,
    /// The same, expiring in 20 days.
    Expiring,
    /// The same, and the PIN is blocked.
    PinBlocked,
    /// The same, and the PUK is used up, too: the card is dead.
    Dead,
    /// Two keys and certificates: RSA for signing, P-256 for logging in.
    TwoKeys,
    /// Personalised, without keys or certificates.
    Empty,
    /// Directory files full of garbage.
    Garbage,
}

impl Practice {
    /// All of them.
    pub const fn all() -> &'static [Self] {
        &[
            Self::Sha1,
            Self::Sha256,
            Self::Expiring,
            Self::PinBlocked,
            Self::Dead,
            Self::TwoKeys,
            Self::Empty,
            Self::Garbage,
        ]
    }

    /// Its name for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Expiring => "expiring",
            Self::PinBlocked => "pin-blocked",
            Self::Dead => "dead",
            Self::TwoKeys => "two-keys",
            Self::Empty => "empty",
            Self::Garbage => "garbage",
        }
    }
}

impl fmt::Display for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Practice {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self, Error> {
        let found = Self::all().iter().find(|kind| kind.code() == code);
        found
            .copied()
            .ok_or_else(|| Error::UnknownPractice(code.chars().take(64).collect()))
    }
}

/// A practice card as it would be issued on the day of `now` (UTC). The same day gives the same card, byte for
/// byte; another day another serial number.
pub fn card(kind: Practice, now: OffsetDateTime) -> Result<VirtualCard, Error> {
    let pairs = pairs(kind, now)?;
    let serial = holders::card_serial(kind.code(), &pairs);
    let replaced = if kind == Practice::Garbage {
        garbage::files()
    } else {
        BTreeMap::new()
    };
    let mut memory =
        layout::personalised(serial, "Kartal", &Secrets::PRACTICE, pairs, replaced).ok_or(Error::Full)?;
    if matches!(kind, Practice::PinBlocked | Practice::Dead)
        && let Some(pin) = memory.pins.get_mut(&PIN_REFERENCE)
    {
        pin.pin.tries = 0;
        if kind == Practice::Dead {
            pin.puk.tries = 0;
        }
    }
    Ok(VirtualCard::from_memory(memory).with_admin_key(ADMIN_KEY))
}

/// Whose practice card this is; the empty one and the one full of garbage are nobody's.
pub const fn holder(kind: Practice) -> Option<Holder> {
    match kind {
        Practice::Sha1 => Some(holders::AYSE),
        Practice::Sha256 => Some(holders::IBRAHIM),
        Practice::Expiring => Some(holders::OMER),
        Practice::PinBlocked | Practice::Dead => Some(holders::GULSEN),
        Practice::TwoKeys => Some(holders::CIGDEM),
        Practice::Empty | Practice::Garbage => None,
    }
}

/// Whose the AKİS look-alike is.
pub const fn akis_holder() -> Holder {
    holders::SUKRU
}

/// The certificates (DER) that the practice card of this kind carries on the day of `now`, the one for signing
/// first.
pub fn certificates(kind: Practice, now: OffsetDateTime) -> Result<Vec<Vec<u8>>, Error> {
    let pairs = pairs(kind, now)?;
    Ok(pairs.into_iter().map(|pair| pair.certificate).collect())
}

/// The certificate (DER) that the AKİS look-alike carries on the day of `now`.
pub fn akis_certificate(now: OffsetDateTime) -> Result<Vec<u8>, Error> {
    Ok(akis_pair(now)?.certificate)
}

/// Keys and certificates; the days of validity are counted from today.
fn pairs(kind: Practice, now: OffsetDateTime) -> Result<Vec<Pair>, Error> {
    const LONG: (i64, i64) = (-30, 3 * 365 - 30);
    match kind {
        Practice::Sha1 => Ok(vec![holders::AYSE.signing_pair(
            Authority::Version1,
            now,
            (-365, 2 * 365),
        )?]),
        Practice::Sha256 => Ok(vec![holders::IBRAHIM.signing_pair(
            Authority::Version2,
            now,
            LONG,
        )?]),
        Practice::Expiring => Ok(vec![holders::OMER.signing_pair(
            Authority::Version2,
            now,
            (20 - 3 * 365, 20),
        )?]),
        Practice::PinBlocked | Practice::Dead => Ok(vec![holders::GULSEN.signing_pair(
            Authority::Version2,
            now,
            LONG,
        )?]),
        Practice::TwoKeys => Ok(vec![
            holders::CIGDEM.signing_pair(Authority::Version2, now, LONG)?,
            holders::CIGDEM.login_pair(now, LONG)?,
        ]),
        Practice::Empty | Practice::Garbage => Ok(Vec::new()),
    }
}

/// An AKİS look-alike with one qualified certificate; its PIN is [`PIN`], too.
pub fn akis_card(now: OffsetDateTime) -> Result<VirtualCard, Error> {
    let pairs = [akis_pair(now)?];
    let serial = holders::card_serial("akis", &pairs);
    let [pair] = pairs;
    Ok(VirtualCard::from_memory(akis::personalised(
        serial,
        pair.key,
        &pair.certificate,
    )))
}

/// The invented person from abroad, who is known by a passport number.
pub const fn foreign_holder() -> Holder {
    holders::ANNA
}

/// The card of the person from abroad, with one qualified certificate. Not among [`Practice::all`]: it is there to try
/// the service with.
pub fn foreign_card(now: OffsetDateTime) -> Result<VirtualCard, Error> {
    let pairs = vec![foreign_pair(now)?];
    let serial = holders::card_serial("foreign", &pairs);
    let memory = layout::personalised(serial, "Kartal", &Secrets::PRACTICE, pairs, BTreeMap::new());
    Ok(VirtualCard::from_memory(memory.ok_or(Error::Full)?).with_admin_key(ADMIN_KEY))
}

/// The certificate (DER) that the card of the person from abroad carries on the day of `now`.
pub fn foreign_certificate(now: OffsetDateTime) -> Result<Vec<u8>, Error> {
    Ok(foreign_pair(now)?.certificate)
}

fn foreign_pair(now: OffsetDateTime) -> Result<Pair, Error> {
    holders::ANNA.signing_pair(Authority::Version2, now, (-30, 3 * 365 - 30))
}

fn akis_pair(now: OffsetDateTime) -> Result<Pair, Error> {
    holders::SUKRU.signing_pair(Authority::Version2, now, (-30, 3 * 365 - 30))
}

/// The practice authority's root certificate (DER), to be trusted in demonstrations and tests alone.
pub const fn root_der() -> &'static [u8] {
    Authority::Root.certificate()
}

/// The certificate of the practice authority that issues with SHA-256 (DER).
pub const fn issuer_der() -> &'static [u8] {
    Authority::Version2.certificate()
}

/// The certificate of the practice authority of the SHA-1 era (DER), itself signed with SHA-1.
pub const fn sha1_issuer_der() -> &'static [u8] {
    Authority::Version1.certificate()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
