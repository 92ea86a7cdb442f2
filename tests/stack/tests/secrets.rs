//! What is typed into the real window goes to the card, which is a process of its own, and stays nowhere else: not in
//! the window's memory, not in a file, not in what the program says when it logs everything or is made to crash.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use stack::{Key, Running, finish, opensc_module, wait_until};

use crate::authority::HOLDER;
use crate::personalised::Personalised;
use stack::desk::{BAD, Desk, GOOD, PATIENCE};

/// Eight digits: as long as the card keeps a PIN, so that the text is also the block that is sent. No constant of any
/// program.
const OLD: &str = "59360274";
const NEW: &str = "84029163";
const AFTER: &str = "13907452";
const PUK: &str = "70418352";
const SECRETS: [(&str, &str); 4] = [
    ("old PIN", OLD),
    ("new PIN", NEW),
    ("PUK", PUK),
    ("PIN at last", AFTER),
];

#[test]
fn nothing_of_what_was_typed_is_left() {
    let made = Personalised::with_secrets(OLD, PUK).unwrap();
    let mut desk = Desk::start(&made.service).unwrap();

    desk.open_change().unwrap();
    desk.fill(&[OLD, NEW, NEW]).unwrap();
    desk.wait_for("the PIN is changed", GOOD).unwrap();
    assert!(takes(&made, NEW), "the PIN was not changed");
    assert_forgotten(&desk.kartal, "after the change", HOLDER, &SECRETS);

    block(&made);
    unlock(&desk);
    assert!(takes(&made, AFTER), "the PIN was not unlocked");
    assert_forgotten(&desk.kartal, "after the unlock", HOLDER, &SECRETS);

    desk.kartal.signal("ABRT").unwrap();
    wait_until("the window has crashed", PATIENCE, || Ok(!desk.kartal.alive())).unwrap();
    assert!(
        fs::metadata(desk.log()).unwrap().len() > 10_000,
        "nothing was logged"
    );
    for file in files(desk.home()) {
        let bytes = fs::read(&file).unwrap();
        for (_, secret) in SECRETS {
            let found = forms(secret).iter().any(|form| position(&bytes, form).is_some());
            assert!(!found, "{} holds {secret}", file.display());
        }
    }
}

/// From the page that says that the PIN is changed, over the card's page, to a new PIN by the PUK.
fn unlock(desk: &Desk) {
    desk.press(Key::Enter).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.press(Key::Function(5)).unwrap();
    desk.wait_for("the card's page says that it is blocked", BAD)
        .unwrap();
    // The card's PIN, the way out of the block, the way by the PUK.
    for place in [1, 2, 2] {
        desk.enter(place).unwrap();
    }
    desk.fill(&[PUK, AFTER, AFTER]).unwrap();
    desk.wait_for("the PIN is unlocked", GOOD).unwrap();
}

/// Whether another program gets in with this PIN.
fn takes(made: &Personalised, pin: &str) -> bool {
    let mut command = Command::new("pkcs11-tool");
    command.arg("--module").arg(opensc_module().unwrap());
    command.args(["--login", "--pin", pin, "--list-objects"]);
    finish(made.service.hand_to(&mut command)).unwrap().code() == 0
}

/// Another program spends all tries.
fn block(made: &Personalised) {
    for _ in 0..3 {
        assert!(!takes(made, "90000009"));
    }
}

/// Looks through everything that the process can read of its own memory; what is `shown` on the screen has to be there.
#[track_caller]
pub(crate) fn assert_forgotten(kartal: &Running, when: &str, shown: &str, secrets: &[(&str, &str)]) {
    let memory = Memory::of(kartal.id()).unwrap();
    assert!(
        !memory.hits(shown.as_bytes()).unwrap().is_empty(),
        "{when}: what is on the screen is not found in memory: the search is no good"
    );
    for (name, secret) in secrets {
        for form in forms(secret) {
            let hits = memory.hits(&form).unwrap();
            assert!(hits.is_empty(), "{when}: the {name} is in memory: {hits:#?}");
        }
    }
}

/// A secret as text, one byte, two bytes or four bytes a character.
fn forms(secret: &str) -> [Vec<u8>; 3] {
    [
        secret.as_bytes().to_vec(),
        secret.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        secret
            .chars()
            .flat_map(|character| u32::from(character).to_le_bytes())
            .collect(),
    ]
}

/// The memory of a running process.
struct Memory {
    file: String,
    /// Where it begins, how long it is, and what the system calls it.
    regions: Vec<(u64, u64, String)>,
}

impl Memory {
    fn of(process: u32) -> Result<Self> {
        let maps = fs::read_to_string(format!("/proc/{process}/maps"))?;
        let region = |line: &str| {
            let mut words = line.split_whitespace();
            let (from, until) = words.next()?.split_once('-')?;
            // What cannot be written holds constants: a code of six digits is found among them by chance.
            let is_written = words.next()?.starts_with("rw");
            let name = words.nth(3).unwrap_or("(anonymous)").to_owned();
            let from = u64::from_str_radix(from, 16).ok()?;
            let length = u64::from_str_radix(until, 16).ok()?.checked_sub(from)?;
            // The kernel's own pages cannot be read from outside.
            (is_written && !name.starts_with("[v")).then_some((from, length, name))
        };
        Ok(Self {
            file: format!("/proc/{process}/mem"),
            regions: maps.lines().filter_map(region).collect(),
        })
    }

    /// Every place where these bytes are.
    fn hits(&self, wanted: &[u8]) -> Result<Vec<String>> {
        const CHUNK: u64 = 4 << 20;
        let mut memory = File::open(&self.file).context("the memory cannot be read")?;
        let mut hits = Vec::new();
        for (from, length, name) in &self.regions {
            let mut at = 0;
            while at < *length {
                let mut bytes = Vec::new();
                memory.seek(SeekFrom::Start(from + at))?;
                // A region may have been given back since.
                let more = (CHUNK + wanted.len() as u64).min(length - at);
                if (&mut memory).take(more).read_to_end(&mut bytes).is_err() {
                    break;
                }
                let found = position(&bytes, wanted);
                hits.extend(found.map(|place| format!("{name} at {:x}", from + at + place as u64)));
                at += CHUNK;
            }
        }
        Ok(hits)
    }
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    // Most places are dismissed by their first byte.
    let (first, rest) = wanted.split_first()?;
    let mut from = 0;
    while let Some(place) = bytes.get(from..)?.iter().position(|byte| byte == first) {
        let place = from + place;
        if bytes.get(place + 1..place + wanted.len()) == Some(rest) {
            return Some(place);
        }
        from = place + 1;
    }
    None
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect()
}
