//! Cards for others than the invented holders: any key and certificate, any secrets.

use std::collections::BTreeMap;

use super::{
    ADMIN_KEY, PIN, PUK, SO_PIN, SO_PUK,
    holders::{NON_REPUDIATION, SIGN},
    layout::{self, Pair},
};
use crate::{
    Error, VirtualCard,
    keys::{KeyFile, Kind},
};

/// What goes on a new card.
#[derive(Clone, Debug)]
pub struct NewCard<'a> {
    /// The card's serial number.
    pub serial: [u8; 10],
    /// What the card calls itself.
    pub label: &'a str,
    /// PINs, PUKs and the administration key.
    pub secrets: Secrets<'a>,
    /// Keys, at most ten.
    pub keys: &'a [NewKey<'a>],
}

/// The secrets of a new card. `Debug` shows none of them.
#[derive(Clone)]
pub struct Secrets<'a> {
    /// The user PIN: 4 to 8 digits, three tries.
    pub pin: &'a str,
    /// Its PUK: 4 to 8 digits, three tries.
    pub puk: &'a str,
    /// The security officer's PIN.
    pub so_pin: &'a str,
    /// Its PUK.
    pub so_puk: &'a str,
    /// The administration key (AES-128) by which the card's issuer resets a blocked PIN.
    pub admin_key: [u8; 16],
}

/// A key for signing with its qualified certificate.
#[derive(Clone)]
pub struct NewKey<'a> {
    /// What it is called.
    pub label: &'a str,
    /// RSA of 2048 bits (DER `RSAPrivateKey`).
    pub key: &'a [u8],
    /// DER.
    pub certificate: &'a [u8],
}

impl Secrets<'static> {
    /// Those of every practice card.
    pub const PRACTICE: Self = Self {
        pin: PIN,
        puk: PUK,
        so_pin: SO_PIN,
        so_puk: SO_PUK,
        admin_key: ADMIN_KEY,
    };
}

/// A new card with all its tries left.
pub fn personalise(new: &NewCard<'_>) -> Result<VirtualCard, Error> {
    let Secrets {
        pin,
        puk,
        so_pin,
        so_puk,
        admin_key,
    } = new.secrets;
    if ![pin, puk, so_pin, so_puk].into_iter().all(is_secret) {
        return Err(Error::Secret);
    }
    // Further keys would run into the places of other objects.
    if new.keys.len() > 10 {
        return Err(Error::Full);
    }
    let pairs = new.keys.iter().zip(0x45..).map(|(key, id)| {
        Ok(Pair {
            label: key.label.to_owned(),
            id,
            key: KeyFile::with_key(Kind::Rsa, 2048, key.key).map_err(|_| Error::Key)?,
            usage: &[SIGN, NON_REPUDIATION],
            certificate: key.certificate.to_vec(),
        })
    });
    let pairs = pairs.collect::<Result<_, Error>>()?;
    let memory = layout::personalised(new.serial, new.label, &new.secrets, pairs, BTreeMap::new());
    Ok(VirtualCard::from_memory(memory.ok_or(Error::Full)?).with_admin_key(admin_key))
}

fn is_secret(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl std::fmt::Debug for Secrets<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl std::fmt::Debug for NewKey<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewKey")
            .field("label", &self.label)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::{
        Response,
        practice::{Authority, PIN_REFERENCE, foreign_holder},
    };

    fn new<'a>(secrets: Secrets<'a>, keys: &'a [NewKey<'a>]) -> NewCard<'a> {
        NewCard {
            serial: [7; 10],
            label: "Yeni",
            secrets,
            keys,
        }
    }

    #[test]
    fn secrets_of_another_form_are_refused() {
        for pin in ["", "123", "123456789", "12345ş", "abcdef"] {
            let secrets = Secrets {
                pin,
                ..Secrets::PRACTICE
            };
            assert!(
                matches!(personalise(&new(secrets, &[])), Err(Error::Secret)),
                "{pin}"
            );
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let certificate = vec![0x30; 60_000];
        let key = NewKey {
            label: "imza",
            key: foreign_holder().key(),
            certificate: &certificate,
        };
        let keys = [key.clone(), key];
        assert!(matches!(
            personalise(&new(Secrets::PRACTICE, &keys)),
            Err(Error::Full)
        ));
    }

    #[test]
    fn a_new_card_takes_its_own_pin_and_no_other() {
        let secrets = Secrets {
            pin: "2580",
            ..Secrets::PRACTICE
        };
        let keys = [NewKey {
            label: "imza",
            key: foreign_holder().key(),
            certificate: Authority::Version2.certificate(),
        }];
        let mut card = personalise(&new(secrets, &keys)).unwrap();
        assert_eq!(card.serial(), [7; 10]);
        assert_eq!(card.admin_tries_left(), Some(10));
        let wrong = card.transmit(b"\x00\x20\x00\x01\x08123456\xFF\xFF");
        assert_eq!(wrong, Response::Answer(vec![0x63, 0xC2]));
        let right = card.transmit(b"\x00\x20\x00\x01\x082580\xFF\xFF\xFF\xFF");
        assert_eq!(right, Response::Answer(vec![0x90, 0x00]));
        assert_eq!(card.tries_left(PIN_REFERENCE), Some(3));
    }
}
