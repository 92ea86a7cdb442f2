//! Invented holders and their keys. The identity numbers have valid check digits and belong to nobody.

use std::fmt;

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use crate::{
    Error,
    keys::{KeyFile, Kind},
};

use super::{
    authority::{Authority, Wanted, issue},
    layout::Pair,
    x509::PublicKey,
};

/// Bits of `PKCS15KeyUsageFlags`.
pub(super) const SIGN: u8 = 2;
pub(super) const NON_REPUDIATION: u8 = 9;

/// An invented person with a key of their own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    name: &'static str,
    /// The identity number, or the passport number of a foreigner.
    number: &'static str,
    /// DER `RSAPrivateKey`.
    key: &'static [u8],
}

macro_rules! key {
    ($name:literal) => {
        include_bytes!(concat!("../../../assets/practice/", $name, ".key.der"))
    };
}

pub(super) const AYSE: Holder = Holder {
    name: "Ayşe Işıl Gökçeoğlu",
    number: "10000000146",
    key: key!("sha1"),
};
pub(super) const IBRAHIM: Holder = Holder {
    name: "İbrahim Çağrı Şahingöz",
    number: "10000000214",
    key: key!("sha256"),
};
pub(super) const OMER: Holder = Holder {
    name: "Ömer Yiğit Işıkçı",
    number: "10000000382",
    key: key!("expiring"),
};
pub(super) const GULSEN: Holder = Holder {
    name: "Gülşen İnci Ünlüer",
    number: "10000000450",
    key: key!("pin-blocked"),
};
pub(super) const CIGDEM: Holder = Holder {
    name: "Çiğdem Öğütçü",
    number: "10000000528",
    key: key!("two-keys-sign"),
};
pub(super) const SUKRU: Holder = Holder {
    name: "Şükrü Ilgaz Öztürkoğlu",
    number: "10000000696",
    key: key!("akis"),
};

pub(super) const ANNA: Holder = Holder {
    name: "Anna Lena Grünwald",
    number: "U12345678",
    key: key!("foreign"),
};

/// The key for logging in that goes with [`CIGDEM`]'s (DER `ECPrivateKey`, P-256).
const LOGIN_KEY: &[u8] = key!("two-keys-login");

/// How far a practice certificate's days reach.
pub(super) type Days = (i64, i64);

impl Holder {
    /// First and last name, as in the certificate.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The identity number, all eleven digits; or a foreigner's passport number.
    pub const fn number(&self) -> &'static str {
        self.number
    }

    /// The signing key, which everybody knows (DER `RSAPrivateKey`).
    pub const fn key(&self) -> &'static [u8] {
        self.key
    }

    /// The holder's signing key with a qualified certificate, valid on these days counted from `day`.
    pub(super) fn signing_pair(
        &self,
        issuer: Authority,
        day: OffsetDateTime,
        (from_day, until_day): Days,
    ) -> Result<Pair, Error> {
        let certificate = issue(&Wanted {
            holder: self.name,
            number: self.number,
            key: PublicKey::of_rsa(self.key)?,
            issuer,
            qualified: true,
            day,
            from_day,
            until_day,
        })?;
        let key = KeyFile::with_key(Kind::Rsa, 2048, self.key).map_err(|_| Error::Key)?;
        Ok(Pair {
            label: "imza".into(),
            id: 0x45,
            key,
            usage: &[SIGN, NON_REPUDIATION],
            certificate,
        })
    }

    /// The key for logging in, with a certificate that is not a qualified one.
    pub(super) fn login_pair(&self, day: OffsetDateTime, (from_day, until_day): Days) -> Result<Pair, Error> {
        let secret = p256::SecretKey::from_sec1_der(LOGIN_KEY).map_err(|_| Error::Key)?;
        let certificate = issue(&Wanted {
            holder: self.name,
            number: self.number,
            key: PublicKey::p256(&secret),
            issuer: Authority::Version2,
            qualified: false,
            day,
            from_day,
            until_day,
        })?;
        let key = KeyFile::with_key(Kind::Ec, 256, &secret.to_bytes()).map_err(|_| Error::Key)?;
        Ok(Pair {
            label: "giriş".into(),
            id: 0x46,
            key,
            usage: &[SIGN],
            certificate,
        })
    }
}

/// Nothing of the key.
impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Holder")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A serial number for a card with these contents: other contents (another day's certificate), another number, so
/// that nothing remembered of yesterday's card is taken for today's.
pub(super) fn card_serial(code: &str, pairs: &[Pair]) -> [u8; 10] {
    let mut hash = Sha256::new_with_prefix(code);
    for pair in pairs {
        hash.update(&pair.certificate);
    }
    let digest: [u8; 32] = hash.finalize().into();
    std::array::from_fn(|place| digest.get(place).copied().unwrap_or(0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_have_valid_check_digits() {
        for holder in [AYSE, IBRAHIM, OMER, GULSEN, CIGDEM, SUKRU] {
            let digits: Vec<u32> = holder
                .number
                .chars()
                .map(|digit| digit.to_digit(10).unwrap())
                .collect();
            let odd: u32 = digits.iter().take(9).step_by(2).sum();
            let even: u32 = digits.iter().take(8).skip(1).step_by(2).sum();
            assert_eq!(digits.len(), 11);
            assert_eq!((odd * 7 - even) % 10, digits[9], "{}", holder.name);
            assert_eq!(
                digits.iter().take(10).sum::<u32>() % 10,
                digits[10],
                "{}",
                holder.name
            );
        }
    }
}
