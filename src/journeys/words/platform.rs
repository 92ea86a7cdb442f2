//! What differs by platform in the remedies.

/// The platform that remedies are written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Linux, and whatever else runs pcsc-lite.
    Linux,
    /// Windows.
    Windows,
}

impl Platform {
    /// The one this program was built for.
    pub const THIS: Self = if cfg!(windows) { Self::Windows } else { Self::Linux };

    /// Its name as the texts select by it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Linux => "linux",
            Self::Windows => "windows",
        }
    }
}
