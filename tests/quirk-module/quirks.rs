//! What the token crate makes of modules that do not behave: each quirk of the quirk module a test, with a
//! `SoftHSM2` token behind it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use token::{CardCertificate, Contents, Error, Problem, TriesLeft};

const READER: &str = "Virtual PCD 00 00";

/// A `SoftHSM2` token with one certificate and its key pair.
struct Stage {
    folder: TempDir,
    der: Vec<u8>,
}

impl Stage {
    /// Certificate and keys have the same `CKA_ID`.
    fn new() -> Self {
        Self::with_key_id("45")
    }

    fn with_key_id(key_id: &str) -> Self {
        let stage = Self::empty();
        stage.write("cert.der", "cert", "45");
        stage.write("private.der", "privkey", key_id);
        stage.write("public.der", "pubkey", key_id);
        stage
    }

    fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("tokens")).unwrap();
        let configuration = format!("directories.tokendir = {}/tokens\n", folder.path().display());
        fs::write(folder.path().join("softhsm2.conf"), configuration).unwrap();
        let stage = Self {
            folder,
            der: Vec::new(),
        };
        let openssl = |arguments: &str| stage.run("openssl", arguments);
        openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -subj /CN=Quirk -days 9 -outform DER -out cert.der",
        );
        openssl("pkey -in key.pem -outform DER -out private.der");
        openssl("pkey -in key.pem -pubout -outform DER -out public.der");
        stage.run(
            "softhsm2-util",
            "--init-token --free --label quirks --pin 1234 --so-pin 12345678",
        );
        let der = fs::read(stage.folder.path().join("cert.der")).unwrap();
        Self { der, ..stage }
    }

    fn write(&self, file: &str, kind: &str, id: &str) {
        let soft_hsm = soft_hsm();
        self.run(
            "pkcs11-tool",
            &format!(
                "--module {} --token-label quirks --login --pin 1234 --write-object {file} --type {kind} --id {id} --label imza",
                soft_hsm.display()
            ),
        );
    }

    fn run(&self, program: &str, arguments: &str) {
        let output = self
            .command(program)
            .args(arguments.split(' '))
            .output()
            .unwrap_or_else(|error| {
                panic!("{program} cannot be started ({error}): install softhsm2, opensc, openssl")
            });
        assert!(
            output.status.success(),
            "{program} {arguments}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.folder.path())
            .env("SOFTHSM2_CONF", self.folder.path().join("softhsm2.conf"))
            .env("KARTAL_QUIRK_TARGET", soft_hsm());
        command
    }

    /// Reads the token through the quirk module with these quirks.
    fn read(&self, quirks: &str) -> Result<Contents, Error> {
        outcome(&self.start(quirks, &[]))
    }

    fn start(&self, quirks: &str, options: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_quirk-reader"));
        command
            .env("KARTAL_QUIRK", quirks)
            .args(options)
            .arg(module())
            .output()
            .unwrap()
    }

    /// That no process which was started here outlives the program that started it.
    fn assert_that_nothing_runs_any_more(&self) {
        let ours = self.folder.path().as_os_str().as_encoded_bytes();
        let is_ours = |process: &fs::DirEntry| {
            let environment = fs::read(process.path().join("environ")).unwrap_or_default();
            environment.windows(ours.len()).any(|part| part == ours)
        };
        let left = || {
            let processes = fs::read_dir("/proc").unwrap().flatten();
            processes
                .filter(is_ours)
                .map(|process| process.file_name())
                .collect::<Vec<_>>()
        };
        let start = Instant::now();
        while !left().is_empty() {
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "still there: {:?}",
                left()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Reads the card in a reader, as which the token passes itself off.
    fn read_in_reader(&self, quirks: &str, slot_says: &str) -> Result<Contents, Error> {
        let mut command = self.command(env!("CARGO_BIN_EXE_quirk-reader"));
        command
            .env("KARTAL_QUIRK", quirks)
            .env("KARTAL_QUIRK_READER", slot_says)
            .arg(module())
            .arg(READER);
        outcome(&command.output().unwrap())
    }

    /// The one certificate, as it has to come out whatever the module does beside.
    fn certificate(&self, has_private_key: Option<bool>) -> CardCertificate {
        CardCertificate {
            id: vec![0x45],
            label: "imza".into(),
            der: self.der.clone(),
            authority: false,
            has_private_key,
        }
    }

    fn assert_read(&self, quirks: &str) -> Contents {
        let contents = self.read(quirks).unwrap();
        // Whether the key is there shows after login.
        assert_eq!(contents.certificates, [self.certificate(None)], "{quirks}");
        contents
    }
}

fn outcome(output: &Output) -> Result<Contents, Error> {
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(&text)
        .unwrap_or_else(|error| panic!("{error}: {text} {}", String::from_utf8_lossy(&output.stderr)))
}

fn soft_hsm() -> PathBuf {
    let usual = [
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib64/softhsm/libsofthsm2.so",
        "/usr/lib64/pkcs11/libsofthsm2.so",
    ];
    usual
        .iter()
        .map(PathBuf::from)
        .find(|path| path.is_file())
        .expect("SoftHSM2 is missing: install softhsm2")
}

/// Where cargo puts libraries that a test depends on.
fn module() -> PathBuf {
    let folder = Path::new(env!("CARGO_BIN_EXE_quirk-reader")).with_file_name("deps");
    let path = folder.join("libquirk_module.so");
    assert!(
        path.is_file(),
        "{} is missing: run `cargo build -p quirk-module` first",
        path.display()
    );
    path
}

fn pkcs11(call: &str, code: u64) -> Error {
    Error::Pkcs11 {
        call: call.into(),
        code,
    }
}

fn one_unreadable(contents: &Contents) {
    assert_eq!(contents.certificates, []);
    assert_eq!(contents.problems, [Problem::Certificate { label: "imza".into() }]);
}

#[test]
fn without_a_quirk() {
    let contents = Stage::new().assert_read("");
    assert_eq!((contents.label.as_str(), contents.problems), ("quirks", vec![]));
    assert_eq!(contents.pins[0].tries_left, TriesLeft::Unknown);
}

#[test]
fn init_args() {
    Stage::new().assert_read("init-args");
}

#[test]
fn crash_at_load() {
    let stage = Stage::empty();
    let crashed = Err(Error::ModuleCrashed { path: module() });
    assert_eq!(outcome(&stage.start("crash-at-load", &["--probe"])), crashed);
    assert!(
        !stage.start("crash-at-load", &[]).status.success(),
        "without the probe it is the end of the program"
    );
}

#[test]
fn crash_at_init() {
    let crashed = Err(Error::ModuleCrashed { path: module() });
    assert_eq!(
        outcome(&Stage::empty().start("crash-at-init", &["--probe"])),
        crashed
    );
}

#[test]
fn hang_at_init() {
    let stage = Stage::empty();
    let hangs = Err(Error::ModuleHangs { path: module() });
    assert_eq!(outcome(&stage.start("hang-at-init", &["--probe"])), hangs);
    assert_eq!(stage.read("hang-at-init"), hangs);
    stage.assert_that_nothing_runs_any_more();
}

#[test]
fn hang_at_slots() {
    let stage = Stage::empty();
    let hangs = Err(Error::ModuleHangs { path: module() });
    assert_eq!(outcome(&stage.start("hang-at-slots", &["--probe"])), hangs);
}

#[test]
fn a_good_module_passes_the_probe() {
    let stage = Stage::new();
    let contents = outcome(&stage.start("", &["--probe"])).unwrap();
    assert_eq!(contents.certificates.len(), 1);
}

#[test]
fn empty_slots() {
    let stage = Stage::new();
    stage.assert_read("empty-slots");
    let contents = stage.read_in_reader("empty-slots", READER).unwrap();
    assert_eq!(contents.certificates, [stage.certificate(None)]);
}

#[test]
fn huge_slot_count() {
    // The slots that there was room for are looked at; most of them are none.
    Stage::new().assert_read("huge-slot-count");
}

#[test]
fn the_slot_is_found_by_the_readers_name() {
    let stage = Stage::new();
    assert!(stage.read_in_reader("", READER).is_ok());
    assert!(stage.read_in_reader("", &format!("{READER}   ")).is_ok());
    assert!(
        stage.read_in_reader("", "AKIS").is_err(),
        "two slots have a token: which is meant?"
    );
}

#[test]
fn no_label() {
    let contents = Stage::new().read_in_reader("no-label", READER).unwrap();
    assert_eq!((contents.label.as_str(), contents.serial.as_str()), ("", ""));
    assert_eq!(contents.certificates.len(), 1);
}

#[test]
fn bad_label() {
    let stage = Stage::new();
    let contents = stage.assert_read("bad-label");
    let field = |name: &str| Problem::Field { name: name.into() };
    assert_eq!(
        contents.problems,
        [
            field("CK_TOKEN_INFO.label"),
            field("CK_TOKEN_INFO.manufacturerID")
        ]
    );
    assert_eq!(
        (contents.pins[0].min_length, contents.pins[0].max_length),
        (None, Some(3))
    );
}

#[test]
fn count_low() {
    assert_eq!(
        Stage::new().assert_read("count-low").pins[0].tries_left,
        TriesLeft::Few
    );
}

#[test]
fn final_try() {
    assert_eq!(
        Stage::new().assert_read("final-try").pins[0].tries_left,
        TriesLeft::Exact(1)
    );
}

#[test]
fn locked() {
    assert_eq!(
        Stage::new().assert_read("locked,final-try").pins[0].tries_left,
        TriesLeft::Exact(0)
    );
}

#[test]
fn not_recognised() {
    let not_recognised = Err(Error::NotRecognised { path: module() });
    assert_eq!(
        Stage::empty().read_in_reader("not-recognised", READER),
        not_recognised
    );
}

#[test]
fn lying_length() {
    one_unreadable(&Stage::new().read("lying-length").unwrap());
}

#[test]
fn huge_length() {
    one_unreadable(&Stage::new().read("huge-length").unwrap());
}

#[test]
fn unavailable() {
    one_unreadable(&Stage::new().read("unavailable").unwrap());
}

#[test]
fn empty_value() {
    one_unreadable(&Stage::new().read("empty-value").unwrap());
}

#[test]
fn growing_length() {
    Stage::new().assert_read("growing-length");
}

#[test]
fn no_type() {
    Stage::new().assert_read("no-type");
}

#[test]
fn sign_false() {
    Stage::new().assert_read("sign-false");
}

#[test]
fn duplicates() {
    Stage::new().assert_read("duplicates");
}

#[test]
fn endless_objects() {
    Stage::new().assert_read("endless-objects");
}

#[test]
fn lying_count() {
    // What was beyond the room for objects is not looked at; what was within is, and most of it is none.
    let contents = Stage::new().assert_read("lying-count");
    assert_eq!(contents.problems, [Problem::Certificate { label: String::new() }]);
}

#[test]
fn private_keys_that_show_are_matched_by_id() {
    let stage = Stage::new();
    assert_eq!(
        stage.read("keys-show").unwrap().certificates,
        [stage.certificate(Some(true))]
    );
}

#[test]
fn a_key_of_another_id_is_matched_by_the_key_itself() {
    let stage = Stage::with_key_id("46");
    assert_eq!(
        stage.read("keys-show").unwrap().certificates,
        [stage.certificate(Some(true))]
    );
}

#[test]
fn a_token_that_hides_nothing_and_shows_no_key_has_none() {
    let stage = Stage::new();
    assert_eq!(
        stage.read("no-login").unwrap().certificates,
        [stage.certificate(Some(false))]
    );
}

#[test]
fn two_keys_of_one_id() {
    let stage = Stage::new();
    stage.write("private.der", "privkey", "45");
    stage.write("public.der", "pubkey", "45");
    assert_eq!(
        stage.read("keys-show").unwrap().certificates,
        [stage.certificate(Some(true))]
    );
}

#[test]
fn stale_session() {
    Stage::new().assert_read("stale-session");
}

#[test]
fn device_removed() {
    assert_eq!(
        Stage::new().read("device-removed"),
        Err(pkcs11("C_FindObjectsInit", 0x32))
    );
}

#[test]
fn general_error() {
    assert_eq!(
        Stage::new().read("general-error"),
        Err(pkcs11("C_FindObjectsInit", 0x05))
    );
}
