//! Signing by a key on the card (ISO/IEC 7816-8, sections 11.5 and 11.11), in the form that `MyEID` has: the algorithm
//! by its number, the key by its file; see [`crate::Family::myeid_commands`].
//!
//! The key's PIN has to be verified in the same stretch, with the application selected. Padding is the caller's work
//! where the card is given a whole block.

use crate::Error;
use crate::apdu::{Answer, Channel, Command, Status};
use crate::pkcs15::{KeyKind, PrivateKeyObject};

/// What the card is to do with what it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The RSA operation alone, on a block as long as the modulus.
    Raw,
    /// RSA with PKCS#1 v1.5 padding around a `DigestInfo` (RFC 8017, section 9.2), which the caller makes.
    Pkcs1,
    /// ECDSA over a hash. The answer is the DER `SEQUENCE` of r and s.
    Ecdsa,
}

impl Operation {
    /// `MyEID`'s number for it.
    const fn algorithm(self) -> u8 {
        match self {
            Self::Raw => 0x00,
            Self::Pkcs1 => 0x02,
            Self::Ecdsa => 0x04,
        }
    }
}

/// MANAGE SECURITY ENVIRONMENT: the next signatures are by this key. `None` if the directory names no file for it, or
/// the key is none for this operation.
pub fn prepare(key: &PrivateKeyObject, operation: Operation) -> Option<Command> {
    let fits = match key.kind {
        KeyKind::Rsa { .. } => operation != Operation::Ecdsa,
        KeyKind::EllipticCurve { .. } => operation == Operation::Ecdsa,
        KeyKind::Other => false,
    };
    let [.., high, low] = key.path.as_ref()?.file[..] else {
        return None;
    };
    let template = [
        0x80,
        0x01,
        operation.algorithm(),
        0x81,
        0x02,
        high,
        low,
        0x84,
        0x01,
        0x00,
    ];
    fits.then(|| Command::new(0x22, 0x41, 0xB6).data(&template))
}

/// PERFORM SECURITY OPERATION: compute digital signature.
pub fn sign(input: &[u8]) -> Command {
    Command::new(0x2A, 0x9E, 0x9A).data(input).answer(256)
}

/// What a key's public half has in common with its certificate: the modulus without leading zeros, or the point's two
/// coordinates. `None` if the card does not tell. The key's file is selected by this. Errors are the connection's
/// only.
pub fn public_material(channel: &mut Channel<'_>, key: &PrivateKeyObject) -> Result<Option<Vec<u8>>, Error> {
    const MODULUS: u16 = 0x0101;
    const POINT: u16 = 0x0186;
    let Some(path) = &key.path else { return Ok(None) };
    let path = path.file.strip_prefix(&[0x3F, 0x00]).unwrap_or(&path.file);
    if told(channel.send(&Command::select_path(path)))?.is_none() {
        return Ok(None);
    }
    let tag = match key.kind {
        KeyKind::Rsa { .. } => MODULUS,
        KeyKind::EllipticCurve { .. } => POINT,
        KeyKind::Other => return Ok(None),
    };
    let Some(answer) = told(channel.send(&Command::get_data(tag)))? else {
        return Ok(None);
    };
    Ok(match (tag, &answer[..]) {
        (MODULUS, modulus) => Some(modulus.iter().copied().skip_while(|&byte| byte == 0).collect()),
        // One data object: an uncompressed point.
        (_, [0x86, length, 0x04, point @ ..]) if usize::from(*length) == point.len() + 1 => {
            Some(point.to_vec())
        }
        _ => None,
    })
}

/// A refusal tells nothing; what is no answer at all is an error.
fn told(answer: Result<Answer, Error>) -> Result<Option<Vec<u8>>, Error> {
    match answer {
        Ok(answer) if answer.status() == Status::Ok => Ok(Some(answer.data)),
        Ok(_) | Err(Error::Malformed { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;
    use crate::pkcs15::{KeyUsage, Path};

    fn key(kind: KeyKind, file: &[u8]) -> PrivateKeyObject {
        PrivateKeyObject {
            label: String::new(),
            id: vec![0x45],
            auth_id: None,
            usage: KeyUsage::default(),
            key_reference: None,
            path: Some(Path {
                file: file.to_vec(),
                ..Path::default()
            }),
            kind,
            user_consent: None,
        }
    }

    #[test]
    fn a_key_is_not_used_for_what_it_is_not_for() {
        let rsa = key(
            KeyKind::Rsa { modulus_bits: None },
            &[0x3F, 0, 0x50, 0x15, 0x4B, 1],
        );
        let curve = key(KeyKind::EllipticCurve { field_bits: None }, &[0x4B, 2]);
        assert!(prepare(&rsa, Operation::Pkcs1).is_some() && prepare(&rsa, Operation::Raw).is_some());
        assert!(prepare(&rsa, Operation::Ecdsa).is_none());
        assert!(prepare(&curve, Operation::Ecdsa).is_some());
        assert!(prepare(&curve, Operation::Pkcs1).is_none());
        assert!(prepare(&key(KeyKind::Other, &[0x4B, 3]), Operation::Raw).is_none());
        let nowhere = PrivateKeyObject { path: None, ..rsa };
        assert!(prepare(&nowhere, Operation::Raw).is_none());
    }
}
