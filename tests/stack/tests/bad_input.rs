//! What comes from outside and is no good: each gets a sentence and a remedy, in Turkish and in English, and nothing is
//! lost by it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;
use stack::{CardArguments, InsertedCard, Service};

use crate::authority::openssl;
use crate::cli::{Cli, card_in};

const SOMETHING_TO_DO: i32 = 1;
const COULD_NOT_LOOK: i32 = 2;

/// Runs the command line in both languages, and returns what it tells in the last one; `error` finds the error in it.
#[track_caller]
fn told(service: &Service, arguments: &[&str], code: i32, error: impl Fn(&Value) -> &Value) -> Value {
    let cli = Cli::of_a_newcomer().unwrap();
    let mut seen: Vec<(String, String)> = Vec::new();
    let mut last = Value::Null;
    for language in ["tr", "en"] {
        let all = [arguments, &["--json", "--lang", language]].concat();
        let finished = cli.run(service, &all).unwrap();
        assert_eq!(
            finished.code(),
            code,
            "{}{}",
            finished.text(),
            finished.complaints()
        );
        last = serde_json::from_slice(&finished.stdout).unwrap();
        let field = |name: &str| error(&last)[name].as_str().unwrap_or_default().to_owned();
        let (what, remedy) = (field("what"), field("remedy"));
        assert!(what.len() > 10 && remedy.len() > 10, "{last:#}");
        assert!(!field("code").is_empty(), "{last:#}");
        if let Some((other, other_remedy)) = seen.last() {
            assert!(
                *other != what && *other_remedy != remedy,
                "one language only: {last:#}"
            );
        }
        seen.push((what, remedy));
    }
    last
}

/// The error of the first reader.
fn of_reader(answer: &Value) -> &Value {
    &answer["readers"][0]["error"]
}

fn of_file(answer: &Value) -> &Value {
    &answer["files"][0]["errors"][0]
}

#[test]
fn a_card_that_nobody_knows() {
    let service = Service::start().unwrap();
    let blank = CardArguments::new(&["--blank"]);
    let _card = InsertedCard::insert(&service, service.reader(0).unwrap(), &blank).unwrap();
    let answer = told(&service, &["cards", "--driverless"], COULD_NOT_LOOK, of_reader);
    assert_eq!(of_reader(&answer)["code"], "unknown-card");
}

#[test]
fn a_card_full_of_garbage() {
    let service = Service::start().unwrap();
    let reader = service.reader(0).unwrap();
    let garbage = CardArguments::practice("garbage");
    let _card = InsertedCard::insert(&service, reader, &garbage).unwrap();
    let (answer, code) = Cli::of_a_newcomer()
        .unwrap()
        .cards(&service, &["--driverless"])
        .unwrap();
    assert_eq!(code, COULD_NOT_LOOK);
    let card = card_in(&answer, reader).unwrap();
    let told = if card.is_null() {
        of_reader(&answer).clone()
    } else {
        card["advice"].clone()
    };
    assert!(
        told.as_object()
            .unwrap()
            .values()
            .any(|text| text.as_str().is_some_and(|text| text.len() > 10))
    );
}

#[test]
fn modules_that_are_missing_foreign_or_none() {
    let service = Service::start().unwrap();
    let practice = CardArguments::practice("sha256");
    let _card = InsertedCard::insert(&service, service.reader(0).unwrap(), &practice).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    // The head of an ELF file for a processor of 32 bits.
    let foreign = [
        b"\x7FELF\x01\x01\x01".as_slice(),
        &[0; 9],
        &[3, 0, 3, 0],
        &[0; 64],
    ]
    .concat();
    let missing = folder.path().join("missing.so");
    for (module, code) in [
        (missing.to_str().unwrap().to_owned(), "module-missing"),
        (file("foreign.so", &foreign), "module-architecture"),
        (file("text.so", b"no library"), "module-load"),
    ] {
        let find = |answer: &Value| -> Value {
            let error = &answer["error"];
            if error.is_null() {
                of_reader(answer).clone()
            } else {
                error.clone()
            }
        };
        let cli = Cli::of_a_newcomer().unwrap();
        let mut sentences = Vec::new();
        for language in ["tr", "en"] {
            let arguments = ["cards", "--json", "--module", &module, "--lang", language];
            let finished = cli.run(&service, &arguments).unwrap();
            assert_eq!(finished.code(), COULD_NOT_LOOK, "{finished:?}");
            let error = find(&serde_json::from_slice(&finished.stdout).unwrap());
            assert_eq!(error["code"], code, "{error:#}");
            assert!(error["remedy"].as_str().unwrap().len() > 10, "{error:#}");
            sentences.push(error["what"].as_str().unwrap().to_owned());
        }
        assert_ne!(sentences.first(), sentences.last(), "one language only");
    }
}

#[test]
fn files_that_are_no_certificates() {
    let service = Service::without_readers().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let huge = vec![0x30; 1 << 20];
    for (name, bytes) in [
        ("empty", &[][..]),
        ("huge", &huge),
        ("picture", b"\xFF\xD8\xFF\xE0JFIF"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        told(
            &service,
            &["certificate", path.to_str().unwrap()],
            COULD_NOT_LOOK,
            of_file,
        );
    }
    let missing = folder.path().join("missing");
    told(
        &service,
        &["certificate", missing.to_str().unwrap()],
        COULD_NOT_LOOK,
        of_file,
    );
}

#[test]
fn a_certificate_that_is_cut_off_is_shown_as_far_as_it_goes() {
    let service = Service::without_readers().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let good = fs::read(fixture("qualified.der")).unwrap();
    let path = folder.path().join("cut");
    fs::write(&path, &good[..good.len() / 2]).unwrap();
    let cli = Cli::of_a_newcomer().unwrap();
    let mut sentences = Vec::new();
    for language in ["tr", "en"] {
        let arguments = [
            "certificate",
            path.to_str().unwrap(),
            "--json",
            "--lang",
            language,
        ];
        let finished = cli.run(&service, &arguments).unwrap();
        assert_eq!(finished.code(), SOMETHING_TO_DO, "{}", finished.text());
        let answer: Value = serde_json::from_slice(&finished.stdout).unwrap();
        let certificate = &answer["files"][0]["certificates"][0];
        assert!(certificate["commonName"].is_string(), "{certificate:#}");
        let problem = &certificate["problems"][0];
        assert_eq!(problem["code"], "truncated", "{certificate:#}");
        sentences.push(problem["text"].as_str().unwrap().to_owned());
    }
    assert_ne!(sentences.first(), sentences.last(), "one language only");
}

#[test]
fn hostile_text_in_a_certificate_is_text_and_nothing_else() {
    let service = Service::without_readers().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let name = "Ayşe\u{202E}gnp.exe\u{1B}[31mkırmızı\u{7}";
    let subject = format!("/C=TR/CN={name}");
    let [key, certificate] = [path("key"), path("certificate.der")];
    openssl(
        "req -x509 -utf8 -newkey rsa:2048 -nodes -days 30 -outform DER",
        &[("-subj", &subject), ("-keyout", &key), ("-out", &certificate)],
    )
    .unwrap();
    let cli = Cli::of_a_newcomer().unwrap();
    let finished = cli.run(&service, &["certificate", &certificate]).unwrap();
    let text = finished.text();
    assert!(text.contains("Ayşe"), "{text}");
    for hostile in ['\u{202E}', '\u{1B}', '\u{7}'] {
        assert!(!text.contains(hostile), "{hostile:?} came through: {text:?}");
    }
}

#[test]
fn a_file_that_may_not_be_read_and_a_folder() {
    let service = Service::without_readers().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.der");
    fs::write(&path, fs::read(fixture("qualified.der")).unwrap()).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    told(
        &service,
        &["certificate", folder.path().to_str().unwrap()],
        COULD_NOT_LOOK,
        of_file,
    );
    // Whoever may read everything reads it.
    if fs::read(&path).is_err() {
        told(
            &service,
            &["certificate", path.to_str().unwrap()],
            COULD_NOT_LOOK,
            of_file,
        );
    }
}

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fixtures/certificates")
        .join(name)
}
