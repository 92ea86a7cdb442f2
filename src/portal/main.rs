//! `kartal-portal`: the reference certificate service.
#![forbid(unsafe_code)]
fn main() {}
