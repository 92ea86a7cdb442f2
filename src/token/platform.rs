//! What differs by platform.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

/// Replaces `%NAME%` by environment variables; `None` if one is not set.
pub(crate) fn expand(place: &str) -> Option<PathBuf> {
    let mut path = String::new();
    for (index, part) in place.split('%').enumerate() {
        // Every second part stands between two signs.
        if index % 2 == 1 {
            path.push_str(&std::env::var(part).ok()?);
        } else {
            path.push_str(part);
        }
    }
    Some(PathBuf::from(path))
}

/// The file names of a library with this base name, the usual one first.
pub(crate) fn library_names(base: &str) -> Vec<String> {
    let (prefix, suffix) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let plain = format!("{base}{suffix}");
    if prefix.is_empty() || base.starts_with(prefix) {
        vec![plain]
    } else {
        vec![format!("{prefix}{plain}"), plain]
    }
}

/// Where p11-kit's configuration may be: the user's, the system's, the packages'.
#[cfg(unix)]
pub(crate) fn p11_kit_folders() -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join(".config/pkcs11/modules"));
    let fixed = [
        "/etc/pkcs11/modules",
        "/usr/share/p11-kit/modules",
        "/usr/local/share/p11-kit/modules",
    ];
    home.into_iter().chain(fixed.map(PathBuf::from)).collect()
}

/// Where p11-kit's configuration may be: on Windows it is not in use.
#[cfg(not(unix))]
pub(crate) fn p11_kit_folders() -> Vec<PathBuf> {
    Vec::new()
}

/// Where p11-kit looks for modules that are named without a folder.
pub(crate) fn p11_kit_libraries() -> Vec<PathBuf> {
    let folders = [
        format!("/usr/lib/{}-linux-gnu/pkcs11", std::env::consts::ARCH),
        "/usr/lib64/pkcs11".into(),
        "/usr/lib/pkcs11".into(),
        "/usr/local/lib/pkcs11".into(),
    ];
    folders.map(PathBuf::from).into()
}

/// Keeps a helper process from opening a console window.
#[cfg(windows)]
pub(crate) fn without_window(command: &mut Command) -> &mut Command {
    use std::os::windows::process::CommandExt as _;

    /// `CREATE_NO_WINDOW`, "Process creation flags".
    const NO_WINDOW: u32 = 0x0800_0000;
    command.creation_flags(NO_WINDOW)
}

/// Keeps a helper process from opening a console window: it does so on Windows alone.
#[cfg(not(windows))]
pub(crate) fn without_window(command: &mut Command) -> &mut Command {
    command
}

/// Makes a folder, with those above it, that only the user may look into.
#[cfg(unix)]
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};

    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    // It may have been there before, and more open.
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

/// Makes a folder, with those above it: on Windows folders within the user's profile are the user's alone.
#[cfg(not(unix))]
pub(crate) fn private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Opens a file to read, unless it is another user's, or others may write to it.
#[cfg(unix)]
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::MetadataExt as _;

    let file = File::open(path)?;
    let (file_is, folder_is) = (
        file.metadata()?,
        fs::metadata(path.parent().unwrap_or(Path::new(".")))?,
    );
    if file_is.mode() & 0o077 != 0 || file_is.uid() != folder_is.uid() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    Ok(file)
}

/// Opens a file to read.
#[cfg(not(unix))]
pub(crate) fn open_private(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn places_with_unset_variables_are_left_out() {
        assert_eq!(expand("%KARTAL_NO_SUCH_VARIABLE%/x"), None);
        assert_eq!(expand("/usr/lib"), Some(PathBuf::from("/usr/lib")));
        let path = std::env::var("PATH").unwrap();
        assert_eq!(expand("a%PATH%b"), Some(PathBuf::from(format!("a{path}b"))));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn library_names_are_not_doubled() {
        assert_eq!(library_names("akisp11"), ["libakisp11.so", "akisp11.so"]);
        assert_eq!(library_names("libsofthsm2"), ["libsofthsm2.so"]);
    }
}
