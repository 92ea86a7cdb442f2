//! PINs, PUKs and the administration key: each try is spent before the secret is compared.

use aes::{
    Aes128, Block,
    cipher::{BlockEncrypt as _, KeyInit as _},
};
use rand_core::{OsRng, RngCore as _};
use serde::{Deserialize, Serialize};

use crate::{
    apdu::{Halt, Outcome, Status},
    memory::{AdminKey, Bytes, Memory},
    session::Session,
    store::Store,
};

/// How often the administration key may be tried before it is blocked.
pub(crate) const ADMIN_TRIES: u8 = 10;

/// A PIN with its PUK.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Pin {
    pub(crate) pin: Secret,
    pub(crate) puk: Secret,
}

/// A value and the tries left for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Secret {
    pub(crate) value: Bytes,
    pub(crate) tries: u8,
    pub(crate) most_tries: u8,
}

impl Secret {
    /// A secret with all its tries (1 to 15: more cannot be said in a status word).
    pub(crate) fn new(value: &[u8], tries: u8) -> Self {
        let tries = tries.clamp(1, 15);
        Self {
            value: value.into(),
            tries,
            most_tries: tries,
        }
    }
}

/// Which of a reference's two secrets.
#[derive(Clone, Copy)]
enum Which {
    Pin,
    Puk,
}

/// VERIFY without data: how it stands, at no cost.
pub(crate) fn status(store: &Store, session: &Session, reference: u8) -> Outcome {
    let pin = find(store, reference)?;
    match pin.pin.tries {
        _ if session.is_verified(reference) => Ok(Vec::new()),
        0 => Err(Status::BLOCKED.into()),
        tries => Err(Status::tries_left(tries).into()),
    }
}

/// VERIFY with a PIN.
pub(crate) fn verify(store: &mut Store, session: &mut Session, reference: u8, given: &[u8]) -> Outcome {
    session.set_verified(reference, false);
    spend(store, reference, Which::Pin, given)?;
    with_pin(store, reference, 1, |pin| pin.pin.tries = pin.pin.most_tries)?;
    session.set_verified(reference, true);
    Ok(Vec::new())
}

/// CHANGE REFERENCE DATA: the old PIN, then the new one.
pub(crate) fn change(
    store: &mut Store,
    session: &mut Session,
    reference: u8,
    old: &[u8],
    new: &[u8],
) -> Outcome {
    session.set_verified(reference, false);
    spend(store, reference, Which::Pin, old)?;
    with_pin(store, reference, new.len(), |pin| {
        pin.pin = Secret::new(new, pin.pin.most_tries);
    })?;
    session.set_verified(reference, true);
    Ok(Vec::new())
}

/// RESET RETRY COUNTER: the PUK, then a new PIN.
pub(crate) fn unblock(
    store: &mut Store,
    session: &mut Session,
    reference: u8,
    puk: &[u8],
    new: &[u8],
) -> Outcome {
    session.set_verified(reference, false);
    spend(store, reference, Which::Puk, puk)?;
    with_pin(store, reference, new.len(), |pin| {
        pin.puk.tries = pin.puk.most_tries;
        pin.pin = Secret::new(new, pin.pin.most_tries);
    })?;
    Ok(Vec::new())
}

/// RESET RETRY COUNTER with a new PIN alone, once the administrator has proved themselves.
pub(crate) fn reset(store: &mut Store, session: &mut Session, reference: u8, new: &[u8]) -> Outcome {
    find(store, reference)?;
    session.set_verified(reference, false);
    with_pin(store, reference, new.len(), |pin| {
        pin.pin = Secret::new(new, pin.pin.most_tries);
    })?;
    Ok(Vec::new())
}

/// GET CHALLENGE: random bytes; 16 of them are remembered for EXTERNAL AUTHENTICATE.
pub(crate) fn challenge(session: &mut Session, length: usize) -> Outcome {
    let mut bytes = vec![0; length.min(256)];
    OsRng.try_fill_bytes(&mut bytes).map_err(|_| Status::FAILURE)?;
    session.challenge = bytes[..].try_into().ok();
    Ok(bytes)
}

/// EXTERNAL AUTHENTICATE: the last challenge, encrypted with the administration key (AES-128, one block).
/// A challenge serves once.
pub(crate) fn authenticate(store: &mut Store, session: &mut Session, cryptogram: &[u8]) -> Outcome {
    session.admin = false;
    let admin = store.memory().admin.as_ref().ok_or(Status::NO_REFERENCE)?;
    let tries = admin.tries.checked_sub(1).ok_or(Status::BLOCKED)?;
    if cryptogram.len() != 16 {
        return Err(Status::WRONG_LENGTH.into());
    }
    let challenge = session.challenge.take().ok_or(Status::CONDITIONS)?;
    let expected = encrypt(&admin.key, challenge)?;
    with_admin(store, |admin| admin.tries = tries)?;
    if !same(&expected, cryptogram) {
        return Err(Status::tries_left(tries).into());
    }
    with_admin(store, |admin| admin.tries = ADMIN_TRIES)?;
    session.admin = true;
    Ok(Vec::new())
}

/// Whether this is a PIN of 4 to 8 characters, padded with FF to 8.
pub(crate) fn is_padded_pin(block: &[u8]) -> bool {
    let length = block.iter().position(|byte| *byte == 0xFF).unwrap_or(block.len());
    block.len() == 8 && length >= 4 && block.iter().skip(length).all(|byte| *byte == 0xFF)
}

/// The secret in question, if it has tries left and the one given is right. The try is spent first, so that
/// pulling the card at the right moment gains nothing.
fn spend(store: &mut Store, reference: u8, which: Which, given: &[u8]) -> Result<(), Halt> {
    let secret = which.of(find(store, reference)?);
    let right = same(&secret.value, given);
    let tries = secret.tries.checked_sub(1).ok_or(Status::BLOCKED)?;
    with_pin(store, reference, 1, |pin| which.of_mut(pin).tries = tries)?;
    if right {
        Ok(())
    } else {
        Err(Status::tries_left(tries).into())
    }
}

impl Which {
    fn of(self, pin: &Pin) -> &Secret {
        match self {
            Self::Pin => &pin.pin,
            Self::Puk => &pin.puk,
        }
    }

    fn of_mut(self, pin: &mut Pin) -> &mut Secret {
        match self {
            Self::Pin => &mut pin.pin,
            Self::Puk => &mut pin.puk,
        }
    }
}

fn find(store: &Store, reference: u8) -> Result<&Pin, Status> {
    store.memory().pins.get(&reference).ok_or(Status::NO_REFERENCE)
}

fn with_pin(
    store: &mut Store,
    reference: u8,
    length: usize,
    apply: impl FnOnce(&mut Pin),
) -> Result<(), Halt> {
    store.change_secrets(length, |memory: &mut Memory| {
        if let Some(pin) = memory.pins.get_mut(&reference) {
            apply(pin);
        }
    })
}

fn with_admin(store: &mut Store, apply: impl FnOnce(&mut AdminKey)) -> Result<(), Halt> {
    store.change_secrets(1, |memory| {
        if let Some(admin) = &mut memory.admin {
            apply(admin);
        }
    })
}

fn encrypt(key: &[u8], block: [u8; 16]) -> Result<[u8; 16], Status> {
    let cipher = Aes128::new_from_slice(key).map_err(|_| Status::FAILURE)?;
    let mut block = Block::from(block);
    cipher.encrypt_block(&mut block);
    Ok(block.into())
}

/// Compares in a time that tells nothing but the lengths.
fn same(left: &[u8], right: &[u8]) -> bool {
    let differences = left
        .iter()
        .zip(right)
        .fold(0, |sum, (left, right)| sum | (left ^ right));
    left.len() == right.len() && std::hint::black_box(differences) == 0
}
