//! The certificate services: which are known, and one more.

use i18n_embed_fl::fl;
use iced::widget::column;
use service::{Address, AddressError, Profile, ProfileName, Sha256};

use super::{Message, view};
use crate::{
    scene::Scene,
    settings::Settings,
    ui::{Element, Icon, button, field, panel, space, text},
};

/// The most characters of a field that are taken.
const LONGEST: usize = 2_000;

/// A service while it is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    name: String,
    address: String,
    key: String,
    fault: Option<Fault>,
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Name,
    Address(AddressError),
    Key,
}

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    Address,
    Key,
}

impl Typed {
    pub(super) fn set(&mut self, field: Field, text: &str) {
        self.fault = None;
        let place = match field {
            Field::Name => &mut self.name,
            Field::Address => &mut self.address,
            Field::Key => &mut self.key,
        };
        *place = text.chars().take(LONGEST).collect();
    }

    /// The service, if it is one; the fields are empty then. Else what is wrong is shown.
    pub(super) fn take(&mut self) -> Option<Profile> {
        match self.judged() {
            Ok(profile) => {
                *self = Self::default();
                Some(profile)
            }
            Err(fault) => {
                self.fault = Some(fault);
                None
            }
        }
    }

    fn judged(&self) -> Result<Profile, Fault> {
        let name = ProfileName::parse(self.name.trim()).ok_or(Fault::Name)?;
        let address: Address = self.address.trim().parse().map_err(Fault::Address)?;
        let digits: String = self.key.chars().filter(char::is_ascii_hexdigit).collect();
        let pinned_key = match self.key.trim() {
            "" => None,
            _ => Some(Sha256::parse(&digits.to_ascii_lowercase()).ok_or(Fault::Key)?),
        };
        Ok(Profile {
            pinned_key,
            ..Profile::new(name, address)
        })
    }
}

/// The services, and the fields for one more.
pub(super) fn view<'a>(typed: &'a Typed, scene: Scene<'a>, settings: &'a Settings) -> Element<'a, Message> {
    let labels = scene.labels;
    let own = settings.own_services();
    let known = settings.services().into_iter().map(|profile| {
        let is_own = own.contains(&profile);
        let mut detail = vec![profile.address.to_string()];
        detail.extend(
            profile
                .pinned_key
                .is_some()
                .then(|| fl!(labels, "service-pinned")),
        );
        detail.extend((!is_own).then(|| fl!(labels, "by-administrator")));
        let remove = is_own.then(|| Message::RemoveService(profile.name.clone()));
        view::entry(
            scene,
            profile.name.as_str().to_owned(),
            Some(detail.join(" · ")),
            remove,
        )
    });
    let add = button::secondary(scene.tokens, fl!(labels, "service-add"))
        .icon(Icon::Plus)
        .on_press(Message::AddService);
    let content = column![text::small(scene.tokens, fl!(labels, "service-address", "text"))]
        .extend(known)
        .push(input(
            scene,
            fl!(labels, "service-name"),
            &typed.name,
            Field::Name,
            "kamu",
        ))
        .push(input(
            scene,
            fl!(labels, "service-where"),
            &typed.address,
            Field::Address,
            "https://",
        ))
        .push(input(
            scene,
            fl!(labels, "service-key"),
            &typed.key,
            Field::Key,
            "",
        ))
        .push(
            typed
                .fault
                .map(|fault| text::small(scene.tokens, fault_words(scene, fault)).color(scene.tokens.bad)),
        )
        .push(iced::widget::container(add).padding([space::XS, 0.0]))
        .spacing(space::S);
    panel::titled(scene.tokens, fl!(labels, "service-address"), None, content).into()
}

fn input<'a>(
    scene: Scene<'a>,
    name: String,
    value: &'a str,
    which: Field,
    example: &'static str,
) -> Element<'a, Message> {
    let id = match which {
        Field::Name => "service-name",
        Field::Address => "service",
        Field::Key => "service-key",
    };
    let field = field::field(scene.tokens, example, value, move |text| {
        Message::Service(which, text)
    });
    column![
        text::strong(scene.tokens, name),
        Element::from(field.on_submit(Message::AddService).id(id))
    ]
    .spacing(space::XS)
    .into()
}

fn fault_words(scene: Scene<'_>, fault: Fault) -> String {
    match fault {
        Fault::Name => fl!(scene.labels, "service-name", "fault"),
        Fault::Key => fl!(scene.labels, "service-key", "fault"),
        Fault::Address(error) => {
            let sentence = scene.words.address_error(error);
            format!("{} {}", sentence.what, sentence.remedy)
        }
    }
}
