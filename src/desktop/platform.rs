//! What differs by platform: where files are, and whether there is a screen at all.

use std::path::PathBuf;

use directories::ProjectDirs;

/// Where this program keeps its files.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The user's settings.
    pub(crate) settings: PathBuf,
    /// Certificates of authorities that the user imported.
    pub(crate) authorities: PathBuf,
    /// Public certificates of cards seen before.
    pub(crate) cache: PathBuf,
    /// Which modules were tried and passed.
    pub(crate) probed: PathBuf,
    /// Where tasks that were cut short say how far they had come.
    pub(crate) journal: PathBuf,
    /// Records of what was signed, where the user keeps them.
    pub(crate) receipts: PathBuf,
    /// The settings file for all users.
    pub(crate) machine: PathBuf,
}

impl Places {
    /// The platform's places. `None` if the user has no home.
    pub(crate) fn of_user() -> Option<Self> {
        let folders = ProjectDirs::from("", "", "kartal")?;
        Some(Self {
            settings: folders.config_dir().to_path_buf(),
            authorities: folders.data_dir().join("authorities"),
            cache: folders.cache_dir().join("certificates"),
            probed: folders.cache_dir().join("modules.json"),
            journal: folders.data_dir().join("journal"),
            receipts: folders.data_dir().join("signed"),
            machine: machine_settings(),
        })
    }
}

#[cfg(windows)]
fn machine_settings() -> PathBuf {
    let folder = std::env::var_os("ProgramData").unwrap_or_else(|| r"C:\ProgramData".into());
    PathBuf::from(folder).join("kartal").join("settings.toml")
}

#[cfg(not(windows))]
fn machine_settings() -> PathBuf {
    PathBuf::from("/etc/kartal/settings.toml")
}

/// Whether a window can be opened. On Linux the windowing library panics where there is none.
#[cfg(all(unix, not(target_os = "macos")))]
pub(crate) fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Whether a window can be opened.
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(crate) fn has_display() -> bool {
    true
}

/// What the window manager groups the window by: `WM_CLASS` on X11, the application id on Wayland, which desktop files
/// refer to.
#[cfg(target_os = "linux")]
pub(crate) fn window_identity() -> iced::window::settings::PlatformSpecific {
    iced::window::settings::PlatformSpecific {
        application_id: "kartal".into(),
        ..Default::default()
    }
}

/// Windows tells windows apart by their program.
#[cfg(not(target_os = "linux"))]
pub(crate) fn window_identity() -> iced::window::settings::PlatformSpecific {
    iced::window::settings::PlatformSpecific::default()
}
