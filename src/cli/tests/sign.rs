use std::io::{BufRead as _, BufReader, Cursor, Read as _, Write as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;

use serde_json::json;
use service::{Bytes, Sha256, VerificationCode, control_code};
use virtual_card::practice::PIN;

use super::*;

/// A folder with a file to be signed, and the practice authority's root to be trusted.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        std::fs::write(desk.path("dilekçe.txt"), "Gereğini arz ederim.\n").unwrap();
        std::fs::write(desk.path("root.crt"), practice::root_der()).unwrap();
        std::fs::write(desk.path("issuer.crt"), practice::issuer_der()).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }
}

fn piped(shelf: &Shelf, arguments: &[&str], lines: &str) -> Said {
    said(
        World {
            input: Box::new(Cursor::new(lines.as_bytes().to_vec())),
            ..world(shelf)
        },
        arguments,
    )
}

fn code(said: &Said) -> String {
    said.json()["result"]["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_file_is_signed_next_to_itself_and_judged() {
    let desk = Desk::new();
    let shelf = shelf(&[("Okuyucu", Practice::Sha256)]);
    let file = desk.name("dilekçe.txt");
    let signed = piped(&shelf, &["sign", &file, "--stdin", "--json"], &format!("{PIN}\n"));
    assert_eq!(
        (signed.exit, code(&signed).as_str()),
        (Exit::Fine, "done"),
        "{}",
        signed.out
    );
    let target = format!("{file}.p7s");
    assert_eq!(signed.json()["output"], target);
    assert_eq!(signed.json()["signatory"]["name"], "İbrahim Çağrı Şahingöz");
    assert_eq!(signed.json()["signatory"]["qualified"], true);
    assert!(
        signed.err.contains("deneme amaçlı"),
        "what is unusual is said: {}",
        signed.err
    );

    // Trusted are anchors alone; the issuer is one here, too.
    let (root, issuer) = (desk.name("root.crt"), desk.name("issuer.crt"));
    let trust = ["--trust", root.as_str(), "--trust", issuer.as_str()];
    let verify = |arguments: &[&str]| said(world(&shelf), &[&["verify"], arguments, &trust[..]].concat());
    let judged = verify(&[&target, "--json"]);
    assert_eq!(judged.exit, Exit::Fine, "{}", judged.out);
    assert_eq!(judged.json()["verdict"], "valid");
    assert_eq!(judged.json()["packaging"], "detached");
    assert_eq!(judged.json()["signers"][0]["qualified"], true);
    let text = verify(&[&target]);
    assert!(
        text.out.contains("İmza geçerli") && text.out.contains("İbrahim Çağrı Şahingöz"),
        "{}",
        text.out
    );
    assert!(
        !text.out.contains("10000000214"),
        "the identity number is masked: {}",
        text.out
    );

    std::fs::write(&file, "Başka bir metin.\n").unwrap();
    let changed = verify(&[&target, "--json"]);
    assert_eq!(
        (changed.exit, &changed.json()["verdict"]),
        (Exit::SomethingToDo, &"invalid".into())
    );
    let untrusted = said(world(&shelf), &["verify", &target, "--json"]);
    assert_eq!(untrusted.exit, Exit::SomethingToDo);

    // What is there is not overwritten, and no PIN is spent on it.
    let again = piped(&shelf, &["sign", &file, "--stdin", "--json"], "");
    assert_eq!(
        (again.exit, code(&again).as_str()),
        (Exit::CouldNotLook, "file-exists")
    );
    let output = desk.name("başka.p7s");
    let other = piped(
        &shelf,
        &["sign", &file, "--attached", "--output", &output, "--stdin"],
        &format!("{PIN}\n"),
    );
    assert_eq!(other.exit, Exit::Fine, "{}", other.err);
    let judged = verify(&[&output, "--json"]);
    assert_eq!(judged.json()["packaging"], "attached");
}

#[test]
fn what_cannot_be_signed_costs_no_pin() {
    let desk = Desk::new();
    let file = desk.name("dilekçe.txt");
    let weak = shelf(&[("Okuyucu", Practice::Sha1)]);
    let answer = piped(&weak, &["sign", &file, "--stdin", "--json"], "");
    assert_eq!(
        (answer.exit, code(&answer).as_str()),
        (Exit::SomethingToDo, "weak-hash")
    );
    let empty = shelf(&[("Okuyucu", Practice::Empty)]);
    let answer = piped(&empty, &["sign", &file, "--stdin", "--json"], "");
    assert_eq!(code(&answer), "no-signing-certificate");
    let usual = shelf(&[("Okuyucu", Practice::Sha256)]);
    for (arguments, expected) in [
        (vec!["sign", "/nowhere"], "file-unreadable"),
        (
            vec!["sign", &file, "--certificate", "FFFF"],
            "unknown-certificate",
        ),
        (
            vec!["sign", "--code", "1234", "--service", "https://x.invalid"],
            "code-length",
        ),
        (
            vec![
                "sign",
                "--code",
                "12345678901234x",
                "--service",
                "https://x.invalid",
            ],
            "code-not-digits",
        ),
        (
            vec![
                "sign",
                "--code",
                "111111111111111",
                "--service",
                "https://x.invalid",
            ],
            "code-check-digit",
        ),
    ] {
        let answer = piped(&usual, &[&arguments[..], &["--stdin", "--json"]].concat(), "");
        assert_eq!(code(&answer), expected, "{arguments:?}");
    }
    let none = piped(&Shelf::new(), &["sign", &file, "--stdin", "--json"], "");
    assert_eq!(
        (none.exit, code(&none).as_str()),
        (Exit::CouldNotLook, "no-readers")
    );
    for arguments in [
        &["sign"][..],
        &[
            "sign",
            "x",
            "--code",
            "123456789012345",
            "--service",
            "https://x.invalid",
        ],
        &["sign", "--code", "123456789012345"],
        &["sign", "x", "--attached", "--detached"],
    ] {
        assert_eq!(
            said(world(&usual), arguments).exit,
            Exit::CouldNotLook,
            "{arguments:?}"
        );
    }
}

#[test]
fn of_two_certificates_the_one_for_signing_is_taken_unless_named() {
    let desk = Desk::new();
    let file = desk.name("dilekçe.txt");
    let shelf = shelf(&[("Okuyucu", Practice::TwoKeys)]);
    let lines = format!("{PIN}\n");
    let first = piped(&shelf, &["sign", &file, "--stdin", "--json"], &lines);
    assert_eq!(first.json()["signatory"]["qualified"], true, "{}", first.out);
    let cards = said(world(&shelf), &["cards", "--json"]).json();
    let certificates = cards["readers"][0]["card"]["certificates"].as_array().unwrap();
    let login = certificates
        .iter()
        .find(|each| each["qualified"] == false)
        .unwrap();
    let serial = login["serialNumber"].as_str().unwrap();
    let output = desk.name("x.p7s");
    let second = piped(
        &shelf,
        &[
            "sign",
            &file,
            "--certificate",
            serial,
            "--output",
            &output,
            "--stdin",
            "--json",
        ],
        &lines,
    );
    assert_eq!(second.json()["signatory"]["qualified"], false, "{}", second.out);
    assert!(second.err.contains("nitelikli değil"), "{}", second.err);
}

#[test]
fn a_wrong_pin_is_told_and_nothing_is_written() {
    let desk = Desk::new();
    let shelf = shelf(&[("Okuyucu", Practice::Sha256)]);
    let file = desk.name("dilekçe.txt");
    let answer = piped(&shelf, &["sign", &file, "--stdin", "--json"], "000000\n");
    assert_eq!(
        (answer.exit, code(&answer).as_str()),
        (Exit::SomethingToDo, "wrong-pin")
    );
    assert!(!desk.path("dilekçe.txt.p7s").exists());
    let answer = piped(&shelf, &["sign", &file, "--stdin", "--json"], "123\n");
    assert_eq!(code(&answer), "entry-too-short");
    let no_terminal = piped(&shelf, &["sign", &file, "--json"], "");
    assert_eq!(code(&no_terminal), "no-terminal");
}

#[test]
fn what_is_no_signature_is_told() {
    let desk = Desk::new();
    let judged = said(
        world(&Shelf::new()),
        &["verify", &desk.name("dilekçe.txt"), "--json"],
    );
    assert_eq!(judged.exit, Exit::CouldNotLook);
    assert_eq!(judged.json()["error"]["code"], "no-signature");
    assert_eq!(judged.json()["verdict"], Value::Null);
}

/// A service with one text; what it heard.
fn serve(calls: Arc<Mutex<Vec<String>>>) -> String {
    const TEXT: &str = "Başvurumu onaylıyorum.\u{202E}\n";
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let time = "2026-11-20T09:00:00Z";
    let hash = Sha256::of(TEXT.as_bytes());
    let claim = json!({
        "transactionId": "t", "claimToken": "token-of-this-claim", "requester": "Kurum", "purpose": "Başvuru",
        "controlCode": control_code(&[hash]), "serverTime": time, "createdAt": time,
        "expiresAt": "2026-11-20T09:05:00Z",
        "items": [{"id": "i", "title": "Metin", "mediaType": "text/plain; charset=utf-8",
            "contentBase64": Bytes(TEXT.into()), "sha256": hash}],
        "profile": {"level": "B-B", "packaging": "attached", "digest": "SHA-256", "qualified": true},
    });
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut reader = BufReader::new(stream.unwrap());
            let mut lines = String::new();
            while !lines.ends_with("\r\n\r\n") && reader.read_line(&mut lines).unwrap() > 0 {}
            let lower = lines.to_lowercase();
            let length = lower.split("content-length: ").nth(1).unwrap();
            let mut body = vec![0; length.split("\r\n").next().unwrap().parse().unwrap()];
            reader.read_exact(&mut body).unwrap();
            calls
                .lock()
                .unwrap()
                .push(lines.lines().next().unwrap().to_owned());
            let answer = match lines.split(' ').nth(1).unwrap() {
                "/v1/signing-claims" => claim.to_string(),
                path if path.ends_with("/signatures") => json!({"signedAt": time}).to_string(),
                _ => "{}".to_owned(),
            };
            let length = answer.len();
            let answer =
                format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{answer}");
            let _ = reader.into_inner().write_all(answer.as_bytes());
        }
    });
    address
}

#[test]
fn a_code_is_signed_after_the_texts_were_shown() {
    let desk = Desk::new();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let address = serve(Arc::clone(&heard));
    let verification = VerificationCode::with_check_digit("12345678901234")
        .unwrap()
        .grouped();
    let shelf = shelf(&[("Okuyucu", Practice::Sha256)]);
    let keep = desk.name("kayıtlar");
    let arguments = [
        "sign",
        "--code",
        &verification,
        "--service",
        &address,
        "--keep",
        &keep,
        "--stdin",
        "--json",
    ];
    let answer = piped(&shelf, &arguments, &format!("{PIN}\n"));
    assert_eq!(
        (answer.exit, code(&answer).as_str()),
        (Exit::Fine, "done"),
        "{}{}",
        answer.out,
        answer.err
    );
    assert_eq!(answer.json()["items"], 1);
    assert!(
        answer.err.contains("Başvurumu onaylıyorum.⟨U+202E⟩"),
        "{}",
        answer.err
    );
    assert_eq!(std::fs::read_dir(&keep).unwrap().count(), 1);
    assert_eq!(heard.lock().unwrap().len(), 2);

    // Nobody typed a PIN: the page is told.
    heard.lock().unwrap().clear();
    let answer = piped(&shelf, &arguments, "");
    assert_eq!(code(&answer), "input-ended");
    let heard = heard.lock().unwrap();
    assert!(heard[1].contains("/refusal"), "{heard:?}");
    drop(heard);
}

#[test]
fn a_card_that_cannot_sign_claims_no_code() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let address = serve(Arc::clone(&heard));
    let verification = VerificationCode::with_check_digit("12345678901234").unwrap();
    let shelf = shelf(&[("Okuyucu", Practice::Sha1)]);
    let arguments = [
        "sign",
        "--code",
        verification.as_str(),
        "--service",
        &address,
        "--stdin",
        "--json",
    ];
    let answer = piped(&shelf, &arguments, "");
    assert_eq!(code(&answer), "weak-hash");
    assert!(heard.lock().unwrap().is_empty());
}
