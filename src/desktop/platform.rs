//! What differs by platform: whether there is a screen at all, and what groups its windows.

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
