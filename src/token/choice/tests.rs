use std::{fs, time::Duration};

use card::Shelf;
use virtual_card::practice::Practice;

use super::*;
use crate::{
    TokenHandle,
    shelf_card::{READER, opener, practice_card},
};

fn read(opener: Opener, choice: Choice) -> Result<Contents, Error> {
    CardToken::new(opener, READER.into(), choice, Interest::default()).read(&mut |_| ())
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap()
        .block_on(future)
}

/// An ELF file for another processor.
fn foreign_module(folder: &std::path::Path) -> PathBuf {
    let mut header = vec![0; 64];
    header[..6].copy_from_slice(b"\x7fELF\x01\x01");
    header[18] = 8;
    let path = folder.join("libown.so");
    fs::write(&path, header).unwrap();
    path
}

#[test]
fn what_pc_sc_sees_comes_first() {
    let shelf = Shelf::new();
    let no_reader = Err(Error::Card(card::Error::NoReader));
    assert_eq!(read(opener(&shelf, None), Choice::Automatic), no_reader);
    shelf.add_reader(READER);
    assert_eq!(
        read(opener(&shelf, None), Choice::Automatic),
        Err(Error::Card(card::Error::NoCard))
    );
}

#[test]
fn a_chosen_module_that_is_missing_is_no_other_way() {
    let (shelf, _card) = practice_card(Practice::Sha1);
    let path = PathBuf::from("/nowhere/libakisp11.so");
    assert_eq!(
        read(opener(&shelf, None), Choice::Module(path.clone())),
        Err(Error::ModuleMissing { path })
    );
}

#[test]
fn a_module_for_another_processor_is_told_beside_the_result() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _card) = practice_card(Practice::Sha1);
    let own = vec![foreign_module(folder.path())];
    let opener = Opener {
        modules: Arc::new(Modules::default().with_own(own)),
        ..opener(&shelf, None)
    };
    let contents = read(opener, Choice::Automatic).unwrap();
    assert_eq!(contents.backend, Backend::Pkcs15);
    let [
        Problem::Module {
            error: Error::ModuleArchitecture { .. },
        },
    ] = contents.problems.as_slice()
    else {
        panic!("{:?}", contents.problems);
    };
}

#[test]
fn a_module_for_another_processor_is_told_instead_of_an_unknown_card() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::new();
    shelf.insert(READER, Atr::new(&[0x3B, 0x00]).unwrap(), |_| {
        Some(vec![0x6A, 0x82])
    });
    assert_eq!(
        read(opener(&shelf, None), Choice::Automatic),
        Err(Error::UnknownCard)
    );
    let own = vec![foreign_module(folder.path())];
    let opener = Opener {
        modules: Arc::new(Modules::default().with_own(own)),
        ..opener(&shelf, None)
    };
    assert!(matches!(
        read(opener, Choice::Automatic),
        Err(Error::ModuleArchitecture { .. })
    ));
}

#[test]
fn a_card_pulled_in_the_middle_is_removed() {
    let (shelf, _card) = practice_card(Practice::Sha1);
    let mut token = CardToken::new(
        opener(&shelf, None),
        READER.into(),
        Choice::Automatic,
        Interest::default(),
    );
    let outcome = token.read(&mut |step| {
        if step == Progress::Directory {
            shelf.pull(READER);
        }
    });
    assert_eq!(outcome, Err(Error::Card(card::Error::Removed)));
}

#[test]
fn a_handle_reads_and_tells_how_far() {
    let (shelf, _card) = practice_card(Practice::TwoKeys);
    let handle = TokenHandle::open(opener(&shelf, None), READER.into(), Choice::Automatic);
    let (steps, told) = std::sync::mpsc::channel();
    let contents = block_on(handle.read(move |step| steps.send(step).unwrap())).unwrap();
    assert_eq!(contents.certificates.len(), 2);
    let told: Vec<_> = told.iter().collect();
    assert_eq!(told.first(), Some(&Progress::Opening));
    assert_eq!(told.last(), Some(&Progress::Certificate { index: 1, count: 2 }));
    let again = block_on(handle.clone().read(|_| ())).unwrap();
    assert_eq!(again.certificates, contents.certificates);
}

#[test]
fn an_abandoned_reading_lets_go_of_the_card() {
    let (shelf, card) = practice_card(Practice::TwoKeys);
    card.lock().unwrap().set_delay(Duration::from_millis(20));
    let handle = TokenHandle::open(opener(&shelf, None), READER.into(), Choice::Automatic);
    block_on(async {
        let reading = handle.read(|_| ());
        assert!(
            tokio::time::timeout(Duration::from_millis(70), reading)
                .await
                .is_err()
        );
    });
    std::thread::sleep(Duration::from_millis(100));
    let sent = card.lock().unwrap().apdu_count();
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(card.lock().unwrap().apdu_count(), sent);
    assert!(sent < 10, "{sent}");
    card.lock().unwrap().set_delay(Duration::ZERO);
    assert!(
        block_on(handle.read(|_| ())).is_ok(),
        "the next one is not affected"
    );
}

#[test]
fn a_slot_of_a_missing_module_is_an_error() {
    let shelf = Shelf::new();
    let path = PathBuf::from("/nowhere/libakisp11.so");
    let handle = TokenHandle::open_slot(opener(&shelf, None), path.clone(), 0);
    assert_eq!(block_on(handle.read(|_| ())), Err(Error::ModuleMissing { path }));
}
