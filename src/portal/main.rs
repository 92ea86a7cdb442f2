//! `kartal-portal`: the reference certificate service.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    portal::command::run(std::env::args_os(), std::env::vars())
}
