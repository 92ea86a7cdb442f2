//! The certificate services that the settings know: `[[services]]` in the user's settings file and in the one for all
//! users, each a [`Profile`].
//!
//! ```toml
//! [[services]]
//! name = "kamu"
//! address = "https://hizmet.example.gov.tr"
//! ```

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use service::{Address, Profile, ProfileName};

/// The most bytes of a settings file that are read.
const LONGEST: u64 = 256 * 1024;
/// The most profiles of a file that are read.
const MOST: usize = 64;

/// The part of a settings file that is of interest here.
#[derive(Deserialize)]
struct Settings {
    #[serde(default)]
    services: Vec<toml::Value>,
    #[serde(default, rename = "keep-public-certificates")]
    keeps_certificates: Option<bool>,
}

/// The profiles in these files, the first of a name before others of it. What cannot be read is left out.
pub fn read(files: impl IntoIterator<Item = PathBuf>) -> Vec<Profile> {
    let mut profiles: Vec<Profile> = Vec::new();
    for profile in files.into_iter().flat_map(|file| of_file(&file)) {
        if profiles.iter().all(|known| known.name != profile.name) {
            profiles.push(profile);
        }
    }
    profiles
}

/// The profile of this name; or one made up for an address.
pub fn choose(profiles: &[Profile], wanted: &str) -> Result<Profile, service::AddressError> {
    if let Some(profile) = profiles.iter().find(|profile| profile.name.as_str() == wanted) {
        return Ok(profile.clone());
    }
    let address: Address = wanted.parse()?;
    let name = ProfileName::parse("service").ok_or(service::AddressError::NotAnAddress)?;
    Ok(Profile::new(name, address))
}

/// Whether public certificates of cards seen before may be kept: the first file that says so counts.
pub fn keeps_public_certificates(files: impl IntoIterator<Item = PathBuf>) -> bool {
    let mut said = files
        .into_iter()
        .filter_map(|file| settings(&file)?.keeps_certificates);
    said.next().unwrap_or(true)
}

fn of_file(path: &Path) -> Vec<Profile> {
    let services = settings(path).map(|settings| settings.services);
    let profiles = services.into_iter().flatten().take(MOST);
    profiles.filter_map(|value| value.try_into().ok()).collect()
}

fn settings(path: &Path) -> Option<Settings> {
    let mut text = String::new();
    let file = File::open(path).ok()?;
    file.take(LONGEST).read_to_string(&mut text).ok()?;
    let settings = toml::from_str(&text);
    if settings.is_err() {
        tracing::warn!("a settings file does not parse");
    }
    settings.ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_a_name_counts_and_the_broken_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let [user, machine, broken] = ["user", "machine", "broken"].map(|name| folder.path().join(name));
        std::fs::write(
            &user,
            "language = \"tr\"\n[[services]]\nname = \"a\"\naddress = \"https://one.example\"\n[[services]]\nname = 5\n",
        )
        .unwrap();
        std::fs::write(
            &machine,
            "[[services]]\nname = \"a\"\naddress = \"https://two.example\"\n[[services]]\nname = \"b\"\naddress = \"https://three.example\"\n",
        )
        .unwrap();
        std::fs::write(&broken, "[[services").unwrap();
        let profiles = read([user, broken, machine, folder.path().join("none")]);
        let names: Vec<_> = profiles
            .iter()
            .map(|profile| (profile.name.as_str(), profile.address.to_string()))
            .collect();
        assert_eq!(names.len(), 2);
        assert!(names[0].0 == "a" && names[0].1.contains("one"));
        assert_eq!(choose(&profiles, "b").unwrap(), profiles[1]);
        assert!(choose(&profiles, "https://four.example").is_ok());
        for wrong in ["c", "http://five.example", ""] {
            assert!(choose(&profiles, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_users_word_on_keeping_certificates_counts_first() {
        let folder = tempfile::tempdir().unwrap();
        let [user, machine] = ["user", "machine"].map(|name| folder.path().join(name));
        let keeps = || keeps_public_certificates([user.clone(), machine.clone()]);
        assert!(keeps(), "no settings");
        std::fs::write(&machine, "keep-public-certificates = false").unwrap();
        assert!(!keeps());
        std::fs::write(&user, "keep-public-certificates = true").unwrap();
        assert!(keeps());
    }
}
