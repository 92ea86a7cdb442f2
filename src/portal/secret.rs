//! Secrets: the server's keys, and what is made by chance.
//!
//! One key file of 32 bytes. From it come a key for hashing (codes, tokens and answers lie in the store as
//! HMAC-SHA-256 only) and one for sealing (AES-256-GCM, NIST SP 800-38D). All instances over one store share the file.

use std::{fmt, io::Write as _, path::Path};

use aes_gcm::{
    Aes256Gcm, KeyInit as _, Nonce,
    aead::{Aead as _, Payload},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac as _};
use rand_core::{OsRng, RngCore as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::Error;

const KEY_LENGTH: usize = 32;
const NONCE_LENGTH: usize = 12;

/// The server's keys. Never shown.
pub struct Keys {
    hashing: Zeroizing<[u8; KEY_LENGTH]>,
    sealing: Zeroizing<[u8; KEY_LENGTH]>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(…)")
    }
}

impl Keys {
    /// From the file, which is made, for its owner alone, if it is not there. Instances that start at once all end
    /// up with the key of the one that was first.
    pub fn load(file: &Path) -> Result<Self, Error> {
        let failed = |error: std::io::Error| Error::internal("key file", error);
        if !file.exists() {
            let folder = file.parent().unwrap_or(Path::new("."));
            private_folder(folder).map_err(failed)?;
            // Readable by its owner alone from its first byte on.
            let mut fresh = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
            fresh.write_all(&*random::<KEY_LENGTH>()?).map_err(failed)?;
            fresh.as_file().sync_all().map_err(failed)?;
            match fresh.persist_noclobber(file) {
                Ok(_) => (),
                Err(error) if file.exists() => drop(error),
                Err(error) => return Err(failed(error.error)),
            }
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(file).map_err(failed)?.permissions().mode();
            if mode & 0o007 != 0 {
                return Err(Error::internal(
                    "key file",
                    "everybody on this computer may read it",
                ));
            }
        }
        let bytes = Zeroizing::new(std::fs::read(file).map_err(failed)?);
        let master: [u8; KEY_LENGTH] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| Error::internal("key file", "it must have exactly 32 bytes"))?;
        Ok(Self::from_master(&Zeroizing::new(master)))
    }

    fn from_master(master: &[u8; KEY_LENGTH]) -> Self {
        let derived = |purpose: &str| Zeroizing::new(mac(master, &[purpose]));
        Self {
            hashing: derived("kartal hashing 1"),
            sealing: derived("kartal sealing 1"),
        }
    }

    /// A keyed hash of these parts, for this purpose; 43 characters of base64url.
    pub fn digest(&self, purpose: &str, parts: &[&str]) -> String {
        let mut all = vec![purpose];
        all.extend_from_slice(parts);
        URL_SAFE_NO_PAD.encode(mac(&self.hashing, &all))
    }

    /// Encrypts `plain`; it can be opened again only as being about the same thing.
    pub fn seal(&self, about: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let nonce = random::<NONCE_LENGTH>()?;
        let payload = Payload {
            msg: plain,
            aad: about.as_bytes(),
        };
        let sealed = self
            .cipher()?
            .encrypt(&Nonce::from(*nonce), payload)
            .map_err(|_| Error::internal("seal", "encryption failed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts what [`seal`](Self::seal) made about the same thing.
    pub fn open(&self, about: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let wrong = || Error::internal("open", "not sealed with this key, or about something else");
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LENGTH>().ok_or_else(wrong)?;
        let payload = Payload {
            msg: sealed,
            aad: about.as_bytes(),
        };
        let plain = self.cipher()?.decrypt(&Nonce::from(*nonce), payload);
        plain.map(Zeroizing::new).map_err(|_| wrong())
    }

    fn cipher(&self) -> Result<Aes256Gcm, Error> {
        Aes256Gcm::new_from_slice(&*self.sealing).map_err(|error| Error::internal("seal", error))
    }
}

/// Makes a folder, and those above it, for its owner alone; one that is there stays as it is.
pub(crate) fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// HMAC-SHA-256 over the parts, each after its length, so that no two lists of parts look the same.
fn mac(key: &[u8; KEY_LENGTH], parts: &[&str]) -> [u8; 32] {
    // Any length of key is a key for HMAC; should that ever fail, what comes out matches nothing that was stored.
    let Ok(mut mac) = <Hmac<Sha256> as hmac::Mac>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// Whether both are the same, in a time that does not tell where they differ.
pub(crate) fn equal(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// Bytes made by chance.
fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Error> {
    let mut bytes = Zeroizing::new([0; N]);
    OsRng
        .try_fill_bytes(&mut *bytes)
        .map_err(|error| Error::internal("random", error))?;
    Ok(bytes)
}

/// A name that nobody guesses: 128 bits, 22 characters of base64url.
pub(crate) fn name() -> Result<String, Error> {
    Ok(URL_SAFE_NO_PAD.encode(*random::<16>()?))
}

/// What its holder shows to be let in: 256 bits, 43 characters of base64url.
pub(crate) fn token() -> Result<Zeroizing<String>, Error> {
    Ok(Zeroizing::new(URL_SAFE_NO_PAD.encode(*random::<32>()?)))
}

/// Decimal digits, each as likely as the others.
pub(crate) fn digits(count: usize) -> Result<Zeroizing<String>, Error> {
    let mut text = Zeroizing::new(String::with_capacity(count));
    while text.len() < count {
        // 250 is the last multiple of ten in a byte; beyond it some digits would come more often.
        let fitting = random::<32>()?
            .iter()
            .filter(|byte| **byte < 250)
            .map(|byte| byte % 10)
            .collect::<Vec<_>>();
        for digit in fitting.iter().take(count - text.len()) {
            text.push(char::from(b'0' + digit));
        }
    }
    Ok(text)
}

/// Thirty-two bytes that follow from a text.
pub(crate) fn seed(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// SHA-256 in lower-case hexadecimal digits.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn the_key_file_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/key");
        let keys: Vec<String> = std::thread::scope(|scope| {
            let tasks: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| Keys::load(&file).unwrap().digest("x", &["y"])))
                .collect();
            tasks.into_iter().map(|task| task.join().unwrap()).collect()
        });
        assert!(keys.iter().all(|key| key == &keys[0]));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(
                std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
                0o600
            );
        }
        std::fs::write(&file, b"short").unwrap();
        assert!(Keys::load(&file).is_err());
    }

    #[test]
    fn what_is_sealed_opens_only_as_what_it_is_about_and_untouched() {
        let keys = Keys::from_master(&[7; 32]);
        let sealed = keys.seal("card A", b"123456").unwrap();
        assert_eq!(keys.open("card A", &sealed).unwrap().as_slice(), b"123456");
        assert!(keys.open("card B", &sealed).is_err());
        assert!(Keys::from_master(&[8; 32]).open("card A", &sealed).is_err());
        for position in 0..sealed.len() {
            let mut touched = sealed.clone();
            touched[position] ^= 1;
            assert!(keys.open("card A", &touched).is_err(), "{position}");
        }
        assert!(keys.open("card A", &[]).is_err());
        assert_ne!(sealed, keys.seal("card A", b"123456").unwrap());
    }

    #[test]
    fn parts_cannot_be_moved_into_each_other() {
        let keys = Keys::from_master(&[7; 32]);
        assert_ne!(keys.digest("a", &["b", "c"]), keys.digest("a", &["bc", ""]));
        assert_ne!(keys.digest("a", &["b"]), keys.digest("ab", &[]));
    }

    #[test]
    fn digits_come_equally_often() {
        let text = digits(20_000).unwrap();
        for digit in '0'..='9' {
            let count = text.chars().filter(|one| *one == digit).count();
            assert!((1_700..2_300).contains(&count), "{digit}: {count}");
        }
    }
}
