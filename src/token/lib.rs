//! One [`Token`] interface over a card; behind it PKCS#11 modules, and PKCS#15 without any driver.
//!
//! A token lives on a worker thread; everything else holds a [`TokenHandle`]. Requests and answers are plain
//! data. This crate knows PKCS#11; nothing else of ours does.

mod architecture;
mod cache;
mod choice;
mod driverless;
mod error;
mod glance;
mod handle;
mod interest;
mod modules;
mod pkcs11;
mod platform;
mod relay;
mod secret;
#[cfg(test)]
mod shelf_card;
#[cfg(test)]
mod signed;
mod signing;
mod stretch;
mod tries;
mod types;

pub use cache::Cache;
pub use choice::{Choice, Opener};
pub use error::Error;
pub use handle::TokenHandle;
pub use modules::{FoundModule, ModuleState, Modules, probe::probe_main};
pub use pkcs11::SlotToken;
pub use relay::{RelayAnswer, RelayCommand, RelayRefused};
pub use secret::{Entry, FormFault, NewPin, Pin, Puk, Resemblance, SecretRules, Weakness};
pub use signing::{Mechanism, SigningHash, SigningKey, ToSign};
pub use stretch::{Stretch, StretchWay};
pub use tries::{Entered, LastTryConsent, LastTryWarning, SecretKind, Try};
pub use types::{
    Backend, CardCertificate, Contents, PinInfo, PinRole, Problem, Progress, TriesLeft, UnblockWays,
};

use card::pkcs15::{Backup, File, Swap, Written};

/// A card as the journeys see it, whatever speaks to it.
///
/// No secret is sent before the tries left were read again and compared with what the person was shown; none is
/// ever sent twice. What a token cannot do answers [`Error::NotSupported`].
pub trait Token: Send {
    /// What speaks to the card.
    fn backend(&self) -> Backend;

    /// Reads everything that can be read without a PIN. Spends no try. `progress` may be called often and
    /// must return at once.
    fn read(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Contents, Error>;

    /// How the PINs stand, the user PIN first. Spends no try.
    fn pins(&mut self) -> Result<Vec<PinInfo>, Error> {
        Err(Error::NotSupported)
    }

    /// The warning to be confirmed before the next try of a secret, if that try is or may be the last. Spends none.
    fn last_try(&mut self, _secret: SecretKind) -> Result<Option<LastTryWarning>, Error> {
        Err(Error::NotSupported)
    }

    /// Tries the user PIN.
    fn verify_pin(&mut self, _request: Try<Pin>) -> Result<(), Error> {
        Err(Error::NotSupported)
    }

    /// Replaces the user PIN.
    fn change_pin(&mut self, _request: Try<Pin>, _new: Entered<NewPin>) -> Result<(), Error> {
        Err(Error::NotSupported)
    }

    /// Gives the user PIN all its tries and a new value, by the PUK.
    fn unblock_pin(&mut self, _request: Try<Puk>, _new: Entered<NewPin>) -> Result<(), Error> {
        Err(Error::NotSupported)
    }

    /// The directory files as they are, to compare and to put back. Needs no PIN, no module, and spends no try.
    fn backup(&mut self) -> Result<Backup, Error> {
        Err(Error::NotSupported)
    }

    /// Tries the user PIN and keeps what it proves until [`Self::log_out`].
    fn log_in(&mut self, _request: Try<Pin>, _way: StretchWay) -> Result<(), Error> {
        Err(Error::NotSupported)
    }

    /// Ends what [`Self::log_in`] began.
    fn log_out(&mut self) {}

    /// Signs with the key of a certificate, once logged in. RSA signatures are as long as the modulus, those of
    /// elliptic curves in DER. That it is right is for the caller to verify.
    fn sign(&mut self, _key: &SigningKey, _what: &ToSign) -> Result<Vec<u8>, Error> {
        Err(Error::NotProven)
    }

    /// Reads the certificates anew, once logged in: then it is known of each whether its key is there.
    fn certificates(&mut self) -> Result<Vec<CardCertificate>, Error> {
        Err(Error::NotProven)
    }

    /// Writes the new certificate, once logged in. Without a driver the directory leads to it afterwards, and the old
    /// one stays as a file; a module keeps both, or refuses with [`Error::OneCertificateEach`]. Does what is left to
    /// do if it was begun before.
    fn write_certificate(&mut self, _swap: &Swap, _progress: &mut dyn FnMut(Written)) -> Result<(), Error> {
        Err(Error::NotProven)
    }

    /// Deletes the old certificate, once logged in, before or after the new one is written. That it is gone already
    /// is no error.
    fn delete_certificate(&mut self, _swap: &Swap) -> Result<(), Error> {
        Err(Error::NotProven)
    }

    /// Puts back directory files of these kinds, once logged in without a module.
    fn restore(&mut self, _backup: &Backup, _kinds: &[File]) -> Result<(), Error> {
        Err(Error::NotProven)
    }

    /// Sends a command for the issuer's service, which proves itself to the card. What it proved lasts until
    /// [`Self::reset_pin`] or any other request; [`Self::pins`] too ends it.
    fn relay(&mut self, _command: RelayCommand) -> Result<RelayAnswer, Error> {
        Err(Error::NotSupported)
    }

    /// Gives the user PIN all its tries and a new value, once the issuer's service has proved itself.
    fn reset_pin(&mut self, _new: NewPin) -> Result<(), Error> {
        Err(Error::NotSupported)
    }
}
