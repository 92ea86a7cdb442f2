//! Shell completions and man pages, made from the description of the command line.

use std::path::Path;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::arguments::{NAME, command};
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, page::Page, world::Exit};

/// The completions for a shell.
pub(crate) fn completions(session: &Session, shell: Shell) -> Answer {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(&session.texts), NAME, &mut script);
    Answer::new(String::from_utf8_lossy(&script).into_owned(), Exit::Fine)
}

/// The program's man page; with a folder, that and one of each command into files.
pub(crate) fn man(session: &Session, folder: Option<&Path>) -> Answer {
    let mut root = command(&session.texts);
    root.build();
    let outcome = match folder {
        None => page(root).map(|page| String::from_utf8_lossy(&page).into_owned()),
        Some(folder) => pages(&root, folder).map(|()| String::new()),
    };
    match outcome {
        Ok(text) => Answer::new(text, Exit::Fine),
        Err(error) => {
            let mut page = Page::new(session.world.colour);
            page.line(0, &say!(session.texts, "man-unwritable"));
            page.small(0, &error.to_string());
            Answer::failed(page.finish())
        }
    }
}

fn pages(root: &Command, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let write =
        |name: &str, command: Command| std::fs::write(folder.join(format!("{name}.1")), page(command)?);
    write(NAME, root.clone())?;
    let named = |above: &str, command: &Command| {
        let name = format!("{above}-{}", command.get_name());
        write(
            &name,
            command
                .clone()
                .display_name(name.clone())
                .version(env!("CARGO_PKG_VERSION")),
        )
        .map(|()| name)
    };
    for command in root.get_subcommands() {
        let name = named(NAME, command)?;
        for below in command.get_subcommands() {
            named(&name, below)?;
        }
    }
    Ok(())
}

fn page(command: Command) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}
