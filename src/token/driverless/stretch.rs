//! A stretch with the PIN proven, on a card that we speak to ourselves. No other program speaks to the card meanwhile,
//! and the card is reset when the connection ends.

use card::{
    Family, Transport as _,
    apdu::{Channel, Status},
    pkcs15::{Backup, File, KeyKind, PrivateKeyObject, Reader, Swap, WriteError, Writer, Written},
    signing::{self, Operation},
};

use super::pin::Known;
use crate::{
    CardCertificate, Error, Mechanism, SigningKey, ToSign,
    interest::Wanted,
    signing::{digest_info, is_ecdsa_der, pss_block},
};

/// At most this many keys are asked for their public half.
const MOST_KEYS: usize = 16;

/// The stretch that is on.
pub(super) struct Open {
    transport: Wanted,
    family: Family,
    /// The private keys; read again when they were written.
    keys: Option<Vec<PrivateKeyObject>>,
    /// The key that was asked for last.
    chosen: Option<Chosen>,
    /// What the card was prepared for last.
    prepared: Option<Operation>,
    /// How often each key has signed since the PIN was entered.
    uses: Vec<(PrivateKeyObject, u32)>,
}

/// A key that was found.
#[derive(Clone)]
struct Chosen {
    wanted: SigningKey,
    key: PrivateKeyObject,
    /// The modulus or the field, in bits, if known.
    bits: Option<usize>,
}

impl Open {
    pub(super) fn new(transport: Wanted, known: &Known) -> Self {
        Self {
            transport,
            family: known.family.clone(),
            keys: Some(known.keys.clone()),
            chosen: None,
            prepared: None,
            uses: Vec::new(),
        }
    }

    pub(super) fn sign(&mut self, wanted: &SigningKey, what: &ToSign) -> Result<Vec<u8>, Error> {
        let chosen = self.choose(wanted)?;
        self.admit(&chosen.key)?;
        let (operation, input) = input(&chosen, what)?;
        let prepare = signing::prepare(&chosen.key, operation).ok_or(Error::Mechanism)?;
        let mut channel = Channel::new(&mut self.transport);
        if self.prepared != Some(operation) {
            self.prepared = None;
            channel.request(&prepare)?;
            self.prepared = Some(operation);
        }
        let command = signing::sign(&input);
        let answer = channel.send(&command)?;
        if answer.status() == Status::SecurityNotSatisfied {
            return Err(Error::NotProven);
        }
        let signature = answer.ok(command.name())?;
        self.count(&chosen.key);
        if is_signature(&chosen, &signature) {
            Ok(signature)
        } else {
            Err(Error::NoSignature {
                call: command.name().into(),
            })
        }
    }

    /// Whether the key signs once more with the PIN that was entered.
    fn admit(&self, key: &PrivateKeyObject) -> Result<(), Error> {
        let known = self.uses.iter().find(|(used, _)| used == key);
        let count = known.map_or(0, |(_, count)| *count);
        if key.user_consent.is_some_and(|most| count >= most) {
            return Err(Error::PinForEachSignature);
        }
        Ok(())
    }

    fn count(&mut self, key: &PrivateKeyObject) {
        match self.uses.iter_mut().find(|(used, _)| used == key) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => self.uses.push((key.clone(), 1)),
        }
    }

    pub(super) fn certificates(&mut self) -> Result<Vec<CardCertificate>, Error> {
        self.forget();
        let mut channel = Channel::new(&mut self.transport);
        let mut reader = Reader::open(&mut channel)?;
        let directory = reader.directory(&mut |_| ())?;
        let mut contents = super::contents(&directory, &self.family);
        super::certificates(&mut reader, &directory, &mut contents, &mut |_| ())?;
        self.keys = Some(directory.keys);
        Ok(contents.certificates)
    }

    pub(super) fn write(&mut self, swap: &Swap, progress: &mut dyn FnMut(Written)) -> Result<(), Error> {
        self.admit_change(swap)?;
        self.forget();
        self.writing(|writer| writer.write(swap, progress))
    }

    pub(super) fn delete(&mut self, swap: &Swap) -> Result<(), Error> {
        self.admit_change(swap)?;
        self.forget();
        self.writing(|writer| writer.delete(swap))
    }

    /// Nothing is begun for a key that could not show afterwards that it goes with the new certificate.
    fn admit_change(&mut self, swap: &Swap) -> Result<(), Error> {
        let keys = self.keys()?;
        let mut named = keys.iter().filter(|key| key.id == swap.id);
        let admitted = named.try_for_each(|key| self.admit(key));
        if admitted == Ok(()) || self.certificates()?.iter().any(|there| there.der == swap.new) {
            return Ok(());
        }
        admitted
    }

    pub(super) fn restore(&mut self, backup: &Backup, kinds: &[File]) -> Result<(), Error> {
        self.forget();
        self.keys = None;
        self.writing(|writer| writer.restore(backup, kinds))
    }

    fn writing(
        &mut self,
        work: impl FnOnce(&mut Writer<'_, '_>) -> Result<(), WriteError>,
    ) -> Result<(), Error> {
        let mut channel = Channel::new(&mut self.transport);
        work(&mut Writer::open(&mut channel)?).map_err(Error::from)
    }

    /// Other files are selected from here on: the card has to be prepared anew.
    fn forget(&mut self) {
        self.chosen = None;
        self.prepared = None;
    }

    /// The key of a certificate: with its identifier and, as far as the card tells public keys, with the same one.
    fn choose(&mut self, wanted: &SigningKey) -> Result<Chosen, Error> {
        if let Some(chosen) = self.chosen.as_ref().filter(|chosen| chosen.wanted == *wanted) {
            return Ok(chosen.clone());
        }
        self.forget();
        let keys = self.keys()?;
        let (mut named, others): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| key.id == wanted.id);
        let alone = named.len() == 1;
        named.extend(others);
        let mut channel = Channel::new(&mut self.transport);
        for key in named.into_iter().take(MOST_KEYS) {
            let (fits, bits) = match signing::public_material(&mut channel, &key)? {
                Some(material) => (
                    is_of(&material, &wanted.certificate),
                    bits(&material, key.kind).or_else(|| told_bits(key.kind)),
                ),
                None => (alone && key.id == wanted.id, told_bits(key.kind)),
            };
            if fits {
                let chosen = Chosen {
                    wanted: wanted.clone(),
                    key,
                    bits,
                };
                self.chosen = Some(chosen.clone());
                return Ok(chosen);
            }
        }
        Err(Error::KeyNotFound)
    }

    fn keys(&mut self) -> Result<Vec<PrivateKeyObject>, Error> {
        if let Some(keys) = &self.keys {
            return Ok(keys.clone());
        }
        let mut channel = Channel::new(&mut self.transport);
        let keys = Reader::open(&mut channel)?.directory(&mut |_| ())?.keys;
        self.keys = Some(keys.clone());
        Ok(keys)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // A connection that cannot end its stretch is closed with it in a moment.
        let _ = self.transport.end();
    }
}

/// Reads the directory files in a short stretch of their own.
pub(super) fn backup(mut transport: Wanted) -> Result<Backup, Error> {
    transport.begin()?;
    let mut channel = Channel::new(&mut transport);
    let outcome = Writer::open(&mut channel)
        .map_err(|error| match error {
            card::Error::Refused { .. } => Error::UnknownCard,
            error => error.into(),
        })
        .and_then(|mut writer| Ok(writer.backup()?));
    let _ = transport.end();
    outcome
}

/// What goes to the card.
fn input(chosen: &Chosen, what: &ToSign) -> Result<(Operation, Vec<u8>), Error> {
    Ok(match what.mechanism {
        Mechanism::RsaPkcs1(hash) => (Operation::Pkcs1, digest_info(hash, &what.data)),
        Mechanism::RsaPss(hash) => {
            let bits = chosen.bits.ok_or(Error::Mechanism)?;
            (Operation::Raw, pss_block(hash, &what.data, bits)?)
        }
        Mechanism::Ecdsa(hash) => {
            let mut digest = hash.of(&what.data);
            // FIPS 186-5, section 6.4.1: the leftmost bits, as many as the field has.
            digest.truncate(chosen.bits.map_or(digest.len(), |bits| bits / 8));
            (Operation::Ecdsa, digest)
        }
    })
}

fn is_signature(chosen: &Chosen, bytes: &[u8]) -> bool {
    match chosen.key.kind {
        KeyKind::EllipticCurve { .. } => is_ecdsa_der(bytes),
        _ => chosen.bits.is_none_or(|bits| bytes.len() == bits.div_ceil(8)),
    }
}

/// Whether a certificate is for the key with this material.
fn is_of(material: &[u8], certificate: &[u8]) -> bool {
    crate::types::certifies(certificate, material)
}

fn bits(material: &[u8], kind: KeyKind) -> Option<usize> {
    match kind {
        KeyKind::Rsa { .. } => {
            let first = material.first()?;
            Some(material.len() * 8 - usize::try_from(first.leading_zeros()).ok()?)
        }
        KeyKind::EllipticCurve { .. } => Some(material.len() / 2 * 8),
        KeyKind::Other => None,
    }
}

/// The size that the directory tells.
fn told_bits(kind: KeyKind) -> Option<usize> {
    match kind {
        KeyKind::Rsa { modulus_bits } => modulus_bits.map(usize::from),
        KeyKind::EllipticCurve { field_bits } => field_bits.map(usize::from),
        KeyKind::Other => None,
    }
}

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Card(error) => error.into(),
            WriteError::Full => Self::CardFull,
            WriteError::NoEntry => Self::NoPlace,
            WriteError::ReadsOtherwise => Self::ReadsOtherwise,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
