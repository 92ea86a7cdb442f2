//! `modules`: the PKCS#11 modules of this machine, and whether they can be used.

use journeys::look::Urgency;
use journeys::words::Sentence;
use token::{FoundModule, ModuleState};

use crate::page::Page;
use crate::session::Session;
use crate::texts::say;
use crate::{Answer, render, schema, world::Exit};

/// A module file, and what came of trying it.
struct Listed {
    module: FoundModule,
    tokens: Option<usize>,
    error: Option<Sentence>,
}

/// Lists the module files; with `test`, loads each of them.
pub(crate) fn answer(session: &Session, test: bool) -> Answer {
    let own = session.options.module.iter().cloned().collect();
    let found = session.world.modules.with_own(own).found();
    let listed: Vec<Listed> = found
        .into_iter()
        .map(|module| look(module, test, session))
        .collect();
    let unusable = listed.iter().any(|listed| listed.error.is_some());
    let exit = if unusable { Exit::SomethingToDo } else { Exit::Fine };
    Answer::new(
        if session.options.json {
            json(&listed)
        } else {
            text(&listed, session)
        },
        exit,
    )
}

fn look(module: FoundModule, test: bool, session: &Session) -> Listed {
    let (tokens, error) = match &module.state {
        ModuleState::Unusable(error) => (None, Some(error.clone())),
        ModuleState::Usable if test => match session.world.modules.tokens(&module.path) {
            Ok(tokens) => (Some(tokens.len()), None),
            Err(error) => (None, Some(error)),
        },
        ModuleState::Usable => (None, None),
    };
    Listed {
        module,
        tokens,
        error: error.map(|error| session.words.token_error(&error)),
    }
}

fn json(listed: &[Listed]) -> String {
    let module = |listed: &Listed| schema::Module {
        path: listed.module.path.to_string_lossy().into_owned(),
        name: listed.module.name.clone(),
        usable: listed.error.is_none(),
        tokens: listed.tokens,
        error: listed.error.clone().map(Into::into),
    };
    schema::document(schema::Modules {
        modules: listed.iter().map(module).collect(),
    })
}

fn text(listed: &[Listed], session: &Session) -> String {
    let texts = &session.texts;
    let mut page = Page::new(session.world.colour);
    if listed.is_empty() {
        page.judged(0, Urgency::Information, &say!(texts, "no-modules"));
        page.paragraph(2, &say!(texts, "no-modules", "text"));
    }
    for Listed {
        module,
        tokens,
        error,
    } in listed
    {
        page.title(0, &render::clean(&module.name));
        page.line(2, &render::clean(&module.path.to_string_lossy()));
        match (error, tokens) {
            (Some(sentence), _) => page.sentence(2, sentence),
            (None, Some(count)) => {
                page.judged(2, Urgency::Good, &say!(texts, "module-works", count = (*count)));
            }
            (None, None) => page.judged(2, Urgency::Good, &say!(texts, "module-usable")),
        }
    }
    page.finish()
}
