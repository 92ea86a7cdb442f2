//! The certificate services that are known.

use service::{Profile, ProfileName};

use super::{MAX_ENTRIES, Settings};

impl Settings {
    /// Services named by the user, then by the administrator; the first of a name counts.
    pub(crate) fn services(&self) -> Vec<Profile> {
        let mut services: Vec<Profile> = Vec::new();
        for profile in self.user.services.iter().chain(&self.machine.services) {
            let is_new = services.iter().all(|known| known.name != profile.name);
            if is_new && services.len() < MAX_ENTRIES {
                services.push(profile.clone());
            }
        }
        services
    }

    /// The services that the user named, who may take them away again.
    pub(crate) fn own_services(&self) -> &[Profile] {
        &self.user.services
    }

    /// Adds a service, in the place of one of the same name.
    pub(crate) fn add_service(&mut self, profile: Profile) {
        self.remove_service(&profile.name);
        if self.user.services.len() < MAX_ENTRIES {
            self.user.services.push(profile);
        }
    }

    /// Takes a service of the user's away.
    pub(crate) fn remove_service(&mut self, name: &ProfileName) {
        self.user.services.retain(|own| own.name != *name);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn profile(name: &str, address: &str) -> Profile {
        Profile::new(ProfileName::parse(name).unwrap(), address.parse().unwrap())
    }

    #[test]
    fn the_users_service_of_a_name_comes_before_the_administrators() {
        let mut settings = Settings::default();
        settings.machine.services = vec![
            profile("a", "https://machine.example"),
            profile("b", "https://b.example"),
        ];
        settings.add_service(profile("a", "https://first.example"));
        settings.add_service(profile("a", "https://user.example"));
        let addresses: Vec<_> = settings
            .services()
            .iter()
            .map(|profile| profile.address.to_string())
            .collect();
        assert_eq!(addresses.len(), 2);
        assert!(addresses.iter().any(|address| address.contains("user.example")));
        settings.remove_service(&ProfileName::parse("a").unwrap());
        assert!(settings.own_services().is_empty());
        assert_eq!(settings.services().len(), 2);
    }
}
