//! The reference certificate service.
#![forbid(unsafe_code)]
