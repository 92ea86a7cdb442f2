//! Invented holders and their keys. The identity numbers have valid check digits and belong to nobody.

use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

use crate::{
    Error,
    keys::{KeyFile, Kind},
};

use super::{
    authority::{Issuer, Order, issue},
    layout::Pair,
    x509::{PublicKey, rsa_key},
};

/// Bits of `PKCS15KeyUsageFlags`.
const SIGN: u8 = 2;
const NON_REPUDIATION: u8 = 9;

/// An invented person with a key of their own (DER `RSAPrivateKey`).
pub(super) struct Holder {
    name: &'static str,
    identity_number: &'static str,
    key: &'static [u8],
}

macro_rules! key {
    ($name:literal) => {
        include_bytes!(concat!("../../../assets/practice/", $name, ".key.der"))
    };
}

pub(super) const AYSE: Holder = Holder {
    name: "Ayşe Işıl Gökçeoğlu",
    identity_number: "10000000146",
    key: key!("sha1"),
};
pub(super) const IBRAHIM: Holder = Holder {
    name: "İbrahim Çağrı Şahingöz",
    identity_number: "10000000214",
    key: key!("sha256"),
};
pub(super) const OMER: Holder = Holder {
    name: "Ömer Yiğit Işıkçı",
    identity_number: "10000000382",
    key: key!("expiring"),
};
pub(super) const GULSEN: Holder = Holder {
    name: "Gülşen İnci Ünlüer",
    identity_number: "10000000450",
    key: key!("pin-blocked"),
};
pub(super) const CIGDEM: Holder = Holder {
    name: "Çiğdem Öğütçü",
    identity_number: "10000000528",
    key: key!("two-keys-sign"),
};
pub(super) const SUKRU: Holder = Holder {
    name: "Şükrü Ilgaz Öztürkoğlu",
    identity_number: "10000000696",
    key: key!("akis"),
};

/// The key for logging in that goes with [`CIGDEM`]'s (DER `ECPrivateKey`, P-256).
const LOGIN_KEY: &[u8] = key!("two-keys-login");

impl Holder {
    /// The holder's signing key with a qualified certificate, valid on these days counted from `day`.
    pub(super) fn signing_pair(
        &self,
        issuer: Issuer,
        day: OffsetDateTime,
        (from_day, until_day): (i64, i64),
    ) -> Result<Pair, Error> {
        let key = PublicKey::rsa(&rsa_key(self.key)?)?;
        let certificate = issue(&Order {
            holder: self.name,
            identity_number: self.identity_number,
            key,
            issuer,
            qualified: true,
            day,
            from_day,
            until_day,
        })?;
        let key = KeyFile::with_key(Kind::Rsa, 2048, self.key).map_err(|_| Error::Key)?;
        Ok(Pair {
            label: "imza",
            id: 0x45,
            key,
            usage: &[SIGN, NON_REPUDIATION],
            certificate,
        })
    }

    /// The key for logging in, with a certificate that is not a qualified one.
    pub(super) fn login_pair(
        &self,
        day: OffsetDateTime,
        (from_day, until_day): (i64, i64),
    ) -> Result<Pair, Error> {
        let secret = p256::SecretKey::from_sec1_der(LOGIN_KEY).map_err(|_| Error::Key)?;
        let certificate = issue(&Order {
            holder: self.name,
            identity_number: self.identity_number,
            key: PublicKey::p256(&secret),
            issuer: Issuer::Version2,
            qualified: false,
            day,
            from_day,
            until_day,
        })?;
        let key = KeyFile::with_key(Kind::Ec, 256, &secret.to_bytes()).map_err(|_| Error::Key)?;
        Ok(Pair {
            label: "giriş",
            id: 0x46,
            key,
            usage: &[SIGN],
            certificate,
        })
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
                .identity_number
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
