//! `CAdES` signatures: prepare, assemble, verify.
#![forbid(unsafe_code)]
