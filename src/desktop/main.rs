//! Kartal.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser as _;
use desktop::{Options, run};
use tracing_subscriber::EnvFilter;

/// Names what is logged, in the syntax of `tracing_subscriber::EnvFilter`; nothing is logged without it.
const LOG: &str = "KARTAL_LOG";

fn main() -> ExitCode {
    // Before anything else: this program tries PKCS#11 modules in a process of its own, which is itself.
    if let Some(code) = token::probe_main() {
        return code;
    }
    if std::env::var_os(LOG).is_some() {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::from_env(LOG))
            .with_writer(std::io::stderr)
            .init();
    }
    run(Options::parse())
}
