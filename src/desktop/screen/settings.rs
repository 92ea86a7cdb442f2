//! The settings.

use std::path::PathBuf;

use journeys::words::Language;
use service::ProfileName;

use crate::{
    links,
    settings::{Settings, TextScale},
    ui::Mode,
};

mod services;
mod view;

pub(crate) use services::Field as ServiceField;

/// What the page remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// How many bytes of public certificates are kept, once that is known.
    kept_bytes: Option<u64>,
    /// A service while it is being typed.
    service: services::Typed,
    /// What opens links of web pages, once that is known.
    links: Option<links::Standing>,
}

/// What happens on the page.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// Another language.
    Language(Language),
    /// Another theme.
    Theme(Mode),
    /// Larger, smaller, normal.
    Scale(TextScale),
    /// Keep public certificates, or not.
    Keep(bool),
    /// How many bytes of them there are.
    Kept(u64),
    /// Remove them.
    Forget,
    /// Choose a module's file.
    AddModule,
    /// A module's file was chosen.
    ModuleChosen(PathBuf),
    /// Take a module away.
    RemoveModule(PathBuf),
    /// Choose an authority's file.
    AddAuthority,
    /// Take an authority away.
    RemoveAuthority(PathBuf),
    /// A field of a service was typed.
    Service(ServiceField, String),
    /// The service that was typed is one more.
    AddService,
    /// Take a service away.
    RemoveService(ProfileName),
    /// What opens links of web pages.
    Links(links::Standing),
    /// This program is to open them.
    TakeLinks,
}

/// What the page asks of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    None,
    /// Words are different now.
    Translate,
    /// Colours or sizes are different now.
    Save,
    /// Cards are to be looked at in another way.
    Prepare,
    /// Remove the kept public certificates.
    Forget,
    AskForModule,
    AskForAuthority,
    RemoveAuthority(PathBuf),
    /// Let this program open links of web pages.
    TakeLinks,
}

impl State {
    /// What happens on the page, and what it asks of the window.
    pub(crate) fn update(&mut self, message: Message, settings: &mut Settings) -> Action {
        match message {
            Message::Language(language) => {
                settings.set_language(language);
                Action::Translate
            }
            Message::Theme(mode) => {
                settings.set_theme(mode);
                Action::Save
            }
            Message::Scale(scale) => {
                settings.set_text_scale(scale);
                Action::Save
            }
            Message::Keep(keep) => {
                settings.set_keeps_public_certificates(keep);
                Action::Prepare
            }
            Message::Kept(bytes) => {
                self.kept_bytes = Some(bytes);
                Action::None
            }
            Message::Forget => Action::Forget,
            Message::AddModule => Action::AskForModule,
            Message::ModuleChosen(module) => {
                settings.add_module(module);
                Action::Prepare
            }
            Message::RemoveModule(module) => {
                settings.remove_module(&module);
                Action::Prepare
            }
            Message::AddAuthority => Action::AskForAuthority,
            Message::RemoveAuthority(path) => Action::RemoveAuthority(path),
            Message::Service(field, text) => {
                self.service.set(field, &text);
                Action::None
            }
            Message::AddService => match self.service.take() {
                Some(profile) => {
                    settings.add_service(profile);
                    Action::Save
                }
                None => Action::None,
            },
            Message::RemoveService(name) => {
                settings.remove_service(&name);
                Action::Save
            }
            Message::Links(standing) => {
                tracing::debug!(?standing, "what opens links is known");
                self.links = Some(standing);
                Action::None
            }
            Message::TakeLinks => Action::TakeLinks,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_is_set_and_says_what_follows() {
        let (mut page, mut settings) = (State::default(), Settings::default());
        assert_eq!(
            page.update(Message::Language(Language::English), &mut settings),
            Action::Translate
        );
        assert_eq!(
            page.update(Message::Theme(Mode::Dark), &mut settings),
            Action::Save
        );
        assert_eq!(page.update(Message::Keep(false), &mut settings), Action::Prepare);
        assert_eq!(settings.language(), Some(Language::English));
        assert_eq!(settings.theme(), Mode::Dark);
        assert!(!settings.keeps_public_certificates());
    }

    #[test]
    fn only_a_service_that_can_be_used_is_kept() {
        let (mut page, mut settings) = (State::default(), Settings::default());
        let add = |page: &mut State, settings: &mut Settings, name: &str, address: &str, key: &str| {
            for (field, text) in [
                (ServiceField::Name, name),
                (ServiceField::Address, address),
                (ServiceField::Key, key),
            ] {
                page.update(Message::Service(field, text.into()), settings);
            }
            page.update(Message::AddService, settings)
        };
        let good = "https://hizmet.example";
        for (name, address, key) in [
            ("", good, ""),
            ("iki ad", good, ""),
            ("kamu", "h", ""),
            ("kamu", "http://hizmet.example", ""),
            ("kamu", good, "00"),
        ] {
            assert_eq!(add(&mut page, &mut settings, name, address, key), Action::None);
            assert!(settings.services().is_empty(), "{name} {address} {key}");
        }
        let key = "AB".repeat(32);
        assert_eq!(add(&mut page, &mut settings, "kamu", good, &key), Action::Save);
        assert!(
            settings
                .services()
                .iter()
                .all(|profile| profile.pinned_key.is_some())
        );
        let name = settings.services().remove(0).name;
        page.update(Message::RemoveService(name), &mut settings);
        assert!(settings.services().is_empty());
    }

    #[test]
    fn a_module_comes_and_goes() {
        let (mut page, mut settings) = (State::default(), Settings::default());
        page.update(Message::ModuleChosen("/m.so".into()), &mut settings);
        page.update(Message::ModuleChosen("/m.so".into()), &mut settings);
        assert_eq!(settings.own_modules(), [PathBuf::from("/m.so")]);
        page.update(Message::RemoveModule("/m.so".into()), &mut settings);
        assert!(settings.own_modules().is_empty());
    }
}
