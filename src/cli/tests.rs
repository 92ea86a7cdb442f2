use std::io;
use std::sync::Arc;

use card::{Atr, Exchange, Shelf};
use serde_json::Value;
use time::OffsetDateTime;
use time::macros::datetime;
use token::Modules;
use virtual_card::practice::{self, Practice};
use virtual_card::{Response, VirtualCard};

use crate::{Exit, World, run};

mod cards;
mod files;
mod pin;
mod replace;
mod schema;
mod sign;
mod usage;

const NOW: OffsetDateTime = datetime!(2026-11-20 09:00 UTC);

/// What a run said.
struct Said {
    out: String,
    err: String,
    exit: Exit,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap()
    }
}

/// A world of these readers, without modules, cache, colours and input.
fn world(shelf: &Shelf) -> World {
    World {
        hub: Arc::new(shelf.clone()),
        modules: Arc::new(Modules::default()),
        cache: None,
        now: NOW,
        colour: false,
        input: Box::new(io::empty()),
        terminal: None,
        journal: None,
        profiles: Vec::new(),
    }
}

/// Runs with these arguments, in Turkish unless they say otherwise.
fn said(world: World, arguments: &[&str]) -> Said {
    let language = if arguments.contains(&"--lang") {
        &[][..]
    } else {
        &["--lang", "tr"][..]
    };
    let all = ["kartal-cli"]
        .iter()
        .chain(arguments)
        .chain(language)
        .map(Into::into)
        .collect();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(all, world, &mut out, &mut err);
    Said {
        out: String::from_utf8(out).unwrap(),
        err: String::from_utf8(err).unwrap(),
        exit,
    }
}

/// A shelf with one practice card in each reader.
fn shelf(cards: &[(&str, Practice)]) -> Shelf {
    let shelf = Shelf::new();
    for (reader, kind) in cards {
        insert(&shelf, reader, practice::card(*kind, NOW).unwrap());
    }
    shelf
}

fn insert(shelf: &Shelf, reader: &str, mut card: VirtualCard) {
    let atr = Atr::new(card.atr()).unwrap();
    shelf.insert(reader, atr, move |exchange| match exchange {
        Exchange::Reset => {
            card.reset();
            Some(Vec::new())
        }
        Exchange::Command(command) => match card.transmit(command) {
            Response::Answer(answer) => Some(answer),
            Response::PowerLost => None,
        },
    });
}
