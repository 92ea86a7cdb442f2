//! Kartal on the command line, for scripts and for IT staff: what readers and cards there are, whose they are, and
//! whether anything is to be done.
//!
//! [`run`] is the program; a [`World`] is what it finds around it. Everything is gathered first, then said at once,
//! as text for people or, with `--json`, in the form that `SCHEMA.md` describes.
#![forbid(unsafe_code)]

use std::ffi::OsString;
use std::io::{self, Write};

use journeys::words::{Language, Words};

mod arguments;
mod ask;
mod cards;
mod files;
mod manual;
mod modules;
mod page;
mod pin;
mod platform;
mod readers;
mod render;
mod replace;
mod schema;
mod select;
mod session;
mod sign;
mod texts;
mod usage;
mod verify;
mod world;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;

use arguments::Task;
use session::Session;
use texts::Texts;

pub use world::{Exit, Terminal, World};

/// What a command has to say.
struct Answer {
    /// For the standard output.
    out: String,
    /// For the standard error.
    err: String,
    exit: Exit,
}

impl Answer {
    fn new(out: String, exit: Exit) -> Self {
        Self {
            out,
            err: String::new(),
            exit,
        }
    }

    fn failed(err: String) -> Self {
        Self {
            out: String::new(),
            err,
            exit: Exit::CouldNotLook,
        }
    }
}

/// Runs the program with these arguments, its own name first.
pub fn run(arguments: Vec<OsString>, world: World, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let language = arguments::language(&arguments).unwrap_or_else(Language::from_system);
    let texts = Texts::new(language);
    let answer = match arguments::parse(arguments, &texts) {
        Ok(options) => {
            if options.verbose {
                platform::trace();
            }
            answer(
                Session {
                    options,
                    texts,
                    words: Words::new(language),
                    world,
                },
                err,
            )
        }
        Err(error) => usage::answer(&error, &texts, world.colour),
    };
    // Whoever stopped reading has what they wanted; and a closed standard error cannot be complained about.
    let said = write(out, &answer.out);
    let _ = write(err, &answer.err);
    match said {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::CouldNotLook,
        _ => answer.exit,
    }
}

fn answer(mut session: Session, err: &mut dyn Write) -> Answer {
    match session.options.task.clone() {
        Task::Readers => readers::answer(&session),
        Task::Cards => cards::answer(&session),
        Task::Certificate { files } => files::answer(&mut session, &files),
        Task::Modules { test } => modules::answer(&session, test),
        Task::Pin(task) => pin::answer(&mut session, &task, err),
        Task::Replace(task) => replace::answer(&mut session, &task, err),
        Task::Sign(task) => sign::answer(&mut session, &task, err),
        Task::Verify { file, content } => verify::answer(&session, &file, content.as_deref()),
        Task::Completions { shell } => manual::completions(&session, shell),
        Task::Man { folder } => manual::man(&session, folder.as_deref()),
    }
}

fn write(to: &mut dyn Write, text: &str) -> io::Result<()> {
    to.write_all(text.as_bytes())?;
    to.flush()
}
