//! Links of web pages, given to the program by the settings in the real window, as the system's own program tells.

use std::process::Command;

use stack::{Program, Service, wait_until};

use stack::desk::{Desk, PATIENCE};

/// Places that Tab reaches, from the window's beginning to the settings in the rail: two readers, to sign, to open, help,
/// and this one.
const SETTINGS: usize = 6;
/// Places of the settings up to the button for links: two languages, four themes, a larger size, what is kept, a driver, an
/// authority, three fields of a service and its button, and this one.
const TAKE: usize = 15;

#[test]
fn links_of_web_pages_open_this_program_once_it_is_wanted() {
    let service = Service::start().unwrap();
    let mut desk = Desk::start(&service).unwrap();
    let home = desk.home().to_owned();
    let opens = || {
        let mut asking = Command::new("xdg-mime");
        asking
            .args(["query", "default", "x-scheme-handler/kartal"])
            .env("HOME", &home);
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
            asking.env_remove(variable);
        }
        let output = asking.output().expect("package xdg-utils");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(opens(), "", "nobody has asked for it");
    let file = home.join(".local/share/applications/kartal.desktop");
    desk.enter_at(SETTINGS).unwrap();
    assert!(!file.exists(), "before it was asked for");
    // The button is there once the system's own program has answered.
    desk.wait_for_log("what opens links is known").unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.enter(TAKE).unwrap();
    wait_until("links open the program", PATIENCE, || {
        Ok(opens() == "kartal.desktop")
    })
    .unwrap();
    let entry = std::fs::read_to_string(&file).unwrap();
    let program = Program::Kartal.command().unwrap();
    let program = std::fs::canonicalize(program.get_program()).unwrap();
    assert!(
        entry.contains(&format!("Exec=\"{}\" %u\n", program.display())),
        "{entry}"
    );
    desk.kartal.ensure_alive().unwrap();
}
