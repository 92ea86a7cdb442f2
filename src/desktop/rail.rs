//! The left side: cards and files, and the ways to other pages.

use i18n_embed_fl::fl;
use iced::advanced::widget::Id;

use crate::{
    bounded,
    opened::Opened,
    readers::{Inserted, Look, Readers, Seat, Slot, short_name},
    scene::{Scene, tone},
    screen::{card, file},
    ui::{Element, Icon, Tone, rail},
};

/// Where the rail leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// A reader, by name.
    Reader(String),
    /// An opened file.
    File(usize),
    /// Choose a file to open.
    OpenFile,
    /// Sign something.
    Sign,
    /// Practice cards.
    Practice,
    /// The help.
    Help,
    /// The settings.
    Settings,
    /// Out of the service.
    LogOut,
}

/// What the rail shows.
pub(crate) struct Rail<'a> {
    pub(crate) readers: &'a Readers,
    pub(crate) files: &'a [Opened],
    pub(crate) is_practice: bool,
    /// Where the page is now.
    pub(crate) here: Option<Way>,
    /// Who is logged in at the service.
    pub(crate) person: Option<&'a str>,
}

/// The name of the nth card or file in the rail.
pub(crate) fn item_id(index: usize) -> Id {
    Id::from(format!("rail-{index}"))
}

/// What the nth item leads to.
pub(crate) fn nth(readers: &Readers, files: usize, index: usize) -> Option<Way> {
    if let Some(slot) = readers.slots().get(index) {
        Some(Way::Reader(slot.name.clone()))
    } else {
        let file = index.checked_sub(readers.slots().len())?;
        (file < files).then_some(Way::File(file))
    }
}

/// How many cards and files there are.
pub(crate) fn count(readers: &Readers, files: usize) -> usize {
    readers.slots().len().saturating_add(files)
}

impl<'a> Rail<'a> {
    /// The rail.
    pub(crate) fn view(&self, scene: Scene<'a>) -> Element<'a, Way> {
        let slots = self
            .readers
            .slots()
            .iter()
            .enumerate()
            .map(|(index, slot)| self.reader(scene, index, slot));
        let first_file = self.readers.slots().len();
        let files = self
            .files
            .iter()
            .enumerate()
            .map(|(index, file)| self.file(scene, first_file, index, file));
        let items = slots.chain(files).collect();
        rail::rail(
            scene.tokens,
            scene.width,
            fl!(scene.labels, "cards"),
            items,
            self.ways(scene),
        )
    }

    fn ways(&self, scene: Scene<'a>) -> Vec<Element<'a, Way>> {
        let way = |icon, label, shortcut, way: Way| {
            let is_here = self.here.as_ref() == Some(&way);
            rail::way(scene.tokens, scene.width, icon, label, shortcut, is_here, way)
        };
        let mut ways = vec![way(
            Icon::File,
            fl!(scene.labels, "open-file"),
            "Ctrl+O",
            Way::OpenFile,
        )];
        ways.insert(0, way(Icon::Pen, fl!(scene.labels, "sign"), "Ctrl+I", Way::Sign));
        if self.is_practice {
            ways.push(way(
                Icon::Card,
                fl!(scene.labels, "practice"),
                "Ctrl+D",
                Way::Practice,
            ));
        }
        if let Some(person) = self.person {
            let label = fl!(scene.labels, "log-out", "who", name = person.to_owned());
            ways.push(way(Icon::Close, label, "", Way::LogOut));
        }
        ways.push(way(Icon::Question, fl!(scene.labels, "help"), "F1", Way::Help));
        ways.push(way(
            Icon::Sliders,
            fl!(scene.labels, "settings"),
            "Ctrl+,",
            Way::Settings,
        ));
        ways
    }

    fn reader(&self, scene: Scene<'a>, index: usize, slot: &Slot) -> Element<'a, Way> {
        let reader = short_name(
            &slot.name,
            self.readers.slots().iter().map(|slot| slot.name.as_str()),
        );
        let way = Way::Reader(slot.name.clone());
        let item = match &slot.seat {
            Seat::Card(card) => self.card(scene, card, reader),
            Seat::Empty => {
                let detail = format!("{reader} · {}", fl!(scene.labels, "no-card"));
                rail::item(
                    scene.tokens,
                    scene.width,
                    fl!(scene.labels, "empty-reader"),
                    detail,
                )
                .icon(Icon::Reader)
            }
            Seat::PulledEarly => rail::item(
                scene.tokens,
                scene.width,
                fl!(scene.labels, "card-pulled"),
                reader,
            )
            .verdict(Tone::Warning, fl!(scene.labels, "put-back")),
            Seat::Mute => rail::item(scene.tokens, scene.width, fl!(scene.labels, "card"), reader)
                .verdict(Tone::Bad, fl!(scene.labels, "mute")),
            Seat::Unavailable => rail::item(scene.tokens, scene.width, fl!(scene.labels, "reader"), reader)
                .icon(Icon::Reader)
                .verdict(Tone::Bad, fl!(scene.labels, "unavailable")),
        };
        item.selected(self.here.as_ref() == Some(&way))
            .on_press(way)
            .id(item_id(index))
            .into()
    }

    fn card(&self, scene: Scene<'a>, card: &Inserted, reader: String) -> rail::Item<'a, Way> {
        let item = |title: String, detail: String| rail::item(scene.tokens, scene.width, title, detail);
        if let Some(report) = card.look.shown() {
            // What tells two cards of one person apart comes before what kind they are.
            let more = self.tail(card).unwrap_or_else(|| report.family.name.clone());
            let detail = if more.is_empty() {
                reader
            } else {
                format!("{reader} · {more}")
            };
            return item(card::title(scene, report), detail)
                .verdict(tone(report.verdict.urgency()), scene.words.report_badge(report));
        }
        match &card.look {
            Look::Failed(error) => {
                let title = match error {
                    token::Error::UnknownCard => fl!(scene.labels, "unknown-card"),
                    _ => fl!(scene.labels, "card"),
                };
                item(title, reader).verdict(card::trouble_tone(error), fl!(scene.labels, "not-read"))
            }
            Look::Reading(reading) if reading.is_slow => {
                let share = card::share(reading.progress);
                let percent = format!("{:.0}", share * 100.0);
                let title = card.look.report().map(|report| card::title(scene, report));
                let title = title.unwrap_or_else(|| fl!(scene.labels, "card"));
                item(title, reader).busy(fl!(scene.labels, "reading-percent", percent = percent))
            }
            Look::Waiting | Look::Reading(_) | Look::Done(_) => item(fl!(scene.labels, "card"), reader),
        }
    }

    /// The end of the card's serial number, if another card has the same holder.
    fn tail(&self, card: &Inserted) -> Option<String> {
        let report = card.look.report()?;
        let holder = report.holder.as_ref()?;
        let same = self.readers.slots().iter().filter(|slot| match &slot.seat {
            Seat::Card(other) => other
                .look
                .report()
                .is_some_and(|other| other.holder.as_ref() == Some(holder)),
            _ => false,
        });
        if same.count() < 2 || report.serial.is_empty() {
            return None;
        }
        let serial: Vec<char> = certificate::text::clean(&report.serial).chars().collect();
        let tail = serial.get(serial.len().saturating_sub(4)..)?;
        Some(format!("…{}", tail.iter().collect::<String>()))
    }

    fn file(&self, scene: Scene<'a>, first: usize, index: usize, opened: &Opened) -> Element<'a, Way> {
        let way = Way::File(index);
        let is_here = self.here.as_ref() == Some(&way);
        let (detail, verdict) = match &opened.content {
            Ok(content) => match &content.certificates[..] {
                [] => (
                    fl!(scene.labels, "file"),
                    Some((Tone::Bad, fl!(scene.labels, "not-read"))),
                ),
                [only] => {
                    let hash = scene.words.hash(only.certificate.hash());
                    (fl!(scene.labels, "file"), Some((file::verdict_tone(only), hash)))
                }
                several => (fl!(scene.labels, "file-of", count = several.len()), None),
            },
            Err(bounded::Error::NotFound) => (
                fl!(scene.labels, "file"),
                Some((Tone::Bad, fl!(scene.labels, "not-found"))),
            ),
            Err(_) => (
                fl!(scene.labels, "file"),
                Some((Tone::Bad, fl!(scene.labels, "not-read"))),
            ),
        };
        let item = rail::item(scene.tokens, scene.width, opened.name.clone(), detail).icon(Icon::File);
        let item = match verdict {
            Some((tone, words)) => item.verdict(tone, words),
            None => item,
        };
        item.selected(is_here)
            .on_press(way)
            .id(item_id(first.saturating_add(index)))
            .into()
    }
}
