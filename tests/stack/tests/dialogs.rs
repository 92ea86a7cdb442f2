//! Files in and out of the real window: by the system's own dialog, and where there is none.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use stack::{CardArguments, InsertedCard, Key, Program, Service, wait_until};
use tempfile::TempDir;

use stack::desk::{BAD, Desk, GOOD, PATIENCE, WARNING};

/// Places that Tab reaches in a rail without files: two readers, to sign, and this one.
const OPEN_FILE: usize = 4;
/// Places that Tab reaches before the page, where one file is open: one more than without.
const RAIL: usize = 7;

/// A home with the practice authority's certificate in it, and its bytes.
fn home() -> (TempDir, Vec<u8>) {
    let home = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/practice/root.crt");
    std::fs::copy(root, home.path().join("root.crt")).unwrap();
    (home, virtual_card::practice::root_der().to_vec())
}

/// Asks for a file to open, from a page on which nothing has the focus.
fn ask_for_file(desk: &Desk) {
    let keyboard = desk.display.keyboard().unwrap();
    keyboard.press_times(Key::Tab, OPEN_FILE).unwrap();
    keyboard.press(Key::Enter).unwrap();
}

/// From the page of a certificate's file to the question where its copy in DER is to go.
fn ask_where(desk: &Desk) {
    let keyboard = desk.display.keyboard().unwrap();
    // To close the file, its details, to export: the place where DER is offered then.
    keyboard.press_times(Key::Tab, RAIL + 3).unwrap();
    keyboard.press(Key::Enter).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    keyboard.press(Key::Enter).unwrap();
}

/// Types a path into the system's dialog.
fn answer_dialog(desk: &Desk, path: &Path) {
    wait_until("the dialog is there", PATIENCE, || {
        Ok(desk.display.windows()? == 2)
    })
    .unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    desk.fill(&[path.to_str().unwrap()]).unwrap();
    wait_until(
        "the dialog is gone",
        PATIENCE,
        || Ok(desk.display.windows()? == 1),
    )
    .unwrap();
}

#[test]
fn the_systems_dialog_opens_a_certificate_and_names_its_copy() {
    let (home, root) = home();
    let (file, copy) = (home.path().join("root.crt"), home.path().join("copy.cer"));
    let service = Service::start().unwrap();
    let desk = Desk::at_home(home, &service, &[]).unwrap();
    ask_for_file(&desk);
    answer_dialog(&desk, &file);
    desk.wait_for("the certificate is judged", GOOD).unwrap();

    ask_where(&desk);
    // The dialog proposes a name, of which all but the ending is chosen to be typed over.
    answer_dialog(&desk, &copy.with_extension(""));
    wait_until("the copy is there", PATIENCE, || Ok(copy.exists())).unwrap();
    wait_until("it is whole", PATIENCE, || Ok(std::fs::read(&copy)? == root)).unwrap();
}

#[test]
fn without_a_dialog_the_path_is_typed_and_nothing_is_overwritten_unasked() {
    let (home, root) = home();
    let copy = home.path().join("kept.cer");
    std::fs::write(&copy, b"somebody's").unwrap();
    let service = Service::start().unwrap();
    // No program is found, and so none that shows a dialog.
    let desk = Desk::with(home, &service, |command| command.env("PATH", "")).unwrap();
    ask_for_file(&desk);
    desk.display.wait_until_still(PATIENCE).unwrap();
    // Not there: said so, and the question stays.
    desk.fill(&["nothing.crt"]).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    let keyboard = desk.display.keyboard().unwrap();
    keyboard.press_times(Key::Backspace, "nothing.crt".len()).unwrap();
    desk.fill(&["root.crt"]).unwrap();
    desk.wait_for("the certificate is judged", GOOD).unwrap();

    ask_where(&desk);
    desk.display.wait_until_still(PATIENCE).unwrap();
    let proposed = 60;
    keyboard.press_times(Key::Backspace, proposed).unwrap();
    desk.fill(&["kept.cer"]).unwrap();
    desk.display.wait_until_still(PATIENCE).unwrap();
    assert_eq!(
        std::fs::read(&copy).unwrap(),
        b"somebody's",
        "overwritten unasked"
    );
    keyboard.press(Key::Enter).unwrap();
    wait_until(
        "the copy is whole",
        PATIENCE,
        || Ok(std::fs::read(&copy)? == root),
    )
    .unwrap();
}

/// Signs a file with a practice card on the command line: the file, and the signature beside it.
fn signed(folder: &Path, service: &Service) -> (PathBuf, PathBuf) {
    let (file, signature) = (folder.join("letter.txt"), folder.join("letter.txt.p7s"));
    std::fs::write(&file, "Merhaba").unwrap();
    let mut command = Program::KartalCli.command().unwrap();
    command
        .args(["sign", "--driverless", "--stdin"])
        .arg(&file)
        .env("HOME", folder)
        .stdin(Stdio::piped());
    let mut sign = service.hand_to(&mut command).spawn().unwrap();
    let mut input = sign.stdin.take().unwrap();
    input.write_all(b"123456\n").unwrap();
    drop(input);
    assert!(sign.wait().unwrap().success());
    (file, signature)
}

/// Lets whoever lives in this home trust the practice authorities.
fn trust_practice(home: &Path) {
    let files = [
        ("issuer.cer", virtual_card::practice::issuer_der()),
        ("root.cer", virtual_card::practice::root_der()),
    ];
    let files = files.map(|(name, der)| {
        std::fs::write(home.join(name), der).unwrap();
        format!("{:?}", home.join(name).display().to_string())
    });
    let folder = home.join(".config/kartal");
    std::fs::create_dir_all(&folder).unwrap();
    let settings = format!("trust-files = [{}]\n", files.join(", "));
    std::fs::write(folder.join("settings.toml"), settings).unwrap();
}

#[test]
fn a_signature_whose_file_is_elsewhere_asks_for_it() {
    let home = tempfile::tempdir().unwrap();
    let service = Service::start().unwrap();
    let reader = service.reader(0).unwrap().clone();
    let card = InsertedCard::insert(&service, &reader, &CardArguments::practice("sha256")).unwrap();
    let (file, signature) = signed(home.path(), &service);
    drop(card);
    std::fs::rename(file, home.path().join("right.txt")).unwrap();
    std::fs::write(home.path().join("wrong.txt"), "Merhaba!").unwrap();
    for (path, colour, says) in [
        ("wrong.txt", BAD, "it is another file's"),
        ("right.txt", GOOD, "it is this file's"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(home.path().join(path), folder.path().join(path)).unwrap();
        trust_practice(folder.path());
        let desk = Desk::with(folder, &service, |command| {
            command.arg(&signature).env("PATH", "")
        })
        .unwrap();
        desk.wait_for("the file is missing", WARNING).unwrap();
        let keyboard = desk.display.keyboard().unwrap();
        // To close the file, to choose the other.
        keyboard.press_times(Key::Tab, RAIL + 2).unwrap();
        keyboard.press(Key::Enter).unwrap();
        desk.display.wait_until_still(PATIENCE).unwrap();
        desk.fill(&[path]).unwrap();
        desk.wait_for(says, colour).unwrap();
    }
}
