//! The modules that p11-kit is configured with (its manual, "p11-kit configuration", pkcs11.conf(5)).

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use crate::platform;

/// A module's configuration is a handful of lines; no more than this many bytes are read.
const MAX_FILE: u64 = 16 * 1024;
/// At most this many configuration files of a folder are looked at.
const MAX_FILES: usize = 64;

/// The module files that are configured and exist, folder by folder, each folder in order of the names.
pub(super) fn configured() -> Vec<PathBuf> {
    let libraries = platform::p11_kit_libraries();
    platform::p11_kit_folders()
        .iter()
        .flat_map(|folder| configurations(folder))
        .filter_map(|text| module(&text))
        .filter_map(|name| resolve(&name, &libraries))
        .collect()
}

fn configurations(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "module"))
        .take(MAX_FILES)
        .collect();
    files.sort();
    files.iter().filter_map(|file| read(file)).collect()
}

fn read(file: &Path) -> Option<String> {
    let mut text = String::new();
    fs::File::open(file)
        .ok()?
        .take(MAX_FILE)
        .read_to_string(&mut text)
        .ok()?;
    Some(text)
}

/// The `module:` of a configuration; none if the module is off, or holds trust anchors instead of keys.
fn module(text: &str) -> Option<String> {
    let value = |key: &str| {
        text.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            (name.trim() == key).then(|| value.trim().to_owned())
        })
    };
    if value("trust-policy").as_deref() == Some("yes") {
        return None;
    }
    value("module").filter(|name| !name.is_empty())
}

fn resolve(name: &str, libraries: &[PathBuf]) -> Option<PathBuf> {
    let name = Path::new(name);
    if name.is_absolute() {
        return name.is_file().then(|| name.to_path_buf());
    }
    libraries
        .iter()
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_module_for_keys_is_left_out() {
        assert_eq!(module(""), None);
        assert_eq!(module("module:\n"), None);
        assert_eq!(module("# module: x.so\nmodul: y.so"), None);
        assert_eq!(
            module("module: p11-kit-trust.so\npriority: 1\ntrust-policy: yes\n"),
            None
        );
    }

    #[test]
    fn a_module_line_is_found() {
        assert_eq!(
            module("# OpenSC\nmodule: opensc-pkcs11.so\n").unwrap(),
            "opensc-pkcs11.so"
        );
        assert_eq!(
            module("critical: no\n module :/opt/a b.so \r\n").unwrap(),
            "/opt/a b.so"
        );
    }

    #[test]
    fn relative_names_are_sought_in_the_library_folders() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.so");
        fs::write(&file, "").unwrap();
        let libraries = [PathBuf::from("/nowhere"), folder.path().to_path_buf()];
        assert_eq!(resolve("a.so", &libraries), Some(file.clone()));
        assert_eq!(resolve(file.to_str().unwrap(), &[]), Some(file));
        assert_eq!(resolve("b.so", &libraries), None);
        assert_eq!(resolve("/nowhere/b.so", &libraries), None);
    }

    proptest! {
        #[test]
        fn any_text_parses(text in "\\PC{0,200}") {
            if let Some(name) = module(&text) {
                prop_assert!(!name.is_empty());
            }
        }
    }
}
