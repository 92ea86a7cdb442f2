//! The page of a reader and the card in it.

use std::path::PathBuf;

use certificate::Certificate;
use std::sync::Arc;

use journeys::look::{LookedCertificate, Report};
use token::{Choice, FoundModule};

use super::certificate_panel;
use crate::{
    export::Format,
    readers::{Readers, Seat},
    scene::Scene,
    ui::Element,
};

mod absent;
mod report;
mod summary;
mod technical;
mod trouble;

pub(crate) use trouble::tone as trouble_tone;

pub(crate) use report::{share, title};
pub(crate) use technical::grouped;

/// What the page remembers.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    /// The reader that was chosen.
    reader: Option<String>,
    /// The identity number is shown whole.
    is_revealed: bool,
    /// The certificate that is being saved.
    exporting: Option<usize>,
    /// The choice of ways to the card is open.
    ways: Ways,
}

/// What can be done for the card beside looking at it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Offer {
    /// A service is known that may have a replacement certificate.
    pub(crate) can_replace: bool,
    /// A replacement was cut short on this card.
    pub(crate) is_unfinished: bool,
}

/// The choice of ways to the card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ways {
    /// Closed.
    #[default]
    Closed,
    /// Open; the modules of this machine are being looked for.
    Searching,
    /// Open, with the modules of this machine.
    Open(Vec<FoundModule>),
}

/// What happens on the page.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    /// Show the identity number whole, or mask it again.
    Reveal,
    /// Read the card again.
    Again,
    /// Watch the readers again.
    Retry,
    /// Try it with practice cards.
    Practise,
    /// Show the help.
    Help,
    /// Copy this.
    Copy(String),
    /// Something about a certificate.
    Certificate(certificate_panel::Message),
    /// Open or close the choice of ways.
    Ways,
    /// The modules of this machine were found.
    Modules(Vec<FoundModule>),
    /// Take this way.
    Way(Choice),
    /// Choose a module's file.
    ModuleFile,
    /// How the PIN stands, and what can be done about it.
    Pins,
    /// The replacement certificate.
    Replace,
}

/// What the page asks of the window.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    None,
    Look(String),
    Watch,
    Practise,
    Help,
    Copy(String),
    Details(Box<LookedCertificate>, Section),
    Export(Arc<Certificate>, Format),
    FindModules,
    TakeWay(String, Choice),
    Replace,
    AskForModule,
    Pins(String),
}

/// What of a certificate is to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Fields,
    Chain,
    Raw,
}

impl State {
    /// The page of this reader.
    pub(crate) fn of(reader: String) -> Self {
        Self {
            reader: Some(reader),
            ..Self::default()
        }
    }

    /// The reader whose card is shown: the chosen one, else the first with a card, else the first.
    pub(crate) fn reader<'a>(&self, readers: &'a Readers) -> Option<&'a str> {
        let slots = readers.slots();
        let chosen = slots.iter().find(|slot| Some(&slot.name) == self.reader.as_ref());
        let slot = chosen
            .or_else(|| slots.iter().find(|slot| matches!(slot.seat, Seat::Card(_))))
            .or_else(|| slots.first())?;
        Some(&slot.name)
    }

    /// A card came into a reader: the page goes there if it shows no card.
    pub(crate) fn follow(&mut self, readers: &Readers, reader: &str) {
        let shown = self.reader(readers);
        if shown == Some(reader) || shown.and_then(|shown| readers.card(shown)).is_none() {
            *self = Self::of(reader.to_owned());
        }
    }

    /// A module's file was chosen.
    pub(crate) fn module_chosen(&mut self, readers: &Readers, module: PathBuf) -> Action {
        self.take_way(readers, Choice::Module(module))
    }

    /// What happens on the page, and what it asks of the window.
    pub(crate) fn update(&mut self, message: Message, readers: &Readers) -> Action {
        match message {
            Message::Reveal => {
                self.is_revealed = !self.is_revealed;
                Action::None
            }
            Message::Again => self
                .reader(readers)
                .map_or(Action::None, |reader| Action::Look(reader.to_owned())),
            Message::Retry => Action::Watch,
            Message::Practise => Action::Practise,
            Message::Help => Action::Help,
            Message::Copy(text) => Action::Copy(text),
            Message::Certificate(message) => self.certificate(message, readers),
            Message::Ways if self.ways == Ways::Closed => {
                self.ways = Ways::Searching;
                Action::FindModules
            }
            Message::Ways => {
                self.ways = Ways::Closed;
                Action::None
            }
            Message::Modules(found) => {
                if self.ways != Ways::Closed {
                    self.ways = Ways::Open(found);
                }
                Action::None
            }
            Message::Way(choice) => self.take_way(readers, choice),
            Message::ModuleFile => Action::AskForModule,
            Message::Replace => Action::Replace,
            Message::Pins => self
                .reader(readers)
                .map_or(Action::None, |reader| Action::Pins(reader.to_owned())),
        }
    }

    fn take_way(&mut self, readers: &Readers, choice: Choice) -> Action {
        self.ways = Ways::Closed;
        match self.reader(readers) {
            Some(reader) => Action::TakeWay(reader.to_owned(), choice),
            None => Action::None,
        }
    }

    fn certificate(&mut self, message: certificate_panel::Message, readers: &Readers) -> Action {
        use certificate_panel::Message as Panel;
        let report = self.report(readers);
        let looked = |index: usize| report.and_then(|report| report.certificates.get(index));
        let action = match message {
            Panel::ChooseFormat(index) => {
                self.exporting = Some(index);
                return Action::None;
            }
            Panel::Cancel => Some(Action::None),
            Panel::Details(index) => looked(index).map(|looked| details(looked, Section::Fields)),
            Panel::Chain(index) => looked(index).map(|looked| details(looked, Section::Chain)),
            Panel::Export(index, format) => {
                looked(index).map(|looked| Action::Export(Arc::clone(&looked.certificate), format))
            }
        };
        self.exporting = None;
        action.unwrap_or(Action::None)
    }

    fn report<'a>(&self, readers: &'a Readers) -> Option<&'a Report> {
        let look = &readers.card(self.reader(readers)?)?.look;
        look.report().map(AsRef::as_ref)
    }

    /// What the page says, as text for a colleague; the identity number stays masked.
    pub(crate) fn summary(&self, scene: Scene<'_>, readers: &Readers) -> Option<String> {
        self.report(readers).map(|report| summary::of(scene, report))
    }

    /// The page.
    pub(crate) fn view<'a>(
        &'a self,
        scene: Scene<'a>,
        readers: &'a Readers,
        way: &Choice,
        offer: Offer,
    ) -> Element<'a, Message> {
        if let Some(trouble) = readers.trouble() {
            return trouble::of_readers(scene, &trouble);
        }
        if !readers.is_known() {
            return iced::widget::space().into();
        }
        let Some(slot) = self.reader(readers).and_then(|name| readers.slot(name)) else {
            return absent::no_reader(scene);
        };
        match &slot.seat {
            Seat::Card(card) => report::view(self, scene, readers, slot, card, (way, offer)),
            seat => absent::no_card(scene, readers, slot, seat),
        }
    }
}

fn details(looked: &LookedCertificate, section: Section) -> Action {
    Action::Details(Box::new(looked.clone()), section)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests;
