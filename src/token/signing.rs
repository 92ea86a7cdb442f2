//! What is to be signed, and how it is put into the form that a key signs.

use rand_core::{OsRng, RngCore as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::{CardCertificate, Error};

/// The hash of a signature. SHA-1 is not among them: nothing new is signed with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SigningHash {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// How is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "hash")]
pub enum Mechanism {
    /// RSASSA-PKCS1-v1_5 (RFC 8017, section 8.2).
    RsaPkcs1(SigningHash),
    /// RSASSA-PSS with MGF1 of the same hash and a salt of the hash's length (RFC 8017, section 8.1).
    RsaPss(SigningHash),
    /// ECDSA; P-256 and P-384. The signature is the DER `SEQUENCE` of r and s, as CMS wants it (RFC 5753).
    Ecdsa(SigningHash),
}

/// What is to be signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToSign {
    /// How.
    pub mechanism: Mechanism,
    /// The bytes themselves, not their hash: some modules hash them.
    pub data: Vec<u8>,
}

/// Which key signs: that of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// `CKA_ID` or PKCS#15 iD.
    pub id: Vec<u8>,
    /// The certificate (DER), for its public key: one identifier may belong to two keys.
    pub certificate: Vec<u8>,
}

impl From<&CardCertificate> for SigningKey {
    fn from(certificate: &CardCertificate) -> Self {
        Self {
            id: certificate.id.clone(),
            certificate: certificate.der.clone(),
        }
    }
}

impl SigningHash {
    /// The hash of some bytes.
    pub(crate) fn of(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(data).to_vec(),
            Self::Sha384 => Sha384::digest(data).to_vec(),
            Self::Sha512 => Sha512::digest(data).to_vec(),
        }
    }

    /// Its length in bytes.
    pub(crate) const fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

impl Mechanism {
    /// Its hash.
    pub fn hash(self) -> SigningHash {
        match self {
            Self::RsaPkcs1(hash) | Self::RsaPss(hash) | Self::Ecdsa(hash) => hash,
        }
    }
}

/// `DigestInfo` with the NULL that RFC 8017, section 9.2, note 1 demands.
pub(crate) fn digest_info(hash: SigningHash, data: &[u8]) -> Vec<u8> {
    // id-sha256, id-sha384, id-sha512: 2.16.840.1.101.3.4.2.{1,2,3}.
    let (last, length) = match hash {
        SigningHash::Sha256 => (0x01, 0x20),
        SigningHash::Sha384 => (0x02, 0x30),
        SigningHash::Sha512 => (0x03, 0x40),
    };
    let mut info = vec![
        0x30,
        0x11 + length,
        0x30,
        0x0D,
        0x06,
        0x09,
        0x60,
        0x86,
        0x48,
        0x01,
        0x65,
        0x03,
        0x04,
        0x02,
        last,
        0x05,
        0x00,
        0x04,
        length,
    ];
    info.extend(hash.of(data));
    info
}

/// EMSA-PSS (RFC 8017, section 9.1.1) for a modulus of so many bits: a block of the modulus's length.
pub(crate) fn pss_block(hash: SigningHash, data: &[u8], modulus_bits: usize) -> Result<Vec<u8>, Error> {
    let mut salt = vec![0; hash.length()];
    OsRng.try_fill_bytes(&mut salt).map_err(|_| Error::NoRandom)?;
    salted_block(hash, data, modulus_bits, &salt).ok_or(Error::Mechanism)
}

fn salted_block(hash: SigningHash, data: &[u8], modulus_bits: usize, salt: &[u8]) -> Option<Vec<u8>> {
    let bits = modulus_bits.checked_sub(1)?;
    let length = bits.div_ceil(8);
    let digest = hash.of(&[&[0; 8], &hash.of(data)[..], salt].concat());
    let filling = length.checked_sub(digest.len() + salt.len() + 2)?;
    let mut masked = [&vec![0; filling][..], &[1], salt].concat();
    for (byte, mask) in masked.iter_mut().zip(mask(hash, &digest)) {
        *byte ^= mask;
    }
    let unused = length * 8 - bits;
    if let Some(first) = masked.first_mut() {
        *first &= 0xFF >> unused;
    }
    let block = [&masked[..], &digest, &[0xBC]].concat();
    // A modulus of 8n + 1 bits has a byte more than the block.
    let missing = modulus_bits.div_ceil(8).checked_sub(block.len())?;
    Some([&vec![0; missing][..], &block].concat())
}

/// MGF1 (RFC 8017, appendix B.2.1), as long as it is asked for.
fn mask(hash: SigningHash, seed: &[u8]) -> impl Iterator<Item = u8> + '_ {
    (0_u32..).flat_map(move |counter| hash.of(&[seed, &counter.to_be_bytes()].concat()))
}

/// The DER `SEQUENCE` of r and s from their bytes one after the other, as PKCS#11 gives them.
pub(crate) fn ecdsa_der(both: &[u8]) -> Option<Vec<u8>> {
    let half = both.len() / 2;
    // P-521, the longest there is, has 66 bytes each.
    if both.is_empty() || !both.len().is_multiple_of(2) || half > 66 {
        return None;
    }
    let (r, s) = both.split_at_checked(half)?;
    let inside = [integer(r)?, integer(s)?].concat();
    let length = u8::try_from(inside.len()).ok()?;
    let header: &[u8] = if length < 0x80 {
        &[0x30, length]
    } else {
        &[0x30, 0x81, length]
    };
    Some([header, &inside].concat())
}

/// A positive INTEGER.
fn integer(number: &[u8]) -> Option<Vec<u8>> {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    let significant = number.get(zeros..).filter(|rest| !rest.is_empty())?;
    let sign: &[u8] = if significant.first()? & 0x80 == 0 {
        &[]
    } else {
        &[0]
    };
    let length = u8::try_from(sign.len() + significant.len()).ok()?;
    Some([&[0x02, length], sign, significant].concat())
}

/// Whether bytes have the form of an ECDSA signature in DER: a `SEQUENCE` of two INTEGERs and nothing after it.
pub(crate) fn is_ecdsa_der(bytes: &[u8]) -> bool {
    let inside = match bytes {
        [0x30, 0x81, length @ 0x80..=0xFF, inside @ ..] | [0x30, length @ 0..=0x7F, inside @ ..]
            if usize::from(*length) == inside.len() =>
        {
            inside
        }
        _ => return false,
    };
    let number = |bytes: &[u8]| match bytes {
        [0x02, length @ 1..=0x7F, rest @ ..] => rest.get(usize::from(*length)..).map(<[u8]>::to_vec),
        _ => None,
    };
    number(inside).and_then(|rest| number(&rest)).as_deref() == Some(&[])
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_digest_info_says_how_long_it_is() {
        for (hash, length) in [
            (SigningHash::Sha256, 51),
            (SigningHash::Sha384, 67),
            (SigningHash::Sha512, 83),
        ] {
            let info = digest_info(hash, b"abc");
            assert_eq!(
                (info.len(), usize::from(info[1]) + 2, usize::from(info[18])),
                (length, length, hash.length())
            );
            assert!(info.ends_with(&hash.of(b"abc")));
        }
    }

    #[test]
    fn a_modulus_without_room_for_hash_and_salt_is_refused() {
        assert_eq!(salted_block(SigningHash::Sha512, b"x", 1024, &[0; 64]), None);
        assert_eq!(salted_block(SigningHash::Sha256, b"x", 0, &[0; 32]), None);
        assert!(salted_block(SigningHash::Sha256, b"x", 1024, &[0; 32]).is_some());
    }

    #[test]
    fn numbers_that_cannot_be_are_refused() {
        for both in [&[][..], &[1], &[1, 2, 3], &[0; 64], &[1; 400]] {
            assert_eq!(ecdsa_der(both), None, "{both:?}");
        }
        assert_eq!(
            ecdsa_der(&[0x80, 0x01]).unwrap(),
            [0x30, 7, 2, 2, 0, 0x80, 2, 1, 1]
        );
    }

    proptest! {
        #[test]
        fn any_signature_keeps_its_numbers(both in proptest::collection::vec(1_u8.., 64..=64)) {
            prop_assert!(is_ecdsa_der(&ecdsa_der(&both).unwrap()));
        }

        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = (is_ecdsa_der(&bytes), ecdsa_der(&bytes));
        }

        #[test]
        fn a_block_is_as_long_as_its_modulus(bits in 600_usize..4100, salt in any::<[u8; 32]>()) {
            let block = salted_block(SigningHash::Sha256, b"x", bits, &salt).unwrap();
            prop_assert_eq!(block.len(), bits.div_ceil(8));
            // Below any modulus of that many bits.
            prop_assert_eq!(block[0] >> ((bits - 1) % 8), 0);
        }
    }
}
