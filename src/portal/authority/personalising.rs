//! New cards: a key, a qualified certificate, and secrets of their own.

use rand_core::{OsRng, RngCore as _};
use time::OffsetDateTime;
use virtual_card::{
    VirtualCard,
    practice::{
        self, NewCard, NewKey, Secrets,
        x509::{PublicKey, holder_name, new_rsa_key},
    },
};
use zeroize::Zeroizing;

use super::{Authority, AuthorityError, Request};

/// Whom a card is for.
#[derive(Clone, Copy)]
pub struct Holder<'a> {
    /// First and last name.
    pub name: &'a str,
    /// The identity or passport number: ASCII letters and digits.
    pub number: &'a str,
}

/// A new card, and what its issuer keeps about it. `Debug` shows no secret.
pub struct Personalised {
    /// The card itself; [`VirtualCard::keep_in`] puts it into a file.
    pub card: VirtualCard,
    /// Its serial number.
    pub serial: [u8; 10],
    /// The qualified certificate on it (DER).
    pub certificate: Vec<u8>,
    /// The user PIN: 6 digits.
    pub pin: Zeroizing<String>,
    /// Its PUK: 8 digits.
    pub puk: Zeroizing<String>,
    /// The administration key, by which the service resets a blocked PIN.
    pub admin_key: Zeroizing<[u8; 16]>,
}

impl Authority {
    /// A new card for this person, with a new key of RSA 2048 and a qualified certificate valid between these moments.
    /// Takes a second or more for the key.
    pub fn personalise(
        &self,
        holder: Holder<'_>,
        not_before: OffsetDateTime,
        not_after: OffsetDateTime,
    ) -> Result<Personalised, AuthorityError> {
        let key = new_rsa_key(2048)?;
        self.personalise_with(holder, &key, not_before, not_after)
    }

    /// The same with a key (DER `RSAPrivateKey`) that is there already.
    pub fn personalise_with(
        &self,
        holder: Holder<'_>,
        key: &[u8],
        not_before: OffsetDateTime,
        not_after: OffsetDateTime,
    ) -> Result<Personalised, AuthorityError> {
        let certificate = self.issue(&Request {
            subject: &holder.subject()?,
            key: PublicKey::of_rsa(key)?.info(),
            not_before,
            not_after,
        })?;
        let [pin, puk, so_pin, so_puk] = [digits(6)?, digits(8)?, digits(8)?, digits(8)?];
        let admin_key = Zeroizing::new(random()?);
        let serial = random()?;
        let card = practice::personalise(&NewCard {
            serial,
            label: "Kartal",
            secrets: Secrets {
                pin: &pin,
                puk: &puk,
                so_pin: &so_pin,
                so_puk: &so_puk,
                admin_key: *admin_key,
            },
            keys: &[NewKey {
                label: "imza",
                key,
                certificate: &certificate,
            }],
        })?;
        Ok(Personalised {
            card,
            serial,
            certificate,
            pin,
            puk,
            admin_key,
        })
    }
}

impl Holder<'_> {
    /// DER `Name`.
    fn subject(&self) -> Result<Vec<u8>, AuthorityError> {
        let name_fits = (1..=64).contains(&self.name.chars().count())
            && certificate::text::clean(self.name) == self.name
            && self.name.trim() == self.name;
        if !name_fits {
            return Err(AuthorityError::Text("name"));
        }
        let number_fits = (1..=20).contains(&self.number.len())
            && self.number.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !number_fits {
            return Err(AuthorityError::Text("number"));
        }
        Ok(holder_name(self.name, self.number))
    }
}

impl std::fmt::Debug for Personalised {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Personalised")
            .field("serial", &self.serial)
            .finish_non_exhaustive()
    }
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], AuthorityError> {
    let mut bytes = [0; LENGTH];
    OsRng
        .try_fill_bytes(&mut bytes)
        .map_err(|_| AuthorityError::NoRandomNumbers)?;
    Ok(bytes)
}

/// Random decimal digits, each as likely as another.
fn digits(count: usize) -> Result<Zeroizing<String>, AuthorityError> {
    let mut text = Zeroizing::new(String::with_capacity(count));
    while text.len() < count {
        let [byte] = random()?;
        if byte < 250 {
            text.push(char::from(b'0' + byte % 10));
        }
    }
    Ok(text)
}
