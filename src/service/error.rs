//! What can go wrong between this program and a service.

use std::time::Duration;

use thiserror::Error;

use crate::Problem;

/// What can go wrong between this program and a service. Each has a sentence and a remedy in `i18n/`.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The service cannot be reached: no network, no such name, no one listening, no trusted certificate.
    #[error("{call}: no connection: {detail}")]
    Unreachable {
        /// The failing call, for instance `POST unlock`.
        call: &'static str,
        /// The library's own words, for the technical line.
        detail: String,
    },
    /// The service did not answer in time.
    #[error("{call}: no answer in time")]
    TimedOut {
        /// The failing call.
        call: &'static str,
    },
    /// The service is overloaded (429, 503).
    #[error("{call}: busy")]
    Busy {
        /// The failing call.
        call: &'static str,
        /// After which time to ask again, if it said so (`Retry-After`, RFC 9110, section 10.2.3).
        retry_after: Option<Duration>,
    },
    /// The service refused, and said why.
    #[error("{call}: {problem}")]
    Refused {
        /// The failing call.
        call: &'static str,
        /// Why.
        problem: Problem,
    },
    /// A status without a problem that explains it; there may be another server at this address.
    #[error("{call}: HTTP status {status}")]
    Status {
        /// The failing call.
        call: &'static str,
        /// RFC 9110, section 15.
        status: u16,
    },
    /// The answer is not what the protocol says.
    #[error("{call}: the answer makes no sense")]
    Malformed {
        /// The failing call.
        call: &'static str,
    },
    /// The answer is longer than any this protocol knows.
    #[error("{call}: the answer is too long")]
    TooLong {
        /// The failing call.
        call: &'static str,
    },
    /// The client could not be set up on this computer.
    #[error("no HTTP client: {detail}")]
    NoClient {
        /// The library's own words.
        detail: String,
    },
}
