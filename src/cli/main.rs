//! `kartal-cli`: what [`cli::run`] does, with this machine's readers, modules and terminal.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    // Modules are tried in a process of their own, and that process is this program.
    if let Some(code) = token::probe_main() {
        return code;
    }
    let arguments = std::env::args_os().collect();
    let exit = cli::run(
        arguments,
        cli::World::this_machine(),
        &mut std::io::stdout(),
        &mut std::io::stderr(),
    );
    exit.into()
}
