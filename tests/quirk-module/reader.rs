//! Reads a token through a module and writes what came of it to standard output, as JSON.
//!
//! `quirk-reader [--probe] MODULE` reads the first token that is initialised; `quirk-reader [--probe] MODULE
//! READER` reads the card in a reader of this name. With `--probe` the module is tried in another process first.
#![forbid(unsafe_code)]

use std::{
    env,
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use card::{Atr, Families, Shelf};
use token::{Choice, Contents, Error, Modules, Opener, TokenHandle, probe_main};

fn main() -> ExitCode {
    if let Some(code) = probe_main() {
        return code;
    }
    let mut arguments: Vec<_> = env::args_os().skip(1).collect();
    let probe = arguments.first().is_some_and(|first| first == "--probe");
    arguments.drain(..usize::from(probe));
    let mut arguments = arguments.into_iter();
    let Some(module) = arguments.next().map(PathBuf::from) else {
        return ExitCode::FAILURE;
    };
    let reader = arguments
        .next()
        .map(|reader| reader.to_string_lossy().into_owned());
    let outcome = read(&module, reader, probe);
    let text = serde_json::to_string(&outcome).unwrap_or_default();
    match writeln!(io::stdout(), "{text}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn read(module: &Path, reader: Option<String>, probe: bool) -> Result<Contents, Error> {
    let mut modules = Modules::default().with_patience(Duration::from_secs(1));
    if let (true, Ok(program)) = (probe, env::current_exe()) {
        modules = modules.with_probe(program, None);
    }
    let shelf = Shelf::new();
    let opener = Opener {
        hub: Arc::new(shelf.clone()),
        modules: Arc::new(modules),
        families: Arc::new(Families::bundled()),
        cache: None,
    };
    let handle = if let Some(reader) = reader {
        let atr = Atr::new(&[0x3B, 0x00]).ok_or(Error::UnknownCard)?;
        // A card that only the module knows.
        shelf.insert(&reader, atr, |_| Some(vec![0x6A, 0x82]));
        TokenHandle::open(opener, reader, Choice::Module(module.to_path_buf()))
    } else {
        let tokens = opener.modules.tokens(module)?;
        let slot = tokens
            .into_iter()
            .find(|token| !token.serial.is_empty() || !token.label.is_empty());
        TokenHandle::open_slot(opener, module.to_path_buf(), slot.map_or(0, |token| token.slot))
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .map_err(|_| Error::Closed)?;
    runtime.block_on(handle.read(|_| ()))
}
