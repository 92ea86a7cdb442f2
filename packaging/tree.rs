//! The files of the repository before and after: a check must not change what it checks. A picture or an
//! expectation that a test creates because none is there would pass, today and for ever.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Every file of the repository, with a digest of its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tree(BTreeMap<PathBuf, u64>);

impl Tree {
    /// The files as they are now.
    pub(crate) fn now() -> Result<Self> {
        let mut files = BTreeMap::new();
        read_folder(Path::new("."), &mut files)?;
        Ok(Self(files))
    }

    /// What is different in `later`: one line a file.
    pub(crate) fn differences(&self, later: &Self) -> Vec<String> {
        let gone = self.0.keys().filter(|path| !later.0.contains_key(*path));
        let gone = gone.map(|path| format!("deleted  {}", path.display()));
        let there = later
            .0
            .iter()
            .filter_map(|(path, digest)| match self.0.get(path) {
                None => Some(format!("created  {}", path.display())),
                Some(before) if before != digest => Some(format!("changed  {}", path.display())),
                Some(_) => None,
            });
        gone.chain(there).collect()
    }
}

fn read_folder(folder: &Path, files: &mut BTreeMap<PathBuf, u64>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = entry.path();
        if is_ignored(&path) {
            continue;
        }
        // Links are not followed: what they point to is counted where it is.
        if entry.file_type()?.is_dir() {
            read_folder(&path, files)?;
        } else {
            files.insert(path.clone(), digest(&path));
        }
    }
    Ok(())
}

/// What version control ignores, too: builds, and itself.
fn is_ignored(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let at_the_root = path.parent() == Some(Path::new("."));
    (at_the_root && (name == ".git" || name.starts_with("target"))) || name.ends_with(".profraw")
}

/// A file that cannot be read counts as empty: it may have been there for a moment only.
fn digest(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    fs::read(path).unwrap_or_default().hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, u64)]) -> Tree {
        Tree(
            files
                .iter()
                .map(|(path, digest)| (PathBuf::from(path), *digest))
                .collect(),
        )
    }

    #[test]
    fn every_kind_of_change_is_told() {
        let before = tree(&[("kept", 1), ("edited", 1), ("removed", 1)]);
        let after = tree(&[("kept", 1), ("edited", 2), ("new", 1)]);
        let told = before.differences(&after);
        assert_eq!(told, ["deleted  removed", "changed  edited", "created  new"]);
        assert!(before.differences(&before).is_empty());
    }

    #[test]
    fn builds_and_version_control_are_ignored() {
        assert!(is_ignored(Path::new("./target")));
        assert!(is_ignored(Path::new("./.git")));
        assert!(is_ignored(Path::new("./src/default.profraw")));
        assert!(!is_ignored(Path::new("./src/target.rs")));
        assert!(!is_ignored(Path::new("./.ci")));
    }
}
