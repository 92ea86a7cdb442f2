//! A command line that was not understood, or asked for help.

use clap::error::{ContextKind, ErrorKind};

use crate::arguments::NAME;
use crate::texts::{Texts, say};
use crate::{Answer, world::Exit};

/// Help where it was wanted; else what was not understood.
pub(crate) fn answer(error: &clap::Error, texts: &Texts, colour: bool) -> Answer {
    let rendered = error.render();
    let text = if colour {
        rendered.ansi().to_string()
    } else {
        rendered.to_string()
    };
    let text = format!("{}\n", text.trim_end());
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Answer::new(text, Exit::Fine),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Answer::failed(text),
        _ => {
            let technical = rendered.to_string().lines().next().unwrap_or_default().to_owned();
            let remedy = say!(texts, "usage-remedy", command = format!("{NAME} --help"));
            Answer::failed(format!("{}\n{remedy}\n{technical}\n", sentence(error, texts)))
        }
    }
}

fn sentence(error: &clap::Error, texts: &Texts) -> String {
    let about = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = about(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => say!(texts, "usage-unknown-argument", argument = argument),
        ErrorKind::InvalidSubcommand => {
            say!(
                texts,
                "usage-unknown-command",
                command = about(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingRequiredArgument => say!(texts, "usage-missing", argument = argument),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            say!(
                texts,
                "usage-value",
                argument = argument,
                value = about(ContextKind::InvalidValue)
            )
        }
        ErrorKind::ArgumentConflict => {
            say!(
                texts,
                "usage-conflict",
                argument = argument,
                other = about(ContextKind::PriorArg)
            )
        }
        _ => say!(texts, "usage-other"),
    }
}
