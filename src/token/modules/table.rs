//! The bundled table of modules: which there are, and where they are installed.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::platform;

const BUNDLED: &str = include_str!("../../../assets/modules.toml");

/// The table of modules.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    #[serde(default)]
    places: Places,
    #[serde(default, rename = "module")]
    pub(crate) rows: Vec<Row>,
}

/// The folders that are searched, by system.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Places {
    linux: Vec<String>,
    windows: Vec<String>,
    macos: Vec<String>,
}

/// One module.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// The library's name without the system's additions.
    pub(crate) base: String,
    /// For people.
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) token: Kind,
    /// Further file names.
    #[serde(default)]
    files: Vec<String>,
    /// How it unblocks a PIN, to be tried in this order.
    #[serde(default)]
    pub(crate) unblock: Vec<UnblockVariant>,
}

/// A way to unblock a PIN by its PUK, which PKCS#11 does not have of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum UnblockVariant {
    /// `C_SetPIN` with the PUK as the old PIN, without a login.
    SetPinPuk,
    /// `C_Login` as the security officer with the PUK, then `C_InitPIN`.
    SoLoginInitPin,
}

impl UnblockVariant {
    /// The call that takes the PUK.
    pub(crate) fn call(self) -> &'static str {
        match self {
            Self::SetPinPuk => "C_SetPIN",
            Self::SoLoginInitPin => "C_Login",
        }
    }
}

/// What is behind a module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Cards in readers.
    #[default]
    Card,
    /// Tokens without a reader.
    Software,
}

impl Table {
    /// The table that is bundled with the program.
    pub(crate) fn bundled() -> Self {
        // A broken table is noticed by this module's test, never by a user.
        toml::from_str(BUNDLED).unwrap_or_default()
    }

    /// The bundled rows, sought in this folder alone.
    #[cfg(test)]
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let here = vec![folder.to_string_lossy().into_owned()];
        let places = Places {
            linux: here.clone(),
            windows: here.clone(),
            macos: here,
        };
        Self {
            places,
            ..Self::bundled()
        }
    }

    /// Every file that the table names and that exists, row by row.
    pub(crate) fn existing(&self) -> impl Iterator<Item = PathBuf> + '_ {
        let places: Vec<_> = self
            .places
            .here()
            .iter()
            .filter_map(|place| platform::expand(place))
            .filter(|place| place.is_dir())
            .collect();
        self.rows.iter().flat_map(move |row| {
            let names = row.file_names();
            let files = places
                .iter()
                .flat_map(move |place| names.iter().map(|name| place.join(name)).collect::<Vec<_>>());
            files.filter(|file| file.is_file()).collect::<Vec<_>>()
        })
    }

    /// The base name of a module file: the table's, if it has one, else what is left without the system's
    /// additions.
    pub(crate) fn base_of(&self, path: &Path) -> String {
        let file = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if let Some(row) = self.rows.iter().find(|row| row.file_names().contains(&file)) {
            return row.base.clone();
        }
        let stem = file.split('.').next().unwrap_or_default();
        stem.strip_prefix("lib").unwrap_or(stem).to_owned()
    }
}

impl Places {
    fn here(&self) -> &[String] {
        if cfg!(windows) {
            &self.windows
        } else if cfg!(target_vendor = "apple") {
            &self.macos
        } else {
            &self.linux
        }
    }
}

impl Row {
    fn file_names(&self) -> Vec<String> {
        let mut names = platform::library_names(&self.base);
        names.extend(self.files.iter().cloned());
        names
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_table_parses() {
        let table: Table = toml::from_str(BUNDLED).unwrap();
        assert!(table.rows.len() > 15);
        assert!(
            table
                .rows
                .iter()
                .all(|row| !row.base.is_empty() && !row.name.is_empty())
        );
        let mut bases: Vec<_> = table.rows.iter().map(|row| &row.base).collect();
        bases.sort();
        bases.dedup();
        assert_eq!(bases.len(), table.rows.len(), "a base name twice");
        for places in [&table.places.linux, &table.places.windows, &table.places.macos] {
            assert!(!places.is_empty());
        }
    }

    #[test]
    fn a_misspelt_table_is_refused() {
        assert!(toml::from_str::<Table>("[[module]]\nbase = 'x'\nnaem = 'y'").is_err());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn base_names() {
        let table = Table::bundled();
        for (path, base) in [
            ("/usr/lib/libakisp11.so", "akisp11"),
            ("/usr/lib/akisp11.so", "akisp11"),
            ("/usr/lib/softhsm/libsofthsm2.so", "libsofthsm2"),
            ("/usr/lib64/opensc-pkcs11.so", "opensc-pkcs11"),
            ("/usr/lib/libaetpkss.so.3", "aetpkss1"),
            ("/home/a/libmine.so.1.2", "mine"),
            ("/", ""),
        ] {
            assert_eq!(table.base_of(Path::new(path)), base, "{path}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn files_are_found_in_the_places_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("libakisp11.so");
        std::fs::write(&file, "").unwrap();
        let mut table = Table::in_folder(folder.path());
        table.places.linux.insert(0, "/nowhere".into());
        assert_eq!(table.existing().collect::<Vec<_>>(), [file]);
    }
}
