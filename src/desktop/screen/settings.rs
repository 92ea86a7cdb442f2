//! The settings.

use std::path::PathBuf;

use journeys::words::Language;
use service::Address;

use crate::{
    settings::{Settings, TextScale},
    ui::Mode,
};

mod view;

/// Longest address that is taken, in characters.
const MAX_ADDRESS: usize = 2_000;

/// What the page remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// How many bytes of public certificates are kept, once that is known.
    kept_bytes: Option<u64>,
    /// The service's address while it is being typed.
    service: Option<String>,
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
    /// The address of the certificate service.
    Service(String),
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
            Message::Service(address) => {
                let is_usable = address.trim().is_empty() || address.parse::<Address>().is_ok();
                if is_usable {
                    settings.set_service(&address);
                }
                self.service = Some(address.chars().take(MAX_ADDRESS).collect());
                if is_usable { Action::Save } else { Action::None }
            }
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
    fn only_an_address_that_can_be_used_is_kept() {
        let (mut page, mut settings) = (State::default(), Settings::default());
        for address in ["h", "http://hizmet.example", "ftp://hizmet.example"] {
            assert_eq!(
                page.update(Message::Service(address.into()), &mut settings),
                Action::None
            );
            assert_eq!(settings.service(), None);
        }
        page.update(Message::Service("https://hizmet.example".into()), &mut settings);
        assert_eq!(settings.service(), Some("https://hizmet.example"));
        page.update(Message::Service(String::new()), &mut settings);
        assert_eq!(settings.service(), None);
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
