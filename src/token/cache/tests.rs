use super::*;
use crate::{Backend, CardCertificate, Problem};

fn contents() -> Contents {
    let certificate = CardCertificate {
        id: vec![0x45],
        label: "imza".into(),
        der: vec![0x30, 0],
        authority: false,
        has_private_key: Some(true),
    };
    Contents {
        backend: Backend::Pkcs15,
        label: "VCARD".into(),
        manufacturer: String::new(),
        serial: "0102".into(),
        pins: vec![],
        certificates: vec![certificate],
        problems: vec![],
        apdus: Some(20),
        from_cache: false,
    }
}

fn key(serial: u8) -> Key {
    Key {
        serial: vec![serial],
        state: vec![0, 1],
        choice: Choice::Automatic,
    }
}

fn cache() -> (tempfile::TempDir, Cache) {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::new(folder.path().join("a").join("cards"));
    (folder, cache)
}

#[test]
fn only_the_same_card_in_the_same_state_by_the_same_way_is_found() {
    let (_folder, cache) = cache();
    assert_eq!(cache.get(&key(1)), None, "no folder yet");
    cache.put(&key(1), &contents());
    assert_eq!(
        cache.get(&key(1)),
        Some(Contents {
            from_cache: true,
            ..contents()
        })
    );
    assert_eq!(cache.get(&key(2)), None);
    assert_eq!(
        cache.get(&Key {
            state: vec![0, 2],
            ..key(1)
        }),
        None
    );
    assert_eq!(
        cache.get(&Key {
            choice: Choice::Driverless,
            ..key(1)
        }),
        None
    );
}

#[test]
fn damaged_files_are_removed() {
    let (_folder, cache) = cache();
    let path = cache.path(&key(1));
    let spoil: [fn(&str) -> String; 5] = [
        |_| String::new(),
        |_| "garbage".into(),
        |text| text[..text.len() - 9].into(),
        |text| text.replace("imza", "imsa"),
        |text| text.replace("\"version\":", "\"version\":9"),
    ];
    for spoil in spoil {
        cache.put(&key(1), &contents());
        fs::write(&path, spoil(&fs::read_to_string(&path).unwrap())).unwrap();
        assert_eq!(cache.get(&key(1)), None);
        assert!(!path.exists());
    }
}

#[test]
fn a_file_under_the_name_of_another_card_is_not_believed() {
    let (_folder, cache) = cache();
    cache.put(&key(1), &contents());
    fs::rename(cache.path(&key(1)), cache.path(&key(2))).unwrap();
    assert_eq!(cache.get(&key(2)), None);
}

#[test]
fn readings_with_gaps_and_huge_ones_are_not_kept() {
    let (_folder, cache) = cache();
    cache.put(
        &key(1),
        &Contents {
            problems: vec![Problem::Directory { file: "CDF".into() }],
            ..contents()
        },
    );
    cache.put(
        &key(2),
        &Contents {
            label: "x".repeat(2 << 20),
            ..contents()
        },
    );
    assert_eq!(cache.size(), 0);
}

#[test]
fn the_number_of_cards_is_bounded_and_all_can_be_removed() {
    let (_folder, cache) = cache();
    cache.clear().unwrap();
    for serial in 0..70 {
        cache.put(&key(serial), &contents());
    }
    assert_eq!(cache.files().unwrap().len(), MAX_CARDS);
    fs::write(cache.folder.join("modules.json"), "not a card").unwrap();
    assert!(cache.size() > 0);
    cache.clear().unwrap();
    assert_eq!(cache.size(), 0);
    assert!(cache.folder.join("modules.json").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let cache = Cache::new(file.join("cards"));
    cache.put(&key(1), &contents());
    assert_eq!(cache.get(&key(1)), None);
    assert_eq!(cache.size(), 0);
}

#[test]
#[cfg(unix)]
fn folder_and_files_are_the_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    let (_folder, cache) = cache();
    cache.put(&key(1), &contents());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let path = cache.path(&key(1));
    assert_eq!((mode(&cache.folder), mode(&path)), (0o700, 0o600));
    assert!(!path.file_name().unwrap().to_string_lossy().contains("0102"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    assert_eq!(cache.get(&key(1)), None, "others could have written it");
}
