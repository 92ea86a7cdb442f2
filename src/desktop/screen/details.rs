//! Everything about one certificate: fields, chain, raw data.

use std::sync::Arc;

use certificate::Certificate;
use i18n_embed_fl::fl;
use iced::widget::column;
use journeys::look::LookedCertificate;

use super::card::Section;
use crate::{
    export::{self, Format},
    scene::Scene,
    ui::{Element, Icon, button, disclosure, page, space, text},
};

mod chain;
mod fields;
mod raw;
mod structure;

/// What the page shows.
#[derive(Clone, Debug)]
pub(crate) struct State {
    looked: Box<LookedCertificate>,
    section: Section,
    form: Form,
    is_revealed: bool,
    pem: String,
    structure: String,
}

/// In which form raw data is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As text.
    Pem,
    /// Bytes.
    Hex,
    /// The nesting of the encoding.
    Structure,
}

/// What happens on the page.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// Go back.
    Back,
    /// Show this section.
    Section(Section),
    /// Show raw data in this form.
    Form(Form),
    /// Show the identity number whole, or mask it again.
    Reveal,
    /// Copy this.
    Copy(String),
    /// Copy the raw data in the form shown.
    CopyRaw,
    /// Save it.
    Export(Format),
}

/// What the page asks of the window.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    None,
    Back,
    Copy(String),
    Export(Arc<Certificate>, Format),
}

impl State {
    /// The page of this certificate.
    pub(crate) fn new(looked: Box<LookedCertificate>, section: Section) -> Self {
        Self {
            section,
            form: Form::Pem,
            is_revealed: false,
            pem: export::pem(&looked.certificate),
            structure: structure::of(looked.certificate.der()),
            looked,
        }
    }

    /// What happens on the page, and what it asks of the window.
    pub(crate) fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Back => return Action::Back,
            Message::Section(section) => self.section = section,
            Message::Form(form) => self.form = form,
            Message::Reveal => self.is_revealed = !self.is_revealed,
            Message::Copy(text) => return Action::Copy(text),
            Message::CopyRaw => {
                return Action::Copy(match self.form {
                    Form::Pem => self.pem.clone(),
                    Form::Hex => fields::hex(self.looked.certificate.der()),
                    Form::Structure => self.structure.clone(),
                });
            }
            Message::Export(format) => return Action::Export(Arc::clone(&self.looked.certificate), format),
        }
        Action::None
    }

    /// The page.
    pub(crate) fn view<'a>(&'a self, scene: Scene<'a>) -> Element<'a, Message> {
        let certificate = &self.looked.certificate;
        let back = button::quiet(scene.tokens, fl!(scene.labels, "back"))
            .icon(Icon::ChevronLeft)
            .small()
            .on_press(Message::Back);
        let holder = certificate
            .subject
            .as_ref()
            .and_then(certificate::Name::short)
            .unwrap_or_default();
        let header = page::header(
            scene.tokens,
            scene.width,
            scene.words.purpose(certificate.purpose()),
            Some(text::muted(scene.tokens, holder)),
            [
                (Format::Pem, fl!(scene.labels, "export-pem")),
                (Format::Der, fl!(scene.labels, "export-der")),
            ]
            .map(|(format, label)| {
                button::secondary(scene.tokens, label)
                    .on_press(Message::Export(format))
                    .into()
            })
            .into(),
        );
        let tabs = disclosure::tabs(
            scene.tokens,
            [
                (Section::Fields, fl!(scene.labels, "section-fields")),
                (Section::Chain, fl!(scene.labels, "section-chain")),
                (Section::Raw, fl!(scene.labels, "section-raw")),
            ],
            self.section,
            Message::Section,
        );
        let section = match self.section {
            Section::Fields => fields::view(scene, &self.looked, self.is_revealed),
            Section::Chain => chain::view(scene, &self.looked.chain),
            Section::Raw => raw::view(scene, certificate.der(), self.form, &self.pem, &self.structure),
        };
        let content = column![Element::from(back), header, tabs, section].spacing(space::L);
        page::page(scene.tokens, scene.width, content)
    }
}
