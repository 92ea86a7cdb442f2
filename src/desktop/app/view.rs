//! How the window looks.

use i18n_embed_fl::fl;
use iced::widget::{column, container, row};
use iced::{Alignment, Length};

use super::{
    App,
    message::{Internal, Message, Part},
    page::Page,
};
use crate::{
    rail::Rail,
    readers::Readers,
    screen,
    session::Session,
    ui::{Element, Icon, Tone, Width, banner, button, drop_area, icon, modal, shell, space, text, toast},
};

impl App {
    /// The window: rail, page, and what lies over them.
    pub fn view(&self) -> Element<'_, Message> {
        let tokens = self.tokens();
        let shell = shell::shell(tokens, |width| self.rail(width), |width| self.right(width));
        let said = self
            .toast
            .as_ref()
            .map(|said| toast::toast(tokens, said.tone, said.words.as_str()));
        let invitation = self
            .is_file_hovered
            .then(|| drop_area::invitation(tokens, fl!(self.labels, "drop-here")));
        let question = self.question();
        let window = modal::layer(tokens, shell, question);
        drop_area::layer(toast::layer(window, said), invitation)
    }

    fn rail(&self, width: Width) -> Element<'_, Message> {
        let rail = Rail {
            readers: &self.readers,
            files: &self.files,
            is_practice: self.practice.is_some(),
            here: self.page.way(&self.readers),
            person: self.session().map(Session::name),
        };
        rail.view(self.scene(width)).map(|way| Internal::Go(way).into())
    }

    fn right(&self, width: Width) -> Element<'_, Message> {
        let practice = self.practice.is_some().then(|| self.practice_strip(width));
        let notice = self.notices.first().map(|notice| {
            let read = button::secondary(self.tokens(), fl!(self.labels, "understood"))
                .on_press(Message::from(Internal::NoticeRead));
            let banner = banner::banner(self.tokens(), Tone::Warning, notice.headline(&self.labels))
                .explanation(notice.explanation(&self.labels))
                .action(read)
                .width(width);
            container(Element::from(banner)).padding([space::M, space::XXL])
        });
        column![]
            .push(practice)
            .push(notice)
            .push(self.page(width))
            .into()
    }

    fn page(&self, width: Width) -> Element<'_, Message> {
        let scene = self.scene(width);
        let part = |part: Part| Message::from(Internal::Page(part));
        match &self.page {
            Page::Card(state) => {
                let reader = state.reader(&self.readers);
                let way = self.way_of(reader);
                let report = reader.and_then(|reader| self.readers.card(reader)?.look.report());
                let offer = screen::card::Offer {
                    can_replace: !self.services().is_empty(),
                    is_unfinished: report.is_some_and(|report| self.unfinished(&report.serial).is_some()),
                };
                state
                    .view(scene, &self.readers, &way, offer)
                    .map(move |message| part(Part::Card(message)))
            }
            Page::File(state) => state
                .view(scene, &self.files)
                .map(move |message| part(Part::File(message))),
            Page::Details(state, _) => state.view(scene).map(move |message| part(Part::Details(message))),
            Page::Help(state, before) => state
                .view(scene, before.is_some())
                .map(move |message| part(Part::Help(message))),
            Page::Settings(state) => state
                .view(
                    scene,
                    &self.settings,
                    self.mode(),
                    self.text_scale(),
                    self.prepared.as_ref(),
                )
                .map(move |message| part(Part::Settings(message))),
            Page::Practice => match &self.practice {
                Some(holder) => {
                    screen::practice::view(scene, holder).map(move |message| part(Part::Practice(message)))
                }
                None => iced::widget::space().into(),
            },
            Page::Pin(state) => state
                .view(
                    scene,
                    screen::pin::Online {
                        is_known: !self.services().is_empty(),
                        person: self.session().map(Session::name),
                    },
                )
                .map(move |message| part(Part::Pin(message))),
            Page::Login(state, _) => state.view(scene).map(move |message| part(Part::Login(message))),
            Page::Replace(state) => {
                let name = self.session.as_ref().map(Session::name).unwrap_or_default();
                state
                    .view(scene, name)
                    .map(move |message| part(Part::Replace(message)))
            }
            Page::Sign(state) => state
                .view(scene, self.has_signing_profile())
                .map(move |message| part(Part::Sign(message))),
        }
    }

    /// What must be answered before anything else.
    fn question(&self) -> Option<Element<'_, Message>> {
        let scene = self.scene(Width::of(self.size));
        if let Some(pad) = &self.pad {
            return Some(pad.view(scene).map(|message| Internal::Pad(message).into()));
        }
        if let Some(path) = &self.path {
            return Some(path.view(scene).map(|message| Internal::Path(message).into()));
        }
        match &self.page {
            Page::Pin(state) => {
                let question = state.question(scene)?;
                Some(question.map(|message| Internal::Page(Part::Pin(message)).into()))
            }
            Page::Sign(state) => {
                let question = state.question(scene)?;
                Some(question.map(|message| Internal::Page(Part::Sign(message)).into()))
            }
            Page::Replace(state) => {
                let question = state.question(scene)?;
                Some(question.map(|message| Internal::Page(Part::Replace(message)).into()))
            }
            _ => None,
        }
    }

    fn way_of(&self, reader: Option<&str>) -> token::Choice {
        let card = reader.and_then(|reader| Readers::card(&self.readers, reader));
        card.map_or(token::Choice::Automatic, |card| self.settings.way(&card.atr))
    }

    /// Says all the time that nothing of this is real.
    fn practice_strip(&self, width: Width) -> Element<'_, Message> {
        let tokens = self.tokens();
        let words = match width {
            Width::Wide => fl!(self.labels, "practice-strip"),
            Width::Compact => fl!(self.labels, "practice-strip", "short"),
        };
        let line = row![
            icon::icon(Icon::Information, 16.0, tokens.primary),
            text::small(tokens, words).color(tokens.text),
        ]
        .spacing(space::S)
        .align_y(Alignment::Center);
        container(line)
            .width(Length::Fill)
            .padding([space::S, space::XXL])
            .style(move |_| container::background(tokens.primary_soft))
            .into()
    }
}
