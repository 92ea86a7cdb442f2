//! Where files are kept: the same for the window and the command line, so that each goes on with what the other began.

use std::path::PathBuf;

use directories::ProjectDirs;

use crate::platform;

/// Where this program keeps its files.
#[derive(Clone, Debug)]
pub struct Places {
    /// The folder of the user's settings.
    pub settings: PathBuf,
    /// Certificates of authorities that the user imported.
    pub authorities: PathBuf,
    /// Public certificates of cards seen before.
    pub cache: PathBuf,
    /// Which modules were tried and passed.
    pub probed: PathBuf,
    /// Where tasks that were cut short say how far they had come.
    pub journal: PathBuf,
    /// Records of what was signed, where the user keeps them.
    pub receipts: PathBuf,
    /// The settings file for all users.
    pub machine: PathBuf,
}

impl Places {
    /// The platform's places. `None` if the user has no home.
    pub fn of_user() -> Option<Self> {
        let folders = ProjectDirs::from("", "", "kartal")?;
        Some(Self {
            settings: folders.config_dir().to_path_buf(),
            authorities: folders.data_dir().join("authorities"),
            cache: folders.cache_dir().join("certificates"),
            probed: folders.cache_dir().join("modules.json"),
            journal: folders.data_dir().join("journal"),
            receipts: folders.data_dir().join("signed"),
            machine: platform::machine_settings(),
        })
    }

    /// The user's settings file, then the one for all users: what the first says counts.
    pub fn settings_files(&self) -> [PathBuf; 2] {
        [self.settings.join("settings.toml"), self.machine.clone()]
    }
}
