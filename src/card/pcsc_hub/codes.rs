//! What PC/SC's error codes mean.

use pcsc::Error as Code;

use crate::{Error, ServiceState};

/// What a failed call means.
pub(super) fn of(call: &str, code: Code) -> Error {
    match code {
        // After a restart of the service the handles from before are worth nothing.
        Code::NoService | Code::ServiceStopped | Code::Shutdown | Code::InvalidHandle => Error::NoService,
        Code::NoReadersAvailable | Code::UnknownReader => Error::NoReader,
        Code::ReaderUnavailable => Error::ReaderUnavailable,
        Code::NoSmartcard => Error::NoCard,
        // "Not transacted" is what a transmission says when the card leaves in its middle.
        Code::RemovedCard | Code::NotTransacted => Error::Removed,
        Code::ResetCard => Error::Reset,
        Code::UnresponsiveCard | Code::UnpoweredCard => Error::Mute,
        Code::SharingViolation => Error::Held,
        Code::WrongChv => Error::WrongPin,
        Code::ChvBlocked => Error::PinBlocked,
        other => Error::Pcsc {
            call: call.into(),
            code: other as u32,
        },
    }
}

/// What it means that `SCardEstablishContext` failed.
pub(super) fn of_establish(code: Code) -> Error {
    match code {
        // pcsc-lite answers a client of another protocol version that it is stopped; when it is, it does not answer.
        Code::ServiceStopped if cfg!(not(windows)) => Error::ServiceVersion,
        other => of("SCardEstablishContext", other),
    }
}

/// The state of the service when no readers can be listed.
pub(super) fn state_of(code: Code) -> ServiceState {
    match of_establish(code) {
        Error::NoService => ServiceState::Stopped,
        _ => ServiceState::Failing,
    }
}
