use std::fs;

use proptest::prelude::*;
use tempfile::TempDir;
use time::macros::datetime;

use super::*;

const NOW: time::OffsetDateTime = datetime!(2026-11-21 09:43:31 UTC);

struct Place {
    folder: TempDir,
    store: Store,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::new(folder.path().join("user"), folder.path().join("machine.toml"));
    Place { folder, store }
}

impl Place {
    fn user(&self, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.folder.path().join("user")).unwrap();
        fs::write(self.folder.path().join("user/settings.toml"), text).unwrap();
    }

    fn machine(&self, text: &str) {
        fs::write(self.folder.path().join("machine.toml"), text).unwrap();
    }
}

fn atr(last: u8) -> card::Atr {
    card::Atr::new(&[0x3B, 0x80, last]).unwrap()
}

#[test]
fn a_broken_file_is_kept_and_defaults_are_used() {
    for broken in ["language = ", "theme = \"purple\"", "text-scale = -1"] {
        let place = place();
        place.user(broken);
        let (settings, problems) = place.store.load(NOW);
        assert_eq!(settings, Settings::default());
        let kept = place
            .folder
            .path()
            .join("user/settings.broken-20261121-094331.toml");
        assert_eq!(
            problems,
            [LoadProblem::Broken {
                kept: Some(kept.clone())
            }]
        );
        assert_eq!(fs::read_to_string(kept).unwrap(), broken);
        assert_eq!(place.store.load(NOW).1, [], "told once");
    }
}

#[test]
fn bytes_that_are_no_text_and_files_without_end_are_broken() {
    for bytes in [vec![0xFF, 0xFE, 0x00], vec![b'#'; 300 * 1024]] {
        let place = place();
        place.user(bytes);
        assert!(matches!(
            place.store.load(NOW).1[..],
            [LoadProblem::Broken { .. }]
        ));
    }
}

#[test]
fn a_broken_file_for_all_users_is_told_and_left_alone() {
    let place = place();
    place.machine("[");
    place.user("text-scale = 150");
    let (settings, problems) = place.store.load(NOW);
    assert_eq!(settings.text_scale().percent(), 150);
    assert!(matches!(problems[..], [LoadProblem::Machine { .. }]));
    assert!(place.folder.path().join("machine.toml").exists());
}

#[test]
fn nothing_on_disk_is_no_problem() {
    let (settings, problems) = place().store.load(NOW);
    assert_eq!((settings, problems), (Settings::default(), vec![]));
}

#[test]
fn unknown_keys_are_ignored() {
    let place = place();
    place.user("from-the-future = { a = 1 }\ntheme = \"dark\"");
    let (settings, problems) = place.store.load(NOW);
    assert_eq!((settings.theme(), problems), (Mode::Dark, vec![]));
}

#[test]
fn the_user_overrides_the_administrator() {
    let place = place();
    place.machine(
        "language = \"en\"\ntext-scale = 120\nmodules = [\"/m.so\"]\nkeep-public-certificates = false",
    );
    place.user("text-scale = 150\nmodules = [\"/u.so\"]");
    let (settings, _) = place.store.load(NOW);
    assert_eq!(settings.language(), Some(Language::English));
    assert_eq!(settings.text_scale().percent(), 150);
    assert_eq!(
        settings.modules(),
        [PathBuf::from("/u.so"), PathBuf::from("/m.so")]
    );
    assert!(!settings.keeps_public_certificates());
}

#[test]
fn what_is_saved_is_read_again_and_the_administrators_is_not_copied() {
    let place = place();
    place.machine("theme = \"light\"");
    let (mut settings, _) = place.store.load(NOW);
    settings.set_language(Language::English);
    settings.set_text_scale(TextScale::from_percent(130));
    settings.set_window(1000.4, 700.0);
    settings.set_way(&atr(1), Choice::Driverless);
    settings.set_way(&atr(2), Choice::Module("/x.so".into()));
    place.store.save(&settings).unwrap();
    assert_eq!(place.store.load(NOW), (settings, vec![]));
    let written = fs::read_to_string(place.folder.path().join("user/settings.toml")).unwrap();
    assert!(!written.contains("theme"), "{written}");
}

#[test]
fn a_place_that_cannot_be_written_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let store = Store::new(file.join("below"), folder.path().join("none"));
    let error = store.save(&Settings::default()).unwrap_err();
    assert_eq!(error.path, file.join("below/settings.toml"));
}

#[test]
fn a_way_back_to_the_default_leaves_no_trace() {
    let mut settings = Settings::default();
    settings.set_way(&atr(1), Choice::Driverless);
    assert_eq!(settings.way(&atr(1)), Choice::Driverless);
    assert_eq!(settings.way(&atr(2)), Choice::Automatic);
    settings.set_way(&atr(1), Choice::Automatic);
    assert_eq!(settings, Settings::default());
}

#[test]
fn text_scale_stays_within_its_ends() {
    assert_eq!(TextScale::from_percent(0).percent(), 100);
    assert_eq!(TextScale::from_percent(u16::MAX).percent(), 200);
    assert_eq!(TextScale::from_percent(200).larger(), None);
    assert_eq!(TextScale::NORMAL.smaller(), None);
    assert_eq!(TextScale::from_percent(105).smaller(), Some(TextScale::NORMAL));
}

proptest! {
    #[test]
    fn any_window_size_in_the_file_gives_a_usable_window(width in any::<f32>(), height in any::<f32>()) {
        let mut settings = Settings::default();
        settings.user.window = Some(Window { width, height });
        let (width, height) = settings.window();
        prop_assert!((900.0..=MAX_WINDOW).contains(&width) && (600.0..=MAX_WINDOW).contains(&height));
    }

    #[test]
    fn any_text_loads(text in "(?s).{0,200}") {
        let place = place();
        place.user(text);
        place.store.load(NOW);
    }
}
