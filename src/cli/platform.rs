//! What differs by platform, and the little there is to ask of the process's surroundings.

use std::env;
use std::fs::File;
use std::io::{self, IsTerminal as _, Read};

use tracing_subscriber::EnvFilter;

use crate::world::Terminal;

/// Whether colours are wanted (<https://no-color.org>) and understood. Windows' older consoles print the codes.
pub(crate) fn colours_are_welcome() -> bool {
    let unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    let understood = !cfg!(windows) || env::var_os("WT_SESSION").is_some() || env::var_os("TERM").is_some();
    understood && !unwanted && !dumb
}

/// Lets the crates below tell what they do, on the standard error; `RUST_LOG` chooses.
pub(crate) fn trace() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("debug,i18n_embed=warn"));
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr);
    // A second run in one process (a test) keeps the first one's.
    let _ = subscriber.with_ansi(false).try_init();
}

/// The standard input without the library's buffer: a secret that is typed or piped lies nowhere but where it is put.
pub(crate) fn input() -> Box<dyn Read> {
    match unbuffered() {
        Ok(file) => Box::new(file),
        // Closed, or of a kind that cannot be doubled.
        Err(_) => Box::new(io::stdin()),
    }
}

/// The terminal behind the standard input.
pub(crate) fn terminal() -> Option<Box<dyn Terminal>> {
    io::stdin()
        .is_terminal()
        .then(|| Box::new(Console::default()) as Box<dyn Terminal>)
}

#[cfg(unix)]
fn unbuffered() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

#[cfg(windows)]
fn unbuffered() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    Ok(io::stdin().as_handle().try_clone_to_owned()?.into())
}

/// The console of this process, and how it was before it was silenced.
#[derive(Default)]
struct Console {
    #[cfg(unix)]
    before: Option<rustix::termios::Termios>,
    #[cfg(windows)]
    before: Option<u32>,
}

#[cfg(unix)]
impl Terminal for Console {
    fn silence(&mut self) -> io::Result<()> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin())?;
        let mut silent = before.clone();
        silent
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        // What was typed before it was asked for is dropped.
        tcsetattr(io::stdin(), OptionalActions::Flush, &silent)?;
        self.before.get_or_insert(before);
        Ok(())
    }

    fn restore(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};
        if let Some(before) = self.before.take() {
            // A terminal that has gone needs nothing any more.
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &before);
        }
    }
}

#[cfg(windows)]
impl Terminal for Console {
    fn silence(&mut self) -> io::Result<()> {
        use winapi_util::{HandleRef, console};
        // ENABLE_PROCESSED_INPUT, ENABLE_LINE_INPUT and ENABLE_ECHO_INPUT.
        const SPOKEN: u32 = 0x1 | 0x2 | 0x4;
        let before = console::mode(HandleRef::stdin())?;
        console::set_mode(HandleRef::stdin(), before & !SPOKEN)?;
        self.before.get_or_insert(before);
        Ok(())
    }

    fn restore(&mut self) {
        use winapi_util::{HandleRef, console};
        if let Some(before) = self.before.take() {
            // A console that has gone needs nothing any more.
            let _ = console::set_mode(HandleRef::stdin(), before);
        }
    }
}
