use super::*;
use crate::session::MAX_FILE;

/// The certificate of a practice card, in DER.
fn der(kind: Practice) -> Vec<u8> {
    use token::{Cache, Choice, Opener, TokenHandle};
    let opener = Opener {
        hub: Arc::new(shelf(&[("x", kind)])),
        modules: Arc::new(Modules::default()),
        families: Arc::new(card::Families::bundled()),
        cache: None::<Cache>,
    };
    let token = TokenHandle::open(opener, "x".into(), Choice::Driverless);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let contents = runtime.block_on(token.read(|_| ())).unwrap();
    contents
        .certificates
        .into_iter()
        .find(|each| !each.authority)
        .unwrap()
        .der
}

fn of(bytes: Vec<u8>, arguments: &[&str]) -> Said {
    let input: Box<dyn io::Read> = Box::new(io::Cursor::new(bytes));
    said(
        World {
            input,
            ..world(&Shelf::new())
        },
        arguments,
    )
}

#[test]
fn what_is_no_certificate_is_an_error_in_words() {
    for (bytes, code) in [(Vec::new(), "empty"), (b"Merhaba".to_vec(), "not-a-certificate")] {
        let said = of(bytes, &["certificate", "-", "--json"]);
        assert_eq!(said.exit, Exit::CouldNotLook);
        assert_eq!(said.json()["files"][0]["errors"][0]["code"], code);
    }
}

#[test]
fn a_file_without_end_is_read_up_to_the_limit() {
    let input: Box<dyn io::Read> = Box::new(io::repeat(b'x'));
    let said = said(
        World {
            input,
            ..world(&Shelf::new())
        },
        &["certificate", "-", "--json"],
    );
    assert_eq!(said.exit, Exit::CouldNotLook);
    assert_eq!(said.json()["files"][0]["errors"][0]["code"], "too-large");
    assert!(
        of(vec![b'x'; MAX_FILE], &["certificate", "-", "--json"])
            .out
            .contains("not-a-certificate")
    );
}

#[test]
fn a_missing_file_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("imza.cer");
    std::fs::write(&path, der(Practice::Sha256)).unwrap();
    let said = said(
        world(&Shelf::new()),
        &["certificate", "/nowhere.cer", path.to_str().unwrap(), "--json"],
    );
    assert_eq!(said.exit, Exit::CouldNotLook);
    let json = said.json();
    assert_eq!(json["files"][0]["errors"][0]["code"], "file-unreadable");
    assert_eq!(json["files"][1]["certificates"][0]["verdict"], "fine");
}

#[test]
fn a_trust_file_that_cannot_be_used_stops_everything() {
    let said = of(
        der(Practice::Sha256),
        &["certificate", "-", "--trust", "/nowhere.pem", "--json"],
    );
    assert_eq!(said.exit, Exit::CouldNotLook);
    assert_eq!(said.json()["error"]["code"], "file-unreadable");
}

#[test]
fn a_certificate_is_judged_as_on_a_card() {
    let said = of(der(Practice::Sha1), &["certificate", "-", "--json"]);
    assert_eq!(said.exit, Exit::SomethingToDo);
    assert_eq!(said.json()["files"][0]["certificates"][0]["verdict"], "replace");
    let fine = of(der(Practice::Sha256), &["certificate", "-"]);
    assert_eq!(fine.exit, Exit::Fine);
    assert!(
        fine.out.contains("✓ SHA-256: yapılacak bir şey yok"),
        "{}",
        fine.out
    );
    assert!(!fine.out.contains("10000000214"), "{}", fine.out);
}

#[test]
fn several_certificates_in_one_file_are_all_shown() {
    let both = [der(Practice::Sha1), der(Practice::Sha256)].concat();
    let said = of(both, &["certificate", "-", "--json"]);
    assert_eq!(
        said.json()["files"][0]["certificates"].as_array().unwrap().len(),
        2
    );
}
