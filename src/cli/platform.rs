//! What differs by platform, and the little there is to ask of the process's surroundings.

use std::env;

use tracing_subscriber::EnvFilter;

/// Whether colours are wanted (<https://no-color.org>) and understood. Windows' older consoles print the codes.
pub(crate) fn colours_are_welcome() -> bool {
    let unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    let understood = !cfg!(windows) || env::var_os("WT_SESSION").is_some() || env::var_os("TERM").is_some();
    understood && !unwanted && !dumb
}

/// Lets the crates below tell what they do, on the standard error; `RUST_LOG` chooses.
pub(crate) fn trace() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("debug,i18n_embed=warn"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second run in one process (a test) keeps the first one's.
    let _ = subscriber.with_ansi(false).try_init();
}
