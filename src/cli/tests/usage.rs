use super::*;

fn of(arguments: &[&str]) -> Said {
    said(world(&Shelf::new()), arguments)
}

#[test]
fn what_is_not_understood_is_said_in_words_on_the_standard_error() {
    let rows = [
        (&["kart"][..], "«kart» diye bir komut yok."),
        (&["cards", "--colour"][..], "«--colour» diye bir seçenek yok."),
        (&["certificate"][..], "Bir şey eksik: <FILE>..."),
        (&["completions", "tcsh"][..], "<SHELL> için «tcsh» olmaz."),
        (
            &["cards", "--driverless", "--module", "x"][..],
            "birlikte kullanılamaz.",
        ),
    ];
    for (arguments, sentence) in rows {
        let said = of(arguments);
        assert_eq!(said.exit, Exit::CouldNotLook, "{arguments:?}");
        assert!(said.err.contains(sentence), "{arguments:?}: {}", said.err);
        assert_eq!(said.out, "");
    }
    let english = of(&["kart", "--lang", "en"]);
    assert!(
        english.err.starts_with("There is no command “kart”."),
        "{}",
        english.err
    );
}

#[test]
fn help_is_whole_in_both_languages_for_every_command() {
    let commands = ["cards", "readers", "certificate", "modules", "completions", "man"];
    for language in ["tr", "en"] {
        for command in commands {
            let said = of(&[command, "--help", "--lang", language]);
            assert_eq!(said.exit, Exit::Fine);
            assert!(
                said.out.ends_with('\n') && said.out.contains("--lang"),
                "{}",
                said.out
            );
            assert!(!said.out.contains("No localization"), "{}", said.out);
        }
    }
    assert!(of(&["--help"]).out.contains("Kullanım: kartal-cli"));
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let said = of(&["completions", shell]);
        assert_eq!(said.exit, Exit::Fine);
        assert!(
            said.out.contains("certificate") && said.out.contains("driverless"),
            "{shell}"
        );
    }
}

#[test]
fn man_pages_are_written_one_for_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let said = of(&["man", "--dir", folder.path().to_str().unwrap()]);
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    let expected = [
        "-cards",
        "-certificate",
        "-completions",
        "-man",
        "-modules",
        "-pin-change",
        "-pin-status",
        "-pin-unlock",
        "-pin",
        "-readers",
        "-replace",
        "-sign",
        "-verify",
        "",
    ];
    assert_eq!(
        names,
        expected.map(|name| std::ffi::OsString::from(format!("kartal-cli{name}.1")))
    );
    assert!(of(&["man"]).out.contains(".SH"));
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let said = of(&["man", "--dir", "/dev/null/x"]);
    assert_eq!(said.exit, Exit::CouldNotLook);
    assert!(said.err.contains("yazılamadı"), "{}", said.err);
}

/// A reader that stops reading.
struct Closed;

impl io::Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn who_stops_reading_hears_no_complaint() {
    let mut err = Vec::new();
    let arguments = ["kartal-cli", "cards", "--lang", "tr"].map(Into::into).to_vec();
    let exit = run(
        arguments,
        world(&shelf(&[("x", Practice::Sha256)])),
        &mut Closed,
        &mut err,
    );
    assert_eq!(exit, Exit::Fine);
    assert!(err.is_empty());
}

#[test]
fn colours_come_only_where_they_are_welcome() {
    let shelf = shelf(&[("x", Practice::Sha256)]);
    assert!(!said(world(&shelf), &["cards"]).out.contains('\u{1B}'));
    let coloured = said(
        World {
            colour: true,
            ..world(&shelf)
        },
        &["cards"],
    );
    assert!(coloured.out.contains("\u{1B}[32m✓ SHA-256"), "{}", coloured.out);
    assert!(
        !said(
            World {
                colour: true,
                ..world(&shelf)
            },
            &["cards", "--json"]
        )
        .out
        .contains('\u{1B}')
    );
}

#[test]
fn both_languages_have_the_same_messages() {
    let ids = |text: &str| -> Vec<String> {
        let lines = text
            .lines()
            .filter(|line| line.contains(" =") && !line.starts_with('#'));
        lines
            .map(|line| line.split(" =").next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(ids(crate::texts::FILES.turkish), ids(crate::texts::FILES.english));
}
