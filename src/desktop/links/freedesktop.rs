//! Linux and other systems with freedesktop.org's files.

use std::{fs, io::Write as _, path::Path};

use directories::BaseDirs;

use super::{LinksError, Standing, plain, said};

const TOOL: &str = "xdg-mime";
/// What asks for links, as files have kinds.
const KIND: &str = "x-scheme-handler/kartal";
const FILE: &str = "kartal.desktop";

pub(super) fn standing(program: &Path) -> Result<Standing, LinksError> {
    let name = said(TOOL, &["query", "default", KIND])?;
    let name = name.trim();
    if name.is_empty() {
        return Ok(Standing::Nobody);
    }
    let ours = entry(program)?;
    let is_ours = name == FILE
        && folder()
            .is_some_and(|folder| fs::read_to_string(folder.join(FILE)).is_ok_and(|there| there == ours));
    Ok(if is_ours { Standing::Ours } else { Standing::Others })
}

pub(super) fn take_over(program: &Path) -> Result<(), LinksError> {
    let entry = entry(program)?;
    let folder = folder().ok_or_else(|| LinksError::Refused("no home folder".to_owned()))?;
    fs::create_dir_all(&folder)?;
    let mut file = tempfile::NamedTempFile::new_in(&folder)?;
    file.write_all(entry.as_bytes())?;
    readable(file.path())?;
    file.persist(folder.join(FILE)).map_err(|error| error.error)?;
    said(TOOL, &["default", FILE, KIND]).map(drop)
}

/// Desktop files are read by other programs of the user; temporary ones are for their owner alone.
fn readable(path: &Path) -> Result<(), LinksError> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o644))?)
}

fn folder() -> Option<std::path::PathBuf> {
    Some(BaseDirs::new()?.data_dir().join("applications"))
}

/// The desktop file.
fn entry(program: &Path) -> Result<String, LinksError> {
    Ok(format!(
        "[Desktop Entry]\n\
         Type=Application\n\
         Name=Kartal\n\
         Comment=Shows e-signature cards and signs\n\
         Comment[tr]=E-imza kartlarını gösterir, imzalar\n\
         Exec={} %u\n\
         Terminal=false\n\
         StartupWMClass=kartal\n\
         MimeType={KIND};\n",
        quoted(plain(program)?)
    ))
}

/// An argument of `Exec`: quoted, and then escaped once more as every text of such a file is.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '`' | '$' => quoted.extend(['\\', '\\', letter]),
            '\\' => quoted.push_str(r"\\\\"),
            '%' => quoted.push_str("%%"),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_path_is_quoted_as_the_specification_says() {
        for (path, line) in [
            ("/usr/bin/kartal", r#"Exec="/usr/bin/kartal" %u"#),
            ("/ev/Ayşe Işık/kartal", r#"Exec="/ev/Ayşe Işık/kartal" %u"#),
            (r#"/a"b$c`d\e%f"#, r#"Exec="/a\\"b\\$c\\`d\\\\e%%f" %u"#),
        ] {
            let entry = entry(Path::new(path)).unwrap();
            assert!(entry.lines().any(|one| one == line), "{entry}");
        }
        assert!(entry(Path::new("/a\nExec=other")).is_err());
    }
}
